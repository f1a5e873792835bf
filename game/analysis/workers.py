"""Work shared among processes that leave nothing behind, whenever it is stopped."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

Part = TypeVar("Part")
Result = TypeVar("Result")
# What shares work: a function for one part, and the parts; the results come in order.
Sharing = Callable[[Callable[[Part], Result], Sequence[Part]], Iterator[Result]]


def processors() -> int:
    """As many processes as pay, and as the most restricted system can wait for."""
    return min(os.cpu_count() or 1, 60)


@contextmanager
def shared(jobs: int, prepare: Callable[..., None], *given: Any) -> Iterator[Sharing[Any, Any]]:
    """A function that does parts of some work in `jobs` processes.

    Each calls `prepare(*given)` first. Ctrl-C is heard here alone, where it ends them in the midst
    of their work, as any exception does; and none outlives this process.
    """
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor

    # spawn: the only way of starting that is the same and safe on every system
    context = multiprocessing.get_context("spawn")
    # nothing is ever sent through this: the processes leave when our end of it closes
    theirs, ours = context.Pipe(duplex=False)
    pool = ProcessPoolExecutor(
        jobs, mp_context=context, initializer=_begin, initargs=(theirs, prepare, given)
    )

    def share(work: Callable[[Part], Result], parts: Sequence[Part]) -> Iterator[Result]:
        with _uninterrupted():
            results = deque(pool.submit(work, part) for part in parts)
        return (results.popleft().result() for _ in parts)

    try:
        yield share
    except BaseException:
        ours.close()
        raise
    finally:
        pool.shutdown()
        theirs.close()
        ours.close()


def _begin(end: Connection, prepare: Callable[..., None], given: tuple[Any, ...]) -> None:
    import signal
    import threading

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent process says that it is over
    threading.Thread(target=_leave_after, args=(end,), daemon=True).start()
    prepare(*given)


def _leave_after(end: Connection) -> None:
    """Leave when the other side of the pipe closes, since its process wants it or has ended."""
    with suppress(EOFError, OSError):
        end.recv()
    os._exit(1)


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Put Ctrl-C off; processes started meanwhile never hear of it, where systems allow that."""
    import signal

    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
