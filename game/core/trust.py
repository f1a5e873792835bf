"""How a move changes what the buyer believes.

Evidence arrives at the poles' mixture, fades with repetition, is bent by the open question, the topic and the
preparation, and lands on the move's topic group; what spills over to the others grows with d squared.
Sources: Mayer, Davis & Schoorman 1995 (three beliefs); Slovic 1993 (losses bite harder);
Schweitzer, Hershey & Bradlow 2006 (deception never heals wholly).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from game.core.arithmetic import ZERO, Floats, Ints, clip01, mix, positive
from game.core.rules import FADE_STEPS, Col, Rules
from game.core.state import State
from game.core.vocabulary import GROUPS, Belief, Group, Phase


def belief_shares(rules: Rules, d: Floats) -> tuple[Floats, Floats, Floats]:
    """Weights of ability, benevolence and integrity in trust; they sum to 1 at every d."""
    ability = mix(*rules.weights.ability_share, d)
    benevolence = mix(*rules.weights.benevolence_share, d)
    return ability, benevolence, np.float32(1) - ability - benevolence


def trust_in(rules: Rules, d: Floats, beliefs: Floats, damage: Floats) -> Floats:
    """Trust from beliefs of one group, shape (3, B, n), less what damage takes."""
    a, b, i = belief_shares(rules, d)
    total = a * beliefs[0] + b * beliefs[1] + i * beliefs[2]
    return clip01(total - np.float32(rules.weights.damage_on_trust) * damage)


def subject_of(rules: Rules, deal: Ints) -> Ints:
    """Topic group of the current deal, shape (n,)."""
    out: Ints = rules.calendar.deal_subject.take(deal, mode="clip")
    return out


def beliefs_at(beliefs: Floats, group: Ints) -> Floats:
    """Beliefs of each row's own group: (3, G, B, n) and (n,) to (3, B, n)."""
    return np.where(group == Group.SERVICE, beliefs[:, Group.SERVICE], beliefs[:, Group.PRODUCT])


def trust_now(rules: Rules, d: Floats, state: State) -> Floats:
    at = beliefs_at(state.beliefs, subject_of(rules, state.deal))
    return trust_in(rules, d, at, state.damage)


def comfort_radius(rules: Rules, d: Floats, state: State) -> Floats:
    """How far from the core this buyer wants to be now, in radius units, shape (B, n)."""
    w = rules.weights
    breadth = rules.topic_bits.take(state.topics).astype(np.float32)
    nearer = np.float32(w.comfort_breadth) * breadth + np.float32(w.comfort_nudge) * state.progress
    far = positive(np.float32(w.comfort_far) - np.float32(w.comfort_trust) * state.trust - nearer)
    near = np.float32(w.comfort_core) + np.float32(w.comfort_widens) * state.pointed.astype(
        np.float32
    )
    out: Floats = near + d * (far - near)
    return out


