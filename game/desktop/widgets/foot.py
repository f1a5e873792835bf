"""The line at a window's foot while a gamepad is in use: what its buttons do here."""

from __future__ import annotations

import pygame

from game.desktop.canvas import Canvas
from game.desktop.input import Command
from game.desktop.text import SMALL, Paragraph
from game.desktop.theme import MARGIN
from game.desktop.widget import Size, Widget
from game.desktop.words import say

_BETWEEN, _INSIDE = 18.0, 6.0  # px between two entries, and from a button's edge to its name
_KEY = SMALL.but(face="sans-semi", colour="ink")
ROOM = 16.0  # px of it lie in the margin that every screen leaves at its foot


class Foot(Widget):
    """`refresh` looks at what is in use and shows the commands that do something there."""

    role = "foot"

    def __init__(self) -> None:
        super().__init__()
        self.commands: tuple[Command, ...] = ()

    @property
    def accessible_name(self) -> str:
        return " · ".join(f"{key} {words}" for key, words in self._entries())

    def refresh(self, top: Widget) -> None:
        """Follow what is in use."""
        inside = list(top.walk())
        scrolls = any(getattr(w, "most", 0.0) > 0.5 for w in inside if w.role == "scroll")
        tabs = any(w.role == "tabs" for w in inside)
        wanted = (
            Command.CONFIRM, Command.BACK, Command.NEXT, *([Command.PAGE_DOWN] * scrolls),
            *([Command.NEXT_TAB] * tabs),
            *([Command.ALOUD] * (self.root.ui.settings.system_speech != "off")),
        )  # fmt: skip
        if wanted != self.commands:
            self.commands = wanted
            self.invalidate()

    def _entries(self) -> list[tuple[str, str]]:
        found = []
        for command in self.commands:
            key = self.root.ui.legend(command)
            if key:
                found.append((key, say(f"keys.foot.{command}")))
        return found

    def _parts(self) -> list[tuple[Paragraph, Paragraph]]:
        layout = self.root.ui.text.layout
        return [(layout(k, style=_KEY), layout(w, style=SMALL)) for k, w in self._entries()]

    def measure(self, width: float) -> Size:
        return width, self.root.ui.text.line_height(_KEY) + 6.0

    def hit(self, x: float, y: float) -> Widget | None:
        return None

    def draw(self, canvas: Canvas) -> None:
        x, y = self.rect.left + MARGIN, self.rect.top + 2.0
        for key, words in self._parts():
            wide = max(key.width + 2 * _INSIDE, key.height + 2)
            canvas.card(pygame.FRect(x, y, wide, key.height + 2), "card", "ink", 6.0)
            canvas.words(key, x, y + 1, width=wide, align="centre")
            canvas.words(words, x + wide + 5, y + 1)
            x += wide + 5 + words.width + _BETWEEN
