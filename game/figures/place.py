"""Boxes, and places for labels where nothing else is. Units are px, y points down."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import hypot

from game.figures.text import Block


@dataclass(frozen=True, slots=True)
class Box:
    left: float
    top: float
    right: float
    bottom: float

    def overlaps(self, other: Box, gap: float = 0.0) -> bool:
        """Whether the two come nearer to each other than `gap`."""
        return (
            self.left < other.right + gap
            and other.left < self.right + gap
            and self.top < other.bottom + gap
            and other.top < self.bottom + gap
        )

    def within(self, outer: Box) -> bool:
        return (
            outer.left <= self.left
            and outer.top <= self.top
            and self.right <= outer.right
            and self.bottom <= outer.bottom
        )

    def held(self, points: Iterable[tuple[float, float]]) -> int:
        """How many of the points lie in it."""
        left, top, right, bottom = self.left, self.top, self.right, self.bottom
        return len([1 for x, y in points if left <= x <= right and top <= y <= bottom])

    def nearest(self, x: float, y: float) -> tuple[float, float]:
        """The point of the box that is nearest to another point."""
        return min(max(x, self.left), self.right), min(max(y, self.top), self.bottom)


def around(x: float, y: float, radius: float) -> Box:
    """The box of a dot."""
    return Box(x - radius, y - radius, x + radius, y + radius)


# Where a label may stand from its dot, best first: (right/left, down/up), each in -1 … 1.
_SIDES = ((1, 0), (-1, 0), (0, 1), (0, -1), (1, 1), (-1, 1), (1, -1), (-1, -1),
          (0.4, 1), (-0.4, 1), (0.4, -1), (-0.4, -1))  # fmt: skip
_REACHES = (0.0, 0.8, 1.8, 3.2)  # further away, in sizes of the text


class Placer:
    """Finds places for labels in a frame; a place that is given away stays taken."""

    def __init__(self, frame: Box, gap: float = 2.0) -> None:
        self.frame = frame
        self.gap = gap
        self.taken: list[Box] = []
        self.lines: list[tuple[float, float]] = []  # points of lines that are better left in view

    def take(self, *boxes: Box) -> None:
        self.taken.extend(boxes)

    def free(self, box: Box) -> bool:
        return box.within(self.frame) and not any(box.overlaps(t, self.gap) for t in self.taken)

    def beside(
        self, x: float, y: float, radius: float, block: Block, away: tuple[float, float] = (0, 0)
    ) -> Box | None:
        """A place next to a dot, taken at once; None when there is none.

        Near ones come first, then those off the lines and on the side that `away` points to.
        """
        best: Box | None = None
        least = float("inf")
        for box, reach, side in _candidates(x, y, radius + self.gap + 2.0, block):
            turn = (1.0 - _agreement(side, away)) * 0.6 if away != (0, 0) else 0.0
            cost = 1.2 * reach + turn
            if cost < least and self.free(box):
                cost += 0.4 * box.held(self.lines)
                if cost < least:
                    best, least = box, cost
        if best is not None:
            self.take(best)
        return best


def _candidates(
    x: float, y: float, gap: float, block: Block
) -> Iterable[tuple[Box, float, tuple[float, float]]]:
    wide, high = block.width, block.height
    for reach in _REACHES:
        away = gap + reach * block.size
        for across, down in _SIDES:
            left = x - wide / 2 + across * (wide / 2 + (away if down == 0 else away * 0.6))
            top = y - high / 2 + down * (high / 2 + (away if abs(across) < 1 else away * 0.6))
            yield Box(left, top, left + wide, top + high), reach, (across, down)


def _agreement(one: tuple[float, float], two: tuple[float, float]) -> float:
    """Cosine of the angle between two directions."""
    lengths = hypot(*one) * hypot(*two)
    return (one[0] * two[0] + one[1] * two[1]) / lengths if lengths else 0.0


class Lanes:
    """Rows of labels beside a line: each goes to the nearest row in which it finds room.

    What stands further out is tied to its dot by a stroke, whose way stays free, too.
    """

    def __init__(self, gap: float) -> None:
        self.gap = gap
        self.rows: list[list[tuple[float, float]]] = []
        self.heights: list[float] = []

    def row_for(self, x: float, left: float, right: float) -> int:
        """The nearest row for a label from left to right that is tied to x."""
        passable = True
        for i, row in enumerate(self.rows):
            if passable and self._free(row, (left, right)):
                return i
            passable = passable and self._free(row, (x - 1.0, x + 1.0))
        return len(self.rows)

    def add(self, row: int, x: float, left: float, right: float, height: float) -> None:
        while len(self.rows) <= row:
            self.rows.append([])
            self.heights.append(0.0)
        for nearer in self.rows[:row]:
            nearer.append((x - 1.0, x + 1.0))
        self.rows[row].append((left, right))
        self.heights[row] = max(self.heights[row], height)

    def offset(self, row: int) -> float:
        """From the line to the near edge of a row."""
        return sum(self.heights[:row])

    @property
    def height(self) -> float:
        return sum(self.heights)

    def _free(self, row: Sequence[tuple[float, float]], span: tuple[float, float]) -> bool:
        return all(span[1] + self.gap <= left or right + self.gap <= span[0] for left, right in row)
