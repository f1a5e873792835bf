"""The script that par is measured by beats every other shipped seller at every shipped table."""

from __future__ import annotations

import numpy as np
import pytest

from game.analysis.judging import Values, judge
from game.core.chance import keys_of
from game.core.rules import Rules
from game.policies.run import play
from game.policies.shelf import seller_for, shipped_policies
from game.scenario.compile import compile_rules
from game.scenario.library import shipped
from game.scenario.load import load_scenario

RUNS, SEED = 2_000, 100_001
MARGIN = 10.0  # points of the score
MOST_STEPS = 40  # every step costs time in each rollout, and par has to be read


def scores(rules: Rules, policy: str) -> Values:
    """Scores of the games SEED, SEED + 1, …, (RUNS,)."""
    played = play(rules, seller_for(rules, policy), keys_of(SEED, RUNS))
    return played.outcome.score.astype(np.float64)


@pytest.mark.parametrize("scenario", list(shipped()))
def test_it_beats_every_other_shipped_seller(scenario: str) -> None:
    loaded = load_scenario(scenario)
    rules = compile_rules(loaded.scenario, loaded.machine, loaded.moves)
    steady = scores(rules, "steady")
    short = {
        other: verdict.effect
        for other in shipped_policies()
        if other != "steady"
        and not (verdict := judge("greater", MARGIN, steady - scores(rules, other))).passed
    }
    assert not short


def test_it_is_short() -> None:
    steps = shipped_policies()["steady"]
    assert len(set(steps)) == len(steps) <= MOST_STEPS
