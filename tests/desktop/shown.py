"""Widgets alone on a screen, and how they look there."""

from __future__ import annotations

import pygame

from game.desktop.input import Command
from game.desktop.layout import Column
from game.desktop.pilot import Pilot
from game.desktop.screen import Screen
from game.desktop.settings import Settings
from game.desktop.widget import Widget

SQUARE = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10">{}</svg>'
RED = SQUARE.format('<rect width="10" height="10" fill="#f00"/>')
BLUE = SQUARE.format('<rect width="10" height="10" fill="#00f"/>')


class Shown(Screen):
    def __init__(self, *widgets: Widget) -> None:
        super().__init__()
        self.widgets = widgets
        self.heard: list[Command] = []

    def build(self) -> Widget:
        return Column(*self.widgets, gap=12, padding=20)

    def on_command(self, command: Command) -> bool:
        self.heard.append(command)
        return False


def shown(*widgets: Widget, settings: Settings | None = None) -> Pilot:
    return Pilot.over(Shown(*widgets), settings=settings)


def pixel(pilot: Pilot, x: float, y: float) -> tuple[int, ...]:
    return tuple(pilot.app.surface.get_at((round(x), round(y))))[:3]


def picture(pilot: Pilot, widget: Widget) -> bytes:
    box = pilot.app.canvas.rect(widget.rect).clip(pilot.app.surface.get_rect())
    return pygame.image.tobytes(pilot.app.surface.subsurface(box), "RGB")
