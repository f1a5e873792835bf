"""Places of trade and travel: a depot's counter, a terminal, a shop."""

from __future__ import annotations

from game.figures import setting_furniture as furniture
from game.figures import setting_lamps as lamps
from game.figures import setting_things as things
from game.figures import setting_views as views
from game.figures.setting_light import mix
from game.figures.setting_scene import TABLE, Scene
from game.figures.setting_views import Opening
from game.figures.setting_views_work import apron


def _doors(scene: Scene, opening: Opening) -> None:
    """What the open door of a bay shows: the yard, a road, the town beyond."""
    u, y, wide, high = opening
    views.town(scene, (u, y, wide, high * 0.8))
    ground = scene.light.distant(0.8)
    scene.box(u, y + high * 0.74, wide, high * 0.3, ground, own=True)
    scene.line(
        (u, y + high * 0.9), (u + wide, y + high * 0.84), mix(ground, "#FFFFFF", 0.35), 2, own=True
    )


def depot(back: Scene, front: Scene) -> None:
    """The counter of a depot: bays with trucks, one door open, route sheets, a stopped clock."""
    furniture.wall(back, "#BDB7A6", dado="#5F6E6E", rail=258)
    back.box(
        -back.half - 4, 20, 2 * back.half + 8, 12, back.down((0, "#8A7A5E", 1), (1, "#5E5140", 1))
    )
    for at in (-346, -178, 92, 260):
        _bay(back, at, open_=at == 92)
    furniture.calm(back, 0.55)
    furniture.dial(back, -72, 62, 20, "#3E4756", hands=(0.167, 0.515))
    _pegs(back, 52, 40)
    lamps.bar_lamp(back, 10, 120)
    furniture.corners(back)
    things.table(front, "#9A8260")
    for u, y in ((116, TABLE + 12), (142, TABLE + 19), (-236, TABLE + 15)):
        things.papers(front, u, y, 64, 2)
    things.clipboard(front, -128)
    things.cup(front, -86, TABLE + 20, 0.8, saucer=False, glaze="#3E4E66")
    things.helmet(front, 262, "#E8E2D2")


def _bay(scene: Scene, u: float, *, open_: bool) -> None:
    top, wide, high = 70.0, 92.0, 240.0
    scene.box(u - 6, top - 8, wide + 12, high + 20, "#5F6468", corner=2)
    if open_:
        with scene.within(u, top, wide, high):
            _doors(scene, (u, top, wide, high))
        scene.box(u, top, wide, 22, scene.down((0, "#9AA3A6", 1), (1, "#6B7478", 1)))
    else:
        scene.box(u, top, wide, high, scene.down((0, "#A9AFAF", 1), (1, "#868E90", 1)))
        for i in range(9):
            scene.box(u, top + 12 + i * 14, wide, 1.6, "#565E62", opacity=0.55)
        glass = mix(scene.light.sky, scene.light.horizon, 0.6)
        for i in range(3):
            scene.box(u + 10 + i * 26, top + 30, 20, 9, glass, corner=1, own=True)
    _truck(scene, u + wide / 2, 322)


def _truck(scene: Scene, u: float, foot: float) -> None:
    """A service van seen from the front, its lights on before the day."""
    body = scene.down((0, "#E9E4D6", 1), (0.6, "#D5CFC0", 1), (1, "#A09A8C", 1))
    scene.shape(
        f"M{u - 38} {foot}v-62q1 -6 5 -9l10 -46q1 -7 8 -7h30q7 0 8 7l10 46q4 3 5 9v62Z", body
    )
    glass = mix(scene.light.lit("#3E5560"), scene.light.horizon, 0.25)
    scene.area((u - 25, foot - 74), (u - 18, foot - 116), (u + 18, foot - 116), (u + 25, foot - 74),
               fill=glass, own=True)  # fmt: skip
    scene.box(u - 22, foot - 48, 44, 14, "#4A4F52", corner=3)
    for i in range(3):
        scene.box(u - 20, foot - 46 + i * 4, 40, 1.6, "#8A9092")
    scene.box(u - 38, foot - 26, 76, 9, "#6E7476", corner=2)
    scene.box(u - 27, foot - 66, 54, 4, "#B5533F")
    for side in (-1, 1):
        at = u + side * 30
        scene.glow(at, foot - 41, 34, 26, "#FFF0C0", 1.1)
        scene.oval(at, foot - 41, 5.4, 5.4, scene.burning("#D9DAD2", "#FFFBE2"), own=True)


