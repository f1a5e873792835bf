"""`longlunch sessions`: what is kept of workshops, to take away, to keep for a while, to erase."""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from game.analysis.settings import usage
from game.review.profile_files import unwritable
from game.scenario import language, translated
from game.scenario.diagnostics import Diagnostic, LongLunchError
from game.session.files import replace as replace_file
from game.session.lines import filled
from game.workshop import forget
from game.workshop.alone import Alone
from game.workshop.debrief.export_tables import when
from game.workshop.debrief.page import day_of
from game.workshop.debrief.reviews_worker import Job, Weigh
from game.workshop.debrief.routes import end_of_day, exported
from game.workshop.forget import forgotten, people_named
from game.workshop.options import default_store
from game.workshop.room.state import Room
from game.workshop.room.tables import Desk
from game.workshop.service import Live
from game.workshop.store import Kept, Store

DONE = 0


class SessionError(LongLunchError):
    """H005 or H006: a session, a person or a day that the command cannot find; exit status 2."""

    @property
    def exit_status(self) -> int:
        return 2


def _unknown(message: str, expected: str, fix: str, code: str = "H005") -> SessionError:
    return SessionError([Diagnostic(code, message, expected=expected, fix=fix)])


def text(id: str, /, **values: object) -> str:
    """A line of the command's, with its values put in."""
    words: dict[str, Any] = translated.common_words("workshop_sessions.yaml")["sessions"]
    return filled(words[id], {name: str(value) for name, value in values.items()})


@dataclass(frozen=True, slots=True)
class Listed:
    """A session as it is listed; `due`: it is past the day until which it was to be kept."""

    kept: Kept
    stage: str
    people: int
    tables: int
    records: int
    due: bool

    def as_json(self) -> dict[str, object]:
        until = self.kept.keep_until
        return {
            "id": self.kept.id,
            "title": self.kept.title,
            "created": when(self.kept.created),
            "keep_until": None if until is None else day_of(until),
            "due": self.due,
            "stage": self.stage,
            "people": self.people,
            "tables": self.tables,
            "records": self.records,
        }


# --- the acts of the command ----------------------------------------------------------------------


def show(store: Store, now: float, as_json: bool = False) -> int:
    """List every session, the newest first."""
    found = [_listed(store, kept, now) for kept in store.sessions()]
    if as_json:
        body = {"format": "longlunch.sessions/1", "sessions": [one.as_json() for one in found]}
        print(json.dumps(body, ensure_ascii=False, indent=2))
        return DONE
    if not found:
        print(text("none"))
    for one in found:
        until = one.kept.keep_until
        kept = text("always") if until is None else text("until", day=day_of(until))
        if one.due:
            kept = text("due", day=day_of(until or 0.0))
        line = text(
            "line", title=one.kept.title, when=when(one.kept.created)[:16], people=one.people,
            tables=one.tables, kept=kept,
        )  # fmt: skip
        print(f"{one.kept.id}  {line}")  # an id is no beginning of a sentence
    return DONE


def export(store: Store, wanted: str, path: Path, worth: bool = True) -> int:
    """Write everything of a session into a zip; `worth`: its moves are weighed first."""
    live = opened(store, _session(store, wanted))
    if worth:
        _weigh(live)
    made = exported(live, "everything.zip")
    assert made is not None
    try:
        replace_file(path, made[0])
    except OSError as problem:
        raise unwritable(path, problem, "the export", "written") from None
    print(text("exported", file=path))
    return DONE


def keep(store: Store, wanted: str, day: str, now: float) -> int:
    """Keep a session until the end of a day, or `always`."""
    kept = _session(store, wanted)
    try:
        until = None if day == "always" else end_of_day(day, now)
    except ValueError:
        raise _unknown(
            f"“{day[:40]}” is no day to come", "a day such as 2027-03-09, or always",
            "write year, month and day", "H006",
        ) from None  # fmt: skip
    store.keep_until(kept.id, until)
    print(text("kept_always" if until is None else "kept", title=kept.title, day=day))
    return DONE


def erase(store: Store, wanted: str, person: str = "") -> int:
    """Erase a session, or one person's name and answers from it.

    Raises SessionError (H005), and HostError (H004) while the session is being served.
    """
    kept = _session(store, wanted)
    with Alone(kept.id):  # a server that runs would go on with what it knows
        return _erase(store, kept, person)


