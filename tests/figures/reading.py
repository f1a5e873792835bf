"""Reads figures back: what they are made of, and where their words stand."""

from __future__ import annotations

import re
from itertools import combinations
from xml.etree import ElementTree

from game.figures.place import Box
from game.figures.svg import size_of
from game.figures.text import ASCENT, DESCENT, measure

SPACE = "{http://www.w3.org/2000/svg}"
TAGS = {"svg", "g", "title", "desc", "text", "path", "rect", "circle"}
ATTRIBUTES = {
    "viewBox", "width", "height", "role", "d", "x", "y", "r", "rx", "cx", "cy", "fill",
    "fill-opacity", "stroke", "stroke-width", "stroke-opacity", "stroke-linecap",
    "stroke-linejoin", "stroke-dasharray", "font-family", "font-size", "font-weight",
    "text-anchor", "paint-order", "transform",
}  # fmt: skip
ROUNDING = 0.03  # px: positions are written with two decimals


def parsed(svg: str) -> ElementTree.Element:
    """The figure's tree, once it holds nothing that a plain rasteriser does not know."""
    root = ElementTree.fromstring(svg)
    for node in root.iter():
        assert node.tag.removeprefix(SPACE) in TAGS, node.tag
        assert set(node.attrib) <= ATTRIBUTES, set(node.attrib) - ATTRIBUTES
        for value in node.attrib.values():
            assert not re.search(r"url|var\(|javascript|nan|inf", value), value
    assert root.get("role") == "img"
    assert root[0].tag == SPACE + "title"
    return root


def texts(svg: str) -> list[tuple[str, Box]]:
    """Every text with its box, worked out from its attributes alone."""
    found = []
    for node in parsed(svg).iter(SPACE + "text"):
        said, size = node.text or "", float(node.attrib["font-size"])
        wide = measure(said, size, node.get("font-weight") == "700")
        x, y = float(node.attrib["x"]), float(node.attrib["y"])
        left = x - {"start": 0.0, "middle": wide / 2, "end": wide}[node.get("text-anchor", "start")]
        found.append((said, Box(left, y - ASCENT * size, left + wide, y + DESCENT * size)))
    return found


def words_stand_apart(svg: str) -> None:
    """No text leaves the figure, none overlaps another."""
    width, height = size_of(svg)
    frame = Box(-ROUNDING, -ROUNDING, width + ROUNDING, height + ROUNDING)
    found = texts(svg)
    for said, box in found:
        assert box.within(frame), f"{said!r} at {box} leaves {width} x {height}"
    for (one, box), (two, other) in combinations(found, 2):
        assert not box.overlaps(other, -ROUNDING), f"{one!r} at {box}, {two!r} at {other}"


def said(svg: str) -> str:
    """All texts in the order of the document, in one line."""
    return " ".join(text for text, _ in texts(svg))
