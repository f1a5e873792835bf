"""Where the focus goes: on with Tab, by geometry with the arrows."""

from __future__ import annotations

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
    for widget in focusable(top):
        if widget is current:
            continue
        cost = distance(current, widget, way)
        if cost is not None and cost < least:
            best, least = widget, cost
    return best


def distance(one: Widget, other: Widget, way: Command) -> float | None:
    """How far the other lies in a direction; None if it does not lie there at all.

    What overlaps across the direction is straight ahead and comes before what lies to the side.
    """
    a, b = one.rect, other.rect
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
