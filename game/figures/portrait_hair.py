"""Hair that ends at the ears: caps, crops, curls and what is left of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from game.figures.portrait_hair_curls import CURLS, CURLS_BACK, gone_back, hairline
from game.figures.portrait_hair_long import LONG_BACK, LONG_FRONT
from game.figures.portrait_pen import Pen
from game.figures.portrait_subject import Subject
from game.figures.svg import Canvas

Line = Sequence[tuple[float, ...]]
_COVERED = ("hijab", "turban", "headscarf")


def draw_hair_back(person: Subject, canvas: Canvas) -> None:
    """What lies behind head and neck."""
    drawn = {**CURLS_BACK, **LONG_BACK}.get(_worn(person))
    if drawn is not None and person.face.headwear not in _COVERED:
        drawn(person.head_pen(canvas), person)


def draw_hair_front(person: Subject, canvas: Canvas) -> None:
    hair = _worn(person)
    drawn = {**_FRONT, **CURLS, **LONG_FRONT}[hair]
    if person.face.headwear in ("hijab", "turban"):
        return
    pen = person.head_pen(canvas)
    drawn(pen, person)
    if person.face.streak and hair not in ("bald", "shaved", "afro", "locs"):
        _streak(pen, person)


def _worn(person: Subject) -> str:
    """The hair as it lies under what is worn on it."""
    hair, headwear = person.face.hair, person.face.headwear
    if headwear == "headscarf":
        return "tied"
    high = hair in ("bun", "afro", "curly", "wavy", "pixie", "locs")
    return "cropped" if high and headwear in ("cap", "beanie") else hair


def cap(
    pen: Pen, person: Subject, line: Line, top: float, side: float, foot: float = 6.0
) -> None:  # fmt: skip
    """A cap of hair: `line` is its edge on the face from right to left, `top` and `side` how far
    it stands off the skull, `foot` how far down it reaches before the ears."""
    hair, wide = person.hair, person.skull.temple + side
    right = [
        (wide - 5.5, foot, -2), (wide - 2.0, -12, -2), (wide - 0.5, -38, 0),
        (wide - 9, -68, 0), (24, -85 - 0.8 * top, 0), (0, -88 - top, 0),
    ]  # fmt: skip
    left = [(-x, y, z) for x, y, z in right[-2::-1]]
    pen.shape([*right, *left], line[::-1], fill=hair.base)
    pen.shape(
        right[:-1],
        [(24, -85 - 0.8 * top, 0), (31, -72, 14), (36, -58, 16), (39, -44, 18)],
        [p for p in line if p[0] > 34][::-1] or [(wide - 6, foot)],
        fill=hair.shade,
    )
    pen.blob(
        [(-wide + 9, -44, 6), (-wide + 15, -66, 4), (-22, -80 - 0.7 * top, 4),
         (-2, -83 - 0.7 * top, 4),
         (-16, -73, 16), (-32, -58, 16)],
        hair.light, 0.75,
    )  # fmt: skip


def strands(pen: Pen, person: Subject, *curves: Line, width: float = 1.1) -> None:
    for curve in curves:
        bright = curve[0][0] < 4
        pen.line(curve, person.hair.strand if bright else person.hair.shade, width, 0.6)


def _short(pen: Pen, person: Subject) -> None:
    line = hairline(person, 50, 2 + gone_back(person))
    cap(pen, person, line, 9, 3.5)
    strands(
        pen, person,
        [(-26, -52), (-20, -66), (-4, -80)], [(-12, -54), (-4, -68), (12, -80)],
        [(4, -55), (14, -66), (24, -74)], [(18, -53), (28, -62), (34, -66)],
        [(-46, -22), (-48, -36), (-44, -50)],
    )  # fmt: skip


def _side(pen: Pen, person: Subject) -> None:
    back = gone_back(person)
    wide = person.skull.temple
    line = [
        (wide - 4.5, 7, 6), (wide - 6, -14, 10), (wide - 9, -33), (34, -46 - 0.3 * back),
        (14, -54 - 0.5 * back), (-8, -57 - 0.4 * back), (-27, -52 - 1.1 * back),
        (-40, -38 - 0.6 * back), (-wide + 6, -14, 10), (-wide + 4.5, 7, 6),
    ]  # fmt: skip
    cap(pen, person, line, 10, 3.5)
    hair = person.hair
    pen.shape(
        [(-28, -52 - back), (-18, -74), (6, -92, 0), (32, -86, 0), (48, -62, 0), (52, -38, 0)],
        [(42, -42), (20, -55 - 0.5 * back), (-6, -58 - 0.4 * back), (-28, -52 - back)],
        fill=hair.base,
    )  # fmt: skip
    pen.shape(
        [(20, -91, 0), (38, -80, 0), (50, -58, 0), (52, -38, 0)],
        [(43, -42), (38, -58), (20, -91, 0)],
        fill=hair.shade,
    )  # fmt: skip
    pen.line([(-28, -52 - back), (-20, -70), (-4, -84)], hair.shade, 1.5, 0.9)
    strands(
        pen, person,
        [(-22, -55 - back), (-6, -70), (14, -78)], [(-10, -57 - 0.5 * back), (8, -68), (26, -70)],
        [(6, -58), (20, -64), (36, -60)],
    )  # fmt: skip


def _cropped(pen: Pen, person: Subject) -> None:
    cap(pen, person, hairline(person, 52, 4 + gone_back(person)), 2.5, 0.5, 4)
    for i in range(16):
        x = -30 + 4.2 * i
        y = -62 - 9 * ((i * 7) % 3)
        pen.line([(x, y), (x + 1.2, y + 3.2)], person.hair.strand, 0.9, 0.4)


def _shaved(pen: Pen, person: Subject) -> None:
    line = hairline(person, 53, 5 + gone_back(person))
    right = [(48, 6, 0), (51, -22, 0), (45, -55, 0), (27, -79, 0), (0, -87, 0)]
    pen.shape(
        [*right, *[(-x, y, z) for x, y, z in right[-2::-1]]], line[::-1],
        fill=person.hair.base, opacity=0.42,
    )  # fmt: skip
    _shine(pen, person)


def _receding(pen: Pen, person: Subject) -> None:
    wide = person.skull.temple
    line = [
        (wide - 4.5, 7, 6), (wide - 6, -14, 10), (wide - 11, -36), (34, -58), (25, -72), (12, -66),
        (0, -64), (-11, -66), (-24, -72), (-33, -58), (-wide + 11, -36), (-wide + 6.5, -14),
        (-wide + 6, 7),
    ]  # fmt: skip
    cap(pen, person, line, 5, 3)
    strands(pen, person, [(-8, -68), (-4, -78), (8, -86)], [(6, -67), (12, -76), (22, -80)])


def _bald(pen: Pen, person: Subject) -> None:
    hair = person.hair
    wide = person.skull.temple
    for side in (-1.0, 1.0):
        pen.shape(
            [(side * (wide - 7), 8), (side * (wide - 7), -12), (side * (wide - 6), -30),
             (side * (wide - 9), -40)],
            [(side * (wide + 0.5), -36, 0), (side * (wide + 4.5), -16, -3), (side * (wide + 4),
                                                                             2, -4),
             (side * (wide - 1), 10, -3)],
            fill=hair.base if side < 0 else hair.shade,
        )  # fmt: skip
        pen.line(
            [(side * (wide - 3), -30), (side * (wide - 1), -16), (side * (wide - 2), 2)],
            hair.strand if side < 0 else hair.base, 1.1, 0.6,
        )  # fmt: skip
    _shine(pen, person)


def _shine(pen: Pen, person: Subject) -> None:
    pen.blob(
        [(-30, -62), (-20, -74), (-2, -78), (2, -74), (-12, -68), (-24, -58)],
        person.skin.light, 0.55,
    )  # fmt: skip


def _pixie(pen: Pen, person: Subject) -> None:
    wide, hair = person.skull.temple, person.hair
    line = [
        (wide - 5, 16), (wide - 8.5, 6), (wide - 7, -12), (wide - 8, -27), (34, -35), (14, -45),
        (-6, -54), (-22, -52), (-36, -39), (-wide + 8, -24), (-wide + 7.5, -8),
        (-wide + 9.5, 6), (-wide + 5, 17),
    ]  # fmt: skip
    cap(pen, person, line, 13, 6, 15)
    pen.shape(
        [(-24, -54), (-16, -76), (6, -95, 0), (34, -88, 0), (52, -62, 0), (55, -32, 0)],
        [(46, -24), (38, -33), (26, -37), (6, -47), (-24, -54)],
        fill=hair.base,
    )  # fmt: skip
    pen.shape(
        [(30, -90, 0), (46, -74, 0), (54, -50, 0), (55, -32, 0), (46, -24)],
        [(44, -36), (40, -56), (30, -90, 0)],
        fill=hair.shade,
    )  # fmt: skip
    pen.line([(-24, -54), (-18, -70), (-6, -84)], hair.shade, 1.5, 0.8)
    strands(
        pen, person,
        [(-18, -55), (-4, -72), (16, -82)], [(-8, -54), (10, -64), (32, -68)],
        [(4, -49), (20, -52), (38, -48)], [(22, -41), (34, -42), (44, -38)],
        [(-44, -20), (-49, -38), (-42, -58)], [(-48, 4), (-52, -14), (-51, -30)],
    )  # fmt: skip


def _wavy(pen: Pen, person: Subject) -> None:
    wide, hair = person.skull.temple, person.hair
    back = 0.6 * gone_back(person)
    line = [
        (wide - 4, 15), (wide - 7, 4), (wide - 5, -12), (wide - 10, -28), (36, -43 - back),
        (25, -47 - back), (10, -56 - back), (-6, -52 - back), (-20, -55 - back), (-32, -45 - back),
        (-42, -36 - back), (-wide + 5, -14), (-wide + 8, 3), (-wide + 4, 15),
    ]  # fmt: skip
    cap(pen, person, line, 15, 7, 13)
    for x, y in ((-34, -72), (-12, -88), (14, -88), (36, -72)):
        pen.blob([(x - 13, y), (x, y - 13), (x + 13, y - 2), (x + 4, y + 12)],
                 hair.base if x < 20 else hair.shade)  # fmt: skip
    strands(
        pen, person,
        [(-38, -48), (-42, -60), (-34, -70), (-36, -80)], [(-22, -57), (-26, -70), (-14, -80),
                                                           (-16, -92)],
        [(-4, -56), (-6, -70), (6, -78), (4, -92)], [(14, -58), (14, -70), (26, -76), (24, -86)],
        [(-48, 4), (-53, -8), (-48, -20), (-54, -34)], [(32, -48), (34, -58), (42, -62)],
        width=1.3,
    )  # fmt: skip


_FRONT: dict[str, Callable[[Pen, Subject], None]] = {
    "short": _short,
    "side": _side,
    "cropped": _cropped,
    "shaved": _shaved,
    "receding": _receding,
    "bald": _bald,
    "pixie": _pixie,
    "wavy": _wavy,
}


def _streak(pen: Pen, person: Subject) -> None:
    """One strand that has turned early."""
    pen.brush(
        [(-17, -54), (-19, -66), (-12, -80), (2, -90, 4)], [2.2, 4.6, 4.2, 0.8], "#B9B6B4", 0.85
    )
