"""The command `longlunch check`: look at scenarios, voices and packs, and say what is wrong."""

from __future__ import annotations

import io
import json
import sys
from argparse import Namespace
from collections.abc import Sequence
from typing import TYPE_CHECKING

from game.authoring.examination import Examination, examination, examined
from game.scenario.diagnostics import (
    Diagnostic,
    LongLunchError,
    exit_status,
    in_order,
    render,
    to_json,
)

if TYPE_CHECKING:
    from game.authoring.deep_run import DeepRun


def run(args: Namespace) -> int:
    """Run it; returns the exit status.

    ``args`` has paths, format and json, and whether to fix, only to show the diff, to watch, or to
    play as well (deep, with seed and jobs).
    """
    form = "json" if args.json else args.format
    if args.dry_run and not args.fix:
        raise _usage("--dry-run alone changes nothing", "--fix --dry-run, or --diff", "name both")
    if args.deep and (args.fix or args.diff or args.watch):
        raise _usage("--deep plays, and changes nothing", "--deep alone", "leave one out")
    if args.deep:
        return _played(args, form)
    if args.watch:
        return _watched(args, form)
    if args.fix or args.diff:
        return _mended(args, form)
    report = look(args.paths)
    show(report.diagnostics, form)
    return exit_status(report.diagnostics)


def look(paths: Sequence[str]) -> Examination:
    """Everything there is to say about some paths without playing."""
    return examination(examined(paths))


def show(
    found: Sequence[Diagnostic],
    form: str,
    mended: Sequence[Diagnostic] = (),
    offer: bool = True,
) -> None:
    """Print findings: text on standard error, everything for programs on standard output.

    ``offer`` says how many could be mended.
    """
    if form == "text":
        if found:
            _say(render(found))
            easy = sum(bool(d.edits) for d in found)
            if easy and offer:
                _say(f"{easy} of these can be mended with --fix\n")
        return
    from game.authoring.formats import FORMATS

    if form == "json" and mended:
        done = [{"code": d.code, "file": d.file, "message": d.message} for d in mended]
        print(json.dumps(to_json(found) | {"mended": done}, ensure_ascii=False, indent=2))
        return
    print(FORMATS[form](found), end="")


def _say(text: str) -> None:
    print(text, end="", file=sys.stderr or io.StringIO())


def _mended(args: Namespace, form: str) -> int:
    """Mend what needs no choice, or show what would be changed; then tell what is left."""
    from game.authoring.fix import diff, mend, told, write

    mended = mend(lambda: look(args.paths))
    if args.diff or args.dry_run:
        print(diff(mended), end="")
        _say(told(mended, "would mend"))
        return exit_status(mended.found.diagnostics)
    refused = mended.refused
    try:
        write(mended)
    except LongLunchError as problem:
        found = in_order((*look(args.paths).diagnostics, *problem.diagnostics))
        show(found, form)
        return exit_status(found)
    if form == "text":
        _say(told(mended, "mended"))
    left = in_order((*mended.left.diagnostics, *refused))
    show(left, form, mended.done, offer=False)
    return exit_status(left)


def _watched(args: Namespace, form: str) -> int:
    from game.authoring import watch

    if form != "text" or args.fix or args.diff:
        raise _usage("--watch shows text, and changes nothing", "--watch alone", "leave one out")
    watch.run(args.paths, lambda: look(args.paths))
    return 0


def _usage(message: str, expected: str, fix: str) -> Exception:
    from game.analysis.settings import usage

    return usage(message, expected, fix)


def _played(args: Namespace, form: str) -> int:
    """What playing shows as well: findings, and what was measured."""
    from game.authoring.deep_run import DeepRun

    play = DeepRun(args.seed, args.jobs)
    report = examination(examined(args.paths), play)
    show_deep(report.diagnostics, play, form)
    return exit_status(report.diagnostics)


def show_deep(found: Sequence[Diagnostic], play: DeepRun, form: str) -> None:
    """Print findings with what was measured, where the format has room for it."""
    if form == "json":
        from game.authoring.deep_json import deep_json

        measured = {"seed": play.seed, "scenarios": [deep_json(deep) for deep in play.deeps]}
        print(json.dumps({**to_json(found), "measured": measured}, ensure_ascii=False, indent=2))
        return
    if form == "text":
        from game.authoring.deep_text import deep_text

        print("\n".join(deep_text(deep) for deep in play.deeps), end="")
        sys.stdout.flush()
    show(found, form)
