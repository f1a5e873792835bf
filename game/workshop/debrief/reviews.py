"""The reviews of a room's tables, made beside the play by a process that minds nobody.

Tables that are over come first; during the debrief all of them are weighed as far as they got.
Nothing waits for a review: what is there is shown, and the pages that show it change when more is.
"""

from __future__ import annotations

import asyncio
import contextlib
import multiprocessing
import queue
import threading
import time
from collections.abc import Callable, Iterable
from functools import partial
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import TYPE_CHECKING

from game.scenario import language
from game.workshop.debrief.reviews_kept import Unread, digest_of, packed
from game.workshop.debrief.reviews_worker import Job, Stamp, Weighed, work
from game.workshop.priority import Behind
from game.workshop.room.log import Draft
from game.workshop.room.state import Room
from game.workshop.room.tables import Table
from game.workshop.store import KeptReview, StoreError

if TYPE_CHECKING:
    from game.workshop.service import Live, Service

_TICK = 0.25  # seconds between two looks at the tables
_AHEAD = 5  # moves of a table that still plays, after which it is weighed in advance
_REST = 0.04  # seconds a table between two tellings: slides of a large room take a while
_AGAIN = 3  # crashes after which it is left to the facilitator
_PAGES = 24  # whole reviews that are kept as pages

Work = Callable[[Connection, Connection], None]


