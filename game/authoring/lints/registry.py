"""All lints.

A lint of a scenario is a function of one :class:`~game.authoring.subject.Subject`, a lint of a pack
one of all scenarios that are checked together. Each gives findings; none reads a scenario's files.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from game.authoring.lints import (
    bargain,
    expectations,
    labels,
    leaks,
    lines,
    moves,
    notations,
    numbers,
    pack,
    sellers,
    states,
    stereotypes,
    teaching,
    translation,
    unfinished,
    unused,
)
from game.authoring.subject import Subject
from game.scenario.diagnostics import Diagnostic

Lint = Callable[[Subject], Iterator[Diagnostic]]
PackLint = Callable[[Sequence[Subject]], Iterator[Diagnostic]]

SCENARIO_LINTS: tuple[Lint, ...] = (
    sellers.unplayable,
    expectations.unreadable,
    states.unreachable,
    states.passed_through,
    states.untold,
    moves.worded,
    moves.played,
    moves.no_deal,
    notations.events,
    notations.approved,
    unfinished.unfinished,
    lines.few_of_his_own,
    leaks.gives_away,
    labels.absent,
    bargain.empty_zone,
    unused.options,
    unused.topics,
    teaching.missing,
    teaching.thin,
    numbers.score,
    numbers.minutes,
    unused.needs,
    stereotypes.no_spread,
    stereotypes.nation_as_reason,
    stereotypes.vice_of_origin,
    unused.parts,
    translation.missing,
)
PACK_LINTS: tuple[PackLint, ...] = (lines.never_said, pack.one_country)
