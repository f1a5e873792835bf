"""The command that reviews a saved game: in the terminal, as a page, or as one JSON object."""

from __future__ import annotations

import json
import shlex
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Protocol

from rich.console import Group
from rich.live import Live
from rich.text import Text

from game.analysis.settings import usage
from game.review.keeping import first_play, keep, may_replace, write_page
from game.review.model import Review
from game.review.words import score_line
from game.scenario.diagnostics import ScenarioError, printable, refused
from game.session.game import Game
from game.session.transcript import load_transcript
from game.session.tries import original
from game.terminal.prompt import EndOfInput, Prompt
from game.terminal.review_moves import strip, transcript
from game.terminal.review_parts import (
    accuracy,
    accuracy_line,
    clean,
    following,
    moments,
    outcome,
    par_line,
    reads,
    seller,
    text,
    ui,
)
from game.terminal.screen import Screen

DONE = 0


class Engine(Protocol):
    """What fills a review, stage by stage; the last one is the answer."""

    def __call__(self, game: Game, *, first_play: bool, face_up: bool) -> Iterator[Review]: ...


def review(
    path: Path,
    as_json: bool = False,
    html: Path | None = None,
    face_up: bool = False,
    everything: bool = False,
    save: bool = True,
    engine: Engine | None = None,
    screen: Screen | None = None,
) -> int:
    """Review the original line of a saved game, up to where it stands; returns the exit status.

    `face_up` adds each move's loss with the buyers' cards open, `everything` the details of all
    moves. Of an ended game the trainee's profile is told, unless `save` is off or it is asked for
    as JSON, which reads and writes no profile. Raises :class:`ScenarioError` (R, RD, U or W code).
    """
    if html is not None:
        _may_replace(html, path)
    game = original(Game.resume(load_transcript(path), str(path)))
    if not game.turns:
        raise _nothing(path)
    keeping = save and not as_json
    stages = (engine or _engine())(
        game, first_play=not keeping or first_play(game), face_up=face_up
    )
    screen = Screen() if screen is None else screen
    found = _last(stages) if as_json else _refined(stages, screen)
    if found is None:
        raise _nothing(path)
    note = _kept(found, game) if keeping and found.ended else ""
    if html is not None:
        _write(html, found)
    if as_json:
        print(json.dumps(found.as_json(), ensure_ascii=False, indent=2))
        return DONE
    if html is None:
        show(found, path, everything, face_up, screen, Prompt(screen))
    else:
        screen.text(score_line(found), "key")
        screen.whole(text("written", value=html))
    if note:
        screen.blank()
        screen.text(note, "muted")
    return DONE


def _engine() -> Engine:
    from game.review.review import review as engine

    return engine


def _nothing(path: Path) -> ScenarioError:
    return refused(
        "R008", "there is no move in this game yet", str(path), "a game with at least one move",
        f"play first: longlunch play --text --resume {shlex.quote(str(path))}",
    )  # fmt: skip


# --- while it is made -----------------------------------------------------------------------------


def _last(stages: Iterator[Review]) -> Review | None:
    """The answer alone; None if nothing came."""
    found = None
    for stage in _closing(stages):
        found = stage
    return found


def _closing(stages: Iterator[Review]) -> Iterator[Review]:
    """The stages; whatever interrupts them, their maker is told to stop."""
    try:
        yield from stages
    finally:
        close = getattr(stages, "close", None)
        if close is not None:
            close()


def _refined(stages: Iterator[Review], screen: Screen) -> Review | None:
    """The answer; a person sees the first one at once, and how it is refined."""
    if not screen.is_terminal or screen.console.is_dumb_terminal:
        return _last(stages)
    found = None
    shown = Live(
        Text(text("begun"), style="muted"), console=screen.console, auto_refresh=False,
        transient=True, redirect_stdout=False, redirect_stderr=False,
    )  # fmt: skip
    try:
        with shown:
            for found in _closing(stages):
                shown.update(_in_short(found), refresh=True)
    finally:
        screen.console.show_cursor()  # an interruption may come before `shown` is entered
    return found


def _in_short(found: Review) -> Group:
    """The first answer in a few lines, and how far it has come."""
    found = clean(found)
    rows = [
        Text(found.title, style="heading"),
        Text(found.ending_title),
        Text(score_line(found), style="key"),
        Text(par_line(found)),
    ]
    if accuracy_line(found):
        rows.append(Text(f"{ui('accuracy')}: {accuracy_line(found)}"))
    rows += [Text(f"{k}  {moment.title}") for k, moment in enumerate(found.moments, 1)]
    refining = ui("still_refining", count=found.stage, total=found.stages)
    return Group(*rows, Text(refining, style="muted"))


# --- in the terminal ------------------------------------------------------------------------------


def show(
    found: Review,
    path: Path,
    everything: bool,
    face_up: bool,
    screen: Screen,
    prompt: Prompt,
) -> None:
    """Print a review, in the order in which it is best read."""

    def again(entry: str) -> str:
        return text("try_again", value=shlex.quote(printable(str(path))), entry=entry)

    found = clean(found)
    pages = Pages(screen, prompt)
    parts = (
        lambda: outcome(screen, found, everything),
        lambda: strip(screen, found),
        lambda: moments(screen, found),
        lambda: transcript(screen, found, everything, face_up),
        lambda: accuracy(screen, found, everything),
        lambda: reads(screen, found),
        lambda: seller(screen, found),
        lambda: following(screen, found, again),
    )
    for part in parts:
        if not (pages.show(screen.blank) and pages.show(part)):
            return


class Pages:
    """Prints part by part; where few rows are in view and a person is there, page by page."""

    def __init__(self, screen: Screen, prompt: Prompt) -> None:
        self._screen, self._prompt = screen, prompt
        self._paged = screen.is_terminal and screen.short and not prompt.piped
        self._page = self._left = max(4, screen.height - 2)

    def show(self, part: Callable[[], None]) -> bool:
        """Print what a part prints; False once the reader has had enough."""
        if not self._paged:
            part()
            return True
        console = self._screen.console
        with console.capture() as drawn:
            part()
        for line in drawn.get().splitlines():
            if not self._left and not self._go_on():
                return False
            console.file.write(line + "\n")
            self._left -= 1
        console.file.flush()
        return True

    def _go_on(self) -> bool:
        self._screen.console.file.flush()
        self._left = self._page
        try:
            return self._prompt.ask(text("more")).lower() not in ("q", "quit")
        except EndOfInput:
            return False


# --- as a page, and in the profile ----------------------------------------------------------------


def _may_replace(page: Path, path: Path) -> None:
    """A page may replace a page or an empty file, and nothing else."""
    if not may_replace(page, path):
        raise usage(
            f"--html: something else is in “{printable(str(page))}”",
            "a new file, an empty one, or a page", "give --html another name",
        )  # fmt: skip


def _write(path: Path, found: Review) -> None:
    from game.review.page import page

    write_page(path, page(found))


def _kept(found: Review, game: Game) -> str:
    """Tell the profile, and say so in one line."""
    kept = keep(found, game, date.today())
    if kept.problem is not None:
        return text("not_kept", value=f"{kept.problem.code}, {kept.problem.message}")
    if kept.lesson:
        return text("lesson")
    return text("kept_moments", count=kept.moments) if kept.moments else text("kept")
