"""Pages that follow their room: server-sent events, written for all pages by one task.

With hundreds of pages it is not the words that take time but waking somebody for each of them. So
no page has a task that waits for news: whoever has something to hear is put in a row, and the
feeder goes down the row. It draws what was drawn for nobody yet and writes straight to the
connection; after a few milliseconds it lets requests come in between.
"""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import Awaitable, Sequence

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from game.scenario import language
from game.workshop.news import News
from game.workshop.patience import Pipe
from game.workshop.pieces import GZIP_HEAD, Piece, squeezed

HEARTBEAT = 12.0  # seconds between two signs of life
_IDLE = 20.0  # times as long as a screen took to draw it rests: it must not crowd out the moves
_TO_COME_BACK = 800  # ms after which a browser tries again
_SQUEEZED_END = squeezed(b"\n")
_EITHER = asyncio.FIRST_COMPLETED
_AT_A_TIME = 0.004  # seconds that the feeder goes on before others get their turn


class Feeder:
    """Gives every page of a session what is new for it."""

    def __init__(self) -> None:
        self._row: deque[Stream] = deque()
        self._later: deque[Stream] = deque()  # screens that rest between messages
        self._feeding: asyncio.Task[None] | None = None

    def feed(self, stream: Stream) -> None:
        """Put a page in the row; it comes once, however often it is put there."""
        if not stream.waits:
            stream.waits = True
            (self._later if stream.rest else self._row).append(stream)
            if self._feeding is None or self._feeding.done():
                self._feeding = asyncio.create_task(self._go_on())

    async def _go_on(self) -> None:
        while row := self._row or self._later:
            self._some(row)
            await asyncio.sleep(0)

    def _some(self, row: deque[Stream]) -> None:
        """Go down the row for a while, as far as pages of one language stand in it."""
        until, tongue = time.perf_counter() + _AT_A_TIME, row[0].tongue
        with language.speaking(tongue):
            while row and row[0].tongue == tongue and time.perf_counter() < until:
                stream = row[0]
                try:
                    done = stream.step()
                except Exception as problem:  # one page's trouble is not the others'
                    stream.end(problem)
                    done = True
                if done:
                    row.popleft().waits = False


class Stream(Response):
    """One page's stream, on a server that gives its connections a :class:`Pipe`.

    `rest` is the least time between two messages, in seconds: a page that shows what two hundred
    people do needs no message for each of them.
    """

    def __init__(self, request: Request, feeder: Feeder, news: News, rest: float = 0.0) -> None:
        self.news, self.feeder, self.rest = news, feeder, rest
        self.tongue = language.current()
        self.waits = False  # it stands in the feeder's row
        self.background = None
        self._hub = news.live.hub
        self._gzip = "gzip" in request.headers.get("accept-encoding", "")
        self._pipe: Pipe = request.scope["extensions"]["longlunch.pipe"]
        self._holds = True  # nothing is written: not begun, resting, or the other end is behind
        self._held: asyncio.Future[None] | None = None
        self._spent = 0.0  # seconds that drawing what is new took
        self._watched = frozenset[str]()
        self._ended: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def wake(self) -> None:
        """Something that the page shows has changed, or the server ends."""
        if self.news.live.closing:
            self.end()
        elif not self._holds:
            self.feeder.feed(self)

    def step(self) -> bool:
        """Draw one part that is new, or write what is new; whether that is done."""
        if self._holds or self._ended.done():
            return True
        if self._pipe.full:
            self._hold(self._pipe.emptied())
            return True
        news, begun = self.news, time.perf_counter()
        if not news.ready():
            self._spent += time.perf_counter() - begun
            return False
        if self._watched is not news.watched:
            self._watched = news.watched
            self._hub.watch(self, self._watched)
        told = news.told()
        if told:
            self._write(told)
            if self.rest:
                self._hold(asyncio.sleep(max(self.rest, _IDLE * self._spent)))
        self._spent = 0.0
        if news.over:
            self.end()
        return True

    def end(self, problem: Exception | None = None) -> None:
        """Say no more."""
        if not self._ended.done():
            if problem is None:
                self._ended.set_result(None)
            else:
                self._ended.set_exception(problem)

    def _hold(self, until: Awaitable[None]) -> None:
        """Write nothing until then."""

        async def held() -> None:
            await until
            self._holds = False
            self.wake()

        self._holds = True
        self._held = asyncio.ensure_future(held())

    def _write(self, told: Sequence[Piece]) -> None:
        if self._gzip:
            self._pipe.write(b"".join([*[piece.squeezed for piece in told], _SQUEEZED_END]))
        else:
            self._pipe.write(b"".join([*[piece.event for piece in told], b"\n"]))

    def _say(self, text: bytes) -> None:
        self._pipe.write(squeezed(text) if self._gzip else text)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = [
            (b"content-type", b"text/event-stream; charset=utf-8"),
            (b"cache-control", b"no-store"),
            (b"x-accel-buffering", b"no"),
        ]
        if self._gzip:
            headers.append((b"content-encoding", b"gzip"))
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        if scope["method"] != "HEAD":
            await self._follow(receive)
        await send({"type": "http.response.body", "body": b"", "more_body": False})

    async def _follow(self, receive: Receive) -> None:
        if self._gzip:
            self._pipe.write(GZIP_HEAD)
        self._say(b"retry: %d\n\n" % _TO_COME_BACK)
        gone = asyncio.ensure_future(_gone(receive))
        try:
            self._holds = False
            self.wake()
            while not gone.done() and not self._ended.done():
                await asyncio.wait((gone, self._ended), timeout=HEARTBEAT, return_when=_EITHER)
                if not self._ended.done() and not self._pipe.full:
                    self._say(b"event: here\ndata:\n\n")
        finally:
            self._holds = True
            self._hub.leave(self)
            gone.cancel()
            if self._held is not None:
                self._held.cancel()
        if self._ended.done():
            self._ended.result()


async def _gone(receive: Receive) -> None:
    """Ends when the client has gone."""
    while (await receive())["type"] != "http.disconnect":
        pass
