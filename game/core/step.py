"""One turn of a batch: `step(rules, state, action, chance) -> (state', record)`.

Pure, and the only implementation of the rules: the interactive game is a batch of one, a
simulation a batch of many, and row i of any batch equals the solo game bit for bit. Work that no
row of a batch needs is passed over; that changes no row.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from game.core import chance as slots
from game.core.arithmetic import ONE, ZERO, Bools, Floats, Ints, clip01, mix, positive
from game.core.bargaining import NEAR_TURNS, departure
from game.core.calendar import patience_gift, turn_phases
from game.core.chance import Chance
from game.core.effects import set_in_motion
from game.core.happen import apply_event, deceived, promise_broken, scheduled
from game.core.initiative import cumulative, pick, probabilities
from game.core.machine import advance
from game.core.observe import SEEN_STEP, Dice, Observation, hint, manner, reactions
from game.core.offer import answered, put_up
from game.core.poles import Poles, at_poles
from game.core.rules import EFFECT, Col, Rules
from game.core.state import State, hold_ended
from game.core.talk import Told, answer
from game.core.trust import effective_d, impact, trust_now
from game.core.vocabulary import Initiative, Phase

_QUESTIONS = (
    Initiative.ASKS_PRICE, Initiative.ASKS_RETURN, Initiative.PERSONAL, Initiative.DEMAND,
    Initiative.NUMBERS, Initiative.INVITES, Initiative.MISSTATES,
)  # fmt: skip
_OPENS = np.array([i in _QUESTIONS for i in Initiative], np.bool_)
_DEMAND, _INVITES = int(Initiative.DEMAND), int(Initiative.INVITES)
_TABLE, _AFTER, _BETWEEN = int(Phase.TABLE), int(Phase.AFTER), int(Phase.BETWEEN)
_DOOR_TURNS = np.int8(3)
_QUIET_AFTER_OFFER = np.float32(0.35)
_FALSE_DATE_SEEN = np.float32(0.12)
_AGENDA_PATIENCE = 0.04
_NEED_OF_RULE = 1.2  # radius within which a move breaks the rule of a meal without business


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
    if rules.n_buyers == 1:
        return np.ones((1, state.n), np.bool_)
    away = (state.phase != _TABLE) & (state.phase != _AFTER)
    out: Bools = rules.calendar.present.take(state.meeting, axis=1, mode="clip") | away
    return out


def addressee(rules: Rules, state: State, named: Ints) -> Ints:
    """The buyer who answers, (n,): the one named, else the one whose question is open, else the
    first present, with a say if any has."""
    if rules.n_buyers == 1:
        return np.zeros(named.shape, np.int8)
    away = (state.phase != _TABLE) & (state.phase != _AFTER)
    who = rules.calendar.speaker.take(np.where(away, np.int8(-1), state.meeting))
    who = np.where(state.asked > 0, state.asked_by, who)
    return np.where(named >= 0, named, who).astype(np.int8)


def _used(rules: Rules, state: State, cols: Ints, table: Bools) -> Ints:
    """Half-uses per family after the move; a fresh topic counts half."""
    topic = cols[Col.TOPIC]
    fresh = (topic >= 0) & (((state.topics >> np.maximum(topic, 0)) & 1) == 0)
    uses = state.uses.copy()
    at = (cols[Col.FAMILY], np.arange(state.n))
    uses[at] = np.minimum(uses[at] + (np.uint8(2) - fresh) * table, np.uint8(200))
    return uses


def _questions_answered(state: State, cols: Ints, table: Bools) -> State:
    """Close the open question that the move answered, or let it age; the door stands shorter."""
    if state.asked.any():
        answers = ((cols[Col.ANSWERS] >> state.asked) & 1) != 0
        age = state.asked_age + np.int8(1)
        still = (state.asked > 0) & ~answers & (age < 2)
        state = state.but(
            asked=np.where(still, state.asked, np.int8(0)),
            asked_age=np.where(still, age, np.int8(0)),
        )
    return state.but(door=np.maximum(state.door - table.astype(np.int8), np.int8(0)))


def _moved(
    rules: Rules,
    state: State,
    d: Floats,
    p: Poles,
    action: Ints,
    cols: Ints,
    reach: Floats,
    present: Bools,
    explain: bool,
) -> tuple[State, Floats, Floats, dict[str, Floats]]:
    """The move itself: evidence, damage, effects, the clock. (state, push, drift, causes)."""
    w = rules.weights
    kind = cols[Col.EFFECT]
    radius = rules.radius.take(action)
    table = (state.phase == _TABLE) | (state.phase == _AFTER)
    felt = impact(rules, state, d, p, action, cols, radius, reach, explain)
    damage = felt.damage
    banned = rules.calendar.banned.take(state.meeting, mode="clip")
    if banned.any():
        breaks = table & banned & (radius <= _NEED_OF_RULE) & (kind != EFFECT["part"])
        damage = np.minimum(damage + w.rule_broken * d * breaks, 1.0)
    agenda = table & (kind == EFFECT["agenda"])
    patience = felt.patience + _AGENDA_PATIENCE * (1.0 - d) * agenda
    uses = _used(rules, state, cols, table)
    state = state.but(beliefs=felt.beliefs, damage=damage, patience=patience, uses=uses)
    state = _questions_answered(state, cols, table)
    state = set_in_motion(rules, state, d, cols, radius, table)
    return (
        state.but(
            met=state.met | (present & table),
            turn=state.turn + table.astype(np.int16),
            clock=state.clock + table.astype(np.int16),
            dose=state.dose + (table & (radius >= 2.0)),
        ),
        felt.push,
        felt.drift,
        felt.causes,
    )


def _seen_through(
    rules: Rules, state: State, dice: Dice, d: Floats, p: Poles, cols: Ints, who: Ints
) -> tuple[State, Bools]:
    """Whether a bluff or a false date is seen through now, and what that does."""
    bluffs = cols[Col.EFFECT] == EFFECT["bluff"]
    if not (bluffs.any() or state.false_date.any()):
        return state, bluffs
    lies = state.false_date & (state.phase == _TABLE)
    chance = np.maximum(bluffs * pick(p.bluff_seen, who), lies * _FALSE_DATE_SEEN)
    forced = None if dice.observed is None else dice.observed.exposed.astype(np.int8)
    exposed = dice.choose(slots.EXPOSED, (1.0 - chance,), forced) != 0
    if exposed.any():
        dates = exposed & state.false_date
        state = deceived(rules, state, d, exposed).but(
            false_date=state.false_date & ~dates, flight_known=state.flight_known | dates
        )
    return state, exposed


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
    n, phase = state.n, state.phase
    cols = rules.columns.take(action, axis=1)
    d = effective_d(rules, state.d)
    p = at_poles(rules.poles, d)
    dice = Dice(chance, observed, n)
    table = (phase == _TABLE) | (phase == _AFTER)
    present = _present(rules, state)
    who = addressee(rules, state, cols[Col.ADDRESSEE])
    reach = _reach(rules, present, who)

    event = scheduled(rules, state, event)
    if event is not None and (event >= 0).any():
        state = apply_event(rules, state, d, event)
    overdue = (state.promised > 0) & (state.ply > state.promised) & table
    if overdue.any():
        state = promise_broken(rules, state, d, overdue)

    state, all_push, drift, causes = _moved(
        rules, state, d, p, action, cols, reach, present, explain
    )
    state, exposed = _seen_through(rules, state, dice, d, p, cols, who)
    state = state.but(trust=trust_now(rules, p, state))

    # from here on mostly the addressee's own quantities, (n,)
    radius = rules.radius.take(action)
    di = pick(d, who)
    own = Poles(*(v[0] for v in p)) if rules.n_buyers == 1 else at_poles(rules.poles, di)
    trust, push = pick(state.trust, who), pick(all_push, who)
    his_state = pick(state.trust_state, who)
    told = answer(rules, dice, state, di, own, trust, his_state, push, who, cols)
    state = _learned(rules, state, told)

    state, package = put_up(rules, before, state, d, cols)
    state, response, counter, signed = answered(
        rules, state, dice, d, p, radius, cols, package, present
    )

    parts = probabilities(
        rules, state, di, own, trust, his_state, push, who,
        _cold(rules, before, state, own, trust, who),
        _departs_soon(rules, state), table & (radius >= 2.0),
    )  # fmt: skip
    # nobody starts anything after a signature or a farewell, and seldom while answering an offer
    silent = signed | (cols[Col.EFFECT] == EFFECT["part"]) | ~table
    live = np.where(silent, ZERO, ONE)
    live = live * np.where((response > 0) & (parts[_DEMAND - 1] <= 0), _QUIET_AFTER_OFFER, ONE)
    forced = None if observed is None else observed.initiative
    started = dice.choose(slots.INITIATIVE, cumulative(parts, live), forced)
    state, demand = _started(rules, state, started, who)

    # what his words and his manner give away
    business = table & ~rules.calendar.banned.take(state.meeting, mode="clip")
    sure = (told.fact >= 0) & _bit(rules.facts.deep, told.fact)
    talks = rules.weights.hint_rate * np.where(told.asked, ONE, np.float32(0.6))
    talks = talks * (business & ~signed)
    need = pick(state.need, who)
    heard = hint(rules, dice, own.hint_clear, need, talks, sure)
    way = manner(dice, di)
    shown = reactions(rules, dice, state.trust - before.trust, present & table)
    state = _seen(rules, state, who, shown, way, heard, sure, started, table)

    new = np.where(present | (phase == _BETWEEN), advance(rules, state, d), state.trust_state)
    state = patience_gift(rules, state, new)
    ends = rules.machine.ends.take(state.trust_state) & present & table & ~signed
    closed = ends[0]
    for b in range(1, rules.n_buyers):
        closed = closed | ends[b]
    state = state.but(ply=state.ply + np.int16(1))
    told_beliefs = state.beliefs
    state, renewal = turn_phases(rules, before, state, dice, cols[Col.EFFECT], started, closed)
    if state.beliefs is not told_beliefs:
        # a gap has passed: people have forgotten, and the subject may be another
        state = state.but(trust=trust_now(rules, p, state))
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
        push=all_push,
        drift=drift,
        event=event,
        promise_broken=overdue,
        log_probability=dice.log_probability,
        causes=causes,
    )


def _reach(rules: Rules, present: Bools, who: Ints) -> Floats:
    """(B, n): 1 for the addressee, the witness's share for others at the table, 0 elsewhere."""
    if rules.n_buyers == 1:
        return present.astype(np.float32)
    people = np.arange(rules.n_buyers, dtype=np.int8)[:, None]
    out: Floats = np.where(who == people, ONE, np.float32(rules.weights.witness)) * present
    return out


