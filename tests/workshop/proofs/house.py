"""A server without sockets: the whole application in this process, with a clock that is set."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import httpx

from game.workshop.room.log import Draft
from game.workshop.server import Workshop, application
from game.workshop.service import Live, Service
from game.workshop.store import Source, Store
from tests.at_hand import at_hand


def source(name: str = "osaka") -> Source:
    loaded = at_hand(name)
    return Source(loaded.main, dict(loaded.sources))


class Heard:
    """A connection that keeps what is written to it; `scope` is that of a stream on it."""

    full = False

    def __init__(self, accepts: str = "") -> None:
        self.sent: list[bytes] = []
        self.scope: dict[str, Any] = {
            "type": "http", "method": "GET", "headers": [(b"accept-encoding", accepts.encode())],
            "extensions": {"longlunch.pipe": self},
        }  # fmt: skip

    def write(self, body: bytes) -> None:
        self.sent.append(body)


class House:
    """A session and its application. `now` is the server's clock, in seconds since 1970."""

    def __init__(self, folder: Path, *names: str, store: Store | None = None, **plan: object):
        self.now = 1000.0
        self.url = f"sqlite:///{folder}/rooms.db"
        self.service = Service(store or Store(self.url), lambda: self.now)
        drafts = [Draft("plan", plan)] if plan else []
        sources = [source(name) for name in names or ("osaka",)]
        self.serve(self.service.open_new("Monday", sources, drafts))

    def serve(self, live: Live) -> None:
        self.live = live
        self.workshop = Workshop(self.service, live)
        self.app = application(self.workshop, ["laptop"])

    def restart(self) -> None:
        """As after a crash: everything is read from the disk again."""
        self.service = Service(Store(self.url), lambda: self.now)
        self.serve(self.service.open(self.service.store.sessions()[0]))

    def browser(self, address: str = "10.0.0.7") -> httpx.AsyncClient:
        transport = httpx.ASGITransport(app=self.app, client=(address, 50000))
        return httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:8765")

    def moved_to(self, browser: httpx.AsyncClient) -> httpx.AsyncClient:
        """The same browser, with its cookies, at the application of now."""
        new = self.browser()
        new.cookies = browser.cookies
        return new

    async def join(self, name: str, address: str = "10.0.0.7", **form: str) -> httpx.AsyncClient:
        browser = self.browser(address)
        nonce = re.search(r'name="nonce" value="(\w+)"', (await browser.get("/")).text)
        assert nonce is not None
        fields = {"code": self.live.code, "name": name, "nonce": nonce[1], **form}
        answer = await browser.post("/join", data=fields)
        assert answer.status_code == 303, answer.text
        return browser

    async def console(self) -> httpx.AsyncClient:
        browser = self.browser("10.0.0.1")
        await browser.get(self.workshop.console.link("host"))
        return browser

    def kept(self) -> list[tuple[str, str]]:
        """(kind, key) of every record on disk."""
        store = Store(self.url)
        try:
            return [(r.kind, r.key) for r in store.read(self.live.kept.id)]
        finally:
            store.close()


async def acted(browser: httpx.AsyncClient, path: str, **form: object) -> httpx.Response:
    """A form as the page's script sends it."""
    return await browser.post(path, data=form, headers={"x-longlunch": "1"})
