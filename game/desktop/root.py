"""The top of a tree of widgets: layers, focus, pointer, damage, time.

The lowest layer is the screen's own content; each sheet adds one above, and only the uppermost
gets input. What was damaged since the last frame is drawn again, and nothing else.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import pygame

from game.desktop import focus
from game.desktop.canvas import Canvas
from game.desktop.input import ARROWS, REPEATED, Command, Event, Pointer, Typed
from game.desktop.ui import Ui
from game.desktop.widget import Widget
from game.desktop.widgets.foot import ROOM as FOOT_ROOM
from game.desktop.widgets.foot import Foot

_MOST_DAMAGE = 12  # rectangles; more are drawn as one


@dataclass
class _Layer:
    top: Widget
    before: Widget | None = None  # what had the focus when the layer came
    modal: bool = False


@dataclass
class _Timer:
    left: float
    call: Callable[[], object]
    owner: Widget | None = field(default=None)


class Root:
    """Holds a screen's widgets and hands them events, time and a canvas."""

    def __init__(self, ui: Ui, content: Widget, width: float, height: float) -> None:
        self.ui = ui
        self.rect = pygame.FRect(0, 0, width, height)
        self.layers: list[_Layer] = []
        self.overlays: list[Widget] = []  # toasts: seen above everything, never focused
        self.focused: Widget | None = None
        self.hovered: Widget | None = None
        self.pressed: Widget | None = None  # has the pointer until the button is up
        self.ring = False  # whether the focus is shown: after a key, not after a click
        self.layout_needed = True
        self.animating: set[Widget] = set()
        self._timers: list[_Timer] = []
        self._damage: list[pygame.FRect] = []
        self.foot = Foot()
        self.overlays_place: Callable[[Widget], pygame.FRect] | None = None
        self.foot.attach(self)
        self._push(content, modal=False)
        self.damage(self.rect)

    # --- layers -----------------------------------------------------------------------------

    @property
    def content(self) -> Widget:
        return self.layers[0].top

    @property
    def top(self) -> Widget:
        """The layer that gets input."""
        return self.layers[-1].top

    def _push(self, widget: Widget, modal: bool) -> None:
        self.layers.append(_Layer(widget, self.focused, modal))
        widget.attach(self)
        self.layout_needed = True

    def open(self, sheet: Widget) -> None:
        """Put a modal layer on top; the focus goes into it and comes back when it closes."""
        self._push(sheet, modal=True)
        self.ui.play("page")
        self.layout()
        self.damage(self.rect)
        self.hover(None)
        self.focus(sheet.first_focus() or focus.following(sheet, None, 1))
        self.ui.attend(sheet)

    def close(self, sheet: Widget) -> None:
        """Take a layer away, and those above it; nothing happens if it is gone already."""
        for i, layer in enumerate(self.layers):
            if layer.top is sheet and i > 0:
                taken = self.layers[i:]
                del self.layers[i:]
                self.focus(layer.before if layer.before and layer.before.attached else None)
                for one in reversed(taken):
                    one.top._detach()
                self.damage(self.rect)
                self.layout_needed = True
                return

    def show_over(self, widget: Widget) -> None:
        """Show something above everything that takes no input, such as a toast."""
        self.overlays.append(widget)
        widget.attach(self)
        self.layout_needed = True

    def drop_over(self, widget: Widget) -> None:
        if widget in self.overlays:
            widget.invalidate()
            self.overlays.remove(widget)
            widget._detach()
            self.layout_needed = True

    def forget(self, widget: Widget) -> None:
        """A widget leaves the tree."""
        self.animating.discard(widget)
        self._timers = [timer for timer in self._timers if timer.owner is not widget]
        if self.focused is widget:
            self.focused = None
        if self.hovered is widget:
            self.hovered = None
        if self.pressed is widget:
            self.pressed = None

    # --- layout and drawing -----------------------------------------------------------------

    def resize(self, width: float, height: float) -> None:
        """Take another size or other scales: everything is measured and drawn again."""
        self.rect = pygame.FRect(0, 0, width, height)
        for top in (*(layer.top for layer in self.layers), *self.overlays, self.foot):
            top.attach(self)
        self.layout_needed = True
        self.damage(self.rect)

    def layout(self) -> None:
        """Arrange everything, as long as arranging asks for it again (at most three times)."""
        for _ in range(3):
            if not self.layout_needed:
                return
            self.layout_needed = False
            room = self._room()
            for layer in self.layers:
                layer.top.arrange(room)
            if self.ui.pad:
                self.foot.refresh(self.top)
            bottom = room.bottom - 24.0
            for over in reversed(self.overlays):
                wide, high = over.size(self.rect.width - 48.0)
                bottom -= high
                over.arrange(pygame.FRect(self.rect.centerx - wide / 2, bottom, wide, high))
                bottom -= 8.0

    def _room(self) -> pygame.FRect:
        """The window without what the foot takes of it."""
        high = self.foot.size(self.rect.width)[1] if self.ui.pad else 0.0
        foot = self.rect.copy()
        foot.update(self.rect.left, self.rect.bottom - high, self.rect.width, high)
        self.foot.arrange(foot)
        room = self.rect.copy()
        room.height -= max(0.0, high - FOOT_ROOM)
        return room

    def damage(self, rect: pygame.FRect) -> None:
        """A part of the window must be drawn again."""
        part = rect.clip(self.rect)
        if part.width <= 0 or part.height <= 0:
            return
        for i, known in enumerate(self._damage):
            if known.contains(part):
                return
            if known.colliderect(part):
                del self._damage[i]
                self.damage(known.union(part))
                return
        self._damage.append(part)
        if len(self._damage) > _MOST_DAMAGE:
            self._damage = [self._damage[0].unionall(self._damage[1:])]

    @property
    def dirty(self) -> bool:
        return bool(self._damage) or self.layout_needed

    def draw(self, canvas: Canvas) -> list[pygame.Rect]:
        """Draw what is damaged; gives those parts of the window, in px."""
        self.layout()
        drawn = []
        damaged, self._damage = self._damage, []
        for part in damaged:
            box = canvas.rect(part).inflate(2, 2).clip(canvas.surface.get_rect())
            canvas.surface.set_clip(box)
            canvas.surface.fill(canvas.colour("paper"), box)
            for layer in self.layers:
                if layer.modal:
                    canvas.fill(self.rect, "shade")
                layer.top.paint(canvas)
                if layer.top is self.top:
                    self._draw_ring(canvas)
            if self.ui.pad:
                self.foot.paint(canvas)
            for over in self.overlays:
                over.paint(canvas)
            drawn.append(box)
        canvas.surface.set_clip(None)
        return drawn

    def _draw_ring(self, canvas: Canvas) -> None:
        shown = self.focused
        if shown is None or not self.ring:
            return
        view = self.rect
        at = shown.parent
        while at is not None:
            view = view.clip(at.rect.inflate(10, 10)) if at.role == "scroll" else view
            at = at.parent
        with canvas.clip(view):
            canvas.focus_ring(shown.focus_rect(), shown.radius)

    # --- focus and pointer ------------------------------------------------------------------

    def focus(self, widget: Widget | None, ring: bool | None = None) -> None:
        """Give the focus to a widget; `ring` whether it is shown (None: as it was)."""
        if ring is not None and ring != self.ring:
            self.ring = ring
            if self.focused is not None:
                self.focused.invalidate()
        if widget is self.focused:
            return
        before, self.focused = self.focused, widget
        if before is not None:
            before.invalidate()
            before.on_focus(False)
        if widget is not None:
            widget.invalidate()
            widget.on_focus(True)
            self.reveal(widget)

    def reveal(self, widget: Widget) -> None:
        """Have every container around scroll so that the widget is in view."""
        at = widget.parent
        while at is not None:
            show = getattr(at, "show_rect", None)
            if show is not None:
                show(widget.rect)
            at = at.parent

    def hover(self, widget: Widget | None) -> None:
        if widget is not self.hovered:
            for one in (self.hovered, widget):
                if one is not None:
                    one.invalidate()
            self.hovered = widget

    # --- events -----------------------------------------------------------------------------

    def handle(self, event: Event) -> bool:
        """Give an event to whom it concerns; False if nobody used it."""
        self.layout()
        if isinstance(event, Pointer):
            return self._pointer(event)
        if isinstance(event, Typed):
            return self.focused is not None and self.focused.on_event(event)
        if self.focused is not None and self.focused.on_event(event):
            return True
        if event.command is None or (event.repeat and event.command not in REPEATED):
            return False  # a key held down must not play turn after turn
        return self.command(event.command)

    def _pointer(self, event: Pointer) -> bool:
        found = self.top.hit(event.x, event.y)
        if event.kind in ("move", "leave"):
            self.hover(None if event.kind == "leave" else found)
            target = self.pressed or found
            return target is not None and self._offer(target, event)
        if event.kind == "down":
            self.pressed = found
            if found is not None and found.can_focus:
                self.focus(found, ring=False)
            elif self.focused is not None:
                self.focus(self.focused, ring=False)
        target = self.pressed if event.kind == "up" else found
        if event.kind == "wheel" and target is None:
            target = self._scroller(event)
        if event.kind == "up":
            self.pressed = None
        return target is not None and self._offer(target, event)

    def _scroller(self, event: Pointer) -> Widget | None:
        inside = [w for w in self.top.walk() if w.role == "scroll"]
        fitting = [w for w in inside if w.rect.collidepoint(event.x, event.y)]
        return fitting[-1] if fitting else None

    def _offer(self, widget: Widget | None, event: Pointer) -> bool:
        while widget is not None:
            if widget.on_pointer(event):
                return True
            widget = widget.parent
        return False

    def command(self, command: Command) -> bool:
        """The focused widget first, those around it, hotkeys, then what commands always do."""
        if command in (*ARROWS, Command.NEXT, Command.PREV, Command.CONFIRM):
            self.focus(self.focused, ring=True)
        at = self.focused
        while at is not None:
            if at.on_command(command):
                return True
            at = at.parent
        if self.focused is None and self.top.on_command(command):
            return True
        return self._anywhere(command) or self._standard(command)

    def _anywhere(self, command: Command) -> bool:
        for widget in self.top.walk():
            if widget.enabled and widget.hotkey is command:
                widget.activate()
                return True
            if widget.enabled and widget.on_anywhere(command):
                return True
        return False

    def _standard(self, command: Command) -> bool:
        if command in (Command.NEXT, Command.PREV):
            found = focus.following(self.top, self.focused, 1 if command is Command.NEXT else -1)
        elif command in ARROWS:
            if self.focused is None:
                found = focus.following(self.top, None, 1)
            else:
                found = focus.neighbour(self.top, self.focused, command)
        elif command is Command.CONFIRM and self.focused is not None and self.focused.enabled:
            self.focused.activate()
            return True
        else:
            return False
        if found is not None:
            self.ui.play("focus")
            self.focus(found, ring=True)
            self.ui.attend(found)
        return found is not None

    # --- time -------------------------------------------------------------------------------

    def after(
        self, seconds: float, call: Callable[[], object], owner: Widget | None = None
    ) -> None:
        """Call something later; not if its owner has left the tree by then."""
        self._timers.append(_Timer(seconds, call, owner))

    @property
    def next_timer(self) -> float | None:
        """Seconds until something must happen; None if nothing is waiting."""
        return min((timer.left for timer in self._timers), default=None)

    def tick(self, dt: float) -> None:
        """Let `dt` seconds pass."""
        for widget in list(self.animating):
            if widget.attached and not widget.tick(dt):
                self.animating.discard(widget)
        self.wind_on(dt)

    def wind_on(self, dt: float) -> None:
        """Let time pass for timers only: after a long sleep animations must not jump."""
        for timer in self._timers:
            timer.left -= dt
        due = [timer for timer in self._timers if timer.left <= 1e-9]
        self._timers = [timer for timer in self._timers if timer.left > 1e-9]
        for timer in due:
            timer.call()
