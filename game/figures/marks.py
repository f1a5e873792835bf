"""Signs for key moments and what else a legend explains; shape and colour both tell them apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import cos, pi, sin

from game.figures.checks import within
from game.figures.place import Box
from game.figures.svg import Canvas, number, polyline
from game.figures.text import LINE, wrap

LEGEND_SIZE = 11.0  # px at scale 1
RIM = 2.0  # px of card round a sign


class MarkKind(StrEnum):
    GREAT = "great"
    INACCURACY = "inaccuracy"
    MISTAKE = "mistake"
    BLUNDER = "blunder"
    MISSED = "missed"


class Sign(StrEnum):
    """Everything else that a legend may explain."""

    LINE = "line"
    BAND = "band"
    PATH = "path"
    COMFORT = "comfort"
    PRIVATE = "private"
    TOLD = "told"
    UNTOLD = "untold"
    FAINT = "faint"
    DOT = "dot"
    FRONTIER = "frontier"
    ZONE = "zone"
    SMALL = "small"


@dataclass(frozen=True, slots=True)
class Mark:
    """A key moment: the turn's index, counted from 0, and a short label, or ""."""

    turn: int
    kind: MarkKind
    label: str = ""


@dataclass(frozen=True, slots=True)
class LegendEntry:
    sign: MarkKind | Sign
    label: str


RADII = {
    MarkKind.GREAT: 5.5,
    MarkKind.INACCURACY: 4.5,
    MarkKind.MISTAKE: 5.5,
    MarkKind.BLUNDER: 6.5,
    MarkKind.MISSED: 5.0,
}  # px at scale 1; they grow half as fast as the text
FACT = 3.8
FAINT = 0.3  # opacity of the lines of others
_SMALL = 2.4


def grown(radius: float, scale: float) -> float:
    """A sign's radius beside text of this scale."""
    return radius * (1 + scale) / 2


def check_marks(marks: Sequence[Mark], turns: int) -> None:
    """Every mark stands at a turn that there is, one at a turn."""
    for mark in marks:
        within("mark.turn", mark.turn, 0, turns - 1)
    if len({mark.turn for mark in marks}) < len(marks):
        raise ValueError("two marks stand at one turn")


def draw_mark(canvas: Canvas, kind: MarkKind, x: float, y: float, scale: float) -> None:
    """A key moment: full with a plus, notched once or twice, or hollow."""
    theme, r = canvas.theme, grown(RADII[kind], scale)
    if kind is MarkKind.MISSED:
        canvas.add("circle", cx=x, cy=y, r=r + RIM, fill=theme.card)
        canvas.add("circle", cx=x, cy=y, r=r - 1, fill=theme.card, stroke=theme.error,
                   stroke_width=2.2)  # fmt: skip
        return
    canvas.add("circle", cx=x, cy=y, r=r + RIM, fill=theme.card)
    if kind is MarkKind.GREAT:
        canvas.add("circle", cx=x, cy=y, r=r, fill=theme.good)
        plus = f"M{number(x - r / 2)} {number(y)}h{number(r)}M{number(x)} {number(y - r / 2)}"
        canvas.path(f"{plus}v{number(r)}", theme.card, r * 0.3)
        return
    canvas.add("path", d=_notched(x, y, r, twice=kind is MarkKind.BLUNDER), fill=theme.error)


def _notched(x: float, y: float, r: float, twice: bool) -> str:
    """A disc with a wedge cut out at the top, and one at the bottom."""
    half = pi / 6

    def at(angle: float, radius: float) -> tuple[float, float]:
        return x + radius * cos(angle), y + radius * sin(angle)

    top, bottom = -pi / 2, pi / 2
    arc = f"A{number(r)} {number(r)} 0 {0 if twice else 1} 1 "

    def point(place: tuple[float, float]) -> str:
        return f"{number(place[0])} {number(place[1])}"

    if not twice:
        tip = point((x, y - 0.2 * r))
        return f"M{tip}L{point(at(top + half, r))}{arc}{point(at(top - half, r))}Z"
    return (
        f"M{point((x, y - 0.42 * r))}L{point(at(top + half, r))}{arc}{point(at(bottom - half, r))}"
        f"L{point((x, y + 0.42 * r))}L{point(at(bottom + half, r))}{arc}{point(at(top - half, r))}Z"
    )


