"""`check --watch`: check again whenever a file changes, by looking at times and sizes.

Editors replace files, rename them, write them in pieces; a file may vanish and come back. So paths
are looked at, not open files, and a change counts when nothing moves any more.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TextIO

from game.authoring.examination import Examination
from game.scenario.diagnostics import (
    Diagnostic,
    errors,
    printable,
    render,
    render_one,
    summary,
)

_EVERY = 0.15  # seconds between two looks
_CLEAR = "\x1b[2J\x1b[3J\x1b[H"

Look = Callable[[], Examination]
Seen = dict[Path, tuple[int, int, int] | None]
Said = tuple[str, str, str, str]
Standing = dict[Said, Diagnostic]


def watch(paths: Sequence[str], look: Look, out: TextIO, sleep: Callable[[float], None]) -> None:
    """Check, show, wait for a change, and so on, until somebody interrupts.

    A terminal is cleared and shows everything that is wrong; anything else gets what is new and
    what is mended.
    """
    screen = out.isatty()
    report = look()
    _everything(report.diagnostics, out, screen)
    standing = {_said(d): d for d in report.diagnostics}
    seen = snapshot(paths, report)
    while True:
        sleep(_EVERY)
        now = snapshot(paths, report)
        if now == seen:
            continue
        while (settled := _again(paths, report, sleep)) != now:
            now = settled
        report = look()
        seen = snapshot(paths, report)
        after = _standing(standing, report)
        if screen:
            _everything(report.diagnostics, out, screen)
        elif after.keys() != standing.keys():
            _changes(standing, after, out)
        standing = after


def _standing(before: Standing, report: Examination) -> Standing:
    """What is wrong now, and what cannot be seen for the moment, behind an error.

    In a file that is gone or broken, warnings and hints are not looked for, and not mended either.
    """
    sound = {one.file for one in report.files if not errors(one.found)}
    looked_at = sound | {file for one in report.files for file in one.lines.files() if one.loaded}
    hidden = {
        said: d for said, d in before.items() if d.severity != "error" and d.file not in looked_at
    }
    return hidden | {_said(d): d for d in report.diagnostics}


def _again(paths: Sequence[str], report: Examination, sleep: Callable[[float], None]) -> Seen:
    sleep(_EVERY / 3)
    return snapshot(paths, report)


def snapshot(paths: Iterable[str], report: Examination) -> Seen:
    """Times and sizes of everything that was named or read, and of the folders around it."""
    files = {Path(path) for path in paths}
    for one in report.files:
        files |= {Path(file) for file in one.lines.files()}
        files.add(Path(one.file))
    for path in tuple(files):
        if path.is_dir():
            files |= {p for p in path.rglob("*") if p.is_dir() or p.suffix in (".yaml", ".yml")}
        else:
            files |= {path.parent, path.parent / "voices"}
    return {path: _state(path) for path in files}


def _state(path: Path) -> tuple[int, int, int] | None:
    try:
        state = path.stat()
    except (OSError, ValueError):
        return None  # not there, or not there just now
    return state.st_mtime_ns, state.st_size, state.st_ino


def _everything(found: Sequence[Diagnostic], out: TextIO, screen: bool) -> None:
    print(_CLEAR if screen else "", render(found), sep="", end="", file=out)
    print("watching; Ctrl-C ends it", file=out, flush=True)


def _changes(before: Standing, after: Standing, out: TextIO) -> None:
    """What need not be said any more, what was not said before, and how things stand."""
    for said, d in before.items():
        if said not in after:
            print(printable(f"mended[{d.code}]: {d.file}: {d.message}"), file=out)
    for said, d in after.items():
        if said not in before:
            print(render_one(d) + "\n", file=out)
    left = summary(list(after.values()))
    print(left or "nothing is left to complain of", file=out, flush=True)


def _said(d: Diagnostic) -> Said:
    """A complaint without its line, which moves when something is written above it."""
    return (d.code, d.file, d.field, d.message)


def run(paths: Sequence[str], look: Look) -> None:
    """Watch for the command line."""
    if sys.stderr is not None:
        watch(paths, look, sys.stderr, time.sleep)