def _cold(rules: Rules, before: State, state: State, p: Poles, trust: Floats, who: Ints) -> Floats:
    """Chance that a cold caller is shown out after the first turn, (n,)."""
    if not rules.calendar.cold_call:
        return ZERO
    gain = trust - pick(before.trust, who)
    cold = positive(
        mix(*rules.weights.dismisses, pick(effective_d(rules, state.d), who)) - 6.0 * positive(gain)
    )
    introduced = (before.referral == 1) & (state.referral == 2)
    return np.where(introduced, np.float32(0.02), cold)


def _departs_soon(rules: Rules, state: State) -> Bools:
    """Rows in which a known, soft flight is at most a few turns away."""
    if rules.calendar.flight_meeting < 0 or rules.calendar.flight_final:
        return np.False_  # type: ignore[return-value]
    here, left = departure(rules, state)
    return here & state.flight_known & (left <= NEAR_TURNS)


def _bit(mask: int, index: Ints) -> Bools:
    out: Bools = ((np.int32(mask) >> np.maximum(index, 0)) & 1) != 0
    return out


def _learned(rules: Rules, state: State, told: Told) -> State:
    """The notebook after an answer: a told fact opens a door, and may open the problem."""
    got = told.fact >= 0
    if not got.any():
        return state
    at = np.maximum(told.fact, 0)
    bit = np.where(got, np.int32(1) << at.astype(np.int32), np.int32(0))
    deep = got & (rules.facts.depth.take(at) > 0)
    return state.but(
        told=state.told | bit,
        last_about=np.where(got, rules.facts.about.take(at), state.last_about),
        problem=state.problem | (got & _bit(rules.facts.problem, told.fact)),
        door=np.where(deep, _DOOR_TURNS, state.door),
    )


