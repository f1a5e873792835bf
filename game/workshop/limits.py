"""What the system lets a server have open at once: by default less than a full room needs."""

from __future__ import annotations

import contextlib

_WANTED = 8192  # a thousand phones hold three connections each, and some are on their way


def let_many_in() -> None:
    """Ask for as many open connections as a full room takes; what is not granted, is not."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource  # not on Windows, which has no such limit

        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        most = _WANTED if hard == resource.RLIM_INFINITY else min(_WANTED, hard)
        if soft != resource.RLIM_INFINITY and soft < most:
            resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))
