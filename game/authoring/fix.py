"""`check --fix`: edits that need no choice, tried out in memory, then written in one step a file.

Nothing is written that was not checked again first, and nothing that would be worse than before.
Line ends, byte order mark, comments and everything else that is not mended stay as they are.
"""

from __future__ import annotations

import difflib
import re
import stat
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from game.authoring.examination import Examination
from game.scenario.diagnostics import Diagnostic, Edit, LongLunchError, errors, in_order, printable
from game.scenario.guard import drafts, read_bytes, split_lines
from game.scenario.library import PACKAGE
from game.scenario.shelves import shown_path
from game.session.files import replace

_MOST_ROUNDS = 50  # what is mended may bring to light what was hidden behind it
_BOM = b"\xef\xbb\xbf"

Look = Callable[[], Examination]


@dataclass(frozen=True)
class Mended:
    """What was found, what of it is mended, files as they were and are, and what is left."""

    found: Examination
    done: tuple[Diagnostic, ...]
    before: dict[Path, bytes]
    after: dict[Path, bytes]
    left: Examination
    refused: tuple[Diagnostic, ...]


def mend(look: Look) -> Mended:
    """Work the edits out, in memory; ``look`` checks everything anew."""
    now: dict[Path, bytes] = {}
    report = found = look()
    done: list[Diagnostic] = []
    given_up: set[tuple[str, str, str]] = set()
    refused: dict[str, Diagnostic] = {}
    for _ in range(_MOST_ROUNDS):
        wanted = [d for d in report.diagnostics if d.edits and _known(d) not in given_up]
        wanted = [d for d in wanted if _writable(d, refused)]
        if not wanted:
            break
        chosen = apart(wanted)
        tried = _tried(now, chosen, look)
        if tried is None:
            # one of them is wrong: take them one by one
            for one in chosen:
                tried = _tried(now, [one], look)
                if tried is None:
                    given_up.add(_known(one))
                else:
                    now, report = tried
                    done.append(one)
                    break
            continue
        now, report = tried
        done += chosen
    before = {path: path.read_bytes() for path in now}
    changed = {path: data for path, data in now.items() if data != before[path]}
    return Mended(
        found,
        in_order(done),
        {path: before[path] for path in changed},
        changed,
        report,
        tuple(refused.values()),
    )


def _known(d: Diagnostic) -> tuple[str, str, str]:
    return (d.code, d.file, d.message)


def apart(found: Iterable[Diagnostic]) -> list[Diagnostic]:
    """As many complaints as do not touch the same place; each with all of its edits or none."""
    taken: list[Edit] = []
    chosen = []
    for d in found:
        if not any(_meet(edit, other) for edit in d.edits for other in taken):
            taken += d.edits
            chosen.append(d)
    return chosen


def _meet(one: Edit, other: Edit) -> bool:
    if one.file != other.file:
        return False
    first, second = sorted((one, other), key=lambda e: (e.line, e.column))
    ends = (first.end_line, first.end_column)
    begins = (second.line, second.column)
    return begins < ends or begins == (first.line, first.column)


def applied(data: bytes, edits: Iterable[Edit]) -> bytes:
    """The bytes of a file after some edits, which do not touch each other."""
    mark, body = (_BOM, data[len(_BOM) :]) if data.startswith(_BOM) else (b"", data)
    text = body.decode("utf-8", "surrogateescape")
    starts = _line_starts(text)
    end = "\r\n" if "\r\n" in text else "\n"
    for edit in sorted(edits, key=lambda e: (e.line, e.column), reverse=True):
        start = _offset(starts, text, edit.line, edit.column)
        stop = _offset(starts, text, edit.end_line, edit.end_column)
        text = text[:start] + edit.text.replace("\n", end) + text[stop:]
    return mark + text.encode("utf-8", "surrogateescape")


def _line_starts(text: str) -> list[int]:
    starts, at = [0], 0
    for line in split_lines(text)[:-1]:
        at += len(line)
        at += 2 if text[at : at + 2] == "\r\n" else 1
        starts.append(at)
    return starts


def _offset(starts: Sequence[int], text: str, line: int, column: int) -> int:
    return min(starts[line - 1] + column - 1, len(text)) if line <= len(starts) else len(text)


