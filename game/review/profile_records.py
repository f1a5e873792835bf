"""The records of a profile: numbers and ids, checked when they are made and when they are read."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints
from pydantic import model_validator as checked

from game.review import model
from game.review.schedule import DONE, Standing, passes
from game.session.seating import Help
from game.session.transcript import Transcript

Id = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$")]
Digest = Annotated[str, StringConstraints(pattern=r"^sha256:[0-9a-f]{64}$")]
Count = Annotated[int, Field(ge=0)]
Share = Annotated[float, Field(ge=0, le=1)]
Points = Annotated[float, Field(ge=0, le=100)]


class _Kept(BaseModel):
    """A record: it cannot be changed, holds no unknown keys and no infinite numbers."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


class ReadRecord(_Kept):
    """A mark on the continuum. `error` is |d − truth| in [0, 1], `within` whether the truth lay
    where the confidence allows; both None where the read is not scored."""

    buyer: Id
    d: Share
    confidence: Share
    error: Share | None = None
    within: bool | None = None

    @checked(mode="after")
    def _scored_or_not(self) -> Self:
        if (self.error is None) != (self.within is None):
            raise ValueError("a read has an error and within, or neither")
        return self


class ReviewRecord(_Kept):
    """One engagement that was reviewed. `transcript` and `head` name it: see :func:`played`.

    `score` and `accuracy` in [0, 100]; `skill` and `luck` in points of score; `style` in [0, 1]
    with 0 specific, revealed by `style_n` moves; `coach_words` the times the coach spoke.
    """

    date: date
    transcript: Digest
    head: Id
    scenario: Id
    buyers: tuple[Id, ...]
    seed: Annotated[int, Field(ge=0, lt=1 << 32)]
    help: Help
    blind: bool
    hints: Count = 0
    undos: Count = 0
    coach_words: Count = 0
    score: Points
    skill: float
    luck: float
    accuracy: Points | None = None
    accuracy_by_phase: dict[Id, Points] = {}
    style: Share | None = None
    style_n: Count = 0
    reads: tuple[ReadRecord, ...] = ()
    labels: dict[Id, Count] = {}

    @property
    def key(self) -> tuple[str, str]:
        return self.transcript, self.head


class Try(_Kept):
    """A try at a moment: `loss` in points of score below the best, `branch` the entry it made."""

    date: date
    loss: float
    branch: Id | None = None


class Moment(_Kept):
    """A moment to try again: the entry of a kept transcript at which something was lost."""

    id: Id
    transcript: Digest
    entry: Id
    scenario: Id
    turn: Count
    label: Id
    loss: float
    principle: Id | None = None
    due: date
    stage: Annotated[int, Field(ge=0, le=DONE)] = 0
    tries: tuple[Try, ...] = ()
    passed: date | None = None

    @checked(mode="after")
    def _done_is_done(self) -> Self:
        if (self.stage == DONE) != (self.passed is not None):
            raise ValueError("passed and stage do not fit")
        return self

    @property
    def standing(self) -> Standing:
        return Standing(self.stage, self.due, self.passed)


class Assessment(_Kept):
    """A self-test or judgment test: which one, which of its forms, its numbers by name."""

    date: date
    test: Id
    form: Id
    result: dict[Id, float]


@dataclass(frozen=True, slots=True)
class Lost:
    """What a review found at one entry: `loss` in points of score below the best move there."""

    entry: str
    turn: int
    label: str
    loss: float
    principle: str | None = None


class Book(_Kept):
    """Everything in the file. Reviews are told apart by their keys, moments by their ids."""

    format: Literal["longlunch.profile/1"] = "longlunch.profile/1"
    reviews: tuple[ReviewRecord, ...] = ()
    moments: tuple[Moment, ...] = ()
    tests: tuple[Assessment, ...] = ()

    @checked(mode="after")
    def _no_twins(self) -> Self:
        if len({r.key for r in self.reviews}) < len(self.reviews):
            raise ValueError("a review is there twice")
        if len({m.id for m in self.moments}) < len(self.moments):
            raise ValueError("a moment is there twice")
        return self


def played(transcript: Transcript, head: str | None = None) -> Transcript:
    """A transcript as it was when it stood at `head` (its own if None): what came later is left.

    Entries never change and later branches are appended, so this and its digest stay the same
    however often somebody tries again. Raises KeyError if no entry has that id.
    """
    head = transcript.head if head is None else head
    ids = [entry.id for entry in transcript.entries]
    if head and head not in ids:
        raise KeyError(head)
    entries = transcript.entries[: ids.index(head) + 1] if head else []
    known = {entry.id for entry in entries}
    branches = {root: key for root, key in transcript.branches.items() if root in known}
    return replace(transcript, entries=entries, head=head, branches=branches)


def digest_of(transcript: Transcript) -> str:
    """`sha256:…`, as it stands in a saved transcript."""
    return str(transcript.as_json()["digest"])


# --- from a review --------------------------------------------------------------------------------


def record_of(review: model.Review, game: Transcript, day: date) -> ReviewRecord:
    """What is kept of a review; `game` is the transcript that it was made from."""
    labels = [move.label for move in review.moves]
    return ReviewRecord(
        date=day, transcript=digest_of(played(game, review.head)), head=review.head,
        scenario=review.scenario, buyers=tuple(buyer.id for buyer in review.buyers),
        seed=review.seed, help=game.settings.help, blind=review.blind,
        hints=review.hints, undos=review.undone, coach_words=review.coached,
        score=_points(review.score), skill=round(review.skill, 2), luck=round(review.luck, 2),
        accuracy=None if review.accuracy.game is None else _points(review.accuracy.game),
        accuracy_by_phase={phase: _points(x) for phase, x in review.accuracy.phases.items()},
        style=review.style.d, style_n=review.style.moves,
        reads=tuple(
            ReadRecord(
                buyer=read.buyer, d=read.d, confidence=read.confidence,
                error=read.error if read.scored else None,
                within=read.within if read.scored else None,
            )
            for read in review.reads
        ),
        labels={label: labels.count(label) for label in model.LABELS if label in labels},
    )  # fmt: skip


def lost_of(review: model.Review) -> list[Lost]:
    """The moments of a review at which more was lost than a try may lose and pass."""
    moves = {move.index: move for move in review.moves}
    at = dict.fromkeys(moment.move for moment in review.moments)
    return [
        Lost(move.entry, move.table_turn, move.label, round(move.loss, 2), move.principle or None)
        for move in (moves[index] for index in at if index in moves)
        if not passes(move.loss)
    ]


def _points(value: float) -> float:
    """To two decimals as in a review; sums of weights may end a hair above 100."""
    return min(max(round(value, 2), 0.0), 100.0)
