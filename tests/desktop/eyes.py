"""How well words can be read: contrast as WCAG 2 reckons it, measured where they are drawn."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import numpy as np
import pygame
import pytest

from game.desktop.canvas import Canvas
from game.desktop.text import Paragraph

LARGE, LARGE_BOLD = 24.0, 18.66  # px from which letters count as large
NEEDED, NEEDED_LARGE = 4.5, 3.0


def luminance(colour: pygame.Color) -> float:
    parts = [v / 255 for v in (colour.r, colour.g, colour.b)]
    linear = [v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: pygame.Color, other: pygame.Color) -> float:
    """From 1 (the same) to 21 (black on white)."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@dataclass(frozen=True, slots=True)
class Read:
    """Some words as they were drawn: their contrast with the ground, and what would be enough."""

    words: str
    contrast: float
    needed: float


@contextmanager
def reading(patch: pytest.MonkeyPatch) -> Iterator[list[Read]]:
    """Notes all words that are drawn meanwhile."""
    found: list[Read] = []
    own = Canvas.words

    def words(
        self: Canvas, paragraph: Paragraph, x: float, y: float, *, width: float = 0.0,
        align: str = "left", alpha: int = 255, letters: int | None = None,
        colour: str | None = None,
    ) -> None:  # fmt: skip
        wide = max(width, paragraph.width)
        box = self.rect(pygame.FRect(x, y, wide, paragraph.height)).clip(self.surface.get_clip())
        if box.width > 2 and box.height > 2:
            ground = commonest(self.surface.subsurface(box))
            for line in paragraph.lines:
                for part in line.fragments:
                    ink = ground.lerp(self.colour(colour or part.style.colour), alpha / 255)
                    size = part.style.size * self.text.text_scale
                    bold = "bold" in part.style.face or "semi" in part.style.face
                    large = size >= (LARGE_BOLD if bold else LARGE)
                    needed = NEEDED_LARGE if large else NEEDED
                    if part.text.strip():
                        found.append(Read(part.text, contrast(ink, ground), needed))
        own(self, paragraph, x, y, width=width, align=align, alpha=alpha, letters=letters,
            colour=colour)  # fmt: skip

    with patch.context() as patched:
        patched.setattr(Canvas, "words", words)
        yield found


def commonest(surface: pygame.Surface) -> pygame.Color:
    """The colour that most of a picture has."""
    colours, counts = np.unique(pygame.surfarray.array2d(surface), return_counts=True)
    return surface.unmap_rgb(int(colours[counts.argmax()]))
