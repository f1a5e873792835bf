"""Claims: statements about behaviour as data, tested by Monte Carlo with common random numbers.

The test rule belongs to the kind (docs/claims.md): 2,000 episodes an arm for directions, 10,000 for nulls,
one-sided 99 % bounds of paired differences. See decision 8 for the format.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import yaml
from numpy.typing import NDArray

from game.analysis.measures import MEASURES, measure, mutual_information
from game.analysis.trace import Trace, traced
from game.core.weights import Weights, jittered
from game.policies.notation import parse_policy
from game.policies.scripted import Scripted
from game.policies.shelf import seller_for, shipped_policies
from game.scenario.library import scenarios_dir
from game.scenario.load import Loaded, load_scenario
from game.scenario.variants import variant

RUNS = 2_000
RUNS_NULL = 10_000
SEED = 90_000
_Z99 = 2.3263  # one-sided 99 %
_Z99_TWO = 2.5758
_BOOTSTRAP = 400

Values = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Test:
    """One comparison of a claim; everything it does not say it takes from the claim."""

    measure: str
    buyers: tuple[str, ...]
    arms: tuple[tuple[str, Any], ...]
    changes: Mapping[str, Any]
    kind: str
    delta: float
    contrast: str  # arms | bands | did | sweep | single | correlation


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
        policy, own = arm, {}
        if isinstance(arm, Mapping):
            policy, own = arm.get("policy", "NEUTRAL"), arm.get("with", {})
        together = {**self.file.changes, **changes, **own}
        key = repr((scenario, sorted(together.items(), key=str), policy, runs))
        if key not in self._traces:
            if len(self._traces) > 24:
                self._traces.pop(next(iter(self._traces)))
            if scenario not in self._loaded:
                self._loaded[scenario] = load_scenario(scenario)
            together = {k: v for k, v in together.items() if v != "as_it_is"}
            table = variant(self._loaded[scenario], together, self.weights)
            self._traces[key] = traced(table.rules, self._seller(table.rules, policy), SEED, runs)
        return self._traces[key]

    def _seller(self, rules: Any, policy: Any) -> Any:
        if policy in ("random",):
            return seller_for(rules, policy)
        known = {**shipped_policies(), **{k.lower(): v for k, v in self.file.policies.items()}}
        text = policy.lower() if isinstance(policy, str) else policy
        return Scripted(rules, parse_policy(text, known))


def claims_dir() -> Path:
    return scenarios_dir() / "claims"


def read_claims(paths: Iterable[Path] | None = None) -> ClaimFile:
    """Read claim files; shared policies and bands come from `common.yaml` beside the shipped ones."""
    shared = yaml.safe_load((claims_dir() / "common.yaml").read_text(encoding="utf-8"))
    chosen = list(paths) if paths is not None else sorted(claims_dir().glob("[!c]*.yaml"))
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
                  "would_stay", "renewed", "relationship", "disclosed", "hint_right")  # fmt: skip


def _delta(name: str) -> float:
    """The smallest difference that counts, by the kind of measure (CLAIMS test rule)."""
    if name.startswith(_PROBABILITIES):
        return 0.03
    if name.startswith(("turns", "turn")):
        return 0.5
    if name.startswith("facts"):
        return 0.25
    return 0.02


def _mean_bound(values: Values) -> tuple[float, float, float, float]:
    """Mean, 99 % interval, and standard error, NaN left out."""
    kept = values[~np.isnan(values)]
    if kept.size < 2:
        return float("nan"), float("nan"), float("nan"), float("nan")
    mean = float(kept.mean())
    se = float(kept.std(ddof=1) / np.sqrt(kept.size))
    return mean, mean - _Z99_TWO * se, mean + _Z99_TWO * se, se


def _difference(a: Values, b: Values) -> Values:
    """Paired differences where both apply; means of each side where they seldom do together."""
    both = ~np.isnan(a) & ~np.isnan(b)
    if both.sum() >= min(200, a.size // 4):
        out: Values = (a - b)[both]
        return out
    left, right = a[~np.isnan(a)], b[~np.isnan(b)]
    if not left.size or not right.size:
        return np.full(2, np.nan)
    size = min(left.size, right.size)
    centred = (left[:size] - left[:size].mean()) - (right[:size] - right[:size].mean())
    out = centred + (left.mean() - right.mean())
    return out


def run_test(bench: Bench, claim: Claim, test: Test, scenario: str) -> list[Finding]:
    """The findings of one test in one scenario: one, or one a band."""
    null = test.kind == "null"
    runs = max(200, int((RUNS_NULL if null else RUNS) * bench.share))

    def values(band: str, arm: Any) -> Values:
        changes = {**dict(bench.file.bands.get(band, {})), **test.changes}
        trace = bench.trace(scenario, changes, arm, runs)
        if test.measure == "mutual_information":
            return np.array([mutual_information(trace)] * 2)
        if "~" in test.measure:
            first, second = test.measure.split("~")
            return np.stack([measure(trace, first), measure(trace, second)])
        return measure(trace, test.measure)

    def finding(band: str, effect: float, low: float, high: float, bound: float, ok: bool) -> Finding:
        return Finding(
            claim.id, scenario, test.measure, band, effect, low, high, bound, "pass" if ok else "fail"
        )

    arms = [arm for _, arm in test.arms]
    bands = list(test.buyers)
    name = " vs ".join(bands)
    if test.contrast == "arms":
        out = []
        for band in bands:
            diff = _difference(values(band, arms[0]), values(band, arms[1]))
            out.append(finding(band, *_judge(test, diff)))
        return out
    if test.contrast == "bands":
        diff = _difference(values(bands[0], arms[0]), values(bands[1], arms[0]))
        return [finding(name, *_judge(test, diff))]
    if test.contrast == "did":
        one = _difference(values(bands[0], arms[0]), values(bands[0], arms[1]))
        two = _difference(values(bands[1], arms[0]), values(bands[1], arms[1]))
        size = min(one.size, two.size)
        return [finding(name, *_judge(test, one[:size] - two[:size]))]
    if test.contrast == "single":
        return [finding(b, *_judge(test, values(b, arms[0]))) for b in bands]
    if test.contrast == "ratio":
        return [_ratio(finding, test, values, bands, arms)]
    if test.contrast == "sweep":
        points = (
            [values(band, arms[0]) for band in bands]
            if len(bands) > 1
            else [values(bands[0], arm) for arm in arms]
        )
        return [finding(name, *_monotone(test, points))]
    if test.contrast == "crossing":
        return [finding(name, *_crossing(values, bands, arms))]
    assert test.contrast == "correlation", test.contrast
    return [finding(b, *_correlation(test, values(b, arms[0]), bench)) for b in bands]


def _judge(test: Test, diff: Values) -> tuple[float, float, float, float, bool]:
    mean, low, high, se = _mean_bound(diff)
    one = mean - _Z99 * se
    if np.isnan(mean):
        return mean, low, high, test.delta, False
    ok = {
        "greater": one > test.delta,
        "positive": one > 0,
        "at_least": one > -test.delta,
        "null": low > -test.delta and high < test.delta,
        "below": mean + _Z99 * se < test.delta,
        "less": mean + _Z99 * se < -test.delta,
        "at_most": mean + _Z99 * se < test.delta,
        "above": one > test.delta,
    }[test.kind]
    return mean, low, high, test.delta, bool(ok)


def _monotone(test: Test, points: list[Values]) -> tuple[float, float, float, float, bool]:
    """Each step at least -delta/2 and end to end more than delta; `falls` turns the sign."""
    sign = -1.0 if test.kind == "falls" else 1.0
    means = [sign * float(np.nanmean(p)) for p in points]
    steps = [b - a for a, b in zip(means, means[1:], strict=False)]
    total, low, high, _ = _mean_bound(sign * _difference(points[-1], points[0]))
    ok = min(steps) >= -test.delta / 2 and low > test.delta
    return total, low, high, test.delta, ok


def _ratio(
    finding: Any, test: Test, values: Any, bands: list[str], arms: list[Any]
) -> Finding:
    """mean(A)/mean(B) over arms (one band), or the ratio of such ratios over two bands."""
    rng = np.random.default_rng(SEED)
    sides = [[values(band, arm) for arm in arms] for band in bands]

    def ratio(pair: list[Values], pick: Any) -> float:
        top, bottom = (float(np.nanmean(v[pick] if pick is not None else v)) for v in pair)
        return top / max(bottom, 1e-3)

    def whole(pick: Any) -> float:
        first = ratio(sides[0], pick)
        return first if len(sides) == 1 else first / max(ratio(sides[1], pick), 1e-3)

    n = sides[0][0].shape[0]
    draws = np.array([whole(rng.integers(0, n, n)) for _ in range(_BOOTSTRAP)])
    low, high = float(np.quantile(draws, 0.01)), float(np.quantile(draws, 0.99))
    found: Finding = finding(" vs ".join(bands), whole(None), low, high, test.delta, low > test.delta)
    return found


def _correlation(test: Test, pair: Values, bench: Bench) -> tuple[float, float, float, float, bool]:
    keep = ~np.isnan(pair).any(axis=0)
    x, y = pair[:, keep]
    if x.size < 30 or x.std() == 0 or y.std() == 0:
        return float("nan"), float("nan"), float("nan"), test.delta, False
    r = float(np.corrcoef(x, y)[0, 1])
    spread = 1.0 / np.sqrt(x.size - 3)
    z = np.arctanh(r)
    low, high = (float(np.tanh(z + s * _Z99 * spread)) for s in (-1, 1))
    return r, low, high, test.delta, low > test.delta


def _crossing(
    values: Any, bands: list[str], arms: list[Any]
) -> tuple[float, float, float, float, bool]:
    """Over a sweep of bands: no step of either arm above .2, and exactly one change of leader."""
    a = [float(np.nanmean(values(band, arms[0]))) for band in bands]
    b = [float(np.nanmean(values(band, arms[1]))) for band in bands]
    steps = [abs(y - x) for arm in (a, b) for x, y in zip(arm, arm[1:], strict=False)]
    lead = [x > y for x, y in zip(a, b, strict=True)]
    changes = sum(x != y for x, y in zip(lead, lead[1:], strict=False))
    worst = max(steps)
    return worst, min(steps), worst, 0.2, worst <= 0.2 and changes == 1


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
    return all(
        part.partition(":")[0] in MEASURES for part in text.split("~")
    ) or text == "mutual_information"
