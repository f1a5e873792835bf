"""Plain scalars to values, and the spellings that YAML 1.1 and people read differently.

Every program that reads YAML 1.1 makes ``no`` false, ``1:30`` ninety and ``012`` ten. We read the
same, so that an editor and we agree, and say what was read: a :class:`Trap`.
"""

from __future__ import annotations

import re
from typing import NamedTuple

Scalar = str | int | float | bool | None


class Trap(NamedTuple):
    """A spelling that surprises: its code, what was read, and how to write it instead."""

    code: str
    message: str
    fix: str


_WORDS: dict[str, Scalar] = {"": None, "~": None}
for _word, _value in (("null", None), ("true", True), ("false", False)):
    for _spelling in (_word, _word.capitalize(), _word.upper()):
        _WORDS[_spelling] = _value

_SURPRISING: dict[str, bool] = {}
for _word, _truth in (("yes", True), ("no", False), ("on", True), ("off", False)):
    for _spelling in (_word, _word.capitalize(), _word.upper()):
        _SURPRISING[_spelling] = _truth

_INTEGER = re.compile(r"[-+]?(?:0|[1-9][0-9]*)\Z")
_FLOAT = re.compile(r"[-+]?(?:[0-9]+\.[0-9]*|\.[0-9]+)\Z")
_SEXAGESIMAL = re.compile(r"[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?\Z")
_LEADING_ZERO = re.compile(r"[-+]?0[0-9_]+\Z")
_EXPONENT = re.compile(r"[-+]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)[eE][-+]?[0-9]+\Z")
_DATE = re.compile(r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:[Tt \t].*)?\Z", re.DOTALL)
_UNUSUAL = re.compile(
    r"(?:[-+]?(?:0x[0-9a-fA-F_]+|0b[01_]+|0o[0-7_]+|[0-9]+(?:_[0-9]+)+(?:\.[0-9_]*)?|\.(?:inf|Inf|INF)))\Z"
    r"|\.(?:nan|NaN|NAN)\Z"
)
_MOST_DIGITS = 15


def read_scalar(text: str) -> tuple[Scalar, Trap | None]:
    """The value of an unquoted scalar, and a trap if people would read it otherwise."""
    if text in _WORDS:
        return _WORDS[text], None
    if text in _SURPRISING:
        value = _SURPRISING[text]
        return value, Trap(
            "Y014",
            f"“{text}” without quotes is read as {str(value).lower()}",
            f'write {str(value).lower()}, or "{text}" in quotes if you mean the word',
        )
    if text[0] not in "+-.0123456789":
        return text, None
    if _INTEGER.match(text) or _FLOAT.match(text):
        if len(text) > _MOST_DIGITS:
            return text, Trap(
                "Y019", "a number of more than 15 characters", "shorten it, or put it in quotes"
            )
        return (int(text) if _INTEGER.match(text) else float(text)), None
    return _odd_number(text)


def _odd_number(text: str) -> tuple[Scalar, Trap | None]:
    quoted = f'"{text}"'
    if len(text) <= 40:
        if _SEXAGESIMAL.match(text):
            value = _base_sixty(text)
            return value, Trap(
                "Y015",
                f"“{text}” without quotes is read as the number {value:g} (base sixty)",
                f"write {quoted} in quotes, or the number you mean",
            )
        if _LEADING_ZERO.match(text):
            return _octal(text, quoted)
        if _EXPONENT.match(text):
            shown = f"{float(text):g}"
            plain = (
                f"write {float(text):.12g}" if "e" not in f"{float(text):.12g}" else "write it out"
            )
            return text, Trap(
                "Y017",
                f"“{text}” is read as text by some programs and as the number {shown} by others",
                f"{plain}, or {quoted} in quotes",
            )
        if _UNUSUAL.match(text):
            return text, Trap(
                "Y019",
                f"“{text}” is a number to some programs and text to others",
                f"write an ordinary decimal number, or {quoted} in quotes",
            )
    if _DATE.match(text):
        return text, Trap(
            "Y018",
            f"“{text[:40]}” without quotes is read as a date by many programs",
            f'put it in quotes: "{text[:40]}"',
        )
    return text, None


def _octal(text: str, quoted: str) -> tuple[Scalar, Trap]:
    plain = text.replace("_", "")
    decimal = str(int(plain))
    if "8" in plain or "9" in plain:
        return text, Trap(
            "Y016",
            f"“{text}” is read as text here and as {decimal} elsewhere",
            f"write {decimal}, or {quoted} in quotes",
        )
    value = int(plain, 8)
    return value, Trap(
        "Y016",
        f"“{text}” without quotes is read as the octal number {value}",
        f"write {decimal}, or {quoted} in quotes",
    )


def _base_sixty(text: str) -> float:
    plain = text.replace("_", "")
    sign = -1 if plain.startswith("-") else 1
    value = 0.0
    for part in plain.lstrip("+-").split(":"):
        value = value * 60 + float(part)
    value *= sign
    return int(value) if value == int(value) else value
