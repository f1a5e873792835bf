"""Real ends of a window on a slow disk: killed, told to end, on a disk that is full."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from game.session.transcript import load_transcript

ROOT = Path(__file__).resolve().parents[2]
_PATIENCE = 60  # seconds until a player must be done
pytestmark = pytest.mark.long

# A window (drawn into memory) with a game, on a disk that takes 0.3 s for everything; WAY is what
# becomes of it. Every new entry is told on standard output once words that answer it are shown.
_PLAYER = """
import os, signal, sys, threading, time
way, folder = sys.argv[1:]
os.environ.update(SDL_VIDEODRIVER="dummy", SDL_AUDIODRIVER="dummy", XDG_DATA_HOME=folder)
from game import cli
from game.core.vocabulary import Phase
from game.desktop import app as app_module, main
from game.desktop.input import Command, Key
from game.desktop.playing import Playing
from game.desktop.screens.table import TableScreen
from game.scenario.load import load_scenario
from game.session.seating import Settings

sync, told = os.fsync, []

def slow(file):
    time.sleep(0.3)
    if way == "refuse":
        raise OSError(28, os.strerror(28))
    sync(file)

class App(app_module.App):
    def run(self, screen=None):
        self.settings.typewriter = "instant"
        threading.Thread(target=self.live, daemon=True).start()
        return super().run(screen)
    def live(self):
        while self.running:
            self.call_soon(self.beat)
            time.sleep(0.01)
    def beat(self):
        screen = self.screen
        said = [utterance.text for utterance in screen.talk.said]
        for turn in screen.game.turns:
            if turn.entry not in told and any(one.text in said for one in turn.said):
                told.append(turn.entry)
                print(turn.entry, flush=True)
        if len(screen.root.layers) > 1:
            self.command(Command.BACK)
        elif not (screen.teller.telling or self.saving.holding):
            self.handle(Key("1", Command("1")))
            if way != "kill":
                print(screen.game.transcript.head, flush=True)
                os.kill(os.getpid(), signal.SIGTERM)

def first_screen(*_, **__):
    playing = Playing.begin(load_scenario("seoul"), 1, Settings())
    while playing.game.phase is Phase.PREPARE:
        playing.game.play("wait")
    playing.save()
    os.fsync = slow
    return TableScreen(playing)

if __name__ == "__main__":
    app_module.App, main.first_screen = App, first_screen
    sys.exit(cli.main(["play", "seoul"]))
"""


def player(way: str, folder: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", _PLAYER, way, str(folder)], stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    )  # fmt: skip


def entries(folder: Path) -> list[str]:
    (path,) = (folder / "longlunch/saves").glob("*.lunch.json")
    return [entry.id for entry in load_transcript(path).entries]


@pytest.mark.parametrize(("shown", "later"), [(1, 0.0), (2, 0.15), (2, 0.35), (3, 0.5)])
def test_whoever_is_killed_has_lost_nothing_that_was_shown(
    shown: int, later: float, tmp_path: Path
) -> None:
    with player("kill", tmp_path) as process:
        assert process.stdout is not None
        try:
            seen = [process.stdout.readline().strip() for _ in range(shown)]
            time.sleep(later)
        finally:
            process.send_signal(signal.SIGKILL)
        seen += process.stdout.read().split()
    assert all(seen) and len(seen) >= shown
    assert set(seen) <= set(entries(tmp_path))


@pytest.mark.parametrize("way", ["term", "refuse"])
def test_whoever_is_told_to_end_writes_the_last_move_or_says_that_he_cannot(
    way: str, tmp_path: Path
) -> None:
    with player(way, tmp_path) as process:
        try:
            told, complaint = process.communicate(timeout=_PATIENCE)
        finally:
            process.kill()
    head = told.split()[0]
    if way == "term":
        assert process.returncode == 0, complaint
        assert head in entries(tmp_path)
    else:
        assert process.returncode == 2
        assert "W001" in complaint and "Traceback" not in complaint
        assert head not in entries(tmp_path)
