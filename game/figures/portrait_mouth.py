"""Mouth and beard."""

from __future__ import annotations

from game.figures.portrait_colour import mix, shaded
from game.figures.portrait_pen import Pen
from game.figures.portrait_subject import Subject
from game.figures.svg import Canvas

_AT = 53.0  # units under the eyes


def draw_mouth(person: Subject, canvas: Canvas) -> None:
    pen, skin, face, moves = person.head_pen(canvas), person.skin, person.face, person.moves
    half = 18.0 + 5.0 * face.mouth + 3.6 * moves.wide + 0.8 * max(0.0, moves.corners)
    full = (0.62 + 0.76 * face.lips) * (1 - 0.5 * moves.press) * (1 - 0.2 * max(0.0, moves.corners))
    full *= 1.0 - 0.18 * person.old
    rise = 0.3 + 5.2 * moves.corners
    left, right = _AT - rise + 3.0 * moves.skew, _AT - rise - 3.0 * moves.skew
    sag = 0.28 * rise
    part = 5.2 * moves.part
    middle = _AT + sag
    upper = [
        (-half, left), (-half * 0.55, middle - 0.2 - 0.12 * rise + 0.8 * moves.skew),
        (0, middle + 0.5), (half * 0.55, middle - 0.2 - 0.12 * rise - 0.8 * moves.skew),
        (half, right),
    ]  # fmt: skip
    lower = [
        (half, right), (half * 0.55, middle + 0.72 * part - 0.12 * rise),
        (0, middle + 0.5 + part), (-half * 0.55, middle + 0.72 * part - 0.12 * rise),
        (-half, left),
    ]  # fmt: skip
    pen.shape(
        [(half * 0.92, right + 0.8 + 0.5 * part), (half * 0.52, middle + part + 5.6 * full),
         (0, middle + part + 7.4 * full), (-half * 0.52, middle + part + 5.6 * full),
         (-half * 0.92, left + 0.8 + 0.5 * part)],
        upper,
        fill=skin.lip_low,
    )  # fmt: skip
    pen.brush(
        [(-half * 0.3, middle + part + 3.6 * full), (0, middle + part + 4.0 * full),
         (half * 0.14, middle + part + 3.7 * full)],
        [0.4, 1.9 * full, 0.4], skin.light, 0.55,
    )  # fmt: skip
    if part > 0.5:
        pen.shape(upper, lower, fill="#54282A")
        if part > 2:
            teeth = [(x, y + min(0.62 * part, 3.2) * (1 - abs(x) / half)) for x, y in upper[::-1]]
            pen.shape(upper, teeth, fill=mix("#F7F0E4", skin.shade, 0.06))
    pen.shape(
        upper,
        [(half, right), (half * 0.5, middle - 3.9 * full - 0.3 * rise),
         (half * 0.17, middle - 5.9 * full)],
        [(half * 0.17, middle - 5.9 * full), (0, middle - 4.7 * full),
         (-half * 0.17, middle - 5.9 * full)],
        [(-half * 0.17, middle - 5.9 * full), (-half * 0.5, middle - 3.9 * full - 0.3 * rise),
         (-half, left)],
        fill=skin.lip,
    )  # fmt: skip
    line = mix(skin.lip, "#3B1A1E", 0.62)
    pen.brush(upper, [0.7, 1.6, 1.8, 1.6, 0.7], line)
    _corners(pen, person, half, left, right)
    pen.blob(
        [(-half * 0.46, middle + part + 9.4 * full), (0, middle + part + 9.0 * full),
         (half * 0.52, middle + part + 9.2 * full), (half * 0.2, middle + part + 11.8 * full),
         (-half * 0.2, middle + part + 11.8 * full)],
        skin.deep, 0.3,
    )  # fmt: skip
    if face.beard in ("full", "short", "goatee", "moustache"):
        _moustache(pen, person, half, middle - 5.0 * full, rise)


def _corners(pen: Pen, person: Subject, half: float, left: float, right: float) -> None:
    skin, moves = person.skin, person.moves
    deep = 0.5 + 0.25 * abs(moves.corners) + 0.15 * moves.press
    tip = 1.5 * moves.corners
    for side, y in ((-1.0, left), (1.0, right)):
        pen.line(
            [(side * (half - 0.6), y), (side * (half + 1.9), y - tip - 0.2)], skin.deep, 1.5, deep
        )
        if moves.corners > 0.4:
            pen.line(
                [(side * (half + 3), y - 3.4), (side * (half + 4.4), y), (side * (half + 3.2),
                                                                          y + 3.4)],
                skin.deep, 1.2, 0.3,
            )  # fmt: skip


