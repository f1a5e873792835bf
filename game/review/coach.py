"""The coach: a word after a move when something big happened, from what could be seen alone."""

from __future__ import annotations

from game.policies.shelf import strong_script
from game.policies.worth import Stage, Weigher
from game.review.labels import verdict
from game.review.positions import last_position
from game.session.game import Game

# Fewer rollouts than a review: the answer is wanted at once, and only what is big is said.
_STAGES = (Stage(8), Stage(32, 10), Stage(128, 3))
PARTICLES = 1024
_SAYS = {"great": "coach_great", "mistake": "coach_mistake", "blunder": "coach_blunder"}


def coach_word(game: Game) -> str | None:
    """The id of what the coach says of the last move, None where there is nothing to say.

    The belief about the buyer is that of somebody who saw the turns and not what followed, so the
    word gives away nothing that is hidden.
    """
    if not game.turns:
        return None
    weigher = Weigher(game.rules, strong_script(game.rules))
    positions = last_position(game, weigher, _STAGES[-1].rollouts, PARTICLES)
    position = positions.all[0]
    asked = positions.asked([0], _STAGES[-1].rollouts)
    *_, (table,) = weigher.weigh(asked, _STAGES)
    assert position.truth is not None, "the last move was made"
    found = verdict(game.rules, table, position.truth.turn.action, position.state, False)
    return _SAYS.get(found.label)
