"""The body under the cloth, its colours, and what many clothes share: folds, collars, buttons."""

from __future__ import annotations

from game.figures.portrait_colour import lightness, lit, shaded
from game.figures.portrait_pen import Pen
from game.figures.portrait_subject import SIDE, Subject

Line = list[tuple[float, float]]
_X = SIDE / 2

CLOTH: dict[str, tuple[str, ...]] = {
    "suit": ("#2C3850", "#3A3C44", "#4A4038", "#33463F", "#463445", "#56606E"),
    "jacket": ("#6B5A48", "#3F5360", "#7A4B3E", "#4D5A45", "#5A4A66", "#8A7558"),
    "apron": ("#7A4A38", "#2F5560", "#4B5A3E", "#39405A", "#8A6A3A", "#5C4453"),
    "overall": ("#35597A", "#5B6570", "#7A5A36", "#40614F", "#8A4B34", "#454D68"),
    "cardigan": ("#7B3F46", "#50634F", "#3F566B", "#8A6E42", "#67506E", "#5F6468"),
    "uniform": ("#26324C", "#4A5240", "#E9E4D8", "#5A2F34", "#3A4A52", "#30343C"),
    "blouse": ("#2F7073", "#A8583F", "#6B4A73", "#C9A254", "#D9CDBB", "#45628A"),
    "knit": ("#A0693C", "#4F6B5C", "#7C4550", "#46597A", "#8C8470", "#5D4B6B"),
    "turtleneck": ("#35343C", "#6A3F3B", "#40564A", "#8A7B66", "#3F4A66", "#70597A"),
    "vest": ("#D98B2B", "#C8A832", "#54702F", "#4A5A68", "#B5562F", "#3F5F5A"),
    "shirt": ("#8FA9C4", "#D8D2C4", "#9DB09A", "#C49A84", "#7E86A6", "#B9A8C0"),
    "sari": ("#8C2F4A", "#2F6A5C", "#B5672B", "#4A3F7A", "#2F5A80", "#7A2F5A"),
    "chef": ("#F0EBE0", "#E4E1DB", "#EFE7D6", "#E8E6E2", "#EDE4DC", "#E6E2D4"),
}
# What covers the arms where the cloth of the dress does not.
_UNDER = {
    "apron": ("#E6E0D2", "#C9D4DC", "#D8C8B0", "#E3D6D0", "#D5DACB", "#EDE6DA"),
    "vest": ("#5F7183", "#8A5C4A", "#D8D2C4", "#B9A78C", "#6B7A68", "#A9B4C2"),
    "sari": ("#C9A254", "#D9B36A", "#7A2F3A", "#C98A4A", "#D8C08A", "#2F6A5C"),
}
_SHIRTS = ("#F4EFE4", "#DCE6EE", "#EFE3E4", "#F1ECDC", "#E3EAE0", "#E6E2EC")
_TIES = ("#8E2F2F", "#2F5A66", "#7A5A24", "#4A3F6B", "#3F5A3A", "#A5522E")


class Body:
    """The outline under the cloth, in units of the picture."""

    def __init__(self, person: Subject) -> None:
        face = person.face
        self.neck = 23.0 + 8.0 * face.frame + 5.0 * face.build
        self.half = 97.0 + 18.0 * face.frame + 26.0 * face.build
        self.fall = 290.0 - 5.0 * face.frame
        self.colour = face.colour
        self.base = CLOTH[face.dress][face.colour % 6]
        self.shirt = _SHIRTS[face.colour % 6]
        under = _UNDER.get(face.dress)
        self.sleeve = self.base if under is None else under[face.colour % 6]
        self.tie = _TIES[(face.colour * 5 + face.age) % 6]
        self.ink = shaded(self.base, 0.42) if lightness(self.base) > 0.3 else shaded(self.base, 0.5)

    def side(self, sign: float, grow: float = 0.0) -> Line:
        """From the neck over the shoulder down the arm."""
        n, h, f = self.neck, self.half + grow, self.fall - grow
        return [
            (_X + sign * n, f - 31), (_X + sign * (n + 15), f - 20), (_X + sign * 0.68 * h, f - 8),
            (_X + sign * 0.9 * h, f), (_X + sign * 1.02 * h, f + 19),
            (_X + sign * 1.08 * h, f + 56),
            (_X + sign * 1.11 * h, SIDE),
        ]  # fmt: skip


def trunk(pen: Pen, body: Body, colour: str, grow: float = 0.0, dip: float = 14.0) -> None:
    """The cloth in two tones, with arms told apart from the chest."""
    left, right = body.side(-1, grow), body.side(1, grow)
    low = body.fall - 31 + dip
    pen.shape(left[::-1], [(_X - body.neck, body.fall - 31), (_X, low),
                           (_X + body.neck, body.fall - 31)],
              right, fill=colour)  # fmt: skip
    h, f = body.half + grow, body.fall
    pen.shape(
        right[2:],
        [(_X + 0.70 * h, SIDE), (_X + 0.78 * h, f + 74), (_X + 0.74 * h, f + 44),
         (_X + 0.82 * h, f + 18),
         (_X + 0.68 * h, f - 8)],
        fill=shaded(colour, 0.16),
    )  # fmt: skip
    pen.shape(
        [(_X + 0.66 * h, SIDE), (_X + 0.72 * h, f + 64), (_X + 0.5 * h, f + 70),
         (_X + 0.34 * h, SIDE)],
        fill=shaded(colour, 0.1), opacity=0.8,
    )  # fmt: skip
    folds(pen, body, colour, grow)
    pen.brush(
        [(_X - 0.98 * h, f + 22), (_X - 0.86 * h, f + 4), (_X - 0.6 * h, f - 5)],
        [0.6, 4.5, 0.6], lit(colour, 0.18), 0.8,
    )  # fmt: skip


