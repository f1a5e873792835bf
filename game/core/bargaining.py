"""Packages, aspiration, counters and the willingness to sign.

Additive utilities; aspiration falls with rounds against the time left (after Faratin, Sierra &
Jennings 1998) along a quadratic bent by trust; counters are read from tables that were searched
at compile time. Utilities lie in [0, 1], one row an engagement.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from game.core.arithmetic import ONE, ZERO, Bools, Floats, Ints, clip01, logistic, mix, positive
from game.core.poles import Poles, at_poles
from game.core.rules import LEVELS, STAGES, Col, Offers, Rules
from game.core.state import State
from game.core.trust import trust_in
from game.core.vocabulary import Group, Phase, Scope

NEAR_TURNS = 5
_USUAL_RIVAL = 0.3
_TABLE, _POINT, _WHOLE = int(Phase.TABLE), int(Scope.POINT), int(Scope.WHOLE)


def own_package(rules: Rules, state: State, cols: Ints) -> tuple[Ints, Ints]:
    """The package that the seller's move puts on the table (-1 none) and his stage after it.

    `suggest` and `next` read the frontier of what the notes say about the buyer's need.
    """
    mode = cols[Col.OFFERS]
    b = rules.bargain
    package, stage = np.full(state.n, -1, np.int32), state.stage
    here = np.bincount(mode, minlength=8)
    knows = (state.seen_need.astype(np.int32) + 1) * STAGES
    if here[Offers.PRICE] or here[Offers.GIVEN]:
        named = (mode == Offers.PRICE) | (mode == Offers.GIVEN)
        package = np.where(named, cols[Col.PACKAGE], package)
        stage = np.where(named, b.stage_of.take(np.maximum(package, 0)), stage)
    if here[Offers.SUGGEST]:
        opening = np.maximum(state.stage, np.int8(2))
        package = np.where(mode == Offers.SUGGEST, b.frontier.take(knows + opening), package)
        stage = np.where(mode == Offers.SUGGEST, opening, stage)
    if here[Offers.NEXT]:
        further = b.onward.take(knows + state.stage)
        package = np.where(mode == Offers.NEXT, b.frontier.take(knows + further), package)
        stage = np.where(mode == Offers.NEXT, further, stage)
    if here[Offers.SAME] or here[Offers.SIGN]:
        package = np.where((mode == Offers.SAME) | (mode == Offers.SIGN), state.mine, package)
    if here[Offers.ACCEPT]:
        package = np.where(mode == Offers.ACCEPT, state.theirs, package)
    return package.astype(np.int16), stage.astype(np.int8)


def _at_need(rules: Rules, state: State) -> Ints:
    """Row of each buyer's drawn need in the tables by buyer and need, (B, n)."""
    out: Ints = rules.bargain.first_need + state.need
    return out


def buyer_utility(rules: Rules, state: State, package: Ints) -> Floats:
    """Utility of packages, (n,) or (…, B, n), to each buyer at his need; 0 without one."""
    b = rules.bargain
    at = _at_need(rules, state) * b.seller.shape[0]
    return np.where(package >= 0, b.buyer.take(at + np.maximum(package, 0)), 0.0)


def departure(rules: Rules, state: State) -> tuple[Bools, Ints]:
    """Whether a flight ends this meeting, and the turns left until it does."""
    calendar = rules.calendar
    here = (state.meeting == calendar.flight_meeting) & ~state.rebooked
    return here, state.flight_turn - state.turn


@dataclass(frozen=True, slots=True)
class Stance:
    """Each buyer's position in the bargaining, all (B, n)."""

    aspiration: Floats
    slope: Floats  # surplus between reservation and the most he can get
    worth: Floats  # utility of what is beside the package: fit and extras
    level: Floats  # position of the aspiration, 0 reservation to 1 top


def stance(rules: Rules, state: State, p: Poles) -> Stance:
    """Aspirations now; `p` holds the poles' weights, (B, n)."""
    w, calendar = rules.weights, rules.calendar
    trust, reservation = state.trust, state.reservation
    top = rules.bargain.top.take(_at_need(rules, state))
    pie = positive(top - reservation)

    horizon: Any = calendar.turns.take(state.meeting, mode="clip").astype(np.float32)
    here, left = departure(rules, state)
    if calendar.flight_final:
        # a date he does not know of makes him think there is more time
        end = np.minimum(state.flight_turn.astype(np.float32), horizon)
        believed = np.where(state.flight_known, end, end * w.unknown_deadline)
        horizon = np.where(here, believed, horizon)
    # the clock of the bargaining counts rounds: offers made, against the turns he thinks are left
    rounds = state.rounds.astype(np.float32)
    x = rounds / np.maximum(rounds + positive(horizon - state.turn), 1.0)
    early, late = w.patient_curve
    bend = early + (late - early) * trust
    given = rules.machine.concession.take(state.trust_state)
    conceded = x * (bend + (1.0 - bend) * x) * given

    claim = p.claim - p.claim_trust * trust
    claim = claim + w.squeeze_share * state.squeeze + calendar.toughness * (1.0 - trust)
    if calendar.flight_meeting >= 0 and not calendar.flight_final:
        soft = here & state.flight_known & (left <= NEAR_TURNS)
        lever = w.leverage * rules.buyers.bargainer[:, None]
        claim = claim + soft * (lever * positive(1.0 - w.leverage_trust * trust))
    claim = claim + w.rival_pull * (state.rival - _USUAL_RIVAL)
    claim = clip01(np.maximum(claim, w.friend_claim))
    level = claim + (1.0 - claim) * w.opening_claim * (1.0 - conceded)
    level = level + w.expects * positive(state.stage - np.float32(2)) - w.framed * state.framed
    pull = np.where(state.justified, ONE, p.anchor_bare) * state.price_named
    level = clip01(level - w.anchor_pull * pull * (state.anchor - 0.6))
    worth = rules.facts.worth.take(state.told) + state.granted_worth
    return Stance(reservation + pie * level, pie, worth, level)


