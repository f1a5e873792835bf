"""Curls, from close ones to a full round."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import cos, pi, sin

from game.figures.portrait_pen import Pen
from game.figures.portrait_subject import Subject

Line = Sequence[tuple[float, ...]]


def hairline(person: Subject, high: float, temple: float) -> Line:
    """From the right sideburn to the left: `high` over the eyes at the middle, `temple` how far
    the corners go back."""
    wide = person.skull.temple
    right: list[tuple[float, ...]] = [
        (wide - 4.5, 7.0, 6.0), (wide - 6.0, -14.0, 10.0),
        (wide - 8.0 - 0.3 * temple, -31.0 - 0.4 * temple),
        (33.0 - 0.4 * temple, -high + 7.0 - 0.9 * temple), (16.0, -high - 0.5 + 0.1 * temple),
    ]  # fmt: skip
    return [*right, (0.0, -high - 1.0), *[(-x, *rest) for x, *rest in right[::-1]]]


def gone_back(person: Subject) -> float:
    """How far the temples have gone back, in units."""
    face = person.face
    if face.pronoun == "she":
        return 0.0
    return max(0.0, min(9.0, (face.age - 36) * 0.26))


def _bumps(
    x: float, y: float, wide: float, high: float, count: int, size: float, start: float, end: float
) -> list[tuple[float, float]]:
    """Along an arc of an ellipse, in and out; angles in turns, clockwise from the right."""
    points: list[tuple[float, float]] = []
    for i in range(2 * count + 1):
        angle = 2 * pi * (start + (end - start) * i / (2 * count))
        out = 1.0 + (size if i % 2 else 0.0)
        points.append((x + wide * out * cos(angle), y + high * out * sin(angle)))
    return points


def _curls(pen: Pen, person: Subject, wide: float, high: float, middle: float, rows: int) -> None:
    """Small arcs over a mass of curls, lit on the left."""
    for row in range(rows):
        share = 0.42 + 0.5 * row / max(1, rows - 1)
        count = 6 + 2 * row
        for i in range(count):
            angle = pi + pi * (i + 0.5 + 0.25 * (row % 2)) / count
            x, y = wide * share * cos(angle), middle + high * share * sin(angle)
            if y > -58 and abs(x) < 38:
                continue
            tone = person.hair.strand if x < 8 else person.hair.light
            pen.line(
                [(x - 3.6, y + 1.6, 10), (x - 1, y - 2.6, 10), (x + 3.2, y - 0.6, 10)],
                tone, 1.3, 0.55 if x < 8 else 0.4,
            )  # fmt: skip


def _curly(pen: Pen, person: Subject) -> None:
    wide, hair = person.skull.temple, person.hair
    back = 0.5 * gone_back(person)
    outer = [(x, y, 0.0) for x, y in _bumps(0, -40, wide + 8, 56, 9, 0.075, 0.12, -0.62)]
    line = [
        (-wide + 4, 8), (-wide + 9, -4), (-wide + 6, -18), (-wide + 12, -30), (-36, -44 - back),
        (-24, -44 - back), (-14, -54 - back), (0, -49 - back), (13, -54 - back), (24, -44 - back),
        (36, -43 - back), (wide - 12, -30), (wide - 6, -18), (wide - 9, -4), (wide - 4, 8),
    ]  # fmt: skip
    pen.shape(outer, line, fill=hair.base)
    shade = [(x, y, 0.0) for x, y in _bumps(0, -40, wide + 8, 56, 4, 0.075, 0.12, -0.2)]
    pen.shape(
        shade, [(26, -78), (36, -60), (44, -40), (wide - 6, -18), (wide - 4, 8)], fill=hair.shade
    )
    _curls(pen, person, wide + 8, 58, -40, 4)


def _curly_back(pen: Pen, person: Subject) -> None:
    wide = person.skull.temple
    if person.face.pronoun == "he":
        return
    outer = [(x, y, -14.0) for x, y in _bumps(0, -20, wide + 13, 66, 13, 0.06, 0.2, -0.7)]
    pen.shape(outer, [(-30, 46, -14), (30, 46, -14)], fill=person.hair.shade)


def _afro_back(pen: Pen, person: Subject) -> None:
    wide = person.skull.temple
    points = [(x, y, -8.0) for x, y in _bumps(0, -38, wide + 25, 74, 17, 0.022, 0.0, 1.0)]
    pen.blob(points[:-1], person.hair.base)
    shade = [(x, y, -8.0) for x, y in _bumps(0, -38, wide + 25, 74, 8, 0.022, 0.21, -0.22)]
    pen.shape(shade, [(40, -80, -8), (52, -40, -8), (48, 0, -8)], fill=person.hair.shade)


def _afro(pen: Pen, person: Subject) -> None:
    wide, hair = person.skull.temple, person.hair
    line = hairline(person, 50, 2 + 0.4 * gone_back(person))
    soft = [(x, y + (1.6 if i % 2 else -0.8)) for i, (x, y, *_) in enumerate(line)]
    right = [(wide - 2, 8, -4), (wide + 8, -20, 0), (wide - 2, -60, 0), (26, -94, 0), (0, -104, 0)]
    pen.shape([*right, *[(-x, y, z) for x, y, z in right[-2::-1]]], soft[::-1], fill=hair.base)
    pen.shape(right[:-1], [(26, -94, 0), (36, -66, 10), (42, -40), (wide - 6, 8)], fill=hair.shade)
    pen.blob(
        [(-62, -44, 0), (-54, -76, 0), (-26, -101, 0), (-10, -99, 0), (-30, -76, 0), (-46, -44, 0)],
        hair.light, 0.5,
    )  # fmt: skip
    _curls(pen, person, wide + 22, 72, -36, 5)


CURLS: dict[str, Callable[[Pen, Subject], None]] = {"curly": _curly, "afro": _afro}
CURLS_BACK: dict[str, Callable[[Pen, Subject], None]] = {"curly": _curly_back, "afro": _afro_back}
