"""Phases: from preparing to the table, from one meeting and one deal to the next, to the end."""

from __future__ import annotations

import numpy as np

from game.core import chance as slots
from game.core.arithmetic import Bools, Ints, clip01, logistic
from game.core.bargaining import departure, renewal_logit
from game.core.happen import promise_broken
from game.core.observe import Dice
from game.core.rules import EFFECT, Rules
from game.core.state import State
from game.core.trust import effective_d, forgotten
from game.core.vocabulary import Ending, Initiative, Phase, Renewal

AFTER_TURNS = 2
_PREPARE, _TABLE, _AFTER, _BETWEEN = range(4)
_DISMISSES, _HANDS_OVER = int(Initiative.DISMISSES), int(Initiative.HANDS_OVER)


def close_deal(rules: Rules, state: State, signed: Bools, package: Ints) -> State:
    """Book an agreement: utilities are averaged over the buyers with a say."""
    bargain = rules.bargain
    at = np.maximum(package, 0)
    told = rules.facts.worth.take(state.told)
    own = bargain.seller.take(at) - state.granted_cost + rules.weights.fact_pie * told
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
    first = signed & (state.deals == 0)
    return state.but(
        deals=(state.deals + signed).astype(np.int8),
        seller_sum=state.seller_sum + own * signed,
        buyer_sum=state.buyer_sum + theirs * signed,
        settled=np.where(signed, own, state.settled),
        satisfaction=np.where(signed, theirs - reserve / says, state.satisfaction),
        ending=np.where(signed & (state.ending == 0), np.int8(Ending.AGREEMENT), state.ending),
        deal_clock=np.where(first, state.clock, state.deal_clock).astype(np.int16),
        phase=np.where(signed, np.int8(Phase.AFTER), state.phase),
        slots=np.where(signed, np.int8(AFTER_TURNS), state.slots),
        demand=np.where(signed, np.int8(-1), state.demand),
        asked=np.where(signed, np.int8(0), state.asked),
        asked_age=np.where(signed, np.int8(0), state.asked_age),
    )


def _sit_down(state: State, rows: Bools, meeting: Ints) -> State:
    """Start a meeting in the given rows; what belonged to the last one is put away."""
    zero8 = np.int8(0)
    return state.but(
        phase=np.where(rows, np.int8(Phase.TABLE), state.phase),
        meeting=np.where(rows, meeting, state.meeting).astype(np.int8),
        turn=np.where(rows, np.int16(0), state.turn),
        slots=np.where(rows, zero8, state.slots),
        asked=np.where(rows, zero8, state.asked),
        asked_age=np.where(rows, zero8, state.asked_age),
        initiated=np.where(rows, np.int16(0), state.initiated),
        door=np.where(rows, zero8, state.door),
        uses=np.where(rows, np.uint8(0), state.uses),
        dose=np.where(rows, 0.0, state.dose),
        pressed=np.where(rows, 0.0, state.pressed),
        patience=np.where(rows, np.maximum(state.patience, 0.6), state.patience),
    )


def _new_deal(state: State, rows: Bools) -> State:
    """A fresh table for the next deal; people remember, papers do not."""
    return state.but(
        deal=(state.deal + rows).astype(np.int8),
        price_named=state.price_named & ~rows,
        mine=np.where(rows, np.int16(-1), state.mine),
        justified=state.justified & ~rows,
        framed=np.where(rows, np.float32(0), state.framed),
        theirs=np.where(rows, np.int16(-1), state.theirs),
        stage=np.where(rows, np.int8(0), state.stage),
        rounds=np.where(rows, np.int16(0), state.rounds),
        mine_scope=np.where(rows, np.int8(0), state.mine_scope),
        first_offer=np.where(rows, (-1), state.first_offer),
        demanded=np.where(rows, np.int16(0), state.demanded),
        granted=np.where(rows, np.int8(0), state.granted),
        granted_cost=np.where(rows, 0.0, state.granted_cost),
        granted_worth=np.where(rows, 0.0, state.granted_worth),
        quiet=np.where(rows, 0.0, state.quiet),
        blocks=np.where(rows, np.int16(0), state.blocks),
        informed=np.where(rows, state.informed * 0.3, state.informed),
        visited=np.where(rows, state.visited * 0.5, state.visited),
        after_care=np.where(rows, 0.0, state.after_care),
        squeeze=np.where(rows, state.squeeze * 0.3, state.squeeze),
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
        beliefs=np.where(rows, kept, state.beliefs),
        damage=np.where(rows, np.maximum(healed, state.scar), state.damage),
    )
    broken = rows & (state.promised > 0)
    if broken.any():
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
    return state.but(phase=np.where(left, np.int8(Phase.ENDED), state.phase)), renewal


