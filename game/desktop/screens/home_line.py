"""The continuum as a line across a screen: the people you have met, and you."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Unpack

import pygame

from game.desktop.canvas import Canvas
from game.desktop.shelf import Person
from game.desktop.text import SMALL, STRONG, Paragraph, TextStyle
from game.desktop.widget import Options, Size, Widget
from game.desktop.words import say
from game.session.writing import listed, numeral

_NAME = TextStyle("sans-semi", 13.5, leading=1.3)
_YOU = TextStyle("sans-bold", 12.5, leading=1.3)
_DOT = 10.0  # px, radius
_NEAR = 1.7 * _DOT  # px, at which dots stand on top of one another
_GAP = 10.0  # px between names in a row
_EDGE = 12.0  # px from the ends of the line to the poles
_HALF = 4.0  # px, half the line's width


@dataclass(frozen=True, slots=True)
class _Tag:
    words: Paragraph
    x: float  # of the dot, from the left edge
    left: float
    row: int


class LineOfPeople(Widget):
    """Names above the line, poles and you below it; `you` is your place in [0, 1] and a label.

    With nobody on it, `hint` says what will appear.
    """

    role = "figure"

    def __init__(
        self, people: Sequence[Person] = (), you: tuple[float, str] | None = None, hint: str = "",
        **options: Unpack[Options],
    ) -> None:  # fmt: skip
        super().__init__(**options)
        self.people, self.you, self.hint = list(people), you, hint

    @property
    def accessible_name(self) -> str:
        return self.name or say("home.line")

    @property
    def state_text(self) -> str:
        """Everybody by place, for readers."""
        parts = [say("home.line_one", name=p.name, value=numeral(p.d, 2)) for p in self.people]
        if self.you is not None:
            parts.append(say("home.line_one", name=self.you[1], value=numeral(self.you[0], 2)))
        return listed(parts)

    def show(self, people: Sequence[Person], you: tuple[float, str] | None, hint: str = "") -> None:
        """Have others on it."""
        self.people, self.you, self.hint = list(people), you, hint
        self.relayout()
        self.invalidate()

    # --- places -----------------------------------------------------------------------------

    def _x(self, d: float, width: float) -> float:
        return _EDGE + d * (width - 2 * _EDGE)

    def _tags(self, width: float) -> list[_Tag]:
        """A place for every name: as low as it can be without touching a name or a leader."""
        found: list[_Tag] = []
        people = sorted(self.people, key=lambda p: p.d)
        dots = [self._x(person.d, width) for person in people]
        for person, x in zip(people, dots, strict=True):
            words = self.root.ui.text.layout(person.name, width / 2, style=_NAME, most=1)
            after = [other - x for other in dots if other - x > _NEAR]
            crowded = min(after, default=width) < words.width / 2 + 3
            places = (
                _Tag(words, x, left, row)
                for row in range(len(self.people))
                for left in _beside(x, words.width, width, crowded)
                if _free(found, x, left, words.width, row)
            )
            above = max((tag.row for tag in found), default=-1) + 1
            found.append(next(places, _Tag(words, x, max(0.0, x - words.width / 2), above)))
        return found

    def _levels(self, width: float) -> list[int]:
        """Dots that would hide each other stand on top of one another."""
        taken: list[tuple[float, int]] = []
        for person in sorted(self.people, key=lambda p: p.d):
            x = self._x(person.d, width)
            near = {level for other, level in taken if abs(other - x) < _NEAR}
            taken.append((x, next(i for i in range(len(near) + 1) if i not in near)))
        return [level for _, level in taken]

    def _poles(self, width: float) -> list[tuple[Paragraph, Paragraph]]:
        layout, room = self.root.ui.text.layout, width / 2 - 20
        return [
            (
                layout(say(f"home.{pole}"), room, style=STRONG.but(colour=f"{pole}_words")),
                layout(say(f"home.{pole}_means"), room, style=SMALL),
            )
            for pole in ("specific", "diffuse")
        ]

    def _above(self, width: float) -> tuple[list[_Tag], float, float]:
        """Names, the height of a row of them, and how far the line is from the top."""
        tags = self._tags(width)
        high = self.root.ui.text.line_height(_NAME)
        rows = max((tag.row for tag in tags), default=-1) + 1
        tower = max(self._levels(width), default=0) * _NEAR
        return tags, high, rows * high + tower + _DOT + 6.0

    def _you_place(self, width: float) -> tuple[Paragraph, float, float, bool] | None:
        """Words, where they begin, the triangle's place, and whether poles are in the way."""
        if self.you is None:
            return None
        words = self.root.ui.text.layout(self.you[1], width * 0.7, style=_YOU, most=1)
        x = self._x(self.you[0], width)
        left = x + 14 if x + 14 + words.width <= width else x - 14 - words.width
        left = min(max(left, 0.0), max(0.0, width - words.width))
        (a, b), (c, d) = self._poles(width)
        starts, ends = max(a.width, b.width) + 24, width - max(c.width, d.width) - 24
        clear = min(left, x - 10) > starts and max(left + words.width, x + 10) < ends
        return words, left, x, not clear

    def measure(self, width: float) -> Size:
        *_, line = self._above(width)
        poles = max(a.height + b.height for a, b in self._poles(width))
        high = line + _HALF + 12 + poles
        you, hint = self._you_place(width), self._hint(width)
        if you is not None and you[3]:
            high += you[0].height + 4
        if hint is not None:
            high = max(high, line + _HALF + 12 + hint.height)
        return width, high

    def _hint(self, width: float) -> Paragraph | None:
        """What will be here, between the poles, while nobody is."""
        if not self.hint or self.people or self.you is not None:
            return None
        room = width - 2 * max(max(a.width, b.width) for a, b in self._poles(width)) - 48
        return self.root.ui.text.layout(self.hint, max(room, 80.0), style=SMALL)

    # --- drawing ----------------------------------------------------------------------------

    def draw(self, canvas: Canvas) -> None:
        r = self.rect
        tags, high, down = self._above(r.width)
        y = r.top + down
        self._draw_line(canvas, y)
        ordered = sorted(self.people, key=lambda p: p.d)
        tower = max(self._levels(r.width), default=0) * _NEAR
        for tag, person, level in zip(tags, ordered, self._levels(r.width), strict=True):
            x, dot = r.left + tag.x, y - level * _NEAR
            top = y - tower - _DOT - 4 - (tag.row + 1) * high
            lower = [other for other in tags if other.row < tag.row]
            hidden = any(o.left - 3 < tag.x < o.left + o.words.width + 3 for o in lower)
            if not hidden and (tag.row or level < tower / _NEAR):
                canvas.line((x, top + high), (x, dot), "line")
            pole = "specific" if person.d < 0.5 else "diffuse"
            canvas.circle(x, dot, _DOT, "card", "ink", 2.5)
            canvas.circle(x, dot, _DOT - 6, pole, None)
            canvas.words(tag.words, r.left + tag.left, top)
        below = y + _HALF + 10
        for i, (name, means) in enumerate(self._poles(r.width)):
            side = "right" if i else "left"
            canvas.words(name, r.left, below, width=r.width, align=side)
            canvas.words(means, r.left, below + name.height, width=r.width, align=side)
        hint = self._hint(r.width)
        if hint is not None:
            canvas.words(hint, r.left, below, width=r.width, align="centre")
        self._draw_you(canvas, y)

    def _draw_you(self, canvas: Canvas, y: float) -> None:
        you = self._you_place(self.rect.width)
        if you is None:
            return
        words, left, x, low = you
        x += self.rect.left
        top = self.rect.bottom - words.height if low else y + _HALF + 4
        point = top + (words.height - 12) / 2
        _triangle(canvas, [(x, point), (x - 7, point + 12), (x + 7, point + 12)])
        canvas.words(words, self.rect.left + left, top)

    def _draw_line(self, canvas: Canvas, y: float) -> None:
        """From one pole's colour through that of the line to the other's."""
        r = self.rect
        colours = [canvas.colour(name) for name in ("specific", "line", "diffuse")]
        key = ("continuum", *(tuple(colour) for colour in colours))

        def paint(surface: pygame.Surface, px: float) -> None:
            wide, high = surface.get_size()
            for x in range(wide):
                share = x / max(1, wide - 1) * 2
                one, other = colours[int(share >= 1)], colours[1 + int(share >= 1)]
                surface.fill(one.lerp(other, share % 1 if share < 2 else 1.0), (x, 0, 1, high))
            mask = pygame.Surface((wide, high), pygame.SRCALPHA)
            whole = mask.get_rect()
            pygame.draw.rect(mask, "white", whole, border_radius=high // 2)
            surface.blit(mask, (0, 0), special_flags=pygame.BLEND_RGBA_MULT)

        sprite = canvas.sprite(key, r.width, 2 * _HALF, paint, 2)
        place = pygame.FRect(r.left, y - _HALF, r.width, 2 * _HALF)
        canvas.image(sprite, place)


def _beside(x: float, wide: float, width: float, crowded: bool) -> list[float]:
    """Where a name may begin: centred over its dot, or reaching to one side of it.

    Where the next dot is near, a name leaves room for its leader rather than being centred.
    """
    wanted = [x - wide / 2, x - wide + _DOT, x - _DOT]
    if crowded:
        wanted[:2] = wanted[1::-1]
    return [min(max(left, 0.0), max(0.0, width - wide)) for left in wanted]


def _free(tags: Sequence[_Tag], x: float, left: float, wide: float, row: int) -> bool:
    """Whether a name and the leader below it would touch no other name and no other leader."""
    right = left + wide
    for tag in tags:
        start, end = tag.left - _GAP, tag.left + tag.words.width + _GAP
        if tag.row == row and left < end and right > start:
            return False
        if tag.row > row and left - 3 < tag.x < right + 3 and abs(tag.x - x) > _NEAR:
            return False  # its leader would cross this name
        in_the_way = start + _GAP - 3 < x < end - _GAP + 3
        if tag.row < row and in_the_way and abs(tag.x - x) > _NEAR:
            return False
    return True


def _triangle(canvas: Canvas, points: Sequence[tuple[float, float]]) -> None:
    left, top = min(x for x, _ in points), min(y for _, y in points)
    wide = max(x for x, _ in points) - left
    high = max(y for _, y in points) - top
    ink = canvas.colour("ink")

    def paint(surface: pygame.Surface, px: float) -> None:
        surface.fill((ink.r, ink.g, ink.b, 0))
        pygame.draw.polygon(surface, ink, [((x - left) * px, (y - top) * px) for x, y in points])

    sprite = canvas.sprite(("you", tuple(ink)), wide, high, paint)
    canvas.image(sprite, pygame.FRect(left, top, wide, high))
