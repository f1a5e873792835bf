"""Every test here that asks for `rules` runs on each shipped scenario; on two after each change."""

from __future__ import annotations

import pytest

from game.core.rules import Rules
from tests.at_hand import at_hand
from tests.marks import tables


def compiled(scenario: str) -> Rules:
    return at_hand(scenario).rules


@pytest.fixture(params=tables())
def rules(request: pytest.FixtureRequest) -> Rules:
    return compiled(request.param)
