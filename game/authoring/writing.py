"""Files that an authoring command writes: never over another, and never by halves."""

from __future__ import annotations

import os
from pathlib import Path

from game.scenario.diagnostics import Diagnostic, LongLunchError
from game.session.files import replace


def write_new(path: Path, text: str) -> None:
    """Write a file that is not there yet; raises :class:`LongLunchError` (W002, W001)."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except FileExistsError:
        raise already_there(path) from None
    except (OSError, ValueError) as problem:
        raise unwritable(path, problem) from None


def write_over(path: Path, contents: str | bytes) -> None:
    """Write a file, in place of an older one; raises :class:`LongLunchError` (W001)."""
    data = contents.encode() if isinstance(contents, str) else contents
    try:
        replace(path, data, lasting=False, mode=_usual_mode())
    except (OSError, ValueError) as problem:
        raise unwritable(path, problem) from None


def _usual_mode() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


def already_there(path: Path) -> LongLunchError:
    """W002: this command replaces no file."""
    found = Diagnostic(
        "W002",
        "the file is there already",
        file=str(path),
        expected="a new file",
        fix="choose another name, or move the old one away",
    )
    return LongLunchError([found])


def unwritable(path: Path, problem: OSError | ValueError) -> LongLunchError:
    """W001: nothing can be written there."""
    why = getattr(problem, "strerror", None) or problem
    found = Diagnostic(
        "W001",
        f"the file could not be written: {why}",
        file=str(path),
        expected="a place that can be written to",
        fix="name another place, or check the permissions of the folder",
    )
    return LongLunchError([found])
