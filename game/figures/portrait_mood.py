"""Which face goes with what was noticed, and, in guided play, with the state of trust.

Nothing hidden comes in: the reaction is the one that was shown to the player, and the state is
given only where the player sees it anyway. No diffuseness, no number.
"""

from __future__ import annotations

from game.core.vocabulary import Reaction
from game.figures.portrait_expression import Expression, Posture

Mood = tuple[Expression, Posture]

_AT_REST: Mood = (Expression.NEUTRAL, Posture.UPRIGHT)
_NOTICED: dict[Reaction, Mood] = {
    Reaction.CLOSES: (Expression.HURT, Posture.AWAY),
    Reaction.COOLS: (Expression.COOL, Posture.BACK),
    Reaction.STILL: _AT_REST,
    Reaction.WARMS: (Expression.PLEASED, Posture.UPRIGHT),
    Reaction.OPENS: (Expression.WARM, Posture.FORWARD),
}
# Where the state is seen, it colours what a reaction looks like; what is not here stays as noticed.
_GUIDED: dict[str, dict[Reaction, Mood]] = {
    "trusted": {Reaction.STILL: (Expression.LISTENING, Posture.FORWARD)},
    "partner": {
        Reaction.STILL: (Expression.LISTENING, Posture.FORWARD),
        Reaction.WARMS: (Expression.WARM, Posture.FORWARD),
        Reaction.COOLS: (Expression.THOUGHTFUL, Posture.UPRIGHT),
    },
    "wary": {
        Reaction.STILL: (Expression.DOUBTFUL, Posture.BACK),
        Reaction.CLOSES: (Expression.COOL, Posture.AWAY),
        Reaction.WARMS: (Expression.THOUGHTFUL, Posture.UPRIGHT),
    },
    "fair_game": {
        Reaction.STILL: (Expression.FAIR_GAME, Posture.UPRIGHT),
        Reaction.WARMS: (Expression.FAIR_GAME, Posture.FORWARD),
        Reaction.COOLS: (Expression.COOL, Posture.BACK),
    },
    "closed": dict.fromkeys(
        (Reaction.STILL, Reaction.COOLS, Reaction.CLOSES), (Expression.COOL, Posture.AWAY)
    ),
}


def mood(reaction: str | None, state: str | None = None) -> Mood:
    """Expression and posture after a noticed reaction (its lower-case name, None for none yet).

    `state` is the id of the trust state in guided play, None otherwise; states of an author's own
    look as noticed. KeyError for a reaction that is none.
    """
    noticed = Reaction.STILL if reaction is None else Reaction[reaction.upper()]
    return _GUIDED.get(state or "", {}).get(noticed, _NOTICED[noticed])


def heard(polite: bool, now: Mood) -> Mood:
    """How words change the face: polite, guarded ones come with a closed smile."""
    if polite and now[0] in (Expression.NEUTRAL, Expression.PLEASED):
        return Expression.FAIR_GAME, now[1]
    return now
