"""Whether the expectations of a scenario can be read; `check --deep` then plays them."""

from __future__ import annotations

from collections.abc import Iterator

from game.authoring.subject import Subject
from game.scenario.diagnostics import Diagnostic


def unreadable(subject: Subject) -> Iterator[Diagnostic]:
    """C001 to C004 and P001: what an entry of ``expect:`` names and nobody knows."""
    if subject.scenario.expect:
        from game.analysis.expect_rows import read_expectations

        rules = lambda: subject.rules  # noqa: E731 - made only where an argument is to be looked up
        yield from read_expectations(subject.loaded, subject.root, subject.lines, rules).found
