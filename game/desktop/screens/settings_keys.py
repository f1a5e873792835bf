"""Which key does what, and another one for it: a key that means something else is refused."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from game.desktop.input import Command, Event, Key, KeyNeeded, KeyTable, Pointer, device_of
from game.desktop.key_names import shown_key
from game.desktop.layout import Column, Grid, Row, share
from game.desktop.screen import Screen
from game.desktop.text import BODY, LABEL, SMALL
from game.desktop.widget import Widget
from game.desktop.widgets import Button, Label, dialog
from game.desktop.words import say

GROUPS: dict[str, tuple[Command, ...]] = {
    "game": (
        Command.WAIT, Command.OFFER, Command.PART, Command.ALL, Command.READ, Command.HINT,
        Command.LOG, Command.NOTES, Command.REWIND, Command.SKIP, Command.HIDE, Command.SPOKEN,
    ),
    "screen": (
        Command.MENU, Command.SAVE, Command.COPY, Command.ALOUD, Command.HELP, Command.SETTINGS,
        Command.MUTE,
        Command.FULLSCREEN, Command.SCREENSHOT, Command.LARGER, Command.SMALLER, Command.TRY,
    ),
    "move": (
        Command.CONFIRM, Command.BACK, Command.NEXT, Command.PREV, Command.UP, Command.DOWN,
        Command.LEFT, Command.RIGHT, Command.PAGE_UP, Command.PAGE_DOWN, Command.HOME, Command.END,
        Command.NEXT_TAB, Command.PREV_TAB,
    ),
    "numbers": tuple(Command(str(number)) for number in range(1, 10)),
}  # fmt: skip
_BARE = ("shift", "ctrl", "alt", "meta", "caps", "numlock", "scroll")
# The two buttons of a row, and whose keys each of them shows.
_SIDES: dict[str, tuple[str, ...]] = {"keys": ("keyboard", "mouse"), "pad": ("pad",)}


def command_words(command: Command) -> str:
    """What a command does, in a few words."""
    return say(f"settings.command.{command}")


def keys_words(
    table: KeyTable, command: Command, devices: Sequence[str] = (), labels: str = "pad"
) -> str:
    """All keys of a command as people write them, or those of some devices."""
    shown = [
        shown_key(key, labels)
        for key in table.keys(command)
        if not devices or device_of(key) in devices
    ]
    return ", ".join(shown) or say("settings.nothing")


class KeysPage(Column):
    """All commands with their keys. While it waits for a key, `take` gets every event first.

    `changed` is called when a key was given.
    """

    def __init__(self, screen: Screen, changed: Callable[[], object]) -> None:
        super().__init__(gap=12)
        self.screen, self.changed = screen, changed
        self.table, self.labels = screen.ui.keys, screen.app.pad_labels
        self.waiting: tuple[Command, str] | None = None
        self._buttons: dict[tuple[Command, str], Button] = {}
        self.add(Label(say("settings.keys_text"), BODY, max_width=760))
        for group, commands in GROUPS.items():
            rows = [self._row(command) for command in commands]
            self.add(Label(say(f"settings.group.{group}"), LABEL))
            self.add(_Halves(*rows))
        self.add(Button(say("settings.reset"), self._reset, name="reset keys", align="start"))

    def _row(self, command: Command) -> Widget:
        what = Label(command_words(command), BODY, grow=1)
        buttons = [self._button(command, side) for side in _SIDES]
        return Row(what, *buttons, gap=10, cross="centre", padding=(0, 0, 28, 0))

    def _button(self, command: Command, side: str) -> Button:
        button = Button(
            self._words(command, side), lambda: self._wait(command, side), shrink=True,
            name=say(f"settings.{side}_of", value=command_words(command)), min_width=90,
            style=SMALL.but(face="sans-semi", colour="ink"),
        )  # fmt: skip
        self._buttons[command, side] = button
        return button

    def _words(self, command: Command, side: str) -> str:
        return keys_words(self.table, command, _SIDES[side], self.labels)

    def _wait(self, command: Command, side: str) -> None:
        self._show()
        self.waiting = command, side
        self._buttons[command, side].text = say(f"settings.press_{side}")

    def _show(self) -> None:
        self.waiting = None
        for (command, side), button in self._buttons.items():
            button.text = self._words(command, side)

    def take(self, event: Event) -> bool:
        """While it waits for a key: whether the event was taken."""
        if self.waiting is None:
            return False
        command, side = self.waiting
        if isinstance(event, Pointer):
            if event.kind == "down":
                self._show()
            return event.kind == "down"
        if not isinstance(event, Key):
            return True  # what a key types is not meant
        if event.repeat or _bare(event.name):
            return True
        if event.name == "escape" and command is not Command.BACK:
            self._show()
        elif event.name == "backspace":
            self._try(lambda: self.table.clear(command, *_SIDES[side]))
        elif device_of(event.name) in _SIDES[side]:
            self._give(command, event.name)
        return True  # a key of another device is none, and none that does anything now

    def _give(self, command: Command, key: str) -> None:
        taken = self.table.command(key)
        if taken is None or taken is command:
            self._try(lambda: self.table.give(command, key))
            return
        self._show()
        words = {"value": shown_key(key, self.labels), "other": command_words(taken)}
        swap = say("settings.exchange")
        self.screen.open(
            dialog(
                say("settings.taken_title"),
                say("settings.taken", command=command_words(command), **words),
                [(swap, lambda: self._try(lambda: self.table.exchange(command, key))),
                 (say("settings.leave_key"), None)],
            )
        )  # fmt: skip

    def _try(self, change: Callable[[], object]) -> None:
        waiting = self.waiting
        try:
            change()
        except KeyNeeded as needed:
            self.screen.ui.play("refuse")
            self.screen.toast(say("settings.needed", value=command_words(needed.command)), 6.0)
        else:
            if waiting is not None:
                words = command_words(waiting[0])
                keys = keys_words(self.table, waiting[0], (), self.labels)
                self.screen.toast(say("settings.bound", value=keys, other=words), 6.0)
            self.changed()
        self._show()

    def _reset(self) -> None:
        self.table.reset()
        self._show()
        self.screen.toast(say("settings.reset_done"), 6.0)
        self.changed()


class _Halves(Grid):
    """Two columns, or one where the text is large."""

    def __init__(self, *children: Widget) -> None:
        super().__init__(*children, gap=8)

    def attached_now(self) -> None:
        self.tracks = [share()] * (1 if self.root.ui.narrow else 2)


def _bare(key: str) -> bool:
    """Whether only a key was pressed that changes others."""
    words = key.rsplit("+", 1)[-1].split()
    return device_of(key) == "keyboard" and any(word in words for word in _BARE)
