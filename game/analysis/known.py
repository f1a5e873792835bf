"""Known failures: the tests of claims that fail today, each with its reason.

The list and the failures have to be equal. A test that fails and is not listed, and one that is
listed and does not fail any more, are both news.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from pydantic import Field

from game.analysis.claim_runs import Suite
from game.analysis.claims import Finding
from game.scenario.diagnostics import ScenarioError, errors
from game.scenario.guard import decode, read_bytes
from game.scenario.messages import validate_model
from game.scenario.model import Model
from game.scenario.shelves import shown_path
from game.scenario.tree import Lines, parse_tree

_HEAD = """\
# The tests of claims that fail today, and why. Continuous integration is red when this list and
# the failures differ, either way. `longlunch claims --write-known FILE` keeps these reasons.
known:
"""

Key = tuple[str, int, str, str, str]


class KnownRow(Model):
    claim: str
    scenario: str
    measure: str
    buyers: str
    test: Annotated[int, Field(ge=1)] = 1  # number of the test within its claim
    reason: str

    @property
    def key(self) -> Key:
        return (self.claim, self.test, self.scenario, self.measure, self.buyers)


class KnownModel(Model):
    known: list[KnownRow] | None


@dataclass(frozen=True, slots=True)
class Difference:
    """How the failures differ from the list."""

    unlisted: tuple[Finding, ...]
    mended: tuple[KnownRow, ...]  # listed, but passing or no longer there
    unexplained: tuple[KnownRow, ...]  # listed without a reason

    def __bool__(self) -> bool:
        return bool(self.unlisted or self.mended or self.unexplained)


def key_of(found: Finding) -> Key:
    return (found.claim, found.test, found.scenario, found.measure, found.buyers)


def read_known(path: Path) -> list[KnownRow]:
    """The rows of a list. Raises :class:`ScenarioError` if it cannot be read."""
    shown = shown_path(path)
    lines = Lines()
    tree = parse_tree(decode(read_bytes(path, shown), shown), shown, lines)
    found, model = list(tree.diagnostics), None
    if tree.root is not None:
        model, complaints = validate_model(KnownModel, tree.root, lines)
        found += complaints
    if model is None or errors(found):
        raise ScenarioError(found)
    return model.known or []


def compare(suite: Suite, known: Sequence[KnownRow], whole: bool) -> Difference:
    """The failures of a suite against a list.

    Rows about what was not run are left alone, unless the `whole` suite was run: then they speak
    of something that is no longer there.
    """
    listed = {row.key: row for row in known}
    failing = {key_of(found): found for found in suite.findings if not found.passed}
    ran = set(suite.tables)
    speaks = [row for row in known if whole or (row.claim, row.scenario) in ran]
    return Difference(
        unlisted=tuple(found for key, found in failing.items() if key not in listed),
        mended=tuple(row for row in speaks if row.key not in failing),
        unexplained=tuple(row for row in speaks if not row.reason.strip()),
    )


def written(suite: Suite, known: Sequence[KnownRow], whole: bool) -> str:
    """The list of a suite's failures as YAML, with the reasons of `known` where they are there.

    Rows about what was not run stay as they are, before the others, unless all of it was.
    """
    reasons = {row.key: row.reason for row in known}
    ran = set(suite.tables)
    kept = [row for row in known if not whole and (row.claim, row.scenario) not in ran]
    failing = [found for found in suite.findings if not found.passed]
    rows = [(row.key, row.reason) for row in kept]
    rows += [(key_of(found), reasons.get(key_of(found), "")) for found in failing]
    if not rows:
        return _HEAD.rstrip("\n") + " []\n"
    return _HEAD + "".join(_row(key, reason) for key, reason in rows)


def can_be_written(path: Path) -> None:
    """Raise OSError where a list cannot be written, before the work for it is done.

    A list that is there stays as it is, and none is left where none was.
    """
    there = path.exists()
    with path.open("ab"):
        pass
    if not there:
        path.unlink()


def _row(key: Key, reason: str) -> str:
    claim, test, scenario, measure, buyers = key
    values = [("claim", claim), ("scenario", scenario), ("measure", measure), ("buyers", buyers)]
    lines = [f"{name}: {_text(value)}" for name, value in values]
    lines += [f"test: {test}"] if test > 1 else []
    lines.append(f"reason: {_text(reason)}")
    return "  - " + "\n    ".join(lines) + "\n"


def _text(text: str) -> str:
    """A text in double quotes, which YAML reads as JSON does."""
    return json.dumps(text, ensure_ascii=False)
