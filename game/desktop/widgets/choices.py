"""The hand: numbered actions, each with what it does and what would be said."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Unpack

from game.desktop.canvas import Canvas
from game.desktop.input import Command
from game.desktop.layout import Grid
from game.desktop.text import ACTION, SAYING, SMALL, Paragraph, TextStyle
from game.desktop.widget import Options, Size
from game.desktop.widgets.buttons import Pressable

_PAD, _NUMBER = 12.0, 17.0


@dataclass(frozen=True, slots=True)
class Choice:
    """One action. `body` is what would be said; `tag` a word at the right of the title."""

    id: str
    title: str
    body: str = ""
    tag: str = ""
    enabled: bool = True


class ChoiceCard(Pressable):
    """One numbered action: a title and up to `lines` lines of what would be said."""

    role = "action"

    def __init__(
        self, choice: Choice, number: int, on_press: Callable[[], object] | None = None,
        *, lines: int = 1, **options: Unpack[Options],
    ) -> None:  # fmt: skip
        options.setdefault("name", choice.title)
        options.setdefault("enabled", choice.enabled)
        super().__init__(on_press, **options)
        self.choice, self.number, self.lines = choice, number, lines

    @property
    def state_text(self) -> str:
        return str(self.number) if self.number else ""

    def _parts(self, width: float) -> tuple[Paragraph, Paragraph | None, Paragraph | None, float]:
        """Title, body, tag, and how far they stand from the card's left edge."""
        text = self.root.ui.text
        left = _PAD + _NUMBER * text.text_scale if self.number else _PAD
        tag = text.layout(self.choice.tag, 140, style=SMALL, most=1) if self.choice.tag else None
        room = max(30.0, width - left - _PAD)
        title_room = max(30.0, room - (tag.width + 8 if tag else 0.0))
        title = text.layout(self.choice.title, title_room, style=ACTION, most=3)
        body = None
        if self.choice.body and self.lines:
            body = text.layout(self.choice.body, room, style=SAYING, most=self.lines)
        return title, body, tag, left

    def measure(self, width: float) -> Size:
        title, body, _, _ = self._parts(width)
        return width, title.height + (body.height + 1 if body else 0.0) + 18.0

    def draw(self, canvas: Canvas) -> None:
        live = self.enabled and (self.hovered or self.focused)
        fill = "pressed" if self.down else "hover" if self.hovered and self.enabled else "card"
        if not self.enabled:
            fill = "paper"
        canvas.card(self.rect, fill, "ink" if live else "line", 10.0, 1.5 if live else 0.0)
        title, body, tag, left = self._parts(self.rect.width)
        high = title.height + (body.height + 1 if body else 0.0)
        y = self.rect.top + max(8.0, (self.rect.height - high) / 2)
        colour = None if self.enabled else "muted"
        if self.number and self.enabled:  # a key that does nothing is not shown
            style = TextStyle("sans", 13, "muted", leading=ACTION.leading * 15 / 13)
            number = self.root.ui.text.layout(str(self.number), style=style)
            canvas.words(number, self.rect.left + _PAD, y)
        canvas.words(title, self.rect.left + left, y, colour=colour)
        if tag is not None:
            canvas.words(tag, self.rect.right - _PAD - tag.width, y + 1, colour=colour)
        if body is not None:
            canvas.words(body, self.rect.left + left, y + title.height + 1)


class ChoiceList(Grid):
    """Numbered actions in two columns (one where text is large); keys 1 to 9 take them.

    `on_choose(id)` is called for what was chosen. `lines` is how much of a body is shown: 0 hides
    it (say it first).
    """

    role = "actions"

    def __init__(
        self, choices: Sequence[Choice] = (), on_choose: Callable[[str], object] | None = None,
        *, columns: int = 2, lines: int = 1, first: int = 1, **options: Unpack[Options],
    ) -> None:  # fmt: skip
        super().__init__(tracks=columns, **options)
        self.columns, self.lines, self.first = columns, lines, first
        self.on_choose = on_choose
        self.choices: list[Choice] = []
        self.show(choices)

    def show(self, choices: Sequence[Choice], lines: int | None = None) -> None:
        """Show other actions; the focus stays on the same place of the list."""
        held = next((i for i, child in enumerate(self.children) if child.focused), None)
        self.choices = list(choices)
        self.lines = self.lines if lines is None else lines
        cards = []
        for i, choice in enumerate(self.choices):
            number = self.first + i if self.first + i <= 9 else 0
            cards.append(ChoiceCard(choice, number, self._chooser(choice), lines=self.lines))
        self.replace_children(*cards)
        if held is not None and self.attached and cards:
            self.root.focus(cards[min(held, len(cards) - 1)])

    def _chooser(self, choice: Choice) -> Callable[[], object]:
        return lambda: self.choose(choice.id)

    def choose(self, id: str) -> None:
        if self.on_choose is not None and self.enabled:
            self.on_choose(id)

    def take(self, command: Command) -> bool:
        """Take the action that a number key means; False if there is none."""
        for child in self.children:
            if isinstance(child, ChoiceCard) and child.number == command.number > 0:
                child.activate()
                return True
        return False

    def on_anywhere(self, command: Command) -> bool:
        return self.take(command)

    def attached_now(self) -> None:
        # From 150 % on two columns would leave room for a few letters only.
        columns = 1 if self.root.ui.narrow else self.columns
        if len(self.tracks) != columns:
            self.tracks = self.tracks[:1] * columns