def _pegs(scene: Scene, u: float, y: float) -> None:
    """Keys on a board."""
    scene.box(u, y, 36, 46, "#7A5A40", corner=1)
    for row in range(3):
        for column in range(3):
            at, top = u + 7 + column * 11, y + 8 + row * 13
            scene.oval(at, top, 1.4, 1.4, "#D9B25C")
            if scene.dice.random() < 0.7:
                scene.line((at, top), (at + 0.6, top + 7), "#D9D2C0", 1.6)


def terminal(back: Scene, front: Scene) -> None:
    """A table at the glass of an airport: aircraft, runway lights, a board of departures."""
    furniture.wall(back, "#CFCDC4")
    opening = (-back.half - 4, 46.0, 2 * back.half + 8, 232.0)
    furniture.window(back, (-366, 46, 732, 232), apron, "#6B7478", thick=5, sill=False,
                     bars=[(366 + at) / 732 for at in (-262, -116, 112, 258)])  # fmt: skip
    back.box(opening[0], 0, opening[2], 42, back.down((0, "#8A9092", 1), (1, "#B5B8B4", 1)))
    _departures(back, -184, 50)
    floor = back.down((0, "#BDBBB2", 1), (1, "#8F8E88", 1))
    back.box(opening[0], 283, opening[2], 120, floor)
    back.box(
        opening[0],
        284,
        opening[2],
        26,
        own=True,
        fill=back.down(
            (0, mix(back.light.horizon, "#FFFFFF", 0.2), 0.6),
            (1, back.light.horizon, 0.0),
            own=True,
        ),
    )
    for start in (-346, -186, 96, 224):
        _seats(back, start, 304)
    for at in (-300, -150, 150, 300):
        back.box(at - 26, 24, 52, 4, back.burning("#D9D8D0"), corner=2, own=True)
        back.glow(at, 34, 90, 60, "#FFF1D0", 0.5)
    furniture.calm(back, 0.36)
    furniture.corners(back)
    things.table(front, "#B0A594")
    _suitcase(front, 146)
    _beaker(front, -122)
    things.phone(front, -84, TABLE + 24)
    things.papers(front, 250, sheets=2)
    _beaker(front, -262)


def _departures(scene: Scene, u: float, y: float) -> None:
    scene.box(u, y, 82, 60, "#23282E", corner=2)
    for row in range(6):
        at = y + 8 + row * 8.6
        tone = ("#F2C96B", "#EDE8DA")[row > 0]
        for left, long in ((5, 13), (22, 20 + (row * 7) % 13), (66, 10)):
            scene.box(
                u + left,
                at,
                long,
                3.6,
                tone,
                opacity=0.55 + 0.4 * scene.light.lamp,
                own=True,
                corner=0.6,
            )
    for side in (12, 70):
        scene.box(u + side, y - 30, 2, 30, "#4A4F54")


def _seats(scene: Scene, u: float, y: float) -> None:
    for i in range(3):
        at = u + i * 34
        scene.box(at, y - 26, 30, 28, scene.down((0, "#4E6A76", 1), (1, "#3A505A", 1)), corner=5)
        scene.box(at - 1, y, 32, 8, "#33464F", corner=3)
    scene.box(u - 4, y + 9, 110, 3, "#8C9294")
    for at in (u + 8, u + 90):
        scene.box(at, y + 10, 3, 34, "#8C9294")


def _suitcase(scene: Scene, u: float) -> None:
    """Upright behind the table's edge, its handle drawn out."""
    scene.stroke(f"M{u - 11} {TABLE - 58}v-27q0 -4 4 -4h14q4 0 4 4v27", "#7E868A", 2.6)
    scene.box(u - 8, TABLE - 92, 16, 6, "#3A3F44", corner=2.4)
    shell = scene.across((0, "#5E8790", 1), (0.45, "#3F6A75", 1), (1, "#274851", 1))
    scene.box(u - 27, TABLE - 62, 54, 70, shell, corner=8)
    for i in range(4):
        scene.line(
            (u - 16 + i * 10.6, TABLE - 55), (u - 16 + i * 10.6, TABLE), "#274851", 1.4, opacity=0.7
        )
    scene.area(
        (u + 13, TABLE - 50),
        (u + 23, TABLE - 48),
        (u + 20, TABLE - 32),
        (u + 10, TABLE - 34),
        fill="#F2E2B8",
    )
    scene.line((u + 12, TABLE - 57), (u + 17, TABLE - 48), "#D9C79A", 1.2)
    scene.box(-scene.half - 4, TABLE, 2 * scene.half + 8, 9, "#C0B5A4")


