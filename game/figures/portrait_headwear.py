"""Caps, scarves and wraps: a person's own choice, worn over the hair."""

from __future__ import annotations

from game.figures.portrait_colour import lit, shaded
from game.figures.portrait_pen import Pen
from game.figures.portrait_subject import Subject
from game.figures.svg import Canvas

_CLOTHS = ("#35597A", "#6B4A73", "#8A4B34", "#40614F", "#A0693C", "#2F6F73")


def _cloth(person: Subject) -> str:
    return _CLOTHS[(person.face.colour + 1) % len(_CLOTHS)]


def draw_headwear_back(person: Subject, canvas: Canvas) -> None:
    if person.face.headwear not in ("hijab", "headscarf"):
        return
    pen, cloth = person.head_pen(canvas), _cloth(person)
    wide = person.skull.temple + 8

    pen.shape(
        [(-wide, -36, -10), (-wide - 4, 20, -10), (-wide + 2, 70, -8), (-wide - 2, 118, -6)],
        [(wide + 2, 118, -6), (wide - 2, 70, -8), (wide + 4, 20, -10), (wide, -36, -10)],
        fill=shaded(cloth, 0.26),
    )  # fmt: skip


def draw_headwear(person: Subject, canvas: Canvas) -> None:
    kind = person.face.headwear
    pen = person.head_pen(canvas)
    if person.face.detail == "pencil":  # behind the ear
        x = person.skull.temple
        pen.line([(x - 10, -4, 10), (x + 12, -20, -14)], "#B98A2F", 4.0)
        pen.line([(x - 10, -5, 10), (x + 11, -20.5, -14)], "#E0B45C", 1.6)
        pen.line([(x - 14, -1, 12), (x - 10.6, -3.5, 10)], "#EBD3A8", 2.4)
    if kind == "cap":
        _cap(pen, person)
    elif kind == "beanie":
        _beanie(pen, person)
    elif kind == "headscarf":
        _headscarf(pen, person)
    elif kind == "hijab":
        _hijab(pen, person)
    elif kind == "turban":
        _turban(pen, person)


def _cap(pen: Pen, person: Subject) -> None:
    cloth, wide = _cloth(person), person.skull.temple + 5
    crown = [(-wide, -40, 2), (-wide + 2, -66, 0), (-36, -94, 0), (0, -104, 0), (36, -94, 0),
             (wide - 2, -66, 0), (wide, -40, 2)]  # fmt: skip
    pen.shape(crown, [(30, -50, 40), (0, -53, 44), (-30, -50, 40)], fill=cloth)
    pen.shape(crown[3:], [(34, -48, 36), (30, -72, 20), (0, -104, 0)], fill=shaded(cloth, 0.15))
    pen.line([(0, -103, 4), (-2, -80, 24), (-3, -54, 44)], shaded(cloth, 0.28), 1.3, 0.8)
    pen.shape(
        [(-wide + 1, -42, 10), (-34, -52, 36), (0, -56, 44), (34, -52, 36), (wide - 1, -42, 10)],
        [(46, -33, 34), (22, -36, 66), (-4, -36, 72), (-28, -36, 64), (-46, -33, 34)],
        fill=shaded(cloth, 0.24),
    )  # fmt: skip
    pen.line(
        [(-42, -44, 30), (-20, -48, 56), (6, -48, 60), (34, -46, 44)], lit(cloth, 0.2), 1.3, 0.6
    )
    pen.dot((0, -104, 0), 2.6, shaded(cloth, 0.2))


