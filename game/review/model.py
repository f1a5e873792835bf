"""A review as data: what every page, screen and JSON object of it is made from.

Worth and loss are in points of the score (0-100); trust, beliefs and places on the continuum lie
in [0, 1]. Words come from the game that was played; ids name what the catalogue words.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

FORMAT = "longlunch.review/1"

# Labels, from the best down; then the two that stand beside a label (`Move.marks`).
LABELS = ("only", "great", "best", "good", "inaccuracy", "mistake", "blunder")
MARKS = ("missed_chance", "approved")


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the score: `seller`, `buyer` or `relationship`, value and weight in [0, 1]."""

    id: str
    value: float
    weight: float


@dataclass(frozen=True, slots=True)
class Option:
    """An action that could have been taken; `loss` against the best, 0 for the best itself."""

    action: str  # notation
    label: str
    worth: float
    loss: float
    rollouts: int


@dataclass(frozen=True, slots=True)
class Cause:
    """Why a move cost or brought what it did; `points` of the score, `trust` where it moved."""

    id: str
    text: str
    points: float
    trust: float


@dataclass(frozen=True, slots=True)
class TrustMove:
    """One buyer's trust and beliefs over one turn."""

    buyer: str
    name: str
    before: float
    after: float
    ability: float  # changes
    benevolence: float
    integrity: float
    state: str  # trust state after the turn


@dataclass(frozen=True, slots=True)
class Said:
    """One line: a buyer's (or nobody's) words, notice or thought."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Move:
    """One decision of the seller, what it was worth and what came of it."""

    index: int  # from 1, over the whole engagement
    entry: str  # transcript entry
    phase: str  # prepare, table, after, between
    meeting: int
    turn: int  # turn of the meeting, 0 away from the table
    table_turn: int  # turn counted over all meetings, 0 away from the table
    action: str
    action_label: str
    radius: float  # ring: 0 terms … 3 personal
    own: str  # what was said with it
    event: str
    notices: tuple[Said, ...]
    said: tuple[Said, ...]
    thought: Said | None
    told: str  # label of a fact told, ""
    before: float  # expected score before the move, the strong seller playing on
    before_low: float  # 95 % bounds of it
    before_high: float
    worth: float  # expected score after choosing this move
    loss: float  # against the best
    loss_low: float  # lower 95 % bound of the loss
    stake: float  # standard deviation of the worth of all legal moves
    accuracy: float  # 0-100
    skill: float  # points won or lost against the strong seller by choosing it
    luck: float  # points that chance added
    label: str  # one of LABELS
    marks: tuple[str, ...]  # of MARKS
    best: Option
    options: tuple[Option, ...]  # every legal action, best first
    trust: tuple[TrustMove, ...]
    causes: tuple[Cause, ...]  # of a marked move, the weightiest first
    principle: str  # id, "" for none
    comfort: float  # lead buyer's comfort radius then
    face_up: float | None  # loss with the cards face up, where it was asked for


@dataclass(frozen=True, slots=True)
class Moment:
    """A moment worth a second look; `kind` is a label, `missed_chance` or `slow_leak`."""

    move: int  # Move.index
    kind: str
    title: str
    text: str
    points: float  # loss, or what was won over the next best
    principle: str


@dataclass(frozen=True, slots=True)
class Term:
    """One line of the sum that makes the accuracy: accuracy x weight."""

    move: int
    loss: float
    accuracy: float
    weight: float


@dataclass(frozen=True, slots=True)
class Accuracy:
    """Weighted mean of the moves' accuracies, 0-100; None where nothing was decided."""

    game: float | None
    phases: dict[str, float]
    terms: tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class Read:
    """A mark on the continuum against the truth and an ideal observer of the same reactions."""

    buyer: str
    name: str
    table_turn: int
    d: float
    confidence: float
    truth: float
    error: float
    ideal: float
    ideal_error: float
    within: bool  # the truth lies where the confidence allows
    scored: bool  # blind, or the first play


@dataclass(frozen=True, slots=True)
class Buyer:
    """Who sat there: the truth, which only the review shows."""

    id: str
    name: str
    d: float
    need: str
    welcome: str
    sore: str


@dataclass(frozen=True, slots=True)
class FactDot:
    """A fact: where it lies (radius 0 core … 1 rim) and whether it was told."""

    id: str
    label: str
    buyer: str
    depth: str
    told: bool


@dataclass(frozen=True, slots=True)
class Style:
    """The style that the moves reveal: place on the continuum and how many moves show it."""

    d: float | None
    moves: int
    band: str  # id of its words


@dataclass(frozen=True, slots=True)
class Next:
    """What to do next: `kind` is try_again, scenario or principle."""

    kind: str
    id: str  # an entry, a scenario or a principle
    text: str


@dataclass(frozen=True, slots=True)
class Principle:
    id: str
    text: str
    source: str


@dataclass(frozen=True, slots=True)
class Review:
    """Everything a review says. `stage` of `stages` tells how far it has been refined."""

    scenario: str
    title: str
    transcript: str  # digest of the file
    head: str
    seed: int
    help: str
    blind: bool
    ended: bool
    hints: int
    coached: int
    undone: int
    stage: int
    stages: int
    ending: str
    ending_title: str
    deal: str  # the package in words, "" without one
    score: float
    par: float  # expected score of the strong seller before the first move
    skill: float  # par and all that the choices added or cost
    luck: float
    parts: tuple[Part, ...]
    accuracy: Accuracy
    moves: tuple[Move, ...]
    moments: tuple[Moment, ...]
    reads: tuple[Read, ...]
    style: Style
    buyers: tuple[Buyer, ...]
    facts: tuple[FactDot, ...]
    principles: tuple[Principle, ...]
    next: tuple[Next, ...]
    letter: str

    def as_json(self) -> dict[str, Any]:
        """`longlunch.review/1`; see docs/json/review.schema.json. Numbers to two decimals."""
        return {"format": FORMAT, **_rounded(asdict(self))}


def _rounded(value: Any) -> Any:
    if isinstance(value, float):
        return round(value, 2) + 0.0
    if isinstance(value, dict):
        return {key: _rounded(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_rounded(item) for item in value]
    return value
