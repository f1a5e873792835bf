"""The trust-state machine: guards over named quantities, a ladder, and states beside it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from game.core.arithmetic import Bools, Floats, Ints
from game.core.rules import Guard, Rules
from game.core.state import State

_COMPARE = {
    "<": np.less,
    "<=": np.less_equal,
    ">": np.greater,
    ">=": np.greater_equal,
    "=": np.equal,
    "!=": np.not_equal,
}


def holds(guard: Guard, quantities: Mapping[str, Floats]) -> Bools | None:
    """Truth of a guard, shape (B, n); None for a guard that never holds."""
    result: Bools | None = None
    for clause in guard:
        every: Bools | None = None
        for name, op, threshold in clause:
            one: Bools = _COMPARE[op](quantities[name], np.float32(threshold))
            every = one if every is None else every & one
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
    machine = rules.machine
    named = Quantities(rules, state, d)
    now = state.trust_state
    after = now
    for s, guard in enumerate(machine.leave):
        leaves = holds(guard, named)
        if leaves is not None and leaves.any():
            after = np.where((now == s) & leaves, machine.to[s], after)
    for s, guard in enumerate(machine.enter):
        enters = holds(guard, named)
        if enters is not None and enters.any():
            after = np.where(enters & machine.allowed[s].take(after), np.int8(s), after)
    return after.astype(np.int8)
