"""The console's routes: everything a facilitator may do, and the page that shows it.

Who has the console's link once keeps a cookie for it; the link is then spent. A second facilitator
gets a link of their own, made on the console: any device can take over, and several may steer.
"""

from __future__ import annotations

import asyncio
import io
from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import segno
from starlette.requests import ClientDisconnect, Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from game.policies.shelf import PolicyError
from game.workshop import console_cards, tokens
from game.workshop.console_does import DOES, places
from game.workshop.debrief.find import losses_at
from game.workshop.debrief.page import deck_of
from game.workshop.forms import Form, read_form, whole
from game.workshop.guard import MOST_UPLOAD
from game.workshop.layout import layout_of
from game.workshop.news import News, have_of, polled
from game.workshop.pages import live_page, page
from game.workshop.room import acts, acts_play, house, predictions
from game.workshop.room.state import Room
from game.workshop.room.tables import Desk
from game.workshop.room.votes import Moment
from game.workshop.service import HOST, Decide, Lost
from game.workshop.store import Source, StoreError, Traces
from game.workshop.stream import Stream
from game.workshop.upload import Unusable, read_apart
from game.workshop.words import say

if TYPE_CHECKING:
    from game.workshop.server import Workshop

COOKIE = "longlunch-host"
_REST = 0.25  # seconds between two messages to a console or a stage
_INK = "#23304A"  # of codes to scan: what lies behind them is light in every theme
_SLOW_FILE = 30.0  # seconds that a scenario may take to arrive
ROLES = ("host", "stage")


