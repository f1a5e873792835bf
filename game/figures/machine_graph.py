"""The trust-state machine: its states as boxes, and how often each way between them is gone.

Where there is room, the ladder climbs on the left, the states beside it stand on the right, and
every way is a line as wide as it is frequent; ways that are never gone are dashed. Where there is
not, each box lists its ways out. Units: px.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from game.figures.checks import frame, within
from game.figures.machine_routes import Placed, draw_ways, port_room, room_for
from game.figures.place import Box
from game.figures.svg import Canvas
from game.figures.text import LINE, Block, ellipsis, measure, wrap
from game.figures.theme import Theme

_SIZE = 11.0  # px of the text at scale 1
_NAME = 13.0
_MARGIN = 18.0
_PAD = 9.0
_LEAST_BOX = 150.0  # at scale 1; narrower ones list their ways instead
_MOST_BOX = 300.0
_RUNG, _APART = 34.0, 16.0  # between boxes of the ladder, and beside it
_MOST_LINES = 4


@dataclass(frozen=True, slots=True)
class GraphState:
    """A box. `lines` say what the state unlocks; `note` stands beside its name."""

    name: str
    lines: tuple[str, ...]
    note: str = ""
    ladder: bool = False
    ends: bool = False
    start: bool = False


@dataclass(frozen=True, slots=True)
class Way:
    """From one state to another (indices); `share` is that of the games in which it was gone."""

    source: int
    target: int
    share: float
    text: str


@dataclass(frozen=True, slots=True)
class MachineGraph:
    """States of the ladder come lowest first."""

    title: str
    desc: str
    states: tuple[GraphState, ...]
    ways: tuple[Way, ...]

    def __post_init__(self) -> None:
        if not self.states:
            raise ValueError("a machine without states")
        for way in self.ways:
            within("share", way.share, 0.0, 1.0)
            for end in (way.source, way.target):
                within("way", end, 0, len(self.states) - 1)
            if way.source == way.target:
                raise ValueError("a way leads from a state to itself")
        if len({(w.source, w.target) for w in self.ways}) < len(self.ways):
            raise ValueError("two ways between the same states")


def machine_graph(
    data: MachineGraph,
    theme: Theme,
    width: float,
    height: float,
    scale: float = 1.0,
    ground: bool = False,
) -> str:
    """The machine as SVG, `width` px wide and at least `height` px high; `scale` is the text's.

    `ground` puts a card under it, with a margin around, for a file of its own.
    """
    frame(width, height, scale)
    canvas, size = Canvas(theme), _SIZE * scale
    columns = _columns(data)
    channels = room_for(data.ways, columns, size)
    box = (width - sum(channels) - 2) / 2
    if not columns[1]:
        box = width - sum(channels) - 2
    if box < _LEAST_BOX * scale:
        bottom = _listed(canvas, data, columns, width, scale)
    else:
        bottom = _drawn(canvas, data, columns, (min(box, _MOST_BOX * scale), width), scale)
    height = max(height, bottom + 2)
    margin = _MARGIN if ground else 0.0
    if ground:
        canvas.ground(width, height, margin)
    return canvas.document(width, height, data.title, data.desc, margin)


def _columns(data: MachineGraph) -> tuple[list[int], list[int]]:
    """The ladder from its top, and what stands beside it, ends last."""
    ladder = [i for i, s in enumerate(data.states) if s.ladder]
    beside = [i for i, s in enumerate(data.states) if not s.ladder]
    return ladder[::-1], sorted(beside, key=lambda i: data.states[i].ends)


@dataclass(frozen=True, slots=True)
class _Words:
    """What stands in a box, broken into lines."""

    name: Block
    note: str
    lines: tuple[Block, ...]
    lead: float  # room before the name, for the sign of the start
    top: float  # height of the row that the name and the note share

    @property
    def height(self) -> float:
        return self.top + sum(b.height for b in self.lines) + 2 * _PAD


def _words(state: GraphState, wide: float, scale: float) -> _Words:
    size, inner = _SIZE * scale, wide - 2 * _PAD
    note = ellipsis(state.note, 0.5 * inner, size)
    lead = _NAME * scale if state.start else 0.0
    room = inner - lead - (measure(note, size) + 0.8 * size if note else 0.0)
    name = wrap(state.name, room, _NAME * scale, bold=True)
    return _Words(
        name=name,
        note=note,
        lead=lead,
        top=max(name.height, LINE * _NAME * scale if note else 0.0),
        lines=tuple(wrap(line, inner, size, most=_MOST_LINES) for line in state.lines),
    )


def _fill(canvas: Canvas, state: GraphState, words: _Words, box: Box, scale: float) -> float:
    """The box with its words; gives where the words end."""
    theme, size = canvas.theme, _SIZE * scale
    with canvas.titled(state.name):
        canvas.add(
            "rect", x=box.left, y=box.top, width=box.right - box.left, height=box.bottom - box.top,
            rx=8.0, fill=theme.card, stroke=theme.error if state.ends else theme.ink,
            stroke_width=1.4,
        )  # fmt: skip
        if state.ends:  # a double rim: nothing comes after
            canvas.add(
                "rect", x=box.left + 3, y=box.top + 3, width=box.right - box.left - 6,
                height=box.bottom - box.top - 6, rx=6.0, fill="none", stroke=theme.error,
                stroke_width=0.9,
            )  # fmt: skip
        y = box.top + _PAD
        if state.start:
            middle = y + LINE * _NAME * scale / 2
            canvas.add("circle", cx=box.left + _PAD + 0.36 * words.lead, cy=middle,
                       r=0.3 * words.lead, fill=theme.ink)  # fmt: skip
        at = Box(box.left + _PAD + words.lead, y, box.right - _PAD, y)
        canvas.block(at, words.name, theme.ink)
        lift = (LINE * _NAME * scale - LINE * size) / 2
        at = Box(box.left + _PAD, y + lift, box.right - _PAD, y)
        canvas.block(at, Block((words.note,) if words.note else (), size), theme.muted, "end")
        y += words.top
        for block in words.lines:
            canvas.block(Box(box.left + _PAD, y, box.right - _PAD, y), block, theme.muted)
            y += block.height
    return y


# --- with lines -----------------------------------------------------------------------------------


def _drawn(
    canvas: Canvas,
    data: MachineGraph,
    columns: tuple[list[int], list[int]],
    widths: tuple[float, float],
    scale: float,
) -> float:
    wide, whole = widths
    size = _SIZE * scale
    channels = room_for(data.ways, columns, size)
    used = sum(channels) + (2 if columns[1] else 1) * wide
    left = max(1.0, (whole - used) / 2) + channels[0]
    lefts = (left, left + wide + channels[1])
    words = [_words(state, wide, scale) for state in data.states]
    ports = [_ports(data.ways, columns, i) for i in range(len(data.states))]
    highs = [max(w.height, port_room(p, size) + _PAD) for w, p in zip(words, ports, strict=True)]
    gaps = (_RUNG * scale, _APART * scale)
    tall = [
        sum(highs[i] for i in column) + gap * max(0, len(column) - 1)
        for column, gap in zip(columns, gaps, strict=True)
    ]
    placed: dict[int, Placed] = {}
    for k, column in enumerate(columns):
        spare = (max(tall) - tall[k]) / max(1, len(column) - 1) if len(column) > 1 else 0.0
        y = 1.0
        for i in column:
            placed[i] = Placed(k, Box(lefts[k], y, lefts[k] + wide, y + highs[i]))
            y += highs[i] + gaps[k] + spare
    draw_ways(canvas, data.ways, columns, placed, size)
    for i, state in enumerate(data.states):
        _fill(canvas, state, words[i], placed[i].box, scale)
    return max(tall) + 1


def _ports(ways: Sequence[Way], columns: tuple[list[int], list[int]], state: int) -> int:
    """The most lines that end at one side of a box."""
    side_of = {i: k for k, column in enumerate(columns) for i in column}
    counts = [0, 0]  # towards the other column, away from it
    into: set[tuple[int, int]] = set()
    for way in ways:
        across = int(side_of[way.source] == side_of[way.target])
        if way.source == state:
            counts[across] += 1
        if way.target == state and (across, side_of[way.source]) not in into:
            into.add((across, side_of[way.source]))
            counts[across] += 1
    return max(counts)


# --- as lists -------------------------------------------------------------------------------------


def _listed(
    canvas: Canvas,
    data: MachineGraph,
    columns: tuple[list[int], list[int]],
    width: float,
    scale: float,
) -> float:
    """Boxes under one another, each with its ways out: a stroke, where to, how often."""
    theme, size = canvas.theme, _SIZE * scale
    row, y = LINE * size, 1.0
    wide = width - 2
    for i in (*columns[0], *columns[1]):
        state = data.states[i]
        words = _words(state, wide, scale)
        ways = [way for way in data.ways if way.source == i]
        box = Box(1.0, y, 1.0 + wide, y + words.height + len(ways) * row + (4 if ways else 0))
        at = _fill(canvas, state, words, box, scale) + 4
        for way in ways:
            text = ellipsis(way.text, 0.35 * wide, size)
            end = canvas.text(box.right - _PAD, at + 0.95 * size, text, size, theme.ink,
                              anchor="end").left  # fmt: skip
            stroke = 0.9 + 4 * way.share
            x = box.left + _PAD
            canvas.line((x, at + row / 2), (x + 2 * size, at + row / 2), theme.ink, stroke,
                        None if way.share else "2 3")  # fmt: skip
            x += 2.6 * size
            name = ellipsis(f"→ {data.states[way.target].name}", end - x - 0.5 * size, size)
            canvas.text(x, at + 0.95 * size, name, size, theme.ink)
            at += row
        y = box.bottom + 8
    return y - 8
