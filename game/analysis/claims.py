"""Claims: statements about behaviour as data, tested by Monte Carlo with common random numbers.

The test rule belongs to the kind (docs/claims.md): 2,000 episodes an arm for directions, 10,000
for nulls, one-sided 99 % bounds of paired differences. See decision 8 for the format.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from game.analysis.bench import Bench
from game.analysis.claim_models import Arm, Claim, ClaimFile, Test
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
from game.analysis.special import SPECIAL
from game.analysis.strong import SURVEYED, TOGETHER, WEIGHED, tuned
from game.core.weights import Weights, jittered
from game.policies.shelf import LOOKAHEAD

RUNS = 2_000
RUNS_NULL = 10_000
RUNS_STRONG = 120  # where the strong seller plays; his one move takes as long as a thousand games
PAIRED = ("arms", "bands", "did", "single")  # contrasts that are means of a number an episode
_CONTRASTS = {**SPECIAL, **WEIGHED, "tuned": tuned}


@dataclass(frozen=True, slots=True)
class Finding:
    """What one test of one claim came to in one scenario, with one band or pair of bands."""

    claim: str
    test: int  # number of the test within its claim
    scenario: str
    measure: str
    buyers: str
    effect: float
    low: float
    high: float
    bound: float
    rule: str  # how effect and bound are held against each other: a kind, `steps` or `equal`
    passed: bool


# Contrasts whose rule is their own, whatever kind a row gives.
_RULES = {
    "ratio": "above", "correlation": "above", "odds": "above", "crossing": "steps",
    "same_trace": "equal", "same_chunks": "equal",
}  # fmt: skip


def episodes(test: Test, share: float = 1.0) -> int:
    """Episodes an arm by the test rule, unless the test has a number of its own."""
    if _plays_best(test):
        return max(20, int((test.runs or RUNS_STRONG) * share))
    return max(200, int((test.runs or (RUNS_NULL if test.kind == "null" else RUNS)) * share))


def _plays_best(test: Test) -> bool:
    return any(arm.policy == LOOKAHEAD for _, arm in test.arms)


def strong(claim: Claim) -> bool:
    """Whether a claim weighs moves or lets the strong seller play."""
    return any(test.contrast in WEIGHED or _plays_best(test) for test in claim.tests)


def surveyed(claim: Claim) -> bool:
    """Whether a claim reads the surveys that others read too."""
    return any(test.contrast in SURVEYED for test in claim.tests)


def paired(test: Test, values: Callable[[str, Arm], Values]) -> list[tuple[str, Values]]:
    """What a contrast of `PAIRED` judges: a number an episode, one array for each finding.

    `values` gives the measure of an arm with a band.
    """
    bands, arms = list(test.buyers), [arm for _, arm in test.arms]
    if test.contrast == "arms":
        return [(b, difference(values(b, arms[0]), values(b, arms[1]))) for b in bands]
    if test.contrast == "single":
        return [(b, values(b, arms[0])) for b in bands]
    name = " vs ".join(bands)
    if test.contrast == "bands":
        return [(name, difference(values(bands[0], arms[0]), values(bands[1], arms[-1])))]
    assert test.contrast == "did", test.contrast
    first = difference(values(bands[0], arms[0]), values(bands[0], arms[1]))
    second = difference(values(bands[1], arms[-2]), values(bands[1], arms[-1]))
    size = min(first.size, second.size)
    return [(name, first[:size] - second[:size])]


def run_test(bench: Bench, claim: Claim, test: Test, scenario: str) -> list[Finding]:
    """The findings of one test in one scenario: one, or one a band.

    Contrasts over two bands take the arm of the same place for each where more than one is given
    (`bands`: one each; `did`: two each), so that each buyer may meet the seller that suits him.
    """
    runs = episodes(test, bench.share)
    bands, arms = list(test.buyers), [arm for _, arm in test.arms]
    name = " vs ".join(bands)

    def finding(label: str, verdict: Verdict) -> Finding:
        measure_name, _, label = label.rpartition("|")
        return Finding(
            claim.id, test.number, scenario, measure_name or test.measure, label,
            *verdict[:4], _RULES.get(test.contrast, test.kind), verdict.passed,
        )  # fmt: skip

    def values(band: str, arm: Arm) -> Values:
        return bench.values(test, scenario, band, arm, runs)

    contrast = test.contrast
    if contrast in _CONTRASTS:
        return [finding(*one) for one in _CONTRASTS[contrast](bench, test, scenario, runs)]
    if contrast == "bands" and test.measure == "mutual_information":
        sides = [values(bands[0], arms[0]), values(bands[1], arms[-1])]
        return [finding(name, resampled(test.delta, *sides))]
    if contrast in PAIRED:
        pairs = paired(test, values)
        return [finding(label, judge(test.kind, test.delta, diff)) for label, diff in pairs]
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


def run_claim(bench: Bench, claim: Claim, scenario: str) -> list[Finding]:
    """The findings of all tests of a claim in one scenario."""
    return [found for test in claim.tests for found in run_test(bench, claim, test, scenario)]


def tables(
    file: ClaimFile, only: Sequence[str] = (), scenarios: Sequence[str] = ()
) -> Iterator[tuple[Claim, str]]:
    """What there is to be run: each claim with each scenario that it is held to.

    `only` names claims; `scenarios` takes the place of the shared ones, while a claim that names
    its own scenarios is held to none besides. A pending claim has nothing to run, and one that
    speaks of all its scenarios at once is run in the first.
    """
    for claim in file.claims:
        if claim.pending or (only and claim.id not in only):
            continue
        held_to = file.scenarios_of(claim)
        if scenarios:
            own = claim.scenarios
            held_to = tuple(s for s in scenarios if own is None or s in own)
        together = any(test.contrast in TOGETHER for test in claim.tests)
        for scenario in held_to[:1] if together else held_to:
            yield claim, scenario


def run_claims(
    file: ClaimFile,
    only: Sequence[str] = (),
    scenarios: Sequence[str] = (),
    weights: Weights | None = None,
    share: float = 1.0,
) -> list[Finding]:
    """All findings of the chosen claims (all by default), in file order, in this process."""
    bench = Bench(file, weights or Weights(), share)
    chosen = tables(file, only, scenarios)
    return [found for claim, scenario in chosen for found in run_claim(bench, claim, scenario)]


def jitter_weights(draw: int) -> Weights:
    """The weights of joint draw `draw` (0, 1, …): each times its own U(.8, 1.2)."""
    return jittered(Weights(), 7_000 + draw)
