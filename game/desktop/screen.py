"""What a screen is: it builds a tree of widgets, hears commands, and may let time pass."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from game.desktop.input import Command, Event
from game.desktop.root import Root
from game.desktop.ui import Ui
from game.desktop.widget import Widget
from game.desktop.widgets.sheet import Sheet, Toast
from game.scenario import language

if TYPE_CHECKING:
    from game.desktop.app import App


class Screen:
    """Base of all screens. Override `build`, and whichever hooks are needed."""

    title = ""  # of the window, after the game's name
    wants_ticks = False  # keep calling `tick` sixty times a second
    room: str | None = ""  # whose sound is in the air; "" silence, None as before

    def __init__(self) -> None:
        self._app: App | None = None
        self._root: Root | None = None
        self._spoken = ""  # the language in which it was built

    # --- to override ------------------------------------------------------------------------

    def build(self) -> Widget:
        """The widgets, once; called when the screen is shown for the first time."""
        raise TypeError(f"{type(self).__name__} builds nothing")

    def opened(self) -> None:
        """Hook: built and on top for the first time."""

    def resumed(self) -> None:
        """Hook: on top again after another screen has closed."""

    def filter(self, event: Event) -> bool:
        """Hook: every event before the widgets see it; True keeps it from them."""
        return False

    def on_command(self, command: Command) -> bool:
        """Hook: a command that no widget used. By default BACK closes the screen."""
        if command is Command.BACK and self.app.depth > 1:
            self.app.pop()
            return True
        return False

    def tick(self, dt: float) -> None:
        """Hook: `dt` seconds have passed."""

    def restyled(self) -> None:
        """Hook: theme, text scale or the window's size changed (figures in other colours)."""

    def taken_up(self) -> None:
        """Hook: a gamepad is in use, or no longer: sentences that name keys name others."""

    def retold(self) -> None:
        """Hook: another language is spoken since this was built; by default it is built anew."""
        self.rebuild()
        self.opened()

    def leaving(self) -> bool:
        """Hook: the window is being closed; False keeps it open, so that something is asked."""
        return True

    def close(self) -> None:
        """Hook: the screen goes for good; save what must be kept."""

    # --- to use -----------------------------------------------------------------------------

    @property
    def app(self) -> App:
        if self._app is None:
            raise RuntimeError(f"{type(self).__name__} is not shown yet")
        return self._app

    @property
    def root(self) -> Root:
        if self._root is None:
            raise RuntimeError(f"{type(self).__name__} is not shown yet")
        return self._root

    @property
    def ui(self) -> Ui:
        return self.app.ui

    def attach(self, app: App) -> None:
        """Called by the app before the screen is shown."""
        self._app = app
        if self._root is None:
            self._spoken = language.current()
            self._root = Root(app.ui, self.build(), *app.logical_size)
            self.opened()
        elif self._spoken != language.current():
            self._spoken = language.current()
            self.retold()

    def rebuild(self) -> None:
        """Build the widgets anew, as for other settings; sheets close, the focus starts over."""
        self._root = Root(self.app.ui, self.build(), *self.app.logical_size)

    def open(self, sheet: Sheet) -> Sheet:
        """Put a modal sheet over the screen."""
        self.root.open(sheet)
        return sheet

    def toast(self, text: str, seconds: float = 4.0) -> None:
        """Show a short message that goes by itself."""
        self.app.hearing.mention(text)
        self.root.show_over(Toast(text, seconds))

    def hear(self, words: str) -> None:
        """Show what is heard in words, for a while."""
        self.root.show_over(Toast(words, 3.0))

    def focus(self, widget: Widget | None) -> None:
        self.root.focus(widget)

    def after(self, seconds: float, call: Callable[[], object]) -> None:
        """Call something later, while this screen lives and is on top."""
        self.root.after(seconds, call)
