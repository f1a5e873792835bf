"""What the cards of the console show, as data. They show more than the stage does, and no more than
a facilitator may read out: the truth of a layer only once it is revealed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from game.review.questionnaire_files import FormName, items_of, shipped_judgment_test
from game.session.seating import HELP_LEVELS
from game.session.table import Card, Line, by_ring, dialogue
from game.session.words import ui
from game.workshop import stage
from game.workshop.asked import asked
from game.workshop.room import acts, predictions
from game.workshop.room.people import Person
from game.workshop.room.plan import STYLES
from game.workshop.room.state import LAYERS, MODES, Room
from game.workshop.room.tables import Table
from game.workshop.service import Live
from game.workshop.words import say

if TYPE_CHECKING:
    from game.workshop.pages import Parts

# In the order of a page; the first after `now` is what the facilitator works with at that stage.
_ORDER = {
    "lobby": ("now", "plan", "check", "people", "more", "deck"),
    "playing": ("now", "table", "seats", "show", "people", "more", "deck"),
    "debrief": ("now", "deck", "show", "seats", "people", "more"),
    "over": ("now", "deck", "people", "seats", "more"),
}


def layout(room: Room) -> list[str]:
    """The parts of the console as it stands now; `deck` has the debrief and what is kept."""
    left_out = {"seats" if room.plan.mode == "round" else "table"}
    if not room.plan.phones and not room.people:
        left_out.add("people")
    cards = [card for card in _ORDER[room.stage] if card not in left_out]
    return [card if card == "deck" else f"console:{card}" for card in cards]


@dataclass(frozen=True, slots=True)
class Row:
    """A seat as the facilitator sees it."""

    standing: stage.Standing
    people: tuple[Person, ...]
    watching: int
    suggested: tuple[tuple[str, str], ...]  # (who, what they would do)


@dataclass(frozen=True, slots=True)
class TestItem:
    """An item of the judgment test, whose answers are counted by hand."""

    title: str
    does: tuple[str, ...]
    counted: tuple[int, ...]


def values(parts: Parts, card: str) -> dict[str, Any]:
    """What a card's template is given."""
    found = _table(parts) if card == "table" else _VALUES[card](parts.live)
    return {"card": card, **found}


def _now(live: Live) -> dict[str, Any]:
    room = live.room
    table = room.round_table() if room.stage == "playing" else None
    vote = stage.vote_on(room, table) if table is not None and not table.game.ended else None
    seated = sum(bool(room.members(seat)) for seat in room.seats)
    open_ = room.playing() if room.stage == "playing" else []
    return {
        "vote": vote,
        "over": table is not None and table.game.ended,
        "open": len(open_),
        "ended": seated - len(open_),
        "moved": sum(room.waits(t) for t in open_),
        "tested": sum(half == room.test_open for half, _ in room.tests),
        "voters": sum(not p.observes for p in room.here()),
    }


def _table(parts: Parts) -> dict[str, Any]:
    room = parts.live.room
    table = room.round_table()
    if table is None:
        return {"table": None}
    game = table.game
    lines: list[Line] = dialogue(game)
    now = lines[-1].turn if lines else 0
    options = {game.rules.actions[a] for a in table.options()}
    rest: dict[str, list[Card]] = {}
    if not game.ended:
        for ring, found in by_ring(game).items():
            rest[ring] = [card for card in found if card.text not in options | {"propose"}]
    seen = parts.seen(table)
    return {
        "table": table,
        "seen": seen,
        "latest": [line for line in lines if line.turn == now],
        "vote": None if game.ended else stage.vote_on(room, table),
        "rest": {ring: found for ring, found in rest.items() if found},
        "issues": seen.issues,
        "meanwhile": table.meanwhile,
        "mine": room.decides(table),
    }


