"""The process that weighs a room's moves: of low priority, and gone with the server.

It is given one table at a time and answers with its review. All tables share one shelf, so what
several of them did alike is weighed once.
"""

from __future__ import annotations

import contextlib
import os
import queue
import signal
import threading
from collections.abc import Sequence
from dataclasses import dataclass, replace
from multiprocessing.connection import Connection

from game.policies.worth import Shelf
from game.review.doors import Door, doors_of
from game.review.model import Review
from game.review.page import page
from game.review.review import review
from game.scenario import language
from game.scenario.diagnostics import LongLunchError
from game.session.branches import MOVES
from game.session.embedded import playable
from game.session.game import Game
from game.session.kit import Kit, kit_of
from game.session.transcript import Transcript

_BETTER = 3  # options that are kept of every move, beside the one that was made
Stamp = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Job:
    """A table to be weighed. `stamp` says how far it was; `whole` keeps every option of a move."""

    table: str
    stamp: Stamp
    transcript: Transcript
    lang: str
    whole: bool = False
    as_page: bool = False  # the review as a page of its own is wanted, too
    digest: str = ""  # what it is a review of, where it is to be kept


@dataclass(frozen=True, slots=True)
class Weighed:
    """What became of a job. `review` is None where it could not be made; `problem` says why."""

    table: str
    stamp: Stamp
    lang: str
    review: Review | None
    doors: tuple[Door, ...] = ()
    page: str = ""
    problem: str = ""


def work(jobs: Connection, answers: Connection) -> None:
    """Weigh what comes through `jobs` until the other end of it is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the server decides when to end
    waiting: queue.SimpleQueue[Job] = queue.SimpleQueue()

    def listen() -> None:
        """A server that was killed leaves nobody behind, not even in the middle of a job."""
        while True:
            try:
                waiting.put(jobs.recv())
            except (EOFError, OSError):
                os._exit(0)

    threading.Thread(target=listen, daemon=True).start()
    weigh = Weigh()
    while True:
        with contextlib.suppress(OSError):
            answers.send(weigh(waiting.get()))


class Weigh:
    """Weighs jobs one after another, and remembers what they have in common."""

    def __init__(self) -> None:
        self.shelf = Shelf()
        self._kits: dict[tuple[object, ...], Kit] = {}

    def __call__(self, job: Job) -> Weighed:
        try:
            with language.speaking(job.lang):
                return self._weighed(job)
        except LongLunchError as problem:
            why = problem.diagnostics[0].message
        except Exception as problem:  # told on the console; the next table may be fine
            why = f"{type(problem).__name__}: {problem}"
        return Weighed(job.table, job.stamp, job.lang, None, problem=why[:300])

    def _weighed(self, job: Job) -> Weighed:
        kit = self._kit(job.transcript)
        game = Game.of(kit, job.transcript)
        *_, found = review(game, shelf=self.shelf)
        html = page(found) if job.as_page else ""
        slim = found if job.whole else _slim(found, _hands(kit, job.transcript))
        return Weighed(job.table, job.stamp, job.lang, slim, doors_of(game, found), html)

    def _kit(self, asked: Transcript) -> Kit:
        """The rules and words of a transcript, built once a scenario and language."""
        main = asked.sources[asked.main]
        name = (asked.rules_digest, main, asked.seed, asked.settings, language.current())
        kit = self._kits.get(name)
        if kit is None:
            kit = kit_of(playable(asked), asked.seed, asked.settings)
            self._kits[name] = kit
        return kit


def _hands(kit: Kit, played: Transcript) -> list[set[str]]:
    """What was in hand before each move: a room predicts on it when it looks back."""
    game, hands = Game.of(kit), list[set[str]]()
    for entry in played.path():
        if entry.kind in MOVES:
            hands.append({game.rules.actions[a] for a in game.hand()})
            game.play(str(entry.data["action"]))
        elif entry.kind == "event":
            game.event(str(entry.data["event"]))
    return hands


def _slim(found: Review, hands: Sequence[set[str]]) -> Review:
    """The review without the many options that nobody took or had in hand."""
    moves = []
    for move, hand in zip(found.moves, hands, strict=True):
        kept = [
            o for k, o in enumerate(move.options)
            if k < _BETTER or o.action == move.action or o.action in hand
        ]  # fmt: skip
        moves.append(replace(move, options=tuple(kept)))
    return replace(found, moves=tuple(moves))
