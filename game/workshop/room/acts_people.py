"""Coming in, sitting down, looking on: what people and facilitators do about people."""

from __future__ import annotations

from game.workshop.room import house
from game.workshop.room.decisions import (
    MOST_NAME,
    MOST_PEOPLE,
    Refused,
    done_before,
    known,
    one_line,
)
from game.workshop.room.log import Draft
from game.workshop.room.people import seat_name
from game.workshop.room.state import Room
from game.workshop.room.tables import Table


def cleaned(name: str) -> str:
    """A name as it may be shown."""
    return one_line("".join(c for c in name if c.isprintable()), MOST_NAME)


def join(
    room: Room, name: str, nonce: str, *, observes: bool = False, lang: str = ""
) -> list[Draft]:
    """Somebody comes in. The form's `nonce` makes a second click the same person.

    Who comes late to parallel tables looks on at one, and may sit down at a table of their own.
    """
    key = f"join:{nonce}"
    if done_before(room, key) is not None:
        return []
    if room.stage == "over":
        raise Refused("over", 410)
    if room.locked:
        raise Refused("locked", 403)
    if not room.plan.phones:
        raise Refused("no_phones", 403)
    if len(room.here()) >= MOST_PEOPLE:
        raise Refused("full", 403)
    name = cleaned(name)
    if not name:
        raise Refused("no_name", 400)
    id = f"p{len(room.people) + 1}"
    drafts: list[Draft] = []
    late = room.stage != "lobby" and room.plan.mode != "round"
    seat = "" if observes else _free_seat(room)
    if not observes and not seat and not late:
        seat = _new_seat(room, drafts)
    looks_on = observes or not seat
    data = {
        "person": id, "name": _apart(room, name), "observes": looks_on,
        "seat": seat or _quietest(room),
    }  # fmt: skip
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


def _free_seat(room: Room) -> str:
    """A seat that waits for one more, "" none; at a round table there is room for everybody."""
    if room.plan.mode == "round":
        return next(iter(room.seats), "")
    for seat in room.seats.values():
        if len(room.members(seat.id)) < room.plan.teams and not any(
            room.tables[t].made for t in seat.tables[seat.since :]
        ):
            return seat.id
    return ""


def _new_seat(room: Room, drafts: list[Draft]) -> str:
    """One more seat, with its draft; while a game goes on, tables of its own come with it."""
    number = len(room.seats) + 1
    id = f"s{number}"
    data: dict[str, object] = {"seat": id, "name": seat_name(number)}
    drafts.append(Draft("seat", data))
    if room.stage == "playing":
        tables = {f"{id}.{k + 1}": place for k, place in enumerate(places(room))}
        data["tables"] = tables
        for table, place in tables.items():
            drafts += opening_moves(room, table, place)
    return id


def opening_moves(room: Room, id: str, place: int) -> list[Draft]:
    """What the house plays at a new table before the first move that the room decides."""
    plan = room.plan
    if not plan.short or place not in room.turns:
        return []
    table = Table(id, "", room.desks[place], plan.seed, plan.help, place=place)
    ours = room.turns[place].__contains__
    return house.moves(id, 0, house.played_on(table, (), plan.style, ours))


def _quietest(room: Room) -> str:
    """Where one more looks on: where the game still goes on, with the fewest onlookers; whoever
    sees an ending knows what the next one comes to."""
    taken = [seat for seat in room.seats if room.members(seat)]
    goes_on = {table.seat for table in room.playing()}
    watched = room.onlookers()
    return min(taken, key=lambda seat: (seat not in goes_on, watched[seat]), default="")


def places(room: Room) -> tuple[int, ...]:
    """Which of the scenarios every seat plays, one after another."""
    many = 2 if room.plan.mode == "pairs" else 1
    return room.plan.places[:many] or tuple(range(min(many, len(room.desks))))


def sit(room: Room, person: str) -> list[Draft]:
    """An onlooker sits down: where there is room, else at a seat of their own."""
    who = known(room, person)
    if who.removed or room.stage in ("debrief", "over"):
        raise Refused("not_playing")
    if not who.observes:
        return []
    drafts: list[Draft] = []
    seat = _free_seat(room) or _new_seat(room, drafts)
    return [*drafts, Draft("person", {"person": person, "observes": False, "seat": seat})]


def watch(room: Room, person: str, seat: str) -> list[Draft]:
    """An onlooker looks over another shoulder."""
    who = known(room, person)
    if who.removed or not who.observes:
        raise Refused("not_yours", 403)
    if seat not in room.seats:
        raise Refused("no_seat", 404)
    return [] if who.seat == seat else [Draft("person", {"person": person, "seat": seat})]


def _seat_called(room: Room, text: str) -> str:
    """The id of a seat by its id or its name."""
    wanted = text.strip().casefold()
    for seat in room.seats.values():
        if wanted in (seat.id, seat.name.casefold()):
            return seat.id
    raise Refused("no_seat", 404)


def change_person(room: Room, person: str, **changes: object) -> list[Draft]:
    """A facilitator renames, hides, removes, takes back or moves somebody."""
    who = known(room, person)
    if changes.get("observes") is False and who.observes:
        return sit(room, person)
    if "name" in changes:
        changes["name"] = cleaned(str(changes["name"]))
        if not changes["name"]:
            raise Refused("no_name", 400)
    if "seat" in changes:
        changes["seat"] = _seat_called(room, str(changes["seat"]))
    drafts: list[Draft] = []
    if changes.get("removed") is False and not who.observes and who.seat not in room.seats:
        changes["seat"] = _free_seat(room) or _new_seat(room, drafts)  # it was given away meanwhile
    real = {name: value for name, value in changes.items() if getattr(who, name) != value}
    return [*drafts, Draft("person", {"person": person, **real})] if real else []
