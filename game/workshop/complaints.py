"""What the server complains of while it runs, said by a thread of its own.

Whoever started it may not be reading: a loop that writes into a full pipe stands still for ever.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import queue
import threading
from collections.abc import Iterator

_MOST = 100  # that wait to be said; more are dropped
_LAST_WORDS = 0.5  # seconds for what is still to be said at the end
_ERRORS = 2  # standard error, without a buffer whose lock could keep the program from ending


@contextlib.contextmanager
def said_aside() -> Iterator[None]:
    """Have everything that libraries complain of said by a thread."""
    handler, root = _Aside(), logging.getLogger()
    root.addHandler(handler)
    try:
        yield
    finally:
        root.removeHandler(handler)
        handler.close()


class _Aside(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self._waiting: queue.Queue[str | None] = queue.Queue(_MOST)
        self._thread = threading.Thread(target=self._say, name="complaints", daemon=True)
        self._thread.start()

    def emit(self, record: logging.LogRecord) -> None:
        cause = record.exc_info[1] if record.exc_info else None
        if isinstance(cause, asyncio.CancelledError):
            return  # a request that was under way when the server ended
        with contextlib.suppress(queue.Full):
            self._waiting.put_nowait(self.format(record))

    def close(self) -> None:
        """Wait a moment for what is still to be said."""
        with contextlib.suppress(queue.Full):
            self._waiting.put_nowait(None)
        self._thread.join(_LAST_WORDS)
        super().close()

    def _say(self) -> None:
        while (text := self._waiting.get()) is not None:
            with contextlib.suppress(OSError):
                os.write(_ERRORS, f"{text}\n".encode("utf-8", "replace"))
