"""Gamepads: buttons and sticks become names of keys, held directions repeat, pads come and go."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass, field
from math import hypot
from typing import Protocol

import pygame

from game.desktop.key_names import family_of

DIRECTIONS = ("up", "down", "left", "right")
_BUTTONS = {
    pygame.CONTROLLER_BUTTON_A: "a", pygame.CONTROLLER_BUTTON_B: "b",
    pygame.CONTROLLER_BUTTON_X: "x", pygame.CONTROLLER_BUTTON_Y: "y",
    pygame.CONTROLLER_BUTTON_BACK: "back", pygame.CONTROLLER_BUTTON_START: "start",
    pygame.CONTROLLER_BUTTON_GUIDE: "guide",
    pygame.CONTROLLER_BUTTON_LEFTSHOULDER: "lb", pygame.CONTROLLER_BUTTON_RIGHTSHOULDER: "rb",
    pygame.CONTROLLER_BUTTON_LEFTSTICK: "l3", pygame.CONTROLLER_BUTTON_RIGHTSTICK: "r3",
    pygame.CONTROLLER_BUTTON_DPAD_UP: "up", pygame.CONTROLLER_BUTTON_DPAD_DOWN: "down",
    pygame.CONTROLLER_BUTTON_DPAD_LEFT: "left", pygame.CONTROLLER_BUTTON_DPAD_RIGHT: "right",
}  # fmt: skip
_TRIGGERS = {pygame.CONTROLLER_AXIS_TRIGGERLEFT: "lt", pygame.CONTROLLER_AXIS_TRIGGERRIGHT: "rt"}
_STICKS = {
    pygame.CONTROLLER_AXIS_LEFTX: ("", 0), pygame.CONTROLLER_AXIS_LEFTY: ("", 1),
    pygame.CONTROLLER_AXIS_RIGHTX: ("rs ", 0), pygame.CONTROLLER_AXIS_RIGHTY: ("rs ", 1),
}  # fmt: skip
_FULL = 32767.0
PUSHED, RELEASED = 0.55, 0.35  # of the way: a stick must come back before it counts again
_LEANING = 1.3  # how much further the other way counts as another direction
FIRST, AGAIN = 0.42, 0.11  # seconds until a held direction repeats, and between repetitions


@dataclass
class _Stick:
    """One stick of one pad: where it stands, and the direction that it counts as."""

    at: list[float] = field(default_factory=lambda: [0.0, 0.0])
    way: str = ""

    def moved(self, axis: int, value: float) -> str:
        """The direction after a move, "" while it rests."""
        self.at[axis] = value
        far = hypot(*self.at)
        if far < (RELEASED if self.way else PUSHED):
            self.way = ""
        else:
            across, down = self.at
            held_across = self.way in ("left", "right")
            lean = _LEANING if self.way else 1.0
            if abs(across) * (lean if held_across else 1.0) >= abs(down) * (
                1.0 if held_across else lean
            ):
                self.way = "right" if across > 0 else "left"
            else:
                self.way = "down" if down > 0 else "up"
        return self.way


class Pads:
    """Turns controller events into names such as `pad a`; time is handed in as seconds."""

    def __init__(self) -> None:
        self._sticks: dict[tuple[int, str], _Stick] = {}
        self._triggers: dict[tuple[int, int], bool] = {}
        self._held: dict[tuple[int, str], float] = {}  # a direction, and when it repeats

    def names(self, event: pygame.Event, now: float) -> list[str]:
        """What was pressed by an event; nothing for what is no pad's, or lets something go."""
        kind = event.type
        if kind == pygame.CONTROLLERBUTTONDOWN and event.button in _BUTTONS:
            return self._press(_who(event), _BUTTONS[event.button], now)
        if kind == pygame.CONTROLLERBUTTONUP and event.button in _BUTTONS:
            self._held.pop((_who(event), _BUTTONS[event.button]), None)
        elif kind == pygame.CONTROLLERAXISMOTION:
            if event.axis in _TRIGGERS:
                return self._trigger(event)
            if event.axis in _STICKS:
                return self._stick(event, now)
        elif kind == pygame.CONTROLLERDEVICEREMOVED:
            self.forget(_who(event))
        return []

    def forget(self, pad: int | None = None) -> None:
        """A pad is gone, or (None) nobody looks at any of them: nothing is held any more."""
        self._sticks = {k: v for k, v in self._sticks.items() if pad is not None and k[0] != pad}
        self._triggers = {
            k: v for k, v in self._triggers.items() if pad is not None and k[0] != pad
        }
        self._held = {k: v for k, v in self._held.items() if pad is not None and k[0] != pad}

    def repeated(self, now: float) -> list[str]:
        """The directions that have been held long enough to count once more."""
        due = [key for key, when in self._held.items() if when <= now]
        for key in due:
            self._held[key] = now + AGAIN
        return [f"pad {name}" for _, name in due]

    @property
    def next_repeat(self) -> float | None:
        """When a held direction repeats; None while none is held."""
        return min(self._held.values(), default=None)

    def _press(self, pad: int, name: str, now: float) -> list[str]:
        if name.removeprefix("rs ") in DIRECTIONS:
            self._held[pad, name] = now + FIRST
        return [f"pad {name}"]

    def _trigger(self, event: pygame.Event) -> list[str]:
        place, value = (_who(event), int(event.axis)), event.value / _FULL
        before = self._triggers.get(place, False)
        pulled = self._triggers[place] = value > (RELEASED if before else PUSHED)
        return [f"pad {_TRIGGERS[event.axis]}"] if pulled and not before else []

    def _stick(self, event: pygame.Event, now: float) -> list[str]:
        which, axis = _STICKS[event.axis]
        pad = _who(event)
        stick = self._sticks.setdefault((pad, which), _Stick())
        before = stick.way
        way = stick.moved(axis, event.value / _FULL)
        if way == before:
            return []
        self._held.pop((pad, which + before), None)
        return self._press(pad, which + way, now) if way else []


def _who(event: pygame.Event) -> int:
    return int(event.dict.get("instance_id", 0))


class _Controller(Protocol):
    """What is used of a pygame controller."""

    @property
    def name(self) -> str: ...
    def attached(self) -> bool: ...
    def quit(self) -> None: ...


class PadDevices:
    """The pads that the system knows; their absence is no error."""

    def __init__(self) -> None:
        self._open: list[_Controller] = []

    def look(self) -> tuple[str, bool]:
        """Open what is there now: the name of a pad that is new ("" for none), and whether one has
        gone."""
        before = [pad.name for pad in self._open]
        with contextlib.suppress(pygame.error, ImportError):
            from pygame._sdl2 import controller

            if not controller.get_init():
                controller.init()
            self._open = [
                controller.Controller(i)
                for i in range(controller.get_count())
                if controller.is_controller(i)
            ]
        names = [pad.name for pad in self._open]
        new = [name for name in names if names.count(name) > before.count(name)]
        return (new[0] if new else ""), len(names) < len(before)

    @property
    def family(self) -> str:
        """Whose labels the first pad has."""
        return family_of(self._open[0].name) if self._open else "pad"

    @property
    def any(self) -> bool:
        return bool(self._open)
