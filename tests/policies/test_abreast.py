"""Sellers who share a batch play just as they would alone."""

from __future__ import annotations

from dataclasses import fields

import numpy as np
import pytest

from game.core.chance import keys_of
from game.core.outcome import Outcome
from game.core.rules import Rules
from game.policies.abreast import Abreast
from game.policies.run import play
from game.policies.shelf import seller_for
from tests.at_hand import at_hand

SELLERS = ("rapport", "always_closing", "random", "adaptive")
GAMES = 12


def rules_of(scenario: str) -> Rules:
    return at_hand(scenario).rules


@pytest.mark.parametrize("scenario", ["seoul", "toronto-committee"])
def test_each_plays_as_he_would_alone(scenario: str) -> None:
    rules = rules_of(scenario)
    sellers = [seller_for(rules, name) for name in SELLERS]
    keys = keys_of(7, GAMES)
    together = play(rules, Abreast(sellers), np.tile(keys, len(sellers))).outcome
    for k, seller in enumerate(sellers):
        alone = play(rules, seller, keys).outcome
        for field in fields(Outcome):
            some = getattr(together, field.name)[k * GAMES : (k + 1) * GAMES]
            assert np.array_equal(some, getattr(alone, field.name)), (SELLERS[k], field.name)


def test_memories_follow_their_rows() -> None:
    rules = rules_of("osaka")
    sellers = [seller_for(rules, name) for name in ("direct", "rapport")]
    memories = Abreast(sellers).start(6)
    kept = memories.rows(np.array([1, 4, 5]))
    assert kept.whose.tolist() == [0, 1, 1]
    assert [memory.left.shape[1] for memory in kept.each] == [1, 2]
    assert kept.rows(np.array([0])).whose.tolist() == [0]
