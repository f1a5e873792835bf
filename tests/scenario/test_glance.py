"""A glance at a scenario is the scenario, as far as no voice is concerned."""

from __future__ import annotations

from pathlib import Path

import pytest

from game.scenario.diagnostics import ScenarioError
from game.scenario.glance import glance
from game.scenario.library import shipped
from game.scenario.load import load_scenario

BAD = Path(__file__).parents[1] / "scenarios/bad"


@pytest.mark.parametrize("id", shipped())
def test_a_glance_shows_what_loading_shows(id: str) -> None:
    assert glance(id).scenario == load_scenario(id).scenario


@pytest.mark.parametrize("name", ["x016", "m001", "y002"])
def test_what_is_wrong_is_told_alike(name: str) -> None:
    with pytest.raises(ScenarioError) as glanced:
        glance(BAD / f"{name}.yaml")
    with pytest.raises(ScenarioError) as loaded:
        load_scenario(BAD / f"{name}.yaml")
    assert glanced.value.diagnostics == loaded.value.diagnostics
