"""`longlunch preview SCENARIO`."""

from __future__ import annotations

import argparse
import sys

from game.authoring.preview import text
from game.authoring.preview.draft import Draft
from game.authoring.preview.place import Place
from game.scenario.diagnostics import LongLunchError
from game.session.seating import Settings


def run(args: argparse.Namespace) -> int:
    """Open a scenario at a place of it; in the window even if its file is wrong."""
    place = Place(args.meeting, args.turn, args.state)
    draft: Draft | LongLunchError
    try:
        draft = Draft.open(args.scenario, args.seed, Settings("guided", args.d), place)
    except LongLunchError as problem:
        if args.text or problem.exit_status == 2:
            raise
        draft = problem
    if args.text and isinstance(draft, Draft):
        return text.run(draft)
    from game.authoring.preview.window import show
    from game.desktop.main import NoDisplay

    try:
        return show(draft)
    except NoDisplay as problem:
        if not isinstance(draft, Draft):
            raise draft from None
        print(f"No window: {problem.why}. The preview goes on in the terminal.", file=sys.stderr)
        return text.run(draft)
