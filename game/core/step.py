"""One turn of a batch: `step(rules, state, action, chance) -> (state', record)`.

Pure, and the only implementation of the rules: the interactive game is a batch of one, a
simulation a batch of many, and row i of any batch equals the solo game bit for bit. Work that no
row of a batch needs is passed over; that changes no row.
"""

from __future__ import annotations

from dataclasses import dataclass

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
    at_most,
    clip01,
    constant,
    either,
    mix,
    nothing,
    positive,
)
from game.core.bargaining import NEAR_TURNS, departure
from game.core.calendar import patience_gift, turn_phases
from game.core.chance import Chance
from game.core.effects import set_in_motion
from game.core.happen import apply_event, deceived, promise_broken, scheduled
from game.core.impact import impact, move_answers
from game.core.initiative import DEMAND, cumulative, probabilities
from game.core.machine import advance
from game.core.move import TABLE, TOPIC, Addressee, Move, does, move_of
from game.core.observe import SEEN_STEP, Dice, Observation, hint, manner, reactions
from game.core.offer import answered, put_up
from game.core.poles import Poles, at_poles
from game.core.rules import EFFECT, Col, Rules
from game.core.state import State, hold_ended
from game.core.talk import Told, answer
from game.core.trust import effective_d, trust_now
from game.core.vocabulary import Initiative

_QUESTIONS = (
    Initiative.ASKS_PRICE, Initiative.ASKS_RETURN, Initiative.PERSONAL, Initiative.DEMAND,
    Initiative.NUMBERS, Initiative.INVITES, Initiative.MISSTATES,
)  # fmt: skip
_OPENS = np.array([i in _QUESTIONS for i in Initiative], np.bool_)
_DEMAND, _INVITES = constant(Initiative.DEMAND, np.int8), constant(Initiative.INVITES, np.int8)
_NONE, _NO_INDEX = constant(0, np.int8), constant(-1, np.int8)
_ONE_STEP, _NO_BIT = constant(1, np.int16), constant(0, np.int16)
_DOOR_TURNS = constant(3, np.int8)
_MOST_AGE = constant(2, np.int8)  # turns that a question stays open
_MOST_USES = constant(200, np.uint8)
_TWICE = constant(2, np.uint8)  # half-uses
_QUIET_AFTER_OFFER = constant(0.35)
_UNASKED = constant(0.6)  # share of the hints that fall without a question
_FALSE_DATE_SEEN = constant(0.12)
_AGENDA_PATIENCE = constant(0.04)
_NEED_OF_RULE = constant(
    1.2
)  # radius within which a move breaks the rule of a meal without business
_AGENDA, _BLUFFS, _PARTS = does("agenda"), does("bluff"), does("part")
_NOWHERE: Bools = constant(False, np.bool_)
_HALF = constant(0.5)


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
    move = move_of(rules, state, action)
    d = effective_d(rules, state.d)
    p = at_poles(rules.poles, d)
    dice = Dice(chance, observed, state.n)

    event = scheduled(rules, state, event)
    if event is not None and any_of(event >= _NONE):
        state = apply_event(rules, state, d, event)
    state, broken = _promises_kept(rules, state, d, move)
    state, push, drift, causes = _moved(rules, state, d, p, move, explain)
    state, exposed = _seen_through(rules, state, dice, d, p, move)
    state = state.but(trust=trust_now(rules, p, state))

    him = Addressee(*map(move.own, (d, state.trust, state.trust_state, push)))
    told = answer(rules, dice, state, p, move, him)
    state = _learned(rules, state, told)
    state, package = put_up(rules, before, state, d, move)
    state, response, counter, signed = answered(rules, state, dice, d, p, move, package)

    cold = _cold(rules, before, state, move, him)
    parts = probabilities(rules, state, p, move, him, cold, _departs_soon(rules, state))
    live = _free_to_start(move, parts, response, signed)
    forced = None if observed is None else observed.initiative
    started = dice.choose(slots.INITIATIVE, cumulative(parts, live), forced)
    state, demand = _started(rules, state, started, move)

    # what his words and his manner give away
    sure = _is_deep(rules, told)
    talks = rules.numbers.hint_rate * either(told.asked, ONE, _UNASKED)
    talks = talks * (move.table & move.business & ~signed)
    heard = hint(rules, dice, move.own(p.hint_clear), move.own(state.need), talks, sure)
    way = manner(dice, him.d)
    shown = reactions(rules, dice, state.trust - before.trust, move.present & move.table)
    state = _seen(rules, state, move, shown, way, heard, sure, started)

    new = advance(rules, state, d)
    if not all_of(move.present):
        new = either(move.present, new, state.trust_state)
    state = patience_gift(rules, state, new)
    closed = _closed(rules, state, move) & ~signed
    state = state.but(ply=state.ply + _ONE_STEP)
    told_beliefs = state.beliefs
    state, renewal = turn_phases(rules, before, state, dice, move, started, closed)
    if state.beliefs is not told_beliefs:
        # a gap has passed: people have forgotten, and the subject may be another
        state = state.but(trust=trust_now(rules, p, state))
    state = hold_ended(before, state)

    seen = Observation(shown, way, told.answer, heard, response, counter, started, exposed, renewal)
    return state, Record(
        action=action,
        who=move.who,
        seen=seen,
        fact=told.fact,
        demand=demand,
        offer=package,
        signed=signed,
        trust_before=before.trust,
        trust_after=state.trust,
        state_before=before.trust_state,
        state_after=state.trust_state,
        push=push,
        drift=drift,
        event=event,
        promise_broken=broken,
        log_probability=dice.log_probability,
        causes=causes,
    )


