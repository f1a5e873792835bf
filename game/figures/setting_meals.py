"""Places to eat and drink in: a restaurant's back room, a tea house."""

from __future__ import annotations

from game.figures import setting_furniture as furniture
from game.figures import setting_lamps as lamps
from game.figures import setting_things as things
from game.figures import setting_views as views
from game.figures.setting_light import mix
from game.figures.setting_scene import TABLE, Scene


def restaurant(back: Scene, front: Scene) -> None:
    """A back room: a mirror that holds the day, bottles, a menu board, a white cloth."""
    furniture.wall(back, "#C9B48C", dado="#3E5249", rail=236)
    _mirror(back, -92, 34, 184, 176)
    _bottles(back, 116, 66, 150)
    _menu(back, -186, 66)
    furniture.window(back, (-340, 56, 104, 164), views.roofs, "#3E5249", bars=(0.5,), across=0.28)
    furniture.coat(back, 318, 90, "#7A4A42")
    back.sunlight(120, 110)
    back.box(-back.half - 4, 274, 2 * back.half + 8, 90, "#54241F")
    for at in range(-360, 360, 72):  # the bench along the wall
        seat = back.down((0, "#8C4038", 1), (1, "#54241F", 1))
        back.box(at, 268, 70, 90, seat, corner=12)
        for button in (-17, 17):
            back.oval(at + 35 + button, 296, 1.8, 1.8, "#4A1F1B")
    back.box(-back.half - 4, 262, 2 * back.half + 8, 7, "#8C6A42")
    lamps.sconce(back, -108, 104)
    lamps.sconce(back, 106, 104)
    furniture.calm(back, 0.3)
    furniture.corners(back)
    things.table(front, "#EFE7D6", cloth=True)
    things.glass(front, -116, wine="#7A2338")
    things.carafe(front, -152, things.STAND + 2)
    things.bread(front, 140, things.STAND + 3)
    things.phone(front, 94, TABLE + 26)
    things.glass(front, 208, wine="#7A2338")
    things.cup(front, -238, drink="#3A2118", steam=False)
    for u, tines in ((-84, 3), (-72, 0)):
        front.line((u - 6, TABLE + 29), (u + 3, TABLE + 9), "#8C8F93", 2)
        for i in range(tines):
            front.line(
                (u + 2 + i * 2 - 1, TABLE + 10), (u + 4 + i * 2 - 1, TABLE + 5), "#8C8F93", 1
            )


def _mirror(scene: Scene, u: float, y: float, wide: float, high: float) -> None:
    """The room opposite, out of focus: its window, its lamps."""
    light = scene.light
    scene.box(u - 3, y + 1, wide + 14, high + 10, "#120A08", opacity=0.18, corner=3)
    scene.box(
        u - 8,
        y - 8,
        wide + 16,
        high + 16,
        scene.down((0, "#C9A35A", 1), (1, "#8C6A34", 1)),
        corner=3,
    )
    scene.box(u - 3, y - 3, wide + 6, high + 6, "#7A5A2C", corner=1)
    scene.box(
        u, y, wide, high, scene.down((0, "#B7A684", 1), (0.6, "#CDBD9A", 1), (1, "#7E7A66", 1))
    )
    with scene.within(u, y, wide, high):
        for at in (-0.02, 0.7):
            left = u + wide * at
            pane = scene.down((0, light.sky, 0.9), (1, light.horizon, 0.95), own=True)
            scene.box(left, y + 22, wide * 0.31, high * 0.64, pane, corner=3, own=True)
            scene.box(left + wide * 0.145, y + 22, 3.4, high * 0.64, "#8C8068", opacity=0.8)
        for at, size in ((0.2, 5), (0.37, 4), (0.64, 4), (0.82, 5)):
            place = u + wide * at, y + high * 0.16 + size * 2
            scene.glow(*place, 26, 26, strength=0.9)
            scene.oval(*place, size, size, scene.burning("#DCCFB0"), own=True, opacity=0.9)
        scene.area((u + wide * 0.55, y), (u + wide * 0.75, y), (u + wide * 0.4, y + high),
                   (u + wide * 0.2, y + high), fill="#FFFFFF", opacity=0.08, own=True)  # fmt: skip


