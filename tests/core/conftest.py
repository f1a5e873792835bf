"""Every test here that asks for `rules` runs on each shipped scenario."""

from __future__ import annotations

import pytest

from game.core.rules import Rules
from game.scenario.library import shipped
from tests.at_hand import at_hand


def compiled(scenario: str) -> Rules:
    return at_hand(scenario).rules


@pytest.fixture(params=list(shipped()))
def rules(request: pytest.FixtureRequest) -> Rules:
    return compiled(request.param)
