"""A disk that pauses and refuses, and a pilot of an app that writes beside its frames."""

from __future__ import annotations

import errno
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from game.core.vocabulary import Phase
from game.desktop import raster_worker
from game.desktop.app import App
from game.desktop.pilot import Pilot
from game.desktop.playing import Playing
from game.desktop.screens.table import TableScreen
from game.desktop.settings import Settings as Looks
from game.session.seating import Settings
from game.session.transcript import load_transcript
from tests.session.tables import loaded

_PATIENCE = 30  # seconds until something that hangs is a failure


class Disk:
    """The disk of a test: it may pause until it is told to go on, and refuse."""

    def __init__(self) -> None:
        self.syncs = 0
        self.refuses = False
        self._goes = threading.Event()
        self._goes.set()
        self._sync, self._replace = os.fsync, os.replace

    def fsync(self, file: int) -> None:
        self.syncs += 1
        self._wait()
        if self.refuses:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        self._sync(file)

    def replace(self, old: str, new: str) -> None:
        self._wait()
        self._replace(old, new)

    def _wait(self) -> None:
        """As a call to the system does; the thread that draws, and tests, must never get here."""
        if threading.current_thread() is threading.main_thread() and not self._goes.is_set():
            raise AssertionError("the thread that draws waits for the disk")
        assert self._goes.wait(_PATIENCE)

    def pause(self) -> None:
        self._goes.clear()

    def go_on(self) -> None:
        self._goes.set()


class Slow(Pilot):
    """A pilot of an app that writes beside its frames, as a window does."""

    @classmethod
    def at(cls, screen: Any, file: Path | None = None, **looks: Any) -> Slow:
        settings = Looks(**({"typewriter": "instant"} | looks))
        app = App((1280, 720), settings, headless=True, inline_saving=False, settings_file=file)
        app.push(screen)
        app.step()
        return cls(app)

    def written(self) -> None:
        """Wait until everything is, and show what waited for it."""
        while not self.app.saving.writer.idle:
            self.app.saving.writer.wait()
            self.app.step()
        self.app.step()


def sit(
    moves: tuple[str, ...] = (), how: Settings | None = None, **looks: Any
) -> tuple[Slow, TableScreen]:
    playing = Playing.begin(loaded("seoul"), 1, how or Settings())
    while playing.game.phase is Phase.PREPARE:
        playing.play(playing.game.parse("wait"))
    for move in moves:
        playing.play(playing.game.parse(move))
    screen = TableScreen(playing)
    pilot = Slow.at(screen, **looks)
    pilot.wait(0.5)
    return pilot, screen


def kept(screen: Any) -> list[str]:
    """The entries that the game's file has now."""
    return [entry.id for entry in load_transcript(screen.playing.path).entries]


def said(screen: TableScreen) -> list[str]:
    return [utterance.text for utterance in screen.talk.said]


@contextmanager
def pausing(monkeypatch: pytest.MonkeyPatch, folder: Path) -> Iterator[Disk]:
    """Everything is kept in a folder, through the disk; pictures, most of the time, are blank."""
    made = Disk()
    monkeypatch.setenv("XDG_DATA_HOME", str(folder))
    with monkeypatch.context() as patch:
        patch.setattr(raster_worker, "render", _blank)
        patch.setattr(os, "fsync", made.fsync)
        patch.setattr(os, "replace", made.replace)
        yield made
        made.go_on()


def _blank(svg: str, wide: int, high: int, files: object) -> tuple[int, int, bytes]:
    return wide, high, bytes(4 * wide * high)
