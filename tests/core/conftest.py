"""Every test here that asks for `rules` runs on each shipped scenario."""

from __future__ import annotations

from functools import cache

import pytest

from game.core.rules import Rules
from game.scenario.compile import compile_rules
from game.scenario.library import shipped
from game.scenario.load import load_scenario


@cache
def compiled(scenario: str) -> Rules:
    loaded = load_scenario(scenario)
    return compile_rules(loaded.scenario, loaded.machine, loaded.moves)


@pytest.fixture(params=list(shipped()))
def rules(request: pytest.FixtureRequest) -> Rules:
    return compiled(request.param)
