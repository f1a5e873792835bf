"""Rows of a label, a bar and a value; label and value step above the bar where it gets short."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from game.figures.place import Box
from game.figures.svg import Canvas
from game.figures.text import Block, wrap

SIZE = 12.5  # px of the text at scale 1
BAR = 11.0  # px, the height of a bar
_MOST_BESIDE = 0.64  # of the width, for label and value beside their bar
_MOST_TEXT = 0.5  # of the width, for a value above its bar


@dataclass(frozen=True, slots=True)
class Rows:
    """Where the bars of these labels and values run, and how high each row is; px."""

    labels: tuple[Block, ...]
    texts: tuple[Block, ...]
    beside: bool
    left: float
    right: float
    heights: tuple[float, ...]

    def draw(self, canvas: Canvas, row: int, top: float, width: float) -> float:
        """Label and value of a row; gives the middle of its bar."""
        label, text = self.labels[row], self.texts[row]
        inner = max(label.height, text.height)
        lead = (self.heights[row] - inner) / 2 if self.beside else 0.0
        at = top + lead + (inner - label.height) / 2
        canvas.block(Box(1.0, at, 1.0, at), label, canvas.theme.ink)
        at = top + lead + (inner - text.height) / 2
        canvas.block(Box(width - 1, at, width - 1, at), text, canvas.theme.ink, "end")
        return top + self.heights[row] / 2 if self.beside else top + inner + 2 + BAR / 2

    def track(self, canvas: Canvas, middle: float, corner: float) -> None:
        """The empty bar of a row."""
        canvas.add(
            "rect", x=self.left, y=middle - BAR / 2, width=self.right - self.left, height=BAR,
            rx=corner, fill=canvas.theme.track,
        )  # fmt: skip


def rows_of(
    labels: Sequence[str], texts: Sequence[str], width: float, size: float, bold_last: bool = False
) -> Rows:
    """Rows in a figure of this width, with text of this size."""
    last = len(labels) - 1 if bold_last else None

    def wrapped(said: Sequence[str], widths: Sequence[float]) -> tuple[Block, ...]:
        return tuple(
            wrap(one, wide, size, bold=i == last)
            for i, (one, wide) in enumerate(zip(said, widths, strict=True))
        )

    count = len(labels)
    names, values = wrapped(labels, [0.45 * width] * count), wrapped(texts, [0.3 * width] * count)
    name = max((b.width for b in names), default=0.0)
    value = max((b.width for b in values), default=0.0)
    if name + value + 2 * size <= _MOST_BESIDE * width:
        heights = tuple(
            max(a.height, b.height) + 0.5 * size for a, b in zip(names, values, strict=True)
        )
        right = width - 1 - (value + 0.7 * size if value else 0.0)
        return Rows(names, values, True, 1 + name + size, right, heights)
    values = wrapped(texts, [_MOST_TEXT * width] * count)
    names = wrapped(labels, [width - 2 - 0.4 * size - b.width for b in values])
    heights = tuple(
        max(a.height, b.height) + BAR + 2 + 0.6 * size for a, b in zip(names, values, strict=True)
    )
    return Rows(names, values, False, 1.0, width - 1, heights)
