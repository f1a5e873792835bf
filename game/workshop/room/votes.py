"""What a room is asked: which move is next, and what it believes before it is shown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

Tally = dict[str, int]  # what was chosen -> how many, the most first


def tallied(choices: Iterable[str], counted: Mapping[str, int]) -> Tally:
    """Votes and counted hands together, the most first; ties in the order of their names."""
    found = dict(counted)
    for choice in choices:
        found[choice] = found.get(choice, 0) + 1
    return dict(sorted(found.items(), key=lambda pair: (-pair[1], pair[0])))


@dataclass(slots=True)
class Ballot:
    """A vote on the next move at a table."""

    table: str
    ply: int
    open: bool = True
    choices: dict[str, str] = field(default_factory=dict)  # person -> action
    counted: dict[str, int] = field(default_factory=dict)  # action -> hands, entered by the host

    def tally(self) -> Tally:
        """Votes an action, the most first; ties in the order of the actions' names."""
        return tallied(self.choices.values(), self.counted)

    @property
    def count(self) -> int:
        return len(self.choices) + sum(self.counted.values())


@dataclass(frozen=True, slots=True)
class Moment:
    """A decision that the room looks back on: the move `ply` of a table, from 0.

    `made` are the moves that were made or wanted there, so that all of them can be chosen.
    """

    table: str
    ply: int
    made: tuple[str, ...] = ()


@dataclass(slots=True)
class Question:
    """Something the room predicts before it is revealed.

    `losses` and `truth` hold what could not be read from the tables: what each move costs against
    the best one there, in points, and which that is.
    """

    id: str
    kind: str  # read, state, best, sign
    table: str  # the table it is about; "" for each person's own
    ply: int
    slide: int | None = None  # of the debrief, where it looks back on a moment
    options: tuple[str, ...] = ()  # what may be chosen at that moment
    open: bool = True
    shown: bool = False  # the answer is revealed
    away: bool = False  # it is before the room no more
    truth: str = ""
    losses: dict[str, float] = field(default_factory=dict)
    answers: dict[str, str] = field(default_factory=dict)  # person -> answer
    counted: dict[str, int] = field(default_factory=dict)
    # labels of the options by language: to find them, the game is played again up to there
    named: dict[str, dict[str, str]] = field(default_factory=dict, repr=False, compare=False)

    @property
    def asks(self) -> str:
        """What is asked, as the id of its words."""
        return self.kind if self.slide is None else f"{self.kind}_back"

    @property
    def count(self) -> int:
        return len(self.answers) + sum(self.counted.values())