def _moustache(pen: Pen, person: Subject, half: float, low: float, rise: float) -> None:
    hair = person.hair
    top = 37.5 + 3.0 * person.face.nose_length
    wide = half + 2.0
    pen.shape(
        [(0, top + 1), (wide * 0.45, top + 1.5), (wide * 0.86, low + 0.5 - 0.4 * rise),
         (wide, low + 5.5 - 0.8 * rise)],
        [(wide * 0.6, low + 4.6 - 0.2 * rise), (0, low + 3.4)],
        [(0, low + 3.4), (-wide * 0.6, low + 4.6 - 0.2 * rise), (-wide, low + 5.5 - 0.8 * rise)],
        [(-wide, low + 5.5 - 0.8 * rise), (-wide * 0.86, low + 0.5 - 0.4 * rise),
         (-wide * 0.45, top + 1.5), (0, top + 1)],
        fill=hair.base,
    )  # fmt: skip
    for side in (-1.0, 1.0):
        for x in (0.25, 0.5, 0.72):
            pen.line(
                [(side * wide * x * 0.8, top + 3), (side * wide * x, low + 3.4 - 0.3 * rise)],
                hair.strand if side < 0 else hair.shade, 0.9, 0.6,
            )  # fmt: skip


def draw_beard(person: Subject, canvas: Canvas) -> None:
    """What grows on the jaw, under the mouth's layer."""
    kind = person.face.beard
    if kind in ("none", "moustache"):
        return
    pen, hair, skull = person.head_pen(canvas), person.hair, person.skull
    outer = [p for p in skull.side() if p[1] >= 6]
    if kind == "stubble":
        inner = _beard_line(person, 0.0)
        pen.shape(
            outer, [(-x, y, z) for x, y, z in outer[::-1]], inner, fill=hair.brow, opacity=0.17
        )
        return
    if kind == "goatee":
        pen.shape(
            [(-19, 50), (-22, 62), (-17, skull.down - 2, 22), (0, skull.down + 3, 24),
             (17, skull.down - 2, 22), (22, 62), (19, 50)],
            [(14, 58), (8, 65), (0, 66.5), (-8, 65), (-14, 58)],
            fill=hair.base,
        )  # fmt: skip
        pen.shape(
            [(4, skull.down + 2.6, 24), (17, skull.down - 2, 22), (22, 62), (19, 50)],
            [(17, 60), (11, 72), (4, skull.down + 2.6, 24)],
            fill=hair.shade,
        )  # fmt: skip
        return
    grow = 7.0 if kind == "full" else 2.0
    full = [
        (x + (0.5 if y < 40 else 1.6), y + grow * max(0.0, (y - 40) / 48), z) for x, y, z in outer
    ]
    mirrored = [(-x, y, z) for x, y, z in full[::-1]]
    pen.shape(full, mirrored, _beard_line(person, 1.0), fill=hair.base)
    shadow: list[tuple[float, ...]] = [
        (6, skull.down + grow, 24),
        (20, 80),
        (33, 66),
        (38, 48),
        (42, 30),
        (skull.cheek - 3, 4),
    ]
    pen.shape(full, shadow, fill=hair.shade)
    for x, y in ((-40, 44), (-33, 57), (-24, 68), (-13, 75), (0, 78)):
        pen.line([(x, y), (x * 0.9, y + 7)], hair.strand, 1.1, 0.55)
    for x, y in ((13, 75), (25, 68), (33, 57)):
        pen.line([(x, y), (x * 0.9, y + 6)], shaded(hair.base, 0.3), 1.1, 0.5)


def _beard_line(person: Subject, hair: float) -> list[tuple[float, float]]:
    """From the left sideburn over the cheeks and round the mouth to the right one."""
    half = 17.0 + 5.0 * person.face.mouth
    cheek = person.skull.cheek
    return [
        (-cheek + 0.5, 6), (-cheek + 5, 20), (-37, 36), (-half - 8, 44), (-half - 3, 47 - hair),
        (-half - 1, 58), (-half * 0.55, 66 + hair), (0, 66 + hair), (half * 0.55, 66 + hair),
        (half + 1, 58), (half + 3, 47 - hair), (half + 8, 44), (37, 36), (cheek - 5, 20),
        (cheek - 0.5, 6),
    ]  # fmt: skip
