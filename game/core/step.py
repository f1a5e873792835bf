"""One turn of a batch: `step(rules, state, action, chance) -> (state', record)`.

Pure, and the only implementation of the rules: the interactive game is a batch of one, a
simulation a batch of many, and row i of any batch equals the solo game bit for bit.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from game.core import chance as slots
from game.core.arithmetic import Bools, Floats, Ints, clip01, mix, positive
from game.core.bargaining import (
    buyer_utility,
    can_deal,
    counter_package,
    departure,
    own_package,
    stance,
    willingness,
)
from game.core.calendar import close_deal, patience_gift, turn_phases
from game.core.chance import Chance
from game.core.effects import set_in_motion
from game.core.happen import apply_event, deceived, promise_broken, scheduled
from game.core.initiative import KINDS, pick, probabilities
from game.core.machine import advance
from game.core.observe import SEEN_STEP, Dice, Observation, hint, manner, reactions
from game.core.rules import EFFECT, Col, Offers, Rules
from game.core.state import State, hold_ended
from game.core.talk import Told, answer
from game.core.trust import comfort_radius, effective_d, impact, trust_now
from game.core.vocabulary import Initiative, Phase, Response, Scope

_OPEN = {
    i
    for i in (
        Initiative.ASKS_PRICE, Initiative.ASKS_RETURN, Initiative.PERSONAL, Initiative.DEMAND,
        Initiative.NUMBERS, Initiative.INVITES, Initiative.MISSTATES,
    )
}  # fmt: skip
_OPENS = np.array([i in _OPEN for i in Initiative], np.bool_)
_DOOR_TURNS = np.int8(3)
_COUNTERS = np.float32(0.85)
ONE = np.float32(1)


@dataclass(frozen=True, slots=True)
class Record:
    """What one step did. `seen` is the seller's; the rest is truth, for the review."""

    action: Ints
    who: Ints  # (n,) addressee
    seen: Observation
    fact: Ints  # (n,) fact told, -1 none
    demand: Ints  # (n,) demand made in this turn, -1 none
    offer: Ints  # (n,) package the seller put up, -1 none
    signed: Bools
    trust_before: Floats  # (B, n)
    trust_after: Floats
    state_before: Ints  # (B, n) trust states
    state_after: Ints
    push: Floats  # (B, n)
    drift: Floats
    event: Ints | None
    promise_broken: Bools
    log_probability: Floats
    causes: dict[str, Floats]


def _present(rules: Rules, state: State) -> Bools:
    """(B, n): who sits at this table (everybody, in prepare and between)."""
    at = (state.phase == Phase.TABLE) | (state.phase == Phase.AFTER)
    out = np.empty((rules.n_buyers, state.n), np.bool_)
    for b in range(rules.n_buyers):
        out[b] = rules.calendar.present[b].take(state.meeting, mode="clip") | ~at
    return out


def addressee(rules: Rules, present: Bools, named: Ints) -> Ints:
    """The buyer who answers, (n,): the one named, else the first present, with a say if any has."""
    who = np.full(named.shape, -1, np.int8)
    for wants_say in (True, False):
        for b in range(rules.n_buyers):
            if bool(rules.buyers.say[b]) is wants_say:
                who = np.where((who < 0) & present[b], np.int8(b), who)
    who = np.where(named >= 0, named.astype(np.int8), who)
    return np.maximum(who, np.int8(0))


def _used(rules: Rules, state: State, cols: Ints, table: Bools) -> Ints:
    """Half-uses per family after the move; a fresh topic counts half."""
    topic = cols[Col.TOPIC]
    seen = (state.topics >> np.maximum(topic, 0)) & 1
    fresh = (topic >= 0) & (seen == 0)
    step_ = np.where(fresh, np.uint8(1), np.uint8(2)) * table
    uses = state.uses.copy()
    at = (cols[Col.FAMILY], np.arange(state.n))
    uses[at] = np.minimum(uses[at] + step_, np.uint8(200))
    return uses


