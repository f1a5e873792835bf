"""The one expression notation: guards of the trust machine, conditions of policies, expectations.

:func:`parse` (see :mod:`game.scenario.grammar`) gives a tree, :func:`check` compares it with a
vocabulary, and :func:`compile_expression` turns it into a closure over arrays.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from game.core.machine import QUANTITIES
from game.scenario.grammar import (
    And,
    Compare,
    Expression,
    ExpressionError,
    Named,
    Not,
    Or,
    atoms,
    format_number,
    names,
    parse,
)

__all__ = [
    "And",
    "Compare",
    "Expression",
    "ExpressionError",
    "Flag",
    "Kind",
    "Named",
    "Not",
    "Number",
    "Or",
    "Vocabulary",
    "Words",
    "atoms",
    "check",
    "compile_expression",
    "machine_vocabulary",
    "names",
    "parse",
]

Bools = npt.NDArray[np.bool_]
Values = Mapping[str, npt.NDArray[Any]]
Test = Callable[[Values], Bools]


@dataclass(frozen=True)
class Number:
    """A quantity: an array of float32 or integers."""


@dataclass(frozen=True)
class Flag:
    """True or false: a bool array; written bare (``price_named``, ``not price_named``)."""


@dataclass(frozen=True)
class Words:
    """One of some words: an array of codes, code *i* standing for ``words[i]``.

    If ``ordered``, ``<`` and ``>`` compare ranks. ``ranks`` gives a rank per word
    (default: its code); a rank below 0 marks a word outside the order, for ``==`` and ``!=`` only.
    """

    words: tuple[str, ...]
    ordered: bool = True
    ranks: tuple[int, ...] | None = None

    def rank(self, word: str) -> int:
        code = self.words.index(word)
        return code if self.ranks is None else self.ranks[code]


Kind = Number | Flag | Words
Vocabulary = Mapping[str, Kind]


# --- checking against a vocabulary ----------------------------------------------------------------


def check(expression: Expression, vocabulary: Vocabulary) -> list[ExpressionError]:
    """Everything a vocabulary refuses: unknown names, comparisons that the kind does not allow."""
    found: list[ExpressionError] = []
    for atom in atoms(expression):
        kind = vocabulary.get(atom.name)
        if kind is None:
            found.append(
                ExpressionError(
                    f"“{atom.name}” is not a name that can be used here",
                    *atom.span,
                    kind="name",
                    expected="one of " + ", ".join(sorted(vocabulary)),
                    word=atom.name,
                    choices=tuple(vocabulary),
                )
            )
        elif isinstance(atom, Named):
            if not isinstance(kind, Flag):
                example = (
                    f"{atom.name} > 0.5"
                    if isinstance(kind, Number)
                    else f"{atom.name} == {kind.words[0]}"
                )
                found.append(
                    ExpressionError(
                        f"“{atom.name}” is not a yes-or-no condition by itself",
                        *atom.span,
                        kind="type",
                        expected=f"a comparison such as “{example}”",
                        word=atom.name,
                    )
                )
        else:
            problem = _check_comparison(atom, kind, vocabulary)
            if problem is not None:
                found.append(problem)
    return found


def _check_comparison(atom: Compare, kind: Kind, vocabulary: Vocabulary) -> ExpressionError | None:
    if isinstance(kind, Flag):
        return ExpressionError(
            f"“{atom.name}” is true or false and is not compared",
            atom.op_span.start,
            atom.value_span.end,
            kind="type",
            expected=f"“{atom.name}” or “not {atom.name}”",
            word=atom.name,
        )
    if isinstance(kind, Number):
        if isinstance(atom.value, float) or isinstance(vocabulary.get(atom.value), Number):
            return None
        numbers = tuple(name for name, known in vocabulary.items() if isinstance(known, Number))
        return ExpressionError(
            f"“{atom.name}” is a number and cannot be compared with “{atom.value}”",
            *atom.value_span,
            kind="type",
            expected="a number or the name of a number",
            word=atom.value,
            choices=numbers,
        )
    if isinstance(atom.value, float) or atom.value not in kind.words:
        shown = format_number(atom.value) if isinstance(atom.value, float) else atom.value
        return ExpressionError(
            f"“{shown}” is not one of the words of “{atom.name}”",
            *atom.value_span,
            kind="name",
            expected="one of " + ", ".join(kind.words),
            word=shown,
            choices=kind.words,
        )
    if atom.op not in ("==", "!=") and (not kind.ordered or kind.rank(atom.value) < 0):
        return ExpressionError(
            f"“{atom.value}” has no place in an order",
            *atom.op_span,
            kind="type",
            expected="== or !=",
            word=atom.op,
        )
    return None


# --- compiling to a closure -----------------------------------------------------------------------

_OPERATORS: dict[str, Callable[[Any, Any], Any]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "==": operator.eq,
    "!=": operator.ne,
}


def constant(value: float) -> Any:
    """A constant: whole numbers stay Python ints, which numpy fits to either array type."""
    return int(value) if value == int(value) else np.float32(value)


def compile_expression(expression: Expression | str, vocabulary: Vocabulary) -> Test:
    """A closure from named arrays (shapes that broadcast together) to a bool array of that shape.

    The closures are nested once, here; calling costs only the numpy comparisons.
    Raises :class:`ExpressionError` if the text or the vocabulary refuses.
    """
    tree = parse(expression) if isinstance(expression, str) else expression
    problems = check(tree, vocabulary)
    if problems:
        raise problems[0]
    return _closure(tree, vocabulary)


def _closure(tree: Expression, vocabulary: Vocabulary) -> Test:
    if isinstance(tree, Named):
        return operator.itemgetter(tree.name)
    if isinstance(tree, Compare):
        return _comparison(tree, vocabulary)
    if isinstance(tree, Not):
        part = _closure(tree.part, vocabulary)
        return lambda values: np.logical_not(part(values))
    join = np.logical_and if isinstance(tree, And) else np.logical_or
    first, *rest = (_closure(part, vocabulary) for part in tree.parts)
    if len(rest) == 1:
        second = rest[0]
        return lambda values: join(first(values), second(values))

    def joined(values: Values) -> Bools:
        result = first(values)
        for test in rest:
            result = join(result, test(values))
        return result

    return joined


def _comparison(tree: Compare, vocabulary: Vocabulary) -> Test:
    name, compare, kind = tree.name, _OPERATORS[tree.op], vocabulary[tree.name]
    if isinstance(kind, Words):
        word = str(tree.value)
        if kind.ranks is None or tree.op in ("==", "!="):
            code = kind.words.index(word)
            return lambda values: compare(values[name], code)
        table, rank = np.array(kind.ranks, dtype=np.int8), kind.rank(word)
        return lambda values: compare(table[values[name]], rank)
    if isinstance(tree.value, float):
        value = constant(tree.value)
        return lambda values: compare(values[name], value)
    other = tree.value
    return lambda values: compare(values[name], values[other])


# --- vocabularies that are part of the rules ------------------------------------------------------


_MACHINE_FLAGS = ("price_named", "problem")


def machine_vocabulary() -> dict[str, Kind]:
    """What guards of the trust machine may speak of: the buyer's real state."""
    return {name: Flag() if name in _MACHINE_FLAGS else Number() for name in QUANTITIES}
