"""What rooms are furnished with: walls, windows, lamps, shelves, boards, instruments.

Places are in units of the scene: u from its middle, y from the top.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from math import cos, hypot, pi, sin

from game.figures.setting_light import mix
from game.figures.setting_scene import TABLE, Scene
from game.figures.setting_views import Opening

View = Callable[[Scene, Opening], None]
BOOKS = ("#7A3E3A", "#3F5A5E", "#8C6B3E", "#4E4A66", "#5F6B47", "#A07A52", "#394B63")
_LEAVES = ((-40, 44), (-22, 70), (0, 84), (24, 74), (42, 48), (50, 18), (-50, 12))  # lean, rise
BINDERS = ("#4F6478", "#8A8F93", "#7A5A50", "#5E7568", "#B5A486", "#3E4756")


def wall(scene: Scene, colour: str, *, dado: str = "", rail: float = 262.0) -> None:
    """The back wall, brighter where people sit; a panelled lower part in the colour `dado`."""
    left, wide = -scene.half - 4, 2 * scene.half + 8
    light, deep = mix(colour, "#FFFFFF", 0.16), mix(colour, "#2A1E1A", 0.14)
    scene.box(left, 0, wide, 402, scene.down((0, deep, 1), (0.35, light, 1), (1, colour, 1)))
    if dado:
        scene.box(
            left, rail, wide, 140, scene.down((0, dado, 1), (1, mix(dado, "#120A08", 0.35), 1))
        )
        scene.box(left, rail - 5, wide, 6, mix(dado, "#FFFFFF", 0.24))
        scene.box(left, rail + 1, wide, 3, "#120A08", opacity=0.25)
        at = -scene.half - (scene.half % 70) - 12
        while at < scene.half:
            scene.box(at, rail + 14, 56, 92, mix(dado, "#120A08", 0.18), corner=1)
            scene.box(at + 3, rail + 17, 50, 86, mix(dado, "#FFFFFF", 0.05), corner=1)
            at += 70


def calm(scene: Scene, strength: float = 0.5) -> None:
    """Air behind the head: heads of every complexion stand out, and the far things step back."""
    light = scene.light
    tone = mix(light.lit("#DADFD8"), light.sky, 0.28)
    tone = mix(tone, "#D9C7A6", 0.4 * light.lamp)
    scene.oval(
        0,
        178,
        128,
        176,
        own=True,
        opacity=strength,
        fill=scene.round((0, tone, 0.95), (0.45, tone, 0.62), (1, tone, 0), own=True),
    )


def corners(scene: Scene) -> None:
    """The room gets darker away from the middle, more so in the evening."""
    dark = 0.14 + 0.34 * scene.light.lamp
    wide = 2 * scene.half + 8
    for stops in (((0, "#1C1218", dark), (0.3, "#1C1218", 0.0), (0.7, "#1C1218", 0.0),
                   (1, "#1C1218", dark)),):  # fmt: skip
        scene.box(-wide / 2, 0, wide, 402, scene.across(*stops, own=True), own=True)
    top = scene.down((0, "#1C1218", dark * 0.8), (0.3, "#1C1218", 0.0), own=True)
    scene.box(-wide / 2, 0, wide, 402, top, own=True)


def window(
    scene: Scene, opening: Opening, view: View, frame: str, *, bars: Sequence[float] = (),
    across: float = 0.0, sill: bool = True, thick: float = 6.0,
) -> None:  # fmt: skip
    """A window and its view; `bars`: uprights at shares of the width, `across` of the height."""
    u, y, wide, high = opening
    deep = mix(frame, "#120A08", 0.35)
    scene.box(
        u - thick - 3,
        y - thick - 3,
        wide + 2 * thick + 6,
        high + 2 * thick + 6,
        "#1A1210",
        corner=2,
        opacity=0.12,
    )
    scene.box(u - thick, y - thick, wide + 2 * thick, high + 2 * thick, frame, corner=1.5)
    with scene.within(u, y, wide, high):
        view(scene, opening)
        # the room is mirrored in the glass when it is darker outside
        scene.box(u, y, wide, high, own=True, opacity=0.22 * scene.light.lamp,
                  fill=scene.down((0, "#F2B25E", 0.0), (1, "#F2B25E", 0.9), own=True))  # fmt: skip
        sheen = mix(scene.light.horizon, "#FFFFFF", 0.6)
        scene.area(
            (u + wide * 0.06, y),
            (u + wide * 0.2, y),
            (u + wide * 0.2 - high * 0.3, y + high),
            (u + wide * 0.06 - high * 0.3, y + high),
            fill=sheen,
            opacity=0.1,
            own=True,
        )
    scene.box(u, y, wide, 4, "#120A08", opacity=0.28)
    scene.box(u, y, 3, high, "#120A08", opacity=0.2)
    for share in bars:
        at = u + wide * share
        scene.box(at - 2, y, 4, high, frame)
        scene.box(at + 2, y, 1.4, high, deep, opacity=0.6)
    if across:
        scene.box(u, y + high * across - 1.8, wide, 3.6, frame)
    if sill:
        scene.box(
            u - thick - 8,
            y + high + thick - 1,
            wide + 2 * thick + 16,
            7,
            mix(frame, "#FFFFFF", 0.16),
            corner=1,
        )
        scene.box(u - thick - 6, y + high + thick + 6, wide + 2 * thick + 12, 5,
                  scene.down((0, "#120A08", 0.3), (1, "#120A08", 0)))  # fmt: skip


def shelf(
    scene: Scene, u: float, top: float, wide: float, rows: Sequence[float], wood: str,
    colours: Sequence[str], *, labels: bool = False,
) -> None:  # fmt: skip
    """A bookcase of rows of such heights, full of backs; `labels` on all of them and the boards."""
    deep = mix(wood, "#120A08", 0.5)
    high = sum(rows) + 5 * (len(rows) + 1)
    scene.box(u + 4, top + 4, wide + 4, high, "#120A08", opacity=0.16, corner=2)
    scene.box(u, top, wide, high, wood, corner=1)
    y = top + 5
    for row in rows:
        scene.box(u + 5, y, wide - 10, row, scene.down((0, deep, 1), (1, mix(deep, wood, 0.4), 1)))
        at = u + 6.0
        while at < u + wide - 12:
            broad = scene.dice.uniform(12, 16) if labels else scene.dice.uniform(5, 11)
            if scene.dice.random() < 0.1:  # a gap, and one that leans into it
                at += broad
                continue
            broad = min(broad, u + wide - 6 - at)
            tall = row * (0.84 if labels else scene.dice.uniform(0.68, 0.92))
            tone = colours[scene.dice.randrange(len(colours))]
            fill = scene.across(
                (0, mix(tone, "#FFFFFF", 0.1), 1), (1, mix(tone, "#120A08", 0.2), 1)
            )
            scene.box(at, y + row - tall, broad - 0.8, tall, fill, corner=0.8)
            if labels:
                scene.box(at + 2.4, y + row - tall + 7, broad - 5.6, 13, "#F4EDDD", corner=0.6)
                scene.line(
                    (at + 4, y + row - tall + 12), (at + broad - 5, y + row - tall + 12), "#8A8272"
                )
            else:
                scene.box(at, y + row - tall * 0.82, broad - 0.8, 1.4, "#D9B25C", opacity=0.5)
            at += broad
        if labels:
            scene.box(u + wide / 2 - 14, y + row + 0.4, 28, 4.2, "#F4EDDD", corner=0.8)
        y += row + 5
    scene.box(u, top, wide, 4, mix(wood, "#FFFFFF", 0.18), corner=1)


def picture(
    scene: Scene, u: float, y: float, wide: float, high: float, kind: str = "hills"
) -> None:
    """Framed, on the wall."""
    scene.box(u + 3, y + 4, wide, high, "#120A08", opacity=0.2)
    scene.box(u, y, wide, high, "#6B4B34", corner=1)
    scene.box(u + 3.4, y + 3.4, wide - 6.8, high - 6.8, "#F3EBDB")
    x, t, w, h = u + 9, y + 9, wide - 18, high - 18
    scene.box(x, t, w, h, "#D8DCCF" if kind == "hills" else "#D9CBB2")
    if kind == "hills":
        scene.shape(
            f"M{x:.1f} {t + h * 0.62:.1f}q{w * 0.3:.1f} {-h * 0.4:.1f} {w * 0.55:.1f} 0"
            f"t{w * 0.45:.1f} {-h * 0.06:.1f}v{h * 0.44:.1f}h{-w:.1f}Z",
            "#8FA08A",
        )
        scene.shape(
            f"M{x:.1f} {t + h * 0.84:.1f}q{w * 0.4:.1f} {-h * 0.26:.1f} {w:.1f} {-h * 0.04:.1f}"
            f"v{h * 0.2:.1f}h{-w:.1f}Z",
            "#5E7568",
        )
    else:  # the first workshop: people before a door, in brown
        scene.area((x + w * 0.1, t + h), (x + w * 0.1, t + h * 0.42), (x + w * 0.5, t + h * 0.12),
                   (x + w * 0.9, t + h * 0.42), (x + w * 0.9, t + h), fill="#A58B68")  # fmt: skip
        scene.box(x + w * 0.4, t + h * 0.52, w * 0.2, h * 0.48, "#6E5640")
        for i in (0.2, 0.31, 0.68, 0.8):
            scene.oval(x + w * i, t + h * 0.66, w * 0.035, h * 0.06, "#5A4432")
            scene.box(x + w * (i - 0.045), t + h * 0.72, w * 0.09, h * 0.28, "#5A4432", corner=1.5)


def radiator(scene: Scene, u: float, y: float, wide: float) -> None:
    high = TABLE - y
    scene.box(u - 3, y + 5, wide + 6, high, "#120A08", opacity=0.16, corner=3)
    for i in range(int(wide / 12)):
        fill = scene.across((0, "#F2EDE2", 1), (0.5, "#E2DACB", 1), (1, "#B5AA98", 1))
        scene.box(u + i * 12, y, 10, high, fill, corner=4)


def plant(scene: Scene, u: float, foot: float, size: float = 1.0) -> None:
    """Broad leaves in a pot, each along its stem."""
    root = foot - 34 * size
    for i, (lean, up) in enumerate(_LEAVES):
        tone = ("#5E7F5B", "#4C6E50", "#759468")[i % 3]
        x, y = u + lean * size, root - up * size
        scene.stroke(
            f"M{u:.1f} {root:.1f}Q{u + lean * 0.15 * size:.1f} {y + 26 * size:.1f} {x:.1f} {y:.1f}",
            "#4A5F45", 1.6 * size,
        )  # fmt: skip
        ahead, along = lean * 0.85, up * 0.35 + 12.0
        far = hypot(ahead, along)
        right, down = ahead / far * size, -along / far * size
        tip, belly, base = 34.0, 13.0, -4.0

        at = partial(_aside, x, y, right, down)
        scene.shape(
            f"M{at(base, 0)}C{at(2, belly)} {at(20, belly)} {at(tip, 0)}"
            f"C{at(20, -belly)} {at(2, -belly)} {at(base, 0)}Z", tone,
        )  # fmt: skip
        scene.shape(
            f"M{at(base, 0)}C{at(2, belly)} {at(20, belly)} {at(tip, 0)}Z",
            mix(tone, "#FFFFFF", 0.16),
        )
    pot = scene.across((0, "#C98B66", 1), (0.6, "#B5714C", 1), (1, "#7E4A30", 1))
    scene.area((u - 20 * size, root), (u + 20 * size, root),
               (u + 15 * size, foot), (u - 15 * size, foot), fill=pot)  # fmt: skip
    scene.box(u - 22 * size, foot - 38 * size, 44 * size, 8 * size, "#C98B66", corner=1.5)


def _aside(x: float, y: float, right: float, down: float, on: float, off: float) -> str:
    """A point of a path, so far along a direction from a place and so far off it."""
    return f"{x + on * right - off * down:.1f} {y + on * down + off * right:.1f}"


def dial(
    scene: Scene, u: float, y: float, radius: float, rim: str, *, hands: Sequence[float]
) -> None:
    """A round instrument: a barometer has one hand, a clock two; in shares of a turn."""
    scene.oval(u + 2, y + 3, radius, radius, "#120A08", opacity=0.25)
    scene.oval(u, y, radius, radius, scene.down((0, mix(rim, "#FFFFFF", 0.3), 1), (1, rim, 1)))
    scene.oval(u, y, radius * 0.8, radius * 0.8, "#F7F1E3")
    for i in range(12):
        a = 2 * pi * i / 12
        if len(hands) == 1 and 5 <= i <= 7:
            continue  # the foot of a barometer's scale is empty
        scene.line(
            (u + sin(a) * radius * 0.62, y - cos(a) * radius * 0.62),
            (u + sin(a) * radius * 0.71, y - cos(a) * radius * 0.71),
            "#4A4038",
            1.1,
        )
    for k, turn in enumerate(hands):
        a = 2 * pi * turn
        reach = radius * (0.56, 0.4)[k % 2]
        scene.line((u - sin(a) * reach * 0.2, y + cos(a) * reach * 0.2),
                   (u + sin(a) * reach, y - cos(a) * reach), "#23304A", 1.6)  # fmt: skip
    scene.oval(u, y, 1.8, 1.8, "#23304A")


def coat(scene: Scene, u: float, y: float, colour: str) -> None:
    """A coat on a hook: shoulders that fall, sleeves, a lining that shows."""
    deep, seam = mix(colour, "#120A08", 0.32), mix(colour, "#120A08", 0.5)
    scene.oval(u + 8, y + 70, 30, 62, "#120A08", opacity=0.12)
    scene.box(u - 9, y - 8, 18, 7, "#5B4030", corner=2)
    scene.stroke(f"M{u} {y - 3}v5", "#8C6A34", 2)
    for side in (-1, 1):
        scene.shape(
            f"M{u + side * 9:.1f} {y + 7:.1f}q{side * 15} 6 {side * 18} 26"
            f"q{side * 4} 34 {side * 2} 62"
            f"q{-side * 6} 4 {-side * 12} 0q{-side * 2} -34 {-side * 8} -60Z",
            deep,
        )
    body = scene.across((0, mix(colour, "#FFFFFF", 0.1), 1), (0.55, colour, 1), (1, deep, 1))
    scene.shape(
        f"M{u - 7:.1f} {y + 1:.1f}q-13 7 -15 22q0 44 -5 88q13 6 26 3l1 -104l1 104q13 3 26 -3"
        f"q-5 -44 -5 -88q-2 -15 -15 -22q-7 4 -14 0Z", body,
    )  # fmt: skip
    scene.shape(f"M{u - 7:.1f} {y + 1:.1f}q7 5 14 0l-6 26Z", mix("#B59068", colour, 0.3))
    scene.stroke(f"M{u - 8:.1f} {y + 2:.1f}l8 26l8 -26", seam, 1.6)
    scene.line((u, y + 28), (u, y + 112), seam, 1.2)
    for i in range(3):
        scene.oval(u + 4, y + 44 + i * 20, 1.7, 1.7, seam)
    for side in (-1, 1):
        scene.line((u + side * 10, y + 74), (u + side * 18, y + 72), seam, 1.4)
