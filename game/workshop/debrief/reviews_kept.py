"""Reviews as they are kept beside the log, so that a server which starts again need not weigh anew.

A review is trusted only where it is of the same game, weighed by the same program in the same
words: its digest is over all three.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from game import __version__
from game.core.rules import RULES_VERSION
from game.scenario.library import PACKAGE, scenarios_dir
from game.workshop.debrief.reviews_worker import Stamp, Weighed
from game.workshop.room.tables import Table

_WEIGHS = ("core", "scenario", "policies", "session", "analysis", "review")  # packages
_WORDS = ("common", "locale")  # folders of the scenarios


@cache
def _form() -> TypeAdapter[Weighed]:
    return TypeAdapter(Weighed)


def packed(found: Weighed) -> str:
    """A review as text, without the page that may have been made of it."""
    return _form().dump_json(found, exclude={"page"}).decode()


@dataclass(frozen=True, slots=True)
class Unread:
    """What :func:`packed` made, of a table that is as far as `stamp` says."""

    text: str
    stamp: Stamp

    def unpacked(self) -> Weighed | None:
        """The review; None for anything else, of which nothing is made good."""
        try:
            found = _form().validate_json(self.text)
        except ValidationError:
            return None
        return replace(found, stamp=self.stamp) if found.review is not None else None


def digest_of(table: Table) -> str:
    """What a table's review is a review of: the program, the scenario, and what was done there."""
    done = [[e.kind, e.text, e.d, e.confidence] for e in table.entries]
    body = [
        _program(), table.desk.digest, table.seed, table.help, table.shared, table.place, done,
    ]  # fmt: skip
    return hashlib.sha256(json.dumps(body).encode()).hexdigest()


@cache
def _program() -> str:
    """All that makes a review of a game, read once."""
    found = hashlib.sha256(f"{__version__} {RULES_VERSION}".encode())
    for path in _files():
        found.update(path.name.encode())
        found.update(path.read_bytes())
    return found.hexdigest()


def _files() -> Iterator[Path]:
    """Where the program is packed there is no source: then its version has to do."""
    for package in _WEIGHS:
        yield from sorted((PACKAGE / package).rglob("*.py"))
    for folder in _WORDS:
        yield from sorted(p for p in (scenarios_dir() / folder).rglob("*") if p.is_file())
