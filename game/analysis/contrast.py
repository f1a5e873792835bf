"""Two columns of the same seeds compared: mean difference, interval, share of games."""

from __future__ import annotations

from dataclasses import dataclass
from math import fsum, sqrt
from statistics import NormalDist
from typing import Any

import numpy as np
from numpy.typing import NDArray

Values = NDArray[Any]
SURE = 0.99


@dataclass(frozen=True, slots=True)
class Contrast:
    """Mean of the paired differences a − b with its interval, of 99 % unless more was asked for.

    `ahead` is the share of pairs in which a is greater, ties counted by half.
    """

    a: float
    b: float
    mean: float
    low: float
    high: float
    ahead: float

    @property
    def better(self) -> bool:
        """Whether a is greater beyond chance."""
        return self.low > 0

    @property
    def worse(self) -> bool:
        return self.high < 0

    @property
    def sure(self) -> bool:
        """Whether the two differ beyond chance."""
        return self.better or self.worse


def paired(a: Values, b: Values, among: int = 1) -> Contrast:
    """Compare two columns (n,) game by game.

    Where it is one comparison `among` many, the interval is widened so that all of them together
    keep the 99 % (Bonferroni). A single pair, or columns that differ by the same in every game,
    have an interval without width.
    """
    left, right = a.astype(np.float64), b.astype(np.float64)
    difference = left - right
    n = difference.size
    mean = fsum(difference) / n
    variance = fsum((difference - mean) ** 2) / (n - 1) if n > 1 else 0.0
    reach = sure_within(among) * sqrt(variance / n)
    ahead = (np.sum(difference > 0) + 0.5 * np.sum(difference == 0)) / n
    return Contrast(fsum(left) / n, fsum(right) / n, mean, mean - reach, mean + reach, float(ahead))


def sure_within(among: int = 1) -> float:
    """Standard errors to either side that `among` intervals together keep the truth within."""
    return NormalDist().inv_cdf(1 - (1 - SURE) / (2 * among))
