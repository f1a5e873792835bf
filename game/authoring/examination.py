"""Everything that can be said of some files."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from game.authoring.allow import Allowances
from game.authoring.lints.registry import PACK_LINTS, SCENARIO_LINTS
from game.authoring.subject import Subject, subjects
from game.scenario.check import Examined, examine, files
from game.scenario.diagnostics import Diagnostic, errors, in_order


@dataclass(frozen=True)
class Examination:
    """The files looked at, the scenarios among them that are valid, and what was found."""

    files: tuple[Examined, ...]
    subjects: tuple[Subject, ...]
    diagnostics: tuple[Diagnostic, ...]


def examined(paths: Iterable[str | Path]) -> list[Examined]:
    """Scenarios, voices and folders of them; each file once, however often it is named."""
    found: dict[str, Examined] = {}
    for path in paths:
        for file in files(path):
            one = examine(file)
            found.setdefault(one.file, one)
    return list(found.values())


def examination(
    looked_at: Iterable[Examined],
    play: Callable[[Sequence[Subject]], Iterable[Diagnostic]] | None = None,
) -> Examination:
    """Files that were read, with what the lints find in them; never raises.

    `play` finds what shows only when scenarios are played, of those without an error. What an
    author allows with a reason in a comment is left out, see :mod:`game.authoring.allow`.
    """
    seen = tuple(looked_at)
    valid = tuple(subjects(seen))
    found = [d for one in seen for d in one.found]
    for subject in valid:
        for lint in SCENARIO_LINTS:
            found += lint(subject)
    for pack_lint in PACK_LINTS:
        found += pack_lint(valid)
    if play is not None:
        wrong = {d.file for d in errors(found)}
        found += play([subject for subject in valid if subject.file not in wrong])
    allowed = Allowances(one.lines for one in seen)
    return Examination(seen, valid, in_order(allowed.applied(_told_once(found))))


def _told_once(found: list[Diagnostic]) -> list[Diagnostic]:
    """Without what another finding at the same place says better or worse."""
    said = {(d.code, d.position[:3]) for d in found}
    return [
        d
        for d in found
        if not (d.code == "X025" and ("L011", d.position[:3]) in said)
        and not (d.code == "L012" and ("X025", d.position[:3]) in said)
    ]
