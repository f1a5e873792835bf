"""How a game ended, in a few words."""

from __future__ import annotations

from game.core.vocabulary import Ending, Renewal
from game.session.game import Game
from game.session.words import ui


def ending_name(game: Game) -> str:
    """The id of the ending: agreement, impasse, walkaway, deadline or parted."""
    return Ending(int(game.outcome().ending[0])).name.lower()


def ending_title(game: Game) -> str:
    """The ending in a few words; what became of an agreement is part of it."""
    name, later = ending_name(game), ""
    if name == "agreement":
        renewals = [truth.happening.renewal for truth in game.truths()]
        if Renewal.LEFT in renewals:
            later = "_lost"
        elif int(game.outcome().deals[0]) > 1:
            later = "_renewed"
    return ui(f"ending_{name}{later}")
