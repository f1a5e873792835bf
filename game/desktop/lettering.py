"""What was measured and rendered of words, kept for all windows of a process.

A word is as wide in one window as in the next and looks the same there at the same scale. So one
that draws many windows, as `longlunch shots` does, renders each word once.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, field

import pygame

_MOST_BYTES = 32 << 20
_MOST_WIDTHS = 20_000

Key = tuple[object, ...]


@dataclass(slots=True)
class Lettering:
    """Widths in logical px, rendered words with the depth of their baseline in physical px."""

    _widths: dict[Key, float] = field(default_factory=dict)
    _rendered: OrderedDict[Key, tuple[pygame.Surface, int]] = field(default_factory=OrderedDict)
    _bytes: int = 0

    def width(self, key: Key) -> float | None:
        return self._widths.get(key)

    def measured(self, key: Key, width: float) -> float:
        if len(self._widths) > _MOST_WIDTHS:
            self._widths.clear()
        self._widths[key] = width
        return width

    def surface(self, key: Key) -> tuple[pygame.Surface, int] | None:
        """A rendered word; nobody draws on it."""
        found = self._rendered.get(key)
        if found is not None:
            self._rendered.move_to_end(key)
        return found

    def rendered(self, key: Key, made: pygame.Surface, baseline: int) -> tuple[pygame.Surface, int]:
        """Keep a word; those that were not asked for the longest go once there is no room."""
        found = self._rendered[key] = made, baseline
        self._bytes += _bytes(made)
        while self._bytes > _MOST_BYTES and len(self._rendered) > 1:
            _, (old, _) = self._rendered.popitem(last=False)
            self._bytes -= _bytes(old)
        return found


def _bytes(surface: pygame.Surface) -> int:
    return surface.get_width() * surface.get_height() * 4


KEPT = Lettering()
