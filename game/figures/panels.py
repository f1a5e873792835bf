"""Small multiples: one small line plot each for several, on the same axes. Units: px."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from game.figures.checks import all_within, as_long, frame, within
from game.figures.marks import FAINT, LegendEntry, draw_legend, grown
from game.figures.place import Box
from game.figures.svg import Canvas, Point, polyline
from game.figures.text import LINE, ellipsis, measure
from game.figures.theme import PAPER, Theme

_SIZE = 11.0  # px of the text at scale 1
_WIDE, _LEAST_WIDE, _LEAST_HIGH = 124.0, 116.0, 58.0  # of a plot, at scale 1
_BETWEEN = 14.0
_DOT = 3.0
_RIM = 1.4
_MOST_GUTTER = 0.2  # of the width, for the numbers of the upright axis


@dataclass(frozen=True, slots=True)
class Panel:
    """One plot. `low` and `high` are the edges of its band, or empty; `note` stands at its right.

    `dots` are indices of values that are marked.
    """

    label: str
    values: tuple[float, ...]
    low: tuple[float, ...] = ()
    high: tuple[float, ...] = ()
    dots: tuple[int, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Panels:
    """Plots of equally many values; `ticks` (value, label) span the upright axis, lowest first.

    `left` and `right` say what the ends of the level axis are. With `others` every plot shows the
    lines of the other plots, too, faintly.
    """

    title: str
    desc: str
    panels: tuple[Panel, ...]
    ticks: tuple[tuple[float, str], ...]
    left: str
    right: str
    others: bool = False
    legend: tuple[LegendEntry, ...] = ()

    def __post_init__(self) -> None:
        if not self.panels or len(self.ticks) < 2:
            raise ValueError("panels and at least two ticks are needed")
        values = [tick for tick, _ in self.ticks]
        if sorted(set(values)) != values:
            raise ValueError("ticks do not rise")
        low, high = values[0], values[-1]
        count = len(self.panels[0].values)
        within("values", count, 1, 1_000)
        for panel in self.panels:
            for name in ("values", "low", "high"):
                as_long(name, getattr(panel, name), count)
                all_within(name, getattr(panel, name), low, high)
            if bool(panel.low) != bool(panel.high):
                raise ValueError("low and high come together")
            for dot in panel.dots:
                within("dots", dot, 0, count - 1)


def panels(data: Panels, theme: Theme, width: float, height: float, scale: float = 1.0) -> str:
    """The plots as SVG, `width` px wide and at least `height` px high; `scale` is the text's."""
    frame(width, height, scale)
    canvas, size = Canvas(theme), _SIZE * scale
    row = LINE * size
    labels = [ellipsis(label, _MOST_GUTTER * width, size) for _, label in data.ticks]
    gutter = max(measure(label, size) for label in labels) + 8
    count = len(data.panels)
    columns = _columns(width - gutter, count, scale)
    columns = ceil(count / ceil(count / columns))  # no half-empty last row if it can be helped
    lines = ceil(count / columns)
    foot = draw_legend(Canvas(PAPER), data.legend, 0.0, width, scale)
    spare = (height - foot) / lines - 2 * row - _BETWEEN
    high = max(spare, _LEAST_HIGH * scale)
    wide = (width - gutter - 4 - (columns - 1) * _BETWEEN) / columns
    y = 0.0
    for i, panel in enumerate(data.panels):
        line, column = divmod(i, columns)
        left = gutter + column * (wide + _BETWEEN)
        y = line * (high + 2 * row + _BETWEEN)
        plot = Box(left, y + row + 3, left + wide, y + row + 3 + high)
        with canvas.titled(panel.label):
            _heading(canvas, panel, plot, y, size)
            _axes(canvas, data, labels if column == 0 else [], plot, size)
            _lines(canvas, data, panel, plot, scale)
    y += high + 2 * row + _BETWEEN
    y += draw_legend(canvas, data.legend, y, width, scale)
    return canvas.document(width, max(height, y + 2), data.title, data.desc)


