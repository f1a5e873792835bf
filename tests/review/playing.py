"""Whole games that a policy plays, with moves of our own planted in them."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from game.core.chance import uniforms
from game.core.legal import Flags
from game.core.vocabulary import Stream
from game.policies.seller import Watching
from game.policies.shelf import seller_for
from game.scenario.load import Loaded
from game.session.game import Game
from game.session.seating import Settings
from tests.at_hand import at_hand

Plant = Callable[[Game], str | None]


def played(
    scenario: str,
    seed: int,
    policy: str = "optimal",
    planted: Plant | None = None,
    settings: Settings | None = None,
    loaded: Loaded | None = None,
    led: Plant | None = None,
) -> tuple[Game, str]:
    """A game played to its end and the entry of the planted move, "" if it never came to it.

    `planted` is asked before every move; the first action that it names is played instead. What
    `led` names is played too, every time, and is no plant.
    """
    game = Game(loaded or at_hand(scenario), seed, settings)
    seller = seller_for(game.rules, policy)
    memory = seller.start(1)
    entry = ""
    while not game.ended:
        state = game._state
        u = uniforms(state.key, Stream.POLICY, state.ply, 1)[0]
        action = seller.act(game.view(), Flags(game.rules, state), memory, u)
        named = planted(game) if planted is not None and not entry else None
        other = named if named is not None or led is None else led(game)
        if other is not None:
            action = np.array([game.parse(other)], np.int32)
        turn = game.play(int(action[0]))
        if named is not None:
            entry = turn.entry
        if isinstance(seller, Watching):
            seller.see(memory, action, game.line()[-1].record.seen, game.view())
    return game, entry


def at_turn(meeting: int, turn: int, actions: Mapping[str, str] | str) -> Plant:
    """Plant an action at one turn of one meeting, if it is legal there."""

    def plant(game: Game) -> str | None:
        here = (game.number("meeting"), game.number("turn")) == (meeting, turn)
        if not here or game.phase.name != "TABLE":
            return None
        return str(actions)

    return plant
