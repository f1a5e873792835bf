"""Whoever sits at the table of a card, as a fragment of SVG: the same person as at the table."""

from __future__ import annotations

from game.figures.setting import HEAD
from game.looks.people import SIDE, Sitter, sitter_svg
from game.scenario.model import Buyer

_SIDE = 0.86  # of the height of the place
_FACE = 0.415  # of the picture of a person: the middle of the face


def sitter(buyer: Buyer, x: float, height: float) -> str:
    """Head and shoulders, the head at `HEAD` of the height of a place, `x` px from its left."""
    side = _SIDE * height
    who = buyer.voice or buyer.name  # a voice is named after its person
    person = Sitter(who, buyer.name, buyer.role, buyer.portrait, pronoun=buyer.pronoun)
    left, top = x - side / 2, HEAD * height - _FACE * side
    place = f'<svg x="{left:.1f}" y="{top:.1f}" width="{side:.1f}" height="{side:.1f}" '
    return f'{place}viewBox="0 0 {SIDE:g} {SIDE:g}">{sitter_svg(person)}</svg>'