def _bottles(scene: Scene, u: float, y: float, wide: float) -> None:
    for row in range(3):
        board = y + 44 + row * 52
        at = u + 6.0
        while at < u + wide - 8:
            tone = ("#3E5B40", "#5B3A2C", "#7C8A5A", "#8C6A34", "#2F4A4E")[scene.dice.randrange(5)]
            tall = scene.dice.uniform(31, 40)
            glass = scene.across(
                (0, mix(tone, "#FFFFFF", 0.3), 1),
                (0.35, tone, 1),
                (1, mix(tone, "#120A08", 0.4), 1),
            )
            scene.shape(
                f"M{at:.1f} {board:.1f}v{-tall * 0.58:.1f}q0 -5 2.6 -7v{-tall * 0.24:.1f}h4v"
                f"{tall * 0.24:.1f}q2.6 2 2.6 7v{tall * 0.58:.1f}Z",
                glass,
            )
            scene.box(at + 0.8, board - tall * 0.46, 7.6, tall * 0.24, "#EFE3C6", opacity=0.9)
            at += scene.dice.uniform(11, 14)
        scene.box(u, board, wide, 4.4, "#6B4B34")
        scene.box(u, board + 4.4, wide, 5, scene.down((0, "#120A08", 0.3), (1, "#120A08", 0)))


def _menu(scene: Scene, u: float, y: float) -> None:
    """A slate with today's dishes, in a hand that one cannot read from here."""
    scene.box(u + 3, y + 4, 62, 104, "#120A08", opacity=0.2)
    scene.box(u, y, 62, 104, "#7A5A40", corner=1)
    scene.box(u + 4, y + 4, 54, 96, scene.down((0, "#3A4240", 1), (1, "#2C3331", 1)))
    scene.stroke(f"M{u + 17} {y + 15}q4 -5 7 0t7 0t7 0t7 0", "#E9E2D0", 1.6, opacity=0.9)
    for row in range(6):
        at, long = y + 29 + row * 12, scene.dice.uniform(20, 30)
        waves = "".join("q1.8 -3 3.6 0" for _ in range(int(long / 3.6)))
        scene.stroke(f"M{u + 10} {at}{waves}", "#DCD4C0", 1.1, opacity=0.75)
        scene.line((u + 46, at), (u + 52, at), "#DCD4C0", 1.1, opacity=0.75)


def tea_house(back: Scene, front: Scene) -> None:
    """Beams, a low window on a courtyard, pots on a shelf, a stove with a kettle."""
    furniture.wall(back, "#D3B78D", dado="#8C6848", rail=272)
    furniture.window(
        back, (-88, 56, 176, 152), views.garden, "#6B4A33", bars=(), across=0.0, thick=6
    )
    back.box(
        -back.half - 4, 12, 2 * back.half + 8, 17, back.down((0, "#7A5639", 1), (1, "#54382A", 1))
    )
    for at in (-226, 222):
        back.box(at, 12, 16, 340, back.across((0, "#7A5639", 1), (1, "#54382A", 1)))
    _pots(back, -190, 92, 90)
    _pots(back, -190, 156, 90)
    _pots(back, -190, 220, 90)
    _stove(back, 142)
    furniture.coat(back, 272, 92, "#4A5560")
    back.box(250, 88, 90, 6, "#6B4A33", corner=1)
    _pots(back, -346, 124, 104)
    _pots(back, -346, 196, 104)
    back.sunlight(112, 130)
    lamps.pendant(back, 112, 66, 44, "#C9C2B0")
    furniture.calm(back, 0.42)
    furniture.corners(back)
    things.table(front, "#6E4A31")
    _tray(front, 132)
    things.teapot(front, 122, "#5B6B62", things.STAND)
    things.cup(front, 168, things.STAND + 5, 0.66, saucer=False, drink="#B08A3E", glaze="#E6DECB")
    things.cup(front, -112, things.STAND + 4, 0.7, saucer=False, drink="#B08A3E", glaze="#E6DECB")
    things.teapot(front, -256, "#8C5A44", things.STAND, 0.9)
    things.cup(front, 262, things.STAND + 4, 0.66, saucer=False, drink="#B08A3E", glaze="#C7CFC4")


