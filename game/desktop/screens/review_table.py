"""Tables of words and numbers, as sums need them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Unpack

from game.desktop.canvas import Canvas
from game.desktop.text import BODY, SMALL, UNLIMITED, Paragraph, TextStyle
from game.desktop.widget import Options, Size, Widget

_GAP = 16.0  # between columns
_PAD = 4.0  # over and under a row
_LEAST = 0.3  # of the width, for the first column
_CELL = BODY.but(size=14.0, leading=1.3)

Row = Sequence[str]


class Table(Widget):
    """Rows of texts: the first column wraps, the others are numbers that stand on the right.

    `heads` are the columns' names, `foot` a last row of sums, `marked` rows (from 0) are bold.
    """

    role = "table"

    def __init__(
        self, heads: Row, rows: Sequence[Row], foot: Row = (), marked: Sequence[int] = (),
        **options: Unpack[Options],
    ) -> None:  # fmt: skip
        super().__init__(**options)
        self.rows = [list(row) for row in rows]
        self.heads, self.foot, self.marked = list(heads), list(foot), set(marked)

    @property
    def state_text(self) -> str:
        """All of it, a row a line."""
        return "\n".join("; ".join(filter(None, row)) for row, _ in self._lines())

    def _lines(self) -> list[tuple[list[str], TextStyle]]:
        lines = [(self.heads, SMALL)]
        lines += [(row, _CELL.bold if i in self.marked else _CELL)
                  for i, row in enumerate(self.rows)]  # fmt: skip
        return lines + ([(self.foot, _CELL.bold)] if self.foot else [])

    def _widths(self, width: float) -> list[float]:
        """Numbers take what they need; too many of them share what the first column leaves."""
        text = self.root.ui.text
        lines, count = self._lines(), len(self.heads)
        need = [
            max((text.layout(row[c], UNLIMITED, style=style).width for row, style in lines
                 if c < len(row)), default=0.0) + 1.0
            for c in range(count)
        ]  # fmt: skip
        gaps = _GAP * (count - 1)
        room = max(1.0, (width - gaps) * (1 - _LEAST))
        others = sum(need[1:])
        if others > room:
            need[1:] = [n * room / others for n in need[1:]]
            others = room
        return [max(1.0, min(need[0], width - gaps - others)), *need[1:]]

    def _cells(self, width: float) -> list[list[Paragraph]]:
        widths, text = self._widths(width), self.root.ui.text
        return [
            [text.layout(cell, wide, style=style) for cell, wide in zip(row, widths, strict=False)]
            for row, style in self._lines()
        ]

    def measure(self, width: float) -> Size:
        rows = self._cells(width)
        high = sum(max((c.height for c in row), default=0.0) + 2 * _PAD for row in rows)
        return width, high

    def draw(self, canvas: Canvas) -> None:
        widths, y = self._widths(self.rect.width), self.rect.top
        spare = self.rect.width - sum(widths) - _GAP * (len(widths) - 1)
        rows = self._cells(self.rect.width)
        for i, row in enumerate(rows):
            high = max((c.height for c in row), default=0.0)
            x = self.rect.left
            for c, (cell, wide) in enumerate(zip(row, widths, strict=False)):
                if c == 0:
                    canvas.words(cell, x, y + _PAD)
                    x += wide + spare + _GAP
                else:
                    canvas.words(cell, x, y + _PAD, width=wide, align="right")
                    x += wide + _GAP
            y += high + 2 * _PAD
            if i == 0 or (self.foot and i == len(rows) - 2):
                canvas.line((self.rect.left, y), (self.rect.right, y))
