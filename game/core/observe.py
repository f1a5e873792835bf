"""Observations: what a seller sees and hears of a turn, drawn or forced.

One function gives the probabilities of each part; :class:`Dice` draws from them, or, given an
observation, forces it and adds up the log-probability (decision 3).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from game.core import chance as slots
from game.core.arithmetic import (
    ONE,
    Bools,
    Floats,
    Ints,
    all_of,
    any_of,
    constant,
    either,
    log,
    logistic,
    mix,
    running_sums,
)
from game.core.chance import Chance
from game.core.rules import Rules

_UNLIKELY = 1e-4
# How much one notice moves the seller's own estimate of the trust, closes ... opens.
SEEN_STEP = np.array([-0.075, -0.022, 0.0, 0.022, 0.06], np.float32)


@dataclass(frozen=True, slots=True)
class Observation:
    """One turn as the seller has it; codes of the vocabulary, -1 for "none" where an index."""

    reaction: Ints  # (B, n) Reaction
    manner: Ints  # (n,) Manner
    answer: Ints  # (n,) Answer
    hint: Ints  # (n,) need or -1
    response: Ints  # (n,) Response
    counter: Ints  # (n,) package or -1
    initiative: Ints  # (n,) Initiative
    exposed: Bools  # (n,)
    renewal: Ints  # (n,) Renewal


class Dice:
    """Draws categorical parts from one step's chance, or forces an observation."""

    def __init__(self, chance: Chance, observed: Observation | None, n: int) -> None:
        self._chance = chance
        self.observed = observed
        self.log_probability: Floats = np.zeros(n, np.float32)

    def choose(self, slot: int, edges: Sequence[Any] | Floats, forced: Ints | None) -> Ints:
        """Index of the part's value, (n,) int8.

        `edges` are the cumulative probabilities of all values but the last, which takes the rest.
        """
        if forced is None:
            u = self._chance.u[slot]
            index: Ints
            if isinstance(edges, np.ndarray):
                index = np.add.reduce(u >= edges, axis=0, dtype=np.int8)
                return index
            index = (u >= edges[0]).view(np.int8)
            for edge in edges[1:]:
                index += (u >= edge).view(np.int8)
            return index
        below = np.zeros(forced.shape, np.float32)
        seen = np.zeros(forced.shape, np.float32)
        for value, edge in enumerate(edges):
            seen = either(forced == value, edge - below, seen)
            below = edge
        self.add(either(forced == len(edges), 1.0 - below, seen))
        return forced

    def add(self, probability: Floats) -> None:
        """Count the probability of something forced."""
        self.log_probability = self.log_probability + log(np.maximum(probability, _UNLIKELY))


def manner(dice: Dice, d: Floats) -> Ints:
    """How the answer is put, (n,): two independent chances of a circle."""
    straight = ONE - d
    forced = None if dice.observed is None else dice.observed.manner
    return dice.choose(slots.MANNER, (straight * straight, ONE - d * d), forced)


class _Signs(NamedTuple):
    shows: Floats  # (B, 1 or n) logits per unit of trust
    cuts: Floats  # (4, 1, 1 or n) changes of trust between one reaction and the next


def _signs(rules: Rules) -> _Signs:
    w = rules.weights
    cuts = np.array((-w.large_sign, -w.small_sign, w.small_sign, w.large_sign), np.float32)
    shows = mix(*w.shows, rules.buyers.expressiveness[:, None])
    return _Signs(shows, cuts.reshape(4, 1, -1))


def reactions(rules: Rules, dice: Dice, change: Floats, present: Bools) -> Ints:
    """What can be noticed on each buyer, (B, n), from the change of his trust."""
    signs = rules.once(_signs)
    edges = logistic(signs.shows * (signs.cuts - change))
    if not all_of(present):
        # the absent show nothing: still, for certain
        edges = either(present, edges, _STILL)
    out = np.empty(change.shape, np.int8)
    for b in range(change.shape[0]):
        forced = None if dice.observed is None else dice.observed.reaction[b]
        out[b] = dice.choose(slots.SLOTS + b, edges[:, b], forced)
    return out


_STILL = np.array([0, 0, 1, 1], np.float32)[:, None, None]


def hint(rules: Rules, dice: Dice, clear: Floats, need: Ints, talks: Floats, sure: Bools) -> Ints:
    """The need that the buyer's words point to, (n,), -1 none.

    `talks` (n,) is the chance that he hints at all, `clear` (n,) that he then names the true need;
    with what is left of clarity any need may be heard. `sure` rows name the true one, since a
    fact was told.
    """
    needs = rules.once(_needs)
    if any_of(sure):
        clear = either(sure, ONE, clear)
        talks = either(sure, ONE, talks)
    noise = talks * (ONE - clear) * needs.share
    named = talks * clear
    edges = running_sums(noise + named * (need == needs.codes))
    forced = None
    if dice.observed is not None:
        forced = either(dice.observed.hint < 0, needs.number, dice.observed.hint)
    drawn = dice.choose(slots.HINT, edges, forced)
    return either(drawn == needs.number, _NO_NEED, drawn)


class _Needs(NamedTuple):
    codes: Ints  # (H, 1)
    number: Ints  # H
    share: Floats  # of each among all


def _needs(rules: Rules) -> _Needs:
    needs = rules.bargain.needs
    codes = np.arange(needs, dtype=np.int8)[:, None]
    return _Needs(codes, constant(needs, np.int8), constant(1 / needs))


_NO_NEED = constant(-1, np.int8)
