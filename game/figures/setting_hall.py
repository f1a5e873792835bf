"""Halls where things are made: presses behind glass, lines under an office."""

from __future__ import annotations

from game.figures import setting_furniture as furniture
from game.figures import setting_things as things
from game.figures.setting_light import mix
from game.figures.setting_scene import TABLE, Scene


def _haze(scene: Scene, colour: str, near: float) -> str:
    """A colour inside a hall: far things are lost in its air."""
    air = mix(scene.light.lit("#D8D8CE"), scene.light.horizon, 0.14)
    return mix(air, scene.light.lit(colour), near)


def _hall(scene: Scene, floor: float) -> None:
    """Roof with skylights, trusses, columns that march away, a polished floor."""
    left, wide = -scene.half - 4, 2 * scene.half + 8
    far = _haze(scene, "#8A8F8C", 0.12)
    scene.box(left, 0, wide, 402, own=True, fill=scene.down(
        (0, _haze(scene, "#5F6B6E", 0.75), 1), (0.42, far, 1), (1, far, 1), own=True))  # fmt: skip
    for i in range(5):  # skylights, narrower the further away
        y, s = 8 + i * 21.0, 1 - i * 0.17
        for side in (-1, 1):
            scene.area((side * 66 * s, y), (side * 262 * s, y), (side * 236 * s, y + 13 * s),
                       (side * 60 * s, y + 13 * s), own=True,
                       fill=mix(scene.light.sky, scene.light.horizon, 0.35 + 0.1 * i))  # fmt: skip
        beam = _haze(scene, "#4C575C", 0.8 - 0.14 * i)
        scene.box(left, y + 15 * s, wide, 3.4 * s, beam, own=True)
        step = 44 * s
        at = -step * 9
        while at < step * 9:
            scene.stroke(
                f"M{at:.1f} {y + 16 * s:.1f}l{step / 2:.1f} {-13 * s:.1f}"
                f"l{step / 2:.1f} {13 * s:.1f}",
                beam,
                1.3 * s,
                own=True,
            )
            at += step
    for i in range(4, -1, -1):
        s, near = 1 - i * 0.17, 0.85 - 0.15 * i
        foot = floor + (334 - floor) * ((s - 0.3) / 0.7) ** 1.4
        for side in (-1, 1):
            at = side * (330 * s - 20)
            scene.box(at - 6 * s, 20, 12 * s, foot - 20, _haze(scene, "#56666B", near), own=True)
            scene.box(
                at - 6 * s, foot - 26 * s, 12 * s, 14 * s, _haze(scene, "#D9A441", near), own=True
            )
        lamp = 150 * s
        for side in (-1, 1):
            y = 30 + i * 22
            scene.line((side * lamp, 8 + i * 21), (side * lamp, y), "#3A4246", 0.8 * s)
            scene.glow(side * lamp, y + 12 * s, 74 * s, 54 * s, "#FFE9BC", 0.8)
            scene.area(
                (side * lamp - 12 * s, y + 6 * s),
                (side * lamp - 4 * s, y),
                (side * lamp + 4 * s, y),
                (side * lamp + 12 * s, y + 6 * s),
                fill=scene.burning("#6E7A7C"),
                own=True,
            )
    ground = _haze(scene, "#8A8D84", 0.55)
    scene.box(
        left,
        floor,
        wide,
        402 - floor,
        own=True,
        fill=scene.down((0, _haze(scene, "#A9AAA0", 0.3), 1), (1, ground, 1), own=True),
    )
    for side in (-1, 1):  # the way for people, in yellow
        scene.area((side * 34, floor), (side * 37, floor), (side * 158, 400), (side * 146, 400),
                   fill=_haze(scene, "#D9A441", 0.7), own=True)  # fmt: skip


