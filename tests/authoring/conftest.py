"""A balance that several files look at; made once."""

from __future__ import annotations

from dataclasses import replace

import pytest

from game.analysis.balance import Balance, balance
from game.analysis.contrast import paired
from tests.at_hand import at_hand


@pytest.fixture(scope="session")
def committee() -> Balance:
    """Two buyers and two bands; the novice sits in for the reference, who would take seconds."""
    loaded = at_hand("toronto-committee")
    found = balance(loaded, 8, 3, reference_runs=0, jobs=1, bands=(0.2, 0.8))
    novice, steady = (found.cell(name) for name in ("novice", "steady"))
    return replace(
        found,
        reference=novice.measures["score"],
        reference_games=8,
        headroom=paired(novice.columns["score"], steady.columns["score"]),
    )
