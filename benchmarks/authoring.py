"""The tools of authors: a whole `longlunch balance`, on two cores as an author has, and how soon
the preview's window shows what was saved."""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.timing import as_installed

CORES = 2
_SAVES = 9
_TURN = 5  # of the meeting that is previewed
_WIDE = (1600, 720)  # as the preview opens: the inspector stands beside the table
_FRAME = 1 / 60


def balance_seconds(scenario: str) -> float:
    """Seconds of a whole process: eight sellers, nine bands and the buyers as written, 2,000 games
    each, the reference on 200, moves weighed, voices heard. Once, since it takes many."""
    command = [
        sys.executable, "-m", "game.cli", "balance", scenario, "--jobs", str(CORES), "--json"
    ]  # fmt: skip
    with _cores(CORES):
        start = time.perf_counter()
        subprocess.run(
            command,
            cwd=Path(__file__).resolve().parents[1],
            check=True,
            capture_output=True,
            env=as_installed(),
        )
        return time.perf_counter() - start


def reload_seconds(scenario: str) -> tuple[float, float]:
    """Median and worst seconds from a save until the preview's window shows it, its inspector open,
    in the middle of a meeting. The look at the files that has just been missed is waited for."""
    from game.authoring.preview.draft import Draft
    from game.authoring.preview.place import Place
    from game.authoring.preview.window import LOOK, Previewed
    from game.desktop.app import App
    from game.desktop.loop import let_stay
    from game.desktop.settings import Settings
    from game.scenario.library import scenarios_dir
    from game.session.seating import Settings as Seating

    found: list[float] = []
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(scenarios_dir(), folder, dirs_exist_ok=True)
        path = Path(folder) / f"{scenario}.yaml"
        text = path.read_text(encoding="utf-8")
        draft = Draft.open(path, 1, Seating("guided"), Place(0, _TURN, ""))
        app = App(_WIDE, Settings(), headless=True)
        app.push(Previewed(draft).screen())
        app.step(seconds=1.0)
        if not app.screen.panel.visible:  # type: ignore[attr-defined]
            raise RuntimeError("the inspector is not open")
        let_stay()  # as in a window
        for number in range(_SAVES):
            before = app.screen
            path.write_text(f"{text}# save {number}\n", encoding="utf-8")
            for _ in range(round(LOOK / _FRAME) + 2):
                begun = time.perf_counter()
                app.advance(_FRAME)
                app.render()
                if app.screen is not before:
                    break
            if app.screen is before:
                raise RuntimeError("the window never noticed the save")
            found.append(LOOK + time.perf_counter() - begun)  # of the frame that found it
            app.step(seconds=1.0)
        app.shut()
    return statistics.median(found), max(found)


@contextmanager
def _cores(many: int) -> Iterator[None]:
    """So many cores for processes that are started meanwhile, where a system allows to choose."""
    if not hasattr(os, "sched_setaffinity"):
        yield
        return
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, range(min(many, os.cpu_count() or 1)))
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)
