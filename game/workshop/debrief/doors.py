"""Who found a door that the buyer opened, and from when the price could be spoken.

As in :mod:`game.workshop.debrief.find`, everything is counted from a room's records and reviews.
"""

from __future__ import annotations

from dataclasses import dataclass
from statistics import fmean, median_high

from game.workshop.debrief.find import Known, label_of, review_of
from game.workshop.room.state import Room
from game.workshop.room.tables import HOUSE
from game.workshop.room.votes import Moment

_NEVER = 10_000.0  # a turn that no meeting has


# --- who found the door ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Finder:
    """A seat that went through a door: when, by which move, and what was said with it."""

    seat: str
    table: str
    move: int
    turn: int
    label: str
    own: str


@dataclass(frozen=True, slots=True)
class Doorway:
    """A door of one kind that stood open for several seats: who found it and who passed by.

    `lost` is what passing by cost, the mean in points.
    """

    kind: str
    finders: tuple[Finder, ...]
    passed: tuple[str, ...]
    lost: float
    moment: Moment  # where it stood open first

    @property
    def offered(self) -> int:
        return len(self.finders) + len(self.passed)


def door_of(room: Room, known: Known) -> Doorway | None:
    """The door that the fewest found of those for whom it stood open; None if none ever did.

    Where somebody found one and others passed by, that is it; else one that nobody found, else
    one that everybody did.
    """
    kinds: dict[tuple[int, str], tuple[dict[str, Finder], dict[str, list[float]]]] = {}
    first: dict[tuple[int, str], Moment] = {}
    for table in room.tables_now():
        weighed = known(table.id)
        review = review_of(weighed)
        if weighed is None or review is None:
            continue
        seat = room.seats[table.seat].name
        for door in weighed.doors:
            if table.movers[door.move - 1] == HOUSE:
                continue  # nobody in the room found it, or passed it
            kind = id(table.desk), door.kind
            found, passed = kinds.setdefault(kind, ({}, {}))
            move = review.moves[door.move - 1]
            if door.found or (door.right and not door.through):
                first.setdefault(kind, Moment(table.id, door.move - 1, (move.action,)))
            if door.found:
                label = label_of(table.game, move.action)
                found.setdefault(
                    seat, Finder(seat, table.id, move.index, move.table_turn, label, move.own)
                )
            elif door.right and not door.through:
                passed.setdefault(seat, []).append(move.loss)
    doorways = []
    for key, (found, passed) in kinds.items():
        by = {seat: max(losses) for seat, losses in passed.items() if seat not in found}
        if found or by:
            lost = fmean(by.values()) if by else 0.0
            finders = tuple(found.values())
            doorways.append(Doorway(key[1], finders, tuple(by), lost, first[key]))
    if not doorways:
        return None

    def telling(d: Doorway) -> tuple[bool, bool, bool, float, int, float]:
        both, asked = bool(d.finders) and bool(d.passed), d.kind != "opening"
        return both, asked, bool(d.passed), -len(d.finders) / d.offered, d.offered, d.lost

    return max(doorways, key=telling)


# --- when the price could be spoken ---------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Readiness:
    """With one buyer: the turn from which the price could be spoken, the median over the seats.

    `turn` is None where it could not be at most seats; `seats` counts those that were weighed.
    """

    buyer: str
    turn: float | None
    seats: int


def readiness_of(room: Room, known: Known, place: int) -> Readiness:
    """Of the tables of one scenario: from when the terms lay within the buyer's comfort."""
    turns: list[float] = []
    desk = room.desks[place]
    for table in room.tables_now():
        review = review_of(known(table.id))
        if table.desk is desk and review is not None:
            within = table.game.rules.weights.push_slack  # the terms lie in the middle
            first = (m.table_turn for m in review.moves if m.table_turn and m.comfort <= within)
            turns.append(float(next(first, _NEVER)))
    middle = median_high(turns) if turns else _NEVER
    name = next(iter(desk.shown.buyers.values())).name
    return Readiness(name, None if middle >= _NEVER else middle, len(turns))
