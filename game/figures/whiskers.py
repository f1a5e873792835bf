"""Differences with their intervals, a row each, on an axis that shows no difference. Units: px."""

from __future__ import annotations

from dataclasses import dataclass

from game.figures.checks import frame, within
from game.figures.marks import grown
from game.figures.place import Box
from game.figures.rows import BAR, SIZE, rows_of
from game.figures.svg import Canvas
from game.figures.text import LINE, measure
from game.figures.theme import Theme

_MOST = 1e6
_DOT = 3.6


@dataclass(frozen=True, slots=True)
class Whisker:
    """A value within its interval; `text` is the value as it is read."""

    label: str
    value: float
    low: float
    high: float
    text: str


@dataclass(frozen=True, slots=True)
class Whiskers:
    """Rows; `left` and `right` say what lies on either side of nothing."""

    title: str
    desc: str
    rows: tuple[Whisker, ...]
    left: str
    right: str

    def __post_init__(self) -> None:
        for row in self.rows:
            for name in ("value", "low", "high"):
                within(name, getattr(row, name), -_MOST, _MOST)
            if not row.low <= row.value <= row.high:
                raise ValueError("a value lies outside its interval")


def whiskers(data: Whiskers, theme: Theme, width: float, height: float, scale: float = 1.0) -> str:
    """The rows as SVG, `width` px wide and at least `height` px high; `scale` is the text's."""
    frame(width, height, scale)
    canvas, size = Canvas(theme), SIZE * scale
    rows = rows_of([r.label for r in data.rows], [r.text for r in data.rows], width, size)
    inset = grown(_DOT, scale) + 2
    left, right = rows.left + inset, rows.right - inset
    low = min((r.low for r in data.rows), default=0.0)
    high = max((r.high for r in data.rows), default=0.0)
    low, high = min(low, 0.0), max(high, 0.0)
    if high - low < 1e-9:
        low, high = -1.0, 1.0
    zero = left + (right - left) * -low / (high - low)
    head = _ends(canvas, data, (rows.left, zero, rows.right), size)
    spare = max(0.0, height - head - sum(rows.heights)) / max(1, len(data.rows))
    bottom = head + sum(rows.heights) + spare * len(data.rows)
    if rows.beside:
        canvas.line((zero, head), (zero, bottom), theme.muted, 1.0, "2 3")
    y = head
    for i, row in enumerate(data.rows):
        with canvas.titled(f"{row.label}: {row.text}"):
            middle = rows.draw(canvas, i, y + spare / 2, width)
            if not rows.beside:  # the labels stand above, across the whole width
                canvas.line((zero, middle - BAR / 2), (zero, middle + BAR / 2), theme.muted, 1.0)
            ends = [left + (right - left) * (v - low) / (high - low) for v in (row.low, row.high)]
            x = left + (right - left) * (row.value - low) / (high - low)
            _whisker(canvas, row, x, (ends[0], ends[1]), middle, scale)
        y += rows.heights[i] + spare
    return canvas.document(width, max(height, bottom + 2), data.title, data.desc)


def _ends(canvas: Canvas, data: Whiskers, edges: tuple[float, float, float], size: float) -> float:
    """What lies left and right of nothing, where there is room; gives the height used."""
    left, zero, right = edges
    small, used = 0.88 * size, False
    for said, room, x, anchor in (
        (f"← {data.left}", zero - left - 4, zero - 6, "end"),
        (f"{data.right} →", right - zero - 4, zero + 6, "start"),
    ):
        if len(said) > 2 and measure(said, small) <= room - 2:
            canvas.text(x, 0.95 * small, said, small, canvas.theme.muted, anchor=anchor)
            used = True
    return LINE * small + 2 if used else 2.0


def _whisker(
    canvas: Canvas, row: Whisker, x: float, ends: tuple[float, float], y: float, scale: float
) -> None:
    """An interval with its ends; the value is full where nothing lies outside, else hollow."""
    theme, r = canvas.theme, grown(_DOT, scale)
    sure = row.low > 0 or row.high < 0
    colour = theme.ink if sure else theme.muted
    box = Box(ends[0], y - r, ends[1], y + r)
    canvas.line((box.left, y), (box.right, y), colour, 1.8)
    for end in (box.left, box.right):
        canvas.line((end, y - 0.8 * r), (end, y + 0.8 * r), colour, 1.4)
    canvas.add("circle", cx=x, cy=y, r=r + 1.2, fill=theme.card)
    if sure:
        canvas.add("circle", cx=x, cy=y, r=r, fill=colour)
    else:
        canvas.add("circle", cx=x, cy=y, r=r - 0.8, fill=theme.card, stroke=colour,
                   stroke_width=1.6)  # fmt: skip
