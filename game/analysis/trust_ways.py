"""The ways between the states of trust: those that the machine has, and how often each is gone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Literal

from game.analysis.watching import Counted
from game.core.rules import MachineRules
from game.scenario.model import Machine

How = Literal["enter", "leave", "either", "through"]


@dataclass(frozen=True, slots=True)
class TrustWay:
    """From one state to another.

    `how`: by the target's `enter`, by the source's `leave`, by either, or `through`: left, and the
    other entered in the same turn. `when` is the condition as the machine writes it. Shares are of
    games, for several buyers on the average of them; `times` is how often it is gone in a game.
    """

    source: str
    target: str
    how: How
    when: str
    share: float
    times: float
    by_seller: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class StateUse:
    """How much a state of trust is lived in: share of games that begin in it, that reach it, and
    of all turns."""

    name: str
    first: float
    reached: float
    turns: float


def ways(
    machine: Machine,
    rules: MachineRules,
    counted: Mapping[str, Counted],
    buyer: int | None = None,
) -> tuple[TrustWay, ...]:
    """Every way in the order of the states, those never gone included; `counted` is by seller."""
    names = rules.names
    found = []
    for s, t in product(range(len(names)), repeat=2):
        how = _how(rules, s, t)
        shares = {seller: _share(c, s, t, buyer) for seller, c in counted.items()}
        total = sum(c.games for c in counted.values())
        share = sum(shares[name] * c.games for name, c in counted.items()) / total
        if how is None and not share:
            continue
        times = sum(_times(c, s, t, buyer) * c.games for c in counted.values()) / total
        kind: How = how or "through"
        found.append(
            TrustWay(
                names[s], names[t], kind, _when(machine, names[s], names[t], kind), share, times,
                shares,
            )
        )  # fmt: skip
    return tuple(found)


def uses(
    rules: MachineRules, counted: Mapping[str, Counted], buyer: int | None = None
) -> tuple[StateUse, ...]:
    """How often each state is reached, and which share of the turns at the table begins in it."""
    people = _people(next(iter(counted.values())), buyer)
    games = sum(c.games for c in counted.values()) * len(people)
    turns = sum(c.turns[people].sum(axis=0) for c in counted.values())
    first = sum(c.first[people].sum(axis=0) for c in counted.values())
    reached = sum(c.reached[people].sum(axis=0) for c in counted.values())
    total = max(int(turns.sum()), 1)
    return tuple(
        StateUse(name, float(first[k]) / games, float(reached[k]) / games, float(turns[k]) / total)
        for k, name in enumerate(rules.names)
    )


def begins(uses: Sequence[StateUse]) -> str:
    """The state in which most games begin.

    The machine's own start is where a buyer would stand without any trust; who brings some along
    stands further up before the first word.
    """
    return max(uses, key=lambda use: use.first).name


def _people(counted: Counted, buyer: int | None) -> list[int]:
    return list(range(counted.turns.shape[0])) if buyer is None else [buyer]


def _share(counted: Counted, s: int, t: int, buyer: int | None) -> float:
    people = _people(counted, buyer)
    return float(counted.changes[people, s, t].sum()) / (counted.games * len(people))


def _times(counted: Counted, s: int, t: int, buyer: int | None) -> float:
    people = _people(counted, buyer)
    return float(counted.times[people, s, t].sum()) / (counted.games * len(people))


def _how(rules: MachineRules, s: int, t: int) -> How | None:
    """How the machine can lead from one state straight to another; None if it cannot."""
    if s == t:
        return None
    enters = bool(rules.enter[t]) and bool(rules.allowed[t, s])
    leaves = bool(rules.leave[s]) and int(rules.to[s]) == t
    if enters and leaves:
        return "either"
    return "enter" if enters else "leave" if leaves else None


def _when(machine: Machine, source: str, target: str, how: How) -> str:
    """The condition of a way, in the machine's own words."""
    leave, enter = machine.states[source].leave, machine.states[target].enter
    return "; ".join(_conditions(how, leave, enter))


def _conditions(how: How, leave: str, enter: str) -> Iterator[str]:
    if how in ("leave", "either", "through") and leave:
        yield leave
    if how in ("enter", "either", "through") and enter:
        yield enter
