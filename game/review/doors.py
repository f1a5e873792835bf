"""Doors that a buyer opened: a question, an invitation, a confidence; and who went through.

A door lasts about two turns. Every turn in which one stands open counts, so that somebody who
passes by first and turns back a turn later has still found it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from game.core.chance import Chance, keys_of
from game.core.start import initial_state
from game.core.step import step
from game.core.vocabulary import Initiative
from game.review.labels import GOOD, takes_chance
from game.review.model import Review
from game.session.game import Game
from game.session.notation import parse_action


@dataclass(frozen=True, slots=True)
class Door:
    """A move made while a door stood open.

    `kind` is the buyer's initiative that opened it, or `opening` for something told in confidence.
    `through`: the move went through it. `right`: the best move did, too. `found`: it went through
    where that was right, and cost little.
    """

    move: int  # Move.index
    kind: str
    through: bool
    right: bool
    found: bool


def doors_of(game: Game, review: Review) -> tuple[Door, ...]:
    """The doors along the line of a game, which `review` is the review of."""
    rules = game.rules
    state = initial_state(rules, keys_of(game.seed, 1))
    found = []
    for truth, move in zip(game.line(), review.moves, strict=True):
        asked, open_ = int(state.asked[0]), int(state.door[0]) > 0
        if asked or open_:
            through = takes_chance(rules, truth.turn.action, state)
            right = takes_chance(rules, parse_action(rules, move.best.action), state)
            found.append(
                Door(
                    move=move.index,
                    kind=Initiative(asked).name.lower() if asked else "opening",
                    through=through,
                    right=right,
                    found=through and right and move.loss_low < GOOD,
                )
            )
        action = np.array([truth.turn.action], np.int32)
        record = truth.record
        state, _ = step(
            rules, state, action, Chance.mean(1, rules.n_buyers), record.event, record.seen
        )
    return tuple(found)
