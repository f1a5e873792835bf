"""Things that stand or lie on the table in front, each with its shadow.

`u` is the middle of a thing and `y` the line that it stands on, in units of the scene.
"""

from __future__ import annotations

from game.figures.setting_light import mix
from game.figures.setting_scene import HIGH, TABLE, Scene

STAND = TABLE + 15  # the line that most things stand on


def table(scene: Scene, wood: str, *, cloth: bool = False, steel: bool = False) -> None:
    """The table from edge to edge: its top in perspective, its front, its reflection of the day."""
    left, wide = -scene.half - 4, 2 * scene.half + 8
    light = mix(wood, "#FFFFFF", 0.2)
    deep = mix(wood, "#140C0A", 0.34)
    scene.box(left, TABLE - 5, wide, 6, scene.down((0, "#120A08", 0.0), (1, "#120A08", 0.3)))
    scene.box(left, TABLE, wide, 33, scene.down((0, light, 1), (0.25, wood, 1), (1, wood, 1)))
    for _ in range(0 if cloth or steel else 16):
        at = left + scene.dice.random() * wide
        y = TABLE + 4 + scene.dice.random() * 27
        long = scene.dice.uniform(50, 150)
        scene.stroke(
            f"M{at:.1f} {y:.1f}q{long / 2:.1f} {scene.dice.uniform(-2, 2):.1f} {long:.1f} 0",
            deep,
            0.8,
            opacity=0.28,
        )
    shine = mix(scene.light.horizon, "#FFFFFF", 0.35)
    day = 0.4 - 0.3 * scene.light.lamp
    scene.box(left, TABLE, wide, 15, own=True, opacity=day,
              fill=scene.down((0, shine, 0.85), (1, shine, 0), own=True))  # fmt: skip
    scene.glow(0, TABLE + 8, 190, 26, strength=0.4)
    front = mix(wood, "#0E0807", 0.14 if cloth else 0.42)
    scene.box(left, TABLE + 33, wide, HIGH - TABLE - 32,
              scene.down((0, front, 1), (1, mix(front, "#0E0807", 0.35), 1)))  # fmt: skip
    scene.box(left, TABLE + 32, wide, 1.6, light, opacity=0.8)
    if cloth:
        for i in range(int(wide / 46) + 1):
            at = left + 14 + i * 46 + scene.dice.uniform(-8, 8)
            scene.shape(
                f"M{at:.1f} {TABLE + 34:.1f}q3 9 -3 {HIGH - TABLE - 34:.1f}h9q2 -10 -6 -18Z",
                "#8A7A66",
                opacity=0.22,
            )


def cup(scene: Scene, u: float, y: float = STAND, size: float = 1.0, *, steam: bool = True,
        glaze: str = "#F4EFE4", drink: str = "#6B3F26", saucer: bool = True) -> None:  # fmt: skip
    """A cup; its handle on the right with a saucer, none without."""
    s = size
    scene.shadow(u, y, 34 * s, 24 * s)
    dark = mix(glaze, "#3A2A22", 0.3)
    if saucer:
        scene.oval(u, y, 23 * s, 4.6 * s, dark)
        scene.oval(u, y - 1.2 * s, 23 * s, 4.4 * s, glaze)
        scene.oval(u, y - 1.4 * s, 14 * s, 2.4 * s, dark, opacity=0.5)
        scene.stroke(f"M{u + 13 * s:.1f} {y - 17 * s:.1f}q10 -2 9 5q-1 6 -11 6".replace("  ", " "),
                     dark, 2.6 * s)  # fmt: skip
    side = scene.across((0, glaze, 1), (0.55, glaze, 1), (1, dark, 1))
    scene.shape(
        f"M{u - 15 * s:.2f} {y - 21 * s:.2f}q1 {16 * s:.2f} {8 * s:.2f} {19.6 * s:.2f}"
        f"h{14 * s:.2f}q{7 * s:.2f} {-4 * s:.2f} {8 * s:.2f} {-19.6 * s:.2f}Z", side,
    )  # fmt: skip
    scene.oval(u, y - 21 * s, 15 * s, 3.6 * s, mix(glaze, "#FFFFFF", 0.5))
    scene.oval(u, y - 20.6 * s, 12.8 * s, 2.7 * s, drink)
    if steam:
        fade = scene.down(
            (0, "#FFFFFF", 0.0), (0.5, "#FFFFFF", 0.55), (1, "#FFFFFF", 0.1), own=True
        )
        for side_ in (-4, 4):
            at = u + side_ * s
            scene.shape(f"M{at:.1f} {y - 25 * s:.1f}q-6 -7 0 -14q5 -6 1 -13q8 7 2 15q-5 6 0 12Z",
                        fade, own=True)  # fmt: skip


