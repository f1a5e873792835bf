"""The words of a review and how its numbers are written, the same in every view of it.

Numbers are written once: points whole, or with a tenth below ten where they are a loss; trust,
places and beliefs to two decimals; with a true minus sign. What is said to be a sum adds up as
written.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from game.review.model import Accuracy, Move, Option, Principle, Review
from game.scenario.translated import common_words, counted
from game.session.lines import filled
from game.session.words import phrases
from game.session.writing import listed, numeral

MINUS = "−"
_MOST_BETTER = 3
_WORTH_GAIN = 0.5  # points: what is better by less is not worth naming
_CITED = re.compile(r"claims? [A-Z]\d\d(?:, [A-Z]\d\d)*")
_CLAIM = re.compile(r"\b[A-Z]\d\d\b")


def words() -> dict[str, Any]:
    """The review's words: `ui`, `labels`, `kinds`, `bands` and the other sections of the file."""
    return common_words("review_words.yaml")


def word(section: str, id: str, **values: object) -> str:
    """A text with its values put in. Raises KeyError for an id that no text has."""
    text: str = words()[section][id]
    return filled(text, {name: str(value) for name, value in values.items()})


def word_counted(section: str, id: str, count: int, **values: object) -> str:
    """Of the texts `id_one` and `id_many` of a section the one that goes with a number."""
    text = counted(words()[section], id, count)
    return filled(text, {"count": str(count), **{n: str(v) for n, v in values.items()}})


def label(kind: str) -> dict[str, str]:
    """`word`, `sign` and `means` of a label, a mark or the kind of a moment."""
    found: dict[str, str] = words()["labels"].get(kind) or words()["kinds"][kind]
    return found


def band(id: str) -> str:
    """What a place on the continuum says about a seller; "" is too few moves to say."""
    return word("bands", id or "none")


def trust_state(name: str) -> str:
    """A trust state in words; a scenario's own states are named by their ids."""
    found: str = phrases()["ui"].get(f"state_{name}", name.replace("_", " "))
    return found


def sureness(confidence: float) -> str:
    """A confidence in [0, 1] in words."""
    steps: list[str] = words()["sure"]
    return steps[min(max(round(confidence * (len(steps) - 1)), 0), len(steps) - 1)]


# --- numbers ------------------------------------------------------------------------------------


def whole(points: float) -> int:
    """Points of the score as they are read."""
    return round(points)


def gain(points: int) -> str:
    """Whole points won or lost: `+6`, `−5`, `0`."""
    return f"+{points}" if points > 0 else amount(points)


def cost(points: float) -> str:
    """A loss or a gain without its sign: whole from ten on, with a tenth below; `0` for none."""
    size = abs(points)
    if size < 0.05:
        return "0"
    return numeral(size) if size >= 9.95 else numeral(size, 1)


def signed(points: float) -> str:
    """`+17`, `−4.3`, `0`."""
    size = cost(points)
    return size if size == "0" else f"{'+' if points > 0 else MINUS}{size}"


def lost(points: float) -> str:
    """A loss: `−17`, or nothing where nothing was lost."""
    return "" if cost(points) == "0" else MINUS + cost(points)


def beside(kind: str, points: float) -> str:
    """A loss beside its label; a move that is as good as the best one keeps its doubts inside."""
    return "" if kind in ("only", "great", "best") else lost(points)


def place(value: float) -> str:
    """Trust or a place on the continuum: `0.38`."""
    return numeral(value, 2)


def change(value: float) -> str:
    """A change of trust or of a belief: `+0.06`, `−0.14`, `0.00`."""
    size = numeral(abs(value), 2)
    return size if not moved(value) else f"{'+' if value > 0 else MINUS}{size}"


def moved(value: float) -> bool:
    """Whether a change of trust or of a belief shows in two decimals."""
    return round(abs(value), 2) > 0


def amount(value: float) -> str:
    """A whole number with its sign: `46`, `−5`."""
    return f"{MINUS if value < 0 else ''}{abs(round(value))}"


# --- sums that add up as they are written ------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ScoreSum:
    """Whole points: par + choices = skill, skill + luck = score."""

    par: int
    choices: int
    skill: int
    luck: int
    score: int


def score_sum(review: Review) -> ScoreSum:
    """The score as par, choices and luck; what rounding leaves over goes to the last two."""
    par, skill, score = whole(review.par), whole(review.skill), whole(review.score)
    return ScoreSum(par, skill - par, skill, score - skill, score)


@dataclass(frozen=True, slots=True)
class PartTerm:
    """A part of the score: its value and its points to two decimals, its weight in per cent."""

    id: str
    value: Decimal
    weight: Decimal
    points: Decimal


