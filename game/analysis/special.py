"""Contrasts that need more than two arms or two buyers: controls, presets, factorial designs.

Each is a function (bench, test, scenario, runs) -> [(label, verdict)]; a label may begin with
`measure|`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields, replace
from functools import cache
from typing import Any

import numpy as np
import yaml

from game.analysis.bench import Bench
from game.analysis.claim_models import Test
from game.analysis.judging import Values, Verdict, bootstrap, difference, judge, odds_ratio
from game.core.chance import keys_of
from game.core.state import State
from game.policies.run import play
from game.scenario.library import common_path

Labelled = list[tuple[str, Verdict]]
Special = Callable[[Bench, Test, str, int], Labelled]


def _exact(share: float) -> Verdict:
    """A verdict about identity: the share of what is equal, which has to be all of it."""
    return Verdict(share, share, share, 1.0, share == 1.0)


def _values(bench: Bench, test: Test, scenario: str, band: str, runs: int) -> list[Values]:
    return [bench.values(test, scenario, band, arm, runs) for _, arm in test.arms]


def main_effects(bench: Bench, test: Test, scenario: str, runs: int) -> Labelled:
    """Both main effects of a 2 x 2 design.

    Arms in the order high skill matched, high skill mismatched, low matched, low mismatched.
    """
    out: Labelled = []
    for band in test.buyers:
        both, skill, fit, neither = _values(bench, test, scenario, band, runs)
        first = (both + skill - fit - neither) / 2
        second = (both + fit - skill - neither) / 2
        out.append((f"{band} skill", judge(test.kind, test.delta, first)))
        out.append((f"{band} delivery", judge(test.kind, test.delta, second)))
    return out


def share_best(bench: Bench, test: Test, scenario: str, runs: int) -> Labelled:
    """Share of draws in which the first arm does strictly better than every other."""
    out: Labelled = []
    for band in test.buyers:
        first, *others = _values(bench, test, scenario, band, runs)
        best = np.all([first > other + 1e-6 for other in others], axis=0)
        out.append((band, judge(test.kind, test.delta, best.astype(np.float64))))
    return out


def swing(bench: Bench, test: Test, scenario: str, runs: int) -> Labelled:
    """How far A falls below C against how far B rises above it: (C - A) - (B - C)."""
    out: Labelled = []
    for band in test.buyers:
        a, b, c = _values(bench, test, scenario, band, runs)
        out.append((band, judge(test.kind, test.delta, (c - a) - (b - c))))
    return out


def odds(bench: Bench, test: Test, scenario: str, runs: int) -> Labelled:
    """Odds of the measured event missing under B, as a multiple of those under A."""
    out: Labelled = []
    for band in test.buyers:
        a, b = _values(bench, test, scenario, band, runs)
        out.append((band, bootstrap(test.delta, [a, b], odds_ratio)))
    return out


def within(bench: Bench, test: Test, scenario: str, runs: int) -> Labelled:
    """The second measure of a `first~second` pair against the first, in the same episodes."""
    out: Labelled = []
    for band in test.buyers:
        for label, arm in test.arms:
            first, second = bench.values(test, scenario, band, arm, runs)
            verdict = judge(test.kind, test.delta, difference(second, first))
            out.append((f"{band} {label}", verdict))
    return out


@cache
def _presets() -> Mapping[str, Mapping[str, Any]]:
    text = common_path("cultures.yaml").read_text(encoding="utf-8")
    presets: Mapping[str, Mapping[str, Any]] = yaml.safe_load(text)["cultures"]
    return presets


def _drawn(bench: Bench, test: Test, scenario: str, code: str, runs: int) -> Values:
    """Diffuseness of buyers drawn from a country's preset, (n,)."""
    preset = _presets()[code]
    spread = {"d": {"mean": preset["mean"], "sd": preset["sd"]}}
    measured = replace(test, changes={**test.changes, **spread})
    return bench.values(measured, scenario, "ANY", test.arms[0][1], runs)


def _poles(test: Test) -> tuple[list[str], list[str]]:
    """The buyers of a preset test: the first half against the second."""
    half = len(test.buyers) // 2
    return list(test.buyers[:half]), list(test.buyers[half:])


