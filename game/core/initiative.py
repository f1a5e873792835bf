"""What the buyer starts of his own accord: probabilities of at most one initiative a turn.

The early price question is a diffuse, untrusting buyer's probe; a specific one asks when the
blocks are laid. The return date is a bargainer's question. Each opens a question that bends what
the next move means.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from game.core.arithmetic import ZERO, Bools, Floats, Ints, clip01, positive
from game.core.poles import Poles
from game.core.rules import Rules
from game.core.state import State
from game.core.vocabulary import Initiative, Phase

KINDS = tuple(i for i in Initiative if i is not Initiative.NONE)
_AT = {kind: row for row, kind in enumerate(KINDS)}
_EARLY_TURNS = 5
_AT_MOST = np.float32(0.85)
_TABLE = int(Phase.TABLE)
_BIT: dict[Initiative, np.int16] = {kind: np.int16(1 << kind) for kind in KINDS}


def pick(values: NDArray[Any], who: Ints) -> Any:
    """The addressee's row of a (B, n) array, as (n,)."""
    out: Any = values[0]
    for b in range(1, values.shape[0]):
        out = np.where(who == b, values[b], out)
    return out


def probabilities(
    rules: Rules,
    state: State,
    d: Floats,
    p: Poles,
    trust: Floats,
    trust_state: Ints,
    push: Floats,
    who: Ints,
    cold: Floats,
    near_departure: Bools,
    relational: Bools,
) -> Floats:
    """Chance of each of `KINDS` for the addressee, (kinds, n); `cumulative` bounds their sum.

    `cold` (n,) is the chance that a cold caller is shown out after this first turn;
    `relational` says that the seller's move lay outside the problem.
    """
    w, calendar = rules.weights, rules.calendar
    at_table = state.phase == _TABLE
    business = at_table & ~calendar.banned.take(state.meeting, mode="clip")
    turn = state.turn
    warmed = at_table & (turn >= 2)
    done = state.initiated

    def fresh(kind: Initiative) -> Bools:
        out: Bools = (done & _BIT[kind]) == 0
        return out

    doubt = positive(1.0 - 2.2 * trust)
    curious = np.where(turn <= _EARLY_TURNS, w.asks_price_early * d * d * doubt, p.asks_price_late)
    asks_price = curious * (business & ~state.price_named & fresh(Initiative.ASKS_PRICE))

    asks_return = demand = hands = ZERO
    bargainer = rules.buyers.bargainer.take(who)
    if calendar.flight_meeting >= 0:
        here = business & (state.meeting == calendar.flight_meeting) & (turn >= 3)
        here = here & ~state.flight_known & fresh(Initiative.ASKS_RETURN)
        asks_return = here * (bargainer * w.asks_return)

    personal = d * clip01(trust * 4.0) * w.asks_personal
    personal = personal * (warmed & relational & fresh(Initiative.PERSONAL))

    if state.price_named.any():
        asking = business & state.price_named & (state.demand < 0)
        asking = asking & (state.demanded < (1 << len(rules.demands)) - 1)
        rate = rules.machine.demand_rate.take(trust_state) / (1.0 + 3.0 * state.quiet)
        late = near_departure * bargainer * positive(1.0 - 1.3 * trust)
        demand = asking * np.maximum(rate, w.late_demand * late)

    numbers = business & (state.price_named | state.pointed) & fresh(Initiative.NUMBERS)
    invites = p.invites * clip01(trust * 2.5) * (warmed & fresh(Initiative.INVITES))
    slips = business & (turn >= 2) & fresh(Initiative.MISSTATES)
    stalls = w.stalls * push * d * business
    if rules.n_buyers > 1:
        ready = (
            business
            & calendar.coming.take(state.meeting, mode="clip")
            & state.problem
            & (turn >= 4)
        )
        hands = clip01(trust - 0.4) * 0.8 * (ready & (state.deal == 0))

    parts = np.empty((len(KINDS), state.n), np.float32)
    parts[_AT[Initiative.ASKS_PRICE]] = asks_price
    parts[_AT[Initiative.ASKS_RETURN]] = asks_return
    parts[_AT[Initiative.PERSONAL]] = personal
    parts[_AT[Initiative.DEMAND]] = demand
    parts[_AT[Initiative.NUMBERS]] = p.asks_numbers * numbers
    parts[_AT[Initiative.INVITES]] = invites
    parts[_AT[Initiative.MISSTATES]] = slips * np.float32(w.misstates)
    parts[_AT[Initiative.STALLS]] = stalls
    parts[_AT[Initiative.DISMISSES]] = cold * (at_table & (turn == 1))
    parts[_AT[Initiative.HANDS_OVER]] = hands
    return parts


def cumulative(parts: Floats, live: Floats) -> Floats:
    """Edges of "nothing" and of every kind but the last, (kinds, n), for one draw.

    `live` (n,) scales all chances; together they never exceed .85.
    """
    reached = np.add.accumulate(parts, axis=0)
    scale = live * (_AT_MOST / np.maximum(reached[-1], _AT_MOST))
    edges = np.empty_like(parts)
    edges[0] = 1.0 - reached[-1] * scale
    edges[1:] = edges[0] + reached[:-1] * scale
    return edges
