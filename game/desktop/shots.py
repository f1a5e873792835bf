"""`longlunch shots`: every screen in every state as PNG, without a window, and what does not fit.

Each state is brought about anew for each text size and then shown in every theme and window, as
when somebody changes the settings while it is open. The same command writes the same pictures.
"""

from __future__ import annotations

import fnmatch
import json
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from game.analysis.settings import usage
from game.desktop.failure import FailureScreen, message
from game.desktop.pilot import Pilot
from game.desktop.settings import THEMES
from game.desktop.shots_states import SHOTS
from game.desktop.shots_studio import Studio, copied, data_at, fill
from game.desktop.words import say
from game.scenario.diagnostics import did_you_mean

FORMAT = "longlunch.shots/1"
SIZES = ((1280, 720), (1920, 1080))  # px
TEXT = (1.0, 2.0)


@dataclass(frozen=True, slots=True)
class Look:
    """How a state is looked at."""

    theme: str
    text: float  # scale
    size: tuple[int, int]  # px

    @property
    def name(self) -> str:
        return f"{self.theme}-{self.text * 100:.0f}-{self.size[1]}"


@dataclass(frozen=True, slots=True)
class Shot:
    """One picture: its file's name in the folder, "" if none could be taken, and its faults."""

    state: str
    theme: str
    text: int  # percent
    width: int  # px
    height: int
    file: str
    faults: tuple[str, ...]


def wanted(patterns: Sequence[str]) -> dict[str, list[Look]]:
    """The looks of each state that some pattern asks for; all of them without any.

    A pattern fits a state's name, or name and look as in `table-first.dark-*`. Raises U001 for
    one that fits nothing.
    """
    looks = [Look(theme, text, size) for text in TEXT for theme in THEMES for size in SIZES]
    found: dict[str, list[Look]] = {}
    used: set[str] = set()
    for state in SHOTS:
        for look in looks:
            names = state, f"{state}.{look.name}"
            fits = {p for p in patterns if any(fnmatch.fnmatchcase(n, p) for n in names)}
            used |= fits
            if fits or not patterns:
                found.setdefault(state, []).append(look)
    for pattern in patterns:
        if pattern not in used:
            raise usage(
                f"there is no picture “{pattern[:60]}”",
                "a state such as table-first, or several such as 'sheet-*'",
                did_you_mean(pattern, list(SHOTS)) or "leave out --only for all of them",
            )
    return found


def take(folder: Path, patterns: Sequence[str] = ()) -> Iterator[Shot]:
    """Write the pictures that are asked for, one after the other; OSError where none can be."""
    looks = wanted(patterns)
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="longlunch-") as made:
        data = Path(made)
        for state, asked in looks.items():
            for text in dict.fromkeys(look.text for look in asked):
                place = data / f"{state}-{text}"
                if SHOTS[state][1]:
                    _full(data / "full", place)
                place.mkdir(exist_ok=True)
                with data_at(place):
                    yield from _shown(
                        state, Studio(place, text), [k for k in asked if k.text == text], folder
                    )


def _full(full: Path, place: Path) -> None:
    if not full.exists():
        full.mkdir()
        fill(full)
    copied(full, place)


def _shown(state: str, studio: Studio, looks: Sequence[Look], folder: Path) -> Iterator[Shot]:
    """One state in one text size. What fails is a fault of its own: others are still to be seen."""
    try:
        pilot = SHOTS[state][0](studio)
    except Exception as problem:
        why = (f"{type(problem).__name__}: {problem}".split("\n", 1)[0],)
        yield from (_shot(state, look, "", why) for look in looks)
        return
    try:
        for look in looks:
            faults = _dressed(pilot, look, state)
            name = f"{state}.{look.name}.png"
            pilot.picture(folder / name)
            yield _shot(state, look, name, faults)
    finally:
        pilot.app.shut()


def _shot(state: str, look: Look, file: str, faults: tuple[str, ...]) -> Shot:
    return Shot(state, look.theme, round(look.text * 100), *look.size, file, faults)


def _dressed(pilot: Pilot, look: Look, state: str) -> tuple[str, ...]:
    """Have an app look so; what does not fit then."""
    app = pilot.app
    app.settings.theme = look.theme
    app.resize(*look.size)
    pilot.wait(0.5)
    if isinstance(app.screen, FailureScreen) and state != "failure":
        return (message(app.screen.problem),)
    return tuple(dict.fromkeys(pilot.overlaps()))


def to_json(shots: Sequence[Shot]) -> dict[str, Any]:
    """`longlunch.shots/1`; see docs/json/shots.schema.json."""
    return {
        "format": FORMAT,
        "ok": not any(shot.faults for shot in shots),
        "shots": [{**asdict(shot), "faults": list(shot.faults)} for shot in shots],
    }


def run(folder: Path, patterns: Sequence[str] = (), as_json: bool = False) -> int:
    """The command; 1 if something does not fit anywhere."""
    shots = []
    for shot in take(folder, patterns):
        shots.append(shot)
        for fault in () if as_json else shot.faults:
            print(f"{shot.state}.{shot.theme}-{shot.text}-{shot.height}: {fault}", flush=True)
    faulty = sum(bool(shot.faults) for shot in shots)
    if as_json:
        print(json.dumps(to_json(shots), ensure_ascii=False, indent=2))
    else:
        kept = sum(bool(shot.file) for shot in shots)
        said = "shots.clean" if not faulty else "shots.faulty"
        print(say(said, count=kept, faulty=faulty, folder=folder), file=sys.stdout)
    return 1 if faulty else 0
