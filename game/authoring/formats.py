"""Findings for people and for programs: text, JSON, GitHub's workflow commands, SARIF."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from pathlib import PurePath
from typing import Any
from urllib.parse import quote

from game.scenario.codes import CODES, SEVERITIES
from game.scenario.diagnostics import Diagnostic, Edit, Related, in_order, printable, to_json

Format = Callable[[Iterable[Diagnostic]], str]


def as_json(found: Iterable[Diagnostic]) -> str:
    """``longlunch.check/1``, see docs/json/check.schema.json."""
    return json.dumps(to_json(found), ensure_ascii=False, indent=2) + "\n"


# --- GitHub ---------------------------------------------------------------------------------------

_COMMANDS = {"error": "error", "warning": "warning", "hint": "notice"}


def as_github(found: Iterable[Diagnostic]) -> str:
    """A workflow command a finding; GitHub shows them beside the lines of a change."""
    return "".join(_command(d) + "\n" for d in in_order(found))


def _command(d: Diagnostic) -> str:
    where: list[tuple[str, object]] = []
    if d.file:
        where.append(("file", d.file))
    if d.line:
        where += [("line", d.line), ("endLine", d.line), ("col", d.column)]
        if d.end_column > d.column:
            where.append(("endColumn", d.end_column))
    where.append(("title", f"{d.code}: {CODES.get(d.code, d.severity)}"))
    told = [d.message]
    told += [f"{name}: {text}" for name, text in (("expected", d.expected), ("fix", d.fix)) if text]
    told += [f"note: {r.message} ({r.file}:{r.line}:{r.column})" for r in d.related]
    properties = ",".join(f"{key}={_escaped(str(value), ':,')}" for key, value in where)
    message = _escaped("\n".join(told))
    return f"::{_COMMANDS[d.severity]} {properties}::{message}"


def _escaped(text: str, also: str = "") -> str:
    """Percent signs, line breaks and some more characters as GitHub wants to read them."""
    out = printable(text.replace("\r", "\n")).replace("%", "%25").replace("\n", "%0A")
    for sign in also:
        out = out.replace(sign, f"%{ord(sign):02X}")
    return out


# --- SARIF ----------------------------------------------------------------------------------------

_LEVELS = {"error": "error", "warning": "warning", "hint": "note"}
_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def as_sarif(found: Iterable[Diagnostic]) -> str:
    """SARIF 2.1.0: one run, a rule a code that was found, fixes as replacements."""
    from game import __version__

    ordered = in_order(found)
    codes = sorted({d.code for d in ordered})
    log = {
        "$schema": _SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {
                        "name": "longlunch check",
                        "semanticVersion": __version__,
                        "rules": [_rule(code) for code in codes],
                    }
                },
                "columnKind": "unicodeCodePoints",
                "results": [_result(d, codes.index(d.code)) for d in ordered],
            }
        ],
    }
    return json.dumps(log, ensure_ascii=False, indent=2) + "\n"


def _rule(code: str) -> dict[str, Any]:
    return {
        "id": code,
        "shortDescription": {"text": CODES.get(code, code)},
        "help": {"text": f"docs/diagnostics/{code}.md"},
        "defaultConfiguration": {"level": _LEVELS[SEVERITIES.get(code, "error")]},
    }


def _result(d: Diagnostic, rule: int) -> dict[str, Any]:
    told = [d.message]
    told += [f"{name}: {text}" for name, text in (("expected", d.expected), ("fix", d.fix)) if text]
    result: dict[str, Any] = {
        "ruleId": d.code,
        "ruleIndex": rule,
        "level": _LEVELS[d.severity],
        "message": {"text": printable("\n".join(told))},
    }
    if d.file:
        result["locations"] = [_location(d.file, d.line, d.column, d.end_column)]
    if d.related:
        result["relatedLocations"] = [
            _location(r.file, r.line, r.column, r.end_column) | {"message": {"text": _told(r)}}
            for r in d.related
        ]
    if d.edits:
        result["fixes"] = [_fix(d)]
    return result


def _told(related: Related) -> str:
    return printable(related.message)


def _location(file: str, line: int, column: int, end_column: int) -> dict[str, Any]:
    physical: dict[str, Any] = {"artifactLocation": {"uri": _uri(file)}}
    if line:
        region = {"startLine": line, "startColumn": max(1, column)}
        if end_column > column:
            region["endColumn"] = end_column
        physical["region"] = region
    return {"physicalLocation": physical}


def _uri(file: str) -> str:
    """A path as a relative reference, or as a file: URI where it is absolute."""
    path = PurePath(file)
    return path.as_uri() if path.is_absolute() else quote(path.as_posix(), safe="/")


def _fix(d: Diagnostic) -> dict[str, Any]:
    changes: dict[str, list[Edit]] = {}
    for edit in d.edits:
        changes.setdefault(edit.file, []).append(edit)
    return {
        "description": {"text": printable(d.fix or d.expected or d.message)},
        "artifactChanges": [
            {
                "artifactLocation": {"uri": _uri(file)},
                "replacements": [
                    {
                        "deletedRegion": {
                            "startLine": e.line,
                            "startColumn": e.column,
                            "endLine": e.end_line,
                            "endColumn": e.end_column,
                        },
                        "insertedContent": {"text": e.text},
                    }
                    for e in edits
                ],
            }
            for file, edits in changes.items()
        ],
    }


FORMATS: dict[str, Format] = {"json": as_json, "github": as_github, "sarif": as_sarif}
