"""What lies or stands before a person: small still lifes on the table."""

from __future__ import annotations

from collections.abc import Callable

from game.figures.portrait_colour import lit, shaded
from game.figures.portrait_pen import Pen
from game.figures.portrait_subject import SIDE, Subject

_X = SIDE / 2
HELD = ("cup", "mug", "glass", "pencil", "ruler", "caliper")  # by the right hand
_BEHIND = ("papers", "notebook", "tablet", "pencil", "ruler")  # under the arms, or partly


def draw_prop(pen: Pen, person: Subject, behind: bool) -> None:
    """The part of a prop that lies behind the hands, or the one before them."""
    prop = person.face.prop
    if behind:
        if prop in _BEHIND:
            _sheet(pen, person)
        return
    drawn = _DRAWN.get(prop)
    if drawn is not None:
        drawn(pen, person)


def _sheet(pen: Pen, person: Subject) -> None:
    prop, x = person.face.prop, _X
    if prop == "notebook":
        pen.facets([(x - 46, 366), (x + 30, 366), (x + 38, 397), (x - 54, 397)], "#3B3230")
        pen.facets([(x - 44, 366), (x - 8, 366), (x - 9, 394), (x - 51, 394)], "#FAF4E6")
        pen.facets([(x - 8, 366), (x + 28, 366), (x + 35, 394), (x - 9, 394)], "#F0E8D6")
        for i in range(4):
            y = 383.0 + 3.2 * i
            pen.line([(x - 44 - 0.6 * i, y), (x - 15, y)], "#9AA3B5", 0.9, 0.8)
        return
    if prop == "tablet":
        pen.facets([(x - 40, 368), (x + 40, 368), (x + 48, 398), (x - 48, 398)], "#2A2D36")
        pen.facets([(x - 36, 370), (x + 36, 370), (x + 43, 396), (x - 43, 396)], "#5E7C8C")
        pen.facets([(x - 36, 370), (x + 4, 370), (x - 18, 396), (x - 43, 396)], "#7395A3")
        return
    pen.facets([(x - 62, 370), (x + 20, 366), (x + 34, 397), (x - 66, 399)], "#D9CEB8")
    pen.facets([(x - 56, 368), (x + 26, 367), (x + 36, 396), (x - 60, 397)], "#FBF6EA")
    pen.facets([(x - 6, 367.5), (x + 26, 367), (x + 36, 396), (x + 6, 396.4)], "#F1E9D7")
    for i in range(5):
        y = 382.0 + 3.1 * i
        pen.line([(x - 51 - 0.4 * i, y), (x - 8 - 9 * (i % 2), y)], "#8E97A8", 0.9, 0.75)


def _cup(pen: Pen, person: Subject) -> None:
    """A small one without a handle, and steam."""
    x, glaze = _X + 24, "#E9E2D2"
    pen.blob(
        [(x - 18, 381), (x, 377), (x + 26, 381), (x + 14, 387), (x - 12, 387)], "#1E1712", 0.22
    )
    pen.shape([(x - 14, 349), (x - 12.5, 368), (x - 8, 380), (x, 382), (x + 8, 380),
               (x + 12.5, 368),
               (x + 14, 349)], fill=glaze)  # fmt: skip
    pen.shape([(x + 2, 351), (x + 3, 381.6), (x + 8, 380), (x + 12.5, 368), (x + 14, 349)],
              fill=shaded(glaze, 0.13))  # fmt: skip
    pen.blob([(x - 14, 349), (x, 345.4), (x + 14, 349), (x, 352.6)], lit(glaze, 0.5))
    pen.blob([(x - 11.5, 349.2), (x, 346.8), (x + 11.5, 349.2), (x, 351.8)], "#7A5230")
    pen.line([(x - 10, 357), (x - 9, 368)], "#FFFFFF", 1.8, 0.6)
    pen.line([(x - 12, 372), (x, 374.5), (x + 11, 372)], "#4F7A8C", 1.4, 0.7)
    _steam(pen, x)


