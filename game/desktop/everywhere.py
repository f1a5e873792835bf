"""Commands that mean the same wherever one is, if no screen has used them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from game.desktop.input import Command
from game.desktop.outside import next_picture, write_picture
from game.desktop.reading import page_of, words_of
from game.desktop.screen import Screen
from game.desktop.settings import TEXT_SCALES
from game.desktop.words import say

if TYPE_CHECKING:
    from game.desktop.app import App


def do(app: App, screen: Screen, command: Command) -> bool:
    """Do what a command means everywhere; False if it means nothing."""
    if command is Command.FULLSCREEN:
        app.toggle_fullscreen()
    elif command is Command.SCREENSHOT:
        _keep_screenshot(app)
    elif command in (Command.LARGER, Command.SMALLER):
        _zoom(app, 1 if command is Command.LARGER else -1)
    elif command is Command.MUTE:
        app.settings.mute = not app.settings.mute
        screen.toast(say("app.muted" if app.settings.mute else "app.sounding"))
        app.save_settings()
    elif command is Command.ALOUD:
        return read_this(app, screen)
    else:
        return False
    return True


def read_this(app: App, screen: Screen) -> bool:
    """Read what has the focus, or, asked again, the whole page; while it reads, stop.

    It works whether or not the talk is read aloud; False where there is no voice.
    """
    hearing, root = app.hearing, screen.root
    if hearing.hush():
        return True
    if not hearing.speech.available:
        screen.toast(say("settings.no_speech"))
        return False
    focused = root.focused
    if focused is not None and focused is not hearing.read_last:
        hearing.read_last = focused
        return hearing.read(words_of(focused, app.ui))
    hearing.read_last = None
    return hearing.read(page_of(root.top, screen.title))


def _zoom(app: App, step: int) -> None:
    near = min(range(len(TEXT_SCALES)), key=lambda i: abs(
        TEXT_SCALES[i] - app.settings.text_scale))  # fmt: skip
    at = min(len(TEXT_SCALES) - 1, max(0, near + step))
    app.settings.text_scale = TEXT_SCALES[at]
    app.restyle()
    app.save_settings()


def _keep_screenshot(app: App) -> None:
    """Of now; making a file of it takes longer than a frame."""
    app.render()
    shown = app.surface.copy()

    def write() -> Path | OSError:
        path = next_picture()
        try:
            write_picture(shown, path)
        except OSError as problem:
            return problem
        return path

    def words(kept: Path | OSError) -> str:
        if isinstance(kept, OSError):
            return say("app.picture_failed", value=kept.strerror or kept)
        return say("app.picture_kept", value=kept)

    app.saving.tell(write, words)
