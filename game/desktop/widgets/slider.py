"""A place on the continuum, with how sure one is; unset until it is touched."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Unpack

import pygame

from game.desktop.canvas import Canvas
from game.desktop.input import Command, Pointer
from game.desktop.layout import Column
from game.desktop.text import SMALL, TextStyle
from game.desktop.theme import PILL
from game.desktop.widget import Options, Size, Widget
from game.desktop.widgets.buttons import Segmented
from game.session.writing import numeral

_STEP = 0.05
BANDS = (0.34, 0.22, 0.12)  # how wide the band is when one guesses, is fairly sure, is sure
_END = TextStyle("sans-bold", 13)


class Slider(Widget):
    """A value from 0 to 1, or None while unset: then a hollow knob waits in the middle.

    `ends` are the words under both ends, `colours` the colours of them; `band` is the width of
    the stretch around the value, 0 for none. `middle` stands between the ends.
    """

    focusable = True
    role = "slider"
    radius = 10.0

    def __init__(
        self, value: float | None = None, on_change: Callable[[float], object] | None = None, *,
        ends: tuple[str, str] = ("", ""), colours: tuple[str, str] = ("ink", "ink"),
        unset: str = "", band: float = 0.0, step: float = _STEP, **options: Unpack[Options],
    ) -> None:  # fmt: skip
        super().__init__(**options)
        self.value, self.on_change = value, on_change
        self.ends, self.colours, self.unset = ends, colours, unset
        self.band, self.step, self.middle = band, step, ""

    @property
    def state_text(self) -> str:
        return self.unset or "unset" if self.value is None else numeral(self.value, 2)

    def set(self, value: float | None, tell: bool = False) -> None:
        """Show a value; `tell` also calls `on_change`, as touching it would."""
        if value is not None:
            value = min(1.0, max(0.0, value))
        if value == self.value:
            return
        self.value = value
        self.invalidate()
        if tell and value is not None and self.on_change is not None:
            self.on_change(value)

    def measure(self, width: float) -> Size:
        text = self.root.ui.text
        if not any(self.ends) and not self.unset:
            return min(width, 240.0), 30.0 * text.control
        return min(width, 360.0), 33.0 * text.control + text.line_height(_END)

    def _track(self) -> pygame.FRect:
        k = self.root.ui.text.control
        return pygame.FRect(
            self.rect.left + 9 * k, self.rect.top + 12 * k, self.rect.width - 18 * k, 6 * k
        )

    def focus_rect(self) -> pygame.FRect:
        k = self.root.ui.text.control
        return pygame.FRect(self.rect.left, self.rect.top + 4 * k, self.rect.width, 22 * k)

    def draw(self, canvas: Canvas) -> None:
        track, text = self._track(), self.root.ui.text
        k = text.control
        canvas.card(track, "track" if self.band == 0 else "line", None, PILL)
        if self.value is not None:
            x = track.left + self.value * track.width
            if self.band:
                half = self.band / 2 * track.width
                left, right = max(track.left, x - half), min(track.right, x + half)
                wide = pygame.FRect(left, track.top - 3 * k, right - left, 12 * k)
                canvas.card(wide, "comfort", "gold", PILL)
            else:
                done = pygame.FRect(track.left, track.top, max(6 * k, x - track.left), 6 * k)
                canvas.card(done, "ink", None, PILL)
            canvas.circle(x, track.centery, 10 * k, "ink" if self.enabled else "muted", "card", 2.5)
        else:
            canvas.circle(track.centerx, track.centery, 9 * k, "card", "muted", 2)
        y = self.rect.top + 32 * k
        for words, colour, align in zip(self.ends, self.colours, ("left", "right"), strict=True):
            if words:
                line = text.layout(words, style=_END)
                canvas.words(
                    line, self.rect.left, y, width=self.rect.width, align=align, colour=colour
                )
        between = self.unset if self.value is None else self.middle
        if between:
            taken = 2 * max((text.measure(w, _END) for w in self.ends), default=0.0) + 16
            line = text.layout(between, max(20.0, self.rect.width - taken), style=SMALL, most=1)
            canvas.words(line, self.rect.left, y, width=self.rect.width, align="centre")

    def _at(self, x: float) -> float:
        track = self._track()
        share = (x - track.left) / max(1.0, track.width)
        return min(1.0, max(0.0, round(share / self.step) * self.step))

    def on_pointer(self, event: Pointer) -> bool:
        if not self.enabled:
            return False
        if event.kind == "down":
            self.set(self._at(event.x), tell=True)
            return True
        if event.kind == "move" and self.root.pressed is self:
            self.set(self._at(event.x), tell=True)
        return event.kind in ("up", "move")

    def on_command(self, command: Command) -> bool:
        if not self.enabled:
            return False
        if self.value is None and command in (Command.LEFT, Command.RIGHT, Command.CONFIRM):
            self.set(0.5, tell=True)
            return True
        if command in (Command.LEFT, Command.RIGHT) and self.value is not None:
            step = self.step if command is Command.RIGHT else -self.step
            self.set(round((self.value + step) / self.step) * self.step, tell=True)
            return True
        return False


class ReadMarker(Column):
    """The trainee's read: a place between two poles and one of three grades of being sure.

    `on_change(value, sure)` is called with 0 to 1 and 1 to 3 once both are set. `grades` are the
    words for the three.
    """

    role = "read"

    def __init__(
        self, ends: tuple[str, str], grades: Sequence[str], unset: str, *,
        value: float | None = None, sure: int | None = None,
        on_change: Callable[[float, int], object] | None = None, **options: Unpack[Options],
    ) -> None:  # fmt: skip
        super().__init__(gap=6, **options)
        self.on_change, self.sure = on_change, sure
        self.grades = list(grades)
        self.slider = self.add(
            Slider(
                value, lambda _: self._changed(), ends=ends,
                colours=("specific_words", "diffuse_words"), unset=unset, name=self.name,
            )
        )  # fmt: skip
        named = [(str(i + 1), words) for i, words in enumerate(self.grades)]
        self.grade = self.add(
            Segmented(named, str(sure) if sure else None, self._graded, name=self.name)
        )
        self._mark()

    @property
    def value(self) -> float | None:
        return self.slider.value

    def set(self, value: float | None, sure: int | None) -> None:
        """Show a read without telling anybody."""
        self.slider.set(value)
        self.sure = sure
        self.grade.value = str(sure) if sure else None
        self._mark()
        self.invalidate()

    def _mark(self) -> None:
        self.slider.band = BANDS[self.sure - 1] if self.sure else BANDS[0]
        self.slider.middle = self.grades[self.sure - 1] if self.sure else ""
        self.slider.invalidate()

    def _graded(self, grade: str) -> None:
        self.sure = int(grade)
        self._changed()

    def _changed(self) -> None:
        self._mark()
        if self.value is not None and self.sure and self.on_change is not None:
            self.on_change(self.value, self.sure)
