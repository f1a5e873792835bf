"""What a buyer says, shows and thinks in whole games: hardly anything of it twice."""

from __future__ import annotations

import random
from collections import Counter

import pytest

from game.scenario.library import shipped
from game.scenario.load import load_scenario
from game.session.game import Game
from game.session.kit import Kit, kit_of
from game.session.seating import Settings

_GAMES, _LONGEST = 20, 60


def played(kit: Kit, seed: int) -> Game:
    """A game of somebody who mostly does what is first in the hand, and at times something else."""
    chance, game = random.Random(seed), Game.of(kit)
    while not game.ended and len(game.turns) < _LONGEST:
        hand = game.hand()
        game.play(game.rules.actions[hand[min(int(chance.expovariate(0.5)), len(hand) - 1)]])
    return game


@pytest.mark.long
@pytest.mark.parametrize("name", sorted(shipped()))
def test_in_a_game_hardly_a_line_or_a_thought_comes_twice(name: str) -> None:
    kit = kit_of(load_scenario(name), 1, Settings("plain"))
    told: Counter[str] = Counter()
    again: Counter[str] = Counter()
    for seed in range(_GAMES):
        game = played(kit, seed)
        seen = {
            "heard": [s.text for turn in game.turns for s in (*turn.notices, *turn.said)],
            "thought": [t.thought.text for t in game.truths() if t.thought is not None],
        }
        for kind, texts in seen.items():
            told[kind] += len(texts)
            again[kind] += len(texts) - len(set(texts))
    assert told["heard"] > 200 and told["thought"] > 100
    assert again["heard"] == 0
    assert again["thought"] <= 0.01 * told["thought"], again["thought"] / told["thought"]
