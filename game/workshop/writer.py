"""Writes records in the order they were made, as many at a time as have come together.

One thread waits for the disk; the others go on. Whoever made a record is told when it is on disk,
or that it never got there: then nothing that came after it did either.
"""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable
from dataclasses import dataclass

from game.workshop.log import Record
from game.workshop.store import Store, StoreError

Done = Callable[[StoreError | None], object]
_MOST = 500  # orders in one transaction


@dataclass(frozen=True, slots=True, eq=False)
class _Order:
    session: str
    edition: int
    records: list[Record]
    done: Done


class Writer:
    """A thread that appends to a store. `done` callbacks are called in that thread."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._waiting: queue.SimpleQueue[_Order | None] = queue.SimpleQueue()
        self._failed: dict[str, int] = {}  # session -> the edition that lost a record
        self._thread = threading.Thread(target=self._run, name="writer", daemon=True)
        self._thread.start()

    def put(self, session: str, edition: int, records: list[Record], done: Done) -> None:
        """Have records written; `done` hears None once they are on disk, else what went wrong.

        `edition` counts how often the session was read anew: once a record of an edition is lost,
        the later ones of that edition are refused, for they build on it.
        """
        self._waiting.put(_Order(session, edition, records, done))

    def close(self) -> None:
        """Write what is waiting, then end."""
        self._waiting.put(None)
        self._thread.join(10.0)

    def _run(self) -> None:
        going = True
        while going:
            batch = [self._waiting.get()]
            while not self._waiting.empty() and len(batch) < _MOST:
                batch.append(self._waiting.get())
            going = None not in batch
            self._write([one for one in batch if one is not None])

    def _write(self, batch: list[_Order]) -> None:
        sound = [one for one in batch if self._failed.get(one.session) != one.edition]
        for one in batch:
            if one not in sound:
                one.done(StoreError("written", ValueError("a record before it was lost")))
        if not sound:
            return
        problem: StoreError | None = None
        try:
            self._store.append([(one.session, r) for one in sound for r in one.records])
        except StoreError as refused:
            problem = refused
        if problem is not None and len(sound) > 1:
            for one in sound:  # one session's fault must not cost another its records
                self._write([one])
            return
        for one in sound:
            if problem is not None:
                self._failed[one.session] = one.edition
            one.done(problem)