def draw_fact(canvas: Canvas, told: bool, x: float, y: float, scale: float) -> None:
    """A fact: a full dot when it was told, a hollow one when it was not."""
    theme, r = canvas.theme, grown(FACT, scale)
    canvas.add("circle", cx=x, cy=y, r=r + 1.4, fill=theme.card)
    if told:
        canvas.add("circle", cx=x, cy=y, r=r, fill=theme.good)
    else:
        canvas.add("circle", cx=x, cy=y, r=r - 0.7, fill=theme.card, stroke=theme.muted,
                   stroke_width=1.6)  # fmt: skip


def draw_small(canvas: Canvas, x: float, y: float, scale: float, full: bool) -> None:
    """One of many: a small dot, full or hollow."""
    r = grown(_SMALL, scale)
    if full:
        canvas.add("circle", cx=x, cy=y, r=r, fill=canvas.theme.muted)
    else:
        canvas.add("circle", cx=x, cy=y, r=r - 0.4, fill=canvas.theme.card,
                   stroke=canvas.theme.muted, stroke_width=0.8)  # fmt: skip


def _draw_sign(canvas: Canvas, sign: MarkKind | Sign, x: float, y: float, s: float) -> None:
    """A sign in the middle of its place in a legend."""
    theme, reach = canvas.theme, 7.0 * (1 + s) / 2
    ends = ((x - reach, y), (x + reach, y))
    if isinstance(sign, MarkKind):
        draw_mark(canvas, sign, x, y, s)
    elif sign is Sign.LINE:
        canvas.line(*ends, theme.specific, 2.4)
    elif sign is Sign.PATH:
        canvas.line(*ends, theme.ink, 2.4)
    elif sign is Sign.COMFORT:
        canvas.line(*ends, theme.comfort, 8.0)
    elif sign is Sign.PRIVATE:
        canvas.path(polyline(((x - reach, y - 4), (x - reach, y + 4))), theme.muted, 1.6)
        canvas.path(polyline(((x + reach, y - 4), (x + reach, y + 4))), theme.muted, 1.6)
    elif sign is Sign.BAND:
        canvas.add("rect", x=x - reach, y=y - 5, width=2 * reach, height=10, rx=2,
                   fill=theme.specific, fill_opacity=0.2)  # fmt: skip
    elif sign is Sign.FAINT:
        canvas.path(polyline(ends), theme.muted, 1.2, stroke_opacity=FAINT)
    elif sign is Sign.DOT:
        canvas.line(*ends, theme.specific, 2.4)
        canvas.add("circle", cx=x, cy=y, r=grown(FACT, s), fill=theme.ink)
    elif sign is Sign.FRONTIER:
        canvas.line(*ends, theme.muted, 1.4)
        draw_small(canvas, x, y, s, full=True)
    elif sign is Sign.SMALL:
        draw_small(canvas, x, y, s, full=False)
    elif sign is Sign.ZONE:
        canvas.add("rect", x=x - reach, y=y - 5, width=2 * reach, height=10,
                   fill=theme.comfort, fill_opacity=0.55)  # fmt: skip
    else:
        draw_fact(canvas, sign is Sign.TOLD, x, y, s)


def draw_legend(
    canvas: Canvas, entries: Sequence[LegendEntry], top: float, width: float, s: float
) -> float:
    """Signs with their labels in rows as wide as the figure; gives the height used, px."""
    size, place = LEGEND_SIZE * s, 24.0 * (1 + s) / 2
    gap, margin = 12.0 * s, 2.0
    x, y = margin, top
    row = 0.0
    for entry in entries:
        block = wrap(entry.label, width - place - 2 * margin, size)
        if not block.lines:
            continue
        if x > margin and x + place + block.width > width - margin:
            x, y, row = margin, y + row, 0.0
        with canvas.titled(entry.label):
            _draw_sign(canvas, entry.sign, x + place / 2 - 3, y + LINE * size / 2, s)
            box = Box(x + place, y, x + place + block.width, y + block.height)
            canvas.block(box, block, canvas.theme.muted)
        row = max(row, block.height + 0.25 * size)
        x += place + block.width + gap
    return y + row - top