def willingness(
    rules: Rules,
    state: State,
    d: Floats,
    p: Poles,
    comfort: Floats,
    radius: Floats,
    utility: Floats,
    signing: Bools,
    again: Bools,
    stand: Stance,
) -> tuple[Floats, Floats]:
    """Probability that each says yes now to an offer worth `utility` to him, and that he would
    say yes to one he likes: both (B, n)."""
    w = rules.weights
    trust = state.trust
    blocks = rules.topic_bits.take(state.blocks).astype(np.float32)
    facts = rules.facts.count.take(state.told).astype(np.float32)
    punctual = 1.5 - rules.buyers.clock[:, None]
    z = w.sign_base + w.sign_trust * (trust - p.sign_threshold)
    z = z - w.sign_far * d * positive(comfort - radius - 1.0)
    z = z + w.sign_facts * np.minimum(facts, 5.0) + p.sign_blocks * blocks
    z = z - np.where(state.problem, ZERO, p.sign_problem)
    z = z + rules.machine.signs.take(state.trust_state) * d
    z = z + p.sign_founded * (state.foundation - 0.5)
    z = z + p.sign_justified * state.justified
    z = z + w.sign_asked * signing - w.sign_again * again - p.sign_pressed * state.pressed
    z = z - p.sign_impatient * positive(w.patient_at - state.patience)
    z = z + w.sign_word * np.minimum(state.dose, 1.0)
    z = z + w.sign_room * np.minimum(state.room, 2.0) + p.agenda_helps * punctual * state.agenda
    if state.mine_scope.any():
        z = z + np.where(state.mine_scope == _POINT, p.scope_point, ZERO)
        z = z + np.where(state.mine_scope == _WHOLE, p.scope_whole, ZERO)
    if rules.n_buyers > 1:
        z = z + _support(rules, state)
    never = utility < state.reservation + w.fair_part * stand.slope
    z = z - state.firmness
    gap = np.minimum(utility - stand.aspiration, w.sign_enough)
    yes = logistic(w.sign_slope * (z + w.sign_gap * gap))
    ready = logistic(w.sign_slope * (z + w.sign_gap * w.sign_enough))
    return np.where(never, ZERO, yes), ready


def _support(rules: Rules, state: State) -> Floats:
    """What those who are not in the room, but have been met, add for each buyer, (B, n)."""
    out = np.zeros(state.trust.shape, np.float32)
    for other in range(rules.n_buyers):
        absent = ~rules.calendar.present[other].take(state.meeting, mode="clip")
        word = rules.weights.sign_support * (state.trust[other] - 0.4) * (absent & state.met[other])
        for buyer in range(rules.n_buyers):
            if buyer != other:
                out[buyer] += word
    return out


def counter_package(rules: Rules, state: State, level: Floats, stand: Stance) -> Ints:
    """Each buyer's counter at aspiration levels (…, B, n) in [0, 1]: a trade, or cheap first."""
    b = rules.bargain
    aspiration = state.reservation + stand.slope * level - stand.worth
    knot = (clip01(aspiration) * np.float32(LEVELS - 1)).astype(np.int32)
    index = _at_need(rules, state) * LEVELS + knot
    trades = rules.machine.tradeoff.take(state.trust_state)
    out: Ints = np.where(trades, b.counter_trade.take(index), b.counter_claim.take(index))
    return out.astype(np.int16)


def renewal_logit(
    rules: Rules, state: State, d: Floats, rival: Floats | float, unmet: Floats | float
) -> Floats:
    """Logit of the lead buyer's staying with you against a rival of strength `rival` (.5 equal)."""
    w = rules.weights
    first = d[0]
    p = at_poles(rules.poles, d)
    people = trust_in(p, state.beliefs[:, Group.PEOPLE], state.damage, w.damage_on_trust)[0]
    person = 0.5 * (state.trust[0] + people)
    z = w.stay + mix(*w.stay_trust, first) * (person - w.stay_at)
    z = z + mix(*w.stay_fit, first) * (state.satisfaction - 0.25)
    z = z + mix(*w.stay_informed, first) * state.informed
    z = z + mix(*w.stay_visited, first) * state.visited
    z = z + w.stay_after * np.minimum(state.after_care, 2.0)
    z = z - mix(*w.stay_unmet, first) * unmet
    z = z - w.stay_damage * state.damage[0]
    out: Floats = z - w.stay_rival * (rival - 0.5)
    return out


def relationship(rules: Rules, state: State, d: Floats) -> Floats:
    """Expected future in [0, 1]: the probability of staying against an equal rival."""
    return logistic(renewal_logit(rules, state, d, 0.5, 0.0))


def can_deal(rules: Rules, state: State) -> Bools:
    """Rows in which a deal can close now: business is open and somebody with a say is here."""
    banned = rules.calendar.banned.take(state.meeting, mode="clip")
    someone = np.zeros(state.n, np.bool_)
    for b in range(rules.n_buyers):
        if rules.buyers.say[b]:
            someone = someone | rules.calendar.present[b].take(state.meeting, mode="clip")
    out: Bools = (state.phase == _TABLE) & ~banned & someone
    return out
