"""Rooms to talk in: meeting room, office and what offices are found above, lawyers' chambers."""

from __future__ import annotations

from game.figures import setting_furniture as furniture
from game.figures import setting_lamps as lamps
from game.figures import setting_things as things
from game.figures import setting_views as views
from game.figures.setting_light import mix
from game.figures.setting_scene import TABLE, Scene
from game.figures.setting_views_work import harbour, rails


def meeting_room(back: Scene, front: Scene) -> None:
    """A long table, a carafe, a window over the town."""
    furniture.wall(back, "#DDD3BF")
    furniture.window(
        back, (-150, 44, 300, 176), views.town, "#7A5C44", bars=(0.235, 0.765), thick=7
    )
    _blind(back, -150, 44, 300, 22)
    back.sunlight(150, 120)
    back.box(-back.half, 292, 2 * back.half, 60, back.down((0, "#9C7B5C", 1), (1, "#6E5139", 1)))
    back.box(-back.half, 288, 2 * back.half, 6, "#B8977A")
    for at in range(-360, 361, 90):
        back.box(at, 300, 1.4, 50, "#4A3527", opacity=0.5)
    furniture.plant(back, -250, 292, 0.9)
    _board(back, 198, 70, 128, 116)
    furniture.plant(back, 166, 292, 0.42)
    furniture.calm(back, 0.34)
    lamps.bar_lamp(back, 16, 168)
    furniture.corners(back)
    things.table(front, "#A47A52")
    things.carafe(front, 122)
    things.glass(front, 152, things.STAND + 3)
    things.glass(front, -164, things.STAND + 2)
    things.folder(front, -112, "#7C8894")
    things.papers(front, 240)
    things.pen(front, 262, TABLE + 24)
    things.cup(front, -252, steam=False)


def _blind(scene: Scene, u: float, y: float, wide: float, high: float) -> None:
    for i in range(int(high / 5)):
        scene.box(u, y + i * 5, wide, 3.6, "#E9DFCB", opacity=0.92)
        scene.box(u, y + i * 5 + 3.4, wide, 1, "#7D705C", opacity=0.6)


def _board(scene: Scene, u: float, y: float, wide: float, high: float) -> None:
    """A whiteboard from which somebody has half wiped a plan."""
    scene.box(u + 3, y + 4, wide, high, "#120A08", opacity=0.18, corner=2)
    scene.box(u, y, wide, high, "#B9B4AA", corner=2)
    scene.box(u + 3, y + 3, wide - 6, high - 6, scene.down((0, "#FBFAF5", 1), (1, "#EAE6DC", 1)))
    for row, (start, long, tone) in enumerate(
        ((0, 34, "#1F7A8C"), (22, 40, "#6F7480"), (30, 26, "#4C8B5B"), (58, 30, "#6F7480"))
    ):
        at = y + 22 + row * 17
        scene.line((u + 10, at), (u + 18, at), "#23304A", 1.4, opacity=0.7)
        scene.line((u + 28 + start, at), (u + 28 + start + long, at), tone, 4.6, opacity=0.75)
    scene.stroke(f"M{u + 60} {y + 26}q8 3 8 9", "#23304A", 1.2, opacity=0.6)
    wiped = scene.round((0, "#EDEAE2", 1), (0.7, "#EDEAE2", 0.9), (1, "#EDEAE2", 0))
    scene.oval(u + wide * 0.72, y + high * 0.62, 26, 20, wiped)
    scene.box(u + 12, y + high, wide - 24, 4, "#9A958B")
    scene.box(u + 20, y + high - 2, 15, 3, "#4C8B5B", corner=1)


def _office(back: Scene, wall: str) -> None:
    """Window on the left, shelves on the right: the frame of every office."""
    furniture.wall(back, wall)
    furniture.window(back, (-176, 52, 92, 168), views.roofs, "#EDE4D2", bars=(0.5,), across=0.36)
    furniture.shelf(back, 92, 58, 108, (58, 58, 62, 66), "#8A6647", furniture.BINDERS, labels=True)
    back.sunlight(120, 130)


