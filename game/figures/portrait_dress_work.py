"""Clothes of the workplace."""

from __future__ import annotations

from collections.abc import Callable

from game.figures.portrait_cloth import Body, buttons, collar, folds, open_neck, trunk
from game.figures.portrait_colour import lit, shaded
from game.figures.portrait_pen import Pen
from game.figures.portrait_subject import SIDE, Subject

_X = SIDE / 2
_SIDES = (-1.0, 1.0)


def _overall(pen: Pen, body: Body, person: Subject) -> None:
    """A work jacket over a T-shirt: yoke, flapped pockets, a zip."""
    f, h, n = body.fall, body.half, body.neck
    trunk(pen, body, body.base)
    shirt = "#E9E3D6" if body.colour % 2 else "#3B4150"
    open_neck(pen, person, body, 2)
    pen.shape(
        [(_X - n - 2, f - 30), (_X - 13, f - 14), (_X, f - 9), (_X + 13, f - 14),
         (_X + n + 2, f - 30)],
        [(_X + 19, f + 8), (_X, f + 40)], [(_X, f + 40), (_X - 19, f + 8), (_X - n - 2, f - 30)],
        fill=shirt,
    )  # fmt: skip
    pen.line([(_X - 20, f - 17), (_X - 10, f - 9), (_X, f - 6), (_X + 10, f - 9),
              (_X + 20, f - 17)],
             shaded(shirt, 0.18), 1.3, 0.8)  # fmt: skip
    for sign, tone in ((-1.0, lit(body.base, 0.1)), (1.0, shaded(body.base, 0.04))):
        pen.shape(
            [(_X + sign * (n - 2), f - 40), (_X + sign * (n + 9), f - 33),
             (_X + sign * 0.36 * h, f + 2)],
            [(_X + sign * 20, f + 18), (_X + sign * 11, f + 14)],
            [(_X + sign * 12, f - 2), (_X + sign * (n - 1), f - 20), (_X + sign * (n - 2), f - 40)],
            fill=tone,
        )  # fmt: skip
        pen.line(
            [(_X + sign * 0.36 * h, f + 2), (_X + sign * 20, f + 18), (_X + sign * 11, f + 14)],
            body.ink, 1.2, 0.7,
        )  # fmt: skip
        pen.line(
            [(_X + sign * 0.42 * h, f + 14), (_X + sign * 0.82 * h, f + 8)], body.ink, 1.2, 0.6
        )
        _pocket(pen, body, sign)
    pen.line([(_X, f + 36), (_X, SIDE)], body.ink, 3.4, 0.55)
    pen.line([(_X, f + 36), (_X, SIDE)], "#B9B4A8", 1.3)
    pen.facets(
        [(_X - 2, f + 37), (_X + 2, f + 37), (_X + 2.6, f + 46), (_X - 2.6, f + 46)], "#D9D4C8"
    )


def _pocket(pen: Pen, body: Body, sign: float) -> None:
    f, h = body.fall, body.half
    near, far = _X + sign * 0.2 * h, _X + sign * 0.6 * h
    tone = lit(body.base, 0.05) if sign < 0 else shaded(body.base, 0.08)
    pen.facets([(near, f + 34), (far, f + 32), (far, SIDE), (near, SIDE)], tone)
    pen.facets([(near, f + 34), (far, f + 32), (far, f + 42), ((near + far) / 2, f + 46),
                (near, f + 44)],
               lit(tone, 0.05))  # fmt: skip
    pen.line([(near, f + 44), ((near + far) / 2, f + 46), (far, f + 42)], body.ink, 1.1, 0.6)
    pen.dot(((near + far) / 2, f + 42), 1.7, body.ink, 0.9)


def _apron(pen: Pen, body: Body, person: Subject) -> None:
    f, h, n = body.fall, body.half, body.neck
    trunk(pen, body, body.sleeve)
    open_neck(pen, person, body, 12)
    collar(pen, body, lit(body.sleeve, 0.2), 25, 24, 9)
    cloth = body.base
    pen.line([(_X - 0.4 * h, f + 30), (_X - n - 9, f - 22)], cloth, 7.5)
    pen.line([(_X + 0.4 * h, f + 30), (_X + n + 9, f - 22)], shaded(cloth, 0.15), 7.5)
    pen.shape(
        [(_X - 0.42 * h, f + 27), (_X, f + 30), (_X + 0.42 * h, f + 27)],
        [(_X + 0.5 * h, f + 62), (_X + 0.66 * h, SIDE)], [(_X - 0.66 * h, SIDE),
                                                          (_X - 0.5 * h, f + 62)],
        fill=cloth,
    )  # fmt: skip
    pen.shape(
        [(_X + 0.16 * h, f + 29.6), (_X + 0.42 * h, f + 27)],
        [(_X + 0.5 * h, f + 62), (_X + 0.66 * h, SIDE)], [(_X + 0.26 * h, SIDE),
                                                          (_X + 0.22 * h, f + 60)],
        fill=shaded(cloth, 0.13),
    )  # fmt: skip
    pen.line(
        [(_X - 0.4 * h, f + 33), (_X, f + 36), (_X + 0.4 * h, f + 33)], lit(cloth, 0.3), 1.0, 0.7
    )
    pen.brush([(_X - 0.2 * h, f + 44), (_X - 0.16 * h, f + 70), (_X - 0.22 * h, SIDE)],
              [0.4, 2.2, 2.4],
              shaded(cloth, 0.28), 0.7)  # fmt: skip
    for sign in _SIDES:
        pen.dot((_X + sign * 0.39 * h, f + 31), 2.6, "#C9A24C")


