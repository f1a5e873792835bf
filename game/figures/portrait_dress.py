"""Clothes: suits and shirts here, more in a module of their own."""

from __future__ import annotations

from collections.abc import Callable

from game.figures.portrait_cloth import Body, buttons, collar, open_neck, shirt_front, trunk
from game.figures.portrait_colour import lit, mix, shaded
from game.figures.portrait_dress_home import SOFT
from game.figures.portrait_dress_work import WORK
from game.figures.portrait_pen import Pen
from game.figures.portrait_subject import SIDE, Subject
from game.figures.svg import Canvas

_X = SIDE / 2


def draw_dress(person: Subject, canvas: Canvas) -> None:
    pen, body = person.body_pen(canvas), Body(person)
    _DRESS[person.face.dress](pen, body, person)
    _detail(pen, body, person)


def lapels(pen: Pen, body: Body, low: float, notch: bool = True) -> None:
    n, f, h = body.neck, body.fall, body.half
    for sign, tone in ((-1.0, lit(body.base, 0.07)), (1.0, shaded(body.base, 0.07))):
        outer = [(_X + sign * 0.47 * h, f + 17), (_X + sign * 0.36 * h, f + 48), (_X, low + 2)]
        pen.shape(
            [(_X + sign * (n - 1), f - 38), (_X + sign * (n + 9), f - 31), (_X + sign * (n + 16),
                                                                            f - 16),
             (_X + sign * 0.44 * h, f + 5)],
            outer,
            [(_X, low), (_X + sign * 0.2 * h, f + 24), (_X + sign * (n + 1), f - 16),
             (_X + sign * (n - 1), f - 38)],
            fill=tone,
        )  # fmt: skip
        pen.line([(_X + sign * 0.44 * h, f + 5), *outer], body.ink, 1.3, 0.75)
        if notch:
            pen.line(
                [(_X + sign * (n + 4), f - 4), (_X + sign * 0.44 * h, f + 5)], body.ink, 1.4, 0.85
            )
        pen.line(
            [(_X + sign * (n + 1), f - 16), (_X + sign * 0.2 * h, f + 24), (_X, low)],
            body.ink,
            1.2,
            0.6,
        )


def _suit(pen: Pen, body: Body, person: Subject) -> None:
    f = body.fall
    low = f + 70
    trunk(pen, body, body.base)
    if person.face.pronoun == "she":
        blouse = mix(body.shirt, body.tie, 0.12)
        body.shirt = blouse
        shirt_front(pen, body, low)
        open_neck(pen, person, body, 8)
        pen.line(
            [(_X - 14, f - 14), (_X, f + 8), (_X + 14, f - 14)], shaded(blouse, 0.16), 1.2, 0.7
        )
    else:
        shirt_front(pen, body, low)
        open_neck(pen, person, body, -7)
        _tie(pen, body, low)
        collar(pen, body, body.shirt)
    lapels(pen, body, low)
    pen.line([(_X, low + 2), (_X + 2, SIDE)], body.ink, 1.5, 0.8)
    pen.dot((_X - 5, low + 12), 3.0, shaded(body.base, 0.35))
    pen.dot((_X - 5.8, low + 11.2), 1.1, lit(body.base, 0.3))
    h = body.half
    pen.facets(
        [(_X + 0.36 * h, f + 36), (_X + 0.62 * h, f + 33), (_X + 0.62 * h, f + 37),
         (_X + 0.36 * h, f + 40)],
        shaded(body.base, 0.28),
    )  # fmt: skip


