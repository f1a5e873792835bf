"""How a move changes what the buyer believes.

Evidence arrives at the poles' mixture, fades with repetition, is bent by the open question, the
topic and the preparation, and lands on the move's topic group; what spills over to the others
grows with d.
Sources: Mayer, Davis & Schoorman 1995 (three beliefs); Slovic 1993 (losses bite harder);
Schweitzer, Hershey & Bradlow 2006 (deception never heals wholly).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from game.core.arithmetic import ONE, ZERO, Floats, Ints, clip01, mix, positive
from game.core.poles import Poles
from game.core.rules import EFFECT, FADE_STEPS, Col, Rules
from game.core.state import State
from game.core.vocabulary import GROUPS, Belief, Group, Phase

_TABLE, _AFTER, _BETWEEN = int(Phase.TABLE), int(Phase.AFTER), int(Phase.BETWEEN)
_SERVICE, _PRODUCT, _PEOPLE = int(Group.SERVICE), int(Group.PRODUCT), int(Group.PEOPLE)


def effective_d(rules: Rules, d: Floats) -> Floats:
    """Diffuseness as the rules use it; `d_weight` 0 turns everybody into d = .5 (control N02)."""
    weight = rules.weights.d_weight
    if weight == 1.0:
        return d
    out: Floats = 0.5 + weight * (d - 0.5)
    return out


def trust_in(p: Poles, beliefs: Floats, damage: Floats, damage_on_trust: float) -> Floats:
    """Trust from beliefs of one group, shape (3, B, n), less what damage takes.

    The shares of ability, benevolence and integrity sum to 1 at every d.
    """
    a, b = p.ability_share, p.benevolence_share
    total = a * beliefs[0] + b * beliefs[1] + (1.0 - a - b) * beliefs[2]
    return clip01(total - damage_on_trust * damage)


def subject_of(rules: Rules, deal: Ints) -> Ints:
    """Topic group of the current deal, shape (n,)."""
    out: Ints = rules.calendar.deal_subject.take(deal, mode="clip")
    return out


def trust_now(rules: Rules, p: Poles, state: State) -> Floats:
    """Trust of every buyer at the current deal's subject, (B, n)."""
    beliefs = state.beliefs
    if rules.calendar.deals == 1:
        at = beliefs[:, _PRODUCT]
    else:
        service = subject_of(rules, state.deal) == _SERVICE
        at = np.where(service, beliefs[:, _SERVICE], beliefs[:, _PRODUCT])
    return trust_in(p, at, state.damage, rules.weights.damage_on_trust)


def comfort_radius(rules: Rules, d: Floats, state: State) -> Floats:
    """How far from the core this buyer wants to be now, in radius units, shape (B, n)."""
    w = rules.weights
    breadth = rules.topic_bits.take(state.topics)
    nearer = w.comfort_breadth * breadth.astype(np.float32) + w.comfort_nudge * state.progress
    nearer = nearer + w.comfort_dose * np.minimum(state.dose, 3.0)
    far = positive(w.comfort_far - w.comfort_trust * state.trust - nearer)
    near = w.comfort_core + w.comfort_widens * state.pointed.astype(np.float32)
    out: Floats = near + d * (far - near)
    return out


def spilled(rules: Rules, d: Floats, evidence: Floats, home: Ints) -> Floats:
    """Evidence (3, B, n) at each row's group `home` (n,), spread to all groups: (3, G, B, n).

    What is learned in one place reaches the others as far as the buyer merges them.
    """
    w = rules.weights
    spill = w.spill_base + w.spill_diffuse * d * (w.spill_slope + (1 - w.spill_slope) * d)
    there = (home == _GROUP_CODES)[:, None]
    out: Floats = evidence[:, None] * np.where(there, ONE, spill)
    return out


def absorb(beliefs: Floats, evidence: Floats) -> Floats:
    """Beliefs after evidence, both (3, G, B, n). Gains shrink as a belief fills."""
    return clip01(beliefs + np.where(evidence > 0, evidence * (1.0 - beliefs), evidence))


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