def teapot(scene: Scene, u: float, glaze: str, y: float = STAND, s: float = 1.0) -> None:
    scene.shadow(u, y, 52 * s, 34 * s)
    dark = mix(glaze, "#1B1210", 0.4)
    body = scene.round((0, mix(glaze, "#FFFFFF", 0.28), 1), (0.7, glaze, 1), (1, dark, 1))
    scene.stroke(f"M{u - 13 * s:.1f} {y - 31 * s:.1f}q{13 * s:.1f} {-26 * s:.1f} {26 * s:.1f} 0",
                 "#5B4030", 3 * s)  # fmt: skip
    scene.shape(
        f"M{u + 17 * s:.1f} {y - 12 * s:.1f}q{10 * s:.1f} {-3 * s:.1f} {12 * s:.1f} {-16 * s:.1f}"
        f"l{5 * s:.1f} {-1 * s:.1f}q{0:.1f} {20 * s:.1f} {-16 * s:.1f} {27 * s:.1f}Z", dark,
    )  # fmt: skip
    scene.oval(u, y - 16 * s, 25 * s, 17 * s, body)
    scene.oval(u, y - 31 * s, 12 * s, 3.4 * s, dark)
    scene.oval(u, y - 32 * s, 12 * s, 3.2 * s, mix(glaze, "#FFFFFF", 0.12))
    scene.oval(u, y - 36 * s, 3 * s, 2.6 * s, dark)
    scene.oval(u - 9 * s, y - 22 * s, 5 * s, 3 * s, "#FFFFFF", opacity=0.28)


def glass(scene: Scene, u: float, y: float = STAND, *, wine: str = "", high: float = 30) -> None:
    """A tumbler, or a stemmed glass when there is wine in it."""
    clear = mix(scene.light.horizon, "#FFFFFF", 0.7)
    scene.shadow(u, y, 20, high)
    if wine:
        scene.oval(u, y, 10, 2.4, clear, opacity=0.5, own=True)
        scene.line((u, y), (u, y - 19), clear, 1.4, opacity=0.7, own=True)
        scene.shape(
            f"M{u - 8:.1f} {y - 44:.1f}q-5 21 8 25q13 -4 8 -25Z", clear, opacity=0.38, own=True
        )
        scene.shape(f"M{u - 9.2:.1f} {y - 33:.1f}q0 12 9.2 14q9.2 -2 9.2 -14Z", wine, opacity=0.9)
        scene.oval(u, y - 33, 9.2, 1.8, mix(wine, "#FFFFFF", 0.25))
        scene.line((u - 6, y - 40), (u - 7, y - 30), "#FFFFFF", 1.2, opacity=0.7, own=True)
        return
    scene.area((u - 8, y - high), (u + 8, y - high), (u + 6.6, y), (u - 6.6, y), fill=clear,
               opacity=0.42, own=True)  # fmt: skip
    scene.area((u - 7.4, y - high * 0.55), (u + 7.4, y - high * 0.55), (u + 6.4, y - 1),
               (u - 6.4, y - 1), fill="#BFD6DC", opacity=0.55)  # fmt: skip
    scene.oval(u, y - high, 8, 1.8, clear, opacity=0.6, own=True)
    scene.line((u - 5.4, y - high + 5), (u - 4.6, y - 6), "#FFFFFF", 1.2, opacity=0.7, own=True)


def carafe(scene: Scene, u: float, y: float = STAND) -> None:
    clear = mix(scene.light.horizon, "#FFFFFF", 0.7)
    scene.shadow(u, y, 32, 50)
    scene.shape(f"M{u - 6:.1f} {y - 54:.1f}h12q-3 14 -1 18q12 8 12 24q0 12 -6 12h-22q-6 0 -6 -12"
                f"q0 -16 12 -24q2 -4 -1 -18Z", clear, opacity=0.42, own=True)  # fmt: skip
    scene.shape(f"M{u - 15.6:.1f} {y - 20:.1f}h31.2q2 20 -5 19h-21q-7 1 -5.2 -19Z", "#BFD6DC",
                opacity=0.6)  # fmt: skip
    scene.oval(u, y - 20, 15.6, 2.6, clear, opacity=0.6, own=True)
    scene.stroke(f"M{u - 11:.1f} {y - 24:.1f}q-4 8 -2 18", "#FFFFFF", 1.5, opacity=0.7, own=True)


