"""Packages, aspiration, counters and the willingness to sign.

Additive utilities; aspiration falls with rounds against the time left (after Faratin, Sierra &
Jennings 1998) along a quadratic bent by trust; counters are read from tables that were searched
at compile time. Utilities lie in [0, 1], one row an engagement.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from game.core.arithmetic import (
    ONE,
    ZERO,
    Bools,
    Floats,
    Ints,
    all_of,
    any_of,
    at_most,
    clip01,
    constant,
    either,
    logistic,
    mix,
    nothing,
    positive,
)
from game.core.move import Move, offers
from game.core.poles import Poles, at_poles
from game.core.rules import LEVELS, STAGES, Col, Offers, Rules
from game.core.state import State
from game.core.trust import comfort_radius, trust_in
from game.core.vocabulary import Group, Scope

NEAR_TURNS = 5
_USUAL_RIVAL = constant(0.3)
_POINT, _WHOLE = constant(Scope.POINT, np.int8), constant(Scope.WHOLE, np.int8)
_OPENING_STAGE = constant(2, np.int8)
_ANCHOR_AT = constant(0.6)
_HALF_BUILT = constant(0.5)
_MET_AT = constant(0.4)
_MOST_FACTS, _MOST_ROOM = constant(5), constant(2)
_SECOND_STAGE = constant(2)
_FIRST_PACKAGE = constant(0, np.int16)
_TOP_LEVEL = constant(LEVELS - 1)
_SIGNS, _HOLDS = offers(Offers.SIGN), offers(Offers.SAME)


def own_package(rules: Rules, state: State, cols: Ints) -> tuple[Ints, Ints]:
    """The package that the seller's move puts on the table (-1 none) and his stage after it.

    `suggest` and `next` read the frontier of what the notes say about the buyer's need.
    """
    mode = cols[Col.OFFERS]
    b = rules.bargain
    package, stage = nothing(state.n, np.int32), state.stage
    here = np.bincount(mode, minlength=8).tolist()
    knows = (state.seen_need.astype(np.int32) + 1) * STAGES
    if here[Offers.PRICE] or here[Offers.GIVEN]:
        named = (mode == Offers.PRICE) | (mode == Offers.GIVEN)
        package = either(named, cols[Col.PACKAGE], package)
        stage = either(named, b.stage_of.take(np.maximum(package, 0)), stage)
    if here[Offers.SUGGEST]:
        opening = np.maximum(state.stage, _OPENING_STAGE)
        package = either(mode == Offers.SUGGEST, b.frontier.take(knows + opening), package)
        stage = either(mode == Offers.SUGGEST, opening, stage)
    if here[Offers.NEXT]:
        further = b.onward.take(knows + state.stage)
        package = either(mode == Offers.NEXT, b.frontier.take(knows + further), package)
        stage = either(mode == Offers.NEXT, further, stage)
    if here[Offers.SAME] or here[Offers.SIGN]:
        package = either((mode == Offers.SAME) | (mode == Offers.SIGN), state.mine, package)
    if here[Offers.ACCEPT]:
        package = either(mode == Offers.ACCEPT, state.theirs, package)
    return package.astype(np.int16), stage.astype(np.int8)


def departure(rules: Rules, state: State) -> tuple[Bools, Ints]:
    """Whether a flight ends this meeting, and the turns left until it does."""
    calendar = rules.calendar
    here = (state.meeting == calendar.flight_meeting) & ~state.rebooked
    return here, state.flight_turn - state.turn


class _Tables(NamedTuple):
    """What is the same in every step, worked out of the tables."""

    turns: Floats  # (M,) of a meeting
    bend_rises: Floats  # how much sooner somebody trusted is conceded to
    lever: Floats  # (B, 1)
    punctual: Floats  # (B, 1)
    blocks: Floats  # by mask: how many
    facts: Floats  # by mask: how many, up to where they count
    ready: NDArray[np.float64]  # logits of an offer that he likes
    steep: NDArray[np.float64]
    counters: Ints  # claims, then trades: packages by buyer, need and level
    trades: Ints  # (S,) where a state's counters begin in these


def _tables(rules: Rules) -> _Tables:
    w, bargain, machine = rules.weights, rules.bargain, rules.machine
    early, late = w.patient_curve
    facts = rules.facts.count.astype(np.float32)
    return _Tables(
        turns=rules.calendar.turns.astype(np.float32),
        bend_rises=constant(late - early),
        lever=rules.numbers.leverage * rules.buyers.bargainer[:, None],
        punctual=1.5 - rules.buyers.clock[:, None],
        blocks=rules.topic_bits.astype(np.float32),
        facts=np.minimum(facts, _MOST_FACTS),
        ready=constant(w.sign_gap * w.sign_enough, np.float64),
        steep=constant(w.sign_slope, np.float64),
        counters=np.concatenate((bargain.counter_claim, bargain.counter_trade)),
        trades=machine.tradeoff.astype(np.intp) * len(bargain.counter_claim),
    )


@dataclass(frozen=True, slots=True)
class Stance:
    """Each buyer's position in the bargaining, all (B, n)."""

    need: Ints  # row of his drawn need in the tables by buyer and need
    aspiration: Floats
    slope: Floats  # surplus between reservation and the most he can get
    worth: Floats  # utility of what is beside the package: fit and extras
    level: Floats  # position of the aspiration, 0 reservation to 1 top


