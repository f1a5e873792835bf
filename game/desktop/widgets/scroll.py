"""A window on something higher than itself."""

from __future__ import annotations

from typing import Unpack

import pygame

from game.desktop.canvas import Canvas
from game.desktop.input import Command, Pointer
from game.desktop.theme import PILL
from game.desktop.widget import BLEED, Options, Size, Widget

_NOTCH = 56.0  # px a notch of the wheel
_BAR = 6.0
_LEAST = 48.0  # px, lower than which nobody can read in it


class ScrollArea(Widget):
    """Scrolls its one child vertically: wheel, drag of the bar, arrows, page keys.

    It can have the focus only if it holds nothing else that can, so that reading by keyboard
    works. `at_end` keeps the end in view while the child grows.
    """

    role = "scroll"

    def __init__(self, child: Widget, *, at_end: bool = False, **options: Unpack[Options]) -> None:
        options.setdefault("shrink", True)
        super().__init__(**options)
        self.at_end = at_end
        self.offset = 0.0
        self._high = 0.0
        self._grabbed: float | None = None
        self.add(child)

    @property
    def child(self) -> Widget:
        return self.children[0]

    @property
    def most(self) -> float:
        """The largest offset."""
        return max(0.0, self._high - self.rect.height)

    @property
    def can_focus(self) -> bool:
        return (
            self.enabled and self.visible and self.most > 0.5
            and not any(w.can_focus for w in self.child.walk())
        )  # fmt: skip

    @property
    def wants_pointer(self) -> bool:
        return True

    def measure(self, width: float) -> Size:
        return self.child.size(width)

    def least(self, width: float) -> float:
        if self.height is not None:
            return self.height
        return max(self.min_height, min(_LEAST, self.size(width)[1]))

    def layout(self) -> None:
        before = self.most
        held = self.at_end and self.offset >= before - 1
        wide = self.rect.width
        self._high = self.child.size(wide)[1]
        if self._high > self.rect.height + 0.5:  # room for the bar
            self._high = self.child.size(wide - _BAR - 6)[1]
            wide -= _BAR + 6
        self.offset = self.most if held else min(self.offset, self.most)
        high = max(self._high, self.rect.height)
        self.child.arrange(pygame.FRect(self.rect.left, self.rect.top - self.offset, wide, high))

    def scroll_to(self, offset: float) -> None:
        """Show what lies `offset` px below the top."""
        offset = min(max(0.0, offset), self.most)
        if abs(offset - self.offset) > 0.01:
            self.offset = offset
            self.layout()
            self.invalidate()

    def show_rect(self, rect: pygame.FRect) -> None:
        """Scroll as little as brings a rectangle (as it lies now) into view."""
        top, bottom = rect.top - BLEED, rect.bottom + BLEED
        if top < self.rect.top:
            self.scroll_to(self.offset + top - self.rect.top)
        elif bottom > self.rect.bottom:
            self.scroll_to(self.offset + min(bottom - self.rect.bottom, top - self.rect.top))

    def bar(self) -> pygame.FRect | None:
        """The place of the bar's knob; None if everything is in view."""
        if self.most <= 0.5:
            return None
        high = max(32.0, self.rect.height * self.rect.height / self._high)
        top = self.rect.top + (self.rect.height - high) * self.offset / self.most
        return pygame.FRect(self.rect.right - _BAR, top, _BAR, high)

    def paint(self, canvas: Canvas) -> None:
        if not self.visible or not canvas.sees(self.rect):
            return
        # A ring round the outermost things may still be seen beside the area.
        view = pygame.FRect(
            self.rect.left - BLEED, self.rect.top, self.rect.width + 2 * BLEED, self.rect.height
        )
        with canvas.clip(view) as seen:
            if seen:
                self.child.paint(canvas)
        knob = self.bar()
        if knob is not None:
            live = self.hovered or self._grabbed is not None
            canvas.card(knob, "muted" if live else "line", None, PILL)

    def hit(self, x: float, y: float) -> Widget | None:
        knob = self.bar()
        if self.visible and knob is not None and knob.inflate(10, 0).collidepoint(x, y):
            return self
        return super().hit(x, y)

    def on_pointer(self, event: Pointer) -> bool:
        if event.kind == "wheel":
            if self.most <= 0.5:
                return False
            self.scroll_to(self.offset - event.wheel * _NOTCH)
            return True
        knob = self.bar()
        if event.kind == "down" and knob is not None and event.x >= knob.left - 5:
            self._grabbed = event.y - knob.top if knob.collidepoint(knob.left, event.y) else 0.0
            return True
        if event.kind == "move" and self._grabbed is not None and knob is not None:
            run = self.rect.height - knob.height
            share = (event.y - self._grabbed - self.rect.top) / max(1.0, run)
            self.scroll_to(share * self.most)
            return True
        if event.kind == "up":
            self._grabbed = None
        return False

    def on_command(self, command: Command) -> bool:
        page = self.rect.height * 0.85
        steps = {
            Command.PAGE_DOWN: page, Command.PAGE_UP: -page,
            Command.HOME: -self._high, Command.END: self._high,
        }  # fmt: skip
        if self.focused:
            steps |= {Command.DOWN: _NOTCH, Command.UP: -_NOTCH, Command.CONFIRM: page}
        if command not in steps or self.most <= 0.5:
            return False
        before = self.offset
        self.scroll_to(self.offset + steps[command])
        return self.offset != before or command not in (Command.UP, Command.DOWN)

    def on_anywhere(self, command: Command) -> bool:
        return command in (Command.PAGE_UP, Command.PAGE_DOWN) and self.on_command(command)
