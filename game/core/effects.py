"""What a move sets in motion besides evidence: flags, doses, the flight, preparation."""

from __future__ import annotations

import numpy as np

from game.core.arithmetic import Bools, Floats, Ints, positive
from game.core.rules import EFFECT, PREPARATIONS, Col, Rules
from game.core.state import State
from game.core.vocabulary import Phase

_PROMISE_DUE = np.int16(7)


def _mark(effect: Ints, name: str) -> Bools:
    out: Bools = effect == EFFECT[name]
    return out


def set_in_motion(rules: Rules, state: State, d: Floats, cols: Ints, radius: Floats) -> State:
    """The state after the move's own effects; evidence is weighed elsewhere."""
    w = rules.weights
    effect = cols[Col.EFFECT]
    table = (state.phase == Phase.TABLE) | (state.phase == Phase.AFTER)
    prepared = state.prepared
    for i, name in enumerate(PREPARATIONS):
        prepared = prepared | (_mark(effect, f"prepare_{name}").astype(np.int8) << np.int8(i))
    referral = np.where(
        _mark(effect, "prepare_referral") & (rules.calendar.referral == 1), np.int8(1), state.referral
    )
    referral = np.where(_mark(effect, "use_referral"), np.int8(2), referral)
    topic = cols[Col.TOPIC]
    touched = np.where(topic >= 0, np.int16(1) << np.maximum(topic, 0).astype(np.int16), 0)
    press = _mark(effect, "press") | _mark(effect, "press_flight")
    shares = _mark(effect, "share")
    doubt = positive(np.float32(1) - state.trust / np.float32(w.squeeze_trust))
    exposed = np.float32(w.exposed_share) * doubt * d * shares
    rebooks = _mark(effect, "rebook")
    tells = _mark(effect, "tell_return") | _mark(effect, "press_flight")
    apologises = _mark(effect, "apologise")
    ease = np.where(
        state.scar > 0, np.float32(w.apology_for_deception), np.float32(w.apology_heals)
    )
    damage = state.scar + (state.damage - state.scar) * (np.float32(1) - ease * apologises)
    block = np.where(
        _mark(effect, "block"), np.int16(1) << np.maximum(cols[Col.ITEM], 0).astype(np.int16), 0
    )
    grants, declines = _mark(effect, "grant"), _mark(effect, "decline")
    item = np.maximum(state.demand, 0)
    kept = _mark(effect, "keep_promise") | _mark(effect, "deliver")
    later = table & (state.phase == Phase.AFTER)
    calls = _mark(effect, "inform"), _mark(effect, "visit")
    due = np.where(_mark(effect, "promise"), state.ply + _PROMISE_DUE, state.promised)
    after_care = (cols[Col.GROUP] == 0) | _mark(effect, "promise")
    return state.but(prepared=prepared.astype(np.int8),
        referral=referral,
        topics=(state.topics | touched).astype(np.int16),
        progress=state.progress + np.float32(0.8) * _mark(effect, "nudge"),
        pressed=np.float32(0.7) * state.pressed + press,
        room=np.float32(0.8) * state.room + _mark(effect, "room"),
        agenda=state.agenda | _mark(effect, "agenda"),
        problem=state.problem | _mark(effect, "problem"),
        pointed=state.pointed | (table & (radius <= np.float32(1))),
        shared=np.float32(0.8) * state.shared + shares,
        squeeze=state.squeeze + exposed,
        damage=np.where(apologises, np.maximum(damage, state.scar), state.damage),
        flight_known=state.flight_known | tells,
        false_date=state.false_date | _mark(effect, "falsify"),
        rebooked=state.rebooked | rebooks,
        cost=state.cost + np.float32(rules.calendar.flight_cost) * rebooks,
        blocks=(state.blocks | block).astype(np.int16),
        granted=(state.granted + grants).astype(np.int8),
        granted_cost=state.granted_cost + rules.bargain.demand_cost.take(item, mode="clip") * grants,
        granted_worth=state.granted_worth
        + rules.bargain.demand_worth.take(item, mode="clip") * grants,
        quiet=state.quiet * np.float32(0.9) + declines,
        demand=np.where(grants | declines, np.int8(-1), state.demand),
        promised=np.where(kept, np.int16(0), due).astype(np.int16),
        informed=state.informed + calls[0],
        visited=state.visited + calls[1],
        after_care=state.after_care + (later & after_care),
        acknowledged=state.acknowledged | _mark(effect, "acknowledge"),
    )