def _columns(width: float, count: int, scale: float) -> int:
    """How many plots stand in a row; two stand closer before they stand above one another."""

    def room_for(plot: float) -> int:
        return int((width + _BETWEEN) / (plot * scale + _BETWEEN))

    return max(1, min(count, max(room_for(_WIDE), min(2, room_for(_LEAST_WIDE)))))


def _heading(canvas: Canvas, panel: Panel, plot: Box, top: float, size: float) -> None:
    wide = plot.right - plot.left
    note = ellipsis(panel.note, 0.5 * wide, size)
    used = canvas.text(
        plot.right, top + 0.95 * size, note, size, canvas.theme.muted, anchor="end"
    )  # fmt: skip
    room = wide - (used.right - used.left) - (0.6 * size if note else 0.0)
    label = ellipsis(panel.label, room, size, bold=True)
    canvas.text(plot.left, top + 0.95 * size, label, size, canvas.theme.ink, bold=True)


def _axes(canvas: Canvas, data: Panels, labels: Sequence[str], plot: Box, size: float) -> None:
    """The lines across, numbered where there are labels and room, and what the ends are."""
    theme, span = canvas.theme, _span(data)
    below = plot.bottom + LINE * size
    for value, _ in data.ticks:
        y = _height(plot, span, value)
        canvas.line((plot.left, y), (plot.right, y), theme.line)
    for (value, _), label in zip(data.ticks, labels, strict=False):
        y = _height(plot, span, value)
        if below - y >= LINE * size:
            canvas.text(plot.left - 5, y + 0.36 * size, label, size, theme.muted, anchor="end")
            below = y
    half = (plot.right - plot.left) / 2 - 0.3 * size
    base = plot.bottom + 0.36 * size + 0.95 * size
    left, right = ellipsis(data.left, half, size), ellipsis(data.right, half, size)
    canvas.text(plot.left, base, left, size, theme.muted)
    canvas.text(plot.right, base, right, size, theme.muted, anchor="end")


def _lines(canvas: Canvas, data: Panels, panel: Panel, plot: Box, scale: float) -> None:
    theme, span = canvas.theme, _span(data)
    if data.others:
        for other in data.panels:
            if other is not panel:
                line = polyline(_points(plot, span, other.values))
                canvas.path(line, theme.muted, 1.2, stroke_opacity=FAINT)
    if panel.low:
        upper, lower = _points(plot, span, panel.high), _points(plot, span, panel.low)
        canvas.add("path", d=polyline([*upper, *reversed(lower)]) + "Z", fill=theme.specific,
                   fill_opacity=0.2)  # fmt: skip
        for edge in (upper, lower):
            canvas.path(polyline(edge), theme.specific, 0.8, "2 3")
    points = _points(plot, span, panel.values)
    canvas.path(polyline(points), theme.specific, 2.4)
    for dot in panel.dots:
        x, y = points[dot]
        canvas.add("circle", cx=x, cy=y, r=grown(_DOT, scale) + _RIM, fill=theme.card)
        canvas.add("circle", cx=x, cy=y, r=grown(_DOT, scale), fill=theme.ink)


def _span(data: Panels) -> tuple[float, float]:
    return data.ticks[0][0], data.ticks[-1][0]


def _height(plot: Box, span: tuple[float, float], value: float) -> float:
    return plot.bottom - (plot.bottom - plot.top) * (value - span[0]) / (span[1] - span[0])


def _points(plot: Box, span: tuple[float, float], values: Sequence[float]) -> list[Point]:
    """A place for each value; a single one is drawn as a level line."""
    if len(values) == 1:
        y = _height(plot, span, values[0])
        return [(plot.left, y), (plot.right, y)]
    step = (plot.right - plot.left) / (len(values) - 1)
    return [(plot.left + i * step, _height(plot, span, v)) for i, v in enumerate(values)]
