"""What a move sets in motion besides evidence: flags, doses, the flight, preparation."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from game.core.arithmetic import ONE, Bools, Floats, Ints, constant, either, positive
from game.core.move import AFTER, EFFECT_TRAITS, TOPIC, Move, does
from game.core.rules import EFFECT, PREPARATIONS, Col, Rules
from game.core.state import State
from game.core.vocabulary import Belief

_PROMISE_DUE = 7  # steps
_NO_BIT = constant(0, np.int16)
# What is left after a turn of ...
_PRESSED_LASTS, _ROOM_LASTS = constant(0.7), constant(0.8)
_SHARED_LASTS, _QUIET_LASTS = constant(0.8), constant(0.9)

# An effect gets the state and the rows that have it, and says what changes.
Effect = Callable[[Rules, State, Floats, Ints, Bools], State]


def _use_referral(r: Rules, s: State, d: Floats, cols: Ints, on: Bools) -> State:
    return s.but(referral=either(on, np.int8(2), s.referral))


def _nudge(r: Rules, s: State, d: Floats, cols: Ints, on: Bools) -> State:
    """A nudge moves the talk along, and hurries a little."""
    return s.but(progress=s.progress + on, pressed=s.pressed + np.float32(0.5) * on)


def _press(r: Rules, s: State, d: Floats, cols: Ints, on: Bools) -> State:
    return s.but(pressed=s.pressed + on)


def _share(r: Rules, s: State, d: Floats, cols: Ints, on: Bools) -> State:
    """What is shared early is used by a diffuse buyer who does not trust yet."""
    doubt = positive(1.0 - s.trust / r.numbers.squeeze_trust)
    return s.but(shared=s.shared + on, squeeze=s.squeeze + r.numbers.exposed_share * doubt * d * on)


def _promise(r: Rules, s: State, d: Floats, cols: Ints, on: Bools) -> State:
    due = either(on, s.ply + np.int16(_PROMISE_DUE), s.promised)
    return s.but(promised=due, after_care=s.after_care + (on & (s.phase == AFTER)))


def _keep_promise(r: Rules, s: State, d: Floats, cols: Ints, on: Bools) -> State:
    return s.but(promised=either(on, np.int16(0), s.promised))


def _apologise(r: Rules, s: State, d: Floats, cols: Ints, on: Bools) -> State:
    """Heals damage and mends a lapse of skill; little after deception (Kim et al. 2004)."""
    w = r.numbers
    ease = either(s.scar > 0, w.apology_for_deception, w.apology_heals)
    healed = s.damage - ease * positive(s.damage - s.scar)
    mended = w.apology_mends * s.lapse * on
    beliefs = s.beliefs.copy()
    beliefs[Belief.ABILITY] = np.minimum(beliefs[Belief.ABILITY] + mended, 1.0)
    return s.but(damage=either(on, healed, s.damage), lapse=s.lapse - mended, beliefs=beliefs)


def _grant(r: Rules, s: State, d: Floats, cols: Ints, on: Bools) -> State:
    item = np.maximum(s.demand, 0)
    return s.but(
        granted=(s.granted + on).astype(np.int8),
        granted_cost=s.granted_cost + r.bargain.demand_cost.take(item, mode="clip") * on,
        granted_worth=s.granted_worth + r.bargain.demand_worth.take(item, mode="clip") * on,
        demand=either(on, np.int8(-1), s.demand),
    )


def _decline(r: Rules, s: State, d: Floats, cols: Ints, on: Bools) -> State:
    return s.but(quiet=s.quiet + on, demand=either(on, np.int8(-1), s.demand))


def _block(r: Rules, s: State, d: Floats, cols: Ints, on: Bools) -> State:
    bit = np.int16(1) << np.maximum(cols[Col.ITEM], 0).astype(np.int16)
    return s.but(blocks=(s.blocks | either(on, bit, np.int16(0))).astype(np.int16))


def _rebook(r: Rules, s: State, d: Floats, cols: Ints, on: Bools) -> State:
    price = either(on, np.float32(r.calendar.flight_cost), np.float32(0))
    return s.but(rebooked=s.rebooked | on, cost=s.cost + price)


def _press_flight(r: Rules, s: State, d: Floats, cols: Ints, on: Bools) -> State:
    return s.but(pressed=s.pressed + on, flight_known=s.flight_known | on)


def _prepare(index: int) -> Effect:
    def effect(r: Rules, s: State, d: Floats, cols: Ints, on: Bools) -> State:
        bit = either(on, np.int8(1 << index), np.int8(0))
        s = s.but(prepared=s.prepared | bit)
        if PREPARATIONS[index] == "referral" and r.calendar.referral == 1:
            s = s.but(referral=either(on, np.int8(1), s.referral))
        return s

    return effect


_EFFECTS: dict[str, Effect] = {
    "use_referral": _use_referral,
    "agenda": lambda r, s, d, c, on: s.but(agenda=s.agenda | on),
    "nudge": _nudge,
    "press": _press,
    "problem": lambda r, s, d, c, on: s.but(problem=s.problem | on),
    "share": _share,
    "promise": _promise,
    "keep_promise": _keep_promise,
    "deliver": _keep_promise,
    "apologise": _apologise,
    "grant": _grant,
    "decline": _decline,
    "block": _block,
    "room": lambda r, s, d, c, on: s.but(room=s.room + on),
    "press_flight": _press_flight,
    "tell_return": lambda r, s, d, c, on: s.but(flight_known=s.flight_known | on),
    "falsify": lambda r, s, d, c, on: s.but(false_date=s.false_date | on),
    "rebook": _rebook,
    "inform": lambda r, s, d, c, on: s.but(informed=s.informed + on),
    "visit": lambda r, s, d, c, on: s.but(visited=s.visited + on),
    **{f"prepare_{name}": _prepare(i) for i, name in enumerate(PREPARATIONS)},
}
_BY_TRAIT = tuple((does(name), constant(EFFECT[name], np.int32), e) for name, e in _EFFECTS.items())


def set_in_motion(rules: Rules, state: State, d: Floats, move: Move) -> State:
    """The state after the move's own effects; evidence is weighed elsewhere.

    An effect that no row of the batch has is passed over, which changes no row.
    """
    cols = move.cols
    state = state.but(
        pressed=_PRESSED_LASTS * state.pressed,
        room=_ROOM_LASTS * state.room,
        shared=_SHARED_LASTS * state.shared,
        quiet=_QUIET_LASTS * state.quiet,
        pointed=state.pointed | (move.table & (move.radius <= ONE)),
    )
    if move.traits & TOPIC:
        topic = cols[Col.TOPIC]
        bit = either(topic >= 0, np.int16(1) << np.maximum(topic, 0).astype(np.int16), _NO_BIT)
        state = state.but(topics=(state.topics | bit).astype(np.int16))
    if move.traits & EFFECT_TRAITS:
        kind = cols[Col.EFFECT]
        for trait, code, effect in _BY_TRAIT:
            if move.traits & trait:
                state = effect(rules, state, d, cols, kind == code)
    if move.after is not None:
        kindly = move.after & (cols[Col.GROUP] == 0)
        state = state.but(after_care=state.after_care + kindly)
    return state
