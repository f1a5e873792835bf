"""A scene under one light: shapes, gradients and shadows, in units of its own.

A scene is 400 units high. `u` runs from the middle to the right, `y` from the top down; the width
in units follows from the picture's proportions, so that a wider picture shows more of the room.
Colours are given as they look at noon, and drawn as the light of the hour has them; what shines or
lies outside is drawn in its `own` colour.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from random import Random

from game.figures.setting_light import Light, mix
from game.figures.svg import Attribute, Point, element, number, polyline

HIGH = 400.0  # units, the height of every scene
TABLE = 348.0  # units, where the table begins
Stop = tuple[float, str, float]  # offset, colour, opacity


class Scene:
    """Collects one layer. `prefix` keeps the ids of its gradients apart from those of others."""

    def __init__(self, light: Light, wide: float, prefix: str, dice: Random) -> None:
        self.light = light
        self.half = wide / 2
        self.dice = dice  # for what differs between places of a kind, never for the light
        self._prefix = prefix
        self._defs: list[str] = []
        self._made: dict[str, str] = {}
        self._parts: list[str] = []

    # --- colours ----------------------------------------------------------------------------------

    def lit(self, colour: str, own: bool = False) -> str:
        return colour if own or not colour.startswith("#") else self.light.lit(colour)

    def down(self, *stops: Stop, own: bool = False) -> str:
        """A gradient from the top of what is filled with it to its foot."""
        return self._gradient("linearGradient", stops, own, x1=0.0, y1=0.0, x2=0.0, y2=1.0)

    def across(self, *stops: Stop, own: bool = False) -> str:
        return self._gradient("linearGradient", stops, own, x1=0.0, y1=0.0, x2=1.0, y2=0.0)

    def round(self, *stops: Stop, own: bool = False) -> str:
        """A gradient from the middle of what is filled with it to its rim."""
        return self._gradient("radialGradient", stops, own, cx=0.5, cy=0.5, r=0.5)

    def _gradient(
        self, tag: str, stops: tuple[Stop, ...], own: bool, **place: Attribute
    ) -> str:  # fmt: skip
        inside = [
            element(
                "stop", offset=offset, stop_color=self.lit(colour, own),
                stop_opacity=None if opacity >= 1 else opacity,
            )
            for offset, colour, opacity in stops
        ]  # fmt: skip
        key = element(tag, *inside, **place)
        if key not in self._made:
            self._made[key] = f"{self._prefix}{len(self._made)}"
            named = f'<{tag} id="{self._made[key]}"'
            self._defs.append(key.replace(f"<{tag}", named, 1))
        return f"url(#{self._made[key]})"

    # --- shapes -----------------------------------------------------------------------------------

    def add(self, tag: str, /, *inside: str, **attributes: Attribute) -> None:
        self._parts.append(element(tag, *inside, **attributes))

    def box(
        self, u: float, y: float, wide: float, high: float, fill: str, *,
        corner: float = 0.0, opacity: float = 1.0, own: bool = False,
    ) -> None:  # fmt: skip
        self.add(
            "rect", x=u, y=y, width=wide, height=high, rx=corner or None,
            fill=self.lit(fill, own), fill_opacity=None if opacity >= 1 else opacity,
        )  # fmt: skip

    def oval(
        self, u: float, y: float, rx: float, ry: float, fill: str, *,
        opacity: float = 1.0, own: bool = False,
    ) -> None:  # fmt: skip
        self.add(
            "ellipse", cx=u, cy=y, rx=rx, ry=ry, fill=self.lit(fill, own),
            fill_opacity=None if opacity >= 1 else opacity,
        )  # fmt: skip

    def shape(self, data: str, fill: str, *, opacity: float = 1.0, own: bool = False) -> None:
        self.add(
            "path", d=data, fill=self.lit(fill, own),
            fill_opacity=None if opacity >= 1 else opacity,
        )  # fmt: skip

    def area(
        self, *points: Point, fill: str, opacity: float = 1.0, own: bool = False
    ) -> None:  # fmt: skip
        self.shape(polyline(points) + "Z", fill, opacity=opacity, own=own)

    def stroke(
        self, data: str, colour: str, width: float = 1.0, *,
        opacity: float = 1.0, own: bool = False,
    ) -> None:  # fmt: skip
        self.add(
            "path", d=data, fill="none", stroke=self.lit(colour, own), stroke_width=width,
            stroke_linecap="round", stroke_linejoin="round",
            stroke_opacity=None if opacity >= 1 else opacity,
        )  # fmt: skip

    def line(
        self, one: Point, two: Point, colour: str, width: float = 1.0, *,
        opacity: float = 1.0, own: bool = False,
    ) -> None:  # fmt: skip
        self.stroke(polyline((one, two)), colour, width, opacity=opacity, own=own)

    @contextmanager
    def within(self, u: float, y: float, wide: float, high: float) -> Iterator[None]:
        """What is drawn meanwhile is seen through an opening."""
        outer, self._parts = self._parts, []
        try:
            yield
        finally:
            inner, self._parts = self._parts, outer
        name = f"{self._prefix}c{len(self._defs)}"
        hole = element("rect", x=u, y=y, width=wide, height=high)
        self._defs.append(f'<clipPath id="{name}">{hole}</clipPath>')
        self._parts.append(element("g", *inner, clip_path=f"url(#{name})"))

    # --- light and shadow -------------------------------------------------------------------------

    def glow(
        self, u: float, y: float, rx: float, ry: float, colour: str = "#FFD48A", strength: float = 1
    ) -> None:
        """Light of a lamp round a place, as strong as the lamps burn at this hour."""
        shine = min(1.0, 0.85 * strength) * self.light.lamp
        fill = self.round((0, colour, 1), (0.35, colour, 0.45), (1, colour, 0), own=True)
        self.oval(u, y, rx, ry, fill, opacity=shine, own=True)

    def burning(self, off: str, on: str = "#FFF0C4") -> str:
        """The colour of a lamp's shade between unlit and burning."""
        return mix(self.light.lit(off), on, self.light.lamp)

    def shadow(self, u: float, y: float, wide: float, high: float) -> None:
        """Beneath a thing on the table: where it touches, and where it keeps the sun away."""
        dark = self.round((0, "#1E1410", 0.5), (0.6, "#1E1410", 0.25), (1, "#1E1410", 0), own=True)
        self.oval(u, y, wide * 0.72, max(2.0, wide * 0.12), dark, own=True)
        reach = self.light.slant * high * 0.55
        fade = self.down((0, "#2A1A12", 0.55), (1, "#2A1A12", 0.0), own=True)
        self.area(
            (u - wide * 0.42, y), (u + wide * 0.42, y),
            (u + wide * 0.5 + reach, y + 17), (u - wide * 0.34 + reach, y + 17),
            fill=fade, opacity=0.7 * self.light.direct, own=True,
        )  # fmt: skip

    def sunlight(self, top: float, high: float) -> None:
        """Panes of sun on the back wall, thrown by a window out of view.

        They lie on the right in the morning and on the left in the evening, lower and longer the
        lower the sun is.
        """
        light = self.light
        warm = mix("#FFB063", "#FFF4D8", min(1.0, max(0.0, light.altitude * 1.6)))
        away = -light.side
        up = max(0.0, light.altitude)
        lean, slope = away * (0.22 + 0.5 * (1 - up)), away * 0.1
        fade = self.down((0, warm, 0.95), (1, warm, 0.5), own=True)
        for across in (0.0, 37.0):
            for below in (0.0, high * 0.52):

                def at(right: float, down: float) -> Point:
                    return (
                        away * 122 - 36 + right + lean * down,
                        top + 30 * up + down + slope * right,
                    )

                tall = high * 0.46
                self.area(
                    at(across, below), at(across + 33, below), at(across + 33, below + tall),
                    at(across, below + tall), fill=fade, opacity=0.42 * light.direct, own=True,
                )  # fmt: skip

    def finished(self, width: float, height: float, title: str = "") -> str:
        """The layer as SVG of so many px; transparent where nothing was drawn."""
        scale = height / HIGH
        head = [element("title", title)] if title else []
        defs = [element("defs", *self._defs)] if self._defs else []
        middle = element(
            "g", *self._parts, transform=f"translate({number(width / 2)} 0) scale({scale:.5f})"
        )
        return element(
            "svg", *head, *defs, middle, xmlns="http://www.w3.org/2000/svg",
            viewBox=f"0 0 {number(width)} {number(height)}", width=width, height=height, role="img",
        )  # fmt: skip
