"""Properties of arithmetic, chance and forced steps, on examples that nobody chose."""

from __future__ import annotations

import math
from dataclasses import fields

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from game.core.arithmetic import clip01, log, logistic, mix, normal, popcount_table, positive
from game.core.chance import SLOTS, Chance, keys_of, uniforms
from game.core.observe import Observation
from game.core.start import initial_state
from game.core.state import rows
from game.core.step import step
from game.core.vocabulary import Phase, Stream
from game.scenario.library import shipped
from tests.core.conftest import compiled
from tests.core.wandering import differing, happening, played, wander

f32 = np.float32
logits = st.floats(-40, 40, width=32)
shares = st.floats(0, 1, width=32)
seeds = st.integers(0, 2**32 - 1)


def one(x: float) -> np.ndarray:
    return np.array([x], f32)


@given(logits, logits)
def test_logistic_never_falls(x: float, y: float) -> None:
    low, high = sorted((x, y))
    assert logistic(one(low))[0] <= logistic(one(high))[0]


@given(logits)
def test_logistic_is_symmetric_up_to_a_knot(x: float) -> None:
    # rounding to the nearest knot takes ties upward on both sides: at most a knot's step apart
    assert abs(float(logistic(one(x))[0]) + float(logistic(one(-x))[0]) - 1) <= 0.25 / 128 + 1e-6


@given(st.integers(-8 * 128, 8 * 128))
def test_logistic_is_symmetric_and_exact_at_its_knots(k: int) -> None:
    x = k / 128
    at, mirrored = float(logistic(one(x))[0]), float(logistic(one(-x))[0])
    assert at == pytest.approx(1 / (1 + math.exp(-x)), abs=1e-7)
    assert at + mirrored == pytest.approx(1, abs=1.2e-7)


@given(logits)
def test_logistic_is_near_the_true_one(x: float) -> None:
    assert float(logistic(one(x))[0]) == pytest.approx(1 / (1 + math.exp(-x)), abs=1.1e-3)


@given(st.floats(float(f32(2e-12)), 1, width=32))
def test_log_is_near_the_true_one_and_never_positive(x: float) -> None:
    found = float(log(one(x))[0])
    assert found == pytest.approx(math.log(x), abs=4e-6, rel=1e-6)
    assert found <= 0


def test_log_of_nothing_is_finite() -> None:
    assert math.isfinite(float(log(one(0.0))[0]))


@given(st.floats(-5, 5, width=32), st.floats(-5, 5, width=32), shares)
def test_mix_goes_from_pole_to_pole(specific: float, diffuse: float, d: float) -> None:
    at = float(mix(specific, diffuse, one(d))[0])
    assert mix(specific, diffuse, one(0.0))[0] == f32(specific)
    low, high = sorted((specific, diffuse))
    assert low - 1e-5 <= at <= high + 1e-5


@given(logits)
def test_clipping(x: float) -> None:
    assert clip01(one(x))[0] == min(max(f32(x), f32(0)), f32(1))
    assert positive(one(x))[0] == max(f32(x), f32(0))


def test_normal_draws_are_bounded_and_standard() -> None:
    u = uniforms(keys_of(0, 40_000), Stream.DRAWS, np.zeros(40_000, np.int16), 4)
    z = normal(u).astype(np.float64)
    assert abs(z).max() <= 3.47
    assert z.mean() == pytest.approx(0, abs=0.02)
    assert z.std() == pytest.approx(1, abs=0.02)


@given(st.integers(0, 2**10 - 1))
def test_popcount(mask: int) -> None:
    assert popcount_table(10)[mask] == bin(mask).count("1")


@given(seeds, st.integers(1, 50), st.sampled_from(list(Stream)), st.integers(0, 300))
def test_uniforms_lie_in_the_half_open_unit_interval(
    seed: int, n: int, stream: Stream, ply: int
) -> None:
    u = uniforms(keys_of(seed, n), stream, np.full(n, ply, np.int16), SLOTS)
    assert u.dtype == f32
    assert u.shape == (SLOTS, n)
    assert u.min() >= 0
    assert u.max() < 1


