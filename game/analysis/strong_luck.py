"""Luck: what the buyer's answers added to a game or took from it, apart from the choices made."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from game.analysis.bench import Bench
from game.analysis.claim_models import Arm
from game.analysis.judging import Values
from game.analysis.strong_games import Moment, watched, weigher_for
from game.core.chance import keys_of
from game.core.rules import Rules
from game.policies.shelf import Seller
from game.policies.worth import REVIEW_STAGES

SEED = 150_000
_FIRST = REVIEW_STAGES[0]
_AT_ONCE = 250  # games; each carries its own possible buyers


def luck(bench: Bench, scenario: str, changes: Mapping[str, Any], arm: Arm, games: int) -> Values:
    """The sum of the luck terms of each game, as a share of the score's 100 points, (games,).

    A term is the worth of where a turn led to, less the worth of the move itself: both are
    expectations of the same final score, the one after and the other before the buyer's answer.
    """
    rules, seller = bench.at_table(scenario, changes, arm)
    parts = [
        _luck(rules, seller, SEED + first, min(_AT_ONCE, games - first))
        for first in range(0, games, _AT_ONCE)
    ]
    return np.concatenate(parts)


def _luck(rules: Rules, seller: Seller, seed: int, games: int) -> Values:
    weigher = weigher_for(rules)
    summed = np.zeros(games)
    moves = np.zeros(games)  # worth of the last move made

    def visit(moment: Moment) -> None:
        nothing = [()] * moment.game.size
        played = [(int(action),) for action in moment.action]
        asked = moment.asked(_FIRST.rollouts, nothing, played)
        *_, tables = weigher.weigh(asked, (_FIRST,))
        started = moment.state.ply > 0
        now = np.array([table.worth[table.par] for table in tables])
        made = [table.worth[table.at(a)] for table, (a,) in zip(tables, played, strict=True)]
        summed[moment.game] += np.where(started, now - moves[moment.game], 0.0)
        moves[moment.game] = made

    played = watched(weigher, seller, keys_of(seed, games), _FIRST.rollouts, visit)
    return (summed + played.outcome.score - moves) / 100
