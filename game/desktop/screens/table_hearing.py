"""Lets hear what is told at a table: things, voices, or every word by the system's voice."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from math import isinf

from game.desktop.cues import cue, room_of
from game.desktop.hearing import Hearing
from game.desktop.screens.table_tell import Show
from game.desktop.sound_names import TONES
from game.desktop.syllables import syllables
from game.desktop.synth_voices import Speaker, Syllable, speaker
from game.desktop.widgets import DialogueColumn
from game.desktop.words import say
from game.figures.setting_kinds import setting_kind
from game.looks.people import Looks
from game.session.game import Game
from game.session.notation import parts_of
from game.session.table import Line, Stand
from game.session.words import ui
from game.session.writing import sentences

_STILL = "still"


def room_at(at: Stand) -> str:
    """The sound of a place."""
    return room_of(setting_kind(at.spot, at.setting), at.spot)


class TableHearing:
    """Follows one table. `around(show)` is `show` with everything that is heard of a line."""

    def __init__(self, hearing: Hearing, game: Game, looks: Looks, talk: DialogueColumn) -> None:
        self.hearing, self.game, self.looks, self.talk = hearing, game, looks, talk
        self._speakers: dict[str, Speaker] = {}
        self._tones: dict[str, str] = {}  # how each took what was noticed of him last
        self._played: set[str] = set()  # things that were heard in this turn
        self._voice: tuple[Speaker, str, dict[int, Syllable]] | None = None
        self._quiet = False
        talk.on_letter = self._letter

    # --- telling ------------------------------------------------------------------------------

    def around(self, show: Show) -> Show:
        """Show lines with what is heard of them; what is read aloud is waited for."""

        def told(line: Line, done: Callable[[], object]) -> bool:
            self._voice = None
            if self._quiet:
                return show(line, done)
            self._sound(line)
            words = self._words(line) if self.hearing.reads else ""
            if not words:
                self._speak(line)
                return show(line, done)
            both = _Both(done)
            if not show(line, both.one):
                both.one()
            if not self.hearing.read(words, both.one):
                both.one()
            return True

        return told

    def complete(self) -> None:
        """The words stand in full before the voice has got there."""
        self._voice = None
        self.hearing.sound.hush()

    @contextmanager
    def skipping(self) -> Iterator[None]:
        """Nothing is heard while all the rest is shown at once."""
        self._quiet = True
        self.complete()
        try:
            yield
        finally:
            self._quiet = False

    # --- things and voices ----------------------------------------------------------------------

    def _sound(self, line: Line) -> None:
        own = line.kind in ("you", "done")
        if own or line.kind == "place":
            self._played.clear()
        if line.kind == "notice" and (shown := self.looks.shown(line)) is not None:
            reaction = self.looks.reaction(shown)
            self._tones[shown.buyer] = reaction if reaction in TONES else _STILL
        verb = parts_of(self.game.turns[line.turn - 1].text).verb if own and line.turn else ""
        found = cue(line.kind, verb, line.source or line.text)
        if found is not None and found.name not in self._played:
            self._played.add(found.name)
            self.hearing.effect(found.name, found.told)

    def _speak(self, line: Line) -> None:
        """The voice of a line: with its letters, or once where they stand there at once."""
        if line.kind != "said" or not line.speaker:
            return
        who, tone = self._speaker(line.speaker), self._tones.get(line.speaker, _STILL)
        letters = self.talk.root.ui.settings.letters_per_second
        if isinf(letters):
            self.hearing.speak(who, tone, line.text)
        else:
            self._voice = who, tone, syllables(line.text, max(1, round(letters / who.pace)))

    def _letter(self, index: int) -> None:
        if self._voice is not None and index in self._voice[2]:
            who, tone, course = self._voice
            self.hearing.syllable(who, tone, course[index])

    def _speaker(self, buyer: str) -> Speaker:
        if buyer not in self._speakers:
            known = self.game.scenario.buyers[buyer]
            self._speakers[buyer] = speaker(buyer, known.pronoun, known.portrait.age)
        return self._speakers[buyer]

    # --- reading aloud ----------------------------------------------------------------------------

    def _words(self, line: Line) -> str:
        """What is read of a line: not what you say yourself."""
        if line.kind in ("you", "done"):
            return ""
        several = len(self.game.present) > 1
        head = {
            "boss": ui("boss_from"), "fact": say("table.in_notebook"), "deal": say("table.agreed"),
            "event": say("table.happened"),
        }.get(line.kind, line.name if several else "")  # fmt: skip
        return sentences(head, line.text) if head and line.text else line.text


class _Both:
    """Calls `done` when two things are over: what is shown, and what is read."""

    def __init__(self, done: Callable[[], object]) -> None:
        self.done, self.left = done, 2

    def one(self) -> None:
        self.left -= 1
        if self.left == 0:
            self.done()