def _seats(live: Live) -> dict[str, Any]:
    room = live.room
    rows, watched = [], room.onlookers()
    for one in stage.standings(room):
        table = room.tables[one.table]
        suggested = tuple(
            (room.people[p].name, _label(table, action))
            for p, action in room.suggested(table).items()
        )
        people = tuple(room.members(one.seat))
        rows.append(Row(one, people, watched[one.seat], suggested))
    turn, tables = stage.split_turn(room)
    return {
        "rows": rows,
        "splits": stage.splits(room),
        "split_turn": turn + 1,
        "split_of": len(tables),
        "sentences": len(room.sentences),
    }


def _label(table: Table, action: str) -> str:
    return table.game.label(table.game.parse(action))


def _show(live: Live) -> dict[str, Any]:
    room = live.room
    question = room.question()
    table = room.round_table() or next(iter(room.tables_now()), None)
    kinds = ["read", "state"]
    around = room.round_table()
    if any(not one.over for one in ([around] if around is not None else room.playing())):
        kinds.append("sign")
    if around is not None and not around.game.ended:
        kinds.insert(2, "best")
    return {
        "layers": LAYERS,
        "question": question,
        "choices": predictions.choices(room, question) if question is not None else (),
        "wall": asked(room) is not None,
        "known": question is not None and predictions.known(room, question),
        "kinds": kinds,
        "events": _events(room, table) if room.stage == "playing" and table is not None else [],
        "items": _items(room),
    }


@dataclass(frozen=True, slots=True)
class Happening:
    """An event that a facilitator may let happen. `waits` counts the tables whose next move it
    comes with; it is `ready` where there is another one."""

    id: str
    label: str
    waits: int
    ready: bool


def _events(room: Room, table: Table) -> list[Happening]:
    built = [one for one in room.tables_now() if one.built]  # nothing waits at the others
    cold = len(room.tables_now()) > len(built)
    pending = Counter(
        next(text for kind, text in reversed(one.done) if kind == "event")
        for one in built
        if not one.game.ended and one.game.event_pending
    )
    return [
        Happening(
            id, event.label or ui(f"event_{event.kind}"), pending[id],
            cold or any(acts.may_happen(one, id) for one in built),
        )
        for id, event in table.desk.shown.events.items()
    ]  # fmt: skip


def _items(room: Room) -> list[TestItem]:
    """The half of the test that is handed out, where its answers are counted by hand."""
    if room.plan.phones or not room.test_open:
        return []
    test = shipped_judgment_test()
    form: FormName = "before" if room.test_open == "before" else "after"
    found = []
    for k, id in enumerate(items_of(test, form)):
        item = test.items[id]
        does = tuple(option.does for option in item.options.values())
        counted = room.test_counts.get((room.test_open, k), (0,) * len(does))
        found.append(TestItem(item.title, does, counted))
    return found


def _people(live: Live) -> dict[str, Any]:
    return {"movable": live.room.plan.mode != "round" and len(live.room.seats) > 1}


def _plan(live: Live) -> dict[str, Any]:
    room = live.room
    return {
        "modes": [mode for mode in MODES if mode != "pairs" or len(room.desks) > 1],
        "styles": [(style, say(f"console.style_{style}")) for style in STYLES],
        "helps": [(level, ui(f"help_{level}")) for level in HELP_LEVELS],
        "first": (room.plan.places or (0,))[0],
        "second": room.plan.places[1] if len(room.plan.places) > 1 else 1,
        "desks": [(k, desk.shown.title) for k, desk in enumerate(room.desks)],
    }


def _check(live: Live) -> dict[str, Any]:
    newest = live.visits.newest
    host = urlsplit(live.address).hostname or ""
    alone = host == "localhost" or host.startswith("127.")
    return {
        "loopback": alone,
        "visits": [(v, f"{datetime.fromtimestamp(v.at):%H:%M}") for v in newest],
    }


def _more(live: Live) -> dict[str, Any]:
    room = live.room
    return {
        "desks": [(k, desk.shown.title) for k, desk in enumerate(room.desks)],
        "last": room.notices[-1][1] if room.notices else "",
    }


_VALUES: dict[str, Callable[[Live], dict[str, Any]]] = {
    "now": _now,
    "seats": _seats,
    "show": _show,
    "people": _people,
    "plan": _plan,
    "check": _check,
    "more": _more,
}
