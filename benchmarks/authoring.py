"""The tools of authors: a whole `longlunch balance`, on two cores as an author has."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

CORES = 2


def balance_seconds(scenario: str) -> float:
    """Seconds of a whole process: eight sellers, nine bands and the buyers as written, 2,000 games
    each, the reference on 200, moves weighed, voices heard. Once, since it takes many."""
    command = [
        sys.executable, "-m", "game.cli", "balance", scenario, "--jobs", str(CORES), "--json"
    ]  # fmt: skip
    with _cores(CORES):
        start = time.perf_counter()
        subprocess.run(
            command, cwd=Path(__file__).resolve().parents[1], check=True, capture_output=True
        )
        return time.perf_counter() - start


@contextmanager
def _cores(many: int) -> Iterator[None]:
    """So many cores for processes that are started meanwhile, where a system allows to choose."""
    if not hasattr(os, "sched_setaffinity"):
        yield
        return
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, range(min(many, os.cpu_count() or 1)))
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)