def stance(rules: Rules, state: State, p: Poles) -> Stance:
    """Aspirations now; `p` holds the poles' weights, (B, n)."""
    w, calendar, tables = rules.numbers, rules.calendar, rules.once(_tables)
    trust, reservation = state.trust, state.reservation
    need = rules.bargain.first_need + state.need
    pie = positive(rules.bargain.top.take(need) - reservation)

    horizon: Any = tables.turns.take(state.meeting, mode="clip")
    if calendar.flight_meeting >= 0:
        here, left = departure(rules, state)
    if calendar.flight_meeting >= 0 and calendar.flight_final:
        # a date he does not know of makes him think there is more time
        end = np.minimum(state.flight_turn.astype(np.float32), horizon)
        believed = either(state.flight_known, end, end * w.unknown_deadline)
        horizon = either(here, believed, horizon)
    # the clock of the bargaining counts rounds: offers made, against the turns he thinks are left
    rounds = state.rounds.astype(np.float32)
    x = rounds / np.maximum(rounds + positive(horizon - state.turn), ONE)
    bend = w.patient_curve[0] + tables.bend_rises * trust
    conceded = x * (bend + (ONE - bend) * x) * rules.machine.concession.take(state.trust_state)

    claim = p.claim - p.claim_trust * trust
    claim += w.squeeze_share * state.squeeze
    if calendar.toughness:
        claim += calendar.toughness * (ONE - trust)
    if calendar.flight_meeting >= 0 and not calendar.flight_final:
        soft = here & state.flight_known & (left <= NEAR_TURNS)
        claim += soft * (tables.lever * positive(ONE - w.leverage_trust * trust))
    claim += w.rival_pull * (state.rival - _USUAL_RIVAL)
    claim = clip01(np.maximum(claim, w.friend_claim))
    level = claim + (ONE - claim) * w.opening_claim * (ONE - conceded)
    level += w.expects * positive(state.stage - _SECOND_STAGE)
    level -= w.framed * state.framed
    if any_of(state.price_named):
        pull = either(state.justified, ONE, p.anchor_bare) * state.price_named
        level -= w.anchor_pull * pull * (state.anchor - _ANCHOR_AT)
    level = clip01(level)
    worth = rules.facts.worth.take(state.told) + state.granted_worth
    return Stance(need, reservation + pie * level, pie, worth, level)


def buyer_utility(rules: Rules, need: Ints, package: Ints) -> Floats:
    """Utility of packages, (n,) or (…, B, n), to each buyer at his need; 0 without one."""
    b = rules.bargain
    worth = b.buyer.take(need * len(b.seller) + np.maximum(package, _FIRST_PACKAGE))
    out: Floats = worth * (package >= _FIRST_PACKAGE)
    return out


