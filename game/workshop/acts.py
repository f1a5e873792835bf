"""What people and facilitators may do: each function looks at a room and drafts records.

Nothing here changes anything. A request that cannot be granted raises :class:`Refused` with the
id of a text that says why; one that was granted before, under the same key, gives no drafts.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from game.workshop.log import Draft
from game.workshop.room import MODES, SEAT_NAMES, Person, Room

MOST_PEOPLE = 1000
MOST_NAME = 40  # letters
MOST_TEXT = 400
_TEAMS = 12  # people at one seat


class Refused(Exception):
    """A request that cannot be granted now. `id` names the text; `status` is for HTTP."""

    def __init__(self, id: str, status: int = 409, **values: object) -> None:
        super().__init__(id)
        self.id, self.status, self.values = id, status, values


@dataclass(frozen=True, slots=True)
class Before:
    """Raised as a result: the same thing was already done, by `actor`, with these data."""

    actor: str
    data: Mapping[str, object]


def done_before(room: Room, key: str) -> Before | None:
    """What was done under a key that can be used only once."""
    record = room.keys.get(key)
    return None if record is None else Before(record.actor, record.data)


# --- people ---------------------------------------------------------------------------------------


def cleaned(name: str) -> str:
    """A name as it may be shown: one line, no marks that steer, no longer than `MOST_NAME`."""
    kept = "".join(c for c in name if c.isprintable())
    return " ".join(kept.split())[:MOST_NAME].strip()


def join(
    room: Room, name: str, nonce: str, *, observes: bool = False, lang: str = ""
) -> list[Draft]:
    """Somebody comes in. The form's `nonce` makes a second click the same person."""
    key = f"join:{nonce}"
    if done_before(room, key) is not None:
        return []
    if room.stage == "over":
        raise Refused("over", 410)
    if room.locked:
        raise Refused("locked", 403)
    if len(room.people) >= MOST_PEOPLE:
        raise Refused("full", 403)
    name = cleaned(name)
    if not name:
        raise Refused("no_name", 400)
    name = _apart(room, name)
    id = f"p{len(room.people) + 1}"
    drafts: list[Draft] = []
    # Who comes late to a table that is full, or whose game is over, looks on.
    seat = "" if observes else _seat_for(room, drafts)
    data = {"person": id, "name": name, "seat": seat, "observes": observes or not seat}
    return [*drafts, Draft("join", data | ({"lang": lang} if lang else {}), key)]


def _apart(room: Room, name: str) -> str:
    """Two people of one name are told apart by a number."""
    taken = {person.name.casefold() for person in room.here()}
    if name.casefold() not in taken:
        return name
    number = 2
    while f"{name} {number}".casefold() in taken:
        number += 1
    return f"{name[: MOST_NAME - 4]} {number}"


def _seat_for(room: Room, drafts: list[Draft]) -> str:
    """The seat of somebody new, with a draft of it where it is new too."""
    if room.plan.mode == "round":
        if not room.seats:
            drafts.append(Draft("seat", {"seat": "s1", "name": SEAT_NAMES[0]}, "seat:s1"))
        return "s1"
    if room.stage in ("debrief", "over"):
        return ""
    for seat in room.seats.values():
        begun = any(room.tables[t].ply for t in seat.tables)
        if len(room.members(seat.id)) < room.plan.teams and not begun:
            return seat.id
    number = len(room.seats) + 1
    id = f"s{number}"
    data: dict[str, object] = {"seat": id, "name": seat_name(number)}
    if room.stage == "playing":
        data["tables"] = {f"{id}.{k + 1}": k for k in places(room)}
    drafts.append(Draft("seat", data, f"seat:{id}"))
    return id


def seat_name(number: int) -> str:
    """The name of the n-th seat: Oak, … , Oak 2."""
    name = SEAT_NAMES[(number - 1) % len(SEAT_NAMES)]
    again = (number - 1) // len(SEAT_NAMES)
    return name if not again else f"{name} {again + 1}"


def places(room: Room) -> range:
    """Which of the scenarios every seat plays."""
    return range(min(2, len(room.desks)) if room.plan.mode == "pairs" else 1)


def change_person(room: Room, person: str, **changes: object) -> list[Draft]:
    """A facilitator renames, hides, removes, takes back or moves somebody."""
    who = known(room, person)
    if "name" in changes:
        changes["name"] = cleaned(str(changes["name"]))
        if not changes["name"]:
            raise Refused("no_name", 400)
    if "seat" in changes and changes["seat"] not in room.seats:
        raise Refused("no_seat", 404)
    real = {name: value for name, value in changes.items() if getattr(who, name) != value}
    return [Draft("person", {"person": person, **real})] if real else []


def known(room: Room, person: str) -> Person:
    if person not in room.people:
        raise Refused("no_person", 404)
    return room.people[person]


