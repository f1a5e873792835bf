"""An offer and its answer: accepted, countered or rejected."""

from __future__ import annotations

from typing import Any

import numpy as np

from game.core import chance as slots
from game.core.arithmetic import (
    ONE,
    ZERO,
    Bools,
    Floats,
    Ints,
    all_of,
    any_of,
    clip01,
    constant,
    either,
    logistic,
    nothing,
    positive,
)
from game.core.bargaining import (
    Stance,
    buyer_utility,
    can_deal,
    counter_package,
    own_package,
    stance,
    willingness,
)
from game.core.calendar import close_deal
from game.core.move import OFFER_TRAITS, Move, does, offers, place_of
from game.core.observe import Dice
from game.core.poles import Poles
from game.core.rules import EFFECT, Col, Offers, Rules
from game.core.state import State
from game.core.vocabulary import Initiative, Response, Scope

_NOTHING, _ACCEPT = constant(Offers.NOTHING, np.int32), constant(Offers.ACCEPT, np.int32)
_PLAIN = constant(Scope.PLAIN, np.int32)
_COUNTERS = constant(0.85)
_ASKS_PRICE = constant(Initiative.ASKS_PRICE, np.int8)
_ACCEPTS, _MADE = constant(Response.ACCEPTS, np.int8), constant(Response.COUNTERS, np.int8)
_THIRDS = (constant(1 / 3), constant(2 / 3))
_NO_PACKAGE, _FIRST_PACKAGE = constant(-1, np.int16), constant(0, np.int16)
_WELL_DECLINED = constant(0.5)
_EASES = constant(0.97)
_UNSPOKEN = constant(2)  # above every chance
_REASONS, _SHARES, _ACCEPTING = does("reasons"), does("share"), offers(Offers.ACCEPT)


def put_up(rules: Rules, before: State, state: State, d: Floats, move: Move) -> tuple[State, Ints]:
    """Lay the seller's offer on the table: (state, package offered or -1).

    A price named before there is trust hands a diffuse buyer the anchor; the squeeze creeps on
    until trust is there or a demand was declined well.
    """
    offering, named = move.traits & OFFER_TRAITS, any_of(state.price_named)
    if not offering:
        if named:
            state = state.but(squeeze=_squeezed(rules, state, d, None))
        elif move.traits & _SHARES:
            state = state.but(squeeze=clip01(state.squeeze))
        return state, nothing(state.n, np.int16)
    bargain, mode = rules.bargain, move.cols[Col.OFFERS]
    package, stage = own_package(rules, before, move.cols)
    own = (mode != _NOTHING) & (mode != _ACCEPT) & (package >= _FIRST_PACKAGE) & move.open
    first = own & ~state.price_named
    at = np.maximum(package, _FIRST_PACKAGE)
    changes: dict[str, Any] = {}
    if any_of(first):
        changes = {
            "price_named": state.price_named | own,
            "anchor": either(first, bargain.price_level.take(at), state.anchor),
            "foundation": either(first, _foundation(rules, state), state.foundation),
        }
    justified = state.justified
    if any_of(justified):
        justified = justified & ~(own & (mode == Offers.NEXT))
    if move.traits & _REASONS:
        reasons = move.cols[Col.EFFECT] == EFFECT["reasons"]
        justified = justified | (own & reasons)
        framed = first & reasons & (before.asked == _ASKS_PRICE)
        changes["framed"] = either(framed, state.trust[0], state.framed)
    scope = move.cols[Col.SCOPE]
    scope = either(own & (scope != _PLAIN), scope, state.mine_scope)
    fresh = own & (state.first_offer < ZERO)
    return state.but(
        **changes,
        justified=justified,
        squeeze=_squeezed(rules, state, d, first),
        mine=either(own, package, state.mine),
        mine_scope=scope.astype(np.int8),
        stage=either(own, stage, state.stage),
        first_offer=either(fresh, bargain.seller.take(at), state.first_offer),
        rounds=state.rounds + own.astype(np.int16),
    ), package


def _squeezed(rules: Rules, state: State, d: Floats, first: Bools | None) -> Floats:
    """The squeeze after a turn, (B, n); `first` says where a price is named for the first time."""
    w, named = rules.numbers, state.price_named
    quiet = state.quiet >= _WELL_DECLINED
    doubt = positive(w.squeeze_trust - state.trust) * d * w.squeeze_gain
    rate = w.squeeze_creep * (named & ~quiet)
    if first is not None:
        rate = rate + first
    eased = named & ((state.trust > w.squeeze_trust) | quiet)
    squeeze = state.squeeze + doubt * rate
    return clip01(either(eased, squeeze * _EASES, squeeze))


