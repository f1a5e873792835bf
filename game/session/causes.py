"""Why trust moved: for every turn and buyer the largest causes, for the review."""

from __future__ import annotations

from dataclasses import dataclass

from game.core.vocabulary import Phase
from game.session.game import Game
from game.session.moments import Truth, Turn

# Causes of the rules and the ids of their words (ui.cause_*).
_WORDS = {
    "move": ("evidence", "evidence"),
    "repetition": ("repetition", "repetition"),
    "question": ("answered", "open_question"),
    "sore_topic": ("sore_topic", "sore_topic"),
    "welcome_topic": ("welcome_topic", "welcome_topic"),
    "push": ("push", "push"),
    "drift": ("drift", "drift"),
    "open_door": ("open_door", "missed_door"),
    "slight": ("slight", "slight"),
    "hurry": ("hurry", "hurry"),
}  # fmt: skip
_MOST = 2
_WEIGHTY = 0.25  # a second cause is named from this share of the first on


@dataclass(frozen=True, slots=True)
class TrustChange:
    """One buyer's trust over one turn, in [0, 1], with at most two causes, the larger first."""

    turn: Turn
    buyer: str
    addressed: bool
    before: float
    after: float
    causes: tuple[str, ...]


def trust_changes(game: Game) -> list[TrustChange]:
    """Every turn's change for every buyer who was there, in order. The game must be over."""
    found = []
    names = game.rules.buyers.names
    for truth in game.truths():
        if truth.happening.phase_before == Phase.PREPARE:
            continue
        for b in truth.happening.present:
            before = float(truth.record.trust_before[b][0])
            after = float(truth.record.trust_after[b][0])
            causes = _causes(truth, b, after - before)
            found.append(
                TrustChange(truth.turn, names[b], b == truth.happening.who, before, after, causes)
            )
    return found


def _causes(truth: Truth, b: int, change: float) -> tuple[str, ...]:
    """Ids of words for what moved trust most, in the direction in which it went."""
    h, record = truth.happening, truth.record
    if h.phase_before == Phase.BETWEEN and h.phase_after == Phase.TABLE and change < 0:
        return ("decay",)
    named: dict[str, float] = {}
    for cause, units in record.causes.items():
        if cause not in _WORDS:
            continue
        value = float(units[b][0])
        up, down = _WORDS[cause]
        named[up if value > 0 else down] = named.get(up if value > 0 else down, 0.0) + value
    if h.exposed:
        named["deception"] = -1.0
    if bool(record.promise_broken[0]):
        named["promise_broken"] = -0.5
    if h.event >= 0:
        named["event"] = 0.3 if change > 0 else -0.3
    same = {k: v for k, v in named.items() if v * change > 0}
    if not same:
        return ("healing",) if change > 0.002 else ("nothing",)
    ranked = sorted(same, key=lambda k: -abs(same[k]))
    if b != h.who and "evidence" in ranked[:1]:
        return ("witness",)
    least = _WEIGHTY * abs(same[ranked[0]])
    return tuple(k for k in ranked[:_MOST] if abs(same[k]) >= least)
