"""Stacked bars of shares; fills differ in pattern as well as in colour. Units: px."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import isclose

from game.figures.checks import all_within, as_long, frame
from game.figures.place import Box
from game.figures.svg import Canvas, number
from game.figures.text import ASCENT, DESCENT, LINE, ellipsis, measure, wrap
from game.figures.theme import PAPER, Theme

_SIZE = 11.5  # px of the text at scale 1
_HIGH = 1.7  # of a bar, in sizes of the text
_APART = 4.5  # px between the strokes of a pattern
_MOST_LABEL = 0.3  # of the width, for a label beside its bar
_LEAST_BAR = 150.0


class Fill(StrEnum):
    SOLID = "solid"
    HOLLOW = "hollow"
    UPRIGHT = "upright"
    SLANTED = "slanted"
    CROSSED = "crossed"


@dataclass(frozen=True, slots=True)
class Layer:
    """What the segments of one place in the stack mean."""

    label: str
    fill: Fill


@dataclass(frozen=True, slots=True)
class Stack:
    """A row: its shares sum to 1, `texts` are the shares as they are read."""

    label: str
    shares: tuple[float, ...]
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Stacks:
    title: str
    desc: str
    layers: tuple[Layer, ...]
    stacks: tuple[Stack, ...]

    def __post_init__(self) -> None:
        for stack in self.stacks:
            if len(stack.shares) != len(self.layers):
                raise ValueError(f"shares has {len(stack.shares)} entries, not {len(self.layers)}")
            as_long("texts", stack.texts, len(self.layers))
            all_within("shares", stack.shares, 0.0, 1.0)
            if not isclose(sum(stack.shares), 1.0, abs_tol=1e-6):
                raise ValueError("shares do not sum to 1")


def stacks(data: Stacks, theme: Theme, width: float, height: float, scale: float = 1.0) -> str:
    """The bars as SVG, `width` px wide and at least `height` px high; `scale` is the text's."""
    frame(width, height, scale)
    canvas, size = Canvas(theme), _SIZE * scale
    widest = max((measure(s.label, size) for s in data.stacks), default=0.0)
    beside = widest <= _MOST_LABEL * width and width - widest - size >= _LEAST_BAR
    left = 1 + widest + 0.9 * size if beside else 1.0
    high = _HIGH * size
    each = high + 0.45 * size + (0.0 if beside else LINE * size)
    foot = _legend(Canvas(PAPER), data.layers, 0.0, width, scale)
    spare = max(0.0, height - foot - each * len(data.stacks)) / max(1, len(data.stacks))
    y = 0.0
    for stack in data.stacks:
        with canvas.titled(_said(data, stack)):
            top = y + spare / 2
            if beside:
                canvas.text(1.0, top + high / 2 + 0.3 * size, stack.label, size, theme.ink)
            else:
                label = ellipsis(stack.label, width - 2, size)
                canvas.text(1.0, top + 0.95 * size, label, size, theme.ink)
                top += LINE * size
            _bar(canvas, data, stack, Box(left, top, width - 1, top + high), size)
        y += each + spare
    y += 0.4 * size
    y += _legend(canvas, data.layers, y, width, scale)
    return canvas.document(width, max(height, y + 2), data.title, data.desc)


def _said(data: Stacks, stack: Stack) -> str:
    parts = [
        f"{layer.label} {text}"
        for layer, text, share in zip(data.layers, stack.texts, stack.shares, strict=False)
        if share > 0
    ]
    return f"{stack.label}: {', '.join(parts)}" if parts else stack.label


