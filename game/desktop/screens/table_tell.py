"""Tells a turn piece by piece: a beat, what is noticed, the reply as it is spoken, what is new.

It knows the order and the pauses; what a piece does is shown by whoever is told (`show`).
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence

from game.session.table import Line

# Seconds after a piece, before the next begins.
_PAUSES = {"you": 0.45, "done": 0.35, "notice": 0.75, "said": 0.45, "event": 0.9, "place": 0.7,
           "gap": 0.7, "fact": 0.3, "deal": 0.5, "boss": 0.2}  # fmt: skip

Later = Callable[[float, Callable[[], object]], object]
Show = Callable[[Line, Callable[[], object]], bool]


class Teller:
    """`show(line, done)` shows a line; True if it calls `done` itself once it stands in full.

    `later(seconds, call)` calls something later. `instant()` leaves the pauses out.
    """

    def __init__(self, show: Show, later: Later, instant: Callable[[], bool]) -> None:
        self._show, self._later, self._instant = show, later, instant
        self._left: deque[Line] = deque()
        self._waiting: Callable[[], object] | None = None
        self._on_done: Callable[[], object] | None = None
        self._mark = 0  # of the pause that is waited for
        self._held = self._due = False  # after the first piece, and that it could go on now

    @property
    def telling(self) -> bool:
        return self._on_done is not None

    def tell(
        self, lines: Sequence[Line], on_done: Callable[[], object], held: bool = False
    ) -> None:  # fmt: skip
        """Show lines in order; `on_done` once all of them stand. `held`: after the first line only
        once :meth:`go_on` was called."""
        self._left = deque(lines)
        self._on_done = on_done
        self._held = self._due = False
        self._next(held)

    def go_on(self) -> None:
        """Tell what was held back, at once if its time has come already."""
        self._held = False
        if self._due:
            self._due = False
            self._next()

    def drop(self) -> None:
        """Tell nothing more, and nobody."""
        self._left.clear()
        self._on_done = self._waiting = None
        self._held = self._due = False
        self._mark += 1

    def hurry(self) -> bool:
        """Go on to the next piece at once; False if no pause is waited for."""
        if self._waiting is None:
            return False
        call, self._waiting = self._waiting, None
        self._mark += 1
        call()
        return True

    def _pause(self, seconds: float) -> None:
        if self._instant():
            self._next()
            return
        self._waiting = self._next
        self._mark += 1
        mark = self._mark
        self._later(seconds, lambda: self.hurry() if mark == self._mark else None)

    def _next(self, hold: bool = False) -> None:
        if self._on_done is None:
            return
        if self._held:
            self._due = True
            return
        self._held = hold
        if not self._left:
            done, self._on_done = self._on_done, None
            done()
            return
        line = self._left.popleft()
        pause = _PAUSES[line.kind]
        if self._left and line.kind == self._left[0].kind == "notice":
            pause = 0.1  # several people are seen at one glance
        if not self._show(line, lambda: self._pause(pause)):
            self._pause(pause)
