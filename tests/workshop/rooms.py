"""A room without a server: acts are folded in at once, and the log can be folded again."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import Any

from game.workshop.room import acts, acts_play
from game.workshop.room.log import Draft, Record
from game.workshop.room.state import Room
from game.workshop.room.tables import Desk
from game.workshop.store import Source
from tests.at_hand import at_hand

Decide = Callable[[Room], list[Draft]]


def source(name: str) -> Source:
    loaded = at_hand(name)
    return Source(loaded.main, dict(loaded.sources))


class Played:
    """A room with its records and a clock of its own."""

    def __init__(self, *names: str, **plan: object) -> None:
        self.desks = [Desk(source(name)) for name in names or ("osaka",)]
        self.room = Room("r", "Monday", self.desks)
        self.records: list[Record] = []
        self.now = 1000.0
        if plan:
            self.host(lambda room: acts.plan(room, **plan))

    def does(self, actor: str, decide: Decide) -> list[Draft]:
        """What somebody does; the drafts that came of it, as they are after a disk."""
        drafts = decide(self.room)
        for draft in drafts:
            data = json.loads(json.dumps(draft.data))
            record = Record(self.room.seq + 1, self.now, actor, draft.kind, data, draft.key)
            self.room.apply(record)
            self.records.append(record)
        return drafts

    def host(self, decide: Decide) -> list[Draft]:
        return self.does("host", decide)

    def join(self, *names: str, observes: bool = False) -> list[str]:
        """People come in; their ids."""
        for name in names:
            nonce = f"{name}{len(self.records)}"
            self.does("", lambda room, n=name, k=nonce: acts.join(room, n, k, observes=observes))  # type: ignore[misc]
        return list(self.room.people)[-len(names) :]

    def votes(self, person: str, action: str, table: str = "s1.1") -> list[Draft]:
        """Somebody votes for the next move at a table."""
        ply = self.room.tables[table].ply
        return self.does(person, lambda r: acts_play.vote(r, person, table, ply, action))

    def moves(self, person: str, action: str, table: str = "s1.1") -> list[Draft]:
        """Somebody moves at a table."""
        ply = self.room.tables[table].ply
        return self.does(person, lambda r: acts_play.move(r, person, table, ply, action))

    def decides(self, action: str, table: str = "s1.1") -> list[Draft]:
        """The facilitator has a move played."""
        ply = self.room.tables[table].ply
        return self.host(lambda r: acts_play.decide(r, table, ply, action, self.now))

    def again(self) -> Room:
        """The room after a restart."""
        room = Room("r", "Monday", self.desks)
        for record in self.records:
            room.apply(record)
        return room

    def same_after_a_restart(self) -> None:
        """The log, folded again, is the same room to the last vote."""
        assert snapshot(self.again()) == snapshot(self.room)


def snapshot(room: Room) -> dict[str, Any]:
    """Everything a room holds, as plain data."""
    apart = ("desks", "keys", "_members")
    found = {name: value for name, value in vars(room).items() if name not in apart}
    found["tables"] = {
        id: (table.seat, table.place, table.done, table.movers, [t.said for t in table.game.turns])
        for id, table in room.tables.items()
    }
    found["keys"] = sorted(room.keys)
    return {name: repr(value) for name, value in found.items()}


def hand(room: Room, table: str) -> Sequence[str]:
    """What may be chosen at a table, as text."""
    found = room.tables[table]
    return [found.game.rules.actions[a] for a in found.options()]
