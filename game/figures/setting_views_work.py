"""What is seen where goods and people travel: a quay, a rail yard, an apron."""

from __future__ import annotations

from math import sin

from game.figures.setting_light import mix
from game.figures.setting_scene import Scene
from game.figures.setting_views import Opening, blocks, sky


def _water(scene: Scene, opening: Opening, line: float) -> None:
    u, y, wide, high = opening
    light = scene.light
    scene.box(
        u, line, wide, y + high - line, own=True,
        fill=scene.down((0, mix(light.horizon, light.land, 0.18), 1),
                        (1, mix(light.sky, light.land, 0.45), 1), own=True),
    )  # fmt: skip
    across = u + wide / 2 + light.side * wide * 0.4
    gold = mix("#FFC27A", "#FFFBEC", max(0.0, light.altitude))
    for i in range(14):
        depth = (i + 1) / 14
        long = scene.dice.uniform(8, 26) * (0.5 + depth)
        at = u + scene.dice.random() * wide
        scene.line((at, line + depth * 30), (at + long, line + depth * 30),
                   mix(light.horizon, "#FFFFFF", 0.3), 0.9, opacity=0.35, own=True)  # fmt: skip
        glint = across + (scene.dice.random() - 0.5) * 22 * (0.4 + depth)
        scene.line(
            (glint - 6, line + 1 + depth * 28),
            (glint + 6, line + 1 + depth * 28),
            gold,
            1.2,
            opacity=0.75 * min(1.0, max(0.0, light.altitude * 5)),
            own=True,
        )


def _crane(scene: Scene, u: float, foot: float, size: float, near: float, reach: float) -> None:
    """A crane that loads ships: legs, a beam over the water (reach -1 or 1), stays, a lamp."""
    colour = scene.light.distant(near)
    thick = 1.1 + 1.7 * size
    deck, top = foot - 62 * size, foot - 96 * size
    for side in (-13, 13):
        scene.line((u + side * size, foot), (u + side * size, deck), colour, thick, own=True)
        scene.line(
            (u + side * size, foot - 26 * size),
            (u - side * size, deck),
            colour,
            thick * 0.45,
            own=True,
        )
    scene.line((u - 13 * size, foot - 26 * size), (u + 13 * size, foot - 26 * size), colour,
               thick * 0.9, own=True)  # fmt: skip
    tip = u + reach * 74 * size
    scene.line((u - reach * 38 * size, deck), (tip, deck), colour, thick * 1.25, own=True)
    mast = u + reach * 6 * size
    scene.line((u - 13 * size * reach, deck), (mast, top), colour, thick * 0.8, own=True)
    scene.line((u + 13 * size * reach, deck), (mast, top), colour, thick * 0.8, own=True)
    for end in (u + reach * 44 * size, u + reach * 66 * size, u - reach * 34 * size):
        scene.line((mast, top), (end, deck), colour, thick * 0.4, own=True)
    cab = u + reach * 30 * size
    scene.box(cab - 4 * size, deck + 1, 8 * size, 7 * size, colour, corner=1, own=True)
    scene.line((cab, deck + 8 * size), (cab, deck + 26 * size), colour, thick * 0.3, own=True)
    scene.box(cab - 8 * size, deck + 26 * size, 16 * size, 6 * size, colour, own=True)
    scene.oval(mast, top, 1.7, 1.7, "#FF8A6B", opacity=scene.light.lamp, own=True)
    for lamp in (cab, u):
        scene.oval(lamp, deck + 3, 1.5, 1.5, "#FFE7B0", opacity=scene.light.lamp, own=True)
        scene.glow(lamp, deck + 4, 16 * size, 16 * size, strength=0.9)


def harbour(scene: Scene, opening: Opening) -> None:
    u, y, wide, high = opening
    line = y + high * 0.8
    sky(scene, opening, line)
    blocks(scene, opening, line, 4, 12, 0.22, 0.0)
    _water(scene, opening, line)
    middle = u + wide / 2
    _crane(scene, middle - wide * 0.16, line + 1, 0.42, 0.3, 1)
    hull = scene.light.distant(0.62)
    ship = middle - wide * 0.08
    for i in range(7):  # containers, in the colours that the distance leaves them
        tone = ("#B4614B", "#4E7C8A", "#C79A4B", "#6C7F63")[scene.dice.randrange(4)]
        stack = 1 + (i * 5 + 2) % 3
        for k in range(stack):
            scene.box(
                ship + 12 + i * 13,
                line - 8 - 6 * (k + 1),
                12.4,
                5.5,
                mix(mix(tone, scene.light.land, 0.45), scene.light.horizon, 0.2),
                own=True,
            )
    scene.area(
        (ship, line - 9),
        (ship + 118, line - 9),
        (ship + 109, line + 5),
        (ship + 9, line + 5),
        fill=hull,
        own=True,
    )
    scene.box(ship + 2, line - 26, 9, 18, hull, own=True)
    _crane(scene, middle + wide * 0.36, line + 12, 0.9, 0.82, -1)
    _crane(scene, middle - wide * 0.37, line + 16, 1.06, 0.95, 1)
    quay = scene.light.distant(1.0)
    scene.box(u, line + 14, wide, y + high - line, quay, own=True)
    for i in range(int(wide / 26)):
        scene.box(u + 10 + i * 26, line + 10, 4, 5, quay, corner=1.5, own=True)


