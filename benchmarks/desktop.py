"""The desktop's frames and its start, without a graphics card and without a display."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

# What a person waits for: from the process's start until a frame that takes input is drawn.
_START = """
import time
begun = time.perf_counter()
import json, resource
from game.desktop.app import App
from game.desktop.main import first_screen
if __name__ == "__main__":
    app = App((1280, 720))
    app.begin(first_screen)
    app.render()
    shown = time.perf_counter() - begun
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps([shown, peak]))
    app.shut()
"""
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


def start_seconds(repeats: int = 5) -> tuple[float, float]:
    """Median seconds from the interpreter's first line to the first frame, as a process of its
    own; and the most memory that it took, MiB."""
    env = {**os.environ, "SDL_VIDEODRIVER": "dummy", "SDL_AUDIODRIVER": "dummy",
           "PYTHONPATH": str(ROOT)}  # fmt: skip
    found: list[tuple[float, float]] = []
    for _ in range(repeats):
        done = subprocess.run(
            [sys.executable, "-c", _START], capture_output=True, text=True, env=env, check=True
        )
        shown, peak = json.loads(done.stdout.splitlines()[-1])
        found.append((shown, peak))
    return statistics.median(s for s, _ in found), max(m for _, m in found)
