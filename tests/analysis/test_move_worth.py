"""What moves are worth: compared with waiting in the same position, with the same luck."""

from __future__ import annotations

import numpy as np
import pytest

from game.analysis.move_worth import Weighed, weighed_moves
from game.core.rules import Rules
from tests.at_hand import at_hand


def rules_of(name: str) -> Rules:
    return at_hand(name).rules


@pytest.fixture(scope="module")
def weighed() -> Weighed:
    return weighed_moves(rules_of("seoul"), ("random", "steady"), 3, 20)


def test_a_decision_of_every_game_is_weighed(weighed: Weighed) -> None:
    assert weighed.positions == 40
    assert weighed.verb.size == weighed.gain.size == weighed.early.size > 20 * 40
    assert 0.2 < weighed.early.mean() < 0.8


def test_the_same_again(weighed: Weighed) -> None:
    again = weighed_moves(rules_of("seoul"), ("random", "steady"), 3, 20)
    assert np.array_equal(again.gain, weighed.gain)
    assert np.array_equal(again.verb, weighed.verb)


def test_a_bluff_is_worth_less_than_listening(weighed: Weighed) -> None:
    verbs = rules_of("seoul").verbs

    def gain(verb: str) -> float:
        return float(weighed.gain[weighed.verb == verbs.index(verb)].mean())

    assert gain("bluff") < gain("ask_embarrassing") < 0 < gain("acknowledge")


def test_waiting_is_not_compared_with_itself(weighed: Weighed) -> None:
    verbs = rules_of("seoul").verbs
    assert verbs.index("wait") not in weighed.verb
