"""`longlunch balance`: what a panel of sellers makes of a scenario, as text or as a page."""

from __future__ import annotations

import json
import sys
from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from game.analysis.balance import Balance, balance, refuse
from game.analysis.balance_json import numbers
from game.analysis.findings import findings
from game.analysis.panel import Progress
from game.authoring.balance_text import console_for, paragraph, show, whole
from game.authoring.balance_words import said, word
from game.authoring.files import PAGE, may_write
from game.review.keeping import write_page
from game.scenario.load import load_scenario


def run(args: Namespace) -> int:
    """Run it; returns the exit status."""
    refuse(args.runs, args.optimal, args.jobs)
    if args.html is not None:
        may_write(args.html, "--html", PAGE)
    loaded = load_scenario(args.scenario)
    with progress_bar() as progress:
        found = balance(
            loaded, args.runs, args.seed, args.optimal, args.settings, args.jobs, progress
        )
    if args.html is not None:
        write(args.html, found)
    if args.json:
        print(json.dumps(to_json(found), ensure_ascii=False, indent=2))
        return 0
    console = console_for()
    show(found, console)
    console.print()
    if args.html is None:
        paragraph(console, word("terminal", "more", scenario=args.scenario), "dim")
    else:
        whole(console, word("terminal", "written", name=args.html))
    return 0


def write(path: Path, found: Balance) -> None:
    from game.authoring.balance_page import page

    write_page(path, page(found))


def to_json(found: Balance) -> dict[str, Any]:
    """`longlunch.balance/1`; see docs/json/balance.schema.json."""
    return {
        **numbers(found),
        "findings": [
            {"id": f.id, "level": f.level, "text": said(f)} for f in findings(found)
        ],
    }  # fmt: skip


@contextmanager
def progress_bar() -> Iterator[Progress | None]:
    """A bar on stderr where somebody is watching; hears shares of the work."""
    if sys.stderr is None or not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import Progress as Bar

    with Bar(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(word("terminal", "working"), total=1.0)
        yield lambda share: bar.update(task, completed=share)
