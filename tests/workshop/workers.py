"""Processes that weigh moves badly, for tests of what becomes of it; a process imports them."""

from __future__ import annotations

import os
import time
from multiprocessing.connection import Connection


def dies(jobs: Connection, answers: Connection) -> None:
    """Breaks down on its first job."""
    jobs.recv()
    os._exit(7)


def sleeps(jobs: Connection, answers: Connection) -> None:
    """Never answers, and does not listen either."""
    jobs.recv()
    time.sleep(600)