def _answered_questions(
    state: State, rules: Rules, d: Floats, cols: Ints, reach: Floats, table: Bools
) -> State:
    """Close the open question the move answered, or let it age; close or shorten the door."""
    answers = ((cols[Col.ANSWERS] >> state.asked) & 1) != 0
    answers = answers & (state.asked > 0)
    age = state.asked_age + np.int8(1)
    open_still = (state.asked > 0) & ~answers & (age < 2)
    door = np.maximum(state.door - table.astype(np.int8), np.int8(0))
    return state.but(asked=np.where(open_still, state.asked, np.int8(0)),
        asked_age=np.where(open_still, age, np.int8(0)),
        door=door,
    )


def step(
    rules: Rules,
    state: State,
    action: Ints,
    chance: Chance,
    event: Ints | None = None,
    observed: Observation | None = None,
    explain: bool = False,
) -> tuple[State, Record]:
    """Play one seller's move and the buyer's answer in every row.

    `action` (n,) indexes the rules' table and is taken as legal; `event` (n,) names facilitator's
    events (-1 none); `observed` forces what is seen, and the record then holds its
    log-probability. Rows in phase `ended` do not change.
    """
    before = state
    n = state.n
    w = rules.weights
    cols = rules.columns.take(action, axis=1)
    radius = rules.radius.take(action)
    d = effective_d(rules, state.d)
    dice = Dice(chance, observed, n)
    present = _present(rules, state)
    who = addressee(rules, present, cols[Col.ADDRESSEE])
    table = (state.phase == Phase.TABLE) | (state.phase == Phase.AFTER)
    business = table & ~rules.calendar.banned.take(state.meeting, mode="clip")
    reach = np.empty((rules.n_buyers, n), np.float32)
    for b in range(rules.n_buyers):
        share = np.where(who == b, np.float32(1), np.float32(w.witness))
        reach[b] = share * present[b]

    event = scheduled(rules, state, event)
    if event is not None and (event >= 0).any():
        state = apply_event(rules, state, d, event)
    overdue = (state.promised > 0) & (state.ply > state.promised) & table
    if overdue.any():
        state = promise_broken(rules, state, d, overdue)

    # the move is weighed by what the buyer is now
    felt = impact(rules, state, d, action, cols, reach, explain)
    state = state.but(beliefs=felt.beliefs,
        damage=felt.damage,
        patience=felt.patience,
        uses=_used(rules, state, cols, table),
        met=state.met | (present & table),
    )
    breaks_rule = table & ~business & (radius <= np.float32(1.2)) & (cols[Col.EFFECT] != EFFECT["part"])
    if breaks_rule.any():
        hurt = np.float32(w.rule_broken) * d * breaks_rule
        state = state.but(damage=np.minimum(state.damage + hurt, np.float32(1)))
    state = _answered_questions(state, rules, d, cols, reach, table)
    state = set_in_motion(rules, state, d, cols, radius)
    relational = table & (radius >= np.float32(2))
    state = state.but(turn=(state.turn + table).astype(np.int16),
        clock=(state.clock + table).astype(np.int16),
        dose=state.dose + relational,
        patience=state.patience
        + np.float32(0.04) * (np.float32(1) - d) * (cols[Col.EFFECT] == EFFECT["agenda"]) * table,
    )

    # a falsehood may be seen through
    bluffs = (cols[Col.EFFECT] == EFFECT["bluff"]) * np.float32(1)
    di = pick(d, who)
    p_seen = bluffs * mix(*w.bluff_seen, di)
    p_seen = np.maximum(p_seen, state.false_date * table * np.float32(0.12))
    forced = None if observed is None else observed.exposed.astype(np.int8)
    exposed = dice.choose(slots.EXPOSED, [np.float32(1) - p_seen], forced) != 0
    if exposed.any():
        state = deceived(rules, state, d, exposed)
        dates = exposed & state.false_date
        state = state.but(false_date=state.false_date & ~dates,
            flight_known=state.flight_known | dates,
        )

    state = state.but(trust=trust_now(rules, d, state))
    trust = pick(state.trust, who)
    push = pick(felt.push, who)

    # questions
    told = answer(rules, dice, state, di, trust, push, who, cols)
    state = _learned(rules, state, told, di)

    # the offer and its answer
    package, stage = own_package(rules, before, cols)
    state, response, counter, signed = _bargained(
        rules, state, dice, d, radius, cols, package, stage, present
    )

    # what the buyer starts
    here, left = departure(rules, state)
    near = here & state.flight_known & (left <= 5) & np.bool_(not rules.calendar.flight_final)
    cold = np.zeros(n, np.float32)
    if rules.calendar.cold_call:
        gain = trust - pick(before.trust, who)
        cold = positive(mix(*w.dismisses, di) - np.float32(6) * positive(gain))
        cold = np.where((before.referral == 1) & (state.referral == 2), np.float32(0.02), cold)
    parts = probabilities(
        rules, state, di, trust, push, who, cold, near & table, relational
    )
    quiet = signed | (cols[Col.EFFECT] == EFFECT["part"]) | ~table
    live = np.where(quiet, np.float32(0), np.float32(1))
    # an initiative is asked with a clear head: not in the turn that answers an offer
    live = live * np.where((response != Response.NONE) & (parts[3] <= 0), np.float32(0.35), ONE)
    parts = [p * live for p in parts]
    total = parts[0]
    for p in parts[1:]:
        total = total + p
    forced = None if observed is None else observed.initiative
    started = dice.choose(slots.INITIATIVE, [ONE - total, *parts], forced)
    state, demand = _started(rules, state, started)

    # what his words and his manner give away
    sure = (told.fact >= 0) & _bit(rules.facts.deep, told.fact)
    talks = np.float32(w.hint_rate) * business * np.where(told.asked, ONE, np.float32(0.6))
    talks = np.where(signed, np.float32(0), talks)
    heard = hint(rules, dice, di, pick(state.need, who), talks, sure)
    way = manner(dice, di)

    change = np.where(present & table, state.trust - before.trust, np.float32(0))
    shown = reactions(rules, dice, change, present & table)
    state = _seen(rules, state, who, shown, way, heard, sure, started, table)

    new = np.where(present | (before.phase == Phase.BETWEEN), advance(rules, state, d), state.trust_state)
    state = patience_gift(rules, state, new.astype(np.int8))
    closed = np.zeros(n, np.bool_)
    for b in range(rules.n_buyers):
        ends = rules.machine.ends.take(state.trust_state[b].astype(np.int32))
        closed = closed | (ends & present[b] & table)
    closed = closed & ~signed
    state = state.but(ply=(state.ply + np.int16(1)).astype(np.int16))
    state, renewal = turn_phases(rules, before, state, dice, cols[Col.EFFECT], started, closed)
    if before.phase.max(initial=0) >= Phase.BETWEEN or (renewal > 0).any():
        state = state.but(trust=trust_now(rules, d, state))
    state = hold_ended(before, state)

    seen = Observation(shown, way, told.answer, heard, response, counter, started, exposed, renewal)
    return state, Record(
        action=action,
        who=who,
        seen=seen,
        fact=told.fact,
        demand=demand,
        offer=package,
        signed=signed,
        trust_before=before.trust,
        trust_after=state.trust,
        state_before=before.trust_state,
        state_after=state.trust_state,
        push=felt.push,
        drift=felt.drift,
        event=event,
        promise_broken=overdue,
        log_probability=dice.log_probability,
        causes=felt.causes,
    )


