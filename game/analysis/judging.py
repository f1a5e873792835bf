"""The statistics of claims: paired differences, bounds, monotone steps, ratios, correlations.

Values are one number an episode, (n,) float64; NaN means that the episode does not count.
Directions are judged by one-sided 99 % bounds, nulls by the 99 % interval, ratios by a bootstrap.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

BOOTSTRAP_SEED = 90_000
Z99 = 2.3263  # one-sided 99 %
Z99_TWO = 2.5758
_BOOTSTRAP = 400

Values = NDArray[np.float64]


class Verdict(NamedTuple):
    """An effect, its 99 % interval, the bound it is held against, and whether it holds."""

    effect: float
    low: float
    high: float
    bound: float
    passed: bool


def mean_bound(values: Values) -> tuple[float, float, float, float]:
    """Mean, 99 % interval, and standard error, NaN left out."""
    kept = values[~np.isnan(values)]
    if kept.size < 2:
        return float("nan"), float("nan"), float("nan"), float("nan")
    mean = float(kept.mean())
    se = float(kept.std(ddof=1) / np.sqrt(kept.size))
    return mean, mean - Z99_TWO * se, mean + Z99_TWO * se, se


def difference(a: Values, b: Values) -> Values:
    """Paired differences where both apply; means of each side where they seldom do together."""
    both = ~np.isnan(a) & ~np.isnan(b)
    if both.sum() >= min(200, a.size // 4):
        out: Values = (a - b)[both]
        return out
    left, right = a[~np.isnan(a)], b[~np.isnan(b)]
    if not left.size or not right.size:
        return np.full(2, np.nan)
    size = min(left.size, right.size)
    centred = (left[:size] - left[:size].mean()) - (right[:size] - right[:size].mean())
    out = centred + (left.mean() - right.mean())
    return out


def judge(kind: str, delta: float, diff: Values) -> Verdict:
    """Hold differences (or single values) against `delta` by the test rule of the kind.

    `between` asks for a share within (delta, 1 - delta). Raises KeyError for an unknown kind.
    """
    mean, low, high, se = mean_bound(diff)
    return Verdict(mean, low, high, delta, _holds(kind, delta, mean, se))


def _holds(kind: str, delta: float, mean: float, se: float) -> bool:
    one, other = mean - Z99 * se, mean + Z99 * se
    low, high = mean - Z99_TWO * se, mean + Z99_TWO * se
    rules: dict[str, bool] = {
        "greater": one > delta,
        "positive": one > 0,
        "at_least": one > -delta,
        "null": low > -delta and high < delta,
        "below": other < delta,
        "less": other < -delta,
        "at_most": other < delta,
        "above": one > delta,
        "between": one > delta and other < 1 - delta,
    }
    return bool(rules[kind]) and not np.isnan(mean)


def moved(rule: str, verdict: Verdict, by: float, mean: bool = True) -> bool:
    """Whether a verdict would hold if its effect moved by `by` and its interval kept its width.

    `mean`: the effect is a mean of a number an episode. Of a sweep only the ends count here, and
    of a crossing only its widest step.
    """
    effect, low, high, delta, _ = verdict
    if rule == "steps":
        return effect + by <= delta
    if not mean:
        return low + by > delta
    return _holds(rule, delta, effect + by, (high - low) / (2 * Z99_TWO))


def monotone(kind: str, delta: float, points: Sequence[Values]) -> Verdict:
    """Each step at least -delta/2 and end to end more than delta; `falls` turns the sign."""
    sign = -1.0 if kind == "falls" else 1.0
    means = [sign * float(np.nanmean(p)) for p in points]
    steps = [b - a for a, b in pairwise(means)]
    total, low, high, _ = mean_bound(sign * difference(points[-1], points[0]))
    return Verdict(total, low, high, delta, min(steps) >= -delta / 2 and low > delta)


def bootstrap(delta: float, sides: Sequence[Values], statistic: Callable[..., float]) -> Verdict:
    """`statistic(*sides)` and its 99 % bootstrap bounds, rows resampled together; above delta?"""
    rng = np.random.default_rng(BOOTSTRAP_SEED)
    n = sides[0].shape[-1]
    draws = []
    for _ in range(_BOOTSTRAP):
        pick = rng.integers(0, n, n)
        draws.append(statistic(*(side[..., pick] for side in sides)))
    low, high = float(np.quantile(draws, 0.01)), float(np.quantile(draws, 0.99))
    return Verdict(statistic(*sides), low, high, delta, low > delta)


def resampled(delta: float, a: Values, b: Values) -> Verdict:
    """A difference of two statistics, each given as its value and then its resampled values."""
    draws = a[1:] - b[1:]
    low, high = float(np.quantile(draws, 0.01)), float(np.quantile(draws, 0.99))
    return Verdict(float(a[0] - b[0]), low, high, delta, low > delta)


def ratio_of_means(top: Values, bottom: Values) -> float:
    return float(np.nanmean(top)) / max(float(np.nanmean(bottom)), 1e-3)


def ratio_of_ratios(a: Values, b: Values, c: Values, d: Values) -> float:
    return ratio_of_means(a, b) / max(ratio_of_means(c, d), 1e-3)


def odds_ratio(a: Values, b: Values) -> float:
    """Odds of the event missing in b over those in a, half a case added to every count."""
    miss_a, miss_b = (float(np.nansum(1 - v)) + 0.5 for v in (a, b))
    hit_a, hit_b = (float(np.nansum(v)) + 0.5 for v in (a, b))
    return (miss_b / hit_b) / (miss_a / hit_a)


def correlation(delta: float, pair: Values) -> Verdict:
    """Pearson's r of a (2, n) pair with Fisher bounds; above `delta`?"""
    keep = ~np.isnan(pair).any(axis=0)
    x, y = pair[:, keep]
    if x.size < 30 or x.std() == 0 or y.std() == 0:
        return Verdict(float("nan"), float("nan"), float("nan"), delta, False)
    r = float(np.corrcoef(x, y)[0, 1])
    spread = 1.0 / np.sqrt(x.size - 3)
    z = np.arctanh(r)
    low, high = (float(np.tanh(z + s * Z99 * spread)) for s in (-1, 1))
    return Verdict(r, low, high, delta, low > delta)


def crossing(a: Sequence[Values], b: Sequence[Values], step: float = 0.2) -> Verdict:
    """Over a sweep: no step of either arm above `step`, and exactly one change of leader."""
    means = [[float(np.nanmean(v)) for v in arm] for arm in (a, b)]
    steps = [abs(y - x) for arm in means for x, y in pairwise(arm)]
    lead = [x > y for x, y in zip(*means, strict=True)]
    changes = sum(x != y for x, y in pairwise(lead))
    worst = max(steps)
    return Verdict(worst, min(steps), worst, step, worst <= step and changes == 1)
