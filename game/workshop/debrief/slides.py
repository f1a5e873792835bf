"""What a slide of the debrief is, as data."""

from __future__ import annotations

from dataclasses import dataclass

from game.workshop.room.votes import Moment
from game.workshop.words import say

LETTERS = "ABCDEFGHIJ"


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a slide. `share` in [0, 1] is drawn as a bar; `best` is a word for the best."""

    letter: str
    label: str
    value: str  # hidden until the slide is opened
    share: float | None = None
    best: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Slide:
    """`ask` and the letters and labels of `rows` come first; the rest once it is opened."""

    kind: str
    title: str
    before: tuple[str, ...] = ()  # what led there
    ask: str = ""
    rows: tuple[Row, ...] = ()
    found: tuple[str, ...] = ()
    quotes: tuple[str, ...] = ()
    picture: str = ""  # SVG
    note: str = ""
    questions: tuple[str, ...] = ()
    moment: Moment | None = None  # the decision it is about, which everybody may predict on first

    @property
    def opens(self) -> bool:
        """Whether there is something to be opened."""
        return bool(self.found or self.quotes or self.picture or any(r.value for r in self.rows))


def asks(kind: str) -> tuple[str, ...]:
    """The questions to discuss that go with a kind of slide."""
    return tuple(say(f"debrief.{kind}_talk").splitlines())
