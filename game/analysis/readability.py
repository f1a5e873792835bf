"""How well a buyer can be read from what is noticed and said: two ideal observers.

The first sees nothing but a reaction and names the direction in which trust moved. The second
hears a few turns at the table and places the buyer's diffuseness; it holds many imagined buyers to
what the true one showed, with the probabilities of the rules themselves (decision 3).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from game.core.arithmetic import logistic, mix
from game.core.chance import Chance, Keys, keys_of, uniforms
from game.core.legal import Flags
from game.core.rules import Rules
from game.core.start import initial_state
from game.core.state import State
from game.core.step import Record, step
from game.core.view import view_for
from game.core.vocabulary import Phase, Stream
from game.policies.run import play
from game.policies.shelf import seller_for

POLICIES = ("adaptive", "caring")
MOVED = 0.03  # change of trust that counts as a move of it
PLACED = 0.15  # distance from the true d within which it counts as placed
TURNS = 5
_MOST_STEPS = 40
_SPREAD = 100  # different diffusenesses among the imagined buyers
_SEED = 70_000
_WIDEST = 0.3  # changes of trust that a turn may bring, for the observer's even prior

Values = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Readability:
    """What the two observers came to in one scenario."""

    scenario: str
    turns: int  # turns that moved trust
    named: float  # share of them whose direction was named
    buyers: int
    error: float  # mean distance between the d placed and the true one
    placed: float  # share placed within `PLACED`


# --- the direction --------------------------------------------------------------------------------


def odds_up(rules: Rules) -> Values:
    """P(trust rose | reaction), shape (buyers, reactions), for changes that count as moves.

    Every change from `MOVED` to `_WIDEST` either way is as likely as any other beforehand.
    """
    w = rules.weights
    shows = mix(*w.shows, rules.buyers.expressiveness)[:, None]
    size = np.linspace(MOVED, _WIDEST, 200, dtype=np.float32)
    cuts = (-w.large_sign, -w.small_sign, w.small_sign, w.large_sign)

    def likely(change: Any) -> Values:
        below = [logistic(shows * (np.float32(cut) - change)).mean(axis=1) for cut in cuts]
        edges = np.stack([np.zeros_like(below[0]), *below, np.ones_like(below[0])], axis=1)
        return np.diff(edges, axis=1).astype(np.float64)

    up, down = likely(size[None]), likely(-size[None])
    return up / (up + down)


def directions(rules: Rules, policies: Sequence[str] = POLICIES, runs: int = 100) -> Values:
    """For each turn that moved the addressee's trust, how right the observer was: 1, ½ or 0."""
    up = odds_up(rules)
    right: list[Values] = []

    def watch(index: NDArray[np.intp], before: State, record: Record, after: State) -> None:
        at = np.arange(index.size)
        change = (record.trust_after - record.trust_before)[record.who, at]
        moved = (np.abs(change) >= MOVED) & (before.phase == Phase.TABLE)
        chance = up[record.who, record.seen.reaction[record.who, at]]
        says = np.where(np.abs(chance - 0.5) < 1e-6, 0.5, np.where(change > 0, chance, 1 - chance))
        right.append(np.where(says == 0.5, 0.5, says > 0.5)[moved])

    for policy in policies:
        play(rules, seller_for(rules, policy), keys_of(_SEED, runs), watch)
    return np.concatenate(right)


# --- the place on the continuum -------------------------------------------------------------------


def people(rules: Rules, keys: Keys, spread: int, shift: float) -> State:
    """Buyers with diffuseness even over [0, 1], everything else as the scenario draws it.

    `spread` different values, each for as many rows as there are; at a table of several, each
    person's values come in another order.
    """
    apart = np.array([0.5 ** (b * 0.61803) for b in range(rules.n_buyers)])
    rows = keys.shape[0] // spread
    parts = []
    for k in range(spread):
        place = (k + shift) / spread
        d = place if rules.n_buyers == 1 else (place + k * (1 - apart)) % 1.0
        means = np.broadcast_to(np.asarray(d, np.float32), (rules.n_buyers,)).copy()
        fixed = replace(rules.buyers, d_mean=means, d_sd=np.zeros_like(means))
        some = replace(rules, buyers=fixed)
        parts.append(initial_state(some, keys[k * rows : (k + 1) * rows]))
    return joined(parts)


