"""A session as its records tell it: people, seats, tables, votes, what was revealed.

:meth:`Room.apply` folds one record in and knows nothing of time, disks or pages. What may happen
next is decided in :mod:`game.workshop.acts`, before a record is made.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from game.workshop.log import Record
from game.workshop.tables import Desk, Table

Mode = Literal["parallel", "round", "pairs"]
MODES: tuple[Mode, ...] = ("parallel", "round", "pairs")
Stage = Literal["lobby", "playing", "debrief", "over"]
LAYERS = ("trust", "thoughts", "circles", "position")
# Trees, for seats: short, unlike each other, and nobody's name.
SEAT_NAMES = (
    "Oak", "Pine", "Elm", "Ash", "Birch", "Cedar", "Maple", "Willow", "Beech", "Alder", "Hazel",
    "Larch", "Rowan", "Poplar", "Linden", "Spruce", "Cherry", "Walnut", "Juniper", "Olive",
)  # fmt: skip


@dataclass(slots=True)
class Person:
    """Somebody who has joined. `name` is as given, or "" once it was to be forgotten."""

    id: str
    name: str
    seat: str  # "" while observing from nowhere
    observes: bool = False
    hidden: bool = False  # the name is not shown to others
    removed: bool = False
    joined: float = 0.0  # seconds since 1970
    lang: str = ""


@dataclass(slots=True)
class Seat:
    """One person or a team; in a round at one table, everybody."""

    id: str
    name: str
    tables: list[str] = field(default_factory=list)  # as they are played, one after another


@dataclass(slots=True)
class Ballot:
    """A vote on the next move at a table."""

    table: str
    ply: int
    open: bool = True
    choices: dict[str, str] = field(default_factory=dict)  # person -> action
    counted: dict[str, int] = field(default_factory=dict)  # action -> hands, entered by the host

    def tally(self) -> dict[str, int]:
        """Votes an action, the most first; ties in the order of the actions' names."""
        found = dict(self.counted)
        for action in self.choices.values():
            found[action] = found.get(action, 0) + 1
        return dict(sorted(found.items(), key=lambda pair: (-pair[1], pair[0])))

    @property
    def count(self) -> int:
        return len(self.choices) + sum(self.counted.values())


@dataclass(slots=True)
class Question:
    """Something the room predicts before it is revealed."""

    id: str
    kind: str  # read, state, best, sign
    table: str
    ply: int
    open: bool = True
    answers: dict[str, str] = field(default_factory=dict)  # person -> answer
    counted: dict[str, int] = field(default_factory=dict)


