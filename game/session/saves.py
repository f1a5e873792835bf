"""Where games are kept, and which of them are unfinished."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import platformdirs

from game.scenario.diagnostics import ScenarioError, refused

if TYPE_CHECKING:
    from game.session.game import Game

SUFFIX = ".lunch.json"


def saves_dir() -> Path:
    """The user's folder of saved games."""
    return Path(platformdirs.user_data_dir("longlunch", appauthor=False)) / "saves"


def new_path(scenario: str, seed: int) -> Path:
    """A file name that no saved game has yet."""
    folder = saves_dir()
    path = folder / f"{scenario}-{seed}{SUFFIX}"
    number = 2
    while path.exists():
        path = folder / f"{scenario}-{seed}-{number}{SUFFIX}"
        number += 1
    return path


def unwritable(path: Path, problem: OSError) -> ScenarioError:
    """W001: a game cannot be saved there; the command ends with status 2."""
    return refused(
        "W001",
        f"the game could not be saved: {problem.strerror or problem}",
        str(path),
        "a place that can be written to",
        "make room there, or give --save another place",
    )


def seal(path: Path) -> tuple[int, int, int] | None:
    """What tells one saved state of a file from every other; None if there is no file."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_ino, found.st_mtime_ns, found.st_size


def beside(path: Path) -> Path:
    """A free name next to a path."""
    stem = path.name.removesuffix(SUFFIX).removesuffix(".json")
    number = 2
    while (free := path.with_name(f"{stem}-{number}{SUFFIX}")).exists():
        number += 1
    return free


def unfinished(scenario: str, most: int = 12) -> tuple[Path, Game] | None:
    """The newest game of a scenario that was begun and not brought to an end."""
    from game.session.transcript import load_transcript
    from game.session.tries import go_on  # everything that plays, which names of files do without

    try:
        files = sorted(
            saves_dir().glob(f"{scenario}-*{SUFFIX}"), key=lambda p: p.stat().st_mtime, reverse=True
        )
    except OSError:
        return None
    for path in files[:most]:
        try:
            transcript = load_transcript(path)
            if transcript.scenario != scenario or not transcript.entries:
                continue
            game = go_on(transcript, str(path))
        except ScenarioError:
            continue  # a game of other rules is not offered, and not touched
        if not game.ended:
            return path, game
    return None
