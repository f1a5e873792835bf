"""Writes records in the order they were made, as many at a time as have come together.

One thread does all that is done to the store while people play, so that nothing contends for it,
and the others go on. Whoever made a record is told when it is on disk, or that it never got there:
then nothing that came after it did either.
"""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from itertools import groupby

from game.workshop.room.log import Record
from game.workshop.store import Store, StoreError

_MOST = 500  # orders in one transaction


@dataclass(frozen=True, slots=True, eq=False)
class Order:
    """Records of one request, to be written together.

    `edition` counts how often the session was read anew: once a record of an edition is lost, the
    later ones of that edition are refused, for they build on it.
    """

    session: str
    edition: int
    records: Sequence[Record]


@dataclass(frozen=True, slots=True, eq=False)
class _Other:
    """Something else that is done to the store."""

    work: Callable[[], None]
    done: Future[None] = field(default_factory=Future)

    def run(self) -> None:
        if self.done.set_running_or_notify_cancel():
            try:
                self.work()
            except BaseException as problem:  # whoever waits hears of it; the thread goes on
                self.done.set_exception(problem)
            else:
                self.done.set_result(None)


Told = Callable[[list[tuple[Order, StoreError | None]]], object]


class Writer:
    """A thread that appends to a store.

    `told` is called in that thread, once for all orders that were written together: None for those
    that are on disk, else what went wrong.
    """

    def __init__(self, store: Store, told: Told) -> None:
        self._store, self._told = store, told
        self._waiting: queue.SimpleQueue[Sequence[Order | _Other | None]] = queue.SimpleQueue()
        self._failed: dict[str, int] = {}  # session -> the edition that lost a record
        self._thread = threading.Thread(target=self._run, name="writer", daemon=True)
        self._thread.start()

    def put(self, orders: Sequence[Order]) -> None:
        """Have records written, after all that were put before."""
        if orders:
            self._waiting.put(orders)

    def do(self, work: Callable[[], None]) -> Future[None]:
        """Have something else done to the store, after all that was put before."""
        other = _Other(work)
        self._waiting.put([other])
        return other.done

    def close(self) -> None:
        """Write what is waiting, then end."""
        self._waiting.put([None])
        self._thread.join(10.0)

    def _run(self) -> None:
        going = True
        while going:
            batch = list(self._waiting.get())
            while not self._waiting.empty() and len(batch) < _MOST:
                batch += self._waiting.get()
            going = None not in batch
            for _, alike in groupby(batch, type):
                several = list(alike)
                if orders := [one for one in several if isinstance(one, Order)]:
                    self._told(self._write(orders))
                for one in several:
                    if isinstance(one, _Other):
                        one.run()

    def _write(self, batch: list[Order]) -> list[tuple[Order, StoreError | None]]:
        sound = [one for one in batch if self._failed.get(one.session) != one.edition]
        if sound:
            try:
                self._store.append([(one.session, r) for one in sound for r in one.records])
            except Exception as found:  # whatever it is, this thread goes on and everybody hears
                problem = found if isinstance(found, StoreError) else StoreError("written", found)
                if len(sound) > 1:  # one session's fault must not cost another its records
                    return [told for one in batch for told in self._write([one])]
                self._failed[sound[0].session] = sound[0].edition
                return [(one, problem) for one in batch]
        lost = StoreError("written", ValueError("a record before it was lost"))
        return [(one, None if one in sound else lost) for one in batch]
