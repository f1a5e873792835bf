"""Neck, ears and head with its nose and lines; what moves on it is drawn elsewhere."""

from __future__ import annotations

from game.figures.portrait_pen import Pen
from game.figures.portrait_subject import Subject
from game.figures.svg import Canvas

_SIDES = (-1.0, 1.0)


def draw_neck(person: Subject, canvas: Canvas) -> None:
    """From the jaw into the collar, with the shadow of the chin on it."""
    skin, face = person.skin, person.face
    pen = person.body_pen(canvas)
    wide = 22.0 + 8.0 * face.frame + 5.0 * face.build
    pen.shape(
        [(200 - wide + 1, 205), (200 - wide, 245), (200 - wide - 3, 264), (200 - wide - 26, 284)],
        [(200 - 52, 330), (200 + 52, 330)],
        [(200 + wide + 26, 284), (200 + wide + 3, 264), (200 + wide, 245), (200 + wide - 1, 205)],
        fill=skin.base,
    )
    pen.shape(
        [(200 + wide - 1, 205), (200 + wide, 245), (200 + wide + 3, 264), (200 + wide + 26, 284)],
        [(246, 330), (214, 330)],
        [(206, 300), (209, 276), (206, 252), (202, 230), (206, 205)],
        fill=skin.shade,
    )
    # The chin's shadow keeps to the neck: it is laid out on the neck's own width.
    edge = [(200 - wide - 0.2, 226), (200 - wide * 0.82, 243), (200 - wide * 0.3, 258),
            (200 + wide * 0.25, 262), (200 + wide * 0.75, 255),
            (200 + wide + 0.3, 240)]  # fmt: skip
    pen.shape(
        edge, [(200 + wide - 0.5, 214), (200 - wide + 0.5, 214)], fill=skin.deep, opacity=0.42
    )
    tense = 0.16 + 0.22 * person.old
    pen.line([(188, 262), (193, 276), (196.5, 286)], skin.deep, 1.5, tense)
    pen.line([(213, 262), (208, 276), (204, 286)], skin.deep, 1.5, tense)
    pen.line([(178, 290), (188, 292.5), (196, 296)], skin.deep, 1.6, 0.3)
    pen.line([(224, 290), (213, 292.5), (204, 296)], skin.deep, 1.6, 0.3)


def draw_ears(person: Subject, canvas: Canvas) -> None:
    if person.ears_covered:
        return
    skin, pen = person.skin, person.head_pen(canvas)
    size = 0.88 + 0.24 * person.face.ears + 0.06 * person.old
    base = person.skull.cheek
    for side in _SIDES:
        near = [
            (side * (base - 5), -6 * size + 4, -4),
            (side * (base + 3), -10 * size + 4, -9),
            (side * (base + 9.5), -4 * size + 4, -11),
            (side * (base + 9), 8 * size + 4, -10),
            (side * (base + 5.5), 20 * size + 4, -7),
            (side * (base + 1), 27 * size + 4, -5),
            (side * (base - 5), 24 * size + 4, -3),
        ]
        pen.blob(near, skin.base if side < 0 else skin.shade)
        pen.blob(
            [
                (side * (base + 1), 0, -6),
                (side * (base + 6), -2, -9),
                (side * (base + 6), 8, -9),
                (side * (base + 2.5), 17, -7),
                (side * (base - 1), 14, -5),
            ],
            skin.deep,
            0.28,
        )
        pen.line(
            [
                (side * (base + 0.5), -2, -6),
                (side * (base + 5.5), -4.5 * size + 2, -9),
                (side * (base + 7), 7, -10),
                (side * (base + 4), 17 * size, -8),
            ],
            skin.light if side < 0 else skin.base,
            1.5,
            0.8,
        )


def draw_earrings(person: Subject, canvas: Canvas) -> None:
    kind, pen = person.face.earrings, person.head_pen(canvas)
    if person.ears_covered:
        return
    size = 0.88 + 0.24 * person.face.ears
    for side in _SIDES:
        x, y, z = side * (person.skull.cheek + 3.2), 23 * size + 4, -5.0
        if kind in ("stud", "drop"):
            pen.dot((x, y, z), 2.5, "#C9A24C")
            pen.dot((x - 0.7, y - 0.8, z), 0.9, "#F6E7B4")
        if kind == "drop":
            pen.line([(x, y + 2, z), (x, y + 7, z)], "#B98F3C", 1.1)
            pen.blob(
                [(x, y + 6.5, z), (x + 2.8, y + 12, z), (x, y + 15, z), (x - 2.8, y + 12, z)],
                "#2F7A78",
            )
        if kind == "hoop":
            rim = [(x, y, z), (x + 5, y + 5, z), (x + 2, y + 12, z), (x - 3, y + 11, z),
                   (x - 4.5, y + 5, z), (x, y, z)]  # fmt: skip
            pen.line(rim, "#C39A42", 1.7)


