"""What leaves the window: texts on the clipboard, and pictures of what is shown."""

from __future__ import annotations

import contextlib
from pathlib import Path

import platformdirs
import pygame


class Clipboard:
    """The system's, or one of its own for an app without a window."""

    def __init__(self, headless: bool) -> None:
        self.headless = headless
        self._text = ""

    def copy(self, text: str) -> None:
        """Put a text on the clipboard."""
        self._text = text
        if not self.headless:
            with contextlib.suppress(pygame.error):
                pygame.scrap.put_text(text)

    def paste(self) -> str:
        """The text on the clipboard, or an empty one."""
        if not self.headless:
            with contextlib.suppress(pygame.error):
                return pygame.scrap.get_text()
        return self._text


def write_picture(surface: pygame.Surface, path: Path) -> None:
    """Write a surface as PNG; OSError if that is not possible."""
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        pygame.image.save(surface, path)
    except pygame.error as problem:
        raise OSError(str(problem)) from None


def next_picture() -> Path:
    """A name in the user's pictures that is not taken."""
    folder, number = Path(platformdirs.user_pictures_dir()), 1
    while (path := folder / f"long-lunch-{number}.png").exists():
        number += 1
    return path
