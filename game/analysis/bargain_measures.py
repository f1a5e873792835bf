"""Measures of bargaining and of what comes after: settlements, concessions, renewals, repair.

As in :mod:`game.analysis.measures`: one number an episode, NaN where it does not apply.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from game.core.vocabulary import Phase, Renewal

if TYPE_CHECKING:
    from game.analysis.trace import Trace

Values = NDArray[np.float64]
Measure = Callable[["Trace", float], Values]


def _at(values: NDArray[Any], step: NDArray[np.intp]) -> Values:
    return np.asarray(np.take_along_axis(values, step[None], axis=0)[0], np.float64)


def _where(mask: Any, values: NDArray[Any]) -> Values:
    return np.where(mask, np.asarray(values, np.float64), np.nan)


def _settled_price(t: Trace, _: float) -> Values:
    """Level of the price in the first package signed: 1 the seller's best, 0 his worst."""
    at = t.signed.argmax(axis=0)
    package = np.maximum(_at(t.offer, at), 0).astype(np.intp)
    return _where(t.signed.any(axis=0), t.rules.bargain.price_level[package])


def _buyer_utility_agreed(t: Trace, _: float) -> Values:
    return _where(t.played.outcome.deals > 0, t.played.outcome.buyer_utility)


def _buyer_concession(t: Trace, part: float) -> Values:
    """Utility the buyer gives up per turn from his first counter to his last.

    Over the whole meeting (0), or between the counters of its first, second or last third (1 to 3).
    """
    made = (t.aspiration >= 0) & (t.deal == 0) & (t.phase == Phase.TABLE)
    if part:
        limit = float(t.rules.calendar.turns[0])
        made &= (t.turn > limit * (part - 1) / 3) & (t.turn <= limit * part / 3)
    first = made.argmax(axis=0)
    last = made.shape[0] - 1 - made[::-1].argmax(axis=0)
    turns = _at(t.turn, last) - _at(t.turn, first)
    given = _at(t.aspiration, first) - _at(t.aspiration, last)
    return _where(made.any(axis=0) & (turns > 0), given / np.maximum(turns, 1))


def _renews(t: Trace, number: float) -> Values:
    """Whether the buyer renewed after the given deal (the first by default), if it was made."""
    asked = (t.deal == max(int(number), 1) - 1) & (t.renewal != Renewal.NONE)
    kept = (asked & (t.renewal == Renewal.RENEWED)).any(axis=0)
    return _where(asked.any(axis=0) & (t.played.state.deals > 0), kept)


def _stays_after(t: Trace, number: float) -> Values:
    """Probability of staying against an equal rival, once the given number of deals was made."""
    return _where(t.played.outcome.deals >= number, t.played.outcome.relationship)


def _trust_mended(t: Trace, number: float) -> Values:
    """Share of the trust lost in turn `number` that is back two turns later."""
    table = (t.phase == Phase.TABLE) & (t.deal == 0)
    hit, later = (table & (t.turn == number)), (table & (t.turn == number + 2))
    at, end = hit.argmax(axis=0), later.argmax(axis=0)
    low = _at(t.trust, at)
    lost = _at(t.trust_before, at) - low
    back = (_at(t.trust, end) - low) / np.maximum(lost, 0.01)
    return _where(hit.any(axis=0) & later.any(axis=0) & (lost > 0.01), back)


BARGAIN_MEASURES: dict[str, Measure] = {
    "settled_price": _settled_price,
    "buyer_utility_agreed": _buyer_utility_agreed,
    "buyer_concession": _buyer_concession,
    "renews": _renews,
    "stays_after": _stays_after,
    "trust_mended": _trust_mended,
    "diffuseness": lambda t, _: np.asarray(t.played.state.d[0], np.float64),
}
