"""The end of a game: the letter six months later, then the numbers."""

from __future__ import annotations

import secrets

from game.desktop.input import Command
from game.desktop.layout import Column, Flow, Row, Spacer, share
from game.desktop.playing import Playing
from game.desktop.screen import Screen
from game.desktop.screens import ending_parts as parts
from game.desktop.screens.ending_card import open_card
from game.desktop.screens.sheets_log import open_log
from game.desktop.screens.sheets_menu import restart
from game.desktop.text import LABEL
from game.desktop.theme import MARGIN
from game.desktop.widget import Widget
from game.desktop.widgets import (
    AdaptiveColumns,
    Button,
    Label,
    Pane,
    ScrollArea,
    dialog,
    head_row,
)
from game.desktop.words import say

_LETTER = 660.0  # px, the width of a letter that is read alone
_SEEDS = 1_000_000


class EndingScreen(Screen):
    """First the ending and the letter alone, then everything that it came to.

    `accuracy` (0 to 100) is only known to somebody who has seen the review.
    """

    def __init__(self, playing: Playing, accuracy: float | None = None) -> None:
        super().__init__()
        self.playing, self.game, self.accuracy = playing, playing.game, accuracy
        self.title = self.game.scenario.title
        self.reading = self.game.letter() is not None

    def retold(self) -> None:
        self.playing.retell(self.app)

    def build(self) -> Widget:
        place = self.game.scenario.city or self.game.scenario.title
        head = head_row(
            Label(say("ending.place", value=place), LABEL),
            Button(say("prepare.log"), self._log, kind="quiet", hotkey=Command.LOG, show_key=True,
                   name="log"),
        )  # fmt: skip
        body = self._alone() if self.reading else self._all()
        return Column(head, *body, gap=14, padding=(MARGIN, 14, MARGIN, 18))

    def opened(self) -> None:
        self.focus(self.first)

    # --- the letter -----------------------------------------------------------------------------

    def _alone(self) -> list[Widget]:
        """The ending's name and the letter, and nothing beside them."""
        paper = parts.letter(self.game)
        self.first = Button(say("ending.on"), self.go_on, kind="filled", name="the numbers")
        page = Column(parts.heading(self.game), *([paper] if paper else []), gap=18)
        page.max_width = _LETTER * (1.6 if self.ui.narrow else 1.0)
        middle = ScrollArea(Column(page, cross="centre", main="centre"), grow=1)
        return [middle, Row(Spacer(), self.first, gap=12)]

    def go_on(self) -> None:
        """From the letter to the numbers."""
        if self.reading:
            self.reading = False
            self.rebuild()
            self.focus(self.first)

    # --- the numbers ----------------------------------------------------------------------------

    def _all(self) -> list[Widget]:
        game = self.game
        made = [parts.score(game), parts.tried(game), parts.bonus(game), parts.agreed(game),
                parts.played(game)]  # fmt: skip
        numbers = Column(*(part for part in made if part is not None), gap=12)
        paper = parts.letter(game)
        panes = [Pane(say("ending.numbers"), ScrollArea(numbers), share())]
        if paper is not None:
            panes.insert(0, Pane(say("ending.letter"), ScrollArea(paper), share(1.15)))
        columns = AdaptiveColumns(panes, main=len(panes) - 1, grow=1, shrink=True, gap=24)
        self.first = Button(say("ending.review"), self.review, kind="filled", name="review")
        foot = Flow(
            Button(say("ending.home"), self.home, name="home"),
            Button(say("ending.share"), self.share, name="share"),
            Button(say("ending.again"), self.again, name="try again"),
            self.first, gap=10, main="end",
        )  # fmt: skip
        return [parts.heading(game), columns, foot]

    # --- what now -------------------------------------------------------------------------------

    def _log(self) -> None:
        open_log(self, self.playing, lambda action: None)

    def review(self) -> None:
        """What each move was worth."""
        from game.desktop.screens.review import ReviewScreen

        self.app.push(ReviewScreen(self.playing))

    def share(self) -> None:
        open_card(self, self.game, self.accuracy)

    def again(self) -> None:
        """The same people once more, with the same luck or with new."""
        self.open(
            dialog(
                say("ending.again_title"), say("ending.again_text"),
                [
                    (say("ending.again_same"), lambda: restart(self, self.playing)),
                    (say("ending.again_fresh"), self._fresh),
                ],
                close_words=say("ending.close"),
            )
        )  # fmt: skip

    def _fresh(self) -> None:
        restart(self, self.playing, secrets.randbelow(_SEEDS))

    def home(self) -> None:
        self.app.to_start()

    def on_command(self, command: Command) -> bool:
        if command is Command.BACK:
            if self.reading:
                self.go_on()
            else:
                self.home()
            return True
        return super().on_command(command)