@dataclass(slots=True)
class Plan:
    """How a session is run; set before it starts."""

    mode: Mode = "parallel"
    seed: int = 1
    help: str = "plain"
    together: bool = False  # everybody waits for everybody after each turn
    teams: int = 1  # people a seat
    phones: bool = True  # without them the host counts hands
    short: int = 0  # turns the room decides itself, the rest is played for it; 0: all
    leaderboard: bool = False


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
        self.ballots: dict[tuple[str, int], Ballot] = {}
        self.questions: dict[str, Question] = {}
        self.sentences: dict[str, tuple[str, ...]] = {}  # person -> the sentence about both buyers
        self.tests: dict[tuple[str, str], tuple[int, ...]] = {}  # (half, person) -> answers
        self.test_open = ""  # the half that is being answered
        self.paused = self.locked = False
        self.until = 0.0  # the timer's end, seconds since 1970; 0 none
        self.gate = 0  # moves a table may have made, when advancing together
        self.revealed: list[str] = []
        self.slide = -1  # of the debrief
        self.shown: set[int] = set()  # slides whose answer is open
        self.notices: list[tuple[int, str]] = []  # (seq, what the host tells everybody)
        self.touched: dict[str, int] = {}

    # --- looking ----------------------------------------------------------------------------

    def here(self) -> list[Person]:
        """Everybody who has joined and was not removed, in the order of joining."""
        return [p for p in self.people.values() if not p.removed]

    def members(self, seat: str) -> list[Person]:
        """Who plays at a seat."""
        return [p for p in self.here() if p.seat == seat and not p.observes]

    def table_of(self, seat: str) -> Table | None:
        """The table at which a seat plays now: its first that is not over, else the last."""
        tables = [self.tables[t] for t in self.seats[seat].tables] if seat in self.seats else []
        return next((t for t in tables if not t.game.ended), tables[-1] if tables else None)

    def ballot(self, table: Table) -> Ballot:
        """The vote on the next move of a table: open until somebody closes it."""
        place = table.id, table.ply
        return self.ballots.get(place) or Ballot(*place)

    def question(self) -> Question | None:
        """The newest prediction asked for."""
        return next(reversed(self.questions.values()), None)

    # --- folding ----------------------------------------------------------------------------

    def apply(self, record: Record) -> frozenset[str]:
        """Take a record in; the parts of pages that it changes. KeyError for an unknown kind."""
        if record.seq != self.seq + 1:
            raise ValueError(f"record {record.seq} does not follow {self.seq}")
        changed = frozenset(_FOLD[record.kind](self, record, record.data)) | {"console"}
        self.seq = record.seq
        if record.key:
            self.keys[record.key] = record
        for part in changed:
            self.touched[part] = record.seq
        return changed

    def _planned(self, _: Record, data: Mapping[str, Any]) -> Iterable[str]:
        for name, value in data.items():
            setattr(self.plan, name, value)
        return ("room", "stage")

    def _joined(self, record: Record, data: Mapping[str, Any]) -> Iterable[str]:
        id = data["person"]
        self.people[id] = Person(
            id, data["name"], data.get("seat", ""), data.get("observes", False),
            joined=record.at, lang=data.get("lang", ""),
        )  # fmt: skip
        return ("stage", f"me:{id}", *self._seat_parts(data.get("seat", "")))

    def _person(self, _: Record, data: Mapping[str, Any]) -> Iterable[str]:
        """Renamed, hidden, removed, moved to another seat, made an observer, another language."""
        person = self.people[data["person"]]
        before = person.seat
        for name in ("name", "seat", "observes", "hidden", "removed", "lang"):
            if name in data:
                setattr(person, name, data[name])
        moved = before != person.seat or "observes" in data
        parts = {"stage", f"me:{person.id}", *self._seat_parts(before)}
        return parts | ({f"layout:{person.id}", *self._seat_parts(person.seat)} if moved else set())

    def _seat_parts(self, seat: str) -> Iterable[str]:
        return (f"seat:{seat}",) if seat else ()

    def _seated(self, _: Record, data: Mapping[str, Any]) -> Iterable[str]:
        seat = Seat(data["seat"], data["name"])
        self.seats[seat.id] = seat
        for id, place in data.get("tables", {}).items():
            self._add_table(seat, id, place)
        return ("stage", f"seat:{seat.id}")

    def _started(self, _: Record, data: Mapping[str, Any]) -> Iterable[str]:
        self.stage = "playing"
        for id, (seat, place) in data["tables"].items():
            self._add_table(self.seats[seat], id, place)
        return self._everything()

    def _add_table(self, seat: Seat, id: str, place: int) -> None:
        plan = self.plan
        shared = plan.mode == "round"
        self.tables[id] = Table(id, seat.id, self.desks[place], plan.seed, plan.help, shared)
        seat.tables.append(id)

    def _everything(self) -> Iterable[str]:
        seats = (f"seat:{seat}" for seat in self.seats)
        return ("room", "stage", *seats, *(f"table:{table}" for table in self.tables))

    def _staged(self, _: Record, data: Mapping[str, Any]) -> Iterable[str]:
        self.stage = data["stage"]
        return self._everything()

    def _set(self, _: Record, data: Mapping[str, Any]) -> Iterable[str]:
        """Paused, locked, the timer, the gate."""
        for name in ("paused", "locked", "until", "gate"):
            if name in data:
                setattr(self, name, data[name])
        return ("room", "stage", *((f"table:{t}" for t in self.tables) if "gate" in data else ()))

    def _moved(self, record: Record, data: Mapping[str, Any]) -> Iterable[str]:
        table = self.tables[data["table"]]
        table.move(data["action"], record.actor)
        return ("stage", "ballot", f"table:{table.id}", f"seat:{table.seat}")

    def _read(self, record: Record, data: Mapping[str, Any]) -> Iterable[str]:
        table = self.tables[data["table"]]
        table.read(record.actor, data["buyer"], data["d"], data["confidence"])
        return (f"table:{table.id}", f"me:{record.actor}")

    def _happened(self, _: Record, data: Mapping[str, Any]) -> Iterable[str]:
        for id in data["tables"]:
            self.tables[id].event(data["event"])
        return ("stage", *(f"table:{id}" for id in data["tables"]))

    def _balloted(self, _: Record, data: Mapping[str, Any]) -> Iterable[str]:
        place = data["table"], data["ply"]
        ballot = self.ballots.setdefault(place, Ballot(*place))
        ballot.open = data["open"]
        ballot.counted.update(data.get("counted", {}))
        if not ballot.open:
            self.until = 0.0
        return ("room", "stage", "ballot", f"table:{ballot.table}")

    def _voted(self, record: Record, data: Mapping[str, Any]) -> Iterable[str]:
        place = data["table"], data["ply"]
        self.ballots.setdefault(place, Ballot(*place)).choices[record.actor] = data["action"]
        return ("ballot", f"me:{record.actor}")

    def _asked(self, _: Record, data: Mapping[str, Any]) -> Iterable[str]:
        id = data["question"]
        if id not in self.questions:
            self.questions[id] = Question(id, data["kind"], data["table"], data["ply"])
        question = self.questions[id]
        question.open = data["open"]
        question.counted.update(data.get("counted", {}))
        return ("room", "stage")

    def _answered(self, record: Record, data: Mapping[str, Any]) -> Iterable[str]:
        self.questions[data["question"]].answers[record.actor] = data["answer"]
        return ("ballot", f"me:{record.actor}")

    def _uncovered(self, _: Record, data: Mapping[str, Any]) -> Iterable[str]:
        layer = data["layer"]
        if data["on"] and layer not in self.revealed:
            self.revealed.append(layer)
        elif not data["on"] and layer in self.revealed:
            self.revealed.remove(layer)
        return ("room", "stage", *(f"table:{table}" for table in self.tables))

    def _wrote(self, record: Record, data: Mapping[str, Any]) -> Iterable[str]:
        self.sentences[record.actor] = tuple(data["parts"])
        return ("stage", f"me:{record.actor}")

    def _tested(self, record: Record, data: Mapping[str, Any]) -> Iterable[str]:
        if "answers" not in data:
            self.test_open = data["half"] if data["open"] else ""
            return ("room", "stage")
        self.tests[data["half"], record.actor] = tuple(data["answers"])
        return ("ballot", f"me:{record.actor}")

    def _slid(self, _: Record, data: Mapping[str, Any]) -> Iterable[str]:
        self.slide = data["slide"]
        if data.get("shown"):
            self.shown.add(self.slide)
        return ("room", "stage")

    def _told(self, record: Record, data: Mapping[str, Any]) -> Iterable[str]:
        self.notices.append((record.seq, data["text"]))
        return ("room", "stage")

    def _desked(self, _: Record, data: Mapping[str, Any]) -> Iterable[str]:
        """A scenario was added; its texts are kept beside the log."""
        return ("room",)


_Fold = Callable[[Room, Record, Mapping[str, Any]], Iterable[str]]
_FOLD: dict[str, _Fold] = {
    "plan": Room._planned,
    "join": Room._joined,
    "person": Room._person,
    "seat": Room._seated,
    "start": Room._started,
    "stage": Room._staged,
    "set": Room._set,
    "move": Room._moved,
    "read": Room._read,
    "event": Room._happened,
    "ballot": Room._balloted,
    "vote": Room._voted,
    "ask": Room._asked,
    "answer": Room._answered,
    "reveal": Room._uncovered,
    "sentence": Room._wrote,
    "test": Room._tested,
    "slide": Room._slid,
    "tell": Room._told,
    "desk": Room._desked,
}
