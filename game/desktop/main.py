"""Opens the window on the first screen."""

from __future__ import annotations

import importlib
import importlib.util
from pathlib import Path
from typing import TYPE_CHECKING

from game.scenario.diagnostics import Diagnostic, LongLunchError

if TYPE_CHECKING:
    from game.desktop.screen import Screen


class NoDisplay(LongLunchError):
    """U002: there is no display to open a window on; the terminal can still play."""

    def __init__(self, why: str) -> None:
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


def main(scenario: str | Path | None = None, **options: object) -> int:
    """Play in a window until it is closed; the exit status.

    Raises :class:`NoDisplay` where no window can be opened, before anything else happens.
    """
    try:
        import pygame

        from game.desktop.app import App
    except ImportError as problem:
        raise NoDisplay(str(problem)) from None
    from game.desktop.settings import load_settings, settings_path
    from game.desktop.words import say

    settings, refused = load_settings()
    try:
        app = App(settings=settings, settings_file=settings_path())
    except pygame.error as problem:
        raise NoDisplay(str(problem)) from None
    app.start = first_screen
    app.begin(lambda: first_screen(scenario, **options))
    if refused:
        app.screen.toast(say("app.settings_reset", value=", ".join(refused)), 8.0)
    return app.run()
