"""`longlunch claims`: statements about behaviour, tested; a table or JSON, and a status."""

from __future__ import annotations

import argparse
import json
import math
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from game.analysis.claim_files import read_claims
from game.analysis.claim_models import ClaimFile
from game.analysis.claim_runs import QUICK, UNDER_WEIGHTS, Progress, Suite, run_suite, size
from game.analysis.claims import Finding
from game.analysis.known import Difference, KnownRow, can_be_written, compare, read_known, written
from game.analysis.settings import usage
from game.scenario.diagnostics import did_you_mean, listing
from game.scenario.sources import locate

if TYPE_CHECKING:
    from rich.console import Console

FORMAT = "longlunch.claims/1"
MOST_DRAWS = 1_000
_WIDTH = 126  # of a table that goes into a file or a pipe


def run(arguments: argparse.Namespace) -> int:
    """`longlunch claims`. 0 if all passed or failed as the list says, else 1."""
    _refuse(arguments)
    file = read_claims([Path(p) for p in arguments.files] if arguments.files else None)
    _known_ids(file, arguments.only)
    for scenario in arguments.scenario:
        locate(scenario)
    whole = not (arguments.files or arguments.only or arguments.scenario)
    path = arguments.check_known or arguments.write_known
    known = read_known(path) if path and (arguments.check_known or path.exists()) else []
    if arguments.write_known:
        can_be_written(arguments.write_known)
    chosen = (file, arguments.only, arguments.scenario)
    with _progress_bar(size(*chosen, arguments.weights)) as progress:
        suite = run_suite(
            *chosen,
            share=QUICK if arguments.quick else 1.0,
            draws=arguments.weights,
            jobs=arguments.jobs,
            progress=progress,
        )
    difference = compare(suite, known, whole) if arguments.check_known else None
    if arguments.write_known:
        text = written(suite, known, whole)
        arguments.write_known.write_text(text, encoding="utf-8")
    if arguments.json:
        print(json.dumps(to_json(suite, difference), ensure_ascii=False, indent=2))
    else:
        _print(suite, difference, arguments)
    if arguments.write_known:
        return 0
    if difference is not None:
        return 1 if difference else 0
    return 0 if all(found.passed for found in suite.findings) else 1


def _refuse(arguments: argparse.Namespace) -> None:
    """Options that make no sense, alone or together; raises UsageError (U001)."""
    if not 0 <= arguments.weights <= MOST_DRAWS:
        raise usage(
            f"{arguments.weights} draws of the weights cannot be made",
            f"0 to {MOST_DRAWS}",
            "choose a number in that range",
        )
    if arguments.jobs is not None and arguments.jobs < 1:
        raise usage(
            f"{arguments.jobs} jobs cannot work", "1 or more", "leave it out for all processors"
        )
    if arguments.quick and (arguments.check_known or arguments.write_known):
        raise usage(
            "known failures are those of the whole test rule",
            "the suite without --quick",
            "leave out --quick",
        )
    if arguments.check_known and arguments.write_known:
        raise usage(
            "a list is either checked or written", "one of the two", "leave out one of them"
        )


def _known_ids(file: ClaimFile, only: Sequence[str]) -> None:
    ids = [claim.id for claim in file.claims]
    for wanted in only:
        if wanted not in ids:
            raise usage(
                f"there is no claim “{wanted[:40]}”",
                "one of " + listing(ids, 12),
                did_you_mean(wanted, ids, "docs/claims.md says where the claims are"),
            )


