"""Lamps: each throws as much light as the hour asks for."""

from __future__ import annotations

from game.figures.setting_light import mix
from game.figures.setting_scene import Scene


def pendant(scene: Scene, u: float, y: float, wide: float, shade: str) -> None:
    """A lamp that hangs from the ceiling, its lower rim at `y`."""
    scene.line((u, 0), (u, y - wide * 0.45), "#2B2422", 1.4)
    scene.glow(u, y + 30, wide * 2.6, 120, strength=0.6)
    cone = scene.down((0, "#FFE2A6", 0.5), (1, "#FFE2A6", 0.0), own=True)
    for reach in (1.0, 1.35, 1.7, 2.05):  # softer towards its edge
        scene.area(
            (u - wide * 0.46, y), (u + wide * 0.46, y), (u + wide * reach, y + 250),
            (u - wide * reach, y + 250), fill=cone, opacity=0.16 * scene.light.lamp, own=True,
        )  # fmt: skip
    rim = scene.burning(mix(shade, "#120A08", 0.25), "#FFF3CF")
    scene.shape(
        f"M{u - wide / 2:.1f} {y:.1f}q{wide * 0.06:.1f} {-wide * 0.46:.1f} {wide / 2:.1f} "
        f"{-wide * 0.46:.1f}q{wide * 0.44:.1f} 0 {wide / 2:.1f} {wide * 0.46:.1f}Z",
        scene.across(
            (0, shade, 1), (0.4, mix(shade, "#FFFFFF", 0.22), 1), (1, mix(shade, "#120A08", 0.3), 1)
        ),
    )
    scene.oval(u, y, wide / 2, 3, rim, own=True)


def bar_lamp(scene: Scene, y: float, wide: float) -> None:
    """A long lamp over the table."""
    for side in (-0.34, 0.34):
        scene.line((side * wide, 0), (side * wide, y), "#2B2422", 1)
    scene.glow(0, y + 36, wide * 0.95, 110, strength=0.7)
    scene.box(-wide / 2, y, wide, 7, "#3A3634", corner=2)
    scene.box(-wide / 2 + 2, y + 6, wide - 4, 2.6, scene.burning("#CFC6B6"), corner=1, own=True)


def sconce(scene: Scene, u: float, y: float) -> None:
    scene.glow(u, y, 62, 88)
    scene.box(u - 1.6, y + 8, 3.2, 18, "#A5803F", corner=1)
    scene.area((u - 11, y + 10), (u - 7, y - 12), (u + 7, y - 12), (u + 11, y + 10),
               fill=scene.burning("#E9D8B4"), own=True)  # fmt: skip
    scene.oval(u, y + 26, 5, 3, "#8C6A34")


def desk_lamp(scene: Scene, u: float, y: float, shade: str) -> None:
    """Stands on a board at `y`."""
    scene.glow(u, y - 18, 84, 70)
    scene.oval(u, y, 15, 3.6, "#8C6A34")
    scene.line((u, y), (u, y - 34), "#A5803F", 2.6)
    scene.shape(f"M{u - 26:.1f} {y - 30:.1f}q4 -17 26 -17q22 0 26 17Z",
                scene.down((0, mix(shade, "#FFFFFF", 0.2), 1), (1, shade, 1)))  # fmt: skip
    scene.box(u - 25, y - 31, 50, 2.6, scene.burning("#D8C8A0"), corner=1, own=True)
