"""Lines between the boxes of a machine: straight on the ladder's rungs, else along lanes.

What leads into one state runs together in one lane, as many rivers do, and is as wide there as all
of it. Lanes run left of the ladder, between the columns, and right of what stands beside it.
Units: px.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Protocol

from game.figures.place import Box
from game.figures.svg import Canvas, Point, polyline
from game.figures.text import measure

_LANE = 11.0
_THIN, _WIDE = 1.0, 5.0  # of a line that is gone seldom, and in addition of one always gone
_RIM = 3.0
_HEAD = 5.0
_RUNGS = (0.36, 0.66)  # where on a box the ways up and down stand
_NUMBER = "< 100 %"

Columns = tuple[list[int], list[int]]


class Way(Protocol):
    """What is drawn here of a way; see :class:`game.figures.machine_graph.Way`."""

    @property
    def source(self) -> int: ...

    @property
    def target(self) -> int: ...

    @property
    def share(self) -> float: ...

    @property
    def text(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Placed:
    """A box in its column: 0 the ladder, 1 beside it."""

    column: int
    box: Box


@dataclass(slots=True)
class _Lane:
    """All that leads into one state along one channel."""

    channel: int  # 0 left of the ladder, 1 between, 2 right
    target: int
    ways: list[Way] = field(default_factory=list)
    x: float = 0.0
    end: Point = (0.0, 0.0)
    starts: list[Point] = field(default_factory=list)


def room_for(ways: Sequence[Way], columns: Columns, size: float) -> tuple[float, float, float]:
    """The widths of the three channels, for text of this size."""
    lanes = _lanes(ways, columns)
    number = measure(_NUMBER, size) + 4
    counts = [sum(lane.channel == k for lane in lanes) for k in range(3)]
    sides = (1, 2, 1)
    widths = [sides[k] * number + (counts[k] + 1) * _LANE if counts[k] else 2.0 for k in range(3)]
    if not columns[1]:
        widths[1] = 2.0
    return widths[0], widths[1], widths[2]


def port_room(count: int, size: float) -> float:
    """The room that so many lines with their numbers above them take at the side of a box."""
    return count * (1.25 * size + _WIDE)


def draw_ways(
    canvas: Canvas,
    ways: Sequence[Way],
    columns: Columns,
    placed: Mapping[int, Placed],
    size: float,
) -> None:
    """All ways, those seldom gone below the others, each with its number where it begins."""
    lanes = _lanes(ways, columns)
    _spread(lanes, placed, size)
    for lane in sorted(lanes, key=lambda lane: sum(w.share for w in lane.ways)):
        _draw_lane(canvas, lane, placed, size)
    for way in ways:
        if _rung(way, columns):
            _draw_rung(canvas, way, placed, size)


def _rung(way: Way, columns: Columns) -> bool:
    """Whether a way leads to the next state of the ladder."""
    ladder = columns[0]
    if way.source not in ladder or way.target not in ladder:
        return False
    return abs(ladder.index(way.source) - ladder.index(way.target)) == 1


def _lanes(ways: Sequence[Way], columns: Columns) -> list[_Lane]:
    found: dict[tuple[int, int, bool], _Lane] = {}
    for way in ways:
        if _rung(way, columns):
            continue
        from_ladder, to_ladder = (end in columns[0] for end in (way.source, way.target))
        channel = 1 if from_ladder != to_ladder else 0 if to_ladder else 2
        lane = found.setdefault((channel, way.target, from_ladder), _Lane(channel, way.target))
        lane.ways.append(way)
    return list(found.values())


# --- where lines run ------------------------------------------------------------------------------


def _spread(lanes: Sequence[_Lane], placed: Mapping[int, Placed], size: float) -> None:
    """Give every lane its place, and every line its place on its boxes."""
    number = measure(_NUMBER, size) + 4
    for channel in range(3):
        here = [lane for lane in lanes if lane.channel == channel]
        here.sort(key=lambda lane: (_middle(placed, lane.target), lane.target))
        for k, lane in enumerate(here):
            step = (k + 1) * _LANE
            if channel == 1:
                lane.x = _edge(placed, 0, right=True) + number + step
            elif channel == 2:
                lane.x = _edge(placed, 1, right=True) + number + step
            else:
                lane.x = _edge(placed, 0, right=False) - number - step
    ports: dict[tuple[int, bool], list[tuple[float, _Lane, Way | None]]] = {}
    for lane in lanes:
        right = _right(lane.channel, placed[lane.target].column)
        far = sum(_middle(placed, w.source) for w in lane.ways) / len(lane.ways)
        ports.setdefault((lane.target, right), []).append((far, lane, None))
        for way in lane.ways:
            right = _right(lane.channel, placed[way.source].column)
            far = _middle(placed, lane.target)
            ports.setdefault((way.source, right), []).append((far, lane, way))
    places: dict[tuple[int, int], Point] = {}
    for (state, right), ends in ports.items():
        box = placed[state].box
        ends.sort(key=lambda end: (end[0], end[1].target, -1 if end[2] is None else end[2].source))
        spare = (box.bottom - box.top - port_room(len(ends), size)) / (len(ends) + 1)
        for k, (_, lane, line) in enumerate(ends):
            y = box.top + port_room(k + 1, size) + (k + 1) * spare - _THIN
            place = (box.right if right else box.left, y)
            if line is None:
                lane.end = place
            else:
                places[line.source, line.target] = place
    for lane in lanes:
        lane.starts = [places[w.source, w.target] for w in lane.ways]


def _right(channel: int, column: int) -> bool:
    """Whether lines of a channel end at the right of boxes in a column."""
    return channel == 2 or (channel == 1 and column == 0)


def _middle(placed: Mapping[int, Placed], state: int) -> float:
    box = placed[state].box
    return (box.top + box.bottom) / 2


def _edge(placed: Mapping[int, Placed], column: int, right: bool) -> float:
    box = next(p.box for p in placed.values() if p.column == column)
    return box.right if right else box.left


# --- drawing --------------------------------------------------------------------------------------


def _width(share: float) -> float:
    return _THIN + _WIDE * min(share, 1.0)


def _stroke(canvas: Canvas, points: Sequence[Point], share: float, colour: str, rim: bool) -> None:
    data, width = polyline(points), _width(share)
    if rim:
        canvas.path(data, canvas.theme.card, width + 2 * _RIM)
    else:
        canvas.path(data, colour, width, None if share > 0 else "3 4")


def _colour(canvas: Canvas, lane: _Lane, placed: Mapping[int, Placed]) -> str:
    """Off the ladder in plum, back to it in teal, along it muted; widths and heads say it too."""
    target, theme = placed[lane.target], canvas.theme
    if target.column == 1:
        return theme.error
    return theme.specific if lane.channel == 1 else theme.muted


def _draw_lane(canvas: Canvas, lane: _Lane, placed: Mapping[int, Placed], size: float) -> None:
    colour = _colour(canvas, lane, placed)
    pieces: list[tuple[list[Point], float]] = []
    for way, start in zip(lane.ways, lane.starts, strict=True):
        pieces.append(([start, (lane.x, start[1])], way.share))
    heights = sorted({lane.end[1], *(y for _, y in lane.starts)})
    for top, bottom in pairwise(heights):
        beyond = [
            way.share
            for way, (_, y) in zip(lane.ways, lane.starts, strict=True)
            if min(y, lane.end[1]) <= top and bottom <= max(y, lane.end[1])
        ]
        if beyond:
            pieces.append(([(lane.x, top), (lane.x, bottom)], sum(beyond)))
    total = sum(way.share for way in lane.ways)
    inward = 1 if lane.end[0] > lane.x else -1
    stop = (lane.end[0] - inward * (_HEAD + 1), lane.end[1])
    pieces.append(([(lane.x, lane.end[1]), stop], total))
    for rim in (True, False):
        for points, share in pieces:
            _stroke(canvas, points, share, colour, rim)
    _head(canvas, lane.end, (inward, 0), _width(total), colour)
    for way, (x, y) in zip(lane.ways, lane.starts, strict=True):
        left = x < lane.x
        at = y - _width(way.share) / 2 - 0.28 * size
        canvas.text(
            x + (3 if left else -3), at, way.text, size, canvas.theme.ink,
            anchor="start" if left else "end", halo=True,
        )  # fmt: skip


def _draw_rung(canvas: Canvas, way: Way, placed: Mapping[int, Placed], size: float) -> None:
    """A straight line to the next state of the ladder, its number beside it."""
    source, target = placed[way.source].box, placed[way.target].box
    up = target.top < source.top
    x = source.left + (source.right - source.left) * _RUNGS[0 if up else 1]
    start, end = (source.top, target.bottom) if up else (source.bottom, target.top)
    colour = canvas.theme.good if up else canvas.theme.muted
    way_down = -1 if up else 1
    _stroke(canvas, ((x, start), (x, end - way_down * (_HEAD + 1))), way.share, colour, False)
    _head(canvas, (x, end), (0, way_down), _width(way.share), colour)
    beside = x + _width(way.share) / 2 + _HEAD + 3
    canvas.text(beside, (start + end) / 2 + 0.36 * size, way.text, size, canvas.theme.ink)


def _head(canvas: Canvas, tip: Point, way: tuple[int, int], width: float, colour: str) -> None:
    """An arrow's head, wider than its line."""
    across, half = _HEAD + 1, max(_HEAD - 0.5, width / 2 + 2.5)
    x, y = tip[0] - way[0], tip[1] - way[1]
    back = (x - way[0] * across, y - way[1] * across)
    one = (back[0] + way[1] * half, back[1] + way[0] * half)
    two = (back[0] - way[1] * half, back[1] - way[0] * half)
    canvas.add("path", d=polyline(((x, y), one, two)) + "Z", fill=colour)
