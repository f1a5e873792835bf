"""How far something has come, as a bar."""

from __future__ import annotations

from typing import Unpack

import pygame

from game.desktop.canvas import Canvas
from game.desktop.theme import PILL
from game.desktop.widget import Options, Size, Widget

_SPEED = 6.0  # shares of the way that is left, a second


class ProgressBar(Widget):
    """A share from 0 to 1; moves there unless motion is not wanted. None: under way, unknown."""

    role = "progress"

    def __init__(
        self, share: float | None = 0.0, colour: str = "specific", **options: Unpack[Options]
    ) -> None:
        options.setdefault("height", 12.0)
        super().__init__(**options)
        self.share, self.colour = share, colour
        self._shown = share or 0.0
        self._phase = 0.0

    @property
    def state_text(self) -> str:
        return "" if self.share is None else f"{self.share:.0%}"

    def set(self, share: float | None) -> None:
        """Go to a share."""
        self.share = share if share is None else min(1.0, max(0.0, share))
        self.invalidate()
        if self.attached and self.root.ui.motion:
            self.animate()
        else:
            self._shown = self.share or 0.0

    def attached_now(self) -> None:
        if self.share is None:
            self.animate()

    def measure(self, width: float) -> Size:
        return min(width, 160.0), 12.0

    def tick(self, dt: float) -> bool:
        self.invalidate()
        if self.share is None:
            self._phase = (self._phase + dt * 0.6) % 1.0
            return self.root.ui.motion
        self._shown += (self.share - self._shown) * min(1.0, _SPEED * dt)
        if abs(self.share - self._shown) < 0.002:
            self._shown = self.share
            return False
        return True

    def draw(self, canvas: Canvas) -> None:
        canvas.card(self.rect, "track", "line" if canvas.palette.heavy else None, PILL)
        if self.share is None:
            wide = self.rect.width * 0.3
            left = self.rect.left + (self.rect.width - wide) * abs(2 * self._phase - 1)
            canvas.card(pygame.FRect(left, self.rect.top, wide, self.rect.height), self.colour,
                        None, PILL)  # fmt: skip
        elif self._shown > 0:
            wide = max(self.rect.height, self.rect.width * self._shown)
            done = pygame.FRect(self.rect.left, self.rect.top, wide, self.rect.height)
            canvas.card(done, self.colour, None, PILL)
