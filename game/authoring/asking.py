"""Questions at a terminal or from a pipe: one line an answer, Enter takes what is offered."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable, Sequence
from typing import IO, TypeVar

from game.authoring.answers import Unusable, choice
from game.scenario.diagnostics import printable
from game.scenario.translated import common_words
from game.session.lines import filled

T = TypeVar("T")

_LONGEST = 1_000  # of a line; the rest of it is left out


def say(text: str, /, **values: object) -> str:
    """A text of common/new_words.yaml by its id, values put in. KeyError for an unknown id."""
    found = common_words("new_words.yaml")["new"]
    for key in text.split("."):
        found = found[key]
    return filled(str(found), {key: str(value) for key, value in values.items()})


class Asker:
    """Asks until an answer can be used; at the end of the input every default is taken."""

    def __init__(self, source: IO[str] | None = None) -> None:
        self.source = (sys.stdin or io.StringIO()) if source is None else source
        self.piped = not bool(getattr(self.source, "isatty", lambda: False)())
        self.ended = False

    def ask(self, text: str, default: str, read: Callable[[str], T]) -> T:
        """The answer to a question as ``read`` has it; ``default`` is read as if it was typed."""
        question = say("asked", text=text, default=default)
        while not self.ended:
            answer = self._line(question)
            if answer is None:
                break
            try:
                return read(answer or default)
            except Unusable as refused:
                again = say("again", message=refused.message, expected=refused.expected)
                print(again[:1].upper() + again[1:])
        return read(default)

    def choose(self, text: str, choices: Sequence[str], default: int) -> int:
        """The index of a choice; ``default`` is one as well."""
        print(text)
        for number, one in enumerate(choices, 1):
            print(f"  {number}  {one}")

        def read(answer: str) -> int:
            return choice(len(choices), answer)

        return self.ask(f"  1–{len(choices)}", str(default + 1), read)

    def _line(self, question: str) -> str | None:
        """One line without its ends, or None at the end of the input."""
        print(question, end="", flush=True)
        line = self.source.readline()
        if not line:
            self.ended = True
            print(f"\n{say('ended')}")
            return None
        answer = line[:_LONGEST].strip()
        if self.piped:
            print(printable(answer))  # a person's own line is on the screen already
        return answer
