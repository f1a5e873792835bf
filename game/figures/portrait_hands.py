"""Forearms on the table, hands, and the thing that lies between them."""

from __future__ import annotations

from game.figures.portrait_cloth import Body
from game.figures.portrait_colour import shaded
from game.figures.portrait_pen import Pen
from game.figures.portrait_props import HELD, draw_prop
from game.figures.portrait_subject import SIDE, Subject
from game.figures.svg import Canvas

_X = SIDE / 2
_CUFFED = {"suit", "jacket", "uniform"}  # a shirt's cuff shows
_ROLLED = {"apron", "vest", "shirt", "sari"}  # the forearm shows


def draw_hands(person: Subject, canvas: Canvas) -> None:
    pen, body = person.table_pen(canvas), Body(person)
    _shadow(pen, body)
    draw_prop(pen, person, behind=True)
    for side in (-1.0, 1.0):
        _forearm(pen, person, body, side)
    if person.face.prop in HELD:
        _resting(pen, person, -1.0)
        draw_prop(pen, person, behind=False)
        _holding(pen, person)
    else:
        _folded(pen, person)
        draw_prop(pen, person, behind=False)


def _shadow(pen: Pen, body: Body) -> None:
    h = body.half
    pen.blob(
        [(_X - 1.05 * h, 372), (_X - 0.5 * h, 366), (_X + 0.5 * h, 366), (_X + 1.12 * h, 374),
         (_X + 0.9 * h, 386), (_X + 10, 392), (_X - 0.8 * h, 386)],
        "#1E1712", 0.20,
    )  # fmt: skip


def _forearm(pen: Pen, person: Subject, body: Body, side: float) -> None:
    h, face = body.half, person.face
    cloth = body.sleeve if side < 0 else shaded(body.sleeve, 0.12)
    skin = person.skin.base if side < 0 else person.skin.shade
    bare = face.dress in _ROLLED
    elbow, wrist = _X + side * 1.03 * h, _X + side * 34
    turn = elbow + (wrist - elbow) * 0.42 if bare else wrist
    if bare:
        pen.shape(
            [(turn + side * 6, 350), (wrist, 357), (wrist - side * 4, 366)],
            [(wrist, 377), (turn + side * 6, 380)],
            fill=skin,
        )  # fmt: skip
        pen.shape(
            [(turn + side * 6, 370), (wrist, 372)], [(wrist, 377), (turn + side * 6, 380)],
            fill=person.skin.deep, opacity=0.3,
        )  # fmt: skip
    # The sleeve, from the elbow in.
    pen.shape(
        [(_X + side * 0.86 * h, 340), (elbow + side * 3, 346), (elbow + side * 8, 364),
         (elbow - side * 4, 384)],
        [(turn + side * 14, 384), (turn, 380)],
        [(turn - side * 2, 366), (turn, 354)],
        [(turn + side * 20, 349), (_X + side * 0.86 * h, 340)],
        fill=cloth,
    )  # fmt: skip
    pen.shape(
        [(elbow + side * 7.5, 366), (elbow - side * 4, 384)],
        [(turn + side * 14, 384), (turn, 380), (turn - side * 0.5, 373), (turn + side * 24, 374),
         (elbow - side * 14, 373), (elbow + side * 7.5, 366)],
        fill=shaded(cloth, 0.17),
    )  # fmt: skip
    ink = shaded(body.sleeve, 0.3)
    for at, high in ((0.78, 346), (0.58, 351), (0.3, 354)):
        x = turn + (elbow - turn) * at
        pen.brush([(x, high + 3), (x + side * 5, high + 11), (x + side * 2, high + 20)],
                  [0.4, 1.9, 0.4], ink, 0.6)  # fmt: skip
    if bare:
        pen.shape(
            [(turn - side * 3, 352), (turn - side * 5, 366), (turn - side * 3, 382)],
            [(turn + side * 8, 382), (turn + side * 6, 366), (turn + side * 8, 351)],
            fill=shaded(cloth, 0.08),
        )  # fmt: skip
        return
    cuff = body.shirt if face.dress in _CUFFED else shaded(cloth, 0.1)
    wide = 6.0 if face.dress in _CUFFED else 4.0
    pen.shape(
        [(wrist - side * 1, 356), (wrist - side * 3, 367), (wrist - side * 1, 379)],
        [(wrist - side * (wide + 0), 377.5), (wrist - side * (wide + 2), 367),
         (wrist - side * wide, 357.5)],
        fill=cuff,
    )  # fmt: skip


def _finger(
    pen: Pen, person: Subject, points: list[tuple[float, float]], width: float, lit: bool = True
) -> None:
    """Told from its neighbours by its own dark edge."""
    skin = person.skin
    pen.line(points, skin.deep, width + 2.0, 0.55)
    pen.line(points, skin.base if lit else skin.shade, width)


