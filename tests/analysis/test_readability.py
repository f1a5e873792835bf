"""A buyer can be read from what is noticed and said, in every shipped scenario."""

from __future__ import annotations

import numpy as np
import pytest

from game.analysis.readability import PLACED, Readability, odds_up, placed, readability
from game.core.rules import Rules
from game.core.vocabulary import Reaction
from tests.at_hand import at_hand
from tests.marks import tables


def rules_of(scenario: str) -> Rules:
    return at_hand(scenario).rules


@pytest.fixture(scope="module", params=tables())
def read(request: pytest.FixtureRequest) -> Readability:
    return readability(rules_of(request.param))


@pytest.mark.long
def test_the_direction_is_named_where_trust_moved(read: Readability) -> None:
    assert read.turns >= 100
    assert read.named >= 0.70


def test_the_buyer_is_placed_after_five_turns(read: Readability) -> None:
    assert read.buyers >= 60
    assert read.error <= PLACED
    assert read.placed >= 0.75


@pytest.mark.long
def test_the_same_scenario_is_read_the_same_way() -> None:
    rules = rules_of("seoul")
    assert readability(rules) == readability(rules)


def test_who_hears_nothing_places_everybody_in_the_middle() -> None:
    true, said = placed(rules_of("seoul"), "adaptive", turns=0)
    assert np.allclose(said, 0.5)
    assert np.abs(true - said).mean() == pytest.approx(0.25, abs=0.01)


@pytest.mark.long
def test_hearing_more_places_better() -> None:
    rules = rules_of("osaka")

    def error(turns: int) -> float:
        true, said = placed(rules, "caring", turns=turns)
        return float(np.abs(true - said).mean())

    assert error(5) < error(2) < error(0)


def test_the_true_buyers_are_spread_evenly() -> None:
    true, _ = placed(rules_of("toronto-committee"), "caring", turns=0)
    assert true.shape[0] == 2
    for person in true:
        assert person.mean() == pytest.approx(0.5, abs=0.05)
        assert person.std() == pytest.approx(12**-0.5, abs=0.03)


def test_warmer_reactions_speak_for_a_rise() -> None:
    up = odds_up(rules_of("toronto-committee"))
    assert (np.diff(up, axis=1) >= 0).all()
    assert up[:, Reaction.STILL] == pytest.approx(0.5, abs=1e-4)
    assert (up[:, Reaction.CLOSES] < 0.01).all()
    assert (up[:, Reaction.OPENS] > 0.99).all()
