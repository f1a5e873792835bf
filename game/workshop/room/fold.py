"""How a record changes a room: a function for every kind names the parts of pages it changes.

A part is named as in :mod:`game.workshop.pages`. The console has one part for each of its cards, so
that a vote does not send the list of two hundred people again. `me:p7` is who somebody is, `own:p7`
what they have chosen and believe.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any

from game.workshop.room.log import Record
from game.workshop.room.people import Person, Seat, seat_name
from game.workshop.room.tables import HOUSE, Table
from game.workshop.room.votes import Ballot, Question

if TYPE_CHECKING:
    from game.workshop.room.state import Room

CARDS = ("now", "table", "seats", "show", "people", "plan", "more")  # of the console, by records


def fold(room: Room, record: Record) -> frozenset[str]:
    """Take a record in; the parts that it changes. KeyError for an unknown kind."""
    cards = _CARDS.get(record.kind, CARDS)
    return frozenset(_FOLD[record.kind](room, record, record.data)).union(
        f"console:{card}" for card in cards
    )


# --- people ---------------------------------------------------------------------------------------


def _joined(room: Room, record: Record, data: Mapping[str, Any]) -> Iterable[str]:
    id = data["person"]
    room.regroup()
    room.people[id] = Person(
        id, data["name"], data.get("seat", ""), data.get("observes", False),
        joined=record.at, lang=data.get("lang", ""),
    )  # fmt: skip
    return ("stage", f"me:{id}", *_seat_parts(room, data.get("seat", "")))


def _person(room: Room, _: Record, data: Mapping[str, Any]) -> Iterable[str]:
    """Renamed, hidden, removed, moved to another seat, made an observer, another language."""
    person = room.people[data["person"]]
    room.regroup()
    before = person.seat
    for name in ("name", "seat", "observes", "hidden", "removed", "lang"):
        if name in data:
            setattr(person, name, data[name])
    moved = before != person.seat or "observes" in data
    parts = {"stage", f"me:{person.id}", *_seat_parts(room, before)}
    if moved:
        parts |= {f"layout:{person.id}", *_seat_parts(room, person.seat)}
    if moved or person.removed:
        parts |= set(_withdrawn(room, person.id))
    return parts | {f"own:{mate.id}" for mate in room.members(before)}  # who suggests what is named


def _withdrawn(room: Room, person: str) -> Iterable[str]:
    """Whoever leaves takes their open votes along: nobody waits for a phantom."""
    for table in room.tables_now():
        place = table.id, table.ply
        ballot = room.ballots.get(place)
        if ballot is not None and ballot.open and ballot.choices.pop(person, None) is not None:
            yield "ballot"
        if room.hints.get(place, {}).pop(person, None) is not None:
            yield from (f"own:{mate.id}" for mate in room.members(table.seat))
    question = room.question()
    if question is not None and question.open and question.answers.pop(person, None) is not None:
        yield "ballot"


def _seat_parts(room: Room, seat: str) -> Iterable[str]:
    """Who sits together is told; where all sit together, five hundred pages would follow all."""
    return (f"seat:{seat}",) if seat and room.plan.mode != "round" else ()


def _seated(room: Room, _: Record, data: Mapping[str, Any]) -> Iterable[str]:
    seat = Seat(data["seat"], data["name"])
    room.seats[seat.id] = seat
    for id, place in data.get("tables", {}).items():
        _add_table(room, seat, id, place)
    return ("stage", f"seat:{seat.id}")


# --- the session ----------------------------------------------------------------------------------


def _planned(room: Room, _: Record, data: Mapping[str, Any]) -> Iterable[str]:
    for name, value in data.items():
        setattr(room.plan, name, tuple(value) if name == "places" else value)
    seats = _seated_anew(room) if room.stage == "lobby" and {"mode", "teams"} & set(data) else ()
    tables = (f"table:{table.id}" for table in room.tables_now() if "together" in data)
    return ("room", "stage", *seats, *tables)


def _seated_anew(room: Room) -> Iterable[str]:
    """Seats for another way of playing, before the start: one for all, or so many at each."""
    old = set(room.seats)
    room.seats.clear()
    players = [p for p in room.here() if not p.observes]
    many = max(1, len(players)) if room.plan.mode == "round" else room.plan.teams
    for k, person in enumerate(players):
        number = k // many + 1
        person.seat = f"s{number}"
        room.seats.setdefault(person.seat, Seat(person.seat, seat_name(number)))
    for person in room.people.values():
        if person not in players:
            person.seat = ""
    room.regroup()
    return (*(f"seat:{seat}" for seat in old | set(room.seats)), *(f"me:{p}" for p in room.people))


def _started(room: Room, _: Record, data: Mapping[str, Any]) -> Iterable[str]:
    """Everybody sits down, for the first game or for another one: what was shown is covered."""
    room.stage = "playing"
    room.games += 1
    room.turns = {int(place): tuple(turns) for place, turns in data.get("turns", {}).items()}
    room.revealed.clear()
    room.slide, room.shown = -1, set()
    room.until, room.left, room.shut = 0.0, 0.0, False
    room.gate = 0
    room.reports = False  # they tell what the next game still hides
    if "places" in data:
        room.plan.places = tuple(data["places"])
    for seat in room.seats.values():
        seat.since = len(seat.tables)
    for table in room.tables.values():
        table.put_away()
    for id, (seat_id, place) in data["tables"].items():
        _add_table(room, room.seats[seat_id], id, place)
    return _everything(room)


def _add_table(room: Room, seat: Seat, id: str, place: int) -> None:
    plan = room.plan
    shared = plan.mode == "round"
    room.tables[id] = Table(id, seat.id, room.desks[place], plan.seed, plan.help, shared, place)
    seat.tables.append(id)


def _everything(room: Room) -> Iterable[str]:
    seats = (f"seat:{seat}" for seat in room.seats)
    people = (f"me:{person}" for person in room.people)
    shared = ("room", "stage", "ballot", "ask", "slides", "deck")
    return (*shared, *seats, *people, *(f"table:{t}" for t in room.tables))


def _staged(room: Room, _: Record, data: Mapping[str, Any]) -> Iterable[str]:
    room.stage = data["stage"]
    _put_away(room)
    return _everything(room)


def _set(room: Room, _: Record, data: Mapping[str, Any]) -> Iterable[str]:
    """Paused, locked, the timer, the gate, whether time is up and the reports are handed out."""
    for name in ("paused", "locked", "until", "left", "gate", "shut", "reports"):
        if name in data:
            setattr(room, name, data[name])
    tables = {"gate", "shut", "paused"} & set(data)
    people = room.people if "reports" in data else ()
    parts = ("room", "stage", "deck", *(f"me:{person}" for person in people))
    return (*parts, *((f"table:{t}" for t in room.tables) if tables else ()))


def _told(room: Room, record: Record, data: Mapping[str, Any]) -> Iterable[str]:
    room.notices.append((record.seq, data["text"]))
    return ("room", "stage")


def _desked(_: Room, __: Record, ___: Mapping[str, Any]) -> Iterable[str]:
    """A scenario was added; its texts are kept beside the log."""
    return ("room",)


# --- at a table -----------------------------------------------------------------------------------


def _moved(room: Room, record: Record, data: Mapping[str, Any]) -> Iterable[str]:
    table = room.tables[data["table"]]
    table.move(data["action"], HOUSE if data.get("house") else record.actor)
    return ("stage", "ballot", f"table:{table.id}")


def _suggested(room: Room, record: Record, data: Mapping[str, Any]) -> Iterable[str]:
    """One of a team would make this move; a second press makes it."""
    place = data["table"], data["ply"]
    room.hints.setdefault(place, {})[record.actor] = data["action"]
    return [f"own:{p.id}" for p in room.members(room.tables[data["table"]].seat)]


def _read(room: Room, record: Record, data: Mapping[str, Any]) -> Iterable[str]:
    table = room.tables[data["table"]]
    table.read(record.actor, data["buyer"], data["d"], data["confidence"])
    own = f"own:{record.actor}"
    if not table.shared:
        return (own, f"table:{table.id}")
    return (own, f"table:{table.id}", "stage") if room.revealed else (own,)


def _happened(room: Room, _: Record, data: Mapping[str, Any]) -> Iterable[str]:
    for id in data["tables"]:
        room.tables[id].event(data["event"])
    return ("stage", *(f"table:{id}" for id in data["tables"]))


# --- votes and predictions ------------------------------------------------------------------------


def _balloted(room: Room, _: Record, data: Mapping[str, Any]) -> Iterable[str]:
    place = data["table"], data["ply"]
    ballot = room.ballots.setdefault(place, Ballot(*place))
    ballot.open = data["open"]
    ballot.counted.update(data.get("counted", {}))
    timed = not ballot.open and (room.until or room.left)
    if timed:
        room.until = room.left = 0.0
    parts = ("stage", "ballot", f"table:{ballot.table}")
    return (*parts, "room") if timed else parts


def _voted(room: Room, record: Record, data: Mapping[str, Any]) -> Iterable[str]:
    place = data["table"], data["ply"]
    room.ballots.setdefault(place, Ballot(*place)).choices[record.actor] = data["action"]
    return ("ballot", f"own:{record.actor}")


def _asked(room: Room, _: Record, data: Mapping[str, Any]) -> Iterable[str]:
    id = data["question"]
    if id not in room.questions:
        room.questions[id] = Question(
            id, data["kind"], data["table"], data["ply"], data.get("slide"),
            tuple(data.get("options", ())),
        )  # fmt: skip
    question = room.questions[id]
    question.open = data["open"]
    question.shown = data.get("shown", question.shown)
    question.away = data.get("away", question.away)
    question.truth = data.get("truth", question.truth)
    question.losses.update(data.get("losses", {}))
    question.counted.update(data.get("counted", {}))
    return ("room", "stage", "ballot", "ask", "slides", "deck")


def _answered(room: Room, record: Record, data: Mapping[str, Any]) -> Iterable[str]:
    room.questions[data["question"]].answers[record.actor] = data["answer"]
    return ("ballot", f"own:{record.actor}")


def _uncovered(room: Room, _: Record, data: Mapping[str, Any]) -> Iterable[str]:
    layer = data["layer"]
    if data["on"] and layer not in room.revealed:
        room.revealed.append(layer)
    elif not data["on"] and layer in room.revealed:
        room.revealed.remove(layer)
    return ("room", "stage", "ballot", "ask", *(f"table:{table}" for table in room.tables))


# --- after the game -------------------------------------------------------------------------------


def _wrote(room: Room, record: Record, data: Mapping[str, Any]) -> Iterable[str]:
    room.sentences[record.actor] = tuple(data["parts"])
    return ("stage", "slides", "deck", f"own:{record.actor}")


def _tested(room: Room, record: Record, data: Mapping[str, Any]) -> Iterable[str]:
    half = data["half"]
    if "counted" in data:
        room.test_counts[half, data["item"]] = tuple(data["counted"])
        return ("stage", "slides", "deck")
    if "answers" in data:
        room.tests[half, record.actor] = tuple(data["answers"])
        return ("ballot", "slides", "deck", f"test:{record.actor}")
    room.test_open = half if data["open"] else ""
    return ("room", "stage", "ask", "deck", *(f"test:{person}" for person in room.people))


def _slid(room: Room, _: Record, data: Mapping[str, Any]) -> Iterable[str]:
    room.slide = data["slide"]
    if data.get("shown"):
        room.shown.add(room.slide)
    return ("room", "stage", "slides", "deck", *_put_away(room))


def _put_away(room: Room) -> Iterable[str]:
    """The room turns to another thing: a prediction that is closed makes room for it."""
    last = room.question()
    if last is None or last.open or last.away:
        return ()
    last.away = True
    return ("ballot", "ask")


def _reviewed(_: Room, __: Record, ___: Mapping[str, Any]) -> Iterable[str]:
    """More is known of what the moves were worth; it is found out anew after a restart."""
    return ("slides", "deck")


def _gone(_: Room, __: Record, ___: Mapping[str, Any]) -> Iterable[str]:
    """Somebody's answer that was erased; the log keeps its number."""
    return ()


_FOLD: dict[str, Callable[[Room, Record, Mapping[str, Any]], Iterable[str]]] = {
    "plan": _planned,
    "join": _joined,
    "person": _person,
    "seat": _seated,
    "start": _started,
    "stage": _staged,
    "set": _set,
    "move": _moved,
    "suggest": _suggested,
    "read": _read,
    "event": _happened,
    "ballot": _balloted,
    "vote": _voted,
    "ask": _asked,
    "answer": _answered,
    "reveal": _uncovered,
    "sentence": _wrote,
    "test": _tested,
    "slide": _slid,
    "reviewed": _reviewed,
    "erased": _gone,
    "tell": _told,
    "desk": _desked,
}
# The cards of the console that a frequent record changes; the others change all of them.
_CARDS: dict[str, tuple[str, ...]] = {
    "join": ("now", "people", "table", "seats", "plan", "show"),
    "person": ("now", "people", "table", "seats", "plan", "show"),
    "move": ("now", "table", "seats", "show"),
    "suggest": ("seats",),
    "read": ("seats",),
    "vote": ("now", "table"),
    "answer": ("now", "show"),
    "test": ("now", "show"),
    "sentence": ("seats",),
    "reviewed": (),
    "tell": ("now", "more"),
}