def _folded(pen: Pen, person: Subject) -> None:
    """The right hand over the left, loosely."""
    skin = person.skin
    big = 0.92 + 0.16 * person.face.frame
    pen.blob(
        [(_X + 30, 357), (_X + 12, 352.5), (_X - 8, 354), (_X - 20, 362), (_X - 18, 374),
         (_X, 382), (_X + 22, 381), (_X + 33, 374)],
        skin.shade,
    )  # fmt: skip
    for i in range(3):
        y = 377.5 - 5.0 * i
        _finger(
            pen,
            person,
            [(_X + 12, y + 3), (_X - 6, y + 4.5), (_X - 17 - i, y + 2.5)],
            6.0 * big,
            False,
        )
    pen.blob(
        [(_X - 31, 357), (_X - 14, 351), (_X + 6, 352), (_X + 14, 359), (_X + 8, 369),
         (_X - 12, 375), (_X - 30, 375)],
        skin.base,
    )  # fmt: skip
    for i in range(4):
        x, y = _X + 2 - 1.5 * i, 356.5 + 5.4 * i
        _finger(
            pen,
            person,
            [(x - 6, y - 1.5), (x + 10, y), (x + 21 - 1.6 * abs(i - 1), y + 4.2)],
            6.4 * big,
        )
    pen.blob(
        [(_X - 31, 357), (_X - 16, 352), (_X - 1, 353), (_X + 1, 362), (_X - 4, 371),
         (_X - 16, 374),
         (_X - 31, 374.5)],
        skin.base,
    )  # fmt: skip
    for i in range(3):
        pen.line(
            [(_X - 1 - 1.0 * i, 359.3 + 5 * i), (_X + 3 - 1.0 * i, 359.8 + 5 * i)],
            skin.deep,
            1.0,
            0.4,
        )
    _finger(pen, person, [(_X - 16, 356), (_X - 3, 352), (_X + 8, 351.5)], 6.6 * big)
    pen.blob(
        [(_X - 25, 357), (_X - 14, 352.5), (_X - 7, 353), (_X - 9, 359), (_X - 20, 362)], skin.base
    )
    pen.line([(_X + 6.5, 350.5), (_X + 9.6, 351)], skin.light, 1.8, 0.8)


def _resting(pen: Pen, person: Subject, side: float) -> None:
    """A hand lying flat, its fingers towards the middle."""
    skin = person.skin
    big = 0.92 + 0.16 * person.face.frame
    lit = side < 0
    tone = skin.base if lit else skin.shade
    for i in range(4):
        y = 359 + 5.2 * i
        reach = (8, 4.5, 4, 8)[i]
        _finger(
            pen, person,
            [(_X + side * 18, y), (_X + side * (12 + 0.4 * reach), y + 0.6),
             (_X + side * reach, y + 2.2)],
            6.0 * big, lit,
        )  # fmt: skip
    pen.blob(
        [(_X + side * 36, 357.5), (_X + side * 24, 354.5), (_X + side * 14, 356.5),
         (_X + side * 12, 366),
         (_X + side * 16, 376.5), (_X + side * 27, 378.5), (_X + side * 36, 377)],
        tone,
    )  # fmt: skip
    for i in range(3):
        pen.line(
            [(_X + side * 15, 361.8 + 5.2 * i), (_X + side * 19, 361.6 + 5 * i)],
            skin.deep,
            1.0,
            0.4,
        )
    pen.blob(
        [(_X + side * 32, 373), (_X + side * 18, 374), (_X + side * 16, 377),
         (_X + side * 27, 379.5),
         (_X + side * 36, 377.5)],
        skin.deep, 0.25,
    )  # fmt: skip
    _finger(
        pen,
        person,
        [(_X + side * 24, 357), (_X + side * 14, 353), (_X + side * 8, 353.5)],
        6.2 * big,
        lit,
    )
    pen.blob(
        [(_X + side * 30, 357), (_X + side * 22, 354.2), (_X + side * 16, 355),
         (_X + side * 17, 360),
         (_X + side * 26, 362)],
        tone,
    )  # fmt: skip


def _holding(pen: Pen, person: Subject) -> None:
    """The right hand's fingers round what it holds,
    whose middle is 30 units right of the middle."""
    skin = person.skin
    big = 0.92 + 0.16 * person.face.frame
    upright = person.face.prop in ("cup", "mug", "glass")
    x = _X + 44
    pen.blob(
        [(x + 10, 354), (x - 1, 351), (x - 10, 354), (x - 12, 364), (x - 6, 374), (x + 6, 378),
         (x + 12, 372)],
        skin.shade,
    )  # fmt: skip
    if upright:
        for i in range(4):
            y = 352 + 5.6 * i
            _finger(
                pen,
                person,
                [(x - 2, y + 1), (x - 12, y), (x - 22 + 1.2 * abs(i - 1), y + 2.2)],
                6.2 * big,
                False,
            )
        pen.blob(
            [(x + 10, 354), (x + 2, 349.5), (x - 6, 351), (x - 7, 362), (x - 4, 374), (x + 6, 378),
             (x + 12, 372)],
            skin.shade,
        )  # fmt: skip
        return
    for i in range(3):
        y = 361 + 5.4 * i
        _finger(pen, person, [(x - 2, y), (x - 10, y + 0.5), (x - 15 + i, y + 4)], 6.2 * big, False)
    _finger(pen, person, [(x - 2, 357), (x - 12, 355), (x - 19, 359.5)], 6.2 * big, False)
    pen.blob(
        [(x + 10, 354), (x + 2, 350.5), (x - 5, 353), (x - 6, 364), (x - 4, 374), (x + 6, 378),
         (x + 12, 372)],
        skin.shade,
    )  # fmt: skip
    _finger(pen, person, [(x + 2, 354), (x - 8, 352), (x - 17, 356)], 5.8 * big, False)
