"""What people and facilitators may do: each function looks at a room and drafts records.

Nothing here changes anything. A request that cannot be granted raises :class:`Refused` with the
id of a text that says why; one that was granted before, under the same key, gives no drafts.
This module has the session's course; people, tables and predictions have theirs.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from game.review.questionnaire import AnswersError, check_answers
from game.review.questionnaire_files import shipped_judgment_test
from game.workshop.room import house
from game.workshop.room.acts_people import (
    change_person,
    cleaned,
    join,
    places,
    sit,
    watch,
)
from game.workshop.room.decisions import (
    MOST_NAME,
    MOST_PEOPLE,
    MOST_TEXT,
    Before,
    Refused,
    done_before,
    known,
    one_line,
)
from game.workshop.room.log import Draft
from game.workshop.room.people import seat_name
from game.workshop.room.state import MODES, SHORT, STYLES, Room
from game.workshop.room.tables import Table

_TEAMS = 12  # people at one seat
_MOST_SHORT = 12  # turns in a short form
MOST_SECONDS = 3600
Turns = Mapping[int, Sequence[int]]  # place of a scenario -> the moves a room decides itself


# --- the plan -------------------------------------------------------------------------------------


def plan(room: Room, **changes: object) -> list[Draft]:
    """Change how it is played; only before the start, but for pace, timer and leaderboard."""
    if room.stage != "lobby" and set(changes) - {"together", "leaderboard", "seconds"}:
        raise Refused("started")
    if changes.get("mode", "parallel") not in MODES:
        raise Refused("no_mode", 400)
    if changes.get("style", STYLES[0]) not in STYLES:
        raise Refused("no_style", 400)
    if not 1 <= int(str(changes.get("teams", 1))) <= _TEAMS:
        raise Refused("no_teams", 400)
    if not 0 <= int(str(changes.get("short", 0))) <= _MOST_SHORT:
        raise Refused("no_short", 400)
    changes["seconds"] = min(int(str(changes.get("seconds", room.plan.seconds))), MOST_SECONDS)
    phones, mode = (changes.get(name, getattr(room.plan, name)) for name in ("phones", "mode"))
    if {"phones", "mode"} & set(changes) and mode != "round" and not phones:
        raise Refused("hands_round", 409)
    chosen = changes.get("places", ())
    assert isinstance(chosen, tuple)
    if any(not 0 <= place < len(room.desks) for place in chosen):
        raise Refused("no_table", 404)
    if changes.get("mode", room.plan.mode) == "pairs":
        if len(room.desks) < 2:
            raise Refused("one_scenario", 409)
        if len(set(chosen)) == 1:
            raise Refused("same_twice", 400)
        if changes.get("mode") != room.plan.mode and not changes.get("short"):
            changes["short"] = SHORT  # two whole meetings are long; it can be set back
    real = {k: v for k, v in changes.items() if getattr(room.plan, k) != v}
    drafts = [Draft("plan", real)] if real else []
    if real.get("together") and room.stage == "playing":
        drafts.append(Draft("set", {"gate": _gate(room)}))
    return drafts


def _gate(room: Room) -> int:
    """Where all are together again: as far as the farthest table that still plays. Where all of
    them are as far as that already, one more, so that nobody is stopped by the word."""
    made = [table.made for table in room.playing()]
    far = max(made, default=0)
    return max(room.gate, far + (min(made, default=0) == far))


# --- the course -----------------------------------------------------------------------------------


def start(room: Room, now: float = 0.0, turns: Turns | None = None) -> list[Draft]:
    """Everybody sits down; from now on moves are made.

    `turns` are the moves that the room decides itself in the short form; the house plays up to the
    first of them at once.
    """
    if done_before(room, "start") is not None:
        return []
    somebody_plays(room, room.plan.mode)
    drafts: list[Draft] = []
    seats = list(room.seats)
    if not seats:  # a round without phones needs nobody
        drafts.append(Draft("seat", {"seat": "s1", "name": seat_name(1)}))
        seats = ["s1"]
    return [*drafts, *_sit_down(room, seats, places(room), now, turns or {}, "start", {})]


def somebody_plays(room: Room, mode: object) -> None:
    """Tables of their own need people who sit down at them; a round without phones needs nobody."""
    if mode != "round" and all(person.observes for person in room.here()):
        raise Refused("nobody_plays")


def another(
    room: Room, number: int, chosen: Sequence[int], now: float = 0.0, turns: Turns | None = None
) -> list[Draft]:
    """Everybody plays another scenario, the `number`-th game of the session, from 2 on."""
    key = f"start:{number}"
    if done_before(room, key) is not None:
        return []
    if room.stage not in ("playing", "debrief") or number != room.games + 1:
        raise Refused("no_advance")
    if not chosen or any(not 0 <= place < len(room.desks) for place in chosen):
        raise Refused("no_table", 404)
    somebody_plays(room, room.plan.mode)
    data: dict[str, object] = {"places": list(chosen)}
    return _sit_down(room, list(room.seats), chosen, now, turns or {}, key, data)


def _sit_down(
    room: Room, seats: Sequence[str], chosen: Sequence[int], now: float, turns: Turns, key: str,
    data: dict[str, object],
) -> list[Draft]:  # fmt: skip
    plan = room.plan
    if plan.mode == "round":
        seats = seats[:1]
    tables: dict[str, tuple[str, int]] = {}
    for seat in seats:
        before = len(room.seats[seat].tables) if seat in room.seats else 0
        for k, place in enumerate(chosen):
            tables[f"{seat}.{before + k + 1}"] = (seat, place)
    data |= {"tables": tables}
    short = bool(plan.short and turns)
    if short:
        data["turns"] = {str(place): list(some) for place, some in turns.items()}
    last = room.question()
    drafts = [shut(room, last.id)] if last is not None and last.open else []
    drafts.append(Draft("start", data, key))
    if plan.together:
        drafts.append(Draft("set", {"gate": 1}))
    drafts += _timer(room, now)
    if short:
        first: dict[int, list[str]] = {}
        for id, (seat, place) in tables.items():
            if place not in first:
                table = Table(id, seat, room.desks[place], plan.seed, plan.help, place=place)
                ours = set(turns[place])
                first[place] = house.played_on(table, (), plan.style, ours.__contains__)
            drafts += house.moves(id, 0, first[place])
    return drafts


def stage(room: Room, to: str) -> list[Draft]:
    """To the debrief, back to the tables, or to the end."""
    if to not in ("playing", "debrief", "over") or room.stage == "lobby":
        raise Refused("no_stage", 400)
    return [] if room.stage == to else [Draft("stage", {"stage": to})]


def switch(room: Room, name: str, on: bool) -> list[Draft]:
    """Lock the door or open it; shut the turn or open it again; hand the reports out or not."""
    if name not in ("locked", "shut", "reports"):
        raise Refused("no_switch", 400)
    return [] if getattr(room, name) is on else [Draft("set", {name: on})]


def pause(room: Room, on: bool, now: float) -> list[Draft]:
    """Freeze every device, the timer with them, or go on."""
    if room.paused is on:
        return []
    change: dict[str, object] = {"paused": on}
    if on and room.until:
        change |= {"until": 0.0, "left": max(0.0, room.until - now)}
    elif not on and room.left:
        change |= {"until": now + room.left, "left": 0.0}
    return [Draft("set", change)]


def advance(room: Room, to: int, now: float = 0.0) -> list[Draft]:
    """Let every table make one more move; two consoles that press at once advance once."""
    key = f"advance:{room.games}:{to}" if room.games > 1 else f"advance:{to}"
    if done_before(room, key) is not None or to <= room.gate:
        return []
    if to != room.gate + 1:
        raise Refused("no_advance")
    return [Draft("set", {"gate": to, "shut": False}, key), *_timer(room, now)]


# --- the clock ------------------------------------------------------------------------------------


def timer(room: Room, seconds: int, now: float) -> list[Draft]:
    """Give so many seconds from now, by the server's clock; 0 takes the timer away."""
    seconds = min(seconds, MOST_SECONDS)
    if not seconds:
        return [Draft("set", {"until": 0.0, "left": 0.0})] if room.until or room.left else []
    if room.paused:  # it starts to run when the room goes on
        return [Draft("set", {"until": 0.0, "left": float(seconds), "shut": False})]
    return [Draft("set", {"until": now + seconds, "left": 0.0, "shut": False})]


