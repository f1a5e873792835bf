"""What is wrong, where, and how to mend it: one form for every complaint about an author's file.

A :class:`Diagnostic` has a stable code (see :mod:`game.scenario.codes`), a position and a fix.
:func:`render` prints a batch for people, :func:`to_json` for programs. :class:`LongLunchError`
carries a batch as an exception, together with the exit status a command should end with.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal

from game.scenario.codes import CODES
from game.scenario.snippet import Mark, snippet

Severity = Literal["error", "warning", "hint"]

_MOST_BLOCKS = 100
# What moves a cursor, rings a bell, or turns the order of letters around on a screen.
_UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufffe\uffff]"
)


@dataclass(frozen=True)
class Related:
    """A second place that explains the first, such as the earlier of two equal keys.

    Shown with its own source line and marks where ``source_line`` is given.
    """

    message: str
    file: str
    line: int
    column: int
    end_column: int = 0
    source_line: str = ""


@dataclass(frozen=True)
class Edit:
    """A change of a file that mends a complaint: what lies between two places becomes ``text``.

    Lines and columns count from 1 as in :class:`Diagnostic`; the end is exclusive, and equal to the
    start where something is put in. Given only where no other remedy is at all likely.
    """

    file: str
    line: int
    column: int
    end_line: int
    end_column: int
    text: str


@dataclass(frozen=True)
class Diagnostic:
    """One complaint. Lines and columns count from 1; 0 means "the file as a whole".

    ``end_column`` is exclusive and on the same line. ``field`` is the dotted path of the key.
    ``source_line`` is the text of the line, so that a batch can be shown without its files.
    All of ``edits`` together mend it; there are none where an author has to choose.
    """

    code: str
    message: str
    file: str = ""
    line: int = 0
    column: int = 0
    end_column: int = 0
    field: str = ""
    expected: str = ""
    fix: str = ""
    severity: Severity = "error"
    related: tuple[Related, ...] = ()
    source_line: str = ""
    edits: tuple[Edit, ...] = ()

    @property
    def position(self) -> tuple[str, int, int, str]:
        return (self.file, self.line, self.column, self.code)


class LongLunchError(Exception):
    """An input that cannot be used; ``exit_status`` is 2 for an unreadable path, else 1."""

    def __init__(self, diagnostics: Iterable[Diagnostic]) -> None:
        self.diagnostics = in_order(diagnostics)
        super().__init__("; ".join(f"{d.code}: {d.message}" for d in self.diagnostics))

    @property
    def exit_status(self) -> int:
        return exit_status(self.diagnostics)


class ScenarioError(LongLunchError):
    """A scenario, voice or common file with at least one error."""


def refused(code: str, message: str, file: str, expected: str, fix: str) -> ScenarioError:
    """One complaint about a file as a whole, ready to be raised."""
    return ScenarioError([Diagnostic(code, message, file=file, expected=expected, fix=fix)])


def errors(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    return [d for d in diagnostics if d.severity == "error"]


def exit_status(diagnostics: Iterable[Diagnostic]) -> int:
    """0 without errors, 2 if a path could not be read or written, 1 for everything else."""
    wrong = errors(diagnostics)
    if not wrong:
        return 0
    return 2 if any(d.code.startswith(("RD", "W")) for d in wrong) else 1


def in_order(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """By file and position, each complaint once."""
    return tuple(sorted(dict.fromkeys(diagnostics), key=lambda d: d.position))


def suggest(word: str, choices: Iterable[str]) -> str:
    """The choice that was probably meant, or an empty text."""
    known = [str(choice) for choice in choices]
    folded = {choice.lower().replace("-", "_"): choice for choice in known}
    near = folded.get(word.lower().replace("-", "_"))
    if near is not None:
        return near
    close = difflib.get_close_matches(word[:80], known[:500], n=3, cutoff=0.6)
    # People mistype endings more often than beginnings: agreed is agreement, not parted.
    return max(close, key=lambda c: (c[:3] == word[:3], -close.index(c)), default="")


def suggest_narrow(word: str, choices: Iterable[str]) -> str:
    """The same for ``verb.argument``, where the verb alone may be mistyped."""
    known = list(choices)
    whole = suggest(word, known)
    head, dot, rest = word.partition(".")
    near = suggest(head, known) if dot and not whole else ""
    return f"{near}.{rest}" if near else whole


def did_you_mean(word: str, choices: Iterable[str], otherwise: str = "") -> str:
    """A fix: the near miss if there is one, else ``otherwise``."""
    near = suggest(word, choices)
    return f"did you mean “{near}”?" if near else otherwise


def listing(words: Iterable[str], most: int = 14) -> str:
    """Words as people list them, cut after ``most``."""
    shown = list(words)
    if len(shown) > most:
        return ", ".join(shown[:most]) + f" … ({len(shown)} in all)"
    return ", ".join(shown)


# --- for people -----------------------------------------------------------------------------------


def printable(text: str) -> str:
    """The text as a terminal may see it: what is invisible or would steer it becomes “�”.

    Letters and digits, line breaks and tabs stay as they are.
    """
    return _UNPRINTABLE.sub("�", text)


def render(diagnostics: Iterable[Diagnostic]) -> str:
    """All of them in order, each as a block with its source line, and a closing count."""
    ordered = in_order(diagnostics)
    if not ordered:
        return ""
    blocks = [render_one(d) for d in ordered[:_MOST_BLOCKS]]
    left = len(ordered) - len(blocks)
    blocks.append(summary(ordered) + (f"; {left} not shown" if left else ""))
    return "\n\n".join(blocks) + "\n"


def summary(diagnostics: Sequence[Diagnostic]) -> str:
    """``2 errors, 1 warning``."""
    parts = []
    for severity in ("error", "warning", "hint"):
        count = sum(d.severity == severity for d in diagnostics)
        if count:
            parts.append(f"{count} {severity}" + ("s" if count > 1 else ""))
    return ", ".join(parts)


def render_one(d: Diagnostic) -> str:
    """One block, after the manner of compilers."""
    shown = [r for r in d.related if r.source_line.strip()]
    here = [r for r in shown if r.file == d.file and d.line]
    width = len(str(max([d.line, *(r.line for r in shown)])))
    gutter = " " * width
    lines = [f"{d.severity}[{d.code}]: {d.message}"]
    if d.file:
        lines.append(f"{gutter}--> {d.file}" + (f":{d.line}:{d.column}" if d.line else ""))
    if d.line and d.source_line.strip():
        mark = Mark(d.line, d.column, d.end_column, d.source_line)
        lines += snippet([mark, *map(_second, here)], width)
    elif here:
        lines += snippet([_second(r) for r in here], width)
    for other in shown:
        if other not in here:
            lines.append(f"{gutter}::: {other.file}:{other.line}:{other.column}")
            lines += snippet([_second(other)], width)
    for name, text in (("expected", d.expected), ("fix", d.fix)):
        if text:
            lines.append(f"{gutter} = {name}: {text}")
    for other in d.related:
        if other not in shown:
            place = f"{other.file}:{other.line}:{other.column}"
            lines.append(f"{gutter} = note: {other.message} ({place})")
    if d.code in CODES:
        lines.append(f"{gutter} = more: docs/diagnostics/{d.code}.md")
    return printable("\n".join(lines))


def _second(r: Related) -> Mark:
    return Mark(r.line, r.column, r.end_column, r.source_line, "-", r.message)


# --- for programs ---------------------------------------------------------------------------------


def to_json(diagnostics: Iterable[Diagnostic]) -> dict[str, Any]:
    """``longlunch.check/1``: counts, and every complaint with its position."""
    ordered = in_order(diagnostics)
    return {
        "format": "longlunch.check/1",
        "ok": not errors(ordered),
        "errors": sum(d.severity == "error" for d in ordered),
        "warnings": sum(d.severity == "warning" for d in ordered),
        "hints": sum(d.severity == "hint" for d in ordered),
        "diagnostics": [
            {
                "code": d.code,
                "severity": d.severity,
                "file": d.file,
                "line": d.line,
                "column": d.column,
                "end_column": d.end_column,
                "field": d.field,
                "message": d.message,
                "expected": d.expected,
                "fix": d.fix,
                "related": [
                    {
                        "message": r.message,
                        "file": r.file,
                        "line": r.line,
                        "column": r.column,
                        "end_column": r.end_column,
                    }
                    for r in d.related
                ],
                "edits": [asdict(edit) for edit in d.edits],
            }
            for d in ordered
        ],
    }
