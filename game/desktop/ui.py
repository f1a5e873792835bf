"""What widgets need of their surroundings."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from game.desktop.input import Command, KeyTable
from game.desktop.key_names import button, shown_key
from game.desktop.raster import Raster
from game.desktop.settings import Settings
from game.desktop.text import TextEngine
from game.desktop.theme import Palette

if TYPE_CHECKING:
    from game.desktop.widget import Widget

NARROW_TEXT = 1.5  # from this text scale on, side columns become tabs


@dataclass
class Ui:
    """What widgets need of their surroundings; one for the whole window."""

    text: TextEngine
    palette: Palette
    settings: Settings
    raster: Raster
    keys: KeyTable
    copy: Callable[[str], object] = lambda text: None
    paste: Callable[[], str] = lambda: ""
    play: Callable[[str], object] = lambda sound: None  # a short sound by name
    attend: Callable[[Widget], object] = lambda widget: None  # the focus was moved to it, by keys
    pad: str = ""  # the labels of the gamepad that is in use, "" while none is

    @property
    def motion(self) -> bool:
        """Whether things may move that need not."""
        return not self.settings.reduced_motion

    def legend(self, command: Command) -> str:
        """The key of a command on what is in use, as people write it; "" if it has none there."""
        key = self.keys.first(command, bool(self.pad))
        if self.pad:
            return button(key.removeprefix("pad "), self.pad) if key else ""
        return shown_key(key) if key else ""

    def named(self, command: Command) -> str:
        """The same for a sentence: where the gamepad has no button for it, its key."""
        return self.legend(command) or shown_key(self.keys.first(command))

    @property
    def narrow(self) -> bool:
        """Whether side columns become tabs."""
        return self.text.text_scale >= NARROW_TEXT
