"""Which trust states the buyers of a scenario can come to, as far as that can be told unplayed.

Every quantity of a guard has a range here: a buyer's own diffuseness and status, as many deals,
turns, topics and facts as there are. What lies outside can never hold. Ranges are wide where
nothing is known, so a state that is called unreachable is.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from game.core.rules import AFTER_TURNS, Atom, Guard
from game.scenario.expression import machine_vocabulary
from game.scenario.guards import to_guard
from game.scenario.model import Machine, Scenario, Spread, State

Range = tuple[float, float]
Ranges = Mapping[str, Range]

WIDEST = 3.47  # standard deviations; the game's draws are bounded there


def drawn(spread: Spread) -> Range:
    """What a quantity that is drawn per episode can be."""
    wide = WIDEST * spread.sd
    return max(0.0, spread.mean - wide), min(1.0, spread.mean + wide)


def ranges(scenario: Scenario, buyer: str) -> dict[str, Range]:
    """What each quantity of a guard can be for a buyer, ends included."""
    person = scenario.buyers[buyer]
    turns = [*(m.turns for m in scenario.meetings), *(d.turns for d in scenario.deals)]
    return {
        "trust": (0.0, 1.0),
        "damage": (0.0, 1.0),
        "patience": (-math.inf, math.inf),
        "diffuseness": drawn(person.diffuseness),
        "price_named": (0.0, 1.0),
        "deals": (0.0, 1.0 + len(scenario.deals)),
        "turn": (0.0, float(max(turns) + AFTER_TURNS)),
        "squeeze": (0.0, 1.0),
        "breadth": (0.0, float(len(scenario.topics))),
        "problem": (0.0, 1.0),
        "facts": (0.0, float(len(scenario.facts))),  # those of the others at the table too
        "status": (person.status, person.status),
    }


# --- boxes ----------------------------------------------------------------------------------------

# A bound and whether it belongs to the interval.
Interval = tuple[float, bool, float, bool]
Box = dict[str, Interval]


def box(clause: tuple[Atom, ...], within: Ranges) -> Box | None:
    """The values that fulfil a clause, an interval a quantity; None if there are none.

    A ``!=`` takes a single value away and is passed over.
    """
    made: Box = {name: (low, True, high, True) for name, (low, high) in within.items()}
    for name, op, bound in clause:
        low, low_in, high, high_in = made[name]
        if op in (">", ">=", "=") and bound >= low:
            low_in = (low_in if bound == low else True) and op != ">"
            low = bound
        if op in ("<", "<=", "=") and bound <= high:
            high_in = (high_in if bound == high else True) and op != "<"
            high = bound
        if low > high or (low == high and not (low_in and high_in)):
            return None
        made[name] = (low, low_in, high, high_in)
    return made


def inside(inner: Box, outer: Box) -> bool:
    """Whether every point of one box lies in another."""
    for name, (low, low_in, high, high_in) in inner.items():
        least, least_in, most, most_in = outer[name]
        if low < least or (low == least and low_in and not least_in):
            return False
        if high > most or (high == most and high_in and not most_in):
            return False
    return True


def boxes(guard: Guard, within: Ranges) -> list[Box]:
    """The boxes of a guard's clauses that can be fulfilled at all."""
    return [made for clause in guard if (made := box(clause, within)) is not None]


# --- the graph ------------------------------------------------------------------------------------


@lru_cache(maxsize=256)
def guard_of(text: str) -> Guard:
    """A guard's text as an OR of ANDs; the text is valid."""
    return to_guard(text, machine_vocabulary())


def may_follow(machine: Machine, name: str, before: str) -> bool:
    """Whether a state's ``enter`` is looked at in another state."""
    state, earlier = machine.states[name], machine.states[before]
    if earlier.ends:
        return False
    if state.from_:
        return before in state.from_
    if state.rank is not None:
        return earlier.rank is not None and earlier.rank < state.rank
    return name != before


@dataclass(frozen=True)
class Reached:
    """The states a buyer can come to."""

    buyer: str
    states: frozenset[str]
    ranges: Ranges

    def tells(self, machine: Machine, depth: str) -> bool:
        """Whether some state within reach tells facts of this depth."""
        return any(told_in(machine.states[name], depth) for name in self.states)


_DEPTHS = ("public", "semi", "private")


def told_in(state: State, depth: str) -> bool:
    """Whether a state tells facts of a depth: the deepest that it names, and all above."""
    return any(_DEPTHS.index(told) >= _DEPTHS.index(depth) for told in state.tells)


def reached(scenario: Scenario, machine: Machine, buyer: str) -> Reached:
    """The states that can follow one another from the start, by guards that can hold."""
    within = ranges(scenario, buyer)
    states = machine.states
    enters = {name: bool(boxes(guard_of(s.enter), within)) for name, s in states.items()}
    leaves = {name: bool(boxes(guard_of(s.leave), within)) for name, s in states.items()}
    found, waiting = {machine.start}, [machine.start]
    while waiting:
        here = waiting.pop()
        if states[here].ends:
            continue
        after = [n for n in states if enters[n] and may_follow(machine, n, here)]
        if leaves[here]:
            after.append(states[here].to or machine.start)
        for name in after:
            if name not in found:
                found.add(name)
                waiting.append(name)
    return Reached(buyer, frozenset(found), within)
