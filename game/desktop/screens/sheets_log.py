"""The log: everything that was said and seen, to read and to copy."""

from __future__ import annotations

from collections.abc import Sequence

from game.desktop.input import Command
from game.desktop.layout import Column
from game.desktop.playing import Playing
from game.desktop.screen import Screen
from game.desktop.screens.sheets_parts import OnDone, answering
from game.desktop.text import BODY, LABEL, NOTICE, SMALL, SPOKEN, STRONG
from game.desktop.widget import Widget
from game.desktop.widgets import Button, Card, Label, ScrollArea, Sheet
from game.desktop.words import say
from game.session.table import Line, dialogue

_SPOKEN = SPOKEN.but(size=17.5)
_NOTICED = NOTICE.but(size=16.0, colour="muted")


def _head(line: Line) -> str:
    """Who says it, or what kind of thing it is; "" where the words stand for themselves."""
    if line.kind in ("you", "done"):
        return say("sheets.log_you", value=line.label) if line.label else say("sheets.log_you_bare")
    if line.kind == "said":
        return line.name
    heads = ("fact", "deal", "boss")
    return say(f"sheets.log_{line.kind}") if line.kind in heads else ""


def log_text(lines: Sequence[Line]) -> str:
    """The whole log as plain text, a blank line between two pieces."""
    return "\n\n".join(
        "\n".join(part for part in (_head(line), line.text) if part)
        for line in lines
        if line.text or _head(line)
    )


def _piece(line: Line) -> Widget:
    head = _head(line)
    parts: list[Widget] = [Label(head, LABEL)] if head else []
    if line.kind in ("place", "gap"):
        return Label(line.text, LABEL.but(colour="ink"))
    if line.kind in ("notice", "event"):
        return Label(line.text, _NOTICED)
    styles = {"said": _SPOKEN, "deal": STRONG, "done": SMALL}
    if line.text:
        parts.append(Label(line.text, styles.get(line.kind, BODY)))
    if line.kind in ("boss", "fact"):
        return Card(*parts, fill="note", border=None, padding=(12, 8), gap=2)
    return Column(*parts, gap=1)


class _Pieces(Column):
    """The log's pieces; Ctrl+C takes all of it wherever the focus is."""

    def __init__(self, lines: Sequence[Line], copy: Button) -> None:
        shown = [_piece(line) for line in lines if line.text or _head(line)]
        super().__init__(*(shown or [Label(say("sheets.log_empty"), BODY)]), gap=12)
        self._copy = copy

    def on_anywhere(self, command: Command) -> bool:
        if command is Command.COPY:
            self._copy.activate()
            return True
        return False


def open_log(screen: Screen, playing: Playing, on_done: OnDone) -> Sheet:
    """The log with its end in view; answers None when it is closed."""
    lines = dialogue(playing.game)

    def taken() -> None:
        screen.ui.copy(log_text(lines))
        screen.toast(say("sheets.copied"))

    copy = Button(say("sheets.copy_all"), taken, name="copy")
    area = ScrollArea(_Pieces(lines, copy), at_end=True, grow=1)
    sheet = Sheet(
        say("sheets.log"), area, [copy], close_words=say("sheets.close"), wide=760, scroll=False,
    )  # fmt: skip
    answering(sheet, on_done)
    screen.open(sheet)
    area.scroll_to(area.most)
    if area.can_focus:
        screen.focus(area)
    return sheet
