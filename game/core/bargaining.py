"""Packages, aspiration, counters and the willingness to sign.

Additive utilities; aspiration falls with time (Faratin, Sierra & Jennings 1998) along a quadratic bent by trust; counters are
read from tables that were searched at compile time. Utilities in [0, 1], one row an engagement.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from game.core.arithmetic import ONE, Bools, Floats, Ints, clip01, logistic, mix, positive
from game.core.rules import LEVELS, STAGES, Col, Offers, Rules
from game.core.state import State
from game.core.trust import trust_in
from game.core.vocabulary import Group, Phase, Scope

_NEAR_TURNS = 5


def own_package(rules: Rules, state: State, cols: Ints) -> tuple[Ints, Ints]:
    """The package that the seller's move puts on the table (-1 none) and his stage after it.

    `suggest` and `next` read the frontier of what the notes say about the buyer's need.
    """
    mode = cols[Col.OFFERS]
    b = rules.bargain
    knows = (state.seen_need.astype(np.int32) + 1) * STAGES
    opening = np.maximum(state.stage, np.int8(2))
    further = np.minimum(state.stage + np.int8(1), np.int8(STAGES - 1))
    suggested = b.frontier.take(knows + opening)
    conceded = b.frontier.take(knows + further)
    given = cols[Col.PACKAGE]
    package = np.where((mode == Offers.PRICE) | (mode == Offers.GIVEN), given, np.int32(-1))
    package = np.where(mode == Offers.SUGGEST, suggested, package)
    package = np.where(mode == Offers.NEXT, conceded, package)
    package = np.where((mode == Offers.SAME) | (mode == Offers.SIGN), state.mine, package)
    package = np.where(mode == Offers.ACCEPT, state.theirs, package)
    named = (mode == Offers.PRICE) | (mode == Offers.GIVEN)
    stage = np.where(named, b.stage_of.take(np.maximum(package, 0)), state.stage)
    stage = np.where(mode == Offers.SUGGEST, opening, stage)
    stage = np.where(mode == Offers.NEXT, further, stage)
    return package.astype(np.int16), stage.astype(np.int8)


def buyer_utility(rules: Rules, state: State, buyer: int, package: Ints) -> Floats:
    """Utility of packages to one buyer at his drawn need, (n,); 0 where there is none."""
    b = rules.bargain
    at = (buyer * b.needs + state.need[buyer].astype(np.int32)) * b.seller.shape[0]
    worth = b.buyer.take(at + np.maximum(package, 0))
    return np.where(package >= 0, worth, np.float32(0))


def departure(rules: Rules, state: State) -> tuple[Bools, Ints]:
    """Whether a flight ends this meeting, and the turns left until it does."""
    calendar = rules.calendar
    here = (state.meeting == calendar.flight_meeting) & ~state.rebooked
    return here, state.flight_turn - state.turn


@dataclass(frozen=True, slots=True)
class Stance:
    """One buyer's position in the bargaining, all (n,)."""

    aspiration: Floats
    slope: Floats  # surplus between reservation and the most he can get
    worth: Floats  # utility of what is beside the package: fit and extras
    level: Floats  # position of the aspiration, 0 reservation to 1 top


def stance(rules: Rules, state: State, d: Floats, buyer: int) -> Stance:
    """Aspiration of one buyer now. `d` is (B, n)."""
    w, bargain, calendar = rules.weights, rules.bargain, rules.calendar
    trust, di = state.trust[buyer], d[buyer]
    top = bargain.top.take(buyer * bargain.needs + state.need[buyer].astype(np.int32))
    reservation = state.reservation[buyer]
    pie = positive(top - reservation)

    here, left = departure(rules, state)
    final = np.bool_(calendar.flight_final)
    limit = calendar.turns.take(state.meeting, mode="clip").astype(np.float32)
    flight_end = np.minimum(state.flight_turn.astype(np.float32), limit)
    # a date he does not know of makes him think there is more time
    if calendar.flight_final:
        horizon = np.where(
            here,
            np.where(
                state.flight_known, flight_end, flight_end * np.float32(w.unknown_deadline)
            ),
            limit,
        )
    else:
        horizon = limit
    # the clock of the bargaining starts when terms are first on the table
    opened = np.maximum(state.opened, np.int16(0)).astype(np.float32)
    passed = state.turn.astype(np.float32) - opened
    x = clip01(passed / np.maximum(horizon - opened, ONE)) * (state.opened >= 0)
    bend = mix(*w.patient_curve, trust)
    given = rules.machine.concession.take(state.trust_state[buyer].astype(np.int32))
    conceded = x * (bend + (np.float32(1) - bend) * x) * given

    claim = mix(*w.claim, di) - mix(*w.claim_trust, di) * trust
    claim = claim + np.float32(w.squeeze_share) * state.squeeze[buyer]
    soft = here & state.flight_known & (left <= _NEAR_TURNS) & ~final
    lever = np.float32(w.leverage) * rules.buyers.bargainer[buyer]
    claim = claim + soft * lever * positive(
        np.float32(1) - np.float32(w.leverage_trust) * trust
    )
    claim = claim + np.float32(calendar.toughness) * (np.float32(1) - trust)
    claim = clip01(np.maximum(claim, np.float32(w.friend_claim)))
    level = claim + (np.float32(1) - claim) * np.float32(w.opening_claim) * (
        np.float32(1) - conceded
    )
    anchored = state.price_named * (state.anchor - np.float32(0.6)) * np.float32(w.anchor_pull)
    level = clip01(level - anchored)
    worth = rules.facts.worth.take(state.told) + state.granted_worth
    return Stance(reservation + pie * level, pie, worth, level)


