"""Whoever sits at the table of a card, as a fragment of SVG."""

from __future__ import annotations

from game.figures.setting import HEAD
from game.scenario.model import Buyer

_SKIN = {"light": "#E8B48F", "medium": "#C98F68", "dark": "#7F5338", "tan": "#B9805A"}
_HAIR = {
    "black": "#2B2A2E", "brown": "#5A4132", "grey": "#8A8A8E", "white": "#D8D5CE",
    "blond": "#C9A566", "red": "#9A4E2C",
}  # fmt: skip
_DRESS = {"suit": "#2E3A54", "overall": "#4E6A7C", "apron": "#B8A88A"}


def sitter(buyer: Buyer, x: float, height: float) -> str:
    """Head and shoulders, the head at `HEAD` of the height of a place, `x` px from its left."""
    look = buyer.portrait
    skin = _SKIN.get(look.skin, _SKIN["medium"])
    hair = _HAIR.get(look.hair_colour, _HAIR["brown"])
    dress = _DRESS.get(look.dress, "#5B5560")
    y, r = HEAD * height, 0.145 * height
    wide = 2.3 * r
    shoulders = (
        f"M{x - wide:.1f} {height:.1f}C{x - wide:.1f} {y + 2.2 * r:.1f} {x - 1.1 * r:.1f} "
        f"{y + 1.7 * r:.1f} {x:.1f} {y + 1.6 * r:.1f}C{x + 1.1 * r:.1f} {y + 1.7 * r:.1f} "
        f"{x + wide:.1f} {y + 2.2 * r:.1f} {x + wide:.1f} {height:.1f}Z"
    )
    crown = (
        f"M{x - 0.98 * r:.1f} {y + 0.1 * r:.1f}A{0.99 * r:.1f} {1.18 * r:.1f} 0 0 1 "
        f"{x + 0.98 * r:.1f} {y + 0.1 * r:.1f}C{x + 0.8 * r:.1f} {y - 0.5 * r:.1f} "
        f"{x - 0.5 * r:.1f} {y - 0.4 * r:.1f} {x - 0.98 * r:.1f} {y + 0.1 * r:.1f}Z"
    )
    return (
        f'<path d="{shoulders}" fill="{dress}"/>'
        f'<rect x="{x - 0.36 * r:.1f}" y="{y + 0.7 * r:.1f}" width="{0.72 * r:.1f}" '
        f'height="{1.1 * r:.1f}" rx="{0.3 * r:.1f}" fill="{skin}"/>'
        f'<ellipse cx="{x:.1f}" cy="{y:.1f}" rx="{0.92 * r:.1f}" ry="{1.12 * r:.1f}" '
        f'fill="{skin}"/><path d="{crown}" fill="{hair}"/>'
    )
