"""One person in one pose, with everything that the parts of a portrait are drawn from."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from game.figures.portrait_colour import Hair, Skin, hair_of, skin_of
from game.figures.portrait_expression import MOVES, Expression, Moves, Posture
from game.figures.portrait_face import Face
from game.figures.portrait_pen import Pen, Pose, Sheet, View
from game.figures.svg import Canvas, Point
from game.figures.theme import PAPER

SIDE = 400.0  # units of a bust, which is square
HEAD_X, HEAD_Y = 200.0, 168.0  # where the eyes are; the settings keep their back calm there
TABLE = 348.0  # where a table begins, and arms rest
_HEAD = 0.89  # units of the picture for one of the head
_REST = -6.0  # degrees: everybody sits a little towards the window


@dataclass(frozen=True, slots=True)
class _Held:
    """How a posture holds a body: scale about the table, shift, and what the head adds."""

    scale: float
    across: float = 0.0
    down: float = 0.0
    narrow: float = 1.0
    turn: float = 0.0
    nod: float = 0.0


_HELD = {
    Posture.FORWARD: _Held(1.055, down=5, nod=1.5),
    Posture.UPRIGHT: _Held(1.0),
    Posture.BACK: _Held(0.945, down=1, nod=-2.5),
    Posture.AWAY: _Held(0.975, across=6, narrow=0.95, turn=17, nod=1),
}

# Half widths at temple, cheek, jaw and chin, and how far the chin is down.
_SKULLS = {
    "oval": (50.0, 52.5, 43.5, 17.0, 88.0),
    "round": (51.0, 54.5, 47.5, 20.0, 85.0),
    "square": (50.5, 52.5, 48.0, 23.0, 87.5),
    "long": (48.5, 50.5, 42.5, 17.5, 92.0),
    "heart": (52.0, 53.0, 42.5, 16.5, 87.0),
    "broad": (52.0, 55.5, 49.5, 21.5, 87.0),
}


@dataclass(frozen=True, slots=True)
class Skull:
    temple: float
    cheek: float
    jaw: float
    chin: float
    down: float

    def side(self) -> list[tuple[float, float, float]]:
        """The right half of the outline from the crown to the chin, face to face."""
        return [
            (0, -86, 0),
            (27, -79, 0),
            (44, -56, 0),
            (self.temple, -24, 0),
            (self.cheek, 6, 0),
            (self.cheek - 2.5, 28, 1),
            (self.jaw, 53, 6),
            (self.jaw * 0.72, 72, 13),
            (self.chin, self.down - 4, 21),
            (0, self.down, 24),
        ]


def skull_of(face: Face) -> Skull:
    temple, cheek, jaw, chin, down = _SKULLS[face.shape]
    heavy, broad, old = face.frame - 0.5, face.build - 0.5, max(0.0, (face.age - 50) / 30)
    return Skull(
        temple=temple + heavy,
        cheek=cheek + 2.5 * broad,
        jaw=jaw + 7 * heavy + 6 * broad + 1.6 * old,
        chin=chin + 8 * heavy + 3 * broad,
        down=down + 3 * heavy,
    )


@dataclass(frozen=True)
class Subject:
    face: Face
    expression: Expression
    posture: Posture
    view: View
    moves: Moves

    @cached_property
    def skin(self) -> Skin:
        return skin_of(self.face.skin, self.face.undertone, self.face.lipstick)

    @cached_property
    def hair(self) -> Hair:
        return hair_of(self.face.hair_colour, self.face.grey)

    @cached_property
    def skull(self) -> Skull:
        return skull_of(self.face)

    @cached_property
    def pose(self) -> Pose:
        held, moves = _HELD[self.posture], self.moves
        x, y = self.body(HEAD_X, HEAD_Y)
        return Pose(
            x=x,
            y=y,
            scale=_HEAD * held.scale * self.view.scale,
            turn=_REST + held.turn + moves.turn,
            nod=held.nod + moves.nod,
            roll=moves.roll,
        )

    def body(self, x: float, y: float) -> Point:
        """A point of the body in px: leaning happens about the middle of the table."""
        held = _HELD[self.posture]
        return self.view.at(
            SIDE / 2 + (x - SIDE / 2) * held.scale * held.narrow + held.across * (SIDE - y) / SIDE,
            SIDE + (y - SIDE) * held.scale + held.down,
        )

    def head_pen(self, canvas: Canvas) -> Pen:
        return Pen(canvas, self.pose.at, self.pose.scale)

    def body_pen(self, canvas: Canvas) -> Pen:
        return Pen(canvas, self.body, self.view.scale * _HELD[self.posture].scale)

    def table_pen(self, canvas: Canvas) -> Pen:
        """For what lies on the table, which does not lean."""
        return Pen(canvas, self.view.at, self.view.scale)

    @property
    def ears_covered(self) -> bool:
        hidden = self.face.headwear in ("headscarf", "hijab")
        return hidden or self.face.hair in ("bob", "long")

    @property
    def old(self) -> float:
        """0 to 1: how much lines show."""
        base = max(0.0, min(1.0, (self.face.age - 34) / 36))
        return min(1.0, base * (0.6 + 0.8 * self.face.wrinkles))


def subject(
    face: Face,
    expression: Expression,
    posture: Posture,
    view: View,
) -> Subject:
    return Subject(face, expression, posture, view, MOVES[expression])


def sheet() -> Sheet:
    return Sheet(PAPER)
