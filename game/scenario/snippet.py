"""Source lines with marks beneath, as compilers print them."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

WIDEST_LINE = 96


@dataclass(frozen=True)
class Mark:
    """A part of one line: columns from 1, the end exclusive; ``sign`` is repeated beneath it."""

    line: int
    column: int
    end_column: int
    source: str
    sign: str = "^"
    label: str = ""


def snippet(marks: Sequence[Mark], gutter: int) -> list[str]:
    """The marked lines of one file from top to bottom, behind a gutter of line numbers.

    Every mark has a line of its own beneath its source, with its label; ``...`` stands for lines
    left out.
    """
    empty = " " * gutter + " |"
    lines = [empty]
    shown = 0
    for mark in sorted(marks, key=lambda m: (m.line, m.column)):
        text, under = _marked(mark)
        if mark.line != shown:
            if shown and mark.line > shown + 1:
                lines.append("...")
            lines.append(f"{mark.line:>{gutter}} | {text}".rstrip())
            shown = mark.line
        lines.append(f"{empty} {under}" + (f" {mark.label}" if mark.label else ""))
    return lines


def _marked(mark: Mark) -> tuple[str, str]:
    """The source line and the marks beneath, both cut to a screen's width."""
    whole = mark.source
    start = min(max(mark.column - 1, 0), len(whole))
    end = min(max(mark.end_column - 1, start + 1), max(len(whole), start + 1))
    first = 0
    if start > WIDEST_LINE * 3 // 4:
        first = start - WIDEST_LINE // 2
    last = min(len(whole), first + WIDEST_LINE)
    # Cut first: a line may be as long as its file, and have as many complaints.
    text = "".join(" " if unicodedata.category(c)[0] == "C" else c for c in whole[first:last])
    end = min(end, max(last, start + 1))
    head = "…" if first else ""
    tail = "…" if last < len(whole) else ""
    pad = " " * (len(head) + _columns(text[: start - first]))
    signs = mark.sign * max(1, _columns(text[start - first : end - first]))
    return head + text + tail, pad + signs


def _columns(text: str) -> int:
    """Cells of a terminal: wide characters take two, combining ones none."""
    wide = sum(unicodedata.east_asian_width(ch) in "WF" for ch in text)
    return len(text) + wide - sum(bool(unicodedata.combining(ch)) for ch in text)