def _steam(pen: Pen, x: float) -> None:
    for dx, tall in ((-4.0, 0.0), (4.0, 3.0)):
        pen.brush(
            [(x + dx, 342), (x + dx - 3, 335 - tall), (x + dx + 2, 327 - tall),
             (x + dx - 1, 319 - tall)],
            [0.6, 2.2, 1.8, 0.4], "#FFFFFF", 0.5,
        )  # fmt: skip


_GLAZES = ("#35597A", "#A8583F", "#4F6B5C", "#C9A254", "#6B4A73", "#E9E2D2")


def _mug(pen: Pen, person: Subject) -> None:
    x, glaze = _X + 24, _GLAZES[person.face.colour % 6]
    pen.blob(
        [(x - 18, 382), (x, 378), (x + 26, 382), (x + 14, 388), (x - 12, 388)], "#1E1712", 0.22
    )
    pen.shape([(x - 14.5, 346), (x - 14, 380)], [(x - 8, 383.4), (x + 8, 383.4)], [(x + 14, 380),
                                                                                   (x + 14.5, 346)],
              fill=glaze)  # fmt: skip
    pen.shape([(x + 3, 348), (x + 3, 384)], [(x + 8, 383.4)], [(x + 14, 380), (x + 14.5, 346)],
              fill=shaded(glaze, 0.14))  # fmt: skip
    pen.blob([(x - 14.5, 346), (x, 342.2), (x + 14.5, 346), (x, 349.8)], lit(glaze, 0.3))
    pen.blob([(x - 12, 346.3), (x, 343.6), (x + 12, 346.3), (x, 349)], "#4A2E1E")
    pen.line([(x - 10.5, 354), (x - 10.3, 374)], "#FFFFFF", 2.0, 0.35)
    _steam(pen, x)


def _glass(pen: Pen, person: Subject) -> None:
    """Tea in a glass."""
    x = _X + 24
    pen.blob([(x - 16, 382), (x, 378), (x + 24, 382), (x + 12, 387), (x - 12, 387)], "#1E1712", 0.2)
    pen.blob([(x - 18, 380), (x, 376.6), (x + 18, 380), (x, 385)], "#E9E2D2")
    sides = [(x - 12, 344), (x - 9, 358), (x - 11.5, 372), (x - 6, 380)]
    mirror = [(2 * x - px, y) for px, y in sides[::-1]]
    pen.shape(sides, mirror, fill="#F4F1EA", opacity=0.55)
    tea = [(x - 10.6, 350), (x - 8.6, 359), (x - 10.6, 372), (x - 5.6, 378.6)]
    pen.shape(tea, [(2 * x - px, y) for px, y in tea[::-1]], fill="#A8552A")
    pen.shape(
        [(x + 2, 351), (x + 2, 378.6)], [(2 * x - px, y) for px, y in tea[::-1]], fill="#8A4220"
    )
    pen.line([(x - 8, 353), (x - 6.4, 360), (x - 8, 370)], "#FFFFFF", 1.6, 0.6)
    _steam(pen, x)


def _pencil(pen: Pen, person: Subject) -> None:
    x = _X + 27
    pen.line([(x + 10, 344), (x - 9, 374)], "#B98A2F", 4.2)
    pen.line([(x + 9, 343.6), (x - 9.6, 372.8)], "#E0B45C", 1.7)
    pen.line([(x + 11.4, 341.8), (x + 12.6, 339.9)], "#B5565A", 4.4)
    pen.facets([(x - 10.9, 372.7), (x - 7.2, 375), (x - 12.6, 380)], "#EBD3A8")
    pen.facets([(x - 12.2, 376.6), (x - 10.6, 377.6), (x - 12.6, 380)], "#2A2D36")


def _ruler(pen: Pen, person: Subject) -> None:
    x = _X
    pen.facets([(x - 30, 386.5), (x + 66, 379.5), (x + 67, 385), (x - 29, 392)], "#A9AFB6")
    pen.facets([(x - 29.6, 389.4), (x + 66.5, 382.4), (x + 67, 385), (x - 29, 392)], "#7E858E")
    for i in range(20):
        px, py = x - 26 + 4.6 * i, 386.2 - 0.336 * i
        pen.line([(px, py), (px + 0.2, py + (2.4 if i % 5 == 0 else 1.5))], "#3B4150", 0.6, 0.9)
    _pencil(pen, person)


