"""The buyer in the place: a room behind, the people, the table before them, light by the hour.

The layers of a scene (:mod:`game.looks`) are rendered by the worker and put together here once for
every state; a frame draws one finished picture.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Unpack

import pygame

from game.desktop.canvas import Canvas
from game.desktop.raster import Picture
from game.desktop.text import SMALL, Paragraph, Run, TextStyle
from game.desktop.widget import Options, Size, Widget
from game.looks.drawings import PersonLayer, Place, PlaceLayer
from game.looks.people import Look, Sitter
from game.looks.scene import LIFT, Scene, middle, size

_FADE = 0.28  # seconds from one face to the next
_RENDERED = 0.3  # seconds until the faces of a first blink are there
_BLINK = 0.13  # seconds the eyes are shut
# Seconds from one blink to the next: uneven, and the same every time.
_BLINKS = (3.4, 4.9, 2.7, 5.6, 3.9, 0.5, 4.4)
_PLATE = TextStyle("sans-bold", 15, leading=1.3)
_SMALL = SMALL.but(size=12.0, leading=1.25)
_KEPT = 8  # finished pictures


@lru_cache(maxsize=2)
def _rounded(wide: int, high: int, radius: int) -> pygame.Surface:
    """White with round corners that are left out, in physical px."""
    mask = pygame.Surface((wide * 2, high * 2), pygame.SRCALPHA)
    pygame.draw.rect(mask, "white", mask.get_rect(), border_radius=2 * radius)
    return pygame.transform.smoothscale(mask, (wide, high))


class Stage(Widget):
    """Draws a :class:`Scene`; `show` changes it softly. With `plates` names stand on the table."""

    role = "stage"

    def __init__(
        self, scene: Scene, *, plates: bool = True, radius: float = 16.0,
        **options: Unpack[Options],
    ) -> None:  # fmt: skip
        super().__init__(**options)
        self.scene, self.plates, self.radius = scene, plates, radius
        self.shut = False  # eyes, for the length of a blink
        self._back: Picture | None = None
        self._front: Picture | None = None
        self._people: list[tuple[Picture, Picture]] = []  # body and hands
        self._blinkers: list[Picture] = []  # bodies with their eyes shut
        self._now: pygame.Surface | None = None
        self._before: pygame.Surface | None = None
        self._since = _FADE
        self._blinks = 0
        self._blinking = False
        self._chain = 0
        self._made: dict[tuple[object, ...], pygame.Surface] = {}

    @property
    def accessible_name(self) -> str:
        return self.name or ", ".join(one.name for one in self.scene.sitters)

    @property
    def state_text(self) -> str:
        """How everybody looks, in the words of the looks; the notices say it to people."""
        looks = [sitter.look for sitter in self.scene.sitters]
        return ", ".join(f"{look.expression.value} {look.posture.value}" for look in looks)

    # --- changing ---------------------------------------------------------------------------

    def show(self, scene: Scene) -> None:
        """Show another state; the old one stays until its pictures are there."""
        if scene != self.scene:
            names = [s.id for s in self.scene.sitters] != [s.id for s in scene.sitters]
            self.scene = scene
            if self.visible:  # else it asks when it is seen again
                self._ask()
            if names:
                self.relayout()
            self.invalidate()

    def look(self, buyer: str, look: Look) -> None:
        """Give one person another look."""
        sitters = tuple(
            replace(s, look=look) if s.id == buyer else s for s in self.scene.sitters
        )  # fmt: skip
        self.show(replace(self.scene, sitters=sitters))

    def speak(self, buyer: str) -> None:
        """Somebody speaks now; "" nobody."""
        self.show(replace(self.scene, speaker=buyer))

    # --- pictures ---------------------------------------------------------------------------

    def measure(self, width: float) -> Size:
        return width, min(400.0, width * 1.09)

    def least(self, width: float) -> float:
        return self.height or max(self.min_height, 120.0)

    def layout(self) -> None:
        self._ask()
        if not self._blinking:
            self._blinking = True
            self._later(self._chain)

    def attached_now(self) -> None:
        self._chain += 1  # timers of before may be lost or not: these eyes begin anew
        self._blinking = self.shut = False

    def _size(self) -> tuple[int, int]:
        scale = self.root.ui.text.scale
        return max(1, round(self.rect.width * scale)), max(1, round(self.rect.height * scale))

    def _ask(self) -> None:
        """Ask for all layers in the size of now."""
        if not self.attached or self.rect.width < 40 or self.rect.height < 40:
            return
        raster, scene, (wide, high) = self.root.ui.raster, self.scene, self._size()
        w, h = round(self.rect.width), round(self.rect.height)
        place = Place(scene.kind, scene.hour, w, h, scene.seed)
        before = self._asked()
        self._back = raster.request(PlaceLayer(place), wide, high)
        self._front = raster.request(PlaceLayer(place, front=True), wide, high)
        self._people, self._blinkers = [], []
        for sitter in scene.sitters:
            size = self._person_size(sitter)
            body, hands = PersonLayer(sitter.drawn), PersonLayer(sitter.drawn, hands=True)
            self._people.append(
                (raster.request(body, size, size), raster.request(hands, size, size))
            )
        wanted = self._asked()
        for old in before:
            if not old.done and old not in wanted:
                old.cancel()
        for picture in wanted:
            picture.then(self._arrived)
        self._arrived()

    def _person_size(self, sitter: Sitter) -> int:
        """Physical px; whoever speaks among several is a little larger."""
        lifted = len(self.scene.sitters) > 1 and sitter.id == self.scene.speaker
        share = size(len(self.scene.sitters)) * (LIFT if lifted else 1.0)
        return round(self._size()[1] * share)

    def _ask_shut(self) -> None:
        """Ask for the faces of a blink, which nobody waits for."""
        for sitter in self.scene.sitters if not self._blinkers else ():
            size = self._person_size(sitter)
            closed = PersonLayer(sitter.drawn, shut=True)
            picture = self.root.ui.raster.request(closed, size, size)
            self._blinkers.append(picture)

    def _asked(self) -> list[Picture]:
        places = [picture for picture in (self._back, self._front) if picture is not None]
        return [*places, *(one for both in self._people for one in both), *self._blinkers]

    @property
    def ready(self) -> bool:
        """Whether everything that is to be seen has been rendered (or never will be)."""
        if self._back is None or self._front is None:
            return False
        asked = [self._back, self._front, *(one for both in self._people for one in both)]
        return all(picture.done for picture in asked)

    def _arrived(self) -> None:
        if not self.attached or not self.ready:
            return
        made = self._composed()
        if made is self._now:
            return
        same = self._now is not None and self._now.get_size() == made.get_size()
        soft = same and self.root.ui.motion and not self.shut and not self._was_shut(self._now)
        self._before = self._now if soft else None
        self._now, self._since = made, 0.0
        if soft:
            self.animate()
        self.invalidate()

    def _was_shut(self, surface: pygame.Surface | None) -> bool:
        return any(key[0] is True for key, known in self._made.items() if known is surface)

    # --- putting together -------------------------------------------------------------------

    def _composed(self) -> pygame.Surface:
        """The layers over each other with round corners, made once a state."""
        assert self._back is not None and self._front is not None
        ready = self._blinkers and all(p.surface is not None for p in self._blinkers)
        shut = bool(self.shut and ready)
        bodies = self._blinkers if shut else [body for body, _ in self._people]
        hands = [hand for _, hand in self._people]
        pictures = [self._back, *bodies, *hands, self._front]
        key = (shut, self.scene.speaker, self._size(), *(id(p.surface) for p in pictures))
        found = self._made.get(key)
        if found is None:
            found = self._drawn([p.surface for p in bodies], [p.surface for p in hands])
            if len(self._made) >= _KEPT:
                self._made.pop(next(iter(self._made)))
            self._made[key] = found
        return found

    def _drawn(
        self, bodies: Sequence[pygame.Surface | None], hands: Sequence[pygame.Surface | None]
    ) -> pygame.Surface:
        wide, high = self._size()
        made = pygame.Surface((wide, high), pygame.SRCALPHA)
        made.fill(self.root.ui.palette.colour("track"))
        sitters = self.scene.sitters
        order = sorted(range(len(sitters)), key=lambda i: sitters[i].id == self.scene.speaker)

        def put(layer: pygame.Surface | None, middle: float = 0.5) -> None:
            if layer is not None:
                x = middle * wide - layer.get_width() / 2
                made.blit(layer, (round(x), high - layer.get_height()))

        put(self._back.surface if self._back is not None else None)
        for i in order:
            put(bodies[i], self._middle(i))
        put(self._front.surface if self._front is not None else None)
        for i in order:
            put(hands[i], self._middle(i))
        radius = max(1, round(self.radius * self.root.ui.text.scale))
        made.blit(_rounded(wide, high, radius), (0, 0), special_flags=pygame.BLEND_RGBA_MULT)
        return made

    def _middle(self, index: int) -> float:
        """Where a person sits across the picture, 0 to 1."""
        shape = self.rect.height / max(1.0, self.rect.width)
        return middle(index, len(self.scene.sitters), shape)

    # --- time -------------------------------------------------------------------------------

    def tick(self, dt: float) -> bool:
        self._since += dt
        self.invalidate()
        if self._since >= _FADE:
            self._before = None
            return False
        return True

    def _later(self, chain: int) -> None:
        self._blinks += 1
        self.after(_BLINKS[self._blinks % len(_BLINKS)], lambda: self._blink(chain))

    def _blink(self, chain: int) -> None:
        if chain != self._chain:
            return
        if self.root.ui.motion and self.visible and self._people and not self._blinkers:
            self._ask_shut()
            self.after(_RENDERED, lambda: self._blink(chain))
            return
        if self.root.ui.motion and self.visible and self._before is None and self._people:
            self.shut = True
            self._arrived()
            self.after(_BLINK, lambda: self._open(chain))
        else:
            self._later(chain)

    def _open(self, chain: int) -> None:
        if chain == self._chain:
            self.shut = False
            self._arrived()
            self._later(chain)

    # --- drawing ----------------------------------------------------------------------------

    def draw(self, canvas: Canvas) -> None:
        if self._now is None:
            canvas.card(self.rect, "track", None, self.radius)
        elif self._before is not None:
            share = min(1.0, self._since / _FADE)
            canvas.image(self._before, self.rect)
            canvas.image(self._now, self.rect, round(255 * share))
        else:
            canvas.image(self._now, self.rect)
        canvas.card(self.rect, None, "line", self.radius)
        if self.plates:
            self._draw_plates(canvas)

    def _plate(self, sitter: Sitter, room: float) -> list[Paragraph]:
        """Name and role: in one go for one person, each in one line for two."""
        text, count = self.root.ui.text, len(self.scene.sitters)
        name = Run(sitter.name, _PLATE)
        if count == 1:
            role = [Run(" \u2002" + sitter.role, SMALL)] if sitter.role else []
            return [text.layout([name, *role], room, most=3)]
        lines = [text.layout([name], room, most=1)]
        if sitter.role and count == 2:
            below = text.layout(sitter.role, room, style=_SMALL, most=1)
            lines += [] if below.cut else [below]
        return lines

    def _draw_plates(self, canvas: Canvas) -> None:
        """Names on the table's edge; whoever speaks is framed in ink."""
        count = len(self.scene.sitters)
        for i, sitter in enumerate(self.scene.sitters):
            room = (self.rect.width - 32) / count - 24 - (8 if count > 1 else 0)
            words = self._plate(sitter, room)
            wide = max(line.width for line in words) + 26
            high = sum(line.height for line in words) + 14
            x = self.rect.left + self._middle(i) * self.rect.width - wide / 2
            x = min(max(x, self.rect.left + 10), self.rect.right - wide - 10)
            place = pygame.FRect(x, self.rect.bottom - high - 10, wide, high)
            speaks = count > 1 and sitter.id == self.scene.speaker
            canvas.card(place, "card", "ink" if speaks else "line", 10, 2.0 if speaks else 0.0)
            y = place.top + 7
            for line in words:
                canvas.words(line, place.left + 13, y, width=place.width - 26, align="centre")
                y += line.height
