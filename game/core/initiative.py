"""What the buyer starts of his own accord: probabilities of at most one initiative a turn.

The early price question is a diffuse, untrusting buyer's probe; a specific one asks when the
blocks are laid. The return date is a bargainer's question. Each opens a question that bends what
the next move means.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from game.core.arithmetic import (
    ONE,
    Bools,
    Floats,
    Ints,
    any_of,
    clip01,
    constant,
    either,
    of_rows,
    positive,
    running_sums,
)
from game.core.move import Addressee, Move
from game.core.poles import Poles
from game.core.rules import Rules
from game.core.state import State
from game.core.vocabulary import Initiative

KINDS = tuple(i for i in Initiative if i is not Initiative.NONE)
# Row of each kind in the table of chances.
(
    ASKS_PRICE, ASKS_RETURN, PERSONAL, DEMAND, NUMBERS, INVITES, MISSTATES, STALLS, DISMISSES,
    HANDS_OVER,
) = range(len(KINDS))  # fmt: skip
_BITS = np.array([[1 << kind] for kind in KINDS], np.int16)
_NONE = constant(0, np.int16)
_FIRST_TURN, _SECOND, _THIRD = (constant(turn, np.int16) for turn in (1, 2, 3))
_FOURTH, _EARLY_TURNS = constant(4, np.int16), constant(5, np.int16)
_AT_MOST = constant(0.85)
# How fast growing trust calms a curious buyer and a bargainer, and opens a personal talk, a house.
_CALMS, _SOFTENS, _OPENS, _WELCOMES = map(constant, (2.2, 1.3, 4, 2.5))
_QUIETS = constant(3)  # how much a demand declined well slows the next
_HANDS_AT, _HANDS_OVER = constant(0.4), constant(0.8)


def pick(values: NDArray[Any], who: Ints) -> Any:
    """The addressee's row of a (B, n) array, as (n,)."""
    out: Any = values[0]
    for b in range(1, values.shape[0]):
        out = either(who == b, values[b], out)
    return out


def probabilities(
    rules: Rules,
    state: State,
    p: Poles,
    move: Move,
    him: Addressee,
    cold: Floats | None,
    near_departure: Bools | None,
) -> Floats:
    """Chance of each of `KINDS` for the addressee, (kinds, n); `cumulative` bounds their sum.

    `cold` (n,) is the chance that a cold caller is shown out after this first turn. A kind that
    can start in no row is passed over.
    """
    w, calendar = rules.numbers, rules.calendar
    turn, trust, d = state.turn, him.trust, him.d
    named = state.price_named
    fresh = (state.initiated & _BITS) == _NONE
    business = move.open & move.business
    second = turn >= _SECOND
    parts = np.zeros((len(KINDS), state.n), np.float32)

    can = business & ~named & fresh[ASKS_PRICE]
    if any_of(can):
        early = w.asks_price_early * d * d * positive(ONE - _CALMS * trust)
        curious = either(turn <= _EARLY_TURNS, early, move.own(p.asks_price_late))
        parts[ASKS_PRICE] = curious * can
    if calendar.flight_meeting >= 0:
        can = business & (state.meeting == calendar.flight_meeting) & (turn >= _THIRD)
        can = can & ~state.flight_known & fresh[ASKS_RETURN]
        parts[ASKS_RETURN] = can * (rules.buyers.bargainer.take(move.who) * w.asks_return)
    can = move.open & second & move.outside & fresh[PERSONAL]
    if any_of(can):
        parts[PERSONAL] = d * clip01(trust * _OPENS) * w.asks_personal * can
    can = business & named
    if any_of(can):
        can = can & (state.demand < _NONE) & (state.demanded < (1 << len(rules.demands)) - 1)
        rate = of_rows(rules.machine.demand_rate, him.trust_state) / (ONE + _QUIETS * state.quiet)
        if near_departure is not None:
            late = near_departure * rules.buyers.bargainer.take(move.who)
            rate = np.maximum(rate, w.late_demand * (late * positive(ONE - _SOFTENS * trust)))
        parts[DEMAND] = rate * can
    can = business & (named | state.pointed) & fresh[NUMBERS]
    if any_of(can):
        parts[NUMBERS] = move.own(p.asks_numbers) * can
    can = move.open & second & fresh[INVITES]
    if any_of(can):
        parts[INVITES] = move.own(p.invites) * clip01(trust * _WELCOMES) * can
    parts[MISSTATES] = w.misstates * (business & second & fresh[MISSTATES])
    if any_of(him.push):
        parts[STALLS] = w.stalls * him.push * d * business
    if cold is not None:
        parts[DISMISSES] = cold * (move.open & (turn == _FIRST_TURN))
    if rules.n_buyers > 1:
        can = business & calendar.coming.take(state.meeting, mode="clip") & state.problem
        can = can & (turn >= _FOURTH) & (state.deal == _NONE)
        if any_of(can):
            parts[HANDS_OVER] = clip01(trust - _HANDS_AT) * _HANDS_OVER * can
    return parts


def cumulative(parts: Floats, live: Floats) -> Floats:
    """Edges of "nothing" and of every kind but the last, (kinds, n), for one draw.

    `live` (n,) scales all chances; together they never exceed .85.
    """
    reached = running_sums(parts)
    scale = live * (_AT_MOST / np.maximum(reached[-1], _AT_MOST))
    edges = np.empty_like(parts)
    edges[0] = ONE - reached[-1] * scale
    edges[1:] = edges[0] + reached[:-1] * scale
    return edges
