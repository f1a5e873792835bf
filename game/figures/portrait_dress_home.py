"""Softer clothes: wool, silk, a sari."""

from __future__ import annotations

from collections.abc import Callable

from game.figures.portrait_cloth import Body, buttons, collar, open_neck, trunk
from game.figures.portrait_colour import lit, mix, shaded
from game.figures.portrait_pen import Pen
from game.figures.portrait_subject import SIDE, Subject

_X = SIDE / 2
_SIDES = (-1.0, 1.0)


def _cardigan(pen: Pen, body: Body, person: Subject) -> None:
    f, h, n = body.fall, body.half, body.neck
    low = f + 64
    trunk(pen, body, body.base)
    under = mix(body.shirt, "#FFFFFF", 0.2)
    pen.shape([(_X - n - 6, f - 28), (_X - 0.26 * h, f + 10), (_X, low)],
              [(_X + 0.26 * h, f + 10), (_X + n + 6, f - 28)],
              [(_X + n - 2, f - 31), (_X, f - 21), (_X - n + 2, f - 31)], fill=under)  # fmt: skip
    pen.shape([(_X + 4, f - 20), (_X + n + 6, f - 28)], [(_X + 0.26 * h, f + 10), (_X, low)],
              fill=shaded(under, 0.1))  # fmt: skip
    open_neck(pen, person, body, 4)
    collar(pen, body, under, 25, 22, 6)
    buttons(pen, under, f + 20, 2, 16)
    for sign, tone in ((-1.0, shaded(body.base, 0.06)), (1.0, shaded(body.base, 0.17))):
        edge = [(_X + sign * (n + 2), f - 32), (_X + sign * 0.3 * h, f + 6), (_X + sign * 3, low)]
        pen.shape(
            edge, [(_X + sign * 3, SIDE), (_X - sign * 7, SIDE)] if sign < 0 else [(_X + 3, low)],
            [(_X + sign * 10, low + 2), (_X + sign * (0.3 * h + 9), f + 8), (_X + sign * (n + 11),
                                                                             f - 28)],
            fill=tone,
        )  # fmt: skip
        for i in range(6):
            share = (i + 0.5) / 6
            x, y = _X + sign * (n + 4 + (0.3 * h - n - 2) * share), f - 28 + 36 * share
            pen.line([(x, y), (x + sign * 7.5, y + 2.4)], body.ink, 0.9, 0.45)
    pen.shape(
        [(_X - 8, low - 8), (_X + 7, low - 2)],
        [(_X + 7, SIDE), (_X - 8, SIDE)],
        fill=shaded(body.base, 0.08),
    )
    pen.line([(_X + 7, low - 2), (_X + 7, SIDE)], body.ink, 1.2, 0.7)
    buttons(pen, body.base, low + 8, 2, 20)
    for x in (-0.62, -0.5, -0.38, 0.38, 0.5):
        pen.line([(_X + x * h, f + 26), (_X + x * h + 1, SIDE)], body.ink, 0.8, 0.22)


def _blouse(pen: Pen, body: Body, person: Subject) -> None:
    """Soft cloth, a narrow collar, pleats that fall from the shoulders."""
    f, h, n = body.fall, body.half, body.neck
    trunk(pen, body, body.base)
    open_neck(pen, person, body, 22)
    for sign, tone in ((-1.0, lit(body.base, 0.12)), (1.0, shaded(body.base, 0.05))):
        pen.shape(
            [(_X + sign * (n - 2), f - 38), (_X + sign * (n + 7), f - 30), (_X + sign * (n + 1),
                                                                            f - 6)],
            [(_X + sign * 16, f + 12)],
            [(_X + sign * 2, f + 24), (_X + sign * 10, f + 4), (_X + sign * (n - 4), f - 20),
             (_X + sign * (n - 2), f - 38)],
            fill=tone,
        )  # fmt: skip
        pen.line(
            [(_X + sign * (n + 1), f - 6), (_X + sign * 16, f + 12), (_X + sign * 2, f + 24)],
            body.ink,
            1.1,
            0.6,
        )
        for at, long in ((0.34, 52.0), (0.46, 64.0), (0.58, 46.0)):
            pen.brush(
                [(_X + sign * at * h, f + 2), (_X + sign * (at - 0.03) * h, f + 0.5 * long),
                 (_X + sign * (at + 0.01) * h, f + long)],
                [0.4, 2.2, 0.4], shaded(body.base, 0.24), 0.6,
            )  # fmt: skip
    pen.line([(_X, f + 24), (_X + 1, SIDE)], body.ink, 1.2, 0.7)
    buttons(pen, body.base, f + 38, 4, 18, _X - 4)


def _knit(pen: Pen, body: Body, person: Subject) -> None:
    f, n = body.fall, body.neck
    trunk(pen, body, body.base)
    pen.shape(
        [(_X - n - 1, f - 33), (_X - 15, f - 18), (_X, f - 13), (_X + 15, f - 18),
         (_X + n + 1, f - 33)],
        [(_X + n + 9, f - 27), (_X + 19, f - 8), (_X, f - 2), (_X - 19, f - 8),
         (_X - n - 9, f - 27)],
        fill=lit(body.base, 0.06),
    )  # fmt: skip
    pen.line([(_X - n - 9, f - 27), (_X - 19, f - 8), (_X, f - 2), (_X + 19, f - 8),
              (_X + n + 9, f - 27)],
             body.ink, 1.3, 0.6)  # fmt: skip
    _ribs(pen, body, f - 21, f - 11, 22)
    _stitches(pen, body)