def draw_head(person: Subject, canvas: Canvas) -> None:
    """The skull in two tones, then its planes from the brow to the chin."""
    pen, skin, skull = person.head_pen(canvas), person.skin, person.skull
    right = skull.side()
    left = [(-x, y, z) for x, y, z in right[1:-1]]
    pen.blob([*right, *left[::-1]], skin.base)
    _light_side(pen, person)
    _shadow_side(pen, person)
    _sockets(pen, person)
    _cheeks(pen, person)
    _lines(pen, person)
    _nose(pen, person)
    _chin(pen, person)
    _marks(pen, person)


def _shadow_side(pen: Pen, person: Subject) -> None:
    skin, skull = person.skin, person.skull
    outer = skull.side()[1:]
    c, j, d = skull.cheek, skull.jaw, skull.down
    inner = [
        (2, d - 1.5), (14, d - 8), (j * 0.55, 67), (j * 0.74, 52), (c * 0.68, 36),
        (c * 0.78, 18), (c * 0.80, 2), (c * 0.74, -16), (c * 0.76, -36), (c * 0.62, -58), (27, -79),
    ]  # fmt: skip
    pen.shape(outer, inner, fill=skin.shade)


def _light_side(pen: Pen, person: Subject) -> None:
    skin, c = person.skin, person.skull.cheek
    pen.blob(
        [(-c * 0.80, 10), (-c * 0.64, 4), (-c * 0.42, 14), (-c * 0.44, 27), (-c * 0.66, 31),
         (-c * 0.80, 23)],
        skin.light, 0.5,
    )  # fmt: skip
    pen.blob(
        [(-c * 0.62, -48), (-c * 0.2, -58), (c * 0.2, -50), (c * 0.12, -33), (-c * 0.3, -31),
         (-c * 0.66, -34)],
        skin.light, 0.42,
    )  # fmt: skip


def _sockets(pen: Pen, person: Subject) -> None:
    """The hollows that the brows shade; deeper for deep-set eyes and with the years."""
    skin, deep = person.skin, 0.34 + (0.2 if person.face.eyes == "deep" else 0.0)
    for side in _SIDES:
        pen.blob(
            [
                (side * 8.5, -9), (side * 14, -14), (side * 25, -14.5), (side * 36, -9),
                (side * 37, -1), (side * 29, 5), (side * 16, 6), (side * 9, 2),
            ],
            skin.shade if side < 0 else skin.deep,
            deep if side < 0 else 0.6 * deep,
        )  # fmt: skip


def _cheeks(pen: Pen, person: Subject) -> None:
    skin, c = person.skin, person.skull.cheek
    warm = (0.13 + 0.12 * person.moves.squint) * (1.0 - 0.5 * person.face.skin)
    lift = 2.5 * max(0.0, person.moves.squint)
    for side in _SIDES:
        x = side * c * 0.6
        pen.blob(
            [(x - 14, 22 - lift), (x - 2, 15 - lift), (x + 13, 20 - lift), (x + 11, 30 - lift),
             (x - 5, 33 - lift)],
            skin.blush, warm,
        )  # fmt: skip


def _lines(pen: Pen, person: Subject) -> None:
    """What the years and a smile leave: folds beside the mouth, under and beside the eyes."""
    skin, old, moves = person.skin, person.old, person.moves
    smile = max(0.0, moves.corners)
    fold = min(0.7, 0.1 + 0.32 * old + 0.3 * smile)
    wide = 22 + 3 * moves.wide
    for side in _SIDES:
        pen.brush(
            [
                (side * 16.5, 31), (side * (wide + 0.5 * smile), 39 - smile),
                (side * (wide + 3), 47), (side * (wide + 2.5), 52 + 3 * old),
            ],
            [0.6, 1.9, 1.5, 0.3], skin.deep, fold,
        )  # fmt: skip
        lift = 1.6 * moves.squint
        pen.line(
            [(side * 14, 9), (side * 21, 11.6 - lift), (side * 30, 9.4 - lift)],
            skin.deep, 1.2, 0.12 + 0.36 * old + 0.2 * max(0.0, moves.squint),
        )  # fmt: skip
        if old > 0.35:
            pen.line(
                [(side * 15, 13.5), (side * 22, 16.2), (side * 29.5, 14.4)],
                skin.deep, 1.0, 0.4 * old,
            )  # fmt: skip
        feet = 0.45 * max(0.0, old - 0.2) + 0.4 * max(0.0, moves.squint) * (0.3 + old)
        if feet > 0.05:
            for rise in (-3.5, 0.5, 4.5):
                pen.line(
                    [(side * 38.5, 0.5 + 0.5 * rise), (side * 43, 0.5 + 1.1 * rise)],
                    skin.deep, 1.0, min(0.55, feet),
                )  # fmt: skip
        if old > 0.7:
            pen.brush(
                [(side * 25, 57), (side * 27, 65), (side * 25, 72)], [0.4, 1.5, 0.4],
                skin.deep, 0.3 * old,
            )  # fmt: skip
    if old > 0.3:
        rise = 2.5 * max(0.0, moves.raise_right + moves.raise_left)
        for y, half in ((-37.0, 21.0), (-43.5, 24.0), (-50.0, 18.0))[: 2 if old < 0.75 else 3]:
            pen.line(
                [(-half, y + 1), (-half / 2, y - 0.6), (0, y + 0.5), (half / 2, y - 0.6),
                 (half, y + 1)],
                skin.deep, 1.1, min(0.5, 0.22 * old + 0.05 * rise),
            )  # fmt: skip
    if moves.knit > 0 or old > 0.5:
        deep = min(0.6, 0.7 * moves.knit + 0.2 * old)
        pen.line([(-4.2, -20), (-3.4, -11)], skin.deep, 1.3, deep)
        pen.line([(4.0, -19), (3.4, -11)], skin.deep, 1.3, deep)


