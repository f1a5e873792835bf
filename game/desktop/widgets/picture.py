"""Pictures from SVG: rendered elsewhere, a placeholder until then, and a soft change over."""

from __future__ import annotations

import re
from typing import Unpack

import pygame

from game.desktop.canvas import Canvas
from game.desktop.raster import Picture
from game.desktop.widget import Options, Size, Widget
from game.looks.drawings import Drawing, Source

_FADE = 0.2  # seconds
_VIEW = re.compile(r'viewBox="\s*[-\d.]+[ ,]+[-\d.]+[ ,]+([\d.]+)[ ,]+([\d.]+)')


def aspect(source: Source) -> float:
    """Width over height of a picture; of one as SVG from its view box, 1 where it has none."""
    return _aspect(source) if isinstance(source, str) else source.aspect


def _aspect(svg: str) -> float:
    found = _VIEW.search(svg[:2000])
    return float(found[1]) / float(found[2]) if found and float(found[2]) else 1.0


class SvgPicture(Widget):
    """A picture as large as its place allows, in the middle of it: SVG, or a :class:`Drawing`.

    An empty one shows nothing.
    `fade` lets a new picture appear over the old one, unless motion is not wanted. `cover` fills
    the place and cuts what is too much instead; with a `radius` (px) its corners are round then.
    """

    role = "picture"

    def __init__(
        self, picture: Source = "", *, fade: bool = True, cover: bool = False,
        placeholder: bool = True, radius: float = 0.0, **options: Unpack[Options],
    ) -> None:  # fmt: skip
        super().__init__(**options)
        self.svg = picture if isinstance(picture, str) else ""
        self.drawing: Drawing | None = None if isinstance(picture, str) else picture
        self.fade, self.cover, self.placeholder, self.radius = fade, cover, placeholder, radius
        self._asked: Picture | None = None
        self._now: pygame.Surface | None = None
        self._before: pygame.Surface | None = None
        self._since = _FADE
        self._fitted: pygame.Surface | None = None  # the old picture in a new size, meanwhile
        self._rounded: dict[tuple[int, tuple[int, int]], pygame.Surface] = {}

    def show(self, svg: str) -> None:
        """Show another picture; the old one stays until the new one is there."""
        if svg != self.source:
            other = aspect(svg) != aspect(self.source)
            self.svg, self.drawing = svg, None
            if other:
                self.relayout()
            self._ask()

    @property
    def source(self) -> Source:
        """What is shown."""
        return self.drawing if self.drawing is not None else self.svg

    def prepare(self, svg: str) -> None:
        """Have a picture rendered that will be shown soon."""
        wide, high = self._pixels(svg)
        if svg and wide:
            self.root.ui.raster.request(svg, wide, high)

    @property
    def ready(self) -> bool:
        """Whether what is asked for is shown (or never can be)."""
        return not self.source or (self._asked is not None and self._asked.done)

    def measure(self, width: float) -> Size:
        if not self.source:
            return 0.0, 0.0
        wide = min(width, 4096.0)
        return wide, wide / aspect(self.source)

    def least(self, width: float) -> float:
        return self.height or self.min_height  # a picture may become smaller

    def layout(self) -> None:
        self._ask()

    def _pixels(self, source: Source) -> tuple[int, int]:
        scale, shape = self.root.ui.text.scale, aspect(source)
        wide, high = self.rect.width * scale, self.rect.height * scale
        if (wide / shape > high) is not self.cover:
            wide = high * shape
        return max(0, round(wide)), max(0, round(wide / shape))

    def _ask(self) -> None:
        if not self.attached or self.rect.width < 1 or self.rect.height < 1:
            return
        if not self.source:
            self._asked = self._now = self._before = None
            self.invalidate()
            return
        asked = self.root.ui.raster.request(self.source, *self._pixels(self.source))
        if asked is not self._asked:
            if self._asked is not None and not self._asked.done:
                self._asked.cancel()
            self._asked = asked
            asked.then(lambda: self._arrived(asked))

    def _arrived(self, picture: Picture) -> None:
        if picture is not self._asked or not self.attached:
            return
        same = (
            self._now is not None
            and picture.surface is not None
            and (self._now.get_size() == picture.surface.get_size())
        )
        self._before = self._now if same else None
        self._now, self._fitted = picture.surface, None
        self._rounded.clear()
        if self.fade and self.root.ui.motion and self._before is not None:
            self._since = 0.0
            self.animate()
        self.invalidate()

    def tick(self, dt: float) -> bool:
        self._since += dt
        self.invalidate()
        if self._since >= _FADE:
            self._before = None
            return False
        return True

    def draw(self, canvas: Canvas) -> None:
        if self._now is None:
            if self.placeholder and self.source:
                canvas.card(self.rect, "track", None, 8)
            return
        with canvas.clip(self.rect):
            if self._before is not None:
                done = min(1.0, self._since / _FADE)
                # The old one goes late: both half seen would let the ground shine through.
                self._put(canvas, self._before, round(255 * min(1.0, 2 - 2 * done)))
                self._put(canvas, self._now, round(255 * done))
            else:
                self._put(canvas, self._now, 255)

    def _put(self, canvas: Canvas, surface: pygame.Surface, alpha: int) -> None:
        wanted = self._pixels(self.source)
        waiting = surface is self._now and self._asked is not None and not self._asked.done
        if waiting and abs(surface.get_width() - wanted[0]) > 1:
            # The window was resized: the right size is under way.
            if self._fitted is None or self._fitted.get_size() != wanted:
                self._fitted = pygame.transform.smoothscale(surface, wanted)
            surface = self._fitted
        if self.cover and self.radius:
            canvas.image(self._cut(canvas, surface), self.rect, alpha)
            return
        wide, high = surface.get_width() / canvas.scale, surface.get_height() / canvas.scale
        left, top = self.rect.centerx - wide / 2, self.rect.centery - high / 2
        canvas.image(surface, pygame.FRect(left, top, wide, high), alpha)

    def _cut(self, canvas: Canvas, surface: pygame.Surface) -> pygame.Surface:
        """The middle of a picture, as large as the widget, with round corners."""
        size = canvas.rect(self.rect).size
        key = (id(surface), size)
        found = self._rounded.get(key)
        if found is None:
            found = pygame.Surface(size, pygame.SRCALPHA)
            place = surface.get_rect(center=(size[0] // 2, size[1] // 2))
            found.blit(surface, place)
            mask = canvas.rounded(size, self.radius)
            found.blit(mask, (0, 0), special_flags=pygame.BLEND_RGBA_MULT)
            if len(self._rounded) > 3:
                self._rounded.clear()
            self._rounded[key] = found
        return found
