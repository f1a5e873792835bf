"""The thread that writes: whoever draws hands over what is to be kept, and never waits for a disk.

A disk pauses when it likes, for half a second and more, and a frame has a thirtieth. So everything
that is written while a window is open goes through here, one after the other.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from game.scenario.diagnostics import LongLunchError

Result = TypeVar("Result")
Call = Callable[[], object]


@dataclass(slots=True)
class _Job:
    """Something to write, and who wants to know what came of it."""

    name: Hashable
    write: Callable[[], Any]
    told: list[Callable[[Any], object]]
    result: Any = None
    failure: Exception | None = field(default=None)

    def do(self) -> None:
        try:
            self.result = self.write()
        except Exception as problem:  # a fault of the program's: for the thread that shows those
            self.failure = problem

    def tell(self) -> None:
        if self.failure is not None:
            raise self.failure
        for told in self.told:
            told(self.result)


class Writer:
    """Does jobs in the order they came in, each after the one before is on the disk.

    `tell` has something called by the thread that puts jobs. Without it there is no thread: each
    job is done at once, as tests and the start of the program want it. Jobs are put, and their
    results told, in one thread only.
    """

    def __init__(self, tell: Callable[[Call], object] | None = None) -> None:
        self._tell = tell
        self._lock = threading.Condition()
        self._jobs: deque[_Job] = deque()  # to be done
        self._done: deque[_Job] = deque()  # whose results nobody was told yet
        self._working = False
        self._open = 0  # jobs that were put and not told

    @property
    def idle(self) -> bool:
        """Whether everything that was put is done, and its results are told."""
        return not self._open

    def put(
        self, name: Hashable, write: Callable[[], Result], told: Callable[[Result], object]
    ) -> None:
        """Have `write` called, which leaves a failure it expects in its result; then `told`.

        `name` says what is written. Where the job that waits last is of the same name the new one
        takes its place, since both write the whole of it; both are told what came of that. One
        further ahead stays: what was put after it may rest on it. None is never replaced.
        """
        if self._tell is None:
            told(write())
            return
        with self._lock:
            last = self._jobs[-1] if self._jobs else None
            if last is not None and name is not None and last.name == name:
                last.write = write
                last.told.append(told)
                return
            self._jobs.append(_Job(name, write, [told]))
            self._open += 1
            if self._working:
                return
            self._working = True
        # It ends with its work. The end of the program waits for it, whatever leads there.
        threading.Thread(target=self._work, name="writer").start()

    def then(self, call: Call) -> None:
        """Call something once all that was put so far is done and told; at once if it is."""
        if self.idle:
            call()
        else:
            self.put(None, lambda: None, lambda _: call())

    def wait(self) -> None:
        """Wait until nothing is left to be done; for threads that do not draw, and for the end."""
        with self._lock:
            self._lock.wait_for(lambda: not self._working)

    def untold(self) -> Exception | None:
        """The first failure that nobody was told of; for the end, after `wait`."""
        for job in self._done:
            found = job.result if job.failure is None else job.failure
            if job.failure is not None or isinstance(found, LongLunchError):
                return found
        return None

    def _work(self) -> None:
        assert self._tell is not None
        while True:
            with self._lock:
                if not self._jobs:
                    self._working = False
                    self._lock.notify_all()
                    return
                job = self._jobs.popleft()
            job.do()
            self._done.append(job)
            self._tell(self._told)

    def _told(self) -> None:
        """Tell the result of one job; there is one such call for each."""
        self._open -= 1
        self._done.popleft().tell()
