"""Loaded scenarios and random games, shared by the tests of the session and of the terminal."""

from __future__ import annotations

import random
from collections.abc import Iterator

from game.scenario.library import shipped
from game.scenario.load import Loaded
from game.session.game import Game
from game.session.seating import Settings
from tests.at_hand import at_hand

SHIPPED = tuple(shipped())


def loaded(name: str) -> Loaded:
    return at_hand(name)


def game(name: str, seed: int = 1, settings: Settings | None = None) -> Game:
    return Game(loaded(name), seed, settings)


def wander(play: Game, luck: random.Random, most: int = 400) -> Iterator[Game]:
    """Play legal moves, mostly from the hand, to the end; yields before every move."""
    for _ in range(most):
        if play.ended:
            return
        yield play
        choice = luck.random()
        legal = play.legal()
        packages = play.shortlist()
        if packages and choice < 0.1:
            play.play(play.rules.base_actions + luck.choice(packages))
        elif choice < 0.7 and play.hand():
            play.play(luck.choice(play.hand()))
        else:
            play.play(luck.choice(legal))
    raise AssertionError("the game does not end")


def finished(name: str, seed: int, settings: Settings | None = None) -> Game:
    play = game(name, seed, settings)
    for _ in wander(play, random.Random(seed)):
        pass
    return play
