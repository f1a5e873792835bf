"""A scenario that is being written: read again when a file changes, the game kept where it was.

What was played is played again in the changed scenario, as far as it is still legal. While the file
is wrong the last one that could be played stays, and the complaints say what is wrong.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from game.authoring.examination import examination, examined
from game.authoring.preview.place import Place, Way, way_to
from game.scenario.diagnostics import Diagnostic, LongLunchError, ScenarioError, errors
from game.scenario.load import Loaded, load_scenario
from game.scenario.sources import locate
from game.session.game import Game
from game.session.moments import GameError
from game.session.notation import ActionError
from game.session.seating import Settings

_Seal = dict[Path, tuple[int, int] | None]


class Unreached(LongLunchError):
    """U003: no game gets to the place that was asked for."""

    @property
    def exit_status(self) -> int:
        return 2


@dataclass(slots=True)
class Draft:
    """A scenario under the pen. Methods that read files raise ScenarioError."""

    name: str | Path
    seed: int
    settings: Settings
    place: Place
    game: Game
    complaints: tuple[Diagnostic, ...] = ()
    lost: int = 0  # moves that could not be played again after the last change
    _wanted: tuple[str, ...] = ()  # all that were to be played then
    _seal: _Seal | None = None

    @classmethod
    def open(cls, name: str | Path, seed: int, settings: Settings, place: Place) -> Draft:
        """Begin at a place; raises ScenarioError for a file, Unreached for a place."""
        loaded = load_scenario(name)
        draft = cls(name, seed, settings, place, Game(loaded, seed, settings))
        draft._seal = draft._sealed(loaded)
        draft.go_to(place)
        return draft

    def go_to(self, place: Place) -> None:
        """Begin again at a place; raises Unreached where no game gets to."""
        rules = self.game.rules
        try:
            way = way_to(rules, place, self.seed)
        except ValueError:
            way = None
        if way is None:
            raise Unreached([_unreached(place, rules.machine.names)])
        self.place = place
        self._begin(self.game.loaded, way)

    def _begin(self, loaded: Loaded, way: Way) -> None:
        self.game = Game(loaded, way.seed, self.settings)
        self.lost, self._wanted = 0, way.moves
        for k, move in enumerate(way.moves):
            try:
                self.game.play(move)
            except (GameError, ActionError):
                self.lost = len(way.moves) - k
                return

    def _moves(self) -> tuple[str, ...]:
        """What was played; with what did not fit the last change, if nothing was played since."""
        played = tuple(
            str(entry.data["action"])
            for entry in self.game.transcript.path()
            if entry.kind in ("prepare", "action")
        )
        fitted = self._wanted[: len(self._wanted) - self.lost]
        return self._wanted if played == fitted else played

    # --- what is on disk ----------------------------------------------------------------------

    def changed(self) -> bool:
        """Whether a file of the scenario is another than when it was read."""
        return self._seal is None or any(_look(path) != kept for path, kept in self._seal.items())

    def reload(self) -> bool:
        """Read it again; False if it cannot be played now, and the game stays as it was."""
        try:
            loaded = load_scenario(self.name)
        except ScenarioError as problem:
            self._seal = self._sealed(self.game.loaded)
            self.complaints = tuple(problem.diagnostics)
            return False
        self.complaints = ()
        self._seal = self._sealed(loaded)
        self._begin(loaded, Way(self.game.seed, self._moves()))
        return True

    def look_over(self) -> None:
        """Ask the lints too, which take longer than reading."""
        if not self.wrong:
            self.complaints = _complaints(self.name)

    @property
    def wrong(self) -> bool:
        """Whether what is on disk cannot be played."""
        return bool(errors(self.complaints))

    def _sealed(self, loaded: Loaded) -> _Seal:
        return {path: _look(path) for path in _paths(self.name, loaded.sources)}


def _paths(name: str | Path, sources: Iterable[str]) -> set[Path]:
    """The files on disk that a scenario was read from."""
    source = locate(name)
    if source.pack is not None:
        return {Path(str(name).rpartition(":")[0] or str(name))} | _beside(Path(str(name)), sources)
    return {Path(source.shown)} | _beside(Path(source.shown).parent, sources)


def _beside(folder: Path, sources: Iterable[str]) -> set[Path]:
    return {path for path in (folder / one for one in sources) if path.is_file()}


def _look(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size


def _complaints(name: str | Path) -> tuple[Diagnostic, ...]:
    """What `check` says of it, hints left out: they are for a quiet hour."""
    try:
        found = examination(examined([name])).diagnostics
    except LongLunchError as problem:
        found = tuple(problem.diagnostics)
    return tuple(d for d in found if d.severity != "hint")


def _unreached(place: Place, states: Iterable[str]) -> Diagnostic:
    asked = [f"meeting {place.meeting}"] if place.meeting else []
    asked += [f"turn {place.turn}"] if place.turn else []
    asked += [f"state {place.state}"] if place.state else []
    known = list(states)
    return Diagnostic(
        "U003",
        f"no game of our sellers gets to {', '.join(asked)}",
        expected="a meeting and a turn that the calendar has, and one of " + ", ".join(known),
        fix="ask for less at once, or another --seed",
    )
