"""The colours and measures that the window is drawn with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields

import pygame

from game.figures import theme as figures

# Logical px. Screens take these rather than numbers of their own.
MARGIN = 24.0  # from the window's edge
GAP = 8.0  # between things that belong together
GUTTER = 16.0  # between cards
PAD = 16.0  # from a card's edge to what is in it
RADIUS = 12.0  # of a card
PILL = 999.0  # a radius so large that the ends are round


@dataclass(frozen=True, slots=True)
class Palette:
    """Colours by name; `figures` is the same theme for pictures of `game.figures`."""

    name: str
    figures: figures.Theme
    hover: str  # a card under the pointer
    pressed: str
    note: str  # a card that is not a choice: a message, a hint
    on_ink: str  # text on a filled button
    ring: str  # round what has the focus
    shade: tuple[int, int, int, int]  # over what a sheet covers
    muted: str = ""  # of small words, on whatever ground; empty: that of the figures
    specific_words: str = ""  # of words about a pole; empty: the pole's own colour
    diffuse_words: str = ""
    heavy: bool = False  # wider lines, as high contrast wants them
    _colours: Mapping[str, pygame.Color] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        own = ("hover", "pressed", "note", "on_ink", "ring")
        named = {f.name: str(getattr(self.figures, f.name)) for f in fields(self.figures)}
        named |= {name: str(getattr(self, name)) for name in own}
        named["muted"] = self.muted or named["muted"]
        for pole in ("specific", "diffuse"):
            named[f"{pole}_words"] = str(getattr(self, f"{pole}_words")) or named[pole]
        colours = {name: pygame.Color(value) for name, value in named.items()}
        colours["shade"] = pygame.Color(*self.shade)
        object.__setattr__(self, "_colours", colours)

    def colour(self, name: str) -> pygame.Color:
        """A colour of this palette by name, or `#rrggbb` itself. KeyError for an unknown name."""
        return pygame.Color(name) if name.startswith("#") else self._colours[name]


PAPER = Palette(
    "paper", figures.PAPER, hover="#FFF6E2", pressed="#F3E7CD", note="#F0E6D2", on_ink="#FFFBF2",
    ring="#23304A", shade=(35, 48, 74, 110), muted="#5C616D",
    specific_words="#1B6C7C", diffuse_words="#A8432D",
)  # fmt: skip
DARK = Palette(
    "dark", figures.DARK, hover="#263044", pressed="#303C54", note="#2A3346", on_ink="#161C28",
    ring="#F1E9DA", shade=(4, 7, 12, 150),
)  # fmt: skip
CONTRAST = Palette(
    "contrast",
    figures.Theme(
        paper="#FFFFFF", card="#FFFFFF", ink="#000000", muted="#2B2B2B", line="#000000",
        track="#C9C9C9", specific="#00505E", diffuse="#9A2A12", error="#5E0F42", gold="#7A5200",
        good="#0F5223", trust="#463A66", comfort="#D8D8D8",
    ),
    hover="#FFF1B8", pressed="#FFE27A", note="#F1F1F1", on_ink="#FFFFFF", ring="#0B3FD6",
    shade=(0, 0, 0, 170), heavy=True,
)  # fmt: skip
PALETTES = {palette.name: palette for palette in (PAPER, DARK, CONTRAST)}