def _press(scene: Scene, u: float, foot: float, s: float, near: float, number: int) -> None:
    """A press: frame, slide, bed, feeder, a lamp on top."""
    body = _haze(
        scene, ("#5F7F86", "#6B8A7C", "#7C8794")[(scene.dice.randrange(3) + number) % 3], near
    )
    dark, light = _haze(scene, "#33474E", near), _haze(scene, "#8FAAAC", near)
    wide, high = 74 * s, 128 * s
    fill = scene.across((0, light, 1), (0.25, body, 1), (1, dark, 1), own=True)
    scene.oval(u, foot, wide * 0.66, 4 * s, "#1A1A1C", opacity=0.25 * near, own=True)
    scene.box(u - wide / 2, foot - high, wide, 40 * s, fill, corner=3 * s, own=True)
    for side in (-1, 1):
        scene.box(
            u + side * wide * 0.41 - 7 * s,
            foot - high + 36 * s,
            14 * s,
            high - 50 * s,
            fill,
            own=True,
        )
    scene.box(u - wide * 0.36, foot - high + 40 * s, wide * 0.72, high - 62 * s, dark, own=True)
    scene.box(u - wide * 0.31, foot - high + 42 * s, wide * 0.62, 20 * s, light, own=True)
    for at in (-0.2, 0.2):
        scene.box(u + wide * at - 2 * s, foot - high + 62 * s, 4 * s, 18 * s, light, own=True)
    scene.box(
        u - wide / 2 - 4 * s, foot - 24 * s, wide + 8 * s, 24 * s, fill, corner=2 * s, own=True
    )
    scene.box(u - wide * 0.34, foot - 32 * s, wide * 0.68, 9 * s, light, own=True)
    for i in range(7):
        stripe = _haze(scene, ("#D9A441", "#33373A")[i % 2], near)
        scene.box(u - wide / 2 + i * wide / 7, foot - 6 * s, wide / 7, 5 * s, stripe, own=True)
    scene.oval(u, foot - high + 20 * s, 11 * s, 11 * s, light, own=True)
    scene.oval(u, foot - high + 20 * s, 7.6 * s, 7.6 * s, dark, own=True)
    scene.box(
        u - 2.6 * s,
        foot - high - 9 * s,
        5.2 * s,
        9 * s,
        _haze(scene, "#E2A63C", near),
        corner=2 * s,
        own=True,
    )


def factory(back: Scene, front: Scene) -> None:
    """A standing desk behind glass, presses in the air of the hall, a board by the gate."""
    floor = 246.0
    _hall(back, floor)
    for i, (side, s) in enumerate(
        ((-1, 0.5), (1, 0.5), (-1, 0.78), (1, 0.78), (-1, 1.3), (1, 1.3))
    ):
        _press(
            back,
            side * (62 + 118 * (s - 0.4)) * (1 + 0.25 * (s > 1)),
            floor + 92 * (s - 0.42),
            s,
            0.18 + 0.62 * s,
            i,
        )
    furniture.calm(back, 0.5)
    _downtime(back, -178, 58)
    for at in (-250, 86, 250):  # the glass is in panes
        back.box(at, 0, 5, 402, "#4C575C")
        back.box(at + 5, 0, 1.4, 402, "#1A2226", opacity=0.5)
    back.box(-back.half - 4, 318, 2 * back.half + 8, 8, "#4C575C")
    sheen = mix(back.light.horizon, "#FFFFFF", 0.6)
    back.area((96, 0), (150, 0), (30, 318), (92, 200), fill=sheen, opacity=0.07, own=True)
    back.area((-250, 0), (-210, 0), (-330, 318), (-370, 318), fill=sheen, opacity=0.1, own=True)
    back.box(
        -back.half - 4, 326, 2 * back.half + 8, 40, back.down((0, "#7B8588", 1), (1, "#596467", 1))
    )
    furniture.corners(back)
    things.table(front, "#8E979A", steel=True)
    things.helmet(front, 138)
    things.clipboard(front, -124)
    things.pen(front, -88, TABLE + 27, "#B5533F")
    things.papers(front, 246)
    things.cup(front, -250, size=0.8, saucer=False, glaze="#E6E2D6", steam=False)


def _downtime(scene: Scene, u: float, y: float) -> None:
    """The board of lost hours: a row a press, the fourth one long and red."""
    scene.box(u + 3, y + 4, 74, 88, "#120A08", opacity=0.2)
    scene.box(u, y, 74, 88, "#4C575C", corner=2)
    scene.box(u + 3, y + 3, 68, 82, scene.down((0, "#F5F2E8", 1), (1, "#E2DED0", 1)))
    scene.line((u + 9, y + 11), (u + 44, y + 11), "#23304A", 3)
    for row, long in enumerate((0, 0, 0, 46, 0, 0)):
        at, long = y + 22 + row * 10, long or scene.dice.randint(7, 24)
        scene.oval(u + 10.5, at, 2.2, 2.2, "#7F8A8C")
        scene.box(u + 17, at - 2.6, long, 5.2, "#B5382F" if row == 3 else "#7F9AA0", corner=1)


