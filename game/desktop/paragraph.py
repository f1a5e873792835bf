"""Laid out words: lines, and in them stretches of one face. Measures are logical px."""

from __future__ import annotations

from dataclasses import dataclass

from game.desktop.styles import TextStyle


@dataclass(frozen=True, slots=True)
class Fragment:
    """Words of one line in one face; `start` counts the letters before it in the paragraph."""

    text: str
    style: TextStyle
    face: str
    x: float
    width: float
    start: int
    right: bool = False  # runs from the right


@dataclass(frozen=True, slots=True)
class Line:
    """Fragments from left to right; `lead` is the space before them in a text from the right."""

    fragments: tuple[Fragment, ...]
    width: float
    ascent: float  # from its top to the baseline
    height: float
    lead: float = 0.0


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Laid out words: `letters` counts them, `cut` tells whether any had to be left out."""

    lines: tuple[Line, ...]
    width: float
    height: float
    letters: int
    cut: bool = False
