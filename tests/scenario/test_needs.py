"""Buyers of one scenario may have different numbers of needs; every drawn need has a name."""

from __future__ import annotations

from pathlib import Path

from game.scenario.load import load_scenario

UNEQUAL = Path(__file__).parents[1] / "scenarios" / "good" / "two_at_the_table.yaml"


def test_whoever_has_fewer_needs_has_a_name_for_each_that_can_be_heard() -> None:
    loaded = load_scenario(UNEQUAL)
    assert len({len(buyer.needs) for buyer in loaded.scenario.buyers.values()}) == 2
    rules = loaded.rules
    assert {len(names) for names in rules.needs_names} == {rules.bargain.needs}