def _erase(store: Store, kept: Kept, person: str) -> int:
    if not person:
        store.erase(kept.id)
        print(text("erased", title=kept.title))
        store.scrub()
        return DONE
    live = opened(store, kept)
    found = people_named(live.room, person)
    if len(found) != 1:
        names = ", ".join(f"{p.id} {p.name}" for p in live.room.people.values() if p.name)
        raise _unknown(
            f"“{person[:40]}” is {'nobody' if not found else 'several people'} in this session",
            names[:400] or "somebody who has joined", "name one of them, by name or id",
        )  # fmt: skip
    store.rewrite(kept.id, forgotten(live.records, found[0]))
    print(text("forgotten", id=found[0]))
    store.scrub()
    return DONE


def erase_due(store: Store, now: float) -> int:
    """Erase every session that is past its day; raises HostError (H004) if one is being served,
    Traces if something of them may be left."""
    gone, told = forget.erase_due(store, now)
    for kept in gone:
        print(text("erased", title=kept.title))
    if told:
        raise told[0]
    if not gone:
        print(text("nothing_due"))
    return DONE


# --- a session without a server -------------------------------------------------------------------


def opened(store: Store, kept: Kept) -> Live:
    """A session as its records tell it, for reading."""
    desks = [Desk(source) for source in store.scenarios(kept.id)]
    live = Live(kept, Room(kept.id, kept.title, desks))
    live.records = store.read(kept.id)
    for record in live.records:
        live.room.apply(record)
    live.reviews.remember(store.reviews(kept.id))
    return live


def _weigh(live: Live) -> None:
    """Weigh every table whose review is not kept; a game that cannot be weighed is left without."""
    weigh = Weigh()
    for table in live.room.tables.values():
        if table.ply and not live.reviews.knows(table):
            stamp = live.edition, len(table.entries)
            job = Job(table.id, stamp, table.game.transcript, language.current(), table.shared)
            live.reviews.take(weigh(job))


def _session(store: Store, wanted: str) -> Kept:
    """The session whose id begins like this; raises SessionError (H005) for none or several."""
    every = store.sessions()
    found = [kept for kept in every if wanted and kept.id.startswith(wanted)]
    if len(found) != 1:
        known = ", ".join(kept.id for kept in every[:8])
        raise _unknown(
            f"“{wanted[:40]}” is the beginning of {'no' if not found else 'more than one'} session",
            known or "a session that is kept", "see “longlunch sessions”",
        )  # fmt: skip
    return found[0]


def _listed(store: Store, kept: Kept, now: float) -> Listed:
    """What a session's records say at a glance, without building any game."""
    stage, people, tables = "lobby", set[str](), set[str]()
    records = store.read(kept.id)
    for record in records:
        data: Mapping[str, Any] = record.data
        if record.kind == "join":
            people.add(str(data["person"]))
        elif record.kind in ("start", "seat"):
            tables.update(data.get("tables", ()))
            stage = "playing" if record.kind == "start" else stage
        elif record.kind == "stage":
            stage = str(data["stage"])
    due = kept.keep_until is not None and kept.keep_until <= now
    return Listed(kept, stage, len(people), len(tables), len(records), due)


# --- the command ----------------------------------------------------------------------------------


def run(args: argparse.Namespace) -> int:
    """Do what the command line says; the exit status. Raises SessionError and StoreError."""
    if args.json and args.act is not None:
        raise usage(text("json_alone"), text("json_alone_form"), text("json_alone_fix"))
    if args.act == "erase" and bool(args.session) is args.due:
        raise usage(text("one_of"), text("one_of_form"), text("one_of_fix"))
    if args.act == "erase" and args.due and args.person:
        raise usage(text("one_of"), text("one_of_form"), text("one_of_fix"))
    store, now = Store(args.store or default_store()), time.time()
    try:
        if args.act == "export":
            return export(store, args.session, args.file, worth=not args.no_worth)
        if args.act == "keep":
            return keep(store, args.session, args.day, now)
        if args.act == "erase" and args.due:
            return erase_due(store, now)
        if args.act == "erase":
            if not (args.yes or _sure(_session(store, args.session).title, args.person)):
                print(text("left"))
                return DONE
            return erase(store, args.session, args.person)
        return show(store, now, args.json)
    finally:
        store.close()


def _sure(title: str, person: str) -> bool:
    """Ask whoever sits there; from a pipe it takes --yes."""
    if sys.stdin is None or not sys.stdin.isatty():
        raise usage(text("needs_yes"), text("needs_yes_form"), text("needs_yes_fix"))
    question = text("sure_person", name=person) if person else text("sure", title=title)
    try:
        return input(f"{question} ").strip().casefold() in text("yes").split()
    except EOFError:
        return False
