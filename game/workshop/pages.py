"""Pages and their parts from templates that escape every text; each part is rendered once.

A part is a piece of a page that changes by itself. What it shows follows from the room alone, so
its HTML is kept until a record changes it, and is sent to everybody who shows it. Some parts are
made of what changes elsewhere, as the picture of a table is: their version is the newest of those.

Many parts are alike: two hundred tables that have not begun, five hundred people who have not
voted. Such HTML is made once, with a mark where the table's own name belongs.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Hashable
from functools import cache
from itertools import islice
from typing import Any, TypeVar

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from game.scenario import language
from game.scenario.library import data_dir
from game.session.words import ui
from game.session.writing import own_name, uttered
from game.workshop import console_cards, stage
from game.workshop.asked import Asked, asked
from game.workshop.debrief.page import deck_part, slide_part, test_part
from game.workshop.layout import Layout, name_of, phone_layout
from game.workshop.own import Read, alone, own, unmarked
from game.workshop.pieces import Piece
from game.workshop.revealed import all_revealed, revealed, trust_paths
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


async def read_in() -> None:
    """Compile the parts' templates while nobody waits yet, and let others in between: with the
    first who joins or plays it would cost them a quarter of a second."""
    made = environment()
    for name in made.list_templates(filter_func=lambda name: name.startswith("parts/")):
        made.get_template(name)
        await asyncio.sleep(_BETWEEN)


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
        parts=[(name_of(id), parts.version(id), parts.html(id)) for id in ids],
    )  # fmt: skip


class Parts:
    """Renders and keeps the parts of one session's pages."""

    def __init__(self, live: Live) -> None:
        self.live = live
        self._kept: dict[tuple[str, str], tuple[tuple[int, int, int], Piece]] = {}
        self._seen: dict[Hashable, Seen] = {}
        self._alike: dict[Hashable, bytes] = {}
        self._pieces: dict[Hashable, Piece] = {}  # of what is alike, by the table it is of
        self._asked: tuple[Hashable, Asked | None] = (), None
        self._tongues: set[str] = set()  # languages that something was shown in
        self._unmarked: dict[Hashable, tuple[Read, ...]] = {}
        self._layouts: dict[Hashable, Layout] = {}
        self._games = 0  # of the session that were begun, as of what is kept

    def sources(self, part: str) -> tuple[str, ...]:
        """The parts named in records that a part follows; itself, for most."""
        kind, _, id = part.partition(":")
        if kind in _OF_TABLE:
            return (f"table:{id}",)
        if kind == "own":
            table = self.live.room.table_of(self.live.room.seat_of(id))
            own = f"me:{id}", part, "ask"
            return own if table is None else (*own, f"table:{table.id}")
        if kind == "me" and self.live.room.plan.mode != "round":
            return part, f"seat:{self.live.room.seat_of(id)}"  # it names who sits there too
        return (part,)

    def of_phone(self, person: str) -> Layout:
        """The parts of somebody's page; looked up once for all at a seat."""
        live, who = self.live, self.live.room.people[person]
        at = live.edition, live.room.seq, who.seat, who.observes
        layout = self._layouts.get(at)
        if layout is None:
            layout = _keep(self._layouts, at, phone_layout(live.room, who))
        return layout

    def version(self, part: str) -> int:
        hub = self.live.hub
        return hub.newest(self.sources(part))

    async def warm(self) -> None:
        """After a restart: build the games beside the play, then show the race of all tables."""
        if await stage.warm(self.live.room):
            self.live.hub.start_over(self.live.hub.versions)

    def forget(self) -> None:
        """Render everything anew: something has changed that no record tells."""
        self._kept.clear()
        self._seen.clear()
        self._alike.clear()
        self._pieces.clear()
        self._asked = (), None
        self._unmarked.clear()

    def at_hand(self, part: str, version: int) -> Piece | None:
        """A part if showing it costs little: it was drawn, or is made of what was. Else None."""
        found = self._kept.get((part, language.current()))
        if found is not None and found[0] == self._now(version):
            return found[1]
        kind, _, id = part.partition(":")
        # What is somebody's own is small, and of many people the same.
        little = kind == "own" or (
            kind in _OF_SEEN and self.path(self.live.room.tables[id]) in self._seen
        )
        return self.piece(part, version) if little else None

    def html(self, part: str) -> str:
        """A part as HTML."""
        return str(json.loads(self.piece(part, self.version(part)).line)[2])

    def piece(self, part: str, version: int) -> Piece:
        """A part as it goes down a stream, [name, version, HTML]; `version` is its own now."""
        now, place = self._now(version), (part, language.current())
        self._tongues.add(place[1])
        if self._games != self.live.room.games:  # nobody is shown the tables of the last one again
            self._games = self.live.room.games
            self._kept.clear()
        found = self._kept.get(place)
        if found is None or found[0] != now:
            found = self._kept[place] = now, self._drawn(part, version)
        return found[1]

    def ahead(self, what: str) -> None:
        """Draw what many wait for while its record is being written: nobody is shown it before."""
        kind, _, id = what.partition(":")
        if kind == "table":
            for tag in self._tongues:
                with language.speaking(tag):
                    for part in ("scene", "table", "side"):
                        self._drawn(f"{part}:{id}", self.live.room.touched[what])

    def seen(self, table: Table) -> Seen:
        """What is to be seen at a table, made once for all tables that came the same way."""
        path = self.path(table)
        found = self._seen.get(path)
        if found is None:
            desk = self.live.room.desks.index(table.desk)
            found = _keep(self._seen, path, seen(table, desk, self.live.room.revealed))
        return found

    def path(self, table: Table) -> Hashable:
        """What decides all that is seen at a table."""
        shown = tuple(self.live.room.revealed)
        as_told = table.place, table.seed, table.help, table.shared, shown, language.current()
        return as_told, table.path

    def unmarked(self, table: Table) -> tuple[Read, ...]:
        """What everybody at a table is asked to mark, looked up once for all of them."""
        at = self.path(table), self.live.room.stage
        found = self._unmarked.get(at)
        if found is None:
            found = _keep(self._unmarked, at, unmarked(self.live.room, table))
        return found

    def asked(self) -> Asked | None:
        """What the room is asked, looked up once for all the pages that show it."""
        room = self.live.room
        at = self.live.edition, room.seq, language.current()
        if self._asked[0] != at:
            self._asked = at, asked(room)
        return self._asked[1]

    def _now(self, version: int) -> tuple[int, int, int]:
        """What HTML is kept under. The hub's edition too: an alarm or a day changes what is shown
        without a record, and everybody is then told to fetch everything."""
        return self.live.edition, self.live.hub.edition, version

    def _drawn(self, part: str, version: int) -> Piece:
        kind, _, id = part.partition(":")
        if kind == "own":
            return self._own(id, version)
        values = _VALUES[kind](self, id)
        alike = values.pop("alike", None)
        if alike is None:
            return _line(part, version, self._filled(kind, values))
        return self._shared(part, version, id, alike, values)

    def _own(self, person: str, version: int) -> Piece:
        """What is somebody's own: looked up by what tells it from others', made if it is new."""
        room, who = self.live.room, self.live.room.people[person]
        table = room.table_of(room.seat_of(person))
        id = table.id if table is not None else ""
        key = alone(room, who, table), id, self._now(version), language.current()
        piece = self._pieces.get(key)
        if piece is None:
            reads = self.unmarked(table) if table is not None else ()
            found = own(room, who, self.asked(), reads)
            piece = self._shared("own", version, id, found, {"own": found, "table": _MARK})
            _keep(self._pieces, key, piece)
        return piece

    def _shared(
        self, part: str, version: int, table: str, alike: Hashable, values: dict[str, Any]
    ) -> Piece:
        """A part of which many tables have the like."""
        plan, kind = self.live.room.plan, part.partition(":")[0]
        alike = kind, language.current(), plan.mode, plan.style, alike
        key = alike, table, version
        piece = self._pieces.get(key)
        if piece is None:
            html = self._alike.get(alike)
            if html is None:
                html = _keep(self._alike, alike, self._filled(kind, values))
            piece = _line(part, version, html.replace(_MARK.encode(), table.encode()))
            _keep(self._pieces, key, piece)
        return piece

    def _filled(self, kind: str, values: dict[str, Any]) -> bytes:
        name = _TEMPLATES.get(kind, kind)
        template = environment().get_template(f"parts/{name}.html")
        html = template.render(room=self.live.room, live=self.live, **values)
        return json.dumps(html, ensure_ascii=False).encode()


