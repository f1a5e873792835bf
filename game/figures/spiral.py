"""Circles and spiral: how near the deal each move went, and what lay inside the private circle.

Lewin's circles (1936) carry the facts; the seller's moves run through the rings about the deal,
over the path that the buyer would have preferred.
"""

from __future__ import annotations

from dataclasses import dataclass

from game.figures.checks import all_within, as_long, frame, within
from game.figures.dots import Dot, draw_dots, draw_key, label_dots
from game.figures.marks import (
    FACT,
    RADII,
    LegendEntry,
    Mark,
    Sign,
    check_marks,
    draw_legend,
    grown,
)
from game.figures.orbit import FURTHEST, Orbit, curve, draw_private, fact_places, ring_names
from game.figures.place import Box, Placer, around
from game.figures.svg import Canvas, Point
from game.figures.theme import PAPER, Theme

_SIZE = 11.0  # px of the text at scale 1
_LEAST_PICTURE = 0.85  # of the figure, for the circles; the words below it may add to its height
_LEAST_RADIUS = 60.0  # px
_NO_PRIVATE = 0.55  # of the outer radius: where facts part when nothing is known of the buyer


@dataclass(frozen=True, slots=True)
class PrivateCircle:
    """Both 0 to 1; trust is the width of its gate."""

    diffuseness: float
    trust: float


@dataclass(frozen=True, slots=True)
class FactDot:
    """A fact in the private circle or outside; `turn` (index from 0) is where it was told."""

    label: str
    inside: bool
    told: bool
    turn: int | None = None


@dataclass(frozen=True, slots=True)
class Spiral:
    """`radii` and `comfort` are distances from the deal, a turn each: 0 its terms, 3 personal.

    `ring_names` start at the terms; one without room gives way. What may not be seen, such as
    comfort and the private circle, is left out by the caller.
    """

    title: str
    desc: str
    radii: tuple[float, ...]
    comfort: tuple[float, ...] = ()
    private: PrivateCircle | None = None
    facts: tuple[FactDot, ...] = ()
    marks: tuple[Mark, ...] = ()
    ring_names: tuple[str, ...] = ()
    legend: tuple[LegendEntry, ...] = ()

    def __post_init__(self) -> None:
        turns = len(self.radii)
        all_within("radii", self.radii, 0.0, FURTHEST)
        all_within("comfort", self.comfort, 0.0, FURTHEST)
        as_long("comfort", self.comfort, turns)
        as_long("ring_names", self.ring_names, int(FURTHEST) + 1)
        if self.private is not None:
            within("diffuseness", self.private.diffuseness, 0.0, 1.0)
            within("trust", self.private.trust, 0.0, 1.0)
        for fact in self.facts:
            if fact.turn is not None:
                within("fact.turn", fact.turn, 0, turns - 1)
        check_marks(self.marks, turns)


def spiral(data: Spiral, theme: Theme, width: float, height: float, scale: float = 1.0) -> str:
    """The picture as SVG, `width` px wide and at least `height` px high; `scale` is the text's.

    A label that finds no room beside its dot leaves a number there and is read underneath.
    """
    canvas, size = Canvas(theme), _SIZE * scale
    orbit, picture = _orbit(data, width, height, scale)
    placer = Placer(Box(2.0, 2.0, width - 2, picture - 2))

    _circles(canvas, data, orbit)
    path = orbit.track(data.radii) if data.radii else []
    placer.lines = path
    placer.take(around(orbit.x, orbit.y, 4.0))
    if path:
        placer.take(around(*path[0], 4.3), around(*path[-1], 6.0))
    dots = _dots(data, orbit, placer, scale)
    if path:
        canvas.path(curve(path), theme.ink, 2.4)
        canvas.add("circle", cx=path[0][0], cy=path[0][1], r=3.4, fill=theme.card,
                   stroke=theme.ink, stroke_width=1.8)  # fmt: skip
        if len(path) > 1:
            canvas.add("circle", cx=path[-1][0], cy=path[-1][1], r=5.5, fill=theme.ink)
    draw_dots(canvas, dots, scale)
    left_over = label_dots(canvas, dots, placer, size)
    ring_names(canvas, orbit, data.ring_names, placer, size)
    y = picture + 2
    y += draw_key(canvas, left_over, y, width, size)
    y += draw_legend(canvas, data.legend, y, width, scale)
    return canvas.document(width, max(height, y), data.title, data.desc)


def spiral_places(
    data: Spiral, width: float, height: float, scale: float = 1.0
) -> tuple[Point, ...]:
    """The place of every turn within such a picture, for what is drawn on top."""
    orbit, _ = _orbit(data, width, height, scale)
    return tuple(orbit.place(turn, radius) for turn, radius in enumerate(data.radii))


def _orbit(data: Spiral, width: float, height: float, scale: float) -> tuple[Orbit, float]:
    """The circles, and the height that they take from what the legend leaves."""
    frame(width, height, scale)
    foot = draw_legend(Canvas(PAPER), data.legend, 0.0, width, scale)
    picture = max(height - foot, _LEAST_PICTURE * min(width, height), _LEAST_RADIUS * 2)
    radius = min(width, picture) / 2 - 6 - 0.4 * _SIZE * scale
    return Orbit(width / 2, picture / 2, radius, len(data.radii)), picture


def _circles(canvas: Canvas, data: Spiral, orbit: Orbit) -> None:
    """The outer circle, rings that the path can be measured by, the private circle, the deal."""
    theme = canvas.theme
    canvas.add("circle", cx=orbit.x, cy=orbit.y, r=orbit.radius, fill=theme.paper,
               fill_opacity=0.5, stroke=theme.line, stroke_width=1.6)  # fmt: skip
    for ring in (1, 2):
        canvas.add("circle", cx=orbit.x, cy=orbit.y, r=orbit.ring(ring), fill="none",
                   stroke=theme.line, stroke_dasharray="3 5")  # fmt: skip
    if data.comfort:
        wide = max(7.0, 0.08 * orbit.radius)
        canvas.path(curve(orbit.track(data.comfort)), theme.comfort, wide)
    if data.private is not None:
        draw_private(canvas, orbit, data.private.diffuseness, data.private.trust)
    canvas.add("circle", cx=orbit.x, cy=orbit.y, r=3.5, fill=theme.ink)


def _dots(data: Spiral, orbit: Orbit, placer: Placer, scale: float) -> list[Dot]:
    """Marks on the path first, then facts where these leave room."""
    dots = []
    for mark in data.marks:
        place = orbit.place(mark.turn, data.radii[mark.turn])
        dots.append(Dot(place, grown(RADII[mark.kind], scale), mark.label, mark.kind))
        placer.take(around(*place, dots[-1].radius))
    known, radius = data.private, grown(FACT, scale) + 1.4
    private = orbit.private(known.diffuseness) if known else _NO_PRIVATE * orbit.radius
    places = fact_places(
        orbit, private, [f.inside for f in data.facts], [f.turn for f in data.facts], radius, placer
    )
    for fact, place in zip(data.facts, places, strict=True):
        dots.append(Dot(place, radius, fact.label, Sign.TOLD if fact.told else Sign.UNTOLD))
    return dots
