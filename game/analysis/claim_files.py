"""Claim files: YAML in, claims out, with every complaint at its line (docs/claims.md, decision 8).

A file is read in two passes: its keys and their types against the models of
:mod:`game.analysis.claim_models`, then what they name: bands, measures, changes, policies. Arms
come out with their policies written out in full.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import fields
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel

from game.analysis.claim_models import (
    PLAYERS,
    Arm,
    Claim,
    ClaimFile,
    ClaimRow,
    ClaimsModel,
    Expected,
    SharedModel,
    Test,
    TestRow,
    misfit,
    smallest_that_counts,
    wanted_by,
)
from game.analysis.measures import MEASURES
from game.core.weights import Weights
from game.policies.notation import PolicyError, parse_policy
from game.policies.shelf import shipped_policies
from game.scenario.common import load_common
from game.scenario.diagnostics import Diagnostic, ScenarioError, did_you_mean, errors, listing
from game.scenario.guard import decode, read_bytes
from game.scenario.library import scenarios_dir, shipped
from game.scenario.load import load_scenario
from game.scenario.messages import dotted, kind_of, validate_model
from game.scenario.model import Scenario
from game.scenario.shelves import shown_path
from game.scenario.tree import Item, Lines, nearest, parse_tree
from game.scenario.variants import CHANGES, RULE_CHANGES

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
    shared = _shared()
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


def _shared() -> SharedModel:
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


def known_measure(text: str) -> bool:
    """Whether `name`, `name:number` or a pair `x~y` of such is a measure."""
    if text == "mutual_information":
        return True
    for part in text.split("~"):
        name, colon, number = part.partition(":")
        if name not in MEASURES or (colon and not re.fullmatch(r"\d+(\.\d+)?", number)):
            return False
    return text.count("~") < 2


# --- reading one file -----------------------------------------------------------------------------

_Where = tuple[str | int, ...]


class _Reader:
    """One file's second pass; complaints gather in `found`."""

    def __init__(self, path: Path, shared: SharedModel, ids: dict[str, str]) -> None:
        self.lines = Lines()
        self.shared = shared
        self.ids = ids
        self.model, self.root, self.found = _model_of(path, ClaimsModel, self.lines)
        own = self.model.policies if self.model is not None else {}
        self.lists: dict[str, list[str]] = {**shared.policies, **own}
        self.verbs = _verbs()

    def claims(self) -> list[Claim]:
        if self.model is None:
            return []
        return [self._claim(row, ("claims", i)) for i, row in enumerate(self.model.claims)]

    def _complain(self, code: str, where: _Where, message: str, expected: str, fix: str) -> None:
        assert self.root is not None
        item = nearest(self.root, where)
        self.found.append(
            self.lines.complaint(
                code, message, item.spot, field=dotted(where), expected=expected, fix=fix
            )
        )

    def _claim(self, row: ClaimRow, where: _Where) -> Claim:
        if not _ID.match(row.id):
            self._complain(
                "C005", (*where, "id"), f"“{row.id[:40]}” is not a claim's id",
                "a capital letter and two digits, such as T01", "number it within its section",
            )  # fmt: skip
        elif row.id in self.ids:
            self._complain(
                "C005", (*where, "id"), f"there are two claims “{row.id}”",
                "each id once", f"take a free number; the other one is in {self.ids[row.id]}",
            )  # fmt: skip
        else:
            assert self.root is not None
            self.ids[row.id] = self.root.file
        self._scenarios(row, where)
        tests: list[Test] = []
        if not row.pending or row.arms is not None:
            parts: list[TestRow] = list(row.tests) or [TestRow.model_validate({})]
            for k, part in enumerate(parts):
                here = (*where, "tests", k) if row.tests else where
                tests += self._tests(row, part, where, here, len(tests))
        return Claim(
            id=row.id,
            source=row.source,
            kind=row.kind,
            statement=row.claim,
            scenarios=tuple(row.scenarios) or None,
            tests=tuple(tests),
            pending=row.pending,
        )

    def _scenarios(self, row: ClaimRow, where: _Where) -> None:
        if not row.scenarios:
            return
        for i, name in enumerate(row.scenarios):
            if name not in shipped():
                self._complain(
                    "C006", (*where, "scenarios", i), f"there is no scenario “{name[:40]}”",
                    "one of " + listing(shipped()), did_you_mean(name, shipped(), "take another"),
                )  # fmt: skip
        if len(set(row.scenarios)) < _FEWEST_SCENARIOS:
            self._complain(
                "C006", (*where, "scenarios"), "a claim is held to at least three scenarios",
                "three scenarios or more", "name others, or leave the key out for the shared ones",
            )  # fmt: skip

    def _tests(
        self, row: ClaimRow, part: TestRow, outer: _Where, inner: _Where, before: int
    ) -> list[Test]:
        """The tests of one part: one for each of its measures."""

        def place(key: str) -> _Where:
            """Where a key was given: in the part itself, or in the claim around it."""
            given = getattr(part, "with_" if key == "with" else key) not in (None, {})
            return (*(inner if given else outer), key)

        expect = part.expect or row.expect or Expected()
        contrast = part.contrast or row.contrast or "arms"
        buyers = self._buyers(part.buyers or row.buyers, contrast, place("buyers"))
        arms = [
            (name, self._arm(raw, (*place("arms"), name)))
            for name, raw in (part.arms or row.arms or {"A": "NEUTRAL"}).items()
        ]
        self._changes(row.with_, (*outer, "with"))
        self._changes(part.with_, (*inner, "with"))
        measures = self._measures(part.measure or row.measure, place("measure"))
        self._shape(contrast, len(buyers), len(arms), measures, inner)
        changes = {**row.with_, **part.with_}
        return [
            Test(
                number=before + k + 1,
                measure=name,
                buyers=tuple(buyers),
                arms=tuple(arms),
                changes=changes,
                kind=expect.kind,
                delta=smallest_that_counts(name) if expect.delta is None else expect.delta,
                contrast=contrast,
            )
            for k, name in enumerate(measures)
        ]

    def _texts(self, value: Any, where: _Where, what: str) -> list[str]:
        """One text or a list of them."""
        texts = [value] if isinstance(value, str) else value
        if not isinstance(texts, list) or not texts or not all(isinstance(t, str) for t in texts):
            self._complain(
                "M003", where, f"“{where[-1]}” must be {what}, or a list of such",
                f"{what}, or a list of such", f"write “{where[-1]}: …”",
            )  # fmt: skip
            return []
        return texts

    def _buyers(self, value: Any, contrast: str, where: _Where) -> list[str]:
        if value is None:
            return ["ANY"]
        names = self._texts(value, where, "a band of buyers")
        if contrast.startswith("presets"):
            known: Iterable[str] = load_common("cultures.yaml")["cultures"]
        else:
            known = self.shared.bands
        for name in names:
            if name not in known:
                self._complain(
                    "C002", where, f"there is no band “{name[:40]}”",
                    "one of " + listing(known, 40), did_you_mean(name, known, "name one of these"),
                )  # fmt: skip
        return names

    def _measures(self, value: Any, where: _Where) -> list[str]:
        names = self._texts(value, where, "a measure")
        for name in names:
            if not known_measure(name):
                word = name.partition("~")[0].partition(":")[0]
                self._complain(
                    "C001", where, f"“{name[:60]}” is not a measure",
                    "name, name:number, or a pair x~y of such",
                    did_you_mean(word, MEASURES, "game/analysis/measures.py has them all"),
                )  # fmt: skip
        return names

    def _changes(self, changes: Any, where: _Where) -> None:
        """Every change of `with:` is known, and the first shared scenario can bear it."""
        if not isinstance(changes, dict):
            self._complain(
                "M003", where, "“with” must be a mapping of keys", "a mapping of keys",
                "write “with: {turns: 8}”",
            )  # fmt: skip
            return
        known = [*CHANGES, *RULE_CHANGES]
        for key, value in changes.items():
            if key not in known:
                self._complain(
                    "C003", (*where, key), f"“{key[:40]}” does not change a scenario",
                    "one of " + listing(known, 40), did_you_mean(key, known, "name one of these"),
                )  # fmt: skip
            elif value != "as_it_is" and not _bearable(key, value, self.shared.scenarios[0]):
                self._complain(
                    "C003", (*where, key), f"“{key}” cannot be set to {kind_of(value)}",
                    "a value of the form that its other uses have",
                    "game/scenario/variants.py says what each change takes",
                )  # fmt: skip

    def _shape(
        self, contrast: str, buyers: int, arms: int, measures: Sequence[str], where: _Where
    ) -> None:
        wrong = misfit(contrast, buyers, arms, measures)
        if wrong:
            self._complain(
                "C004", where, f"the contrast “{contrast}” cannot be drawn with {wrong}",
                wanted_by(contrast), "docs/claims.md says what each contrast compares",
            )  # fmt: skip

    def _arm(self, raw: Any, where: _Where) -> Arm:
        policy, changes = raw, {}
        if isinstance(raw, dict):
            for key in raw:
                if key not in ("policy", "with"):
                    self._complain(
                        "M001", (*where, key), f"“{key[:40]}” is not a key of an arm",
                        "one of policy, with", did_you_mean(key, ("policy", "with"), "remove it"),
                    )  # fmt: skip
            policy, changes = raw.get("policy", "NEUTRAL"), raw.get("with", {})
            where = (*where, "policy") if "policy" in raw else where
            self._changes(changes, (*where[:-1], "with"))
        texts = self._texts(policy, where, "a policy or its steps")
        if policy in PLAYERS or not texts:
            return Arm(texts[0] if texts else "random", changes)
        try:
            return Arm(self._written_out(policy), changes)
        except PolicyError as problem:
            choices = problem.choices
            self._complain(
                "P001", where, str(problem),
                "one of " + listing(choices, 40) if choices else "steps of a policy",
                did_you_mean(problem.word, choices, "docs/claims.md says how arms are written"),
            )  # fmt: skip
            return Arm((), changes)

    def _written_out(self, policy: str | list[str]) -> tuple[str, ...]:
        """The steps of a policy, each list in capitals replaced by its own; raises PolicyError."""
        known = {name.lower(): self._flat([name]) for name in self.lists}
        known = {**{k: list(v) for k, v in shipped_policies().items()}, **known}
        text = policy.lower() if isinstance(policy, str) else self._flat(policy)
        steps = parse_policy(text, known)
        for step in steps:
            if step.verb not in self.verbs:
                raise PolicyError(f"there is no move “{step.verb}”", step.verb, self.verbs)
        return tuple(str(step) for step in steps)

    def _flat(self, parts: Sequence[str], within: tuple[str, ...] = ()) -> list[str]:
        out: list[str] = []
        for part in parts:
            if part in self.lists:
                if part in within:
                    raise PolicyError(f"“{part}” stands within itself", part)
                out += self._flat(self.lists[part], (*within, part))
            elif part.isupper():
                raise PolicyError(f"there is no list of steps “{part}”", part, list(self.lists))
            else:
                out.append(part)
        return out


def _bearable(key: str, value: Any, scenario: str) -> bool:
    """Whether a change can be made with this value."""
    if key == "weights":
        names = {f.name for f in fields(Weights)}
        return isinstance(value, dict) and set(value) <= names
    if key in RULE_CHANGES:
        return isinstance(value, int | float) and 0 <= value <= 1
    try:
        CHANGES[key](_scenario(scenario), value)
    except (ValueError, TypeError, KeyError, AttributeError):
        return False
    return True


@cache
def _verbs() -> list[str]:
    return list(load_common("moves.yaml")["moves"])


@cache
def _scenario(name: str) -> Scenario:
    return load_scenario(name).scenario
