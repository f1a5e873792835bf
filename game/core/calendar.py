"""Phases: from preparing to the table, from one meeting and one deal to the next, to the end."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from game.core import chance as slots
from game.core.arithmetic import Bools, Floats, Ints, any_of, clip01, constant, either, logistic
from game.core.bargaining import departure, renewal_logit
from game.core.happen import promise_broken
from game.core.move import AFTER, TABLE, Move, does
from game.core.observe import Dice
from game.core.rules import AFTER_TURNS, EFFECT, Col, Rules
from game.core.state import State
from game.core.trust import effective_d, forgotten
from game.core.vocabulary import Ending, Initiative, Phase, Renewal

_PREPARE, _BETWEEN = constant(Phase.PREPARE, np.int8), constant(Phase.BETWEEN, np.int8)
_ENDED = constant(Phase.ENDED, np.int8)
_DISMISSES = constant(Initiative.DISMISSES, np.int8)
_HANDS_OVER = constant(Initiative.HANDS_OVER, np.int8)
_PART, _WAIT = constant(EFFECT["part"], np.int32), constant(EFFECT["wait"], np.int32)
_AGREEMENT, _IMPASSE = constant(Ending.AGREEMENT, np.int8), constant(Ending.IMPASSE, np.int8)
_DEADLINE, _PARTED = constant(Ending.DEADLINE, np.int8), constant(Ending.PARTED, np.int8)
_WALKAWAY = constant(Ending.WALKAWAY, np.int8)
_NONE, _ONE = constant(0, np.int8), constant(1, np.int8)
_AFTER_SLOTS, _NO_DEMAND = constant(AFTER_TURNS, np.int8), constant(-1, np.int8)
_NOWHERE: Bools = constant(False, np.bool_)
_PARTS = does("part")


def close_deal(rules: Rules, state: State, signed: Bools, package: Ints) -> State:
    """Book an agreement: utilities are averaged over the buyers with a say."""
    bargain = rules.bargain
    at = np.maximum(package, 0)
    told = rules.facts.worth.take(state.told)
    own = bargain.seller.take(at) - state.granted_cost + rules.numbers.fact_pie * told
    own = clip01(own)
    theirs = np.zeros(state.n, np.float32)
    says = 0.0
    reserve = np.zeros(state.n, np.float32)
    for b in range(rules.n_buyers):
        if rules.buyers.say[b]:
            index = (b * bargain.needs + state.need[b].astype(np.int32)) * bargain.seller.shape[0]
            theirs = theirs + bargain.buyer.take(index + at)
            reserve = reserve + state.reservation[b]
            says = says + 1.0
    theirs = clip01(theirs / says + told + state.granted_worth)
    first = signed & (state.deals == _NONE)
    return state.but(
        deals=(state.deals + signed).astype(np.int8),
        seller_sum=state.seller_sum + own * signed,
        buyer_sum=state.buyer_sum + theirs * signed,
        settled=either(signed, own, state.settled),
        satisfaction=either(signed, theirs - reserve / says, state.satisfaction),
        ending=either(signed & (state.ending == _NONE), _AGREEMENT, state.ending),
        deal_clock=either(first, state.clock, state.deal_clock).astype(np.int16),
        phase=either(signed, AFTER, state.phase),
        slots=either(signed, _AFTER_SLOTS, state.slots),
        demand=either(signed, _NO_DEMAND, state.demand),
        asked=either(signed, _NONE, state.asked),
        asked_age=either(signed, _NONE, state.asked_age),
    )


def _reset(state: State, rows: Bools, values: Mapping[str, Ints | Floats]) -> dict[str, Any]:
    """These arrays with a fresh value in the given rows."""
    return {name: either(rows, value, getattr(state, name)) for name, value in values.items()}


_ZERO = {kind: constant(0, kind) for kind in (np.uint8, np.int8, np.int16, np.float32)}
_NEW_MEETING = {
    "turn": _ZERO[np.int16], "slots": _ZERO[np.int8], "asked": _ZERO[np.int8],
    "asked_age": _ZERO[np.int8], "initiated": _ZERO[np.int16], "door": _ZERO[np.int8],
    "uses": _ZERO[np.uint8], "dose": _ZERO[np.float32], "pressed": _ZERO[np.float32],
}  # fmt: skip
_NEW_DEAL = {
    "mine": constant(-1, np.int16), "theirs": constant(-1, np.int16), "stage": _ZERO[np.int8],
    "rounds": _ZERO[np.int16], "mine_scope": _ZERO[np.int8], "first_offer": constant(-1),
    "framed": _ZERO[np.float32], "demanded": _ZERO[np.int16], "granted": _ZERO[np.int8],
    "granted_cost": _ZERO[np.float32], "granted_worth": _ZERO[np.float32],
    "quiet": _ZERO[np.float32], "blocks": _ZERO[np.int16], "after_care": _ZERO[np.float32],
}  # fmt: skip
_RESTED = constant(0.6)  # patience that a new meeting starts with, at least


def _sit_down(state: State, rows: Bools, meeting: Ints) -> State:
    """Start a meeting in the given rows; what belonged to the last one is put away."""
    return state.but(
        **_reset(state, rows, _NEW_MEETING),
        phase=either(rows, TABLE, state.phase),
        meeting=either(rows, meeting, state.meeting).astype(np.int8),
        patience=either(rows, np.maximum(state.patience, _RESTED), state.patience),
    )


def _new_deal(state: State, rows: Bools) -> State:
    """A fresh table for the next deal; people remember, papers do not."""
    return state.but(
        **_reset(state, rows, _NEW_DEAL),
        deal=(state.deal + rows).astype(np.int8),
        price_named=state.price_named & ~rows,
        justified=state.justified & ~rows,
        informed=either(rows, state.informed * 0.3, state.informed),
        visited=either(rows, state.visited * 0.5, state.visited),
        squeeze=either(rows, state.squeeze * 0.3, state.squeeze),
    )


def pass_gap(rules: Rules, state: State, dice: Dice, rows: Bools) -> tuple[State, Ints]:
    """Let a gap pass in the given rows: forget, heal, and after a deal choose whether to renew."""
    calendar = rules.calendar
    d = effective_d(rules, state.d)
    renewing = rows & (state.deals + state.lost > 0)
    following = _following(rules, state, renewing)
    years = calendar.gap_days.take(following, mode="clip") / 365.0
    kept = forgotten(rules, d, state.beliefs, years)
    healed = state.scar + (state.damage - state.scar) / (1.0 + years)
    state = state.but(
        beliefs=either(rows, kept, state.beliefs),
        damage=either(rows, np.maximum(healed, state.scar), state.damage),
    )
    broken = rows & (state.promised > 0)
    if any_of(broken):
        state = promise_broken(rules, state, d, broken)
    deal = np.minimum(state.deal + np.int8(1), np.int8(calendar.deals - 1))
    z = renewal_logit(
        rules, state, d, calendar.deal_rival.take(deal), calendar.deal_unmet.take(deal)
    )
    stay = logistic(z) * renewing
    none = 1.0 - renewing.astype(np.float32)
    forced = None if dice.observed is None else dice.observed.renewal
    renewal = dice.choose(slots.RENEWAL, (none, none + stay), forced)
    left = renewal == Renewal.LEFT
    state = _new_deal(state, renewing & ~left)
    state = _sit_down(state, rows & ~left, following)
    return state.but(phase=either(left, _ENDED, state.phase)), renewal


def turn_phases(
    rules: Rules,
    before: State,
    state: State,
    dice: Dice,
    move: Move,
    initiative: Ints,
    closed: Bools,
) -> tuple[State, Ints]:
    """Phase changes at the end of a step; `before` is the state the step began with.

    Returns the state and the renewal drawn in each row (Renewal codes).
    """
    was = before.phase
    departed = parted = _NOWHERE
    if rules.calendar.flight_meeting >= 0:
        here, left = departure(rules, state)
        departed = here & (left <= _NONE)
    if move.traits & _PARTS:
        parted = move.cols[Col.EFFECT] == _PART
    shut = (closed | (initiative == _DISMISSES)) & (was != _PREPARE)
    limit = rules.calendar.turns.take(state.meeting, mode="clip")
    over = (state.turn >= limit) | departed | parted | (initiative == _HANDS_OVER)
    over = over & (state.phase == TABLE) & move.open & ~shut
    moving = over | shut | ~move.open
    if not any_of(moving):
        return state, np.zeros(state.n, np.int8)
    after = _NOWHERE if move.after is None else move.after
    state, away = _table_left(rules, state, over, shut, after, parted, departed)
    return _slots_spent(rules, state, dice, move, was, away)


def _table_left(
    rules: Rules,
    state: State,
    over: Bools,
    shut: Bools,
    after: Bools,
    parted: Bools,
    departed: Bools,
) -> tuple[State, Bools]:
    """Where those go whose meeting is over: to the next meeting or deal, or to the end."""
    calendar = rules.calendar
    spent = state.slots - after.astype(np.int8)
    done = after & ((spent <= _NONE) | parted) & ~shut
    last = state.meeting + _ONE >= calendar.first_meetings
    first_deal = (state.deals + state.lost) == _NONE
    next_meeting = over & first_deal & ~last
    failed = over & ~next_meeting
    lost = (state.lost + (failed & ~first_deal)).astype(np.int8)
    go_on = (done | (failed & ~first_deal)) & ((state.deals + lost) < calendar.deals)
    finished = ((done | failed) & ~go_on) | shut

    both = (state.mine >= _NONE) & (state.theirs >= _NONE)
    how = either(both, _IMPASSE, _DEADLINE)
    how = either(departed, _DEADLINE, how)
    how = either(parted, _PARTED, how)
    how = either(shut, _WALKAWAY, how)
    away = next_meeting | go_on
    following = _following(rules, state, go_on)
    phase = either(away, _BETWEEN, state.phase)
    return state.but(
        lost=lost,
        ending=either(finished & (state.ending == _NONE), how, state.ending),
        phase=either(finished, _ENDED, phase),
        slots=either(away, calendar.gap_slots.take(following), spent),
    ), away


def _following(rules: Rules, state: State, new_deal: Bools) -> Ints:
    """Index of the next meeting: the following one, or the one of the next deal."""
    calendar = rules.calendar
    deal = np.int16(calendar.first_meetings) + state.deal
    last = np.int16(len(calendar.turns) - 1)
    out: Ints = np.minimum(either(new_deal, deal, state.meeting + np.int16(1)), last)
    return out


def _slots_spent(
    rules: Rules, state: State, dice: Dice, move: Move, was: Ints, away: Bools
) -> tuple[State, Ints]:
    """Before the first meeting and in gaps: a slot is spent; the last one leads to a table."""
    between, preparing = was == _BETWEEN, was == _PREPARE
    waits = move.cols[Col.EFFECT] == _WAIT
    left = either(waits, _NONE, state.slots - _ONE)
    state = state.but(slots=either(between | preparing, left, state.slots).astype(np.int8))
    empty = state.slots <= _NONE
    through = (between | away) & empty
    renewal: Ints = np.zeros(state.n, np.int8)
    if any_of(through):
        state, renewal = pass_gap(rules, state, dice, through)
    phase = either(preparing & empty, TABLE, state.phase)
    return state.but(phase=phase), renewal


def patience_gift(rules: Rules, state: State, new: Ints) -> State:
    """Entering a state higher on the ladder lends patience."""
    patience = clip01(state.patience)
    if any_of(new != state.trust_state):
        rank = rules.machine.rank
        up = rank.take(new) > rank.take(state.trust_state)
        patience = clip01(state.patience + rules.machine.patience.take(new) * up)
    return state.but(patience=patience, trust_state=new)
