"""Rooms that are made by hand, so that what is to be found in them is known."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from game.workshop.debrief.reviews_worker import Job, Weigh, Weighed
from game.workshop.room.log import Record
from game.workshop.room.state import Room
from game.workshop.room.tables import Desk
from game.workshop.store import Source
from tests.at_hand import at_hand


class Made:
    """A room with its records; `did` adds one."""

    def __init__(self, *scenarios: str, mode: str = "parallel", seed: int = 1) -> None:
        loaded = [at_hand(name) for name in scenarios or ("osaka",)]
        self.desks = [Desk(Source(one.main, dict(one.sources))) for one in loaded]
        self.room = Room("r1", "Monday", self.desks)
        self.records: list[Record] = []
        self.did("plan", mode=mode, seed=seed)

    def did(self, kind: str, /, actor: str = "host", key: str = "", **data: Any) -> None:
        record = Record(len(self.records) + 1, 1000.0 + len(self.records), actor, kind, data, key)
        self.room.apply(record)
        self.records.append(record)

    def seats(self, people: Mapping[str, Iterable[str]]) -> None:
        """Seats with the names of their people; everybody sits down and it begins."""
        number = 0
        places = 2 if self.room.plan.mode == "pairs" else 1
        for k, (seat, names) in enumerate(people.items(), 1):
            self.did("seat", seat=f"s{k}", name=seat)
            for name in names:
                number += 1
                self.did("join", person=f"p{number}", name=name, seat=f"s{k}")
        tables = {
            f"s{k}.{place + 1}": (f"s{k}", place)
            for k in range(1, len(people) + 1)
            for place in range(places)
        }
        self.did("start", tables=tables)

    def play(self, table: str, *actions: str) -> None:
        """Moves at a table, made by the first person of its seat."""
        seat = self.room.tables[table].seat
        who = self.room.members(seat)
        for action in actions:
            ply = self.room.tables[table].ply
            actor = who[0].id if who else "host"
            self.did("move", actor, f"move:{table}:{ply}", table=table, ply=ply, action=action)

    def weighed(self) -> dict[str, Weighed]:
        """The reviews of all tables that have begun, made here."""
        weigh = Weigh()
        found = {}
        for id, table in self.room.tables.items():
            if table.ply:
                transcript = table.game.transcript
                found[id] = weigh(Job(id, (0, 0), transcript, "en", whole=table.shared))
                assert found[id].problem == ""
        return found