def willingness(
    rules: Rules, state: State, d: Floats, p: Poles, move: Move, utility: Floats, stand: Stance
) -> tuple[Floats, Floats]:
    """Probability that each says yes now to an offer worth `utility` to him, and in logits that
    he would say yes to one he likes: both (B, n)."""
    w, tables = rules.numbers, rules.once(_tables)
    z = w.sign_base + w.sign_trust * (state.trust - p.sign_threshold)
    comfort = comfort_radius(rules, d, state)
    z -= w.sign_far * d * positive(comfort - move.radius - ONE)
    z += w.sign_facts * tables.facts.take(state.told)
    if any_of(state.blocks):
        z += p.sign_blocks * tables.blocks.take(state.blocks)
    if not all_of(state.problem):
        z -= either(state.problem, ZERO, p.sign_problem)
    z += rules.machine.signs.take(state.trust_state) * d
    z += p.sign_founded * (state.foundation - _HALF_BUILT)
    if any_of(state.justified):
        z += p.sign_justified * state.justified
    z = z.astype(np.float64)  # double from here on: the golden games hold to it
    if move.traits & _SIGNS:
        z += rules.weights.sign_asked * (move.cols[Col.OFFERS] == Offers.SIGN)
    if move.traits & (_SIGNS | _HOLDS):
        z -= rules.weights.sign_again * _repeated(state, move)
    if any_of(state.pressed):
        z -= p.sign_pressed * state.pressed
    z -= p.sign_impatient * positive(w.patient_at - state.patience)
    z += w.sign_word * at_most(state.dose, ONE)
    if any_of(state.room):
        z += w.sign_room * at_most(state.room, _MOST_ROOM)
    if any_of(state.agenda):
        z += p.agenda_helps * tables.punctual * state.agenda
    if any_of(state.mine_scope):
        z += either(state.mine_scope == _POINT, p.scope_point, ZERO)
        z += either(state.mine_scope == _WHOLE, p.scope_whole, ZERO)
    if rules.n_buyers > 1:
        z += _support(rules, state, move)
    z -= state.firmness
    never = utility < state.reservation + w.fair_part * stand.slope
    gap = at_most(utility - stand.aspiration, w.sign_enough)
    yes = logistic(tables.steep * (z + w.sign_gap * gap))
    return yes * ~never, tables.steep * (z + tables.ready)


def _repeated(state: State, move: Move) -> Bools:
    """Asking again for what was refused; holding a price that was justified is a position."""
    mode = move.cols[Col.OFFERS]
    again: Bools = ((mode == Offers.SAME) & ~state.justified) | (mode == Offers.SIGN)
    return again


def _support(rules: Rules, state: State, move: Move) -> Floats:
    """What those who are not in the room, but have been met, add for each buyer, (B, n)."""
    out = np.zeros(state.trust.shape, np.float32)
    absent = state.met & ~move.present
    if any_of(absent):
        word = rules.numbers.sign_support * (state.trust - _MET_AT) * absent
        for other in range(rules.n_buyers):
            for buyer in range(rules.n_buyers):
                if buyer != other:
                    out[buyer] += word[other]
    return out


def counter_package(rules: Rules, state: State, level: Floats, stand: Stance) -> Ints:
    """Each buyer's counter at aspiration levels (…, B, n) in [0, 1]: a trade, or cheap first."""
    tables = rules.once(_tables)
    aspiration = state.reservation + stand.slope * level - stand.worth
    knot = (clip01(aspiration) * _TOP_LEVEL).astype(np.intp)
    knot += stand.need * LEVELS + tables.trades.take(state.trust_state)
    out: Ints = tables.counters.take(knot, mode="wrap").astype(np.int16)
    return out


def renewal_logit(
    rules: Rules, state: State, d: Floats, rival: Floats | float, unmet: Floats | float
) -> Floats:
    """Logit of the lead buyer's staying with you against a rival of strength `rival` (.5 equal)."""
    w, poles = rules.numbers, rules.weights
    first = d[0]
    p = at_poles(rules.poles, d)
    people = trust_in(p, state.beliefs[:, Group.PEOPLE], state.damage, w.damage_on_trust)[0]
    person = 0.5 * (state.trust[0] + people)
    z = w.stay + mix(*poles.stay_trust, first) * (person - w.stay_at)
    z = z + mix(*poles.stay_fit, first) * (state.satisfaction - 0.25)
    z = z + mix(*poles.stay_informed, first) * state.informed
    z = z + mix(*poles.stay_visited, first) * state.visited
    z = z + w.stay_after * np.minimum(state.after_care, 2.0)
    z = z - mix(*poles.stay_unmet, first) * unmet
    z = z - w.stay_damage * state.damage[0]
    out: Floats = z - w.stay_rival * (rival - 0.5)
    return out


def relationship(rules: Rules, state: State, d: Floats) -> Floats:
    """Expected future in [0, 1]: the probability of staying against an equal rival."""
    return logistic(renewal_logit(rules, state, d, 0.5, 0.0))


def _deal_possible(rules: Rules) -> Bools:
    """(M,): business is open in a meeting and somebody with a say is there."""
    someone: Bools = rules.calendar.present[rules.buyers.say].any(axis=0) & ~rules.calendar.banned
    return someone


def can_deal(rules: Rules, state: State, move: Move) -> Bools:
    """Rows in which a deal can close now."""
    return move.open & rules.once(_deal_possible).take(state.meeting, mode="clip")
