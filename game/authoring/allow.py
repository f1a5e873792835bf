"""Comments by which an author lets one finding stand: ``# longlunch: allow L012 the reason``.

Such a comment stands at the end of the line that is complained about, or on a line of its own
directly above. It silences one warning or hint of that code there. Errors stay.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from game.scenario.codes import CODES, SEVERITIES
from game.scenario.diagnostics import Diagnostic, Edit, did_you_mean
from game.scenario.tree import Lines, Place

_COMMENT = re.compile(r"(?:^|\s)#\s*longlunch:\s*allow\b[ \t]*(?P<code>[\w-]*)[ \t]*(?P<why>.*)")


@dataclass(frozen=True)
class _Allowance:
    code: str
    place: Place
    covers: int  # the line whose finding it silences
    reason: str


class Allowances:
    """The comments of all files that were read."""

    def __init__(self, sources: Iterable[Lines]) -> None:
        self._lines: dict[str, Lines] = {}
        for lines in sources:
            for file in lines.files():
                self._lines.setdefault(file, lines)

    def applied(self, found: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
        """What is left of some findings, and complaints about comments that make no sense."""
        open_: dict[tuple[str, int, str], _Allowance] = {}
        for allowance, complaint in self._all():
            if complaint is not None:
                yield complaint
            elif allowance is not None:
                place = allowance.place
                open_[(place.file, allowance.covers, allowance.code)] = allowance
        used: dict[_Allowance, Diagnostic] = {}
        for d in found:
            allowance = open_.get((d.file, d.line, d.code))
            if allowance is None or d.severity == "error" or used.get(allowance, d) != d:
                yield d
            else:
                used[allowance] = d
        for allowance in open_.values():
            # what playing shows hangs on the seed: once found, it may be away the next time
            if allowance not in used and not allowance.code.startswith("D"):
                yield self._unused(allowance)

    def _all(self) -> Iterator[tuple[_Allowance | None, Diagnostic | None]]:
        for file, lines in self._lines.items():
            for number, text in enumerate(lines.of(file), 1):
                if "longlunch:" in text and (match := _COMMENT.search(text)):
                    yield self._one(file, number, text, match)

    def _one(
        self, file: str, number: int, text: str, match: re.Match[str]
    ) -> tuple[_Allowance | None, Diagnostic | None]:
        start = text.index("#", match.start())
        code, reason = match["code"], match["why"].strip()
        place = Place(file, number, start + 1, len(text.rstrip()) + 1)
        if code not in CODES:
            return None, self._complaint(
                place,
                f"“{code[:20]}” is no code that can be allowed" if code else "no code is allowed",
                did_you_mean(code.upper(), CODES, "write “# longlunch: allow L012 the reason”"),
            )
        if len(reason) < 3:
            return None, self._complaint(
                place, f"{code} is allowed without a reason", "say after the code why it may stand"
            )
        covers = number
        if not text[:start].strip():
            covers += 1
            while covers <= len(lines := self._lines[file].of(file)) and (
                not (line := lines[covers - 1].strip()) or line.startswith("#")
            ):
                covers += 1
        return _Allowance(code, place, covers, reason), None

    def _complaint(self, place: Place, message: str, fix: str) -> Diagnostic:
        return self._lines[place.file].complaint(
            "L023",
            message,
            place,
            severity=SEVERITIES["L023"],
            expected="a code and a reason: “# longlunch: allow L021 he is meant to be answered”",
            fix=fix,
        )

    def _unused(self, allowance: _Allowance) -> Diagnostic:
        return self._lines[allowance.place.file].complaint(
            "L024",
            f"there is no {allowance.code} here to be allowed",
            allowance.place,
            severity=SEVERITIES["L024"],
            expected=f"a warning or hint {allowance.code} on line {allowance.covers}",
            fix="remove the comment, or move it to the line that is meant",
            edits=(self._removed(allowance.place),),
        )

    def _removed(self, place: Place) -> Edit:
        """The comment taken out, with its line if it has one to itself."""
        before = self._lines[place.file].line(place.file, place.line)[: place.column - 1].rstrip()
        if not before:
            return Edit(place.file, place.line, 1, place.line + 1, 1, "")
        return Edit(place.file, place.line, len(before) + 1, place.line, place.end_column, "")
