"""A session as its records tell it: people, seats, tables, votes, what was revealed.

:meth:`Room.apply` folds one record in and knows nothing of time, disks or pages; how each kind of
record is folded stands in :mod:`game.workshop.room.fold`. What may happen next is decided in
:mod:`game.workshop.room.acts`, before a record is made.
"""

from __future__ import annotations

from collections import Counter

from game.workshop.room.fold import fold
from game.workshop.room.log import Record
from game.workshop.room.people import SEAT_NAMES, Person, Seat
from game.workshop.room.plan import LAYERS, MODES, SHORT, STYLES, Mode, Plan, Stage
from game.workshop.room.tables import Desk, Table
from game.workshop.room.votes import Ballot, Question


class Room:
    """The state of one session. Seqs in `touched` say when each part of a page last changed."""

    def __init__(self, id: str, title: str, desks: list[Desk]) -> None:
        self.id, self.title = id, title
        self.desks = desks  # the scenarios, in their places
        self.plan = Plan()
        self.stage: Stage = "lobby"
        self.seq = 0
        self.keys: dict[str, Record] = {}
        self.people: dict[str, Person] = {}
        self.seats: dict[str, Seat] = {}
        self.tables: dict[str, Table] = {}
        self.games = 0  # how often everybody sat down
        self.turns: dict[int, tuple[int, ...]] = {}  # place -> moves the room decides, short form
        self.ballots: dict[tuple[str, int], Ballot] = {}
        self.hints: dict[tuple[str, int], dict[str, str]] = {}  # (table, ply) -> person -> action
        self.questions: dict[str, Question] = {}
        self.sentences: dict[str, tuple[str, ...]] = {}  # person -> the sentence about both buyers
        self.tests: dict[tuple[str, str], tuple[int, ...]] = {}  # (half, person) -> answers
        self.test_counts: dict[tuple[str, int], tuple[int, ...]] = {}  # (half, item) -> hands
        self.test_open = ""  # the half that is being answered
        self.paused = self.locked = False
        self.until = 0.0  # the timer's end, seconds since 1970; 0 none
        self.left = 0.0  # seconds that a paused timer still has
        self.shut = False  # the time for this turn is up
        self.gate = 0  # moves a table may have made, when advancing together
        self.revealed: list[str] = []
        self.reports = False  # handed out; `readable` says whether they open
        self.slide = -1  # of the debrief
        self.shown: set[int] = set()  # slides whose answer is open
        self.notices: list[tuple[int, str]] = []  # (seq, what the host tells everybody)
        self.touched: dict[str, int] = {}
        self._members: dict[str, list[Person]] | None = None  # seat -> who plays there

    # --- people and seats -------------------------------------------------------------------

    def here(self) -> list[Person]:
        """Everybody who has joined and was not removed, in the order of joining."""
        return [p for p in self.people.values() if not p.removed]

    def members(self, seat: str) -> list[Person]:
        """Who plays at a seat."""
        if self._members is None:  # built again after somebody came, moved or left
            self._members = {}
            for person in self.here():
                if not person.observes:
                    self._members.setdefault(person.seat, []).append(person)
        return self._members.get(seat, [])

    def regroup(self) -> None:
        """Somebody came, moved or left."""
        self._members = None

    def onlookers(self) -> Counter[str]:
        """How many look on at each seat."""
        return Counter(self.seat_of(p.id) for p in self.here() if p.observes)

    def seat_of(self, person: str) -> str:
        """The seat somebody plays at or looks on at; an observer of none sees the first one."""
        who = self.people[person]
        first = next(iter(self.seats), "") if who.observes else ""
        return who.seat if who.seat in self.seats else first

    def table_of(self, seat: str) -> Table | None:
        """The table at which a seat plays now: its first that is not over, else the last."""
        found = self.seats.get(seat)
        tables = [self.tables[t] for t in found.tables[found.since :]] if found else []
        if len(tables) == 1:
            return tables[0]
        at = max((k for k, table in enumerate(tables) if table.made), default=0)
        while at + 1 < len(tables) and tables[at].game.ended:  # the last needs no game built
            at += 1
        return tables[at] if tables else None

    def tables_now(self) -> list[Table]:
        """The tables of the game of now, in the order of the seats."""
        return [self.tables[t] for s in self.seats.values() for t in s.tables[s.since :]]

    def playing(self) -> list[Table]:
        """The tables at which somebody still plays, one a seat."""
        tables = (self.table_of(seat) for seat in self.seats if self.members(seat))
        return [table for table in tables if table is not None and not table.over]

    def round_table(self) -> Table | None:
        """The table everybody looks at, in a round."""
        seat = next(iter(self.seats), "") if self.plan.mode == "round" else ""
        return self.table_of(seat)

    # --- whose turn it is -------------------------------------------------------------------

    def waits(self, table: Table) -> bool:
        """Whether a table may not move: for the others, or because its time is up."""
        ahead = self.plan.together and table.made >= self.gate
        return (ahead or self.shut) and self.plan.mode != "round"

    def decides(self, table: Table, ply: int | None = None) -> bool:
        """Whether people make the move of this number, from 0; the house plays the others."""
        turns = self.turns.get(table.place) if self.plan.short else None
        return turns is None or (table.ply if ply is None else ply) in turns

    def suggested(self, table: Table) -> dict[str, str]:
        """What members of a team suggest as the next move: person -> action."""
        return self.hints.get((table.id, table.ply), {})

    def asks_sentence(self, person: str) -> bool:
        """Whether somebody has met both buyers of a pair, and is asked for the sentence."""
        seat = self.seats.get(self.seat_of(person))
        if self.plan.mode != "pairs" or seat is None or self.people[person].observes:
            return False
        tables = [self.tables[t] for t in seat.tables[seat.since :]]
        return len(tables) > 1 and all(t.game.ended for t in tables)

    # --- what the room is asked -------------------------------------------------------------

    def ballot(self, table: Table) -> Ballot:
        """The vote on the next move of a table: open until somebody closes it."""
        place = table.id, table.ply
        return self.ballots.get(place) or Ballot(*place)

    @property
    def readable(self) -> bool:
        """Whether everybody may open their own report: never while a game is played."""
        return self.stage == "over" or (self.reports and self.stage == "debrief")

    def question(self) -> Question | None:
        """The newest prediction asked for."""
        return next(reversed(self.questions.values()), None)

    # --- folding ----------------------------------------------------------------------------

    def apply(self, record: Record) -> frozenset[str]:
        """Take a record in; the parts of pages that it changes. KeyError for an unknown kind."""
        if record.seq != self.seq + 1:
            raise ValueError(f"record {record.seq} does not follow {self.seq}")
        changed = fold(self, record)
        self.seq = record.seq
        if record.key:
            self.keys[record.key] = record
        for part in changed:
            self.touched[part] = record.seq
        return changed


__all__ = [
    "LAYERS", "MODES", "SEAT_NAMES", "SHORT", "STYLES", "Ballot", "Mode", "Person", "Plan",
    "Question", "Room", "Seat", "Stage",
]  # fmt: skip
