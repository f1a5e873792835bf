"""Batches of many rows are worked out by other means than those of few, and come to the same."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from game.core import arithmetic
from game.core.arithmetic import at_most, clip01, constant, either, positive, running_sums
from game.core.chance import keys_of
from game.core.rules import Rules
from game.core.start import initial_state
from game.core.state import rows
from game.core.vocabulary import Phase
from tests.core.wandering import differing, played, walk

N = 3_000
FEW = 200


def numbers(kind: Any) -> NDArray[Any]:
    """Numbers of both signs and both zeros, in no order."""
    rng = np.random.default_rng(7)
    if kind is np.bool_:
        return rng.random(N) < 0.5
    if kind in (np.float32, np.float64):
        out = rng.normal(size=N).astype(kind)
        out[::7], out[3::7] = 0.0, -0.0
        return out
    return rng.integers(-100 if np.iinfo(kind).min else 0, 100, N).astype(kind)


def by_few(call: Any, *arrays: NDArray[Any]) -> NDArray[Any]:
    parts = [call(*(a[..., i : i + FEW] for a in arrays)) for i in range(0, N, FEW)]
    return np.concatenate(parts, axis=-1)


@pytest.fixture(autouse=True)
def _the_other_means() -> None:
    assert FEW < arithmetic._MANY < N


@pytest.mark.parametrize("call", [clip01, positive, lambda x: at_most(x, constant(0.3))])
def test_clipping_many_is_clipping_few(call: Any) -> None:
    x = numbers(np.float32)
    assert call(x).tobytes() == by_few(call, x).tobytes()
    assert np.signbit(positive(x)).sum() == 0


@pytest.mark.parametrize(
    "kind", [np.bool_, np.int8, np.uint8, np.int16, np.int32, np.int64, np.float32, np.float64]
)
def test_choosing_is_numpys(kind: Any) -> None:
    mask, a = numbers(np.bool_), numbers(kind)
    b = np.roll(a, 1)
    for one, other in ((a, b), (a, kind(0)), (constant(1, kind), b)):
        chosen, expected = either(mask, one, other), np.where(mask, one, other)
        assert chosen.dtype == expected.dtype
        assert chosen.tobytes() == expected.tobytes()


def test_choosing_widens_shapes_and_kinds_as_numpy_does() -> None:
    mask, x = numbers(np.bool_), numbers(np.int8)
    wide = np.stack((x, x + 1)).astype(np.int32)
    for one, other in ((x, wide), (wide, x), (constant(1, np.int8), constant(2, np.int16))):
        chosen, expected = either(mask, one, other), np.where(mask, one, other)
        assert (chosen.dtype, chosen.shape) == (expected.dtype, expected.shape)
        assert chosen.tobytes() == expected.tobytes()


def test_running_sums_of_many_are_those_of_few() -> None:
    x = np.stack([numbers(np.float32) * np.float32(k) for k in range(1, 6)])
    sums = running_sums(x)
    assert sums.tobytes() == by_few(running_sums, x).tobytes()
    assert sums[0].tobytes() == x[0].tobytes()


def test_many_rows_play_as_few_of_them_do(rules: Rules) -> None:
    n = arithmetic._MANY + 100
    for before, action, after, _ in walk(rules, 2500, n, packages=True):
        part = slice(n - FEW, n)
        alone, _ = played(rules, rows(before, part), action[part])
        assert differing(rows(after, part), alone) == []


def test_what_others_do_does_not_bound_a_squeeze(rules: Rules) -> None:
    """Sharing much early squeezes as far with others in the batch as alone, and never beyond 1."""
    share, quote, wait = (
        next(i for i, text in enumerate(rules.actions) if text.startswith(verb))
        for verb in ("share_information", "quote:", "wait")
    )
    pair = initial_state(rules, keys_of(3, 2))
    while (pair.phase == Phase.PREPARE).any():
        pair, _ = played(rules, pair, np.full(2, wait, np.int32))
    # no doubt is greater than that of a wholly diffuse stranger
    pair = pair.but(d=np.ones_like(pair.d), beliefs=np.zeros_like(pair.beliefs))
    alone = rows(pair, slice(0, 1))
    for _ in range(3):
        pair, _ = played(rules, pair, np.array([share, quote], np.int32))
        alone, _ = played(rules, alone, np.array([share], np.int32))
        assert differing(rows(pair, slice(0, 1)), alone) == []
        assert pair.squeeze.max() <= 1
