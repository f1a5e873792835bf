"""Claims: statements about behaviour as data, tested by Monte Carlo with common random numbers.

The test rule belongs to the kind (docs/claims.md): 2,000 episodes an arm for directions, 10,000
for nulls, one-sided 99 % bounds of paired differences. See decision 8 for the format.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import yaml

from game.analysis.judging import (
    Values,
    Verdict,
    bootstrap,
    correlation,
    crossing,
    difference,
    judge,
    monotone,
    ratio_of_means,
    ratio_of_ratios,
    resampled,
)
from game.analysis.measures import MEASURES, measure, resampled_information
from game.analysis.special import SPECIAL
from game.analysis.trace import Trace, traced
from game.core.rules import Rules
from game.core.weights import Weights, jittered
from game.policies.notation import parse_policy
from game.policies.scripted import Scripted
from game.policies.shelf import Seller, seller_for, shipped_policies
from game.scenario.library import scenarios_dir
from game.scenario.load import Loaded, load_scenario
from game.scenario.variants import variant

RUNS = 2_000
RUNS_NULL = 10_000
SEED = 90_000


@dataclass(frozen=True, slots=True)
class Test:
    """One comparison of a claim; everything it does not say it takes from the claim."""

    measure: str
    buyers: tuple[str, ...]
    arms: tuple[tuple[str, Any], ...]
    changes: Mapping[str, Any]
    kind: str
    delta: float
    contrast: str  # arms | bands | match | did | sweep | single | ratio | correlation | crossing


@dataclass(frozen=True, slots=True)
class Claim:
    id: str
    source: str
    kind: str
    statement: str
    scenarios: tuple[str, ...]
    tests: tuple[Test, ...]
    pending: str = ""


@dataclass(frozen=True, slots=True)
class ClaimFile:
    claims: tuple[Claim, ...]
    policies: Mapping[str, Sequence[str]]
    bands: Mapping[str, Mapping[str, Any]]
    changes: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Finding:
    """What one test of one claim came to in one scenario."""

    claim: str
    scenario: str
    measure: str
    buyers: str
    effect: float
    low: float
    high: float
    bound: float
    verdict: str  # pass | fail | pending

    @property
    def passed(self) -> bool:
        return self.verdict == "pass"


@dataclass(slots=True)
class Bench:
    """Plays and remembers: the same (scenario, changes, policy) is never played twice."""

    file: ClaimFile
    weights: Weights = field(default_factory=Weights)
    share: float = 1.0  # share of the episodes of the full test rule
    _loaded: dict[str, Loaded] = field(default_factory=dict)
    _traces: dict[str, Trace] = field(default_factory=dict)

    def trace(self, scenario: str, changes: Mapping[str, Any], arm: Any, runs: int) -> Trace:
        key = repr((scenario, sorted(changes.items(), key=str), arm, runs))
        if key not in self._traces:
            if len(self._traces) > 24:
                self._traces.pop(next(iter(self._traces)))
            self._traces[key] = traced(*self.at_table(scenario, changes, arm), SEED, runs)
        return self._traces[key]

    def at_table(self, scenario: str, changes: Mapping[str, Any], arm: Any) -> tuple[Rules, Seller]:
        """The rules of a changed scenario, and the seller of an arm that may bring changes too."""
        policy, own = arm, {}
        if isinstance(arm, Mapping):
            policy, own = arm.get("policy", "NEUTRAL"), arm.get("with", {})
        together = {**self.file.changes, **changes, **own}
        if scenario not in self._loaded:
            self._loaded[scenario] = load_scenario(scenario)
        together = {k: v for k, v in together.items() if v != "as_it_is"}
        rules = variant(self._loaded[scenario], together, self.weights).rules
        return rules, self._seller(rules, policy)

    def values(self, test: Test, scenario: str, band: str, arm: Any, runs: int) -> Values:
        """The test's measure of one arm with one band of buyers: (n,), or (2, n) for `a~b`."""
        changes = {**dict(self.file.bands.get(band, {})), **test.changes}
        trace = self.trace(scenario, changes, arm, runs)
        if test.measure == "mutual_information":
            return resampled_information(trace, 200)
        if "~" in test.measure:
            first, second = test.measure.split("~")
            return np.stack([measure(trace, first), measure(trace, second)])
        return measure(trace, test.measure)

    def _seller(self, rules: Rules, policy: Any) -> Seller:
        if policy in ("random",):
            return seller_for(rules, policy)
        known = {**shipped_policies(), **{k.lower(): v for k, v in self.file.policies.items()}}
        text = policy.lower() if isinstance(policy, str) else self._written_out(policy)
        return Scripted(rules, parse_policy(text, known))

    def _written_out(self, steps: Sequence[str]) -> list[str]:
        """Steps of an arm; a shared list named in capitals among them stands for its own steps."""
        out: list[str] = []
        for part in steps:
            shared = self.file.policies.get(part)
            out += [part] if shared is None else self._written_out(shared)
        return out


