"""Which moves are ever best at a table: moves that never are, moves that always are.

Some sellers play; decisions that they come to are weighed as the review weighs them, by what the
strong seller makes of the game after each move, over the buyers that could be believed in
(decision 11). A move here is a verb with its argument, whoever is addressed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np

from game.analysis.coverage import move_names
from game.analysis.strong_games import Moment, legal_actions, watched, weigher_for
from game.core.chance import keys_of
from game.core.rules import Rules
from game.core.vocabulary import Phase
from game.policies.shelf import seller_for
from game.policies.worth import Stage, Worths

SEED = 60_000
STAGES = (Stage(6), Stage(24, 10))
SAMPLE, PARTICLES = 24, 64
EVERY = 3  # one decision in so many is weighed
NEAR = 2.0  # points of the score that do not count as a loss


@dataclass(slots=True)
class Decisions:
    """What weighing some decisions came to; counters are by move (or by verb, where said)."""

    states: int = 0
    legal: Counter[str] = field(default_factory=Counter)
    near: Counter[str] = field(default_factory=Counter)  # loses at most `NEAR` points
    best: Counter[str] = field(default_factory=Counter)
    best_verb: Counter[str] = field(default_factory=Counter)
    lost: dict[str, float] = field(default_factory=dict)  # points lost in all decisions together
    least: dict[str, float] = field(default_factory=dict)  # points lost where it loses least
    beaten: Counter[tuple[str, str]] = field(default_factory=Counter)
    """(move, other): decisions with both in which the other loses less."""
    together: Counter[tuple[str, str]] = field(default_factory=Counter)

    def __add__(self, other: Decisions) -> Decisions:
        moves = [*self.lost, *(m for m in other.lost if m not in self.lost)]
        return Decisions(
            self.states + other.states,
            self.legal + other.legal,
            self.near + other.near,
            self.best + other.best,
            self.best_verb + other.best_verb,
            {m: self.lost.get(m, 0.0) + other.lost.get(m, 0.0) for m in moves},
            {m: min(self.least.get(m, np.inf), other.least.get(m, np.inf)) for m in moves},
            self.beaten + other.beaten,
            self.together + other.together,
        )


def weighed(rules: Rules, policy: str, seed: int, games: int) -> Decisions:
    """Decisions of some games of one seller, the solo games of `seed`, `seed` + 1, …"""
    weigher = weigher_for(rules)
    names = move_names(rules)
    found = Decisions()

    def visit(moment: Moment) -> None:
        state = moment.state
        due = (moment.game + state.ply) % EVERY == 0
        chosen = np.flatnonzero(due & (state.phase != Phase.AFTER)).tolist()
        legal = legal_actions(rules, state)
        chosen = [k for k in chosen if len(legal[k]) > 1]
        if chosen:
            asked = moment.asked(SAMPLE, [legal[k] for k in chosen], [()] * len(chosen), chosen)
            *_, tables = weigher.weigh(asked, STAGES)
            for table in tables:
                _count(found, names, table)

    watched(weigher, seller_for(rules, policy), keys_of(seed, games), SAMPLE, visit, PARTICLES)
    return found


def _count(found: Decisions, names: Sequence[str], table: Worths) -> None:
    gaps: dict[str, float] = {}
    for action, gap in zip(table.actions.tolist(), table.gap.tolist(), strict=True):
        gaps[names[action]] = min(gaps.get(names[action], np.inf), gap)
    best = names[int(table.actions[table.best])]
    found.states += 1
    found.best[best] += 1
    found.best_verb[best.partition(":")[0]] += 1
    for move, gap in gaps.items():
        found.legal[move] += 1
        found.near[move] += gap <= NEAR
        found.lost[move] = found.lost.get(move, 0.0) + gap
        found.least[move] = min(found.least.get(move, np.inf), gap)


def summed(parts: Iterable[Decisions]) -> Decisions:
    """Parts put together."""
    out = Decisions()
    for part in parts:
        out += part
    return out
