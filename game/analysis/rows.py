"""Rows of experiments, in claim files and in scenarios: from keys to tests, with complaints.

A row says who plays (`arms`), at which table (`with`), with whom (`buyers`), and what is measured
(decision 8). What it names must exist: bands, measures, changes, policies. Arms come out with their
policies written out in full.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from functools import cache
from typing import Any

from game.analysis.claim_models import (
    Arm,
    Test,
    misfit,
    smallest_that_counts,
    wanted_by,
)
from game.analysis.measures import MEASURES, known_measure
from game.core.weights import Weights
from game.policies.notation import PolicyError, parse_policy
from game.policies.shelf import UNSCRIPTED, no_such_seller, shipped_policies
from game.scenario.data import load_common
from game.scenario.diagnostics import Diagnostic, did_you_mean, listing
from game.scenario.messages import dotted, kind_of
from game.scenario.model import Expected, Experiment, Scenario
from game.scenario.tree import Item, Lines, Path, nearest
from game.scenario.variants import CHANGES, RULE_CHANGES

_STEPWISE = ("rises", "monotone", "falls")  # kinds for a sweep, and for nothing else
_JUDGED = ("arms", "bands", "did", "single", "sweep")  # contrasts that are held to their kind


@dataclass(slots=True)
class Rows:
    """Reads rows of one file; complaints gather in `found`.

    `bands` are the known bands of buyers, `lists` the lists of steps that arms may name in
    capitals, and `table` gives a scenario that the changes of `with:` are tried on.
    """

    root: Item
    lines: Lines
    bands: Mapping[str, Mapping[str, Any]]
    lists: Mapping[str, Sequence[str]]
    table: Callable[[], Scenario]
    found: list[Diagnostic] = field(default_factory=list)
    own: Mapping[str, Sequence[str]] = field(default_factory=dict)  # sellers of the file's pack

    def complain(self, code: str, where: Path, message: str, expected: str, fix: str) -> None:
        item = nearest(self.root, where)
        self.found.append(
            self.lines.complaint(
                code, message, item.spot, field=dotted(where), expected=expected, fix=fix
            )
        )

    def tests(
        self, row: Experiment, part: Experiment, outer: Path, inner: Path, before: int = 0
    ) -> list[Test]:
        """The tests of one part of a row: one for each of its measures, numbered after `before`.

        What the part does not give it takes from the row; `outer` and `inner` are their places.
        """

        def place(key: str) -> Path:
            """Where a key was given: in the part itself, or in the row around it."""
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
        self._shape(contrast, expect.kind, len(buyers), len(arms), measures, inner)
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

    def _texts(self, value: Any, where: Path, what: str) -> list[str]:
        """One text or a list of them."""
        texts = [value] if isinstance(value, str) else value
        if not isinstance(texts, list) or not texts or not all(isinstance(t, str) for t in texts):
            self.complain(
                "M003", where, f"“{where[-1]}” must be {what}, or a list of such",
                f"{what}, or a list of such", f"write “{where[-1]}: …”",
            )  # fmt: skip
            return []
        return texts

    def _buyers(self, value: Any, contrast: str, where: Path) -> list[str]:
        if value is None:
            return ["ANY"]
        names = self._texts(value, where, "a band of buyers")
        if contrast.startswith("presets"):
            known: Iterable[str] = load_common("cultures.yaml")["cultures"]
        else:
            known = self.bands
        for name in names:
            if name not in known:
                self.complain(
                    "C002", where, f"there is no band “{name[:40]}”",
                    "one of " + listing(known, 40), did_you_mean(name, known, "name one of these"),
                )  # fmt: skip
        return names

    def _measures(self, value: Any, where: Path) -> list[str]:
        names = self._texts(value, where, "a measure")
        for name in names:
            if not known_measure(name):
                word = name.partition("~")[0].partition(":")[0]
                self.complain(
                    "C001", where, f"“{name[:60]}” is not a measure",
                    "name, name:number, or a pair x~y of such",
                    did_you_mean(word, MEASURES, "game/analysis/measures.py has them all"),
                )  # fmt: skip
        return names

    def _changes(self, changes: Any, where: Path) -> None:
        """Every change of `with:` is known, and the table can bear it."""
        if not isinstance(changes, dict):
            self.complain(
                "M003", where, "“with” must be a mapping of keys", "a mapping of keys",
                "write “with: {turns: 8}”",
            )  # fmt: skip
            return
        known = [*CHANGES, *RULE_CHANGES]
        for key, value in changes.items():
            if key not in known:
                self.complain(
                    "C003", (*where, key), f"“{key[:40]}” does not change a scenario",
                    "one of " + listing(known, 40), did_you_mean(key, known, "name one of these"),
                )  # fmt: skip
            elif value != "as_it_is" and not bearable(key, value, self.table()):
                self.complain(
                    "C003", (*where, key), f"“{key}” cannot be set to {kind_of(value)}",
                    "a value of the form that its other uses have",
                    "game/scenario/variants.py says what each change takes",
                )  # fmt: skip

    def _shape(
        self,
        contrast: str,
        kind: str,
        buyers: int,
        arms: int,
        measures: Sequence[str],
        where: Path,
    ) -> None:
        wrong = misfit(contrast, buyers, arms, measures)
        if not wrong and contrast in _JUDGED and (kind in _STEPWISE) != (contrast == "sweep"):
            wrong = f"“{kind}”"
        if wrong:
            self.complain(
                "C004", where, f"the contrast “{contrast}” cannot be drawn with {wrong}",
                wanted_by(contrast), "docs/claims.md says what each contrast compares",
            )  # fmt: skip

    def _arm(self, raw: Any, where: Path) -> Arm:
        policy, changes = raw, {}
        if isinstance(raw, dict):
            for key in raw:
                if key not in ("policy", "with"):
                    self.complain(
                        "M001", (*where, key), f"“{key[:40]}” is not a key of an arm",
                        "one of policy, with", did_you_mean(key, ("policy", "with"), "remove it"),
                    )  # fmt: skip
            policy, changes = raw.get("policy", "NEUTRAL"), raw.get("with", {})
            where = (*where, "policy") if "policy" in raw else where
            self._changes(changes, (*where[:-1], "with"))
        texts = self._texts(policy, where, "a policy or its steps")
        if policy in UNSCRIPTED or not texts:
            return Arm(texts[0] if texts else "random", changes)
        try:
            return Arm(self._written_out(policy), changes)
        except PolicyError as problem:
            unknown = no_such_seller(policy, problem, self.own, _verbs())
            if unknown is not None:
                self.complain("P001", where, *unknown)
                return Arm((), changes)
            choices = problem.choices
            self.complain(
                "P001", where, str(problem),
                "one of " + listing(choices, 40) if choices else "steps of a policy",
                did_you_mean(problem.word, choices, "docs/claims.md says how arms are written"),
            )  # fmt: skip
            return Arm((), changes)

    def _written_out(self, policy: str | list[str]) -> tuple[str, ...]:
        """The steps of a policy, each list in capitals replaced by its own; raises PolicyError."""
        known = {name.lower(): self._flat([name]) for name in self.lists}
        shipped = {**shipped_policies(), **self.own}
        known = {**{k: list(v) for k, v in shipped.items()}, **known}
        text = policy.lower() if isinstance(policy, str) else self._flat(policy)
        steps = parse_policy(text, known)
        for step in steps:
            if step.verb not in _verbs():
                raise PolicyError(f"there is no move “{step.verb}”", step.verb, _verbs())
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


def bearable(key: str, value: Any, scenario: Scenario) -> bool:
    """Whether a change can be made with this value."""
    if key == "weights":
        names = {f.name for f in fields(Weights)}
        return isinstance(value, dict) and set(value) <= names
    if key in RULE_CHANGES:
        return isinstance(value, int | float) and 0 <= value <= 1
    try:
        CHANGES[key](scenario, value)
    except (ValueError, TypeError, KeyError, AttributeError):
        return False
    return True


@cache
def _verbs() -> list[str]:
    return list(load_common("moves.yaml")["moves"])
