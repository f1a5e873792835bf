"""Drives an app as a player would, by keys, clicks and names (tests, pictures of screens)."""

from __future__ import annotations

from pathlib import Path

from game.desktop.app import App
from game.desktop.input import Command, Event, Key, Pointer, Typed
from game.desktop.screen import Screen
from game.desktop.settings import Settings
from game.desktop.widget import Widget
from game.desktop.widgets.labels import Label


class Pilot:
    """`Pilot(app)`, or `Pilot.over(screen)` for a screen in a headless app of its own."""

    def __init__(self, app: App) -> None:
        self.app = app

    @classmethod
    def over(
        cls, screen: Screen, size: tuple[int, int] = (1280, 720), settings: Settings | None = None
    ) -> Pilot:
        app = App(size, settings, headless=True)
        app.push(screen)
        app.step()
        return cls(app)

    # --- doing ------------------------------------------------------------------------------

    def send(self, *events: Event) -> None:
        self.app.step(events)

    def key(self, *names: str) -> None:
        """Press keys, written as in the table: `tab`, `ctrl+z`, `1`, `pad a`."""
        for name in names:
            device = "gamepad" if name.startswith("pad ") else "keyboard"
            self.send(Key(name, self.app.ui.keys.command(name), device))

    def command(self, *commands: Command) -> None:
        """Press whatever key means a command."""
        for command in commands:
            keys = self.app.ui.keys.keys(command)
            self.send(Key(keys[0] if keys else "", command))

    def type(self, text: str) -> None:
        """Type into what has the focus."""
        for letter in text:
            self.send(Key(letter, self.app.ui.keys.command(letter)), Typed(letter))

    def point(self, x: float, y: float, *kinds: str) -> None:
        self.send(*(Pointer(kind, x, y) for kind in kinds))

    def hover(self, name: str) -> None:
        self.point(*self.find(name).rect.center, "move")

    def click(self, name: str, share: float = 0.5) -> None:
        """Click at a widget by its name, scrolled into view if need be, `share` of its width in."""
        widget = self.find(name, enabled=True)
        self.app.screen.root.reveal(widget)
        self.app.step()
        r = widget.rect
        self.point(r.left + r.width * share, r.centery, "move", "down", "up")

    def click_beside(self) -> None:
        """Click into the window's corner, where nothing is."""
        self.point(2, 2, "move", "down", "up")

    def wheel(self, name: str, notches: float) -> None:
        x, y = self.find(name).rect.center
        self.send(Pointer("wheel", x, y, notches))

    def wait(self, seconds: float) -> None:
        """Let time pass."""
        self.app.step(seconds=seconds)

    def until_still(self, most: float = 60.0) -> float:
        """Let time pass until nothing moves; how long that took. TimeoutError beyond `most`."""
        passed = 0.0
        while self.app.busy:
            if passed > most:
                raise TimeoutError(f"something still moves after {most} s")
            self.app.step(seconds=0.1)
            passed += 0.1
        return passed

    # --- seeing -----------------------------------------------------------------------------

    def all(self) -> list[Widget]:
        """What is in use in the uppermost layer, in the order of drawing."""
        root = self.app.screen.root
        root.layout()
        return [*root.top.walk(), *(w for over in root.overlays for w in over.walk())]

    def find(self, name: str, enabled: bool = False) -> Widget:
        """The widget of a name: exactly, else the only one that contains it.

        What can be pressed comes before a label of the same words, and both before what holds them.
        LookupError if there is none.
        """
        exact = [w for w in self.all() if w.accessible_name == name]
        some = exact or [w for w in self.all() if name in w.accessible_name]
        some.sort(key=lambda w: (not w.can_focus, bool(w.children), isinstance(w, Label)))
        if not some:
            raise LookupError(f"there is no “{name}” in:\n{self.tree()}")
        if enabled and not some[0].enabled:
            raise LookupError(f"“{name}” is disabled")
        return some[0]

    def sees(self, name: str) -> bool:
        return any(name in widget.accessible_name for widget in self.all())

    @property
    def focus(self) -> str:
        """The name of what has the focus, or an empty text."""
        focused = self.app.screen.root.focused
        return focused.accessible_name if focused is not None else ""

    def tree(self) -> str:
        """The widgets with a name, as a reader meets them: role, name, state, a line each."""
        lines: list[str] = []

        def visit(widget: Widget, depth: int) -> None:
            if not widget.visible:
                return
            name = widget.accessible_name
            if name:
                state = widget.state_text
                words = f"{widget.role} “{name}”" + (f" = {state}" if state else "")
                marks = ("" if widget.enabled else " (disabled)") + (
                    " (focused)" if widget.focused else ""
                )
                lines.append("  " * depth + words + marks)
            for child in widget.shown_children():
                visit(child, depth + bool(name))

        root = self.app.screen.root
        for top in (root.top, *root.overlays):
            visit(top, 0)
        return "\n".join(lines)

    def picture(self, path: Path) -> None:
        """Write what is shown as PNG."""
        self.app.ui.raster.wait()
        self.app.step()
        self.app.screenshot(path)

    def overlaps(self) -> list[str]:
        """Names of widgets that focus or words lie in and that cover each other or leave the
        window: layout faults. What lies inside a scroll area may be out of view."""
        from game.desktop.overlap import faults

        root = self.app.screen.root
        root.layout()
        return faults(root.top, root.rect)
