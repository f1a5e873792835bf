"""A small writer of SVG: presentation attributes only, so that every rasteriser agrees.

No style sheets, scripts, ids or references to anything outside: many figures can stand in one
page. Numbers have at most two decimals; the same input gives the same bytes. Units are px.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from math import isfinite
from xml.sax.saxutils import escape, quoteattr

from game.figures.place import Box
from game.figures.text import ASCENT, DESCENT, LINE, Block, clean, measure
from game.figures.theme import SANS, Theme

Attribute = str | float | None
Point = tuple[float, float]

_HALO = 0.28  # width of the rim round a text, of its size


def number(value: float) -> str:
    """At most two decimals, no trailing zeros, never `-0`; ValueError unless finite."""
    if not isfinite(value):
        raise ValueError(f"{value} cannot be drawn")
    return f"{round(value, 2) + 0.0:.2f}".rstrip("0").rstrip(".")


def element(tag: str, /, *inside: str, **attributes: Attribute) -> str:
    """`<tag …>`; underscores in names become hyphens, None leaves an attribute out.

    `inside` must be escaped already.
    """
    written = "".join(
        f" {name.rstrip('_').replace('_', '-')}="
        + (quoteattr(value) if isinstance(value, str) else f'"{number(value)}"')
        for name, value in attributes.items()
        if value is not None
    )
    return f"<{tag}{written}>{''.join(inside)}</{tag}>" if inside else f"<{tag}{written}/>"


def polyline(points: Iterable[Point]) -> str:
    """Path data through the points by straight lines."""
    return "M" + "L".join(f"{number(x)} {number(y)}" for x, y in points)


def size_of(svg: str) -> tuple[float, float]:
    """Width and height of a figure: as asked for, or higher where its words needed it."""
    found = re.match(r'<svg [^>]*viewBox="0 0 ([\d.]+) ([\d.]+)"', svg)
    if found is None:
        raise ValueError("this is not a figure")
    return float(found[1]), float(found[2])


class Canvas:
    """Collects the elements of one figure."""

    def __init__(self, theme: Theme) -> None:
        self.theme = theme
        self._parts: list[str] = []

    def add(self, tag: str, /, **attributes: Attribute) -> None:
        self._parts.append(element(tag, **attributes))

    def ground(self, width: float, height: float, margin: float = 0.0) -> None:
        """A card, with a margin, under all that was drawn, for a figure that lies on none."""
        card = element(
            "rect", x=-margin, y=-margin, width=width + 2 * margin, height=height + 2 * margin,
            fill=self.theme.card,
        )  # fmt: skip
        self._parts.insert(0, card)

    def path(
        self, data: str, stroke: str, width: float, dash: str | None = None, **more: Attribute
    ) -> None:
        """An open stroke with round ends."""
        self.add(
            "path", d=data, fill="none", stroke=stroke, stroke_width=width, stroke_linecap="round",
            stroke_linejoin="round", stroke_dasharray=dash, **more,
        )  # fmt: skip

    def line(
        self, one: Point, two: Point, stroke: str, width: float = 1.0, dash: str | None = None
    ) -> None:
        self.path(polyline((one, two)), stroke, width, dash)

    def text(
        self, x: float, baseline: float, text: str, size: float, fill: str, *,
        anchor: str = "start", bold: bool = False, halo: bool = False,
    ) -> Box:  # fmt: skip
        """One line; gives the box that it fills. `halo` frees it from lines underneath."""
        text = clean(text)
        wide = measure(text, size, bold)
        left = x - {"start": 0.0, "middle": wide / 2, "end": wide}[anchor]
        if text:
            rim: dict[str, Attribute] = {}
            if halo:
                rim = {
                    "stroke": self.theme.card, "stroke_width": _HALO * size,
                    "stroke_linejoin": "round", "paint_order": "stroke",
                }  # fmt: skip
            self._parts.append(
                element(
                    "text", escape(text), x=x, y=baseline, font_family=SANS, font_size=size,
                    font_weight="700" if bold else None, fill=fill,
                    text_anchor=None if anchor == "start" else anchor, **rim,
                )
            )  # fmt: skip
        return Box(left, baseline - ASCENT * size, left + wide, baseline + DESCENT * size)

    def block(
        self, box: Box, block: Block, fill: str, anchor: str = "start", halo: bool = False
    ) -> None:
        """Wrapped lines from the top of a box, on its left, in its middle or on its right."""
        x = {"start": box.left, "middle": (box.left + box.right) / 2, "end": box.right}[anchor]
        lead = (LINE - ASCENT - DESCENT) / 2 + ASCENT
        for i, line in enumerate(block.lines):
            baseline = box.top + (i * LINE + lead) * block.size
            self.text(
                x, baseline, line, block.size, fill, anchor=anchor, bold=block.bold, halo=halo
            )

    @contextmanager
    def titled(self, title: str) -> Iterator[None]:
        """What is drawn meanwhile forms a group that a pointer or a reader can ask about."""
        outer, self._parts = self._parts, []
        try:
            yield
        finally:
            inner, self._parts = self._parts, outer
        words = clean(title)
        head = [element("title", escape(words))] if words else []
        self._parts.append(element("g", *head, *inner))

    def document(
        self, width: float, height: float, title: str, desc: str, margin: float = 0.0
    ) -> str:
        """The finished figure; ValueError without a title, which a screen reader needs."""
        if not clean(title):
            raise ValueError("a figure needs a title")
        said = [element("title", escape(clean(title)))]
        if clean(desc):
            said.append(element("desc", escape(clean(desc))))
        parts = self._parts
        if margin:
            at = f"translate({number(margin)} {number(margin)})"
            parts = [element("g", *parts, transform=at)]
        width, height = width + 2 * margin, height + 2 * margin
        return element(
            "svg", *said, *parts, xmlns="http://www.w3.org/2000/svg",
            viewBox=f"0 0 {number(width)} {number(height)}", width=width, height=height, role="img",
        )  # fmt: skip
