"""Experiments with the strong seller: what is watched, weighed, searched and planted."""

from __future__ import annotations

import numpy as np
import pytest

from game.analysis.bench import Bench
from game.analysis.claim_files import read_claims
from game.analysis.claim_models import Arm
from game.analysis.strong_luck import luck

AS_IT_IS = {
    "one_meeting": False, "alone": False,
    **dict.fromkeys(("turns", "slots", "flight", "referral", "deals", "event", "cold_call",
                     "toughness"), "as_it_is"),
}  # fmt: skip


@pytest.fixture(scope="module")
def bench() -> Bench:
    return Bench(read_claims())


def test_luck_has_no_drift_over_two_deals(bench: Bench) -> None:
    """A script that forgot in its second deal what was played in it would fall short by a tenth."""
    found = luck(bench, "osaka", AS_IT_IS, Arm("adaptive"), 120)
    error = found.std(ddof=1) / np.sqrt(found.size)
    assert abs(found.mean()) < 4 * error < 0.08