def score_terms(review: Review) -> tuple[PartTerm, ...]:
    """The parts of the score; none before the end."""
    return tuple(
        PartTerm(
            part.id,
            _rounded(100 * part.value, 2),
            _rounded(100 * part.weight, 0),
            _rounded(100 * part.value * part.weight, 2),
        )
        for part in review.parts
    )


@dataclass(frozen=True, slots=True)
class AccuracyTerm:
    """`product` is accuracy x weight, exactly, of the numbers as they are written."""

    move: int
    loss: float
    accuracy: Decimal  # one decimal
    weight: Decimal  # two decimals
    product: Decimal


@dataclass(frozen=True, slots=True)
class AccuracySum:
    """The accuracy as it is written, with every term of it."""

    terms: tuple[AccuracyTerm, ...]
    product: Decimal
    weight: Decimal
    quotient: Decimal  # one decimal
    whole: int


def accuracy_sum(accuracy: Accuracy) -> AccuracySum | None:
    """Every term of the accuracy, from the numbers as they are written; None without any."""
    terms = tuple(
        AccuracyTerm(t.move, t.loss, a, w, a * w)
        for t in accuracy.terms
        for a, w in [(_rounded(t.accuracy, 1), _rounded(t.weight, 2))]
    )
    weight = sum((t.weight for t in terms), Decimal(0))
    if accuracy.game is None or not weight:
        return None
    product = sum((t.product for t in terms), Decimal(0))
    quotient = (product / weight).quantize(Decimal("0.1"), ROUND_HALF_UP)
    return AccuracySum(terms, product, weight, quotient, int(quotient.quantize(Decimal(1))))


def _rounded(value: float, decimals: int) -> Decimal:
    return Decimal(repr(float(value))).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


# --- where a move was ---------------------------------------------------------------------------


def turn_label(move: Move) -> str:
    """The number of its turn, or a dash away from the table."""
    return str(move.table_turn) if move.table_turn else word("ui", "away")


def turn_name(move: Move, short: bool = False) -> str:
    """`Turn 6`, or where it was instead."""
    if move.table_turn:
        return word("ui", "turn", turn=move.table_turn)
    return word("phases_short" if short else "phases", move.phase)


def heading(move: Move, short: bool = False) -> str:
    """The stretch of the engagement that a move belongs to: a meeting, or what lies around it."""
    if move.phase in ("table", "after"):
        return word("ui", "meeting", count=move.meeting)
    return word("phases_short" if short else "phases", move.phase)


def stretches(moves: Sequence[Move]) -> list[tuple[str, list[Move]]]:
    """The moves in order, put together by meeting."""
    found: list[tuple[str, list[Move]]] = []
    for move in moves:
        if not found or found[-1][0] != heading(move):
            found.append((heading(move), []))
        found[-1][1].append(move)
    return found


def score_line(review: Review) -> str:
    """`41 of 100 = skill 46, luck −5`, in whole points that add up."""
    found = score_sum(review)
    return word(
        "ui", "skill_luck" if review.ended else "skill_luck_open", score=amount(found.score),
        skill=amount(found.skill), luck=gain(found.luck),
    )  # fmt: skip


def accuracy_phases(review: Review) -> str:
    """The accuracy of every phase in a row."""
    return "; ".join(
        word("ui", "accuracy_phase", name=word("phases", id), value=amount(value))
        for id, value in review.accuracy.phases.items()
    )


# --- what else there was to do -----------------------------------------------------------------


def better_moves(move: Move) -> Sequence[Option]:
    """The best options that would have kept more than half a point."""
    better = [o for o in move.options if move.loss - o.loss >= _WORTH_GAIN]
    return better[:_MOST_BETTER]


# --- sources ------------------------------------------------------------------------------------


def principles_of(review: Review) -> list[Principle]:
    """Those of the moments first, the dearest before the others; then the rest."""
    dear = sorted(review.moments, key=lambda moment: (-moment.points, moment.move))
    order = {id: k for k, id in reversed(list(enumerate(moment.principle for moment in dear)))}
    return sorted(review.principles, key=lambda p: order.get(p.id, len(order)))


def cited(source: str) -> str:
    """A source as it is shown: publications by their names, claims in words."""

    def told(match: re.Match[str]) -> str:
        ids = _CLAIM.findall(match[0])
        return word_counted("ui", "cited", len(ids), value=listed(ids))

    return _CITED.sub(told, source)


def claims_note(principles: Sequence[Principle]) -> str:
    """What the claims are that some sources name, and how to see them tested; "" without any."""
    ids = sorted({id for p in principles for id in _CLAIM.findall(p.source)})
    return word("ui", "claims_note", value=" ".join(ids)) if ids else ""
