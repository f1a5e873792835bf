"""An offer and its answer: accepted, countered or rejected."""

from __future__ import annotations

import numpy as np

from game.core import chance as slots
from game.core.arithmetic import ONE, ZERO, Bools, Floats, Ints, clip01, positive
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
from game.core.initiative import pick
from game.core.observe import Dice
from game.core.poles import Poles
from game.core.rules import EFFECT, Col, Offers, Rules
from game.core.state import State
from game.core.trust import comfort_radius
from game.core.vocabulary import Initiative, Phase, Response, Scope

_COUNTERS = 0.85
_ASKS_PRICE = int(Initiative.ASKS_PRICE)
_ACCEPTS, _MADE = int(Response.ACCEPTS), int(Response.COUNTERS)
_THIRDS = (np.float32(1 / 3), np.float32(2 / 3))


def put_up(rules: Rules, before: State, state: State, d: Floats, cols: Ints) -> tuple[State, Ints]:
    """Lay the seller's offer on the table: (state, package offered or -1).

    A price named before there is trust hands a diffuse buyer the anchor; the squeeze creeps on
    until trust is there or a demand was declined well.
    """
    w, bargain = rules.weights, rules.bargain
    mode = cols[Col.OFFERS]
    if not (mode.any() or state.price_named.any()):
        return state, np.full(state.n, -1, np.int16)
    package, stage = own_package(rules, before, cols)
    own = (mode != Offers.NOTHING) & (mode != Offers.ACCEPT) & (package >= 0)
    own = own & (state.phase == Phase.TABLE)
    first = own & ~state.price_named
    at = np.maximum(package, 0)
    doubt = positive(w.squeeze_trust - state.trust) * d * w.squeeze_gain
    creep = state.price_named & (state.quiet < 0.5)
    squeeze = state.squeeze + doubt * np.where(first, ONE, np.where(creep, w.squeeze_creep, ZERO))
    eased = state.price_named & ((state.trust > w.squeeze_trust) | (state.quiet >= 0.5))
    scope = np.where(cols[Col.SCOPE] != Scope.PLAIN, cols[Col.SCOPE], state.mine_scope)
    asked = before.asked == _ASKS_PRICE
    reasons = cols[Col.EFFECT] == EFFECT["reasons"]
    fresh = own & (state.first_offer < 0)
    return state.but(
        price_named=state.price_named | own,
        anchor=np.where(first, bargain.price_level.take(at), state.anchor),
        foundation=np.where(first, _foundation(rules, state), state.foundation),
        framed=np.where(first & reasons & asked, state.trust[0], state.framed),
        justified=(state.justified & ~(own & (mode == Offers.NEXT))) | (own & reasons),
        squeeze=clip01(np.where(eased, squeeze * np.float32(0.97), squeeze)),
        mine=np.where(own, package, state.mine),
        mine_scope=np.where(own, scope, state.mine_scope).astype(np.int8),
        stage=np.where(own, stage, state.stage),
        first_offer=np.where(fresh, bargain.seller.take(at), state.first_offer),
        rounds=state.rounds + own.astype(np.int16),
    ), package


def _foundation(rules: Rules, state: State) -> Floats:
    """How much of the house stands before the price: the problem, facts, agreed blocks."""
    facts = rules.facts.count.take(state.told).astype(np.float32)
    blocks = rules.topic_bits.take(state.blocks).astype(np.float32)
    built = 0.3 * state.problem + 0.2 * facts + 0.15 * blocks
    out: Floats = np.minimum(built, 1.0).astype(np.float32)
    return out


def answered(
    rules: Rules,
    state: State,
    dice: Dice,
    d: Floats,
    p: Poles,
    radius: Floats,
    cols: Ints,
    package: Ints,
    present: Bools,
) -> tuple[State, Ints, Ints, Bools]:
    """The answer of those with a say: (state, response, counter package or -1, signed)."""
    n = state.n
    mode = cols[Col.OFFERS]
    offered = (mode != Offers.NOTHING) & (package >= 0) & (state.phase == Phase.TABLE)
    if not offered.any():
        return state, np.zeros(n, np.int8), np.full(n, -1, np.int16), np.zeros(n, np.bool_)

    takes = offered & (mode == Offers.ACCEPT)
    comfort = comfort_radius(rules, d, state)
    yes = (can_deal(rules, state) & offered).astype(np.float32)
    open_table = yes > 0
    signing = mode == Offers.SIGN
    # holding a price that was justified is a position, not a repetition
    again = ((mode == Offers.SAME) & ~state.justified) | signing
    stand = stance(rules, state, p)
    plain = buyer_utility(rules, state, package)
    chance, ready = willingness(
        rules, state, d, p, comfort, radius, plain + stand.worth, signing, again, stand
    )
    options = _options(rules, state, stand, plain)
    chance = np.where(present & ~takes, chance, ONE)
    worst = np.full(n, 2, np.float32)
    speaker = np.zeros(n, np.int8)
    for b in range(rules.n_buyers):
        if rules.buyers.say[b]:
            yes = yes * chance[b]
            # whoever is furthest from a yes speaks for the table
            lower = present[b] & (chance[b] < worst)
            worst = np.where(lower, chance[b], worst)
            speaker = np.where(lower, np.int8(b), speaker)
    spoken = worst < 2
    likes = pick(ready, speaker)
    counters = [np.where(spoken, pick(option, speaker), np.int16(-1)) for option in options]
    possible = open_table & (counters[1] >= 0)
    none = np.where(offered, ZERO, ONE)
    accepted = none + yes
    talks = np.where(state.problem, ONE, pick(p.counters_unready, speaker))
    # nobody names a figure to somebody he would not sign with
    countered = accepted + (1.0 - accepted) * (possible * talks * likes * np.float32(_COUNTERS))
    forced = None if dice.observed is None else dice.observed.response
    response = dice.choose(slots.RESPONSE, (none, accepted, countered), forced)
    signed, made = response == _ACCEPTS, response == _MADE
    counters = [np.where(option < 0, counters[1], option) for option in counters]
    if dice.observed is None:
        third = dice.choose(slots.COUNTER, _THIRDS, None)
        counter = np.where(third == 0, counters[0], counters[1])
        counter = np.where(third == 2, counters[2], counter)
    else:
        counter = dice.observed.counter
        share = np.zeros(n, np.float32)
        for option in counters:
            share = share + _THIRDS[0] * (option == counter)
        dice.add(np.where(made, share, ONE))
    counter = np.where(made, counter, -1).astype(np.int16)
    state = state.but(theirs=np.where(made, counter, state.theirs))
    if signed.any():
        state = close_deal(rules, state, signed, package)
    return state, response, counter, signed


def _options(rules: Rules, state: State, stand: Stance, offered: Floats) -> Ints:
    """Counters below, at and above the aspirations, (3, B, n); -1: the offer is as good."""
    noise = rules.weights.counter_noise
    shifts = np.array([-noise, 0.0, noise], np.float32)[:, None, None]
    chosen = counter_package(rules, state, stand.level + shifts, stand)
    better = buyer_utility(rules, state, chosen) > offered
    return np.where(better, chosen, np.int16(-1))