def claims_dir() -> Path:
    return scenarios_dir() / "claims"


def read_claims(paths: Iterable[Path] | None = None) -> ClaimFile:
    """Read claim files; shared policies and bands come from the shipped `common.yaml`."""
    shared = yaml.safe_load((claims_dir() / "common.yaml").read_text(encoding="utf-8"))
    every = [path for path in sorted(claims_dir().glob("*.yaml")) if path.stem != "common"]
    chosen = list(paths) if paths is not None else every
    policies, claims = dict(shared["policies"]), []
    for path in chosen:
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
        policies.update(data.get("policies", {}))
        claims += [_claim(raw, shared) for raw in data["claims"]]
    return ClaimFile(tuple(claims), policies, shared["bands"], shared["with"])


def _claim(raw: Mapping[str, Any], shared: Mapping[str, Any]) -> Claim:
    tests = []
    for part in raw.get("tests", [{}]):
        merged = {**raw, **part}
        expect = merged.get("expect", {})
        measures = merged.get("measure", [])
        changes = {**raw.get("with", {}), **part.get("with", {})}
        for name in [measures] if isinstance(measures, str) else measures:
            tests.append(
                Test(
                    measure=name,
                    buyers=tuple(_listed(merged.get("buyers", ["ANY"]))),
                    arms=tuple(merged.get("arms", {"A": "NEUTRAL"}).items()),
                    changes=changes,
                    kind=expect.get("kind", "greater"),
                    delta=float(expect.get("delta", _delta(name))),
                    contrast=merged.get("contrast", "arms"),
                )
            )
    return Claim(
        id=raw["id"],
        source=raw["source"],
        kind=raw["kind"],
        statement=raw["claim"],
        scenarios=tuple(raw.get("scenarios", shared["scenarios"])),
        tests=tuple(tests),
        pending=raw.get("pending", ""),
    )


def _listed(value: Any) -> list[str]:
    return [value] if isinstance(value, str) else list(value)


_PROBABILITIES = ("deal", "walkaway", "second_turn", "price_asked", "answered", "stays",
                  "would_stay", "renew", "relationship", "disclosed", "hint_right")  # fmt: skip


def _delta(name: str) -> float:
    """The smallest difference that counts, by the kind of measure (CLAIMS test rule)."""
    if name.startswith(_PROBABILITIES):
        return 0.03
    if name.startswith(("turns", "turn")):
        return 0.5
    if name.startswith("facts"):
        return 0.25
    return 0.02


