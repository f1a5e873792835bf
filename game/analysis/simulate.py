"""`longlunch simulate`: one seller plays one scenario many times; shares, means and percentiles.

Row i is the solo game of seed + i, so the numbers do not depend on how the work is cut up.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from math import fsum, sqrt
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from game.analysis.settings import UsageError, usage, with_settings
from game.analysis.workers import processors, shared
from game.core.rules import Rules
from game.core.vocabulary import Ending
from game.policies.notation import PolicyError, parse_policy
from game.policies.run import play_seeds
from game.policies.scripted import Scripted
from game.policies.seller import Watching
from game.policies.shelf import (
    LOOKAHEAD,
    UNSCRIPTED,
    Seller,
    no_such_seller,
    own_policies,
    seller_for,
    shipped_policies,
)
from game.scenario.diagnostics import did_you_mean, listing
from game.scenario.load import load_scenario

FORMAT = "longlunch.simulate/1"
MEASURES = (
    "score", "seller_utility", "buyer_utility", "relationship", "trust", "turns", "facts",
)  # fmt: skip
MOST_RUNS = 10_000_000
# A seller who looks ahead takes as long for one game as a script for some thousands.
RUNS, RUNS_LOOKAHEAD = 10_000, 200
# Starting processes costs about half a second, which smaller runs do not earn back.
PARALLEL_FROM = 50_000
SLICE = 20_000

Policies = Mapping[str, Sequence[str]]
Progress = Callable[[int], None]
Values = NDArray[Any]


@dataclass(frozen=True, slots=True)
class Spread:
    """A measure over all runs; sd (n - 1) and se are None for a single run."""

    mean: float
    sd: float | None
    se: float | None
    p5: float
    p50: float
    p95: float


@dataclass(frozen=True, slots=True)
class Summary:
    """What `runs` engagements came to; `endings` are shares by name and sum to 1."""

    scenario: str
    digest: str
    policy: str
    runs: int
    seed: int
    settings: tuple[str, ...]
    endings: Mapping[str, float]
    measures: Mapping[str, Spread]

    def to_json(self) -> dict[str, Any]:
        """`longlunch.simulate/1`; see docs/json/simulate.schema.json."""
        return {
            "format": FORMAT,
            "scenario": self.scenario,
            "rules": self.digest,
            "policy": self.policy,
            "runs": self.runs,
            "seed": self.seed,
            "settings": list(self.settings),
            "endings": dict(self.endings),
            "measures": {
                name: {key: getattr(spread, key) for key in Spread.__slots__}
                for name, spread in self.measures.items()
            },
        }


def spread_of(values: Values) -> Spread:
    """Mean, sd, se and percentiles of at least one value; sums are exact, so order is no matter."""
    ordered = np.sort(values.astype(np.float64))
    n = ordered.size
    mean = fsum(ordered) / n
    sd = sqrt(fsum((ordered - mean) ** 2) / (n - 1)) if n > 1 else None
    return Spread(
        mean=mean,
        sd=sd,
        se=None if sd is None else sd / sqrt(n),
        p5=_percentile(ordered, 0.05),
        p50=_percentile(ordered, 0.5),
        p95=_percentile(ordered, 0.95),
    )


def _percentile(ordered: Values, share: float) -> float:
    """Between the two nearest of some ordered values, in proportion."""
    at = share * (ordered.size - 1)
    low = int(at)
    high = min(low + 1, ordered.size - 1)
    return float(ordered[low] + (at - low) * (ordered[high] - ordered[low]))


def seller_from(rules: Rules, policy: str, own: Policies = MappingProxyType({})) -> Seller:
    """A seller from the command line; raises :class:`UsageError` (P001).

    `own` are the sellers of the scenario's pack, which stand before the shipped ones.
    """
    shipped = shipped_policies()
    name = policy.strip()
    try:
        if name not in own and (name in UNSCRIPTED or name in shipped):
            return seller_for(rules, name)
        return Scripted(rules, parse_policy(name, {**shipped, **own}), strict=True)
    except PolicyError as problem:
        raise _policy_usage(name, problem, own, rules) from None


def _policy_usage(policy: str, problem: PolicyError, own: Policies, rules: Rules) -> UsageError:
    unknown = no_such_seller(policy, problem, own, rules.verbs)
    if unknown is not None:
        return usage(*unknown, code="P001")
    return usage(
        str(problem),
        "one of " + listing(problem.choices) if problem.choices else "steps with commas between",
        did_you_mean(
            problem.word,
            problem.choices,
            "compare with “greet, small_talk*3, propose when trust > 0.4”",
        ),
        code="P001",
    )


def simulate(
    scenario: str,
    policy: str,
    runs: int,
    seed: int,
    settings: Sequence[str] = (),
    jobs: int | None = None,
    progress: Progress | None = None,
) -> Summary:
    """Play `runs` engagements of seeds `seed`, `seed` + 1, … and sum them up.

    `jobs` processes share the work, by default one below `PARALLEL_FROM` runs (for a seller who
    looks ahead: up to one slice of his) and else one a processor; `progress` hears of every slice
    done. Raises :class:`UsageError` and :class:`~game.scenario.diagnostics.ScenarioError`.
    """
    if not 1 <= runs <= MOST_RUNS:
        raise usage(
            f"{runs} runs cannot be played", f"1 to {MOST_RUNS}", "choose a number in that range"
        )
    if jobs is not None and jobs < 1:
        raise usage(f"{jobs} jobs cannot work", "1 or more", "leave it out for all processors")
    loaded = with_settings(load_scenario(scenario), settings)
    rules = loaded.rules
    own = own_policies(loaded)
    seller = seller_from(rules, policy, own)
    size, alone = (
        (seller.at_once, seller.at_once) if isinstance(seller, Watching) else (SLICE, PARALLEL_FROM)
    )
    if jobs is None:
        jobs = processors() if runs > alone else 1
    slices = [(seed + i, min(size, runs - i)) for i in range(0, runs, size)]
    heard = progress or (lambda done: None)
    if jobs == 1 or len(slices) == 1:
        parts = []
        for first, count in slices:
            parts.append(_columns(rules, seller, first, count))
            heard(count)
    else:
        parts = _in_processes(
            rules, policy, own, slices, min(jobs, len(slices), processors()), heard
        )
    columns = {name: np.concatenate([p[name] for p in parts]) for name in parts[0]}
    counts = np.bincount(columns["ending"], minlength=len(Ending)).tolist()
    return Summary(
        scenario=rules.scenario,
        digest=rules.digest,
        policy=policy,
        runs=runs,
        seed=seed,
        settings=tuple(settings),
        endings={e.name.lower(): counts[e] / runs for e in Ending if e is not Ending.NONE},
        measures={name: spread_of(columns[name]) for name in MEASURES},
    )


def _columns(rules: Rules, seller: Seller, seed: int, runs: int) -> dict[str, Values]:
    result = play_seeds(rules, seller, seed, runs)
    return {name: getattr(result, name) for name in ("ending", *MEASURES)}


_worker: tuple[Rules, Seller]


def _prepare(rules: Rules, policy: str, own: Policies) -> None:
    global _worker
    _worker = rules, seller_from(rules, policy, own)


def _work(part: tuple[int, int]) -> dict[str, Values]:
    return _columns(*_worker, *part)


def _in_processes(
    rules: Rules,
    policy: str,
    own: Policies,
    slices: list[tuple[int, int]],
    jobs: int,
    heard: Progress,
) -> list[dict[str, Values]]:
    parts = []
    with shared(jobs, _prepare, rules, policy, own) as share:
        for part, (_, count) in zip(share(_work, slices), slices, strict=True):
            parts.append(part)
            heard(count)
    return parts


# --- the command ----------------------------------------------------------------------------------


def run(arguments: argparse.Namespace) -> int:
    """`longlunch simulate`; prints a table or JSON, returns the exit status."""
    ahead = arguments.policy.strip() == LOOKAHEAD
    runs = arguments.runs
    if runs is None:
        runs = RUNS_LOOKAHEAD if ahead else RUNS
    with _progress_bar(runs, 1 if ahead else 2 * SLICE) as progress:
        summary = simulate(
            arguments.scenario,
            arguments.policy,
            runs,
            arguments.seed,
            arguments.settings,
            arguments.jobs,
            progress,
        )
    if arguments.json:
        print(json.dumps(summary.to_json(), indent=2))
    else:
        _print_tables(summary)
    return 0


@contextmanager
def _progress_bar(runs: int, moment: int) -> Iterator[Progress | None]:
    """A bar on stderr for more runs than a `moment` is enough for, where somebody is watching."""
    if runs <= moment or not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import Progress as Bar

    with Bar(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("playing", total=runs)
        yield lambda done: bar.advance(task, done)


def _print_tables(summary: Summary) -> None:
    from rich.console import Console
    from rich.table import Table

    console = Console(highlight=False)
    changed = "".join(f", {setting}" for setting in summary.settings)
    console.print(
        f"{summary.scenario}, policy {summary.policy}{changed}: "
        f"{summary.runs} runs from seed {summary.seed}",
        markup=False,
    )
    shares = "  ".join(f"{name} {share:.2%}" for name, share in summary.endings.items())
    console.print(shares, markup=False)
    table = Table()
    table.add_column("measure")
    for name in Spread.__slots__:
        table.add_column(name, justify="right")
    for measure, spread in summary.measures.items():
        numbers = (getattr(spread, name) for name in Spread.__slots__)
        table.add_row(measure, *("–" if x is None else f"{x:.4g}" for x in numbers))
    console.print(table)
