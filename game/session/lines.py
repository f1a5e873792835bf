"""Lines with stable ids, and which of them is chosen (decision 6).

Every candidate gets an integer hash of (seed, turn, id); the highest one is taken. So the choice
does not depend on the order of a file, and a new variant changes only the turns in which it wins
itself.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from zlib import crc32

_MASK = 0xFFFFFFFF
_PLACEHOLDER = re.compile(r"\{([A-Za-z_]+)\}")
_SENTENCE = re.compile(r"(?:^|[.!?…]\s+)$")


@dataclass(frozen=True, slots=True)
class Line:
    """One text. `states` and `pole` say where it fits; empty means anywhere."""

    id: str
    text: str
    states: frozenset[str] = frozenset()
    pole: str = ""
    needs: tuple[str, ...] = ()
    mark: int = field(default=0, compare=False)
    source: str = field(default="", compare=False)  # as its author wrote it; "" as the text


def line(
    id: str, text: str, states: Iterable[str] = (), pole: str | None = None, source: str = ""
) -> Line:
    """A line with its placeholders found and its id hashed."""
    needs = tuple(dict.fromkeys(_PLACEHOLDER.findall(text)))
    return Line(id, text, frozenset(states), pole or "", needs, crc32(id.encode()), source)


def mixed(*numbers: int, begun: int = 0x9E3779B1) -> int:
    """A 32-bit integer hash of some integers; the same on every machine.

    It can go on from a hash that was `begun` with the first of them.
    """
    h = begun
    for number in numbers:
        h = (h ^ (number & _MASK)) * 0x85EBCA6B & _MASK
        h ^= h >> 15
        h = h * 0x7FEB352D & _MASK
        h ^= h >> 16
    return h


@dataclass(slots=True)
class Heard:
    """Ids of the texts shown so far: never twice in a meeting, rarely twice in a game."""

    meeting: set[str] = field(default_factory=set)
    game: set[str] = field(default_factory=set)

    def add(self, id: str) -> None:
        self.meeting.add(id)
        self.game.add(id)


def choose(
    tiers: Iterable[Sequence[Line]],
    seed: int,
    turn: int,
    heard: Heard,
    values: Mapping[str, str],
    fits: Callable[[Line], bool],
) -> Line | None:
    """A fitting line from the first tier that still has one, or None: then nothing is said.

    A line whose placeholder has no value is passed over, and so is one heard in this meeting.
    What was not heard in the whole game comes first.
    """
    known = [tier for tier in tiers if tier]
    for shown in (heard.game, heard.meeting):
        for tier in known:
            open_ = [
                x
                for x in tier
                if x.id not in shown and fits(x) and all(values.get(n) for n in x.needs)
            ]
            if open_:
                begun = mixed(seed, turn)
                return max(open_, key=lambda x: (mixed(x.mark, begun=begun), x.id))
    return None


@dataclass(frozen=True, slots=True)
class Fits:
    """Tells whether a line fits one of these trust states and this pole (empty: either)."""

    states: frozenset[str]
    pole: str

    def __call__(self, candidate: Line) -> bool:
        if candidate.states and candidate.states.isdisjoint(self.states):
            return False
        return not self.pole or not candidate.pole or candidate.pole == self.pole


@cache
def fits_state(states: frozenset[str], pole: str) -> Fits:
    """For lines of one of these trust states and this pole (empty: either)."""
    return Fits(states, pole)


def filled(text: str, values: Mapping[str, str]) -> str:
    """The text with its placeholders filled; a value that begins a sentence gets a capital."""

    def put(match: re.Match[str]) -> str:
        value = values.get(match[1], "")
        if value and _SENTENCE.search(text[: match.start()]):
            return value[0].upper() + value[1:]
        return value

    return _PLACEHOLDER.sub(put, text)
