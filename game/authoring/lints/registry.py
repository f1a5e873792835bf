"""All lints, in the order of their codes.

A lint of a scenario is a function of one :class:`~game.authoring.subject.Subject`, a lint of a pack
one of all scenarios that are checked together. Each gives findings; none reads a file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from game.authoring.lints import teaching, translation
from game.authoring.subject import Subject
from game.scenario.diagnostics import Diagnostic

Lint = Callable[[Subject], Iterator[Diagnostic]]
PackLint = Callable[[Sequence[Subject]], Iterator[Diagnostic]]

SCENARIO_LINTS: tuple[Lint, ...] = (teaching.missing, translation.missing)
PACK_LINTS: tuple[PackLint, ...] = ()
