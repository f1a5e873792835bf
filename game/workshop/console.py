"""The console's routes: everything a facilitator may do, and the page that shows it.

Who has the console's link once keeps a cookie for it; the link is then spent. A second facilitator
gets a link of their own, made on the console.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from game.workshop import acts, acts_play, tokens
from game.workshop.forms import Form, read_form, whole
from game.workshop.pages import live_page, page
from game.workshop.room import Room
from game.workshop.service import HOST, Decide, Lost
from game.workshop.stream import Stream, have_of
from game.workshop.words import say

if TYPE_CHECKING:
    from game.workshop.server import Workshop

COOKIE = "longlunch-host"
_REST = 0.25  # seconds between two messages to a console or a stage
ROLES = ("host", "stage")


class Console:
    """Pages and forms of facilitators, and the stage, which only shows."""

    def __init__(self, workshop: Workshop) -> None:
        self.workshop = workshop
        self.links: dict[str, str] = {}  # unspent links: nonce -> role

    @property
    def routes(self) -> list[Route]:
        return [
            Route("/open/{nonce}", self.open),
            Route("/console", self.show),
            Route("/console/do/{what}", self.do, methods=["POST"]),
            Route("/live/console", self.live),
            Route("/poll/console", self.poll),
            Route("/stage", self.show),
            Route("/live/stage", self.live),
            Route("/poll/stage", self.poll),
        ]

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

    async def show(self, request: Request) -> Response:
        kind = self._may(request)
        if kind is None:
            return RedirectResponse("/", 303)
        return HTMLResponse(self._page(kind))

    def _page(self, kind: str, wrong: str = "") -> str:
        return live_page(self.workshop.parts, kind, self.layout(kind), wrong)

    def layout(self, kind: str) -> list[str]:
        """The parts of a console or a stage."""
        return ["console", "deck"] if kind == "console" else ["stage", "ballot", "slides"]

    async def live(self, request: Request) -> Response:
        kind = self._may(request)
        if kind is None:
            return Response(status_code=204)
        return self._stream(request, kind)

    def _stream(self, request: Request, kind: str) -> Stream:
        workshop = self.workshop
        return Stream(
            workshop.live, workshop.parts, lambda: self.layout(kind), have_of(request), _REST
        )

    async def poll(self, request: Request) -> Response:
        kind = self._may(request)
        if kind is None:
            return JSONResponse({"gone": True})
        return Response(self._stream(request, kind).news() or b"{}", media_type="application/json")

    async def do(self, request: Request) -> Response:
        """Something that a facilitator does."""
        scripted = request.headers.get("x-longlunch") == "1"
        if self.role(request) != HOST:
            return JSONResponse({"gone": True}, 403) if scripted else RedirectResponse("/", 303)
        form = await read_form(request)
        what = request.path_params["what"]
        if what == "link" and form.get("role") in ROLES:
            return JSONResponse({"link": self.link(form["role"])})
        make = {"timer": self._timer, "pause": self._pause}.get(what) or DOES.get(what)
        if make is None:
            return Response(status_code=404)
        workshop = self.workshop
        status, wrong = 0, ""
        try:
            seq = await workshop.service.act(workshop.live, HOST, make(form))
        except acts.Refused as refused:
            status, wrong = refused.status, say(f"refused.{refused.id}")
        except Lost:
            status, wrong = 503, say("refused.lost")
        except (ValueError, KeyError):
            status, wrong = 400, say("refused.garbled")
        if wrong:
            html = HTMLResponse(self._page("console", wrong), status)
            return JSONResponse({"wrong": wrong}, status) if scripted else html
        return JSONResponse({"at": seq}) if scripted else RedirectResponse("/console", 303)

    def _timer(self, form: Form) -> Decide:
        """So many seconds from now, by the server's clock; 0 takes the timer away."""
        seconds, now = whole(form, "seconds"), self.workshop.service.clock()
        return lambda room: acts.timer(room, seconds, now)

    def _pause(self, form: Form) -> Decide:
        now = self.workshop.service.clock()
        return lambda room: acts.pause(room, _on(form), now)


def _on(form: Form) -> bool:
    return form.get("on") == "yes"


def _counted(form: Form) -> dict[str, int]:
    return {k[6:]: whole(form, k) for k, v in form.items() if k.startswith("count.") and v}


def _plan(form: Form) -> Decide:
    changes: dict[str, object] = {}
    for name in ("mode", "help"):
        if name in form:
            changes[name] = form[name]
    for name in ("seed", "teams", "short"):
        if form.get(name):
            changes[name] = whole(form, name)
    for name in ("together", "phones", "leaderboard"):
        if name in form:
            changes[name] = form[name] == "yes"
    return lambda room: acts.plan(room, **changes)


def _person(form: Form) -> Decide:
    changes: dict[str, object] = {k: form[k] for k in ("name", "seat") if k in form}
    changes |= {k: form[k] == "yes" for k in ("hidden", "removed", "observes") if k in form}
    return lambda room: acts.change_person(room, form["person"], **changes)


def _place(form: Form) -> tuple[str, int]:
    return form["table"], whole(form, "ply")


def _tables(form: Form, room: Room) -> list[str] | None:
    return [form["table"]] if form.get("table") else None


DOES: dict[str, Callable[[Form], Decide]] = {
    "plan": _plan,
    "person": _person,
    "start": lambda form: acts.start,
    "stage": lambda form: lambda room: acts.stage(room, form["to"]),
    "lock": lambda form: lambda room: acts.switch(room, "locked", _on(form)),
    "advance": lambda form: lambda room: acts.advance(room, whole(form, "to")),
    "inject": lambda form: lambda room: acts.inject(room, form["event"], _tables(form, room)),
    "reveal": lambda form: lambda room: acts_play.reveal(room, form["layer"], _on(form)),
    "tell": lambda form: lambda room: acts.tell(room, form["text"]),
    "ballot": lambda form: lambda room: acts_play.balloting(room, *_place(form), _on(form)),
    "count": lambda form: lambda room: acts_play.count(room, *_place(form), _counted(form)),
    "decide": lambda form: lambda room: acts_play.decide(room, *_place(form), form["action"]),
    "ask": lambda form: lambda room: acts_play.ask(room, form["kind"], form["table"]),
    "close": lambda form: lambda room: acts_play.close_question(room, form["question"]),
    "lend": lambda form: lambda room: acts.switch(room, "reports", _on(form)),
    "test": lambda form: lambda room: acts.test(room, form["half"], _on(form)),
    "slide": lambda form: lambda room: acts.slide(room, whole(form, "slide"), _on(form)),
}  # fmt: skip
