"""Finds layout faults: words that are cut off, and parts that cover each other."""

from __future__ import annotations

import pygame

from game.desktop.widget import Widget
from game.desktop.widgets.labels import Label, Painted

_SLACK = 1.0  # px


def faults(top: Widget, window: pygame.FRect) -> list[str]:
    """A line for each fault below a widget, in reading order."""
    found: list[str] = []
    _visit(top, window, found, [])
    return found


def _name(widget: Widget) -> str:
    return f"{widget.role} “{widget.accessible_name[:40]}”"


def _visit(
    widget: Widget, view: pygame.FRect, found: list[str], leaves: list[Widget], inside: bool = False
) -> None:
    """`view` is what may be seen; inside a scroll area only its width matters."""
    if not widget.visible:
        return
    r = widget.rect
    shown = widget.shown_children()
    if not shown and (widget.focusable or isinstance(widget, Label)) and r.width and r.height:
        if r.left < view.left - _SLACK or r.right > view.right + _SLACK:
            found.append(f"{_name(widget)} is wider than its place")
        if not inside and (r.top < view.top - _SLACK or r.bottom > view.bottom + _SLACK):
            found.append(f"{_name(widget)} is higher than its place")
        if max(widget.size(r.width)[1], widget.measure(r.width)[1]) > r.height + _SLACK:
            found.append(f"{_name(widget)} needs more height than it has")
        for other in leaves:
            if _apart(widget, other):
                continue
            both = r.clip(other.rect)
            if both.width > _SLACK and both.height > _SLACK:
                found.append(f"{_name(widget)} covers {_name(other)}")
        leaves.append(widget)
    for child in shown:
        scrolled = widget.role == "scroll"
        limits = pygame.FRect(r.left, -1e6, r.width, 2e6) if scrolled else view
        # What lies in a scroll area is compared among itself only: the rest may be out of view.
        within = [] if scrolled else leaves
        _visit(child, limits, found, within, inside or scrolled)


def _apart(one: Widget, other: Widget) -> bool:
    """Whether two may lie over each other: pictures under words are meant."""
    return isinstance(one, Painted) or isinstance(other, Painted)
