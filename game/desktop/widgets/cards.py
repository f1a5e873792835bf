"""Cards: paper with a thin line, round things that belong together."""

from __future__ import annotations

from typing import Unpack

from game.desktop.canvas import Canvas
from game.desktop.input import Pointer
from game.desktop.layout import Column, Padding
from game.desktop.theme import PAD, RADIUS
from game.desktop.widget import Options, Widget
from game.desktop.widgets.buttons import Call


class Card(Column):
    """A column on a card; with `on_press` the whole card is a button.

    `fill` and `border` are names of the palette, or None.
    """

    role = "card"

    def __init__(
        self, *children: Widget, on_press: Call | None = None, fill: str | None = "card",
        border: str | None = "line", radius: float = RADIUS, gap: float = 8.0,
        padding: Padding = PAD, cross: str = "stretch", main: str = "start",
        **options: Unpack[Options],
    ) -> None:  # fmt: skip
        super().__init__(*children, gap=gap, padding=padding, cross=cross, main=main, **options)
        self.fill, self.border, self.radius = fill, border, radius
        self.on_press = on_press
        if on_press is not None:
            self.role = "button"

    @property
    def can_focus(self) -> bool:
        return self.on_press is not None and self.enabled and self.visible

    def draw(self, canvas: Canvas) -> None:
        live = self.on_press is not None and self.enabled and self.hovered
        pressed = live and self.attached and self.root.pressed is self
        fill = "pressed" if pressed else "hover" if live else self.fill
        canvas.card(self.rect, fill, "ink" if live else self.border, self.radius)

    def on_pointer(self, event: Pointer) -> bool:
        if self.on_press is None or not self.enabled:
            return False
        if event.kind in ("down", "up"):
            self.invalidate()
        if event.kind == "up" and self.rect.collidepoint(event.x, event.y):
            self.activate()
        return event.kind in ("down", "up", "move")

    def activate(self) -> None:
        if self.enabled and self.on_press is not None:
            if self.attached:
                self.root.ui.play("confirm")
            self.on_press()
