"""A scenario or a game that cannot be opened: what is wrong, where, and how to mend it."""

from __future__ import annotations

from collections.abc import Callable

from game.desktop.input import Command
from game.desktop.layout import Column, Flow, Row
from game.desktop.screen import Screen
from game.desktop.text import BODY, HEADING, SMALL, STRONG, TITLE
from game.desktop.theme import MARGIN
from game.desktop.widget import Widget
from game.desktop.widgets import Button, Card, Label, ScrollArea
from game.desktop.words import counted, say
from game.scenario.diagnostics import Diagnostic, LongLunchError, errors, printable, render

_MOST = 40  # complaints shown; a file with more is mended in rounds anyway


class DiagnosisScreen(Screen):
    """Shows every complaint. `retry` opens the same thing again; it may raise as before."""

    def __init__(self, problem: LongLunchError, retry: Callable[[], Screen] | None = None) -> None:
        super().__init__()
        self.problem, self.retry = problem, retry

    def build(self) -> Widget:
        found = errors(self.problem.diagnostics) or list(self.problem.diagnostics)
        scenario = any(one.line for one in found)
        many = counted("home.wrong", len(found))
        buttons = Flow(gap=10)
        if self.retry is not None:
            buttons.add(Button(say("home.wrong_retry"), self._again, kind="filled", name="retry"))
        buttons.add(Button(say("home.wrong_copy"), self._copy, name="copy"))
        buttons.add(Button(say("home.wrong_home"), self._home, name="to start"))
        cards = [self._card(one) for one in self.problem.diagnostics[:_MOST]]
        return Column(
            Label(say("home.wrong_title" if scenario else "app.refused_title"), TITLE),
            Label(many if scenario else say("home.wrong_other"), BODY),
            ScrollArea(Column(*cards, gap=12), grow=1),
            buttons,
            gap=14,
            padding=(2 * MARGIN, 1.5 * MARGIN),
        )

    def _card(self, one: Diagnostic) -> Card:
        where = ""
        if one.line:
            id = "wrong_column" if one.column else "wrong_line"
            where = say(f"home.{id}", count=one.line, value=one.column)
        place = ", ".join(part for part in (one.file, where) if part)
        parts: list[Widget] = [
            Row(
                Label(one.code, STRONG.but(colour="error"), shrink=False),
                Label(printable(place), SMALL, grow=1),
                gap=12,
                cross="end",
            ),
            Label(printable(one.message), HEADING.but(size=16)),
        ]
        if one.source_line.strip():
            line = Label(printable(one.source_line.strip()), BODY)
            parts.append(Card(line, fill="note", border=None, radius=8, padding=(12, 7)))
        if one.expected:
            parts.append(Label(printable(say("home.wrong_expected", value=one.expected)), BODY))
        if one.fix:
            fix = say("home.wrong_fix", value=one.fix)
            parts.append(Label(printable(fix), BODY.but(face="sans-semi")))
        for other in one.related:
            said = say("home.wrong_related", count=other.line, value=other.message)
            parts.append(Label(printable(said), SMALL))
        return Card(*parts, gap=6, name=one.code)

    def _again(self) -> None:
        if self.retry is None:
            return
        try:
            screen = self.retry()
        except LongLunchError as problem:
            same = problem.diagnostics == self.problem.diagnostics
            self.problem = problem
            self.rebuild()
            if same:
                self.toast(say("home.wrong_still"))
            return
        self.app.replace(screen)

    def _copy(self) -> None:
        self.app.copy(render(self.problem.diagnostics))
        self.toast(say("app.copied"))

    def _home(self) -> None:
        if self.app.depth > 1:
            self.app.pop()
        else:
            self.app.to_start()

    def on_command(self, command: Command) -> bool:
        if command is Command.BACK:
            self._home()
        elif command is Command.COPY:
            self._copy()
        else:
            return False
        return True
