"""A plane, drawn from its outline."""

from __future__ import annotations

from game.figures.svg import Canvas, polyline

_LONG = 9.0  # half the length of the outline
_SIDE = (
    (9, 0), (7, -1.3), (2.5, -1.3), (-2, -7), (-4, -7), (-1.8, -1.3), (-5.6, -1.1), (-7.4, -3.4),
    (-9, -3.4), (-8, 0),
)  # fmt: skip


def draw_plane(canvas: Canvas, x: float, y: float, half: float, colour: str) -> None:
    """A plane that flies to the right, `2 * half` px long."""
    outline = [*_SIDE, *((along, -out) for along, out in reversed(_SIDE[1:-1]))]
    grow = half / _LONG
    corners = [(x + along * grow, y + out * grow) for along, out in outline]
    canvas.add("path", d=polyline(corners) + "Z", fill=colour)
