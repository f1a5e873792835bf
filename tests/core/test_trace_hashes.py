"""Every array of every step of some games, against tests/golden/trace_hashes.json.

Continuous integration runs this file twice, the second time without the processor's wide vectors:
the same seed is the same game on every machine. If the rules were meant to change:
python -m game.analysis.perft --hashes
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from game.analysis.perft import HASH_POLICIES, HASH_SEEDS, rules_of, trace_hash
from game.core.rules import RULES_VERSION
from game.scenario.library import shipped
from tests.at_hand import at_hand

GOLDEN = json.loads(
    (Path(__file__).resolve().parents[1] / "golden/trace_hashes.json").read_text(encoding="utf-8")
)


def test_every_shipped_scenario_has_its_hashes() -> None:
    assert list(GOLDEN["scenarios"]) == list(shipped())
    assert GOLDEN["seeds"] == list(HASH_SEEDS)
    assert GOLDEN["rules_version"] == RULES_VERSION
    for hashes in GOLDEN["scenarios"].values():
        assert list(hashes) == list(HASH_POLICIES)


@pytest.mark.parametrize("policy", HASH_POLICIES)
@pytest.mark.parametrize("scenario", list(shipped()))
def test_games_are_the_same_bit_for_bit(scenario: str, policy: str) -> None:
    golden = GOLDEN["scenarios"][scenario][policy]
    assert trace_hash(at_hand(scenario).rules, policy, *HASH_SEEDS) == golden


@pytest.mark.long
def test_a_hash_notices_one_other_game() -> None:
    rules = rules_of("osaka")
    seed, _ = HASH_SEEDS
    same = trace_hash(rules, "direct", seed, 4)
    assert trace_hash(rules, "direct", seed, 4) == same
    assert trace_hash(rules, "direct", seed + 1, 4) != same
    assert trace_hash(rules, "rapport", seed, 4) != same