# --- the session ----------------------------------------------------------------------------------


def plan(room: Room, **changes: object) -> list[Draft]:
    """Change how it is played; only before the start."""
    if room.stage != "lobby" and set(changes) - {"together", "leaderboard"}:
        raise Refused("started")
    if changes.get("mode", "parallel") not in MODES:
        raise Refused("no_mode", 400)
    if changes.get("mode") == "pairs" and len(room.desks) < 2:
        raise Refused("one_scenario", 409)
    if not 1 <= int(str(changes.get("teams", 1))) <= _TEAMS:
        raise Refused("no_teams", 400)
    real = {k: v for k, v in changes.items() if getattr(room.plan, k) != v}
    return [Draft("plan", real)] if real else []


def start(room: Room) -> list[Draft]:
    """Everybody sits down; from now on moves are made."""
    if done_before(room, "start") is not None:
        return []
    drafts: list[Draft] = []
    seats = list(room.seats)
    if not seats:  # a round without phones needs nobody
        drafts.append(Draft("seat", {"seat": "s1", "name": SEAT_NAMES[0]}, "seat:s1"))
        seats = ["s1"]
    if room.plan.mode == "round":
        seats = seats[:1]
    tables = {f"{seat}.{k + 1}": (seat, k) for seat in seats for k in places(room)}
    drafts.append(Draft("start", {"tables": tables}, "start"))
    if room.plan.together:
        drafts.append(Draft("set", {"gate": 1}))
    return drafts


def stage(room: Room, to: str) -> list[Draft]:
    """To the debrief, back to the tables, or to the end."""
    if to not in ("playing", "debrief", "over") or room.stage == "lobby":
        raise Refused("no_stage", 400)
    return [] if room.stage == to else [Draft("stage", {"stage": to})]


def switch(room: Room, name: str, on: bool) -> list[Draft]:
    """Pause or go on; lock the door or open it."""
    if name not in ("paused", "locked"):
        raise Refused("no_switch", 400)
    return [] if getattr(room, name) is on else [Draft("set", {name: on})]


def timer(room: Room, until: float) -> list[Draft]:
    """Set the clock that everybody sees, seconds since 1970; 0 takes it away."""
    return [] if room.until == until else [Draft("set", {"until": until})]


def advance(room: Room, to: int) -> list[Draft]:
    """Let every table make one more move; two consoles that press at once advance once."""
    key = f"advance:{to}"
    if done_before(room, key) is not None or to <= room.gate:
        return []
    if to != room.gate + 1:
        raise Refused("no_advance")
    return [Draft("set", {"gate": to}, key)]


def inject(room: Room, event: str, tables: list[str] | None = None) -> list[Draft]:
    """One of the scenario's events happens at some tables, all open ones if None."""
    chosen = list(room.tables) if tables is None else [t for t in tables if t in room.tables]
    ready = []
    for id in chosen:
        table = room.tables[id]
        known = event in table.desk.scenario.events
        if known and not table.game.ended and not table.game.event_pending:
            ready.append(id)
    if not ready:
        raise Refused("no_event")
    return [Draft("event", {"event": event, "tables": ready})]


def tell(room: Room, text: str) -> list[Draft]:
    """A word of the facilitator to everybody; an empty one takes the last away."""
    return [Draft("tell", {"text": " ".join(text.split())[:MOST_TEXT]})]


# --- after the game -------------------------------------------------------------------------------


def sentence(room: Room, person: str, parts: tuple[str, ...]) -> list[Draft]:
    """The sentence about both buyers: when the price could be spoken, and what each one took."""
    known(room, person)
    clean = tuple(" ".join(part.split())[:MOST_TEXT] for part in parts)
    if len(clean) != 3 or not all(clean):
        raise Refused("no_sentence", 400)
    return [] if room.sentences.get(person) == clean else [Draft("sentence", {"parts": clean})]


def test(room: Room, half: str, on: bool) -> list[Draft]:
    """Hand out one half of the judgment test, or take it in."""
    if half not in ("before", "after"):
        raise Refused("no_test", 400)
    return [] if (room.test_open == half) is on else [Draft("test", {"half": half, "open": on})]


def test_answers(room: Room, person: str, half: str, answers: tuple[int, ...]) -> list[Draft]:
    """Somebody's answers to a half of the judgment test, numbered from 1; once."""
    known(room, person)
    key = f"test:{half}:{person}"
    if done_before(room, key) is not None:
        return []
    if room.test_open != half:
        raise Refused("question_closed")
    return [Draft("test", {"half": half, "answers": answers}, key)]


def slide(room: Room, number: int, shown: bool) -> list[Draft]:
    """Go to a slide of the debrief, or open its answer."""
    if room.slide == number and (not shown or number in room.shown):
        return []
    return [Draft("slide", {"slide": number, "shown": shown})]