def joined(parts: Sequence[State]) -> State:
    """States put side by side."""
    return State(
        **{
            f.name: np.ascontiguousarray(
                np.concatenate([getattr(part, f.name) for part in parts], axis=-1)
            )
            for f in fields(State)
        }
    )


def _each(state: State, times: int) -> State:
    """Every row `times` times, the copies of a row side by side."""
    return State(
        **{f.name: np.repeat(getattr(state, f.name), times, axis=-1) for f in fields(State)}
    )


def _over(state: State, times: int) -> State:
    """All rows `times` times over."""
    return joined([state] * times)


def placed(
    rules: Rules, policy: str, buyers: int = 32, imagined: int = 400, turns: int = TURNS
) -> tuple[Values, Values]:
    """The true and the placed diffuseness of those at the first table, each (B, buyers).

    The observer knows the scenario but not the person: he begins with any d as likely as another.
    After `turns` turns at the table he says the mean of what he then believes.
    """
    truth = people(rules, keys_of(_SEED, buyers), buyers, 0.5)
    minds = _over(people(rules, keys_of(_SEED + 10_000, imagined), _SPREAD, 0.5), buyers)
    weight = np.zeros(buyers * imagined)
    seller = seller_for(rules, policy)
    memory = seller.start(buyers)
    heard = np.zeros(buyers, np.int64)
    for _ in range(_MOST_STEPS):
        if (heard >= turns).all():
            break
        u = uniforms(truth.key, Stream.POLICY, truth.ply, 1)[0]
        action = seller.act(view_for(rules, truth), Flags(rules, truth), memory, u)
        chance = Chance.for_step(truth.key, truth.ply, rules.n_buyers)
        before = truth
        truth, record = step(rules, truth, action, chance)
        seen = type(record.seen)(
            **{
                f.name: np.repeat(getattr(record.seen, f.name), imagined, axis=-1)
                for f in fields(record.seen)
            }
        )
        again = Chance.for_step(minds.key, minds.ply, rules.n_buyers)
        minds, thought = step(rules, minds, np.repeat(action, imagined), again, observed=seen)
        listening = np.repeat(heard < turns, imagined)
        apart = minds.phase != np.repeat(truth.phase, imagined)
        weight += np.where(listening, thought.log_probability, 0.0)
        weight = np.where(listening & apart, -np.inf, weight)
        heard += before.phase == Phase.TABLE
        heard = np.where(truth.phase == Phase.ENDED, turns, heard)
    each = weight.reshape(buyers, imagined)
    each = np.exp(each - each.max(axis=1, keepdims=True))
    each /= each.sum(axis=1, keepdims=True)
    d = minds.d.reshape(rules.n_buyers, buyers, imagined)
    here = [b for b in range(rules.n_buyers) if rules.calendar.present[b][0]]
    return np.asarray(truth.d, np.float64)[here], (d * each).sum(axis=-1)[here]


def readability(rules: Rules, policies: Sequence[str] = POLICIES) -> Readability:
    """Both observers in one scenario, the true buyers shared out among the policies."""
    named = directions(rules, policies)
    true, said = (
        np.concatenate(parts, axis=1)
        for parts in zip(*(placed(rules, policy) for policy in policies), strict=True)
    )
    off = np.abs(true - said)
    return Readability(
        scenario=rules.scenario,
        turns=named.size,
        named=float(named.mean()),
        buyers=true.shape[1],
        error=float(off.mean()),
        placed=float((off <= PLACED).mean()),
    )
