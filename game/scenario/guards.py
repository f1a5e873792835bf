"""Expressions as data for the core: an OR of ANDs of plain comparisons."""

from __future__ import annotations

import math
from itertools import product

from game.core.machine import QUANTITIES
from game.core.rules import Atom, Guard
from game.scenario.expression import Compare, Expression, Named, Not, Or, Vocabulary, check, parse

_OPPOSITE = {"<": ">=", ">=": "<", ">": "<=", "<=": ">", "=": "!=", "!=": "="}


def to_guard(text: str, vocabulary: Vocabulary) -> Guard:
    """Compile an expression over the machine's quantities; an empty text never holds.

    Raises ValueError for a text that the vocabulary refuses.
    """
    if not text:
        return ()
    tree = parse(text)
    problems = check(tree, vocabulary)
    if problems:
        raise problems[0]
    return _clauses(tree, positive=True)


# What a quantity can be at all; the others go from zero upwards, patience below it too.
_SHARES = ("trust", "diffuseness", "status", "price_named", "problem")


def can_hold(tree: Expression) -> bool:
    """Whether some values fulfil a checked expression."""
    return any(_consistent(clause) for clause in _clauses(tree, positive=True))


def _consistent(clause: tuple[Atom, ...]) -> bool:
    lows: dict[str, tuple[float, bool]] = {}  # a bound, and whether it is excluded
    highs: dict[str, tuple[float, bool]] = {}  # a bound, and whether it is included
    for name, op, bound in clause:
        low = lows.get(name, (-math.inf if name == "patience" else 0.0, False))
        high = highs.get(name, (1.0 if name in _SHARES else math.inf, True))
        if op in (">", ">=", "="):
            low = max(low, (bound, op == ">"))
        if op in ("<", "<=", "="):
            high = min(high, (bound, op != "<"))
        if low[0] > high[0] or (low[0] == high[0] and (low[1] or not high[1])):
            return False
        lows[name], highs[name] = low, high
    return True


def _clauses(tree: Expression, positive: bool) -> Guard:
    if isinstance(tree, Named):
        return ((_atom(tree.name, ">" if positive else "<=", 0.5),),)
    if isinstance(tree, Compare):
        op = "=" if tree.op == "==" else tree.op
        return ((_atom(tree.name, op if positive else _OPPOSITE[op], float(tree.value)),),)
    if isinstance(tree, Not):
        return _clauses(tree.part, not positive)
    parts = [_clauses(part, positive) for part in tree.parts]
    if isinstance(tree, Or) is positive:
        return tuple(clause for part in parts for clause in part)
    return tuple(tuple(atom for clause in chosen for atom in clause) for chosen in product(*parts))


def _atom(name: str, op: str, threshold: float) -> Atom:
    if name not in QUANTITIES:
        raise ValueError(f"the machine knows no quantity {name!r}")
    return (name, op, threshold)
