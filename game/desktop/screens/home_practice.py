"""Today's practice from home: the most urgent moment is tried, and what it came to is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from game.desktop.layout import Flow
from game.desktop.screen import Screen
from game.desktop.screens.home_panels import verdict_lines
from game.desktop.widgets import Button, Sheet
from game.desktop.words import say
from game.scenario.diagnostics import LongLunchError

if TYPE_CHECKING:
    from datetime import date

    from game.desktop.practice import Practice, Verdict
    from game.review.profile import Profile

_BREATH = 2.5  # seconds between a first move and what it was worth


class PracticeAtHome:
    """Tries moments over the home screen, one at a time."""

    def __init__(self, home: Screen) -> None:
        self.home = home
        self._practice: Practice | None = None

    def begin(self, profile: Profile, today: date) -> bool:
        """Try what is most urgent; False where nothing is due any more."""
        from game.desktop.practice import most_urgent

        try:
            practice = most_urgent(profile, today)
        except LongLunchError as problem:
            told = say("home.not_playable", value=problem.diagnostics[0].message)
            self.home.toast(told, 8.0)
            return True
        if practice is None:
            return False
        self._practice = practice
        practice.on_verdict = lambda verdict: self._later(practice, verdict)
        self.home.app.push(practice.screen())
        return True

    def back(self) -> None:
        """Home is shown again: a verdict that nobody has seen is shown there."""
        practice, self._practice = self._practice, None
        if practice is not None and practice.verdict is not None and not practice.seen:
            practice.seen = True
            self._show(self.home, practice.verdict)

    def _later(self, practice: Practice, verdict: Verdict) -> None:
        """Show it once the buyer has answered; if the table is left before, here."""
        screen = self.home.app.screen

        def show() -> None:
            if len(screen.root.layers) > 1:
                screen.after(_BREATH, show)  # the table asks something itself
            elif not practice.seen:
                practice.seen = True
                self._show(screen, verdict)

        screen.after(_BREATH, show)

    def _show(self, screen: Screen, verdict: Verdict) -> None:
        close = say("practice.play_on") if screen is not self.home else ""
        lines = verdict_lines(verdict.lines, verdict.principle)
        sheet = Sheet(verdict.title, lines, close_words=close)
        buttons = Flow(main="end")

        def leave() -> None:
            sheet.close()
            if screen is not self.home:
                self.home.app.to_start()

        buttons.add(Button(say("practice.to_start"), leave, kind="filled", name="verdict read"))
        sheet.panel.add(buttons)
        screen.open(sheet)
