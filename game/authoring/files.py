"""Files that a command writes: refused before the work for them is done."""

from __future__ import annotations

from pathlib import Path

from game.analysis.settings import usage
from game.scenario.diagnostics import Diagnostic, LongLunchError, printable

_HEAD = 512
PAGE = (b"<!doctype html", b"<html")


def may_write(path: Path, option: str, beginnings: tuple[bytes, ...]) -> None:
    """Refuse a place in which something else lies than what would be replaced, or a lost folder.

    `beginnings` are how a file of the kind starts, in lower case. Raises UsageError (U001) or
    LongLunchError (W001).
    """
    if not _replaceable(path, beginnings):
        raise usage(
            f"{option}: something else is in “{printable(str(path))}”",
            "a new file, an empty one, or one that was written before",
            f"give {option} another name",
        )
    if not path.absolute().parent.is_dir():
        raise LongLunchError(
            [
                Diagnostic(
                    "W001",
                    "there is no such folder to write to",
                    file=str(path),
                    expected="a folder that is there",
                    fix="make it first, or write to another place",
                )
            ]
        )


def _replaceable(path: Path, beginnings: tuple[bytes, ...]) -> bool:
    try:
        if not path.exists():
            return True
        if not path.is_file():
            return False
        with path.open("rb") as file:
            head = file.read(_HEAD)
    except (OSError, ValueError):
        return False
    return not head or head.lstrip().lower().startswith(beginnings)
