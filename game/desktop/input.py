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

from game.desktop.words import say


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
    SPEAK = "speak"
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
    Command.PAGE_UP: ("page up",),
    Command.PAGE_DOWN: ("page down",),
    Command.HOME: ("home",),
    Command.END: ("end",),
    Command.NEXT_TAB: ("ctrl+tab", "ctrl+page down"),
    Command.PREV_TAB: ("ctrl+shift+tab", "ctrl+page up"),
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
    Command.HIDE: ("h",),
    Command.READ: ("m", "pad r3"),
    Command.HINT: ("i", "pad l3"),
    Command.SAVE: ("f5", "ctrl+s"),
    Command.COPY: ("ctrl+c",),
    Command.SPEAK: ("v",),
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


class KeyConflict(ValueError):
    """A key that already means something else; `taken_by` is what."""

    def __init__(self, key: str, taken_by: Command) -> None:
        super().__init__(f"{key} is taken by {taken_by}")
        self.key, self.taken_by = key, taken_by


class KeyTable:
    """Which key means what. Changes are kept as overrides, ready for the settings."""

    def __init__(self, overrides: Mapping[str, Sequence[str]] | None = None) -> None:
        self._keys = dict(DEFAULT_KEYS)
        self._meanings: dict[str, Command] = {}
        self._rebuild()
        # Overrides are taken together: two commands may have changed places.
        wanted = dict(self._keys)
        for name, keys in (overrides or {}).items():
            if name in _NAMES:
                wanted[Command(name)] = tuple(dict.fromkeys(k.lower() for k in keys))
        given = [key for keys in wanted.values() for key in keys]
        if len(given) == len(set(given)) and all(wanted[command] for command in KEPT):
            self._keys = wanted
            self._rebuild()

    def _rebuild(self) -> None:
        self._meanings = {key: command for command, keys in self._keys.items() for key in keys}

    def command(self, key: str) -> Command | None:
        return self._meanings.get(key)

    def keys(self, command: Command) -> tuple[str, ...]:
        return self._keys[command]

    def shown(self, command: Command, pad: bool = False) -> str:
        """The first key of a command as it is shown to people, or an empty text."""
        fitting = [k for k in self._keys[command] if k.startswith("pad ") == pad]
        return shown_key(fitting[0]) if fitting else ""

    def bind(self, command: Command, keys: Sequence[str]) -> None:
        """Give a command its keys.

        Raises :class:`KeyConflict` if one means something else, ValueError if a command that
        nobody can do without would have none.
        """
        wanted = tuple(dict.fromkeys(key.lower() for key in keys))
        for key in wanted:
            other = self._meanings.get(key)
            if other is not None and other is not command:
                raise KeyConflict(key, other)
        if not wanted and command in KEPT:
            raise ValueError(f"{command} needs a key")
        self._keys[command] = wanted
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


_ARROWS = {"up": "↑", "down": "↓", "left": "←", "right": "→"}
_NAMED = frozenset(
    (
        *("return", "escape", "space", "tab", "backspace", "delete", "insert", "home", "end"),
        *("page up", "page down", "ctrl", "shift", "alt"),
    )
)


def shown_key(key: str) -> str:
    """A key as people write it: `Ctrl+Z`, `Esc`, `L`."""
    *before, last = key.split("+") if not key.endswith("+") else (*key[:-2].split("+"), "+")
    return "+".join(_key_word(word) for word in (*before, last) if word)


def _key_word(key: str) -> str:
    if key in _ARROWS:
        return _ARROWS[key]
    if key in _NAMED:
        return say(f"settings.key.{key.replace(' ', '_')}")
    return key if key.startswith("pad ") else key.capitalize()


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

_PAD_BUTTONS = {
    pygame.CONTROLLER_BUTTON_A: "a", pygame.CONTROLLER_BUTTON_B: "b",
    pygame.CONTROLLER_BUTTON_X: "x", pygame.CONTROLLER_BUTTON_Y: "y",
    pygame.CONTROLLER_BUTTON_BACK: "back", pygame.CONTROLLER_BUTTON_START: "start",
    pygame.CONTROLLER_BUTTON_LEFTSHOULDER: "lb", pygame.CONTROLLER_BUTTON_RIGHTSHOULDER: "rb",
    pygame.CONTROLLER_BUTTON_LEFTSTICK: "l3", pygame.CONTROLLER_BUTTON_RIGHTSTICK: "r3",
    pygame.CONTROLLER_BUTTON_DPAD_UP: "up", pygame.CONTROLLER_BUTTON_DPAD_DOWN: "down",
    pygame.CONTROLLER_BUTTON_DPAD_LEFT: "left", pygame.CONTROLLER_BUTTON_DPAD_RIGHT: "right",
}  # fmt: skip
_PAD_AXES = {
    pygame.CONTROLLER_AXIS_LEFTX: ("left", "right"),
    pygame.CONTROLLER_AXIS_LEFTY: ("up", "down"),
    pygame.CONTROLLER_AXIS_TRIGGERLEFT: ("", "lt"),
    pygame.CONTROLLER_AXIS_TRIGGERRIGHT: ("", "rt"),
}
_PUSHED, _RELEASED = 18_000, 9_000  # of 32767: a stick must come back before it counts again


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
    """Turns pygame's events into ours; remembers where sticks stand."""

    def __init__(self, table: KeyTable) -> None:
        self.table = table
        self._axes: dict[tuple[int, int], int] = {}
        self._held: set[int] = set()

    def events(self, event: pygame.Event, scale: float) -> Iterator[Event]:
        """`scale` is physical px a logical px."""
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
        elif kind == pygame.TEXTINPUT:
            yield Typed(event.text)
        elif kind == pygame.TEXTEDITING:
            yield Typed("", event.text)
        elif kind == pygame.CONTROLLERBUTTONDOWN:
            if event.button in _PAD_BUTTONS:
                yield self._key("pad " + _PAD_BUTTONS[event.button], "gamepad")
        elif kind == pygame.CONTROLLERAXISMOTION:
            yield from self._axis(event)

    def _key(self, name: str, device: str, repeat: bool = False) -> Key:
        command = self.table.command(name)
        if command is None and name.startswith("shift+"):
            command = self.table.command(name.removeprefix("shift+"))
        return Key(name, command, device, repeat)

    def _axis(self, event: pygame.Event) -> Iterator[Event]:
        names = _PAD_AXES.get(event.axis)
        if names is None:
            return
        place = (int(event.instance_id), int(event.axis))
        before, value = self._axes.get(place, 0), int(event.value)
        side = -1 if value < -_PUSHED else 1 if value > _PUSHED else 0
        if side == 0 and abs(value) > _RELEASED:
            side = before
        self._axes[place] = side
        name = names[1] if side > 0 else names[0]
        if side and side != before and name:
            yield self._key(f"pad {name}", "gamepad")
