"""Random legal play, for tests: each row's moves and events are a function of its own key alone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from game.core.chance import Chance, keys_of, uniforms
from game.core.legal import legal_mask
from game.core.observe import Observation
from game.core.rules import Rules
from game.core.start import initial_state
from game.core.state import FIELDS, State
from game.core.step import Record, step
from game.core.vocabulary import Phase, Stream


def wander(rules: Rules, state: State, packages: bool = False) -> NDArray[np.int32]:
    """A legal action for every row, uniformly among base actions, or now and then any package.

    A row without a legal action gets action 0; the conformance test says that there is none.
    """
    u = uniforms(state.key, Stream.POLICY, state.ply, 2)
    legal = legal_mask(rules, state)
    base = legal[: rules.base_actions]
    action = _chosen(base, u[0])
    if packages:
        composed = _chosen(legal[rules.base_actions :], u[0]) + np.int32(rules.base_actions)
        action = np.where((u[1] < 0.2) & legal[-1], composed, action)
    return action


def _chosen(legal: NDArray[np.bool_], u: Any) -> NDArray[np.int32]:
    wanted = (u * legal.sum(axis=0)).astype(np.int32) + 1
    return (np.cumsum(legal, axis=0) >= wanted).argmax(axis=0).astype(np.int32)


def happening(rules: Rules, state: State) -> NDArray[np.int8]:
    """A facilitator's event now and then: any of the scenario's, in any row."""
    u = uniforms(state.key, Stream.POLICY, state.ply, 4)
    which = (u[3] * len(rules.calendar.event_kind)).astype(np.int8)
    return np.where(u[2] < 0.06, which, np.int8(-1))


def played(
    rules: Rules, state: State, action: NDArray[np.int32], observed: Observation | None = None
) -> tuple[State, Record]:
    """One step with the rows' own chance and events."""
    chance = chance_of(rules, state)
    return step(rules, state, action, chance, happening(rules, state), observed)


def chance_of(rules: Rules, state: State) -> Chance:
    return Chance.for_step(state.key, state.ply, rules.n_buyers)


def walk(
    rules: Rules, seed: int, n: int, packages: bool = False, most: int = 400
) -> Iterator[tuple[State, NDArray[np.int32], State, Record]]:
    """Steps of `n` games until all have ended: (before, action, after, record)."""
    state = initial_state(rules, keys_of(seed, n))
    for _ in range(most):
        if (state.phase == Phase.ENDED).all():
            return
        action = wander(rules, state, packages)
        after, record = played(rules, state, action)
        yield state, action, after, record
        state = after
    raise AssertionError(f"{rules.scenario}: still going after {most} steps")


def differing(a: State, b: State) -> list[str]:
    """Names of the arrays that are not the same bit for bit."""
    out = []
    for name in FIELDS:
        x, y = getattr(a, name), getattr(b, name)
        if x.dtype != y.dtype or x.shape != y.shape or x.tobytes() != y.tobytes():
            out.append(name)
    return out
