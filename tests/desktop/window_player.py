"""A player of its own process: `longlunch` in a real window, played by pygame's own events.

Run as `window_player.py FOLDER WAY`, with WAY one of keys, clicks, pad (from home to the review and
back), die (waits in mid-answer to be ended), continue (goes on with that game). What was seen is
written to FOLDER/seen.json when it is over.
"""

from __future__ import annotations

import json
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pygame

from game import cli
from game.desktop import app as app_module
from game.desktop.failure import FailureScreen
from game.desktop.pilot import Pilot
from game.desktop.screens import briefing
from game.desktop.screens.briefing import BriefingScreen
from game.desktop.screens.ending import EndingScreen
from game.desktop.screens.home import HomeScreen
from game.desktop.screens.prepare import PrepareScreen
from game.desktop.screens.review import ReviewScreen
from game.desktop.screens.table import TableScreen
from game.desktop.screens.table_talk import HandCard
from game.desktop.widget import Widget
from game.desktop.words import say
from tests.desktop.virtual_pad import VirtualPad

CITY = "Osaka"
_BEAT = 0.03  # seconds between two things the player does
_HANDS = (
    pygame.KEYDOWN, pygame.KEYUP, pygame.MOUSEBUTTONDOWN, pygame.MOUSEBUTTONUP,
    pygame.CONTROLLERBUTTONDOWN, pygame.CONTROLLERBUTTONUP, pygame.CONTROLLERAXISMOTION,
)  # fmt: skip
_KEYS = {"return": pygame.K_RETURN, "tab": pygame.K_TAB, "escape": pygame.K_ESCAPE}
# What a gamepad has for them; numbers it has none for.
_BUTTONS = {"return": "a", "tab": "rb", "escape": "b", "w": "lt", "s": "rt"}


