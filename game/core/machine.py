"""The trust-state machine: guards over named quantities, a ladder, and states beside it."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from game.core.arithmetic import Bools, Floats, Ints
from game.core.rules import Guard, Rules
from game.core.state import State

QUANTITIES = (
    "trust", "damage", "patience", "diffuseness", "price_named", "deals", "turn", "squeeze",
    "breadth", "problem", "facts", "status",
)  # fmt: skip

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


def quantities(rules: Rules, state: State, d: Floats) -> dict[str, Floats]:
    """What guards may speak of; each broadcasts to (B, n)."""
    return {
        "trust": state.trust,
        "damage": state.damage,
        "patience": state.patience,
        "diffuseness": d,
        "price_named": state.price_named.astype(np.float32),
        "deals": state.deals.astype(np.float32),
        "turn": state.turn.astype(np.float32),
        "squeeze": state.squeeze,
        "breadth": rules.topic_bits.take(state.topics).astype(np.float32),
        "problem": state.problem.astype(np.float32),
        "facts": rules.facts.count.take(state.told).astype(np.float32),
        "status": rules.buyers.status[:, None],
    }


def advance(rules: Rules, state: State, d: Floats) -> Ints:
    """The next state of each buyer, shape (B, n).

    First a state whose `leave` holds falls to its `to`; then states are tried in their
    order, and the last one whose `enter` holds and that may follow wins.
    """
    machine = rules.machine
    named = quantities(rules, state, d)
    now = state.trust_state
    after = now
    for s, guard in enumerate(machine.leave):
        leaves = holds(guard, named)
        if leaves is not None:
            after = np.where((now == s) & leaves, machine.to[s], after)
    for s, guard in enumerate(machine.enter):
        enters = holds(guard, named)
        if enters is not None:
            after = np.where(enters & machine.allowed[s].take(after), np.int8(s), after)
    return after.astype(np.int8)