def _nose(pen: Pen, person: Subject) -> None:
    skin, face = person.skin, person.face
    wing = 10.0 + 6.0 * face.nose_width
    foot = 30.5 + 6.0 * face.nose_length
    high = 0.5 + 0.5 * face.bridge
    out = 10.0 + 8.0 * face.bridge
    pen.shape(
        [(7, -13, None, 2), (5.4, -4, None, 5 * high), (5.6, 8, None, 0.6 * out),
         (7.4, foot - 11, None, out * 0.7), (wing - 0.5, foot - 6, None, 5),
         (wing + 0.6, foot - 1.5, None, 3), (wing - 1.5, foot + 2.2, None, 4)],
        [(6, foot + 1.4, None, 8), (1.5, foot + 4.4, None, out)],
        [(3.6, foot - 2, None, out), (4.2, foot - 8, None, out), (1.6, 10, None, out * 0.8),
         (2.2, -4, None, 5 * high), (7, -13, None, 2)],
        fill=skin.deep, opacity=0.2 + 0.2 * high,
    )  # fmt: skip
    pen.shape(
        [(-wing + 1.6, foot + 0.6, None, 4), (-5.5, foot + 1.2, None, 8),
         (0, foot + 3, None, out * 0.9), (5.5, foot + 1.2, None, 8),
         (wing - 1.6, foot + 0.6, None, 4)],
        [(wing - 4, foot + 3.4, None, 3), (4.5, foot + 4.2, None, 6),
         (0, foot + 6.2, None, 6), (-4.5, foot + 4.2, None, 6), (-wing + 4, foot + 3.4, None, 3)],
        fill=skin.deep, opacity=0.6,
    )  # fmt: skip
    for side in _SIDES:
        pen.brush(
            [(side * (wing - 3.5), foot + 1.2, None, 5), (side * 5.6, foot + 2.2, None, 6),
             (side * 3.2, foot + 3.4, None, 8)],
            [0.6, 2.6, 0.8], skin.deep, 0.85,
        )  # fmt: skip
        pen.line(
            [(side * (wing - 1.6), foot - 8, None, 5), (side * (wing + 0.6), foot - 3, None, 3),
             (side * (wing - 1.4), foot + 1.6, None, 3)],
            skin.deep, 1.4, 0.42,
        )  # fmt: skip
    pen.brush(
        [(-1.6, -8, None, 4), (-1.4, 6, None, out * 0.7), (-2, foot - 9, None, out)],
        [1.2, 2.8, 3.8], skin.light, 0.6,
    )  # fmt: skip
    pen.dot((-2.2, foot - 4.5, None, out), 2.7, skin.light, 0.7)


def _chin(pen: Pen, person: Subject) -> None:
    skin, down = person.skin, person.skull.down
    pen.blob(
        [(-7, down - 19, None, 3), (0, down - 20.5, None, 3), (7, down - 19, None, 3),
         (4, down - 16.4, None, 3), (-4, down - 16.4, None, 3)],
        skin.deep, 0.26,
    )  # fmt: skip
    pen.blob(
        [(-9, down - 11, None, 3), (-1, down - 14, None, 3), (5, down - 11, None, 3),
         (0, down - 7, None, 3)],
        skin.light, 0.35,
    )  # fmt: skip


_MOLES = ((24.0, 38.0), (-27.0, 30.0), (-14.0, 64.0), (31.0, 14.0))
_FRECKLES = (
    (-30, 17), (-24, 21), (-18, 16), (-35, 22), (-27, 26), (17, 17), (22, 22), (28, 17), (33, 21),
    (26, 27), (-10, 14), (9, 15), (-21, 27), (19, 27), (0, 9),
)  # fmt: skip


def _marks(pen: Pen, person: Subject) -> None:
    if person.face.mole:
        pen.dot(_MOLES[person.face.mole - 1], 1.5, person.skin.deep, 0.9)
    if person.face.freckles:
        for place in _FRECKLES:
            pen.dot(place, 0.9, person.skin.deep, 0.35)
