"""The model's free numbers, each with its unit, in one place.

They are the dials that the claim suite turns by +-20 %; docs/rules.md says in which formula
each stands. Pairs are (specific pole, diffuse pole) and are interpolated at the buyer's own d.

A number may be an array (n,) instead, one for each row of a batch: games under many weights are
played side by side.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import Any

import numpy as np

from game.core.arithmetic import constant

Pair = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Weights:
    # trust: how much each belief counts, and where beliefs start
    ability_share: Pair = (0.62, 0.20)
    benevolence_share: Pair = (0.13, 0.55)
    ability_start: Pair = (0.50, 0.12)
    benevolence_start: Pair = (0.36, 0.09)
    integrity_start: Pair = (0.50, 0.18)
    mood_lift: float = 0.06  # start of all beliefs per unit of mood
    spill_base: float = 0.01  # share of evidence that reaches other topic groups ...
    spill_diffuse: float = 0.98  # ... growing with d, slowly at first
    spill_slope: float = 0.70
    damage_on_trust: float = 0.60  # trust lost per unit of damage
    fade: float = 0.5  # a repeated gain is worth this share of the last
    loss_bite: float = 1.25  # losses against equal gains (Slovic 1993)
    loss_growth: float = 0.25  # further growth of a loss per repetition
    witness: float = 0.4  # share of a move that reaches those not addressed
    # comfort, push and drift (radius units; belief per radius unit)
    comfort_core: float = 0.6
    comfort_widens: float = 1.0  # a specific buyer's ring after the point was made
    comfort_far: float = 3.0
    comfort_trust: float = 1.9
    comfort_breadth: float = 0.22
    comfort_nudge: float = 0.44
    comfort_dose: float = 0.15  # each of the first relational turns brings him nearer
    push_slack: float = 1.0
    drift_slack: float = 0.6
    after_slack: float = 1.5  # extra freedom to drift once a deal is signed
    push_benevolence: float = 0.07
    push_integrity: float = 0.02
    push_patience: float = 0.04
    push_when_asked: float = 0.35  # share of the push that is felt when the move answers a question
    drift_ability: float = 0.028
    drift_patience: float = 0.03
    pointless: float = (
        0.018  # ability lost per turn in which a specific buyer still waits for the point
    )
    pointless_patience: float = 0.025
    free_dose: float = 0.5  # relational turns that cost a specific buyer nothing
    turn_patience: Pair = (0.022, 0.010)
    past_open_door: float = 0.04  # benevolence lost by circling past an opening
    hurry: float = 0.06  # benevolence lost per unit of hurry not yet worn off
    hurry_patience: float = 0.30
    rule_broken: float = 0.12  # damage of talking business where it was agreed not to
    # topics
    welcome_gain: float = 0.8  # extra share of evidence on the welcome topic
    sore_loss: Pair = (0.02, 0.12)  # benevolence lost on the sore topic
    prepared_gain: float = 0.60
    unprepared_loss: float = 0.25
    # damage
    heal: Pair = (0.06, 0.03)  # share healed per turn
    apology_heals: float = 0.30
    apology_mends: float = 0.5  # share of a lapse of skill that an apology makes good
    deferring_friend: float = 0.25  # integrity lost by putting off a friend's question
    apology_for_deception: float = 0.08
    deception_damage: Pair = (0.25, 0.40)
    scar: float = 0.45  # share of deception's damage that never heals
    # facts
    ready_direct: Pair = (1.0, 0.25)
    ready_indirect: Pair = (0.6, 1.0)
    ready_embarrassing: Pair = (0.7, 0.10)
    ready_follow_up: Pair = (1.35, 0.95)
    gate_specific: float = 0.75
    gate_offset: float = 0.02
    gate_slope: float = 1.6
    personal_apart: Pair = (0.25, 1.0)  # readiness on personal subjects
    depth_cost: float = 0.12  # readiness lost per layer of depth
    opened: Pair = (0.0, 1.4)  # extra readiness once one private thing was told
    evades: Pair = (0.30, 0.92)  # an untold answer is evaded rather than refused
    ready_prepared: float = 0.25  # readiness added by a prepared question
    ready_volunteer: Pair = (0.6, 1.1)  # telling something of his own after you did
    reciprocity: float = 0.5  # readiness added by shared information
    exposed_share: float = 1.0  # squeeze that early sharing hands an untrusting diffuse buyer
    fact_pie: float = 0.5  # share of a told fact's worth that reaches the seller
    # bargaining (utilities)
    claim: Pair = (0.45, 0.55)
    claim_trust: Pair = (0.05, 0.12)
    friend_claim: float = 0.50
    fair_part: float = 0.42  # share of the pie below which nobody signs, however friendly
    opening_claim: float = 0.60  # share of the rest of the pie asked for at the start
    patient_curve: Pair = (0.05, 0.40)  # early concession at no trust and at full trust
    squeeze_gain: float = 1.9
    squeeze_trust: float = 0.36
    squeeze_creep: float = 0.05
    squeeze_share: float = 0.55
    leverage: float = 1.05
    rival_pull: float = 0.25  # share of the pie claimed per unit of a rival's strength
    leverage_trust: float = 1.3
    counters_unready: Pair = (0.6, 0.0)  # countering at all before the problem was spoken of
    anchor_pull: float = 0.60
    anchor_bare: Pair = (0.4, 1.0)  # share of the pull of a price that came without reasons
    unknown_deadline: float = 5.0  # the buyer's idea of the time left, against the true one
    expects: float = 0.036  # share of the pie he learns to wait for with each step you give
    framed: float = (
        0.12  # share of the pie that a reasoned price given when asked, and trusted, saves
    )
    counter_noise: float = 0.04
    # willingness to sign (logits)
    sign_base: float = -1.2
    sign_gap: float = 14.0
    sign_enough: float = 0.12  # surplus beyond this buys no more readiness
    sign_trust: float = 7.5
    sign_threshold: Pair = (0.46, 0.40)
    sign_slope: float = 2.0  # steepness of the answer within one buyer ...
    firmness_sd: float = 2.4  # ... against the differences between buyers
    sign_far: float = 0.6
    sign_facts: float = 0.22
    sign_blocks: Pair = (0.45, 0.08)
    sign_problem: Pair = (1.5, 7.0)  # cost of never having spoken of the problem
    sign_founded: Pair = (3.2, 0.3)  # price as cement: what was built before it was named
    sign_justified: Pair = (3.2, 0.4)  # a price that came with reasons and has not moved since
    sign_asked: float = 0.5
    sign_again: float = 1.0  # cost of asking for what was just refused
    sign_pressed: Pair = (0.0, 0.5)
    sign_word: float = 0.45  # having exchanged a word that was not about business
    sign_room: float = 0.35
    sign_impatient: Pair = (6.0, 2.0)  # per unit of patience missing below ...
    patient_at: float = 0.65
    sign_support: float = 16.0
    scope_point: Pair = (1.6, -1.3)
    scope_whole: Pair = (-1.6, 1.3)
    agenda_helps: Pair = (2.3, 0.0)
    # relationship and renewal (logits)
    stay: float = -0.4
    stay_trust: Pair = (1.4, 7.5)
    stay_at: float = 0.38
    stay_fit: Pair = (3.5, 7.5)
    stay_informed: Pair = (1.2, 0.15)
    stay_visited: Pair = (0.15, 1.0)
    stay_unmet: Pair = (2.2, 0.6)
    stay_damage: float = 4.0
    stay_rival: float = 2.0
    stay_after: float = 0.25
    forget: Pair = (0.45, 0.07)  # loss of trust per year of silence, as 1/(1 + k years)
    # what shows
    shows: Pair = (45.0, 85.0)  # logits per unit of trust, by expressiveness
    small_sign: float = 0.010
    large_sign: float = 0.055
    hint_rate: float = 0.55
    hint_clear: Pair = (0.92, 0.45)
    # the buyer's initiative (probabilities)
    asks_price_early: float = 0.75
    asks_price_late: Pair = (0.30, 0.05)
    asks_return: float = 0.45
    asks_personal: float = 0.25
    asks_numbers: Pair = (0.30, 0.03)
    invites: Pair = (0.02, 0.22)
    misstates: float = 0.05
    stalls: float = 0.20
    late_demand: float = 0.5
    dismisses: Pair = (0.25, 0.70)
    bluff_seen: Pair = (0.30, 0.45)
    demand_rates: tuple[float, float, float, float] = (0.0, 0.05, 0.22, 0.55)
    d_weight: float = 1.0  # 0 makes every buyer behave as d = .5 (control N02)


def by_row(weights: Weights) -> bool:
    """Whether any number differs by row."""
    values = (getattr(weights, field.name) for field in fields(weights))
    return any(np.ndim(number) for value in values for number in _numbers(value))


def weights_of(weights: Weights, index: Any) -> Weights:
    """The weights of some rows."""

    def own(number: Any) -> Any:
        return number[index] if np.ndim(number) else number

    chosen: dict[str, Any] = {}
    for field in fields(weights):
        value = getattr(weights, field.name)
        chosen[field.name] = tuple(map(own, value)) if isinstance(value, tuple) else own(value)
    return Weights(**chosen)


def _numbers(value: Any) -> tuple[Any, ...]:
    return value if isinstance(value, tuple) else (value,)


def as_arrays(weights: Weights) -> Weights:
    """The same numbers, each a float32 array, without axes where it is the same in all rows, for
    arithmetic with other arrays.

    Two weights are to meet as floats, before they are rounded.
    """
    return Weights(
        **{field.name: _array(getattr(weights, field.name)) for field in fields(weights)}
    )


def _array(value: float | tuple[float, ...]) -> Any:
    return tuple(map(constant, value)) if isinstance(value, tuple) else constant(value)


def jittered(weights: Weights, seed: int, spread: float = 0.2) -> Weights:
    """Every weight times its own U(1 - spread, 1 + spread), drawn from the given seed."""
    rng = np.random.default_rng(seed)
    changes: dict[str, object] = {}
    for field in fields(weights):
        if field.name == "d_weight":
            continue
        value = getattr(weights, field.name)
        if isinstance(value, tuple):
            changes[field.name] = tuple(v * rng.uniform(1 - spread, 1 + spread) for v in value)
        else:
            changes[field.name] = value * rng.uniform(1 - spread, 1 + spread)
    return replace(weights, **changes)  # type: ignore[arg-type]
