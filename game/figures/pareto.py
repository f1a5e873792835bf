"""Packages in the utilities of both sides: the frontier, what suits both, where deals were made.

Yours runs to the right, theirs upwards. Every seller's mark has a shape of its own. Units: px.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import cos, hypot, pi, sin

from game.figures.checks import frame, within
from game.figures.dots import Dot, draw_key, label_dots
from game.figures.marks import LegendEntry, Sign, draw_legend, draw_small, grown
from game.figures.place import Box, Placer, around
from game.figures.svg import Canvas, Point, number, polyline
from game.figures.text import LINE, Block, measure, wrap
from game.figures.theme import PAPER, Theme

_SIZE = 11.0  # px of the text at scale 1
_TICKS = ((0.0, "0"), (0.25, ".25"), (0.5, ".5"), (0.75, ".75"), (1.0, "1"))
_MARK = 5.5
_RIM = 1.8
_LEAST_PLOT = 110.0
_TALLEST = 0.9  # of the plot's width
_LEAST_APART = 1.7  # between two marks, in their radii
_PUSHES = 12

Shape = Callable[[float, float, float], str]


@dataclass(frozen=True, slots=True)
class Deal:
    """The middle of a seller's deals; `shape` is the number of its mark."""

    label: str
    own: float
    theirs: float
    shape: int = 0


@dataclass(frozen=True, slots=True)
class Price:
    """What a package on the frontier costs, written beside it where there is room."""

    text: str
    own: float
    theirs: float


@dataclass(frozen=True, slots=True)
class Pareto:
    """Points are (own, theirs), each in [0, 1]; `spread` is that of their reservation."""

    title: str
    desc: str
    across: str
    upwards: str
    packages: tuple[Point, ...]
    frontier: tuple[Point, ...]
    own_reservation: float
    their_reservation: float
    spread: float
    deals: tuple[Deal, ...]
    prices: tuple[Price, ...] = ()
    legend: tuple[LegendEntry, ...] = ()

    def __post_init__(self) -> None:
        for name in ("own_reservation", "their_reservation", "spread"):
            within(name, getattr(self, name), 0.0, 1.0)
        places = [*self.packages, *self.frontier]
        places += [(deal.own, deal.theirs) for deal in self.deals]
        places += [(price.own, price.theirs) for price in self.prices]
        for place in places:
            for value in place:
                within("a utility", value, 0.0, 1.0)
        for deal in self.deals:
            within("shape", deal.shape, 0, len(_SHAPES) - 1)


def pareto(data: Pareto, theme: Theme, width: float, height: float, scale: float = 1.0) -> str:
    """The plot as SVG, `width` px wide and at least `height` px high; `scale` is the text's."""
    frame(width, height, scale)
    canvas, size = Canvas(theme), _SIZE * scale
    row = LINE * size
    up = wrap(data.upwards, width - 4, size, most=3)
    across = wrap(data.across, width - 4, size, most=3)
    gutter = max(measure(label, size) for _, label in _TICKS) + 9
    foot = draw_legend(Canvas(PAPER), data.legend, 0.0, width, scale)
    wide = width - gutter - 0.6 * size - 4
    head = up.height + 0.6 * size + 3
    high = min(height - head - 2 * row - across.height - foot, _TALLEST * wide)
    high = max(high, _LEAST_PLOT, 8 * size)
    plot = Box(gutter, head, gutter + wide, head + high)
    canvas.block(Box(2.0, 0.0, width, head), up, theme.muted)
    _ground(canvas, data, plot, size)
    left_over = _drawn(canvas, data, plot, scale)
    y = plot.bottom + 1.8 * size
    canvas.block(Box(2.0, y, width - 2, y), across, theme.muted, "end")
    y += across.height + 6
    if left_over:
        y += draw_key(canvas, left_over, y, width, size) + 4
    y += draw_legend(canvas, data.legend, y, width, scale)
    return canvas.document(width, max(height, y + 2), data.title, data.desc)


def _place(plot: Box, own: float, theirs: float) -> Point:
    return (
        plot.left + own * (plot.right - plot.left),
        plot.bottom - theirs * (plot.bottom - plot.top),
    )


def _ground(canvas: Canvas, data: Pareto, plot: Box, size: float) -> None:
    """Axes, what suits both, and how far their reservation spreads."""
    theme = canvas.theme
    corner = _place(plot, data.own_reservation, data.their_reservation)
    canvas.add(
        "rect", x=corner[0], y=plot.top, width=max(plot.right - corner[0], 0.01),
        height=max(corner[1] - plot.top, 0.01), fill=theme.comfort, fill_opacity=0.55,
    )  # fmt: skip
    roomy = plot.right - plot.left >= 4 * (measure(_TICKS[1][1], size) + 0.5 * size)
    across = [value for value, _ in _TICKS[:: 1 if roomy else 2]]
    for value, label in _TICKS:
        x, y = _place(plot, value, value)
        canvas.line((x, plot.top), (x, plot.bottom), theme.line)
        canvas.line((plot.left, y), (plot.right, y), theme.line)
        canvas.text(plot.left - 5, y + 0.36 * size, label, size, theme.muted, anchor="end")
        if value in across:
            canvas.text(
                x, plot.bottom + 1.45 * size, label, size, theme.muted, anchor="middle"
            )  # fmt: skip
    canvas.line((corner[0], plot.top), (corner[0], plot.bottom), theme.ink, 1.2)
    canvas.line((plot.left, corner[1]), (plot.right, corner[1]), theme.ink, 1.2)
    for side in (-1, 1) if data.spread > 0 else ():
        value = min(max(data.their_reservation + side * data.spread, 0.0), 1.0)
        y = _place(plot, 0.0, value)[1]
        canvas.line((plot.left, y), (plot.right, y), theme.ink, 0.8, "2 4")


