"""The one authority: decides, writes down, waits for the disk, then tells.

A request is decided and folded in at once, so that the next one is decided on what is really
there; it is acknowledged and shown to others once its record is on disk. When a record is lost, the
session is read anew from the store and whoever waited is told that nothing was kept.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections import Counter, deque
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import partial
from itertools import groupby

from game.scenario.load import load_from_sources
from game.workshop import tokens
from game.workshop.debrief.reviews import Reviews
from game.workshop.hub import Hub
from game.workshop.preflight import Visits
from game.workshop.room import acts
from game.workshop.room.log import Draft, Record
from game.workshop.room.state import Room
from game.workshop.room.tables import Desk
from game.workshop.store import Kept, Source, Store, StoreError, Traces
from game.workshop.writer import Order, Writer

Decide = Callable[[Room], list[Draft]]
CLOCK = "clock"
HOST = "host"
_TRY_AGAIN = 0.5  # seconds: how often a disk that failed is tried
_CROWD = 20  # pages: for so many a part is drawn before its record is on disk
_PATIENCE = 1.0  # seconds that a page waits for what is being written
_SCRUB_AGAIN = 20.0  # seconds: how often traces that are left in the file are tried


class Lost(Exception):
    """The record could not be kept; nothing of the request holds."""


class Live:
    """A session that is open: its room, and who waits for what of it."""

    def __init__(self, kept: Kept, room: Room) -> None:
        self.kept, self.room = kept, room
        self.hub = Hub()
        self.edition = 0  # how often it had to be read anew
        self.records: list[Record] = []  # all that are on disk
        self.pending: deque[tuple[Record, frozenset[str]]] = deque()  # folded in, not on disk yet
        self.unkept: Counter[str] = Counter()  # the parts that those change
        self.visits = Visits()  # devices that showed that they reach the server
        self.ahead: Callable[[str], object] | None = None  # draws while the disk writes
        self.address = ""  # where phones reach the server: http://192.168.1.5:8765
        self.held: asyncio.Future[None] | None = None  # done when records have been replaced
        self.erased = False  # it is being taken away, or has gone: nothing more is accepted
        self.closing = False  # the server ends: streams say goodbye
        self.alarm = ""  # what is wrong with the disk, "" nothing
        self.traces = False  # what was erased may still stand in the file
        self.again = 0.0  # by the loop's clock: when a disk that failed may be tried
        self.waiting: deque[tuple[int, asyncio.Future[None]]] = deque()  # by rising seq
        self.reviews = Reviews(self)

    @property
    def kept_to(self) -> int:
        """The seq of the last record that is on disk."""
        return len(self.records)

    @property
    def code(self) -> str:
        return tokens.join_code(self.kept.secret)


class Service:
    """Sessions of one store. Everything but the writer's thread runs in one event loop."""

    def __init__(self, store: Store, clock: Callable[[], float]) -> None:
        self.store, self.clock = store, clock
        self.lives: dict[str, Live] = {}
        self._writer = Writer(store, self._told)
        self._outbox: list[Order] = []
        self._loop: asyncio.AbstractEventLoop | None = None
        # A server that ended before the file was clean has left that to do.
        self.traces = store.traces
        self._scrub_again = 0.0  # by the loop's clock

    # --- opening ----------------------------------------------------------------------------

    def open_new(
        self, title: str, scenarios: Sequence[Source], drafts: Sequence[Draft],
        keep_until: float | None = None,
    ) -> Live:  # fmt: skip
        """Begin a session; raises StoreError, or ScenarioError for a scenario that is none."""
        now = self.clock()
        for source in scenarios:
            load_from_sources(source.sources, source.main)
        kept = Kept(tokens.new_id(), title, now, keep_until, tokens.new_secret())
        first = [
            Record(seq, now, HOST, draft.kind, draft.data, draft.key)
            for seq, draft in enumerate(drafts, 1)
        ]
        self.store.create(kept, scenarios, first)
        return self.open(kept)

    def open(self, kept: Kept) -> Live:
        """Go on with a session; raises StoreError."""
        desks = [Desk(source) for source in self.store.scenarios(kept.id)]
        live = Live(kept, Room(kept.id, kept.title, desks))
        live.records = self.store.read(kept.id)
        live.room = _folded(live)
        live.reviews.remember(self.store.reviews(kept.id))
        live.hub.publish(live.room.touched.items())
        self.lives[kept.id] = live
        return live

    def close(self) -> None:
        """Write what is waiting and let everybody go."""
        self._post()
        self._writer.close()
        self.store.close()
        for live in self.lives.values():
            live.closing = True
            live.hub.wake()

    # --- doing ------------------------------------------------------------------------------

    async def act(self, live: Live, actor: str, decide: Decide) -> int:
        """Decide a request and wait until it is on disk; the seq that it stands at.

        Raises :class:`acts.Refused` where it cannot be granted, :class:`Lost` where it was not
        kept. A request that was granted before waits until that is on disk too.
        """
        self._loop = asyncio.get_running_loop()
        if live.held is not None:
            await self._released(live)
        drafts = decide(live.room)
        if drafts:
            self._make(live, actor, drafts)
        seq = live.room.seq
        await self._kept(live, seq)
        return seq

    async def rewrite(self, live: Live, change: Callable[[Sequence[Record]], list[Record]]) -> None:
        """Replace records on disk, as where somebody is forgotten, and stand on what is there then.

        Raises StoreError where that cannot be kept; then nothing has changed. Traces: it is done,
        but the file could not be cleaned yet. Requests wait until it is done, pages do not.
        """
        # Whoever asked may go away meanwhile: memory follows the disk all the same.
        await asyncio.shield(asyncio.ensure_future(self._rewritten(live, change)))
        await self._clean()

    async def _rewritten(
        self, live: Live, change: Callable[[Sequence[Record]], list[Record]]
    ) -> None:
        await self._released(live)
        live.held = held = asyncio.get_running_loop().create_future()
        try:
            async with live.reviews.keeping:  # none is written after those that are kept have gone
                while live.pending:
                    await self._kept(live, live.room.seq)
                if live.erased:
                    raise Lost
                changed = change(live.records)
                await self.aside(partial(self.store.rewrite, live.kept.id, changed))
                live.edition += 1
                now = {record.seq: record for record in changed}
                live.records = [now.get(record.seq, record) for record in live.records]
                live.room = _folded(live)
                live.reviews.forget()
            live.hub.start_over(live.room.touched.items())
        finally:
            held.set_result(None)
            live.held = None

    async def _released(self, live: Live) -> None:
        """Wait while records are being replaced: what is decided rests on them."""
        while live.held is not None:
            await asyncio.shield(live.held)

    async def aside(self, work: Callable[[], None]) -> None:
        """Have something done by the thread that writes, after all that is waiting there."""
        self._post()
        await asyncio.wrap_future(self._writer.do(work))

    async def _clean(self) -> None:
        """Overwrite what was erased; raises Traces where that fails, and is tried again later."""
        self._scrub_again = asyncio.get_running_loop().time() + _SCRUB_AGAIN
        try:
            await self.aside(self.store.scrub)
        except Traces:
            self._left(True)
            raise
        self._left(False)

    def _left(self, traces: bool) -> None:
        """Consoles show that traces are left in the file, until they are not."""
        self.traces = traces
        for live in self.lives.values():
            if live.traces != traces:
                live.traces = traces
                live.hub.start_over(live.hub.versions)

    async def erase(self, live: Live) -> None:
        """Take a session away, from the disk and from memory.

        Raises StoreError or Lost where that fails: then it goes on as it was. Traces: it is gone,
        but the file could not be cleaned yet.
        """
        if live.erased:
            raise Lost
        live.erased = True
        await asyncio.shield(asyncio.ensure_future(self._erased(live)))
        await self._clean()

    async def _erased(self, live: Live) -> None:
        try:
            while live.pending:  # what is still written would come after the end
                await self._kept(live, live.room.seq)
            await self.aside(partial(self.store.erase, live.kept.id))
        except BaseException:
            live.erased = False
            raise
        self._gone(live)

    def _gone(self, live: Live) -> None:
        """Nobody is anybody any more, and nothing is known."""
        self.lives.pop(live.kept.id, None)
        live.kept = replace(live.kept, title="", secret=tokens.new_secret())
        live.edition += 1
        live.records = []
        live.alarm = ""
        live.reviews.forget()
        live.reviews.close()
        live.room = Room(live.kept.id, "", [])
        live.room.stage = "over"
        self._refuse(live)
        live.hub.start_over([])

    async def settled(self, live: Live, parts: Iterable[str]) -> None:
        """Wait until nothing of these parts is unwritten: what is shown to anybody is on disk."""
        wanted = set(parts)
        with contextlib.suppress(TimeoutError, Lost):
            async with asyncio.timeout(_PATIENCE):
                while not wanted.isdisjoint(live.unkept):
                    await self._kept(live, live.room.seq)

    def _make(self, live: Live, actor: str, drafts: Sequence[Draft]) -> None:
        assert self._loop is not None
        if live.erased:
            raise Lost
        if live.alarm:  # one request at a time finds out whether the disk is well again
            if self._loop.time() < live.again:
                raise Lost
            live.again = self._loop.time() + _TRY_AGAIN
        now, room = self.clock(), live.room
        made: list[tuple[Record, frozenset[str]]] = []
        try:
            for draft in drafts:
                record = Record(room.seq + 1, now, actor, draft.kind, draft.data, draft.key)
                made.append((record, room.apply(record)))
        except Exception:
            live.room = _folded(live)  # half a request must not stay
            raise
        live.pending += made
        for _, parts in made:
            live.unkept.update(parts)
        if not self._outbox:  # whoever comes in the same turn of the loop shares a commit
            self._loop.call_soon(self._post)
        self._outbox.append(Order(live.kept.id, live.edition, [record for record, _ in made]))
        if live.ahead is not None:
            for part in {part for _, parts in made for part in parts}:
                if live.hub.watchers(part) > _CROWD:
                    self._loop.call_soon(live.ahead, part)

    def _post(self) -> None:
        self._writer.put(self._outbox)
        self._outbox = []

    async def _kept(self, live: Live, seq: int) -> None:
        if seq <= live.kept_to:
            return
        future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        live.waiting.append((seq, future))
        await future

    def _told(self, found: list[tuple[Order, StoreError | None]]) -> None:
        """The writer's word, in its thread."""
        if self._loop is not None and found:
            with contextlib.suppress(RuntimeError):  # the loop has ended: nobody waits any more
                self._loop.call_soon_threadsafe(self._written, found)

    def _written(self, found: list[tuple[Order, StoreError | None]]) -> None:
        for session, orders in groupby(found, key=lambda pair: pair[0].session):
            live = self.lives.get(session)
            if live is None:
                continue
            kept = 0
            for order, problem in orders:
                if order.edition != live.edition:
                    continue  # told when it was read anew
                if problem is not None:
                    self._tell(live, kept)
                    kept = 0
                    self._start_over(live, problem.diagnostics[0].message)
                else:
                    kept += len(order.records)
            self._tell(live, kept)

    def _tell(self, live: Live, number: int) -> None:
        """So many more records are on disk: show them, and answer who waited for them."""
        if not number:
            return
        self._all_well(live)
        versions: dict[str, int] = {}
        for _ in range(number):
            record, parts = live.pending.popleft()
            live.records.append(record)
            for part in parts:
                versions[part] = record.seq
                live.unkept[part] -= 1
                if not live.unkept[part]:
                    del live.unkept[part]
        live.hub.publish(versions.items())
        while live.waiting and live.waiting[0][0] <= live.kept_to:
            _, future = live.waiting.popleft()
            if not future.done():
                future.set_result(None)

    def _start_over(self, live: Live, alarm: str) -> None:
        """Stand where the records on disk say, without what was lost."""
        live.edition += 1
        live.pending.clear()
        live.unkept.clear()
        # A disk that fails may have kept what it said it lost; one that cannot be read has not.
        with contextlib.suppress(StoreError):
            live.records = self.store.read(live.kept.id)
        live.room = _folded(live)
        self._refuse(live)
        if live.alarm != alarm:
            live.alarm = alarm
            live.hub.start_over(live.room.touched.items())
        else:
            live.hub.publish(live.room.touched.items())
            live.hub.wake()

    def _refuse(self, live: Live) -> None:
        """Whoever waits is told that nothing was kept."""
        lost, live.waiting = live.waiting, deque()
        for _, future in lost:
            if not future.done():
                future.set_exception(Lost())

    # --- the clock --------------------------------------------------------------------------

    async def ring(self, live: Live) -> None:
        """Close the vote whose time is up; the facilitator decides what is played."""
        if live.alarm:
            await self._try_the_disk(live)
        elif self.traces and asyncio.get_running_loop().time() > self._scrub_again:
            with contextlib.suppress(Traces):
                await self._clean()
        now = self.clock()
        if live.room.until:
            await self.act(live, CLOCK, lambda room: acts.rung(room, now))

    async def _try_the_disk(self, live: Live) -> None:
        """An alarm ends by itself once there is room again, even if nobody does anything."""
        loop = asyncio.get_running_loop()
        if loop.time() < live.again:
            return
        live.again = loop.time() + _TRY_AGAIN
        with contextlib.suppress(StoreError):
            await self.aside(self.store.probe)
            self._all_well(live)

    def _all_well(self, live: Live) -> None:
        if live.alarm:
            live.alarm = ""
            live.hub.start_over(live.hub.versions)


def _folded(live: Live) -> Room:
    """The room of the records on disk and of those on their way there."""
    before, room = live.room, Room(live.kept.id, live.kept.title, live.room.desks)
    for record in live.records:
        room.apply(record)
    for record, _ in live.pending:
        room.apply(record)
    for id, table in room.tables.items():
        if id in before.tables:
            table.take_over(before.tables[id])
    return room


__all__ = ["CLOCK", "HOST", "Decide", "Live", "Lost", "Service", "acts"]
