"""What a player has done so far, in folders of a test's own."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from pathlib import Path

import platformdirs
import pytest

from game.review import profile_files as files
from game.review.profile import Lost, Profile
from game.review.profile_records import ReviewRecord
from game.scenario.load import Loaded
from game.session.game import Game
from game.session.saves import new_path
from game.session.seating import Settings
from game.session.transcript import Transcript, load_transcript
from tests.at_hand import at_hand

GOLDEN = Path(__file__).parents[1] / "golden"
TODAY = date(2025, 5, 14)
DAY = timedelta(1)


def at_home(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    """Have everything that is kept about the player below a folder."""
    for name in ("user_data_dir", "user_documents_dir", "user_pictures_dir"):
        place = folder / name.split("_")[1]
        monkeypatch.setattr(platformdirs, name, lambda *a, _place=place, **k: str(_place))


def loaded(scenario: str) -> Loaded:
    return at_hand(scenario)


@cache
def golden(scenario: str) -> Transcript:
    return load_transcript(GOLDEN / f"{scenario}.lunch.json")


def reviewed(number: int, scenario: str, accuracy: float, **more: object) -> ReviewRecord:
    """A review of a game that lies `number` days back."""
    known: dict[str, object] = {
        "date": TODAY - number * DAY, "transcript": f"sha256:{number:064x}", "head": "e9",
        "scenario": scenario, "buyers": tuple(loaded(scenario).scenario.buyers),
        "seed": number, "help": "plain", "blind": False, "score": 50.0 + number, "skill": 1.0,
        "luck": 0.5, "accuracy": accuracy, "style": 0.25, "style_n": 10,
    }  # fmt: skip
    return ReviewRecord.model_validate(known | more)


@cache
def _lost() -> tuple[Lost, ...]:
    game = Game.resume(golden("seoul"))
    first, second = [turn for turn in game.turns if turn.number][2:4]
    return (
        Lost(first.entry, first.number, "mistake", 17.2, "price"),
        Lost(second.entry, second.number, "inaccuracy", 6.2),
    )


def practised(due: date = TODAY) -> Profile:
    """Three reviews, and two moments of a game in Seoul that are due on a day."""
    profile = Profile(files.data_dir())
    for number, (scenario, accuracy) in enumerate(
        (("osaka", 80.0), ("seoul", 60.0), ("osaka", 70.0)), 1
    ):
        profile.add_review(reviewed(number, scenario, accuracy))
    profile.add_moments(golden("seoul"), _lost(), due - DAY)
    profile.save()
    return profile


@cache
def _played(scenario: str, moves: int, seed: int) -> Transcript:
    game = Game(loaded(scenario), seed, Settings())
    for _ in range(moves):
        game.play(game.hand()[0])
    return game.transcript


def left_in_the_middle(scenario: str = "seoul", moves: int = 6, seed: int = 7) -> Path:
    """A saved game that goes on; gives its file."""
    path = new_path(scenario, seed)
    _played(scenario, moves, seed).save(path)
    return path
