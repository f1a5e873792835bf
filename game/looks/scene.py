"""A place with the people at its table: as data, and as one picture.

Faces follow what could be noticed and nothing else: the reaction that a notice shows, where its
words send the eyes, and the courtesy of what was said.
"""

from __future__ import annotations

from dataclasses import dataclass

from game.figures.setting import setting_layers
from game.figures.setting_kinds import setting_kind
from game.figures.svg import number
from game.looks.drawings import SIDE, blinking_svgs, person_svgs
from game.looks.people import Looks, Sitter
from game.session.game import Game
from game.session.table import Stand

LIFT = 1.05  # of the size: how far the one who speaks stands out among several
_WIDTHS = {1: 1.0, 2: 0.66, 3: 0.5}  # of the height, a person's place by how many there are
_SIZES = {1: 1.0, 2: 0.88, 3: 0.74}


@dataclass(frozen=True, slots=True)
class Scene:
    """What is to be seen: the place, the hour (0 to 24), who sits there, who speaks."""

    kind: str
    hour: float
    sitters: tuple[Sitter, ...] = ()
    speaker: str = ""
    seed: int = 0


def scene_of(game: Game, at: Stand, looks: Looks) -> Scene:
    """The place and its people as they are now."""
    kind = setting_kind(at.spot, at.setting)
    half_hour = round(2 * at.hour) / 2  # the light moves on seldom: a place is drawn anew for it
    return Scene(kind, half_hour, looks.sitters(), seed=at.meeting)


def size(count: int) -> float:
    """The side of a person's picture among so many, of the scene's height."""
    return _SIZES[min(3, max(1, count))]


def middle(index: int, count: int, shape: float) -> float:
    """Where a person sits across the picture, 0 to 1; `shape` is its height by its width."""
    if count == 1:
        return 0.5
    each = min(_WIDTHS[min(3, count)] * shape, 1 / count)
    return 0.5 + (index - (count - 1) / 2) * each


def scene_svg(scene: Scene, width: float, height: float, style: str = "") -> str:
    """The whole scene as one SVG of so many px; hands lie on the table, before its things.

    With a style sheet the eyes of the people, `b0`, `b1`, …, can blink by it.
    """
    layers = setting_layers(scene.kind, scene.hour, width, height, scene.seed)
    sitters = scene.sitters
    order = sorted(range(len(sitters)), key=lambda i: sitters[i].id == scene.speaker)
    bodies, hands = "", ""
    for i in order:
        lifted = len(sitters) > 1 and sitters[i].id == scene.speaker
        side = height * size(len(sitters)) * (LIFT if lifted else 1.0)
        left = middle(i, len(sitters), height / width) * width - side / 2
        drawn = sitters[i].drawn
        body, hand = blinking_svgs(drawn, f"b{i}") if style else person_svgs(drawn)
        bodies += _placed(body, left, height - side, side)
        hands += _placed(hand, left, height - side, side)
    sheet = f"<style>{style}</style>" if style else ""
    return f"{layers.back.removesuffix('</svg>')}{sheet}{bodies}{layers.front}{hands}</svg>"


def _placed(svg: str, left: float, top: float, side: float) -> str:
    place = f'<svg x="{number(left)}" y="{number(top)}" width="{number(side)}" '
    return f'{place}height="{number(side)}" viewBox="0 0 {SIDE:g} {SIDE:g}">{svg}</svg>'
