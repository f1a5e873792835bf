"""The trust-state machine: guards over named quantities, a ladder, and states beside it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from game.core.arithmetic import Bools, Floats, Ints, any_of, constant, either
from game.core.rules import Guard, Rules

if TYPE_CHECKING:
    from game.core.state import State

_COMPARE = {
    "<": np.less,
    "<=": np.less_equal,
    ">": np.greater,
    ">=": np.greater_equal,
    "=": np.equal,
    "!=": np.not_equal,
}


# A guard ready to be evaluated: its thresholds are arrays.
_Test = tuple[tuple[tuple[str, Callable[[Any, Any], Bools], Floats], ...], ...]


def _test(guard: Guard) -> _Test:
    return tuple(
        tuple((name, _COMPARE[op], constant(threshold)) for name, op, threshold in clause)
        for clause in guard
    )


class _Plan(NamedTuple):
    """The guards of the states that have any, by state code."""

    leave: tuple[tuple[int, Ints, _Test], ...]
    enter: tuple[tuple[int, Ints, _Test], ...]


def _plan(rules: Rules) -> _Plan:
    def of(guards: tuple[Guard, ...]) -> tuple[tuple[int, Ints, _Test], ...]:
        return tuple((s, constant(s, np.int8), _test(g)) for s, g in enumerate(guards) if g)

    return _Plan(of(rules.machine.leave), of(rules.machine.enter))


def holds(test: _Test, quantities: Mapping[str, Any]) -> Bools | None:
    """Truth of a guard, shape (B, n); None where it holds for nobody."""
    result: Bools | None = None
    for clause in test:
        every: Bools | None = None
        for name, compare, threshold in clause:
            one = compare(quantities[name], threshold)
            every = one if every is None else every & one
            if not any_of(every):
                break
        else:
            if every is not None:
                result = every if result is None else result | every
    return result


_HOW: dict[str, Callable[[Rules, State, Floats], Any]] = {
    "trust": lambda r, s, d: s.trust,
    "damage": lambda r, s, d: s.damage,
    "patience": lambda r, s, d: s.patience,
    "diffuseness": lambda r, s, d: d,
    "price_named": lambda r, s, d: s.price_named.astype(np.float32),
    "deals": lambda r, s, d: s.deals.astype(np.float32),
    "turn": lambda r, s, d: s.turn.astype(np.float32),
    "squeeze": lambda r, s, d: s.squeeze,
    "breadth": lambda r, s, d: r.topic_bits.take(s.topics).astype(np.float32),
    "problem": lambda r, s, d: s.problem.astype(np.float32),
    "facts": lambda r, s, d: r.facts.count.take(s.told).astype(np.float32),
    "status": lambda r, s, d: r.buyers.status[:, None],
}
QUANTITIES = tuple(_HOW)


class Quantities(dict[str, Any]):
    """What guards may speak of, computed when first asked for; each broadcasts to (B, n)."""

    def __init__(self, rules: Rules, state: State, d: Floats) -> None:
        super().__init__()
        self._of = (rules, state, d)

    def __missing__(self, name: str) -> Any:
        value = self[name] = _HOW[name](*self._of)
        return value


def advance(rules: Rules, state: State, d: Floats) -> Ints:
    """The next state of each buyer, shape (B, n).

    First a state whose `leave` holds falls to its `to`; then states are tried in their
    order, and the last one whose `enter` holds and that may follow wins.
    """
    machine, plan = rules.machine, rules.once(_plan)
    named = Quantities(rules, state, d)
    after = now = state.trust_state
    for s, code, test in plan.leave:
        there = now == code
        if any_of(there):
            leaves = holds(test, named)
            if leaves is not None:
                after = either(there & leaves, machine.to[s], after)
    for s, code, test in plan.enter:
        enters = holds(test, named)
        if enters is not None:
            after = either(enters & machine.allowed[s].take(after), code, after)
    return after.astype(np.int8)
