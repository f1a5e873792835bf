"""What each moment was worth: the expected score before every turn, and trust beneath it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import ceil, floor

from game.figures.checks import all_within, as_long, frame, within
from game.figures.dots import Dot, draw_dots, put_label
from game.figures.marks import (
    RADII,
    LegendEntry,
    Mark,
    check_marks,
    draw_legend,
    grown,
)
from game.figures.place import Box, Placer, around
from game.figures.strip import BAR, TrustRow, slot, trust_row, turn_numbers
from game.figures.svg import Canvas, Point, polyline
from game.figures.text import LINE, ellipsis, measure, wrap
from game.figures.theme import PAPER, Theme

_SIZE = 11.0  # px of the text at scale 1
_LEAST_PLOT = (80.0, 6.5)  # px, and sizes of the text
_WIDEST = 0.4  # of the plot, a label
_CUT = 7  # letters of a caption that still say what it is
_STEPS = (1, 2, 5, 10, 20, 25, 50)
_LEAST_SPAN = 10.0  # points; a quieter game than that looks quiet


@dataclass(frozen=True, slots=True)
class MeetingBreak:
    """A meeting begins before the turn with this index (from 0)."""

    before: int
    caption: str


@dataclass(frozen=True, slots=True)
class WorthGraph:
    """Points are 0 to 100. `low` and `high` bound each value (95 %); `result` is the final score.

    `turn_labels` name the turns, 1, 2, 3 … without them.
    """

    title: str
    desc: str
    values: tuple[float, ...]
    low: tuple[float, ...] = ()
    high: tuple[float, ...] = ()
    result: float | None = None
    marks: tuple[Mark, ...] = ()
    breaks: tuple[MeetingBreak, ...] = ()
    trust: tuple[TrustRow, ...] = ()
    turn_labels: tuple[str, ...] = ()
    legend: tuple[LegendEntry, ...] = ()

    def __post_init__(self) -> None:
        turns = len(self.values)
        if not turns:
            raise ValueError("values is empty")
        for name in ("values", "low", "high"):
            all_within(name, getattr(self, name), 0.0, 100.0)
        for name in ("low", "high", "turn_labels"):
            as_long(name, getattr(self, name), turns)
        if bool(self.low) != bool(self.high):
            raise ValueError("low and high come together")
        if any(low > high for low, high in zip(self.low, self.high, strict=True)):
            raise ValueError("low lies above high")
        if self.result is not None:
            within("result", self.result, 0.0, 100.0)
        for row in self.trust:
            as_long("trust.values", row.values or (None,) * (turns + 1), turns)
            all_within("trust.values", row.values, 0.0, 1.0)
        check_marks(self.marks, turns)
        starts = [b.before for b in self.breaks]
        if any(not 0 <= b < turns for b in starts) or sorted(set(starts)) != starts:
            raise ValueError("breaks do not stand in order at turns")


def worth_graph(
    data: WorthGraph, theme: Theme, width: float, height: float, scale: float = 1.0
) -> str:
    """The graph as SVG, `width` px wide and at least `height` px high; `scale` is the text's."""
    canvas, size = Canvas(theme), _SIZE * scale
    plot, ticks = _plot(data, width, height, scale)
    _grid(canvas, plot, ticks, size)
    _graph(canvas, data, plot, (ticks[0], ticks[-1]), scale)
    y = plot.bottom + 0.7 * size
    labels = data.turn_labels or tuple(str(i + 1) for i in range(len(data.values)))
    for trust in data.trust:
        y = trust_row(canvas, trust, plot, y, size)
    turn_numbers(canvas, labels, {0, *(b.before for b in data.breaks)}, plot, y, size)
    y += LINE * size + 6
    y += draw_legend(canvas, data.legend, y, width, scale)
    return canvas.document(width, max(height, y + 2), data.title, data.desc)


def worth_places(
    data: WorthGraph, width: float, height: float, scale: float = 1.0
) -> tuple[Box, tuple[Point, ...]]:
    """The plot within such a graph and the place of every value, for what is drawn on top."""
    plot, ticks = _plot(data, width, height, scale)
    high = _heights(plot, (ticks[0], ticks[-1]))
    turns = len(data.values)
    return plot, tuple((slot(plot, i, turns), high(v)) for i, v in enumerate(data.values))


def _plot(data: WorthGraph, width: float, height: float, scale: float) -> tuple[Box, list[int]]:
    """The plot, which takes what words, strips and legend leave, and the lines across it."""
    frame(width, height, scale)
    size = _SIZE * scale
    row = LINE * size
    head = row + 4 if any(b.caption for b in data.breaks) else size * 0.6
    strip = sum((row if t.label else 0.0) + BAR + 4 for t in data.trust) + 0.7 * size
    foot = draw_legend(Canvas(PAPER), data.legend, 0.0, width, scale)
    plot_height = max(height - head - strip - row - foot - 8, _LEAST_PLOT[0], _LEAST_PLOT[1] * size)
    most = max(2, min(6, 1 + int(plot_height / (1.45 * row))))
    ticks = ticks_for(data, most)
    gutter = max(measure(str(tick), size) for tick in ticks) + 10
    return Box(gutter, head, width - 6, head + plot_height), ticks


