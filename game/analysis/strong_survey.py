"""A survey: decisions that sellers of different skill come to, with what every move is worth.

All of a game's decisions are weighed by the first stage of the review, which is what accuracy is
read from. A share of them is weighed again, one action a verb, with more rollouts and other
chance: what chose an action there is not what measures it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from game.analysis.bench import Bench
from game.analysis.claim_models import Arm
from game.analysis.strong_games import Moment, legal_actions, watched, weigher_for
from game.core.chance import keys_of
from game.core.rules import Col, Rules
from game.core.vocabulary import Phase
from game.policies.accuracy import move_accuracy, stake
from game.policies.worth import REVIEW_STAGES, Stage, Worths

SEED = 140_000
GAMES = 24  # of each seller
FIRST = REVIEW_STAGES[0]
FINER = (Stage(32), Stage(96, 6))
_EVERY = 3  # decisions of which one is weighed finely
_MOST_VERBS = 16
_SAMPLE = max(stage.rollouts for stage in FINER)
_OTHER_CHANCE = 0xF19E


@dataclass(frozen=True, slots=True)
class Fine:
    """A decision weighed finely."""

    phase: int
    turns_left: int  # in this meeting, the present one included
    legal: frozenset[int]  # verbs
    gaps: Mapping[int, float]  # verb -> points that its best action loses against the best of all
    spread: float  # points between the best move and the one that seemed worst


@dataclass(frozen=True, slots=True)
class Survey:
    """What one seller came to: his accuracy in each game, and decisions weighed finely."""

    accuracy: NDArray[np.float64]  # (games,) as shares
    fine: Sequence[Fine]


def survey(bench: Bench, scenario: str, changes: Mapping[str, Any], arm: Arm) -> Survey:
    """The survey of one seller's games in a scenario."""
    games = max(8, int(GAMES * bench.share))
    key = ("survey", scenario, repr(sorted(changes.items(), key=str)), repr(arm), games)
    return bench.once(key, lambda: _survey(*bench.at_table(scenario, changes, arm), games))


def _survey(rules: Rules, seller: Any, games: int) -> Survey:
    weigher = weigher_for(rules)
    right, weight = np.zeros(games), np.zeros(games)
    fine: list[Fine] = []
    verbs = rules.columns[Col.VERB]

    def visit(moment: Moment) -> None:
        legal = legal_actions(rules, moment.state)
        played = [(int(action),) for action in moment.action]
        *_, tables = weigher.weigh(moment.asked(_SAMPLE, legal, played), (FIRST,))
        for game, table, (action,) in zip(moment.game, tables, played, strict=True):
            counts = stake(table)
            loss = float(table.gap[table.at(action)])
            right[game] += counts * move_accuracy(loss) / 100
            weight[game] += counts
        ply = int(moment.state.ply[0])
        chosen = [
            k for k, game in enumerate(moment.game)
            if (game + ply) % _EVERY == 0 and tables[k].actions.size > 1
        ]  # fmt: skip
        if chosen:
            finely(moment, tables, chosen, legal)

    def finely(
        moment: Moment, tables: Sequence[Worths], chosen: list[int], legal: list[list[int]]
    ) -> None:
        shown = [_one_a_verb(verbs, tables[k]) for k in chosen]
        worst = [int(tables[k].actions[np.argmax(tables[k].gap)]) for k in chosen]
        asked = moment.asked(
            _SAMPLE, shown, [(action,) for action in worst], chosen, _OTHER_CHANCE
        )
        *_, better = weigher.weigh(asked, FINER)
        state, turns = moment.state, rules.calendar.turns
        for k, table, low in zip(chosen, better, worst, strict=True):
            gaps: dict[int, float] = {}
            for action, gap in zip(table.actions, table.gap, strict=True):
                verb = int(verbs[action])
                gaps[verb] = min(gaps.get(verb, np.inf), float(gap))
            fine.append(
                Fine(
                    phase=int(state.phase[k]),
                    turns_left=int(turns[state.meeting[k]]) - int(state.turn[k]),
                    legal=frozenset(int(verbs[a]) for a in legal[k]),
                    gaps=gaps,
                    spread=float(table.gap[table.at(low)]),
                )
            )

    watched(weigher, seller, keys_of(SEED, games), _SAMPLE, visit)
    return Survey(right / np.maximum(weight, 1e-9), fine)


def _one_a_verb(verbs: NDArray[Any], table: Worths) -> list[int]:
    """The best action of each verb, of the best `_MOST_VERBS` verbs."""
    best: dict[int, int] = {}
    for at in np.argsort(table.gap, kind="stable"):
        best.setdefault(int(verbs[table.actions[at]]), int(table.actions[at]))
    return list(best.values())[:_MOST_VERBS]


def at_table(decision: Fine) -> bool:
    return decision.phase == Phase.TABLE
