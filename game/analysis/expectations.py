"""What a scenario's author expects of it: claims bound to their file (docs/expectations.md).

An entry of `expect:` is a claim without id, source and scenarios (decision 8), run by the same
bench and the same test rule. It is held to the scenario as it is written: none of the changes by
which the claims make their tables alike.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from game.analysis.bench import SEED, Bench
from game.analysis.claim_files import shared_claims
from game.analysis.claim_models import Arm, Claim, ClaimFile
from game.analysis.claims import Finding, run_claim
from game.analysis.expect_rows import Reading, read_expectations
from game.core.weights import Weights
from game.scenario.load import Loaded

__all__ = ["Reading", "bench_for", "judged", "read_expectations", "tables_of"]


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
