"""Questions and facts: what a buyer tells, to whom, and how deep."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from game.core import chance as slots
from game.core.arithmetic import Bools, Floats, Ints, clip01, mix
from game.core.initiative import pick
from game.core.observe import Dice
from game.core.rules import Asks, Col, Rules
from game.core.state import State
from game.core.vocabulary import Answer

_LEAK = np.float32(0.03)  # what slips out of a layer that his state does not unlock
_SURE = np.float32(0.97)


@dataclass(frozen=True, slots=True)
class Told:
    answer: Ints  # (n,) Answer
    fact: Ints  # (n,) fact told in this turn, -1 none
    asked: Bools  # (n,) a question was put
    about: Ints  # (n,) its subject, -1 none


def readiness(
    rules: Rules, state: State, d: Floats, trust: Floats, push: Floats, who: Ints, cols: Ints
) -> tuple[Floats, Ints, Ints]:
    """Probability of being told, the fact in question (-1 none) and the subject, each (n,)."""
    w, facts = rules.weights, rules.facts
    mode = cols[Col.ASKS]
    about = np.where(mode == Asks.FOLLOW_UP, state.last_about, cols[Col.ABOUT])
    asking = (mode != Asks.NOTHING) & (about >= 0)
    size = 1 << len(facts.ids)
    subject = np.maximum(about, 0).astype(np.int32)
    index = (who.astype(np.int32) * len(facts.abouts) + subject) * size + state.told
    fact = np.where(asking, facts.next.take(index), np.int8(-1))
    some = fact >= 0

    ready = np.where(mode == Asks.DIRECT, mix(*w.ready_direct, d), np.float32(0))
    ready = np.where(mode == Asks.INDIRECT, mix(*w.ready_indirect, d), ready)
    ready = np.where(mode == Asks.EMBARRASSING, mix(*w.ready_embarrassing, d), ready)
    ready = np.where(mode == Asks.FOLLOW_UP, mix(*w.ready_follow_up, d), ready)
    gate = clip01(np.float32(w.gate_offset) + np.float32(w.gate_slope) * trust)
    ready = ready * (np.float32(w.gate_specific) + d * (gate - np.float32(w.gate_specific)))
    apart = facts.about_personal.take(subject)
    ready = ready * np.where(apart, mix(*w.personal_apart, d), np.float32(1))
    depth = facts.depth.take(np.maximum(fact, 0))
    ready = ready * (np.float32(1) - np.float32(w.depth_cost) * depth.astype(np.float32))
    opened = ((state.told & np.int32(facts.private)) != 0).astype(np.float32)
    ready = ready * (np.float32(1) + mix(*w.opened, d) * opened)
    ready = ready * (np.float32(1) + np.float32(w.reciprocity) * state.shared * trust)
    ready = ready * (np.float32(1) - np.float32(0.3) * np.minimum(push, np.float32(2)) * d)
    unlocked = rules.machine.tells.take(pick(state.trust_state, who).astype(np.int32)) >= depth
    ready = np.where(unlocked, ready, np.minimum(ready, np.float32(1)) * _LEAK)
    return np.minimum(ready, _SURE) * some, fact, np.where(asking, about, np.int8(-1))


def answer(
    rules: Rules,
    dice: Dice,
    state: State,
    d: Floats,
    trust: Floats,
    push: Floats,
    who: Ints,
    cols: Ints,
) -> Told:
    """Draw whether the question is answered, evaded or refused."""
    ready, fact, about = readiness(rules, state, d, trust, push, who, cols)
    asked = about >= 0
    live = asked.astype(np.float32)
    none = np.float32(1) - live
    evades = (live - ready) * mix(0.3, 0.92, d)
    forced = None if dice.observed is None else dice.observed.answer
    drawn = dice.choose(slots.ANSWER, [none, ready, evades], forced)
    told = np.where(drawn == Answer.TOLD, fact, np.int8(-1))
    return Told(drawn, told, asked, about)
