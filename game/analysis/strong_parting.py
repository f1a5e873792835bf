"""Parting held against the best deal, with the buyer's cards on the table."""

from __future__ import annotations

import numpy as np

from game.analysis.judging import Values
from game.analysis.strong_games import legal_actions, weigher_for
from game.core.chance import keys_of, mixed_keys
from game.core.rules import Rules
from game.core.start import initial_state
from game.policies.worth import Decisions, Stage

_STAGES = (Stage(8), Stage(32, 4))
_MARGIN = 2.0  # points within which two moves are as good as each other
_SALT = 0x9A27


def parting_share(rules: Rules, seed: int, draws: int) -> Values:
    """For each draw of the hidden buyer 1 where parting at once is as good as anything else.

    `rules` score nothing but the seller's utility; parting brings him his own alternative. What
    else he could do is the best first move and the strong script after it, the draw being known.
    """
    weigher = weigher_for(rules)
    keys = keys_of(seed, draws)
    state = initial_state(rules, keys)
    asked = Decisions(
        state=state,
        sample=1,
        memory=weigher.script.start(draws),
        candidates=legal_actions(rules, state),
        kept=[()] * draws,
        salts=mixed_keys(keys, _SALT),
    )
    *_, tables = weigher.weigh(asked, _STAGES)
    best = np.array([table.worth[table.best] for table in tables])
    alone = 100.0 * rules.bargain.seller_reservation
    return (best <= alone + _MARGIN).astype(np.float64)
