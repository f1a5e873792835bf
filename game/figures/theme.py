"""Colours and font families that the figures are drawn with."""

from __future__ import annotations

from dataclasses import dataclass

SANS = "Hanken Grotesk, Helvetica, Arial, sans-serif"
SERIF = "Source Serif 4, Source Serif Pro, Georgia, serif"


@dataclass(frozen=True, slots=True)
class Theme:
    """Colours as `#rrggbb`. Figures have no ground of their own: they lie on a `card`.

    Only `ink`, `muted` and `error` are used for text.
    """

    paper: str  # around the cards
    card: str  # under the figures; also the rim that frees text and dots from lines
    ink: str
    muted: str
    line: str  # grids, frames, borders
    track: str  # the empty part of a bar
    specific: str  # the specific pole, and your own line
    diffuse: str  # the diffuse pole, for nothing else
    error: str  # always with a notch, or hollow
    gold: str  # the other side's share
    good: str
    trust: str
    comfort: str  # the wide stroke of the preferred distance


PAPER = Theme(
    paper="#F6F0E4",
    card="#FFFBF2",
    ink="#23304A",
    muted="#6F7480",
    line="#DDD2BD",
    track="#EADFC8",
    specific="#1F7A8C",
    diffuse="#C8553D",
    error="#7A2E5D",
    gold="#D9A441",
    good="#4C8B5B",
    trust="#857AA0",
    comfort="#F0DDB0",
)

DARK = Theme(
    paper="#161C28",
    card="#1E2636",
    ink="#F1E9DA",
    muted="#A9AFBC",
    line="#3B455A",
    track="#343E53",
    specific="#5CB6C7",
    diffuse="#E8836B",
    error="#D993BE",
    gold="#E0B45C",
    good="#7FBF8E",
    trust="#A79BC6",
    comfort="#544B38",
)


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two `#rrggbb` colours, 1 to 21, as WCAG 2 defines it."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    shares = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
