"""Counts of legal move sequences against tests/golden/perft.json.

A difference means that the rules changed. If that was meant: python -m game.analysis.perft
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from game.analysis.perft import expand, mean_start, perft, perft_table, positions, rules_of
from game.core.chance import Chance
from game.core.legal import Flags, legal_mask
from game.core.rules import RULES_VERSION, Rules
from game.core.state import State
from game.core.step import step
from game.core.vocabulary import Ending, Phase
from game.scenario.library import shipped

GOLDEN = json.loads(
    (Path(__file__).resolve().parents[1] / "golden/perft.json").read_text(encoding="utf-8")
)


def test_every_shipped_scenario_has_its_counts() -> None:
    assert list(GOLDEN["scenarios"]) == list(shipped())
    assert GOLDEN["rules_version"] == RULES_VERSION


@pytest.mark.parametrize("scenario", list(shipped()))
def test_counts_are_those_of_the_golden_file(scenario: str) -> None:
    assert perft_table([scenario])[scenario] == GOLDEN["scenarios"][scenario]


def by_recursion(rules: Rules, state: State, depth: int) -> tuple[int, int]:
    """Sequences and first agreements at exactly this depth, one step at a time."""
    flags = Flags(rules, state)
    nodes = agreements = 0
    for action in range(rules.base_actions):
        if not flags.allows(action)[0]:
            continue
        after, _ = step(rules, state, np.array([action], np.int32), Chance.mean(1, rules.n_buyers))
        if depth == 1:
            nodes += 1
            fresh = state.ending[0] == Ending.NONE
            agreements += int(fresh and after.ending[0] == Ending.AGREEMENT)
        elif after.phase[0] != Phase.ENDED:
            below = by_recursion(rules, after, depth - 1)
            nodes, agreements = nodes + below[0], agreements + below[1]
    return nodes, agreements


@pytest.mark.parametrize("position", ["start", "late"])
def test_counting_in_batches_is_counting_one_by_one(position: str) -> None:
    rules = rules_of("osaka")
    state = positions(rules)[position]
    depth = 2 if position == "start" else 1
    found = perft(rules, state, depth)[-1]
    assert (found.nodes, found.agreements) == by_recursion(rules, state, depth)


def test_the_first_depth_is_the_number_of_legal_moves(rules: Rules) -> None:
    state = mean_start(rules)
    legal = legal_mask(rules, state)[: rules.base_actions]
    assert expand(rules, state).n == legal.sum()


def test_positions_are_on_the_way_and_not_over(rules: Rules) -> None:
    found = positions(rules)
    assert list(found) == ["start", "middle", "late"]
    plies = [int(state.ply[0]) for state in found.values()]
    assert plies == sorted(set(plies))
    assert all(state.ending[0] == Ending.NONE for state in found.values())
