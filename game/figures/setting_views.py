"""What is seen through the windows: sky, town, roofs, a courtyard.

Every view fills an opening (u, y, wide, high); lights in it come on one by one as it gets dark.
"""

from __future__ import annotations

from game.figures.setting_light import mix
from game.figures.setting_scene import Scene

Opening = tuple[float, float, float, float]  # u, y, width, height


def sky(scene: Scene, opening: Opening, horizon: float) -> None:
    """Sky down to the height of the horizon, the sun on its way, a few clouds, stars at night."""
    u, y, wide, high = opening
    light = scene.light
    scene.box(
        u,
        y,
        wide,
        high,
        own=True,
        fill=scene.down(
            (0, light.sky, 1), (0.85, light.horizon, 1), (1, light.horizon, 1), own=True
        ),
    )
    across = u + wide / 2 + light.side * wide * 0.4
    height = horizon - 8 - light.altitude * (horizon - y) * 1.55
    warm = mix("#FF9A5C", "#FFF6DA", min(1.0, max(0.0, light.altitude * 1.8)))
    near = scene.round((0, warm, 0.75), (0.4, warm, 0.25), (1, warm, 0), own=True)
    up = min(1.0, max(0.0, 1.0 + 6 * light.altitude))
    scene.oval(across, height, 90, 90, near, opacity=up * 0.8, own=True)
    scene.oval(across, height, 15, 15, mix("#FFCF8A", "#FFFBEC", max(0.0, light.altitude)),
               opacity=up, own=True)  # fmt: skip
    night = min(1.0, max(0.0, -light.altitude * 3))
    for _ in range(9):
        place = u + scene.dice.random() * wide, y + scene.dice.random() * (horizon - y) * 0.6
        scene.oval(*place, 0.8, 0.8, "#E9EAF6", opacity=0.8 * night, own=True)
    for i in range(3):
        cloud = mix(light.sky, mix(light.horizon, "#FFFFFF", 0.55), 0.75)
        at = u + wide * (0.12 + 0.34 * i) + scene.dice.uniform(-14, 14)
        base = y + (horizon - y) * (0.24 + 0.17 * ((i * 2) % 3)) + scene.dice.uniform(-4, 4)
        long = scene.dice.uniform(22, 40)
        for shift, size in ((0, 1.0), (-0.5, 0.6), (0.55, 0.7)):
            scene.oval(at + shift * long, base - (1 - size) * 2, long * size, 4.2 * size + 1,
                       cloud, opacity=0.42, own=True)  # fmt: skip


def blocks(
    scene: Scene, opening: Opening, base: float, least: float, most: float, near: float,
    windows: float,
) -> None:  # fmt: skip
    """A row of houses on the line `base`, with windows that are lit when it is dark."""
    u, _, wide, _ = opening
    colour = scene.light.distant(near)
    foot = mix(colour, scene.light.horizon, 0.45)
    fill = scene.down((0, colour, 1), (1, foot, 1), own=True)
    at = u - 6.0
    while at < u + wide:
        broad = scene.dice.uniform(13, 30)
        # Low in the middle: heads are seen there.
        aside = min(1.0, abs(at + broad / 2 - (u + wide / 2)) / (wide * 0.5))
        high = (least + (most - least) * scene.dice.random()) * (0.62 + 0.5 * aside)
        scene.box(at, base - high, broad + 0.5, high + 60, fill, own=True)
        roof = scene.dice.random()
        if roof < 0.3:
            scene.box(at + broad * 0.3, base - high - 4, broad * 0.35, 5, colour, own=True)
        elif roof < 0.45:
            scene.line((at + broad / 2, base - high), (at + broad / 2, base - high - 9), colour,
                       own=True)  # fmt: skip
        rows = int((high - 6) / 7)
        for row in range(rows):
            for column in range(int((broad - 4) / 5)):
                wakes = scene.dice.random()
                shown = min(1.0, max(0.0, (scene.light.lamp - 0.25 - 0.6 * wakes) * 4))
                if scene.dice.random() < windows:
                    scene.box(at + 3 + column * 5, base - high + 5 + row * 7, 2.4, 3.2, "#FFDE9A",
                              opacity=0.85 * shown, own=True)  # fmt: skip
        at += broad