def _foundation(rules: Rules, state: State) -> Floats:
    """How much of the house stands before the price: the problem, facts, agreed blocks."""
    facts = rules.facts.count.take(state.told).astype(np.float32)
    blocks = rules.topic_bits.take(state.blocks).astype(np.float32)
    built = 0.3 * state.problem + 0.2 * facts + 0.15 * blocks
    out: Floats = np.minimum(built, 1.0).astype(np.float32)
    return out


def answered(
    rules: Rules, state: State, dice: Dice, d: Floats, p: Poles, move: Move, package: Ints
) -> tuple[State, Ints, Ints, Bools]:
    """The answer of those with a say: (state, response, counter package or -1, signed)."""
    n = state.n
    mode = move.cols[Col.OFFERS]
    offered = (mode != _NOTHING) & (package >= _FIRST_PACKAGE) & move.open
    if not any_of(offered):
        return state, np.zeros(n, np.int8), nothing(n, np.int16), np.zeros(n, np.bool_)

    open_table = can_deal(rules, state, move) & offered
    stand = stance(rules, state, p)
    plain = buyer_utility(rules, stand.need, package)
    chance, likes = willingness(rules, state, d, p, move, plain + stand.worth, stand)
    if move.traits & _ACCEPTING:
        chance = either(mode == _ACCEPT, ONE, chance)
    yes, speaker, spoken = _with_a_say(rules, move, chance)
    yes = open_table * yes
    speaks = place_of(speaker, rules.n_buyers)
    talks = logistic(likes.reshape(-1).take(speaks, mode="wrap"))
    if not all_of(state.problem):
        unready = p.counters_unready.reshape(-1).take(speaks, mode="wrap")
        talks = either(state.problem, ONE, unready) * talks
    counters = _options(rules, state, stand, plain)
    counters = counters.reshape(3, -1).take(speaks, axis=1, mode="wrap")
    counters = either(spoken, counters, _NO_PACKAGE)
    possible = open_table & (counters[1] >= _FIRST_PACKAGE)
    none = either(offered, ZERO, ONE)
    accepted = none + yes
    # nobody names a figure to somebody he would not sign with
    countered = accepted + (ONE - accepted) * (possible * talks * _COUNTERS)
    forced = None if dice.observed is None else dice.observed.response
    response = dice.choose(slots.RESPONSE, (none, accepted, countered), forced)
    signed, made = response == _ACCEPTS, response == _MADE
    counters = either(counters < _FIRST_PACKAGE, counters[1], counters)
    if dice.observed is None:
        third = dice.choose(slots.COUNTER, _THIRDS, None)
        counter = counters.reshape(-1).take(place_of(third, 3), mode="wrap")
    else:
        counter = dice.observed.counter
        share = np.zeros(n, np.float32)
        for option in counters:
            share = share + _THIRDS[0] * (option == counter)
        dice.add(either(made, share, ONE))
    counter = either(made, counter, _NO_PACKAGE).astype(np.int16)
    state = state.but(theirs=either(made, counter, state.theirs))
    if any_of(signed):
        state = close_deal(rules, state, signed, package)
    return state, response, counter, signed


def _with_a_say(rules: Rules, move: Move, chance: Floats) -> tuple[Floats, Ints, Bools]:
    """Chance that all with a say in the room say yes; who speaks for them, and whether any does.

    Whoever is furthest from a yes speaks for the table.
    """
    chance = either(move.present, chance, ONE)
    yes, worst = ONE, _UNSPOKEN
    speaker = np.zeros(chance.shape[1], np.int8)
    for b in np.flatnonzero(rules.buyers.say).tolist():
        yes = yes * chance[b]
        lower = move.present[b] & (chance[b] < worst)
        worst = either(lower, chance[b], worst)
        speaker = either(lower, np.int8(b), speaker)
    return yes, speaker, worst < _UNSPOKEN


def _options(rules: Rules, state: State, stand: Stance, offered: Floats) -> Ints:
    """Counters below, at and above the aspirations, (3, B, n); -1: the offer is as good."""
    chosen = counter_package(rules, state, stand.level + rules.once(_shifts), stand)
    better = buyer_utility(rules, stand.need, chosen) > offered
    return either(better, chosen, _NO_PACKAGE)


def _shifts(rules: Rules) -> Floats:
    noise = rules.numbers.counter_noise
    return np.array((-noise, ZERO * noise, noise)).reshape(3, 1, -1)
