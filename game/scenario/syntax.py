"""Broken YAML in the words of somebody who writes scenarios, not parsers."""

from __future__ import annotations

import re
from typing import NamedTuple

import yaml


class Fault(NamedTuple):
    """What is broken, how to mend it, where (from 1), and where it began if on another line."""

    message: str
    fix: str
    line: int
    column: int
    opening: tuple[int, int] | None


_SYNTAX: tuple[tuple[str, str, str], ...] = (
    (
        "mapping values are not allowed",
        "a second colon on this line",
        "put text that contains “: ” in quotes, or check the indentation",
    ),
    (
        "cannot start any token",
        "a character that cannot begin a value",
        "indent with spaces, never tabs; put text that begins with @ ` or % in quotes",
    ),
    ("end of stream", "a quotation mark is never closed", "close it, or double a ' inside '…'"),
    (
        "',' or ']'",
        "a list in [ ] is not continued or closed",
        "separate items by commas, close it with ]; quote text with commas or colons",
    ),
    (
        "',' or '}'",
        "a mapping in { } is not continued or closed",
        "separate items by commas, close it with }; quote text with commas or colons",
    ),
    (
        "expected ':'",
        "a line without a colon",
        "write “key: value”, or indent it under the text above",
    ),
    (
        "'-' indicator",
        "a line that does not belong to the list above",
        "begin list items with “- ” in the same column",
    ),
    (
        "expected key",
        "a line that does not fit the ones around it",
        "give keys of one mapping the same indentation",
    ),
    (
        "block end",
        "a line that does not fit the ones around it",
        "give keys of one mapping the same indentation",
    ),
    (
        "document start",
        "something follows after the end of the data",
        "put the whole value in quotes, or indent the line",
    ),
    (
        "escape",
        "a backslash that means nothing here",
        "use single quotes around text with backslashes",
    ),
    (
        "undefined alias",
        "“*” repeats a part that does not exist",
        "put text that begins with * in quotes",
    ),
    (
        "alphabetic or numeric",
        "“&” or “*” begins a value",
        "put text that begins with & or * in quotes",
    ),
    ("indentation", "the indentation of a text block is unclear", "indent all its lines alike"),
)


def explain(problem: yaml.YAMLError) -> Fault:
    """What a parser says, said again."""
    text = " ".join(str(getattr(problem, name, "") or "") for name in ("problem", "context"))
    raw = str(getattr(problem, "problem", "") or "the text cannot be read as YAML")
    message, fix = re.sub(r"\s+", " ", raw), "check brackets, quotes and indentation around here"
    for pattern, words, remedy in _SYNTAX:
        if pattern in text:
            message, fix = words, remedy
            break
    opening = getattr(problem, "context_mark", None)
    mark = getattr(problem, "problem_mark", None) or opening
    if "end of stream" in text and opening is not None:
        mark = opening  # the end of the file tells nobody which quote is open
    if mark is None:
        return Fault(message, fix, 1, 1, None)
    began = None
    if opening is not None and opening.line != mark.line:
        began = (opening.line + 1, opening.column + 1)
    return Fault(message, fix, mark.line + 1, mark.column + 1, began)
