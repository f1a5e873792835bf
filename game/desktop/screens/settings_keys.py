"""Which key does what, and another one for it: a key that means something else is refused."""

from __future__ import annotations

from collections.abc import Callable

from game.desktop.input import Command, Event, Key, KeyConflict, KeyTable, Pointer, shown_key
from game.desktop.layout import Column, Grid, Row, share
from game.desktop.text import BODY, LABEL, SMALL
from game.desktop.widget import Widget
from game.desktop.widgets import Button, Label
from game.desktop.words import say

GROUPS: dict[str, tuple[Command, ...]] = {
    "game": (
        Command.WAIT, Command.OFFER, Command.PART, Command.ALL, Command.READ, Command.HINT,
        Command.LOG, Command.NOTES, Command.REWIND, Command.SKIP, Command.HIDE, Command.SPEAK,
    ),
    "screen": (
        Command.MENU, Command.SAVE, Command.COPY, Command.HELP, Command.SETTINGS, Command.MUTE,
        Command.FULLSCREEN, Command.SCREENSHOT, Command.LARGER, Command.SMALLER, Command.TRY,
    ),
    "move": (
        Command.CONFIRM, Command.BACK, Command.NEXT, Command.PREV, Command.UP, Command.DOWN,
        Command.LEFT, Command.RIGHT, Command.PAGE_UP, Command.PAGE_DOWN, Command.HOME, Command.END,
        Command.NEXT_TAB, Command.PREV_TAB,
    ),
    "numbers": tuple(Command(str(number)) for number in range(1, 10)),
}  # fmt: skip
_BARE = ("shift", "ctrl", "alt", "meta", "super", "gui", "mode", "caps lock", "num lock")


def command_words(command: Command) -> str:
    """What a command does, in a few words."""
    return say(f"settings.command.{command}")


def keys_words(table: KeyTable, command: Command) -> str:
    """All keys of a command as people write them."""
    shown = [shown_key(key) for key in table.keys(command)]
    return ", ".join(shown) or say("settings.nothing")


class KeysPage(Column):
    """All commands with their keys. While it waits for a key, `take` gets every event first.

    `changed` is called when a key was given; `tell` shows a message.
    """

    def __init__(
        self, table: KeyTable, changed: Callable[[], object], tell: Callable[[str], object]
    ) -> None:
        super().__init__(gap=12)
        self.table, self.changed, self.tell = table, changed, tell
        self.waiting: Command | None = None
        self._buttons: dict[Command, Button] = {}
        self.add(Label(say("settings.keys_text"), BODY, max_width=760))
        for group, commands in GROUPS.items():
            rows = [self._row(command) for command in commands]
            self.add(Label(say(f"settings.group.{group}"), LABEL))
            self.add(_Halves(*rows))
        self.add(Button(say("settings.reset"), self._reset, name="reset keys", align="start"))

    def _row(self, command: Command) -> Widget:
        words = keys_words(self.table, command)
        button = Button(words, lambda: self._wait(command), name=f"key of {command}", shrink=True,
                        min_width=90, style=SMALL.but(face="sans-semi", colour="ink"))  # fmt: skip
        self._buttons[command] = button
        what = Label(command_words(command), BODY, grow=1)
        return Row(what, button, gap=10, cross="centre", padding=(0, 0, 28, 0))

    def _wait(self, command: Command) -> None:
        self._show()
        self.waiting = command
        self._buttons[command].text = say("settings.press")

    def _show(self) -> None:
        self.waiting = None
        for command, button in self._buttons.items():
            button.text = keys_words(self.table, command)

    def take(self, event: Event) -> bool:
        """While it waits for a key: whether the event was taken."""
        command = self.waiting
        if command is None:
            return False
        if isinstance(event, Pointer):
            if event.kind == "down":
                self._show()
            return event.kind == "down"
        if not isinstance(event, Key):
            return True  # what a key types is not meant
        if event.repeat or _bare(event.name):
            return True
        if event.name == "escape":
            self._show()
            return True
        self._bind(command, event.name)
        return True

    def _bind(self, command: Command, key: str) -> None:
        """Give it the key in the place of those of the same device."""
        device = _device(key)
        others = [k for k in self.table.keys(command) if _device(k) != device]
        try:
            self.table.bind(command, [key, *others])
        except KeyConflict as conflict:
            other = command_words(conflict.taken_by)
            self.tell(say("settings.taken", value=shown_key(key), other=other))
        else:
            words = command_words(command)
            self.tell(say("settings.bound", value=keys_words(self.table, command), other=words))
            self.changed()
        self._show()

    def _reset(self) -> None:
        self.table.reset()
        self._show()
        self.tell(say("settings.reset_done"))
        self.changed()


class _Halves(Grid):
    """Two columns, or one where the text is large."""

    def __init__(self, *children: Widget) -> None:
        super().__init__(*children, gap=8)

    def attached_now(self) -> None:
        self.tracks = [share()] * (1 if self.root.ui.narrow else 2)


def _device(key: str) -> str:
    return key.split(" ")[0] if key.startswith(("pad ", "mouse ")) else "keyboard"


def _bare(key: str) -> bool:
    """Whether only a key was pressed that changes others."""
    last = key.rsplit("+", 1)[-1]
    return any(word in last for word in _BARE)
