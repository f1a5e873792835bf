"""Paper and ink in a terminal: headings, notices, quotes, columns. Nothing here knows the game."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterable
from typing import IO

from rich.console import Console, ConsoleDimensions, RenderableType
from rich.rule import Rule
from rich.table import Table
from rich.text import Text
from rich.theme import Theme

from game.scenario.diagnostics import printable
from game.session.writing import quoted

WIDEST = 84
NARROWEST = 20  # what is narrower still wraps by itself
_TALL = 34
_LABEL = 34  # cells for what you do, before what you would say
THEME = Theme(
    {
        "ink": "default",
        "muted": "dim",
        "heading": "bold",
        "notice": "italic",
        "said": "default",
        "you": "default",
        "key": "bold",
        "specific": "cyan",
        "diffuse": "rgb(200,85,61)",
        "gold": "yellow",
        "problem": "magenta",
        "rule.line": "dim",
    }
)


class Screen:
    """Writes to one stream; plain text where that is no terminal or colour is not wanted."""

    def __init__(self, file: IO[str] | None = None, width: int | None = None) -> None:
        out = sys.stdout if file is None else file
        tty = bool(getattr(out, "isatty", lambda: False)())
        self.is_terminal = tty
        wide = None if tty and width is None else width or 80
        self.console = Console(
            file=out, theme=THEME, highlight=False, width=wide, soft_wrap=False, emoji=False,
            markup=False, legacy_windows=False,
        )  # fmt: skip
        if tty and width is None and self.console.is_dumb_terminal:
            # rich takes every dumb terminal for one of 80 by 25
            self.console.size = ConsoleDimensions(*shutil.get_terminal_size())
        if self.console.width > WIDEST:
            self.console.width = WIDEST
        if self.console.width < NARROWEST:
            self.console.width = NARROWEST

    @property
    def width(self) -> int:
        return self.console.width

    @property
    def height(self) -> int:
        return self.console.height if self.is_terminal else 60

    @property
    def short(self) -> bool:
        """Whether few rows are in view, so that long pages come in parts."""
        return self.height < _TALL

    def blank(self) -> None:
        self.console.print()

    def show(self, thing: RenderableType) -> None:
        if self.is_terminal:
            self.console.print(thing)
            return
        with self.console.capture() as drawn:
            self.console.print(thing)
        for line in drawn.get().splitlines():
            print(line.rstrip(), file=self.console.file)

    def text(self, text: str, style: str = "ink", indent: int = 0) -> None:
        """A paragraph, wrapped at words."""
        self._wrapped(Text(text, style=style), indent)

    def line(self, text: str, style: str = "ink", indent: int = 0) -> None:
        """One line, cut with an ellipsis where it would not fit."""
        whole = Text(" " * indent + text, style=style, overflow="ellipsis", no_wrap=True)
        whole.truncate(self.width, overflow="ellipsis")
        self.console.print(whole)

    def item(self, mark: str, text: str, style: str = "ink") -> None:
        """A marked paragraph, wrapped under itself."""
        self._hanging(mark, Text(text, style=style))

    def choices(self, mark: str, label: str, each: Iterable[tuple[str, str]]) -> None:
        """A label followed by several (number, text), wrapped under itself."""
        whole = Text(label)
        for number, text in each:
            whole.append("  ")
            whole.append(number, style="key")
            whole.append(" " + text, style="muted")
        self._hanging(mark, whole)

    def action(self, mark: str, label: str, words: str) -> None:
        """A marked label with the words behind it, cut to one line."""
        whole = Text(f"{mark}  {label:<{_LABEL}}", style="key")
        whole.append(f"  {words}", style="not bold dim")
        whole.truncate(self.width, overflow="ellipsis")
        self.console.print(whole, no_wrap=True, overflow="ignore")

    def _hanging(self, mark: str, whole: Text) -> None:
        left = len(mark) + 2
        for row, part in enumerate(whole.wrap(self.console, self.width - left)):
            part.rstrip()
            head = Text(mark + "  " if row == 0 else " " * left, style="key")
            self.console.print(head + part, no_wrap=True, overflow="ignore")

    def whole(self, text: str) -> None:
        """A line to be copied: never wrapped, never cut."""
        self.console.print(Text(printable(text), style="muted"), soft_wrap=True)

    def rule(self, title: str = "") -> None:
        """A thin line across, with a title on its left."""
        self.console.print(Rule(Text(title, style="heading"), align="left", characters="─"))

    def pair(self, name: str, value: str, width: int = 16, style: str = "ink") -> None:
        """A label and its text beside it, wrapped under itself."""
        grid = Table.grid(padding=(0, 2, 0, 0))
        grid.add_column(width=width, style="muted", overflow="fold")
        grid.add_column(style=style, ratio=1)
        grid.width = self.width
        grid.add_row(Text(name), Text(value))
        self.show(grid)

    def said(self, who: str, text: str) -> None:
        """Words of a buyer, in quotation marks; a name where several sit at the table."""
        whole = Text()
        if who:
            whole.append(who + "  ", style="heading")
        whole.append(quoted(text), style="said")
        self._wrapped(whole, 2, 2)

    def noticed(self, text: str) -> None:
        self._wrapped(Text(text, style="notice"), 2, 2)

    def _wrapped(self, text: Text, left: int, right: int = 0) -> None:
        """Wrap at words and indent; no blanks at the end of a line."""
        for line in text.wrap(self.console, self.width - left - right):
            line.rstrip()
            self.console.print(Text(" " * left) + line, no_wrap=True, overflow="ignore")

    def error(self, text: str) -> None:
        self.console.print(Text("! " + text, style="problem"))

    def lines(self, texts: Iterable[str]) -> None:
        for text in texts:
            self.text(text)


def colour_wanted() -> bool:
    """NO_COLOR switches colour off; rich obeys it by itself, other writers ask here."""
    return not os.environ.get("NO_COLOR")
