"""The server: pages and forms for phones, the console and the stage; streams that follow a room.

Forms work without any script; with it, the same requests answer in JSON and the page follows a
stream. A request that changes something is answered once its record is on disk.
"""

from __future__ import annotations

from collections.abc import Callable

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from game.scenario import language
from game.scenario.library import data_dir
from game.session.table import by_ring, stand
from game.workshop import pictures, tokens
from game.workshop.console import Console, qr_picture
from game.workshop.debrief.routes import Debrief
from game.workshop.fonts import font_path
from game.workshop.forms import Form, composed, read_form, whole
from game.workshop.guard import App, Guard, Throttle, one_client
from game.workshop.layout import Layout
from game.workshop.news import News, Shared, have_of, polled
from game.workshop.pages import Parts, live_page, page
from game.workshop.room import acts, acts_play
from game.workshop.seen import dates_drawn
from game.workshop.service import Decide, Live, Lost, Service
from game.workshop.stream import Feeder, Stream
from game.workshop.tongue import Tongue
from game.workshop.words import say

COOKIE = "longlunch"
_WRONG_CODES = 8  # in a minute, from one page
_WRONG_FROM_ONE = 60  # in a minute, from one address: a room may share one behind a router


class Workshop:
    """The routes of one session. `live` is the session that is shown."""

    def __init__(self, service: Service, live: Live) -> None:
        self.service, self.live = service, live
        self.parts = Parts(live)
        self.shared = Shared(live, self.parts)
        live.ahead = self.parts.ahead
        self.feeder = Feeder()
        self.throttle = Throttle(_WRONG_CODES, 60.0)
        self.crowd = Throttle(_WRONG_FROM_ONE, 60.0)
        self.console = Console(self)
        self.debrief = Debrief(self)
        self.secure = False  # whether cookies travel over TLS only

    @property
    def routes(self) -> list[Route | Mount]:
        return [
            Route("/", self.front),
            Route("/j/{code}", self.front),
            Route("/join", self.join, methods=["POST"]),
            Route("/play", self.phone),
            Route("/act/{what}", self.act, methods=["POST"]),
            Route("/live/phone", self.live_phone),
            Route("/poll/phone", self.poll_phone),
            Route("/all", self.everything),
            Route("/dates", self.dates),
            Route("/qr.svg", self.qr),
            Route("/scene/{scene:path}", self.scene),
            Route("/font/{file}", self.font),
            Route("/ping", self.ping),
            *self.console.routes,
            *self.debrief.routes,
            Mount("/files", StaticFiles(directory=data_dir("assets") / "workshop" / "files")),
        ]

    # --- coming in --------------------------------------------------------------------------

    def who(self, request: Request) -> str | None:
        """The person that a request's cookie names; None for nobody, or somebody removed."""
        token = request.cookies.get(f"{COOKIE}-{self.live.kept.id}", "")
        id = tokens.owner(self.live.kept.secret, token)
        person = self.live.room.people.get(id or "")
        return None if person is None or person.removed else person.id

    async def front(self, request: Request) -> Response:
        """The page to join on; whoever has joined goes on where they were."""
        if self.who(request) is not None:
            return RedirectResponse("/play", 303)
        if self.live.erased:
            return self._erased()
        code = tokens.typed_code(request.path_params.get("code", ""))
        room = self.live.room
        if self._was_here(request):
            return self._front(code=code, note=say("phone.removed"))
        closed = "over" if room.stage == "over" else "locked" if room.locked else ""
        return self._front(code=code, note=say(f"refused.{closed}") if closed else "")

    def _erased(self) -> Response:
        """There is nothing to come back to."""
        told = say("phone.erased")
        return HTMLResponse(page("erased", title=say("console.erased"), told=told), 410)

    def _was_here(self, request: Request) -> bool:
        """Whether a request's cookie names somebody whom the facilitator has removed."""
        token = request.cookies.get(f"{COOKIE}-{self.live.kept.id}", "")
        person = self.live.room.people.get(tokens.owner(self.live.kept.secret, token) or "")
        return person is not None and person.removed

    def _front(
        self, status: int = 200, code: str = "", name: str = "", wrong: str = "", nonce: str = "",
        note: str = "",
    ) -> Response:  # fmt: skip
        html = page(
            "join", title=self.live.room.title, code=code, name=name, wrong=wrong, note=note,
            nonce=nonce or tokens.new_nonce(), most=acts.MOST_NAME,
        )  # fmt: skip
        return HTMLResponse(html, status)

    async def join(self, request: Request) -> Response:
        if self.live.erased:
            return self._erased()
        form = await read_form(request)
        client = one_client(request.client.host if request.client else "")
        code, name = tokens.typed_code(form.get("code", "")), form.get("name", "")
        nonce = tokens.typed_nonce(form.get("nonce", "")) or tokens.new_nonce()
        visitor = f"{client} {nonce}"
        if self.throttle.waits(visitor) or self.crowd.waits(client):
            return self._front(429, "", name, say("refused.too_often"), nonce)
        if code != self.live.code:
            self.throttle.failed(visitor)
            self.crowd.failed(client)
            return self._front(403, "", name, say("refused.wrong_code"), nonce)
        looks_on = form.get("observe", "") == "yes"
        try:
            await self.service.act(
                self.live,
                "",
                lambda room: acts.join(
                    room, name, nonce, observes=looks_on, lang=language.current()
                ),
            )
        except acts.Refused as refused:
            return self._front(refused.status, code, name, say(f"refused.{refused.id}"))
        except Lost:
            return self._front(503, code, name, say("refused.lost"))
        person = self.live.room.keys[f"join:{nonce}"].data["person"]
        answer = RedirectResponse("/play", 303)
        self._let_in(answer, person)
        return answer

    def _let_in(self, answer: Response, person: str) -> None:
        answer.set_cookie(
            f"{COOKIE}-{self.live.kept.id}", tokens.token(self.live.kept.secret, person),
            max_age=14 * 86400, httponly=True, samesite="strict", secure=self.secure,
        )  # fmt: skip

    # --- the phone --------------------------------------------------------------------------

    async def phone(self, request: Request) -> Response:
        person = self.who(request)
        if person is None:
            return RedirectResponse("/", 303)
        ids = self.parts.of_phone(person).ids(person)
        await self.service.settled(
            self.live, (source for id in ids for source in self.parts.sources(id))
        )
        return HTMLResponse(self._phone_page(person))

    def _phone_page(self, person: str, wrong: str = "") -> str:
        return live_page(self.parts, "phone", self.parts.of_phone(person).ids(person), wrong)

    async def act(self, request: Request) -> Response:
        """Something that a person at a phone does."""
        person = self.who(request)
        scripted = request.headers.get("x-longlunch") == "1"
        if person is None:
            return JSONResponse({"gone": True}, 401) if scripted else RedirectResponse("/", 303)
        form = await read_form(request)
        make = _ACTS.get(request.path_params["what"])
        if make is None:
            return Response(status_code=404)
        try:
            await self.service.act(self.live, person, make(person, form))
        except acts.Refused as refused:
            return self._refused(person, scripted, refused.status, say(f"refused.{refused.id}"))
        except Lost:
            return self._refused(person, scripted, 503, say("refused.lost"))
        except ValueError:
            return self._refused(person, scripted, 400, say("refused.garbled"))
        return JSONResponse({"kept": True}) if scripted else RedirectResponse("/play", 303)

    def _refused(self, person: str, scripted: bool, status: int, why: str) -> Response:
        if scripted:
            return JSONResponse({"wrong": why}, status)
        return HTMLResponse(self._phone_page(person, why), status)

    async def live_phone(self, request: Request) -> Response:
        person = self.who(request)
        if person is None:
            return Response(status_code=204)  # a browser that hears this does not come back
        return Stream(request, self.feeder, self._news(request, person))

    def _news(self, request: Request, person: str) -> News:
        return News(self.shared, lambda: self._layout(person), have_of(request), person)

    def _layout(self, person: str) -> Layout | None:
        who = self.live.room.people.get(person)
        return None if who is None or who.removed else self.parts.of_phone(person)

    async def poll_phone(self, request: Request) -> Response:
        """What a stream would send now, for browsers and networks without streams."""
        person = self.who(request)
        if person is None:
            return JSONResponse({"gone": True})
        return polled(self._news(request, person))

    async def everything(self, request: Request) -> Response:
        """All actions of a table by ring: a piece of a page for the script, a page without it."""
        person = self.who(request)
        room = self.live.room
        table = room.tables.get(request.query_params.get("table", ""))
        if person is None or table is None or room.people[person].seat != table.seat:
            return RedirectResponse("/", 303)
        scripted = request.headers.get("x-longlunch") == "1"
        html = page(
            "parts/rings" if scripted else "all", title=room.title,
            rings={} if table.game.ended else by_ring(table.game), table=table.id, ply=table.ply,
            kind="vote" if room.plan.mode == "round" else "move",
        )  # fmt: skip
        return HTMLResponse(html)

    async def dates(self, request: Request) -> Response:
        """The calendar of a table: a piece of a page for the script, a page without it."""
        person = self.who(request)
        room = self.live.room
        table = room.tables.get(request.query_params.get("table", ""))
        if person is None or table is None or room.seat_of(person) != table.seat:
            return RedirectResponse("/", 303)
        drawn = dates_drawn(table.game, stand(table.game))
        if request.headers.get("x-longlunch") == "1":
            return HTMLResponse(drawn)
        return HTMLResponse(page("dates", title=room.title, drawn=drawn))

    async def qr(self, request: Request) -> Response:
        """The address to join at, for a camera: it holds the code, so it is for the room alone."""
        if self.who(request) is None and self.console.role(request) is None:
            return Response(status_code=403)
        return qr_picture(f"{self.live.address}/j/{self.live.code}")

    async def scene(self, request: Request) -> Response:
        """The people at a table in their place, for whoever is in the room."""
        if self.who(request) is None and self.console.role(request) is None:
            return Response(status_code=403)
        return await pictures.answer(request, self.live.room)

    async def font(self, request: Request) -> Response:
        """A font of the packages that the desktop uses too."""
        path = font_path(request.path_params["file"])
        if path is None:
            return Response(status_code=404)
        return FileResponse(path, headers={"cache-control": "public, max-age=31536000, immutable"})

    async def ping(self, _: Request) -> Response:
        """For whoever sets a clock or looks whether the server answers; nothing of the code."""
        return JSONResponse({"longlunch": True, "now": self.service.clock()})


