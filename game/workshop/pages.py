"""Pages and their parts from templates that escape every text; each part is rendered once.

A part is a piece of a page that changes by itself. What it shows follows from the room alone, so
its HTML is kept until a record changes it, and is sent to everybody who shows it. Some parts are
made of what changes elsewhere, as the picture of a table is: their version is the newest of those.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from functools import cache
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from game.scenario import language
from game.scenario.library import data_dir
from game.session.words import ui
from game.session.writing import own_name, uttered
from game.workshop import console_cards, stage
from game.workshop.asked import asked
from game.workshop.debrief.page import deck_part, slide_part, test_part
from game.workshop.own import Own, own
from game.workshop.revealed import revealed, trust_paths
from game.workshop.room.state import Room
from game.workshop.room.tables import Table
from game.workshop.seen import Seen, seen, state_name
from game.workshop.service import Live
from game.workshop.words import say, say_counted


@cache
def environment() -> Environment:
    made = Environment(
        loader=FileSystemLoader(data_dir("assets") / "workshop"),
        autoescape=True,
        auto_reload=False,  # a part is rendered for every move: files are not looked at each time
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals.update(
        say=say,
        counted=say_counted,
        ui=ui,
        own_name=own_name,
        uttered=uttered,
        state_name=state_name,
    )
    return made


def page(template: str, **values: Any) -> str:
    """A whole page, or a piece of one, in the current language."""
    found = environment().get_template(f"{template}.html")
    tag = language.current()
    return found.render(
        lang=tag, direction=language.direction(tag), languages=language.available(), **values
    )  # fmt: skip


def live_page(parts: Parts, kind: str, ids: list[str], wrong: str = "") -> str:
    """A page that follows its room: a phone, a console or a stage."""
    live = parts.live
    return page(
        "live", kind=kind, title=live.room.title, wrong=wrong, edition=live.hub.edition,
        parts=[(id, parts.version(id), parts.html(id)) for id in ids],
    )  # fmt: skip


class Parts:
    """Renders and keeps the parts of one session's pages."""

    def __init__(self, live: Live) -> None:
        self.live = live
        self._kept: dict[tuple[str, str], tuple[tuple[int, int, int], str, bytes]] = {}
        self._seen: dict[tuple[str, str], tuple[tuple[int, int], Seen]] = {}
        self._alike: dict[tuple[str, str, Own], str] = {}  # what is people's own, as HTML
        self.drawing = asyncio.Lock()  # held by the one stream that draws something new

    def sources(self, part: str) -> tuple[str, ...]:
        """The parts named in records that a part follows; itself, for most."""
        kind, _, id = part.partition(":")
        if kind in _OF_TABLE:
            return (f"table:{id}",)
        if kind == "own":
            table = self.live.room.table_of(self.live.room.seat_of(id))
            return (f"me:{id}", "ask", *((f"table:{table.id}",) if table is not None else ()))
        return (part,)

    def version(self, part: str) -> int:
        hub = self.live.hub
        return max(hub.version(source) for source in self.sources(part))

    async def warm(self) -> None:
        """After a restart: build the games beside the play, then show the race of all tables."""
        if await stage.warm(self.live.room):
            self.live.hub.start_over(self.live.hub.versions)

    def forget(self) -> None:
        """Render everything anew: something has changed that no record tells."""
        self._kept.clear()
        self._seen.clear()
        self._alike.clear()

    def drawn(self, part: str) -> bool:
        """Whether a part is there as it is now, so that showing it costs nothing."""
        found = self._kept.get((part, language.current()))
        return found is not None and found[0] == self._now(part)

    def html(self, part: str) -> str:
        """A part as HTML."""
        return self._part(part)[1]

    def packed(self, part: str) -> bytes:
        """A part as it goes down a stream: a JSON string."""
        return self._part(part)[2]

    def seen(self, table: Table) -> Seen:
        """What is to be seen at a table, made once for all the parts that show some of it."""
        place = table.id, language.current()
        version = self.live.edition, self.version(f"table:{table.id}")
        found = self._seen.get(place)
        if found is None or found[0] != version:
            desk = self.live.room.desks.index(table.desk)
            found = self._seen[place] = version, seen(table, desk, self.live.room.revealed)
        return found[1]

    def _now(self, part: str) -> tuple[int, int, int]:
        """What HTML is kept under. The hub's edition too: an alarm or a day changes what is shown
        without a record, and everybody is then told to fetch everything."""
        return self.live.edition, self.live.hub.edition, self.version(part)

    def _part(self, part: str) -> tuple[tuple[int, int, int], str, bytes]:
        version, place = self._now(part), (part, language.current())
        found = self._kept.get(place)
        if found is None or found[0] != version:
            html = self._render(part)
            found = version, html, json.dumps(html, ensure_ascii=False).encode()
            self._kept[place] = found
        return found

    def _render(self, part: str) -> str:
        kind, _, id = part.partition(":")
        values = _VALUES[kind](self, id)
        if kind != "own":
            return self._filled(kind, values)
        # Five hundred people who have done nothing yet have the same of their own.
        alike = (language.current(), self.live.room.plan.mode, values["own"])
        if alike not in self._alike:
            if len(self._alike) > _MOST_ALIKE:
                self._alike.clear()
            self._alike[alike] = self._filled(kind, values)
        return self._alike[alike]

    def _filled(self, kind: str, values: dict[str, Any]) -> str:
        name = _TEMPLATES.get(kind, kind)
        return environment().get_template(f"parts/{name}.html").render(
            room=self.live.room, live=self.live, **values
        )  # fmt: skip


