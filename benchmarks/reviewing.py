"""Reviews: the first answer, the last one, and a coach's word."""

from __future__ import annotations

import time
from statistics import median

import numpy as np

from game.core.chance import uniforms
from game.core.legal import Flags
from game.core.vocabulary import Stream
from game.policies.shelf import seller_for
from game.policies.worth import Shelf
from game.review.coach import coach_word
from game.review.review import review
from game.scenario.load import load_scenario
from game.session.game import Game

TURNS = 20
_SELLERS = ("rapport", "checklist", "novice", "always_rapport")
_REPEATS = 3


def long_game(scenario: str, most: int = TURNS) -> Game:
    """An engagement of `most` moves, or the longest that these sellers play there."""
    longest: Game | None = None
    for name in _SELLERS:
        game = Game(load_scenario(scenario), 1)
        seller = seller_for(game.rules, name)
        memory = seller.start(1)
        while not game.ended and len(game.turns) < most:
            state = game._state
            u = uniforms(state.key, Stream.POLICY, state.ply, 1)[0]
            game.play(int(seller.act(game.view(), Flags(game.rules, state), memory, u)[0]))
        if longest is None or len(game.turns) > len(longest.turns):
            longest = game
        if len(longest.turns) >= most:
            break
    assert longest is not None
    return longest


def review_seconds(scenario: str) -> tuple[float, float, int]:
    """Seconds to the first answer and to the last, and how many moves were reviewed."""
    game = long_game(scenario)
    firsts, lasts = [], []
    for _ in range(_REPEATS):
        start = time.perf_counter()
        answers = review(game)
        next(answers)
        firsts.append(time.perf_counter() - start)
        for _ in answers:
            pass
        lasts.append(time.perf_counter() - start)
    return median(firsts), median(lasts), len(game.turns)


def coach_seconds(scenario: str) -> float:
    """Seconds of a coach's word after a late move, where the belief has the most to take in."""
    game = long_game(scenario)
    if game.ended:
        game.undo()
    times = []
    for _ in range(_REPEATS):
        start = time.perf_counter()
        coach_word(game)
        times.append(time.perf_counter() - start)
    return median(times)


def room_seconds(scenario: str, tables: int = 10) -> tuple[float, float, int]:
    """Seconds to review a room's tables one after another, without and with one shelf for all.

    The tables have one seed; their sellers take turns, and each draws its own way.
    """
    games = []
    for number in range(tables):
        game = Game(load_scenario(scenario), 1)
        seller = seller_for(game.rules, _SELLERS[number % len(_SELLERS)])
        memory = seller.start(1)
        while not game.ended and len(game.turns) < TURNS:
            state = game._state
            own = (state.key + np.uint32(number)).astype(np.uint32)
            u = uniforms(own, Stream.POLICY, state.ply, 1)[0]
            game.play(int(seller.act(game.view(), Flags(game.rules, state), memory, u)[0]))
        games.append(game)
    times = []
    for shelf in (None, Shelf()):
        start = time.perf_counter()
        for game in games:
            for _ in review(game, shelf=shelf):
                pass
        times.append(time.perf_counter() - start)
    return times[0], times[1], sum(len(game.turns) for game in games)
