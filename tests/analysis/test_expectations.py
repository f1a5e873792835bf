"""Expectations: claims bound to their file, run at the table as it is written."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import numpy as np
import pytest

from game.analysis.claims import RUNS, RUNS_NULL, episodes
from game.analysis.expectations import bench_for, judged
from game.analysis.judging import judge
from game.authoring.check import look
from game.policies.run import play_seeds
from game.policies.shelf import seller_for
from tests.analysis.expecting import expected, reading, table

ONE = """
expect:
  - {arms: {A: rapport, B: direct}, measure: score, runs: 400, expect: {kind: greater, delta: 0.05}}
"""


def test_the_effect_is_that_of_the_games_themselves(tmp_path: Path) -> None:
    loaded, claims = expected(tmp_path, ONE)
    bench = bench_for(loaded, claims, seed=500)
    [found] = judged(bench, claims[0])
    rules = loaded.rules
    a, b = (
        play_seeds(rules, seller_for(rules, name), 500, 400).score.astype(np.float64) / 100
        for name in ("rapport", "direct")
    )
    assert (found.effect, found.low, found.high) == judge("greater", 0.05, a - b)[:3]
    assert found.passed == judge("greater", 0.05, a - b).passed


def test_the_number_of_games_belongs_to_the_kind_or_to_the_entry(tmp_path: Path) -> None:
    _, claims = expected(
        tmp_path,
        """
        expect:
          - {arms: {A: rapport, B: direct}}
          - {arms: {A: rapport, B: direct}, expect: {kind: "null"}}
          - {arms: {A: rapport, B: direct}, runs: 700}
        """,
    )
    assert [episodes(c.tests[0]) for c in claims] == [RUNS, RUNS_NULL, 700]


def test_an_entry_takes_every_form_of_a_claim(tmp_path: Path) -> None:
    loaded, claims = expected(
        tmp_path,
        """
        expect:
          - claim: Haste costs the diffuse more than the specific
            arms: {A: rapport, B: [quote:fair, concede*5]}
            contrast: did
            buyers: [DI, SP]
            measure: [trust, deal]
            with: {turns: 8}
            runs: 200
          - arms: {A: {policy: direct, with: {rival: 0.9}}, B: direct}
            measure: trust
            runs: 200
            expect: {kind: below, delta: 0.5}
          - arms: {A: rapport}
            contrast: single
            measure: deal
            runs: 200
            expect: {kind: between, delta: 0.01}
          - arms: {A: direct}
            contrast: sweep
            buyers: [D0, D5, D10]
            measure: trust
            runs: 200
            expect: {kind: falls}
        """,
    )
    assert claims[0].statement.startswith("Haste")
    assert [len(claim.tests) for claim in claims] == [2, 1, 1, 1]
    bench = bench_for(loaded, claims)
    for claim in claims:
        found = judged(bench, claim)
        assert len(found) == len(claim.tests)
        assert all(np.isfinite(one.effect) for one in found)


@pytest.mark.parametrize(
    ("entry", "code", "line", "column", "says"),
    [
        ("{arms: {A: rapport, B: direct}, measure: scores}", "C001", 2, 46, "“scores”"),
        ("{arms: {A: rapport, B: direct}, buyers: DIFFUSE}", "C002", 2, 45, "no band “DIFFUSE”"),
        ("{arms: {A: rapport, B: direct}, with: {turns: many}}", "C003", 2, 51, "“turns”"),
        ("{arms: {A: rapport}}", "C004", 2, 5, "1 arms"),
        ("{arms: {A: rapport, B: direct}, expect: {kind: rises}}", "C004", 2, 5, "“rises”"),
        ("{arms: {A: rapport, B: dirct}}", "P001", 2, 28, "“dirct”"),
        ("{arms: {A: rapport, B: [greet, ask_direct:weather]}}", "P001", 2, 28, "“weather”"),
        ("{arms: {A: COURTEOUS, B: direct}}", "P001", 2, 16, "courteous"),
        ("{arms: {A: rapport, B: direct}, contrast: luck}", "M004", 2, 47, "luck"),
        ("{arms: {A: rapport, B: direct}, runs: 3}", "M005", 2, 43, "runs"),
    ],
)  # fmt: skip
def test_a_mistake_is_told_at_its_place(
    tmp_path: Path, entry: str, code: str, line: int, column: int, says: str
) -> None:
    path = tmp_path / "bakery.yaml"
    with suppress(IndexError):  # the scenario itself may be refused
        table(tmp_path, f"expect:\n  - {entry}\n")
    first = path.read_text(encoding="utf-8").splitlines().index("expect:")
    found = [d for d in look([str(path)]).diagnostics if d.code == code]
    assert [(d.line - first, d.column) for d in found] == [(line, column)], found
    assert says.lower() in found[0].message.lower()


def test_a_word_that_is_no_seller_is_looked_for_among_the_sellers_first(tmp_path: Path) -> None:
    [found] = reading(table(tmp_path, "expect: [{arms: {A: rapport, B: direkt}}]")).found
    assert found.message == "there is no seller or move “direkt”"
    assert found.fix == "did you mean “direct”?" and "optimal, or steps" in found.expected


def test_who_is_told_of_a_mistake_runs_nothing(tmp_path: Path) -> None:
    read = reading(table(tmp_path, "expect:\n  - {arms: {A: rapport, B: dirct}}\n"))
    assert read.found and not read.claims