def _line(part: str, version: int, html: bytes) -> Piece:
    return Piece(b'["%s",%d,%s]' % (name_of(part).encode(), version, html))


_T = TypeVar("_T")


def _keep(kept: dict[Hashable, _T], key: Hashable, value: _T) -> _T:
    """Remember something; of too many the older half is forgotten."""
    if len(kept) >= _MOST_ALIKE:
        for old in list(islice(kept, _MOST_ALIKE // 2)):
            del kept[old]
    kept[key] = value
    return value


_OF_TABLE = ("scene", "watch", "revealed", "side")  # parts that change when their table does
_OF_SEEN = ("scene", "table", "watch", "side")  # parts of what is seen at a table
_MOST_ALIKE = 500
_BETWEEN = 0.01  # seconds between two templates that are read in
_MARK = "\ue000"  # stands for a table's name in what many tables share
_TEMPLATES = {"watch": "table"}


def _nothing(_: Parts, __: str) -> dict[str, Any]:
    return {}


def _seen(parts: Parts, id: str) -> dict[str, Any]:
    """What a part shows that is made of what is seen at a table."""
    table = parts.live.room.tables[id]
    return {"seen": parts.seen(table), "table": _MARK, "alike": parts.path(table)}


def _table(parts: Parts, id: str, watches: bool = False) -> dict[str, Any]:
    room = parts.live.room
    table = room.tables[id]
    waits = room.plan.mode != "round" and room.waits(table)
    closed = room.plan.mode == "round" and not room.ballot(table).open
    values = _seen(parts, id)
    alike = values["alike"], waits, closed, watches
    return values | {"wait": waits, "closed": closed, "watches": watches, "alike": alike}


def _watch(parts: Parts, id: str) -> dict[str, Any]:
    return _table(parts, id, watches=True)


def _revealed(parts: Parts, id: str) -> dict[str, Any]:
    room = parts.live.room
    return {"shown": revealed(room, room.tables[id])}


def _me(parts: Parts, id: str) -> dict[str, Any]:
    return {"person": parts.live.room.people[id]}


def _seat(parts: Parts, id: str) -> dict[str, Any]:
    return {"seat": parts.live.room.seats.get(id)}


def _stage(parts: Parts, _: str) -> dict[str, Any]:
    room = parts.live.room
    table = room.round_table() if room.stage != "lobby" else None
    race = room.stage in ("playing", "debrief") and table is None
    standings = stage.standings(room) if race else []
    tables = [table] if table is not None else stage.alike(room) if race else []
    return {
        "table": table,
        "across": stage.across(room, tables, parts.seen),
        "seen": parts.seen(table) if table is not None else None,
        "shown": revealed(room, table, large=True) if table is not None else None,
        "standings": standings if len(standings) <= stage.MOST_SEATS else [],
        "crowd": stage.crowd(standings) if len(standings) > stage.MOST_SEATS else None,
        "splits": stage.splits(room) if race else [],
        "paths": trust_paths(room) if table is not None else "",
        "everywhere": all_revealed(room) if race else None,
        **_ballot(parts, ""),
    }


def _ballot(parts: Parts, _: str) -> dict[str, Any]:
    room = parts.live.room
    table = room.round_table() if room.stage == "playing" else None
    voting = table is not None and not table.game.ended
    vote = stage.vote_on(room, table) if voting and table is not None else None
    return {"vote": vote, "asked": parts.asked()}


_VALUES: dict[str, Callable[[Parts, str], dict[str, Any]]] = {
    "room": _nothing,
    "stage": _stage,
    "console": lambda parts, id: console_cards.values(parts, id),
    "ballot": _ballot,
    "scene": _seen,
    "table": _table,
    "watch": _watch,
    "side": _seen,
    "revealed": _revealed,
    "me": _me,
    "seat": _seat,
    "slides": lambda parts, id: slide_part(parts.live, id),
    "deck": lambda parts, id: deck_part(parts.live, id),
    "test": lambda parts, id: test_part(parts.live, id),
}