def papers(
    scene: Scene, u: float, y: float = TABLE + 16, wide: float = 74, sheets: int = 3
) -> None:
    """A few sheets, not quite in line, with lines that nobody can read."""
    scene.shadow(u, y + 5, wide, 8)
    for i in range(sheets):
        shift = (i * 7) % 5 - 2
        left = u - wide / 2 + shift
        y_ = y + 4 - i * 2.2
        tone = mix("#FBF6EA", "#C9BBA2", 0.3 * (sheets - 1 - i))
        scene.area((left + 12, y_ - 9), (left + wide, y_ - 9), (left + wide - 7, y_ + 3),
                   (left, y_ + 3), fill=tone)  # fmt: skip
    top = y + 4 - (sheets - 1) * 2.2
    for row in range(3):
        y_ = top - 6.6 + row * 2.7
        left = u - wide / 2 + 17 - row * 2.2
        scene.line((left, y_), (left + wide * (0.6 - 0.12 * (row % 2)), y_), "#8A8272", 0.8,
                   opacity=0.7)  # fmt: skip


def folder(scene: Scene, u: float, colour: str, y: float = TABLE + 18) -> None:
    scene.shadow(u, y, 86, 8)
    scene.area((u - 34, y - 11), (u + 44, y - 11), (u + 38, y + 4), (u - 44, y + 4),
               fill=mix(colour, "#140C0A", 0.35))  # fmt: skip
    scene.area(
        (u - 33, y - 12.6), (u + 44, y - 12.6), (u + 37, y + 2), (u - 43, y + 2), fill="#F7F0E0"
    )
    scene.area((u - 34, y - 14), (u + 43, y - 14), (u + 36, y + 1), (u - 44, y + 1), fill=colour)
    scene.line((u - 4, y - 6), (u + 18, y - 6), mix(colour, "#FFFFFF", 0.55), 1.4, opacity=0.8)


def pen(scene: Scene, u: float, y: float, colour: str = "#23304A") -> None:
    scene.line((u - 17, y + 2.4), (u + 17, y - 1.4), "#1A0F0A", 2.6, opacity=0.3)
    scene.line((u - 17, y), (u + 13, y - 3.6), colour, 2.6)
    scene.line((u + 13, y - 3.6), (u + 17, y - 4.1), "#D9B25C", 1.6)


def binder(scene: Scene, u: float, colour: str, y: float = TABLE + 20) -> None:
    """Lies flat, its back to the viewer."""
    scene.shadow(u, y, 66, 18)
    scene.area((u - 26, y - 15), (u + 31, y - 15), (u + 33, y - 11), (u - 32, y - 11),
               fill=mix(colour, "#FFFFFF", 0.22))  # fmt: skip
    scene.box(
        u - 32,
        y - 11,
        65,
        13,
        scene.down((0, colour, 1), (1, mix(colour, "#120A08", 0.3), 1)),
        corner=1.5,
    )
    scene.box(u - 16, y - 8.6, 30, 8, "#F4EDDD", corner=1)
    scene.line((u - 12, y - 5.6), (u + 8, y - 5.6), "#7F7666", 1)
    scene.line((u - 12, y - 3), (u + 2, y - 3), "#7F7666", 1)


def phone(scene: Scene, u: float, y: float = TABLE + 20) -> None:
    """Face down."""
    scene.shadow(u, y, 40, 4)
    scene.area((u - 15, y - 9), (u + 21, y - 9), (u + 16, y + 2), (u - 21, y + 2), fill="#2B2F38")
    scene.area((u - 15, y - 10), (u + 21, y - 10), (u + 16, y), (u - 21, y), fill="#454B57")
    scene.oval(u - 10, y - 7.6, 2.2, 1.1, "#14171D")


def bread(scene: Scene, u: float, y: float = STAND) -> None:
    """A basket of bread."""
    scene.shadow(u, y, 54, 18)
    for at, lean in ((-13, -4), (1, 3), (14, 6)):
        loaf = scene.down((0, "#E2B071", 1), (1, "#A56A35", 1))
        scene.oval(u + at, y - 17 + abs(lean) * 0.3, 12, 8.4, loaf)
        for cut in (-4, 1, 6):
            scene.line((u + at + cut - 2, y - 20), (u + at + cut + 1, y - 16), "#F3D9A8", 1.2)
    weave = scene.down((0, "#B98B55", 1), (1, "#7E5730", 1))
    scene.shape(f"M{u - 29:.1f} {y - 14:.1f}h58q-3 14 -10 15h-38q-7 -1 -10 -15Z", weave)
    for i in range(9):
        scene.line(
            (u - 25 + i * 6.2, y - 13), (u - 22 + i * 5.5, y - 1), "#6B4726", 0.9, opacity=0.6
        )
    scene.line((u - 29, y - 13.6), (u + 29, y - 13.6), "#D2A66C", 2.2)


