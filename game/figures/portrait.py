"""People at the table as layered SVG: a head that turns, nine small expressions, four postures.

A portrait is transparent around the person. Its layers have the same size and viewBox and, laid
over one another in their order, are the whole; so a face can animate a blink or a glance by
drawing `eyes` anew, and nothing else. Light falls from the upper left, where the window is. A bust
is made for a place between the two layers of a setting: the head at 0.42 of its height, arms and
hands (layer `hands`) on the table from 0.87 down, so the hands belong over the setting's front.
"""

from __future__ import annotations

from collections.abc import Callable

from game.figures.checks import within
from game.figures.portrait_dress import draw_dress
from game.figures.portrait_expression import Expression, Gaze, Lids, Posture
from game.figures.portrait_eyes import draw_brows, draw_eyes, draw_glasses
from game.figures.portrait_face import Face
from game.figures.portrait_hair import draw_hair_back, draw_hair_front
from game.figures.portrait_hands import draw_hands
from game.figures.portrait_head import draw_earrings, draw_ears, draw_head, draw_neck
from game.figures.portrait_headwear import draw_headwear, draw_headwear_back
from game.figures.portrait_mouth import draw_beard, draw_mouth
from game.figures.portrait_pen import View
from game.figures.portrait_subject import SIDE, Subject, sheet, subject
from game.figures.svg import Canvas

Draw = Callable[[Subject, Canvas, Lids, Gaze], None]
_HEAD = (104.0, 66.0, 192.0)  # left, top and side of the head's crop, in units


def _plain(*drawn: Callable[[Subject, Canvas], None]) -> Draw:
    def draw(person: Subject, canvas: Canvas, lids: Lids, gaze: Gaze) -> None:
        for one in drawn:
            one(person, canvas)

    return draw


# From the back to the front.
_LAYERS: dict[str, Draw] = {
    "hair_back": _plain(draw_headwear_back, draw_hair_back),
    "body": _plain(draw_neck, draw_dress),
    "head": _plain(draw_ears, draw_head, draw_beard),
    "eyes": draw_eyes,
    "mouth": _plain(draw_mouth),
    "brows": _plain(draw_brows),
    "glasses": _plain(draw_glasses),
    "hair_front": _plain(draw_hair_front, draw_earrings),
    "headwear": _plain(draw_headwear),
    "hands": _plain(draw_hands),
}
LAYERS = tuple(_LAYERS)
CROPS = ("bust", "head")
_LEAST, _MOST = 16.0, 4000.0


def portrait(
    face: Face,
    expression: Expression = Expression.NEUTRAL,
    width: float = 400.0,
    height: float = 400.0,
    crop: str = "bust",
    *,
    posture: Posture = Posture.UPRIGHT,
    lids: Lids = Lids.OPEN,
    gaze: Gaze | None = None,
    title: str = "",
) -> str:
    """The whole person; `width` and `height` in px, `crop` one of CROPS.

    `gaze` is the expression's own where it is None. `title` is what a screen reader says, the id
    without one. ValueError for a size or a crop that cannot be drawn.
    """
    person = _person(face, expression, width, height, crop, posture)
    whole = sheet()
    for name in _LAYERS:
        whole.put(_group(name, person, lids, gaze))
    return whole.document(width, height, title or face.id, "")


def layers(
    face: Face,
    expression: Expression = Expression.NEUTRAL,
    width: float = 400.0,
    height: float = 400.0,
    crop: str = "bust",
    *,
    posture: Posture = Posture.UPRIGHT,
    lids: Lids = Lids.OPEN,
    gaze: Gaze | None = None,
    only: tuple[str, ...] = LAYERS,
) -> dict[str, str]:
    """The layers named in `only`, from the back to the front, each an SVG of the same size."""
    person = _person(face, expression, width, height, crop, posture)
    drawn: dict[str, str] = {}
    for name in _LAYERS:
        if name in only:
            layer = sheet()
            layer.put(_group(name, person, lids, gaze))
            drawn[name] = layer.document(width, height, f"{face.id} {name}", "")
    return drawn


def _group(name: str, person: Subject, lids: Lids, gaze: Gaze | None) -> str:
    layer = sheet()
    _LAYERS[name](person, layer, lids, gaze or person.moves.gaze)
    return layer.grouped()


def _person(
    face: Face, expression: Expression, width: float, height: float, crop: str, posture: Posture
) -> Subject:
    within("width", width, _LEAST, _MOST)
    within("height", height, _LEAST, _MOST)
    if crop not in CROPS:
        raise ValueError(f"crop is {crop!r}, not one of {', '.join(CROPS)}")
    left, top, side = _HEAD if crop == "head" else (0.0, 0.0, SIDE)
    scale = min(width, height) / side
    # In the middle and, so that nobody floats, at the foot of a taller picture.
    across, over = width / scale - side, height / scale - side
    return subject(face, expression, posture, View(scale, left - across / 2, top - over))
