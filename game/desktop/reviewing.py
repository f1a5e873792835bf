"""A review in the making: computed in a process, taken in stage by stage by the drawing thread.

Weighing takes seconds and holds the interpreter's lock, so it has a process of its own. A thread
reads what it says, because reading waits without the lock; nothing ever waits for the answer.
"""

from __future__ import annotations

import multiprocessing
import queue
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Protocol

from game.review.keeping import Kept
from game.review.model import Review
from game.scenario import language
from game.scenario.diagnostics import Diagnostic, ScenarioError
from game.session.game import Game
from game.session.transcript import Transcript


class Engine(Protocol):
    """What fills a review, stage by stage; a process must be able to import it by its name."""

    def __call__(self, game: Game, *, first_play: bool) -> Iterator[Review]: ...


@dataclass(frozen=True, slots=True)
class Page:
    """The finished review as one HTML file."""

    html: str


@dataclass(frozen=True, slots=True)
class Refused:
    """There is no review: `reasons` say why, and are empty if the process broke down."""

    reasons: tuple[Diagnostic, ...] = ()


News = Review | Page | Kept | Refused


class Source(Protocol):
    """Where a screen gets a review from."""

    def begin(self, wake: Callable[[], object]) -> None:
        """Start; `wake` may be called from another thread when there is news."""

    def news(self) -> list[News]:
        """What has come since the last call; never waits."""

    @property
    def busy(self) -> bool:
        """Whether more is to come."""

    def close(self) -> None:
        """Nobody wants the rest."""


class Reviewing:
    """The review of a game's original line, made in a process that ends with its reader.

    Of an ended game the trainee's profile is told under the date of `today`, None: it is not.
    """

    def __init__(
        self, transcript: Transcript, today: date | None = None, engine: Engine | None = None
    ) -> None:
        self._asked = (transcript, today, engine)
        self._news: queue.SimpleQueue[News | None] = queue.SimpleQueue()
        self._process: BaseProcess | None = None
        self._leash: Connection | None = None
        self.busy = False

    @property
    def pid(self) -> int | None:
        return self._process.pid if self._process is not None else None

    def begin(self, wake: Callable[[], object]) -> None:
        """Start the process; where none can be had, the news says so."""
        # spawn: the only way of starting that is the same and safe on every system
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe(duplex=False)
        # nothing is ever sent through this: the process leaves when our end of it closes
        held, leash = context.Pipe(duplex=False)
        self.busy = True
        self._process = context.Process(
            target=_work, args=(theirs, held, language.current(), *self._asked), daemon=True,
            name="longlunch-review",
        )  # fmt: skip
        try:
            self._process.start()
        except OSError:
            for end in (ours, leash):
                end.close()
            self._process = None
            self._news.put(Refused())
            self._news.put(None)
            return
        finally:
            theirs.close()
            held.close()
        self._leash = leash
        threading.Thread(target=self._read, args=(ours, wake), daemon=True, name="review").start()

    def _read(self, pipe: Connection, wake: Callable[[], object]) -> None:
        told: News | None
        finished = False
        while not finished:
            try:
                told = pipe.recv()
            except Exception:  # it ended before it said so, or said what nobody understands
                self._news.put(Refused())
                told = None
            self._news.put(told)
            finished = told is None
            wake()
        pipe.close()

    def news(self) -> list[News]:
        found: list[News] = []
        while True:
            try:
                told = self._news.get_nowait()
            except queue.Empty:
                return found
            if told is None:
                self.busy = False
                self.close()
            else:
                found.append(told)

    def close(self) -> None:
        """Have the process end; what it is writing into the profile it finishes."""
        self.busy = False
        self._process = None
        if self._leash is not None:
            self._leash.close()
            self._leash = None


class Ready:
    """A review that is there already, as a source: one stage at a time."""

    def __init__(self, stages: Iterable[News]) -> None:
        self._stages = list(stages)
        self._wake: Callable[[], object] = lambda: None

    def begin(self, wake: Callable[[], object]) -> None:
        self._wake = wake
        wake()

    def news(self) -> list[News]:
        if not self._stages:
            return []
        if len(self._stages) > 1:
            self._wake()
        return [self._stages.pop(0)]

    @property
    def busy(self) -> bool:
        return bool(self._stages)

    def close(self) -> None:
        self._stages.clear()


# --- in the process -------------------------------------------------------------------------------


def _work(
    pipe: Connection,
    held: Connection,
    tag: str,
    transcript: Transcript,
    today: date | None,
    engine: Engine | None,
) -> None:
    """Say every stage, what was kept, the page, and None when there is no more, in a language."""
    import os
    import signal

    language.use(tag)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the window's process decides when to end
    keeping = threading.Lock()

    def leave_after() -> None:
        """Leave when the other end closes, since it wants no more or has ended itself."""
        with suppress(EOFError, OSError):
            held.recv()
        with keeping:
            os._exit(1)

    threading.Thread(target=leave_after, daemon=True).start()
    with suppress(OSError):
        try:
            for told in _told(transcript, today, engine, keeping):
                pipe.send(told)
        except ScenarioError as problem:
            pipe.send(Refused(tuple(problem.diagnostics)))
        pipe.send(None)
        pipe.close()


def _told(
    transcript: Transcript, today: date | None, engine: Engine | None, keeping: threading.Lock
) -> Iterator[News]:
    from game.review import keeping as keeper
    from game.review.page import page
    from game.review.review import review
    from game.session.tries import original

    game = original(Game.resume(transcript))
    if not game.turns:
        return
    found = None
    first = today is None or keeper.first_play(game)
    for found in (engine or review)(game, first_play=first):
        yield found
    if found is None:
        return
    if found.ended and today is not None:
        with keeping:
            kept = keeper.keep(found, game, today)
        yield kept
    yield Page(page(found))
