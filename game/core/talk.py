"""Questions and facts: what a buyer tells, to whom, and how deep."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from game.core import chance as slots
from game.core.arithmetic import ONE, ZERO, Bools, Floats, Ints, clip01
from game.core.observe import Dice
from game.core.poles import Poles
from game.core.rules import Asks, Col, Rules
from game.core.state import State
from game.core.vocabulary import Answer

_LEAK = 0.03  # what slips out of a layer that his state does not unlock
_SURE = 0.97
_TOLD = int(Answer.TOLD)


@dataclass(frozen=True, slots=True)
class Told:
    answer: Ints  # (n,) Answer
    fact: Ints  # (n,) fact told in this turn, -1 none
    asked: Bools  # (n,) a question was put
    about: Ints  # (n,) its subject, -1 none


def readiness(
    rules: Rules,
    state: State,
    d: Floats,
    p: Poles,
    trust: Floats,
    trust_state: Ints,
    push: Floats,
    who: Ints,
    cols: Ints,
) -> tuple[Floats, Ints, Ints]:
    """Probability of being told, the fact in question (-1 none) and the subject, each (n,).

    All arguments are the addressee's own, (n,).
    """
    w, facts = rules.weights, rules.facts
    mode = cols[Col.ASKS]
    about = np.where(mode == Asks.FOLLOW_UP, state.last_about, cols[Col.ABOUT])
    live = (mode != Asks.NOTHING) & (about >= 0)
    asking = live & (mode != Asks.VOLUNTEER)
    size = 1 << len(facts.ids)
    subject = np.maximum(about, 0).astype(np.int32)
    subjects = len(facts.abouts) + 1
    first = who.astype(np.int32) * subjects
    fact = facts.next.take((first + subject) * size + state.told)
    # his own point leads on to others
    more = facts.next.take((first + subjects - 1) * size + state.told)
    fact = np.where((mode == Asks.FOLLOW_UP) & (fact < 0), more, fact)
    fact = np.where(live, fact, np.int8(-1))

    ready = np.where(mode == Asks.DIRECT, p.ready_direct, p.ready_indirect)
    ready = np.where(mode == Asks.EMBARRASSING, p.ready_embarrassing, ready)
    ready = np.where(mode == Asks.FOLLOW_UP, p.ready_follow_up, ready)
    ready = np.where(mode == Asks.VOLUNTEER, p.ready_volunteer, ready)
    prepared = (cols[Col.PREPARED] & state.prepared) != 0
    ready = ready * (1.0 + w.ready_prepared * prepared)
    gate = clip01(w.gate_offset + w.gate_slope * trust)
    ready = ready * (w.gate_specific + d * (gate - w.gate_specific))
    ready = ready * np.where(facts.about_personal.take(subject), p.personal_apart, ONE)
    depth = facts.depth.take(np.maximum(fact, 0))
    ready = ready * (1.0 - w.depth_cost * depth.astype(np.float32))
    opened = (state.told & np.int32(facts.private)) != 0
    ready = ready * (1.0 + p.opened * opened)
    ready = ready * (1.0 + w.reciprocity * state.shared * trust)
    ready = ready * (1.0 - 0.3 * np.minimum(push, 2.0) * d)
    unlocked = rules.machine.tells.take(trust_state) >= depth
    ready = np.where(unlocked, ready, np.minimum(ready, ONE) * _LEAK)
    ready = np.minimum(ready, _SURE) * (fact >= 0)
    return ready, fact, np.where(asking, about, np.int8(-1))


def answer(
    rules: Rules,
    dice: Dice,
    state: State,
    d: Floats,
    p: Poles,
    trust: Floats,
    trust_state: Ints,
    push: Floats,
    who: Ints,
    cols: Ints,
) -> Told:
    """Draw whether the question is answered, evaded or refused."""
    if not cols[Col.ASKS].any():
        nothing = np.zeros(state.n, np.int8)
        return Told(nothing, nothing - np.int8(1), nothing != 0, nothing - np.int8(1))
    ready, fact, about = readiness(rules, state, d, p, trust, trust_state, push, who, cols)
    asked = about >= 0
    none = np.where(asked, ZERO, 1.0 - ready)
    told = none + ready
    evaded = told + (1.0 - told) * p.evades
    forced = None if dice.observed is None else dice.observed.answer
    drawn = dice.choose(slots.ANSWER, (none, told, evaded), forced)
    return Told(drawn, np.where(drawn == _TOLD, fact, np.int8(-1)), asked, about)