class Console:
    """Pages and forms of facilitators, and the stage, which only shows."""

    def __init__(self, workshop: Workshop) -> None:
        self.workshop = workshop
        self.links: dict[str, str] = {}  # unspent links: nonce -> role
        self._reading = asyncio.Lock()  # one scenario at a time

    @property
    def routes(self) -> list[Route]:
        return [
            Route("/open/{nonce}", self.open),
            Route("/console", self.show),
            Route("/console/do/{what}", self.do, methods=["POST"]),
            Route("/console/link", self.new_link, methods=["POST"]),
            Route("/console/upload", self.upload, methods=["POST"]),
            Route("/console/erase", self.erase, methods=["POST"]),
            Route("/live/console", self.live),
            Route("/poll/console", self.poll),
            Route("/stage", self.show),
            Route("/live/stage", self.live),
            Route("/poll/stage", self.poll),
            Route("/reach", self.reach),
            Route("/reach.svg", self.reach_qr),
        ]

    # --- who may ----------------------------------------------------------------------------

    def link(self, role: str) -> str:
        """The path of a new link to a console or a stage; it works once."""
        nonce = tokens.new_nonce()
        self.links[nonce] = role
        return f"/open/{nonce}"

    def role(self, request: Request) -> str | None:
        """What a request's cookie makes of its browser: host, stage, or nobody."""
        live = self.workshop.live
        token = request.cookies.get(f"{COOKIE}-{live.kept.id}", "")
        found = tokens.owner(live.kept.secret, token)
        return found if found in ROLES else None

    def _may(self, request: Request) -> str | None:
        """The page a request asks for, if its browser may see it."""
        kind = request.url.path.rpartition("/")[2]
        role = self.role(request)
        return kind if role == HOST or (role == "stage" and kind == "stage") else None

    async def open(self, request: Request) -> Response:
        """A link is spent: its browser keeps a cookie instead."""
        role = self.links.pop(request.path_params["nonce"], None)
        if role is None:
            return HTMLResponse(page("spent", title=self.workshop.live.room.title), 410)
        answer = RedirectResponse("/console" if role == HOST else "/stage", 303)
        live = self.workshop.live
        answer.set_cookie(
            f"{COOKIE}-{live.kept.id}", tokens.token(live.kept.secret, role),
            max_age=14 * 86400, httponly=True, samesite="strict", secure=self.workshop.secure,
        )  # fmt: skip
        return answer

    async def new_link(self, request: Request) -> Response:
        """A link for a second facilitator or a stage, with a code to scan: for another device."""
        form = await read_form(request)
        role = form.get("role", "")
        if self.role(request) != HOST or role not in ROLES:
            return RedirectResponse("/", 303)
        live = self.workshop.live
        url = f"{live.address}{self.link(role)}"
        qr = segno.make(url, error="m").svg_inline(border=2, dark=_INK, omitsize=True)
        return HTMLResponse(page("link", title=live.room.title, url=url, role=role, qr=qr))

    # --- the pages --------------------------------------------------------------------------

    async def show(self, request: Request) -> Response:
        kind = self._may(request)
        if kind is None:
            return RedirectResponse("/", 303)
        return HTMLResponse(self.page(kind))

    def page(self, kind: str = "console", wrong: str = "") -> str:
        """The console or a stage, perhaps with what went wrong."""
        return live_page(self.workshop.parts, kind, self.layout(kind), wrong)

    def layout(self, kind: str) -> list[str]:
        """The parts of a console or a stage."""
        if kind == "stage":
            return ["stage", "ballot", "slides"]
        return console_cards.layout(self.workshop.live.room)

    async def live(self, request: Request) -> Response:
        kind = self._may(request)
        if kind is None:
            return Response(status_code=204)
        return Stream(request, self.workshop.feeder, self._news(request, kind), _REST)

    def _news(self, request: Request, kind: str) -> News:
        return News(
            self.workshop.shared, lambda: layout_of(tuple(self.layout(kind))), have_of(request)
        )

    async def poll(self, request: Request) -> Response:
        kind = self._may(request)
        if kind is None:
            return JSONResponse({"gone": True})
        return polled(self._news(request, kind))

    # --- the preflight ----------------------------------------------------------------------

    async def reach(self, request: Request) -> Response:
        """The page that a phone opens before anybody comes: whoever reads it can play."""
        live = self.workshop.live
        client = request.client.host if request.client else ""
        own = urlsplit(live.address).hostname or ""
        agent = request.headers.get("user-agent", "")
        visit = live.visits.arrived(self.workshop.service.clock(), client, agent, own)
        live.hub.publish([("console:check", live.visits.number)])
        return HTMLResponse(page("reach", title=live.room.title, visit=visit))

    async def reach_qr(self, _: Request) -> Response:
        return qr_picture(f"{self.workshop.live.address}/reach")

    # --- doing ------------------------------------------------------------------------------

    async def do(self, request: Request) -> Response:
        """Something that a facilitator does."""
        if self.role(request) != HOST:
            return self._nobody(request)
        form = await read_form(request)
        what = request.path_params["what"]
        own = self._own().get(what)
        make = DOES.get(what)
        if own is None and make is None:
            return Response(status_code=404)

        async def decide() -> int:
            if own is not None:
                decided = await own(form)
            else:
                assert make is not None
                decided = make(form, self.workshop.service.clock())
            return await self.workshop.service.act(self.workshop.live, HOST, decided)

        return await self._answered(request, decide)

    def _own(self) -> dict[str, Callable[[Form], Awaitable[Decide]]]:
        """What has to be found out before it can be decided."""
        return {
            "start": self._start, "another": self._another, "show": self._show_answer,
            "predict": self._predict,
        }  # fmt: skip

    async def _answered(self, request: Request, decide: Callable[[], Awaitable[int]]) -> Response:
        scripted = request.headers.get("x-longlunch") == "1"
        status, wrong = 0, ""
        try:
            seq = await decide()
        except acts.Refused as refused:
            status, wrong = refused.status, say(f"refused.{refused.id}")
        except PolicyError:
            status, wrong = 409, say("refused.no_style")
        except (Lost, StoreError):
            status, wrong = 503, say("refused.lost")
        except Unusable as unusable:
            status, wrong = 422, "\n".join([say("refused.no_scenario"), *unusable.why])
        except (ValueError, KeyError):
            status, wrong = 400, say("refused.garbled")
        if wrong and scripted:
            return JSONResponse({"wrong": wrong}, status)
        if wrong:
            return HTMLResponse(self.page(wrong=wrong), status)
        return JSONResponse({"at": seq}) if scripted else RedirectResponse("/console", 303)

    def _nobody(self, request: Request) -> Response:
        scripted = request.headers.get("x-longlunch") == "1"
        return JSONResponse({"gone": True}, 403) if scripted else RedirectResponse("/", 303)

    async def _start(self, form: Form) -> Decide:
        """Begin, with the plan as it stands in the form."""
        workshop, now = self.workshop, self.workshop.service.clock()
        if "mode" in form and workshop.live.room.stage == "lobby":
            acts.somebody_plays(workshop.live.room, form["mode"])
            await workshop.service.act(workshop.live, HOST, DOES["plan"](form, now))
        room = workshop.live.room
        turns = await self._turns(room, acts.places(room)) if room.stage == "lobby" else {}
        return lambda room: acts.start(room, now, turns)

    async def _another(self, form: Form) -> Decide:
        number, chosen = whole(form, "number"), places(form)
        now = self.workshop.service.clock()
        room = self.workshop.live.room
        known = all(0 <= place < len(room.desks) for place in chosen)
        turns = await self._turns(room, chosen) if known else {}
        return lambda room: acts.another(room, number, chosen, now, turns)

    async def _turns(self, room: Room, chosen: Sequence[int]) -> dict[int, tuple[int, ...]]:
        """The moves that the room decides itself in the short form, weighed beside the play."""
        plan = room.plan
        if not plan.short:
            return {}
        return {
            place: await asyncio.to_thread(
                house.turning_points, room.desks[place], plan.seed, plan.style, plan.short
            )
            for place in dict.fromkeys(chosen)
        }  # fmt: skip

    async def _predict(self, form: Form) -> Decide:
        """Which move was worth most at the moment that the slide on the wall is about."""
        live, slide = self.workshop.live, whole(form, "slide")
        number = whole(form, "number") if form.get("number") else 0
        deck = deck_of(live) if live.room.stage == "debrief" else []
        moment = deck[slide].moment if 0 <= slide < len(deck) else None
        if moment is None:
            raise acts.Refused("no_best", 409)
        return lambda room: acts_play.ask_back(room, moment, slide, number)

    async def _show_answer(self, form: Form) -> Decide:
        """What the moves cost is weighed first, where no review has; other answers stand in the
        room's own layers."""
        live, id = self.workshop.live, form["question"]
        room, losses = live.room, dict[str, float]()
        question = room.questions.get(id)
        table = room.tables.get(question.table) if question is not None else None
        if question is not None and question.kind == "best" and table is not None:
            options = list(predictions.labels(room, question))
            moment = Moment(question.table, question.ply, tuple(options))
            losses = losses_at(room, live.reviews.of, moment, options)
            if not losses:
                then = table.before(question.ply)
                losses = await asyncio.to_thread(
                    house.losses_of, table.desk, table.seed, then.done, options
                )
        return lambda room: acts_play.show_answer(room, id, losses)

    # --- scenarios, and the end of all records ------------------------------------------------

    async def upload(self, request: Request) -> Response:
        """One more scenario, or a pack of them; refused with what is wrong when it is bad."""
        if self.role(request) != HOST:
            return self._nobody(request)

        async def decide() -> int:
            body = await _body(request)
            if not body:
                raise Unusable([])
            async with self._reading:
                content_type = request.headers.get("content-type", "")
                sources = await asyncio.to_thread(read_apart, content_type, body)
                return await self._added(sources)

        return await self._answered(request, decide)

    async def _added(self, sources: Sequence[Source]) -> int:
        service, live = self.workshop.service, self.workshop.live
        new = [Desk(source) for source in sources]
        for desk in new:  # read and checked beside the play: the loop would stand still
            await asyncio.to_thread(getattr, desk, "loaded")
        for desk in new:
            place = len(live.room.desks)
            await service.aside(
                partial(service.store.add_scenario, live.kept.id, place, desk.source)
            )
            live.room.desks.append(desk)
        titles = [desk.scenario.title for desk in new]
        return await service.act(live, HOST, lambda room: acts.desk(room, titles))

    async def erase(self, request: Request) -> Response:
        """Take everything of this session away, from the disk and from every page."""
        if self.role(request) != HOST:
            return self._nobody(request)
        form = await read_form(request)
        live, service = self.workshop.live, self.workshop.service
        if form.get("sure") != "yes":
            html = page("erase", title=live.room.title, count=len(live.room.people))
            return HTMLResponse(html)
        traces = ""
        try:
            await service.erase(live)
        except Traces:
            traces = say("console.traces")
        except (Lost, StoreError):
            return HTMLResponse(self.page(wrong=say("refused.lost")), 503)
        self.workshop.parts.forget()  # there are names in what was drawn
        return HTMLResponse(page("erased", title=say("console.erased"), told=traces))


def qr_picture(text: str) -> Response:
    """A code to scan, as a picture of its own."""
    drawn = io.BytesIO()
    qr = segno.make(text, error="m")
    qr.save(drawn, kind="svg", border=2, scale=4, dark=_INK, light="#FFFBF2")
    headers = {"cache-control": "no-cache"}
    return Response(drawn.getvalue(), media_type="image/svg+xml", headers=headers)


async def _body(request: Request) -> bytes:
    """The whole of an upload; empty for one that is too large, too slow or breaks off."""
    body = b""
    try:
        async with asyncio.timeout(_SLOW_FILE):
            async for piece in request.stream():
                body += piece
                if len(body) > MOST_UPLOAD:
                    return b""
    except (TimeoutError, ClientDisconnect):
        return b""
    return body