def _caliper(pen: Pen, person: Subject) -> None:
    """Vernier caliper, held upright."""
    x, steel = _X + 24, "#B4BAC0"
    pen.facets([(x + 2, 318), (x + 7, 318), (x + 7, 378), (x + 2, 378)], steel)
    pen.facets([(x + 5, 318), (x + 7, 318), (x + 7, 378), (x + 5, 378)], shaded(steel, 0.2))
    pen.facets([(x - 13, 326), (x + 3, 321), (x + 3, 328), (x - 13, 329)], steel)
    pen.facets([(x - 13, 338), (x + 3, 333), (x + 9, 333), (x + 9, 347), (x + 1, 347), (x, 341),
                (x - 13, 341)],
               shaded(steel, 0.1))  # fmt: skip
    for i in range(8):
        pen.line([(x + 2.6, 350 + 3 * i), (x + 4.6, 350 + 3 * i)], "#3B4150", 0.6, 0.9)


def _papers(pen: Pen, person: Subject) -> None:
    x = _X + 56
    pen.line([(x - 6, 391), (x + 28, 384)], "#2B3A55", 3.2)
    pen.line([(x + 14, 386.6), (x + 22, 385)], "#C9A24C", 1.1)
    pen.line([(x - 9, 391.6), (x - 6, 391)], "#C9A24C", 1.6)


def _notebook(pen: Pen, person: Subject) -> None:
    _spectacles(pen, _X + 74, "#8C8474")


def _spectacles(pen: Pen, x: float, rim: str) -> None:
    y = 384.0
    pen.blob([(x - 24, y + 4), (x, y + 1), (x + 26, y + 4), (x, y + 8)], "#1E1712", 0.16)
    for dx in (-11.0, 11.0):
        lens = [(x + dx - 9, y - 1), (x + dx, y - 5.6), (x + dx + 9, y - 1), (x + dx, y + 4.4)]
        pen.blob(lens, "#FFFFFF", 0.3)
        pen.line([*lens, lens[0]], rim, 1.6)
    pen.line([(x - 2.4, y - 2), (x, y - 3.6), (x + 2.4, y - 2)], rim, 1.6)
    pen.line([(x - 19, y - 2), (x - 8, y - 11), (x + 8, y - 12)], rim, 1.3)
    pen.line([(x + 20, y - 2), (x + 12, y - 11), (x - 2, y - 13)], rim, 1.3)


def _glasses(pen: Pen, person: Subject) -> None:
    _spectacles(pen, _X + 70, "#4A3B32")


def _keys(pen: Pen, person: Subject) -> None:
    x, y = _X + 70, 382.0
    pen.blob([(x - 18, y + 6), (x, y + 2), (x + 24, y + 6), (x + 4, y + 12)], "#1E1712", 0.18)
    ring = [(x - 9, y), (x, y - 6.5), (x + 9, y), (x, y + 6), (x - 9, y)]
    for dx, dy, tone in ((16.0, 5.0, "#B98F3C"), (13.0, 10.0, "#A9AFB6"), (3.0, 11.0, "#C9A24C"),
                         (-8.0, 9.0, "#8E949C")):  # fmt: skip
        bx, by = x + dx * 0.5, y + dy * 0.45
        pen.line([(bx, by), (x + dx, y + dy)], tone, 3.0)
        pen.dot((bx, by), 3.6, tone)
        pen.dot((bx, by), 1.2, "#5A4A3A")
    pen.line(ring, "#6F7480", 2.0)
    pen.facets([(x - 21, y - 1), (x - 11, y - 3), (x - 10, y + 4), (x - 20, y + 6)], "#B5562F")