def _bit(mask: int, index: Ints) -> Bools:
    out: Bools = ((np.int32(mask) >> np.maximum(index, 0)) & 1) != 0
    return out


def _learned(rules: Rules, state: State, told: Told, d: Floats) -> State:
    """The notebook after an answer: a told fact opens a door, and may open the problem."""
    got = told.fact >= 0
    bit = np.where(got, np.int32(1) << np.maximum(told.fact, 0).astype(np.int32), 0)
    deep = got & (rules.facts.depth.take(np.maximum(told.fact, 0)) > 0)
    opens = got & _bit(rules.facts.problem, told.fact)
    return state.but(told=(state.told | bit).astype(np.int32),
        last_about=np.where(got, told.about, state.last_about).astype(np.int8),
        problem=state.problem | opens,
        door=np.where(deep & (d > np.float32(0.4)), _DOOR_TURNS, state.door).astype(np.int8),
    )


def _bargained(
    rules: Rules,
    state: State,
    dice: Dice,
    d: Floats,
    radius: Floats,
    cols: Ints,
    package: Ints,
    stage: Ints,
    present: Bools,
) -> tuple[State, Ints, Ints, Bools]:
    """Put the offer on the table and answer it: (state, response, counter, signed)."""
    w, bargain = rules.weights, rules.bargain
    n = state.n
    mode = cols[Col.OFFERS]
    open_table = can_deal(rules, state)
    offered = (mode != Offers.NOTHING) & (package >= 0) & (state.phase == Phase.TABLE)
    takes = offered & (mode == Offers.ACCEPT)
    own = offered & ~takes
    first = own & ~state.price_named
    level = bargain.price_level.take(np.maximum(package, 0))
    doubt = positive(np.float32(w.squeeze_trust) - state.trust) * d * np.float32(w.squeeze_gain)
    creep = state.price_named & (state.quiet < np.float32(0.5))
    squeeze = np.where(first, state.squeeze + doubt, state.squeeze)
    squeeze = squeeze + np.where(creep, np.float32(w.squeeze_creep) * doubt, np.float32(0))
    settled = (state.trust > np.float32(w.squeeze_trust)) | (state.quiet >= np.float32(0.5))
    squeeze = np.where(settled, squeeze * np.float32(0.93), squeeze)
    utility = bargain.seller.take(np.maximum(package, 0))
    scope = np.where(cols[Col.SCOPE] != Scope.PLAIN, cols[Col.SCOPE], state.mine_scope)
    state = state.but(price_named=state.price_named | own,
        anchor=np.where(first, level, state.anchor),
        squeeze=clip01(squeeze),
        mine=np.where(own, package, state.mine),
        mine_scope=np.where(own, scope, state.mine_scope).astype(np.int8),
        stage=np.where(own, stage, state.stage).astype(np.int8),
        first_offer=np.where(own & (state.first_offer < 0), utility, state.first_offer),
        opened=np.where(first & (state.opened < 0), state.turn - 1, state.opened).astype(np.int16),
    )
    if not offered.any():
        none = np.zeros(n, np.int8)
        # the parts still count as observations of probability one
        return state, none, np.full(n, -1, np.int16), np.zeros(n, np.bool_)

    comfort = comfort_radius(rules, d, state)
    yes = open_table.astype(np.float32)
    signing = mode == Offers.SIGN
    worst = np.full(n, 2, np.float32)
    counter = np.full(n, -1, np.int16)
    noise = np.float32(w.counter_noise)
    options: list[Ints] = [counter, counter, counter]
    for b in range(rules.n_buyers):
        if not rules.buyers.say[b]:
            continue
        stand = stance(rules, state, d, b)
        p = willingness(
            rules, state, d, comfort, radius, b, package, state.mine_scope, signing, stand
        )
        p = np.where(present[b], np.where(takes, ONE, p), ONE)
        yes = yes * p
        lower = present[b] & (p < worst)
        worst = np.where(lower, p, worst)
        for k, shift in enumerate((-noise, np.float32(0), noise)):
            chosen = counter_package(rules, state, b, stand.level + shift, stand)
            kinder = buyer_utility(rules, state, b, chosen) <= buyer_utility(
                rules, state, b, package
            )
            chosen = np.where(kinder, np.int16(-1), chosen)
            options[k] = np.where(lower, chosen, options[k])
    live = offered.astype(np.float32)
    yes = yes * live
    possible = open_table & (options[1] >= 0)
    counters = (live - yes) * np.where(possible, _COUNTERS, np.float32(0))
    forced = None if dice.observed is None else dice.observed.response
    response = dice.choose(slots.RESPONSE, [ONE - live, yes, counters], forced)
    signed = response == Response.ACCEPTS
    made = response == Response.COUNTERS
    if dice.observed is None:
        third = (dice_third(dice)).astype(np.int8)
        counter = np.where(third == 0, options[0], np.where(third == 1, options[1], options[2]))
        counter = np.where(counter < 0, options[1], counter)
    else:
        counter = dice.observed.counter.astype(np.int16)
        share = np.zeros(n, np.float32)
        for option in options:
            share = share + np.float32(1 / 3) * (np.where(option < 0, options[1], option) == counter)
        dice.add(np.where(made, share, ONE))
    counter = np.where(made, counter, np.int16(-1)).astype(np.int16)
    state = state.but(theirs=np.where(made, counter, state.theirs))
    state = close_deal(rules, state, signed, package)
    return state, response, counter, signed


