"""Meetings along a line of time, the days between them, and the flight that ends one."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from math import sqrt

from game.figures.checks import frame, within
from game.figures.place import Box
from game.figures.plane import draw_plane
from game.figures.svg import Canvas
from game.figures.text import Block, wrap
from game.figures.theme import Theme

_SIZE = 12.0  # px of the text at scale 1
_PAD = 8.0  # px round the words in a box
_LINK = 22.0  # px, the shortest line between two meetings
_PLANE = 9.0  # px, half the length of the plane
_LINES = 6  # of a meeting's words, where boxes stand under one another and may be as high
_FOOT = 11.0  # px under the words of a box, for its turns


class When(StrEnum):
    PAST = "past"
    NOW = "now"
    AHEAD = "ahead"


@dataclass(frozen=True, slots=True)
class CalendarMeeting:
    """A meeting of so many turns; `gap` is read on the way from the one before, `gap_days` drawn.

    `flight_turn` (counted from 1) is the turn after which a flight leaves; a movable one is
    dashed, a final one is not.
    """

    label: str
    note: str
    when: When
    turns: int
    gap: str = ""
    gap_days: float = 0.0
    flight: str = ""
    flight_turn: int | None = None
    movable: bool = True


@dataclass(frozen=True, slots=True)
class Calendar:
    title: str
    desc: str
    meetings: tuple[CalendarMeeting, ...]

    def __post_init__(self) -> None:
        if not self.meetings:
            raise ValueError("meetings is empty")
        for meeting in self.meetings:
            within("turns", meeting.turns, 1, 1000)
            within("gap_days", meeting.gap_days, 0, 36_500)
            if meeting.flight_turn is not None:
                within("flight_turn", meeting.flight_turn, 1, meeting.turns)


@dataclass(frozen=True, slots=True)
class _Words:
    """The words of one meeting, wrapped."""

    label: Block
    note: Block
    gap: Block
    flight: Block

    @property
    def inside(self) -> float:
        return self.label.height + self.note.height


def _words(meeting: CalendarMeeting, wide: float, gap: float, size: float, most: int = 2) -> _Words:
    return _Words(
        wrap(meeting.label, wide - 2 * _PAD, size, bold=True, most=most),
        wrap(meeting.note, wide - 2 * _PAD, 0.92 * size, most=most),
        wrap(meeting.gap, gap, 0.92 * size, most=most),
        wrap(meeting.flight, wide, 0.92 * size, most=most),
    )


def calendar(data: Calendar, theme: Theme, width: float, height: float, scale: float = 1.0) -> str:
    """The calendar as SVG, `width` px wide and at least `height` px high; `scale` is the text's.

    It runs to the right where the words have room, else downwards.
    """
    frame(width, height, scale)
    size = _SIZE * scale
    across = _across(data, theme, width, height, size)
    return across or _down(data, theme, width, height, size)


def _across(data: Calendar, theme: Theme, width: float, height: float, size: float) -> str | None:
    """Boxes side by side; None when their words would be cut."""
    count, flies = len(data.meetings), any(m.flight_turn is not None for m in data.meetings)
    links = [
        max(wrap(m.gap, 7 * size, 0.92 * size).width + 10, _LINK + min(0.8 * sqrt(m.gap_days), 20))
        for m in data.meetings[1:]
    ]
    wide = min((width - 2 - sum(links)) / count, 16 * size)
    if wide < 8 * size:
        return None
    words = [_words(m, wide, 7 * size, size) for m in data.meetings]
    if any(_cut(m, w) for m, w in zip(data.meetings, words, strict=True)):
        return None
    canvas = Canvas(theme)
    top = max(w.flight.height for w in words) + (2 * _PLANE if flies else 0.0) + 2
    high = max(w.inside for w in words) + 2 * _PAD + _FOOT
    over = max([0.0, *(w.gap.height - high / 2 for w in words)])
    spare = max(0.0, height - top - over - high - 2) / 2
    top += over + spare
    x = 1.0
    for i, (meeting, said) in enumerate(zip(data.meetings, words, strict=True)):
        if i:
            middle = top + high / 2
            canvas.line((x, middle), (x + links[i - 1], middle), theme.muted, 1.4, "1 4")
            box = Box(x, middle - said.gap.height - 2, x + links[i - 1], middle)
            canvas.block(box, said.gap, theme.muted, "middle")
            x += links[i - 1]
        _meeting(canvas, meeting, said, Box(x, top, x + wide, top + high))
        x += wide
    return canvas.document(width, max(height, top + high + 2), data.title, data.desc)


def _down(data: Calendar, theme: Theme, width: float, height: float, size: float) -> str:
    """Boxes under one another, the days between them beside the line."""
    canvas = Canvas(theme)
    wide = width - 2
    y = 1.0
    for i, meeting in enumerate(data.meetings):
        said = _words(meeting, wide, wide - 30, size, _LINES)
        if i:
            link = max(said.gap.height + 8, _LINK)
            flight = said.flight.height + 2 * _PLANE + 2 if meeting.flight_turn is not None else 0
            canvas.line((20, y), (20, y + link + flight), theme.muted, 1.4, "1 4")
            top = y + (link - said.gap.height) / 2
            canvas.block(Box(30.0, top, wide, top), said.gap, theme.muted)
            y += link
        if meeting.flight_turn is not None:
            y += said.flight.height + 2 * _PLANE + 2
        high = said.inside + 2 * _PAD + _FOOT
        _meeting(canvas, meeting, said, Box(1.0, y, 1 + wide, y + high))
        y += high
    return canvas.document(width, max(height, y + 2), data.title, data.desc)


def _cut(meeting: CalendarMeeting, said: _Words) -> bool:
    """Whether some of a meeting's words are missing."""
    return not (
        said.label.says(meeting.label)
        and said.note.says(meeting.note)
        and said.gap.says(meeting.gap)
        and said.flight.says(meeting.flight)
    )


