"""How a verdict hangs on the weights: the shifts are those of games, and nothing near is missed."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from game.analysis.expectations import bench_for, judged
from game.analysis.judging import Verdict, judge, moved
from game.analysis.measured import measure
from game.analysis.sensitivity import (
    DOWN,
    MORE_RUNS,
    UP,
    Scale,
    Turn,
    Turner,
    turned,
    weight_names,
)
from game.core.weights import Weights
from game.policies.run import play_seeds
from game.policies.shelf import seller_for
from game.scenario.compile import compile_rules, reweighted
from tests.analysis.expecting import expected
from tests.at_hand import at_hand

CLOSE = """
expect:
  - {arms: {A: rapport, B: direct}, measure: score, expect: {kind: greater, delta: 0.12}}
  - {arms: {A: rapport}, contrast: single, measure: trust, expect: {kind: above, delta: 0.3}}
"""


def test_every_weight_but_the_switch_is_turned() -> None:
    names = weight_names()
    assert len(set(names)) == len(names) > 100
    assert "d_weight" not in names


def test_a_pair_is_turned_as_a_whole() -> None:
    weights = Weights()
    assert turned(weights, "fade", UP).fade == weights.fade * UP
    pair = turned(weights, "claim", DOWN).claim
    assert pair == (weights.claim[0] * DOWN, weights.claim[1] * DOWN)


@pytest.mark.parametrize("name", ["fade", "claim", "demand_rates", "sign_trust", "shows"])
def test_reweighted_rules_play_as_compiled_ones(name: str) -> None:
    loaded = at_hand("seoul")
    rules = loaded.rules
    weights = turned(Weights(), name, UP)
    made = reweighted(rules, loaded.machine, weights)
    compiled = compile_rules(loaded.scenario, loaded.machine, loaded.moves, weights)
    seller = seller_for(rules, "rapport")
    one, other = (play_seeds(some, seller, 3, 40) for some in (made, compiled))
    assert np.array_equal(one.score, other.score)
    assert np.array_equal(one.trust, other.trust)


def test_a_shift_is_the_difference_of_the_same_games(tmp_path: Path) -> None:
    loaded, claims = expected(tmp_path, CLOSE)
    turn = Turn("benevolence_share", DOWN)
    shifts = Turner(loaded, claims, 11, 64).shifts([turn])[turn]
    weights = turned(Weights(), turn.weight, turn.factor)
    effects = [
        [found.effect for claim in claims for found in judged(bench, claim)]
        for bench in (
            bench_for(loaded, claims, 11, some, share=64 / 2000) for some in (Weights(), weights)
        )
    ]
    # the bench plays 200 games at least: only the sign can be held against it
    for shift, before, after in zip(shifts.values(), *effects, strict=True):
        assert np.sign(shift.by) == np.sign(after - before)


def test_no_turn_no_shift(tmp_path: Path) -> None:
    loaded, claims = expected(tmp_path, CLOSE)
    turner = Turner(loaded, claims, 5, 16)
    same, still, acts = Turn("claim", 1.0), Turn("witness", UP), Turn("benevolence_share", UP)
    shifts = turner.shifts([same, acts, still])
    for turn in (same, still):
        assert all(shift == (0, 0) for shift in shifts[turn].values())
    assert any(shift.by for shift in shifts[acts].values())


def test_turns_side_by_side_are_those_of_each_alone(tmp_path: Path) -> None:
    loaded, claims = expected(tmp_path, CLOSE)
    turner = Turner(loaded, claims, 5, 16)
    turns = [Turn(name, factor) for name in ("fade", "claim", "shows") for factor in (UP, DOWN)]
    assert turner.shifts(turns) == {t: turner.shifts([t])[t] for t in turns}


def test_a_verdict_moves_with_its_effect() -> None:
    verdict = judge("greater", 0.1, np.linspace(0.1, 0.2, 50))
    assert verdict.passed
    assert moved("greater", verdict, 0.0) and not moved("greater", verdict, -0.05)
    assert moved("above", Verdict(1.3, 1.1, 1.5, 1.0, True), -0.05, mean=False)
    assert not moved("above", Verdict(1.3, 1.1, 1.5, 1.0, True), -0.15, mean=False)
    assert not moved("steps", Verdict(0.15, 0.1, 0.15, 0.2, True), 0.06)


@pytest.mark.long
def test_turning_where_it_may_matter_finds_what_turning_everything_finds(tmp_path: Path) -> None:
    loaded, claims = expected(tmp_path, CLOSE)
    found = measure(loaded, claims, seed=90_000, jobs=1)
    findings = [one for each in found.expectations for one in each.findings]
    turner = Turner(loaded, claims, 90_000, MORE_RUNS)
    turns = [Turn(name, factor) for name in weight_names() for factor in (UP, DOWN)]
    every = Scale.of(claims, findings).sensitivities(turner.shifts(turns))
    flips = {(s.finding.claim, turn) for s in every for turn, _ in s.flips}
    quick = {
        (each.claim.id, turn)
        for each in found.expectations
        for s in each.sensitivities
        for turn, _ in s.flips
    }
    assert flips, "an expectation that close hangs on some weight"
    assert quick <= flips
    missed = flips - quick
    assert len(missed) <= 0.1 * len(flips), sorted((c, str(t)) for c, t in missed)