def _timer(room: Room, now: float) -> list[Draft]:
    """The plan's timer for a new vote or turn."""
    return timer(room, room.plan.seconds, now) if room.plan.seconds and now else []


def next_timer(room: Room, now: float) -> list[Draft]:
    """What starts the clock again after a move of the room."""
    return _timer(room, now)


def rung(room: Room, now: float) -> list[Draft]:
    """What the clock closes when its time is up: the test, the prediction, the vote or the turn.

    What is played then is the facilitator's to decide.
    """
    if not room.until or now < room.until or room.paused:
        return []
    drafts = [Draft("set", {"until": 0.0})]
    question = room.question()
    if room.test_open:
        drafts.append(Draft("test", {"half": room.test_open, "open": False}))
    elif question is not None and question.open:
        drafts.append(shut(room, question.id))
    elif room.stage == "playing":
        table = room.round_table()
        if table is None:
            drafts[0] = Draft("set", {"until": 0.0, "shut": True})
        elif room.ballot(table).open and not table.game.ended:
            place = {"table": table.id, "ply": table.ply, "open": False}
            drafts.append(Draft("ballot", place))
    return drafts


def shut(room: Room, question: str) -> Draft:
    """No more answers to a prediction."""
    found = room.questions[question]
    data = {"question": found.id, "kind": found.kind, "table": found.table, "ply": found.ply}
    return Draft("ask", {**data, "open": False})


