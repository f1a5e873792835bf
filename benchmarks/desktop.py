"""The desktop's frames and its start, without a graphics card and without a display."""

from __future__ import annotations

import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from game.desktop.app import App
    from game.desktop.input import Event

ROOT = Path(__file__).resolve().parent.parent

# What a person waits for: until a frame is drawn and the next event would be answered.
_START = """
from game.desktop.app import App
from game.desktop.main import first_screen
if __name__ == "__main__":
    app = App((1280, 720))
    app.begin(first_screen)
    app.render()
    print("shown", flush=True)
    app.shut()
"""
_MINUTE = """
import json, sys
from dataclasses import asdict
from benchmarks.desktop import minute
if __name__ == "__main__":
    print(json.dumps(asdict(minute((int(sys.argv[1]), int(sys.argv[2]))))))
"""
_IDLE = """
from benchmarks.desktop import idle
if __name__ == "__main__":
    print(*idle())
"""
SCENARIO = "seoul"
_RATE = 60  # frames a second
_FRAMES = 240


def frame_seconds(size: tuple[int, int] = (1280, 720), theme: str = "paper") -> tuple[float, float]:
    """Median and worst seconds of a whole frame of the gallery, drawn anew from what is cached."""
    from game.desktop.pilot import Pilot
    from game.desktop.screens.gallery import GalleryScreen
    from game.desktop.settings import Settings

    pilot = Pilot.over(GalleryScreen(), size, Settings(theme=theme))
    root = pilot.app.screen.root
    for _ in range(_FRAMES):
        root.damage(root.rect)
        pilot.app.render()
    drawn = list(pilot.app.frames)[-_FRAMES:]
    return statistics.median(drawn), max(drawn)


def typing_seconds(size: tuple[int, int] = (1280, 720)) -> tuple[float, float]:
    """Median and worst seconds of a frame while words appear letter by letter."""
    from game.desktop.pilot import Pilot
    from game.desktop.screens.gallery import GalleryScreen

    pilot = Pilot.over(GalleryScreen(), size)
    pilot.key("r")
    before = pilot.app.redraws
    pilot.until_still()
    drawn = list(pilot.app.frames)[-(pilot.app.redraws - before) :]
    return statistics.median(drawn), max(drawn)


def start_seconds(repeats: int = 5) -> float:
    """Median seconds from asking for the process until home is drawn and takes input."""
    found: list[float] = []
    with tempfile.TemporaryDirectory() as home:
        for _ in range(repeats):
            begun = time.perf_counter()
            process = subprocess.Popen(
                [sys.executable, "-c", _START], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                text=True, env=_environment(home), cwd=ROOT,
            )  # fmt: skip
            assert process.stdout is not None
            shown = process.stdout.readline()
            found.append(time.perf_counter() - begun)
            process.communicate(timeout=60)
            if shown != "shown\n":
                raise RuntimeError("the first screen did not come")
    return statistics.median(found)


@dataclass(frozen=True, slots=True)
class Played:
    """A scripted minute at the table: seconds of a frame drawn whole (median), of the longest
    stretch between two frames, events and moves included; and the most memory it took, MiB."""

    whole: float
    longest: float
    memory: float


def played(size: tuple[int, int] = (1280, 720)) -> Played:
    """A minute of `SCENARIO` in a process of its own, pictures made in theirs as in a window."""
    with tempfile.TemporaryDirectory() as home:
        done = subprocess.run(
            [sys.executable, "-c", _MINUTE, *map(str, size)], capture_output=True, text=True,
            env=_environment(home), check=True, cwd=ROOT,
        )  # fmt: skip
    return Played(**json.loads(done.stdout.splitlines()[-1]))


