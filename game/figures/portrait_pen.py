"""Smooth shapes on a head that turns: curves through points, tapered strokes, a projection.

A head is described face to face in units of its own: x to the viewer's right, y down, z towards
the viewer; the eyes lie on y = 0, the chin near 88, the crown near -86. A body is described in the
400 units of the whole picture. Both become px only here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from math import cos, hypot, radians, sin, sqrt

from game.figures.svg import Canvas, Point, element, number

PIVOT = 92.0  # units under the eyes: where a head rolls on its neck
_CROWN, _OVER = 0.85, -24.0  # the top of a head falls back from somebody across the table
_BROAD = 1.055
_COARSE = 0.6  # px a unit: above, a tenth of a px is not seen
_EDGE = 50.5 * _BROAD  # half the width that hair leaves bare at the most
_WIDE, _HIGH, _DEEP = 62.0, 112.0, 54.0  # half axes of the ball that a face lies on
Run = Sequence[Point]
Spot = Sequence[float | None]  # of a head x, y and how deep, of a body x and y
Map = Callable[..., Point]


@dataclass(frozen=True, slots=True)
class Pose:
    """Where a head is, and how it is held. Angles in degrees; `scale` in px a unit."""

    x: float
    y: float
    scale: float
    turn: float = 0.0  # positive: to the viewer's right
    nod: float = 0.0  # positive: down
    roll: float = 0.0  # positive: clockwise

    def at(self, x: float, y: float, z: float | None = None, out: float = 0.0) -> Point:
        """A point of the head in px: at depth z, or on the face and `out` of it."""
        depth = surface(x, y) + out if z is None else z
        turn, nod, roll = radians(self.turn), radians(self.nod), radians(self.roll)
        x *= _BROAD
        if y < _OVER:
            y = _OVER + _CROWN * (y - _OVER)
        across = x * cos(turn) + depth * sin(turn)
        if z is None and y < _OVER / 2:  # what has turned out of sight ends at the outline
            across = min(_EDGE, max(-_EDGE, across))
        near = depth * cos(turn) - x * sin(turn)
        down = y * cos(nod) + near * sin(nod) - PIVOT
        return (
            self.x + self.scale * (across * cos(roll) - down * sin(roll)),
            self.y + self.scale * (across * sin(roll) + down * cos(roll) + PIVOT),
        )

    def rim(self, x: float, y: float) -> Point:
        """A point of the outline, which keeps its place when the head turns."""
        return self.at(x, y, 0.0)


def surface(x: float, y: float) -> float:
    """How far a point of the face lies before the ears."""
    return _DEEP * sqrt(max(0.0, 1.0 - (x / _WIDE) ** 2 - (y / _HIGH) ** 2))


@dataclass(frozen=True, slots=True)
class View:
    """From the 400 units of a whole picture to px: a scale, and an offset in units."""

    scale: float
    left: float = 0.0
    top: float = 0.0

    def at(self, x: float, y: float) -> Point:
        return (x - self.left) * self.scale, (y - self.top) * self.scale


def spline(points: Run, places: int = 2) -> str:
    """Path data of a smooth curve through the points."""
    return _curve([points], False, places)


def ring(points: Run, places: int = 2) -> str:
    """Path data of a closed smooth curve."""
    count = len(points)
    here = _rounded(points[0], places)
    parts = [f"M{_said(here)}"]
    for i in range(count):
        after = points[(i + 1) % count]
        bend = _bend(points[i - 1], points[i], after, points[(i + 2) % count])
        said, here = _relative(here, bend, places)
        parts.append(said)
    return "".join(parts) + "Z"


def runs(*pieces: Run, places: int = 2) -> str:
    """Path data of a closed outline of smooth pieces with corners between them."""
    return _curve(pieces, True, places)


def taper(points: Run, widths: Sequence[float], places: int = 2) -> str:
    """Path data of a stroke that is `widths` px wide at its points, ending softly."""
    upper: list[Point] = []
    lower: list[Point] = []
    last = len(points) - 1
    for i, (x, y) in enumerate(points):
        one, two = points[max(0, i - 1)], points[min(last, i + 1)]
        across, down = two[0] - one[0], two[1] - one[1]
        length = hypot(across, down) or 1.0
        away = (-down / length * widths[i] / 2, across / length * widths[i] / 2)
        upper.append((x - away[0], y - away[1]))
        lower.append((x + away[0], y + away[1]))
    return runs(upper, lower[::-1], places=places)


def _bend(before: Point, one: Point, two: Point, after: Point) -> Run:
    # Centripetal, so that points at unequal distances make neither loops nor bumps.
    first, middle, third = (
        max(1e-6, sqrt(hypot(b[0] - a[0], b[1] - a[1])))
        for a, b in ((before, one), (one, two), (two, after))
    )
    a, b = [0.0, 0.0], [0.0, 0.0]
    for k in (0, 1):
        a[k], b[k] = one[k], two[k]
        if first > 1e-3:
            a[k] = (
                first * first * two[k] - middle * middle * before[k]
                + (2 * first * first + 3 * first * middle + middle * middle) * one[k]
            ) / (3 * first * (first + middle))  # fmt: skip
        if third > 1e-3:
            b[k] = (
                third * third * one[k] - middle * middle * after[k]
                + (2 * third * third + 3 * third * middle + middle * middle) * two[k]
            ) / (3 * third * (third + middle))  # fmt: skip
    return (a[0], a[1]), (b[0], b[1]), two


def _curve(pieces: Sequence[Run], closed: bool, places: int) -> str:
    here = _rounded(pieces[0][0], places)
    parts = [f"M{_said(here)}"]
    for n, points in enumerate(pieces):
        if n:
            said, here = _relative(here, [points[0]], places, "l")
            parts.append(said)
        last = len(points) - 1
        for i in range(last):
            one, two = points[i], points[i + 1]
            before = points[i - 1] if i else one
            after = points[i + 2] if i + 2 <= last else two
            said, here = _relative(here, _bend(before, one, two, after), places)
            parts.append(said)
    return "".join(parts) + ("Z" if closed else "")


def _relative(here: Point, points: Run, places: int, letter: str = "c") -> tuple[str, Point]:
    """One command counted from `here`, and where it ends; half the length of absolute ones."""
    written = ""
    for point in points:
        x, y = _rounded(point, places)
        for step in (x - here[0], y - here[1]):
            said = number(step)
            written += said if said.startswith("-") or not written else f" {said}"
    end = _rounded(points[-1], places)
    return ("" if letter == "l" and end == here else letter + written), end


def _rounded(point: Point, places: int) -> Point:
    return round(point[0], places), round(point[1], places)


def _said(point: Point) -> str:
    return f"{number(point[0])} {number(point[1])}"


class Sheet(Canvas):
    """A layer; what all its strokes have in common is said once."""

    def grouped(self) -> str:
        return element(
            "g", *self._parts, fill="none", stroke_linecap="round", stroke_linejoin="round"
        )  # fmt: skip

    def put(self, group: str) -> None:
        self._parts.append(group)


class Pen:
    """Draws into one layer. Points are given as `place` maps them; widths in its units."""

    def __init__(self, canvas: Canvas, place: Map, scale: float) -> None:
        self.canvas = canvas
        self.place = place
        self.scale = scale
        self.places = 1 if scale > _COARSE else 2

    def to(self, points: Iterable[Spot]) -> list[Point]:
        return [self.place(*point) for point in points]

    def blob(self, points: Iterable[Spot], fill: str, opacity: float = 1.0) -> None:
        """A closed smooth shape."""
        self.data(ring(self.to(points), self.places), fill, opacity)

    def shape(
        self, *pieces: Iterable[Spot], fill: str, opacity: float = 1.0
    ) -> None:  # fmt: skip
        """A closed shape of smooth pieces that meet in corners."""
        data = runs(*(self.to(piece) for piece in pieces), places=self.places)
        self.data(data, fill, opacity)

    def facets(self, points: Iterable[Spot], fill: str, opacity: float = 1.0) -> None:
        """A closed shape with straight sides."""
        said = "L".join(_said(_rounded(point, self.places)) for point in self.to(points))
        self.data(f"M{said}Z", fill, opacity)

    def line(self, points: Iterable[Spot], colour: str, width: float, opacity: float = 1.0) -> None:
        """An open smooth stroke with round ends."""
        self.canvas.add(
            "path", d=spline(self.to(points), self.places),
            stroke=colour, stroke_width=width * self.scale,
            stroke_opacity=None if opacity >= 1 else opacity,
        )  # fmt: skip

    def brush(
        self,
        points: Iterable[Spot],
        widths: Sequence[float],
        fill: str,
        opacity: float = 1.0,
    ) -> None:
        """A stroke of changing width."""
        wide = [width * self.scale for width in widths]
        self.data(taper(self.to(points), wide, self.places), fill, opacity)

    def dot(
        self, centre: Spot, radius: float, fill: str, opacity: float = 1.0
    ) -> None:  # fmt: skip
        x, y = self.place(*centre)
        self.canvas.add(
            "circle", cx=x, cy=y, r=radius * self.scale, fill=fill,
            fill_opacity=None if opacity >= 1 else opacity,
        )  # fmt: skip

    def data(self, data: str, fill: str, opacity: float = 1.0) -> None:
        self.canvas.add("path", d=data, fill=fill, fill_opacity=None if opacity >= 1 else opacity)