# --- for everybody --------------------------------------------------------------------------------


def inject(room: Room, event: str, tables: list[str] | None = None) -> list[Draft]:
    """One of the scenario's events happens at some tables, all open ones if None."""
    chosen = room.tables_now() if tables is None else [room.tables[t] for t in tables
                                                       if t in room.tables]  # fmt: skip
    ready = [table.id for table in chosen if may_happen(table, event)]
    if not ready:
        raise Refused("no_event")
    return [Draft("event", {"event": event, "tables": ready})]


def may_happen(table: Table, event: str) -> bool:
    """Whether an event can come to a table with its next move."""
    known = event in table.desk.scenario.events
    return known and not table.game.ended and not table.game.event_pending


def tell(room: Room, text: str) -> list[Draft]:
    """A word of the facilitator to everybody; an empty one takes the last away."""
    return [Draft("tell", {"text": one_line(text)})]


def desk(room: Room, titles: Sequence[str]) -> list[Draft]:
    """Scenarios were added; their texts are kept beside the log."""
    return [Draft("desk", {"titles": list(titles)})]


# --- after the game -------------------------------------------------------------------------------


def _going_on(room: Room) -> None:
    """A pause freezes every device, whatever it shows."""
    if room.paused:
        raise Refused("paused", 423)


def sentence(room: Room, person: str, parts: tuple[str, ...]) -> list[Draft]:
    """The sentence about both buyers: when the price could be spoken, and what each one took."""
    known(room, person)
    _going_on(room)
    clean = tuple(one_line(part) for part in parts)
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
    _going_on(room)
    if room.test_open != half or half not in ("before", "after"):
        raise Refused("question_closed")
    try:
        check_answers(answers, shipped_judgment_test(), "before" if half == "before" else "after")
    except AnswersError:
        raise Refused("garbled", 400) from None
    return [Draft("test", {"half": half, "answers": answers}, key)]


def test_count(room: Room, half: str, item: int, counted: Sequence[int]) -> list[Draft]:
    """Hands for each answer to an item of the test, from 0, counted by the facilitator."""
    if half not in ("before", "after") or not 0 <= item < 20 or not counted:
        raise Refused("no_test", 400)
    if any(not 0 <= n <= MOST_PEOPLE for n in counted):
        raise Refused("no_count", 400)
    if room.test_counts.get((half, item)) == tuple(counted):
        return []
    return [Draft("test", {"half": half, "item": item, "counted": list(counted)})]


def slide(room: Room, number: int, shown: bool) -> list[Draft]:
    """Go to a slide of the debrief, or open its answer."""
    if room.slide == number and (not shown or number in room.shown):
        return []
    last = room.question()
    looked = last is not None and last.open and last.slide is not None
    drafts = [shut(room, last.id)] if last is not None and looked else []
    return [*drafts, Draft("slide", {"slide": number, "shown": shown})]


__all__ = [
    "MOST_NAME", "MOST_PEOPLE", "MOST_TEXT", "Before", "Refused", "advance", "another",
    "change_person", "cleaned", "desk", "done_before", "inject", "join", "known",
    "may_happen", "next_timer", "pause", "places", "plan", "rung", "seat_name", "sentence",
    "shut", "sit", "slide", "somebody_plays", "stage", "start", "switch", "tell", "test",
    "test_answers", "test_count", "timer", "watch",
]  # fmt: skip
