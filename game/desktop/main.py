"""Opens the window on the first screen."""

from __future__ import annotations

import importlib
import importlib.util
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from game.scenario.diagnostics import Diagnostic, LongLunchError

if TYPE_CHECKING:
    from game.desktop.app import App
    from game.desktop.screen import Screen
    from game.desktop.settings import Settings

# One of these says where a window goes; the last asks for a driver by name, as tests do.
_DISPLAYS = ("DISPLAY", "WAYLAND_DISPLAY", "SDL_VIDEODRIVER")
_UNSEEN = ("offscreen", "dummy")  # what SDL takes when nothing else works


class NoDisplay(LongLunchError):
    """U002: there is no display to open a window on; the terminal can still play."""

    def __init__(self, why: str) -> None:
        self.why = why
        super().__init__(
            [
                Diagnostic(
                    "U002",
                    f"no window can be opened: {why}",
                    expected="a display",
                    fix="longlunch play --text plays in the terminal",
                )
            ]
        )


def first_screen(scenario: str | Path | None = None, **options: object) -> Screen:
    """The home screen, which takes the scenario and options; the gallery while there is none."""
    if importlib.util.find_spec("game.desktop.screens.home") is not None:
        home = importlib.import_module("game.desktop.screens.home")
        screen: Screen = home.first_screen(scenario, **options)
        return screen
    from game.desktop.screens.gallery import GalleryScreen

    return GalleryScreen()


def _look_for_a_display() -> None:
    """Raise :class:`NoDisplay` where SDL would draw into memory that nobody sees."""
    if sys.platform in ("win32", "darwin") or any(os.environ.get(name) for name in _DISPLAYS):
        return
    raise NoDisplay("neither DISPLAY nor WAYLAND_DISPLAY is set")


def windowed(settings: Settings, kept_in: Path | None = None) -> App:
    """A window without a screen yet, no larger than the display; raises :class:`NoDisplay` where
    there can be none."""
    _look_for_a_display()
    try:
        import pygame

        from game.desktop.app import App
    except ImportError as problem:
        raise NoDisplay(str(problem)) from None
    try:
        pygame.display.init()
        if pygame.display.get_driver() not in _UNSEEN:
            wide, high = pygame.display.get_desktop_sizes()[0]
            settings.window = min(settings.window[0], wide), min(settings.window[1], high)
        elif not os.environ.get("SDL_VIDEODRIVER"):
            pygame.display.quit()
            raise NoDisplay("the display does not answer")
        return App(settings=settings, settings_file=kept_in)
    except pygame.error as problem:
        raise NoDisplay(str(problem)) from None


def main(scenario: str | Path | None = None, **options: object) -> int:
    """Play in a window until it is closed; the exit status.

    Raises :class:`NoDisplay` where no window can be opened, before anything else happens.
    """
    _look_for_a_display()
    from game.desktop.settings import load_settings, settings_path
    from game.desktop.words import say
    from game.scenario import language
    from game.scenario.sources import is_pack

    settings, refused = load_settings()
    wanted = language.nearest(settings.language) if settings.language else None
    if wanted is not None and not language.asked():
        language.use(wanted)
    app = windowed(settings, settings_path())
    home = scenario if scenario is not None and is_pack(scenario) else None
    app.start = lambda: first_screen(home)
    app.begin(lambda: first_screen(scenario, **options))
    if refused:
        app.screen.toast(say("app.settings_reset", value=", ".join(refused)), 8.0)
    return app.run()
