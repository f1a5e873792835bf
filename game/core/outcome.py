"""What an engagement came to: endings, utilities, the relationship, the score."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from game.core.arithmetic import Floats, Ints, clip01
from game.core.bargaining import relationship
from game.core.rules import Rules
from game.core.state import State
from game.core.trust import effective_d


@dataclass(frozen=True, slots=True)
class Outcome:
    """One value a row; utilities and shares in [0, 1], score in [0, 100]."""

    ending: Ints
    deals: Ints
    seller_utility: Floats  # mean over the deals that were to be had; own alternative where none
    buyer_utility: Floats
    relationship: Floats  # expected future: probability of staying against an equal rival
    score: Floats
    trust: Floats  # the lead buyer's, at the end
    turns: Ints  # table turns
    deal_turns: Ints  # table turns to the first agreement, 0 none
    facts: Ints
    conceded: Floats  # share of the seller's margin given away between first offer and deal


def outcome(rules: Rules, state: State) -> Outcome:
    """The three parts of the score, and the measures that go with them."""
    total = float(rules.calendar.deals)
    missed = total - state.deals.astype(np.float32)
    own = rules.bargain.seller_reservation
    reserve: Any = np.zeros(state.n, np.float32)
    says = 0
    for b in range(rules.n_buyers):
        if rules.buyers.say[b]:
            reserve = reserve + state.reservation[b]
            says += 1
    reserve = reserve / max(says, 1)
    seller = clip01((state.seller_sum + missed * own) / total - state.cost)
    buyer = clip01((state.buyer_sum + missed * reserve) / total)
    relation = relationship(rules, state, effective_d(rules, state.d))
    you, them, future = rules.score
    score = 100.0 * (you * seller + them * buyer + future * relation)
    margin = max(1.0 - own, 1e-3)
    conceded = clip01((1.0 - state.settled) / margin)
    return Outcome(
        ending=state.ending,
        deals=state.deals,
        seller_utility=seller,
        buyer_utility=buyer,
        relationship=relation,
        score=score,
        trust=state.trust[0],
        turns=state.clock,
        deal_turns=state.deal_clock,
        facts=rules.facts.count.take(state.told),
        conceded=np.where(state.deals > 0, conceded, np.float32(0)),
    )
