"""The screen that says what went wrong, when another could not go on."""

from __future__ import annotations

import traceback

from game.desktop.input import Command
from game.desktop.layout import Column, Flow
from game.desktop.screen import Screen
from game.desktop.text import BODY, SMALL, TITLE
from game.desktop.theme import MARGIN
from game.desktop.widget import Widget
from game.desktop.widgets import Button, Card, Label, ScrollArea
from game.desktop.words import say
from game.scenario.diagnostics import LongLunchError, render


def message(problem: BaseException) -> str:
    """What can be told about a failure: the diagnostics, or the exception in a line."""
    if isinstance(problem, LongLunchError):
        return render(problem.diagnostics).strip()
    return f"{type(problem).__name__}: {problem}"


def details(problem: BaseException) -> str:
    """Everything, for whoever mends it."""
    return "".join(traceback.format_exception(problem))


class FailureScreen(Screen):
    """Shows a failure and the ways on. The game itself was saved after its last turn."""

    def __init__(self, problem: BaseException) -> None:
        super().__init__()
        self.problem = problem
        self.expected = isinstance(problem, LongLunchError)

    def build(self) -> Widget:
        part = "app.refused" if self.expected else "app.failure"
        shown = message(self.problem)
        back = Button(say("app.to_start"), self._back, kind="filled", name="to start")
        copy = Button(say("app.copy_details"), self._copy, name="copy details")
        leave = Button(say("app.leave"), self.app.quit, name="leave")
        return Column(
            Label(say(f"{part}_title"), TITLE),
            Label(say(f"{part}_text"), BODY, max_width=760),
            Card(ScrollArea(Label(shown, SMALL.but(colour="ink")), grow=1), grow=1, shrink=True),
            Flow(back, copy, leave, gap=10),
            gap=16,
            padding=(2 * MARGIN, 2 * MARGIN),
        )

    def _copy(self) -> None:
        self.app.copy(message(self.problem) if self.expected else details(self.problem))
        self.toast(say("app.copied"))

    def _back(self) -> None:
        self.app.to_start()

    def on_command(self, command: Command) -> bool:
        if command is Command.BACK:
            self._back()
        elif command is Command.COPY:
            self._copy()
        else:
            return False
        return True
