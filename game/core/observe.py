"""Observations: what a seller sees and hears of a turn, drawn or forced.

One function gives the probabilities of each part; :class:`Dice` draws from them, or, given an
observation, forces it and adds up the log-probability (decision 3).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from game.core import chance as slots
from game.core.arithmetic import Bools, Floats, Ints, log, logistic, mix
from game.core.chance import Chance
from game.core.rules import Rules

_UNLIKELY = np.float32(1e-4)
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

    def choose(self, slot: int, probabilities: list[Floats], forced: Ints | None) -> Ints:
        """Index of the part's value; the last value takes what the others leave, shape (n,)."""
        if forced is None:
            u = self._chance.u[slot]
            index = np.zeros(u.shape, np.int8)
            edge = np.zeros(u.shape, np.float32)
            for p in probabilities:
                edge = edge + p
                index += u >= edge
            return index
        rest = np.ones(forced.shape, np.float32)
        seen = np.zeros(forced.shape, np.float32)
        for value, p in enumerate(probabilities):
            rest = rest - p
            seen = np.where(forced == value, p, seen)
        seen = np.where(forced == len(probabilities), rest, seen)
        self.add(seen)
        return forced

    def add(self, probability: Floats) -> None:
        if self.observed is not None:
            self.log_probability = self.log_probability + log(np.maximum(probability, _UNLIKELY))


def manner(dice: Dice, d: Floats) -> Ints:
    """How the answer is put, (n,): two independent chances of a circle."""
    plain = (np.float32(1) - d) * (np.float32(1) - d)
    even = np.float32(2) * d * (np.float32(1) - d)
    forced = None if dice.observed is None else dice.observed.manner
    return dice.choose(slots.MANNER, [plain, even], forced)


def reactions(rules: Rules, dice: Dice, change: Floats, present: Bools) -> Ints:
    """What can be noticed on each buyer, (B, n), from the change of his trust."""
    w = rules.weights
    shows = mix(*w.shows, rules.buyers.expressiveness)[:, None]
    small, large = np.float32(w.small_sign), np.float32(w.large_sign)
    edges = [logistic(shows * (cut - change)) for cut in (-large, -small, small, large)]
    out = np.empty(change.shape, np.int8)
    for b in range(change.shape[0]):
        forced = None if dice.observed is None else dice.observed.reaction[b]
        parts = [edges[0][b], *(edges[k][b] - edges[k - 1][b] for k in (1, 2, 3))]
        here = present[b]
        still = np.where(here, np.float32(0), np.float32(1))
        parts = [p * here for p in parts]
        parts[2] = parts[2] + still
        out[b] = dice.choose(slots.SLOTS + b, parts, forced)
    return out


def hint(rules: Rules, dice: Dice, d: Floats, need: Ints, talks: Floats, certain: Bools) -> Ints:
    """The need that the buyer's words point to, (n,), -1 none.

    `talks` (n,) is the chance that he hints at all; `certain` rows name the true one (a fact was told).
    The noise grows with diffuseness: with what is left of clarity any need may be heard.
    """
    needs = rules.bargain.needs
    clear = mix(*rules.weights.hint_clear, d)
    clear = np.where(certain, np.float32(1), clear)
    rate = np.where(certain, np.float32(1), talks)
    noise = (np.float32(1) - clear) * np.float32(1 / needs)
    parts = [rate * (noise + clear * (need == k)) for k in range(needs)]
    forced = None
    if dice.observed is not None:
        forced = np.where(dice.observed.hint < 0, np.int8(needs), dice.observed.hint)
    drawn = dice.choose(slots.HINT, parts, forced)
    return np.where(drawn == needs, np.int8(-1), drawn).astype(np.int8)
