"""The commands of this face: choose a table, play, play back."""

from __future__ import annotations

import contextlib
import secrets
from collections.abc import Mapping
from pathlib import Path

from game.analysis.settings import usage
from game.scenario.cover import Cover, cover, cover_of
from game.scenario.diagnostics import ScenarioError, refused
from game.scenario.load import load_scenario
from game.scenario.sources import Source, tables
from game.scenario.translated import in_language
from game.session.game import Game
from game.session.moments import GameError
from game.session.saves import new_path, unfinished, unwritable
from game.session.seating import HELP_LEVELS, Settings
from game.session.transcript import load_transcript
from game.session.tries import go_on, move_named, moves_there_are, original
from game.session.words import ui
from game.session.writing import aside, foreign, listed, sentences
from game.terminal.brief import briefing
from game.terminal.catalogue import text
from game.terminal.ending import ending
from game.terminal.play import DONE, Watch
from game.terminal.play import play as play_game
from game.terminal.prompt import EndOfInput, Prompt, is_yes
from game.terminal.screen import Screen
from game.terminal.table import TableScreen

_PAGE = 4  # scenarios shown at a time where few rows are in view


def play(
    scenario: str | None,
    seed: int | None = None,
    d: float | None = None,
    blind: bool = False,
    help_level: str | None = None,
    save: Path | None = None,
    resume: Path | None = None,
    coach: bool = False,
    try_at: str | None = None,
    fresh: bool = False,
) -> int:
    """Play in text; without a scenario choose one, also of a pack. Returns the exit status.

    `try_at` goes back to just before a turn or an entry of the game resumed, with the luck it had
    or with `fresh` luck. Raises :class:`LongLunchError`.
    """
    screen = Screen()
    prompt = Prompt(screen)
    if resume is not None:
        game = _resumed(scenario, resume)
        if try_at is not None:
            _try(game, try_at, fresh)
        if save is not None:
            _may_replace(save)
            _begun(game, save)
        return _played(game, save or resume, resumed=True)
    known = tables(scenario)
    chosen = choose(screen, prompt, known) if len(known) > 1 else next(iter(known.values()))
    if chosen is None:
        return DONE
    loaded = load_scenario(chosen)
    id = loaded.scenario.scenario
    asked = (seed, d, help_level, save, blind or None, coach or None)
    if not prompt.piped and all(x is None for x in asked):
        found = unfinished(id)
        if found is not None and _goes_on(prompt, found[1]):
            return _played(found[1], found[0], resumed=True)
    if save is not None:
        _may_replace(save)
    seed = secrets.randbelow(1_000_000) if seed is None else seed
    level = next(x for x in HELP_LEVELS if x == (help_level or "plain"))
    game = Game(loaded, seed, Settings(level, d, blind, coach))
    if save is not None:
        _begun(game, save)
    return _played(game, save or new_path(id, seed), resumed=False)


def _played(game: Game, path: Path, resumed: bool) -> int:
    """Play it, with a coach at hand where one was asked for, and a judge where a try counts."""
    watch = _judge(game) if game.transcript.trying else None
    if not game.settings.coach:
        return play_game(game, path, resumed, watch=watch)
    from game.review.coach import coach_word  # weighs moves, which play without a coach never does

    return play_game(game, path, resumed, coach=coach_word, watch=watch)


def _judge(game: Game) -> Watch | None:
    from game.terminal.again import judge_of  # weighs moves too

    return judge_of(Screen(), game)


def _resumed(scenario: str | None, path: Path) -> Game:
    """A saved game, of that scenario if one is named."""
    game = go_on(load_transcript(path), str(path))
    known = game.scenario.scenario
    if scenario not in (None, known) and load_scenario(scenario).scenario.scenario != known:
        raise refused(
            "R006", f"this is a game of “{known}”", str(path),
            f"a game of “{scenario}”", "leave the scenario out, or name the other file",
        )  # fmt: skip
    return game


