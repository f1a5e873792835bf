"""Words in a figure: cleaned, measured without a font, cut and wrapped.

The widths are those of a wide common sans, so that a line holds in whatever font a machine
puts in the place of ours. Sizes and widths are px.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

ASCENT, DESCENT = 0.8, 0.24  # of the size, above and below the baseline
LINE = 1.25  # from baseline to baseline
ELLIPSIS = "…"

_BOLD = 1.15
_WIDE, _PICTURE, _CAPITAL, _LETTER, _OTHER = 1.0, 1.4, 0.78, 0.65, 0.9
_WIDTHS: dict[str, float] = {
    glyph: width
    for width, glyphs in (
        (0.30, "ijl"),
        (0.36, " I.,:;'|/\\·‘’"),
        (0.44, "frt()[]-!"),
        (0.58, 'cksvxyzJ"?*`_–“”'),
        (0.66, "abdeghnopquEFLPST0123456789$€{}"),
        (0.71, "ABCKRVXYZ"),
        (0.82, "DGHNOQUw&"),
        (0.86, "+<>=^~#→−"),
        (1.04, "MWm%@—…"),
    )
    for glyph in glyphs
}
_MARKS = ("Mn", "Me")
_UNSEEN = ("Cc", "Cf", "Cs", "Co", "Cn")  # controls, direction marks, what XML forbids


def clean(text: str) -> str:
    """One line of characters that may stand in XML and do not reorder their neighbours."""
    seen = "".join(
        " " if c.isspace() else "" if unicodedata.category(c) in _UNSEEN else c for c in text
    )
    return " ".join(seen.split())


def measure(text: str, size: float, bold: bool = False) -> float:
    """Width of a cleaned line, rather too much than too little."""
    return sum(_width(glyph) for glyph in text) * size * (_BOLD if bold else 1.0)


def _width(glyph: str) -> float:
    if glyph in _WIDTHS:
        return _WIDTHS[glyph]
    kind = unicodedata.category(glyph)
    if kind in _MARKS:
        return 0.0
    if kind == "So":
        return _PICTURE
    if unicodedata.east_asian_width(glyph) in "WF":
        return _WIDE
    base = unicodedata.normalize("NFD", glyph)[0]
    if base in _WIDTHS:
        return _WIDTHS[base]
    return _CAPITAL if kind == "Lu" else _LETTER if kind in ("Ll", "Nd") else _OTHER


def ellipsis(text: str, width: float, size: float, bold: bool = False) -> str:
    """The text, cut with `…` when it is wider than `width`; empty when not even that fits."""
    text = clean(text)
    if measure(text, size, bold) <= width:
        return text
    room = width - measure(ELLIPSIS, size, bold)
    if room < 0:
        return ""
    kept = 0
    while measure(text[: kept + 1], size, bold) <= room:
        kept += 1
    return text[:kept].rstrip() + ELLIPSIS


@dataclass(frozen=True, slots=True)
class Block:
    """Wrapped lines of one size."""

    lines: tuple[str, ...]
    size: float
    bold: bool = False

    @property
    def width(self) -> float:
        return max((measure(line, self.size, self.bold) for line in self.lines), default=0.0)

    @property
    def height(self) -> float:
        return len(self.lines) * LINE * self.size

    def says(self, text: str) -> bool:
        """Whether nothing of the text was cut."""
        return "".join("".join(self.lines).split()) == "".join(clean(text).split())


def wrap(text: str, width: float, size: float, bold: bool = False, most: int = 2) -> Block:
    """The text in at most `most` lines no wider than `width`; what is left over is cut."""
    words = clean(text).split()
    lines: list[str] = []
    while words and len(lines) < most:
        if len(lines) == most - 1:
            line, words = ellipsis(" ".join(words), width, size, bold), []
        else:
            line, words = _line(words, width, size, bold)
        lines.append(line)
    return Block(tuple(line for line in lines if line), size, bold)


def _line(words: list[str], width: float, size: float, bold: bool) -> tuple[str, list[str]]:
    """As many words as fit, at least one, and those that are left."""
    count = 1
    while count < len(words) and measure(" ".join(words[: count + 1]), size, bold) <= width:
        count += 1
    return ellipsis(" ".join(words[:count]), width, size, bold), words[count:]
