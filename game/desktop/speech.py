"""The system's own voice, where there is one: reads a text aloud beside the game.

A program of the system does it, so nothing is installed for it, and a machine without one is
simply silent. The text is handed over on standard input, never on a command line.
"""

from __future__ import annotations

import contextlib
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence

_WINDOWS = (
    "Add-Type -AssemblyName System.Speech; "
    "[Console]::InputEncoding = [Text.Encoding]::UTF8; "
    "(New-Object System.Speech.Synthesis.SpeechSynthesizer).Speak([Console]::In.ReadToEnd())"
)
_PROGRAMS: dict[str, tuple[tuple[str, ...], ...]] = {
    "darwin": (("say",),),
    "win32": (("powershell", "-NoProfile", "-Command", _WINDOWS),),
    "linux": (
        ("spd-say", "--wait", "--pipe-mode"),
        ("espeak-ng", "--stdin"),
        ("espeak", "--stdin"),
    ),
}  # fmt: skip


def program(
    system: str = sys.platform, find: Callable[[str], str | None] = shutil.which
) -> tuple[str, ...]:
    """The command that reads its input aloud; empty where there is none."""
    for command in _PROGRAMS.get(system, ()):
        path = find(command[0])
        if path:
            return (path, *command[1:])
    return ()


class Speech:
    """Says one text at a time; the next one cuts the last one off."""

    def __init__(self, command: Sequence[str] | None = None) -> None:
        self.command = tuple(program() if command is None else command)
        self._talking: subprocess.Popen[bytes] | None = None

    @property
    def available(self) -> bool:
        return bool(self.command)

    def say(self, text: str) -> bool:
        """Begin to read a text; False if nobody can."""
        self.hush()
        if not self.command or not text.strip():
            return False
        try:
            self._talking = subprocess.Popen(
                self.command,
                stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
        except OSError:
            self.command = ()
            return False
        pipe = self._talking.stdin
        assert pipe is not None
        with contextlib.suppress(OSError):  # it may have ended at once
            pipe.write(text.encode("utf-8", "replace"))
            pipe.close()
        return True

    def hush(self) -> None:
        """Stop talking."""
        if self._talking is not None:
            if self._talking.poll() is None:
                self._talking.terminate()
                with contextlib.suppress(subprocess.TimeoutExpired):
                    self._talking.wait(1.0)
            self._talking = None