def _promises_kept(rules: Rules, state: State, d: Floats, move: Move) -> tuple[State, Bools]:
    """Rows whose promise has run out unkept, and what that does."""
    if not any_of(state.promised):
        return state, np.zeros(state.n, np.bool_)
    overdue = (state.promised > _NONE) & (state.ply > state.promised) & move.table
    if any_of(overdue):
        state = promise_broken(rules, state, d, overdue)
    return state, overdue


def _moved(
    rules: Rules, state: State, d: Floats, p: Poles, move: Move, explain: bool
) -> tuple[State, Floats, Floats, dict[str, Floats]]:
    """The move itself: evidence, damage, effects, the clock. (state, push, drift, causes)."""
    w, table = rules.numbers, move.table
    felt = impact(rules, state, d, p, move, explain)
    damage, patience = felt.damage, felt.patience
    if not all_of(move.business):
        breaks = table & ~move.business & (move.radius <= _NEED_OF_RULE)
        breaks = breaks & (move.cols[Col.EFFECT] != EFFECT["part"])
        damage = at_most(damage + w.rule_broken * d * breaks, ONE)
    if move.traits & _AGENDA:
        agenda = table & (move.cols[Col.EFFECT] == EFFECT["agenda"])
        patience = patience + _AGENDA_PATIENCE * (ONE - d) * agenda
    asked, age = _question_left(state, move)
    turn = table.astype(np.int16)
    state = state.but(
        beliefs=felt.beliefs,
        damage=damage,
        patience=patience,
        uses=_used(state, move),
        asked=asked,
        asked_age=age,
        door=np.maximum(state.door - table.view(np.int8), _NONE),
        met=state.met | (move.present & table),
        turn=state.turn + turn,
        clock=state.clock + turn,
        dose=state.dose + move.outside,
    )
    return set_in_motion(rules, state, d, move), felt.push, felt.drift, felt.causes


def _used(state: State, move: Move) -> Ints:
    """Half-uses per family after the move; a fresh topic counts half."""
    more: Ints = _TWICE * move.table
    if move.traits & TOPIC:
        topic = move.cols[Col.TOPIC]
        fresh = (topic >= 0) & (((state.topics >> np.maximum(topic, 0)) & 1) == 0)
        more = (_TWICE - fresh) * move.table
    uses = state.uses.copy()
    flat = uses.reshape(-1)
    flat[move.family_at] = np.minimum(flat.take(move.family_at) + more, _MOST_USES)
    return uses


def _question_left(state: State, move: Move) -> tuple[Ints, Ints]:
    """The open question and its age: the move answers it, or it grows older and is forgotten."""
    if not any_of(state.asked):
        return state.asked, state.asked_age
    age = state.asked_age + np.int8(1)
    still = (state.asked > _NONE) & ~move_answers(state, move.cols) & (age < _MOST_AGE)
    return state.asked * still, age * still


def _seen_through(
    rules: Rules, state: State, dice: Dice, d: Floats, p: Poles, move: Move
) -> tuple[State, Bools]:
    """Whether a bluff or a false date is seen through now, and what that does."""
    if not (move.traits & _BLUFFS or any_of(state.false_date)):
        return state, np.zeros(state.n, np.bool_)
    bluffs = move.cols[Col.EFFECT] == EFFECT["bluff"]
    lies = state.false_date & (state.phase == TABLE)
    chance = np.maximum(bluffs * move.own(p.bluff_seen), lies * _FALSE_DATE_SEEN)
    forced = None if dice.observed is None else dice.observed.exposed.astype(np.int8)
    exposed = dice.choose(slots.EXPOSED, (ONE - chance,), forced) != _NONE
    if any_of(exposed):
        dates = exposed & state.false_date
        state = deceived(rules, state, d, exposed).but(
            false_date=state.false_date & ~dates, flight_known=state.flight_known | dates
        )
    return state, exposed


def _free_to_start(move: Move, parts: Floats, response: Ints, signed: Bools) -> Floats:
    """Share of the chances to start something that is left, (n,).

    Nobody starts anything after a signature or a farewell, and seldom while answering an offer.
    """
    live = move.table & ~signed
    if move.traits & _PARTS:
        live = live & (move.cols[Col.EFFECT] != EFFECT["part"])
    out: Floats = live.astype(np.float32)
    if any_of(response):
        busy = (response > _NONE) & (parts[DEMAND] <= ZERO)
        out = out * either(busy, _QUIET_AFTER_OFFER, ONE)
    return out


