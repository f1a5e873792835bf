"""The loop of a real window: sleeps until something happens, then lets the app take it in."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from typing import TYPE_CHECKING

import pygame

from game.desktop.input import Translator

if TYPE_CHECKING:
    from game.desktop.app import App

FRAME = 1 / 60
_LONGEST_STEP = 0.1  # seconds an animation may jump; timers know the whole time
_LONGEST_SLEEP = 1.0  # seconds; then Ctrl+C in the terminal is heard


class Loop:
    """Feeds an app with pygame's events and with the seconds of a clock."""

    def __init__(self, app: App, clock: Callable[[], float]) -> None:
        self.app, self.clock = app, clock
        self.translator = Translator(app.ui.keys)
        self._typing = False
        self._pads: list[object] = []

    def run(self) -> None:
        """Go on until the app has no screen left or wants to end."""
        app = self.app
        self._open_pads()
        app.render()
        app.ui.raster.start()
        last = self.clock()
        while app.running and app.depth:
            waiting = self._wait(last)
            now = self.clock()
            passed, last = max(0.0, now - last), now
            # Time passes for what was there before the events, not for what they begin.
            app.advance(passed, _LONGEST_STEP)
            for event in waiting:
                self._take(event)
            app.render()
            self._follow_typing()

    def _wait(self, last: float) -> list[pygame.Event]:
        """Sleep until an event comes, a timer is due or the next frame of an animation is."""
        app = self.app
        if app.busy:
            left = FRAME - (self.clock() - last)
            if left <= 0.001:
                return pygame.event.get()
            first = pygame.event.wait(max(1, int(left * 1000)))
        else:
            timer = app.screen.root.next_timer
            left = _LONGEST_SLEEP if timer is None else min(timer, _LONGEST_SLEEP)
            first = pygame.event.wait(max(1, int(left * 1000) + 1))
        found = [] if first.type == pygame.NOEVENT else [first]
        return found + pygame.event.get()

    def _take(self, event: pygame.Event) -> None:
        if event.type == pygame.QUIT:
            self.app.running = False
        elif event.type in (pygame.VIDEORESIZE, pygame.WINDOWSIZECHANGED):
            self.app.resize(event.dict.get("w", event.dict.get("x", 0)),
                        event.dict.get("h", event.dict.get("y", 0)))  # fmt: skip
        elif event.type in (pygame.WINDOWEXPOSED, pygame.WINDOWSHOWN, pygame.WINDOWRESTORED):
            pygame.display.flip()
        elif event.type == pygame.CONTROLLERDEVICEADDED:
            self._open_pads()
        else:
            for ours in self.translator.events(event, self.app.ui.text.scale):
                self.app.handle(ours)

    def _follow_typing(self) -> None:
        """Text input is on only while something takes text, so that letters can be commands."""
        if not self.app.depth:
            return
        focused = self.app.screen.root.focused
        wanted = bool(getattr(focused, "takes_text", False))
        if wanted and focused is not None:
            pygame.key.set_text_input_rect(self.app.canvas.rect(focused.rect))
        if wanted is not self._typing:
            self._typing = wanted
            if wanted:
                pygame.key.start_text_input()
            else:
                pygame.key.stop_text_input()

    def _open_pads(self) -> None:
        """Gamepads, if the system knows any; their absence is no error."""
        with contextlib.suppress(pygame.error, ImportError):
            from pygame._sdl2 import controller

            if not controller.get_init():
                controller.init()
            self._pads = [
                controller.Controller(i)
                for i in range(controller.get_count())
                if controller.is_controller(i)
            ]
