"""The preview in a window: the desktop game itself, with what lies behind it beside the table."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from game.authoring.preview.draft import Draft
from game.authoring.preview.inspector import inspect
from game.desktop.input import Command, Event, Key
from game.desktop.layout import Column, Row
from game.desktop.main import windowed
from game.desktop.playing import Playing
from game.desktop.screen import Screen
from game.desktop.screens.diagnosis import DiagnosisScreen
from game.desktop.screens.ending import EndingScreen
from game.desktop.screens.prepare import PrepareScreen
from game.desktop.screens.table import TableScreen
from game.desktop.screens.table_reads import ReadKeeper
from game.desktop.settings import load_settings
from game.desktop.text import LABEL, SMALL, STRONG
from game.desktop.widget import Widget
from game.desktop.widgets import Card, Label, RichText, ScrollArea, Sheet
from game.scenario.diagnostics import LongLunchError, errors, printable, summary

LOOK = 0.05  # seconds between two looks at the files
_OVER = 0.6  # seconds without a change after which the lints are asked
WIDE = 1580.0  # logical px from which on the inspector stands beside the table
_PANEL = 300.0
_KEY = "f2"


class Previewed(Playing):
    """A game that is kept nowhere: its scenario changes under it."""

    def __init__(self, draft: Draft) -> None:
        super().__init__(draft.game, Path())
        self.draft = draft
        self.spoken = len(draft.game.turns)

    def save(self) -> None:
        """Nothing is written: the file to keep is the scenario."""

    def screen(self) -> Screen:
        """A screen for where the game stands, with the inspector."""
        made = {"prepare": _Prepare, "table": _Table, "ending": _Ending}[self.kind]
        return made(self)


class Inspector(Column):
    """Complaints about the file, then the state and the causes of the last change."""

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        self.lines = Column(gap=14)
        super().__init__(ScrollArea(self.lines, grow=1), padding=(0, 14, 18, 14))
        self.refresh()

    def refresh(self) -> None:
        """Follow the draft and its game."""
        parts: list[Widget] = [Card(*_complaints(self.draft), gap=8, padding=12)]
        for section in inspect(self.draft.game):
            rows: list[Widget] = [Label(section.title, LABEL)]
            for name, value in section.lines:
                short = len(value) < 28
                text = RichText(f"{name}  **{value}**" if short else f"{name}: {value}", SMALL)
                rows.append(text)
            parts.append(Column(*rows, gap=3))
        self.lines.replace_children(*parts)


def _complaints(draft: Draft) -> list[Widget]:
    found = errors(draft.complaints) or list(draft.complaints)
    head = summary(draft.complaints) if found else "The file is in order."
    parts: list[Widget] = [Label(head, STRONG)]
    if draft.lost:
        parts.append(Label(f"Moves that no longer fit: {draft.lost}", SMALL))
    for one in found[:4]:
        where = f"{one.file}:{one.line}:{one.column}" if one.line else one.file
        remedy = "; ".join(filter(None, (one.expected, one.fix)))
        lines = [
            Label(printable(f"{one.code}  {where}"), SMALL.but(colour="error")),
            Label(printable(one.message), SMALL.but(colour="ink")),
            Label(printable(remedy), SMALL),
        ]
        parts.append(Column(*lines, gap=2))
    if len(found) > 4:
        parts.append(Label(f"and {len(found) - 4} more", SMALL))
    return parts


class _Beside(Screen):
    """What every screen of a preview has: a panel, a look at the files, a key for both."""

    draft: Draft
    panel: Inspector
    _still = 0.0  # seconds since the last change

    def beside(self, content: Widget) -> Widget:
        self.panel = Inspector(self.draft)
        self.panel.width = _PANEL
        content.grow, content.shrink = 1, True
        self.panel.visible = self.app.logical_size[0] >= WIDE
        return Row(content, self.panel)

    def opened(self) -> None:
        super().opened()
        self.after(LOOK, self._look)

    def restyled(self) -> None:
        super().restyled()
        self.panel.visible = self.app.logical_size[0] >= WIDE

    def filter(self, event: Event) -> bool:
        if isinstance(event, Key) and event.name == _KEY and not event.repeat:
            if not self.panel.visible:
                self.open(Sheet(self.title, Inspector(self.draft), side="right",
                                close_words="×", wide=380, scroll=False))  # fmt: skip
            return True
        return super().filter(event)

    def on_command(self, command: Command) -> bool:
        found = super().on_command(command)
        self.panel.refresh()
        return found

    def _look(self) -> None:
        draft = self.draft
        self._still += LOOK
        if draft.changed():
            self._still = 0.0
            if draft.reload():
                self.app.replace(Previewed(draft).screen())
                return
            self.panel.refresh()
            more = "" if self.panel.visible else f" · {_KEY.upper()}"
            self.toast(f"{summary(draft.complaints)}{more}", 3.0)
        elif _OVER <= self._still < _OVER + LOOK:
            draft.look_over()
            self.panel.refresh()
        self.after(LOOK, self._look)


class _Unasked(ReadKeeper):
    """Whoever wrote the buyer is not asked where he stands."""

    def ask(self, due: Sequence[str], before_offer: bool, then: Callable[[], object]) -> None:
        then()


class _Table(_Beside, TableScreen):
    """The table of a preview."""

    def __init__(self, playing: Previewed) -> None:
        super().__init__(playing)
        self.reads = _Unasked(self, playing, self._read)
        self.draft = playing.draft

    def build(self) -> Widget:
        return self.beside(super().build())

    def _settle(self) -> None:
        super()._settle()
        self.panel.refresh()


class _Prepare(_Beside, PrepareScreen):
    """Preparing, in a preview."""

    def __init__(self, playing: Previewed) -> None:
        super().__init__(playing)
        self.draft = playing.draft

    def build(self) -> Widget:
        return self.beside(super().build())


class _Ending(_Beside, EndingScreen):
    """The end, in a preview."""

    def __init__(self, playing: Previewed) -> None:
        super().__init__(playing)
        self.draft = playing.draft

    def build(self) -> Widget:
        return self.beside(super().build())


def show(draft: Draft | LongLunchError) -> int:
    """The preview in a window until it is closed; the exit status. Raises NoDisplay."""
    settings, _ = load_settings()
    wide, high = settings.window
    settings.window = max(wide, int(WIDE) + 20), max(high, 720)
    settings.fullscreen = False
    app = windowed(settings)  # nothing of it is kept: the player's own window stays as it was
    app.begin(lambda: screen_of(draft))
    return app.run()


def screen_of(draft: Draft | LongLunchError) -> Screen:
    """Where a draft stands, or what is wrong with a file that cannot be played."""
    return Previewed(draft).screen() if isinstance(draft, Draft) else DiagnosisScreen(draft)
