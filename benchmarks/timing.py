"""Medians of repeated calls, on one core."""

from __future__ import annotations

import os
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

# before numpy is imported: some of its builds start threads of their own
for _name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(_name, "1")


def as_installed() -> dict[str, str]:
    """The environment of processes that are timed: an installed program has its bytecode, which
    the first of several runs writes here."""
    return {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}


def one_core() -> None:
    """Stay on one processor, where the system can be told so."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})


@contextmanager
def on_core(number: int) -> Iterator[None]:
    """Processes that are started meanwhile have one processor, where the system can be told so and
    has as many."""
    if not hasattr(os, "sched_setaffinity") or (os.cpu_count() or 1) <= number:
        yield
        return
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {number})
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)


def two_cores() -> None:
    """For a process that was started on one: use two, where the system can be told so."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, set(range(min(2, os.cpu_count() or 1))))


def median_seconds(
    call: Callable[[], object], least: float = 0.25, repeats: int = 5, most: int = 2_000
) -> float:
    """Median duration of a call: at least `repeats` of them, and `least` seconds in all."""
    call()
    times: list[float] = []
    while len(times) < repeats or (sum(times) < least and len(times) < most):
        start = time.perf_counter()
        call()
        times.append(time.perf_counter() - start)
    return statistics.median(times)
