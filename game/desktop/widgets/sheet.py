"""What comes over a screen: sheets that want an answer, and toasts that do not."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Unpack

import pygame

from game.desktop.canvas import Canvas
from game.desktop.input import Command, Pointer
from game.desktop.layout import Column, Flow, Row, Spacer
from game.desktop.text import BODY, TITLE
from game.desktop.theme import RADIUS
from game.desktop.widget import Options, Size, Widget
from game.desktop.widgets.buttons import Button
from game.desktop.widgets.cards import Card
from game.desktop.widgets.labels import Label
from game.desktop.widgets.scroll import ScrollArea

_EDGE = 24.0


class Sheet(Widget):
    """A modal sheet: `side` is right, centre or bottom. Escape or a click beside it closes it.

    Open it with `screen.open(sheet)`. The focus goes round inside it and comes back to where it
    was afterwards. `actions` stand at its foot; `close_words` names the closing button in its head
    (empty: none, and then it must be answered).
    """

    role = "dialog"

    def __init__(
        self, title: str, content: Widget, actions: Sequence[Widget] = (), *,
        side: str = "centre", close_words: str = "", wide: float = 560.0,
        on_close: Callable[[], object] | None = None, scroll: bool = True,
        **options: Unpack[Options],
    ) -> None:  # fmt: skip
        options.setdefault("name", title)
        super().__init__(**options)
        self.title, self.side, self.wide, self.on_close = title, side, wide, on_close
        self.closable = bool(close_words)
        head = Row(Label(title, TITLE, grow=1), gap=12, cross="start")
        if close_words:
            head.add(Button(close_words, self.close, kind="pill"))
        body = ScrollArea(content, grow=1) if scroll else content
        self.panel = Card(head, body, gap=14, padding=24, radius=RADIUS + 4)
        if not scroll:
            body.grow = body.grow or 1.0
        if actions:
            self.panel.add(Flow(*actions, main="end"))
        self.add(self.panel)

    @property
    def wants_pointer(self) -> bool:
        return True

    def first_focus(self) -> Widget | None:
        """Something in the sheet itself rather than its closing button."""
        inside = [w for part in self.panel.children[1:] for w in part.walk() if w.can_focus]
        return inside[0] if inside else None

    def close(self) -> None:
        """Take the sheet away, if it is open, and tell whoever wanted to know."""
        if self.attached:
            self.root.close(self)
            if self.on_close is not None:
                self.on_close()

    def layout(self) -> None:
        r, wide = self.rect, min(self.wide * self._widening(), self.rect.width - 2 * _EDGE)
        natural = self.panel.size(wide)[1]
        high = min(natural, r.height - 2 * _EDGE)
        if self.side == "right":
            place = pygame.FRect(r.right - wide - _EDGE, r.top + _EDGE, wide, r.height - 2 * _EDGE)
        elif self.side == "bottom":
            place = pygame.FRect(r.centerx - wide / 2, r.bottom - high - _EDGE, wide, high)
        else:
            place = pygame.FRect(r.centerx - wide / 2, r.centery - high / 2, wide, high)
        self.panel.arrange(place)

    def _widening(self) -> float:
        """Large text needs a wider sheet for lines of the same length."""
        return self.root.ui.text.text_scale

    def on_pointer(self, event: Pointer) -> bool:
        outside = not self.panel.rect.collidepoint(event.x, event.y)
        if event.kind == "down" and outside and self.closable:
            self.close()
        return True

    def on_command(self, command: Command) -> bool:
        if command is Command.BACK and self.closable:
            self.close()
            return True
        return command is Command.BACK


def dialog(
    title: str, text: str, actions: Sequence[tuple[str, Callable[[], object] | None]],
    close_words: str = "",
) -> Sheet:  # fmt: skip
    """A question: each action is (words, what it does); every one closes the sheet first."""
    buttons: list[Widget] = []
    sheet = Sheet(title, Label(text, BODY), buttons, close_words=close_words, wide=480)

    def answer(call: Callable[[], object] | None) -> Callable[[], object]:
        def pressed() -> None:
            sheet.close()
            if call is not None:
                call()

        return pressed

    for i, (words, call) in enumerate(actions):
        last = i == len(actions) - 1
        buttons.append(Button(words, answer(call), kind="filled" if last else "plain"))
    if buttons:
        sheet.panel.add(Flow(*buttons, main="end"))
    return sheet


class Toast(Widget):
    """A short message at the foot of the window, gone after a while; it takes no input."""

    role = "status"

    def __init__(self, text: str, seconds: float = 4.0, **options: Unpack[Options]) -> None:
        super().__init__(**options)
        self.seconds = seconds
        self.label = self.add(Label(text, BODY.but(colour="on_ink"), most=4))

    @property
    def accessible_name(self) -> str:
        return self.label.text

    def attached_now(self) -> None:
        root = self.root
        self.after(self.seconds, lambda: root.drop_over(self))

    def measure(self, width: float) -> Size:
        wide, high = self.label.size(min(width, 640.0) - 36)
        return wide + 36, high + 20

    def layout(self) -> None:
        self.label.arrange(self.rect.inflate(-36, -20))

    def draw(self, canvas: Canvas) -> None:
        canvas.card(self.rect, "ink", "card", 12)  # the border tells it from a shade


def head_row(left: Widget, *right: Widget) -> Row:
    """A screen's first line: where you are, and the keys that work here."""
    return Row(left, Spacer(), *right, gap=10, cross="centre")


def section(title: Widget, *rest: Widget, gap: float = 8.0) -> Column:
    """A heading and what belongs to it."""
    return Column(title, *rest, gap=gap)
