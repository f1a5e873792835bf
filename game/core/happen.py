"""Events and broken words: what changes beliefs without being a move of the seller."""

from __future__ import annotations

import numpy as np

from game.core.arithmetic import Bools, Floats, Ints, constant, either, mix
from game.core.move import TABLE
from game.core.rules import EVENTS, Rules
from game.core.state import State
from game.core.trust import absorb, spill, spread, subject_of
from game.core.vocabulary import Belief, Group, Phase

_CODE = {name: i for i, name in enumerate(EVENTS)}
# (ability, benevolence, integrity, damage) per unit of an event's size
_WEIGHT = {
    "delivery_failure": (-1.0, -0.3, -0.2, 0.0),
    "skill_lapse": (-1.0, -0.1, -0.1, 0.15),
    "deception_exposed": (-0.1, -0.5, -1.0, 1.2),
    "good_news": (1.0, 1.0, 1.0, 0.0),
    "bad_news": (-1.0, -1.0, -1.0, 0.0),
}
_TABLE = np.array([_WEIGHT.get(name, (0.0, 0.0, 0.0, 0.0)) for name in EVENTS], np.float32)
_NO_EVENT = constant(0, np.int8)
BROKEN_PROMISE = (-0.06, -0.08, -0.16)


def scheduled(rules: Rules, state: State, event: Ints | None) -> Ints | None:
    """Events of this turn, (n,) indices into the scenario's events (-1 none); None: none at all."""
    when = rules.calendar.event_at
    if not when:
        return event
    out = np.full(state.n, -1, np.int8) if event is None else event.astype(np.int8)
    table = state.phase == TABLE
    for meeting, turn, index in when:
        now = table & (state.meeting == meeting) & (state.turn == turn - 1)
        out = either(now, np.int8(index), out)
    return out


def apply_event(rules: Rules, state: State, d: Floats, event: Ints) -> State:
    """Rows with an event feel it before the seller's move is weighed."""
    calendar = rules.calendar
    live = (event >= 0) & (state.phase != Phase.ENDED)
    kind = either(live, calendar.event_kind.take(np.maximum(event, 0), mode="clip"), _NO_EVENT)
    size = calendar.event_size.take(np.maximum(event, 0), mode="clip")
    weight = _TABLE.take(kind, axis=0).T * size
    loss = either(weight[:3] < 0, np.float32(rules.weights.loss_bite), np.float32(1))
    evidence = np.repeat((weight[:3] * loss)[:, None], rules.n_buyers, axis=1)
    service = kind == _CODE["delivery_failure"]
    home = either(service, np.int8(Group.SERVICE), subject_of(rules, state.deal))
    beliefs = absorb(state.beliefs, spread(evidence, spill(rules, d), home))
    hurt = np.repeat(weight[3][None], rules.n_buyers, axis=0)
    deceived = kind == _CODE["deception_exposed"]
    scar = rules.numbers.scar * hurt * deceived
    rival = kind == _CODE["rival_offer"]
    moved = kind == _CODE["flight_moved"]
    return state.but(
        lapse=state.lapse
        - np.minimum(evidence[Belief.ABILITY], 0.0) * (kind == _CODE["skill_lapse"]),
        beliefs=either(live, beliefs, state.beliefs),
        damage=np.minimum(state.damage + hurt, 1.0),
        scar=np.maximum(state.scar, scar),
        rival=either(rival, np.minimum(state.rival + size, 1.0), state.rival),
        flight_turn=(state.flight_turn - size.astype(np.int16) * moved).astype(np.int16),
    )


def deceived(rules: Rules, state: State, d: Floats, rows: Bools) -> State:
    """Rows whose falsehood was seen through: integrity falls and a scar stays."""
    hurt = mix(*rules.weights.deception_damage, d) * rows
    evidence = np.zeros((3, *d.shape), np.float32)
    evidence[Belief.INTEGRITY] = -hurt
    evidence[Belief.BENEVOLENCE] = (-0.4) * hurt
    home = subject_of(rules, state.deal)
    return state.but(
        beliefs=absorb(state.beliefs, spread(evidence, spill(rules, d), home)),
        damage=np.minimum(state.damage + hurt, 1.0),
        scar=np.maximum(state.scar, rules.numbers.scar * hurt),
    )


def promise_broken(rules: Rules, state: State, d: Floats, rows: Bools) -> State:
    """Rows whose promise ran out unkept."""
    evidence = np.repeat(
        np.array(BROKEN_PROMISE, np.float32)[:, None, None] * rows, rules.n_buyers, axis=1
    )
    home = subject_of(rules, state.deal)
    return state.but(
        beliefs=absorb(state.beliefs, spread(evidence, spill(rules, d), home)),
        promised=either(rows, np.int16(0), state.promised),
    )