def _drawn(canvas: Canvas, data: Pareto, plot: Box, scale: float) -> list[str]:
    """Packages, the frontier, the deals; gives the labels that found no room."""
    theme, size = canvas.theme, _SIZE * scale
    line = [_place(plot, *p) for p in sorted(data.frontier)]
    for place in data.packages:
        draw_small(canvas, *_place(plot, *place), scale, full=False)
    if len(line) > 1:
        canvas.path(polyline(line), theme.muted, 1.4)
    for x, y in line:
        draw_small(canvas, x, y, scale, full=True)
    r = grown(_MARK, scale)
    places = _apart([_place(plot, d.own, d.theirs) for d in data.deals], _LEAST_APART * r)
    dots = [
        Dot(place, r, deal.label, Sign.LINE) for place, deal in zip(places, data.deals, strict=True)
    ]
    for k in reversed(range(len(dots))):
        with canvas.titled(dots[k].label):
            draw_shape(canvas, data.deals[k].shape, *dots[k].place, r)
    placer = Placer(Box(plot.left + 1, plot.top, plot.right, plot.bottom - 1))
    for dot in dots:
        placer.take(around(*dot.place, dot.radius))
    placer.lines += line
    left_over = label_dots(canvas, dots, placer, size)
    _prices(canvas, data.prices, plot, placer, size)
    return left_over


def _apart(places: Sequence[Point], least: float) -> list[Point]:
    """The places, pushed apart where two marks would hide each other."""
    found = list(places)
    for _ in range(_PUSHES):
        for i, k in combinations(range(len(found)), 2):
            across, down = found[k][0] - found[i][0], found[k][1] - found[i][1]
            far = hypot(across, down)
            if far >= least:
                continue
            step = (least - far) / 2 + 0.01
            way = (across / far, down / far) if far > 0 else (1.0, 0.0)
            found[i] = (found[i][0] - way[0] * step, found[i][1] - way[1] * step)
            found[k] = (found[k][0] + way[0] * step, found[k][1] + way[1] * step)
    return found


def _prices(
    canvas: Canvas, prices: Sequence[Price], plot: Box, placer: Placer, size: float
) -> None:
    """Prices above the frontier, as many as find room."""
    for price in prices:
        block = Block((price.text,), 0.9 * size)
        x, y = _place(plot, price.own, price.theirs)
        box = Box(x + 4, y - 4 - block.height, x + 4 + block.width, y - 4)
        if block.width and placer.free(box):
            placer.take(box)
            canvas.block(box, block, canvas.theme.muted, halo=True)


# --- shapes ---------------------------------------------------------------------------------------


def draw_shape(canvas: Canvas, index: int, x: float, y: float, r: float) -> None:
    """One of the marks, freed from what lies under it."""
    data = _SHAPES[index](x, y, r)
    theme = canvas.theme
    canvas.add("path", d=data, fill=theme.card, stroke=theme.card, stroke_width=2 * _RIM + 1)
    canvas.add("path", d=data, fill=theme.ink, stroke=theme.ink, stroke_width=1.0,
               stroke_linejoin="round")  # fmt: skip


def _corners(x: float, y: float, radii: Sequence[float], turn: float) -> str:
    """A closed outline through points at even angles, at these distances in turn."""
    count = len(radii)
    points = [
        (x + r * cos(turn + 2 * pi * k / count), y + r * sin(turn + 2 * pi * k / count))
        for k, r in enumerate(radii)
    ]
    return polyline(points) + "Z"


def _disc(x: float, y: float, r: float) -> str:
    r *= 0.9
    arc = f"A{number(r)} {number(r)} 0 1 1 "
    return (
        f"M{number(x - r)} {number(y)}{arc}{number(x + r)} {number(y)}"
        f"{arc}{number(x - r)} {number(y)}Z"
    )


def _cross(x: float, y: float, r: float, turn: float) -> str:
    """Two bars across each other."""
    a = 0.33 * r
    outline = (
        (r, a), (a, a), (a, r), (-a, r), (-a, a), (-r, a), (-r, -a), (-a, -a), (-a, -r), (a, -r),
        (a, -a), (r, -a),
    )  # fmt: skip
    c, s = cos(turn), sin(turn)
    return polyline([(x + u * c - v * s, y + u * s + v * c) for u, v in outline]) + "Z"


_SHAPES: tuple[Shape, ...] = (
    _disc,
    lambda x, y, r: _corners(x, y, (1.15 * r,) * 4, pi / 4),
    lambda x, y, r: _cross(x, y, 1.1 * r, 0.0),
    lambda x, y, r: _corners(x, y, (1.2 * r,) * 3, -pi / 2),
    lambda x, y, r: _corners(x, y, (1.15 * r,) * 4, 0.0),
    lambda x, y, r: _corners(x, y, (1.2 * r,) * 3, pi / 2),
    lambda x, y, r: _cross(x, y, 1.15 * r, pi / 4),
    lambda x, y, r: _corners(x, y, (1.35 * r, 0.55 * r) * 5, -pi / 2),
)
SHAPES = len(_SHAPES)
