"""Processes beside the server are of the lowest priority: whatever they do, the room plays on."""

from __future__ import annotations

import contextlib
import os
import pickle
import sys
from collections.abc import Callable
from typing import Any

_LOWEST = 19  # the niceness of a process that minds nobody
_WINDOWS_IDLE = 0x40


class Behind:
    """What a process is to do behind all others: it steps back first, since already importing what
    the work needs takes a core for half a second."""

    def __init__(self, work: Callable[..., object]) -> None:
        self._work = pickle.dumps(work)  # its module is imported where this is read again

    def __call__(self, *args: Any) -> None:
        step_back()
        pickle.loads(self._work)(*args)


def step_back() -> None:
    """Let every other process go first."""
    with contextlib.suppress(OSError, AttributeError):
        if sys.platform == "win32":
            import ctypes

            kernel = ctypes.windll.kernel32
            kernel.SetPriorityClass(kernel.GetCurrentProcess(), _WINDOWS_IDLE)
        else:
            os.setpriority(os.PRIO_PROCESS, 0, _LOWEST)
            if sys.platform == "linux":  # a core with nothing else to do counts as free then
                os.sched_setscheduler(0, os.SCHED_IDLE, os.sched_param(0))