def absorb(rules: Rules, d: Floats, beliefs: Floats, evidence: Floats, home: Ints) -> Floats:
    """Beliefs (3, G, B, n) after evidence (3, B, n) that landed on each row's group `home` (n,).

    What is learned in one place reaches the others as far as the buyer merges them. Gains shrink
    as a belief fills.
    """
    w = rules.weights
    merged = d * (np.float32(w.spill_slope) + np.float32(1 - w.spill_slope) * d)
    spread = evidence * (np.float32(w.spill_base) + np.float32(w.spill_diffuse) * merged)
    groups = []
    for g in Group:
        at = np.where(home == g, evidence, spread)
        old = beliefs[:, g]
        groups.append(clip01(old + np.where(at > 0, at * (np.float32(1) - old), at)))
    return np.stack(groups, axis=1)


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
    action: Ints,
    cols: Ints,
    reach: Floats,
    explain: bool,
) -> Impact:
    """Apply a move's evidence, push, drift and slight.

    `reach` (B, n): 1 for the addressee, the witness's share for others at the table, 0 elsewhere.
    """
    w = rules.weights
    table = (state.phase == Phase.TABLE) | (state.phase == Phase.AFTER)
    between = state.phase == Phase.BETWEEN
    playing = (table | between).astype(np.float32)
    ev = rules.evidence.take(action, axis=1)
    family = cols[Col.FAMILY]
    used = state.uses[family, np.arange(state.n)].astype(np.float32)
    half = np.minimum(used, np.float32(FADE_STEPS - 1)).astype(np.int32)
    fade = rules.fade.take(half)
    grow = np.float32(w.loss_bite) + np.float32(w.loss_growth) * np.float32(0.5) * np.minimum(
        used, np.float32(8)
    )
    e = ev[0:3, None] + d * ev[3:6, None] + rules.buyers.status[:, None] * d * ev[6:9, None]

    # a prepared question or story carries further than an unprepared one
    wants = cols[Col.PREPARED]
    prepared = (wants & state.prepared) != 0
    lift = np.where(
        prepared,
        np.float32(1 + w.prepared_gain),
        np.where(wants != 0, np.float32(1 - w.unprepared_loss), np.float32(1)),
    )
    gain = lift * fade * (np.float32(1) + state.mood)

    # the topic: welcome, sore, or neither
    topic = cols[Col.TOPIC]
    on_topic = topic >= 0
    welcome = (on_topic & (topic == state.welcome)).astype(np.float32)
    sore = (on_topic & (topic == state.sore)).astype(np.float32)
    gain = gain * (np.float32(1) + np.float32(w.welcome_gain) * welcome) * (np.float32(1) - sore)
    e = np.where(e > 0, e * gain, e * grow)
    sore_loss = sore * mix(*w.sore_loss, d)
    e[Belief.BENEVOLENCE] -= sore_loss

    # an open question changes what the move means
    q = rules.asked_evidence.take(state.asked.astype(np.int32) * len(rules.verbs) + cols[0], axis=1)
    asked = q[0:3, None] + d * q[3:6, None]

    # the spiral: nearer than comfort is push, further out is drift
    radius = rules.radius.take(action)
    comfort = comfort_radius(rules, d, state)
    after = (state.phase == Phase.AFTER).astype(np.float32)
    push = positive(comfort - radius - np.float32(w.push_slack))
    answers = (cols[Col.ANSWERS] >> state.asked) & 1
    push = push * np.where(answers != 0, np.float32(w.push_when_asked), np.float32(1))
    push = push * (np.float32(1) - after)
    slack = np.float32(w.drift_slack) + np.float32(w.after_slack) * after
    dose = positive(state.dose - np.float32(w.free_dose) - np.float32(2) * after)
    dose = np.minimum(dose, np.float32(3))
    drift = positive(radius - comfort - slack) * dose * (np.float32(1) - d)
    drift = drift * np.where(answers != 0, np.float32(0), np.float32(1))
    pushed = push * d
    circling = ((state.door > 0) & (radius >= np.float32(2))).astype(np.float32) * d
    at_table = table.astype(np.float32) * reach
    ring = np.stack(
        (
            -np.float32(w.drift_ability) * drift,
            -np.float32(w.push_benevolence) * pushed - np.float32(w.past_open_door) * circling,
            -np.float32(w.push_integrity) * pushed,
        )
    )
    total = ((e + asked) * playing + ring * table.astype(np.float32)) * reach

    home = np.where(cols[Col.GROUP] == 0, np.int8(Group.PEOPLE), subject_of(rules, state.deal))
    beliefs = absorb(rules, d, state.beliefs, total, home)

    # damage heals slowly, down to the scar
    slight = rules.slight.take(action, axis=1)
    hurt = (slight[0] + d * (slight[1] - slight[0])) * at_table
    hurt = hurt * (np.float32(1) + np.float32(0.5) * rules.buyers.status[:, None])
    healed = state.damage - mix(*w.heal, d) * positive(state.damage - state.scar) * playing
    damage = healed + hurt
    damage = np.minimum(damage, np.float32(1))

    tired = mix(*w.turn_patience, d) + np.float32(w.drift_patience) * drift
    tired = tired + np.float32(w.push_patience) * pushed
    patience = state.patience + (rules.patience.take(action) - tired) * at_table

    causes: dict[str, Floats] = {}
    if explain:
        a, b, i = belief_shares(rules, d)

        def units(evidence: Floats) -> Floats:
            weighed: Floats = (a * evidence[0] + b * evidence[1] + i * evidence[2]) * reach
            return weighed * playing

        fresh = ev[0:3, None] + d * ev[3:6, None] + rules.buyers.status[:, None] * d * ev[6:9, None]
        lost = np.minimum(e, ZERO) - np.minimum(fresh, ZERO)
        faded = np.maximum(e, ZERO) - np.maximum(fresh, ZERO)
        repeated = (used > 0).astype(np.float32)
        causes = {
            "move": units(e) - units(lost + faded) * repeated,
            "repetition": units(lost + faded) * repeated,
            "question": units(asked),
            "sore_topic": -sore_loss * b * reach * playing,
            "welcome_topic": units(np.maximum(e, ZERO)) * welcome * np.float32(0.4),
            "push": -(b * np.float32(w.push_benevolence) + i * np.float32(w.push_integrity))
            * pushed * at_table,
            "drift": -a * np.float32(w.drift_ability) * drift * at_table,
            "open_door": -b * np.float32(w.past_open_door) * circling * at_table,
            "slight": -np.float32(w.damage_on_trust) * hurt,
        }  # fmt: skip
    return Impact(beliefs, damage, patience, push * at_table, drift * at_table, causes)


def starting_beliefs(rules: Rules, d: Floats) -> Floats:
    """Beliefs about a stranger, shape (3, G, B, n): working trust is lent where d is low."""
    w = rules.weights
    starts = (w.ability_start, w.benevolence_start, w.integrity_start)
    one = np.stack([mix(*pair, d) for pair in starts])
    return np.repeat(one[:, None], GROUPS, axis=1)


def forgotten(rules: Rules, d: Floats, beliefs: Floats, years: Floats) -> Floats:
    """Beliefs after a silence: gains fade as 1 / (1 + k years), the ground level stays."""
    keep = np.float32(1) / (np.float32(1) + mix(*rules.weights.forget, d) * years)
    ground = np.minimum(beliefs, starting_beliefs(rules, d))
    out: Floats = ground + (beliefs - ground) * keep
    return out


def effective_d(rules: Rules, d: Floats) -> Floats:
    """Diffuseness as the rules use it; `d_weight` 0 turns everybody into d = .5 (control N02)."""
    weight = rules.weights.d_weight
    if weight == 1.0:
        return d
    out: Floats = np.float32(0.5) + np.float32(weight) * (d - np.float32(0.5))
    return out
