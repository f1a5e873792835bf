"""What a scenario's author expects of it: claims bound to their file (docs/expectations.md).

An entry of `expect:` is a claim without id, source and scenarios (decision 8), run by the same
bench and the same test rule. It is held to the scenario as it is written: none of the changes by
which the claims make their tables alike.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from game.analysis.bench import SEED, Bench
from game.analysis.claim_files import shared_claims
from game.analysis.claim_models import Arm, Claim, ClaimFile
from game.analysis.claims import Finding, run_claim
from game.analysis.rows import Rows
from game.core.rules import Rules
from game.core.weights import Weights
from game.policies.notation import PolicyError, parse_policy
from game.policies.scripted import Scripted
from game.policies.shelf import own_policies, shipped_policies
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
    if not isinstance(raw, str | list) or raw in ("random", "optimal", *known):
        return
    try:
        Scripted(rules, parse_policy(raw, known), strict=True)
    except PolicyError as problem:
        rows.complain(
            "P001", where, str(problem),
            "one of " + listing(problem.choices, 40) if problem.choices else "steps of a policy",
            did_you_mean(problem.word, problem.choices, "name what this scenario has"),
        )  # fmt: skip


def bench_for(
    loaded: Loaded,
    claims: Sequence[Claim],
    seed: int = SEED,
    weights: Weights | None = None,
    share: float = 1.0,
) -> Bench:
    """A bench at the scenario's own table."""
    name = loaded.scenario.scenario
    file = ClaimFile(tuple(claims), tuple(claims), shared_claims().bands, {}, (name,))
    bench = Bench(file, weights or Weights(), share, seed)
    bench.at_hand(loaded)
    return bench


def judged(bench: Bench, claim: Claim) -> list[Finding]:
    """What one expectation comes to: a finding for each measure and band."""
    [scenario] = claim.scenarios or ()
    return run_claim(bench, claim, scenario)


def tables_of(
    bench: Bench, claims: Sequence[Claim]
) -> dict[str, tuple[Mapping[str, Any], list[Arm]]]:
    """The tables that expectations are played at: key -> (changes, the arms that sit there)."""
    tables: dict[str, tuple[Mapping[str, Any], list[Arm]]] = {}
    for test in (test for claim in claims for test in claim.tests):
        for band in test.buyers:
            for _, arm in test.arms:
                changes = {**bench.file.bands.get(band, {}), **test.changes, **arm.changes}
                key = repr(sorted(changes.items(), key=str))
                _, arms = tables.setdefault(key, (changes, []))
                if all(arm.policy != other.policy for other in arms):
                    arms.append(Arm(arm.policy))
    return tables
