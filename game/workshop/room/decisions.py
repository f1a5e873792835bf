"""What every decision needs: a way to refuse, and a look at what was decided before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from game.workshop.room.state import Person, Room
from game.workshop.room.tables import Table

MOST_PEOPLE = 1000
MOST_NAME = 40  # letters
MOST_TEXT = 400


class Refused(Exception):
    """A request that cannot be granted now. `id` names the text; `status` is for HTTP."""

    def __init__(self, id: str, status: int = 409, **values: object) -> None:
        super().__init__(id)
        self.id, self.status, self.values = id, status, values


@dataclass(frozen=True, slots=True)
class Before:
    """The same thing was already done, by `actor`, with these data."""

    actor: str
    data: Mapping[str, object]


def done_before(room: Room, key: str) -> Before | None:
    """What was done under a key that can be used only once."""
    record = room.keys.get(key)
    return None if record is None else Before(record.actor, record.data)


def known(room: Room, person: str) -> Person:
    """Somebody who has joined, perhaps removed since."""
    if person not in room.people:
        raise Refused("no_person", 404)
    return room.people[person]


def table_named(room: Room, table: str) -> Table:
    """A table of this session."""
    if table not in room.tables:
        raise Refused("no_table", 404)
    return room.tables[table]


def one_line(text: str, most: int = MOST_TEXT) -> str:
    """A text as it may be shown: one line, no marks that steer, not longer than `most` letters."""
    kept = "".join(c if c.isprintable() else " " for c in text)
    return " ".join(kept.split())[:most].strip()
