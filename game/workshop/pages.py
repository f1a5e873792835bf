"""Pages and their parts from templates that escape every text; each part is rendered once.

A part is a piece of a page that changes by itself. What it shows follows from the room alone, so
its HTML is kept until a record changes it, and is sent to everybody who shows it.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from game.scenario import language
from game.scenario.library import data_dir
from game.session.words import ui
from game.workshop import stage
from game.workshop.debrief_page import deck_part, slide_part, test_part
from game.workshop.seen import seen
from game.workshop.service import Live
from game.workshop.words import say


@cache
def environment() -> Environment:
    made = Environment(
        loader=FileSystemLoader(data_dir("assets") / "workshop"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals.update(say=say, ui=ui)
    return made


def page(template: str, **values: Any) -> str:
    """A whole page, or a piece of one, in the current language."""
    found = environment().get_template(f"{template}.html")
    return found.render(lang=language.current(), **values)


class Parts:
    """Renders and keeps the parts of one session's pages."""

    def __init__(self, live: Live) -> None:
        self.live = live
        self._kept: dict[tuple[str, str], tuple[tuple[int, int], str, bytes]] = {}

    def version(self, part: str) -> int:
        return self.live.hub.version(part)

    def forget(self) -> None:
        """Render everything anew: something has changed that no record tells."""
        self._kept.clear()

    def html(self, part: str) -> str:
        """A part as HTML."""
        return self._part(part)[1]

    def packed(self, part: str) -> bytes:
        """A part as it goes down a stream: a JSON string."""
        return self._part(part)[2]

    def _part(self, part: str) -> tuple[tuple[int, int], str, bytes]:
        version = (self.live.edition, self.version(part))
        place = part, language.current()
        found = self._kept.get(place)
        if found is None or found[0] != version:
            html = self._render(part)
            found = version, html, json.dumps(html, ensure_ascii=False).encode()
            self._kept[place] = found
        return found

    def _render(self, part: str) -> str:
        kind, _, id = part.partition(":")
        values = _VALUES[kind](self.live, id)
        return environment().get_template(f"parts/{kind}.html").render(
            room=self.live.room, live=self.live, **values
        )  # fmt: skip


def _nothing(_: Live, __: str) -> dict[str, Any]:
    return {}


def _table(live: Live, id: str) -> dict[str, Any]:
    table = live.room.tables[id]
    return {"table": table, "seen": seen(table)}


def _me(live: Live, id: str) -> dict[str, Any]:
    room = live.room
    person = room.people[id]
    table = room.table_of(person.seat) if person.seat else None
    choice = room.ballot(table).choices.get(id, "") if table is not None else ""
    own = table.game.label(table.game.parse(choice)) if table is not None and choice else ""
    return {"person": person, "own_vote": own}


def _seat(live: Live, id: str) -> dict[str, Any]:
    return {"seat": live.room.seats.get(id)}


def _stage(live: Live, _: str) -> dict[str, Any]:
    room = live.room
    table = stage.round_table(room) if room.stage == "playing" else None
    race = room.stage == "playing" and table is None
    return {
        "table": table,
        "seen": seen(table) if table is not None else None,
        "standings": stage.standings(room) if race else [],
        "splits": stage.splits(room) if race else [],
        **_ballot(live, ""),
    }


def _ballot(live: Live, _: str) -> dict[str, Any]:
    room = live.room
    table = stage.round_table(room) if room.stage == "playing" else None
    voting = table is not None and not table.game.ended
    return {"vote": stage.vote_on(room, table) if voting and table is not None else None}


_VALUES: dict[str, Callable[[Live, str], dict[str, Any]]] = {
    "room": _nothing,
    "stage": _stage,
    "console": _stage,
    "ballot": _ballot,
    "table": _table,
    "me": _me,
    "seat": _seat,
    "slides": slide_part,
    "deck": deck_part,
    "test": test_part,
}


def phone_parts(live: Live, person: str) -> list[str]:
    """The parts of somebody's page, from the top down."""
    room = live.room
    who = room.people[person]
    parts = ["room", f"me:{person}"]
    if room.test_open:
        parts.append(f"test:{person}")
    if who.seat:
        parts.append(f"seat:{who.seat}")
        table = room.table_of(who.seat)
        if table is not None and room.stage == "playing":
            parts.append(f"table:{table.id}")
    return parts
