"""The places where people meet, as SVG: a back, a front with the table, and light by the hour.

A portrait stands between the two layers, centred, its head at `HEAD` of the height; the back is
calm there. Light changes continuously with the hour, and nothing else does: the same place keeps
its things. Unlike the other figures these use gradients, whose ids hold a hash of the arguments,
so that several places can stand in one page.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from hashlib import blake2s
from random import Random

from game.figures.checks import within
from game.figures.setting_hall import factory, glass_office
from game.figures.setting_kinds import HEAD, KINDS, setting_kind
from game.figures.setting_light import light_at
from game.figures.setting_meals import restaurant, tea_house
from game.figures.setting_rooms import (
    clinic_office,
    law_office,
    meeting_room,
    office,
    quay_office,
    yard_office,
)
from game.figures.setting_scene import HIGH, TABLE, Scene
from game.figures.setting_works import depot, shop, terminal

TABLE_EDGE = TABLE / HIGH  # of the height: where the table begins and hides what is behind

__all__ = ["HEAD", "KINDS", "TABLE_EDGE", "Layers", "setting", "setting_kind", "setting_layers"]

_DRAWN: dict[str, Callable[[Scene, Scene], None]] = {
    "meeting_room": meeting_room,
    "restaurant": restaurant,
    "tea_house": tea_house,
    "office": office,
    "factory": factory,
    "terminal": terminal,
    "quay_office": quay_office,
    "yard_office": yard_office,
    "clinic_office": clinic_office,
    "law_office": law_office,
    "glass_office": glass_office,
    "depot": depot,
    "shop": shop,
}


@dataclass(frozen=True, slots=True)
class Layers:
    """Two SVG documents of the same size: a portrait goes between them."""

    back: str
    front: str


def setting_layers(
    kind: str, hour: float, width: float, height: float, seed: int = 0, title: str = ""
) -> Layers:
    """A place at an hour (0 to 24), so many px wide and high, in two layers.

    The front is transparent above the table, but for a breath of the air of the hour. `seed` varies
    what differs between two places of a kind. Raises ValueError for an unknown kind and for sizes
    out of range.
    """
    if kind not in _DRAWN:
        raise ValueError(f"kind is {kind!r}, not one of {', '.join(KINDS)}")
    within("hour", hour, 0.0, 24.0)
    within("width", width, 40.0, 10_000.0)
    within("height", height, 40.0, 10_000.0)
    light = light_at(hour)
    wide = HIGH * width / height
    name = blake2s(f"{kind} {hour} {width} {height} {seed}".encode(), digest_size=5).hexdigest()
    back = Scene(light, wide, f"b{name}", Random(f"{kind} {seed} back"))
    front = Scene(light, wide, f"f{name}", Random(f"{kind} {seed} front"))
    colour, opacity = light.wash
    front.box(-wide / 2, 0, wide, HIGH, colour, opacity=opacity, own=True)
    _DRAWN[kind](back, front)
    return Layers(back.finished(width, height, title), front.finished(width, height))


def setting(kind: str, hour: float, width: float, height: float, seed: int = 0) -> str:
    """The place with its table and nobody at it, as one SVG; arguments as of `setting_layers`."""
    layers = setting_layers(kind, hour, width, height, seed)
    return layers.back.removesuffix("</svg>") + layers.front + "</svg>"
