"""Reading the entries of `expect:`, without playing them (docs/expectations.md)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, NamedTuple

from game.analysis.claim_files import shared_claims
from game.analysis.claim_models import Claim
from game.analysis.rows import Rows
from game.core.rules import Rules
from game.policies.notation import PolicyError, parse_policy
from game.policies.scripted import Scripted
from game.policies.shelf import UNSCRIPTED, own_policies, shipped_policies
from game.scenario.diagnostics import Diagnostic, did_you_mean, listing
from game.scenario.load import Loaded
from game.scenario.model import Expect
from game.scenario.tree import Item, Lines, Path


class Reading(NamedTuple):
    """The expectations of a scenario, one for each entry, and what is wrong with them."""

    claims: tuple[Claim, ...]
    found: tuple[Diagnostic, ...]


def read_expectations(
    loaded: Loaded, root: Item, lines: Lines, rules: Callable[[], Rules]
) -> Reading:
    """Read the entries of `expect:`; complaints stand at their lines.

    `root` is the scenario's tree (with what it extends), `rules` makes its rules when asked.
    """
    bands, own = shared_claims().bands, own_policies(loaded)
    rows = Rows(root, lines, bands, {}, lambda: loaded.scenario, own=own)
    claims = []
    for index, entry in enumerate(loaded.scenario.expect):
        where: Path = ("expect", index)
        none = Expect.model_construct(arms=None, measure=None)
        tests = rows.tests(entry, none, where, where)
        known = len(rows.found)
        for name, raw in entry.arms.items():
            if not rows.found:
                _arguments(rows, rules(), raw, (*where, "arms", name))
        if len(rows.found) > known:
            continue
        claims.append(
            Claim(
                id=str(index + 1),
                source="",
                kind="C",
                statement=entry.claim,
                scenarios=(loaded.scenario.scenario,),
                tests=tuple(replace(test, runs=entry.runs) for test in tests),
            )
        )
    return Reading(tuple(claims) if not rows.found else (), tuple(rows.found))


def _arguments(rows: Rows, rules: Rules, raw: Any, where: Path) -> None:
    """Complain of steps whose arguments this scenario does not have."""
    if isinstance(raw, Mapping) and "policy" in raw:
        raw, where = raw["policy"], (*where, "policy")
    known = {**shipped_policies(), **rows.own}
    if not isinstance(raw, str | list) or raw in (*UNSCRIPTED, *known):
        return
    try:
        Scripted(rules, parse_policy(raw, known), strict=True)
    except PolicyError as problem:
        rows.complain(
            "P001", where, str(problem),
            "one of " + listing(problem.choices, 40) if problem.choices else "steps of a policy",
            did_you_mean(problem.word, problem.choices, "name what this scenario has"),
        )  # fmt: skip
