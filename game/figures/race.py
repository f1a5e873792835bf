"""Lines of several that run side by side, each named at its end, as in a race."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from game.figures.checks import all_within, frame, within
from game.figures.svg import Canvas, Point, polyline
from game.figures.text import LINE, ellipsis, measure
from game.figures.theme import Theme

_SIZE = 11.0  # px of the text at scale 1
_MOST_LINES = 24
_WIDEST = 0.4  # of the width, the names
_LEAD = 14.0  # px between a line's end and its name, bridged by a thin line
# Never colour alone: every second round of colours is dashed otherwise.
_DASHES = (None, "7 4", "2 4", "9 3 2 3")


@dataclass(frozen=True, slots=True)
class Runner:
    """A line; `values` one a step. They may be of different length: some are further on."""

    label: str
    values: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Race:
    """`ticks` (value, label) span the upright axis, lowest first."""

    title: str
    desc: str
    runners: tuple[Runner, ...]
    ticks: tuple[tuple[float, str], ...]

    def __post_init__(self) -> None:
        within("runners", len(self.runners), 1, _MOST_LINES)
        low, high = self.ticks[0][0], self.ticks[-1][0]
        if not low < high:
            raise ValueError("ticks do not rise")
        for runner in self.runners:
            within("values", len(runner.values), 1, 1_000)
            all_within("values", runner.values, low, high)


def race(data: Race, theme: Theme, width: float, height: float, scale: float = 1.0) -> str:
    """The lines as SVG, `width` px wide and at least `height` px high; `scale` is the text's."""
    frame(width, height, scale)
    canvas, size = Canvas(theme), _SIZE * scale
    row = LINE * size
    names = [ellipsis(one.label, _WIDEST * width, size, bold=True) for one in data.runners]
    gutter = max(measure(label, size) for _, label in data.ticks) + 0.6 * size
    right = width - max(measure(name, size, bold=True) for name in names) - _LEAD - 2
    high = max(height, row * (len(names) + 1))
    top, bottom = 0.7 * row, high - 0.7 * row
    low, span = data.ticks[0][0], data.ticks[-1][0] - data.ticks[0][0]

    def across(value: float) -> float:
        return bottom - (bottom - top) * (value - low) / span

    for value, label in data.ticks:
        y = across(value)
        canvas.line((gutter, y), (right, y), theme.line)
        canvas.text(gutter - 0.4 * size, y + 0.36 * size, label, size, theme.muted, anchor="end")
    steps = max(len(one.values) for one in data.runners) - 1
    ends: list[Point] = []
    for k, one in enumerate(data.runners):
        step = (right - gutter) / max(1, steps)
        points = [(gutter + i * step, across(value)) for i, value in enumerate(one.values)]
        colour, dash = _stroke(k, theme)
        canvas.path(polyline(points), colour, 2.6, dash)
        canvas.add("circle", cx=points[-1][0], cy=points[-1][1], r=3.4, fill=colour)
        ends.append(points[-1])
    for k, y in enumerate(_apart([y for _, y in ends], row, top, bottom)):
        colour, dash = _stroke(k, theme)
        x = right + _LEAD
        canvas.path(polyline([ends[k], (right + 0.4 * _LEAD, y), (x - 2, y)]), colour, 1.0, dash,
                    stroke_opacity=0.6)  # fmt: skip
        canvas.text(x, y + 0.36 * size, names[k], size, theme.ink, bold=True)
    return canvas.document(width, high, data.title, data.desc)


def _stroke(k: int, theme: Theme) -> tuple[str, str | None]:
    colours = (theme.specific, theme.ink, theme.trust, theme.good, theme.gold, theme.error)
    return colours[k % len(colours)], _DASHES[(k + k // len(colours)) % len(_DASHES)]


def _apart(heights: Sequence[float], row: float, top: float, bottom: float) -> list[float]:
    """Places of the names: near the ends of their lines, a row from each other, within the plot."""
    order = sorted(range(len(heights)), key=lambda k: heights[k])
    placed = [0.0] * len(heights)
    above = top - row
    for k in order:
        above = placed[k] = max(heights[k], above + row)
    below = bottom + row
    for k in reversed(order):
        below = placed[k] = min(placed[k], below - row)
    return placed
