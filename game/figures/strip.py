"""What stands under a graph of turns: a bar of trust a turn, and the turns' numbers. Units: px."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from game.figures.place import Box, Placer
from game.figures.svg import Canvas
from game.figures.text import LINE, ellipsis, measure

BAR = 22.0  # the height of a trust of 1
_WIDEST = 40.0
_ALL = 10_000
_EVERY = (1, 2, 5, 10, 20, 50, 100, _ALL)


@dataclass(frozen=True, slots=True)
class TrustRow:
    """A buyer's trust at every turn, 0 to 1; None where the buyer was not there."""

    label: str
    values: tuple[float | None, ...]


def slot(plot: Box, turn: float, turns: int) -> float:
    """The middle of a turn (index from 0); half a turn more or less is its edge."""
    return plot.left + (plot.right - plot.left) * (turn + 0.5) / turns


def trust_row(canvas: Canvas, trust: TrustRow, plot: Box, top: float, size: float) -> float:
    """A bar a turn before its empty track; gives where the next row begins."""
    theme, turns, y = canvas.theme, len(trust.values), top
    label = ellipsis(trust.label, plot.right - plot.left, size)
    if label:
        canvas.text(plot.left, y + 0.95 * size, label, size, theme.muted)
        y += LINE * size
    wide = min(0.82 * (plot.right - plot.left) / turns, _WIDEST)
    corner = min(3.0, wide / 3)
    for i, value in enumerate(trust.values):
        if value is None:
            continue
        x, high = slot(plot, i, turns) - wide / 2, max(1.0, value * BAR)
        canvas.add("rect", x=x, y=y, width=wide, height=BAR, rx=corner, fill=theme.track,
                   fill_opacity=0.5)  # fmt: skip
        canvas.add("rect", x=x, y=y + BAR - high, width=wide, height=high,
                   rx=min(corner, high / 2), fill=theme.trust)  # fmt: skip
    return y + BAR + 4


def turn_numbers(
    canvas: Canvas,
    labels: Sequence[str],
    firsts: Collection[int],
    plot: Box,
    top: float,
    size: float,
) -> None:
    """Every turn's number, or every second, fifth, tenth …, and the first of a meeting."""
    turns = len(labels)
    counts = [int(x) if x.isdecimal() else i + 1 for i, x in enumerate(labels)]
    widest = max(measure(label, size) for label in labels) + 0.5 * size
    one = (plot.right - plot.left) / turns
    every = next(k for k in _EVERY if k * one >= widest or k == _ALL)
    odd = 1 if every == 2 else 0  # 1, 3, 5 but 1, 5, 10
    shown = [i for i in range(turns) if i in firsts or counts[i] % every == odd % every]
    placer = Placer(Box(2.0, 0.0, plot.right + 4, float("inf")), gap=0.4 * size)
    for i in sorted(shown, key=lambda i: (i not in firsts, i)):
        wide = measure(labels[i], size)
        left = min(slot(plot, i, turns) - wide / 2, placer.frame.right - wide)
        box = Box(left, top, left + wide, top + LINE * size)
        if placer.free(box):
            placer.take(box)
            canvas.text(left + wide / 2, top + 0.95 * size, labels[i], size, canvas.theme.muted,
                        anchor="middle")  # fmt: skip