class Player:
    """Looks at the screen every beat and does one thing, as a person would."""

    def __init__(self, app: app_module.App, folder: Path, way: str) -> None:
        self.app, self.folder, self.way = app, folder, way
        self.pilot = Pilot(app)
        self.clicking = way == "clicks"
        self.pad = VirtualPad() if way == "pad" else None
        self.held = ""  # the button that is down since the beat before
        self.screens: list[str] = []
        self.seen: dict[str, Any] = {"driver": pygame.display.get_driver(), "moves": 0}
        self.resized = False

    # --- hands ----------------------------------------------------------------------------------

    def press(self, name: str) -> None:
        if self.pad is not None:
            self.held = _BUTTONS[name]
            self.pad.set(self.held, True)
            return
        key = _KEYS.get(name) or pygame.key.key_code(name)
        for kind in (pygame.KEYDOWN, pygame.KEYUP):
            pygame.event.post(pygame.Event(kind, key=key, mod=0, unicode="", scancode=0))

    def click(self, widget: Widget) -> None:
        self.app.screen.root.reveal(widget)
        self.app.screen.root.layout()
        scale = self.app.ui.text.scale
        place = tuple(round(x * scale) for x in widget.rect.center)
        still = {"pos": place, "touch": False}
        pygame.event.post(
            pygame.Event(pygame.MOUSEMOTION, rel=(1, 1), buttons=(0, 0, 0), **still)
        )  # fmt: skip
        for kind in (pygame.MOUSEBUTTONDOWN, pygame.MOUSEBUTTONUP):
            pygame.event.post(pygame.Event(kind, button=1, **still))

    def use(self, name: str, key: str = "return") -> None:
        """Click what has this name; or press its key, or Tab until Enter would do it."""
        if self.clicking:
            self.click(next(w for w in self.pilot.all() if w.can_focus and self.named(w, name)))
        elif key != "return":
            self.press(key)
        else:
            focused = self.app.screen.root.focused
            there = focused is not None and self.named(focused, name)
            self.press("return" if there else "tab")

    def named(self, widget: Widget, name: str) -> bool:
        return widget.accessible_name == name or widget.accessible_name.startswith(f"{name}, ")

    # --- eyes -----------------------------------------------------------------------------------

    def beat(self) -> None:
        """One thing, or nothing while there is nothing to do."""
        if not self.app.depth or pygame.event.peek(_HANDS):
            return  # what was done before is still to be heard
        if self.pad is not None and self.held:
            self.pad.set(self.held, False)
            self.held = ""
            return
        if self.app.saving.holding:
            return  # what was done before is still to be answered
        screen = self.app.screen
        name = type(screen).__name__
        if not self.screens or self.screens[-1] != name:
            self.screens.append(name)
        if isinstance(screen, FailureScreen):
            self.leave(failure=f"{screen.problem!r}")
        elif len(screen.root.layers) > 1:
            self.away_with_it()
        else:
            self.at(screen)

    def away_with_it(self) -> None:
        if not self.clicking:
            self.press("escape")
            return
        for name in (say("table.read_not_yet"), say("prepare.go_on")):
            if self.pilot.sees(name):
                self.click(self.pilot.find(name))
                return

    def at(self, screen: object) -> None:
        if isinstance(screen, HomeScreen):
            self.at_home()
        elif isinstance(screen, BriefingScreen):
            self.use("begin")
        elif isinstance(screen, PrepareScreen):
            self.use(screen.on.accessible_name, "w")
        elif isinstance(screen, TableScreen):
            self.at_table(screen)
        elif isinstance(screen, EndingScreen):
            self.at_ending(screen)
        elif isinstance(screen, ReviewScreen):
            self.at_review(screen)

    def at_review(self, screen: ReviewScreen) -> None:
        """Read until everything is weighed and the profile has been told."""
        source = screen._source
        if screen.review is not None and source is not None and not source.busy:
            self.seen["reviewed"] = len(screen.review.moves)
            self.use("back", "escape")

    def at_home(self) -> None:
        if "EndingScreen" in self.screens:
            self.leave()
        elif self.way == "continue":
            if self.pilot.sees("continue"):
                self.use("continue")
        else:
            self.use(CITY)

    def at_table(self, screen: TableScreen) -> None:
        game = screen.game
        moves = len(game.turns)
        if self.way == "continue":
            self.leave(moves=moves, turn=game.number("turn"), head=game.transcript.head)
        elif self.way == "die" and moves >= 5 and screen.teller.telling:
            told = {"moves": moves, "turn": game.number("turn"), "head": game.transcript.head}
            write(self.folder / "seen.json", told)
        elif screen.teller.telling:
            if self.clicking:
                self.click(screen.talk)
            else:
                self.press("s")
        elif screen.gone:
            self.use(say("table.go_on"))
        elif moves == 4 and self.clicking and not self.resized:
            self.resize(1600, 960)
        else:
            self.seen["moves"] = moves + 1
            self.choose()

    def choose(self) -> None:
        if self.clicking:
            self.click(next(w for w in self.pilot.all() if isinstance(w, HandCard) and w.enabled))
        elif self.pad is not None:
            focused = self.app.screen.root.focused
            self.press("return" if isinstance(focused, HandCard) and focused.enabled else "tab")
        else:
            self.press("1")

    def resize(self, wide: int, high: int) -> None:
        """As somebody does who drags the window's corner."""
        self.resized = True
        pygame.display.set_mode((wide, high), pygame.RESIZABLE)

    def at_ending(self, screen: EndingScreen) -> None:
        self.seen["window"] = self.app.surface.get_size()
        if self.pad is not None:
            self.seen["pad"] = [self.pad.real, self.app.ui.pad]
        self.seen["ended"] = screen.game.ended
        if screen.reading:
            self.use("the numbers")
        elif "ReviewScreen" in self.screens:
            self.use("home")
        else:
            self.use("review")

    def leave(self, **more: Any) -> None:
        write(self.folder / "seen.json", self.seen | {"screens": self.screens} | more)
        self.app.quit()


def write(path: Path, told: dict[str, Any]) -> None:
    """All of it at once, so that a reader never finds half of it."""
    if not path.exists():
        path.with_suffix(".new").write_text(json.dumps(told), encoding="utf-8")
        path.with_suffix(".new").rename(path)


def main(folder: Path, way: str) -> int:
    """Play; the exit status of the command."""

    class Watched(app_module.App):
        def run(self, screen: Any = None) -> int:
            player = Player(self, folder, way)
            beat: Callable[[], None] = player.beat

            def live() -> None:
                while self.running:
                    time.sleep(_BEAT)
                    self.call_soon(beat)

            threading.Thread(target=live, daemon=True).start()
            return super().run(screen)

    briefing.secrets.randbelow = lambda most: 7  # the same luck every time
    app_module.App = Watched  # type: ignore[misc]  # the window of the command is watched
    return cli.main([])


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), sys.argv[2]))
