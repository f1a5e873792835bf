"""A session is served by one process on this machine: two would lose each other's records.

The system itself lets go of the mark when a process dies, however it does.
"""

from __future__ import annotations

import contextlib
import os
import sys
import tempfile
from pathlib import Path

from game.workshop.trouble import HostError


class Alone:
    """A mark on a session as long as this process lives, or until :meth:`release`."""

    def __init__(self, session: str) -> None:
        """Raises :class:`HostError` (H004) while another process has the mark."""
        self._path = Path(tempfile.gettempdir()) / f"longlunch-{session}.lock"
        self._file: int | None = None
        try:
            self._file = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        except OSError:
            return  # nowhere to leave a mark: nothing is told apart then
        try:
            _mark(self._file)
        except OSError:
            os.close(self._file)
            self._file = None
            raise HostError(
                "H004", "this session is being served already, by another process here",
                "one server a session", "go on there, end it, or begin another with --new",
            ) from None  # fmt: skip

    def __enter__(self) -> Alone:
        return self

    def __exit__(self, *_: object) -> None:
        self.release()

    def release(self) -> None:
        if self._file is not None:
            os.close(self._file)
            self._file = None
            with contextlib.suppress(OSError):
                self._path.unlink()


def _mark(file: int) -> None:
    if sys.platform == "win32":
        import msvcrt

        msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