def town(scene: Scene, opening: Opening) -> None:
    _, y, _, high = opening
    horizon = y + high * 0.86
    sky(scene, opening, horizon)
    blocks(scene, opening, horizon, 26, 62, 0.28, 0.0)
    blocks(scene, opening, horizon + 12, 20, 56, 0.55, 0.22)
    blocks(scene, opening, horizon + 26, 10, 36, 0.9, 0.3)


def roofs(scene: Scene, opening: Opening) -> None:
    """Old roofs with chimneys, near."""
    u, y, wide, high = opening
    horizon = y + high * 0.74
    sky(scene, opening, horizon)
    blocks(scene, opening, horizon, 8, 26, 0.3, 0.0)
    for row, (near, lift) in enumerate(((0.55, 0.0), (0.9, 16.0))):
        colour = scene.light.distant(near)
        at = u - 18.0 + row * 9
        while at < u + wide:
            broad = scene.dice.uniform(34, 52)
            top = horizon + lift + scene.dice.uniform(-6, 5)
            scene.area(
                (at, top + 15), (at + broad * 0.16, top), (at + broad * 0.84, top),
                (at + broad, top + 15), (at + broad, y + high), (at, y + high),
                fill=colour, own=True,
            )  # fmt: skip
            scene.box(at + broad * 0.62, top - 9, 5, 10, colour, own=True)
            scene.box(
                at + broad * 0.61, top - 11, 6.4, 2.4, scene.light.distant(near * 0.8), own=True
            )
            shown = min(1.0, max(0.0, (scene.light.lamp - 0.2 - 0.5 * scene.dice.random()) * 4))
            scene.box(at + broad * 0.28, top + 5, 5, 6, "#FFDE9A", opacity=0.85 * shown, own=True)
            at += broad


def garden(scene: Scene, opening: Opening) -> None:
    """A small courtyard: a wall, soft leaves, a tree that leans away from the middle."""
    u, y, wide, high = opening
    light = scene.light
    sky(scene, opening, y + high * 0.6)
    wall = mix(light.lit("#B9A68C"), light.horizon, 0.25)
    scene.box(
        u,
        y + high * 0.56,
        wide,
        high * 0.5,
        own=True,
        fill=scene.down((0, wall, 1), (1, mix(wall, "#2E2A2A", 0.3), 1), own=True),
    )
    scene.box(u, y + high * 0.54, wide, 5, mix(wall, "#2E2A2A", 0.4), own=True)
    bark = mix(light.lit("#6B5245"), light.land, 0.25)
    foot = u + wide * 0.86, y + high
    scene.stroke(
        f"M{foot[0]:.1f} {foot[1]:.1f}q-6 -46 -2 -78q3 -30 -10 -52M{foot[0] - 3:.1f} "
        f"{foot[1] - 70:.1f}q-22 -18 -30 -46M{foot[0] - 1:.1f} {foot[1] - 84:.1f}q14 -18 13 -40",
        bark, 3.4, own=True,
    )  # fmt: skip
    for i in range(46):
        high_up = i % 2 == 0
        out = scene.dice.gauss(0.0, 1.0)
        at = foot[0] - 8 + out * (26 if high_up else 17)
        up = y + high * (0.2 if high_up else 0.36) + scene.dice.gauss(0, 12)
        leaf = ("#8FA36B", "#C98F4A", "#A9B27C", "#B8743F")[scene.dice.randrange(4)]
        scene.oval(
            at, up, 5.4, 4.2, mix(light.lit(leaf), light.horizon, 0.22), opacity=0.8, own=True
        )
    for i in range(26):
        at = u + wide * (i / 25) + scene.dice.uniform(-5, 5)
        size = scene.dice.uniform(7, 15)
        leaf = ("#6F8A5E", "#7F9768", "#5E7A5A")[i % 3]
        scene.oval(
            at,
            y + high - size * 0.35,
            size,
            size * 0.8,
            mix(light.lit(leaf), light.land, 0.2),
            own=True,
        )
