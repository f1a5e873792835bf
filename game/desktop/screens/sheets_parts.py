"""What several sheets and pages are made of: figures by width, the line of worth, weights."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Unpack

import pygame

from game.desktop.canvas import Canvas
from game.desktop.layout import Column, Grid, Track, share
from game.desktop.text import BODY, LABEL, SMALL, STRONG
from game.desktop.theme import PILL
from game.desktop.widget import Options, Size, Widget
from game.desktop.widgets import Label, ProgressBar, RichText, Sheet, SvgPicture
from game.desktop.words import say
from game.figures.svg import size_of
from game.figures.theme import Theme

OnDone = Callable[[int | None], object]
MakeFigure = Callable[[Theme, float, float], str]
SCORE_COLOURS = ("specific", "gold", "good")  # as in the figures: yours, theirs, the relationship
_TICK = 22.0  # px, the line of worth without its words


def answering(sheet: Sheet, on_done: OnDone) -> OnDone:
    """A call that closes the sheet and answers; closed in any other way it answers None, once."""
    sheet.on_close = lambda: on_done(None)

    def answer(action: int | None) -> None:
        sheet.on_close = None
        sheet.close()
        on_done(action)

    return answer


def closing(sheet: Sheet) -> Widget | None:
    """The button that closes a sheet."""
    return next((w for w in sheet.panel.children[0].walk() if w.can_focus), None)


def pair(title: str, text: str) -> Widget:
    """A small heading and what it names."""
    return Column(Label(title, LABEL), RichText(text, BODY), gap=2)


def points(utility: float) -> int:
    """A utility in [0, 1] as it is read, 0 to 100."""
    return round(100 * utility)


class Beside(Grid):
    """Things beside each other, below each other where text is large."""

    def __init__(
        self, *children: Widget, tracks: Sequence[Track] | int = 2, fill: bool = False,
        gap: float = 16.0, **options: Unpack[Options],
    ) -> None:  # fmt: skip
        super().__init__(*children, tracks=tracks, fill=fill, gap=gap, **options)
        self._wide = self.tracks

    def attached_now(self) -> None:
        self.tracks = [share()] if self.root.ui.narrow else self._wide


class Figure(SvgPicture):
    """A figure drawn for the width that it gets: `make(theme, width, scale)` gives the SVG.

    Its height follows from its words; theme and text scale are followed by themselves.
    """

    def __init__(self, make: MakeFigure, **options: Unpack[Options]) -> None:
        super().__init__("", fade=False, **options)
        self.make = make
        self._made: dict[tuple[int, float, str], str] = {}

    def changed(self) -> None:
        """What it shows is another thing now."""
        self._made.clear()
        self.relayout()
        self.invalidate()

    def _drawn(self, width: float) -> str:
        ui = self.root.ui
        key = max(60, int(width)), ui.text.text_scale, ui.palette.name
        if key not in self._made:
            self._made[key] = self.make(ui.palette.figures, key[0], key[1])
        return self._made[key]

    def measure(self, width: float) -> Size:
        return width, size_of(self._drawn(width))[1]

    def least(self, width: float) -> float:
        return self.size(width)[1]

    def layout(self) -> None:
        self.svg = self._drawn(self.rect.width)
        self._ask()


class WorthLine(Widget):
    """What something is worth to you, from 0 to 1, and where you walk away.

    Below the walk-away the knob is hollow and has a notch, so that no colour has to tell.
    """

    role = "worth"

    def __init__(
        self, walkaway: float, worth: float | None = None, **options: Unpack[Options]
    ) -> None:
        super().__init__(**options)
        self.walkaway, self.worth = walkaway, worth

    @property
    def state_text(self) -> str:
        return "" if self.worth is None else str(points(self.worth))

    def set(self, worth: float | None) -> None:
        """Show another worth."""
        if worth != self.worth:
            self.worth = worth
            self.invalidate()

    def _words(self) -> str:
        return say("sheets.walkaway_at", value=points(self.walkaway))

    def measure(self, width: float) -> Size:
        return width, _TICK + 4 + self.root.ui.text.line_height(SMALL)

    def draw(self, canvas: Canvas) -> None:
        r = self.rect
        track = pygame.FRect(r.left + 10, r.top + 8, r.width - 20, 8)
        canvas.card(track, "track", None, PILL)
        edge = track.left + self.walkaway * track.width
        above = pygame.FRect(edge, track.top, track.right - edge, track.height)
        canvas.card(above, "comfort", None, PILL)
        canvas.line((edge, track.top - 6), (edge, track.bottom + 8), "ink", 2)
        words = self.root.ui.text.layout(self._words(), r.width, style=SMALL, most=1)
        left = min(max(r.left, edge - words.width / 2), r.right - words.width)
        canvas.words(words, left, r.top + _TICK + 3, colour="ink")
        if self.worth is None:
            return
        x, y = track.left + self.worth * track.width, track.centery
        if self.worth < self.walkaway:
            canvas.circle(x, y, 9, "card", "error", 3)
            canvas.stroke([(x - 4, y), (x + 4, y)], "error", 2.5)
        else:
            canvas.circle(x, y, 10, "specific", "card", 2.5)


def weights(
    shares: Sequence[float], names: Sequence[str], values: Sequence[str] | None = None
) -> Grid:
    """Three shares as bars: a name, how much of the whole it is, and the number."""
    cells: list[Widget] = []
    shown = values or [f"{points(part)} %" for part in shares]
    for part, name, number, colour in zip(shares, names, shown, SCORE_COLOURS, strict=True):
        cells.append(Label(name, BODY))
        bar = ProgressBar(part, colour, name=name)
        cells.append(Column(bar, padding=(0, 6)))
        cells.append(Label(number, STRONG, align_text="right"))
    return Grid(*cells, tracks=[share(1.25), share(1.5), share(0.55)], gap=8)


def score_names() -> list[str]:
    """The names of the three parts of a score, in their order."""
    return [say(f"sheets.part_{part}") for part in ("yours", "theirs", "relationship")]