def _try(game: Game, name: str, fresh: bool) -> None:
    """Stand before a move once more; U001 where that cannot be."""
    if not game.may_try:
        raise usage(
            "an exam that is not over takes no move again", "an exam that was played to its end",
            "leave --try out and play it to its end first",
        )  # fmt: skip
    try:
        game.try_again(move_named(game, name), fresh)
    except GameError as problem:
        fix = "count the turns at the table from 1, or name one by meeting, such as 1.03"
        raise usage(str(problem), moves_there_are(game), fix) from None


def _may_replace(path: Path) -> None:
    """A game may replace a saved game or an empty file, and nothing else."""
    try:
        if not path.exists() or (path.is_file() and path.stat().st_size == 0):
            return
        if path.is_file():
            load_transcript(path)
            return
    except OSError as problem:
        raise unwritable(path, problem) from None
    except ScenarioError as problem:
        if problem.diagnostics[0].code == "R003":
            return  # a game of other rules is still a game
    raise refused(
        "R007", "the file is there already, and it is no saved game", str(path),
        "a new file, an empty one, or a saved game", "give --save another name",
    )  # fmt: skip


def _begun(game: Game, path: Path) -> None:
    """Save a game where it was asked for before anything is played."""
    try:
        game.transcript.save(path)
    except OSError as problem:
        raise unwritable(path, problem) from None


def _goes_on(prompt: Prompt, game: Game) -> bool:
    question = text.counted("resume_ask", len(game.turns), value=game.seed)
    try:
        answer = prompt.ask(question)
        return not answer or is_yes(answer)
    except EndOfInput:
        return False


def choose(screen: Screen, prompt: Prompt, known: Mapping[str, Source]) -> Source | None:
    """A list of scenarios, trade, stake and minutes, never style; the one chosen."""
    found: dict[str, Cover] = {}
    for id, source in known.items():
        with contextlib.suppress(ScenarioError):  # a broken file is a matter for `check`
            found[id] = cover(source) or cover_of(in_language(load_scenario(source)))
    packs = {source.pack.manifest.title for source in known.values() if source.pack is not None}
    screen.rule(" ".join(packs) or sentences(ui("title"), ui("motto")))
    screen.text(text("pick_title"), "muted")
    ids = list(found)
    shown = 0
    while True:
        page = _PAGE if screen.short and not prompt.piped else len(ids)
        for number, id in enumerate(ids[shown : shown + page], shown + 1):
            _listed(screen, number, id, found[id])
        shown = min(shown + page, len(ids))
        try:
            answer = prompt.ask(text("pick_ask" if shown == len(ids) else "pick_more"))
        except EndOfInput:
            return None
        if not answer and shown < len(ids):
            continue
        if not answer or answer == "q":
            return None
        if answer in found:
            return known[answer]
        if answer.isdecimal() and 1 <= int(answer) <= len(ids):
            return known[ids[int(answer) - 1]]
        prompt.complain(text("pick_unknown", count=len(ids)))


def _listed(screen: Screen, number: int, id: str, scenario: Cover) -> None:
    said = [aside(scenario.title, id), text("minutes", count=scenario.minutes)]
    strange = foreign(scenario.language)
    if strange:
        said.append(text("in_language", value=strange))
    screen.text(f"{number:>2}  {listed(said)}", "key")
    screen.text(scenario.selling, "ink", 4)
    screen.text(scenario.stake, "muted", 4)


def replay(path: Path) -> int:
    """Print a saved game, its original line, from the briefing to where it stands."""
    game = original(Game.resume(load_transcript(path), str(path)))
    screen = Screen()
    table = TableScreen(screen, game)
    briefing(screen, game)
    if game.first is not None:
        table.opening(game.first)
    for turn in game.turns:
        table.turn(turn, alone=True)
    if game.ended:
        ending(screen, game)
    else:
        screen.blank()
        screen.text(text("leave_unfinished"), "muted")
    return DONE
