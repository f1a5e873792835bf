"""Whether a scenario says what it is there to teach."""

from __future__ import annotations

from collections.abc import Iterator

from game.authoring.subject import Subject
from game.scenario.diagnostics import Diagnostic, listing
from game.scenario.model import Teaching

_QUESTIONS = 3
_SHORTEST = 12  # characters of a text that says something


def missing(subject: Subject) -> Iterator[Diagnostic]:
    """L015: no ``teaching:`` at all."""
    if subject.scenario.teaching is None:
        yield subject.complaint(
            "L015",
            "nothing says what this scenario teaches",
            subject.place(("scenario",)),
            field="teaching",
            expected="“teaching:” with aim, minutes, splits, questions and stereotype",
            fix="add “teaching:”; a facilitator reads it before the room does",
        )


def thin(subject: Subject) -> Iterator[Diagnostic]:
    """L016: a ``teaching:`` without all of its parts."""
    teaching = subject.scenario.teaching
    if teaching is None:
        return
    lacks = list(_lacks(teaching))
    if lacks:
        yield subject.complaint(
            "L016",
            f"“teaching:” lacks {listing(lacks)}",
            subject.key(("teaching",)),
            field="teaching",
            expected="aim, minutes, likely splits, three questions, and an answer to “isn't this a "
            "stereotype?”",
            fix="write what is missing; a facilitator has nobody else to ask",
        )


def _lacks(teaching: Teaching) -> Iterator[str]:
    if not _says(teaching.aim):
        yield "its aim"
    if "minutes" not in teaching.model_fields_set or teaching.minutes <= 0:
        yield "the minutes"
    if not any(map(_says, teaching.splits)):
        yield "likely splits"
    left = _QUESTIONS - sum(map(_says, teaching.questions))
    if left > 0:
        yield "three questions" if left == _QUESTIONS else f"{left} of three questions"
    if not _says(teaching.stereotype):
        yield "an answer to “isn't this a stereotype?” (stereotype)"


def _says(text: str) -> bool:
    return len(text.strip()) >= _SHORTEST