def _tray(scene: Scene, u: float) -> None:
    scene.oval(u, TABLE + 18, 68, 10, "#3A251A")
    scene.oval(u, TABLE + 16, 68, 9.4, "#8C6244")
    scene.oval(u, TABLE + 16.6, 62, 7.8, "#7A5238")


def _pots(scene: Scene, u: float, board: float, wide: float) -> None:
    """A board with pots, jars and tins of tea."""
    at = u + 5.0
    while at < u + wide - 14:
        tone = ("#7C8A7A", "#A5694C", "#5B6470", "#C9B48C", "#8C5A44", "#566B58")[
            scene.dice.randrange(6)
        ]
        side = scene.across(
            (0, mix(tone, "#FFFFFF", 0.22), 1), (0.5, tone, 1), (1, mix(tone, "#120A08", 0.35), 1)
        )
        form = scene.dice.randrange(3)
        if form == 0:  # a tin
            scene.box(at, board - 24, 14, 24, side, corner=1.5)
            scene.box(at - 0.6, board - 28, 15.2, 6, mix(tone, "#120A08", 0.25), corner=1.5)
            scene.box(at + 2.5, board - 17, 9, 9, "#EFE3C6", opacity=0.9)
            at += 18
        elif form == 1:  # a pot
            scene.shape(
                f"M{at + 18:.1f} {board - 10:.1f}q5 -1 6 -8l3 0q0 10 -9 13Z",
                mix(tone, "#120A08", 0.2),
            )
            scene.oval(at + 10, board - 9, 11, 9, side)
            scene.oval(at + 10, board - 18, 4.6, 1.6, mix(tone, "#120A08", 0.3))
            scene.oval(at + 10, board - 20, 1.6, 1.5, mix(tone, "#120A08", 0.3))
            at += 31
        else:  # bowls, one in the other
            for k in range(3):
                y = board - k * 4
                scene.shape(f"M{at:.1f} {y - 9:.1f}h18q-2 9 -6 9h-6q-4 0 -6 -9Z", side)
                scene.line((at, y - 9), (at + 18, y - 9), mix(tone, "#FFFFFF", 0.35), 1)
            at += 22
    scene.box(u, board, wide, 5, "#7A5639")
    scene.box(u, board + 5, wide, 6, scene.down((0, "#120A08", 0.3), (1, "#120A08", 0)))


def _stove(scene: Scene, u: float) -> None:
    """Iron, with a pipe, a kettle and embers that show when it is dark."""
    iron = scene.across((0, "#5A5552", 1), (0.35, "#6E6864", 1), (1, "#322E2C", 1))
    scene.box(u + 12, 29, 13, 190, iron)
    for y in (70, 150):
        scene.box(u + 10.4, y, 16.2, 4, "#4A4542")
    scene.box(u - 28, 216, 78, 8, "#3E3A38", corner=2)
    scene.box(u - 24, 224, 70, 116, iron, corner=5)
    scene.box(u - 14, 244, 48, 40, "#2A2624", corner=3)
    ember = mix(scene.light.lit("#8C4A2A"), "#FF9A4A", scene.light.lamp)
    for i in range(4):
        scene.box(u - 8, 250 + i * 8, 36, 3.6, ember, corner=1.8, own=True)
    scene.glow(u + 10, 266, 56, 46, "#FF9A4A", 0.7)
    scene.oval(
        u - 8, 204, 16, 12, scene.across((0, "#A9B0B2", 1), (0.6, "#7E8688", 1), (1, "#4A5052", 1))
    )
    scene.shape(f"M{u - 23:.1f} {204}l-9 -9l3 -2l10 5Z", "#7E8688")
    scene.stroke(f"M{u - 18:.1f} 196q10 -18 20 0", "#3A3230", 2.4)
    fade = scene.down((0, "#FFFFFF", 0.0), (0.6, "#FFFFFF", 0.4), (1, "#FFFFFF", 0.1), own=True)
    scene.shape(f"M{u - 34:.1f} 194q-7 -9 0 -18q6 -8 0 -17q10 8 3 19q-5 8 0 16Z", fade, own=True)
