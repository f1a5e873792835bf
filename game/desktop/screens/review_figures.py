"""The figures of a review: rasterised once a size, with the current move drawn on top."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Unpack

from game.desktop.canvas import Canvas
from game.desktop.input import Pointer
from game.desktop.text import BUTTON
from game.desktop.theme import PILL
from game.desktop.widget import Options, Size
from game.desktop.widgets.picture import SvgPicture
from game.figures.checks import LEAST_HEIGHT, LEAST_WIDTH
from game.figures.place import Box
from game.figures.spiral import Spiral, spiral, spiral_places
from game.figures.svg import Point, size_of
from game.figures.theme import Theme
from game.figures.worth_graph import WorthGraph, worth_graph, worth_places
from game.review.model import Review
from game.review.pictures import spiral_data, worth_data
from game.review.words import amount

Draw = Callable[[Size, Theme, float], str]  # size in logical px, colours, scale of the text
_RING = 9.0  # px about the current move
_SPEED = 14.0  # shares of the way that is left, a second


class Figure(SvgPicture):
    """A figure drawn for the size that its place has; `high` is the least, in px at 100 %.

    In a column that grows it takes the height that is there, else what it needs.
    """

    def __init__(self, draw: Draw, high: float, **options: Unpack[Options]) -> None:
        super().__init__("", fade=False, placeholder=False, **options)
        self._draw, self.high = draw, high
        self._drawn: tuple[object, ...] = ()
        self._of_size: dict[tuple[object, ...], str] = {}

    def draw_anew(self) -> None:
        """What it is drawn from has changed."""
        self._drawn = ()
        self._of_size.clear()
        self.relayout()

    def _figure(self, wide: float, high: float) -> str:
        ui = self.root.ui
        scale = ui.text.text_scale
        size = max(LEAST_WIDTH, round(wide, 1)), max(LEAST_HEIGHT, round(high, 1))
        key = (size, ui.palette.name, scale)
        if key not in self._of_size:
            if len(self._of_size) > 3:
                self._of_size.clear()
            self._of_size[key] = self._draw(size, ui.palette.figures, scale)
        return self._of_size[key]

    def measure(self, width: float) -> Size:
        if self.grow and self._visible:
            return width, self.high
        svg = self._figure(width, self.high * self.root.ui.text.text_scale)
        return (width, size_of(svg)[1]) if svg else (0.0, 0.0)

    def layout(self) -> None:
        ui, r = self.root.ui, self.rect
        key = (r.size, ui.palette.name, ui.text.text_scale)
        if key != self._drawn and r.width > 1 and r.height > 1:
            self._drawn = key
            self.svg = self._figure(r.width, r.height)
        super().layout()

    @property
    def _fit(self) -> tuple[float, float, float]:
        """Left, top and scale of the figure in the window."""
        wide, high = size_of(self.svg)
        scale = min(self.rect.width / wide, self.rect.height / high)
        left = self.rect.centerx - wide * scale / 2
        return left, self.rect.centery - high * scale / 2, scale


class WorthFigure(Figure):
    """What each moment was worth; the current move is marked, and a click goes to another."""

    def __init__(
        self, legend: bool, on_pick: Callable[[int], object] | None = None,
        **options: Unpack[Options],
    ) -> None:  # fmt: skip
        super().__init__(self._svg, 150.0, **options)
        self.legend, self.on_pick = legend, on_pick
        self.data: WorthGraph | None = None
        self.index = 0
        self._texts: tuple[str, ...] = ()
        self._known: tuple[Box, tuple[Point, ...]] | None = None
        self._at: float | None = None  # where the mark is on its way, in turns

    def show_review(self, review: Review) -> None:
        data = worth_data(review)
        if data is not None and not self.legend:  # what is marked is said beside the graph
            marks = tuple(replace(mark, label="") for mark in data.marks)
            data = replace(data, legend=(), marks=marks)
        self.data = data
        self._texts = tuple(amount(move.before) for move in review.moves)
        self.index = min(self.index, max(0, len(review.moves) - 1))
        self._known = None
        self.draw_anew()

    def point_at(self, index: int) -> None:
        """Mark another move, from 0."""
        if index == self.index:
            return
        if self._at is None:
            self._at = float(self.index)
        self.index = index
        self.invalidate()
        if self.attached and self.root.ui.motion:
            self.animate()
        else:
            self._at = None

    def tick(self, dt: float) -> bool:
        if self._at is None:
            return False
        self._at += (self.index - self._at) * min(1.0, _SPEED * dt)
        if abs(self.index - self._at) < 0.02:
            self._at = None
        self.invalidate()
        return self._at is not None

    def _svg(self, size: Size, theme: Theme, scale: float) -> str:
        if self.data is None:
            return ""
        self._known = worth_places(self.data, *size, scale)
        return worth_graph(self.data, theme, *size, scale)

    @property
    def wants_pointer(self) -> bool:
        return self.on_pick is not None and self.data is not None

    def on_pointer(self, event: Pointer) -> bool:
        if self.on_pick is None or self._known is None or not self.svg:
            return False
        held = event.kind == "move" and self.root.pressed is self
        if event.kind == "down" or held:
            left, _, scale = self._fit
            x = (event.x - left) / scale
            places = self._known[1]
            self.on_pick(min(range(len(places)), key=lambda i: abs(places[i][0] - x)))
        return event.kind in ("down", "up", "move")

    def draw(self, canvas: Canvas) -> None:
        super().draw(canvas)
        if self.data is None or self._known is None or not self.svg:
            return
        plot, places = self._known
        left, top, scale = self._fit
        x, y = _between(places, float(self.index) if self._at is None else self._at)
        x, y = left + x * scale, top + y * scale
        canvas.line((x, y + _RING), (x, max(y + _RING, top + plot.bottom * scale)), "ink", 1.5)
        canvas.circle(x, y, _RING, None, "ink", 2.5)  # what is marked there stays in view
        words = self.root.ui.text.layout(
            self._texts[self.index], 200.0, style=BUTTON.but(colour="on_ink", size=12.0)
        )
        wide, high = words.width + 14, words.height + 4
        at = min(max(x - wide / 2, self.rect.left), self.rect.right - wide)
        over = y - _RING - 3 - high
        if over < self.rect.top:
            over = y + _RING + 3
        place = self.rect.copy()
        place.update(at, over, wide, high)
        canvas.card(place, "ink", None, PILL)
        canvas.words(words, at, over + 2, width=wide, align="centre")


class SpiralFigure(Figure):
    """Circles and spiral, with a ring about the current turn."""

    def __init__(self, small: bool, **options: Unpack[Options]) -> None:
        super().__init__(self._svg, 150.0, **options)
        self.small = small
        self.data: Spiral | None = None
        self.turn: int | None = None  # at the table, from 0; None away from it
        self._places: tuple[Point, ...] = ()

    def show_review(self, review: Review) -> None:
        data = spiral_data(review)
        if data is not None and self.small:  # words have room in the large one only
            facts = tuple(replace(fact, label="") for fact in data.facts)
            marks = tuple(replace(mark, label="") for mark in data.marks)
            data = replace(data, legend=(), ring_names=(), facts=facts, marks=marks)
        self.data = data
        self._places = ()
        self.draw_anew()

    def point_at(self, turn: int | None) -> None:
        """Ring another turn."""
        if turn != self.turn:
            self.turn = turn
            self.invalidate()

    def _svg(self, size: Size, theme: Theme, scale: float) -> str:
        if self.data is None:
            return ""
        self._places = spiral_places(self.data, *size, scale)
        return spiral(self.data, theme, *size, scale)

    def draw(self, canvas: Canvas) -> None:
        super().draw(canvas)
        if not self.svg or self.turn is None or self.turn >= len(self._places):
            return
        left, top, scale = self._fit
        x, y = self._places[self.turn]
        canvas.circle(left + x * scale, top + y * scale, 11.0, None, "card", 5.0)
        canvas.circle(left + x * scale, top + y * scale, 10.0, None, "ink", 2.5)


def _between(places: tuple[Point, ...], turn: float) -> Point:
    """A place on the line between two turns."""
    turn = min(max(turn, 0.0), len(places) - 1.0)
    one = int(turn)
    two = min(one + 1, len(places) - 1)
    share = turn - one
    (x0, y0), (x1, y1) = places[one], places[two]
    return x0 + (x1 - x0) * share, y0 + (y1 - y0) * share