def _uniform(pen: Pen, body: Body, person: Subject) -> None:
    """A buttoned coat with a stand-up collar and shoulder straps."""
    f, h, n = body.fall, body.half, body.neck
    trunk(pen, body, body.base, dip=8)
    for sign, tone in ((-1.0, lit(body.base, 0.08)), (1.0, shaded(body.base, 0.08))):
        pen.shape(
            [(_X + sign * (n + 1), f - 42), (_X + sign * (n + 7), f - 28), (_X + sign * 14, f - 6),
             (_X + sign * 1, f)],
            [(_X + sign * 1.5, f - 14), (_X + sign * (n - 6), f - 26), (_X + sign * (n + 1),
                                                                        f - 42)],
            fill=tone,
        )  # fmt: skip
        pen.line(
            [(_X + sign * (n + 7), f - 28), (_X + sign * 14, f - 6), (_X + sign * 1, f)],
            body.ink,
            1.2,
            0.8,
        )
        pen.shape(
            [(_X + sign * 0.5 * h, f - 15), (_X + sign * 0.9 * h, f - 3),
             (_X + sign * 0.93 * h, f + 4),
             (_X + sign * 0.5 * h, f - 7)],
            fill=shaded(body.base, 0.22),
        )  # fmt: skip
        pen.dot((_X + sign * 0.55 * h, f - 10), 2.2, "#C9A24C")
        pen.line([(_X + sign * 0.8 * h, f - 5), (_X + sign * 0.79 * h, f + 2)], "#C9A24C", 1.8)
        for i in range(4):
            x, y = _X + sign * (19 - 0.6 * i), f + 12 + 20.0 * i
            pen.dot((x, y), 3.0, "#A87F32")
            pen.dot((x - 0.6, y - 0.7), 1.5, "#E6C878")
    pen.line([(_X + 1, f), (_X + 3, SIDE)], body.ink, 1.2, 0.7)


def _vest(pen: Pen, body: Body, person: Subject) -> None:
    """A work vest over a shirt, with bands that reflect."""
    f, h, n = body.fall, body.half, body.neck
    trunk(pen, body, body.sleeve)
    open_neck(pen, person, body, 12)
    for sign, tone in ((-1.0, body.base), (1.0, shaded(body.base, 0.12))):
        edge = [(_X + sign * (n + 4), f - 27), (_X + sign * 0.3 * h, f + 8),
                (_X + sign * 5, f + 50),
                (_X + sign * 5, SIDE)]  # fmt: skip
        pen.shape(
            edge,
            [(_X + sign * 0.74 * h, SIDE), (_X + sign * 0.73 * h, f + 44),
             (_X + sign * 0.64 * h, f + 20),
             (_X + sign * 0.66 * h, f - 8)],
            [(_X + sign * (n + 15), f - 20), (_X + sign * (n + 4), f - 27)],
            fill=tone,
        )  # fmt: skip
        band = "#E4E2D6" if sign < 0 else "#C4C3B8"
        pen.facets([(_X + sign * 0.44 * h, f - 12), (_X + sign * 0.56 * h, f - 9),
                    (_X + sign * 0.54 * h, SIDE),
                    (_X + sign * 0.42 * h, SIDE)], band)  # fmt: skip
        pen.facets([(_X + sign * 5, f + 50), (_X + sign * 0.74 * h, f + 48),
                    (_X + sign * 0.74 * h, f + 58),
                    (_X + sign * 5, f + 60)], band)  # fmt: skip
        pen.line(edge, shaded(body.base, 0.4), 1.2, 0.6)
    collar(pen, body, lit(body.sleeve, 0.16), 26, 24, 9)
    buttons(pen, body.sleeve, f + 24, 2, 16)


def _chef(pen: Pen, body: Body, person: Subject) -> None:
    """A baker's jacket, two rows of buttons, crossed over."""
    f, h, n = body.fall, body.half, body.neck
    trunk(pen, body, body.base)
    open_neck(pen, person, body, 4)
    for sign, tone in ((1.0, shaded(body.base, 0.08)), (-1.0, lit(body.base, 0.4))):
        pen.shape(
            [(_X + sign * (n - 1), f - 40), (_X + sign * (n + 7), f - 31), (_X + sign * 19, f - 7)],
            [(_X + sign * -3, f + 6)], [(_X + sign * 8, f - 14), (_X + sign * (n - 5), f - 26),
                                        (_X + sign * (n - 1), f - 40)],
            fill=tone,
        )  # fmt: skip
        pen.line([(_X + sign * (n + 7), f - 31), (_X + sign * 19, f - 7), (_X - sign * 3, f + 6)],
                 shaded(body.base, 0.3), 1.1, 0.7)  # fmt: skip
    pen.line(
        [(_X + 4, f + 4), (_X + 0.3 * h, f + 26), (_X + 0.32 * h, SIDE)],
        shaded(body.base, 0.3),
        1.3,
        0.8,
    )
    for i in range(4):
        for x in (-0.2 * h, 0.2 * h):
            pen.dot((_X + x, f + 20 + 18 * i), 2.6, "#3B4150" if body.colour % 2 else "#8C8676")
    folds(pen, body, shaded(body.base, 0.06))


WORK: dict[str, Callable[[Pen, Body, Subject], None]] = {
    "overall": _overall,
    "apron": _apron,
    "uniform": _uniform,
    "vest": _vest,
    "chef": _chef,
}