def minute(size: tuple[int, int]) -> Played:
    """The same in this process; saved games lie where the environment says. Pictures are made and
    games written beside the frames, as in a window."""
    from game.desktop.app import App
    from game.desktop.loop import let_stay
    from game.desktop.playing import Playing
    from game.desktop.settings import Settings
    from game.scenario.load import load_scenario
    from game.session.seating import Settings as Seating

    app = App(size, Settings(), headless=True, inline_pictures=False, inline_saving=False)
    app.ui.raster.start()  # as after the first frame of a window
    playing = Playing.begin(load_scenario(SCENARIO), 3, Seating("guided"))
    while playing.kind == "prepare":
        playing.play(playing.game.hand()[0])
    app.push(playing.screen())
    app.render()
    let_stay()  # as in a window
    app.ui.raster.wait(60.0)
    app.step(seconds=2.0)
    times = [_timed(app, number) for number in range(60 * _RATE)]
    whole = []
    for _ in range(_FRAMES):
        app.screen.root.damage(app.screen.root.rect)
        begun = time.perf_counter()
        app.render()
        whole.append(time.perf_counter() - begun)
    app.shut()
    peaks = [resource.getrusage(who).ru_maxrss
             for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]  # fmt: skip
    return Played(statistics.median(whole), max(times), sum(peaks) / 1024)


def idle_shares() -> tuple[int, float]:
    """Frames drawn while home stands untouched for ten seconds, and the share of a processor."""
    with tempfile.TemporaryDirectory() as home:
        done = subprocess.run(
            [sys.executable, "-c", _IDLE], capture_output=True, text=True,
            env=_environment(home), check=True, cwd=ROOT,
        )  # fmt: skip
    drawn, share = done.stdout.split()[-2:]
    return int(drawn), float(share)


def idle(before: float = 6.0, seconds: float = 10.0) -> tuple[int, float]:
    """The same in this process, once `before` seconds have passed and all pictures are there."""
    from game.desktop.app import App
    from game.desktop.main import first_screen

    app = App((1280, 720))
    app.begin(first_screen)
    seen: list[tuple[int, float]] = []

    def watch() -> None:
        time.sleep(before)
        while app.ui.raster.busy:  # its pictures are still coming
            time.sleep(0.5)
        for pause in (1.0, seconds):
            time.sleep(pause)
            seen.append((app.redraws, time.process_time()))
        app.call_soon(app.quit)

    watcher = threading.Thread(target=watch)
    watcher.start()
    app.run()
    watcher.join()
    (drawn, spent), (drawn_then, spent_then) = seen
    return drawn_then - drawn, (spent_then - spent) / seconds


def _timed(app: App, number: int) -> float:
    """Seconds of a frame as the loop of a window goes through it; the pointer always moves, and
    every five seconds an action is taken, and what is told of it is skipped after four."""
    from game.desktop.input import Command, Key, Pointer

    events: list[Event] = [Pointer("move", (number * 7) % 1280, 420 + number % 200)]
    taken, at = divmod(number, 5 * _RATE)
    command = Command(str(1 + taken % 5))
    deeds = {30: command, 60: Command.BACK if _sheets(app) else None, 270: Command.SKIP}
    deed = deeds.get(at)
    if deed is not None:
        events.append(Key("", deed))
    begun = time.perf_counter()
    app.advance(1 / _RATE)
    for event in events:
        app.handle(event)
    app.render()
    taken_up = time.perf_counter() - begun
    while app.ui.raster.busy and time.perf_counter() - begun < 1 / _RATE:
        time.sleep(0.001)  # as in a window, the rest of the time is the pictures'
    return taken_up


def _sheets(app: App) -> bool:
    """Whether a sheet is open: a read is asked for, which is left for later."""
    return len(app.screen.root.layers) > 1


def _environment(home: str) -> dict[str, str]:
    return {**os.environ, "SDL_VIDEODRIVER": "dummy", "SDL_AUDIODRIVER": "dummy",
            "PYTHONPATH": str(ROOT), "XDG_DATA_HOME": home}  # fmt: skip