def run_test(bench: Bench, claim: Claim, test: Test, scenario: str) -> list[Finding]:
    """The findings of one test in one scenario: one, or one a band.

    Contrasts over two bands take the arm of the same place for each where more than one is given
    (`bands`: one each; `did`: two each), so that each buyer may meet the seller that suits him.
    """
    runs = max(200, int((RUNS_NULL if test.kind == "null" else RUNS) * bench.share))
    bands, arms = list(test.buyers), [arm for _, arm in test.arms]
    name = " vs ".join(bands)

    def finding(label: str, verdict: Verdict) -> Finding:
        measure_name, _, label = label.rpartition("|")
        return Finding(
            claim.id, scenario, measure_name or test.measure, label, *verdict[:4],
            "pass" if verdict.passed else "fail",
        )  # fmt: skip

    def values(band: str, arm: Any) -> Values:
        return bench.values(test, scenario, band, arm, runs)

    def judged(diff: Values) -> Verdict:
        return judge(test.kind, test.delta, diff)

    contrast = test.contrast
    if contrast in SPECIAL:
        return [finding(*one) for one in SPECIAL[contrast](bench, test, scenario, runs)]
    if contrast == "arms":
        pairs = [(b, difference(values(b, arms[0]), values(b, arms[1]))) for b in bands]
        return [finding(band, judged(diff)) for band, diff in pairs]
    if contrast == "single":
        return [finding(b, judged(values(b, arms[0]))) for b in bands]
    if contrast in ("bands", "match"):
        sides = [values(bands[0], arms[0]), values(bands[1], arms[-1])]
        if test.measure == "mutual_information":
            return [finding(name, resampled(test.delta, *sides))]
        return [finding(name, judged(difference(*sides)))]
    if contrast == "did":
        first = difference(values(bands[0], arms[0]), values(bands[0], arms[1]))
        second = difference(values(bands[1], arms[-2]), values(bands[1], arms[-1]))
        size = min(first.size, second.size)
        return [finding(name, judged(first[:size] - second[:size]))]
    if contrast == "ratio":
        if "~" in test.measure:  # first against second measure instead of one arm against another
            met = zip(bands, arms if len(arms) > 1 else arms * len(bands), strict=True)
            sides = [side for band, arm in met for side in values(band, arm)]
        else:
            sides = [values(band, arm) for band in bands for arm in arms]
        statistic = ratio_of_means if len(sides) == 2 else ratio_of_ratios
        return [finding(name, bootstrap(test.delta, sides, statistic))]
    if contrast == "sweep":
        many = [(band, arm) for band in bands for arm in arms]
        return [finding(name, monotone(test.kind, test.delta, [values(*one) for one in many]))]
    if contrast == "crossing":
        one, two = ([values(band, arm) for band in bands] for arm in arms)
        return [finding(name, crossing(one, two))]
    assert contrast == "correlation", contrast
    pooled = [np.concatenate([values(b, arm) for arm in arms], axis=1) for b in bands]
    found = zip(bands, pooled, strict=True)
    return [finding(band, correlation(test.delta, pair)) for band, pair in found]


def run_claims(
    file: ClaimFile,
    only: Sequence[str] = (),
    scenarios: Sequence[str] = (),
    weights: Weights | None = None,
    share: float = 1.0,
) -> list[Finding]:
    """All findings of the chosen claims (all by default), in file order."""
    bench = Bench(file, weights or Weights(), share)
    found: list[Finding] = []
    for claim in file.claims:
        if only and claim.id not in only:
            continue
        if claim.pending:
            found.append(Finding(claim.id, "-", "-", "-", *(float("nan"),) * 4, "pending"))
            continue
        for scenario in claim.scenarios:
            if scenarios and scenario not in scenarios:
                continue
            for test in claim.tests:
                found += run_test(bench, claim, test, scenario)
    return found


def jitter_weights(draw: int) -> Weights:
    """The weights of joint draw `draw` (0, 1, …): each times its own U(.8, 1.2)."""
    return jittered(Weights(), 7_000 + draw)


def known_measure(text: str) -> bool:
    return (
        all(part.partition(":")[0] in MEASURES for part in text.split("~"))
        or text == "mutual_information"
    )
