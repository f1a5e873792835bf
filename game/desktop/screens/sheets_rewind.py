"""Rewind: the moves of this game, and going back to before any of them."""

from __future__ import annotations

from collections.abc import Callable

from game.desktop.layout import Column, Row
from game.desktop.playing import Playing
from game.desktop.screen import Screen
from game.desktop.screens.sheets_parts import OnDone, answering
from game.desktop.text import BODY, LABEL, SAYING, SMALL, STRONG
from game.desktop.widget import Widget
from game.desktop.widgets import Card, Label, Sheet, dialog
from game.desktop.words import counted, say
from game.session.game import Game
from game.session.moments import GameError, Turn
from game.session.words import ui


def when(game: Game, turn: Turn) -> str:
    """Where a move was made: `Turn 5`, `Meeting 2, turn 3`, or away from the table."""
    if not turn.number:
        return ui("moment_away")
    if len(game.scenario.meetings) > 1 or turn.meeting > 1:
        return say("sheets.meeting_turn", value=turn.meeting, turn=turn.number)
    return ui("moment_turn", turn=turn.number)


def _row(game: Game, turn: Turn, on_press: Callable[[], object] | None) -> Widget:
    parts: list[Widget] = [
        Row(Label(turn.label, STRONG, grow=1), Label(when(game, turn), SMALL), gap=12)
    ]
    if turn.own:
        parts.append(Label(turn.own, SAYING, most=2))
    return Card(*parts, on_press=on_press, gap=2, padding=(14, 10), name=turn.label)


def open_rewind(screen: Screen, playing: Playing, on_done: OnDone) -> Sheet:
    """The moves, the last one first; choosing one goes back to just before it.

    After going back the screen that belongs to that moment is shown anew, and nothing is
    answered; closed without it the sheet answers None. An exam only shows the moves.
    """
    game = playing.game
    exam = game.settings.help == "exam"
    intro = say("sheets.rewind_exam" if exam else "sheets.rewind_help")

    def back_to(index: int) -> Callable[[], object]:
        def ask() -> None:
            turn = game.turns[index]
            count = len(game.turns) - index
            question = dialog(
                say("sheets.rewind_ask", value=turn.label), counted("sheets.rewind", count),
                [(say("sheets.stay"), None), (say("sheets.go_back"), lambda: go(index))],
            )  # fmt: skip
            screen.open(question)

        return ask

    def go(index: int) -> None:
        sheet.on_close = None
        sheet.close()
        take_back(screen, playing, len(game.turns) - index)

    rows: list[Widget] = [
        _row(game, turn, None if exam else back_to(index))
        for index, turn in reversed(list(enumerate(game.turns)))
    ]
    if game.undone:
        rows.insert(0, Label(say("sheets.undone", value=game.undone), LABEL))
    nothing = Label(say("sheets.rewind_none"), BODY)
    content = Column(Label(intro, SMALL), *(rows if game.turns else [nothing]), gap=10)
    sheet = Sheet(
        ui("table_rewind"), content, side="right", close_words=say("sheets.close"), wide=480
    )
    answering(sheet, on_done)
    screen.open(sheet)
    return sheet


def take_back(screen: Screen, playing: Playing, count: int) -> None:
    """Take so many moves back, as far as that goes, and show where the game stands then."""
    app = screen.app
    done = 0
    try:
        while done < count:
            playing.undo()
            done += 1
    except GameError as problem:  # the start of a try, before which nothing is taken back
        if not done:
            screen.toast(str(problem))
            return

    def show() -> None:
        playing.follow(app)
        app.screen.toast(say("sheets.went_back"))

    app.saving.once(show)
