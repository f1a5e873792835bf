"""A game in the terminal: the loop from the briefing to the letter."""

from __future__ import annotations

import re
import shlex
import sys
from collections.abc import Callable
from pathlib import Path
from typing import IO

from game.scenario.diagnostics import ScenarioError, printable, render
from game.session.game import Game
from game.session.moments import GameError
from game.session.notation import ActionError
from game.session.saves import beside, seal, unwritable
from game.session.table import numbers
from game.session.transcript import Transcript
from game.session.tries import Comparison, comparison
from game.session.words import ui
from game.session.writing import named, numeral, pronouns, sentences
from game.terminal.brief import agreeable, calendar, issues, notebook, situation, sureness
from game.terminal.catalogue import text
from game.terminal.compose import compose
from game.terminal.ending import ending
from game.terminal.prompt import EndOfInput, Prompt
from game.terminal.screen import Screen
from game.terminal.table import TableScreen

_READ = re.compile(r"^(?:m|read)\s+(\d{1,2}(?:\.\d+)?)(?:\s+([123]))?$")
_ABOUT = re.compile(r"^(?:\?\s*(\S.*)|(\S.*?)\s*\?)$")  # `?3` or `3?`, `? promise` or `promise?`
_PROMPT = ">"
_READ_PAUSE = 3  # turns before a read that was put off is asked for once more
DONE, INTERRUPTED = 0, 130

# Asked after every move of a game with a coach: the id of what he says (`ui:`), None for nothing.
Coach = Callable[[Game], str | None]

# Called after every move, once it is saved and shown; may raise :class:`Leave`.
Watch = Callable[["TextPlay"], None]


class Leave(Exception):
    """The player saves and quits."""


class _Again(Exception):
    """The position has changed: show it anew."""


