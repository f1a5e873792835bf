"""How words look: styles by name, runs of one style, and what is left out of any text."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace

from game.desktop.fonts import BOLD, ITALIC

_UNSEEN = ("Cc", "Cf", "Cs", "Co", "Cn")  # controls, direction marks, lone surrogates
_MARKS = re.compile(r"(\*\*|__)(.+?)\1")


@dataclass(frozen=True, slots=True)
class TextStyle:
    """How words look. `size` is px at 100 %, `tracking` and `leading` are shares of it.

    `colour` is a name of the palette or `#rrggbb`.
    """

    face: str = "sans"
    size: float = 15.0
    colour: str = "ink"
    tracking: float = 0.0
    leading: float = 1.45
    caps: bool = False

    def but(self, **changes: object) -> TextStyle:
        """The same style with some of it changed."""
        return replace(self, **changes)  # type: ignore[arg-type]  # checked by the constructor

    @property
    def bold(self) -> TextStyle:
        return replace(self, face=BOLD.get(self.face, self.face))

    @property
    def italic(self) -> TextStyle:
        return replace(self, face=ITALIC.get(self.face, self.face))


HERO = TextStyle("serif-semi", 48, leading=1.2)
TITLE = TextStyle("serif-semi", 30, leading=1.25)
HEADING = TextStyle("sans-bold", 17, leading=1.35)
BODY = TextStyle("sans", 15)
STRONG = TextStyle("sans-bold", 15)
SMALL = TextStyle("sans", 13, "muted")
LABEL = TextStyle("sans-bold", 11.5, "muted", tracking=0.09, caps=True)
ACTION = TextStyle("sans-bold", 15, leading=1.3)
SAYING = TextStyle("serif-italic", 15, "muted", leading=1.35)
SPEECH = TextStyle("serif", 25, leading=1.24)  # what the buyer says now
SPOKEN = TextStyle("serif", 19, leading=1.36)  # what the buyer said
NOTICE = TextStyle("serif-italic", 17.5, leading=1.38)  # what you notice
BUTTON = TextStyle("sans-bold", 14, leading=1.3)
STYLES = {
    "hero": HERO, "title": TITLE, "heading": HEADING, "body": BODY, "strong": STRONG,
    "small": SMALL, "label": LABEL, "action": ACTION, "saying": SAYING, "speech": SPEECH,
    "spoken": SPOKEN, "notice": NOTICE, "button": BUTTON,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Run:
    """Words in one style."""

    text: str
    style: TextStyle = BODY


def marked(text: str, style: TextStyle = BODY) -> tuple[Run, ...]:
    """Runs of a text in which `**words**` are bold and `__words__` italic."""
    runs, end = [], 0
    for found in _MARKS.finditer(text):
        runs.append(Run(text[end : found.start()], style))
        runs.append(Run(found[2], style.bold if found[1] == "**" else style.italic))
        end = found.end()
    runs.append(Run(text[end:], style))
    return tuple(run for run in runs if run.text)


def clean(text: str) -> str:
    """The text without controls and marks that turn its order around; line breaks stay."""
    if text.isascii() and text.isprintable():
        return text
    kept = []
    for letter in text:
        if letter in "\n\u00a0":
            kept.append(letter)
        elif letter.isspace():
            kept.append(" ")
        elif unicodedata.category(letter) not in _UNSEEN:
            kept.append(letter)
    return "".join(kept)