def office(back: Scene, front: Scene) -> None:
    _office(back, "#B9BFA9")
    furniture.radiator(back, -176, 252, 96)
    furniture.picture(back, 216, 136, 62, 50, "workshop")
    furniture.plant(back, -268, 330, 1.05)
    furniture.dial(back, 247, 92, 22, "#5B4B3E", hands=(0.83, 0.17))
    furniture.coat(back, 318, 104, "#4E5A66")
    lamps.pendant(back, 0, 50, 66, "#5E7568")
    furniture.calm(back, 0.5)
    furniture.corners(back)
    things.table(front, "#8C6242")
    things.cup(front, 132)
    things.papers(front, -120)
    things.pen(front, -92, TABLE + 23)
    things.folder(front, 250, "#8A5C48")
    things.binder(front, -262, "#4F6478")


def quay_office(back: Scene, front: Scene) -> None:
    """Above the quay: cranes, a barometer, a lamp, an iron shackle."""
    furniture.wall(back, "#B9BFAE", dado="#5C6B66", rail=246)
    furniture.window(back, (-240, 40, 372, 178), harbour, "#EFE8D8", bars=(0.25, 0.75), thick=6)
    furniture.dial(back, 160, 84, 20, "#B08A3E", hands=(0.12,))
    furniture.picture(back, 148, 124, 30, 44)
    furniture.shelf(back, 226, 60, 118, (54, 54, 58), "#7A5A40", furniture.BOOKS)
    furniture.coat(back, -300, 96, "#37475C")
    back.sunlight(120, 130)
    back.box(92, 268, 270, 90, back.down((0, "#8A6647", 1), (1, "#5B402B", 1)))
    back.box(88, 263, 278, 6, "#A98560")
    lamps.desk_lamp(back, 142, 263, "#3E6B57")
    furniture.calm(back, 0.36)
    furniture.corners(back)
    things.table(front, "#7E5536")
    front.area(
        (-70, TABLE + 5), (70, TABLE + 5), (84, TABLE + 30), (-84, TABLE + 30), fill="#5E7060"
    )
    front.area(
        (-70, TABLE + 5), (-58, TABLE + 5), (-70, TABLE + 30), (-84, TABLE + 30), fill="#3E2C22"
    )
    front.area((70, TABLE + 5), (58, TABLE + 5), (70, TABLE + 30), (84, TABLE + 30), fill="#3E2C22")
    things.shackle(front, -132)
    things.cup(front, 126)
    things.papers(front, 236)
    things.cup(front, -240, steam=False)


def yard_office(back: Scene, front: Scene) -> None:
    """One window on the rail yard, a radiator, binders in a row, a clock that faces you."""
    furniture.wall(back, "#C9CDBD", dado="#7C8374", rail=268)
    furniture.window(back, (-182, 48, 130, 176), rails, "#8B8F86", bars=(0.5,), across=0.3)
    furniture.radiator(back, -182, 262, 132)
    for i, at in enumerate((100, 150, 200, 250, 300)):  # cabinets
        back.box(at + 3, 134, 46, 220, "#120A08", opacity=0.14)
        back.box(at, 130, 48, 222, back.across((0, "#9BA19A", 1), (1, "#777D78", 1)), corner=1)
        for row in range(4):
            y = 136 + row * 54
            back.box(at + 3, y, 42, 49, "#8C928C", corner=1)
            back.box(at + 14, y + 9, 20, 9, "#F0E9D8", corner=0.8)
            back.line((at + 17, y + 13.5), (at + 17 + 9 + (i + row) % 3 * 2, y + 13.5), "#7F7666")
            back.box(at + 17, y + 26, 14, 4, "#4E544F", corner=2)
    furniture.dial(back, 132, 84, 23, "#3E4756", hands=(0.98, 0.83))
    furniture.picture(back, 200, 60, 66, 48)
    back.sunlight(110, 130)
    lamps.pendant(back, 0, 48, 72, "#4E5A52")
    furniture.calm(back, 0.5)
    furniture.corners(back)
    things.table(front, "#8E7355")
    for i, colour in enumerate(("#56707C", "#7A4A42", "#5E6B4A")):
        things.binder(front, (-148, -262, 140)[i], colour)
    things.papers(front, 250)
    things.pen(front, 100, TABLE + 28, "#C98A2E")
    things.cup(front, -86, TABLE + 18, 0.8, saucer=False, glaze="#3E4E66", steam=False)