class Reviews:
    """What is known of the worth of a room's moves, and the process that finds it out."""

    def __init__(self, live: Live, work: Work = work) -> None:
        self._live, self._work = live, work
        self._done: dict[tuple[str, str], Weighed | Unread] = {}
        self._wanted: list[tuple[str, str]] = []  # reviews in another language, as pages
        self._pages: dict[tuple[str, str, Stamp], str] = {}
        self._news: queue.SimpleQueue[tuple[int, Weighed | None]] = queue.SimpleQueue()
        self._process: BaseProcess | None = None
        self._jobs: queue.SimpleQueue[Job | None] | None = None
        self._job: Job | None = None
        self._started = 0
        self._tries: dict[str, int] = {}  # table -> crashes it was in
        self.problems: dict[str, str] = {}  # table -> why it cannot be weighed
        self.made = 0  # how often something was learnt or forgotten
        self.crashes = 0
        self.status: int | None = None  # of the process that ended last
        self.ended = False
        self._untold = False
        self._unkept: dict[tuple[str, str], KeptReview] = {}
        self.keeping = asyncio.Lock()  # held while reviews are written, and while some are to go

    # --- looking ----------------------------------------------------------------------------

    def of(self, table: str) -> Weighed | None:
        """The newest review of a table in the current language, else in any; None without one."""
        own = self._read_up((table, language.current()))
        if own is not None:
            return own
        others = [place for place in list(self._done) if place[0] == table]  # made by threads, too
        return next(filter(None, map(self._read_up, others)), None)

    def _read_up(self, place: tuple[str, str]) -> Weighed | None:
        """A review, read when somebody first looks: a server that starts has no time for it."""
        found = self._done.get(place)
        if isinstance(found, Unread):
            found = found.unpacked()
            if found is None:
                self._done.pop(place, None)  # it is weighed anew
            else:
                self._done[place] = found
        return found

    def page(self, table: str) -> str | None:
        """The whole review of a table as a page; None while it is made, which this asks for."""
        found = self._pages.get((table, language.current(), self._stamp(table)))
        if found is None:
            self._want(table)
        return found

    def told(self, table: str) -> bool:
        """Whether a table's review is there in the current language; if not, this asks for it."""
        if (table, language.current()) in self._done:
            return True
        self._want(table)
        return False

    def _want(self, table: str) -> None:
        if (table, language.current()) not in self._wanted:
            self._wanted.append((table, language.current()))

    def progress(self) -> tuple[int, int]:
        """How many tables that have begun are weighed as far as they are, and of how many."""
        begun = [t for t in self._live.room.tables.values() if t.ply]
        return sum(self.knows(t) for t in begun), len(begun)

    @property
    def _trouble(self) -> tuple[int, int]:
        return self.crashes, len(self.problems)

    @property
    def pid(self) -> int | None:
        return self._process.pid if self._process is not None else None

    @property
    def gave_up(self) -> bool:
        """Whether it has crashed so often that it is not started again by itself."""
        return self.crashes >= _AGAIN

    def try_again(self) -> None:
        """Begin once more after crashes, with everything that was left out."""
        self.crashes = 0
        self._tries.clear()
        self.problems.clear()

    def take(self, found: Weighed) -> None:
        """Keep what a job came to, or why it came to nothing."""
        self.made += 1
        if found.review is None:
            self.problems[found.table] = found.problem
            return
        self.problems.pop(found.table, None)
        if found.page:
            self._pages[found.table, found.lang, found.stamp] = found.page
            while len(self._pages) > _PAGES:
                self._pages.pop(next(iter(self._pages)))
        self._done[found.table, found.lang] = found

    def forget(self) -> None:
        """What was found out is not to be kept: somebody's answers were erased."""
        self.made += 1
        self._done.clear()
        self._pages.clear()
        self._unkept.clear()

    def remember(self, kept: Iterable[KeptReview]) -> None:
        """Take up what was kept, as far as it is still true of the tables that are there."""
        digests = {id: digest_of(table) for id, table in self._live.room.tables.items()}
        for one in kept:
            if digests.get(one.table) == one.digest:
                self._done[one.table, one.lang] = Unread(one.text, self._stamp(one.table))
                self.made += 1

    def _stamp(self, table: str) -> Stamp:
        return self._live.edition, len(self._live.room.tables[table].entries)

    def knows(self, table: Table) -> bool:
        """Whether a table is weighed as far as it is, in the current language."""
        done = self._done.get((table.id, language.current()))
        return done is not None and done.stamp == self._stamp(table.id)

    # --- doing ------------------------------------------------------------------------------

    async def keep_going(self, service: Service) -> None:
        """Hand out work and take in results, until it is cancelled."""
        quiet_until, trouble = 0.0, self._trouble
        while True:
            await asyncio.sleep(_TICK)
            self.tick()
            await self._keep(service)
            talking = self._live.room.stage in ("debrief", "over")
            if self._untold and (talking or self._trouble != trouble):
                done, of = self.progress()
                if done < of and time.monotonic() < quiet_until and self._trouble == trouble:
                    continue
                trouble = self._trouble
                quiet_until = time.monotonic() + max(1.0, of * _REST)
                self._untold = False
                told = [Draft("reviewed", {"done": done, "of": of, "crashes": self.crashes})]
                with contextlib.suppress(Exception):  # a full disk is told elsewhere
                    await service.act(self._live, "clock", partial(_say, told))

    def tick(self) -> None:
        """Take in what is there and hand out what is next; never waits."""
        while True:
            try:
                number, found = self._news.get_nowait()
            except queue.Empty:
                break
            if number == self._started:
                self._take(found)
        if self.ended:
            return
        if not self._started and self._live.room.people:
            self._ready()
        if self._job is None:
            self._job = self._next()
            if self._job is not None:
                self._hand_out(self._job)

    def _take(self, found: Weighed | None) -> None:
        job, self._job = self._job, None
        self._untold = True
        if found is None:
            self._crashed(job)
            return
        if job is not None and job.stamp[0] != self._live.edition:
            return  # of records that are no more: somebody may have been forgotten since
        self.take(found)
        if job is not None and found.review is not None:
            place = found.table, found.lang
            self._unkept[place] = KeptReview(*place, job.digest, packed(found))

    async def _keep(self, service: Service) -> None:
        """Write down what has been found of tables that are over, and in the debrief of all.

        What a table still plays is weighed again soon; meanwhile the disk is for the moves.
        """
        room = self._live.room
        talking = room.stage in ("debrief", "over")
        ready = [place for place in self._unkept if talking or room.tables[place[0]].over]
        if not ready or self._live.alarm:
            return
        async with self.keeping:
            found = [self._unkept.pop(place) for place in ready if place in self._unkept]
            with contextlib.suppress(StoreError):  # it can be weighed again
                await service.aside(partial(service.store.keep_reviews, self._live.kept.id, found))

    def _crashed(self, job: Job | None) -> None:
        self.crashes += 1
        if self._process is not None:
            self._process.join(1.0)
            self.status = self._process.exitcode
        self._drop()
        if job is not None:
            self._tries[job.table] = self._tries.get(job.table, 0) + 1
            if self._tries[job.table] > 1:  # it does not fail by chance
                self.problems[job.table] = f"exit status {self.status}"

    def _next(self) -> Job | None:
        """What is most worth weighing now."""
        room = self._live.room
        if self.gave_up:
            return None
        while self._wanted:
            id, lang = self._wanted.pop(0)
            if id in room.tables and room.tables[id].ply:
                return self._asked(room, id, lang, as_page=True)
        talking = room.stage in ("debrief", "over")
        best: tuple[int, Table] | None = None
        for table in room.tables.values():
            if not table.ply or table.id in self.problems or self.knows(table):
                continue
            done = self._done.get((table.id, language.current()))
            new = len(table.entries) - (done.stamp[1] if done is not None else 0)
            if table.over:
                return self._asked(room, table.id, language.current())
            if (talking or new >= _AHEAD) and (best is None or new > best[0]):
                best = new, table
        return None if best is None else self._asked(room, best[1].id, language.current())

    def _asked(self, room: Room, id: str, lang: str, as_page: bool = False) -> Job:
        table = room.tables[id]
        transcript = table.game.transcript.at(table.game.transcript.head)
        made_of = digest_of(table)
        return Job(id, self._stamp(id), transcript, lang, table.shared, as_page, made_of)

    # --- the process ------------------------------------------------------------------------

    def _ready(self) -> None:
        """Start while people come in: until it steps back a process is as important as the room,
        and that must not be in the middle of the play."""
        with contextlib.suppress(OSError):  # told when there is work
            self._start()

    def _hand_out(self, job: Job) -> None:
        try:
            if self._process is None:
                self._start()
            assert self._jobs is not None
            self._jobs.put(job)
        except OSError:  # none can be had: told as a crash
            self._news.put((self._started, None))

    def _start(self) -> None:
        # spawn: the only way of starting that is the same and safe on every system
        context = multiprocessing.get_context("spawn")
        theirs, ours = context.Pipe(duplex=False)
        answers, said = context.Pipe(duplex=False)
        self._started += 1
        process = context.Process(
            target=Behind(self._work), args=(theirs, said), daemon=True, name="longlunch-reviews"
        )
        try:
            process.start()
        finally:
            theirs.close()
            said.close()
        self._process, self._jobs = process, queue.SimpleQueue()
        for name, target, of in (
            ("reviews to make", _send, (ours, self._jobs)),
            ("reviews made", self._read, (answers, self._started)),
        ):
            threading.Thread(target=target, args=of, daemon=True, name=name).start()

    def _read(self, answers: Connection, number: int) -> None:
        found: Weighed | None
        while True:
            try:
                found = answers.recv()
            except Exception:  # it ended, or said what nobody understands
                found = None
            self._news.put((number, found))
            if found is None:
                answers.close()
                return

    def _drop(self) -> None:
        """Part with the process; what it may still say is nobody's."""
        self._started += 1
        process, self._process = self._process, None
        if self._jobs is not None:
            self._jobs.put(None)
            self._jobs = None
        if process is not None and process.is_alive():
            process.terminate()
            process.join(1.0)
            if process.is_alive():
                process.kill()

    def close(self) -> None:
        """End the process; takes two seconds at most."""
        self.ended = True
        self._drop()


def _send(to: Connection, jobs: queue.SimpleQueue[Job | None]) -> None:
    """Beside the play: a game is more than a pipe holds, and who takes it out may be starting."""
    with contextlib.suppress(OSError):  # it has ended, which whoever reads is told
        while (job := jobs.get()) is not None:
            to.send(job)
    to.close()


def _say(drafts: list[Draft], _: Room) -> list[Draft]:
    return drafts