def _beanie(pen: Pen, person: Subject) -> None:
    cloth, wide = _cloth(person), person.skull.temple + 5
    dome = [(-wide, -38, 0), (-wide + 1, -70, 0), (-34, -102, 0), (-14, -114, 0), (14, -114, 0),
            (34, -102, 0),
            (wide - 1, -70, 0), (wide, -38, 0)]  # fmt: skip
    pen.shape(dome, [(30, -48, 40), (-30, -48, 40)], fill=cloth)
    pen.shape(dome[4:], [(36, -52, 30), (26, -86, 10), (14, -114, 0)], fill=shaded(cloth, 0.15))
    band = [(-wide - 1, -34, 0), (-34, -40, 34), (0, -42, 44), (34, -40, 34), (wide + 1, -34, 0)]
    top = [(wide, -56, 0), (32, -62, 32), (0, -64, 38), (-32, -62, 32), (-wide, -56, 0)]
    pen.shape(band, top, fill=lit(cloth, 0.1))
    for i in range(11):
        x = -50 + 10 * i
        pen.line([(x * 1.04, -38 - 0.0 * x, 20), (x, -58, 20)], shaded(cloth, 0.22), 1.2, 0.6)


def _headscarf(pen: Pen, person: Subject) -> None:
    """Laid loosely over the hair, which shows at the front; one end over the shoulder."""
    cloth, wide = _cloth(person), person.skull.temple + 9
    top = [
        (-wide - 3, 30, -6), (-wide - 1, -20, 0), (-wide + 6, -64, 0), (-30, -102, 0), (2, -112, 0),
        (34, -102, 0), (wide - 6, -64, 0), (wide + 1, -20, 0), (wide + 3, 30, -6),
    ]  # fmt: skip
    left = [
        (0, -84, 20), (-22, -78, 18), (-42, -56, 14), (-wide + 8, -14, 4), (-wide + 9, 24, 2),
        (-wide + 15, 66, 2), (-34, 96, 4), (-6, 112, 10),
    ]  # fmt: skip
    right = [(-x, y, z) for x, y, z in left]
    hem = [(-wide - 24, 146, -4), (-wide - 8, 104, -4), (-wide + 1, 70, -6), (-wide - 3, 30, -6)]
    pen.shape(
        [*hem, *top[1:5]],
        [(2, -112, 0), (0, -84, 20)],
        left,
        [(-14, 157, 6), (-wide + 4, 153, 0), (-wide - 24, 146, -4)],
        fill=cloth,
    )
    pen.shape(
        [(2, -112, 0), *top[5:], (wide - 1, 70, -6), (wide + 8, 104, -4), (wide + 24, 146, -4)],
        [(wide - 4, 153, 0), (-14, 157, 6)],
        [(-6, 112, 10), (6, 112, 10)], right[::-1],
        fill=shaded(cloth, 0.09),
    )  # fmt: skip
    pen.shape(
        [(20, -108, 0), *top[5:], (wide - 1, 70, -6), (wide + 8, 104, -4), (wide + 24, 146, -4)],
        [(46, 148, 0), (44, 100, 2), (wide - 6, 60, 0), (wide - 3, 0, 2), (45, -60, 8),
         (20, -108, 0)],
        fill=shaded(cloth, 0.22),
    )  # fmt: skip
    for curve in (
        [(-18, -82, 18), (-36, -84, 8), (-53, -56, 4), (-58, -20, 0)],
        [(-4, -86, 20), (-24, -98, 6), (-46, -82, 2)],
        [(-wide + 3, 0, 0), (-wide + 3, 50, -4), (-wide - 2, 96, -4)],
    ):
        pen.line(curve, lit(cloth, 0.22), 1.3, 0.7)
    for curve in (
        [(18, -81, 18), (36, -78, 8), (53, -46, 4), (58, -10, 0)],
        [(-44, 82, 4), (-16, 112, 10), (28, 122, 8)],
        [(-56, 92, 0), (-30, 124, 6), (16, 138, 8)],
    ):
        pen.line(curve, shaded(cloth, 0.32), 1.3, 0.6)


