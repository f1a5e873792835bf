"""What one window has written, and what waits for it.

A player sees nothing of what came of a move before the move is in its file: whoever is killed has
lost nothing that was answered. Nobody waits for that but the answer: frames go on, and what the
player does meanwhile is done afterwards, in its order, as if the disk had taken no time.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from typing import TYPE_CHECKING

from game.desktop.input import Event, Key, Pointer
from game.desktop.words import say
from game.desktop.writer import Call, Result, Writer

if TYPE_CHECKING:
    from game.desktop.app import App
    from game.desktop.screen import Screen

_LONG = 1.5  # seconds


class Saving:
    """The writer of an app, and the events that came too early; `inline` writes at once."""

    def __init__(self, app: App, inline: bool) -> None:
        self.app = app
        self.writer = Writer(None if inline else app.call_soon)
        self._held = 0  # calls that events wait for
        self._waits = 0  # how often somebody had to wait
        self._early: deque[Event] = deque()

    @property
    def holding(self) -> bool:
        """Whether something that was done is still to be shown."""
        return self._held > 0

    def once(self, call: Call) -> None:
        """Show what the player did once it is written (or could not be); until then events wait.

        If another screen has come up meanwhile, there is nobody left to show it to.
        """
        if self.writer.idle:
            call()
            return
        asked = self._top()
        if asked is not None and not self.holding:
            self._waits += 1
            number = self._waits
            asked.after(_LONG, lambda: self._say_why(asked) if number == self._waits else None)
        self._held += 1

        def go_on() -> None:
            self._held -= 1
            if self._top() is asked:
                call()
            if not self._held:
                self.app.hearing.answer()  # one event, one sound, also where it took a while

        self.writer.then(go_on)

    def do(self, write: Callable[[], Result], told: Callable[[Result], object]) -> None:
        """Have something written and its result told as in `once`."""
        results: list[Result] = []
        self.writer.put(None, write, results.append)
        self.once(lambda: told(*results))

    def tell(
        self, write: Callable[[], Result], words: Callable[[Result], str], seconds: float = 4.0
    ) -> None:
        """Have something written that nothing waits for, and say what came of it by a toast,
        wherever the player is by then."""

        def told(result: Result) -> None:
            if self.app.depth:
                self.app.screen.toast(words(result), seconds)

        self.writer.put(None, write, told)

    def keep(self, event: Event) -> bool:
        """Keep an event for later; False if it need not wait."""
        if not self.holding:
            return False
        if isinstance(event, Key) and event.repeat:
            return True  # how long a key was held down says nothing once the time has passed
        moves = isinstance(event, Pointer) and event.kind == "move"
        before = self._early[-1] if self._early else None
        if moves and isinstance(before, Pointer) and before.kind == "move":
            self._early.pop()
        self._early.append(event)
        return True

    def let_go(self, handle: Callable[[Event], object]) -> None:
        """Do what was kept, as far as it need not wait any longer."""
        while self._early and not self.holding:
            handle(self._early.popleft())

    def _say_why(self, screen: Screen) -> None:
        """A wait that is noticed is explained, since nothing that is pressed does anything."""
        if self.holding:
            screen.toast(say("app.slow_disk"), _LONG)

    def _top(self) -> Screen | None:
        return self.app.screen if self.app.depth else None
