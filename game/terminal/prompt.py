"""Where the player's lines come from: a person at a prompt, or a pipe."""

from __future__ import annotations

import io
import sys
from typing import IO

from game.scenario.diagnostics import printable
from game.terminal.catalogue import text
from game.terminal.screen import Screen

_LONGEST = 1_000  # of a line; the rest of it is left out


class EndOfInput(Exception):
    """Nothing more will come: save and go."""


def _plain(line: str) -> str:
    """What was typed, without what would steer the screen that it is shown on."""
    return printable(line[:_LONGEST].strip())


class Prompt:
    """Reads lines. From a pipe every line is echoed, and complaints go to stderr."""

    def __init__(self, screen: Screen, source: IO[str] | None = None) -> None:
        self.screen = screen
        self.source = (sys.stdin or io.StringIO()) if source is None else source
        self.piped = not bool(getattr(self.source, "isatty", lambda: False)())

    def ask(self, question: str) -> str:
        """One stripped line; raises :class:`EndOfInput` at the end."""
        if self.piped:
            line = self.source.readline()
            if not line:
                raise EndOfInput
            line = _plain(line)
            self.screen.line(f"{question} {line}", "muted")
            return line
        try:
            self.screen.console.print(question, style="key", end=" ")
            return _plain(input())
        except EOFError:
            self.screen.blank()
            raise EndOfInput from None

    def complain(self, message: str) -> None:
        """Say what would be right; the game goes on."""
        if self.piped:
            self.screen.console.file.flush()
            print(message, file=sys.stderr, flush=True)
        else:
            self.screen.error(message)

    def sure(self, question: str) -> bool:
        """A yes or no; from a pipe nobody is asked twice, so it is a yes."""
        return self.piped or is_yes(self.ask(question))


def is_yes(answer: str) -> bool:
    """Whether an answer agrees, in English or in the language that is spoken."""
    return answer.casefold() in ("y", "yes", *text("yes").casefold().split())
