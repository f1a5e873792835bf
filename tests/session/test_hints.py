"""General hints: what is open first, then every one before any comes again."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from game.core.view import View
from game.core.vocabulary import Phase
from game.session.game import Game
from game.session.hints import _APART, _OF_TURNS, hint_name
from game.session.seating import Settings
from game.session.words import phrases
from tests.session.tables import game

NAMES = tuple(phrases()["hints"])
OF_STATE = ("last_question", "open_door", "your_walkaway", "same_again")


def at_table() -> Game:
    play = game("seoul", 4, Settings("guided"))
    while play.phase is not Phase.TABLE:
        play.play("wait")
    return play


def given(view: View, verbs: list[str], count: int, ply: int = 3) -> list[str]:
    found: list[str] = []
    for _ in range(count):
        found.append(hint_name(view, verbs, NAMES, 7, ply, found))
    return found


def test_every_hint_that_is_named_has_words() -> None:
    assert {*OF_STATE, *_OF_TURNS} <= set(NAMES)
    assert len(set(phrases()["hints"].values())) == len(NAMES) >= 18


def test_all_are_given_before_one_comes_again() -> None:
    view = at_table().view()
    general = len(NAMES) - len(OF_STATE)
    found = given(view, ["greet"], 3 * general)
    assert not set(OF_STATE) & set(found)
    for start in range(0, 3 * general, general):
        assert len(set(found[start : start + general])) == general
    assert all(one != two for one, two in pairwise(found))


def test_hints_that_look_back_wait_for_something_to_look_back_on() -> None:
    found = given(at_table().view(), [], 40)
    assert not set(_OF_TURNS) & set(found)
    assert all(one != two for one, two in pairwise(found))


@pytest.mark.parametrize(
    ("key", "name"),
    [("asked", "last_question"), ("door", "open_door"), ("offer_standing", "your_walkaway")],
)
def test_what_is_open_comes_first_and_not_over_and_over(key: str, name: str) -> None:
    calm = at_table().view()
    view = {k: calm[k] for k in ("asked", "door", "offer_standing")} | {key: np.ones(1, np.int8)}
    found = given(view, ["greet"], 3 * (_APART + 1))
    where = [k for k, hint in enumerate(found) if hint == name]
    assert where == [0, _APART + 1, 2 * (_APART + 1)]


def test_a_move_done_twice_is_remarked_on() -> None:
    assert given(at_table().view(), ["greet", "wait", "greet"], 1) == ["same_again"]


def test_a_game_hands_them_out_in_turn() -> None:
    play = at_table()
    play.play("greet")
    said = [play.hint() for _ in range(12)]
    assert len(set(said)) >= 11
