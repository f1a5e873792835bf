"""The weights that differ between the poles, interpolated at each buyer's own diffuseness."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from game.core.arithmetic import Floats
from game.core.weights import Weights


class Poles(NamedTuple):
    """Each weight that is a pair, at d; shape (B, n), or (n,) for the addressee's own."""

    ability_share: Floats
    benevolence_share: Floats
    turn_patience: Floats
    sore_loss: Floats
    heal: Floats
    ready_direct: Floats
    ready_indirect: Floats
    ready_embarrassing: Floats
    ready_follow_up: Floats
    personal_apart: Floats
    opened: Floats
    evades: Floats
    ready_volunteer: Floats
    claim: Floats
    anchor_bare: Floats
    claim_trust: Floats
    sign_threshold: Floats
    sign_blocks: Floats
    sign_problem: Floats
    sign_founded: Floats
    sign_justified: Floats
    counters_unready: Floats
    sign_pressed: Floats
    sign_impatient: Floats
    scope_point: Floats
    scope_whole: Floats
    agenda_helps: Floats
    hint_clear: Floats
    asks_price_late: Floats
    asks_numbers: Floats
    invites: Floats
    bluff_seen: Floats


def pole_table(weights: Weights) -> Floats:
    """Specific value and slope towards diffuse of every field of `Poles`, shape (2, K); (2, K, n)
    where weights differ by row."""
    pairs = [getattr(weights, name) for name in Poles._fields]
    numbers = np.broadcast_arrays(*(s for s, _ in pairs), *(f - s for s, f in pairs))
    table = np.array(numbers, np.float32)
    return table.reshape(2, len(pairs), *table.shape[1:])


def at_poles(table: Floats, d: Floats) -> Poles:
    """Interpolate all of them at once; each field has the shape of `d`, (B, n) or (n,)."""
    shape = (len(Poles._fields),) + (1,) * (d.ndim - 1) + (-1,)
    between = table[1].reshape(shape) * d
    between += table[0].reshape(shape)
    return Poles(*between)
