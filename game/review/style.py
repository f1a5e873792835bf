"""You as a seller: the place on the continuum that the moves themselves reveal."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from game.core.rules import Rules
from game.review.model import Style

BANDS = ("very_specific", "specific", "between", "diffuse", "very_diffuse")
_LEAST_MOVES = 4
# The line through the shipped `direct` (.17) and `rapport` (.83), means over the shipped scenarios.
_LEAN, _LEAN_AT, _RING, _RING_AT = 4.0, 0.018, 0.25, 1.2


def leanings(rules: Rules) -> NDArray[np.float64]:
    """Place in [0, 1] of every action: whom it suits better, and how far out it is, (A + P,).

    What it does for trust at the diffuse pole less at the specific pole, and its ring.
    """
    a, b = rules.weights.ability_share, rules.weights.benevolence_share
    specific = np.array([a[0], b[0], 1 - a[0] - b[0]])
    diffuse = np.array([a[1], b[1], 1 - a[1] - b[1]])
    evidence = rules.evidence.astype(np.float64)
    at_specific, slope = evidence[0:3], evidence[3:6]
    lean = (diffuse[:, None] * (at_specific + slope)).sum(axis=0)
    lean = lean - (specific[:, None] * at_specific).sum(axis=0)
    out: NDArray[np.float64] = (
        0.5 + _LEAN * (lean - _LEAN_AT) + _RING * (rules.radius.astype(np.float64) - _RING_AT)
    )
    return out


def style_of(rules: Rules, actions: Sequence[int]) -> Style:
    """The style of moves at the table; no place from fewer than four of them."""
    if len(actions) < _LEAST_MOVES:
        return Style(None, len(actions), "")
    mean = float(np.mean(leanings(rules)[np.array(actions)]))
    d = min(1.0, max(0.0, mean))
    return Style(d, len(actions), band(d))


def band(d: float) -> str:
    """The fifth of the continuum that a place lies in."""
    return BANDS[min(len(BANDS) - 1, int(d * len(BANDS)))]