def _meeting(canvas: Canvas, meeting: CalendarMeeting, said: _Words, box: Box) -> None:
    """A box: full rim now, thin when past, dashed ahead; its turns as a scale at the bottom."""
    theme = canvas.theme
    now, ahead = meeting.when is When.NOW, meeting.when is When.AHEAD
    canvas.add(
        "rect", x=box.left, y=box.top, width=box.right - box.left, height=box.bottom - box.top,
        rx=8, fill=theme.paper if meeting.when is When.PAST else theme.card,
        stroke=theme.ink if now else theme.muted, stroke_width=2.0 if now else 1.0,
        stroke_dasharray="4 4" if ahead else None,
    )  # fmt: skip
    text = Box(box.left + _PAD, box.top + _PAD, box.right - _PAD, box.bottom)
    canvas.block(text, said.label, theme.ink)
    under = Box(text.left, text.top + said.label.height, text.right, box.bottom)
    canvas.block(under, said.note, theme.muted)
    y, wide = box.bottom - 7, (text.right - text.left) / meeting.turns
    for i in range(1, meeting.turns) if wide >= 4 else ():
        canvas.line((text.left + i * wide, y - 2), (text.left + i * wide, y + 2), theme.line)
    canvas.line((text.left, y), (text.right, y), theme.line, 1.4)
    if meeting.flight_turn is not None:
        _flight(canvas, meeting, said.flight, box, text.left + meeting.flight_turn * wide)


def _flight(canvas: Canvas, meeting: CalendarMeeting, said: Block, box: Box, x: float) -> None:
    """A line through the box at the flight's turn, a plane above it, the words above that."""
    theme = canvas.theme
    x = min(max(x, box.left + _PLANE), box.right - _PLANE)
    dash = "3 3" if meeting.movable else None
    canvas.line((x, box.top - 3), (x, box.top), theme.ink, 1.6)
    canvas.line((x, box.bottom - 12), (x, box.bottom - 2), theme.ink, 1.6, dash)
    middle = box.top - 3 - _PLANE
    draw_plane(canvas, x, middle, _PLANE, theme.ink)
    bottom = middle - _PLANE + 2
    left = min(max(x - said.width / 2, box.left), box.right - said.width)
    place = Box(left, bottom - said.height, left + said.width, bottom)
    canvas.block(place, said, theme.ink, "middle", halo=True)
