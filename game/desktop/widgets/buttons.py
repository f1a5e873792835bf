"""What is pressed: buttons, switches, and rows of alternatives."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Unpack

import pygame

from game.desktop.canvas import Canvas
from game.desktop.input import Command, Pointer
from game.desktop.text import BODY, BUTTON, SMALL, Paragraph, Run, TextStyle
from game.desktop.theme import PILL
from game.desktop.widget import Options, Size, Widget

Call = Callable[[], object]


class Pressable(Widget):
    """Something that is activated by a click, by confirming, or by its hotkey."""

    focusable = True
    role = "button"

    def __init__(self, on_press: Call | None = None, **options: Unpack[Options]) -> None:
        super().__init__(**options)
        self.on_press = on_press

    @property
    def down(self) -> bool:
        return self.attached and self.root.pressed is self and self.hovered

    def on_pointer(self, event: Pointer) -> bool:
        if event.kind == "down" and self.enabled:
            self.invalidate()
            return True
        if event.kind == "up" and self.enabled:
            self.invalidate()
            if self.rect.collidepoint(event.x, event.y):
                self.activate()
            return True
        return event.kind == "move"

    def activate(self) -> None:
        if self.enabled and self.on_press is not None:
            if self.attached:
                self.root.ui.play("confirm")
            self.on_press()


class Button(Pressable):
    """A button with a text and, if it has a hotkey and wants it, the key before the text.

    `kind`: `filled` (the one thing to do), `plain` (a card), `pill` (round ends), `quiet` (words
    only).
    """

    def __init__(
        self, text: str, on_press: Call | None = None, *, kind: str = "plain",
        style: TextStyle = BUTTON, show_key: bool = False, **options: Unpack[Options],
    ) -> None:  # fmt: skip
        super().__init__(on_press, **options)
        self._text, self.kind, self.style, self.show_key = text, kind, style, show_key
        self.radius = PILL if kind == "pill" else 8.0 if kind == "quiet" else 11.0

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
    def accessible_name(self) -> str:
        return self.name or self._text

    def _words(self, width: float) -> Paragraph:
        key = ""
        if self.show_key and self.hotkey is not None:
            key = self.root.ui.legend(self.hotkey)
        runs = [Run(self._text, self.style)]
        if key and self.kind == "quiet":  # as in a line of keys: the word, then the key
            words = self.style.but(face="sans", colour="muted")
            runs = [Run(self._text + "\u00a0\u00a0", words), Run(key, self.style)]
        elif key:
            runs.insert(0, Run(key + "\u00a0\u00a0", self.style.but(colour="muted")))
        return self.root.ui.text.layout(runs, width, most=3)

    def _pads(self) -> tuple[float, float]:
        return (6.0, 4.0) if self.kind == "quiet" else (16.0, 8.0)

    def measure(self, width: float) -> Size:
        across, down = self._pads()
        words = self._words(max(20.0, width - 2 * across))
        return words.width + 2 * across + 0.5, words.height + 2 * down

    def draw(self, canvas: Canvas) -> None:
        ink = None
        if not self.enabled:  # told by its shape as well: nothing round it, or nothing in it
            ink = "muted"
            if self.kind == "filled":
                canvas.card(self.rect, None, "line", self.radius)
        elif self.kind == "filled":
            canvas.card(self.rect, "muted" if self.hovered else "ink", None, self.radius)
            ink = "on_ink"
        elif self.kind == "quiet":
            if self.hovered:
                canvas.card(self.rect, "note", None, self.radius)
        else:
            fill = "pressed" if self.down else "hover" if self.hovered else "card"
            canvas.card(self.rect, fill, "ink" if self.hovered else "line", self.radius)
        across, _ = self._pads()
        words = self._words(max(20.0, self.rect.width - 2 * across + 0.5))
        top = self.rect.centery - words.height / 2
        canvas.words(
            words, self.rect.left + across, top, width=self.rect.width - 2 * across,
            align="centre", colour=ink,
        )  # fmt: skip
        if not self.enabled and self.kind == "quiet":  # words alone: they are crossed out
            left, right = self.rect.left + across, self.rect.right - across
            canvas.line((left, self.rect.centery), (right, self.rect.centery), "muted")


class Toggle(Pressable):
    """A switch with its words on the left; the knob's side and a tick tell, not colour alone."""

    role = "switch"
    radius = 8.0

    def __init__(
        self, text: str, on: bool = False, on_change: Callable[[bool], object] | None = None,
        **options: Unpack[Options],
    ) -> None:  # fmt: skip
        super().__init__(None, **options)
        self.text, self.on, self.on_change = text, on, on_change

    @property
    def accessible_name(self) -> str:
        return self.name or self.text

    @property
    def state_text(self) -> str:
        return "on" if self.on else "off"

    def activate(self) -> None:
        if self.enabled:
            self.on = not self.on
            self.invalidate()
            if self.attached:
                self.root.ui.play("confirm")
            if self.on_change is not None:
                self.on_change(self.on)

    def _words(self, width: float) -> Paragraph:
        text = self.root.ui.text
        return text.layout(self.text, max(40.0, width - 64.0 * text.control), style=BODY)

    def measure(self, width: float) -> Size:
        words = self._words(width)
        k = self.root.ui.text.control
        return words.width + 64.0 * k, max(words.height, 24.0 * k) + 8.0

    def draw(self, canvas: Canvas) -> None:
        words, k = self._words(self.rect.width), self.root.ui.text.control
        colour = None if self.enabled else "muted"
        canvas.words(words, self.rect.left, self.rect.centery - words.height / 2, colour=colour)
        wide, high = 42 * k, 24 * k
        track = pygame.FRect(
            self.rect.right - wide - 4, self.rect.centery - high / 2, wide, high
        )  # fmt: skip
        fill = "track" if not self.on else "ink" if self.enabled else "muted"
        canvas.card(track, fill, "ink" if self.hovered else "line", PILL)
        x, y = track.right - high / 2 if self.on else track.left + high / 2, track.centery
        canvas.circle(x, y, 8.5 * k, "card", "line" if not self.on else None, 1)
        if self.on:
            tick = [(x - 3.5 * k, y), (x - k, y + 3 * k), (x + 4 * k, y - 3 * k)]
            canvas.stroke(tick, "ink", 1.8 * k)


