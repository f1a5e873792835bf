"""What a buyer believes, how that makes trust, and where his comfort lies.

What is learned on one topic group spills over to the others as d grows.
Sources: Mayer, Davis & Schoorman 1995 (three beliefs); Slovic 1993 (losses bite harder);
Schweitzer, Hershey & Bradlow 2006 (deception never heals wholly).
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from game.core.arithmetic import (
    ONE,
    Floats,
    Ints,
    at_most,
    clip01,
    constant,
    either,
    mix,
    positive,
)
from game.core.poles import Poles
from game.core.rules import Rules
from game.core.state import State
from game.core.vocabulary import GROUPS, Group

_SERVICE = constant(Group.SERVICE, np.int8)
_AT_SERVICE, _AT_PRODUCT = int(Group.SERVICE), int(Group.PRODUCT)
_FIRST_TURNS = constant(3)  # relational turns that bring him nearer, each


def effective_d(rules: Rules, d: Floats) -> Floats:
    """Diffuseness as the rules use it; `d_weight` 0 turns everybody into d = .5 (control N02)."""
    weight = rules.weights.d_weight
    if weight == 1.0:
        return d
    out: Floats = 0.5 + weight * (d - 0.5)
    return out


def trust_in(p: Poles, beliefs: Floats, damage: Floats, damage_on_trust: float | Floats) -> Floats:
    """Trust from beliefs of one group, shape (3, B, n), less what damage takes.

    The shares of ability, benevolence and integrity sum to 1 at every d.
    """
    a, b = p.ability_share, p.benevolence_share
    total = a * beliefs[0] + b * beliefs[1] + (ONE - a - b) * beliefs[2]
    return clip01(total - damage_on_trust * damage)


def subject_of(rules: Rules, deal: Ints) -> Ints:
    """Topic group of the current deal, shape (n,)."""
    out: Ints = rules.calendar.deal_subject.take(deal, mode="clip")
    return out


def trust_now(rules: Rules, p: Poles, state: State) -> Floats:
    """Trust of every buyer at the current deal's subject, (B, n)."""
    beliefs = state.beliefs
    if rules.calendar.deals == 1:
        at = beliefs[:, _AT_PRODUCT]
    else:
        service = subject_of(rules, state.deal) == _SERVICE
        at = either(service, beliefs[:, _AT_SERVICE], beliefs[:, _AT_PRODUCT])
    return trust_in(p, at, state.damage, rules.numbers.damage_on_trust)


class _Tables(NamedTuple):
    """What is the same in every step."""

    breadth: Floats  # by mask of topics: their number
    spill_rest: Floats


def _tables(rules: Rules) -> _Tables:
    return _Tables(
        breadth=rules.topic_bits.astype(np.float32),
        spill_rest=constant(1 - rules.weights.spill_slope),
    )


def comfort_radius(rules: Rules, d: Floats, state: State) -> Floats:
    """How far from the core this buyer wants to be now, in radius units, shape (B, n)."""
    w = rules.numbers
    nearer = w.comfort_breadth * rules.once(_tables).breadth.take(state.topics)
    nearer = nearer + w.comfort_nudge * state.progress
    nearer = nearer + w.comfort_dose * at_most(state.dose, _FIRST_TURNS)
    far = positive(w.comfort_far - w.comfort_trust * state.trust - nearer)
    near = w.comfort_core + w.comfort_widens * state.pointed.astype(np.float32)
    out: Floats = near + d * (far - near)
    return out


def spill(rules: Rules, d: Floats) -> Floats:
    """Share of what is learned in one place that reaches the others, (B, n).

    It reaches them as far as the buyer merges them.
    """
    w = rules.numbers
    bent = w.spill_slope + rules.once(_tables).spill_rest * d
    out: Floats = w.spill_base + w.spill_diffuse * d * bent
    return out


def spread(evidence: Floats, share: Floats, home: Ints) -> Floats:
    """Evidence (3, B, n) at each row's group `home` (n,), in all groups: (3, G, B, n).

    `share` (B, n) of it reaches the groups where it was not learned.
    """
    there = (home == _GROUP_CODES).astype(np.float32)[:, None]
    out: Floats = evidence[:, None] * (share * (ONE - there) + there)
    return out


def absorb(beliefs: Floats, evidence: Floats) -> Floats:
    """Beliefs after evidence, both (3, G, B, n). Gains shrink as a belief fills."""
    gains = positive(evidence)
    change = ONE - beliefs
    change *= gains
    change += evidence - gains
    change += beliefs
    return clip01(change)


_GROUP_CODES = np.arange(GROUPS, dtype=np.int8)[:, None]


def starting_beliefs(rules: Rules, d: Floats) -> Floats:
    """Beliefs about a stranger, shape (3, G, B, n): working trust is lent where d is low."""
    w = rules.weights
    starts = (w.ability_start, w.benevolence_start, w.integrity_start)
    one = np.stack([mix(*pair, d) for pair in starts])
    return np.repeat(one[:, None], GROUPS, axis=1)


def forgotten(rules: Rules, d: Floats, beliefs: Floats, years: Floats) -> Floats:
    """Beliefs after a silence: gains fade as 1 / (1 + k years), the ground level stays."""
    keep = 1.0 / (1.0 + mix(*rules.weights.forget, d) * years)
    ground = np.minimum(beliefs, starting_beliefs(rules, d))
    out: Floats = ground + (beliefs - ground) * keep
    return out
