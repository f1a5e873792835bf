"""Routes of the debrief: reports, what can be taken away, how long it is kept, who is forgotten."""

from __future__ import annotations

import asyncio
import re
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from itertools import chain, count
from typing import TYPE_CHECKING

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from game.workshop.debrief.exports import (
    csv_file,
    everything,
    tables_of,
    transcript_file,
    xlsx_file,
)
from game.workshop.debrief.report import FACES, csp, person_report, room_report
from game.workshop.fonts import font_path
from game.workshop.forget import forgotten
from game.workshop.forms import Form, read_form
from game.workshop.room import acts
from game.workshop.room.state import Room
from game.workshop.service import HOST, Live, Lost
from game.workshop.store import StoreError, Traces
from game.workshop.words import say

if TYPE_CHECKING:
    from game.workshop.server import Workshop

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_MOST_YEARS = 20
_LONGEST = 40  # letters of a name in that of a file


class Debrief:
    """What a facilitator, and each person for themselves, can read and take away."""

    def __init__(self, workshop: Workshop) -> None:
        self.workshop = workshop

    @property
    def routes(self) -> list[Route]:
        return [
            Route("/report", self.own),
            Route("/report/review/{table}", self.own_review),
            Route("/console/report", self.of_room),
            Route("/console/report/{person}", self.of_person),
            Route("/console/review/{table}", self.review),
            Route("/console/export/{file}", self.export),
            Route("/console/debrief/{what}", self.do, methods=["POST"]),
        ]

    @property
    def _live(self) -> Live:
        return self.workshop.live

    def _hosts(self, request: Request) -> bool:
        return self.workshop.console.role(request) == HOST

    # --- reports ----------------------------------------------------------------------------

    async def own(self, request: Request) -> Response:
        """Somebody's own report, once reports are handed out."""
        person = self._reader(request)
        if person is None:
            return RedirectResponse("/play", 303)
        return _page(person_report(self._live, person, "/report/review/", own=True))

    async def own_review(self, request: Request) -> Response:
        """The whole review of one's own table."""
        person = self._reader(request)
        table = self._live.room.tables.get(request.path_params["table"])
        who = self._live.room.people.get(person or "")
        if who is None or table is None or who.observes or who.seat != table.seat:
            return RedirectResponse("/play", 303)
        return self._review(table.id)

    def _reader(self, request: Request) -> str | None:
        room = self._live.room
        person = self.workshop.who(request)
        return person if room.readable else None

    async def of_room(self, request: Request) -> Response:
        if not self._hosts(request):
            return RedirectResponse("/", 303)
        return _page(await asyncio.to_thread(room_report, frozen(self._live)))

    async def of_person(self, request: Request) -> Response:
        person = request.path_params["person"]
        if not self._hosts(request) or person not in self._live.room.people:
            return RedirectResponse("/", 303)
        return _page(person_report(self._live, person, "/console/review/"))

    async def review(self, request: Request) -> Response:
        """The whole review of a table, as `longlunch review` makes it."""
        table = request.path_params["table"]
        if not self._hosts(request) or table not in self._live.room.tables:
            return RedirectResponse("/", 303)
        return self._review(table)

    def _review(self, table: str) -> Response:
        reviews = self._live.reviews
        html = reviews.page(table)
        if html is not None:
            return HTMLResponse(html, headers={"content-security-policy": _own_policy(html)})
        waiting = say("report.making")
        if table in reviews.problems:
            waiting = say("report.broken", why=reviews.problems[table])
        again = {"refresh": "3"} if table not in reviews.problems else {}
        return Response(waiting, 202, headers=again, media_type="text/plain; charset=utf-8")

    # --- to take away -----------------------------------------------------------------------

    async def export(self, request: Request) -> Response:
        """A table, the workbook, a game, or everything; at any time."""
        if not self._hosts(request):
            return RedirectResponse("/", 303)
        name = request.path_params["file"]
        made = await asyncio.to_thread(exported, frozen(self._live), name)
        if made is None:
            return Response(status_code=404)
        data, kind = made
        headers = {"content-disposition": f'attachment; filename="{name}"'}
        return Response(data, media_type=kind, headers=headers)

    # --- keeping and forgetting -------------------------------------------------------------

    async def do(self, request: Request) -> Response:
        """Something about the debrief that leaves no record of its own."""
        scripted = request.headers.get("x-longlunch") == "1"
        if not self._hosts(request):
            return JSONResponse({"gone": True}, 403) if scripted else RedirectResponse("/", 303)
        form, what = await read_form(request), request.path_params["what"]
        wrong, status = "", 200
        try:
            if what == "again":
                self._live.reviews.try_again()
            elif what == "keep":
                await self._keep(form)
            elif what == "erase":
                await self._erase(form.get("person", ""))
            else:
                return Response(status_code=404)
        except acts.Refused as refused:
            wrong, status = say(f"refused.{refused.id}"), refused.status
        except Traces:  # not 503: pages would try again what is done
            wrong, status = say("console.traces"), 500
        except (Lost, StoreError):
            wrong, status = say("refused.lost"), 503
        except ValueError:
            wrong, status = say("refused.garbled"), 400
        if scripted:
            return JSONResponse({"wrong": wrong} if wrong else {"at": self._live.room.seq}, status)
        if wrong:
            return HTMLResponse(self.workshop.console.page(wrong=wrong), status)
        return RedirectResponse("/console", 303)

    async def _keep(self, form: Form) -> None:
        """Until the end of a day; an empty one keeps the session until somebody erases it."""
        live, service = self._live, self.workshop.service
        until = end_of_day(form.get("day", ""), service.clock())
        await service.aside(partial(service.store.keep_until, live.kept.id, until))
        live.kept = replace(live.kept, keep_until=until)
        live.hub.start_over(live.hub.versions)  # what the room adds is not all on disk yet

    async def _erase(self, person: str) -> None:
        live, service = self._live, self.workshop.service
        leaves = acts.change_person(live.room, person, removed=True)
        if leaves:
            await service.act(
                live, HOST, lambda room: acts.change_person(room, person, removed=True)
            )
        await service.rewrite(live, lambda records: forgotten(records, person))


