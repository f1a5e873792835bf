"""Labels of moves as they are shown: sign, word and number on a pill, and their colours.

Signs that no font has are drawn; each is one shape that tells its label apart without colour.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, pi, sin
from typing import Unpack

import pygame

from game.desktop.canvas import Canvas, Painter
from game.desktop.text import HEADING, UNLIMITED, Paragraph, TextEngine, TextStyle
from game.desktop.theme import PILL, Palette
from game.desktop.widget import Options, Size
from game.desktop.widgets.labels import Label
from game.review.model import Move
from game.review.words import beside, label

_TONES = {
    "great": "good", "inaccuracy": "gold", "mistake": "error", "blunder": "error",
    "missed_chance": "error", "slow_leak": "error",
}  # fmt: skip
_BADGE = TextStyle("sans-bold", 12, leading=1.3)
_TITLE = HEADING.but(size=15.5)
_ACROSS, _DOWN, _APART = 9.0, 3.0, 4.0
_LIGHT = 0.17  # of a tone, in the ground of a pill
_INKY = 0.55  # of ink, in words of a tone that is too light for words
_DRAWN = "□★✓○◆"
_SIDE = 0.95  # of the size of letters: a drawn sign

Corners = list[tuple[float, float]]


def tone(kind: str) -> str:
    """The palette's colour that goes with a label; `muted` for what is neither good nor bad."""
    return _TONES.get(kind, "muted")


def words_colour(palette: Palette, kind: str) -> str:
    """`#rrggbb` for words about a label; dark enough to read."""
    name = tone(kind)
    found = palette.colour("ink" if name == "muted" else name)
    if name in ("good", "gold"):
        found = found.lerp(palette.colour("ink"), _INKY)
    return f"#{found.r:02x}{found.g:02x}{found.b:02x}"


def words_of(kind: str, points: float = 0.0) -> str:
    """`mistake −17`, `great`."""
    said, number = label(kind)["word"], beside(kind, points)
    return f"{said} {number}" if number else said


def marks_of(move: Move) -> tuple[tuple[str, str], ...]:
    """(kind, words) of every pill of a move: its label with its loss, then its marks."""
    label_words = words_of(move.label, move.loss)
    return ((move.label, label_words), *((mark, words_of(mark)) for mark in move.marks))


# --- signs ----------------------------------------------------------------------------------------


def sign_width(engine: TextEngine, kind: str, style: TextStyle) -> float:
    sign = label(kind)["sign"]
    if sign in _DRAWN:
        return engine.size(style) * _SIDE
    return engine.layout(sign, UNLIMITED, style=style).width


def draw_sign(
    canvas: Canvas, kind: str, style: TextStyle, left: float, middle: float, colour: str
) -> None:
    """The sign of a label, its height about a middle line."""
    sign = label(kind)["sign"]
    if sign not in _DRAWN:
        words = canvas.text.layout(sign, UNLIMITED, style=style)
        canvas.words(words, left, middle - words.height / 2, colour=colour)
        return
    side = canvas.text.size(style) * _SIDE
    ink = canvas.colour(colour)
    paint = _painter(sign, side, ink)
    shape = canvas.sprite(("sign", sign, round(side, 2), tuple(ink)), side, side, paint)
    place = pygame.FRect(left, middle - side / 2, side, side)
    canvas.image(shape, place)


