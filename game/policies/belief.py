"""What a seller can believe about his buyers: possible ones, weighed by what was seen.

Particles are drawn from the scenario's own spread and never moved: each is led through the same
turns with every observation forced, and weighs as much as it makes the whole history likely
(importance sampling from the prior; Doucet, de Freitas & Gordon 2001, ch. 1). Forcing uses the
rules' own probabilities (decision 3), so there is no second model of the buyer.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from game.core.arithmetic import Bools, Ints
from game.core.chance import Chance, Keys, mixed_keys
from game.core.observe import Observation
from game.core.rules import Rules
from game.core.start import initial_state
from game.core.state import State, rows
from game.core.step import step
from game.core.view import View, view_for

Weights64 = NDArray[np.float64]
_IMPOSSIBLE = np.float32(-60.0)
_PRIOR = 0xB0A7
_HALVINGS = 10  # exp by a cubic at x / 2**10, squared ten times


@dataclass(frozen=True, slots=True)
class Belief:
    """G histories with P possible buyers each: row g * P + p of the state.

    `log_weight` (G, P) is the log-likelihood of what was seen, without a constant.
    """

    state: State
    log_weight: NDArray[np.float32]

    @property
    def groups(self) -> int:
        return int(self.log_weight.shape[0])

    @property
    def particles(self) -> int:
        return int(self.log_weight.shape[1])

    def after(
        self, rules: Rules, action: Ints, seen: Observation, now: View, event: Ints | None = None
    ) -> Belief:
        """The belief once `action` (G,) was played and `seen` came of it.

        `now` is the seller's view after it, (G,) each. A buyer who would have left the table when
        the real one stayed, or the other way round, is impossible.
        """
        many = self.particles
        every = np.repeat(np.arange(self.groups), many)
        forced = Observation(*(getattr(seen, f)[..., every] for f in Observation.__slots__))
        state, record = step(
            rules,
            self.state,
            action[every].astype(np.int32),
            Chance.mean(every.size, rules.n_buyers),
            None if event is None else event[every],
            forced,
        )
        fits = _stands_alike(view_for(rules, state), now, every)
        gained = np.where(fits, record.log_probability, _IMPOSSIBLE)
        return Belief(state, self.log_weight + gained.reshape(self.groups, many))

    def only(self, groups: Any) -> Belief:
        """The chosen histories."""
        index = np.arange(self.groups * self.particles).reshape(self.groups, self.particles)
        return Belief(rows(self.state, index[groups].reshape(-1)), self.log_weight[groups])

    def weights(self) -> Weights64:
        """Weights of the particles, (G, P), each row summing to 1."""
        likely = self.log_weight.astype(np.float64)
        return normalised(likely - likely.max(axis=1, keepdims=True))

    def drawn(self, many: int) -> NDArray[np.intp]:
        """Rows of `state`, (G, many): equal shares for equal weight (systematic resampling).

        The order is spread out, so that any first few of them are a sample too.
        """
        weights = self.weights()
        at = (_spread_out(many) + 0.5) / many
        out = np.empty((self.groups, many), np.intp)
        for g in range(self.groups):
            reached = np.cumsum(weights[g])
            found = np.searchsorted(reached, at * reached[-1], side="right")
            out[g] = g * self.particles + np.minimum(found, self.particles - 1)
        return out

    def effective(self) -> Weights64:
        """Effective number of particles, (G,): 1 / sum of squared weights."""
        weights = self.weights()
        out: Weights64 = 1.0 / (weights * weights).sum(axis=1)
        return out


def prior(rules: Rules, salts: Keys, particles: int) -> Belief:
    """What can be believed before the first turn; `salts` (G,) tell the histories apart."""
    every = np.repeat(salts, particles)
    number = np.tile(np.arange(particles, dtype=np.uint32), salts.size)
    state = initial_state(rules, mixed_keys(every, _PRIOR, number))
    return Belief(state, np.zeros((salts.size, particles), np.float32))


def _stands_alike(possible: View, now: View, every: NDArray[np.intp]) -> Bools:
    same: Bools = np.ones(every.size, np.bool_)
    for name in ("phase", "ending", "meeting", "turn", "deal", "deals", "slots"):
        same &= possible[name] == now[name][every]
    return same


def normalised(logs: Weights64) -> Weights64:
    """Shares along the last axis from logs of at most 0; the same bits on every processor."""
    x = np.maximum(logs, -40.0) / (1 << _HALVINGS)
    y = 1.0 + x * (1.0 + x * (0.5 + x / 6.0))
    for _ in range(_HALVINGS):
        y = y * y
    total = np.cumsum(y, axis=-1)[..., -1:]
    out: Weights64 = y / total
    return out


def _spread_out(many: int) -> NDArray[np.float64]:
    """0 … many - 1 in an order of which every beginning covers the range (bit reversal)."""
    bits = max(1, (many - 1).bit_length())
    number = np.arange(1 << bits)
    turned = np.zeros_like(number)
    for k in range(bits):
        turned |= ((number >> k) & 1) << (bits - 1 - k)
    return turned[turned < many].astype(np.float64)