def presets_order(bench: Bench, test: Test, scenario: str, runs: int) -> Labelled:
    """Each preset of the second half has a higher mean than each of the first."""
    out: Labelled = []
    for low in _poles(test)[0]:
        for high in _poles(test)[1]:
            top, bottom = (_drawn(bench, test, scenario, code, runs) for code in (high, low))
            out.append((f"{high} vs {low}", judge(test.kind, test.delta, top - bottom)))
    return out


def presets_overlap(bench: Bench, test: Test, scenario: str, runs: int) -> Labelled:
    """Chance that a buyer drawn from the first preset is more diffuse than one from the second."""
    out: Labelled = []
    rng = np.random.default_rng(runs)
    for low, high in zip(*_poles(test), strict=True):
        one, two = (_drawn(bench, test, scenario, code, runs) for code in (low, high))
        above = one > two[rng.permutation(two.size)]
        out.append((f"{low} over {high}", judge(test.kind, test.delta, above.astype(np.float64))))
    return out


def every_did(bench: Bench, test: Test, scenario: str, runs: int) -> Labelled:
    """Every difference in differences of the claims that were read, under this test's changes."""
    out: Labelled = []
    for claim in bench.file.every:
        for other in claim.tests:
            if other.contrast != "did" or claim.pending:
                continue
            changed = replace(other, changes={**other.changes, **test.changes})
            bands, arms = other.buyers, [arm for _, arm in other.arms]
            four = zip((0, 0, 1, 1), (0, 1, -2, -1), strict=True)
            a, b, c, d = (bench.values(changed, scenario, bands[i], arms[k], runs) for i, k in four)
            one, two = difference(a, b), difference(c, d)
            size = min(one.size, two.size)
            delta = other.delta
            verdict = judge(test.kind, delta, one[:size] - two[:size])
            out.append((f"{claim.id} {other.measure}|{' vs '.join(bands)}", verdict))
    # a control that had nothing to hold on to has shown nothing
    return out or [("no difference in differences was read", _exact(0.0))]


def _equal_share(a: State, b: State) -> float:
    """Share of the state's arrays that agree in every byte."""
    pairs = [(getattr(a, f.name), getattr(b, f.name)) for f in fields(State)]
    return float(np.mean([x.tobytes() == y.tobytes() for x, y in pairs]))


def same_trace(bench: Bench, test: Test, scenario: str, runs: int) -> Labelled:
    """All arms come to byte-identical traces, step by step."""
    out: Labelled = []
    for band in test.buyers:
        changes = {**dict(bench.file.bands.get(band, {})), **test.changes}
        traces = [bench.trace(scenario, changes, arm, runs) for _, arm in test.arms]
        first = traces[0]
        names = [f.name for f in fields(first) if isinstance(getattr(first, f.name), np.ndarray)]
        equal = [
            getattr(first, name).tobytes() == getattr(other, name).tobytes()
            for other in traces[1:]
            for name in names
        ]
        states = [_equal_share(first.played.state, other.played.state) for other in traces[1:]]
        out.append((band, _exact(float(min([np.mean(equal), *states])))))
    return out


def same_chunks(bench: Bench, test: Test, scenario: str, runs: int) -> Labelled:
    """Played twice, and in pieces of several sizes, every row comes to the same bytes."""
    out: Labelled = []
    arm = test.arms[0][1]
    for band in test.buyers:
        changes = {**dict(bench.file.bands.get(band, {})), **test.changes}
        rules, seller = bench.at_table(scenario, changes, arm)
        keys = keys_of(1, 240)
        whole = play(rules, seller, keys).state
        shares = [_equal_share(whole, play(rules, seller, keys).state)]
        for size in (1, 7, 64):
            for start in range(0, 240, 80):
                part = play(rules, seller, keys[start : start + size]).state
                shares.append(_equal_share(_slice(whole, start, size), part))
        out.append((band, _exact(min(shares))))
    return out


def _slice(state: State, start: int, size: int) -> State:
    pick = slice(start, start + size)
    cut = {f.name: np.ascontiguousarray(getattr(state, f.name)[..., pick]) for f in fields(State)}
    return State(**cut)


SPECIAL: Mapping[str, Special] = {
    "main_effects": main_effects,
    "share_best": share_best,
    "swing": swing,
    "odds": odds,
    "within": within,
    "presets_order": presets_order,
    "presets_overlap": presets_overlap,
    "every_did": every_did,
    "same_trace": same_trace,
    "same_chunks": same_chunks,
}