def rails(scene: Scene, opening: Opening) -> None:
    """A rail yard: tracks that meet far away, freight cars, a signal."""
    u, y, wide, high = opening
    line = y + high * 0.56
    sky(scene, opening, line)
    blocks(scene, opening, line, 8, 26, 0.4, 0.1)
    light = scene.light
    ground = mix(light.land, light.horizon, 0.35)
    scene.box(u, line, wide, high, own=True,
              fill=scene.down((0, ground, 1), (1, light.distant(1.0), 1), own=True))  # fmt: skip
    end = u + wide * 0.42
    for i in range(-3, 6):
        foot = u + wide * 0.42 + i * wide * 0.23
        for gap in (0.0, 7.0):
            scene.line((end + i * 3 + gap * 0.1, line + 1), (foot + gap, y + high),
                       mix(light.horizon, "#FFFFFF", 0.2), 1.0, opacity=0.75, own=True)  # fmt: skip
    for i in range(4):
        tone = mix(("#8C4A3B", "#56707C", "#8A7B4E", "#6E4B56")[i], light.land, 0.4)
        at = u + wide * 0.56 + i * wide * 0.17
        size = 0.75 + i * 0.16
        scene.box(
            at, line + 9 - 18 * size + i * 5, wide * 0.16, 19 * size, tone, corner=1, own=True
        )
        scene.box(at + 2, line + 10 + i * 5, wide * 0.13, 2.6, light.distant(1.0), own=True)
    post = u + wide * 0.2
    scene.line((post, y + high), (post, line - 20), light.distant(1.0), 2, own=True)
    scene.box(post - 4, line - 32, 8, 16, light.distant(1.0), corner=3, own=True)
    scene.oval(post, line - 28, 2, 2, "#E4684F", own=True)
    scene.glow(post, line - 28, 16, 16, "#FF7A5C", 0.8)


def apron(scene: Scene, opening: Opening) -> None:
    """An airport from inside: runway lights, a tower, a parked aircraft, another one leaving."""
    u, y, wide, high = opening
    line = y + high * 0.68
    sky(scene, opening, line)
    light = scene.light
    blocks(scene, opening, line, 3, 11, 0.25, 0.0)
    ground = mix(light.land, light.horizon, 0.42)
    scene.box(u, line, wide, high, own=True,
              fill=scene.down((0, ground, 1), (1, light.distant(0.95), 1), own=True))  # fmt: skip
    middle = u + wide / 2
    tower = light.distant(0.6)
    at = middle - wide * 0.23
    scene.area((at - 3, line), (at - 2, line - 48), (at + 4, line - 48), (at + 5, line), fill=tower,
               own=True)  # fmt: skip
    scene.area((at - 9, line - 58), (at + 11, line - 58), (at + 7, line - 47), (at - 5, line - 47),
               fill=tower, own=True)  # fmt: skip
    scene.box(at - 8, line - 57, 18, 4, mix(light.horizon, "#FFE7B0", light.lamp), own=True)
    for i in range(22):
        spot = u + wide * (i + 0.5) / 22
        colour = ("#FFE7B0", "#9CC8FF")[i % 2]
        scene.oval(spot, line + 5 + 1.5 * sin(i), 1.2, 1.2, colour,
                   opacity=0.15 + 0.8 * light.lamp, own=True)  # fmt: skip
    leaving = middle + wide * 0.13, y + high * 0.2
    scene.line((leaving[0] - 46, leaving[1] + 12), leaving, mix(light.horizon, "#FFFFFF", 0.6), 1.6,
               opacity=0.5, own=True)  # fmt: skip
    scene.area((leaving[0] - 2, leaving[1] + 2), (leaving[0] + 9, leaving[1] - 2.4),
               (leaving[0] + 3, leaving[1] + 2.6), fill=light.distant(0.9), own=True)  # fmt: skip
    for share in (0.1, 0.33, 0.68, 0.93):  # masts that light the stands
        mast = u + wide * share
        scene.line((mast, line + 4), (mast, line - 30), tower, 1.4, own=True)
        scene.box(mast - 6, line - 33, 12, 3, mix(tower, "#FFF3CF", light.lamp), own=True)
        scene.glow(mast, line - 26, 84, 58, "#FFEFC8", 0.7)
    _aircraft(scene, middle + wide * 0.16, line + 16, wide)


def _aircraft(scene: Scene, nose: float, line: float, wide: float) -> None:
    """Parked, its nose toward the middle."""
    light = scene.light
    body = mix(light.lit("#EDEAE2"), light.horizon, 0.18)
    under = mix(body, light.land, 0.45)
    accent = mix(light.lit("#1F7A8C"), light.horizon, 0.2)
    fill = scene.down((0, body, 1), (0.55, body, 1), (1, under, 1), own=True)
    scene.shape(f"M{nose:.1f} {line:.1f}q4 -11 22 -12h150v26h-146q-20 -1 -26 -14Z", fill, own=True)
    scene.shape(f"M{nose + 118:.1f} {line - 12:.1f}l26 -46h18l-6 46Z", accent, own=True)
    scene.shape(f"M{nose + 58:.1f} {line + 6:.1f}l58 20h22l-26 -22Z", under, own=True)
    scene.oval(nose + 74, line + 14, 11, 6, under, own=True)
    for i in range(10):
        scene.oval(nose + 30 + i * 9, line - 4, 1.6, 2.1,
                   mix(light.distant(0.8), "#FFE7B0", light.lamp), own=True)  # fmt: skip
    scene.shape(f"M{nose + 9:.1f} {line - 6:.1f}l9 -3v5h-11Z", light.distant(0.9), own=True)
    for wheel in (26, 84):
        scene.line((nose + wheel, line + 12), (nose + wheel, line + 21), under, 2, own=True)
        scene.oval(nose + wheel, line + 22, 3, 3, light.distant(1.0), own=True)