def _heights(plot: Box, span: tuple[int, int]) -> Callable[[float], float]:
    """Where a value lies, from the points at the bottom and at the top."""
    return lambda value: (
        plot.bottom - (plot.bottom - plot.top) * (value - span[0]) / (span[1] - span[0])
    )


def ticks_for(data: WorthGraph, most: int) -> list[int]:
    """Round points that enclose everything drawn; at most `most` of them, at least two."""
    drawn = [*data.values, *data.low, *data.high]
    if data.result is not None:
        drawn.append(data.result)
    low, high = min(drawn), max(drawn)
    missing = max(0.0, _LEAST_SPAN - (high - low)) / 2
    low, high = low - missing, high + missing
    low, high = max(0.0, low - max(0.0, high - 100)), min(100.0, high + max(0.0, -low))
    for step in _STEPS:
        first, last = floor(low / step), ceil(high / step)
        if last - first + 1 <= most and last * step <= 100:
            break
    else:
        first, last, step = 0, 1, 100
    return [step * i for i in range(first, last + 1)]


def _grid(canvas: Canvas, plot: Box, ticks: Sequence[int], size: float) -> None:
    for i, tick in enumerate(ticks):
        y = plot.bottom - (plot.bottom - plot.top) * i / (len(ticks) - 1)
        canvas.line((plot.left, y), (plot.right, y), canvas.theme.line)
        canvas.text(plot.left - 6, y + 0.36 * size, str(tick), size, canvas.theme.muted,
                    anchor="end")  # fmt: skip


def _graph(
    canvas: Canvas, data: WorthGraph, plot: Box, span: tuple[int, int], scale: float
) -> None:
    theme, turns = canvas.theme, len(data.values)

    height = _heights(plot, span)
    line = [(slot(plot, i, turns), height(v)) for i, v in enumerate(data.values)]
    if data.result is not None:
        line.append((plot.right, height(data.result)))
    elif turns == 1:  # a single point would be no line
        line = [(plot.left, line[0][1]), (plot.right, line[0][1])]
    ground = [(line[-1][0], plot.bottom), (line[0][0], plot.bottom)]
    canvas.add("path", d=polyline([*line, *ground]) + "Z", fill=theme.specific, fill_opacity=0.1)
    if data.low:
        upper = [(slot(plot, i, turns), height(v)) for i, v in enumerate(data.high)]
        lower = [(slot(plot, i, turns), height(v)) for i, v in enumerate(data.low)]
        canvas.add("path", d=polyline([*upper, *reversed(lower)]) + "Z", fill=theme.specific,
                   fill_opacity=0.16)  # fmt: skip
    _breaks(canvas, data, plot, scale)
    canvas.path(polyline(line), theme.specific, 2.4)
    if data.result is not None:
        canvas.add("circle", cx=plot.right, cy=line[-1][1], r=3.2, fill=theme.specific)
    _marks(canvas, data, plot, line, scale)


def _marks(
    canvas: Canvas, data: WorthGraph, plot: Box, line: list[tuple[float, float]], scale: float
) -> None:
    """The signs on the line, labelled where there is room; the label is the sign's title too."""
    size, turns = _SIZE * scale, len(data.values)
    placer = Placer(plot)
    dots = []
    for mark in data.marks:
        place = slot(plot, mark.turn, turns), line[min(mark.turn, len(line) - 1)][1]
        dots.append(Dot(place, grown(RADII[mark.kind], scale), mark.label, mark.kind))
        placer.take(around(*place, dots[-1].radius))
    for (x0, y0), (x1, y1) in pairwise(line):
        placer.lines += [(x0 + (x1 - x0) * i / 6, y0 + (y1 - y0) * i / 6) for i in range(6)]
    draw_dots(canvas, dots, scale)
    for dot in dots:
        block = wrap(dot.label, _WIDEST * (plot.right - plot.left), size)
        if block.says(dot.label):
            put_label(canvas, dot, block, placer)


def _breaks(canvas: Canvas, data: WorthGraph, plot: Box, scale: float) -> None:
    """Dashed lines between meetings; a caption takes the room until the next.

    One that is longer is cut, or where too little would be left of it, not written.
    """
    size, turns = _SIZE * scale, len(data.values)
    edges = [slot(plot, b.before - 0.5, turns) for b in data.breaks]
    for i, (meeting, x) in enumerate(zip(data.breaks, edges, strict=True)):
        if meeting.before:
            with canvas.titled(meeting.caption):
                canvas.line((x, 2), (x, plot.bottom), canvas.theme.muted, 1.0, "2 4")
        until = edges[i + 1] if i + 1 < len(edges) else plot.right
        caption = ellipsis(meeting.caption, until - x - 8, size)
        if caption == meeting.caption or len(caption) > _CUT:
            canvas.text(x + 5, 0.95 * size, caption, size, canvas.theme.muted)
