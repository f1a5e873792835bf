"""A workshop's server as a process beside the window: started, listened to, ended.

Everything of it happens in a thread; what it says is handed to the drawing thread. Nothing of the
server is imported here. It ends with the window, however that ends, and keeps everything.
"""

from __future__ import annotations

import contextlib
import json
import subprocess
import sys
import threading
import webbrowser
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_PATIENCE = 6.0  # seconds for a server to take leave of its phones

Soon = Callable[[Callable[[], object]], object]


@dataclass(frozen=True, slots=True)
class Address:
    """One of this machine's addresses. `likely` is false for tunnels and the like."""

    url: str
    network: str
    likely: bool


@dataclass(frozen=True, slots=True)
class Told:
    """What the server says of itself: docs/json/host.schema.json. The two links work once."""

    title: str
    again: bool
    phones: bool
    url: str
    join: str
    code: str
    addresses: tuple[Address, ...]
    console: str
    stage: str

    @classmethod
    def of(cls, found: dict[str, Any]) -> Told:
        known = {name: found[name] for name in cls.__slots__ if name != "addresses"}
        return cls(addresses=tuple(Address(**one) for one in found["addresses"]), **known)


def command() -> list[str]:
    """What starts this program once more, from a terminal's point of view."""
    if not getattr(sys, "frozen", False):
        return [sys.executable, "-m", "game.cli"]
    # Of a packed program's two forms, the one without a window can be spoken with.
    beside = Path(sys.executable).with_name(
        "longlunch.exe" if sys.platform == "win32" else "longlunch"
    )
    return [str(beside if beside.exists() else sys.executable)]


class Hosting:
    """A server. `news` hears each :class:`Told`, `gone` what it complained of, "" for nothing.

    Both are called through `soon`, that is by the drawing thread.
    """

    def __init__(
        self, soon: Soon, news: Callable[[Told], object], gone: Callable[[str], object],
        program: Sequence[str] | None = None,
    ) -> None:  # fmt: skip
        self._soon, self._news, self._gone = soon, news, gone
        self._program = list(program or command())
        self._process: subprocess.Popen[str] | None = None
        self._thread: threading.Thread | None = None
        self._lock = threading.Lock()
        self._ending = False

    def begin(self, scenarios: Sequence[str], *more: str) -> None:
        """Start it; returns at once."""
        words = [*self._program, "host", *scenarios, "--json", "--attended", "--no-window", *more]
        self._thread = threading.Thread(target=self._run, args=(words,), name="workshop")
        self._thread.start()

    def order(self, line: str) -> None:
        """Say something to it: the number of an address, or `links`."""
        with self._lock, contextlib.suppress(OSError, ValueError):
            if self._process is not None and self._process.stdin is not None:
                self._process.stdin.write(f"{line}\n")
                self._process.stdin.flush()

    def end(self) -> None:
        """Have it end; returns at once. The process is waited for elsewhere."""
        with self._lock, contextlib.suppress(OSError, ValueError):
            self._ending = True
            if self._process is not None and self._process.stdin is not None:
                self._process.stdin.close()

    def wait(self) -> None:
        """Until it has ended, and its thread too."""
        if self._thread is not None:
            self._thread.join(2 * _PATIENCE)

    def _run(self, words: Sequence[str]) -> None:
        hidden = getattr(subprocess, "CREATE_NO_WINDOW", 0)
        try:
            process = subprocess.Popen(
                words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                text=True, encoding="utf-8", errors="replace", creationflags=hidden,
            )  # fmt: skip
        except OSError as problem:
            why = problem.strerror or str(problem)
            self._soon(lambda: self._gone(why))
            return
        complaint: list[str] = []
        assert process.stdout is not None and process.stderr is not None
        listening = threading.Thread(target=complaint.extend, args=(process.stderr,), daemon=True)
        listening.start()
        with self._lock:
            self._process = process
        if self._ending:
            self.end()
        for line in process.stdout:
            with contextlib.suppress(ValueError, KeyError, TypeError):
                self._tell(Told.of(json.loads(line)))
        try:
            process.wait(_PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        listening.join(1.0)
        for pipe in (process.stdin, process.stdout, process.stderr):
            if pipe is not None:
                with contextlib.suppress(OSError):
                    pipe.close()
        said = "" if self._ending else _first(complaint)
        self._soon(lambda: self._gone(said))

    def _tell(self, told: Told) -> None:
        self._soon(lambda: self._news(told))


def _first(complaint: Sequence[str]) -> str:
    """The message of the first complaint: `error[H001]: the store …` without its code."""
    line = next((line for line in complaint if line.strip()), "")
    return line.partition("]: ")[2].strip() or line.strip()


def browse(url: str) -> None:
    """Open a page in the browser; one that is slow to start holds up nobody."""
    threading.Thread(target=webbrowser.open, args=(url,), daemon=True).start()
