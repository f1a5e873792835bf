"""The script that par is measured by beats every other shipped seller at every shipped table."""

from __future__ import annotations

import numpy as np
import pytest

from game.analysis.judging import Values, judge
from game.core.chance import Chance, keys_of, uniforms
from game.core.legal import Flags
from game.core.rules import Rules
from game.core.start import initial_state
from game.core.state import State, rows
from game.core.step import step
from game.core.view import view_for
from game.core.vocabulary import Phase, Stream
from game.policies.run import play
from game.policies.shelf import seller_for, shipped_policies
from tests.at_hand import at_hand
from tests.marks import tables

RUNS, SEED = 2_000, 100_001
MARGIN = 10.0  # points of the score
MIDDLE_RUNS, MIDDLE_MARGIN, FOREIGN_MOVES = 500, 1.0, 6
MOST_STEPS = 40  # every step costs time in each rollout, and par has to be read


def rules_of(scenario: str) -> Rules:
    return at_hand(scenario).rules


def scores(rules: Rules, policy: str) -> Values:
    """Scores of the games SEED, SEED + 1, …, (RUNS,)."""
    played = play(rules, seller_for(rules, policy), keys_of(SEED, RUNS))
    return played.outcome.score.astype(np.float64)


def somebody_elses_game(rules: Rules) -> State:
    """Games that a random seller has begun, those that are still going on."""
    seller = seller_for(rules, "random")
    state = initial_state(rules, keys_of(SEED, MIDDLE_RUNS))
    memory = seller.start(state.n)
    for _ in range(FOREIGN_MOVES):
        u = uniforms(state.key, Stream.POLICY, state.ply, 1)[0]
        action = seller.act(view_for(rules, state), Flags(rules, state), memory, u)
        chance = Chance.for_step(state.key, state.ply, rules.n_buyers)
        state, _ = step(rules, state, action, chance)
    return rows(state, np.flatnonzero(state.phase != Phase.ENDED))


@pytest.mark.parametrize("scenario", tables())
def test_it_beats_every_other_shipped_seller(scenario: str) -> None:
    rules = rules_of(scenario)
    steady = scores(rules, "steady")
    short = {
        other: verdict.effect
        for other in shipped_policies()
        if other != "steady"
        and not (verdict := judge("greater", MARGIN, steady - scores(rules, other))).passed
    }
    assert not short


@pytest.mark.parametrize("scenario", tables())
def test_it_makes_more_of_a_game_that_somebody_else_began(scenario: str) -> None:
    rules = rules_of(scenario)
    begun = somebody_elses_game(rules)
    steady, adaptive = (
        play(rules, seller_for(rules, name), begun.key, start=begun).outcome.score.astype(float)
        for name in ("steady", "adaptive")
    )
    assert judge("greater", MIDDLE_MARGIN, steady - adaptive).passed


def test_it_is_short() -> None:
    steps = shipped_policies()["steady"]
    assert len(set(steps)) == len(steps) <= MOST_STEPS
