"""Hair that falls, or is gathered: bobs, plaits, knots."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from game.figures.portrait_pen import Pen
from game.figures.portrait_subject import Subject

Line = Sequence[tuple[float, ...]]


def _parted(pen: Pen, person: Subject, foot: float, flare: float) -> None:
    """Two curtains from a parting on the left, covering the ears down to `foot`."""
    hair, wide = person.hair, person.skull.temple + 6
    top = -101.0
    end = wide + flare
    pen.shape(
        [(-12, top + 6, 0), (10, top, 0), (36, -88, 0), (wide - 1, -54, 0), (wide + 2, -16, 0),
         (end, foot - 16, -2), (end - 4, foot, -2)],
        [(end - 14, foot + 1, -2), (wide - 12, foot - 22, 4), (wide - 10, 6), (wide - 10, -16),
         (38, -36), (20, -46), (0, -54), (-16, -60)],
        [(-16, -60), (-19, -78, 8), (-12, top + 6, 0)],
        fill=hair.base,
    )  # fmt: skip
    pen.shape(
        [(30, -91, 0), (wide - 1, -54, 0), (wide + 2, -16, 0), (end, foot - 16, -2),
         (end - 4, foot, -2)],
        [(end - 12, foot + 1, -2), (wide - 7, foot - 24, 2), (wide - 5, 0, 2), (wide - 8, -34, 4),
         (30, -91, 0)],
        fill=hair.shade,
    )  # fmt: skip
    pen.shape(
        [(-10, top + 5, 0), (-34, -91, 0), (-wide + 1, -56, 0), (-wide - 2, -16, 0),
         (-end, foot - 16, -2), (-end + 4, foot, -2)],
        [(-end + 14, foot + 1, -2), (-wide + 12, foot - 22, 4), (-wide + 10, 6), (-wide + 10, -14),
         (-42, -34), (-28, -50), (-16, -60)],
        [(-16, -60), (-17, -78, 8), (-10, top + 5, 0)],
        fill=hair.base,
    )  # fmt: skip
    pen.blob(
        [(-20, -86, 4), (-38, -72, 4), (-48, -46, 4), (-44, -40, 8), (-32, -56, 12),
         (-20, -72, 12)],
        hair.light, 0.7,
    )  # fmt: skip
    pen.line([(-16, -60), (-17.5, -76, 10), (-11, -93, 2)], hair.shade, 1.4, 0.9)
    for curve in (
        [(-20, -66), (-38, -54), (-49, -28), (-51, 2), (-end + 8, foot - 8, 0)],
        [(-20, -76), (-44, -60), (-54, -24, 0), (-end + 4, foot - 18, 0)],
        [(-8, -66), (14, -60), (34, -46), (46, -26)],
        [(-8, -76), (18, -72), (40, -54), (50, -24)],
        [(2, -88, 6), (28, -80, 4), (48, -50, 2)],
    ):
        bright = curve[0][0] < -10
        pen.line(curve, hair.strand if bright else hair.light, 1.2, 0.6)


def _bob_back(pen: Pen, person: Subject) -> None:
    wide = person.skull.temple + 6
    pen.shape(
        [(-wide, -30, -10), (-wide - 5, 20, -10), (-wide - 4, 52, -10), (-30, 62, -10)],
        [(30, 62, -10), (wide + 4, 52, -10), (wide + 5, 20, -10), (wide, -30, -10)],
        fill=person.hair.shade,
    )  # fmt: skip


def _bob(pen: Pen, person: Subject) -> None:
    _parted(pen, person, 50, 5)


def _long_back(pen: Pen, person: Subject) -> None:
    wide = person.skull.temple + 6
    pen.shape(
        [(-wide, -30, -10), (-wide - 6, 30, -10), (-wide - 12, 90, -6), (-wide - 6, 138, -4),
         (-34, 152, -4)],
        [(34, 152, -4), (wide + 6, 138, -4), (wide + 12, 90, -6), (wide + 6, 30, -10),
         (wide, -30, -10)],
        fill=person.hair.shade,
    )  # fmt: skip
    pen.shape(
        [(-wide, -30, -10), (-wide - 6, 30, -10), (-wide - 12, 90, -6), (-wide - 6, 138, -4),
         (-40, 150, -4)],
        [(-34, 110, -4), (-36, 40, -6), (-wide, -30, -10)],
        fill=person.hair.base,
    )  # fmt: skip
    for x in (-64, -56, -47):
        pen.line(
            [(x + 8, 20, -6), (x, 70, -6), (x - 4, 106, -6), (x + 4, 140, -6)],
            person.hair.strand, 1.2, 0.5,
        )  # fmt: skip


def _long(pen: Pen, person: Subject) -> None:
    _parted(pen, person, 84, 9)


def _gathered(pen: Pen, person: Subject) -> None:
    """Drawn back smoothly from the face."""
    hair, wide = person.hair, person.skull.temple + 2
    line = [
        (wide - 3, -3, 6), (wide - 5, -14, 10), (wide - 6, -27), (39, -41), (22, -51), (2, -57),
        (-18, -53),
        (-37, -42), (-wide + 6, -27), (-wide + 5, -14, 10), (-wide + 3, -3, 6),
    ]  # fmt: skip
    right = [(wide - 2, -2, -4), (wide + 0.5, -20, -2), (wide - 1, -46, 0), (wide - 11, -72, 0),
             (22, -91, 0), (0, -95, 0)]  # fmt: skip
    pen.shape([*right, *[(-x, y, z) for x, y, z in right[-2::-1]]], line[::-1], fill=hair.base)
    pen.shape(
        right[:-1], [(22, -91, 0), (32, -74, 12), (40, -56, 14), (wide - 6, -26),
                     (wide - 3, -3, 6)],
        fill=hair.shade,
    )  # fmt: skip
    pen.blob(
        [(-46, -38, 8), (-40, -62, 8), (-20, -82, 6), (-4, -84, 6), (-20, -72, 14), (-34, -54, 14)],
        hair.light, 0.7,
    )  # fmt: skip
    for curve in (
        [(-36, -44), (-32, -66), (-10, -86, 4)],
        [(-22, -52), (-16, -72), (2, -90, 4)],
        [(-4, -57), (2, -76), (12, -90, 4)],
        [(-49, -16), (-51, -34), (-46, -54)],
        [(14, -55), (20, -72), (24, -84, 4)],
        [(30, -47), (36, -62), (37, -70, 4)],
    ):
        bright = curve[0][0] < 4
        pen.line(curve, hair.strand if bright else hair.light, 1.1, 0.55)


def _tied_back(pen: Pen, person: Subject) -> None:
    """A tail that falls beside the neck."""
    hair = person.hair
    pen.shape(
        [(30, 10, -20), (52, 34, -20), (62, 74, -18), (58, 112, -14), (46, 132, -12)],
        [(40, 116, -12), (34, 84, -16), (24, 50, -18), (30, 10, -20)],
        fill=hair.shade,
    )  # fmt: skip
    for x in (44, 51):
        pen.line([(x - 4, 42, -16), (x + 2, 76, -16), (x - 1, 112, -14)], hair.light, 1.2, 0.5)


def _bun_back(pen: Pen, person: Subject) -> None:
    hair = person.hair
    pen.blob(
        [(-23, -97, -12), (-17, -115, -12), (2, -122, -12), (21, -115, -12), (26, -98, -12),
         (16, -86, -12), (-14, -86, -12)],
        hair.base,
    )  # fmt: skip
    pen.shape(
        [(8, -121, -12), (22, -114, -12), (26, -98, -12), (16, -86, -12)],
        [(13, -100, -12), (8, -121, -12)],
        fill=hair.shade,
    )  # fmt: skip
    for curve in (
        [(-16, -93, -12), (-13, -110, -12), (4, -117, -12)],
        [(-6, -91, -12), (0, -106, -12), (16, -110, -12)],
    ):
        pen.line(curve, hair.strand, 1.2, 0.6)


def _braid(pen: Pen, person: Subject) -> None:
    """Gathered, with a plait over the shoulder."""
    _gathered(pen, person)
    hair = person.hair
    for i in range(6):
        y, x, half = 62 + 15 * i, -52 - 2.5 * i + 0.6 * i * i, 9.5 - 0.7 * i
        for side, tone in ((1.0, hair.shade), (-1.0, hair.base)):
            pen.blob(
                [(x, y - 3, 8), (x + side * half, y + 1, 8), (x + side * half * 0.9, y + 11, 8),
                 (x - side * 1.5, y + 17, 8), (x - side * 3, y + 8, 8)],
                tone,
            )  # fmt: skip
            pen.line(
                [(x + side * 2, y + 2, 8), (x + side * half * 0.6, y + 8, 8), (x, y + 14, 8)],
                hair.strand if side < 0 else hair.light, 1.0, 0.6,
            )  # fmt: skip
    x, y = -52 - 12.5 + 15, 62 + 15 * 6
    pen.blob([(x - 5, y, 8), (x + 5, y, 8), (x + 4, y + 7, 8), (x - 4, y + 7, 8)], "#8C3B3B")
    pen.blob(
        [(x - 4, y + 6, 8), (x + 4, y + 6, 8), (x + 3, y + 20, 8), (x - 1, y + 24, 8)], hair.base
    )


def _braid_back(pen: Pen, person: Subject) -> None:
    pen.shape(
        [(-46, 20, -18), (-58, 44, -16), (-60, 70, -8)],
        [(-44, 70, -8), (-36, 40, -16), (-46, 20, -18)],
        fill=person.hair.shade,
    )  # fmt: skip


_ROPES = (-66, -58, -50, -42, 42, 50, 58, 66)


def _locs_back(pen: Pen, person: Subject) -> None:
    hair = person.hair
    for i, x in enumerate(_ROPES):
        length = 112 + 9 * ((i * 5) % 4)
        tone = hair.shade if x > 0 else hair.base
        pen.line(
            [(0.72 * x, -30, -10), (x * 0.98, 20, -10), (x, 70, -8), (x * 0.97, length, -6)],
            tone, 9.5,
        )  # fmt: skip
        pen.line(
            [(0.72 * x - 1.5, -20, -10), (x * 0.98 - 1.5, 30, -10), (x - 1.5, length - 12, -6)],
            hair.strand if x < 0 else hair.base, 1.3, 0.55,
        )  # fmt: skip


def _locs(pen: Pen, person: Subject) -> None:
    hair = person.hair
    _gathered(pen, person)
    for i in range(9):
        x = -40 + 10 * i
        tone = hair.base if x < 18 else hair.shade
        pen.line(
            [
                (x * 0.92, -49 + 0.012 * x * x, None),
                (x * 0.98, -72, 10),
                (x * 0.62, -98 + 0.006 * x * x, 2),
            ],
            tone,
            8.5,
        )
        pen.line(
            [(x * 0.92 - 1.5, -51 + 0.012 * x * x, None), (x * 0.98 - 2, -72, 10),
             (x * 0.62 - 1, -96 + 0.006 * x * x, 2)],
            hair.strand if x < 18 else hair.light, 1.2, 0.6,
        )  # fmt: skip


LONG_FRONT: dict[str, Callable[[Pen, Subject], None]] = {
    "bob": _bob,
    "long": _long,
    "tied": _gathered,
    "bun": _gathered,
    "braid": _braid,
    "locs": _locs,
}
LONG_BACK: dict[str, Callable[[Pen, Subject], None]] = {
    "bob": _bob_back,
    "long": _long_back,
    "tied": _tied_back,
    "bun": _bun_back,
    "braid": _braid_back,
    "locs": _locs_back,
}
