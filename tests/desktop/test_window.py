"""A real window: a whole game by keys and by clicks, resized, ended in mid-answer and continued.

Under Xvfb where there is one, so that windows, events and sizes are the system's own; elsewhere
with the driver that draws into memory.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from game.session.saves import SUFFIX
from game.session.transcript import load_transcript

ROOT = Path(__file__).resolve().parents[2]
PLAYER = Path(__file__).with_name("window_player.py")
_PATIENCE = 60  # seconds until a player must be done
pytestmark = pytest.mark.long


@pytest.fixture(scope="module")
def display() -> Iterator[dict[str, str]]:
    """What the environment must say for a window to open."""
    if shutil.which("Xvfb") is None:
        yield {"SDL_VIDEODRIVER": "dummy"}
        return
    reading, writing = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1920x1200x24", "-nolisten", "tcp"],
        pass_fds=[writing], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    os.close(writing)
    try:
        with os.fdopen(reading) as numbers:
            number = numbers.readline().strip()
        assert number, "Xvfb found no free display"
        yield {"DISPLAY": f":{number}", "SDL_VIDEODRIVER": "x11"}
    finally:
        server.terminate()
        server.wait(20)


def begin(folder: Path, way: str, display: dict[str, str], **looks: Any) -> subprocess.Popen[bytes]:
    """A player with these settings; everything that is kept lies in the folder."""
    kept = folder / "data" / "longlunch"
    kept.mkdir(parents=True, exist_ok=True)
    told = {"mute": True, "seen": {"lesson": True}} | looks
    (kept / "settings.json").write_text(json.dumps(told), encoding="utf-8")
    environment = {k: v for k, v in os.environ.items() if k not in ("DISPLAY", "WAYLAND_DISPLAY")}
    environment |= display | {
        "PYTHONPATH": str(ROOT), "HOME": str(folder), "XDG_DATA_HOME": str(folder / "data"),
        "SDL_AUDIODRIVER": "dummy", "SDL_FRAMEBUFFER_ACCELERATION": "0",
        "SDL_JOYSTICK_ALLOW_BACKGROUND_EVENTS": "1",  # no window manager gives the window the focus
    }  # fmt: skip
    with (folder / "said.txt").open("wb") as said:
        return subprocess.Popen(
            [sys.executable, str(PLAYER), str(folder), way], env=environment,
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=said,
        )  # fmt: skip


def seen(folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((folder / "seen.json").read_text("utf-8"))
    return found


def finished(player: subprocess.Popen[bytes], folder: Path) -> dict[str, Any]:
    """What a player has seen who left by himself."""
    try:
        status = player.wait(_PATIENCE)
    finally:
        player.kill()
        player.wait()
    assert status == 0, (folder / "said.txt").read_text("utf-8")
    return seen(folder)


@pytest.mark.parametrize("way", ["keys", "clicks", "pad"])
def test_a_game_from_home_to_the_review_and_back(
    way: str, display: dict[str, str], tmp_path: Path
) -> None:
    player = begin(tmp_path, way, display, typewriter="instant", reduced_motion=True)
    found = finished(player, tmp_path)
    assert "failure" not in found, found
    assert found["driver"] == display["SDL_VIDEODRIVER"]
    if way == "pad":
        assert found["pad"] == [sys.platform == "linux", "pad"], "a real one where SDL can be asked"
    visited = list(dict.fromkeys(found["screens"]))
    assert visited == [
        "HomeScreen", "BriefingScreen", "PrepareScreen", "TableScreen", "EndingScreen",
        "ReviewScreen",
    ]  # fmt: skip
    assert found["screens"][-1] == "HomeScreen"
    assert found["ended"]
    assert found["reviewed"] >= found["moves"] > 4
    assert found["window"] == ([1600, 960] if way == "clicks" else [1280, 720])
    (path,) = (tmp_path / "data/longlunch/saves").glob(f"*{SUFFIX}")
    assert len(load_transcript(path).entries) >= found["moves"]
    assert (tmp_path / "data/longlunch/profile.json").exists(), "the review has told the profile"
    kept = json.loads((tmp_path / "data/longlunch/settings.json").read_text("utf-8"))
    assert kept["window"] == found["window"], "the window opens in its last size"


def test_a_game_that_is_killed_goes_on_at_the_same_turn(
    display: dict[str, str], tmp_path: Path
) -> None:
    player = begin(tmp_path, "die", display, typewriter="slow")
    end = time.monotonic() + _PATIENCE
    try:
        while not (tmp_path / "seen.json").exists():
            assert time.monotonic() < end and player.poll() is None
            time.sleep(0.02)
    finally:
        player.send_signal(signal.SIGKILL)  # in the middle of an answer
        player.wait()
    before = seen(tmp_path)
    (tmp_path / "seen.json").unlink()
    (path,) = (tmp_path / "data/longlunch/saves").glob(f"*{SUFFIX}")
    assert load_transcript(path).head == before["head"]
    after = finished(begin(tmp_path, "continue", display, typewriter="instant"), tmp_path)
    assert after["screens"] == ["HomeScreen", "TableScreen"]
    assert {name: after[name] for name in before} == before
