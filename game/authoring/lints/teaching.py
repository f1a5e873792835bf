"""Whether a scenario says what it is there to teach."""

from __future__ import annotations

from collections.abc import Iterator

from game.authoring.subject import Subject
from game.scenario.diagnostics import Diagnostic


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