def _painter(sign: str, side: float, ink: pygame.Color) -> Painter:
    def paint(large: pygame.Surface, px: float) -> None:
        large.fill((ink.r, ink.g, ink.b, 0))

        def at(corners: Corners) -> Corners:
            return [(x * side * px, y * side * px) for x, y in corners]

        thick = max(1, round(0.14 * side * px))
        if sign == "★":
            pygame.draw.polygon(large, ink, at(_star()))
        elif sign == "◆":
            pygame.draw.polygon(
                large, ink, at([(0.5, 0.06), (0.94, 0.5), (0.5, 0.94), (0.06, 0.5)])
            )
        elif sign == "○":
            middle = at([(0.5, 0.5)])[0]
            pygame.draw.circle(large, ink, middle, 0.42 * side * px, thick)
        elif sign == "□":
            box = pygame.Rect(0, 0, round(0.74 * side * px), round(0.74 * side * px))
            box.center = (round(0.5 * side * px), round(0.5 * side * px))
            pygame.draw.rect(large, ink, box, thick)
        else:
            tick = at([(0.1, 0.52), (0.4, 0.8), (0.9, 0.2)])
            pygame.draw.lines(large, ink, False, tick, round(1.25 * thick))
            for end in tick:
                pygame.draw.circle(large, ink, end, 0.6 * thick)

    return paint


def _star() -> Corners:
    """Five points about the middle of a square of side 1."""
    found = []
    for k in range(10):
        angle, far = -pi / 2 + k * pi / 5, 0.2 if k % 2 else 0.5
        found.append((0.5 + far * cos(angle), 0.53 + far * sin(angle)))
    return found


# --- pills ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Pill:
    """One pill, laid out; sizes in logical px."""

    kind: str
    words: Paragraph
    sign: float  # width of the sign

    @property
    def width(self) -> float:
        return self.sign + _APART + self.words.width + 2 * _ACROSS

    @property
    def height(self) -> float:
        return self.words.height + 2 * _DOWN

    def draw(self, canvas: Canvas, left: float, top: float, ground: str = "card") -> None:
        """With its top left corner there, on a ground of the palette."""
        palette, name = canvas.palette, tone(self.kind)
        full = self.kind == "blunder"
        fill = palette.colour("card" if ground == "track" else "track")
        if full:
            fill = palette.colour(name)
        elif name != "muted":
            fill = palette.colour("card").lerp(palette.colour(name), _LIGHT)
        edge = name if palette.heavy else None
        canvas.card(pygame.FRect(left, top, self.width, self.height), fill, edge, PILL)
        ink = "on_ink" if full else words_colour(palette, self.kind)
        draw_sign(canvas, self.kind, _BADGE, left + _ACROSS, top + self.height / 2, ink)
        canvas.words(self.words, left + _ACROSS + self.sign + _APART, top + _DOWN, colour=ink)


def pill(engine: TextEngine, kind: str, words: str) -> Pill:
    """A pill in one line."""
    said = engine.layout(words, UNLIMITED, style=_BADGE, most=1)
    return Pill(kind, said, sign_width(engine, kind, _BADGE))


class Badge(Label):
    """One pill as a widget."""

    def __init__(self, kind: str, points: float = 0.0, **options: Unpack[Options]) -> None:
        options.setdefault("align", "start")
        super().__init__(words_of(kind, points), _BADGE, most=1, **options)
        self.kind = kind

    def measure(self, width: float) -> Size:
        found = pill(self.root.ui.text, self.kind, self.text)
        return found.width, found.height

    def draw(self, canvas: Canvas) -> None:
        pill(canvas.text, self.kind, self.text).draw(canvas, self.rect.left, self.rect.top)


class Toned(Label):
    """A heading in the colour of a label, its sign before it."""

    def __init__(self, kind: str, text: str, **options: Unpack[Options]) -> None:
        super().__init__(text, _TITLE, **options)
        self.kind = kind

    def _left(self) -> float:
        return sign_width(self.root.ui.text, self.kind, _TITLE) + 1.5 * _APART

    def measure(self, width: float) -> Size:
        left = self._left()
        words = self.paragraph(max(20.0, width - left))
        return words.width + left + 0.5, words.height

    def draw(self, canvas: Canvas) -> None:
        colour, left = words_colour(canvas.palette, self.kind), self._left()
        words = self.paragraph(max(20.0, self.rect.width - left + 0.5))
        first = words.lines[0].height if words.lines else 0.0
        draw_sign(canvas, self.kind, _TITLE, self.rect.left, self.rect.top + first / 2, colour)
        canvas.words(words, self.rect.left + left, self.rect.top, colour=colour)
