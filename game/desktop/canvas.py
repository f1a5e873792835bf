"""Drawing in logical px on a surface of any size.

A window of 1280x720 physical px has the scale 1; one of 1920x1080 has 1.5 and the same layout,
drawn crisper. Whatever is round is drawn four times too large once, scaled down and kept.
"""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from math import ceil

import pygame

from game.desktop.text import Paragraph, TextEngine
from game.desktop.theme import Palette

LEAST_WIDTH, LEAST_HEIGHT = 1280.0, 720.0
_OVER = 4  # how many times too large round shapes are drawn
_CACHE_BYTES = 48 << 20

_EDGES = re.compile(rb"[\x01-\xfe]+", re.DOTALL)  # alphas that are neither nothing nor all

Painter = Callable[[pygame.Surface, float], None]


def scale_for(width: int, height: int) -> float:
    """Physical px a logical px: as large as leaves room for 1280x720."""
    return max(0.25, min(width / LEAST_WIDTH, height / LEAST_HEIGHT))


class Canvas:
    """Draws on `surface`, inside its current clip. Rectangles and lengths are logical px."""

    def __init__(self, surface: pygame.Surface, text: TextEngine, palette: Palette) -> None:
        self.surface, self.text, self.palette = surface, text, palette
        self.scale = text.scale
        self._sprites: OrderedDict[object, pygame.Surface] = OrderedDict()
        self._bytes = 0

    def target(self, surface: pygame.Surface, palette: Palette) -> None:
        """Draw on another surface or in other colours from now on; shapes that stay are kept."""
        self.surface, self.palette = surface, palette
        if self.scale != self.text.scale:
            self.scale = self.text.scale
            self._sprites.clear()
            self._bytes = 0

    # --- measures ---------------------------------------------------------------------------

    def px(self, length: float) -> int:
        """A length in physical px, at least 1 unless it is 0."""
        return max(1, round(length * self.scale)) if length > 0 else 0

    def rect(self, rect: pygame.FRect) -> pygame.Rect:
        """A rectangle in physical px; edges that touch still touch."""
        left, top = round(rect.left * self.scale), round(rect.top * self.scale)
        right, bottom = round(rect.right * self.scale), round(rect.bottom * self.scale)
        return pygame.Rect(left, top, max(0, right - left), max(0, bottom - top))

    @property
    def line_width(self) -> float:
        """Width of a card's border, logical px."""
        return 2.0 if self.palette.heavy else 1.0

    @contextmanager
    def clip(self, rect: pygame.FRect) -> Iterator[bool]:
        """Draw inside a rectangle only; gives False if nothing of it is in view."""
        before = self.surface.get_clip()
        inner = before.clip(self.rect(rect))
        self.surface.set_clip(inner)
        try:
            yield inner.width > 0 and inner.height > 0
        finally:
            self.surface.set_clip(before)

    def sees(self, rect: pygame.FRect) -> bool:
        """Whether a rectangle lies in view at least in part."""
        return bool(self.surface.get_clip().colliderect(self.rect(rect)))

    def colour(self, name: str | pygame.Color) -> pygame.Color:
        return self.palette.colour(name) if isinstance(name, str) else name

    # --- shapes -----------------------------------------------------------------------------

    def sprite(
        self, key: object, width: float, height: float, paint: Painter, over: int = _OVER
    ) -> pygame.Surface:
        """A shape drawn once and kept: `paint(surface, px)` where `px` is px of it a logical px.

        `key` must name everything that the shape depends on but its size and scale.
        """
        size = max(1, ceil(width * self.scale - 0.01)), max(1, ceil(height * self.scale - 0.01))
        full = (key, size)
        found = self._sprites.get(full)
        if found is not None:
            self._sprites.move_to_end(full)
            return found
        large = pygame.Surface((size[0] * over, size[1] * over), pygame.SRCALPHA)
        paint(large, self.scale * over)
        made = _shrunk(large, size) if over > 1 else large
        self._sprites[full] = made
        self._bytes += size[0] * size[1] * 4
        while self._bytes > _CACHE_BYTES and len(self._sprites) > 1:
            _, old = self._sprites.popitem(last=False)
            self._bytes -= old.get_width() * old.get_height() * 4
        return made

    def fill(self, rect: pygame.FRect, colour: str | pygame.Color) -> None:
        """A filled rectangle; colours may be translucent."""
        self._fill(self.rect(rect), self.colour(colour))

    def _fill(self, box: pygame.Rect, colour: pygame.Color) -> None:
        if colour.a == 255:
            self.surface.fill(colour, box)
            return
        seen = box.clip(self.surface.get_clip())
        if not seen.width or not seen.height:
            return
        # A strip of it, blitted over and over, rather than a surface of the window's size.
        key = ("wash", tuple(colour))
        strip = self._sprites.get(key)
        if strip is None or strip.get_width() < seen.width:
            strip = pygame.Surface((max(seen.width, 512), 64), pygame.SRCALPHA)
            strip.fill(colour)
            self._sprites[key] = strip
        for top in range(seen.top, seen.bottom, strip.get_height()):
            high = min(strip.get_height(), seen.bottom - top)
            self.surface.blit(strip, (seen.left, top), (0, 0, seen.width, high))

    def card(
        self, rect: pygame.FRect, fill: str | pygame.Color | None = "card",
        border: str | pygame.Color | None = "line", radius: float = 12.0, width: float = 0.0,
    ) -> None:  # fmt: skip
        """A rounded rectangle with a border inside its edge (`width` 0: as wide as the theme's)."""
        box = self.rect(rect)
        if not box.width or not box.height or not self.surface.get_clip().colliderect(box):
            return
        inside = None if fill is None else self.colour(fill)
        edge = None if border is None else self.colour(border)
        line = self.px(width or self.line_width) if edge is not None else 0
        r = min(self.px(radius), box.width // 2, box.height // 2)
        if r < 1:
            self._square(box, inside, edge, line)
            return
        corners = self._corners(r, inside, edge, line)
        right, bottom = box.right - r, box.bottom - r
        for x, y, area in (
            (box.left, box.top, (0, 0, r, r)),
            (right, box.top, (r, 0, r, r)),
            (box.left, bottom, (0, r, r, r)),
            (right, bottom, (r, r, r, r)),
        ):
            self.surface.blit(corners, (x, y), area)
        wide, high = box.width - 2 * r, box.height - 2 * r
        if inside is not None:
            self._fill(pygame.Rect(box.left + r, box.top, wide, r), inside)
            self._fill(pygame.Rect(box.left, box.top + r, box.width, high), inside)
            self._fill(pygame.Rect(box.left + r, bottom, wide, r), inside)
        if edge is not None:
            self._fill(pygame.Rect(box.left + r, box.top, wide, line), edge)
            self._fill(pygame.Rect(box.left + r, box.bottom - line, wide, line), edge)
            self._fill(pygame.Rect(box.left, box.top + r, line, high), edge)
            self._fill(pygame.Rect(box.right - line, box.top + r, line, high), edge)

    def rounded(self, size: tuple[int, int], radius: float) -> pygame.Surface:
        """A mask of `size` physical px: white, with round corners that are left out."""
        mask, own = pygame.Surface(size, pygame.SRCALPHA), self.surface
        self.surface = mask
        try:
            whole = pygame.FRect(0, 0, size[0] / self.scale, size[1] / self.scale)
            self.card(whole, pygame.Color("white"), None, radius)
        finally:
            self.surface = own
        return mask

    def _square(
        self, box: pygame.Rect, fill: pygame.Color | None, edge: pygame.Color | None, line: int
    ) -> None:
        if fill is not None:
            self._fill(box, fill)
        if edge is not None:
            pygame.draw.rect(self.surface, edge, box, line)

    def _corners(
        self, r: int, fill: pygame.Color | None, edge: pygame.Color | None, line: int
    ) -> pygame.Surface:
        """A disc of radius `r` physical px whose quarters are a card's corners."""
        key = ("corner", r, fill and tuple(fill), edge and tuple(edge), line)
        found = self._sprites.get(key)
        if found is None:
            big = r * _OVER
            large = pygame.Surface((2 * big, 2 * big), pygame.SRCALPHA)
            if edge is not None:
                pygame.draw.circle(large, edge, (big, big), big)
                pygame.draw.circle(large, fill or (0, 0, 0, 0), (big, big), big - line * _OVER)
            elif fill is not None:
                pygame.draw.circle(large, fill, (big, big), big)
            found = _shrunk(large, (2 * r, 2 * r))
            self._sprites[key] = found
            self._bytes += 16 * r * r
        return found

    def circle(
        self, x: float, y: float, radius: float, fill: str | None = "ink",
        border: str | None = None, width: float = 2.0,
    ) -> None:  # fmt: skip
        """A disc, a ring, or both."""
        edge = None if border is None else self.colour(border)
        inside = None if fill is None else self.colour(fill)
        r = max(1, round(radius * self.scale))
        disc = self._corners(r, inside, edge, self.px(width) if edge is not None else 0)
        self.surface.blit(disc, (round(x * self.scale) - r, round(y * self.scale) - r))

    def line(
        self, start: tuple[float, float], end: tuple[float, float], colour: str = "line",
        width: float = 0.0,
    ) -> None:  # fmt: skip
        """A horizontal or vertical line; others are drawn with :meth:`stroke`."""
        wide = self.px(width or self.line_width)
        (x0, y0), (x1, y1) = sorted((start, end))
        left, top = round(x0 * self.scale), round(min(y0, y1) * self.scale)
        if abs(y1 - y0) < abs(x1 - x0):
            box = pygame.Rect(left, top - wide // 2, round((x1 - x0) * self.scale), wide)
        else:
            box = pygame.Rect(left - wide // 2, top, wide, round(abs(y1 - y0) * self.scale))
        self._fill(box, self.colour(colour))

    def stroke(
        self, points: Sequence[tuple[float, float]], colour: str = "ink", width: float = 2.0
    ) -> None:
        """A line through points with round ends and smooth edges, kept by its points."""
        if len(points) < 2:
            return
        pad = width / 2 + 1
        left, top = min(x for x, _ in points) - pad, min(y for _, y in points) - pad
        wide = max(x for x, _ in points) + pad - left
        high = max(y for _, y in points) + pad - top
        ink = self.colour(colour)
        local = tuple((round(x - left, 2), round(y - top, 2)) for x, y in points)

        def paint(large: pygame.Surface, px: float) -> None:
            large.fill((ink.r, ink.g, ink.b, 0))
            drawn = [(x * px, y * px) for x, y in local]
            pygame.draw.lines(large, ink, False, drawn, max(1, round(width * px)))
            for point in drawn:
                pygame.draw.circle(large, ink, point, width * px / 2)

        shape = self.sprite(("stroke", local, tuple(ink), width), wide, high, paint)
        self.surface.blit(shape, (round(left * self.scale), round(top * self.scale)))

    def focus_ring(self, rect: pygame.FRect, radius: float = 12.0) -> None:
        """A ring just outside what has the focus."""
        around = rect.inflate(8, 8)
        self.card(around, None, "ring", radius + 4, 3.0 if self.palette.heavy else 2.0)

    # --- pictures and words -----------------------------------------------------------------

    def image(self, surface: pygame.Surface, rect: pygame.FRect, alpha: int = 255) -> None:
        """A surface in physical px, from the rectangle's top left corner."""
        if alpha <= 0:
            return
        surface.set_alpha(alpha)
        self.surface.blit(surface, self.rect(rect).topleft)

    def words(
        self, paragraph: Paragraph, x: float, y: float, *, width: float = 0.0, align: str = "left",
        alpha: int = 255, letters: int | None = None, colour: str | None = None,
    ) -> None:  # fmt: skip
        """A paragraph from its top left corner.

        `align` is left, centre or right within `width`; `letters` shows only the first of them;
        `colour` overrides that of all runs.
        """
        clip = self.surface.get_clip()
        for line in paragraph.lines:
            starts = [part.start for part in line.fragments] if letters is not None else []
            if letters is not None and starts and min(starts) >= letters:
                return
            shift = {"left": 0.0, "centre": 0.5, "right": 1.0}[align]
            left = x + ((width - line.width) * shift if shift else line.lead)
            top, bottom = y * self.scale, (y + line.height) * self.scale
            if bottom >= clip.top - line.height and top <= clip.bottom + line.height:
                for part in line.fragments:
                    ink = self.colour(colour or part.style.colour)
                    picture, baseline = self.text.surface(part, ink)
                    area = None
                    if letters is not None and letters < part.start + len(part.text):
                        if letters <= part.start:
                            continue
                        seen = self.text.prefix_width(part, letters - part.start)
                        hidden = round((part.width - seen) * self.scale) if part.right else 0
                        area = (hidden, 0, round(seen * self.scale), picture.get_height())
                    if alpha < 255:
                        picture.set_alpha(max(0, alpha))
                    at = (
                        round((left + part.x) * self.scale) + (area[0] if area else 0),
                        (round((y + line.ascent) * self.scale) - baseline),
                    )
                    self.surface.blit(picture, at, area)
                    if alpha < 255:
                        picture.set_alpha(255)  # None would switch blending off
            y += line.height


def _shrunk(large: pygame.Surface, size: tuple[int, int]) -> pygame.Surface:
    """Scaled down without dark edges.

    Scaling averages colour and alpha apart, so colours are weighted by their alpha meanwhile.
    Only edges have to be weighted back.
    """
    small = pygame.transform.smoothscale(large.premul_alpha(), size)
    data = bytearray(pygame.image.tobytes(small, "BGRA"))
    for edge in _EDGES.finditer(data[3::4]):
        for at in range(4 * edge.start(), 4 * edge.end(), 4):
            weight = data[at + 3]
            for k in range(at, at + 3):
                data[k] = min((data[k] * 255 + weight // 2) // weight, 255)
    return pygame.image.frombytes(bytes(data), size, "BGRA")
