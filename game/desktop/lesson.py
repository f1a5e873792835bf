"""The first lesson as data, and which note comes next. Nothing here knows of widgets.

A lesson watches a game that is played by its rules and says what may be worth a look. It holds
nobody up: whatever is done instead, the next note follows from the game as it stands.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from game.core.vocabulary import Phase
from game.desktop.lesson_taken import ON
from game.desktop.settings import Settings
from game.scenario.data import load_common
from game.scenario.expression import Flag, Kind, Number, compile_expression
from game.scenario.library import lessons
from game.scenario.load import Loaded, load_scenario
from game.session.game import Game
from game.session.seating import Settings as GameSettings

PLACES = ("table", "offer", "ending")
_FILE = "desktop_lesson.yaml"
_MOVES = 2  # a note that nobody heeds goes after so many
_FLAGS = ("read", "offered", "countered", "signed", "ended")
VOCABULARY: dict[str, Kind] = {
    "turns": Number(), "facts": Number(), **{name: Flag() for name in _FLAGS}
}  # fmt: skip

Now = Mapping[str, int | bool]
Test = Callable[[Now], bool]


@dataclass(frozen=True, slots=True)
class Step:
    """One note: where it stands, what it points at, when it may be shown and when it is done."""

    id: str
    place: str
    target: str
    when: Test
    done: Test
    read: bool  # it only has to be read
    moves: int  # it goes when so many were made beside it
    suggest: tuple[str, ...]
    aside: bool  # not counted: shown only where the game asks for it


@dataclass(frozen=True, slots=True)
class Course:
    """A lesson: the scenario and the play of it whose seed is used, and the steps in order."""

    scenario: str
    play: str
    steps: tuple[Step, ...]

    @property
    def counted(self) -> tuple[Step, ...]:
        return tuple(step for step in self.steps if not step.aside)


@cache
def course() -> Course:
    """The course that is shipped."""
    data = load_common(_FILE)["course"]
    steps = tuple(step_of(**one) for one in data["steps"])
    return Course(data["scenario"], data["play"], steps)


def step_of(
    id: str, place: str, target: str, *, when: str = "", done: str = "", read: bool = False,
    moves: int = _MOVES, suggest: Sequence[str] = (), aside: bool = False,
) -> Step:  # fmt: skip
    """A step from its data. Raises ValueError for an unknown place, and
    :class:`~game.scenario.expression.ExpressionError` for a condition that cannot be one."""
    if place not in PLACES:
        raise ValueError(place)
    return Step(
        id, place, target, _test(when, True), _test(done, False), read, moves, tuple(suggest), aside
    )


def _test(text: str, otherwise: bool) -> Test:
    if not text:
        return lambda now: otherwise
    closure: Callable[[Any], Any] = compile_expression(text, VOCABULARY)
    return lambda now: bool(closure(now))


def state_of(game: Game) -> Now:
    """What conditions may speak of, of a game as its player sees it."""
    signed = game.number("deals") > 0
    return {
        "turns": sum(turn.number > 0 for turn in game.turns),
        "facts": sum(bool(turn.fact) for turn in game.turns),
        "read": bool(game.reads),
        "offered": signed or game.number("mine") >= 0,
        "countered": game.number("theirs") >= 0,
        "signed": signed,
        "ended": game.phase is Phase.ENDED,
    }


class Lesson:
    """Where somebody is in a course. `now` is the state of the game when it begins or goes on."""

    def __init__(self, steps: Sequence[Step], now: Now) -> None:
        self.steps = tuple(steps)
        self._over: set[str] = set()  # read, or left
        self._since: dict[str, int] = {}  # moves that were made when a note was shown first
        if now["turns"]:  # going on: what comes before the last that is done was shown then
            reached = [i for i, step in enumerate(self.steps) if step.done(now)]
            before = self.steps[: max(reached, default=0)]
            self._over |= {step.id for step in before if not step.aside}

    def at(self, place: str, now: Now) -> Step | None:
        """The note that stands in a place now; None for silence."""
        for step in self.steps:
            if step.place != place or step.id in self._over:
                continue
            if step.done(now) or not step.when(now):
                continue
            made = int(now["turns"])
            if made - self._since.setdefault(step.id, made) < step.moves:
                return step
            self._over.add(step.id)
        return None

    def heeded(self, step: Step) -> None:
        """A note was read, and need not come again."""
        self._over.add(step.id)


def suggested(step: Step, actions: Mapping[int, str]) -> int | None:
    """The key of the first suggestion among some texts, given whole or as a verb; None if none."""
    for wanted in step.suggest:
        for key, text in actions.items():
            if text == wanted or text.partition(":")[0] == wanted:
                return key
    return None


# --- whether it is taken --------------------------------------------------------------------------


def begin(settings: Settings) -> tuple[Loaded, int, GameSettings]:
    """What a game of the lesson is begun with; its notes are on from now."""
    settings.seen[ON] = True
    found = course()
    loaded = load_scenario(lessons()[found.scenario])
    return loaded, loaded.scenario.plays[found.play].seed, GameSettings("guided")


def is_on(settings: Settings, game: Game) -> bool:
    """Whether notes are shown beside a game."""
    return bool(settings.seen.get(ON)) and game.scenario.scenario == course().scenario
