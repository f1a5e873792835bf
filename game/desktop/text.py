"""Words as pictures: styles, wrapping and rendering.

Letters are rendered three to four times too large and scaled down, which spaces them evenly.
Measures are logical px; a surface is in physical px.
"""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from math import ceil

import pygame

from game.desktop.fonts import Fonts, is_turned, turned
from game.desktop.lettering import KEPT
from game.desktop.paragraph import Fragment, Line, Paragraph
from game.desktop.scripts import begins_right, breakable, from_the_right, in_order, levels, unmarked
from game.desktop.styles import (
    ACTION,
    BODY,
    BUTTON,
    HEADING,
    HERO,
    LABEL,
    NOTICE,
    SAYING,
    SMALL,
    SPEECH,
    SPOKEN,
    STRONG,
    STYLES,
    TITLE,
    Run,
    TextStyle,
    clean,
    marked,
)

__all__ = [
    "ACTION",
    "BODY",
    "BUTTON",
    "HEADING",
    "HERO",
    "LABEL",
    "NOTICE",
    "SAYING",
    "SMALL",
    "SPEECH",
    "SPOKEN",
    "STRONG",
    "STYLES",
    "TITLE",
    "Fragment",
    "Line",
    "Paragraph",
    "Run",
    "TextEngine",
    "TextStyle",
    "clean",
    "marked",
]

ELLIPSIS = "…"
UNLIMITED = 1e6
_PIECES = re.compile(r"\n| +|[^ \n]+")
_Stretch = tuple[TextStyle, str, int, str, int]  # style, face, level, words, letters before it
_LAYOUTS = 2000


@dataclass(slots=True)
class _Piece:
    text: str
    style: TextStyle
    face: str
    width: float


