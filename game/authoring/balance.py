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
from game.analysis.balance_compare import compare
from game.analysis.balance_json import numbers
from game.analysis.findings import findings
from game.analysis.panel import Progress
from game.analysis.settings import with_settings
from game.authoring.balance_edit import Edit, Version, edit_json, show_edit, version
from game.authoring.balance_text import console_for, paragraph, show, whole
from game.authoring.balance_words import said, word
from game.authoring.files import PAGE, may_write
from game.authoring.writing import write_over
from game.scenario.load import Loaded, load_scenario

_SHARE_OF_OTHER = 0.4  # of the work: the other version's moves are not weighed


def run(args: Namespace) -> int:
    """Run it; returns the exit status."""
    refuse(args.runs, args.optimal, args.jobs)
    if args.html is not None:
        may_write(args.html, "--html", PAGE)
    loaded = load_scenario(args.scenario)
    other = None if args.compare is None else version(args.scenario, args.compare)
    with progress_bar() as progress:
        found, before = played(args, loaded, other, progress)
    compared = None
    if other is not None:
        differs = None if before is None else compare(found, before)
        compared = Edit(other.name, other.said, differs)
    if args.html is not None:
        write(args.html, found, compared)
    if args.json:
        print(json.dumps(to_json(found, compared), ensure_ascii=False, indent=2))
        return 0
    console = console_for()
    if compared is not None:
        show_edit(compared, console)
        console.print()
    show(found, console)
    console.print()
    if args.html is None:
        paragraph(console, word("terminal", "more", scenario=args.scenario), "dim")
    else:
        whole(console, word("terminal", "written", name=args.html))
    return 0


def played(
    args: Namespace, loaded: Loaded, other: Version | None, progress: Progress | None
) -> tuple[Balance, Balance | None]:
    """The balance, and that of the other version if its rules are other ones."""
    differs = other is not None and _digest(loaded, args) != _digest(other.loaded, args)
    parts = 1.0 + (_SHARE_OF_OTHER if differs else 0.0)
    common = (args.runs, args.seed, args.optimal, args.settings, args.jobs)
    found = balance(loaded, *common, progress and (lambda share: progress(share / parts)))
    if other is None or not differs:
        return found, None
    rest = progress and (lambda share: progress((1 + share * _SHARE_OF_OTHER) / parts))
    return found, balance(other.loaded, *common, rest, scores_alone=True)


def _digest(loaded: Loaded, args: Namespace) -> str:
    changed = with_settings(loaded, args.settings)
    return changed.rules.digest


def to_json(found: Balance, edit: Edit | None = None) -> dict[str, Any]:
    """`longlunch.balance/1`; see docs/json/balance.schema.json."""
    return {
        **numbers(found),
        "findings": [
            {"id": f.id, "level": f.level, "text": said(f)} for f in findings(found)
        ],
        **({} if edit is None else {"compared": edit_json(edit)}),
    }  # fmt: skip


def write(path: Path, found: Balance, edit: Edit | None) -> None:
    from game.authoring.balance_page import page

    write_over(path, page(found, edit=edit))


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
