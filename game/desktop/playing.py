"""One game at the desktop: where it is kept, and which screen comes next.

The game is written after every move, in one step, and what came of the move is shown by
:meth:`Saving.once`, when the file has it: whatever ends the program costs nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from game.core.vocabulary import Phase
from game.desktop.writer import Writer
from game.scenario.library import lessons
from game.scenario.load import Loaded
from game.session.game import Game
from game.session.moments import Turn
from game.session.saves import new_path, unwritable
from game.session.seating import Settings
from game.session.transcript import load_transcript

if TYPE_CHECKING:
    from game.desktop.app import App
    from game.desktop.lesson import Lesson
    from game.desktop.screen import Screen
    from game.session.transcript import Transcript


class Playing:
    """A game and its file. `problem` holds what went wrong with the last saving, None if nothing
    did.

    `writer` is that of the window in which it is played; without one it is written at once.
    """

    def __init__(self, game: Game, path: Path, writer: Writer | None = None) -> None:
        self.game, self.path, self.writer = game, path, writer or Writer()
        self.problem: Exception | None = None
        self.spoken = 0  # turns whose words have been shown to the end
        self.said_first = False  # “say it first”: the wording is hidden until asked for
        self.lesson: Lesson | None = None  # beside this game, once a screen has asked for it

    @classmethod
    def begin(
        cls, loaded: Loaded, seed: int, settings: Settings, writer: Writer | None = None
    ) -> Playing:
        """A new game; it has a file from its first moment on."""
        path = new_path(loaded.scenario.scenario, seed)
        playing = cls(Game(loaded, seed, settings), path, writer)
        playing.save()
        return playing

    @classmethod
    def resume(cls, path: Path) -> Playing:
        """A saved game where it was left; raises :class:`ScenarioError` if it cannot be."""
        game = Game.resume(load_transcript(path), str(path))
        playing = cls(game, path)
        playing.spoken = len(game.turns)
        return playing

    def play(self, action: int) -> Turn:
        """Play a legal action and keep it."""
        turn = self.game.play(action)
        self.save()
        return turn

    def undo(self) -> None:
        self.game.undo()
        self.spoken = len(self.game.turns)
        self.save()

    def read(self, d: float, confidence: float, buyer: str) -> None:
        self.game.read(d, confidence, buyer)
        self.save()

    def save(self) -> None:
        """Have the game written as it stands; `problem` follows when the writer tells."""
        game, path = self.game.transcript, self.path
        as_it_stands = game.at(game.head)

        def write() -> Exception | None:
            try:
                self._write(as_it_stands, path)
            except OSError as problem:
                return unwritable(path, problem)
            return None

        self.writer.put(path, write, self._written)

    def _write(self, game: Transcript, path: Path) -> None:
        """In the writer's thread; raises OSError."""
        game.save(path)

    def _written(self, problem: Exception | None) -> None:
        self.problem = problem

    # --- screens --------------------------------------------------------------------------------

    @property
    def kind(self) -> str:
        """Which screen the game stands at: prepare, table or ending."""
        if self.game.ended:
            return "ending"
        at_table = self.game.phase in (Phase.TABLE, Phase.AFTER)
        return "table" if at_table else "prepare"

    def screen(self) -> Screen:
        """A screen for where the game stands."""
        return _screens(self.game.scenario.scenario in lessons())[self.kind](self)

    def retell(self, app: App) -> None:
        """Go on where the game stands, in the current language."""
        self.game.retell()
        self.spoken = len(self.game.turns)
        self.follow(app)

    def follow(self, app: App) -> None:
        """Show the screen that belongs to where the game stands now."""
        app.replace(self.screen())


def _screens(lesson: bool) -> dict[str, Callable[[Playing], Screen]]:
    from game.desktop.screens.ending import EndingScreen
    from game.desktop.screens.prepare import PrepareScreen
    from game.desktop.screens.table import TableScreen

    found: dict[str, Callable[[Playing], Screen]] = {
        "prepare": PrepareScreen, "table": TableScreen, "ending": EndingScreen
    }  # fmt: skip
    if lesson:
        from game.desktop.screens.lesson_screens import LessonEnding, LessonTable

        found |= {"table": LessonTable, "ending": LessonEnding}
    return found