def _action(person: str, form: Form) -> tuple[str, int, str]:
    return form.get("table", ""), whole(form, "ply"), composed(form)


_ACTS: dict[str, Callable[[str, Form], Decide]] = {
    "move": lambda who, form: lambda room: acts_play.move(
        room, who, *_action(who, form), form.get("at_once") == "yes"
    ),
    "sit": lambda who, form: lambda room: acts.sit(room, who),
    "watch": lambda who, form: lambda room: acts.watch(room, who, form.get("seat", "")),
    "vote": lambda who, form: lambda room: acts_play.vote(room, who, *_action(who, form)),
    "read": lambda who, form: lambda room: acts_play.read(
        room, who, form.get("table", ""), form.get("buyer", ""),
        float(form.get("d", "")), float(form.get("confidence", "0.5")),
    ),
    "answer": lambda who, form: lambda room: acts_play.answer(
        room, who, form.get("question", ""), form.get("answer", "")
    ),
    "sentence": lambda who, form: lambda room: acts.sentence(
        room, who, tuple(form.get(f"part{k}", "") for k in range(3))
    ),
    "test": lambda who, form: lambda room: acts.test_answers(
        room, who, form.get("half", ""),
        tuple(whole(form, f"item{k}") for k in range(whole(form, "items"))),
    ),
}  # fmt: skip


def application(workshop: Workshop, names: list[str]) -> App:
    """The whole server as an ASGI application."""
    return Guard(Tongue(Starlette(routes=workshop.routes)), names)