def _shackle(pen: Pen, person: Subject) -> None:
    """An iron shackle, its pin half out."""
    x, y, iron = _X + 72, 385.0, "#565A62"
    pen.blob([(x - 22, y + 4), (x, y), (x + 26, y + 4), (x, y + 9)], "#1E1712", 0.22)
    pen.line(
        [(x - 12, y + 2), (x - 14, y - 14), (x, y - 26), (x + 14, y - 14), (x + 12, y + 2)],
        iron,
        6.5,
    )
    pen.line([(x - 14, y - 2), (x - 15, y - 14), (x - 4, y - 25)], lit(iron, 0.3), 1.8, 0.8)
    pen.line([(x - 14, y + 1), (x + 25, y + 1)], shaded(iron, 0.2), 5.0)
    pen.line([(x - 10, y - 0.4), (x + 20, y - 0.4)], lit(iron, 0.25), 1.4, 0.7)
    pen.dot((x + 25, y + 1), 4.4, iron)
    pen.dot((x - 12, y + 1), 4.6, iron)


def _phone(pen: Pen, person: Subject) -> None:
    x = _X + 66
    pen.facets([(x - 14, 379), (x + 12, 377), (x + 20, 393), (x - 8, 395)], "#22252C")
    pen.facets([(x - 12, 380), (x + 11, 378.2), (x + 17.6, 391.8), (x - 7, 393.4)], "#3A4250")
    pen.facets([(x - 12, 380), (x + 2, 379), (x - 2, 393), (x - 7, 393.4)], "#566274")


def _bread(pen: Pen, person: Subject) -> None:
    x, y = _X + 74, 382.0
    pen.blob([(x - 26, y + 8), (x, y + 4), (x + 30, y + 8), (x, y + 13)], "#1E1712", 0.2)
    pen.blob([(x - 24, y + 4), (x - 20, y - 8), (x - 2, y - 14), (x + 18, y - 9), (x + 25, y + 3),
              (x + 14, y + 10), (x - 14, y + 10)], "#C08A4A")  # fmt: skip
    pen.shape([(x + 4, y - 13), (x + 18, y - 9), (x + 25, y + 3), (x + 14, y + 10),
               (x - 6, y + 10.6)],
              [(x + 8, y + 4), (x + 4, y - 13)], fill="#9A6632")  # fmt: skip
    for dx in (-14.0, -4.0, 6.0):
        pen.brush(
            [(x + dx - 2, y + 2), (x + dx + 3, y - 5), (x + dx + 7, y - 9)],
            [0.6, 3.0, 0.6],
            "#EFD3A0",
            0.9,
        )


def _plant(pen: Pen, person: Subject) -> None:
    x, pot = _X + 78, "#A8583F"
    pen.blob([(x - 18, 384), (x, 380), (x + 26, 384), (x, 390)], "#1E1712", 0.2)
    for dx, dy, tone in ((-16, -34, "#4F7A4A"), (-5, -46, "#5E8C55"), (9, -42, "#4F7A4A"),
                         (19, -30, "#3F6640"),
                         (2, -30, "#6B9A5E")):  # fmt: skip
        pen.brush(
            [(x, 360), (x + 0.6 * dx, 360 + 0.6 * dy), (x + dx, 360 + dy)], [2.0, 8.5, 0.8], tone
        )
    pen.facets([(x - 14, 358), (x + 14, 358), (x + 10, 386), (x - 10, 386)], pot)
    pen.facets([(x + 3, 358), (x + 14, 358), (x + 10, 386), (x + 3, 386)], shaded(pot, 0.15))
    pen.facets([(x - 16, 355), (x + 16, 355), (x + 16, 361), (x - 16, 361)], lit(pot, 0.1))


_DRAWN: dict[str, Callable[[Pen, Subject], None]] = {
    "cup": _cup,
    "mug": _mug,
    "glass": _glass,
    "pencil": _pencil,
    "ruler": _ruler,
    "caliper": _caliper,
    "papers": _papers,
    "notebook": _notebook,
    "glasses": _glasses,
    "keys": _keys,
    "shackle": _shackle,
    "phone": _phone,
    "bread": _bread,
    "plant": _plant,
}
