"""What the player means, whatever device it came from: logical commands, and a table of keys.

A key is written as its lower-case name with `ctrl+`, `alt+`, `shift+` before it (`ctrl+z`), a
button of a gamepad as `pad a`, one of a mouse as `mouse 4`. Left click and wheel are not in the
table: they point at something.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import pygame

from game.desktop.pads import Pads


class Command(StrEnum):
    """What a key, a button or a click can mean."""

    CONFIRM = "confirm"
    BACK = "back"
    NEXT = "next"  # the next thing that can have the focus
    PREV = "prev"
    UP = "up"
    DOWN = "down"
    LEFT = "left"
    RIGHT = "right"
    PAGE_UP = "page_up"
    PAGE_DOWN = "page_down"
    HOME = "home"
    END = "end"
    NEXT_TAB = "next_tab"
    PREV_TAB = "prev_tab"
    ONE = "1"
    TWO = "2"
    THREE = "3"
    FOUR = "4"
    FIVE = "5"
    SIX = "6"
    SEVEN = "7"
    EIGHT = "8"
    NINE = "9"
    LOG = "log"
    NOTES = "notes"
    REWIND = "rewind"
    MENU = "menu"
    WAIT = "wait"
    OFFER = "offer"
    PART = "part"
    ALL = "all"  # all actions, by ring
    SKIP = "skip"
    HIDE = "hide"  # the interface
    READ = "read"  # mark your read of the buyer
    HINT = "hint"
    SAVE = "save"
    COPY = "copy"
    SPOKEN = "spoken"  # you have said it aloud
    ALOUD = "aloud"  # read this to me
    MUTE = "mute"
    HELP = "help"
    SETTINGS = "settings"
    FULLSCREEN = "fullscreen"
    SCREENSHOT = "screenshot"
    LARGER = "larger"
    SMALLER = "smaller"
    TRY = "try"  # a move again, from the review

    @property
    def number(self) -> int:
        """1 to 9 for a number key, else 0."""
        return int(self.value) if self.value.isdigit() else 0


ARROWS = (Command.UP, Command.DOWN, Command.LEFT, Command.RIGHT)
REPEATED = (*ARROWS, Command.NEXT, Command.PREV, Command.PAGE_UP, Command.PAGE_DOWN)

DEFAULT_KEYS: dict[Command, tuple[str, ...]] = {
    Command.CONFIRM: ("return", "space", "enter", "pad a"),
    Command.BACK: ("escape", "mouse 6", "pad b"),
    Command.NEXT: ("tab", "pad rb"),
    Command.PREV: ("shift+tab", "pad lb"),
    Command.UP: ("up", "pad up"),
    Command.DOWN: ("down", "pad down"),
    Command.LEFT: ("left", "pad left"),
    Command.RIGHT: ("right", "pad right"),
    Command.PAGE_UP: ("page up", "pad rs up"),
    Command.PAGE_DOWN: ("page down", "pad rs down"),
    Command.HOME: ("home",),
    Command.END: ("end",),
    Command.NEXT_TAB: ("ctrl+tab", "ctrl+page down", "pad rs right"),
    Command.PREV_TAB: ("ctrl+shift+tab", "ctrl+page up", "pad rs left"),
    **{Command(str(n)): (str(n), f"keypad {n}") for n in range(1, 10)},
    Command.LOG: ("l", "pad back"),
    Command.NOTES: ("n", "pad x"),
    Command.REWIND: ("r", "ctrl+z"),
    Command.MENU: ("f10", "pad start"),
    Command.WAIT: ("w", "pad lt"),
    Command.OFFER: ("o",),
    Command.PART: ("p",),
    Command.ALL: ("a", "pad y"),
    Command.SKIP: ("s", "pad rt"),
    Command.HIDE: ("h", "mouse 3"),
    Command.READ: ("m", "pad r3"),
    Command.HINT: ("i",),
    Command.SAVE: ("f5", "ctrl+s"),
    Command.COPY: ("ctrl+c",),
    Command.SPOKEN: ("d",),
    Command.ALOUD: ("v", "pad l3"),
    Command.MUTE: ("ctrl+m",),
    Command.HELP: ("f1",),
    Command.SETTINGS: ("f2",),
    Command.FULLSCREEN: ("f11", "alt+return"),
    Command.SCREENSHOT: ("f12",),
    Command.LARGER: ("ctrl++", "ctrl+=", "ctrl+keypad +"),
    Command.SMALLER: ("ctrl+-", "ctrl+keypad -"),
    Command.TRY: ("t",),
}
_NAMES = frozenset(str(command) for command in Command)
# Without these nobody could find a way back to the settings.
KEPT = (Command.CONFIRM, Command.BACK, Command.NEXT)
# What a field that is typed into keeps for itself, besides letters.
_FIELD = ("left", "right", "home", "end", "backspace", "delete", "space")


def device_of(key: str) -> str:
    """keyboard, mouse or pad."""
    device = key.partition(" ")[0]
    return device if device in ("mouse", "pad") else "keyboard"


def _frees(key: str) -> bool:
    """Whether a key means its command even in a field that is typed into."""
    last = key.removeprefix("shift+")
    typed = len(last) == 1 or last in _FIELD or last.startswith("keypad ")
    return device_of(key) == "keyboard" and not typed


class KeyConflict(ValueError):
    """A key that already means something else; `taken_by` is what."""

    def __init__(self, key: str, taken_by: Command) -> None:
        super().__init__(f"{key} is taken by {taken_by}")
        self.key, self.taken_by = key, taken_by


class KeyNeeded(ValueError):
    """A command that nobody can do without would have no key of its own, or no button."""

    def __init__(self, command: Command) -> None:
        super().__init__(f"{command} needs a key")
        self.command = command


class KeyTable:
    """Which key means what. Changes are kept as overrides, ready for the settings."""

    def __init__(self, overrides: Mapping[str, Sequence[str]] | None = None) -> None:
        self._keys = dict(DEFAULT_KEYS)
        self._meanings: dict[str, Command] = {}
        self._rebuild()
        # Overrides are taken together: two commands may have changed places.
        changed = {
            Command(name): tuple(dict.fromkeys(key.lower() for key in keys))
            for name, keys in (overrides or {}).items()
            if name in _NAMES
        }
        given = [key for keys in changed.values() for key in keys]
        if len(given) != len(set(given)):
            return
        wanted = {  # a key that a later version gives to another command stays the player's
            command: changed.get(command, tuple(key for key in keys if key not in given))
            for command, keys in self._keys.items()
        }
        if all(any(map(_frees, wanted[command])) for command in KEPT):
            self._keys = wanted
            self._rebuild()

    def _rebuild(self) -> None:
        self._meanings = {key: command for command, keys in self._keys.items() for key in keys}

    def command(self, key: str) -> Command | None:
        return self._meanings.get(key)

    def keys(self, command: Command) -> tuple[str, ...]:
        return self._keys[command]

    def first(self, command: Command, pad: bool = False) -> str:
        """The first key of a command, or its first button of a gamepad; "" if it has none."""
        fitting = (key for key in self._keys[command] if key.startswith("pad ") == pad)
        return next(fitting, "")

    def bind(self, command: Command, keys: Sequence[str]) -> None:
        """Give a command its keys.

        Raises :class:`KeyConflict` if one means something else, :class:`KeyNeeded` if a command
        that nobody can do without would be out of reach.
        """
        wanted = tuple(dict.fromkeys(key.lower() for key in keys))
        for key in wanted:
            other = self._meanings.get(key)
            if other is not None and other is not command:
                raise KeyConflict(key, other)
        self._take({command: wanted})

    def give(self, command: Command, key: str) -> None:
        """Give a command a key in the place of those of the same device; raises as `bind`."""
        self.bind(command, [key, *self._others(command, device_of(key))])

    def exchange(self, command: Command, key: str) -> None:
        """Give a command a key of another one, which gets the first of its own for it.

        Raises :class:`KeyNeeded` if one of the two would be out of reach.
        """
        other, device = self._meanings[key], device_of(key)
        mine = [k for k in self._keys[command] if device_of(k) == device][:1]
        theirs = [*mine, *(k for k in self._keys[other] if k != key)]
        self._take({command: (key, *self._others(command, device)), other: tuple(theirs)})

    def clear(self, command: Command, *devices: str) -> None:
        """Take a command's keys of some devices away; raises :class:`KeyNeeded`."""
        self._take({command: tuple(self._others(command, *devices))})

    def _others(self, command: Command, *devices: str) -> list[str]:
        return [key for key in self._keys[command] if device_of(key) not in devices]

    def _take(self, wanted: Mapping[Command, tuple[str, ...]]) -> None:
        for command, keys in wanted.items():
            reached = any(map(_frees, keys)) and any(device_of(key) == "pad" for key in keys)
            if command in KEPT and not reached:
                raise KeyNeeded(command)
        self._keys |= wanted
        self._rebuild()

    def reset(self) -> None:
        self._keys = dict(DEFAULT_KEYS)
        self._rebuild()

    def overrides(self) -> dict[str, list[str]]:
        """What differs from the defaults."""
        return {
            str(command): list(keys)
            for command, keys in self._keys.items()
            if keys != DEFAULT_KEYS[command]
        }