class TextEngine:
    """Measures, wraps and renders. `scale` is physical px a logical px, `text_scale` 1 to 2."""

    def __init__(self, fonts: Fonts, scale: float = 1.0, text_scale: float = 1.0) -> None:
        self.fonts = fonts
        self.scale, self.text_scale = scale, text_scale
        self._layouts: OrderedDict[object, Paragraph] = OrderedDict()

    def rescale(self, scale: float, text_scale: float) -> None:
        """Take other scales; what was laid out for the old ones is dropped."""
        if (scale, text_scale) == (self.scale, self.text_scale):
            return
        self.scale, self.text_scale = scale, text_scale
        self._layouts.clear()

    # --- measures ---------------------------------------------------------------------------

    def size(self, style: TextStyle) -> float:
        """The size of letters in logical px, text scale included."""
        return style.size * self.text_scale

    @property
    def control(self) -> float:
        """How much larger knobs and switches are beside larger text: less than the letters."""
        return float(self.text_scale**0.5)

    def line_height(self, style: TextStyle) -> float:
        return self.size(style) * style.leading

    def measure(self, text: str, style: TextStyle) -> float:
        """Width of one line in logical px, without wrapping."""
        return sum(piece.width for piece in self._pieces(clean(text), style))

    def _render_size(self, style: TextStyle) -> tuple[int, int]:
        """How many times too large, and the font's size in px at that."""
        px = self.size(style) * self.scale
        factor = 4 if px < 22 else 3 if px < 48 else 2
        return factor, max(1, round(px * factor))

    def _width(self, text: str, style: TextStyle, face: str) -> float:
        """Measured much larger and apart from the window's scale: lines break alike everywhere."""
        size = self.size(style)
        key = (text, face, size, style.tracking)
        found = KEPT.width(key)
        if found is None:
            factor = 8 if size < 30 else 4
            px = max(1, round(size * factor))
            wide = self._advance(text, _tracking(style, face), self.fonts.font(face, px), px)
            found = KEPT.measured(key, wide * size / px)
        return found

    @staticmethod
    def _advance(text: str, tracking: float, font: pygame.font.Font, px: int) -> float:
        """How far the words reach, in px of the font."""
        if tracking:
            return sum(font.size(c)[0] for c in text) + tracking * px * len(text)
        return font.size(text)[0]

    def _pieces(self, text: str, style: TextStyle) -> list[_Piece]:
        """Stretches of one face each."""
        if style.caps:
            text = text.upper()
        if text.isascii():  # every face has these
            return [_Piece(text, style, style.face, self._width(text, style, style.face))]
        stretches: list[tuple[str, str]] = []
        for letter in text:
            face = self.fonts.face_for(style.face, letter)
            if stretches and stretches[-1][0] == face:
                stretches[-1] = (face, stretches[-1][1] + letter)
            else:
                stretches.append((face, letter))
        return [_Piece(t, style, f, self._width(t, style, f)) for f, t in stretches]

    # --- layout -----------------------------------------------------------------------------

    def layout(
        self, runs: str | Iterable[Run], width: float = UNLIMITED, *,
        style: TextStyle = BODY, most: int = 0,
    ) -> Paragraph:  # fmt: skip
        """Wrap words to a width, at most `most` lines (0: any number); what is cut ends in `…`."""
        given = (Run(runs, style),) if isinstance(runs, str) else tuple(runs)
        key = (given, round(width, 2), most)
        found = self._layouts.get(key)
        if found is None:
            found = self._laid_out(given, width, most)
            self._layouts[key] = found
            if len(self._layouts) > _LAYOUTS:
                self._layouts.popitem(last=False)
        else:
            self._layouts.move_to_end(key)
        return found

    def _laid_out(self, runs: Sequence[Run], width: float, most: int) -> Paragraph:
        first = runs[0].style if runs else BODY
        whole = "".join(run.text for run in runs)
        turned_ = begins_right(whole) if from_the_right(whole) else None
        if turned_ is not None:
            runs = [replace(run, text=unmarked(run.text)) for run in runs]
        rows = list(self._rows(runs, width))
        cut = bool(most) and len(rows) > most
        if cut:
            rows = rows[:most]
            rows[-1] = self._shortened(rows[-1], width, first)
        lines, letters, wide = [], 0, 0.0
        for row in rows or [[]]:
            line, letters = self._line(row, letters, first, turned_)
            lines.append(line)
            wide = max(wide, line.width)
        if turned_:
            room = width if width < UNLIMITED else wide
            lines = [replace(line, lead=max(0.0, room - line.width)) for line in lines]
        return Paragraph(tuple(lines), wide, sum(x.height for x in lines), letters, cut)

    def _words(self, runs: Sequence[Run]) -> Iterator[list[_Piece] | str]:
        """Words as lists of pieces, with spaces and line breaks between them as text."""
        word: list[_Piece] = []
        for run in runs:
            for text in _PIECES.findall(clean(run.text)):
                if text[0] in " \n":
                    if word:
                        yield word
                        word = []
                    yield text if text == "\n" else " "
                    continue
                for part in breakable(text):
                    if word and part is not text:
                        yield word
                        word = []
                    word += self._pieces(part, run.style)
        if word:
            yield word

    def _rows(self, runs: Sequence[Run], width: float) -> Iterator[list[_Piece]]:
        row: list[_Piece] = []
        used, space = 0.0, False
        for word in self._words(runs):
            if word == "\n":
                yield row
                row, used, space = [], 0.0, False
            elif isinstance(word, str):
                space = bool(row)
            else:
                wide = sum(piece.width for piece in word)
                gap = self._pieces(" ", (row or word)[-1].style)[0] if space else None
                if row and used + (gap.width if gap else 0.0) + wide > width + 0.01:
                    yield row
                    row, used, gap = [], 0.0, None
                if gap is not None:
                    row.append(gap)
                    used += gap.width
                while wide > width and len(word) + len(word[0].text) > 2:
                    head, word = self._split(word, width)
                    yield [*row, *head]
                    row, used = [], 0.0
                    wide = sum(piece.width for piece in word)
                row += word
                used += wide
                space = False
        if row:
            yield row

    def _split(self, word: list[_Piece], width: float) -> tuple[list[_Piece], list[_Piece]]:
        """A word too wide for any line: what fits, at least a letter, and the rest."""
        head: list[_Piece] = []
        used = 0.0
        for i, piece in enumerate(word):
            if used + piece.width <= width and i < len(word) - 1:
                head.append(piece)
                used += piece.width
                continue
            count = len(piece.text)
            while (
                count > 1
                and used + self._width(piece.text[:count], piece.style, piece.face) > width
            ):
                count -= 1
            if count == len(piece.text) and i == len(word) - 1:
                count -= 1
            count = max(count, 0 if head else 1)
            left, right = piece.text[:count], piece.text[count:]
            rest = list(word[i + 1 :])
            if left:
                head.append(self._again(piece, left))
            if right:
                rest.insert(0, self._again(piece, right))
            return head, rest
        return head, []

    def _again(self, piece: _Piece, text: str) -> _Piece:
        return _Piece(text, piece.style, piece.face, self._width(text, piece.style, piece.face))

    def _shortened(self, row: list[_Piece], width: float, style: TextStyle) -> list[_Piece]:
        """A row that ends in an ellipsis and is no wider than `width`."""
        last = row[-1].style if row else style
        dots = self._pieces(ELLIPSIS, last)
        kept = list(row)
        while kept and sum(p.width for p in (*kept, *dots)) > width:
            piece = kept.pop()
            text = piece.text[:-1].rstrip(" ,;:")
            if text:
                kept.append(self._again(piece, text))
        return [*kept, *dots]

    def _line(
        self, row: list[_Piece], start: int, first: TextStyle, right: bool | None
    ) -> tuple[Line, int]:
        """`right`: the paragraph runs from the right, from the left (False), or has only letters
        that do not turn (None)."""
        fragments: list[Fragment] = []
        x = 0.0
        for style, face, level, words, place in self._in_view(row, right):
            own = turned(face, words) if level % 2 else face
            wide = self._width(words, style, own)
            fragments.append(Fragment(words, style, own, x, wide, start + place, level % 2 > 0))
            x += wide
        styles = [part.style for part in fragments] or [first]
        height = max(self.line_height(s) for s in styles)
        ascent = max(self._ascent(s) for s in styles)
        letters = sum(len(piece.text) for piece in row)
        return Line(tuple(fragments), x, ascent, height), start + letters

    @staticmethod
    def _in_view(row: Sequence[_Piece], right: bool | None) -> list[_Stretch]:
        """Stretches of one style, face and direction from left to right."""
        if right is None:
            keyed = [(piece.style, piece.face, 0, piece.text) for piece in row]
        else:
            at = levels("".join(piece.text for piece in row), right)
            letters = ((piece, letter) for piece in row for letter in piece.text)
            keyed = [(p.style, p.face, n, c) for (p, c), n in zip(letters, at, strict=True)]
        found: list[_Stretch] = []
        place = 0
        for key, group in groupby(keyed, key=lambda one: one[:3]):
            words = "".join(one[3] for one in group)
            found.append((*key, words, place))
            place += len(words)
        return found if right is None else in_order(found, [one[2] for one in found])

    def _ascent(self, style: TextStyle) -> float:
        """From a line's top to its baseline: the letters stand in the middle of the leading."""
        size = self.size(style)
        return (self.line_height(style) - size) / 2 + size * 0.79

    # --- rendering --------------------------------------------------------------------------

    def surface(self, fragment: Fragment, colour: pygame.Color) -> tuple[pygame.Surface, int]:
        """The rendered words, and how far their baseline lies below the surface's top, in px."""
        style, face, scale = fragment.style, fragment.face, self.scale
        key = (fragment.text, face, self.size(style), style.tracking, tuple(colour), scale)
        found = KEPT.surface(key)
        if found is not None:
            return found
        factor, px = self._render_size(style)
        font = self.fonts.font(face, px)
        baseline = ceil(font.get_ascent() / factor)
        # What hinting did to the width at this size is taken back, so that words end where the
        # layout says.
        reach = self._advance(fragment.text, _tracking(style, face), font, px)
        stretch = fragment.width * scale * factor / reach if reach else 1.0
        made = self._rendered(fragment, font, px, factor, baseline, stretch, colour)
        return KEPT.rendered(key, made, baseline)

    def _rendered(
        self, fragment: Fragment, font: pygame.font.Font, px: int, factor: int, baseline: int,
        stretch: float, colour: pygame.Color,
    ) -> pygame.Surface:  # fmt: skip
        text, step = fragment.text, _tracking(fragment.style, fragment.face) * px
        parts = [font.render(c, True, colour) for c in (text if step else [text])]
        wide = sum(p.get_width() for p in parts) + step * len(parts)
        high = baseline * factor - font.get_ascent() + max(p.get_height() for p in parts)
        size = max(1, ceil(wide * stretch / factor)), max(1, ceil(high / factor))
        room = max(1, round(size[0] * factor / stretch)), size[1] * factor
        large = pygame.Surface(room, pygame.SRCALPHA)
        large.fill((colour.r, colour.g, colour.b, 0))  # the same colour at the edges, unseen
        x = 0.0
        for part in parts:
            large.blit(part, (round(x), baseline * factor - font.get_ascent()))
            x += part.get_width() + step
        return pygame.transform.smoothscale(large, size)

    def prefix_width(self, fragment: Fragment, letters: int) -> float:
        """Width of the first letters of a fragment."""
        if letters >= len(fragment.text):
            return fragment.width
        return self._width(fragment.text[: max(letters, 0)], fragment.style, fragment.face)


def _tracking(style: TextStyle, face: str) -> float:
    """Space between letters, of the size; letters that join have none."""
    return 0.0 if is_turned(face) else style.tracking
