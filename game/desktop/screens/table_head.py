"""The table's first line: where you are, what is heard there, and the keys that work here."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from game.desktop.input import Command
from game.desktop.layout import Row, Spacer
from game.desktop.screens.table_sheets import opener
from game.desktop.text import LABEL, NOTICE
from game.desktop.widget import Widget
from game.desktop.widgets import Button, Label
from game.desktop.words import say
from game.session.game import Game
from game.session.table import Stand
from game.session.words import ui

_KEYS = (
    ("log", Command.LOG), ("notes", Command.NOTES), ("rewind", Command.REWIND),
    ("menu", Command.BACK),
)  # fmt: skip
_HEARD = 4.0  # seconds that a sound stands there in words


class TableHead(Row):
    """`open_sheet` is called with the name of a sheet, `hint` where hints may be asked for."""

    def __init__(
        self, game: Game, open_sheet: Callable[[str], object], hint: Callable[[], object]
    ) -> None:
        self.game = game
        self.place = Label("", LABEL, most=1)
        self.heard = Heard()
        keys: list[Widget] = []
        if game.may_hint:
            keys.append(Button(say("table.hint"), hint, kind="quiet", hotkey=Command.HINT,
                               show_key=True))  # fmt: skip
        for name, command in _KEYS:
            usable = opener(name) is not None or name == "rewind"
            keys.append(Button(ui(f"table_{name}"), partial(open_sheet, name), kind="quiet",
                               hotkey=command, show_key=True, enabled=usable))  # fmt: skip
        super().__init__(self.place, self.heard, Spacer(), *keys, gap=10, cross="centre")

    def refresh(self, at: Stand) -> None:
        """Follow the game."""
        city = self.game.scenario.city
        total = ui("table_meeting", count=at.meeting, total=at.meetings)
        values = {"city": city, "meeting": total, "place": at.place.split(",")[0]}
        self.place.text = say("table.place" if city else "table.place_only", **values)


class Heard(Label):
    """What is heard, in words, for a while."""

    role = "status"

    def __init__(self) -> None:
        super().__init__("", NOTICE.but(size=14.5), most=1, visible=False)
        self._told = 0

    def say(self, words: str) -> None:
        self.text, self.visible = words, True
        self._told += 1
        told = self._told
        self.after(_HEARD, lambda: self._over(told))

    def _over(self, told: int) -> None:
        if told == self._told:
            self.visible = False
