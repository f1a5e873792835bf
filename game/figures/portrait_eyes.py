"""Eyes, brows and glasses."""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, pi, sqrt

from game.figures.portrait_colour import mix, shaded
from game.figures.portrait_expression import Gaze, Lids
from game.figures.portrait_face import EYE_COLOURS
from game.figures.portrait_pen import Pen
from game.figures.portrait_subject import Subject
from game.figures.svg import Canvas

_SIDES = (-1.0, 1.0)
_APART = 22.5  # units from the middle to the middle of an eye
_STEPS = 8
_LIDS = {Lids.OPEN: 1.0, Lids.HALF: 0.46, Lids.CLOSED: 0.0}
_GAZES = {
    Gaze.YOU: (0.0, 0.0), Gaze.LEFT: (-3.7, 0.7), Gaze.RIGHT: (3.7, 0.7), Gaze.DOWN: (-0.8, 2.9),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Cut:
    """An eye at rest: how far its lids reach from the line between its corners, in units."""

    upper: float
    lower: float
    tilt: float  # of the outer corner, down
    crease: float  # over the upper lid; 0 for none
    peak: float  # where the upper lid is highest: -1 inner corner, 1 outer


_CUTS = {
    "almond": _Cut(6.6, 3.5, -1.3, 4.0, -0.1),
    "round": _Cut(7.4, 4.2, -0.2, 4.0, 0.0),
    "hooded": _Cut(5.7, 3.5, 0.7, 2.2, -0.25),
    "single": _Cut(5.5, 3.1, -1.2, 0.0, 0.05),
    "deep": _Cut(6.1, 3.6, 0.3, 5.0, -0.05),
}


@dataclass(frozen=True, slots=True)
class _Eye:
    cut: _Cut
    side: float
    half: float  # of the width
    open: float
    squint: float

    def lower(self, t: float) -> float:
        """y of the lower lid at t, from -1 in the inner corner to 1 in the outer one."""
        bow = (1 - t * t) * (1 + 0.22 * t)
        return self._base(t) + (self.cut.lower - 2.3 * self.squint) * bow

    def upper(self, t: float) -> float:
        bow = max(0.0, 1.0 - float(abs(t) ** 2.3)) * (1 - 0.35 * (t - self.cut.peak) ** 2)
        wide = self._base(t) - self.cut.upper * bow
        shut = self.lower(t)
        return shut + (wide - shut) * self.open

    def _base(self, t: float) -> float:
        return self.cut.tilt * t + 0.9 * max(0.0, -t - 0.55)

    def x(self, t: float) -> float:
        return self.side * (_APART + t * self.half)

    def t(self, x: float) -> float:
        return min(1.0, max(-1.0, (x * self.side - _APART) / self.half))


def draw_eyes(person: Subject, canvas: Canvas, lids: Lids, gaze: Gaze) -> None:
    pen, face, moves = person.head_pen(canvas), person.face, person.moves
    opened = moves.open * _LIDS[lids] * (0.8 if gaze is Gaze.DOWN else 1.0)
    droop = 1.0 - 0.1 * person.old
    for side in _SIDES:
        eye = _Eye(
            cut=_CUTS[face.eyes],
            side=side,
            half=11.0 + 1.5 * face.eye_size,
            open=opened * droop * (1.0 + 0.12 * face.eye_size),
            squint=max(0.0, moves.squint),
        )
        _eye(pen, person, eye, gaze)


def _eye(pen: Pen, person: Subject, eye: _Eye, gaze: Gaze) -> None:
    skin = person.skin
    ts = [-1 + 2 * i / _STEPS for i in range(_STEPS + 1)]
    upper = [(eye.x(t), eye.upper(t)) for t in ts]
    lower = [(eye.x(t), eye.lower(t)) for t in ts]
    crease = eye.cut.crease
    lash = "#2A1C1B" if person.face.skin < 0.6 else "#1D1314"
    if eye.open < 0.9 or crease:  # the lid itself, between its crease and its edge
        top = [(eye.x(0.96 * t), _fold(eye, t)) for t in ts]
        pen.shape(upper, top[::-1], fill=skin.deep, opacity=0.16 if eye.side < 0 else 0.24)
    if eye.open > 0.04:
        white = skin.white if eye.side < 0 else shaded(skin.white, 0.05)
        pen.shape(upper, lower[::-1], fill=white)
        _iris(pen, person, eye, gaze)
        band = [(x, min(y + 1.9, eye.lower(eye.t(x)))) for x, y in upper]
        pen.shape(upper, band[::-1], fill="#3A2A2E", opacity=0.26)
        inner = -0.94
        pen.dot(
            (eye.x(inner), (eye.upper(inner) + eye.lower(inner)) / 2 + 0.2), 1.0, skin.blush, 0.9
        )
    weight = 1.0 if person.face.pronoun != "she" else 1.3
    reach = [(eye.x(1.09), eye.upper(1.0) - 0.7)] if weight > 1 else [(eye.x(1.04), eye.upper(1))]
    edge = upper + reach
    widths = [0.5 + weight * 1.9 * (0.35 + 0.65 * i / len(edge)) for i in range(len(edge))]
    widths[-1], widths[-2] = 0.5, 1.6 * weight
    pen.brush(edge, widths, lash)
    if eye.open > 0.04:
        pen.line(lower[2:-1], skin.deep, 1.0, 0.55)
    if crease:
        rim = [(eye.x(t), _fold(eye, t)) for t in ts[1:-1]]
        heavy = person.face.eyes in ("hooded", "deep")
        count = len(rim)
        widths = [
            0.4 + (1.5 if heavy else 1.1) * (1 - abs(2 * i / (count - 1) - 1)) for i in range(count)
        ]
        pen.brush(rim, widths, skin.deep, 0.7)


def _fold(eye: _Eye, t: float) -> float:
    """The crease over the lid: it stays where it is when the lid comes down."""
    bow = max(0.0, 1.0 - float(abs(t) ** 2.4))
    wide = eye.cut.tilt * t - (eye.cut.upper + max(1.2, eye.cut.crease)) * bow
    return wide - 0.9 + 0.5 * (1.0 - min(1.0, eye.open))


def _iris(pen: Pen, person: Subject, eye: _Eye, gaze: Gaze) -> None:
    """Iris and pupil, cut by the lids."""
    dx, dy = _GAZES[gaze]
    if gaze is Gaze.YOU:  # a head turned away looks back at you out of the corner of its eyes
        dx, dy = -0.2 * person.pose.turn, -0.16 * person.pose.nod
    x, y = eye.side * _APART + max(-4.6, min(4.6, dx)), -0.9 + dy
    colour = EYE_COLOURS[person.face.eye_colour]
    radius = 6.0
    _clipped(pen, eye, x, y, radius, shaded(colour, 0.3))
    _clipped(pen, eye, x, y + 0.5, radius - 1.2, mix(colour, "#C9A878", 0.16))
    _clipped(pen, eye, x, y, 2.7, "#15100F")
    glint = (x - 1.9, max(y - 2.2, eye.upper(eye.t(x - 1.9)) + 1.5))
    if glint[1] + 0.6 < eye.lower(eye.t(glint[0])):
        pen.dot(glint, 1.35, "#FFFDF8", 0.95)


def _clipped(pen: Pen, eye: _Eye, x: float, y: float, radius: float, fill: str) -> None:
    top: list[tuple[float, float]] = []
    bottom: list[tuple[float, float]] = []
    for i in range(9):
        across = -cos(pi * i / 8)
        here = x + radius * across
        if abs(here * eye.side - _APART) >= eye.half:
            continue
        tall = radius * sqrt(max(0.0, 1 - across * across))
        t = eye.t(here)
        high, low = max(y - tall, eye.upper(t)), min(y + tall, eye.lower(t))
        if high < low:
            top.append((here, high))
            bottom.append((here, low))
    if len(top) > 2:
        pen.shape(top, bottom[::-1], fill=fill)


def draw_brows(person: Subject, canvas: Canvas) -> None:
    pen, face, moves = person.head_pen(canvas), person.face, person.moves
    low = -17.0 + 2.2 * face.frame
    arch = 1.2 + 4.2 * face.brow_arch
    weight = 0.62 + 0.75 * face.brows
    for side, lift in ((-1.0, moves.raise_left), (1.0, moves.raise_right)):
        near = 9.2 - 2.4 * moves.knit
        points = [
            (side * near, low + 0.4 - 1.5 * lift - 5.0 * moves.inner + 0.8 * moves.knit),
            (
                side * (near + 5),
                low - 0.35 * arch - 3.0 * lift - 3.8 * moves.inner + 0.5 * moves.knit,
            ),
            (side * 20.5, low - 0.8 * arch - 5.0 * lift - 1.8 * moves.inner),
            (side * 28.0, low - arch - 6.2 * lift + 0.2 * moves.inner),
            (side * 33.5, low - 0.45 * arch + 0.3 - 5.4 * lift + 0.9 * moves.inner),
            (side * 38.5, low + 2.6 - 4.0 * lift + 1.6 * moves.inner),
        ]
        pen.brush(points, [w * weight for w in (3.0, 4.7, 5.0, 4.1, 2.5, 0.6)], person.hair.brow)
        if face.age > 58 and weight > 0.85:
            for i in (2, 3):
                x, y = points[i]
                pen.line([(x, y - 1), (x + side * 3.4, y - 3.6)], person.hair.brow, 1.1, 0.6)


_RIMS = {"round": "#5A4030", "square": "#2B2B33", "half": "#8A6F45", "oval": "#6B3B3B",
         "wire": "#8C8474"}  # fmt: skip


def draw_glasses(person: Subject, canvas: Canvas) -> None:
    kind = person.face.glasses
    if kind == "none":
        return
    pen, rim = person.head_pen(canvas), _RIMS[kind]
    thick = {"wire": 1.4, "half": 1.7, "round": 2.3}.get(kind, 2.7)
    high, low, half = {
        "round": (-12.5, 15.0, 15.5),
        "square": (-9.5, 13.0, 17.0),
        "half": (5.0, 18.5, 14.5),
        "oval": (-9.5, 13.0, 16.5),
        "wire": (-10.5, 14.0, 16.5),
    }[kind]
    out = 9.0
    middle = (high + low) / 2
    corner = {"square": 0.86, "half": 0.8, "wire": 0.78}.get(kind, 0.72)
    for side in _SIDES:
        x = side * 23.5
        tall = (low - high) / 2
        lens = [
            (x - half * corner, high + tall * (1 - corner), None, out), (x, high, None, out),
            (x + half * corner, high + tall * (1 - corner), None, out),
            (x + half, middle, None, out),
            (x + half * corner, low - tall * (1 - corner), None, out), (x, low, None, out),
            (x - half * corner, low - tall * (1 - corner), None, out),
            (x - half, middle, None, out),
        ]  # fmt: skip
        if kind == "half":
            lens[0], lens[1], lens[2] = (
                (x - half * 0.94, high + 0.6, None, out), (x, high, None, out),
                (x + half * 0.94, high + 0.6, None, out),
            )  # fmt: skip
        pen.blob(lens, "#FFFFFF", 0.10)
        pen.facets(
            [(x - half * 0.62, high + 2.4, None, out), (x - half * 0.1, high + 1.4, None, out),
             (x - half * 0.42, middle + 2, None, out), (x - half * 0.82, middle + 2, None, out)],
            "#FFFFFF", 0.16,
        )  # fmt: skip
        pen.line([*lens, lens[0]], rim, thick)
        arm = person.skull.cheek
        pen.line(
            [(side * (23.5 + half), middle - 4, None, out), (side * (arm + 1), middle - 5, -2)],
            rim, thick * 0.9,
        )  # fmt: skip
    nose = middle - 3 if kind != "half" else high + 1.5
    pen.line(
        [(-23.5 + half, nose + 1.5, None, out), (0, nose - 2.2, None, out + 3),
         (23.5 - half, nose + 1.5, None, out)],
        rim, thick,
    )  # fmt: skip