def _turtleneck(pen: Pen, body: Body, person: Subject) -> None:
    f, n = body.fall, body.neck
    trunk(pen, body, body.base)
    pen.shape(
        [(_X - n - 1, f - 50), (_X - 12, f - 43), (_X, f - 41), (_X + 12, f - 43),
         (_X + n + 1, f - 50)],
        [(_X + n + 6, f - 26), (_X + 16, f - 15), (_X, f - 12), (_X - 16, f - 15),
         (_X - n - 6, f - 26)],
        fill=lit(body.base, 0.08),
    )  # fmt: skip
    pen.shape(
        [(_X + 8, f - 42), (_X + n + 1, f - 50)],
        [(_X + n + 6, f - 26), (_X + 16, f - 15), (_X + 6, f - 12.6)],
        fill=shaded(body.base, 0.1),
    )  # fmt: skip
    pen.line([(_X - n - 6, f - 26), (_X - 16, f - 15), (_X, f - 12), (_X + 16, f - 15),
              (_X + n + 6, f - 26)],
             body.ink, 1.3, 0.7)  # fmt: skip
    _ribs(pen, body, f - 45, f - 24, 24)
    _stitches(pen, body)


def _ribs(pen: Pen, body: Body, top: float, low: float, half: float) -> None:
    for i in range(9):
        x = -half + 2 * half * i / 8
        sag = 7.0 * (1 - (x / half) ** 2)
        pen.line([(_X + x, top + sag), (_X + x * 1.06, low + sag)], body.ink, 1.0, 0.4)


def _stitches(pen: Pen, body: Body) -> None:
    """A few stitches, where the light makes them seen."""
    f, h = body.fall, body.half
    for row in range(5):
        for column in range(7):
            x, y = _X - 0.56 * h + 11 * column + 5 * (row % 2), f + 14 + 12 * row
            pen.line([(x - 2, y - 2), (x, y + 1), (x + 2, y - 2)], body.ink, 0.9, 0.32)


def _sari(pen: Pen, body: Body, person: Subject) -> None:
    """A blouse, and the cloth laid over one shoulder with its border."""
    f, h, n = body.fall, body.half, body.neck
    trunk(pen, body, body.sleeve)
    pen.shape(
        [(_X - n - 12, f - 24), (_X - 18, f + 2), (_X, f + 8), (_X + 18, f + 2),
         (_X + n + 12, f - 24)],
        [(_X + n - 1, f - 32), (_X, f - 22), (_X - n + 1, f - 32)],
        fill=person.skin.base,
    )  # fmt: skip
    pen.shape([(_X + n + 12, f - 24), (_X + 18, f + 2), (_X + 4, f + 7.6)],
              [(_X + 6, f - 22), (_X + n - 1, f - 32)], fill=person.skin.shade)  # fmt: skip
    cloth = body.base
    pen.shape(
        [(_X + n + 8, f - 27), (_X + 0.68 * h, f - 12), (_X + 0.95 * h, f + 2),
         (_X + 1.03 * h, f + 24),
         (_X + 0.98 * h, f + 60), (_X + 0.8 * h, SIDE)],
        [(_X - 0.7 * h, SIDE)],
        [(_X - 0.5 * h, f + 58), (_X - 0.05 * h, f + 26), (_X + 0.26 * h, f), (_X + n + 8, f - 27)],
        fill=cloth,
    )  # fmt: skip
    pen.shape(
        [(_X + 0.95 * h, f + 2), (_X + 1.03 * h, f + 24), (_X + 0.98 * h, f + 60),
         (_X + 0.8 * h, SIDE)],
        [(_X + 0.5 * h, SIDE), (_X + 0.72 * h, f + 50), (_X + 0.95 * h, f + 2)],
        fill=shaded(cloth, 0.15),
    )  # fmt: skip
    pen.brush(
        [(_X + n + 6, f - 26), (_X + 0.24 * h, f + 1), (_X - 0.07 * h, f + 27),
         (_X - 0.5 * h, f + 59),
         (_X - 0.72 * h, SIDE)],
        [6, 7.5, 8, 8, 8], "#D9B36A",
    )  # fmt: skip
    for shift in (0.2, 0.36, 0.52):
        pen.brush(
            [(_X + (0.3 + shift) * h, f - 12 + 16 * shift), (_X + (0.1 + shift) * h, f + 34),
             (_X + (shift - 0.3) * h, f + 84)],
            [0.5, 2.4, 1.0], shaded(cloth, 0.3), 0.6,
        )  # fmt: skip


SOFT: dict[str, Callable[[Pen, Body, Subject], None]] = {
    "cardigan": _cardigan,
    "blouse": _blouse,
    "knit": _knit,
    "turtleneck": _turtleneck,
    "sari": _sari,
}