def dice_third(dice: Dice) -> Ints:
    """Which of the three counter levels is drawn."""
    return dice.choose(slots.COUNTER, [np.float32(1 / 3), np.float32(1 / 3)], None)


def _started(rules: Rules, state: State, started: Ints) -> tuple[State, Ints]:
    """Note an initiative: the question it opens, the demand it makes, the door of an invitation."""
    some = started > 0
    opens = _OPENS.take(started)
    asks = started == Initiative.DEMAND
    index = np.zeros(state.n, np.int8)
    for k in range(len(rules.demands)):
        index += ((state.demanded >> k) & 1).astype(np.int8)
    demand = np.where(asks, index, np.int8(-1))
    bit = np.where(asks, np.int16(1) << index.astype(np.int16), np.int16(0))
    kind = np.where(some & ~asks, np.int16(1) << started.astype(np.int16), np.int16(0))
    return state.but(asked=np.where(opens, started, state.asked).astype(np.int8),
        asked_age=np.where(opens, np.int8(0), state.asked_age),
        initiated=(state.initiated | kind).astype(np.int16),
        demand=np.where(asks, demand, state.demand).astype(np.int8),
        demanded=(state.demanded | bit).astype(np.int16),
        door=np.where(started == Initiative.INVITES, _DOOR_TURNS, state.door).astype(np.int8),
    ), demand


# How an initiative moves the seller's own estimate of the trust, by Initiative code.
_SEEN_INITIATIVE = np.array(
    [0, -0.03, 0, 0.01, -0.02, 0, 0.04, 0, -0.02, -0.1, 0.02], np.float32
)


def _seen(
    rules: Rules,
    state: State,
    who: Ints,
    shown: Ints,
    way: Ints,
    heard: Ints,
    sure: Bools,
    started: Ints,
    table: Bools,
) -> State:
    """The seller's own estimates, from observations alone."""
    reaction = pick(shown, who)
    step_ = SEEN_STEP.take(reaction) + _SEEN_INITIATIVE.take(started)
    trusting = clip01(state.seen_trust + step_ * table)
    locked = (state.told & np.int32(rules.facts.deep)) != 0
    need = np.where(sure | ((heard >= 0) & ~locked), heard, state.seen_need)
    return state.but(seen_trust=trusting,
        seen_manner=state.seen_manner + way * np.float32(0.5) * table,
        seen_answers=state.seen_answers + table,
        seen_reaction=np.where(table, reaction, state.seen_reaction).astype(np.int8),
        seen_need=need.astype(np.int8),
    )

