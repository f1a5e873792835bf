"""The real application in this process: a clock that the test turns, clients of any address."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable
from html import unescape
from pathlib import Path
from typing import Any

import httpx

from game.workshop.room.log import Draft
from game.workshop.server import Workshop, application
from game.workshop.service import Live, Service
from game.workshop.store import Store
from tests.workshop.rooms import source

BASE = "http://192.168.1.5:8765"


class Hosted:
    """A session that is served; `now` is the server's clock."""

    def __init__(self, folder: Path, *names: str, now: float = 1000.0, **plan: Any) -> None:
        self.folder, self.now = folder, now
        self.service = Service(Store(f"sqlite:///{folder}/rooms.db"), lambda: self.now)
        kept = self.service.store.sessions()
        if kept:
            self.live: Live = self.service.open(kept[0])
        else:
            drafts = [Draft("plan", plan)] if plan else []
            sources = [source(name) for name in names or ("osaka",)]
            self.live = self.service.open_new("Monday", sources, drafts)
        self.live.address = BASE
        self.workshop = Workshop(self.service, self.live)
        self.app = application(self.workshop, [])

    def client(self, address: str = "192.168.1.23") -> httpx.AsyncClient:
        """A browser at some address of the network."""
        transport = httpx.ASGITransport(app=self.app, client=(address, 50000))  # type: ignore[arg-type]
        return httpx.AsyncClient(transport=transport, base_url=BASE)

    async def console(self) -> Browser:
        """A facilitator's browser, by a new link."""
        client = self.client("127.0.0.1")
        assert (await client.get(self.workshop.console.link("host"))).status_code == 303
        return Browser(client, "/console/do/", "/console")

    async def phone(self, name: str, observe: bool = False) -> Browser:
        """Somebody who has joined."""
        client = self.client()
        form = {"code": self.live.code, "name": name, "nonce": name}
        answer = await client.post("/join", data=form | ({"observe": "yes"} if observe else {}))
        assert answer.status_code == 303, answer.text
        return Browser(client, "/act/", "/play")

    async def here(self, *names: str) -> tuple[Browser, ...]:
        """A facilitator's browser, and those of people who have joined."""
        return await self.console(), *[await self.phone(name) for name in names]

    def hand(self, table: str = "s1.1") -> list[str]:
        """What may be chosen at a table."""
        found = self.live.room.tables[table]
        return [found.game.rules.actions[a] for a in found.options()]

    def again(self) -> Hosted:
        """The same store after the server has gone."""
        self.service.close()
        return Hosted(self.folder, now=self.now)


class Browser:
    """A client that posts forms as the page's script does."""

    def __init__(self, client: httpx.AsyncClient, acts: str, home: str) -> None:
        self.client, self.acts, self.home = client, acts, home

    async def does(self, what: str, **form: object) -> httpx.Response:
        """A form that is granted."""
        answer = await self.tries(what, **form)
        assert answer.status_code == 200, answer.text
        return answer

    async def tries(self, what: str, **form: object) -> httpx.Response:
        data = {name: str(value) for name, value in form.items()}
        return await self.client.post(self.acts + what, data=data, headers={"x-longlunch": "1"})

    async def page(self, path: str = "") -> str:
        return unescape((await self.client.get(path or self.home)).text)

    async def words(self, path: str = "") -> str:
        """What a page says, without its marks."""
        main = (await self.page(path)).partition("<main")[2].partition(">")[2]
        return " ".join(re.sub(r"<[^>]*>", " ", main).split())


def play(
    folder: Path, script: Callable[[Hosted], Awaitable[None]], *names: str, **plan: Any
) -> None:
    """Run a script against a session that is served, and let it go."""

    async def run() -> None:
        hosted = Hosted(folder, *names, **plan)
        try:
            await script(hosted)
        finally:
            hosted.service.close()

    asyncio.run(run())
