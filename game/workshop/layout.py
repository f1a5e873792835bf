"""Which parts a page shows, from the top down, and which of them are only its own.

Five hundred phones at one table have the same layout, and it is one object: what they hear can be
put together once for all that have it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from game.workshop.room.state import Person, Room
from game.workshop.room.tables import Table

_OF_ONE = ("me", "own", "test")  # parts of one person's page, which has one of each


@dataclass(frozen=True, slots=True, eq=False)
class Layout:
    """`names` are what the parts are called on the page; `shared` are those that everybody is shown
    alike, `own` those that are made for one person."""

    names: tuple[str, ...]
    shared: tuple[str, ...]
    own: tuple[str, ...]

    def ids(self, person: str) -> list[str]:
        """The parts of one person's page, as records and templates know them."""
        return [f"{name}:{person}" if name in self.own else name for name in self.names]


@lru_cache(1000)
def layout_of(names: tuple[str, ...]) -> Layout:
    """The layout with these parts."""
    return Layout(
        names,
        tuple(name for name in names if name not in _OF_ONE),
        tuple(name for name in names if name in _OF_ONE),
    )


def name_of(part: str) -> str:
    """What a part is called on its page: nobody else's own parts stand there."""
    kind = part.partition(":")[0]
    return kind if kind in _OF_ONE else part


def phone_layout(room: Room, who: Person) -> Layout:
    """The parts of a phone's page: one layout for everybody at a seat who plays, and one for all
    who look on there."""
    parts = ["room", "me"]
    if room.test_open:
        parts.append("test")
    seat = room.seat_of(who.id)
    table = _played(room, seat)
    if seat and room.plan.mode != "round":
        parts.append(f"seat:{seat}")
    question = room.question()  # what is asked comes before what is played
    first = room.stage == "debrief" or (question is not None and question.open)
    if first:
        parts.append("own")
    if table is not None:
        parts.append(f"scene:{table.id}")
        if room.revealed:
            parts.append(f"revealed:{table.id}")
        if room.stage == "playing":
            parts.append(f"{'watch' if who.observes else 'table'}:{table.id}")
    if not first:
        parts.append("own")
    if table is not None and room.stage == "playing":
        parts.append(f"side:{table.id}")
    return layout_of(tuple(parts))


def _played(room: Room, seat: str) -> Table | None:
    return room.table_of(seat) if seat and room.stage in ("playing", "debrief") else None
