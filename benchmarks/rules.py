"""The rules: single steps at several batch sizes, and whole negotiations."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from benchmarks.timing import median_seconds
from game.analysis.perft import rules_of
from game.core.chance import Chance, keys_of, uniforms
from game.core.legal import Flags
from game.core.rules import Rules
from game.core.start import initial_state
from game.core.state import State, rows
from game.core.step import step
from game.core.view import view_for
from game.core.vocabulary import Phase, Stream
from game.policies.run import play_seeds
from game.policies.shelf import seller_for

SELLER = "adaptive"
_WARM_UP = 7
_SOLO = 8
_NEGOTIATIONS = 20_000


def at_the_table(rules: Rules, n: int) -> tuple[State, np.ndarray]:
    """`n` rows in the middle of a meeting, and what the seller does in each."""
    seller = seller_for(rules, SELLER)
    state = initial_state(rules, keys_of(1, max(64, 2 * n)))
    memory = seller.start(state.n)

    def moves() -> np.ndarray:
        u = uniforms(state.key, Stream.POLICY, state.ply, 1)[0]
        return seller.act(view_for(rules, state), Flags(rules, state), memory, u)

    for _ in range(_WARM_UP):
        chance = Chance.for_step(state.key, state.ply, rules.n_buyers)
        state, _ = step(rules, state, moves(), chance)
    seated = np.flatnonzero(state.phase == Phase.TABLE)
    index = np.resize(seated, n)
    action = moves()
    return rows(state, index), action[index]


def a_step(rules: Rules, n: int) -> Callable[[], object]:
    state, action = at_the_table(rules, n)

    def call() -> object:
        chance = Chance.for_step(state.key, state.ply, rules.n_buyers)
        return step(rules, state, action, chance)

    return call


def whole_games(rules: Rules, games: int) -> list[tuple[State, np.ndarray]]:
    """Every step of some solo games at the table: the state before it, and the seller's move."""
    seller = seller_for(rules, SELLER)
    steps = []
    for seed in range(games):
        state, memory = initial_state(rules, keys_of(seed, 1)), seller.start(1)
        while state.phase[0] != Phase.ENDED:
            u = uniforms(state.key, Stream.POLICY, state.ply, 1)[0]
            move = seller.act(view_for(rules, state), Flags(rules, state), memory, u)
            if state.phase[0] == Phase.TABLE:
                steps.append((state, move))
            chance = Chance.for_step(state.key, state.ply, rules.n_buyers)
            state, _ = step(rules, state, move, chance)
    return steps


def step_seconds(scenario: str, n: int) -> float:
    """Seconds for one step of `n` rows, its chance included.

    Bargaining turns cost half as much again as the others, so for one row this is the mean over
    all table turns of whole games, as they come in play.
    """
    rules = rules_of(scenario)
    if n > 1:
        return median_seconds(a_step(rules, n))
    alone = whole_games(rules, _SOLO)

    def one_by_one() -> None:
        for row, move in alone:
            step(rules, row, move, Chance.for_step(row.key, row.ply, rules.n_buyers))

    return median_seconds(one_by_one) / len(alone)


def negotiations_per_second(scenario: str) -> float:
    """Whole engagements with an adaptive seller: chance, view, legality, policy and rules."""
    rules = rules_of(scenario)
    seller = seller_for(rules, SELLER)
    seconds = median_seconds(lambda: play_seeds(rules, seller, 1, _NEGOTIATIONS), repeats=3)
    return _NEGOTIATIONS / seconds