def end_of_day(text: str, now: float) -> float | None:
    """The end of a day such as 2026-03-09, in seconds since 1970; None for "".

    Raises ValueError for a day that is none, is over, or is very far away.
    """
    if not text:
        return None
    day = date.fromisoformat(text)
    end = datetime.combine(day + timedelta(days=1), time(), UTC).timestamp()
    if not now < end < now + _MOST_YEARS * 366 * 86400:
        raise ValueError(text)
    return end


def frozen(live: Live) -> Live:
    """The session as it stands on disk, for work in another thread while the room goes on.

    Scenarios and their rules, which never change, are shared with the room.
    """
    copied = Live(live.kept, Room(live.kept.id, live.kept.title, live.room.desks))
    copied.reviews = live.reviews
    copied.records = list(live.records)
    for record in copied.records:
        copied.room.apply(record)
    return copied


def exported(live: Live, name: str) -> tuple[bytes, str] | None:
    """A file to take away and its kind; None for a name that is none."""
    if name == "everything.zip":
        return everything(live, reports_of(live)), "application/zip"
    if name == "tables.xlsx":
        return xlsx_file(tables_of(live), live.room.title, live.kept.created), _XLSX
    table = live.room.tables.get(name.removesuffix(".lunch.json"))
    if table is not None and name.endswith(".lunch.json"):
        return transcript_file(table), "application/json"
    for sheet in tables_of(live):
        if name == f"{sheet.name}.csv":
            return csv_file(sheet), "text/csv; charset=utf-8"
    return None


def reports_of(live: Live) -> dict[str, bytes]:
    """All reports as files, each named after its person, and the fonts that they are set in."""
    found = {"report.html": room_report(live, "reports/fonts/").encode("utf-8")}
    for person in live.room.here():
        if person.name:
            name = file_name(person.called or say("report.somebody"))
            more = (f"{name}-{twin}" for twin in count(2))
            free = next(one for one in chain([name], more) if f"reports/{one}.html" not in found)
            html = person_report(live, person.id, fonts="fonts/")
            found[f"reports/{free}.html"] = html.encode("utf-8")
    for file, *_ in FACES:
        path = font_path(file)
        if path is not None:
            found[f"reports/fonts/{file}"] = path.read_bytes()
    return found


def file_name(name: str) -> str:
    """A name as that of a file on any system: letters and digits of any script, with a word before
    it, since some names are a device's on Windows."""
    bare = re.sub(r"\W+", "-", name.casefold())[:_LONGEST].strip("-_")
    return f"report-{bare}" if bare else "report"


def _page(html: str) -> HTMLResponse:
    return HTMLResponse(
        html, headers={"content-security-policy": csp(), "cache-control": "no-store"}
    )


def _own_policy(html: str) -> str:
    """The policy that a page carries in itself, for the header: both would have to allow it."""
    _, _, rest = html.partition('http-equiv="Content-Security-Policy" content="')
    return rest.partition('"')[0].replace("&#39;", "'") + "; frame-ancestors 'none'"