@contextmanager
def _progress_bar(total: int) -> Iterator[Progress | None]:
    """A bar on stderr where somebody is watching."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import Progress as Bar

    with Bar(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("testing claims", total=total)
        yield lambda done: bar.advance(task, done)


# --- for programs ---------------------------------------------------------------------------------


def to_json(suite: Suite, difference: Difference | None = None) -> dict[str, Any]:
    """`longlunch.claims/1`; see docs/json/claims.schema.json."""
    verdicts = Counter(suite.verdict(claim) for claim in suite.claims)
    passed = sum(found.passed for found in suite.findings)
    return {
        "format": FORMAT,
        "share": suite.share,
        "draws": suite.draws,
        "claims": [
            {
                "id": claim.id,
                "source": claim.source,
                "kind": claim.kind,
                "claim": claim.statement,
                "verdict": suite.verdict(claim),
                "pending": claim.pending or None,
                "draws_passed": survival.passed if survival is not None else None,
            }
            for claim in suite.claims
            for survival in (suite.survival.get(claim.id),)
        ],
        "findings": [_finding(found) for found in suite.findings],
        "summary": {
            **{name.replace(" ", "_"): verdicts[name] for name in _VERDICTS},
            "tests_passed": passed,
            "tests_failed": len(suite.findings) - passed,
        },
        "known": None if difference is None else _differing(difference),
    }


_VERDICTS = ("pass", "fail", "pending", "not run")


def _finding(found: Finding) -> dict[str, Any]:
    numbers = {name: _number(getattr(found, name)) for name in ("effect", "low", "high", "bound")}
    return {
        "claim": found.claim,
        "test": found.test,
        "scenario": found.scenario,
        "measure": found.measure,
        "buyers": found.buyers,
        **numbers,
        "rule": found.rule,
        "passed": found.passed,
    }


def _number(value: float) -> float | None:
    return value if math.isfinite(value) else None


def _differing(difference: Difference) -> dict[str, Any]:
    def row(one: Finding | KnownRow) -> dict[str, Any]:
        keys = ("claim", "test", "scenario", "measure", "buyers")
        return {key: getattr(one, key) for key in keys}

    return {
        "as_listed": not difference,
        "unlisted": [row(one) for one in difference.unlisted],
        "mended": [row(one) for one in difference.mended],
        "unexplained": [row(one) for one in difference.unexplained],
    }


# --- for people -----------------------------------------------------------------------------------


def bound_text(found: Finding) -> str:
    """What the effect is held to, as people write it: `> 0.02`, `±0.03`."""
    bound = f"{found.bound:g}"
    forms = {
        "greater": f"> {bound}",
        "above": f"> {bound}",
        "positive": "> 0",
        "at_least": f"> −{bound}",
        "less": f"< −{bound}",
        "below": f"< {bound}",
        "at_most": f"< {bound}",
        "null": f"±{bound}",
        "between": f"{bound} to {1 - found.bound:g}",
        "rises": f"↑ {bound}",
        "monotone": f"↑ {bound}",
        "falls": f"↓ {bound}",
        "steps": f"≤ {bound}",
        "equal": "= 1",
    }
    return forms[found.rule]


def _print(suite: Suite, difference: Difference | None, arguments: argparse.Namespace) -> None:
    from rich.console import Console

    width = None if sys.stdout.isatty() else _WIDTH
    console = Console(highlight=False, markup=False, width=width)
    _print_findings(console, suite)
    if suite.draws:
        _print_survival(console, suite)
    console.print(summary(suite))
    if suite.share < 1:
        console.print(
            f"{suite.share:.0%} of the episodes: a wide margin shows, a narrow one is not judged."
        )
    if arguments.write_known:
        failed = sum(not found.passed for found in suite.findings)
        console.print(f"{failed} failures written to {arguments.write_known}")
    elif difference is not None:
        _print_difference(console, difference)


def summary(suite: Suite) -> str:
    """`97 claims: 80 pass, 9 fail, 8 pending; 806 tests: 770 pass, 36 fail`."""
    verdicts = Counter(suite.verdict(claim) for claim in suite.claims)
    counts = [f"{verdicts[name]} {name}" for name in _VERDICTS if verdicts[name]]
    passed = sum(found.passed for found in suite.findings)
    tests = f"{len(suite.findings)} tests: {passed} pass, {len(suite.findings) - passed} fail"
    claims = f"{len(suite.claims)} claim" + ("" if len(suite.claims) == 1 else "s")
    return f"{claims}: {', '.join(counts) or 'none'}; {tests}"


def _print_findings(console: Console, suite: Suite) -> None:
    from rich.table import Table

    table = Table()
    for name in ("id", "scenario", "measure", "buyers"):
        table.add_column(name, overflow="fold")
    for name in ("effect", "99 % interval", "bound"):
        table.add_column(name, justify="right", no_wrap=True)
    table.add_column("verdict", no_wrap=True)
    for found in suite.findings:
        table.add_row(
            found.claim,
            found.scenario,
            found.measure,
            _shortened(found.buyers),
            _signed(found.effect),
            f"{_signed(found.low)} … {_signed(found.high)}",
            bound_text(found),
            "pass" if found.passed else "FAIL",
            style=None if found.passed else "bold magenta",
        )
    for claim in suite.claims:
        if claim.pending:
            table.add_row(claim.id, "–", "–", "–", "–", "–", "–", "pending")
    console.print(table)


def _signed(value: float) -> str:
    return f"{value:+.3f}".replace("-", "−")


def _shortened(buyers: str) -> str:
    """`D0 vs … vs D10` for a long sweep."""
    parts = buyers.split(" vs ")
    return buyers if len(parts) < 4 else f"{parts[0]} vs … vs {parts[-1]}"


def _print_survival(console: Console, suite: Suite) -> None:
    from rich.table import Table

    table = Table(title="Under other weights, each times its own U(0.8, 1.2)", title_justify="left")
    table.add_column("id")
    table.add_column("claim")
    table.add_column("draws passed", justify="right")
    for claim in suite.claims:
        survival = suite.survival.get(claim.id)
        if survival is not None:
            text = f"{survival.passed} of {survival.draws}"
            table.add_row(claim.id, claim.statement, text)
        elif suite.verdict(claim) in ("pass", "fail"):
            table.add_row(claim.id, claim.statement, "not drawn")
    console.print(table)
    passed = sum(s.passed for s in suite.survival.values())
    drawn = sum(s.draws for s in suite.survival.values())
    console.print(
        f"{passed / max(drawn, 1):.1%} of {drawn}; each draw in one of a claim's scenarios, "
        f"in turn, with {suite.share * UNDER_WEIGHTS:.0%} of the episodes."
    )


def _print_difference(console: Console, difference: Difference) -> None:
    if not difference:
        console.print("The failures are those that are listed.")
        return

    def named(one: Finding | KnownRow) -> str:
        test = f" (test {one.test})" if one.test > 1 else ""
        return f"  {one.claim} in {one.scenario}: {one.measure}, {one.buyers}{test}"

    for title, rows in (
        ("Fails and is not listed:", difference.unlisted),
        ("Listed, and does not fail:", difference.mended),
        ("Listed without a reason:", difference.unexplained),
    ):
        if rows:
            console.print(title)
            for row in rows:
                console.print(named(row))
