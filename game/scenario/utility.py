"""Utilities of packages in exact terms, as far as checks of a scenario need them."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Literal

import numpy as np
import numpy.typing as npt

from game.scenario.model import Buyer, Issue, Scenario

Side = Literal["you", "buyer"]


def package_count(scenario: Scenario) -> int:
    return math.prod(len(issue.options) for issue in scenario.issues.values())


def buyer_weights(scenario: Scenario, buyer: Buyer) -> list[Mapping[str, float]]:
    """The weights a buyer may turn out to have: one per need, else his own, else the scenario's."""
    if buyer.needs:
        return [need.weights for need in buyer.needs.values()]
    return [buyer.weights or scenario.weights.buyer]


def best_utility(
    issues: Mapping[str, Issue], side: Side, weights: Mapping[str, float]
) -> float | None:
    """The highest utility of any package in [0, 1], or None if the weights sum to nothing."""
    total = sum(weights.get(name, 0.0) for name in issues)
    if total <= 0:
        return None
    best = sum(
        weights.get(name, 0.0) * max(getattr(issue, side), default=0.0)
        for name, issue in issues.items()
    )
    return best / total


def utilities(
    issues: Mapping[str, Issue], side: Side, weights: Mapping[str, float]
) -> npt.NDArray[np.float64]:
    """Utility of every package, shape ``(packages,)``, in the order of the issues' options."""
    total = sum(weights.get(name, 0.0) for name in issues) or 1.0
    result = np.zeros(1)
    for name, issue in issues.items():
        worth = np.asarray(getattr(issue, side), dtype=np.float64)
        result = np.add.outer(result, worth * (weights.get(name, 0.0) / total)).ravel()
    return result


def meeting_ground(scenario: Scenario, buyer: Buyer) -> bool:
    """Whether some package lies above both alternatives, for one of the buyer's needs at least."""
    mine = utilities(scenario.issues, "you", scenario.weights.you) >= scenario.you.reservation
    for weights in buyer_weights(scenario, buyer):
        theirs = utilities(scenario.issues, "buyer", weights) >= buyer.reservation.mean
        if bool(np.any(mine & theirs)):
            return True
    return False
