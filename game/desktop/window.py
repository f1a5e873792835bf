"""The system's window: opened, and in full screen or not."""

from __future__ import annotations

import os

import pygame

from game.desktop.settings import Settings

NAME = "Long Lunch"


def opened(settings: Settings, size: tuple[int, int]) -> pygame.Surface:
    """A window of a size in px, or the whole display; gives what is drawn on."""
    os.environ.setdefault("SDL_WINDOWS_DPI_AWARENESS", "permonitorv2")
    os.environ.setdefault("SDL_VIDEO_ALLOW_SCREENSAVER", "1")
    pygame.display.init()
    pygame.display.set_caption(NAME)
    surface = _as_set(settings, size)
    pygame.key.set_repeat(400, 45)
    pygame.key.stop_text_input()
    return surface


def toggled(settings: Settings) -> tuple[int, int]:
    """Into full screen or out of it; the new size in px."""
    settings.fullscreen = not settings.fullscreen
    _as_set(settings, settings.window)
    return pygame.display.get_window_size()


def _as_set(settings: Settings, size: tuple[int, int]) -> pygame.Surface:
    if settings.fullscreen:
        return pygame.display.set_mode((0, 0), pygame.FULLSCREEN)
    return pygame.display.set_mode(size, pygame.RESIZABLE)
