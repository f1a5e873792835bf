"""Which moves are ever best at a table: moves that never are, moves that always are.

Some sellers play; decisions that they come to are weighed as the review weighs them, by what the
strong seller makes of the game after each move, over the buyers that could be believed in
(decision 11). A move here is a verb with its argument, whoever is addressed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, fields

import numpy as np

from game.analysis.coverage import move_names
from game.analysis.readability import joined
from game.analysis.strong_games import Moment, legal_actions, watched, weigher_for
from game.core.chance import keys_of
from game.core.rules import Rules
from game.core.vocabulary import Phase
from game.policies.abreast import Abreast
from game.policies.scripted import Memory
from game.policies.shelf import seller_for
from game.policies.worth import Decisions as Asked
from game.policies.worth import Stage, Worths

SEED = 60_000
STAGES = (Stage(6), Stage(24, 8))
SAMPLE, PARTICLES = 24, 48
EVERY = 3  # one decision in so many is weighed
NEAR = 2.0  # points of the score that do not count as a loss
STAKE = 5.0  # points between the best and the worst move, below which a state decides nothing
FEWEST = 20  # states in which a move was legal, before anything is said of it
COSTLY = 5.0  # points that a move loses on average, before it is called never best
TOO_OFTEN = 0.6  # share of the states in which one verb is best


@dataclass(slots=True)
class Decisions:
    """What weighing some decisions came to; counters are by move, where they do not say verb.

    States in which no move makes a difference, such as lost ones, are not counted.
    """

    states: int = 0
    at_table: int = 0  # those of a meeting, of which `best` speaks
    best: Counter[str] = field(default_factory=Counter)  # by verb
    legal: Counter[str] = field(default_factory=Counter)
    near: Counter[str] = field(default_factory=Counter)  # loses at most `NEAR` points
    lost: Counter[str] = field(default_factory=Counter)  # thousandths of a point, all together
    beaten: Counter[tuple[str, str]] = field(default_factory=Counter)
    """(move, other): decisions in which the other is better by more than `NEAR`."""

    def __add__(self, other: Decisions) -> Decisions:
        both = ((f.name, getattr(self, f.name), getattr(other, f.name)) for f in fields(Decisions))
        return Decisions(**{name: a + b for name, a, b in both})

    def loss(self, move: str) -> float:
        """Points that a move loses on average where it is legal."""
        return self.lost[move] / 1000 / self.legal[move]


@dataclass(frozen=True, slots=True)
class NeverBest:
    """A move that is nowhere among the best; `by` beats it in every state, "" where none does."""

    move: str
    states: int
    loss: float
    by: str


def never_best(found: Decisions) -> list[NeverBest]:
    """Moves that were legal in enough states and lost points in each, the dearest first."""
    out = []
    for move, states in found.legal.items():
        if states < FEWEST or found.near[move] or found.loss(move) < COSTLY:
            continue
        rivals = [o for (m, o), n in found.beaten.items() if m == move and n == states]
        out.append(NeverBest(move, states, found.loss(move), min(rivals, default="")))
    return sorted(out, key=lambda one: (-one.loss, one.move))


def always_best(found: Decisions) -> tuple[str, float] | None:
    """A verb that is best in more than `TOO_OFTEN` of the states of a meeting, with its share."""
    for verb, count in found.best.most_common(1):
        share = count / found.at_table
        if found.at_table >= FEWEST and share > TOO_OFTEN:
            return verb, share
    return None


def weighed(rules: Rules, policies: Sequence[str], seed: int, games: int) -> Decisions:
    """Decisions of some games of each seller, the solo games of `seed`, `seed` + 1, …"""
    weigher = weigher_for(rules)
    names = move_names(rules)
    asked: list[Asked] = []
    at_table: list[bool] = []

    def visit(moment: Moment) -> None:
        state = moment.state
        due = (moment.game % games + state.ply) % EVERY == 0
        chosen = np.flatnonzero(due & (state.phase != Phase.AFTER)).tolist()
        legal = legal_actions(rules, state)
        chosen = [k for k in chosen if len(legal[k]) > 1]
        if chosen:
            options = [legal[k] for k in chosen]
            asked.append(moment.asked(SAMPLE, options, [()] * len(chosen), chosen))
            at_table.extend((state.phase[chosen] == Phase.TABLE).tolist())

    sellers = Abreast([seller_for(rules, policy) for policy in policies])
    keys = np.tile(keys_of(seed, games), len(policies))
    watched(weigher, sellers, keys, SAMPLE, visit, PARTICLES)
    found = Decisions()
    if asked:
        *_, tables = weigher.weigh(_together(asked), STAGES)  # all at once: a tenth of the time
        for table, there in zip(tables, at_table, strict=True):
            _count(found, names, table, there)
    return found


def _together(parts: Sequence[Asked]) -> Asked:
    """Decisions of several moments as one list."""
    memories = [part.memory for part in parts]
    return Asked(
        state=joined([part.state for part in parts]),
        sample=SAMPLE,
        memory=Memory(
            *(
                np.concatenate([getattr(memory, f.name) for memory in memories], axis=-1)
                for f in fields(Memory)
            )
        ),
        candidates=[some for part in parts for some in part.candidates],
        kept=[some for part in parts for some in part.kept],
        salts=np.concatenate([part.salts for part in parts]),
    )


def _count(found: Decisions, names: Sequence[str], table: Worths, at_table: bool) -> None:
    gaps: dict[str, float] = {}
    for action, gap in zip(table.actions.tolist(), table.gap.tolist(), strict=True):
        gaps[names[action]] = min(gaps.get(names[action], np.inf), gap)
    if max(gaps.values()) < STAKE:
        return
    found.states += 1
    if at_table:
        found.at_table += 1
        found.best[names[int(table.actions[table.best])].partition(":")[0]] += 1
    for move, gap in gaps.items():
        found.legal[move] += 1
        found.near[move] += gap <= NEAR
        found.lost[move] += round(1000 * gap)
        found.beaten.update((move, o) for o, other in gaps.items() if other + NEAR < gap)


def summed(parts: Iterable[Decisions]) -> Decisions:
    """Parts put together."""
    out = Decisions()
    for part in parts:
        out += part
    return out