def folds(pen: Pen, body: Body, colour: str, grow: float = 0.0) -> None:
    ink, h, f = shaded(colour, 0.3), body.half + grow, body.fall
    for sign, strong in ((-1.0, 0.75), (1.0, 0.95)):
        pen.brush(
            [(_X + sign * 0.72 * h, f + 34), (_X + sign * 0.77 * h, f + 66),
             (_X + sign * 0.74 * h, SIDE)],
            [0.5, 2.4, 2.6], ink, strong,
        )  # fmt: skip
        pen.brush(
            [(_X + sign * 0.74 * h, f + 40), (_X + sign * 0.84 * h, f + 37),
             (_X + sign * 0.92 * h, f + 29)],
            [2.0, 1.5, 0.4], ink, 0.6 * strong,
        )  # fmt: skip
        pen.brush(
            [(_X + sign * 0.73 * h, f + 52), (_X + sign * 0.62 * h, f + 58),
             (_X + sign * 0.5 * h, f + 55)],
            [2.0, 1.3, 0.4], ink, 0.5 * strong,
        )  # fmt: skip
        pen.brush(
            [(_X + sign * 1.08 * h, f + 72), (_X + sign * 0.97 * h, f + 78),
             (_X + sign * 0.9 * h, f + 92)],
            [0.5, 1.8, 0.4], ink, 0.6 * strong,
        )  # fmt: skip


def collar(
    pen: Pen, body: Body, cloth: str, spread: float = 17.0, low: float = 20.0, gap: float = 0.0
) -> None:
    """Two wings of a shirt's collar round an open or closed neck."""
    n, f = body.neck, body.fall
    for sign, tone in ((-1.0, cloth), (1.0, shaded(cloth, 0.09))):
        pen.shape(
            [(_X + sign * (n - 3), f - 41), (_X + sign * (n + 6), f - 32), (_X + sign * (n + 3),
                                                                            f - 12)],
            [(_X + sign * spread, f + low - 14)],
            [(_X + sign * (1.0 + gap), f - 10 + 1.1 * gap), (_X + sign * (n - 8 + 0.2 * gap),
                                                             f - 24), (_X + sign * (n - 3),
                                                                        f - 41)],
            fill=tone,
        )  # fmt: skip
        pen.line(
            [(_X + sign * (1.0 + gap), f - 10 + 1.1 * gap), (_X + sign * (n - 8 + 0.2 * gap),
                                                             f - 24), (_X + sign * (n - 3),
                                                                        f - 41)],
            shaded(cloth, 0.2), 1.0, 0.8,
        )  # fmt: skip


def open_neck(pen: Pen, person: Subject, body: Body, deep: float) -> None:
    """Skin in the opening of a collar."""
    n, f = body.neck, body.fall
    top = [(_X + n - 1, f - 34), (_X, f - 25), (_X - n + 1, f - 34)]
    pen.shape(top, [(_X - 0.5 * n, f - 9 + 0.35 * deep), (_X, f + deep)],
              [(_X + 0.5 * n, f - 9 + 0.35 * deep)],
              fill=person.skin.base)  # fmt: skip
    pen.shape([(_X + n - 1, f - 34), (_X + 6, f - 25)], [(_X + 3, f - 6), (_X, f + deep)],
              [(_X + 0.5 * n, f - 9 + 0.35 * deep)], fill=person.skin.shade)  # fmt: skip


def shirt_front(pen: Pen, body: Body, low: float) -> None:
    n, f = body.neck, body.fall
    pen.shape([(_X - n - 4, f - 30), (_X - 0.36 * body.half, f + 6), (_X, low)],
              [(_X + 0.36 * body.half, f + 6), (_X + n + 4, f - 30)],
              [(_X + n - 2, f - 31), (_X, f - 21), (_X - n + 2, f - 31)],
              fill=body.shirt)  # fmt: skip
    pen.shape([(_X + 5, f - 12), (_X + n + 4, f - 30)], [(_X + 0.36 * body.half, f + 6), (_X, low)],
              fill=shaded(body.shirt, 0.1))  # fmt: skip


def buttons(pen: Pen, cloth: str, top: float, count: int, apart: float, x: float = _X) -> None:
    for i in range(count):
        pen.dot((x, top + apart * i), 1.9, shaded(cloth, 0.34))
        pen.dot((x - 0.5, top + apart * i - 0.5), 0.8, lit(cloth, 0.4))