def clinic_office(back: Scene, front: Scene) -> None:
    """Above a clinic: labelled shelves, pipes with tagged valves, samples of what is laid."""
    furniture.wall(back, "#D2DAD2", dado="#9DB0AA", rail=272)
    furniture.window(back, (-178, 60, 84, 150), views.roofs, "#F4F0E6", bars=(), across=0.5)
    for y, thick in ((30, 9), (262, 7)):
        pipe = back.down((0, "#E6DCC8", 1), (0.4, "#D8C9AC", 1), (1, "#9C8A6C", 1))
        back.box(-back.half - 4, y, back.half - 80, thick, pipe)
    back.box(-86, 30, 9, 320, back.across((0, "#E6DCC8", 1), (1, "#9C8A6C", 1)), corner=3)
    for y, tone in ((112, "#B5533F"), (214, "#3F6B7A")):  # wheels of valves, each with a paper tag
        back.box(-91, y - 6, 19, 13, "#B9A67F", corner=2)
        back.oval(-81, y, 12, 12, mix(tone, "#120A08", 0.3))
        back.oval(-81, y, 8, 8, "#D2DAD2")
        for step in (-1, 1):
            back.line((-81 - 9, y - 9 * step), (-81 + 9, y + 9 * step), tone, 2.6)
        back.oval(-81, y, 3, 3, tone)
        back.line((-78, y + 10), (-74, y + 19), "#7D6B50", 0.9)
        back.area((-79, y + 19), (-68, y + 18), (-67, y + 36), (-78, y + 37), fill="#F2E2B8")
        back.line((-76, y + 25), (-70, y + 24.6), "#7D6B50", 0.9)
        back.line((-76, y + 29), (-71, y + 28.6), "#7D6B50", 0.9)
    furniture.shelf(back, 94, 54, 112, (56, 56, 56, 60), "#B59A78", furniture.BINDERS, labels=True)
    furniture.shelf(back, 226, 112, 126, (60, 60, 60), "#B59A78", furniture.BINDERS, labels=True)
    furniture.plant(back, -286, 320, 0.95)
    back.sunlight(110, 130)
    lamps.pendant(back, 0, 50, 62, "#C9D2C8")
    furniture.calm(back, 0.5)
    furniture.corners(back)
    things.table(front, "#C3A67E")
    for i, colour in enumerate(("#7F97A0", "#A9B79A", "#C7A07C", "#8C7C92")):
        _sample(front, 104 + i * 14, TABLE + 12 + i * 4, colour)
    things.cup(front, -136)
    things.papers(front, -244)
    things.cup(front, 256, steam=False)


def _sample(scene: Scene, u: float, y: float, colour: str) -> None:
    """A square of flooring with a welded seam."""
    scene.area(
        (u - 14, y - 4),
        (u + 30, y - 4),
        (u + 24, y + 7),
        (u - 22, y + 7),
        fill=mix(colour, "#120A08", 0.4),
    )
    scene.area((u - 14, y - 6), (u + 30, y - 6), (u + 24, y + 5), (u - 22, y + 5), fill=colour)
    scene.line((u + 9, y - 6), (u + 2, y + 5), mix(colour, "#FFFFFF", 0.4), 1.2)


def law_office(back: Scene, front: Scene) -> None:
    """Chambers: cases of old volumes, panels, a green lamp."""
    furniture.wall(back, "#A98F6C", dado="#5E4332", rail=258)
    furniture.shelf(back, -200, 34, 104, (50, 50, 50, 54), "#5E4332", furniture.BOOKS)
    furniture.shelf(back, 96, 34, 104, (50, 50, 50, 54), "#5E4332", furniture.BOOKS)
    furniture.window(back, (-340, 60, 104, 160), views.roofs, "#5E4332", bars=(0.5,), across=0.3)
    furniture.picture(back, 230, 70, 100, 76)
    back.box(-84, 40, 168, 210, mix("#A98F6C", "#FFFFFF", 0.1), corner=2)
    back.box(-78, 46, 156, 198, "#B59D7B", corner=2)
    back.sunlight(110, 120)
    furniture.calm(back, 0.55)
    furniture.corners(back)
    things.table(front, "#5E3C28")
    lamps.desk_lamp(front, 140, things.STAND, "#2F6B4C")
    things.folder(front, -120, "#9C4A3C")
    things.pen(front, -150, TABLE + 26)
    things.carafe(front, -250)
    things.glass(front, -218, things.STAND + 3)
    things.papers(front, 250)
