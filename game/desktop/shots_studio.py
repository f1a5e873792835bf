"""Where pictures of screens are taken: settings, a data folder of its own, games played by rule.

Nothing of the person at this machine is read or written, and nothing depends on the day.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path

import platformdirs

from game.core.vocabulary import Ending, Phase
from game.desktop.pilot import Pilot
from game.desktop.playing import Playing
from game.desktop.reviewing import News
from game.desktop.screen import Screen
from game.desktop.settings import Settings
from game.review import keeping
from game.review.profile import Profile
from game.review.profile_files import data_dir as profile_dir
from game.review.review import review
from game.scenario.library import data_dir
from game.scenario.load import Loaded, load_scenario
from game.session.game import Game
from game.session.seating import Settings as GameSettings

TODAY = date(2026, 3, 9)
LONG = "long-words"  # the table at which every name is as long as they get
_PLAYED = (  # what a full profile has behind it: scenario, scripted play, when it was reviewed
    ("toronto", 0, date(2026, 1, 12)),
    ("osaka", 0, date(2026, 1, 30)),
    ("rotterdam", 1, date(2026, 2, 17)),
    ("paris", 0, date(2026, 3, 2)),
)
_MOST_MOVES = 120
_MOST_SEEDS = 400


@cache
def scenario(name: str) -> Loaded:
    """A shipped scenario, or the one with long words."""
    return load_scenario(data_dir("assets") / "shots" / f"{LONG}.yaml" if name == LONG else name)


def play_on(game: Game, turns: int | None = None, step: int = 7) -> None:
    """Play from the hand by rule, to turn `turns` of the meeting at most, None: to the end."""
    for made in range(_MOST_MOVES):
        at_table = game.phase is Phase.TABLE
        if game.ended or (turns is not None and at_table and game.number("turn") >= turns):
            return
        hand = game.hand()
        game.play(hand[(made * step + game.seed) % len(hand)])


def play_gently(game: Game, moves: int = _MOST_MOVES) -> None:
    """Play what ends nothing, for as long as a meeting lasts."""
    hasty = ("part", "accept", "press", "insist", "bluff", "correct", "quote", "criticise")
    for made in range(moves):
        if game.ended:
            return
        hand = game.hand()
        calm = [a for a in hand if not game.rules.actions[a].startswith(hasty)] or hand
        game.play(calm[made % len(calm)])


@cache
def _seed_for(name: str, ending: Ending) -> int:
    """The first seed with which playing by rule ends so; LookupError if none does."""
    for seed in range(1, _MOST_SEEDS):
        game = Game(scenario(name), seed)
        play_on(game)
        if game.ended and int(game.outcome().ending[0]) == ending:
            return seed
    raise LookupError(f"no game of {name} ends with {ending.name.lower()}")


@cache
def reviewed(name: str, seed: int, moves: int | None, stages: int | None) -> tuple[News, ...]:
    """The first stages of the review of a game that was played by rule; None: all of them."""
    game = Game(scenario(name), seed)
    if moves is None:
        play_on(game)
    else:
        play_gently(game, moves)
    found: list[News] = []
    for stage in review(game):
        found.append(stage)
        if len(found) == stages:
            break
    return tuple(found)


@dataclass
class Studio:
    """One picture is set up here. `folder` is the data folder, empty at first."""

    folder: Path
    text_scale: float = 1.0
    size: tuple[int, int] = (1280, 720)
    settings: Settings = field(init=False)

    def __post_init__(self) -> None:
        self.settings = Settings(
            text_scale=self.text_scale, reduced_motion=True, typewriter="instant"
        )

    # --- games ----------------------------------------------------------------------------------

    def sit(
        self, name: str, seed: int = 1, settings: GameSettings | None = None,
        moves: Sequence[str] = (),
    ) -> Playing:  # fmt: skip
        """A game with these moves made, by their notation; its file is in the folder."""
        playing = Playing.begin(scenario(name), seed, settings or GameSettings())
        for move in moves:
            playing.play(playing.game.parse(move))
        playing.spoken = len(playing.game.turns)
        return playing

    def at_turn(
        self, name: str, turn: int = 1, seed: int = 1, settings: GameSettings | None = None,
        step: int = 7, reads: bool = True,
    ) -> Playing:  # fmt: skip
        """A game at a turn of its first meeting, played by rule; reads are marked on the way."""
        playing = self.sit(name, seed, settings)
        play_on(playing.game, turn, step)
        if reads and turn > 1:
            for number, buyer in enumerate(playing.game.present):
                playing.read(0.3 + 0.4 * number, 0.5, buyer)
        playing.save()
        playing.spoken = len(playing.game.turns)
        return playing

    def ended(self, name: str, ending: Ending) -> Playing:
        """A finished game of this ending."""
        playing = self.sit(name, _seed_for(name, ending))
        play_on(playing.game)
        playing.save()
        return playing

    def scripted(self, name: str, number: int = 0) -> Playing:
        """One of the playthroughs that a scenario brings with it, from 0."""
        play = list(scenario(name).scenario.plays.values())[number]
        playing = self.sit(name, play.seed)
        for move in play.moves:
            if playing.game.ended:
                break
            playing.game.play(move)
        playing.save()
        playing.spoken = len(playing.game.turns)
        return playing

    # --- pictures -------------------------------------------------------------------------------

    def show(self, screen: Screen, *below: Screen) -> Pilot:
        """A headless app that shows a screen, with others below it, once nothing moves."""
        first, *more = (*below, screen)
        pilot = Pilot.over(first, self.size, self.settings)
        for one in more:
            pilot.app.push(one)
        self.rest(pilot)
        return pilot

    def rest(self, pilot: Pilot) -> Pilot:
        """Let pass what passes by itself: words that come piece by piece, toasts."""
        pilot.wait(6.0)
        return pilot


def fill(folder: Path) -> None:
    """A data folder as it looks after two months: reviewed games, one that is open, a test."""
    with data_at(folder):
        profile = Profile.load(profile_dir())
        profile.add_test(date(2026, 1, 5), "self", "all", {"d": 0.34, "spread": 0.2})
        profile.save()
        studio = Studio(folder)
        for name, number, day in _PLAYED:
            playing = studio.scripted(name, number)
            first = next(review(playing.game))
            keeping.keep(first, playing.game, day)
        studio.at_turn("seoul", 6, 3)


def copied(full: Path, folder: Path) -> None:
    """Another data folder like a full one."""
    shutil.copytree(full, folder, dirs_exist_ok=True)


@contextmanager
def data_at(folder: Path) -> Iterator[None]:
    """Have everything that is kept about the player lie in this folder for a while."""
    before: Callable[..., str] = platformdirs.user_data_dir
    platformdirs.user_data_dir = lambda *args, **options: str(folder)
    try:
        yield
    finally:
        platformdirs.user_data_dir = before
