"""The command `longlunch check`: look at scenarios, voices and packs, and say what is wrong."""

from __future__ import annotations

import io
import sys
from argparse import Namespace
from collections.abc import Sequence

from game.authoring.examination import Examination, examination, examined
from game.scenario.diagnostics import Diagnostic, exit_status, render


def run(args: Namespace) -> int:
    """Run it; returns the exit status. ``args`` has paths, format and json."""
    report = look(args.paths)
    show(report.diagnostics, "json" if args.json else args.format)
    return exit_status(report.diagnostics)


def look(paths: Sequence[str]) -> Examination:
    """Everything there is to say about some paths."""
    return examination(examined(paths))


def show(found: Sequence[Diagnostic], form: str) -> None:
    """Print findings: text on standard error, everything for programs on standard output."""
    if form == "text":
        if found:
            print(render(found), end="", file=sys.stderr or io.StringIO())
        return
    from game.authoring.formats import FORMATS

    print(FORMATS[form](found), end="")