def _hijab(pen: Pen, person: Subject) -> None:
    cloth, wide = _cloth(person), person.skull.temple + 7
    down = person.skull.down
    outer = [(-wide - 26, 150, -4), (-wide - 6, 108, -4), (-wide + 2, 70, -4), (-wide - 1, 20, -4),
             (-wide, -30, 0), (-wide + 9, -70, 0), (-26, -97, 0), (0, -102, 0), (26, -97, 0),
             (wide - 9, -70, 0), (wide, -30, 0), (wide + 1, 20, -4), (wide - 2, 70, -4),
             (wide + 6, 108, -4), (wide + 26, 150, -4)]  # fmt: skip
    half_left = [(0, -62), (-26, -56), (-43, -38), (-49, -10), (-47, 24), (-36, 62),
                 (-18, down - 6, 20), (0, down - 2, 22)]  # fmt: skip
    half_right = [(-x, *rest) for x, *rest in half_left]
    pen.shape(outer[:8], half_left, [(0, down - 2, 22), (0, 156, 4)], fill=cloth)
    pen.shape(
        outer[7:], [(0, 156, 4), (0, down - 2, 22)], half_right[::-1], fill=shaded(cloth, 0.1)
    )
    pen.shape(
        [(wide - 9, -70, 0), (wide, -30, 0), (wide + 1, 20, -4), (wide - 2, 70, -4),
         (wide + 6, 108, -4), (wide + 26, 150, -4)],
        [(44, 150, 4), (42, 100, 4), (52, 40, 4), (51, -20, 6), (wide - 9, -70, 0)],
        fill=shaded(cloth, 0.22),
    )  # fmt: skip
    for curve in (
        [(-49, 30, 6), (-38, 74, 14), (-8, 104, 20), (30, 116, 14)],
        [(-56, 48, 0), (-44, 96, 6), (-6, 126, 14)],
        [(-34, -54, 20), (-50, -30, 10), (-55, 10, 2)],
        [(-12, -64, 24), (-34, -70, 10), (-50, -52, 4)],
    ):
        pen.line(curve, shaded(cloth, 0.3), 1.4, 0.6)
    pen.line(
        [(-46, -40, 12), (-28, -60, 22), (0, -66, 26), (24, -62, 22)], lit(cloth, 0.25), 1.6, 0.7
    )
    pen.dot((40, 74, 14), 2.2, "#D9C38A")


def _turban(pen: Pen, person: Subject) -> None:
    cloth, wide = _cloth(person), person.skull.temple + 9
    outer = [(-wide + 5, -12, 0), (-wide - 4, -44, 0), (-wide + 4, -82, 0), (-28, -112, 0),
             (0, -119, 0),
             (28, -112, 0), (wide - 4, -82, 0), (wide + 4, -44, 0), (wide - 5, -12, 0)]  # fmt: skip
    edge = [(46, -28, 20), (24, -46, 34), (-2, -62, 40), (-24, -46, 34), (-46, -28, 20)]
    pen.shape(outer, edge, fill=cloth)
    pen.shape(outer[4:], [(46, -28, 20), (30, -50, 26), (26, -88, 10), (0, -119, 0)],
              fill=shaded(cloth, 0.15))  # fmt: skip
    for i, x in enumerate((-44, -33, -20)):
        pen.line(
            [(-2, -62, 40), (x * 0.7, -72 - 6 * i, 28), (x - 8, -50 - 20 * i, 6),
             (x - 14, -26 - 16 * i, 2)],
            shaded(cloth, 0.28), 1.5, 0.8,
        )  # fmt: skip
        pen.line(
            [(-2, -62, 40), (-x * 0.7, -72 - 6 * i, 28), (-x + 8, -50 - 20 * i, 6),
             (-x + 14, -26 - 16 * i, 2)],
            shaded(cloth, 0.36), 1.5, 0.8,
        )  # fmt: skip
    pen.line([(-54, -48, 6), (-46, -84, 6), (-22, -106, 4)], lit(cloth, 0.2), 2.2, 0.6)
