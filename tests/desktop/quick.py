"""Reviews that are made at once, for a process that must import them by name."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace

from game.review.model import Review
from game.session.game import Game
from tests.review import samples


def two_stages(game: Game, *, first_play: bool) -> Iterator[Review]:
    """The same review twice, as of the game itself."""
    told = {"scenario": game.scenario.scenario, "seed": game.seed, "head": game.transcript.head}
    found = replace(samples.seoul(), **told)
    yield replace(found, stage=1, stages=2)
    yield replace(found, stage=2, stages=2)


def never_done(game: Game, *, first_play: bool) -> Iterator[Review]:
    """One stage, and then nothing for a long time."""
    yield replace(samples.seoul(), stage=1, stages=2)
    time.sleep(600)


def broken(game: Game, *, first_play: bool) -> Iterator[Review]:
    """Ends its process in the midst of the work."""
    yield replace(samples.seoul(), stage=1, stages=2)
    raise SystemExit(3)
