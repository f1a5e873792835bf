"""Mistakes planted in a strong seller's games, and what is left of them when he has played on.

A mistake is a move in the first third of the first deal's table turns that loses `LEAST` points
or more, one action a verb. Which moves seem bad, which are and how much they lose is measured with
different chance, so that what was chosen for looking bad is not also measured by it. Moves that
close the talks by the seller's own hand are left out: nothing is played after them.

What a mistake lost, and what of it comes back, is told in trust. In expected points it could not
be told: a loss in points is what the best play after it does not bring back.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from game.analysis.bench import Bench
from game.analysis.claim_models import Arm
from game.analysis.strong_games import Moment, legal_actions, watched, weigher_for
from game.core.arithmetic import Ints
from game.core.chance import Chance, keys_of, mixed_keys
from game.core.legal import Flags
from game.core.rules import EFFECT, Col, Rules
from game.core.state import State, rows
from game.core.step import step
from game.core.view import view_for
from game.core.vocabulary import Ending, Phase
from game.policies.optimal import Mind, Optimal
from game.policies.run import play
from game.policies.worth import Stage, Weigher, Worths

SEED = 160_000
GAMES = 20
PLANTS = 3  # decisions of a game in which mistakes are planted: one slip, one deception
LEAST = 10.0  # points
SOON = 3  # turns
_DRAWS = 32  # possible buyers of whom it is asked whether they leave
_LOOKS = (Stage(8), Stage(32), Stage(64))  # what seems bad, what is, and by how much
_SAMPLE = 64
_CHANCE = (None, 0x0DD, 0x3D)
_SOON_CHANCE = 0x5001
_CLOSING = ("part", "accept")


@dataclass(slots=True)
class Mistakes:
    """What became of the mistakes planted, one value each; points are those of the score."""

    verbs: list[str] = field(default_factory=list)
    deceives: list[bool] = field(default_factory=list)
    games: list[int] = field(default_factory=list)
    points: list[float] = field(default_factory=list)  # lost, as the review reckons
    lost: list[float] = field(default_factory=list)  # trust that was missing at once …
    missing: list[float] = field(default_factory=list)  # … and in the end
    closed: list[float] = field(default_factory=list)  # chance that the buyer leaves soon after


def mistakes(bench: Bench, scenario: str, changes: Mapping[str, Any], arm: Arm) -> Mistakes:
    """Plant mistakes in the games of the strong seller, `arm`, in a scenario."""
    games = max(4, int(GAMES * bench.share))
    key = ("mistakes", scenario, repr(sorted(changes.items(), key=str)), repr(arm), games)
    rules, seller = bench.at_table(scenario, changes, arm)
    if not isinstance(seller, Optimal):
        raise ValueError("mistakes are planted in the strong seller's games")
    return bench.once(key, lambda: _mistakes(rules, seller, games))


def _mistakes(rules: Rules, seller: Optimal, games: int) -> Mistakes:
    found = Mistakes()
    weigher = weigher_for(rules)
    calendar = rules.calendar
    third = max(1, int(sum(calendar.turns[: calendar.first_meetings])) // 3)

    def visit(moment: Moment) -> None:
        state = moment.state
        due = (state.phase == Phase.TABLE) & (state.deal == 0) & (state.clock < third)
        turn = (state.clock + moment.game) % max(1, -(-third // PLANTS)) == 0
        chosen = np.flatnonzero(due & turn).tolist()
        planted = _planted(weigher, moment, chosen) if chosen else []
        if planted:
            _play_on(weigher, seller, moment, planted, found)

    played = watched(weigher, seller, keys_of(SEED, games), _SAMPLE, visit)
    unspoilt = _trust(played.state)[found.games]
    found.missing = (unspoilt - np.array(found.missing)).tolist()
    return found


def _trust(state: State) -> NDArray[np.float64]:
    """Trust of the buyers on average, (n,)."""
    mean: NDArray[np.float64] = state.trust.astype(np.float64).mean(axis=0)
    return mean


def _planted(
    weigher: Weigher, moment: Moment, chosen: Sequence[int]
) -> list[tuple[int, int, float]]:
    """(decision, action, points lost) of the mistakes to be made in the chosen decisions."""
    rules = weigher.rules
    verbs = rules.columns[Col.VERB]
    legal = legal_actions(rules, rows(moment.state, np.array(chosen)))
    played = [int(moment.action[k]) for k in chosen]

    def looked(number: int, some: Sequence[Sequence[int]]) -> list[Worths]:
        kept = [(action,) for action in played]
        asked = moment.asked(_SAMPLE, some, kept, chosen, _CHANCE[number])
        *_, tables = weigher.weigh(asked, (_LOOKS[number],))
        return tables

    def lost(table: Worths, own: int, action: int) -> float:
        return float(table.worth[table.at(own)] - table.worth[table.at(action)])

    seeming: list[list[int]] = []
    for table in looked(0, legal):
        worst: dict[int, int] = {}
        for at in np.argsort(-table.gap, kind="stable"):
            if table.gap[at] >= LEAST:
                worst.setdefault(int(verbs[table.actions[at]]), int(table.actions[at]))
        seeming.append([a for v, a in sorted(worst.items()) if rules.verbs[v] not in _CLOSING])
    second = zip(looked(1, seeming), seeming, played, strict=True)
    bad = []
    for k, (table, some, own) in zip(chosen, second, strict=True):
        low = [a for a in some if lost(table, own, a) >= LEAST]
        kinds = [[a for a in low if _deceives(rules, a) == kind] for kind in (False, True)]
        bad.append([kind[int(moment.game[k]) % len(kind)] for kind in kinds if kind])
    third = zip(chosen, looked(2, bad), bad, played, strict=True)
    return [(k, a, lost(table, own, a)) for k, table, some, own in third for a in some]


def _deceives(rules: Rules, action: int) -> bool:
    return int(rules.columns[Col.EFFECT, action]) in (EFFECT["bluff"], EFFECT["falsify"])


def _play_on(
    weigher: Weigher,
    seller: Optimal,
    moment: Moment,
    planted: Sequence[tuple[int, int, float]],
    found: Mistakes,
) -> None:
    """Make each mistake and let the seller go on to the end, with the chance of his own game."""
    rules = weigher.rules
    which = np.array([k for k, _, _ in planted])
    made = np.array([action for _, action, _ in planted], np.int32)
    soon = _left_soon(weigher, moment, which, made)
    state, script = rows(moment.state, which), moment.memory.rows(which)
    chance = Chance.for_step(state.key, state.ply, rules.n_buyers)
    start, record = step(rules, state, made, chance)
    weigher.note(script, made)
    belief = moment.belief.only(which).after(rules, made, record.seen, view_for(rules, start))
    lost = _trust(rows(moment.after, which)) - _trust(start)
    played = play(rules, seller, start.key, start=start, memory=Mind(script, belief))
    left_with = _trust(played.state)
    for n, (k, action, points) in enumerate(planted):
        found.verbs.append(rules.verbs[int(rules.columns[Col.VERB, action])])
        found.deceives.append(_deceives(rules, action))
        found.games.append(int(moment.game[k]))
        found.points.append(points)
        found.lost.append(float(lost[n]))
        found.missing.append(float(left_with[n]))
        found.closed.append(float(soon[n]))


def _left_soon(
    weigher: Weigher, moment: Moment, which: NDArray[np.intp], made: Ints
) -> NDArray[np.float64]:
    """Share of the possible buyers who leave within `SOON` turns, (plants,); the strong script
    plays on."""
    rules = weigher.rules
    every = np.repeat(which, _DRAWS)
    number = np.tile(np.arange(_DRAWS), which.size)
    keys = mixed_keys(moment.salts[every], _SOON_CHANCE, number.astype(np.uint32))
    state = rows(moment.drawn, every * _SAMPLE + number).but(key=keys)
    memory = moment.memory.rows(every)
    action = np.repeat(made, _DRAWS)
    weigher.note(memory, action)
    for _ in range(1 + SOON):
        chance = Chance.for_step(state.key, state.ply, rules.n_buyers)
        state, _ = step(rules, state, action, chance)
        flags = Flags(rules, state)
        action = weigher.script.act(view_for(rules, state), flags, memory, None)
    left = (state.phase == Phase.ENDED) & (state.ending == Ending.WALKAWAY)
    share: NDArray[np.float64] = left.reshape(which.size, _DRAWS).mean(axis=1)
    return share
