"""Signs in a picture with their labels: beside them, or by a number in a key underneath."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import hypot

from game.figures.marks import MarkKind, Sign, draw_fact, draw_mark
from game.figures.place import Box, Placer
from game.figures.svg import Canvas, Point
from game.figures.text import Block, clean, measure, wrap

_SHARE, _WORDS = 0.36, 6.0  # widest label: of the frame, or in sizes of the text if that is more
_NEAR = 9.0  # px from a sign to its label; further off, a stroke ties the two


@dataclass(frozen=True, slots=True)
class Dot:
    """Something that wants a label; place and radius in px."""

    place: Point
    radius: float
    label: str
    sign: MarkKind | Sign


def draw_dots(canvas: Canvas, dots: Sequence[Dot], scale: float) -> None:
    """The signs, the first ones on top; a label is its sign's title, too."""
    for dot in reversed(dots):
        with canvas.titled(dot.label):
            if isinstance(dot.sign, MarkKind):
                draw_mark(canvas, dot.sign, *dot.place, scale)
            else:
                draw_fact(canvas, dot.sign is Sign.TOLD, *dot.place, scale)


def label_dots(canvas: Canvas, dots: Sequence[Dot], placer: Placer, size: float) -> list[str]:
    """Labels beside their dots, the first ones first.

    One that finds no room, or only in part, leaves its number there; these labels come back,
    numbered from 1.
    """
    frame = placer.frame
    widest = min(max(_SHARE * (frame.right - frame.left), _WORDS * size), frame.right - frame.left)
    left_over: list[str] = []
    for dot in dots:
        label = clean(dot.label)
        if not label:
            continue
        right = dot.place[0] >= (frame.left + frame.right) / 2
        away = (1.0 if right else -1.0, 0.0)
        block = wrap(label, widest, size, isinstance(dot.sign, MarkKind))
        if not (block.says(label) and put_label(canvas, dot, block, placer, away)):
            left_over.append(label)
            put_label(canvas, dot, Block((str(len(left_over)),), size, True), placer, away)
    return left_over


def draw_key(canvas: Canvas, labels: Sequence[str], top: float, width: float, size: float) -> float:
    """Numbered labels under one another; gives the height used, px."""
    y, indent = top, 4 + measure(f"{len(labels)}", size, True) + 0.6 * size
    for i, label in enumerate(labels):
        block = wrap(label, width - indent - 2, size, most=3)
        number = Block((str(i + 1),), size, True)
        canvas.block(Box(4.0, y, indent, y), number, canvas.theme.ink)
        canvas.block(Box(indent, y, width, y), block, canvas.theme.muted)
        y += block.height
    return y - top


def put_label(
    canvas: Canvas, dot: Dot, block: Block, placer: Placer, away: Point = (0.0, 0.0)
) -> bool:
    """Puts a label beside its dot, tied to it where it is not near; False without a place."""
    box = placer.beside(*dot.place, dot.radius, block, away)
    if box is None:
        return False
    x, y = box.nearest(*dot.place)
    across, down = x - dot.place[0], y - dot.place[1]
    far, rim = hypot(across, down), dot.radius + 2.0
    if far > dot.radius + _NEAR:
        start = dot.place[0] + across * rim / far, dot.place[1] + down * rim / far
        canvas.line(start, (x, y), canvas.theme.muted, 0.8)
    error = isinstance(dot.sign, MarkKind) and dot.sign is not MarkKind.GREAT
    colour = canvas.theme.error if error else canvas.theme.ink
    right, left = box.left >= dot.place[0], box.right <= dot.place[0]
    canvas.block(box, block, colour, "start" if right else "end" if left else "middle", halo=True)
    return True
