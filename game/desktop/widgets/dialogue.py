"""The talk as a column that grows upward: the newest words at the foot, older ones paler."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Unpack

import pygame

from game.desktop.canvas import Canvas
from game.desktop.input import Command, Pointer
from game.desktop.text import BODY, LABEL, NOTICE, SPEECH, SPOKEN, Paragraph, TextStyle
from game.desktop.widget import Options, Size, Widget

_PAUSES = {".": 0.34, "!": 0.34, "?": 0.34, "…": 0.5, ",": 0.12, ";": 0.18, ":": 0.18, "—": 0.2}
# Alpha of words by age; older ones as the last. Any paler they could not be read by everybody.
_PALER = (255, 255, 225, 205, 190)
_GAP, _INDENT = 16.0, 20.0
_MOST_LEAST = 220.0  # px of the newest words that room is kept for; the rest is scrolled to


@dataclass(slots=True)
class Utterance:
    """One thing said. `kind` is you, buyer or aside; `label` stands above it in capitals."""

    kind: str
    label: str
    text: str


class DialogueColumn(Widget):
    """What was said. :meth:`say` writes letter by letter; a click or `complete` shows the rest.

    `on_letter(index)` is called for each letter or sign that appears, with its place in the text
    (a voice follows it), `on_done()` when the words stand in full.
    """

    role = "dialogue"

    def __init__(
        self, *, on_letter: Callable[[int], object] | None = None, **options: Unpack[Options]
    ) -> None:
        options.setdefault("shrink", True)
        super().__init__(**options)
        self.said: list[Utterance] = []
        self.on_letter = on_letter
        self.on_done: Callable[[], object] | None = None
        self.offset = 0.0  # how far one has scrolled back
        self._shown: float | None = None  # letters of the newest; None: all
        self._wait = 0.0

    # --- saying -----------------------------------------------------------------------------

    def set(self, said: list[Utterance]) -> None:
        """Show what was said before, at once (resuming, rewinding)."""
        self.said = list(said)
        self._shown, self.offset = None, 0.0
        self.relayout()
        self.invalidate()

    def say(self, utterance: Utterance, on_done: Callable[[], object] | None = None) -> None:
        """Say something new; what was still being written is completed first."""
        self.complete()
        self.said.append(utterance)
        self.offset = 0.0
        self.on_done = on_done
        self.relayout()
        self._shown, self._wait = 0.0, 0.0
        if not self.attached or self.root.ui.settings.letters_per_second == float("inf"):
            self.complete()
        else:
            self.animate()
        self.invalidate()

    @property
    def typing(self) -> bool:
        return self._shown is not None

    def complete(self) -> bool:
        """Show the words in full; False if they stood already."""
        if self._shown is None:
            return False
        self._shown = None
        self.invalidate()
        done, self.on_done = self.on_done, None
        if done is not None:
            done()
        return True

    def tick(self, dt: float) -> bool:
        if self._shown is None or not self.said:
            return False
        self._wait -= dt
        if self._wait > 0:
            return True
        text = self.said[-1].text
        before = int(self._shown)
        self._shown += (dt - min(self._wait, 0.0)) * self.root.ui.settings.letters_per_second
        self._wait = 0.0
        for i in range(before, min(int(self._shown), len(text))):
            if self.on_letter is not None:
                self.on_letter(i)
            pause = _PAUSES.get(text[i], 0.0)
            if pause and i + 1 < len(text) and text[i + 1] in " ”’)\n":
                self._shown, self._wait = i + 1.0, pause
                break
        self.invalidate()
        if self._shown >= len(text):
            self.complete()
            return False
        return True

    # --- looks ------------------------------------------------------------------------------

    @property
    def accessible_name(self) -> str:
        return self.name or (self.said[-1].text if self.said else "")

    @property
    def state_text(self) -> str:
        return self.said[-1].text if self.said else ""

    def _style(self, utterance: Utterance, newest: bool) -> TextStyle:
        if utterance.kind == "buyer":
            return SPEECH if newest else SPOKEN
        return NOTICE if utterance.kind == "aside" else BODY

    def _parts(self, index: int, width: float) -> tuple[Paragraph | None, Paragraph, float]:
        """Label, words, and the height of both."""
        utterance, newest = self.said[index], index == len(self.said) - 1
        text = self.root.ui.text
        room = width - _INDENT if newest and utterance.kind == "buyer" else width
        label = text.layout(utterance.label, room, style=LABEL, most=2) if utterance.label else None
        words = text.layout(utterance.text, room, style=self._style(utterance, newest))
        return label, words, words.height + (label.height + 2 if label else 0.0)

    def _total(self) -> float:
        heights = [self._parts(i, self.rect.width)[2] for i in range(len(self.said))]
        return sum(heights) + _GAP * max(0, len(heights) - 1)

    def measure(self, width: float) -> Size:
        return width, min(
            400.0, sum(self._parts(i, width)[2] + _GAP for i in range(len(self.said)))
        )

    def least(self, width: float) -> float:
        newest = self._parts(len(self.said) - 1, width)[2] if self.said else 0.0
        return self.height or max(self.min_height, min(newest, _MOST_LEAST))

    def draw(self, canvas: Canvas) -> None:
        with canvas.clip(self.rect):
            y = self.rect.bottom + self.offset
            for i in range(len(self.said) - 1, -1, -1):
                label, words, high = self._parts(i, self.rect.width)
                y -= high
                if y < self.rect.bottom and y + high > self.rect.top:
                    self._one(canvas, i, label, words, pygame.FRect(self.rect.left, y, 0, high))
                y -= _GAP
                if y < self.rect.top:
                    return

    def _one(
        self, canvas: Canvas, index: int, label: Paragraph | None, words: Paragraph,
        place: pygame.FRect,
    ) -> None:  # fmt: skip
        utterance, age = self.said[index], len(self.said) - 1 - index
        alpha = (
            255 if canvas.palette.heavy or self.offset > 1 else _PALER[min(age, len(_PALER) - 1)]
        )
        left, y = place.left, place.top
        if age == 0 and utterance.kind == "buyer":
            canvas.fill(pygame.FRect(left, place.top, 4, place.height), "ink")
            left += _INDENT
        if label is not None:
            canvas.words(label, left, y)
            y += label.height + 2
        # Spaces where lines end count here and not there: the last letters come a little early.
        letters = int(self._shown) if age == 0 and self._shown is not None else None
        canvas.words(words, left, y, alpha=alpha, letters=letters)

    # --- input ------------------------------------------------------------------------------

    @property
    def wants_pointer(self) -> bool:
        return True

    def scroll(self, by: float) -> None:
        """Look back (`by` > 0) or toward the newest words."""
        most = max(0.0, self._total() - self.rect.height)
        offset = min(max(0.0, self.offset + by), most)
        if offset != self.offset:
            self.offset = offset
            self.invalidate()

    def on_pointer(self, event: Pointer) -> bool:
        if event.kind == "wheel":
            self.scroll(event.wheel * 48.0)
            return True
        return event.kind == "down" and self.complete()

    def on_anywhere(self, command: Command) -> bool:
        if command in (Command.PAGE_UP, Command.PAGE_DOWN):
            self.scroll(self.rect.height * (0.8 if command is Command.PAGE_UP else -0.8))
            return True
        return False
