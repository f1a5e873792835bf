"""Reviews of games that have much in common: the work is shared, the answers are the same."""

from __future__ import annotations

import pytest

from game.policies.worth import Shelf, Stage
from game.review.review import review
from game.session.game import Game
from tests.at_hand import at_hand

_STAGES = (Stage(4), Stage(8, 4))


def game(*moves: str, seed: int = 1) -> Game:
    played = Game(at_hand("seoul"), seed)
    for move in ("prepare_objectives", "prepare_history", "greet", *moves):
        played.play(move)
    return played


@pytest.mark.long
def test_what_two_games_did_alike_is_weighed_once_and_is_the_same() -> None:
    shelf = Shelf()
    one, other = game("quote:41"), game("share_meal")
    *_, first = review(one, stages=_STAGES, shelf=shelf)
    made = shelf.made
    *_, second = review(other, stages=_STAGES, shelf=shelf)
    assert shelf.made - made < made / 2, "four decisions of five were there"
    *_, alone = review(other, stages=_STAGES)
    assert second == alone
    *_, again = review(one, stages=_STAGES, shelf=shelf)
    assert again == first


@pytest.mark.long
def test_another_seed_shares_nothing() -> None:
    shelf = Shelf()
    list(review(game(), stages=_STAGES, shelf=shelf))
    made = shelf.made
    list(review(game(seed=2), stages=_STAGES, shelf=shelf))
    assert shelf.found == 0
    assert shelf.made > made


@pytest.mark.long
def test_a_small_shelf_forgets_and_still_tells_the_truth() -> None:
    shelf = Shelf(most=2)
    *_, first = review(game("share_meal"), stages=_STAGES, shelf=shelf)
    *_, again = review(game("share_meal"), stages=_STAGES, shelf=shelf)
    assert again == first


@pytest.mark.long
def test_the_shelf_changes_no_full_review() -> None:
    shelf = Shelf()
    list(review(game("quote:41"), shelf=shelf))
    assert list(review(game("quote:41"), shelf=shelf)) == list(review(game("quote:41")))
