"""Help: how a game goes, the levels of help, the keys as they are now; and the credits."""

from __future__ import annotations

from game import __version__
from game.desktop.input import Command
from game.desktop.layout import Column, Grid, Row, share
from game.desktop.screen import Screen
from game.desktop.screens.settings_keys import GROUPS, command_words, keys_words
from game.desktop.text import BODY, HEADING, LABEL, SMALL, STRONG, TITLE
from game.desktop.theme import MARGIN
from game.desktop.widget import Widget
from game.desktop.widgets import Button, Card, Label, ScrollArea, Tabs, head_row
from game.desktop.words import say

PAGES = ("play", "levels", "ways", "keys", "credits")
_STEPS = ("sit", "prepare", "meet", "read", "close", "look")
_LEVELS = ("guided", "plain", "exam")
_WAYS = ("hands", "see", "hear", "aloud", "time")
LIBRARIES = (
    "numpy", "PyYAML", "pydantic", "rich", "platformdirs", "Jinja2", "polib", "python-bidi",
    "pygame-ce", "resvg-py", "starlette", "uvicorn", "httptools", "uvloop", "SQLAlchemy", "segno",
    "XlsxWriter", "ifaddr",
)  # fmt: skip
FONTS = ("font-hanken-grotesk", "font-source-serif-pro")
_PAGE = 900.0  # px of what is read


class HelpScreen(Screen):
    """Shows one of `PAGES`; ValueError for another name."""

    room = None

    def __init__(self, page: str = "play") -> None:
        super().__init__()
        self.title = say("help.title")
        self.shown = PAGES.index(page)

    def build(self) -> Widget:
        makers = (self._play, self._levels, self._ways, self._keys, self._credits)
        self.tabs = Tabs(
            [
                (say(f"help.{id}"), ScrollArea(Column(make(), padding=(4, 6, 10, 20))))
                for id, make in zip(PAGES, makers, strict=True)
            ],
            self.shown, self._turned, grow=1, shrink=True,
        )  # fmt: skip
        back = Button(say("help.back"), self.app.pop, kind="pill", name="back")
        head = head_row(Label(say("help.title"), TITLE), back)
        return Column(head, self.tabs, gap=12, padding=(2 * MARGIN, MARGIN))

    def opened(self) -> None:
        self.focus(self.tabs.strip.children[self.shown])

    def _turned(self, page: int) -> None:
        self.shown = page

    # --- the pages --------------------------------------------------------------------------

    def _play(self) -> Widget:
        cards = [_named(id, number) for number, id in enumerate(_STEPS, 1)]
        lesson = Card(
            Label(say("lesson.again_title"), HEADING), Label(say("lesson.again_text"), BODY),
            Button(say("lesson.start"), self._lesson, name="take the lesson", align="start"),
            gap=8,
        )  # fmt: skip
        return Column(lesson, Grid(*cards, tracks=1 if self.ui.narrow else 3, gap=14), gap=14)

    def _levels(self) -> Widget:
        cards = Grid(*map(_named, _LEVELS), tracks=1 if self.ui.narrow else 3, gap=14)
        note = Label(say("help.levels_note"), BODY, max_width=_PAGE)
        return Column(cards, note, gap=16)

    def _ways(self) -> Widget:
        key = self.ui.named(Command.ALOUD)
        cards = [_named(id, value=key) for id in _WAYS]
        change = Button(say("help.ways_change"), lambda: self._settings("looks"), align="start")
        return Column(Grid(*cards, tracks=1 if self.ui.narrow else 3, gap=14), change, gap=16)

    def _keys(self) -> Widget:
        parts: list[Widget] = [
            Label(say("help.keys_note"), BODY, max_width=_PAGE),
            Button(
                say("help.keys_change"),
                lambda: self._settings("keys"),
                name="change keys",
                align="start",
            ),
        ]
        for group, commands in GROUPS.items():
            rows = [_key(keys_words(self.ui.keys, command), command) for command in commands]
            parts.append(Label(say(f"settings.group.{group}"), LABEL))
            parts.append(Grid(*rows, tracks=1 if self.ui.narrow else 2, gap=6))
        return Column(*parts, gap=12)

    def _credits(self) -> Widget:
        return Column(
            Label(say("help.own", value=__version__), BODY, max_width=_PAGE),
            Label(say("help.seeds"), BODY, max_width=_PAGE),
            Label(say("help.libraries"), LABEL),
            _credits(LIBRARIES),
            Label(say("help.fonts"), LABEL),
            _credits(FONTS),
            gap=10,
            max_width=_PAGE,
        )

    # --- what happens -----------------------------------------------------------------------

    def _lesson(self) -> None:
        from game.desktop.screens.lesson_screens import begin_lesson

        begin_lesson(self.app)

    def _settings(self, page: str) -> None:
        from game.desktop.screens.settings_screen import SettingsScreen

        self.app.push(SettingsScreen(page))

    def resumed(self) -> None:
        self.rebuild()  # keys may have changed
        self.opened()

    def restyled(self) -> None:
        self.rebuild()

    def on_command(self, command: Command) -> bool:
        if command is Command.HELP:
            self.app.pop()
            return True
        return super().on_command(command)


def _named(id: str, number: int = 0, value: object = "") -> Card:
    name = say(f"help.{id}_name")
    heading = f"{number}  {name}" if number else name
    return Card(Label(heading, HEADING), Label(say(f"help.{id}", value=value), BODY), gap=6)


def _key(keys: str, command: Command) -> Row:
    words = Label(command_words(command), BODY, grow=1)
    return Row(words, Label(keys, STRONG), gap=12, cross="centre", padding=(0, 0, 28, 0))


def _credits(packages: tuple[str, ...]) -> Grid:
    """Who, what for, under which licence: a row for each."""
    cells: list[Widget] = []
    for package in packages:
        cells.append(Label(say(f"help.named.{package}"), STRONG))
        cells.append(Label(say(f"help.for.{package}"), BODY))
        cells.append(Label(say(f"help.licence.{package}"), SMALL))
    return Grid(*cells, tracks=[share(2), share(3), share(3)], gap=8)
