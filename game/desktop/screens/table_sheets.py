"""What the table opens over itself: sheets of other modules, the read, leaving, a failed save."""

from __future__ import annotations

import importlib
import importlib.util
from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

from game.desktop.layout import Column
from game.desktop.playing import Playing
from game.desktop.screen import Screen
from game.desktop.screens.table_side import marker
from game.desktop.text import BODY
from game.desktop.widgets import Button, ReadMarker, RichText, Sheet, dialog
from game.desktop.words import say
from game.scenario.diagnostics import LongLunchError

SHEETS = ("offer", "log", "notes", "actions", "rewind", "calendar", "menu")


@cache
def opener(name: str) -> Callable[..., Any] | None:
    """`open_<name>` of a sheet, imported when it is first asked for; None if there is none."""
    module = f"game.desktop.screens.sheets_{name}"
    if importlib.util.find_spec(module) is None:
        return None
    found: Callable[..., Any] = getattr(importlib.import_module(module), f"open_{name}")
    return found


class AskRead(Sheet):
    """Asks for the read of one or several buyers; it may be left for later."""

    def __init__(
        self, playing: Playing, buyers: Sequence[str], before_offer: bool,
        on_done: Callable[[], object],
    ) -> None:  # fmt: skip
        self.playing, self.then = playing, on_done
        words = say("table.read_sheet_offer" if before_offer else "table.read_sheet_text")
        content = Column(RichText(words, BODY), gap=16)
        self.markers: dict[str, ReadMarker] = {}
        for buyer in buyers:
            self.markers[buyer] = marker(playing.game, buyer, lambda place, sure: self._ready())
            name = say("table.read_of", name=playing.game.scenario.buyers[buyer].name)
            content.add(Column(RichText(f"**{name}**", BODY), self.markers[buyer], gap=6))
        self.keep = Button(say("table.read_keep"), self._keep, kind="filled", enabled=False)
        later = Button(say("table.read_not_yet"), self.close)
        super().__init__(
            say("table.read_sheet"), content, [later, self.keep], wide=520, on_close=self._over,
            close_words="",
        )  # fmt: skip
        self.closable = True

    def _ready(self) -> None:
        self.keep.enabled = any(m.value is not None and m.sure for m in self.markers.values())

    def _keep(self) -> None:
        for buyer, mark in self.markers.items():
            if mark.value is not None and mark.sure:
                self.playing.read(mark.value, (mark.sure - 1) / 2, buyer)
        self.close()

    def _over(self) -> None:
        self.then()


def ask_to_part(screen: Screen, wording: str, go: Callable[[], object]) -> None:
    """Leaving cannot be done by a slip of a finger."""
    text = say("table.part_text", value=wording) if wording else say("table.part_bare")
    answers = [(say("table.part_stay"), None), (say("table.part_go"), go)]
    screen.open(dialog(say("table.part_title"), text, answers))


def tell_unsaved(screen: Screen, playing: Playing) -> None:
    """The game could not be written: say so at once, and offer to try again."""
    problem = playing.problem
    if problem is None:
        return
    told = str(problem)
    if isinstance(problem, LongLunchError) and problem.diagnostics:
        first = problem.diagnostics[0]
        told = "\n".join(part for part in (first.message, first.file, first.fix) if part)

    def again() -> None:
        playing.save()
        screen.app.saving.once(came_of_it)

    def came_of_it() -> None:
        if playing.problem is None:
            screen.toast(say("table.saved"))
        else:
            tell_unsaved(screen, playing)

    answers: list[tuple[str, Callable[[], object] | None]] = [
        (say("table.unsaved_go_on"), None), (say("table.unsaved_again"), again),
    ]  # fmt: skip
    screen.open(dialog(say("table.unsaved_title"), told, answers))