# --- events ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Pointer:
    """`kind` is move, down, up, wheel or leave; places are logical px, `wheel` is notches up."""

    kind: str
    x: float
    y: float
    wheel: float = 0.0


@dataclass(frozen=True, slots=True)
class Key:
    """A key that went down, with the command that it means, if any. `text` editing reads `name`."""

    name: str
    command: Command | None
    device: str = "keyboard"  # or gamepad, or mouse
    repeat: bool = False  # held down: only moves of the focus and editing repeat


@dataclass(frozen=True, slots=True)
class Typed:
    """Text that was entered, after any composing; `composing` is what is not settled yet."""

    text: str = ""
    composing: str = ""


Event = Pointer | Key | Typed


def key_name(key: int, mod: int) -> str:
    """A pressed key as the table writes it."""
    name = pygame.key.name(key).strip("[]") if key else ""
    if pygame.K_KP1 <= key <= pygame.K_KP0 or key in (pygame.K_KP_PLUS, pygame.K_KP_MINUS):
        name = f"keypad {name}"
    before = ""
    for mask, word in (
        (pygame.KMOD_CTRL | pygame.KMOD_META, "ctrl+"),
        (pygame.KMOD_ALT, "alt+"),
        (pygame.KMOD_SHIFT, "shift+"),
    ):
        if mod & mask:
            before += word
    return before + name.lower()


