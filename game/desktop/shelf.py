"""What is there to go on with: scenarios, saved games, the profile. For the home screen.

Saved games are told from their files by playing them again, which takes a tenth of a second each,
so that is done in a thread and remembered as long as a file stays as it is. Whatever cannot be read
is passed over: it belongs to another version, or to somebody else.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from game.core.vocabulary import Phase
from game.review import profile_files as files
from game.scenario import language
from game.scenario.cover import Cover, Sitter, cover, cover_of
from game.scenario.diagnostics import LongLunchError
from game.scenario.library import lessons, shipped
from game.scenario.sources import Source
from game.session.saves import SUFFIX, saves_dir, seal

if TYPE_CHECKING:
    from game.review.profile import Profile, Summary
    from game.review.profile_records import ReviewRecord
    from game.review.sides import Sides
    from game.scenario.load import Loaded
    from game.session.game import Game

_MOST_SAVES = 40  # the newest; older ones are history
_Seal = tuple[int, int, int] | None


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody you have met; `d` in [0, 1] is where they stand by themselves."""

    name: str
    d: float


@dataclass(frozen=True, slots=True)
class Save:
    """A saved game. `turn` is the next one in its meeting, 0 away from a table; `score` in
    [0, 100] that of the original line, None while it is open."""

    path: Path
    scenario: str
    title: str
    city: str
    ended: bool
    turn: int
    score: float | None
    people: tuple[Person, ...]

    @property
    def counts(self) -> bool:
        """Whether it says something of the player; a lesson does not."""
        return self.scenario not in lessons()


_saves: dict[tuple[Path, _Seal], Save | None] = {}
_covers: dict[Hashable, Cover | LongLunchError] = {}
_checked: dict[Hashable, LongLunchError | None] = {}


def _key(place: Path | Source) -> Hashable:
    """What tells one state of a scenario's file from every other."""
    if isinstance(place, Path):
        return place, seal(place)
    return place.shown, place.text, place.pack and place.pack.sha256


def cover_at(place: Path | Source) -> Cover | LongLunchError:
    """What a scenario says of itself in the current language, or what is wrong with it."""
    key = _key(place), language.current()
    if key not in _covers:
        try:
            _covers[key] = cover(place) or cover_of(_glanced(place))
        except LongLunchError as problem:
            _covers[key] = problem
    return _covers[key]


def fault_of(place: Path | Source) -> LongLunchError | None:
    """What is wrong with a scenario, its voices apart; None if nothing is."""
    key = _key(place)
    if key not in _checked:
        try:
            _glanced(place)
            _checked[key] = None
        except LongLunchError as problem:
            _checked[key] = problem
    return _checked[key]


def _glanced(place: Path | Source) -> Loaded:
    from game.scenario.glance import glance  # the models, which a cover does without
    from game.scenario.translated import in_language

    return in_language(glance(place))


def save_of(path: Path) -> Save | None:
    """What a saved game is; None if it cannot be played here, or nothing was done in it."""
    key = path, seal(path)
    if key not in _saves:
        try:
            _saves[key] = _read(path)
        except LongLunchError:
            _saves[key] = None
    return _saves[key]


def _read(path: Path) -> Save | None:
    from game.session.transcript import load_transcript
    from game.session.tries import go_on, original

    transcript = load_transcript(path)
    if not transcript.entries:
        return None
    game = go_on(transcript, str(path))
    first = original(game)
    at_table = game.phase in (Phase.TABLE, Phase.AFTER)
    scenario = game.scenario
    return Save(
        path,
        scenario.scenario,
        scenario.title,
        scenario.city,
        game.ended,
        int(game.number("turn")) if at_table else 0,
        float(first.outcome().score[0]) if first.ended else None,
        _people(first) if first.ended else (),
    )


def _people(game: Game) -> tuple[Person, ...]:
    return tuple(map(_person, cover_of(game.loaded).buyers.values()))


def _person(buyer: Sitter) -> Person:
    """By the part of the name that they are addressed with: Kang, Ter Horst."""
    known = buyer.name.split()
    short = " ".join(word for word in buyer.address.split() if word in known)
    return Person(short or buyer.name, buyer.d)


def newest_saves(most: int = _MOST_SAVES) -> list[Path]:
    """Files of saved games, the last changed first."""
    try:
        found = [(path.stat().st_mtime_ns, path) for path in saves_dir().glob(f"*{SUFFIX}")]
    except OSError:
        return []
    return [path for _, path in sorted(found, reverse=True)[:most]]


def of_lesson(path: Path) -> bool:
    """Whether a file is called as games of a lesson are."""
    return any(path.name.startswith(f"{id}-") for id in lessons())


