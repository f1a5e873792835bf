"""The loop of a real window: sleeps until something happens, then lets the app take it in."""

from __future__ import annotations

import gc
from collections.abc import Callable
from typing import TYPE_CHECKING

import pygame

from game.desktop.input import Translator
from game.desktop.pads import PadDevices
from game.desktop.words import say

if TYPE_CHECKING:
    from game.desktop.app import App

FRAME = 1 / 60
_LONGEST_STEP = 0.1  # seconds an animation may jump; timers know the whole time
_LONGEST_SLEEP = 1.0  # seconds; then Ctrl+C in the terminal is heard


def let_stay() -> None:
    """What is there now is not looked through for rubbish again.

    The program itself is most of what a collector walks: a tenth of a second, in the middle of a
    frame. Called once, after the first one, since what is rubbish then would stay too.
    """
    gc.freeze()


class Loop:
    """Feeds an app with pygame's events and with the seconds of a clock."""

    def __init__(self, app: App, clock: Callable[[], float]) -> None:
        self.app, self.clock = app, clock
        self.translator = Translator(app.ui.keys)
        self.devices = PadDevices()
        self._typing = False

    def run(self) -> None:
        """Go on until the app has no screen left or wants to end."""
        app = self.app
        app.render()
        self.devices.look()  # after the first frame: it takes a moment
        app.pad_labels = self.devices.family
        let_stay()
        last = self.clock()
        while app.running and app.depth:
            waiting = self._wait(last)
            now = self.clock()
            passed, last = max(0.0, now - last), now
            # Time passes for what was there before the events, not for what they begin.
            app.advance(passed, _LONGEST_STEP)
            for event in waiting:
                self._take(event, now)
            for again in self.translator.repeats(now):
                app.handle(again)
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
            timer, again = app.screen.root.next_timer, self.translator.pads.next_repeat
            left = _LONGEST_SLEEP if timer is None else min(timer, _LONGEST_SLEEP)
            left = left if again is None else max(0.0, min(left, again - self.clock()))
            first = pygame.event.wait(max(1, int(left * 1000) + 1))
        found = [] if first.type == pygame.NOEVENT else [first]
        return found + pygame.event.get()

    def _take(self, event: pygame.Event, now: float) -> None:
        if event.type == pygame.QUIT:
            if not self.app.depth or self.app.screen.leaving():
                self.app.running = False
        elif event.type in (pygame.VIDEORESIZE, pygame.WINDOWSIZECHANGED):
            self.app.resize(event.dict.get("w", event.dict.get("x", 0)),
                        event.dict.get("h", event.dict.get("y", 0)))  # fmt: skip
        elif event.type in (pygame.WINDOWEXPOSED, pygame.WINDOWSHOWN, pygame.WINDOWRESTORED):
            pygame.display.flip()
        elif event.type == pygame.CONTROLLERDEVICEADDED:
            self._look_for_pads()
        else:
            if event.type in (pygame.WINDOWFOCUSLOST, pygame.WINDOWFOCUSGAINED):
                self.app.hearing.look_away(event.type == pygame.WINDOWFOCUSLOST)
            for ours in self.translator.events(event, self.app.ui.text.scale, now):
                self.app.handle(ours)
            if event.type == pygame.CONTROLLERDEVICEREMOVED:
                self._look_for_pads()

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

    def _look_for_pads(self) -> None:
        """Gamepads come and go; the game goes on with whatever is left."""
        new, gone = self.devices.look()
        app = self.app
        app.pad_labels = self.devices.family
        if gone and not self.devices.any:
            app.take_up("")
        if app.depth and (new or gone):
            app.screen.toast(say("keys.pad_found", value=new) if new else say("keys.pad_gone"))
