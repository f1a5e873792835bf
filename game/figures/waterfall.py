"""The score as a start and what skill and luck added to it or took away."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from game.figures.checks import frame, within
from game.figures.rows import BAR, SIZE, Rows, rows_of
from game.figures.svg import Canvas, polyline
from game.figures.theme import Theme


@dataclass(frozen=True, slots=True)
class Gain:
    """Points won or, below 0, lost; `text` is how they are read."""

    label: str
    points: float
    text: str


@dataclass(frozen=True, slots=True)
class Waterfall:
    """From a start by gains to the result, which is their sum. Points run from 0 to 100."""

    title: str
    desc: str
    start_label: str
    start: float
    start_text: str
    gains: tuple[Gain, ...]
    result_label: str
    result_text: str

    def __post_init__(self) -> None:
        within("start", self.start, 0.0, 100.0)
        for gain in self.gains:
            within("points", gain.points, -100.0, 100.0)

    @property
    def sums(self) -> tuple[float, ...]:
        """The start and the sum after every gain."""
        found = [self.start]
        for gain in self.gains:
            found.append(found[-1] + gain.points)
        return tuple(found)


def waterfall(
    data: Waterfall, theme: Theme, width: float, height: float, scale: float = 1.0
) -> str:
    """The steps as SVG, `width` px wide and at least `height` px high; `scale` is the text's.

    A gain is full and points right, a loss is hollow and points left.
    """
    frame(width, height, scale)
    canvas, sums = Canvas(theme), data.sums
    labels = [data.start_label, *(g.label for g in data.gains), data.result_label]
    texts = [data.start_text, *(g.text for g in data.gains), data.result_text]
    rows = rows_of(labels, texts, width, SIZE * scale, bold_last=True)
    spare = max(0.0, height - sum(rows.heights)) / len(labels)
    middles, y = [], 0.0
    for i in range(len(labels)):
        middles.append(rows.draw(canvas, i, y + spare / 2, width))
        rows.track(canvas, middles[-1], 2.0)
        y += rows.heights[i] + spare

    at = [_x(rows, data, points) for points in sums]
    if rows.beside:  # elsewhere the strokes would run through the words
        for x, (upper, lower) in zip(at, pairwise(middles), strict=True):
            canvas.line((x, upper + BAR / 2), (x, lower - BAR / 2), theme.muted, 1.0, "1 3")
    _whole(canvas, _x(rows, data, 0.0), at[0], middles[0], theme.muted)
    for i in range(len(data.gains)):
        _arrow(canvas, at[i], at[i + 1], middles[i + 1])
    _whole(canvas, _x(rows, data, 0.0), at[-1], middles[-1], theme.specific)
    return canvas.document(width, max(height, y), data.title, data.desc)


def _x(rows: Rows, data: Waterfall, points: float) -> float:
    low, high = min(0.0, *data.sums), max(100.0, *data.sums)
    return rows.left + (rows.right - rows.left) * (points - low) / (high - low)


def _whole(canvas: Canvas, one: float, two: float, middle: float, colour: str) -> None:
    """A bar from nothing to a sum."""
    canvas.add(
        "rect", x=min(one, two), y=middle - BAR / 2, width=max(1.0, abs(two - one)), height=BAR,
        rx=2, fill=colour,
    )  # fmt: skip


def _arrow(canvas: Canvas, one: float, two: float, middle: float) -> None:
    """A bar that ends in a point, full to the right and hollow to the left."""
    theme, half, rising = canvas.theme, BAR / 2, two >= one
    tip = two - min(half, abs(two - one)) * (1 if rising else -1)
    corners = (
        (one, middle - half), (tip, middle - half), (two, middle), (tip, middle + half),
        (one, middle + half),
    )  # fmt: skip
    colour = theme.good if rising else theme.error
    canvas.add(
        "path", d=polyline(corners) + "Z", fill=colour if rising else theme.card, stroke=colour,
        stroke_width=1.6, stroke_linejoin="round", stroke_dasharray=None if rising else "3 2.5",
    )  # fmt: skip
