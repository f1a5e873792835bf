"""Questions and facts: what a buyer tells, to whom, and how deep."""

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
    any_of,
    clip01,
    constant,
    either,
    nothing,
)
from game.core.move import ASKS, PREPARED, Addressee, Move
from game.core.observe import Dice
from game.core.poles import Poles
from game.core.rules import Asks, Col, Rules
from game.core.state import State
from game.core.vocabulary import Answer

_LEAK = constant(0.03, np.float64)  # what slips out of a layer that his state does not unlock
_SURE = constant(0.97, np.float64)
_TOLD = constant(Answer.TOLD, np.int8)
_NO_FACT = constant(-1, np.int8)
_PUSH_COUNTS, _MOST_PUSH = constant(0.3), constant(2)
_NOTHING, _FOLLOW_UP, _VOLUNTEER = (
    constant(mode, np.int32) for mode in (Asks.NOTHING, Asks.FOLLOW_UP, Asks.VOLUNTEER)
)
# The pole that says how ready he is, by how he is asked; nothing is asked of the first.
_READY = (
    "ready_indirect", "ready_direct", "ready_indirect", "ready_embarrassing", "ready_follow_up",
    "ready_volunteer",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Told:
    answer: Ints  # (n,) Answer
    fact: Ints  # (n,) fact told in this turn, -1 none
    asked: Bools  # (n,) a question was put
    about: Ints  # (n,) its subject, -1 none


def readiness(
    rules: Rules, state: State, p: Poles, move: Move, him: Addressee
) -> tuple[Floats, Ints, Ints]:
    """Probability of being told, the fact in question (-1 none) and the subject, each (n,)."""
    w, facts, cols = rules.numbers, rules.facts, move.cols
    mode = cols[Col.ASKS]
    follows = mode == _FOLLOW_UP
    about = either(follows, state.last_about, cols[Col.ABOUT])
    live = (mode != _NOTHING) & (about >= 0)
    asking = live & (mode != _VOLUNTEER)
    size = 1 << len(facts.ids)
    subject = np.maximum(about, 0)
    subjects = len(facts.abouts) + 1
    first = move.who.astype(np.int32) * subjects
    fact = facts.next.take((first + subject) * size + state.told)
    if any_of(follows):
        # his own point leads on to others
        more = facts.next.take((first + subjects - 1) * size + state.told)
        fact = either(follows & (fact < 0), more, fact)
    fact = either(live, fact, _NO_FACT)

    ready = move.own(p.ready_indirect)
    for asks in np.flatnonzero(np.bincount(mode)).tolist():
        ready = either(mode == asks, move.own(getattr(p, _READY[asks])), ready)
    ready = ready.astype(np.float64)  # double from here on: the golden games hold to it
    if move.traits & PREPARED:
        prepared = (cols[Col.PREPARED] & state.prepared) != 0
        ready = ready * (1.0 + rules.weights.ready_prepared * prepared)
    gate = clip01(w.gate_offset + w.gate_slope * him.trust)
    ready = ready * (w.gate_specific + him.d * (gate - w.gate_specific))
    apart = facts.about_personal.take(subject)
    if any_of(apart):
        ready = ready * either(apart, move.own(p.personal_apart), ONE)
    depth = facts.depth.take(np.maximum(fact, 0))
    ready = ready * (ONE - w.depth_cost * depth.astype(np.float32))
    opened = (state.told & facts.private) != 0
    if any_of(opened):
        ready = ready * (ONE + move.own(p.opened) * opened)
    if any_of(state.shared):
        ready = ready * (ONE + w.reciprocity * state.shared * him.trust)
    if any_of(him.push):
        ready = ready * (ONE - _PUSH_COUNTS * np.minimum(him.push, _MOST_PUSH) * him.d)
    unlocked = rules.machine.tells.take(him.trust_state) >= depth
    ready = either(unlocked, ready, np.minimum(ready, ONE) * _LEAK)
    ready = np.minimum(ready, _SURE) * (fact >= 0)
    return ready, fact, either(asking, about, _NO_FACT)


def answer(rules: Rules, dice: Dice, state: State, p: Poles, move: Move, him: Addressee) -> Told:
    """Draw whether the question is answered, evaded or refused."""
    if not move.traits & ASKS:
        none = nothing(state.n)
        return Told(np.zeros(state.n, np.int8), none, np.zeros(state.n, np.bool_), none)
    ready, fact, about = readiness(rules, state, p, move, him)
    asked = about >= 0
    none = either(asked, ZERO, ONE - ready)
    told = none + ready
    evaded = told + (ONE - told) * move.own(p.evades)
    forced = None if dice.observed is None else dice.observed.answer
    drawn = dice.choose(slots.ANSWER, (none, told, evaded), forced)
    return Told(drawn, either(drawn == _TOLD, fact, _NO_FACT), asked, about)