def _tie(pen: Pen, body: Body, low: float) -> None:
    f, tie = body.fall, body.tie
    pen.shape(
        [(_X - 5, f), (_X - 9, low - 14), (_X - 2, low + 10)],
        [(_X + 8, low - 14), (_X + 5, f)],
        fill=tie,
    )
    pen.shape(
        [(_X + 1, f), (_X + 1, low + 4)], [(_X + 8, low - 14), (_X + 5, f)], fill=shaded(tie, 0.16)
    )
    for i in range(4):
        y = f + 12 + 15 * i
        pen.line([(_X - 7, y + 5), (_X + 6, y - 2)], lit(tie, 0.25), 1.6, 0.55)
    pen.facets([(_X - 7, f - 12), (_X + 7, f - 12), (_X + 5, f + 3), (_X - 5, f + 3)], tie)
    pen.facets(
        [(_X + 2, f - 12), (_X + 7, f - 12), (_X + 5, f + 3), (_X + 1, f + 3)], shaded(tie, 0.16)
    )


def _jacket(pen: Pen, body: Body, person: Subject) -> None:
    f, low = body.fall, body.fall + 78
    trunk(pen, body, body.base)
    shirt_front(pen, body, low)
    open_neck(pen, person, body, 14)
    collar(pen, body, body.shirt, 25, 24, 9)
    buttons(pen, body.shirt, f + 24, 3, 17)
    lapels(pen, body, low)
    pen.line([(_X, low), (_X + 1, SIDE)], body.ink, 1.4, 0.8)


def _shirt(pen: Pen, body: Body, person: Subject) -> None:
    f = body.fall
    trunk(pen, body, body.base)
    open_neck(pen, person, body, 10)
    pen.line([(_X - 7, f + 12), (_X - 7, SIDE)], body.ink, 1.0, 0.5)
    pen.line([(_X + 7, f + 12), (_X + 7, SIDE)], body.ink, 1.0, 0.5)
    collar(pen, body, lit(body.base, 0.12), 26, 24, 9)
    buttons(pen, body.base, f + 22, 5, 19)


_DRESS: dict[str, Callable[[Pen, Body, Subject], None]] = {
    "suit": _suit,
    "jacket": _jacket,
    "shirt": _shirt,
    **WORK,
    **SOFT,
}


def _detail(pen: Pen, body: Body, person: Subject) -> None:
    """One thing that somebody always wears."""
    f, kind = body.fall, person.face.detail
    if kind == "earplugs":  # on their cord round the neck
        pen.line(
            [(_X - body.neck - 2, f - 36), (_X - 22, f + 12), (_X - 5, f + 34), (_X + 12, f + 20),
             (_X + body.neck + 2, f - 36)],
            "#E2742A", 1.8,
        )  # fmt: skip
        pen.blob(
            [(_X - 9, f + 32), (_X - 3, f + 31), (_X - 3, f + 42), (_X - 9, f + 42)], "#F08A3A"
        )
        pen.dot((_X - 6, f + 42), 3.2, "#D9651F")
    if kind == "chain":
        pen.line(
            [(_X - body.neck + 1, f - 34), (_X - 12, f - 10), (_X, f - 3), (_X + 12, f - 10),
             (_X + body.neck - 1, f - 34)],
            "#C9A24C", 1.4,
        )  # fmt: skip
        pen.dot((_X, f - 1), 2.8, "#C9A24C")
    if kind == "badge":
        x = _X - 0.52 * body.half
        pen.facets([(x, f + 34), (x + 27, f + 34), (x + 27, f + 52), (x, f + 52)], "#F4EFE4")
        pen.facets([(x, f + 34), (x + 27, f + 34), (x + 27, f + 39), (x, f + 39)], "#B5562F")
        pen.line([(x + 5, f + 44.5), (x + 20, f + 44.5)], "#6F7480", 1.3)
        pen.line([(x + 5, f + 48.2), (x + 15, f + 48.2)], "#A9AFBC", 1.2)
    if kind == "pen":
        x = _X - 0.42 * body.half
        pen.line([(x, f + 26), (x, f + 42)], "#2B3A55", 3.0)
        pen.line([(x - 1.8, f + 29), (x - 1.8, f + 38)], "#C9A24C", 1.1)
