"""What the buyer starts of his own accord: probabilities of at most one initiative a turn.

The early price question is a diffuse, untrusting buyer's probe; a specific one asks when the blocks are laid. The return
date is a bargainer's question. Each opens a question that bends what the next move means.
"""

from __future__ import annotations

import numpy as np

from game.core.arithmetic import Bools, Floats, Ints, clip01, mix, positive
from game.core.rules import Rules
from game.core.state import State
from game.core.vocabulary import Initiative, Phase

KINDS = tuple(i for i in Initiative if i is not Initiative.NONE)
_EARLY_TURNS = 5
_LATE_FROM = 5
_AT_MOST = np.float32(0.85)


def pick(values: Floats | Ints, who: Ints) -> Floats:
    """The addressee's row of a (B, n) array, as (n,)."""
    out = values[0]
    for b in range(1, values.shape[0]):
        out = np.where(who == b, values[b], out)
    return out  # type: ignore[return-value]


def probabilities(
    rules: Rules,
    state: State,
    d: Floats,
    trust: Floats,
    push: Floats,
    who: Ints,
    cold: Floats,
    near_departure: Bools,
    relational: Bools,
) -> list[Floats]:
    """Probability of each of `KINDS` for the addressee, each (n,), summing to at most .85.

    `cold` (n,) is the chance that a cold caller is shown out after this first turn;
    `relational` says that the seller's move lay outside the problem.
    """
    w, people = rules.weights, rules.buyers
    at_table = state.phase == Phase.TABLE
    banned = rules.calendar.banned.take(state.meeting, mode="clip")
    business = at_table & ~banned
    turn = state.turn
    bargainer = pick(np.broadcast_to(people.bargainer[:, None], (rules.n_buyers, state.n)), who)

    def fresh(kind: Initiative) -> Bools:
        out: Bools = (state.initiated & np.int16(1 << kind)) == 0
        return out

    unnamed = business & ~state.price_named & fresh(Initiative.ASKS_PRICE)
    doubt = positive(np.float32(1) - np.float32(2.2) * trust)
    early = np.float32(w.asks_price_early) * d * d * doubt * (turn <= _EARLY_TURNS)
    late = mix(*w.asks_price_late, d) * (turn > _LATE_FROM)
    asks_price = unnamed * (early + late)

    flight = (
        business
        & (state.meeting == rules.calendar.flight_meeting)
        & ~state.flight_known
        & fresh(Initiative.ASKS_RETURN)
    )
    asks_return = flight * (turn >= 3) * bargainer * np.float32(w.asks_return)

    curious = at_table & fresh(Initiative.PERSONAL) & (turn >= 2) & relational
    personal = curious * d * clip01(trust * 4) * np.float32(w.asks_personal)

    asking = business & state.price_named & (state.demand < 0)
    asking = asking & (state.demanded < (1 << len(rules.demands)) - 1)
    rate = rules.machine.demand_rate.take(pick(state.trust_state, who).astype(np.int32))
    rate = rate / (np.float32(1) + np.float32(3) * state.quiet)
    late_demand = near_departure * bargainer * positive(np.float32(1) - np.float32(1.3) * trust)
    demand = asking * np.maximum(rate, np.float32(w.late_demand) * late_demand)

    numbers = business & fresh(Initiative.NUMBERS) & (state.price_named | state.pointed)
    confronts = numbers * mix(*w.asks_numbers, d)

    inviting = at_table & fresh(Initiative.INVITES) & (turn >= 2)
    invites = inviting * mix(*w.invites, d) * clip01(trust * np.float32(2.5)) * (turn >= 2)

    slip = business & fresh(Initiative.MISSTATES) & (turn >= 2)
    misstates = slip * np.float32(w.misstates)

    stalls = business * np.float32(w.stalls) * push * d
    dismisses = (turn == 1) * at_table * cold

    present = rules.calendar.present
    hands = np.zeros(state.n, np.float32)
    if rules.n_buyers > 1:
        next_meeting = np.minimum(state.meeting + 1, len(rules.calendar.turns) - 1)
        met_all = np.zeros(state.n, np.bool_)
        for b in range(rules.n_buyers):
            coming = present[b].take(next_meeting) & ~present[b].take(state.meeting)
            met_all = met_all | coming
        ready = met_all & state.problem & (turn >= 4) & (state.deal == 0)
        hands = (business & ready) * clip01(trust - np.float32(0.4)) * np.float32(0.8)

    raw = [
        asks_price, asks_return, personal, demand, confronts, invites, misstates, stalls,
        dismisses, hands,
    ]  # fmt: skip
    raw = [p.astype(np.float32) for p in raw]
    total = raw[0]
    for p in raw[1:]:
        total = total + p
    scale = _AT_MOST / np.maximum(total, _AT_MOST)
    return [p * scale for p in raw]