def willingness(
    rules: Rules,
    state: State,
    d: Floats,
    comfort: Floats,
    radius: Floats,
    buyer: int,
    package: Ints,
    scope: Ints,
    signing: Bools,
    stand: Stance,
) -> Floats:
    """Probability that one buyer says yes to `package` now, (n,)."""
    w = rules.weights
    di, trust = d[buyer], state.trust[buyer]
    utility = buyer_utility(rules, state, buyer, package) + stand.worth
    blocks = rules.topic_bits.take(state.blocks).astype(np.float32)
    facts = rules.facts.count.take(state.told).astype(np.float32)
    z = np.float32(w.sign_gap) * (utility - stand.aspiration)
    z = z + np.float32(w.sign_trust) * (trust - mix(*w.sign_threshold, di))
    z = z - np.float32(w.sign_far) * di * positive(comfort[buyer] - radius - np.float32(1))
    z = z + np.float32(w.sign_facts) * np.minimum(facts, np.float32(5))
    z = z + mix(*w.sign_blocks, di) * blocks
    z = z - np.where(state.problem, np.float32(0), mix(*w.sign_problem, di))
    z = z + np.float32(w.sign_asked) * signing - mix(*w.sign_pressed, di) * state.pressed
    z = z - mix(*w.sign_impatient, di) * positive(np.float32(w.patient_at) - state.patience[buyer])
    z = z + np.float32(w.sign_room) * np.minimum(state.room, np.float32(2))
    z = z + np.where(scope == Scope.POINT, mix(*w.scope_point, di), np.float32(0))
    z = z + np.where(scope == Scope.WHOLE, mix(*w.scope_whole, di), np.float32(0))
    z = z + mix(*w.agenda_helps, di) * state.agenda
    for other in range(rules.n_buyers):
        # the support of those who are not in the room, once they have been met
        if other != buyer:
            absent = ~rules.calendar.present[other].take(state.meeting, mode="clip")
            support = state.trust[other] - np.float32(0.4)
            z = z + np.float32(w.sign_support) * support * (absent & state.met[other])
    never = utility < state.reservation[buyer]
    return np.where(never, np.float32(0), logistic(z))


def counter_package(rules: Rules, state: State, buyer: int, level: Floats, stand: Stance) -> Ints:
    """The buyer's counter at an aspiration level in [0, 1]: a trade, or first of all cheap."""
    b = rules.bargain
    need = buyer * b.needs + state.need[buyer].astype(np.int32)
    aspiration = state.reservation[buyer] + stand.slope * level - stand.worth
    knot = (clip01(aspiration) * np.float32(LEVELS - 1)).astype(np.int32)
    index = need * LEVELS + knot
    trades = rules.machine.tradeoff.take(state.trust_state[buyer].astype(np.int32))
    out: Ints = np.where(trades, b.counter_trade.take(index), b.counter_claim.take(index))
    return out.astype(np.int16)


def renewal_logit(
    rules: Rules, state: State, d: Floats, rival: Floats | float, unmet: Floats | float
) -> Floats:
    """Logit of the lead buyer's staying with you against a rival of strength `rival` (.5 equal)."""
    w = rules.weights
    di = d[0]
    person = np.float32(0.5) * (state.trust[0] + people_trust(rules, state, d))
    z = np.float32(w.stay) + mix(*w.stay_trust, di) * (person - np.float32(w.stay_at))
    z = z + mix(*w.stay_fit, di) * (state.satisfaction - np.float32(0.25))
    z = z + mix(*w.stay_informed, di) * state.informed
    z = z + mix(*w.stay_visited, di) * state.visited
    z = z + np.float32(w.stay_after) * np.minimum(state.after_care, np.float32(2))
    z = z - mix(*w.stay_unmet, di) * unmet
    z = z - np.float32(w.stay_damage) * state.damage[0]
    out: Floats = z - np.float32(w.stay_rival) * (rival - np.float32(0.5))
    return out


def people_trust(rules: Rules, state: State, d: Floats) -> Floats:
    """Trust of the lead buyer in the person and the house, apart from the deal's subject."""
    return trust_in(rules, d, state.beliefs[:, Group.PEOPLE], state.damage)[0]


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
    out: Bools = (state.phase == Phase.TABLE) & ~banned & someone
    return out
