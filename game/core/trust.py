"""How a move changes what the buyer believes.

Evidence arrives at the poles' mixture, fades with repetition, is bent by the open question, the
topic and the preparation, and lands on the move's topic group; what spills over to the others
grows with d.
Sources: Mayer, Davis & Schoorman 1995 (three beliefs); Slovic 1993 (losses bite harder);
Schweitzer, Hershey & Bradlow 2006 (deception never heals wholly).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from game.core.arithmetic import (
    ONE,
    ZERO,
    Bools,
    Floats,
    Ints,
    any_of,
    at_most,
    clip01,
    constant,
    either,
    mix,
    positive,
)
from game.core.move import HURRIES, OUTSIDE, PREPARED, SLIGHT, TOPIC, Move, does
from game.core.poles import Poles
from game.core.rules import EFFECT, Col, Rules
from game.core.state import State
from game.core.vocabulary import GROUPS, Belief, Group, Phase

_BETWEEN = constant(Phase.BETWEEN, np.int8)
_SERVICE, _PEOPLE = constant(Group.SERVICE, np.int8), constant(Group.PEOPLE, np.int8)
_AT_SERVICE, _AT_PRODUCT = int(Group.SERVICE), int(Group.PRODUCT)
_NONE, _LOWEST = constant(0, np.int8), constant(1, np.int8)
_DEFERS = does("defer")
_COUNTED = constant(3)  # relational turns after which one more changes nothing
_AFTER_DOSE = constant(2)  # relational turns that are free once a deal is signed


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
    """What is the same in every step, worked out of the weights and the action table."""

    breadth: Floats  # by mask of topics: comfort gained by their number
    grow: Floats  # by half-uses: how a loss grows
    towards: Floats  # (3, B, A + P) evidence at the diffuse pole less that at the specific one
    status: Floats  # (B, 1) how much harder a slight bites
    waiting: Floats  # (B, 1) how much a turn without the point costs
    spill_rest: Floats


def _tables(rules: Rules) -> _Tables:
    w, status = rules.weights, rules.buyers.status[:, None]
    half_uses = np.minimum(np.arange(256), 8).astype(np.float32)
    _, slope, by_status = rules.evidence.reshape(3, 3, 1, -1)
    return _Tables(
        breadth=rules.numbers.comfort_breadth * rules.topic_bits.astype(np.float32),
        grow=w.loss_bite + 0.5 * w.loss_growth * half_uses,
        towards=slope + status * by_status,
        status=1.0 + 0.5 * status,
        waiting=1.5 - rules.buyers.clock[:, None],
        spill_rest=constant(1 - w.spill_slope),
    )


def comfort_radius(rules: Rules, d: Floats, state: State) -> Floats:
    """How far from the core this buyer wants to be now, in radius units, shape (B, n)."""
    w = rules.numbers
    nearer = rules.once(_tables).breadth.take(state.topics) + w.comfort_nudge * state.progress
    nearer = nearer + w.comfort_dose * at_most(state.dose, _COUNTED)
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


@dataclass(frozen=True, slots=True)
class Impact:
    """What one move did; trust units by cause are for explanation, the rest feeds the step."""

    beliefs: Floats  # (3, G, B, n)
    damage: Floats  # (B, n)
    patience: Floats
    push: Floats  # (B, n) radius units
    drift: Floats
    causes: dict[str, Floats]  # cause -> trust units at the move's own group, (B, n)


def impact(rules: Rules, state: State, d: Floats, p: Poles, move: Move, explain: bool) -> Impact:
    """Apply a move's evidence, push, drift and slight."""
    w, tables = rules.numbers, rules.once(_tables)
    table = move.table.astype(np.float32)
    playing = table + (state.phase == _BETWEEN)
    at_table = table * move.reach
    cols, radius = move.cols, move.radius
    direct = ONE - d

    # what the move says for itself, wearing off as it is repeated
    fresh = rules.evidence[0:3, None].take(move.action, axis=2, mode="wrap")
    fresh = fresh + d * tables.towards.take(move.action, axis=2, mode="wrap")
    used = state.uses.reshape(-1).take(move.family_at)
    gain = rules.fade.take(used, mode="clip")
    if move.traits & PREPARED:
        gain = gain * _lift(rules, state, cols)
    gain = gain * (ONE + state.mood)
    sore_loss: Any = ZERO
    welcome: Any = ZERO
    if move.traits & TOPIC:
        topic = cols[Col.TOPIC]
        on_topic = topic >= _NONE
        welcome = (on_topic & (topic == state.welcome)).astype(np.float32)
        sore = (on_topic & (topic == state.sore)).astype(np.float32)
        gain = gain * (ONE + w.welcome_gain * welcome) * (ONE - sore)
        sore_loss = sore * p.sore_loss
    gains = positive(fresh)
    e = gains * gain + (fresh - gains) * tables.grow.take(used)
    if sore_loss is not ZERO:
        e[Belief.BENEVOLENCE] -= sore_loss

    # an open question changes what the move means
    asked: Any = ZERO
    put_off: Any = ZERO
    eased: Any = ONE
    forgiven: Any = ONE
    if any_of(state.asked):
        answers = move_answers(state, cols)
        eased = either(answers, w.push_when_asked, ONE)
        forgiven = either(answers, ZERO, ONE)
        if move.traits & _DEFERS:
            put_off = _put_off(rules, state, cols)
        at = state.asked.astype(np.int32) * len(rules.verbs) + cols[Col.VERB]
        q = rules.asked_evidence.take(at, axis=1)
        asked = q[0:3, None] + d * q[3:6, None]

    # the spiral: nearer than comfort is push, further out is drift
    comfort = comfort_radius(rules, d, state)
    slack = w.drift_slack
    dose = state.dose - w.free_dose
    if move.after is not None:
        after = move.after.astype(np.float32)
        eased = eased * (ONE - after)
        slack = slack + w.after_slack * after
        dose = dose - _AFTER_DOSE * after
    push = positive(comfort - radius - w.push_slack) * eased
    drift = positive(radius - comfort - slack) * (at_most(positive(dose), _COUNTED) * forgiven)
    drift = drift * direct * direct
    pushed = push * d
    ability = w.drift_ability * drift
    benevolence = w.push_benevolence * pushed
    tired = p.turn_patience + w.drift_patience * drift + w.push_patience * pushed
    circling: Any = ZERO
    if any_of(state.door):
        circling = ((state.door > _NONE) & (radius >= OUTSIDE)) * d
        benevolence = benevolence + w.past_open_door * circling
    hurried: Any = ZERO
    if move.traits & HURRIES:
        hurried = state.pressed * rules.hurries.take(move.action, mode="wrap") * d
        benevolence = benevolence + w.hurry * hurried
        tired = tired + w.hurry_patience * hurried
    if not state.pointed.all():
        waits = table * (state.dose >= ONE) * ~(state.pointed | (radius <= ONE))
        if move.after is not None:
            waits = waits * (ONE - after)
        waits = waits * direct * direct * tables.waiting
        ability = ability + w.pointless * waits
        tired = tired + w.pointless_patience * waits
    integrity = w.push_integrity * pushed + put_off

    # what the ring costs is lost where the business is, whatever was talked about
    share = spill(rules, d)
    subject = subject_of(rules, state.deal)
    home = either(cols[Col.GROUP] == _PEOPLE, _PEOPLE, subject)
    shown = e if asked is ZERO else e + asked
    evidence = spread(shown * (playing * move.reach), share, home)
    ring = np.array((ability, benevolence, integrity))
    if any_of(ring):
        evidence -= spread(ring * at_table, share, subject)
    beliefs = absorb(state.beliefs, evidence)

    # damage heals slowly, down to the scar
    damage = state.damage
    if any_of(damage):
        damage = damage - p.heal * positive(damage - state.scar) * playing
    hurt: Any = ZERO
    if move.traits & SLIGHT:
        slight = rules.slight.take(move.action, axis=1, mode="wrap")
        hurt = (slight[0] + d * (slight[1] - slight[0])) * at_table * tables.status
        damage = at_most(damage + hurt, ONE)
    patience = rules.patience.take(move.action, mode="wrap") - tired
    patience = state.patience + patience * at_table

    causes: dict[str, Floats] = {}
    if explain:
        a, b = p.ability_share, p.benevolence_share
        shares = np.stack((a, b, ONE - a - b))

        def units(evidence: Floats) -> Floats:
            out: Floats = _weighed(shares, evidence) * playing * move.reach
            return out

        repeated = (e - fresh) * (used > 0) * ONE
        causes = {
            "move": units(e - repeated),
            "repetition": units(repeated),
            "question": units(asked + np.zeros_like(e)),
            "welcome_topic": units(positive(e)) * welcome * np.float32(0.4),
            "sore_topic": -sore_loss * b * at_table,
            "push": -(b * w.push_benevolence + (ONE - a - b) * w.push_integrity)
            * pushed
            * at_table,
            "drift": -a * ability * at_table,
            "open_door": -b * w.past_open_door * circling * at_table,
            "hurry": -b * w.hurry * hurried * at_table,
            "slight": -w.damage_on_trust * (hurt + np.zeros_like(d)),
        }  # fmt: skip
    return Impact(beliefs, damage, patience, push * at_table, drift * at_table, causes)


def move_answers(state: State, cols: Ints) -> Bools:
    """Whether the move answers the open question, (n,)."""
    out: Bools = ((cols[Col.ANSWERS] >> state.asked) & _LOWEST) != _NONE
    return out


def _put_off(rules: Rules, state: State, cols: Ints) -> Floats:
    """Deferring an answer costs integrity, the more the nearer one is, (B, n)."""
    defers = (cols[Col.EFFECT] == EFFECT["defer"]) & (state.asked > 0)
    out: Floats = rules.weights.deferring_friend * state.trust * defers
    return out


def _weighed(shares: Floats, evidence: Floats) -> Floats:
    """Evidence (3, B, n) in units of trust, (B, n)."""
    out: Floats = shares[0] * evidence[0] + shares[1] * evidence[1] + shares[2] * evidence[2]
    return out


def _lift(rules: Rules, state: State, cols: Ints) -> Floats:
    """A prepared question or story carries further than an unprepared one, (n,)."""
    w = rules.weights
    wants = cols[Col.PREPARED]
    unprepared = either(wants != 0, np.float32(1 - w.unprepared_loss), ONE)
    return either((wants & state.prepared) != 0, np.float32(1 + w.prepared_gain), unprepared)


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
