"""Your read of the buyer, against the truth and against whoever weighs all that was seen."""

from __future__ import annotations

from game.review.model import Read
from game.review.positions import Positions
from game.session.game import Game

# The half-width that a confidence allows: everything at 0, a twentieth of the line at 1.
_WIDEST, _NARROWEST = 0.5, 0.05


def half_width(confidence: float) -> float:
    """How far from his mark somebody so sure may lie; confidence in [0, 1]."""
    return _WIDEST + (_NARROWEST - _WIDEST) * confidence


def reads_of(game: Game, positions: Positions, scored: bool) -> tuple[Read, ...]:
    """Every mark of the line, in order; the ideal observer saw the same up to then.

    `scored`: whether this is a first play or a blind one.
    """
    found = []
    names = game.rules.buyers.names
    moves = 0
    for entry in game.transcript.path():
        if entry.kind in ("prepare", "action"):
            moves += 1
        if entry.kind != "read":
            continue
        buyer = str(entry.data["buyer"])
        b = names.index(buyer)
        position = positions.all[min(moves, len(positions.all) - 1)]
        truth = float(positions.all[0].state.d[b, 0])
        d, confidence = float(entry.data["d"]), float(entry.data["confidence"])
        ideal = float(position.d_mean[b])
        found.append(
            Read(
                buyer=buyer,
                name=game.scenario.buyers[buyer].name,
                table_turn=int(position.state.clock[0]),
                d=d,
                confidence=confidence,
                truth=truth,
                error=abs(d - truth),
                ideal=ideal,
                ideal_error=abs(ideal - truth),
                within=abs(d - truth) <= half_width(confidence),
                scored=scored or game.settings.blind,
            )
        )
    return tuple(found)
