"""Moves tried again: which one is meant, and how the try compares with the original line."""

from __future__ import annotations

import re
from dataclasses import dataclass

from game.scenario.diagnostics import listing
from game.session.branches import MOVES
from game.session.game import Game
from game.session.moments import GameError, Turn
from game.session.refusals import cannot
from game.session.transcript import Transcript

_TURN = re.compile(r"(?:([0-9]{1,4})\.)?([0-9]{1,4})")


@dataclass(frozen=True, slots=True)
class Comparison:
    """A try beside the original line; scores in [0, 100], None while a line is still open."""

    tried: Turn  # what was done the first time
    number: int  # its turn over all tables, from 1; 0 where it is no turn of the original's
    instead: Turn | None  # what is done now, None before that
    fresh: bool
    original: float | None
    score: float | None


def go_on(transcript: Transcript, shown: str = "") -> Game:
    """The game to go on with: where it stands, or the original line once a try is over.

    Raises :class:`ScenarioError` if it cannot be played.
    """
    game = Game.resume(transcript, shown)
    return _at(game, transcript.original) if game.ended and transcript.trying else game


def original(game: Game) -> Game:
    """The original line, in a copy where the game stands elsewhere."""
    return _at(game, game.transcript.original) if game.transcript.trying else game


def move_named(game: Game, name: str) -> str:
    """The entry of a move; raises :class:`GameError` where there is none.

    `7` is the seventh turn at a table of the original line, `2.03` the third of its second
    meeting; anything else is the id of an entry, in whatever line.
    """
    found = _TURN.fullmatch(name)
    if found is None:
        entries = game.transcript.entries
        named = [e.id for e in entries if e.id == name and e.kind in MOVES]
    else:
        number, turns = int(found[2]), _at_tables(original(game))
        if found[1] is None:
            named = [t.entry for k, t in enumerate(turns, 1) if k == number]
        else:
            named = [t.entry for t in turns if (t.meeting, t.number) == (int(found[1]), number)]
    if not named:
        raise GameError(cannot("no_turn", value=name[:20]))
    return named[0]


def moves_there_are(game: Game) -> str:
    """What :func:`move_named` would find."""
    turns = len(_at_tables(original(game)))
    moves = [entry.id for entry in game.transcript.entries if entry.kind in MOVES]
    if not moves:
        return "a game in which something was played"
    entries = f"an entry: {listing(moves, 12)}"
    return f"a turn from 1 to {turns}, or {entries}" if turns else entries


def comparison(game: Game) -> Comparison | None:
    """The try that the game stands in beside the original line; None in the original itself."""
    transcript = game.transcript
    begun = transcript.trying
    if not begun:
        return None
    path = [entry.id for entry in transcript.path()]
    entry = next(entry for entry in transcript.path() if entry.id == begun)
    first = original(game)
    tried = _at(game, entry.data["try"]).turns[-1]
    numbers = {turn.entry: k for k, turn in enumerate(_at_tables(first), 1)}
    since = path[path.index(begun) :]
    return Comparison(
        tried=tried,
        number=numbers.get(tried.entry, 0),
        instead=next((turn for turn in game.turns if turn.entry in since), None),
        fresh=bool(entry.data["fresh"]),
        original=_score(first),
        score=_score(game),
    )


def _at(game: Game, head: str) -> Game:
    return Game(game.loaded, game.seed, game.settings, game.transcript.at(head))


def _at_tables(game: Game) -> list[Turn]:
    return [turn for turn in game.turns if turn.number]


def _score(game: Game) -> float | None:
    return float(game.outcome().score[0]) if game.ended else None