def turn_phases(
    rules: Rules,
    before: State,
    state: State,
    dice: Dice,
    effect: Ints,
    initiative: Ints,
    closed: Bools,
) -> tuple[State, Ints]:
    """Phase changes at the end of a step; `before` is the state the step began with.

    Returns the state and the renewal drawn in each row (Renewal codes).
    """
    was = before.phase
    table, after = was == _TABLE, was == _AFTER
    here, left = departure(rules, state)
    departed = here & (left <= 0)
    parted = effect == EFFECT["part"]
    shut = (closed | (initiative == _DISMISSES)) & (was != _PREPARE)
    limit = rules.calendar.turns.take(state.meeting, mode="clip")
    over = (state.turn >= limit) | departed | parted | (initiative == _HANDS_OVER)
    over = over & table & (state.phase == _TABLE) & ~shut
    waiting = ~table & ~after
    moving = over | shut | after | waiting
    none = np.zeros(state.n, np.int8)
    if not moving.any():
        return state, none
    state, away = _table_left(rules, state, over, shut, after, parted, departed)
    return _slots_spent(rules, state, dice, effect, was, away)


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
    done = after & ((spent <= 0) | parted) & ~shut
    last = state.meeting + 1 >= calendar.first_meetings
    first_deal = (state.deals + state.lost) == 0
    next_meeting = over & first_deal & ~last
    failed = over & ~next_meeting
    lost = (state.lost + (failed & ~first_deal)).astype(np.int8)
    go_on = (done | (failed & ~first_deal)) & ((state.deals + lost) < calendar.deals)
    finished = ((done | failed) & ~go_on) | shut

    both = (state.mine >= 0) & (state.theirs >= 0)
    how = np.where(both, np.int8(Ending.IMPASSE), np.int8(Ending.DEADLINE))
    how = np.where(departed, np.int8(Ending.DEADLINE), how)
    how = np.where(parted, np.int8(Ending.PARTED), how)
    how = np.where(shut, np.int8(Ending.WALKAWAY), how)
    away = next_meeting | go_on
    following = _following(rules, state, go_on)
    phase = np.where(away, np.int8(_BETWEEN), state.phase)
    return state.but(
        lost=lost,
        ending=np.where(finished & (state.ending == Ending.NONE), how, state.ending),
        phase=np.where(finished, np.int8(Phase.ENDED), phase),
        slots=np.where(away, calendar.gap_slots.take(following), spent),
    ), away


def _following(rules: Rules, state: State, new_deal: Bools) -> Ints:
    """Index of the next meeting: the following one, or the one of the next deal."""
    calendar = rules.calendar
    deal = np.int16(calendar.first_meetings) + state.deal
    last = np.int16(len(calendar.turns) - 1)
    out: Ints = np.minimum(np.where(new_deal, deal, state.meeting + np.int16(1)), last)
    return out


def _slots_spent(
    rules: Rules, state: State, dice: Dice, effect: Ints, was: Ints, away: Bools
) -> tuple[State, Ints]:
    """Before the first meeting and in gaps: a slot is spent; the last one leads to a table."""
    between, preparing = was == _BETWEEN, was == _PREPARE
    left = np.where(effect == EFFECT["wait"], np.int8(0), state.slots - np.int8(1))
    state = state.but(slots=np.where(between | preparing, left, state.slots).astype(np.int8))
    empty = state.slots <= 0
    through = (between | away) & empty
    renewal: Ints = np.zeros(state.n, np.int8)
    if through.any():
        state, renewal = pass_gap(rules, state, dice, through)
    phase = np.where(preparing & empty, np.int8(_TABLE), state.phase)
    return state.but(phase=phase), renewal


def patience_gift(rules: Rules, state: State, new: Ints) -> State:
    """Entering a state higher on the ladder lends patience."""
    rank = rules.machine.rank
    up = rank.take(new) > rank.take(state.trust_state)
    gift = rules.machine.patience.take(new) * up
    return state.but(patience=clip01(state.patience + gift), trust_state=new)
