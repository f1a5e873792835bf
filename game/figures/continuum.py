"""The continuum between two poles, with named people and your read of them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from game.figures.checks import frame, within
from game.figures.place import Box, Lanes
from game.figures.svg import Canvas
from game.figures.text import Block, clean, wrap
from game.figures.theme import Theme

_SIZE = 12.0  # px of the text at scale 1
_RADIUS = 6.5  # px of a dot
_WIDEST = 0.6  # of the width, a label
_MARGIN = 10.0  # px from the figure's edge to the ends of the line
_TIE = 3.0  # px between a row of labels and what lies nearer


class PointKind(StrEnum):
    YOU = "you"
    BUYER = "buyer"
    READ = "read"  # where you placed a buyer: hollow


@dataclass(frozen=True, slots=True)
class ContinuumPoint:
    """`value` and the ends `low` and `high` of its whisker: 0 left pole, 1 right pole."""

    kind: PointKind
    label: str
    value: float
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Continuum:
    title: str
    desc: str
    left: str
    right: str
    points: tuple[ContinuumPoint, ...] = ()

    def __post_init__(self) -> None:
        for point in self.points:
            within("value", point.value, 0.0, 1.0)
            if (point.low is None) != (point.high is None):
                raise ValueError("low and high come together")
            if point.low is not None and point.high is not None:
                within("low", point.low, 0.0, point.value)
                within("high", point.high, point.value, 1.0)


@dataclass(frozen=True, slots=True)
class _Label:
    block: Block
    x: float  # of its dot
    left: float
    above: bool
    row: int


def continuum(
    data: Continuum, theme: Theme, width: float, height: float, scale: float = 1.0
) -> str:
    """The line as SVG, `width` px wide and at least `height` px high; `scale` is the text's."""
    frame(width, height, scale)
    canvas, size = Canvas(theme), _SIZE * scale
    above, below = Lanes(0.6 * size), Lanes(0.6 * size)
    poles = [wrap(pole, width - 4, size, bold=True, most=1) for pole in (data.left, data.right)]
    ends = (2.0, width - 2 - poles[1].width)
    rows = []
    for block, left in zip(poles, ends, strict=True):
        span = left, left + block.width
        rows.append(below.row_for(left, *span))
        below.add(rows[-1], left, *span, block.height)
    labels = _labels(data, width, size, above, below)
    levels = _levels(data, width)
    tower = max(levels, default=0) * 2 * (_RADIUS + 1)
    need = above.height + below.height + tower + 2 * (_RADIUS + _TIE) + 8
    total = max(height, need)
    y = (total - need) / 2 + above.height + tower + _RADIUS + _TIE + 4
    edges = (y - tower - _RADIUS - _TIE, y + _RADIUS + _TIE)

    _line(canvas, y, width)
    for label in labels:
        if label.row:
            reach = (above if label.above else below).offset(label.row)
            end = edges[0] - reach - _TIE if label.above else edges[1] + reach + _TIE
            canvas.line((label.x, y), (label.x, end), theme.line)
    _points(canvas, data, levels, y, width)
    for block, left, row in zip(poles, ends, rows, strict=True):
        top = edges[1] + below.offset(row)
        box = Box(left, top, left + block.width, top)
        canvas.block(box, block, theme.ink, "end" if left > ends[0] else "start")
    for label in labels:
        lanes = above if label.above else below
        reach = lanes.offset(label.row)
        start = edges[0] - reach - label.block.height if label.above else edges[1] + reach
        box = Box(label.left, start, label.left + label.block.width, start + label.block.height)
        fill = theme.ink if label.block.bold else theme.muted
        canvas.block(box, label.block, fill, "middle", halo=True)
    return canvas.document(width, total, data.title, data.desc)


def _x(value: float, width: float) -> float:
    return _MARGIN + value * (width - 2 * _MARGIN)


def _labels(data: Continuum, width: float, size: float, above: Lanes, below: Lanes) -> list[_Label]:
    """People above the line and reads below, unless the other side has a nearer row."""
    found = []
    for point in sorted(data.points, key=lambda p: (p.kind is PointKind.READ, p.value)):
        bold = point.kind is not PointKind.READ
        block = wrap(point.label, _WIDEST * width, size, bold, most=3)
        if not block.lines:
            continue
        x = _x(point.value, width)
        left = min(max(x - block.width / 2, 2.0), width - 2 - block.width)
        rows = [lanes.row_for(x, left, left + block.width) for lanes in (above, below)]
        is_above = rows[0] <= rows[1] if bold else rows[0] < rows[1]
        row = rows[0] if is_above else rows[1]
        (above if is_above else below).add(row, x, left, left + block.width, block.height)
        found.append(_Label(block, x, left, is_above, row))
    return found


def _levels(data: Continuum, width: float) -> list[int]:
    """Dots that would hide each other stand on top of one another instead."""
    levels: list[int] = []
    for i, point in enumerate(data.points):
        x = _x(point.value, width)
        near = {
            levels[k]
            for k in range(i)
            if abs(_x(data.points[k].value, width) - x) < 2 * (_RADIUS + 1)
        }
        levels.append(next(level for level in range(len(near) + 1) if level not in near))
    return levels


def _line(canvas: Canvas, y: float, width: float) -> None:
    """The line with its poles: a square for the specific, a circle for the diffuse."""
    theme = canvas.theme
    canvas.line((_MARGIN, y), (width - _MARGIN, y), theme.line, 4.0)
    canvas.add("rect", x=_MARGIN - 5, y=y - 4, width=8, height=8, fill=theme.specific)
    canvas.add("circle", cx=width - _MARGIN + 1, cy=y, r=4.5, fill=theme.diffuse)


def _points(canvas: Canvas, data: Continuum, levels: list[int], line: float, width: float) -> None:
    """Whiskers first, so that no dot is hidden by one."""
    theme = canvas.theme
    colours = [theme.diffuse if p.value >= 0.5 else theme.specific for p in data.points]
    heights = [line - level * 2 * (_RADIUS + 1) for level in levels]
    for point, colour, y in zip(data.points, colours, heights, strict=True):
        if point.low is not None and point.high is not None:
            ends = _x(point.low, width), _x(point.high, width)
            canvas.path(f"M{ends[0]:.2f} {y:.2f}H{ends[1]:.2f}", colour, 10, stroke_opacity=0.25)
            for end in ends:
                canvas.line((end, y - 5), (end, y + 5), colour, 1.6)
    for point, colour, y in zip(data.points, colours, heights, strict=True):
        x = _x(point.value, width)
        with canvas.titled(clean(point.label)):
            canvas.add("circle", cx=x, cy=y, r=_RADIUS + 1, fill=theme.card)
            if point.kind is PointKind.READ:
                canvas.add("circle", cx=x, cy=y, r=_RADIUS - 1.2, fill=theme.card, stroke=colour,
                           stroke_width=2.4)  # fmt: skip
            else:
                fill = theme.ink if point.kind is PointKind.YOU else colour
                canvas.add("circle", cx=x, cy=y, r=_RADIUS, fill=fill)
