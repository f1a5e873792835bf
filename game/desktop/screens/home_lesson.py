"""The first lesson at home: offered to those who have played nothing, until it is taken or left."""

from __future__ import annotations

from collections.abc import Callable

from game.desktop import lesson_taken
from game.desktop.layout import Flow
from game.desktop.screen import Screen
from game.desktop.shelf import Shelf
from game.desktop.text import BODY, HEADING, LABEL
from game.desktop.widgets import Button, Card, Label, dialog
from game.desktop.words import say


class LessonOffer:
    """Offers the lesson on a screen; `left()` is called when it is not wanted."""

    def __init__(self, screen: Screen, shelf: Shelf, left: Callable[[], object]) -> None:
        self.screen, self._shelf, self._left = screen, shelf, left

    @property
    def offered(self) -> bool:
        return self._shelf.fresh and not lesson_taken.is_over(self.screen.ui.settings)

    def panel(self, leads: bool) -> Card:
        """The offer beside the tables; `leads` if nothing else comes first."""
        kind = "filled" if leads else "plain"
        return Card(
            Label(say("lesson.offer_label"), LABEL),
            Label(say("lesson.offer_title"), HEADING.but(face="serif-semi", size=19)),
            Label(say("lesson.offer_text"), BODY.but(size=14)),
            Flow(
                Button(say("lesson.start"), self.take, kind=kind, name="take the lesson"),
                Button(say("lesson.later"), self.leave, kind="quiet", name="no lesson"),
            ),
            gap=7,
        )

    def before(self, first: bool, go: Callable[[], object]) -> None:
        """Go to a table; before the first one of all, ask whether to take the lesson instead."""
        if not (first and self.offered):
            go()
            return

        def sit() -> None:
            self.leave()
            go()

        self.screen.open(
            dialog(
                say("lesson.first_title"), say("lesson.first_text"),
                [(say("lesson.first_go"), sit), (say("lesson.start"), self.take)],
                close_words=say("sheets.close"),
            )
        )  # fmt: skip

    def take(self) -> None:
        from game.desktop.screens.lesson_screens import begin_lesson

        begin_lesson(self.screen.app)

    def leave(self) -> None:
        """It is not wanted; from now on it is in Help only."""
        lesson_taken.end(self.screen.ui.settings)
        self.screen.app.save_settings()
        self._left()
