"""What every part of a screen is: a rectangle that can be measured, drawn, pointed at, focused.

Widgets are retained: they draw themselves only when something called `invalidate` (looks have
changed) or `relayout` (sizes have changed). Rectangles are absolute, in logical px.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, TypedDict, TypeVar, Unpack

import pygame

from game.desktop.input import Command, Event, Pointer

if TYPE_CHECKING:
    from game.desktop.canvas import Canvas
    from game.desktop.root import Root

Size = tuple[float, float]
W = TypeVar("W", bound="Widget")
BLEED = 8.0  # how far a focus ring or a shadow reaches outside a widget


class Options(TypedDict, total=False):
    """What can be said of any widget when it is made."""

    name: str  # what a reader and a test call it; unique among what is in view, if possible
    grow: float  # its share of room that is left over
    shrink: bool  # whether it becomes narrower in a row that lacks room (default: if it grows)
    width: float  # fixed, logical px
    height: float
    min_width: float
    max_width: float
    min_height: float
    max_height: float
    align: str  # across its container: stretch, start, centre, end
    visible: bool
    enabled: bool
    hotkey: Command | None  # a command that activates it wherever the focus is


class Widget:
    """Base of everything. Subclasses override `measure`, `draw`, `on_pointer`, `on_command`."""

    focusable = False
    role = "group"
    radius = 12.0  # of its focus ring

    def __init__(self, **options: Unpack[Options]) -> None:
        self.name = options.get("name", "")
        self.grow = options.get("grow", 0.0)
        self.shrink = options.get("shrink", self.grow > 0)
        self.width = options.get("width")
        self.height = options.get("height")
        self.min_width = options.get("min_width", 0.0)
        self.max_width = options.get("max_width")
        self.min_height = options.get("min_height", 0.0)
        self.max_height = options.get("max_height")
        self.align = options.get("align")
        self.hotkey = options.get("hotkey")
        self._visible = options.get("visible", True)
        self._enabled = options.get("enabled", True)
        self.rect = pygame.FRect(0, 0, 0, 0)
        self.parent: Widget | None = None
        self.children: list[Widget] = []
        self._root: Root | None = None
        self._sizes: dict[float, Size] = {}

    # --- the tree ---------------------------------------------------------------------------

    @property
    def root(self) -> Root:
        """The root of the tree; RuntimeError while the widget is in none."""
        if self._root is None:
            raise RuntimeError(f"{type(self).__name__} “{self.name}” is in no screen yet")
        return self._root

    @property
    def attached(self) -> bool:
        return self._root is not None

    def add(self, child: W, before: Widget | None = None) -> W:
        """Take a child as the last one, or before another, and give it back."""
        child.parent = self
        at = len(self.children) if before is None else self.children.index(before)
        self.children.insert(at, child)
        if self._root is not None:
            child.attach(self._root)
        self.relayout()
        return child

    def remove(self, child: Widget) -> None:
        """Take a child out; ValueError if it is none."""
        self.children.remove(child)
        child.invalidate()
        child._detach()
        child.parent = None
        self.relayout()

    def replace_children(self, *children: Widget) -> None:
        """Have these children and no others."""
        for child in list(self.children):
            if child not in children:
                self.remove(child)
        self.children = []
        for child in children:
            self.add(child)
        self.relayout()

    def attach(self, root: Root) -> None:
        """Become part of a tree; called by whoever adds the widget."""
        self._root = root
        self._sizes.clear()
        for child in self.children:
            child.attach(root)
        self.attached_now()

    def attached_now(self) -> None:
        """Hook: the widget has a root from now on."""

    def _detach(self) -> None:
        for child in self.children:
            child._detach()
        if self._root is not None:
            self._root.forget(self)
        self._root = None

    def walk(self) -> Iterator[Widget]:
        """Itself and everything below that is visible, in the order of drawing."""
        if self._visible:
            yield self
            for child in self.shown_children():
                yield from child.walk()

    def shown_children(self) -> list[Widget]:
        """The children that are in use now; containers such as tabs show some only."""
        return self.children

    # --- state ------------------------------------------------------------------------------

    @property
    def visible(self) -> bool:
        return self._visible

    @visible.setter
    def visible(self, value: bool) -> None:
        if value != self._visible:
            self.invalidate()
            self._visible = value
            self.relayout()

    @property
    def enabled(self) -> bool:
        return self._enabled

    @enabled.setter
    def enabled(self, value: bool) -> None:
        if value != self._enabled:
            self._enabled = value
            self.invalidate()

    @property
    def can_focus(self) -> bool:
        return self.focusable and self._enabled and self._visible

    @property
    def focused(self) -> bool:
        return self._root is not None and self._root.focused is self

    @property
    def hovered(self) -> bool:
        return self._root is not None and self._root.hovered is self

    @property
    def accessible_name(self) -> str:
        """What a reader says, and what a test looks for."""
        return self.name

    @property
    def state_text(self) -> str:
        """Its value or state in a word, for readers and tests; empty if there is none."""
        return ""

    # --- size and place ---------------------------------------------------------------------

    def measure(self, width: float) -> Size:
        """Natural size when at most `width` is there; overridden by what has contents."""
        return 0.0, 0.0

    def size(self, width: float) -> Size:
        """`measure` within what was fixed for this widget, remembered until `relayout`."""
        key = round(width, 2)
        found = self._sizes.get(key)
        if found is None:
            room = min(width, self.width if self.width is not None else width)
            if self.max_width is not None:
                room = min(room, self.max_width)
            wide, high = self.measure(room)
            wide = self.width if self.width is not None else max(wide, self.min_width)
            high = self.height if self.height is not None else max(high, self.min_height)
            if self.max_width is not None:
                wide = min(wide, self.max_width)
            if self.max_height is not None:
                high = min(high, self.max_height)
            found = self._sizes[key] = (wide, high)
        return found

    def least(self, width: float) -> float:
        """The height below which its contents would be cut; containers ask their children."""
        return self.height if self.height is not None else self.size(width)[1]

    def arrange(self, rect: pygame.FRect) -> None:
        """Take a place; what moved is drawn again."""
        if rect != self.rect:
            self.invalidate()
            self.rect = pygame.FRect(rect)
            self.invalidate()
        self.layout()

    def layout(self) -> None:
        """Hook: arrange the children inside `rect`."""

    # --- drawing ----------------------------------------------------------------------------

    def paint(self, canvas: Canvas) -> None:
        """Draw itself and what is below, as far as it is in view."""
        if not self._visible or not canvas.sees(self.rect.inflate(2 * BLEED, 2 * BLEED)):
            return
        self.draw(canvas)
        for child in self.shown_children():
            child.paint(canvas)

    def draw(self, canvas: Canvas) -> None:
        """Hook: its own looks, without the children."""

    def focus_rect(self) -> pygame.FRect:
        """What the focus ring goes round."""
        return self.rect

    def invalidate(self) -> None:
        """Its looks have changed."""
        if self._root is not None:
            self._root.damage(self.rect.inflate(2 * BLEED, 2 * BLEED))

    def relayout(self) -> None:
        """Its size may have changed: measure and arrange the tree again before the next frame."""
        at: Widget | None = self
        while at is not None:
            at._sizes.clear()
            at = at.parent
        if self._root is not None:
            self._root.layout_needed = True

    # --- events -----------------------------------------------------------------------------

    def hit(self, x: float, y: float) -> Widget | None:
        """The innermost widget at a place that wants the pointer."""
        if not self._visible or not self.rect.collidepoint(x, y):
            return None
        for child in reversed(self.shown_children()):
            found = child.hit(x, y)
            if found is not None:
                return found
        return self if self.wants_pointer else None

    @property
    def wants_pointer(self) -> bool:
        return self.can_focus

    def on_pointer(self, event: Pointer) -> bool:
        """Hook: something of the pointer; True if it was used (else the parent is asked)."""
        return False

    def on_event(self, event: Event) -> bool:
        """Hook: typed text or a raw key while focused; True if it was used."""
        return False

    def on_command(self, command: Command) -> bool:
        """Hook: a command while the focus is here or below; True if it was used."""
        return False

    def on_anywhere(self, command: Command) -> bool:
        """Hook: a command that nobody near the focus used, wherever the focus is."""
        return False

    def activate(self) -> None:
        """Hook: confirmed, clicked or called by its hotkey."""

    def first_focus(self) -> Widget | None:
        """What gets the focus when this is opened as a layer; None: the first that can have it."""
        return None

    def on_focus(self, gained: bool) -> None:
        """Hook: the focus came or went."""

    # --- time -------------------------------------------------------------------------------

    def animate(self) -> None:
        """Have `tick` called every frame until it returns False."""
        if self._root is not None:
            self._root.animating.add(self)

    def tick(self, dt: float) -> bool:
        """Hook: `dt` seconds have passed; whether to go on."""
        return False

    def after(self, seconds: float, call: Callable[[], object]) -> None:
        """Call something later, unless the widget is gone by then."""
        self.root.after(seconds, call, self)