@given(seeds, st.integers(2, 60), st.data())
def test_chance_does_not_depend_on_how_rows_are_cut(seed: int, n: int, data: st.DataObject) -> None:
    cut = data.draw(st.integers(1, n - 1))
    ply = np.array(data.draw(st.lists(st.integers(0, 99), min_size=n, max_size=n)), np.int16)
    whole = uniforms(keys_of(seed, n), Stream.BUYER, ply, SLOTS + 2)
    left = uniforms(keys_of(seed, cut), Stream.BUYER, ply[:cut], SLOTS + 2)
    right = uniforms(keys_of(seed + cut, n - cut), Stream.BUYER, ply[cut:], SLOTS + 2)
    assert (np.concatenate([left, right], axis=1) == whole).all()
    fewer = uniforms(keys_of(seed, n), Stream.BUYER, ply, SLOTS)
    assert (fewer == whole[:SLOTS]).all()


def test_chance_is_uniform_and_its_streams_steps_and_slots_are_apart() -> None:
    n = 20_000
    keys, zero = keys_of(77, n), np.zeros(n, np.int16)
    draws = [
        *uniforms(keys, Stream.BUYER, zero, 3),
        uniforms(keys, Stream.BUYER, zero + np.int16(1), 1)[0],
        uniforms(keys, Stream.POLICY, zero, 1)[0],
        uniforms(keys_of(78, n), Stream.BUYER, zero, 1)[0],
    ]
    for u in draws:
        assert u.mean() == pytest.approx(0.5, abs=0.012)
        share = np.histogram(u, bins=10, range=(0, 1))[0] / n
        assert share == pytest.approx(0.1, abs=0.01)
    for i, a in enumerate(draws):
        for b in draws[i + 1 :]:
            assert abs(np.corrcoef(a, b)[0, 1]) < 0.03


@given(seeds)
def test_keys_wrap_around(seed: int) -> None:
    assert keys_of(seed, 3)[2] == (seed + 2) % 2**32
    assert keys_of(seed + 2**32, 1)[0] == keys_of(seed, 1)[0]


def test_mean_chance_is_the_middle() -> None:
    assert (Chance.mean(3, 2).u == f32(0.5)).all()
    assert Chance.mean(3, 2).u.shape == (SLOTS + 2, 3)


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(list(shipped())), seeds, st.integers(1, 12), st.booleans())
def test_a_step_forced_to_its_own_observation_is_the_same_step(
    scenario: str, seed: int, length: int, packages: bool
) -> None:
    rules = compiled(scenario)
    state = initial_state(rules, keys_of(seed, 6))
    for _ in range(3 * length):
        if (state.phase == Phase.ENDED).all():
            return
        action = wander(rules, state, packages)
        after, record = played(rules, state, action)
        unrelated, event = Chance.mean(state.n, rules.n_buyers), happening(rules, state)
        forced, again = step(rules, state, action, unrelated, event, observed=record.seen)
        assert differing(forced, after) == []
        for field in fields(Observation):
            seen, own = getattr(again.seen, field.name), getattr(record.seen, field.name)
            assert (seen == own).all(), field.name
        assert np.isfinite(again.log_probability).all()
        assert again.log_probability.max() <= 0
        assert (record.log_probability == 0).all(), "only forced steps have a probability"
        state = after


@settings(max_examples=20, deadline=None)
@given(st.sampled_from(list(shipped())), st.integers(0, 10_000), st.integers(0, 14))
def test_observations_come_as_often_as_their_probability_says(
    scenario: str, seed: int, ply: int
) -> None:
    rules = compiled(scenario)
    state = initial_state(rules, keys_of(seed, 1))
    for _ in range(ply):
        state, _ = played(rules, state, wander(rules, state))
    n = 4_000
    many = rows(state, np.zeros(n, np.intp))
    action = np.repeat(wander(rules, state), n)
    chance = Chance.for_step(keys_of(seed + 1, n), many.ply, rules.n_buyers)
    _, record = step(rules, many, action, chance)
    _, forced = step(rules, many, action, chance, observed=record.seen)
    parts = [getattr(record.seen, f.name).reshape(-1, n) for f in fields(Observation)]
    together = np.concatenate([p.astype(np.int32) for p in parts])
    _, first, counts = np.unique(together, axis=1, return_index=True, return_counts=True)
    for at, count in zip(first, counts, strict=True):
        if count < 100:
            continue
        p = math.exp(float(forced.log_probability[at]))
        assert count / n == pytest.approx(p, abs=0.004 + 4.5 * math.sqrt(p * (1 - p) / n))