def _beaker(scene: Scene, u: float) -> None:
    """Coffee to take away."""
    y = things.STAND + 2
    scene.shadow(u, y, 28, 36)
    paper = scene.across((0, "#F7F2E6", 1), (0.55, "#EDE6D6", 1), (1, "#B9AE9A", 1))
    scene.area((u - 13, y - 36), (u + 13, y - 36), (u + 9.6, y), (u - 9.6, y), fill=paper)
    scene.area(
        (u - 12, y - 27), (u + 12, y - 27), (u + 10.6, y - 10), (u - 10.6, y - 10), fill="#A5714A"
    )
    scene.box(u - 14.6, y - 41, 29.2, 6, "#4A3A32", corner=2.4)
    scene.box(u - 11.6, y - 44, 23.2, 4, "#5E4A40", corner=2)


def shop(back: Scene, front: Scene) -> None:
    """Behind the counter of a shop: loaves and jars on boards, a window on the street."""
    furniture.wall(back, "#C3BC98", dado="#6B8078", rail=268)
    furniture.window(back, (-182, 62, 104, 156), views.roofs, "#F1E8D6", bars=(0.5,), across=0.3)
    for i in range(8):  # the awning outside is seen through the upper panes
        tone = ("#B5654B", "#F1E6CE")[i % 2]
        back.area(
            (-182 + i * 13, 62),
            (-169 + i * 13, 62),
            (-169 + i * 13, 80),
            (-182 + i * 13, 80),
            fill=tone,
        )
        back.oval(-175.5 + i * 13, 80, 6.5, 4, tone)
    for row, y in enumerate((106, 166, 226)):
        _loaves(back, 88, y, 124, row)
        _loaves(back, 226, y, 130, row + 1)
        _loaves(back, -348, y, 128, row + 2)
    back.sunlight(112, 130)
    for u in (-120, 120, -284, 284):
        lamps.pendant(back, u, 44, 40, "#6B8078")
    furniture.calm(back, 0.5)
    furniture.corners(back)
    things.table(front, "#A9835A")
    things.bread(front, 138)
    things.papers(front, -118)
    things.cup(front, -160, things.STAND + 3, 0.9)
    things.pen(front, -92, TABLE + 25)
    things.bread(front, -262)
    things.glass(front, 246)


def _loaves(scene: Scene, u: float, board: float, wide: float, row: int) -> None:
    at = u + 6.0
    while at < u + wide - 22:
        crust = ("#C98A4A", "#B5733A", "#D9A25C")[scene.dice.randrange(3)]
        fill = scene.down((0, mix(crust, "#FFF0CF", 0.3), 1), (1, mix(crust, "#4A2408", 0.3), 1))
        if row % 3 == 2:  # jars
            body = scene.across((0, "#E9D9B4", 1), (0.5, "#C98F4A", 1), (1, "#7A4A22", 1))
            scene.box(at, board - 27, 17, 27, body, corner=3)
            scene.box(at + 1, board - 32, 15, 6, "#8C5A4A", corner=1.5)
            scene.box(at + 3, board - 20, 11, 10, "#F4EBD6")
            at += 22
        elif row % 3 == 1:  # long ones, standing in a basket
            for k in range(3):
                scene.box(at + k * 8, board - 42 + (k % 2) * 5, 7, 40, fill, corner=3.5)
            scene.box(at - 2, board - 17, 28, 17, "#8A6238", corner=2)
            at += 35
        else:
            scene.shape(f"M{at:.1f} {board}q-4 -24 15 -24q19 0 15 24Z", fill)
            for cut in (8, 15, 22):
                scene.stroke(f"M{at + cut - 3:.1f} {board - 17}l4 7", "#F6E2B6", 1.5)
            at += 36
    scene.box(u, board, wide, 5, "#8A6647")
    scene.box(u, board + 5, wide, 6, scene.down((0, "#120A08", 0.3), (1, "#120A08", 0)))
