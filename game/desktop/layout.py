"""Containers: rows, columns, grids, and columns of a screen that become tabs when it is narrow.

Each measures its children, then gives them room. Room that is left over goes to those that
grow; missing room is taken from those that grow, then from those that shrink, down to their least
size.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Unpack

import pygame

from game.desktop.widget import Options, Size, Widget

Padding = float | tuple[float, float] | tuple[float, float, float, float]


def sides(padding: Padding) -> tuple[float, float, float, float]:
    """Left, top, right, bottom of one number, (across, down), or all four."""
    if isinstance(padding, int | float):
        return padding, padding, padding, padding
    if len(padding) == 2:
        return padding[0], padding[1], padding[0], padding[1]
    return padding


def shared(
    room: float, natural: Sequence[float], grow: Sequence[float], least: Sequence[float]
) -> list[float]:
    """How long each of several things becomes; `least[i]` is how far one may shrink.

    Missing room is taken from what grows first, then from the others. Sums to `room` if anything
    grows, or can shrink enough.
    """
    given = list(natural)
    spare = room - sum(given)
    if spare > 0 and sum(grow) > 0:
        total = sum(grow)
        return [length + spare * share / total for length, share in zip(given, grow, strict=True)]
    for growing in (True, False):
        slack = [
            max(0.0, n - m) if (g > 0) is growing else 0.0
            for n, m, g in zip(natural, least, grow, strict=True)
        ]
        missing, total = sum(given) - room, sum(slack)
        if missing > 0 and total > 0:
            taken = min(missing, total) / total
            given = [g - taken * s for g, s in zip(given, slack, strict=True)]
    return given


def across(child: Widget, rect: pygame.FRect, align: str, vertical: bool) -> pygame.FRect:
    """The child's place inside a slot, aligned across the container's direction."""
    align = child.align or align
    if align == "stretch":
        if vertical and child.max_width is not None and child.max_width < rect.width:
            return pygame.FRect(rect.left, rect.top, child.max_width, rect.height)
        return rect
    wide, high = child.size(rect.width)
    share = {"start": 0.0, "centre": 0.5, "end": 1.0}[align]
    if vertical:
        wide = min(wide, rect.width)
        return pygame.FRect(rect.left + (rect.width - wide) * share, rect.top, wide, rect.height)
    high = min(high, rect.height)
    return pygame.FRect(rect.left, rect.top + (rect.height - high) * share, rect.width, high)


class Box(Widget):
    """A container with padding; `wide` tells a row from a column."""

    def __init__(
        self, *children: Widget, gap: float = 8.0, padding: Padding = 0.0,
        cross: str = "stretch", main: str = "start", **options: Unpack[Options],
    ) -> None:  # fmt: skip
        super().__init__(**options)
        self.gap, self.cross, self.main = gap, cross, main
        self.padding = sides(padding)
        for child in children:
            self.add(child)

    def used(self) -> list[Widget]:
        return [child for child in self.shown_children() if child.visible]

    def inner(self) -> pygame.FRect:
        left, top, right, bottom = self.padding
        r = self.rect
        return pygame.FRect(
            r.left + left, r.top + top, max(0.0, r.width - left - right),
            max(0.0, r.height - top - bottom),
        )  # fmt: skip


class Column(Box):
    """Children from top to bottom; where height is missing, what scrolls becomes lower."""

    def least(self, width: float) -> float:
        left, top, right, bottom = self.padding
        heights = [child.least(max(0.0, width - left - right)) for child in self.used()]
        own = sum(heights) + self.gap * max(0, len(heights) - 1) + top + bottom
        return max(self.min_height, self.height or own)

    def measure(self, width: float) -> Size:
        left, top, right, bottom = self.padding
        sizes = [child.size(max(0.0, width - left - right)) for child in self.used()]
        gaps = self.gap * max(0, len(sizes) - 1)
        wide = max((w for w, _ in sizes), default=0.0)
        return wide + left + right, sum(h for _, h in sizes) + gaps + top + bottom

    def layout(self) -> None:
        inner, used = self.inner(), self.used()
        natural = [child.size(inner.width)[1] for child in used]
        least = [child.least(inner.width) for child in used]
        room = inner.height - self.gap * max(0, len(used) - 1)
        given = shared(room, natural, [child.grow for child in used], least)
        y = inner.top + _offset(self.main, room - sum(given))
        for child, high in zip(used, given, strict=True):
            slot = pygame.FRect(inner.left, y, inner.width, high)
            child.arrange(across(child, slot, self.cross, True))
            y += high + self.gap


class Row(Box):
    """Children from left to right."""

    def least(self, width: float) -> float:
        left, top, right, bottom = self.padding
        widths = self._widths(max(0.0, width - left - right))
        own = max((c.least(w) for c, w in zip(self.used(), widths, strict=True)), default=0.0)
        return max(self.min_height, self.height or own + top + bottom)

    def _widths(self, width: float) -> list[float]:
        used = self.used()
        room = width - self.gap * max(0, len(used) - 1)
        natural = [child.size(room)[0] for child in used]
        least = [
            child.min_width if child.shrink else n for child, n in zip(used, natural, strict=True)
        ]
        return shared(room, natural, [child.grow for child in used], least)

    def measure(self, width: float) -> Size:
        left, top, right, bottom = self.padding
        used = self.used()
        room = max(0.0, width - left - right)
        natural = sum(child.size(room)[0] for child in used) + self.gap * max(0, len(used) - 1)
        widths = self._widths(room)
        high = max((c.size(w)[1] for c, w in zip(used, widths, strict=True)), default=0.0)
        return min(natural, room) + left + right, high + top + bottom

    def layout(self) -> None:
        inner, used = self.inner(), self.used()
        widths = self._widths(inner.width)
        spare = inner.width - sum(widths) - self.gap * max(0, len(used) - 1)
        x = inner.left + _offset(self.main, spare)
        for child, wide in zip(used, widths, strict=True):
            slot = pygame.FRect(x, inner.top, wide, inner.height)
            child.arrange(across(child, slot, self.cross, False))
            x += wide + self.gap


class Flow(Box):
    """Children from left to right, and on to further lines when there is no more room."""

    def _lines(self, width: float) -> list[list[Widget]]:
        lines: list[list[Widget]] = [[]]
        used = 0.0
        for child in self.used():
            wide = min(child.size(width)[0], width)
            if lines[-1] and used + self.gap + wide > width + 0.01:
                lines.append([])
                used = 0.0
            used += wide + (self.gap if lines[-1] else 0.0)
            lines[-1].append(child)
        return lines if lines[0] else []

    def measure(self, width: float) -> Size:
        left, top, right, bottom = self.padding
        room = max(0.0, width - left - right)
        wide = high = 0.0
        for line in self._lines(room):
            sizes = [child.size(room) for child in line]
            wide = max(wide, sum(w for w, _ in sizes) + self.gap * (len(line) - 1))
            high += max(h for _, h in sizes) + (self.gap if high else 0.0)
        return min(wide, room) + left + right, high + top + bottom

    def layout(self) -> None:
        inner = self.inner()
        y = inner.top
        for line in self._lines(inner.width):
            sizes = [child.size(inner.width) for child in line]
            spare = inner.width - sum(w for w, _ in sizes) - self.gap * (len(line) - 1)
            x, high = inner.left + _offset(self.main, spare), max(h for _, h in sizes)
            for child, (wide, own) in zip(line, sizes, strict=True):
                child.arrange(pygame.FRect(x, y + (high - own) / 2, min(wide, inner.width), own))
                x += wide + self.gap
            y += high + self.gap


@dataclass(frozen=True, slots=True)
class Track:
    """Width of a column: `fixed` px, or a share of what is left."""

    share: float = 1.0
    fixed: float | None = None


def px(length: float) -> Track:
    return Track(0.0, length)


def share(weight: float = 1.0) -> Track:
    return Track(weight)


def track_widths(tracks: Sequence[Track], room: float, gap: float) -> list[float]:
    """The widths of columns in all `room` px; fixed ones shrink together if they must."""
    room = max(0.0, room - gap * (len(tracks) - 1))
    fixed = sum(t.fixed or 0.0 for t in tracks)
    weights = sum(t.share for t in tracks if t.fixed is None)
    squeeze = min(1.0, room / fixed) if fixed else 1.0
    left = max(0.0, room - fixed)
    return [t.fixed * squeeze if t.fixed is not None else left * t.share / weights for t in tracks]


class Grid(Box):
    """Children in columns of given widths, row by row; the cells of a row are equally high.

    `tracks` is a number of equal columns or a list of :class:`Track`. With `fill` the rows share
    the height that is there.
    """

    def __init__(
        self, *children: Widget, tracks: int | Sequence[Track] = 2, fill: bool = False,
        gap: float = 8.0, padding: Padding = 0.0, **options: Unpack[Options],
    ) -> None:  # fmt: skip
        super().__init__(*children, gap=gap, padding=padding, **options)
        self.tracks = [share()] * tracks if isinstance(tracks, int) else list(tracks)
        self.fill = fill

    def _rows(self, room: float) -> tuple[list[float], list[list[Widget]], list[float]]:
        widths = track_widths(self.tracks, room, self.gap)
        used, count = self.used(), len(self.tracks)
        rows = [used[i : i + count] for i in range(0, len(used), count)]
        heights = [max(c.size(w)[1] for c, w in zip(r, widths, strict=False)) for r in rows]
        return widths, rows, heights

    def _least_rows(self, widths: list[float], rows: list[list[Widget]]) -> list[float]:
        return [max(c.least(w) for c, w in zip(r, widths, strict=False)) for r in rows]

    def least(self, width: float) -> float:
        left, top, right, bottom = self.padding
        widths, rows, _ = self._rows(max(0.0, width - left - right))
        own = sum(self._least_rows(widths, rows)) + self.gap * max(0, len(rows) - 1)
        return max(self.min_height, self.height or own + top + bottom)

    def measure(self, width: float) -> Size:
        left, top, right, bottom = self.padding
        _, rows, heights = self._rows(max(0.0, width - left - right))
        return width, sum(heights) + self.gap * max(0, len(rows) - 1) + top + bottom

    def layout(self) -> None:
        inner = self.inner()
        widths, rows, heights = self._rows(inner.width)
        if self.fill and rows:
            room = inner.height - self.gap * (len(rows) - 1)
            heights = shared(room, heights, [1.0] * len(rows), self._least_rows(widths, rows))
        y = inner.top
        for row, high in zip(rows, heights, strict=True):
            x = inner.left
            for child, wide in zip(row, widths, strict=False):
                child.arrange(pygame.FRect(x, y, wide, high))
                x += wide + self.gap
            y += high + self.gap


class Stack(Box):
    """Children on top of each other, all as large as the container, inside its padding."""

    def measure(self, width: float) -> Size:
        left, top, right, bottom = self.padding
        sizes = [child.size(max(0.0, width - left - right)) for child in self.used()]
        wide = max((w for w, _ in sizes), default=0.0)
        return wide + left + right, max((h for _, h in sizes), default=0.0) + top + bottom

    def least(self, width: float) -> float:
        left, top, right, bottom = self.padding
        own = max((c.least(max(0.0, width - left - right)) for c in self.used()), default=0.0)
        return max(self.min_height, self.height or own + top + bottom)

    def layout(self) -> None:
        for child in self.used():
            child.arrange(self.inner())


class Spacer(Widget):
    """Room that something else may need; grows unless it has a fixed size."""

    def __init__(self, **options: Unpack[Options]) -> None:
        if "width" not in options and "height" not in options:
            options.setdefault("grow", 1.0)
        super().__init__(**options)


def _offset(main: str, spare: float) -> float:
    return max(0.0, spare) * {"start": 0.0, "centre": 0.5, "end": 1.0}[main]
