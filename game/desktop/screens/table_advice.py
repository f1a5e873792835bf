"""What somebody whispers to you: hints that were asked for, and a coach's words."""

from __future__ import annotations

from game.desktop.playing import Playing
from game.desktop.screen import Screen
from game.desktop.screens.table_coach import Coach
from game.desktop.screens.table_side import SidePane
from game.desktop.words import say
from game.session.writing import named

_READ = 8.0  # seconds a word is shown where the side is a tab


class Adviser:
    """Hints and the coach of one game; both are counted by the game."""

    def __init__(self, screen: Screen, playing: Playing, side: SidePane) -> None:
        self.screen, self.playing, self.game = screen, playing, playing.game
        self.side = side
        self._coach: Coach | None = None
        self._about = 0  # turns that were played when the coach was asked

    def hint(self) -> None:
        """Give a hint, if there may be one."""
        if self.game.may_hint and not self.game.ended:
            self._keep(say("table.hint_said"), self.game.hint())

    def hush(self) -> None:
        """A new turn: what was said before is old."""
        self.side.say_aside("", "")

    def look_back(self) -> None:
        """Have the coach weigh the last move, if there is a coach."""
        if not self.game.settings.coach or not self.game.turns or self.game.ended:
            return
        if self._coach is None:
            self._coach = Coach(self._from_afar)
        self._about = len(self.game.turns)
        self._coach.ask(self.game.transcript)

    def _from_afar(self, word: str) -> None:
        """Called by the thread that reads the coach's answers."""
        self.screen.app.call_soon(lambda: self.hear(word))

    def hear(self, word: str) -> None:
        """The coach's word on the move that was asked about; too late, it is left unsaid."""
        if word and self._about == len(self.game.turns) and not self.game.ended:
            self._keep(say("table.coach"), self.game.coach(word))

    def _keep(self, label: str, text: str) -> None:
        """It counts, so it is said once the game has it."""
        self.playing.save()
        self.screen.app.saving.once(lambda: self._say(label, text))

    def _say(self, label: str, text: str) -> None:
        self.side.say_aside(label, text)
        if self.screen.ui.narrow:
            self.screen.toast(named(label, text), _READ)

    def close(self) -> None:
        if self._coach is not None:
            self._coach.close()
