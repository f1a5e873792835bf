"""Forgetting somebody: their name and what they answered go, what their table did stays. And
sessions whose day is over.

A log has no gaps, so a record that is to go stays as an empty one.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from game.scenario.diagnostics import LongLunchError
from game.workshop.alone import Alone
from game.workshop.room.log import Record
from game.workshop.room.state import Room
from game.workshop.store import Kept, Store, Traces
from game.workshop.trouble import HostError

_ANSWERS = ("read", "vote", "suggest", "answer", "sentence", "test")
GONE = "erased"  # the kind of a record that says nothing any more


def forgotten(records: Iterable[Record], person: str) -> list[Record]:
    """The records that change when a person is forgotten, as they are from then on.

    Moves stay with the seat: the game, and what others at the table did, rest on them.
    """
    found = []
    for record in records:
        about = record.data.get("person") == person
        if record.kind == "join" and about:
            data = {**record.data, "name": ""}
            data.pop("lang", None)
            found.append(replace(record, data=data))
        elif record.kind == "person" and about and "name" in record.data:
            found.append(replace(record, data={**record.data, "name": ""}))
        elif record.actor == person and record.kind in _ANSWERS:
            found.append(replace(record, kind=GONE, data={}))
    return found


def erase_due(store: Store, now: float) -> tuple[list[Kept], list[LongLunchError]]:
    """Erase what was to be kept until now, and what earlier erasing left; what has gone, and a
    word for each that is served and for traces that may be left.

    A session that is being served is left alone: its people are in the middle of it.
    """
    gone: list[Kept] = []
    told: list[LongLunchError] = []
    for kept in store.sessions():
        if kept.keep_until is None or kept.keep_until > now:
            continue
        try:
            with Alone(kept.id):
                store.erase(kept.id)
        except HostError as problem:
            told.append(problem)
            continue
        gone.append(kept)
    try:
        store.scrub()
    except Traces as problem:
        told.append(problem)
    return gone, told


def people_named(room: Room, wanted: str) -> list[str]:
    """The ids of the people whom an id or a name means; names are compared without capitals."""
    if wanted in room.people:
        return [wanted]
    return [p.id for p in room.people.values() if p.name and p.name.casefold() == wanted.casefold()]
