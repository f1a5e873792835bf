"""Processes beside the server are of the lowest priority: whatever they do, the room plays on."""

from __future__ import annotations

import contextlib
import os
import sys

_LOWEST = 19  # the niceness of a process that minds nobody
_WINDOWS_IDLE = 0x40


def step_back() -> None:
    """Let every other process go first."""
    with contextlib.suppress(OSError, AttributeError):
        if sys.platform == "win32":
            import ctypes

            kernel = ctypes.windll.kernel32
            kernel.SetPriorityClass(kernel.GetCurrentProcess(), _WINDOWS_IDLE)
        else:
            os.setpriority(os.PRIO_PROCESS, 0, _LOWEST)
