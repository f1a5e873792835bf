"""A gamepad that SDL itself takes for one, or where its library is not found, a pad's events."""

from __future__ import annotations

import ctypes
from pathlib import Path

import pygame

BUTTONS = {
    "a": 0, "b": 1, "x": 2, "y": 3, "back": 4, "guide": 5, "start": 6, "l3": 7, "r3": 8, "lb": 9,
    "rb": 10, "up": 11, "down": 12, "left": 13, "right": 14,
}  # fmt: skip
TRIGGERS = {"lt": 4, "rt": 5}  # axes
_AXES, _KIND = 6, 1  # SDL_JOYSTICK_TYPE_GAMECONTROLLER
_PULLED = 32767


def _library() -> ctypes.CDLL | None:
    """The SDL that pygame has loaded."""
    maps = Path("/proc/self/maps")
    lines = maps.read_text("utf-8").splitlines() if maps.exists() else []
    found = next((line.split()[-1] for line in lines if "libSDL2-2" in line), "")
    return ctypes.CDLL(found) if found else None


class VirtualPad:
    """`real` if it is a device of SDL's."""

    def __init__(self) -> None:
        self._sdl = _library()
        self._pad: ctypes.c_void_p | None = None
        if self._sdl is None:
            return
        self._sdl.SDL_JoystickOpen.restype = ctypes.c_void_p
        index = self._sdl.SDL_JoystickAttachVirtual(_KIND, _AXES, len(BUTTONS), 0)
        if index >= 0:
            self._pad = ctypes.c_void_p(self._sdl.SDL_JoystickOpen(index))

    @property
    def real(self) -> bool:
        return self._pad is not None

    def set(self, name: str, down: bool) -> None:
        """Press a button or pull a trigger, or let it go."""
        if name in TRIGGERS:
            self._axis(TRIGGERS[name], _PULLED if down else 0)
        elif self._sdl is not None and self.real:
            self._sdl.SDL_JoystickSetVirtualButton(self._pad, BUTTONS[name], int(down))
        else:
            kind = pygame.CONTROLLERBUTTONDOWN if down else pygame.CONTROLLERBUTTONUP
            pygame.event.post(pygame.Event(kind, button=BUTTONS[name], instance_id=0))

    def _axis(self, axis: int, value: int) -> None:
        if self._sdl is not None and self.real:
            self._sdl.SDL_JoystickSetVirtualAxis(self._pad, axis, ctypes.c_int16(value))
        else:
            pygame.event.post(
                pygame.Event(pygame.CONTROLLERAXISMOTION, axis=axis, value=value, instance_id=0)
            )