def _cold(rules: Rules, before: State, state: State, move: Move, him: Addressee) -> Floats | None:
    """Chance that a cold caller is shown out after the first turn, (n,); None: there is none."""
    if not rules.calendar.cold_call:
        return None
    gain = him.trust - move.own(before.trust)
    cold = positive(mix(*rules.weights.dismisses, him.d) - 6.0 * positive(gain))
    introduced = (before.referral == 1) & (state.referral == 2)
    return either(introduced, np.float32(0.02), cold)


def _departs_soon(rules: Rules, state: State) -> Bools | None:
    """Rows in which a known, soft flight is at most a few turns away; None: there is none."""
    if rules.calendar.flight_meeting < 0 or rules.calendar.flight_final:
        return None
    here, left = departure(rules, state)
    return here & state.flight_known & (left <= NEAR_TURNS)


def _bit(mask: int, index: Ints) -> Bools:
    out: Bools = ((np.int32(mask) >> np.maximum(index, 0)) & 1) != 0
    return out


def _is_deep(rules: Rules, told: Told) -> Bools:
    """Whether the fact that was told is of the problem, and not public, (n,)."""
    got: Bools = told.fact >= _NONE
    return got & _bit(rules.facts.deep, told.fact) if any_of(got) else got


def _learned(rules: Rules, state: State, told: Told) -> State:
    """The notebook after an answer: a told fact opens a door, and may open the problem."""
    got = told.fact >= _NONE
    if not any_of(got):
        return state
    at = np.maximum(told.fact, 0)
    bit = either(got, np.int32(1) << at.astype(np.int32), np.int32(0))
    deep = got & (rules.facts.depth.take(at) > 0)
    return state.but(
        told=state.told | bit,
        last_about=either(got, rules.facts.about.take(at), state.last_about),
        problem=state.problem | (got & _bit(rules.facts.problem, told.fact)),
        door=either(deep, _DOOR_TURNS, state.door),
    )


def _started(rules: Rules, state: State, started: Ints, move: Move) -> tuple[State, Ints]:
    """Note an initiative: the question it opens, the demand it makes, the door of an invitation."""
    demand = nothing(state.n)
    if not any_of(started):
        return state, demand
    opens = _OPENS.take(started)
    asks = started == _DEMAND
    kind = either((started > _NONE) & ~asks, _ONE_STEP << started.astype(np.int16), _NO_BIT)
    state = state.but(
        asked=either(opens, started, state.asked),
        asked_by=either(opens, move.who, state.asked_by),
        asked_age=either(opens, _NONE, state.asked_age),
        initiated=state.initiated | kind,
        door=either(started == _INVITES, _DOOR_TURNS, state.door),
    )
    if any_of(asks):
        index = np.zeros(state.n, np.int8)
        for k in range(len(rules.demands)):
            index += ((state.demanded >> k) & 1).astype(np.int8)
        demand = either(asks, index, _NO_INDEX)
        bit = either(asks, _ONE_STEP << index.astype(np.int16), _NO_BIT)
        state = state.but(demand=either(asks, demand, state.demand), demanded=state.demanded | bit)
    return state, demand


# How an initiative moves the seller's own estimate of the trust, by Initiative code.
_SEEN_INITIATIVE = np.array([0, -0.03, 0, 0.01, -0.02, 0, 0.04, 0, -0.02, -0.1, 0.02], np.float32)


def _seen(
    rules: Rules,
    state: State,
    move: Move,
    shown: Ints,
    way: Ints,
    heard: Ints,
    sure: Bools,
    started: Ints,
) -> State:
    """The seller's own estimates, from observations alone."""
    answered_by = (move.his & move.table).astype(np.float32)
    reaction = move.own(shown)
    change = SEEN_STEP.take(reaction)
    if any_of(started):
        change = change + _SEEN_INITIATIVE.take(started)
    need, points = state.seen_need, sure | (heard >= _NONE)
    if any_of(points):
        locked = (state.told & rules.facts.deep) != 0
        need = either(sure | (points & ~locked), heard, need)
    return state.but(
        seen_trust=clip01(state.seen_trust + change * move.table),
        seen_manner=state.seen_manner + way * _HALF * answered_by,
        seen_answers=state.seen_answers + answered_by,
        seen_reaction=either(move.table, reaction, state.seen_reaction).astype(np.int8),
        seen_need=need,
    )


def _closed(rules: Rules, state: State, move: Move) -> Bools:
    """Rows in which somebody at the table has had enough."""
    ends = rules.machine.ends.take(state.trust_state)
    if not any_of(ends):
        return _NOWHERE
    ends = ends & move.present & move.table
    closed: Bools = ends[0]
    for b in range(1, rules.n_buyers):
        closed = closed | ends[b]
    return closed
