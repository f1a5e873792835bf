"""Where the focus goes: on with Tab, by geometry with the arrows."""

from __future__ import annotations

from collections.abc import Iterator

import pygame

from game.desktop.input import Command
from game.desktop.widget import Widget

_SIDEWAYS = 3.0  # a px off the way counts as much as three along it


def focusable(top: Widget) -> list[Widget]:
    """Everything below that can have the focus now, in reading order."""
    return [widget for widget in top.walk() if widget.can_focus]


def following(top: Widget, current: Widget | None, step: int) -> Widget | None:
    """The next (`step` 1) or previous (-1) one, round and round."""
    order = focusable(top)
    if not order:
        return None
    if current not in order:
        return order[0] if step > 0 else order[-1]
    return order[(order.index(current) + step) % len(order)]


def neighbour(top: Widget, current: Widget, way: Command) -> Widget | None:
    """The nearest one in a direction; None at the edge."""
    best, least = None, float("inf")
    inside = list(_around(current))
    for widget in focusable(top):
        place = _seen(widget, inside)
        if widget is current or place is None:
            continue
        cost = distance(current.rect, place, way)
        if cost is not None and cost < least:
            best, least = widget, cost
    return best


def _around(widget: Widget) -> Iterator[Widget]:
    at = widget.parent
    while at is not None:
        yield at
        at = at.parent


def _seen(widget: Widget, inside: list[Widget]) -> pygame.FRect | None:
    """Where a widget is seen from outside of what scrolls it; None if it is scrolled away there.

    `inside` is what lies around whoever looks: within the same area everything can be reached.
    """
    place = widget.rect
    for area in _around(widget):
        if area.role == "scroll" and area not in inside:
            place = place.clip(area.rect)
            if place.width <= 0 or place.height <= 0:
                return None
    return place


def distance(a: pygame.FRect, b: pygame.FRect, way: Command) -> float | None:
    """How far the second place lies in a direction; None if it does not lie there at all.

    What overlaps across the direction is straight ahead and comes before what lies to the side.
    """
    if way in (Command.LEFT, Command.RIGHT):
        ahead = a.left - b.right if way is Command.LEFT else b.left - a.right
        off = max(0.0, a.top - b.bottom, b.top - a.bottom)
        middle = abs(a.centery - b.centery)
        past = b.centerx < a.centerx if way is Command.LEFT else b.centerx > a.centerx
    else:
        ahead = a.top - b.bottom if way is Command.UP else b.top - a.bottom
        off = max(0.0, a.left - b.right, b.left - a.right)
        middle = abs(a.centerx - b.centerx)
        past = b.centery < a.centery if way is Command.UP else b.centery > a.centery
    if not past or ahead < -min(a.width, a.height, b.width, b.height) / 2:
        return None
    return max(ahead, 0.0) + _SIDEWAYS * off + 0.1 * middle + (200.0 if off else 0.0)
