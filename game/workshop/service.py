"""The one authority: decides, writes down, waits for the disk, then tells.

A request is decided and folded in at once, so that the next one is decided on what is really
there; it is acknowledged and shown to others once its record is on disk. When a record is lost, the
session is read anew from the store and whoever waited is told that nothing was kept.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable, Sequence

from game.scenario.load import load_from_sources
from game.workshop import acts, tokens
from game.workshop.hub import Hub
from game.workshop.log import Draft, Record
from game.workshop.reviews import Reviews
from game.workshop.room import Room
from game.workshop.store import Kept, Source, Store, StoreError
from game.workshop.tables import Desk
from game.workshop.writer import Writer

Decide = Callable[[Room], list[Draft]]
CLOCK = "clock"
HOST = "host"


class Lost(Exception):
    """The record could not be kept; nothing of the request holds."""


class Live:
    """A session that is open: its room, and who waits for what of it."""

    def __init__(self, kept: Kept, room: Room) -> None:
        self.kept, self.room = kept, room
        self.hub = Hub()
        self.edition = 0  # how often it had to be read anew
        self.records: list[Record] = []  # all that are on disk
        self.address = ""  # where phones reach the server: http://192.168.1.5:8765
        self.closing = False  # the server ends: streams say goodbye
        self.alarm = ""  # what is wrong with the disk, "" nothing
        self.waiting: list[tuple[int, asyncio.Future[None]]] = []
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
        self._writer = Writer(store)
        self._loop: asyncio.AbstractEventLoop | None = None

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
        live.hub.publish(live.room.touched.items())
        self.lives[kept.id] = live
        return live

    def close(self) -> None:
        """Write what is waiting and let everybody go."""
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
        room = live.room
        drafts = decide(room)
        if drafts:
            self._make(live, actor, drafts)
        await self._kept(live, room.seq)
        return room.seq

    def _make(self, live: Live, actor: str, drafts: Sequence[Draft]) -> None:
        now, room = self.clock(), live.room
        records: list[Record] = []
        try:
            for draft in drafts:
                record = Record(room.seq + 1, now, actor, draft.kind, draft.data, draft.key)
                room.apply(record)
                records.append(record)
        except Exception:
            self._start_over(live)  # half a request must not stay
            raise
        self._loop = loop = asyncio.get_running_loop()
        edition = live.edition

        def written(problem: StoreError | None) -> None:
            with contextlib.suppress(RuntimeError):  # the loop has ended: nobody waits any more
                loop.call_soon_threadsafe(self._written, live, edition, records, problem)

        self._writer.put(live.kept.id, edition, records, written)

    async def _kept(self, live: Live, seq: int) -> None:
        if seq <= live.kept_to:
            return
        future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        live.waiting.append((seq, future))
        await future

    def _written(
        self, live: Live, edition: int, records: list[Record], problem: StoreError | None
    ) -> None:
        if edition != live.edition:
            return  # told when it was read anew
        if problem is not None:
            live.alarm = problem.diagnostics[0].message
            self._start_over(live)
            return
        live.alarm = ""
        live.records += records
        live.hub.publish(live.room.touched.items())
        due = [pair for pair in live.waiting if pair[0] <= live.kept_to]
        live.waiting = [pair for pair in live.waiting if pair[0] > live.kept_to]
        for _, future in due:
            if not future.done():
                future.set_result(None)

    def _start_over(self, live: Live) -> None:
        """Stand where the records on disk say, without what was lost."""
        live.edition += 1
        # A disk that fails may have kept what it said it lost; one that cannot be read has not.
        with contextlib.suppress(StoreError):
            live.records = self.store.read(live.kept.id)
        live.room = _folded(live)
        lost, live.waiting = live.waiting, []
        for _, future in lost:
            if not future.done():
                future.set_exception(Lost())
        live.hub.start_over(live.room.touched.items())

    # --- the clock --------------------------------------------------------------------------

    async def ring(self, live: Live) -> None:
        """Close the vote whose time is up; the facilitator decides what is played."""
        now = self.clock()
        if live.room.until:
            await self.act(live, CLOCK, lambda room: acts.rung(room, now))


def _folded(live: Live) -> Room:
    room = Room(live.kept.id, live.kept.title, live.room.desks)
    for record in live.records:
        room.apply(record)
    return room


__all__ = ["CLOCK", "HOST", "Decide", "Live", "Lost", "Service", "acts"]
