"""The expression grammar: text to tree and back.

    expr := or ;  or := and { "or" and } ;  and := not { "and" not }
    not  := "not" not | "(" expr ")" | atom ;  atom := name [ op value ]
    op   := < <= > >= = == != ;  value := number | word | name

:func:`parse` gives a small tree that remembers columns; ``str()`` of it is the normal form.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np

MAX_LENGTH = 400
MAX_DEPTH = 16


class ExpressionError(ValueError):
    """A text that is no expression, or one that a vocabulary refuses.

    ``start`` and ``end`` are offsets into the text; ``kind`` is ``syntax``, ``name`` or ``type``;
    ``word`` is the offending word and ``choices`` the words that would have been right.
    """

    def __init__(
        self,
        message: str,
        start: int,
        end: int,
        kind: str = "syntax",
        expected: str = "",
        word: str = "",
        choices: tuple[str, ...] = (),
    ) -> None:
        super().__init__(message)
        self.message = message
        self.start = start
        self.end = max(end, start + 1)
        self.kind = kind
        self.expected = expected
        self.word = word
        self.choices = choices


class Span(NamedTuple):
    """Offsets of a piece of the text, end exclusive."""

    start: int
    end: int


NOWHERE = Span(0, 0)


@dataclass(frozen=True)
class Named:
    """A bare name: a flag."""

    name: str
    span: Span = field(default=NOWHERE, compare=False)

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True)
class Compare:
    """``name op value``; the value is a number, or a word or name still to be told apart."""

    name: str
    op: str
    value: float | str
    span: Span = field(default=NOWHERE, compare=False)
    op_span: Span = field(default=NOWHERE, compare=False)
    value_span: Span = field(default=NOWHERE, compare=False)

    def __str__(self) -> str:
        value = self.value if isinstance(self.value, str) else format_number(self.value)
        return f"{self.name} {self.op} {value}"


@dataclass(frozen=True)
class Not:
    part: Expression

    def __str__(self) -> str:
        inner = str(self.part)
        return f"not ({inner})" if isinstance(self.part, And | Or) else f"not {inner}"


@dataclass(frozen=True)
class And:
    parts: tuple[Expression, ...]

    def __str__(self) -> str:
        return " and ".join(f"({p})" if isinstance(p, Or) else str(p) for p in self.parts)


@dataclass(frozen=True)
class Or:
    parts: tuple[Expression, ...]

    def __str__(self) -> str:
        return " or ".join(str(p) for p in self.parts)


Expression = Named | Compare | Not | And | Or


def format_number(value: float) -> str:
    """The shortest decimal text that reads back as the same number."""
    if value == int(value):
        return str(int(value))
    return np.format_float_positional(value, trim="-")


def atoms(expression: Expression) -> Iterator[Named | Compare]:
    """All atoms, from left to right."""
    if isinstance(expression, Named | Compare):
        yield expression
    elif isinstance(expression, Not):
        yield from atoms(expression.part)
    else:
        for part in expression.parts:
            yield from atoms(part)


def names(expression: Expression) -> frozenset[str]:
    """The bare names and those on the left of comparisons (right-hand words are not told apart)."""
    return frozenset(atom.name for atom in atoms(expression))


# --- parsing --------------------------------------------------------------------------------------

_TOKEN = re.compile(
    r"\s*(?:(?P<number>[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?![\w.]))|(?P<name>[A-Za-z_][A-Za-z0-9_]*)"
    r"|(?P<op><=|>=|==|!=|<|>|=)|(?P<paren>[()]))"
)
_KEYWORDS = ("and", "or", "not")
_MAX_DIGITS = 15


class _Token(NamedTuple):
    kind: str
    text: str
    start: int
    end: int


def _tokens(text: str) -> list[_Token]:
    found: list[_Token] = []
    at = 0
    length = len(text.rstrip())
    while at < length:
        match = _TOKEN.match(text, at)
        if match is None:
            at += len(text[at:]) - len(text[at:].lstrip())
            end = at + 1
            while end < length and not text[end].isspace() and text[end] not in "()<>=!":
                end += 1
            raise ExpressionError(
                f"“{text[at:end]}” is not part of an expression",
                at,
                end,
                expected="a name, a number, < <= > >= == !=, and, or, not, ( or )",
                word=text[at:end],
            )
        kind = str(match.lastgroup)
        start, at = match.span(kind)
        token = _Token(kind, match.group(kind), start, at)
        if kind == "number" and len(token.text) > _MAX_DIGITS:
            raise ExpressionError(
                "the number is too long", start, at, expected="at most 15 characters"
            )
        found.append(token)
    return found


class _Parser:
    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens = _tokens(text)
        self.at = 0
        self.depth = 0

    def peek(self) -> _Token | None:
        return self.tokens[self.at] if self.at < len(self.tokens) else None

    def keyword(self, word: str) -> bool:
        token = self.peek()
        if token is not None and token.kind == "name" and token.text == word:
            self.at += 1
            return True
        return False

    def fail(self, message: str, expected: str) -> ExpressionError:
        token = self.peek()
        if token is None:
            end = len(self.text.rstrip())
            return ExpressionError(
                f"{message}, but the text ends here", end, end + 1, expected=expected
            )
        return ExpressionError(
            f"{message}, not “{token.text}”",
            token.start,
            token.end,
            expected=expected,
            word=token.text,
        )

    def enter(self) -> None:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            token = self.tokens[self.at - 1]
            raise ExpressionError(
                f"nested deeper than {MAX_DEPTH} levels",
                token.start,
                token.end,
                expected="fewer brackets",
            )

    def either(self) -> Expression:
        parts = [self.both()]
        while self.keyword("or"):
            parts.append(self.both())
        return parts[0] if len(parts) == 1 else Or(_flat(Or, parts))

    def both(self) -> Expression:
        parts = [self.negation()]
        while self.keyword("and"):
            parts.append(self.negation())
        return parts[0] if len(parts) == 1 else And(_flat(And, parts))

    def negation(self) -> Expression:
        if self.keyword("not"):
            self.enter()
            part = self.negation()
            self.depth -= 1
            return Not(part)
        token = self.peek()
        if token is not None and token.text == "(":
            self.at += 1
            self.enter()
            inner = self.either()
            closing = self.peek()
            if closing is None or closing.text != ")":
                raise self.fail("expected “)”", "a closing bracket, or “and”, “or”")
            self.at += 1
            self.depth -= 1
            return inner
        return self.atom()

    def atom(self) -> Expression:
        token = self.peek()
        if token is None or token.kind != "name" or token.text in _KEYWORDS:
            raise self.fail("expected a name", "a condition such as “trust > 0.3” or “price_named”")
        self.at += 1
        span = Span(token.start, token.end)
        sign = self.peek()
        if sign is None or sign.kind != "op":
            return Named(token.text, span)
        self.at += 1
        value = self.peek()
        if value is None or value.kind not in ("number", "name") or value.text in _KEYWORDS:
            raise self.fail(f"expected a value after “{sign.text}”", "a number, a word or a name")
        self.at += 1
        return Compare(
            token.text,
            "==" if sign.text == "=" else sign.text,
            float(value.text) if value.kind == "number" else value.text,
            span,
            Span(sign.start, sign.end),
            Span(value.start, value.end),
        )


def _flat(kind: type[And | Or], parts: list[Expression]) -> tuple[Expression, ...]:
    # (a and b) and c is the same sentence as a and b and c; the normal form knows only the latter.
    flat: list[Expression] = []
    for part in parts:
        if isinstance(part, kind):
            flat.extend(part.parts)
        else:
            flat.append(part)
    return tuple(flat)


def parse(text: str) -> Expression:
    """The tree of an expression; raises :class:`ExpressionError` with offsets into ``text``."""
    if len(text) > MAX_LENGTH:
        raise ExpressionError(
            f"longer than {MAX_LENGTH} characters",
            MAX_LENGTH,
            len(text),
            expected="a shorter condition",
        )
    parser = _Parser(text)
    tree = parser.either()
    if parser.peek() is not None:
        raise parser.fail(
            "expected “and” or “or”", "one condition, or several joined by “and”, “or”"
        )
    return tree
