"""A line of text to type into: search, and composing one's own words."""

from __future__ import annotations

from collections.abc import Callable
from typing import Unpack

import pygame

from game.desktop.canvas import Canvas
from game.desktop.input import Event, Key, Pointer, Typed
from game.desktop.text import BODY, clean
from game.desktop.widget import Options, Size, Widget

_BLINK = 0.55  # seconds


class TextInput(Widget):
    """One line. What an input method composes is underlined and becomes text when it is settled.

    `on_change(text)` follows every change, `on_enter(text)` the confirming key. A caret that
    blinks would be motion, so it stays lit under reduced motion.
    """

    focusable = True
    role = "entry"
    radius = 9.0
    takes_text = True  # the window starts and stops text input by this

    def __init__(
        self, text: str = "", *, hint: str = "", most: int = 200,
        on_change: Callable[[str], object] | None = None,
        on_enter: Callable[[str], object] | None = None, **options: Unpack[Options],
    ) -> None:  # fmt: skip
        super().__init__(**options)
        self.text, self.hint, self.most = text, hint, most
        self.on_change, self.on_enter = on_change, on_enter
        self.caret = self.anchor = len(text)  # what lies between the two is selected
        self.composing = ""
        self._shift = 0.0
        self._lit = True
        self._turns = 0  # times the focus came or went: an old blinking ends by it

    @property
    def accessible_name(self) -> str:
        return self.name or self.hint

    @property
    def state_text(self) -> str:
        return self.text

    @property
    def selection(self) -> tuple[int, int]:
        return min(self.caret, self.anchor), max(self.caret, self.anchor)

    def set(self, text: str) -> None:
        """Show another text, without telling anybody."""
        self.text = clean(text).replace("\n", " ")[: self.most]
        self.caret = self.anchor = len(self.text)
        self.invalidate()

    def measure(self, width: float) -> Size:
        return min(width, 320.0), self.root.ui.text.line_height(BODY) + 16.0

    # --- looks ------------------------------------------------------------------------------

    def _x(self, index: int) -> float:
        return self.root.ui.text.measure(self.text[:index], BODY)

    def draw(self, canvas: Canvas) -> None:
        edge = "ink" if self.focused or self.hovered else "line"
        canvas.card(self.rect, "card" if self.enabled else "paper", edge, self.radius)
        inner = self.rect.inflate(-24, -10)
        ui = self.root.ui
        high = ui.text.line_height(BODY)
        top = self.rect.centery - high / 2
        start, end = self.selection
        with canvas.clip(inner.inflate(2, 0)):
            if not self.text and not self.composing:
                hint = ui.text.layout(self.hint, inner.width, style=BODY, most=1)
                canvas.words(hint, inner.left, top, colour="muted")
            left = inner.left - self._shift
            if start != end and self.focused:
                marked = pygame.FRect(
                    left + self._x(start), top, self._x(end) - self._x(start), high
                )
                canvas.card(marked, "comfort", None, 3)
            before, after = self.text[: self.caret], self.text[self.caret :]
            line = ui.text.layout(before + self.composing + after, style=BODY)
            canvas.words(line, left, top)
            x = left + ui.text.measure(before + self.composing, BODY)
            if self.composing:
                canvas.line((left + self._x(self.caret), top + high), (x, top + high), "ink", 1.5)
            if self.focused and (self._lit or not ui.motion):
                canvas.line((x, top + 2), (x, top + high - 2), "ink", 1.5)

    def caret_rect(self) -> pygame.FRect:
        """Where an input method should open its window."""
        x = self.rect.left + 12 - self._shift + self._x(self.caret)
        return pygame.FRect(x, self.rect.top, 2, self.rect.height)

    def on_focus(self, gained: bool) -> None:
        self._lit, self.composing = True, ""
        self._turns += 1
        if gained:
            self._blink_later()

    def _blink_later(self) -> None:
        """The caret changes twice a second; in between the window may sleep."""
        if self.attached and self.root.ui.motion:
            turn = self._turns
            self.after(_BLINK, lambda: self._blink(turn))

    def _blink(self, turn: int) -> None:
        if turn == self._turns and self.focused:
            self._lit = not self._lit
            self.invalidate()
            self._blink_later()

    # --- editing ----------------------------------------------------------------------------

    def insert(self, text: str) -> None:
        """Put text in the place of what is selected."""
        start, end = self.selection
        room = self.most - len(self.text) + end - start
        added = clean(text).replace("\n", " ")[: max(0, room)]
        self.text = self.text[:start] + added + self.text[end:]
        self._move(start + len(added))
        if self.on_change is not None:
            self.on_change(self.text)

    def _move(self, to: int, keep: bool = False) -> None:
        self.caret = min(max(0, to), len(self.text))
        if not keep:
            self.anchor = self.caret
        self._lit = True
        x, room = self._x(self.caret), max(20.0, self.rect.width - 24)
        self._shift = min(max(self._shift, x - room + 4), max(0.0, x - 4))
        self.invalidate()

    def _word(self, step: int) -> int:
        at = self.caret
        while 0 < at + (step > 0) <= len(self.text) and not self.text[at - (step < 0)].isalnum():
            at += step
        while 0 < at + (step > 0) <= len(self.text) and self.text[at - (step < 0)].isalnum():
            at += step
        return at

    def _delete(self, to: int) -> None:
        if self.caret == self.anchor:
            self.anchor = min(max(0, to), len(self.text))
        if self.caret != self.anchor:
            self.insert("")

    def on_event(self, event: Event) -> bool:
        if not self.enabled:
            return False
        if isinstance(event, Typed):
            self.composing = event.composing
            if event.text:
                self.insert(event.text)
            self.invalidate()
            return True
        return self._key(event.name) if isinstance(event, Key) else False

    def _key(self, name: str) -> bool:
        if self.composing:  # the input method has the keys until it is done
            return True
        keep = "shift+" in name
        plain = name.replace("shift+", "")
        ctrl = plain.startswith("ctrl+")
        moves = {
            "left": self.caret - 1, "right": self.caret + 1, "home": 0, "end": len(self.text),
        }  # fmt: skip
        if plain in moves:
            self._move(moves[plain], keep)
        elif plain in ("ctrl+left", "ctrl+right"):
            self._move(self._word(-1 if plain.endswith("left") else 1), keep)
        elif plain == "backspace":
            self._delete(self.caret - 1)
        elif plain == "delete":
            self._delete(self.caret + 1)
        elif plain == "ctrl+backspace":
            self._delete(self._word(-1))
        elif plain == "ctrl+a":
            self.anchor = 0
            self._move(len(self.text), True)
        elif plain in ("ctrl+c", "ctrl+x"):
            start, end = self.selection
            if start != end:
                self.root.ui.copy(self.text[start:end])
                if plain == "ctrl+x":
                    self.insert("")
        elif plain == "ctrl+v":
            self.insert(self.root.ui.paste())
        elif plain in ("return", "enter"):
            if self.on_enter is None:
                return False
            self.on_enter(self.text)
        else:
            # A letter arrives as text as well; as a key it must not mean a command here.
            return not ctrl and (len(plain) == 1 or plain == "space" or plain.startswith("keypad"))
        return True

    def on_pointer(self, event: Pointer) -> bool:
        if event.kind in ("down", "move") and self.enabled:
            dragged = event.kind == "move"
            if not dragged or self.root.pressed is self:
                wanted = event.x - self.rect.left - 12 + self._shift
                nearest = min(range(len(self.text) + 1), key=lambda i: abs(self._x(i) - wanted))
                self._move(nearest, keep=dragged)
            return True
        return event.kind == "up"
