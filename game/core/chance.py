"""Chance as an argument: an integer hash of (row key, stream, step, slot).

No generator state exists, so a game can be re-entered at any turn, and a changed move never
shifts the luck of later turns. See decision 4.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from game.core.arithmetic import Floats
from game.core.vocabulary import Stream

Keys = NDArray[np.uint32]

_TO_UNIT = np.float32(1 / (1 << 24))
_8, _15, _16 = np.uint32(8), np.uint32(15), np.uint32(16)
_KEY, _STEP = np.uint32(0x9E3779B1), np.uint32(0x85EBCA6B)
_FIRST, _SECOND = np.uint32(0x7FEB352D), np.uint32(0x846CA68B)
_MOST_SLOTS = 256
_SLOT = (np.arange(_MOST_SLOTS, dtype=np.uint32) * np.uint32(0xC2B2AE35))[:, None]
_STREAM = {stream: np.uint32(int(stream) * 0x27D4EB2F % (1 << 32)) for stream in Stream}


def _mixed(h: Keys) -> Keys:
    h = h ^ (h >> _16)
    h = h * _FIRST
    h = h ^ (h >> _15)
    h = h * _SECOND
    h ^= h >> _16
    return h


def keys_of(seed: int, rows: int) -> Keys:
    """Row keys of a batch: row i is the solo game of seed + i (modulo 2**32)."""
    first = np.uint64(seed % (1 << 32))
    return ((first + np.arange(rows, dtype=np.uint64)) & np.uint64(0xFFFFFFFF)).astype(np.uint32)


def uniforms(key: Keys, stream: Stream, step: NDArray[Any], slots: int) -> Floats:
    """Uniform draws in [0, 1), shape (slots, n), for each row at its own step number."""
    base = key * _KEY + step.astype(np.uint32) * _STEP
    base = _mixed(base + _STREAM[stream])
    drawn = _mixed(base + _SLOT[:slots])
    out: Floats = (drawn >> _8).astype(np.float32) * _TO_UNIT
    return out


@dataclass(frozen=True, slots=True)
class Chance:
    """The buyer's uniforms of one step, shape (slots, n); the layout is fixed by `SLOTS`."""

    u: Floats

    @staticmethod
    def for_step(key: Keys, step: NDArray[Any], buyers: int) -> Chance:
        return Chance(uniforms(key, Stream.BUYER, step, SLOTS + buyers))

    @staticmethod
    def mean(rows: int, buyers: int) -> Chance:
        """Chance fixed at its middle: for perft counts and deterministic walks."""
        return Chance(np.full((SLOTS + buyers, rows), 0.5, dtype=np.float32))


# One slot for each part of the observation; the reactions, one a buyer, come last.
MANNER, ANSWER, HINT, RESPONSE, COUNTER, INITIATIVE, EXPOSED, RENEWAL = range(8)
SLOTS = 8


def mixed_keys(key: Keys, *salts: int | Keys) -> Keys:
    """Other row keys made from keys and numbers, (n,): chance apart from the game's own."""
    for salt in salts:
        number = np.atleast_1d(salt).astype(np.uint32)
        key = _mixed(key * _KEY + _mixed(number * _STEP + _KEY))
    return key