def _started(rules: Rules, state: State, started: Ints, who: Ints) -> tuple[State, Ints]:
    """Note an initiative: the question it opens, the demand it makes, the door of an invitation."""
    if not started.any():
        return state, np.full(state.n, -1, np.int8)
    opens = _OPENS.take(started)
    asks = started == _DEMAND
    index = np.zeros(state.n, np.int8)
    for k in range(len(rules.demands)):
        index += ((state.demanded >> k) & 1).astype(np.int8)
    demand = np.where(asks, index, np.int8(-1))
    one = np.int16(1)
    bit = np.where(asks, one << index.astype(np.int16), np.int16(0))
    kind = np.where((started > 0) & ~asks, one << started.astype(np.int16), np.int16(0))
    return state.but(
        asked=np.where(opens, started, state.asked),
        asked_by=np.where(opens, who, state.asked_by),
        asked_age=np.where(opens, np.int8(0), state.asked_age),
        initiated=state.initiated | kind,
        demand=np.where(asks, demand, state.demand),
        demanded=state.demanded | bit,
        door=np.where(started == _INVITES, _DOOR_TURNS, state.door),
    ), demand


# How an initiative moves the seller's own estimate of the trust, by Initiative code.
_SEEN_INITIATIVE = np.array([0, -0.03, 0, 0.01, -0.02, 0, 0.04, 0, -0.02, -0.1, 0.02], np.float32)


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
    people = np.arange(rules.n_buyers, dtype=np.int8)[:, None]
    answered_by = (who == people) & table
    reaction = pick(shown, who)
    change = (SEEN_STEP.take(reaction) + _SEEN_INITIATIVE.take(started)) * table
    locked = (state.told & np.int32(rules.facts.deep)) != 0
    need = np.where(sure | ((heard >= 0) & ~locked), heard, state.seen_need)
    return state.but(
        seen_trust=clip01(state.seen_trust + change),
        seen_manner=state.seen_manner + way * np.float32(0.5) * answered_by,
        seen_answers=state.seen_answers + answered_by,
        seen_reaction=np.where(table, reaction, state.seen_reaction).astype(np.int8),
        seen_need=need,
    )