def impact(
    rules: Rules,
    state: State,
    d: Floats,
    p: Poles,
    action: Ints,
    cols: Ints,
    radius: Floats,
    reach: Floats,
    explain: bool,
) -> Impact:
    """Apply a move's evidence, push, drift and slight.

    `reach` (B, n): 1 for the addressee, the witness's share for others at the table, 0 elsewhere.
    """
    w = rules.weights
    phase = state.phase
    after = (phase == _AFTER).astype(np.float32)
    table = (phase == _TABLE).astype(np.float32) + after
    playing = table + (phase == _BETWEEN)
    ev = rules.evidence.take(action, axis=1)
    status = rules.buyers.status[:, None]
    fresh = ev[0:3, None] + d * (ev[3:6, None] + status * ev[6:9, None])

    used = state.uses[cols[Col.FAMILY], np.arange(state.n)]
    gain = rules.fade.take(np.minimum(used, FADE_STEPS - 1)) * _lift(rules, state, cols)
    gain = gain * (1.0 + state.mood)
    grow = w.loss_bite + 0.5 * w.loss_growth * np.minimum(used, 8).astype(np.float32)

    # the topic: welcome, sore, or neither
    topic = cols[Col.TOPIC]
    sore_loss: Any = ZERO
    welcome: Any = ZERO
    if (topic >= 0).any():
        on_topic = topic >= 0
        welcome = (on_topic & (topic == state.welcome)).astype(np.float32)
        sore = (on_topic & (topic == state.sore)).astype(np.float32)
        gain = gain * (1.0 + w.welcome_gain * welcome) * (1.0 - sore)
        sore_loss = sore * p.sore_loss
    e = fresh * np.where(fresh > 0, gain, grow)
    if sore_loss is not ZERO:
        e[Belief.BENEVOLENCE] -= sore_loss

    # an open question changes what the move means
    asked: Any = ZERO
    put_off: Any = ZERO
    eased: Any = ONE
    forgiven: Any = ONE
    if state.asked.any():
        answers = ((cols[Col.ANSWERS] >> state.asked) & 1) != 0
        eased = np.where(answers, np.float32(w.push_when_asked), ONE)
        forgiven = np.where(answers, ZERO, ONE)
        put_off = _put_off(rules, state, cols)
        at = state.asked.astype(np.int32) * len(rules.verbs) + cols[Col.VERB]
        q = rules.asked_evidence.take(at, axis=1)
        asked = q[0:3, None] + d * q[3:6, None]

    # the spiral: nearer than comfort is push, further out is drift
    comfort = comfort_radius(rules, d, state)
    at_table = table * reach
    push = positive(comfort - radius - w.push_slack) * (eased * (1.0 - after))
    slack = w.drift_slack + w.after_slack * after
    dose = np.minimum(positive(state.dose - w.free_dose - 2.0 * after), 3.0)
    drift = positive(radius - comfort - slack) * (dose * forgiven)
    drift = drift * (1.0 - d) * (1.0 - d)
    pushed = push * d
    circling = ((state.door > 0) & (radius >= 2.0)) * d
    waits: Any = ZERO
    if not state.pointed.all():
        waits = table * (state.dose >= 1) * ~(state.pointed | (radius <= 1.0)) * (1.0 - after)
        waits = waits * (1.0 - d) * (1.0 - d) * (1.5 - rules.buyers.clock[:, None])
    hurried = state.pressed * rules.hurries.take(action) * d
    # what the ring costs is lost where the business is, whatever was talked about
    ring = np.stack(
        (
            -w.drift_ability * drift - w.pointless * waits,
            -w.push_benevolence * pushed - w.past_open_door * circling - w.hurry * hurried,
            -w.push_integrity * pushed - put_off,
        )
    )
    subject = subject_of(rules, state.deal)
    home = np.where(cols[Col.GROUP] == 0, _PEOPLE, subject)
    evidence = spilled(rules, d, (e + asked) * (playing * reach), home)
    if ring.any():
        evidence = evidence + spilled(rules, d, ring * at_table, subject)
    beliefs = absorb(state.beliefs, evidence)

    # damage heals slowly, down to the scar
    slight = rules.slight.take(action, axis=1)
    hurt = (slight[0] + d * (slight[1] - slight[0])) * at_table * (1.0 + 0.5 * status)
    healed = state.damage - p.heal * positive(state.damage - state.scar) * playing
    damage = np.minimum(healed + hurt, 1.0)

    tired = p.turn_patience + w.drift_patience * drift + w.push_patience * pushed
    tired = tired + w.hurry_patience * hurried + w.pointless_patience * waits
    patience = state.patience + (rules.patience.take(action) - tired) * at_table

    causes: dict[str, Floats] = {}
    if explain:
        a, b = p.ability_share, p.benevolence_share
        shares = np.stack((a, b, 1.0 - a - b))

        def units(evidence: Floats) -> Floats:
            out: Floats = _weighed(shares, evidence) * playing * reach
            return out

        repeated = (e - fresh) * (used > 0) * np.float32(1)
        causes = {
            "move": units(e - repeated),
            "repetition": units(repeated),
            "question": units(asked + np.zeros_like(e)),
            "welcome_topic": units(np.maximum(e, 0.0)) * welcome * 0.4,
            "sore_topic": -sore_loss * b * at_table,
            "push": -(b * w.push_benevolence + (1.0 - a - b) * w.push_integrity)
            * pushed
            * at_table,
            "drift": a * ring[0] * at_table,
            "open_door": -b * w.past_open_door * circling * at_table,
            "hurry": -b * w.hurry * hurried * at_table,
            "slight": -w.damage_on_trust * hurt,
        }  # fmt: skip
    return Impact(beliefs, damage, patience, push * at_table, drift * at_table, causes)


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
    if not wants.any():
        return ONE
    unprepared = np.where(wants != 0, np.float32(1 - w.unprepared_loss), ONE)
    return np.where((wants & state.prepared) != 0, np.float32(1 + w.prepared_gain), unprepared)


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