def clipboard(scene: Scene, u: float, y: float = TABLE + 19) -> None:
    scene.shadow(u, y, 66, 5)
    scene.area((u - 24, y - 14), (u + 34, y - 14), (u + 26, y + 4), (u - 34, y + 4), fill="#8A6440")
    scene.area((u - 19, y - 12), (u + 30, y - 12), (u + 23, y + 2), (u - 28, y + 2), fill="#FBF6EA")
    scene.area(
        (u - 2, y - 15.6), (u + 14, y - 15.6), (u + 12, y - 11), (u - 5, y - 11), fill="#9AA3AB"
    )
    for row in range(4):
        scene.line(
            (u - 15 - row * 2.4, y - 8.6 + row * 2.8),
            (u + 18 - row * 4, y - 8.6 + row * 2.8),
            "#8A8272",
            0.8,
        )


def helmet(scene: Scene, u: float, colour: str = "#E2AE3C", y: float = STAND) -> None:
    """A hard hat, put down."""
    scene.shadow(u, y, 54, 26)
    dark = mix(colour, "#3A2208", 0.35)
    scene.shape(
        f"M{u - 24:.1f} {y - 4:.1f}q-2 -27 24 -27q26 0 24 27Z",
        scene.across((0, mix(colour, "#FFFFFF", 0.25), 1), (0.5, colour, 1), (1, dark, 1)),
    )
    scene.shape(f"M{u - 31:.1f} {y - 3:.1f}q31 -9 62 0q-31 7 -62 0Z", dark)
    scene.shape(
        f"M{u - 4:.1f} {y - 32:.1f}q4 -3 8 0l2 27h-12Z", mix(colour, "#FFFFFF", 0.3), opacity=0.8
    )


def shackle(scene: Scene, u: float, y: float = STAND) -> None:
    """Of iron, kept from a crane."""
    scene.shadow(u, y, 36, 26)
    scene.stroke(f"M{u - 12:.1f} {y - 5:.1f}v-9q0 -15 12 -15q12 0 12 15v9", "#4A4F57", 6)
    scene.stroke(f"M{u - 13.6:.1f} {y - 9:.1f}v-5q0 -13 11 -14", "#8B929B", 1.5, opacity=0.8)
    scene.line((u - 19, y - 4), (u + 19, y - 4), "#33373E", 5)
    scene.oval(u + 19, y - 4, 4, 5, "#565C66")


def old_press(scene: Scene, u: float, foot: float) -> None:
    """Hand-driven, of brass and iron, kept polished."""
    brass = scene.across((0, "#F0CF86", 1), (0.45, "#C9973F", 1), (1, "#8A5F22", 1))
    iron = scene.across((0, "#5E6468", 1), (0.5, "#454A4E", 1), (1, "#2A2D30", 1))
    scene.oval(u, foot, 52, 5, "#120A08", opacity=0.35)
    scene.area((u - 40, foot), (u + 40, foot), (u + 32, foot - 12), (u - 32, foot - 12), fill=iron)
    for side in (-1, 1):
        scene.area(
            (u + side * 30, foot - 12),
            (u + side * 20, foot - 12),
            (u + side * 18, foot - 92),
            (u + side * 26, foot - 92),
            fill=iron,
        )
    scene.box(u - 30, foot - 102, 60, 14, iron, corner=4)
    scene.box(u - 4, foot - 118, 8, 70, brass)
    for i in range(8):
        scene.line((u - 4, foot - 112 + i * 7), (u + 4, foot - 108 + i * 7), "#8A5F22", 1)
    scene.oval(u, foot - 38, 17, 6, brass)
    scene.box(u - 17, foot - 38, 34, 14, brass)
    scene.oval(u, foot - 24, 17, 5, "#8A5F22")
    scene.stroke(f"M{u - 34} {foot - 120}h68", "#C9973F", 4)
    for side in (-1, 1):
        scene.oval(
            u + side * 36, foot - 120, 6, 6, scene.round((0, "#F8E3AE", 1), (1, "#A9772B", 1))
        )
    scene.oval(u, foot - 122, 5, 4, brass)
