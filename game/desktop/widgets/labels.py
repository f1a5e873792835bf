"""Words, lines between things, and whatever a screen paints itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Unpack

import pygame

from game.desktop.canvas import Canvas
from game.desktop.text import BODY, Paragraph, Run, TextStyle, marked
from game.desktop.widget import Options, Size, Widget


class Label(Widget):
    """Wrapped words in one style, at most `most` lines (0: any number).

    A label gives way when there is too little room, down to the width of an ellipsis, unless
    `shrink` says otherwise. `align_text` is left, centre or right.
    """

    role = "label"

    def __init__(
        self, text: str = "", style: TextStyle = BODY, *, most: int = 0,
        align_text: str = "left", **options: Unpack[Options],
    ) -> None:  # fmt: skip
        options.setdefault("shrink", True)
        super().__init__(**options)
        self._text, self._style = text, style
        self.most, self.align_text = most, align_text

    @property
    def text(self) -> str:
        return self._text

    @text.setter
    def text(self, value: str) -> None:
        if value != self._text:
            self._text = value
            self.relayout()
            self.invalidate()

    @property
    def style(self) -> TextStyle:
        return self._style

    @style.setter
    def style(self, value: TextStyle) -> None:
        if value != self._style:
            self._style = value
            self.relayout()
            self.invalidate()

    @property
    def accessible_name(self) -> str:
        return self.name or self._text

    def runs(self) -> tuple[Run, ...]:
        return (Run(self._text, self._style),)

    def paragraph(self, width: float) -> Paragraph:
        return self.root.ui.text.layout(self.runs(), width, most=self.most)

    @property
    def cut(self) -> bool:
        """Whether words had to be left out."""
        return self.paragraph(self.rect.width).cut

    def measure(self, width: float) -> Size:
        if not self._text and not self.runs():
            return 0.0, 0.0
        laid_out = self.paragraph(width)
        return min(laid_out.width + 0.5, max(width, 1.0)), laid_out.height

    def draw(self, canvas: Canvas) -> None:
        colour = None if self.enabled else "muted"
        canvas.words(
            self.paragraph(self.rect.width + 0.5), self.rect.left, self.rect.top,
            width=self.rect.width, align=self.align_text, colour=colour,
        )  # fmt: skip


class RichText(Label):
    """Words in several styles: runs, or a text with `**bold**` and `__italic__`."""

    def __init__(
        self, text: str | Iterable[Run] = "", style: TextStyle = BODY, *, most: int = 0,
        align_text: str = "left", **options: Unpack[Options],
    ) -> None:  # fmt: skip
        self._runs = marked(text, style) if isinstance(text, str) else tuple(text)
        plain = "".join(run.text for run in self._runs)
        super().__init__(plain, style, most=most, align_text=align_text, **options)

    def runs(self) -> tuple[Run, ...]:
        return self._runs

    def say(self, text: str | Iterable[Run]) -> None:
        """Show other words."""
        self._runs = marked(text, self._style) if isinstance(text, str) else tuple(text)
        self._text = "".join(run.text for run in self._runs)
        self.relayout()
        self.invalidate()


class Divider(Widget):
    """A thin line across a column."""

    role = "divider"

    def __init__(
        self, space: float = 8.0, colour: str = "line", **options: Unpack[Options]
    ) -> None:
        super().__init__(**options)
        self.space, self.colour = space, colour

    def measure(self, width: float) -> Size:
        return 0.0, 2 * self.space + 1

    def draw(self, canvas: Canvas) -> None:
        y = self.rect.centery
        canvas.line((self.rect.left, y), (self.rect.right, y), self.colour)


class Painted(Widget):
    """A place that a function paints: `paint(canvas, rect)`; call `invalidate` when it changes."""

    role = "picture"

    def __init__(
        self, paint: Callable[[Canvas, pygame.FRect], None], **options: Unpack[Options]
    ) -> None:
        super().__init__(**options)
        self._paint = paint

    def draw(self, canvas: Canvas) -> None:
        self._paint(canvas, self.rect)
