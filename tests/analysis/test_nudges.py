"""The smallest change of one number that makes an expectation pass."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from game.analysis.expectations import bench_for, judged
from game.analysis.measured import measure
from game.analysis.nudges import changed, dials, dotted
from game.analysis.settings import with_settings
from game.scenario.library import shipped
from tests.analysis.expecting import BAKERY, expected
from tests.at_hand import at_hand

FAILED = """
expect:
  - {arms: {A: rapport, B: direct}, measure: score, expect: {kind: greater, delta: 0.16}}
"""
HOPELESS = """
expect:
  - {arms: {A: rapport, B: direct}, measure: score, expect: {kind: greater, delta: 0.9}}
"""


@pytest.mark.parametrize("name", sorted(shipped()))
def test_every_dial_is_a_number_within_its_range(name: str) -> None:
    scenario = at_hand(name).scenario
    found = dials(scenario)
    assert len({dial.path for dial in found}) == len(found) > 20
    for dial in found:
        assert dial.low <= dial.value <= dial.high, dial
        assert dial.low <= dial.at(10_000) <= dial.high and dial.low <= dial.at(-10_000)


def test_a_dial_is_what_set_would_set() -> None:
    loaded = at_hand(BAKERY)
    for dial in dials(loaded.scenario):
        if dial.most(1):
            value = dial.at(1)
            made = changed(loaded.scenario, dial, value)
            assert made == with_settings(loaded, [f"{dotted(dial.path)}={value:g}"]).scenario, dial


def test_texts_and_words_are_no_dials() -> None:
    paths = [dotted(dial.path) for dial in dials(at_hand("seoul").scenario)]
    assert "buyers.kang.diffuseness.mean" in paths and "meetings.1.turns" in paths
    assert not any(word in path for path in paths for word in ("portrait", "minutes", "hour"))


@pytest.mark.long
def test_a_nudge_passes_and_less_of_it_does_not(tmp_path: Path) -> None:
    loaded, claims = expected(tmp_path, FAILED)
    [result] = measure(loaded, claims, jobs=1).expectations
    assert not result.passed and result.nudge is not None
    nudge = result.nudge
    for value, passes in ((nudge.value, True), (nudge.dial.value, False)):
        made = replace(loaded, scenario=changed(loaded.scenario, nudge.dial, value))
        found = judged(bench_for(made, claims), claims[0])
        assert all(one.passed for one in found) == passes
    assert nudge.findings[0].effect > result.findings[0].effect


@pytest.mark.long
def test_where_no_number_helps_none_is_named(tmp_path: Path) -> None:
    loaded, claims = expected(tmp_path, HOPELESS)
    [result] = measure(loaded, claims, jobs=1).expectations
    assert not result.passed and result.nudge is None