class TextPlay:
    """One game, one screen, one source of lines, one file that is saved after every entry."""

    def __init__(
        self,
        game: Game,
        path: Path,
        screen: Screen,
        prompt: Prompt,
        coach: Coach | None = None,
        watch: Watch | None = None,
        write: Callable[[Transcript, Path], None] = Transcript.save,
    ) -> None:
        self.game, self.path, self.coach = game, path, coach
        self._watch, self._write = watch, write
        self.screen, self.prompt = screen, prompt
        self.table = TableScreen(screen, game)
        self._refusal: OSError | None = None  # why the last save did not reach the disk
        self._seal: tuple[int, int, int] | None = None  # of the file as this game left it
        self._asked: dict[str, list[int]] = {}  # buyer -> turns at which a read was asked for
        self._keys: dict[str, Callable[[], None]] = {
            "r": self._all, "more": self._all, "n": self._notes, "c": self._calendar,
            "b": self._brief, "i": self._issues, "u": self._undo, "h": self._hint,
            "m": self._mark, "?": self._help, "help": self._help, "q": self._quit,
            "quit": self._quit,
        }  # fmt: skip

    # --- the loop -----------------------------------------------------------------------------

    def run(self, resumed: bool = False) -> int:
        """Play to the end, or until the player leaves; the exit status.

        Raises :class:`ScenarioError` (W001) on leaving a game that could not be saved.
        """
        try:
            self._begin(resumed)
            while not self.game.ended:
                self._round()
            ending(self.screen, self.game, self._between_pages)
            self._tries()
            self._saved(over=True)
            return DONE
        except (EndOfInput, Leave):
            self._saved()
            return DONE
        except KeyboardInterrupt:
            self.screen.blank()
            try:
                self._saved()
            except ScenarioError as problem:
                print(render(problem.diagnostics), end="", file=sys.stderr)
            return INTERRUPTED

    def _begin(self, resumed: bool) -> None:
        game = self.game
        self._save()
        self._brief()
        self._pause()
        if resumed and game.turns:
            self.screen.text(_where_from(comparison(game)), "muted")
            for turn in game.turns[-2:]:
                self.table.turn(turn)
            return
        if resumed and game.transcript.trying:
            self.screen.text(_where_from(comparison(game)), "muted")
        if game.first is not None:
            self.table.opening(game.first)

    def _pause(self) -> None:
        """Let a person read before the page moves on."""
        if not self.prompt.piped:
            self.prompt.ask(text("go"))

    def _between_pages(self) -> None:
        if self.screen.short:
            self._pause()

    def _round(self) -> None:
        self._read_due()
        self.table.header()
        hand = self.game.hand()
        self.table.hand(hand)
        while True:
            line = self.prompt.ask(_PROMPT)
            try:
                action = self._action(line, hand)
            except _Again:
                return
            except (ActionError, GameError) as problem:
                self.prompt.complain(str(problem))
                continue
            if action is not None and self._play(action):
                return

    def _action(self, line: str, hand: list[int]) -> int | None:
        """The action that a line means, or None after a key was obeyed."""
        game, word = self.game, line.lower()
        if not line:
            return None
        if line.isdecimal():
            return self._numbered(hand, line)
        if word in self._keys:
            self._keys[word]()
            return None
        asked = _ABOUT.match(word)
        if asked is not None:
            about = asked[1] or asked[2]
            number = about.isdecimal()
            self.table.about(self._numbered(hand, about) if number else game.parse(about))
            return None
        mark = _READ.match(word)
        if mark is not None:
            self._read(game.present[0], float(mark[1]), int(mark[2] or 2))
            return None
        if word in ("w", "wait"):
            return game.parse("wait")
        if word in ("o", "offer"):
            return compose(self.screen, self.prompt, game)
        if word in ("p", "part"):
            action = game.parse("part")
            return action if self.prompt.sure(text("part_sure")) else None
        return game.parse(line)

    def _numbered(self, hand: list[int], number: str) -> int:
        numbered = list(numbers(self.game, hand))
        if 1 <= int(number) <= len(numbered):
            return numbered[int(number) - 1]
        raise GameError(text("no_number", count=number[:9], total=len(numbered)))

    def _play(self, action: int) -> bool:
        """Play it; False if the player turned back."""
        self._read_due(action)
        turn = self.game.play(action)
        self._save()
        self.table.turn(turn)
        self._coach()
        if self._watch is not None:
            self._watch(self)
        return True

    def _coach(self) -> None:
        """What the coach has to say of the last move, apart from what was said at the table."""
        game = self.game
        if self.coach is None or not game.settings.coach or game.ended:
            return
        word = self.coach(game)
        if word is not None:
            self.screen.blank()
            self.screen.text(named(ui("coach"), game.coach(word)), "gold")
            self._save()

    def _tries(self) -> None:
        """After the end: how a try compares with the original, or that there are tries."""
        s, found = self.screen, comparison(self.game)
        s.blank()
        if found is None:
            s.text(ui("try_how"), "muted")
            return
        s.rule(ui("try_title"))
        s.text(_named("try_was", found))
        if found.instead is not None:
            s.text(ui("try_now", move=found.instead.label))
        s.text(ui("try_fresh_chance" if found.fresh else "try_same_chance"), "muted")
        s.pair(ui("try_original"), _score(found.original))
        apart = ""
        if found.score is not None and found.original is not None:
            apart = f"  ({round(found.score, 1) - round(found.original, 1):+.1f})"
        s.pair(ui("try_this"), _score(found.score) + apart, style="key")
        s.text(ui("try_kept"), "muted")

    # --- the read -----------------------------------------------------------------------------

    def _read_due(self, action: int | None = None) -> None:
        """Ask for a read where it is due; never of a pipe, which can mark one with `m 7 2`."""
        if self.prompt.piped:
            return
        for buyer in self.game.reads_due(action):
            asked = self._asked.setdefault(buyer, [])
            now = len(self.game.turns)
            if len(asked) < 2 and not any(now - then < _READ_PAUSE for then in asked):
                asked.append(now)
                self._ask_read(buyer)

    def _mark(self) -> None:
        if self.prompt.piped:
            raise GameError(text("read_form"))
        for buyer in self.game.present:
            self._ask_read(buyer)

    def _ask_read(self, buyer: str) -> None:
        person = self.game.scenario.buyers[buyer]
        ask = ui("read_ask", **pronouns(person.pronoun))
        self.screen.blank()
        self.screen.text(sentences(person.name, ask), "heading")
        for side in ("specific", "diffuse"):
            self.screen.text(named(ui(f"read_{side}"), ui(f"read_{side}_line")), side, 2)
        while True:
            place = self.prompt.ask(text("read_place")).replace(",", ".")
            if not place:
                return
            if re.fullmatch(r"\d{1,2}(\.\d+)?", place) and float(place) <= 10:
                break
            self.prompt.complain(text("read_place_form"))
        sure = self.prompt.ask(text("read_sure"))
        self._read(buyer, float(place), int(sure) if sure in ("1", "2", "3") else 2)

    def _read(self, buyer: str, place: float, sure: int) -> None:
        confidence = (sure - 1) / 2
        self.game.read(min(place, 10.0) / 10, confidence, buyer)
        self._save()
        marked = text("read_marked", value=numeral(place / 10, 2), count=sureness(confidence))
        self.screen.text(marked, "muted")

    # --- keys ---------------------------------------------------------------------------------

    def _all(self) -> None:
        self.table.by_ring(numbers(self.game, self.game.hand()), self._between_pages)

    def _notes(self) -> None:
        notebook(self.screen, self.game)

    def _calendar(self) -> None:
        calendar(self.screen, self.game)

    def _brief(self) -> None:
        situation(self.screen, self.game)
        if self.screen.short:
            self._pause()
        agreeable(self.screen, self.game)

    def _issues(self) -> None:
        issues(self.screen, self.game)

    def _undo(self) -> None:
        self.game.undo()
        self._save()
        self.screen.text(text("undone"), "muted")
        if self.game.turns:
            self.table.turn(self.game.turns[-1])
        elif self.game.first is not None:
            self.table.opening(self.game.first)
        raise _Again

    def _hint(self) -> None:
        self.screen.text(self.game.hint(), "gold")
        self._save()

    def _help(self) -> None:
        self.screen.text(text("help"))
        self.screen.text(text("help_keys"))
        self.screen.text(ui(f"help_{self.game.settings.help}_help"), "muted")
        if self.game.settings.coach:
            self.screen.text(ui("coach_help"), "muted")

    def _quit(self) -> None:
        raise Leave

    # --- the file -----------------------------------------------------------------------------

    def _save(self) -> None:
        if self._seal is not None and seal(self.path) not in (None, self._seal):
            self.path = beside(self.path)
            self.prompt.complain(text("moved", value=printable(str(self.path))))
        self._seal = None  # unknown, should the next lines be interrupted
        try:
            self._write(self.game.transcript, self.path)
            self._seal = seal(self.path)
            self._refusal = None
        except OSError as problem:
            if self._refusal is None:  # said once, and again only after it had worked in between
                why = problem.strerror or str(problem)
                self.prompt.complain(text("not_saved", value=printable(f"{self.path}: {why}")))
            self._refusal = problem

    def _saved(self, over: bool = False) -> None:
        self._save()
        if self._refusal is not None:
            raise unwritable(self.path, self._refusal)
        self.screen.blank()
        if over:
            self.screen.text(text("review_it"), "muted")
            self.screen.whole(text("saved", value=self.path))
        else:
            self.screen.text(text("go_on"), "muted")
            self.screen.whole(f"longlunch play --text --resume {shlex.quote(str(self.path))}")


def _where_from(tried: Comparison | None) -> str:
    """Where a game goes on that was not begun anew."""
    if tried is None or tried.instead is not None:
        return text("resumed")
    return _named("try_back", tried)


def _named(id: str, tried: Comparison) -> str:
    """A text about the move that is tried again; away from the table it has no number."""
    if not tried.number:
        return ui(f"{id}_away", was=tried.tried.label)
    return ui(id, turn=tried.number, was=tried.tried.label)


def _score(score: float | None) -> str:
    return ui("try_open") if score is None else numeral(score, 1)


def play(
    game: Game,
    path: Path,
    resumed: bool,
    out: IO[str] | None = None,
    source: IO[str] | None = None,
    coach: Coach | None = None,
    watch: Watch | None = None,
) -> int:
    """Play one game in text, with a coach's words where there is one; the exit status 0 or 130."""
    screen = Screen(out)
    return TextPlay(game, path, screen, Prompt(screen, source), coach, watch).run(resumed)
