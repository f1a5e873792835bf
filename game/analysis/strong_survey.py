"""A survey: decisions that sellers of different skill come to, with what every move is worth.

All of a game's decisions are weighed by the first stage of the review, which is what accuracy is
read from. One of every few, and all in which a question or a demand is open or that lie between
meetings, are weighed again, one action a verb, with more rollouts and other chance: what chose an
action there is not what measures it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from game.analysis.bench import SEED, Bench
from game.analysis.claim_models import Arm
from game.analysis.judging import Values
from game.analysis.strong_games import Moment, legal_actions, watched, weigher_for
from game.core.arithmetic import Bools
from game.core.chance import Keys, keys_of
from game.core.rules import Col, Rules
from game.core.vocabulary import Phase
from game.policies.accuracy import move_accuracy, stake
from game.policies.seller import Seller
from game.policies.worth import REVIEW_STAGES, Stage, Worths

GAMES = 16  # of each seller
MORE_GAMES = 24  # of a script, who plays for nothing, for his accuracy alone
FIRST = REVIEW_STAGES[0]
FINER = (Stage(32), Stage(96, 6))
_EVERY = 3  # decisions of which one is weighed finely
_MOST_VERBS = 16
_SAMPLE = max(stage.rollouts for stage in FINER)
_OTHER_CHANCE = 0xF19E


@dataclass(frozen=True, slots=True)
class Fine:
    """A decision weighed finely."""

    regular: bool  # one of every few
    rare: bool  # between meetings, or something was to be answered: all of these are weighed
    phase: int
    meeting: int  # from 0
    turns_left: int  # in this meeting, the present one included
    legal: frozenset[str]  # verbs
    gaps: Mapping[str, float]  # verb -> points that its best action loses against the best of all
    spread: float  # points between the best move and the one that seemed worst


@dataclass(frozen=True, slots=True)
class Survey:
    """What one seller came to: (games,) from the bench's seed on, and decisions weighed finely."""

    own: Values  # utility
    accuracy: Values  # as shares
    fine: Sequence[Fine]


def survey(bench: Bench, scenario: str, changes: Mapping[str, Any], arm: Arm) -> Survey:
    """The survey of one seller's games in a scenario."""
    key = ("survey", scenario, repr(sorted(changes.items(), key=str)), repr(arm))
    games = max(4, int(GAMES * bench.share))

    def make() -> Survey:
        return _survey(*bench.at_table(scenario, changes, arm), keys_of(SEED, games), True)

    return bench.once(key, make)


def accuracy(bench: Bench, scenario: str, changes: Mapping[str, Any], arm: Arm) -> Values:
    """The accuracy of each game from the bench's seed on: those of the survey, and more of a
    script, (games,)."""
    found = survey(bench, scenario, changes, arm).accuracy
    more = int(MORE_GAMES * bench.share)
    if arm.policy == "optimal" or not more:
        return found

    def make() -> Values:
        keys = keys_of(SEED + found.size, more)
        return _survey(*bench.at_table(scenario, changes, arm), keys, False).accuracy

    key = ("accuracy", scenario, repr(sorted(changes.items(), key=str)), repr(arm))
    return np.concatenate([found, bench.once(key, make)])


def _survey(rules: Rules, seller: Seller, keys: Keys, some_finely: bool) -> Survey:
    weigher = weigher_for(rules)
    right, weight = np.zeros(keys.size), np.zeros(keys.size)
    fine: list[Fine] = []
    verbs = [rules.verbs[v] for v in rules.columns[Col.VERB]]

    def visit(moment: Moment) -> None:
        legal = legal_actions(rules, moment.state)
        played = [(int(action),) for action in moment.action]
        *_, tables = weigher.weigh(moment.asked(_SAMPLE, legal, played), (FIRST,))
        for game, table, (action,) in zip(moment.game, tables, played, strict=True):
            counts = stake(table)
            loss = float(table.gap[table.at(action)])
            right[game] += counts * move_accuracy(loss) / 100
            weight[game] += counts
        if some_finely:
            state = moment.state
            due = (moment.game + int(state.ply[0])) % _EVERY == 0
            rare = (state.asked > 0) | (state.demand >= 0) | (state.phase == Phase.BETWEEN)
            choice = np.array([table.actions.size > 1 for table in tables])
            chosen = np.flatnonzero((due | rare) & choice).tolist()
            if chosen:
                finely(moment, tables, chosen, legal, due, rare)

    def finely(
        moment: Moment,
        tables: Sequence[Worths],
        chosen: list[int],
        legal: list[list[int]],
        due: Bools,
        rare: Bools,
    ) -> None:
        shown = [_one_a_verb(verbs, tables[k]) for k in chosen]
        worst = [int(tables[k].actions[np.argmax(tables[k].gap)]) for k in chosen]
        asked = moment.asked(_SAMPLE, shown, [(action,) for action in worst], chosen, _OTHER_CHANCE)
        *_, better = weigher.weigh(asked, FINER)
        state, turns = moment.state, rules.calendar.turns
        for k, table, low in zip(chosen, better, worst, strict=True):
            gaps: dict[str, float] = {}
            for action, gap in zip(table.actions, table.gap, strict=True):
                verb = verbs[action]
                gaps[verb] = min(gaps.get(verb, np.inf), float(gap))
            fine.append(
                Fine(
                    regular=bool(due[k]),
                    rare=bool(rare[k]),
                    phase=int(state.phase[k]),
                    meeting=int(state.meeting[k]),
                    turns_left=int(turns[state.meeting[k]]) - int(state.turn[k]),
                    legal=frozenset(verbs[a] for a in legal[k]),
                    gaps=gaps,
                    spread=float(table.gap[table.at(low)]),
                )
            )

    played = watched(weigher, seller, keys, _SAMPLE, visit)
    own = played.outcome.seller_utility.astype(np.float64)
    return Survey(own, right / np.maximum(weight, 1e-9), fine)


def _one_a_verb(verbs: Sequence[str], table: Worths) -> list[int]:
    """The best action of each verb, of the best `_MOST_VERBS` verbs."""
    best: dict[str, int] = {}
    for at in np.argsort(table.gap, kind="stable"):
        best.setdefault(verbs[table.actions[at]], int(table.actions[at]))
    return list(best.values())[:_MOST_VERBS]


def at_table(decision: Fine) -> bool:
    return decision.phase == Phase.TABLE