class Segmented(Widget):
    """One of a few alternatives, side by side: `options` are (value, words).

    Arrow keys change it while it has the focus; nothing is chosen while `value` is None.
    """

    focusable = True
    role = "choice"
    radius = 10.0

    def __init__(
        self, options: Sequence[tuple[str, str]], value: str | None = None,
        on_change: Callable[[str], object] | None = None, **more: Unpack[Options],
    ) -> None:  # fmt: skip
        super().__init__(**more)
        self.options, self.value, self.on_change = list(options), value, on_change
        self._over = -1

    @property
    def state_text(self) -> str:
        return next((words for value, words in self.options if value == self.value), "")

    def choose(self, value: str) -> None:
        """Choose one; ValueError for an unknown value."""
        if value not in [known for known, _ in self.options]:
            raise ValueError(value)
        if value != self.value:
            self.value = value
            self.invalidate()
            if self.attached:
                self.root.ui.play("confirm")
            if self.on_change is not None:
                self.on_change(value)

    def _style(self) -> TextStyle:
        return SMALL.but(face="sans-semi", colour="ink")

    def _natural(self) -> float:
        """Width of one alternative with its words in one line."""
        text = self.root.ui.text
        return max(text.measure(words, self._style()) for _, words in self.options) + 20.0

    def _stacked(self, width: float) -> bool:
        """Whether the alternatives stand below each other, because their words need the room."""
        return self._natural() * len(self.options) > width + 0.5

    def measure(self, width: float) -> Size:
        wide, count = self._natural(), len(self.options)
        if self._stacked(width):
            high = max(p.height for p in self._parts(width))
            return min(wide, width), (high + 12.0) * count
        return wide * count, max(p.height for p in self._parts(wide)) + 14.0

    def _parts(self, wide: float) -> list[Paragraph]:
        layout = self.root.ui.text.layout
        return [layout(w, wide - 8, style=self._style(), most=2) for _, w in self.options]

    def part(self, index: int) -> pygame.FRect:
        """The place of one alternative."""
        if self._stacked(self.rect.width):
            high = self.rect.height / len(self.options)
            return pygame.FRect(self.rect.left, self.rect.top + index * high, self.rect.width, high)
        wide = self.rect.width / len(self.options)
        return pygame.FRect(self.rect.left + index * wide, self.rect.top, wide, self.rect.height)

    def draw(self, canvas: Canvas) -> None:
        canvas.card(self.rect, "track", "line", self.radius)
        for i, words in enumerate(self._parts(self.part(0).width)):
            place, chosen = self.part(i), self.options[i][0] == self.value
            if chosen:
                canvas.card(place.inflate(-4, -4), "card", "ink", self.radius - 2, 1.5)
            elif self._over == i and self.hovered:
                canvas.card(place.inflate(-4, -4), "hover", None, self.radius - 2)
            colour = "ink" if self.enabled else "muted"
            canvas.words(
                words, place.left + 4, place.centery - words.height / 2, width=place.width - 8,
                align="centre", colour=colour,
            )  # fmt: skip

    def _index(self, x: float, y: float) -> int:
        share = (x - self.rect.left) / max(1.0, self.rect.width)
        if self._stacked(self.rect.width):
            share = (y - self.rect.top) / max(1.0, self.rect.height)
        return min(len(self.options) - 1, max(0, int(share * len(self.options))))

    def on_pointer(self, event: Pointer) -> bool:
        if event.kind == "move":
            over = self._index(event.x, event.y)
            if over != self._over:
                self._over = over
                self.invalidate()
            return True
        if event.kind == "up" and self.rect.collidepoint(event.x, event.y):
            self.choose(self.options[self._index(event.x, event.y)][0])
        return event.kind in ("down", "up")

    def on_command(self, command: Command) -> bool:
        if command not in (Command.LEFT, Command.RIGHT, Command.CONFIRM):
            return False
        values = [value for value, _ in self.options]
        if self.value not in values:
            self.choose(values[0] if command is not Command.LEFT else values[-1])
            return True
        at = values.index(self.value)
        if command is Command.CONFIRM:
            self.choose(values[(at + 1) % len(values)])
            return True
        to = at + (1 if command is Command.RIGHT else -1)
        if 0 <= to < len(values):
            self.choose(values[to])
        return True
