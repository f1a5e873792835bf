"""The system's own voice, where there is one: reads a text aloud beside the game.

A program of the system does it, so nothing is installed for it, and a machine without one is
simply silent. The text is handed over on standard input, never on a command line.
"""

from __future__ import annotations

import contextlib
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from functools import cached_property

Call = Callable[[], object]

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
# Programs that only hand the text on, and what stops whoever speaks it then.
_STOPS = {"spd-say": ("--cancel",)}
_SLOWEST = 0.25  # seconds a letter; a program that takes longer than this and
_GRACE = 6.0  # so many seconds for its start has got stuck
_SETTLED = 0.2  # seconds after a stop for which what is new would be stopped as well (measured)


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
    """Says one text at a time; the next one cuts the last one off.

    `soon` has something called by the thread that calls all the rest.
    """

    def __init__(
        self, command: Sequence[str] | None = None, soon: Callable[[Call], object] | None = None
    ) -> None:
        self._given = command
        self._soon = soon or (lambda call: call())
        self._talk: _Talk | None = None
        self._stopping: subprocess.Popen[bytes] | None = None

    @cached_property
    def command(self) -> tuple[str, ...]:
        """The program that reads, looked for when it is first needed."""
        return tuple(program() if self._given is None else self._given)

    @property
    def available(self) -> bool:
        return bool(self.command)

    def say(self, text: str, on_done: Call | None = None) -> bool:
        """Begin to read a text; False if there is nobody who can, or nothing to read.

        `on_done` is called once it has been read, or could not be; not if it was cut off.
        """
        self.hush()
        if not self.command or not text.strip():
            return False
        talk = self._talk = _Talk(self.command, text, self._stopping)

        def attend() -> None:
            talk.run()
            self._soon(lambda: self._over(talk, on_done))

        threading.Thread(target=attend, daemon=True, name="speech").start()
        return True

    def _over(self, talk: _Talk, on_done: Call | None) -> None:
        if talk is not self._talk:
            return
        self._talk = None
        if talk.missing:
            self.command = ()
        if on_done is not None:
            on_done()

    def hush(self) -> None:
        """Stop talking."""
        talk, self._talk = self._talk, None
        if talk is None or not talk.cut():
            return
        stop = _STOPS.get(self.command[0].rsplit("/", 1)[-1])
        if stop:
            with contextlib.suppress(OSError):
                self._stopping = _quietly((self.command[0], *stop), subprocess.DEVNULL)


class _Talk:
    """One text that is read by a program, which a thread waits for."""

    def __init__(
        self, command: Sequence[str], text: str, after: subprocess.Popen[bytes] | None
    ) -> None:
        self.command, self.text, self.after = command, text, after
        self.missing = False  # the program could not be started
        self._process: subprocess.Popen[bytes] | None = None
        self._lock = threading.Lock()
        self._cut = False

    def run(self) -> None:
        """Read the text to its end, or until it is cut off or has got stuck."""
        if self.after is not None:  # what stops the one before must not stop this one
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.after.wait(_GRACE)
            time.sleep(_SETTLED)
        with self._lock:
            if self._cut:
                return
            try:
                self._process = _quietly(self.command, subprocess.PIPE)
            except OSError:
                self.missing = True
                return
        raw, seconds = self.text.encode("utf-8", "replace"), _GRACE + _SLOWEST * len(self.text)
        try:
            self._process.communicate(raw, timeout=seconds)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        except OSError:  # it ended before it had read anything
            self._process.wait()

    def cut(self) -> bool:
        """End it; whether the program was at it."""
        with self._lock:
            self._cut = True
            if self._process is None or self._process.poll() is not None:
                return False
            self._process.terminate()
            return True


def _quietly(command: Sequence[str], stdin: int) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        command, stdin=stdin, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