def _tried(
    now: dict[Path, bytes], chosen: Sequence[Diagnostic], look: Look
) -> tuple[dict[Path, bytes], Examination] | None:
    """Files and findings after some edits, or None if that is worse than before."""
    edits: dict[Path, list[Edit]] = {}
    for d in chosen:
        for edit in d.edits:
            edits.setdefault(Path(edit.file).absolute(), []).append(edit)
    after = dict(now)
    with drafts(now):
        before = look()
        try:
            after |= {p: applied(read_bytes(p, str(p)), some) for p, some in edits.items()}
        except (LongLunchError, UnicodeError):
            return None
    with drafts(after):
        report = look()
    return None if _worse(before, report, chosen) else (after, report)


def _worse(before: Examination, after: Examination, mended: Sequence[Diagnostic]) -> bool:
    """Whether an edit brought a mistake of its own or did not mend its own.

    Whatever could not be looked at before, since something else was broken, is no new mistake.
    """
    still = {(d.code, d.file, d.message, d.field) for d in after.diagnostics}
    if any((d.code, d.file, d.message, d.field) in still for d in mended):
        return True
    for file in {d.file for d in mended}:
        was = [d for d in errors(before.diagnostics) if d.file == file]
        now = [d for d in errors(after.diagnostics) if d.file == file]
        if _depth(now) < _depth(was) or (len(now) > len(was) and _depth(now) == _depth(was)):
            return True
    return False


def _depth(found: Sequence[Diagnostic]) -> int:
    """How far the loader came: text, keys and values, parts that must agree, or all the way."""
    stages = [0 if d.code[0] == "Y" or d.code.startswith("RD") else 1 if d.code[0] == "M" else 2
              for d in found]  # fmt: skip
    return min(stages, default=3)


def _writable(d: Diagnostic, refused: dict[str, Diagnostic]) -> bool:
    """Whether all files that a complaint would change may be changed; notes those that may not."""
    fine = True
    for edit in d.edits:
        path = Path(edit.file)
        why = ""
        if path.resolve().is_relative_to(PACKAGE):
            why = "it comes with the program; copy it, and mend the copy"
        elif not path.is_file():
            why = "it lies in an archive; unpack it, and mend the folder"
        if why:
            fine = False
            refused[edit.file] = Diagnostic(
                "W001",
                f"{edit.file} is left as it is: {why.partition(';')[0]}",
                file=edit.file,
                expected="a file of your own",
                fix=why.partition("; ")[2],
            )
    return fine


# --- writing --------------------------------------------------------------------------------------


def write(mended: Mended) -> None:
    """Put the files in their places, each in one step.

    Raises :class:`LongLunchError` (W001) if one changed meanwhile or cannot be written.
    """
    for path, data in mended.after.items():
        if path.read_bytes() != mended.before[path]:
            raise _unwritten(path, "it was changed meanwhile", "run the command again")
        try:
            replace_file(path, data)
        except OSError as problem:
            why = (problem.strerror or str(problem)).lower()
            raise _unwritten(path, why, "check the permissions of the folder") from problem


def _unwritten(path: Path, why: str, fix: str) -> LongLunchError:
    shown = shown_path(path)
    found = Diagnostic(
        "W001",
        f"{shown} cannot be written: {why}",
        file=shown,
        expected="a file that can be replaced",
        fix=fix,
    )
    return LongLunchError([found])


def replace_file(path: Path, data: bytes) -> None:
    """New bytes under an old name: whoever reads it sees the old ones or the new ones."""
    target = path.resolve()
    replace(target, data, mode=stat.S_IMODE(target.stat().st_mode))


def diff(mended: Mended) -> str:
    """What would change, as a unified diff."""
    out = []
    for path, data in sorted(mended.after.items()):
        shown = shown_path(path)
        old, new = _lines(mended.before[path]), _lines(data)
        for line in difflib.unified_diff(old, new, shown, shown):
            out.append(line if line.endswith("\n") else line + "\n\\ No newline at end of file\n")
    return "".join(out)


def _lines(data: bytes) -> list[str]:
    return re.findall(r"[^\n]*\n|[^\n]+", data.decode("utf-8-sig", "replace"))


def told(mended: Mended, tense: str) -> str:
    """A line for each complaint that is mended, or would be, and how many there are."""
    lines = [f"{tense}[{d.code}]: {d.file}:{d.line}:{d.column}: {d.message}" for d in mended.done]
    if len(lines) > 1:
        count = len(mended.after)
        lines.append(f"{tense} {len(lines)} in " + (f"{count} files" if count > 1 else "one file"))
    return "".join(printable(line) + "\n" for line in lines)
