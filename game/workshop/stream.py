"""A page that follows its room: what changed since the versions it has, over and over.

Server-sent events. A message is the list of the page's parts in their order and the HTML of those
that are newer than what the page has. Nothing is remembered for a client but those numbers.
"""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Callable, Sequence
from functools import lru_cache

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from game.workshop.pages import Parts
from game.workshop.service import Live

HEARTBEAT = 12.0  # seconds between two signs of life
_IDLE = 20.0  # times as long as a screen took to render it rests: it must not crowd out the moves
_TO_COME_BACK = 800  # ms after which a browser tries again


class Stream(Response):
    """`layout` gives the parts of the page, None once it is nobody's any more.

    `rest` is the least time between two messages, in seconds: a page that shows what two hundred
    people do needs no message for each of them.
    """

    def __init__(
        self, live: Live, parts: Parts, layout: Callable[[], Sequence[str] | None],
        have: dict[str, int], rest: float = 0.0,
    ) -> None:  # fmt: skip
        self.live, self.parts, self.layout, self.rest = live, parts, layout, rest
        self.have = dict(have)
        self.shown: list[str] | None = None
        self.sources: dict[str, tuple[str, ...]] = {}  # of the parts shown now
        self.background = None
        self.over = False  # it has said the last thing it has to say

    def news(self) -> bytes | None:
        """The next message as JSON, None if the page has everything."""
        hub = self.live.hub
        ids = self.layout()
        if ids is None:
            self.over = True
            return b'{"gone":true}'
        if self.have.get("e", hub.edition) != hub.edition:
            self.have = {}
        self.have["e"] = hub.edition
        before, self.shown = self.shown, list(ids)
        if before != self.shown:
            self.sources = {id: self.parts.sources(id) for id in ids}
        unkept = self.live.unkept
        fresh = []
        for id, sources in self.sources.items():
            version = self._version(sources)
            if self.have.get(id, -1) != version and unkept.keys().isdisjoint(sources):
                self.have[id] = version
                fresh.append(b"%s:[%d,%s]" % (packed(id), version, self.parts.packed(id)))
        if not fresh and (before is None or before == self.shown):
            return None
        order = b",".join(map(packed, self.shown))
        return b'{"e":%d,"order":[%s],"parts":{%s}}' % (hub.edition, order, b",".join(fresh))

    async def _prepared(self) -> float:
        """Draw what is new, one page at a time and part by part, so that moves come between; the
        seconds it took."""
        if self.shown is not None and not self._undrawn():
            return 0.0
        spent = 0.0
        async with self.parts.drawing:
            for id in self.layout() or ():
                if not self.parts.drawn(id):
                    begun = time.perf_counter()
                    self.parts.packed(id)
                    spent += time.perf_counter() - begun
                    await asyncio.sleep(0)
        return spent

    def _version(self, sources: tuple[str, ...]) -> int:
        hub = self.live.hub
        return hub.version(sources[0]) if len(sources) == 1 else hub.newest(sources)

    def _undrawn(self) -> bool:
        """Whether something that the page shows is new and was drawn for nobody yet."""
        edition = self.live.hub.edition
        anew = self.have.get("e", edition) != edition
        return any(
            (anew or self.have.get(id, -1) != self._version(sources)) and not self.parts.drawn(id)
            for id, sources in self.sources.items()
        )

    def _watched(self) -> set[str]:
        """The parts whose changes change the page."""
        return {source for sources in self.sources.values() for source in sources}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await send(
            {
                "type": "http.response.start",
                "status": 200,
                "headers": [
                    (b"content-type", b"text/event-stream; charset=utf-8"),
                    (b"cache-control", b"no-store"),
                    (b"x-accel-buffering", b"no"),
                ],
            }
        )
        gone = asyncio.ensure_future(_gone(receive))
        try:
            await self._follow(send, gone)
        finally:
            gone.cancel()

    async def _follow(self, send: Send, gone: asyncio.Future[None]) -> None:
        await _say(send, b"retry: %d\n\n" % _TO_COME_BACK)
        shown: list[str] | None = None
        with self.live.hub.watch(()) as watch:
            while not gone.done() and not self.live.closing and not self.over:
                spent = await self._prepared()
                message = self.news()
                if shown != self.shown:
                    shown = self.shown
                    watch.change(self._watched())
                if message is not None:
                    await _say(send, b"data: " + message + b"\n\n")
                    if self.rest:
                        await asyncio.sleep(max(self.rest, _IDLE * spent))
                # What changes while a message is on its way ends the wait at once.
                while not self.over and not await watch.wait(HEARTBEAT) and not gone.done():
                    await _say(send, b"event: here\ndata:\n\n")
        if not gone.done():
            await send({"type": "http.response.body", "body": b"", "more_body": False})


@lru_cache(4000)
def packed(id: str) -> bytes:
    """The name of a part as JSON."""
    return json.dumps(id).encode()


def have_of(request: Request) -> dict[str, int]:
    """Which version of each part a page has: `room.12,table:s1.1.40`, and its edition as `e.0`."""
    found = {}
    for pair in request.query_params.get("have", "")[:2000].split(","):
        name, dot, version = pair.rpartition(".")
        if dot and version.isascii() and version.isdigit() and len(version) < 12:
            found[name] = int(version)
    return found


async def _say(send: Send, text: bytes) -> None:
    await send({"type": "http.response.body", "body": text, "more_body": True})


async def _gone(receive: Receive) -> None:
    """Ends when the client has gone."""
    while (await receive())["type"] != "http.disconnect":
        pass
