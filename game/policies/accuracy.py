"""What a lost point counts: the accuracy of a move, and how much a decision decides."""

from __future__ import annotations

from math import exp

import numpy as np

from game.policies.worth import Worths

_LEAST_STAKE = 0.25


def move_accuracy(loss: float) -> float:
    """0-100 for a move that loses `loss` points: the curve that lichess.org publishes for its
    accuracy metric, taken over until there is data on negotiations to fit one."""
    return min(100.0, max(0.0, 103.17 * exp(-0.04354 * loss) - 3.17))


def stake(table: Worths) -> float:
    """How much a decision decides: the standard deviation of its actions' worth, in points."""
    if table.actions.size < 2:
        return 0.0
    return max(_LEAST_STAKE, float(np.std(table.worth)))
