"""Claim files: YAML in, claims out, with every complaint at its line (docs/claims.md, decision 8).

A file is read in two passes: its keys and their types against the models of
:mod:`game.analysis.claim_models`, then what they name: bands, measures, changes, policies. Arms
come out with their policies written out in full.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, partial
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel

from game.analysis.claim_models import Claim, ClaimFile, ClaimRow, ClaimsModel, SharedModel, Test
from game.analysis.rows import Rows
from game.scenario.diagnostics import Diagnostic, ScenarioError, did_you_mean, errors, listing
from game.scenario.guard import decode, read_bytes
from game.scenario.library import scenarios_dir, shipped
from game.scenario.load import load_scenario
from game.scenario.messages import validate_model
from game.scenario.model import Experiment, Scenario
from game.scenario.shelves import shown_path
from game.scenario.tree import Item, Lines, parse_tree
from game.scenario.tree import Path as Where

M = TypeVar("M", bound=BaseModel)

_ID = re.compile(r"[A-Z][0-9]{2}\Z")
_FEWEST_SCENARIOS = 3


def claims_dir() -> Path:
    return scenarios_dir() / "claims"


def claim_paths() -> list[Path]:
    """The shipped claim files, in the order of their names."""
    return [path for path in sorted(claims_dir().glob("*.yaml")) if path.stem != "common"]


def read_claims(paths: Iterable[Path] | None = None) -> ClaimFile:
    """Read claim files, the shipped ones by default.

    Bands, scenarios and some policies come from the shipped `common.yaml`; a file's own policies
    hold in that file alone. Raises :class:`ScenarioError` with every complaint about all files.
    """
    shared = shared_claims()
    found: list[Diagnostic] = []
    ids: dict[str, str] = {}
    chosen = claim_paths() if paths is None else list(paths)
    here = {path.resolve() for path in chosen}
    own: list[Claim] = []
    every: list[Claim] = []
    for path in chosen:
        reader = _Reader(path, shared, ids)
        own += reader.claims()
        found += reader.found
    if any(test.contrast == "every_did" for claim in own for test in claim.tests):
        for path in claim_paths():
            if path.resolve() not in here:
                every += _Reader(path, shared, {}).claims()
    if errors(found):
        raise ScenarioError(found)
    return ClaimFile(
        claims=tuple(own),
        every=(*own, *every),
        bands=shared.bands,
        changes=shared.with_,
        scenarios=tuple(shared.scenarios),
    )


@cache
def shared_claims() -> SharedModel:
    """What the shipped claims share: bands of buyers, a table, lists of steps."""
    path = claims_dir() / "common.yaml"
    model, _, found = _model_of(path, SharedModel, Lines())
    if model is None:
        raise ScenarioError(found)
    return model


def _model_of(
    path: Path, model: type[M], lines: Lines
) -> tuple[M | None, Item | None, list[Diagnostic]]:
    """A file's model and its tree, as far as they could be read, and what was noticed."""
    shown = shown_path(path)
    tree = parse_tree(decode(read_bytes(path, shown), shown), shown, lines)
    if tree.root is None:
        return None, None, tree.diagnostics
    result, found = validate_model(model, tree.root, lines)
    return result, tree.root, [*tree.diagnostics, *found]


# --- reading one file -----------------------------------------------------------------------------


class _Reader:
    """One file's second pass; complaints gather in `found`."""

    def __init__(self, path: Path, shared: SharedModel, ids: dict[str, str]) -> None:
        self.shared = shared
        self.ids = ids
        lines = Lines()
        self.model, root, self.found = _model_of(path, ClaimsModel, lines)
        if self.model is not None and root is not None:
            lists = {**shared.policies, **self.model.policies}
            table = partial(_scenario, shared.scenarios[0])
            self.rows = Rows(root, lines, shared.bands, lists, table, self.found)

    def claims(self) -> list[Claim]:
        if self.model is None:
            return []
        return [self._claim(row, ("claims", i)) for i, row in enumerate(self.model.claims)]

    def _claim(self, row: ClaimRow, where: Where) -> Claim:
        if not _ID.match(row.id):
            self.rows.complain(
                "C005", (*where, "id"), f"“{row.id[:40]}” is not a claim's id",
                "a capital letter and two digits, such as T01", "number it within its section",
            )  # fmt: skip
        elif row.id in self.ids:
            self.rows.complain(
                "C005", (*where, "id"), f"there are two claims “{row.id}”",
                "each id once", f"take a free number; the other one is in {self.ids[row.id]}",
            )  # fmt: skip
        else:
            self.ids[row.id] = self.rows.root.file
        self._scenarios(row, where)
        tests: list[Test] = []
        if not row.pending or row.arms is not None:
            parts = list(row.tests) or [Experiment.model_validate({})]
            for k, part in enumerate(parts):
                here = (*where, "tests", k) if row.tests else where
                tests += self.rows.tests(row, part, where, here, len(tests))
        return Claim(
            id=row.id,
            source=row.source,
            kind=row.kind,
            statement=row.claim,
            scenarios=tuple(row.scenarios) or None,
            tests=tuple(tests),
            pending=row.pending,
        )

    def _scenarios(self, row: ClaimRow, where: Where) -> None:
        if not row.scenarios:
            return
        for i, name in enumerate(row.scenarios):
            if name not in shipped():
                self.rows.complain(
                    "C006", (*where, "scenarios", i), f"there is no scenario “{name[:40]}”",
                    "one of " + listing(shipped()), did_you_mean(name, shipped(), "take another"),
                )  # fmt: skip
        if len(set(row.scenarios)) < _FEWEST_SCENARIOS:
            self.rows.complain(
                "C006", (*where, "scenarios"), "a claim is held to at least three scenarios",
                "three scenarios or more", "name others, or leave the key out for the shared ones",
            )  # fmt: skip


@cache
def _scenario(name: str) -> Scenario:
    return load_scenario(name).scenario
