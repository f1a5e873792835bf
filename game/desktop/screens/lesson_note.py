"""A note beside what it speaks of: the note itself, and the pointer drawn over everything.

The note has a place in the layout and so covers nothing. The pointer is only drawn: a ring round
what is meant, and a notch toward it where it lies next to the note, else a line in the margin.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from math import cos, pi, sin

import pygame

from game.desktop.canvas import Canvas
from game.desktop.layout import Column, Flow, Row
from game.desktop.text import BODY, LABEL
from game.desktop.widget import Size, Widget
from game.desktop.widgets import Button, Card, Label, RichText
from game.desktop.words import say

_NOTCH = 9.0  # px, how far it comes out, and half its width
_NEAR = 28.0  # px between a note and what a notch can point at
_OFF = 7.0  # px from what is ringed to its ring
_LANE = 9.0  # px from the outermost edge to the line in the margin
_BEND = 7.0  # px, radius of its bends
_ACROSS = 60.0  # px that it may cross on the way in; from further it comes in from below
_LINE, _DOT = 2.0, 4.0

Call = Callable[[], object]
Point = tuple[float, float]


class Note(Card):
    """One note. Without `go_on` it goes by being done, without `skip` it is the last one.

    `strip` is for a note across the window: its buttons stand beside the words.
    """

    role = "note"

    def __init__(
        self, text: str, count: str, *, go_on: Call | None, skip: Call | None, strip: bool
    ) -> None:
        self.words = RichText(text, BODY, grow=1)
        self.go_on = Button(
            say("lesson.go_on" if skip else "lesson.done"), go_on, kind="filled",
            visible=go_on is not None,
        )  # fmt: skip
        self.skip = Button(say("lesson.skip"), skip, kind="quiet", visible=skip is not None)
        number = Label(count, LABEL, grow=1)
        if strip:
            beside = Column(self.go_on, self.skip, gap=4, cross="end", main="centre")
            said = Column(number, self.words, gap=2, grow=1)
            parts: list[Widget] = [Row(said, beside, gap=18, cross="centre")]
        else:
            foot = Flow(self.go_on, gap=0, visible=go_on is not None)
            parts = [Row(number, self.skip, gap=8, cross="centre"), self.words, foot]
        super().__init__(*parts, fill="note", border="gold", padding=(14, 7, 10, 11), gap=4)
        self.name = self.words.text

    def draw(self, canvas: Canvas) -> None:
        canvas.card(self.rect, self.fill, self.border, self.radius, _line(canvas))


@dataclass(frozen=True, slots=True)
class Aim:
    """How a note points: the ring, and either a notch (its corners) or a line (its corners)."""

    ring: tuple[float, float, float, float]
    radius: float
    notch: tuple[Point, ...] = ()
    line: tuple[Point, ...] = ()

    def bounds(self) -> pygame.FRect:
        left, top, wide, high = self.ring
        around = pygame.FRect(self.ring)
        xs = [left, left + wide, *(x for x, _ in (*self.notch, *self.line))]
        ys = [top, top + high, *(y for _, y in (*self.notch, *self.line))]
        around = pygame.FRect(min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys))
        return around.inflate(4 * _DOT, 4 * _DOT)


def aim(note: pygame.FRect, meant: pygame.FRect, radius: float) -> Aim:
    """How a note at one place points at another."""
    ring = meant.inflate(2 * _OFF, 2 * _OFF)
    radius = min(radius, meant.height / 2)
    box = (ring.left, ring.top, ring.width, ring.height)
    inside = _NOTCH + min(radius, 2 * _NOTCH)
    left, right = max(note.left, ring.left) + inside, min(note.right, ring.right) - inside
    if left <= right:
        x = min(max(ring.centerx, left), right)
        below, above = ring.top - note.bottom, note.top - ring.bottom
        if -_OFF <= below <= _NEAR:
            return Aim(box, radius, notch=_notch(x, note.bottom, ring.top, 1.0))
        if -_OFF <= above <= _NEAR:
            return Aim(box, radius, notch=_notch(x, note.top, ring.bottom, -1.0))
    return Aim(box, radius, line=_lane(note, ring))


def _notch(x: float, base: float, far: float, way: float) -> tuple[Point, ...]:
    """A triangle from a note's edge at `base` toward `far`; `way` is 1 downwards, -1 upwards."""
    out = min(_NOTCH, max(5.0, (far - base) * way))
    return (x - _NOTCH, base), (x, base + way * out), (x + _NOTCH, base)


def _lane(note: pygame.FRect, ring: pygame.FRect) -> tuple[Point, ...]:
    """From a note's side along the nearer margin to the ring, or into it from below."""
    left, right = min(note.left, ring.left) - _LANE, max(note.right, ring.right) + _LANE
    to_left = note.left + ring.left - 2 * left <= 2 * right - note.right - ring.right
    lane = left if to_left else right
    start = note.left if to_left else note.right
    end = ring.left if to_left else ring.right
    if abs(end - lane) > _ACROSS:
        low = ring.bottom + _LANE
        return (
            (start, note.centery), (lane, note.centery), (lane, low), (ring.centerx, low),
            (ring.centerx, ring.bottom),
        )  # fmt: skip
    y = ring.top + min(ring.height / 2, 2 * _ACROSS)
    return (start, note.centery), (lane, note.centery), (lane, y), (end, y)