class Translator:
    """Turns pygame's events into ours; remembers what is held down."""

    def __init__(self, table: KeyTable) -> None:
        self.table = table
        self.pads = Pads()
        self._held: set[int] = set()

    def events(self, event: pygame.Event, scale: float, now: float = 0.0) -> Iterator[Event]:
        """`scale` is physical px a logical px, `now` the time in seconds."""
        kind = event.type
        if kind == pygame.MOUSEMOTION:
            yield Pointer("move", event.pos[0] / scale, event.pos[1] / scale)
        elif kind in (pygame.MOUSEBUTTONDOWN, pygame.MOUSEBUTTONUP):
            down = kind == pygame.MOUSEBUTTONDOWN
            if event.button == 1:
                yield Pointer("down" if down else "up", event.pos[0] / scale, event.pos[1] / scale)
            elif down and event.button not in (4, 5):  # those two are the wheel, told otherwise too
                yield self._key(f"mouse {event.button}", "mouse")
        elif kind == pygame.MOUSEWHEEL:
            x, y = pygame.mouse.get_pos() if "pos" not in event.dict else event.pos
            amount = float(getattr(event, "precise_y", event.y))
            yield Pointer("wheel", x / scale, y / scale, amount)
        elif kind == pygame.WINDOWLEAVE:
            yield Pointer("leave", -1.0, -1.0)
        elif kind == pygame.KEYDOWN:
            again = event.key in self._held
            self._held.add(event.key)
            yield self._key(key_name(event.key, event.mod), "keyboard", again)
        elif kind == pygame.KEYUP:
            self._held.discard(event.key)
        elif kind == pygame.WINDOWFOCUSLOST:
            self._held.clear()
            self.pads.forget()
        elif kind == pygame.TEXTINPUT:
            yield Typed(event.text)
        elif kind == pygame.TEXTEDITING:
            yield Typed("", event.text)
        else:
            for name in self.pads.names(event, now):
                yield self._key(name, "gamepad")

    def repeats(self, now: float) -> Iterator[Event]:
        """Directions of a gamepad that are held down: pygame repeats only keys."""
        for name in self.pads.repeated(now):
            yield self._key(name, "gamepad", True)

    def _key(self, name: str, device: str, repeat: bool = False) -> Key:
        command = self.table.command(name)
        if command is None and name.startswith("shift+"):
            command = self.table.command(name.removeprefix("shift+"))
        return Key(name, command, device, repeat)
