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


@dataclass(slots=True)
class Question:
    """Something the room predicts before it is revealed.

    `truth` holds what could not be read from the tables: the move that was worth most there.
    """

    id: str
    kind: str  # read, state, best, sign
    table: str  # the table it is about; "" for each person's own
    ply: int
    open: bool = True
    shown: bool = False  # the answer is revealed
    truth: str = ""
    answers: dict[str, str] = field(default_factory=dict)  # person -> answer
    counted: dict[str, int] = field(default_factory=dict)

    @property
    def count(self) -> int:
        return len(self.answers) + sum(self.counted.values())