class Shelf:
    """All of it, as it is now. `saves` fills while `read` runs; `reading` says whether it does."""

    def __init__(
        self, tables: Mapping[str, Source] | None = None, *,
        written: Callable[[], object] = lambda: None,
    ) -> None:  # fmt: skip
        """`tables` are those of a pack, by id; without them it is the shipped ones. `written`
        waits until the files are there that are being written: it is called in the thread."""
        self._written = written
        places: Mapping[str, Path | Source] = tables or dict(sorted(shipped().items()))
        self._places = places
        self.scenarios = {id: cover_at(place) for id, place in places.items()}
        titles = {s.pack.manifest.title for s in (tables or {}).values() if s.pack is not None}
        self.title = " ".join(titles)  # of the pack; "" for the shipped ones
        self.saves: list[Save] = []
        self.problem: LongLunchError | None = None  # with the profile
        self._thread: threading.Thread | None = None
        self._stopped = False
        self._kept = os.path.lexists(files.data_dir() / files.FILE)
        if self._kept:
            _ = self.profile  # what is wrong with it is to be told at once

    @cached_property
    def profile(self) -> Profile | None:
        """What is kept of the player, empty if nothing is; None if it cannot be read."""
        from game.review.profile import Profile  # who has kept nothing yet does not wait for it

        try:
            return Profile.load(files.data_dir())
        except LongLunchError as problem:
            self.problem = problem
            return None

    @property
    def _profile(self) -> Profile | None:
        """The profile if there is more in it than in an empty one."""
        return self.profile if self._kept else None

    # --- whether they can be played ---------------------------------------------------------

    def check(self) -> None:
        """Look into every scenario: one that cannot be played is told with what is wrong."""
        for id, place in self._places.items():
            if self._stopped:
                return
            fault = fault_of(place)
            if fault is not None:
                self.scenarios[id] = fault

    # --- saved games ------------------------------------------------------------------------

    def read(self) -> None:
        """Read the saved games; done when it returns."""
        for path in newest_saves():
            if self._stopped:
                return
            found = save_of(path)
            if found is not None:
                self.saves.append(found)

    def read_beside(self) -> None:
        """Read and check in a thread, which the end of the program waits for: see `stop`.

        What the next screens are made with is brought in by it as well.
        """
        # A thread that is cut off inside numpy would take the whole process down with it.
        self._thread = threading.Thread(target=self._look_through, name="saved games")
        self._thread.start()

    def _look_through(self) -> None:
        self._written()
        self.read()
        self.check()
        if not self._stopped:
            import_module("game.desktop.screens.briefing")
            import_module("game.desktop.screens.table")

    def stop(self) -> None:
        """Have reading end with the game that is being read."""
        self._stopped = True

    @property
    def reading(self) -> bool:
        return self._thread is not None and self._thread.is_alive()

    def unfinished(self, scenario: str | None = None) -> Save | None:
        """The newest game that can go on, of one scenario or of any."""
        for save in self.saves:
            if not save.ended and scenario in (None, save.scenario):
                return save
        return None

    @cached_property
    def fresh(self) -> bool:
        """Whether nothing was played yet but lessons; known before the saved games are read."""
        return not self._reviews and all(map(of_lesson, newest_saves()))

    def best(self, scenario: str) -> float | None:
        """The best score in [0, 100] that a scenario was played to, reviewed or not."""
        scores = [s.score for s in self.saves if s.scenario == scenario and s.score is not None]
        scores += [r.score for r in self._reviews if r.scenario == scenario]
        return max(scores, default=None)

    # --- people and practice ----------------------------------------------------------------

    @cached_property
    def places(self) -> dict[tuple[str, str], float]:
        """Where every buyer of a shipped scenario stands."""
        return {
            (id, buyer): person.d
            for id, scenario in self.scenarios.items()
            if isinstance(scenario, Cover)
            for buyer, person in scenario.buyers.items()
        }

    def met(self) -> list[Person]:
        """Everybody you have met in a game that is over, each once, by place."""
        found = [person for save in self.saves if save.counts for person in save.people]
        for review in self._reviews:
            scenario = self.scenarios.get(review.scenario)
            if isinstance(scenario, Cover):
                buyers = scenario.buyers
                present = [buyers[id] for id in review.buyers if id in buyers]
                found += map(_person, present)
        return sorted(_once(found), key=lambda person: (person.d, person.name))

    def sides(self) -> Sides | None:
        """Accuracy by the side of the buyers; None without a profile."""
        from game.review.sides import sides_of

        return sides_of(self.profile.book, self.places) if self.profile is not None else None

    def summary(self) -> Summary | None:
        """The profile in numbers; None while nothing is kept."""
        return self._profile.summary() if self._profile is not None else None

    @property
    def _reviews(self) -> tuple[ReviewRecord, ...]:
        return self._profile.book.reviews if self._profile is not None else ()

    @property
    def tested(self) -> bool:
        """Whether the self-test was ever taken."""
        tests = self._profile.book.tests if self._profile is not None else ()
        return any(test.test == "self" for test in tests)


def _once(people: Iterable[Person]) -> list[Person]:
    return list({person.name: person for person in people}.values())