def glass_office(back: Scene, front: Scene) -> None:
    """Over the lines: through the glass packets on belts, beside it the press of the first year."""
    floor = 196.0
    _hall(back, floor)
    for side, at, s in ((-1, 214, 0.62), (1, 214, 0.62), (-1, 300, 1.0), (1, 318, 1.0)):
        _tank(back, side * at, floor + 74 * s, s)
    _belts(back, floor)
    furniture.calm(back, 0.48)
    for at in (-256, -112, 106, 250):
        back.box(at, 0, 5, 402, "#6E5A48")
        back.box(at + 5, 0, 1.4, 402, "#1A1210", opacity=0.4)
    back.box(-back.half - 4, 292, 2 * back.half + 8, 6, "#8C745C")
    back.box(
        -back.half - 4, 298, 2 * back.half + 8, 60, back.down((0, "#B59F82", 1), (1, "#7E6A54", 1))
    )
    things.old_press(back, 150, 300)
    furniture.plant(back, -176, 302, 0.6)
    furniture.corners(back)
    things.table(front, "#8C6646")
    front.oval(126, TABLE + 17, 60, 9, "#4A3022")
    front.oval(126, TABLE + 15.4, 60, 8.4, "#B59068")
    things.teapot(front, 114, "#C9C2B2", things.STAND, 0.9)
    things.cup(front, 156, things.STAND + 4, 0.64, saucer=False, drink="#B08A3E")
    things.cup(front, -112, things.STAND + 4, 0.66, saucer=False, drink="#B08A3E")
    things.papers(front, -238)
    things.folder(front, 252, "#4F6478")


def _tank(scene: Scene, u: float, foot: float, s: float) -> None:
    """A silo for flour, with a ladder."""
    near = 0.2 + 0.45 * s
    steel, dark = _haze(scene, "#C3CCCB", near), _haze(scene, "#6E7E82", near)
    fill = scene.across(
        (0, steel, 1), (0.3, _haze(scene, "#E6EBE8", near), 1), (1, dark, 1), own=True
    )
    for side in (-1, 1):
        scene.box(u + side * 22 * s - 2 * s, foot - 30 * s, 4 * s, 30 * s, dark, own=True)
    scene.area((u - 30 * s, foot - 40 * s), (u + 30 * s, foot - 40 * s), (u + 7 * s, foot - 10 * s),
               (u - 7 * s, foot - 10 * s), fill=fill, own=True)  # fmt: skip
    scene.box(u - 30 * s, foot - 122 * s, 60 * s, 83 * s, fill, own=True)
    scene.oval(u, foot - 122 * s, 30 * s, 10 * s, steel, own=True)
    for i in range(2):
        scene.line(
            (u - 30 * s, foot - (66 + 28 * i) * s),
            (u + 30 * s, foot - (66 + 28 * i) * s),
            dark,
            1.2 * s,
            opacity=0.6,
            own=True,
        )
    for i in range(9):
        scene.line(
            (u + 12 * s, foot - (44 + 9 * i) * s),
            (u + 19 * s, foot - (44 + 9 * i) * s),
            dark,
            s,
            own=True,
        )


def _belts(scene: Scene, floor: float) -> None:
    """Two lines that come from far away, with packets in the colours of their kinds."""
    kinds = ("#C98A4A", "#B5533F", "#7C9A6B", "#D9B45C")
    for side in (-1, 1):
        far, near = side * 52.0, side * 250.0
        belt = _haze(scene, "#5A686C", 0.6)
        scene.area(
            (far - 6, floor + 6),
            (far + 6, floor + 6),
            (near + 62, 350),
            (near - 62, 350),
            fill=belt,
            own=True,
        )
        for edge in (-1, 1):
            scene.line(
                (far + edge * 6, floor + 6),
                (near + edge * 62, 350),
                _haze(scene, "#B9C4C4", 0.7),
                2,
                own=True,
            )
        for i in range(13):
            t = (i / 12) ** 1.9
            u, y, s = far + (near - far) * t, floor + 5 + (345 - floor) * t, 0.12 + 1.1 * t
            tone = _haze(scene, kinds[(i + (side > 0)) % 4], 0.3 + 0.6 * t)
            scene.area(
                (u - 20 * s, y),
                (u + 20 * s, y),
                (u + 22 * s, y + 9 * s),
                (u - 22 * s, y + 9 * s),
                fill=mix(tone, "#241A16", 0.25),
                own=True,
            )
            scene.area(
                (u - 17 * s, y - 9 * s),
                (u + 17 * s, y - 9 * s),
                (u + 20 * s, y),
                (u - 20 * s, y),
                fill=tone,
                own=True,
            )
        for i, t in enumerate((0.1, 0.3)):
            u, y, s = far + (near - far) * t, floor + (345 - floor) * t, 0.5 + 1.6 * t
            tone = _haze(scene, "#7F9498", 0.35 + t)
            scene.box(u - 22 * s, y - 52 * s, 44 * s, 34 * s, tone, corner=3 * s, own=True)
            for edge in (-1, 1):
                scene.box(u + edge * 19 * s - 3 * s, y - 20 * s, 6 * s, 36 * s, tone, own=True)
            scene.box(
                u - 14 * s, y - 46 * s, 28 * s, 13 * s, _haze(scene, "#C9DAD6", 0.4 + t), own=True
            )
            scene.oval(
                u + 17 * s, y - 55 * s, 2.2 * s, 2.2 * s, ("#6FB07A", "#E2A63C")[i], own=True
            )
