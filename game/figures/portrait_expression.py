"""What a face does: small movements, so that an expression has to be read."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Expression(Enum):
    NEUTRAL = "neutral"
    LISTENING = "listening"
    PLEASED = "pleased"
    WARM = "warm"
    THOUGHTFUL = "thoughtful"
    DOUBTFUL = "doubtful"
    COOL = "cool"
    HURT = "hurt"
    FAIR_GAME = "fair_game"


class Posture(Enum):
    FORWARD = "forward"
    UPRIGHT = "upright"
    BACK = "back"
    AWAY = "away"


class Lids(Enum):
    OPEN = "open"
    HALF = "half"
    CLOSED = "closed"


class Gaze(Enum):
    YOU = "you"
    LEFT = "left"
    RIGHT = "right"
    DOWN = "down"


@dataclass(frozen=True, slots=True)
class Moves:
    """Strengths around 0 for a face at rest; angles in degrees.

    Brows: `raise_left` and `raise_right` (as the viewer sees them), `inner` lifts their inner
    ends, `knit` draws them together. Lids: `open` of the upper ones (1 at rest), `squint` of the
    lower ones, which a smile that is meant lifts. Mouth: `corners` up, `wide`, `press` thins the
    lips, `part` opens them, `skew` lifts the right corner against the left.
    """

    raise_left: float = 0.0
    raise_right: float = 0.0
    inner: float = 0.0
    knit: float = 0.0
    open: float = 1.0
    squint: float = 0.0
    corners: float = 0.0
    wide: float = 0.0
    press: float = 0.0
    part: float = 0.0
    skew: float = 0.0
    turn: float = 0.0
    nod: float = 0.0
    roll: float = 0.0
    gaze: Gaze = Gaze.YOU


MOVES: dict[Expression, Moves] = {
    Expression.NEUTRAL: Moves(),
    Expression.LISTENING: Moves(
        raise_left=0.5, raise_right=0.5, inner=0.25, open=1.1, part=0.22, roll=-3.5, turn=3, nod=1,
        corners=0.08,
    ),
    Expression.PLEASED: Moves(
        raise_left=0.2, raise_right=0.2, open=0.96, squint=0.5, corners=0.55, wide=0.35, roll=1.5,
    ),
    Expression.WARM: Moves(
        raise_left=0.35, raise_right=0.35, inner=0.1, open=0.84, squint=0.95, corners=1.0, wide=0.8,
        part=0.75, roll=2.5, turn=2, nod=-1,
    ),
    Expression.THOUGHTFUL: Moves(
        raise_left=0.15, raise_right=-0.1, inner=0.1, knit=0.45, open=0.92, corners=-0.05,
        wide=-0.25, press=0.45, skew=0.3, roll=3.5, turn=-7, nod=3, gaze=Gaze.LEFT,
    ),
    Expression.DOUBTFUL: Moves(
        raise_left=-0.45, raise_right=0.75, inner=-0.25, knit=0.4, open=0.84, squint=0.25,
        corners=-0.2, press=0.35, skew=-0.5, roll=-2.5, turn=-5, nod=-1,
    ),
    Expression.COOL: Moves(
        raise_left=-0.45, raise_right=-0.45, inner=-0.25, knit=0.15, open=0.72, corners=-0.22,
        wide=-0.1, press=0.75, nod=-4, turn=4,
    ),
    Expression.HURT: Moves(
        raise_left=-0.05, raise_right=-0.05, inner=0.95, knit=0.45, open=0.84, corners=-0.36,
        wide=-0.15, press=0.3, nod=4, roll=2, turn=-4, gaze=Gaze.DOWN,
    ),
    Expression.FAIR_GAME: Moves(
        raise_left=0.12, raise_right=0.12, open=0.94, squint=0.0, corners=0.52, wide=0.9,
        press=0.85,
    ),
}  # fmt: skip