def _bar(canvas: Canvas, data: Stacks, stack: Stack, box: Box, size: float) -> None:
    x = box.left
    texts = stack.texts or ("",) * len(data.layers)
    for layer, share, text in zip(data.layers, stack.shares, texts, strict=True):
        if share <= 0:
            continue
        right = x + share * (box.right - box.left)
        segment = Box(x, box.top, right, box.bottom)
        draw_fill(canvas, layer.fill, segment)
        wide = measure(text, size, bold=True)
        if text and wide + 0.9 * size <= right - x:
            middle, base = (x + right) / 2, (box.top + box.bottom) / 2 + 0.36 * size
            canvas.add(
                "rect", x=middle - wide / 2 - 0.25 * size, y=base - ASCENT * size - 0.5,
                width=wide + 0.5 * size, height=(ASCENT + DESCENT) * size + 1, rx=3,
                fill=canvas.theme.card,
            )  # fmt: skip
            canvas.text(middle, base, text, size, canvas.theme.ink, anchor="middle", bold=True)
        x = right


def _legend(
    canvas: Canvas, layers: Sequence[Layer], top: float, width: float, scale: float
) -> float:
    """A patch of every fill with its meaning, in rows; gives the height used, px."""
    size = _SIZE * scale
    patch, row = 1.8 * size, LINE * size
    x, y = 1.0, top
    for layer in layers:
        block = wrap(layer.label, width - patch - size - 2, size, most=1)
        room = patch + 0.5 * size + block.width
        if x > 1.0 and x + room > width - 1:
            x, y = 1.0, y + row + 0.3 * size
        draw_fill(canvas, layer.fill, Box(x, y + 0.1 * row, x + patch, y + 0.9 * row))
        at = Box(x + patch + 0.5 * size, y, width, y + row)
        canvas.block(at, block, canvas.theme.muted)
        x += room + 1.2 * size
    return y + row - top if layers else 0.0


# --- fills ----------------------------------------------------------------------------------------


def draw_fill(canvas: Canvas, fill: Fill, box: Box) -> None:
    """A segment in one of the five fills, with its outline."""
    theme = canvas.theme
    colour = {
        Fill.SOLID: theme.good,
        Fill.HOLLOW: theme.muted,
        Fill.UPRIGHT: theme.muted,
        Fill.SLANTED: theme.gold,
        Fill.CROSSED: theme.error,
    }[fill]
    wide, high = box.right - box.left, box.bottom - box.top
    ground = colour if fill is Fill.SOLID else theme.card
    canvas.add("rect", x=box.left, y=box.top, width=wide, height=high, fill=ground)
    strokes = "".join(_STROKES.get(fill, _none)(box))
    if strokes:
        canvas.add("path", d=strokes, fill="none", stroke=colour, stroke_width=1.3)
    edge = min(1.2, wide / 2)
    canvas.add("rect", x=box.left + edge / 2, y=box.top + edge / 2, width=max(wide - edge, 0.01),
               height=high - edge, fill="none", stroke=colour, stroke_width=edge)  # fmt: skip


def _none(box: Box) -> Iterator[str]:
    return iter(())


def _upright(box: Box) -> Iterator[str]:
    x = box.left + _APART
    while x < box.right - 0.5:
        yield f"M{number(x)} {number(box.top)}V{number(box.bottom)}"
        x += _APART


def _slanted(box: Box, up: bool = True) -> Iterator[str]:
    """Lines at 45 degrees, cut at the box's edges."""
    wide, high = box.right - box.left, box.bottom - box.top
    offset = _APART
    while offset < wide + high:
        start, end = max(0.0, offset - high), min(offset, wide)
        rise = (offset - start, offset - end)
        ys = (box.top + rise[0], box.top + rise[1]) if up else (
            box.bottom - rise[0], box.bottom - rise[1])  # fmt: skip
        yield (
            f"M{number(box.left + start)} {number(ys[0])}L{number(box.left + end)} {number(ys[1])}"
        )
        offset += 1.5 * _APART


def _crossed(box: Box) -> Iterator[str]:
    yield from _slanted(box)
    yield from _slanted(box, up=False)


_STROKES: dict[Fill, Callable[[Box], Iterator[str]]] = {
    Fill.UPRIGHT: _upright,
    Fill.SLANTED: _slanted,
    Fill.CROSSED: _crossed,
}