_OF_TABLE = ("scene", "watch", "revealed", "side")  # parts that change when their table does
_MOST_ALIKE = 300
_TEMPLATES = {"watch": "table"}


def _nothing(_: Parts, __: str) -> dict[str, Any]:
    return {}


def _table(parts: Parts, id: str) -> dict[str, Any]:
    return {"seen": parts.seen(parts.live.room.tables[id]), "watches": False}


def _watch(parts: Parts, id: str) -> dict[str, Any]:
    return _table(parts, id) | {"watches": True}


def _revealed(parts: Parts, id: str) -> dict[str, Any]:
    room = parts.live.room
    return {"shown": revealed(room, room.tables[id])}


def _me(parts: Parts, id: str) -> dict[str, Any]:
    return {"person": parts.live.room.people[id]}


def _own(parts: Parts, id: str) -> dict[str, Any]:
    room = parts.live.room
    return {"own": own(room, room.people[id])}


def _seat(parts: Parts, id: str) -> dict[str, Any]:
    return {"seat": parts.live.room.seats.get(id)}


def _stage(parts: Parts, _: str) -> dict[str, Any]:
    room = parts.live.room
    table = room.round_table() if room.stage != "lobby" else None
    race = room.stage in ("playing", "debrief") and table is None
    standings = stage.standings(room) if race else []
    return {
        "table": table,
        "seen": parts.seen(table) if table is not None else None,
        "shown": revealed(room, table, large=True) if table is not None else None,
        "standings": standings if len(standings) <= stage.MOST_SEATS else [],
        "crowd": stage.crowd(standings) if len(standings) > stage.MOST_SEATS else None,
        "splits": stage.splits(room) if race else [],
        "paths": trust_paths(room),
        **_ballot(parts, ""),
    }


def _ballot(parts: Parts, _: str) -> dict[str, Any]:
    room = parts.live.room
    table = room.round_table() if room.stage == "playing" else None
    voting = table is not None and not table.game.ended
    vote = stage.vote_on(room, table) if voting and table is not None else None
    return {"vote": vote, "asked": asked(room)}


_VALUES: dict[str, Callable[[Parts, str], dict[str, Any]]] = {
    "room": _nothing,
    "stage": _stage,
    "console": lambda parts, id: console_cards.values(parts, id),
    "ballot": _ballot,
    "scene": _table,
    "table": _table,
    "watch": _watch,
    "side": _table,
    "revealed": _revealed,
    "me": _me,
    "own": _own,
    "seat": _seat,
    "slides": lambda parts, id: slide_part(parts.live, id),
    "deck": lambda parts, id: deck_part(parts.live, id),
    "test": lambda parts, id: test_part(parts.live, id),
}


def phone_parts(live: Live, person: str) -> list[str]:
    """The parts of somebody's page, from the top down."""
    room = live.room
    who = room.people[person]
    parts = ["room", f"me:{person}"]
    if room.test_open:
        parts.append(f"test:{person}")
    seat = room.seat_of(person)
    table = _played(room, seat)
    if seat:
        parts.append(f"seat:{seat}")
    question = room.question()  # what is asked comes before what is played
    first = room.stage == "debrief" or (question is not None and question.open)
    if first:
        parts.append(f"own:{person}")
    if table is not None:
        parts.append(f"scene:{table.id}")
        if room.revealed:
            parts.append(f"revealed:{table.id}")
        if room.stage == "playing":
            parts.append(f"{'watch' if who.observes else 'table'}:{table.id}")
    if not first:
        parts.append(f"own:{person}")
    if table is not None and room.stage == "playing":
        parts.append(f"side:{table.id}")
    return parts


def _played(room: Room, seat: str) -> Table | None:
    return room.table_of(seat) if seat and room.stage in ("playing", "debrief") else None
