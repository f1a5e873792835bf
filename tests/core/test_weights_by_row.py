"""Weights that differ by row: every game is the one it would be under its own weights alone."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

import numpy as np
import pytest

from game.analysis.trace import traced_games
from game.core.chance import keys_of
from game.core.state import FIELDS
from game.core.vocabulary import Phase
from game.core.weights import Weights, by_row, jittered, weights_of
from game.policies.shelf import seller_for
from game.scenario.compile import reweighted
from tests.at_hand import at_hand

GAMES = 24


def side_by_side(sets: list[Weights], games: int) -> Weights:
    """Weights of a batch in which every set has so many rows."""

    def together(values: list[Any]) -> Any:
        if isinstance(values[0], tuple):
            return tuple(map(together, zip(*values, strict=True)))
        return np.repeat(np.array(values, np.float64), games)

    names = [f.name for f in fields(Weights) if f.name != "d_weight"]
    return Weights(**{name: together([getattr(w, name) for w in sets]) for name in names})


def test_the_weights_of_some_rows() -> None:
    weights = side_by_side([jittered(Weights(), 1), jittered(Weights(), 2)], 3)
    assert by_row(weights) and not by_row(Weights())
    own = weights_of(weights, np.array([4, 0]))
    for row, seed in enumerate((2, 1)):
        expected = jittered(Weights(), seed)
        assert own.fade[row] == expected.fade  # type: ignore[index]
        assert own.claim[1][row] == expected.claim[1]  # type: ignore[index]
    assert own.d_weight == 1.0


@pytest.mark.parametrize("policy", ["random", "steady"])
@pytest.mark.parametrize("name", ["seoul", "toronto-committee"])
def test_every_row_plays_under_its_own_weights(name: str, policy: str) -> None:
    """All weights differ at once; some games end early, and their rows are put aside."""
    loaded = at_hand(name)
    rules = loaded.rules
    seller = seller_for(rules, policy)
    sets = [Weights(), jittered(Weights(), 7), jittered(Weights(), 8)]
    keys = keys_of(3, GAMES)
    mixed = reweighted(rules, loaded.machine, side_by_side(sets, GAMES))
    batch = traced_games(mixed, seller, np.tile(keys, len(sets)))
    for k, weights in enumerate(sets):
        alone = traced_games(reweighted(rules, loaded.machine, weights), seller, keys)
        part = batch.part(k * GAMES, GAMES)
        for field in FIELDS:
            one, other = (getattr(trace.played.state, field) for trace in (part, alone))
            assert np.array_equal(one, other), field
        assert np.array_equal(part.played.outcome.score, alone.played.outcome.score)
        going = alone.phase != Phase.ENDED
        for what in ("trust", "other_trust", "people_trust", "aspiration", "reaction"):
            one, other = getattr(part, what)[: alone.length], getattr(alone, what)
            assert np.array_equal(one[going], other[going]), what