class Pointer(Widget):
    """Draws how the note of a layer points; takes no room and no input."""

    role = "pointer"

    def __init__(self) -> None:
        super().__init__()
        self._note: Note | None = None
        self._meant: Callable[[], Widget | None] = lambda: None
        self._drawn: Aim | None = None

    def point(self, note: Note | None, meant: Callable[[], Widget | None]) -> None:
        """Point from a note at a widget from now on; no note, no pointing."""
        self._note, self._meant = note, meant
        self._follow()

    def measure(self, width: float) -> Size:
        return 0.0, 0.0

    def hit(self, x: float, y: float) -> Widget | None:
        return None

    def layout(self) -> None:
        self._follow()

    @property
    def aimed(self) -> Aim | None:
        """How it points now; None while it does not, or nothing of what is meant is in view."""
        note, meant = self._note, self._meant()
        if note is None or meant is None or in_view(note) is None:
            return None
        seen = in_view(meant)
        return None if seen is None else aim(note.rect, seen, meant.radius)

    def _follow(self) -> None:
        """Have drawn again what has moved."""
        now = self.aimed if self.attached else None
        if now != self._drawn and self.attached:
            for one in (self._drawn, now):
                if one is not None:
                    self.root.damage(one.bounds())
        self._drawn = now

    def paint(self, canvas: Canvas) -> None:
        self._follow()  # what is meant may have been scrolled
        now = self._drawn
        if now is None or not self.visible or not canvas.sees(now.bounds()):
            return
        wide = _line(canvas)
        canvas.card(pygame.FRect(now.ring), None, "gold", now.radius + _OFF, wide)
        if now.notch:
            _draw_notch(canvas, now.notch)
        if now.line:
            for start, end in _stretches(now.line):
                canvas.line(start, end, "gold", wide)
            for bend in _bends(now.line):
                canvas.stroke(bend, "gold", wide)
            canvas.circle(*now.line[-1], _DOT, "gold")


def _line(canvas: Canvas) -> float:
    """How wide lines are, px."""
    return _LINE + 1.0 if canvas.palette.heavy else _LINE


def _draw_notch(canvas: Canvas, corners: tuple[Point, ...]) -> None:
    """The triangle open to its note: it covers the note's border there."""
    (x0, base), tip, (x1, _) = corners
    way = 1.0 if tip[1] > base else -1.0
    line = _line(canvas)
    inner = base - way * 2 * line
    high = abs(tip[1] - inner)
    fill, edge = canvas.colour("note"), canvas.colour("gold")

    def paint(large: pygame.Surface, px: float) -> None:
        large.fill((fill.r, fill.g, fill.b, 0))
        wide, deep = large.get_size()
        root, end = (0, deep) if way > 0 else (deep, 0)
        shoulder = 2 * line * px * way + root
        points = [(0, shoulder), (wide / 2, end - way * line * px), (wide, shoulder)]
        pygame.draw.polygon(large, fill, [(0, root), *points, (wide, root)])
        pygame.draw.lines(large, edge, False, points, max(1, round(line * px)))

    sprite = canvas.sprite(("notch", way, line, tuple(fill), tuple(edge)), x1 - x0, high, paint)
    canvas.image(sprite, pygame.FRect(x0, min(inner, tip[1]), x1 - x0, high))


def _stretches(line: tuple[Point, ...]) -> Iterator[tuple[Point, Point]]:
    """The straight parts between bends."""
    for k in range(len(line) - 1):
        first, last = k == 0, k == len(line) - 2
        start, end = line[k], line[k + 1]
        yield (
            start if first else _toward(start, end, _BEND),
            end if last else _toward(end, start, _BEND),
        )  # fmt: skip


def _bends(line: tuple[Point, ...]) -> Iterator[tuple[Point, ...]]:
    """Quarter circles round the corners."""
    for before, corner, after in zip(line, line[1:], line[2:], strict=False):
        start, end = _toward(corner, before, _BEND), _toward(corner, after, _BEND)
        middle = start[0] + end[0] - corner[0], start[1] + end[1] - corner[1]
        yield tuple(
            (
                middle[0] + (start[0] - middle[0]) * cos(t) + (end[0] - middle[0]) * sin(t),
                middle[1] + (start[1] - middle[1]) * cos(t) + (end[1] - middle[1]) * sin(t),
            )
            for t in (pi / 2 * k / 6 for k in range(7))
        )


def _toward(start: Point, end: Point, most: float) -> Point:
    """A point on the way to another, `most` px on or halfway."""
    far = abs(end[0] - start[0]) + abs(end[1] - start[1])
    share = min(0.5, most / far) if far else 0.0
    return start[0] + (end[0] - start[0]) * share, start[1] + (end[1] - start[1]) * share


def in_view(widget: Widget) -> pygame.FRect | None:
    """The part of a widget that can be seen; None where that is nothing."""
    if not widget.attached or not widget.visible:
        return None
    seen, at = pygame.FRect(widget.rect), widget
    while at.parent is not None:
        if at not in at.parent.shown_children() or not at.parent.visible:
            return None
        at = at.parent
        if at.role == "scroll":
            seen = seen.clip(at.rect)
    return seen if seen.width > 0 and seen.height > 0 else None
