"""Geometry of circles and spiral: where a turn's distance and a fact lie. Angles are radians,
clockwise from the right, since y points down; lengths px."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from math import cos, hypot, pi, radians, sin

from game.figures.place import Box, Placer, around
from game.figures.svg import Canvas, Point, number, polyline
from game.figures.text import wrap

FURTHEST = 3.0  # radius of a personal move
_START, _SWEEP, _STEP = radians(-125), radians(400), radians(36)
_CORE, _REACH = 0.1, 0.84  # of the outer radius: where distance 0 lies, and 3 beyond it
_SAMPLES = 6  # between two turns
_LEAST_PRIVATE, _MORE_PRIVATE = 0.2, 0.6
_WIDEST_GATE = radians(110)


class Orbit:
    """Circles about a middle, and the angles of so many turns."""

    def __init__(self, x: float, y: float, radius: float, turns: int) -> None:
        self.x, self.y, self.radius = x, y, radius
        self.step = min(_STEP, _SWEEP / (turns - 1)) if turns > 1 else 0.0

    def at(self, angle: float, radius: float) -> Point:
        return self.x + radius * cos(angle), self.y + radius * sin(angle)

    def angle(self, turn: float) -> float:
        return _START + self.step * turn

    def ring(self, distance: float) -> float:
        """Radius of a distance from the deal, 0 to 3."""
        return self.radius * (_CORE + _REACH * distance / FURTHEST)

    def private(self, diffuseness: float) -> float:
        """Radius of the private circle."""
        return self.radius * (_LEAST_PRIVATE + _MORE_PRIVATE * diffuseness)

    def place(self, turn: int, distance: float) -> Point:
        return self.at(self.angle(turn), self.ring(distance))

    def track(self, distances: Sequence[float]) -> list[Point]:
        """Points of the smooth line through all turns; between two it never leaves their rings."""
        slopes = _slopes(distances)
        points = [self.place(0, distances[0])]
        for i, (one, two) in enumerate(pairwise(distances)):
            for k in range(1, _SAMPLES + 1):
                t = k / _SAMPLES
                distance = (
                    one + (two - one) * t * t * (3 - 2 * t)
                    + slopes[i] * t * (1 - t) * (1 - t) - slopes[i + 1] * t * t * (1 - t)
                )  # fmt: skip
                points.append(self.at(self.angle(i + t), self.ring(distance)))
        return points


def _slopes(values: Sequence[float]) -> list[float]:
    """Slopes at evenly spaced values with which a cubic never overshoots (Fritsch, Carlson 1980):

    the harmonic mean of both differences, and level at a turning point and at the ends.
    """
    steps = [two - one for one, two in pairwise(values)]
    inner = [2 * a * b / (a + b) if a * b > 0 else 0.0 for a, b in pairwise(steps)]
    return [0.0, *inner, 0.0][: len(values)]


def curve(points: Sequence[Point]) -> str:
    """Path data of the smooth line through the points (Catmull and Rom 1974)."""
    if len(points) < 3:
        return polyline(points)
    data = f"M{_pair(points[0])}"
    ends = [points[0], *points, points[-1]]
    for before, one, two, after in zip(ends, ends[1:], ends[2:], ends[3:], strict=False):
        first = (one[0] + (two[0] - before[0]) / 6, one[1] + (two[1] - before[1]) / 6)
        second = (two[0] - (after[0] - one[0]) / 6, two[1] - (after[1] - one[1]) / 6)
        data += f"C{_pair(first)} {_pair(second)} {_pair(two)}"
    return data


def _pair(point: Point) -> str:
    return f"{number(point[0])} {number(point[1])}"


def draw_private(canvas: Canvas, orbit: Orbit, diffuseness: float, trust: float) -> None:
    """The private circle, with an opening at the top as wide as trust, its doors ajar."""
    theme = canvas.theme
    colour = theme.diffuse if diffuseness >= 0.5 else theme.specific
    radius, half = orbit.private(diffuseness), _WIDEST_GATE * trust / 2
    for share in (1.0, 0.72, 0.44):
        canvas.add("circle", cx=orbit.x, cy=orbit.y, r=radius * share, fill=colour,
                   fill_opacity=0.07)  # fmt: skip
    if half < 0.02:
        canvas.add("circle", cx=orbit.x, cy=orbit.y, r=radius, fill="none", stroke=colour,
                   stroke_width=2, stroke_opacity=0.75)  # fmt: skip
        return
    right, left = -pi / 2 + half, -pi / 2 - half
    arc = f"A{number(radius)} {number(radius)} 0 1 1 "
    ring = f"M{_pair(orbit.at(right, radius))}{arc}{_pair(orbit.at(left, radius))}"
    canvas.path(ring, colour, 2.0, stroke_opacity=0.75)
    for angle in (right, left):
        leaf = polyline((orbit.at(angle, radius - 3.5), orbit.at(angle, radius + 3.5)))
        canvas.path(leaf, colour, 2.0)


def fact_places(
    orbit: Orbit,
    private: float,
    inside: Sequence[bool],
    turns: Sequence[int | None],
    dot: float,
    placer: Placer,
) -> list[Point]:
    """Places for facts within the private circle or between it and the outer one.

    Each is as far as it can be from other dots and from the lines, near the turn it was told in.
    The dots are taken in the placer.
    """  # fmt: skip
    found: list[Point] = []
    count = {side: max(1, sum(1 for i in inside if i is side)) for side in (True, False)}
    seen = {True: 0, False: 0}
    for is_in, turn in zip(inside, turns, strict=True):
        if turn is not None:
            start = orbit.angle(turn)
        else:
            start = radians(25 if is_in else 60) + 2 * pi * seen[is_in] / count[is_in]
        seen[is_in] += 1
        near, far = (0.0, private) if is_in else (private, orbit.radius)
        width = far - near
        rings = [near + width * share for share in ((0.62, 0.4, 0.8) if is_in else (0.5, 0.3, 0.7))]
        best, most = (orbit.x, orbit.y), float("-inf")
        for ring in rings:
            for k in range(24):
                offset = (k + 1) // 2 * (1 if k % 2 else -1) * radians(15)
                point = orbit.at(start + offset, ring)
                worth = _clearance(point, dot, found, placer) - 2.0 * abs(offset)
                if worth > most + 1e-6:
                    best, most = point, worth
        found.append(best)
        placer.take(around(*best, dot))
    return found


def _clearance(point: Point, dot: float, facts: Sequence[Point], placer: Placer) -> float:
    """How free a place is; what lies further off than some dots' width does not count."""
    room = 7.0 * dot
    for other in facts:
        room = min(room, hypot(point[0] - other[0], point[1] - other[1]))
    for box in placer.taken:
        x, y = box.nearest(*point)
        room = min(room, hypot(point[0] - x, point[1] - y) + dot)
    line = min((hypot(point[0] - x, point[1] - y) for x, y in placer.lines), default=3 * dot)
    return room + min(line, 3 * dot)


def ring_names(
    canvas: Canvas, orbit: Orbit, names: Sequence[str], placer: Placer, size: float
) -> None:
    """Each name within its ring, as near to straight below the middle and as clear as it can be."""
    angles = [pi / 2 + (k + 1) // 2 * (1 if k % 2 else -1) * radians(15) for k in range(24)]
    for i, name in enumerate(names):
        block = wrap(name, 1e6, size, most=1)
        wide, high = block.width, block.height
        best: tuple[float, Box] | None = None
        for order, angle in enumerate(angles):
            if best is not None and 0.5 * order >= best[0]:
                break  # what is further round can only be worse
            x, y = orbit.at(angle, max(orbit.ring(i) - high / 2, 7 + high / 2))
            box = Box(x - wide / 2, y - high / 2, x + wide / 2, y + high / 2)
            if placer.free(box):
                worse = box.held(placer.lines) + 0.5 * order
                if best is None or worse < best[0]:
                    best = worse, box
        if block.lines and best is not None:
            box = best[1]
            placer.take(box)
            canvas.block(box, block, canvas.theme.muted, "middle", True)
