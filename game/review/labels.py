"""Labels and accuracy: what a loss in points is called, and what it counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from game.core.rules import Col, Rules
from game.core.state import State
from game.policies.worth import Worths
from game.review.model import Accuracy, Term

SURE = 1.645  # one-sided 95 %
BEST, GOOD, INACCURACY, MISTAKE = 2.0, 5.0, 10.0, 20.0
_CUTS = ((BEST, "best"), (GOOD, "good"), (INACCURACY, "inaccuracy"), (MISTAKE, "mistake"))
MARKED = ("inaccuracy", "mistake", "blunder")
PASSED = 4.0  # a moment is passed within this many points of the best


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a choice was: `loss` and its lower 95 % bound in points, label and marks."""

    loss: float
    low: float
    label: str
    marks: tuple[str, ...]


def verdict(rules: Rules, table: Worths, action: int, state: State, approved: bool) -> Verdict:
    """Judge `action` by the table of its decision; `state` is the real one before it."""
    at = table.at(action)
    loss = float(table.gap[at])
    low = max(0.0, loss - SURE * float(table.gap_se[at]))
    label = _by_loss(low)
    marks = []
    if table.actions.size == 1:
        label = "only"
    elif label == "best" and _alone(rules, table, action):
        label = "great"
    if low >= BEST and _missed(rules, table, action, state):
        marks.append("missed_chance")
    if approved and label in MARKED:
        label, marks = "good", ["approved"]
    return Verdict(loss, low, label, tuple(marks))


def _by_loss(low: float) -> str:
    """The class that the lower bound of the loss reaches."""
    for cut, name in _CUTS:
        if low < cut:
            return name
    return "blunder"


def _alone(rules: Rules, table: Worths, action: int) -> bool:
    """Whether every move of another kind is clearly worse than good."""
    family = rules.columns[Col.VERB]
    others = family[table.actions] != family[action]
    low = table.gap - SURE * table.gap_se
    return bool(others.any() and (low[others] >= GOOD).all())


def takes_chance(rules: Rules, action: int, state: State) -> bool:
    """Whether a move takes up what the buyer has opened: his question, or his invitation."""
    asked = int(state.asked[0])
    if asked:
        return bool((int(rules.columns[Col.ANSWERS, action]) >> asked) & 1)
    return float(rules.radius[action]) < 2.0


def _missed(rules: Rules, table: Worths, action: int, state: State) -> bool:
    """A door stood open, the best move goes through it, and this one does not."""
    if not (int(state.door[0]) > 0 or int(state.asked[0]) > 0):
        return False
    best = int(table.actions[table.best])
    return takes_chance(rules, best, state) and not takes_chance(rules, action, state)


def accuracy(terms: Sequence[tuple[str, Term]]) -> Accuracy:
    """Weighted means over the game and over each phase; `terms` are (phase, term)."""
    phases = {}
    for phase in dict.fromkeys(phase for phase, _ in terms):
        mean = _mean([term for name, term in terms if name == phase])
        if mean is not None:
            phases[phase] = mean
    every = tuple(term for _, term in terms)
    return Accuracy(_mean(every), phases, every)


def _mean(terms: Sequence[Term]) -> float | None:
    weight = sum(term.weight for term in terms)
    if weight <= 0:
        return None
    return sum(term.accuracy * term.weight for term in terms) / weight
