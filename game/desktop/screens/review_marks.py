"""Labels of moves as they are shown: sign, word and number on a pill, and their colours."""

from __future__ import annotations

from typing import Unpack

import pygame

from game.desktop.canvas import Canvas
from game.desktop.text import UNLIMITED, Paragraph, TextEngine, TextStyle
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
_ACROSS, _DOWN = 9.0, 3.0
_LIGHT = 0.17  # of a tone, in the ground of a pill
_INKY = 0.55  # of ink, in words of a tone that is too light for words


def tone(kind: str) -> str:
    """The palette's colour that goes with a label; `muted` for what is neither good nor bad."""
    return _TONES.get(kind, "muted")


def words_colour(palette: Palette, kind: str) -> str:
    """`#rrggbb` for words about a label; dark enough to read."""
    name = tone(kind)
    found = palette.colour(name)
    if name in ("good", "gold"):
        found = found.lerp(palette.colour("ink"), _INKY)
    return f"#{found.r:02x}{found.g:02x}{found.b:02x}"


def badge_words(kind: str, points: float = 0.0) -> str:
    """`? mistake −17`, `! great`."""
    found = label(kind)
    said = f"{found['sign']} {found['word']}"
    number = beside(kind, points)
    return f"{said} {number}" if number else said


def badges_of(move: Move) -> tuple[tuple[str, str], ...]:
    """(kind, words) of every pill of a move: its label with its loss, then its marks."""
    return (
        (move.label, badge_words(move.label, move.loss)),
        *((mark, badge_words(mark)) for mark in move.marks),
    )


def badge_size(paragraph: Paragraph) -> Size:
    return paragraph.width + 2 * _ACROSS, paragraph.height + 2 * _DOWN


def badge_paragraph(engine: TextEngine, words: str) -> Paragraph:
    """The words of a pill in one line."""
    return engine.layout(words, UNLIMITED, style=_BADGE, most=1)


def draw_badge(canvas: Canvas, words: Paragraph, kind: str, left: float, top: float) -> None:
    """A pill with its top left corner there."""
    wide, high = badge_size(words)
    palette = canvas.palette
    name = tone(kind)
    full = kind == "blunder"
    fill = palette.colour("track")
    if full:
        fill = palette.colour(name)
    elif name != "muted":
        fill = palette.colour("card").lerp(palette.colour(name), _LIGHT)
    edge = name if palette.heavy else None
    canvas.card(pygame.FRect(left, top, wide, high), fill, edge, PILL)
    ink = "on_ink" if full else "ink" if name == "muted" else words_colour(palette, kind)
    canvas.words(words, left + _ACROSS, top + _DOWN, colour=ink)


class Badge(Label):
    """One pill."""

    def __init__(self, kind: str, points: float = 0.0, **options: Unpack[Options]) -> None:
        options.setdefault("align", "start")
        super().__init__(badge_words(kind, points), _BADGE, most=1, **options)
        self.kind = kind

    def measure(self, width: float) -> Size:
        return badge_size(self.paragraph(max(10.0, width - 2 * _ACROSS)))

    def draw(self, canvas: Canvas) -> None:
        words = self.paragraph(max(10.0, self.rect.width - 2 * _ACROSS + 0.5))
        draw_badge(canvas, words, self.kind, self.rect.left, self.rect.top)
