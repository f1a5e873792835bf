"""A browser without eyes: cookies, kept connections, forms and streams, for simulated people.

HTTP/1.1 through httptools, which the server needs anyway. It is made to cost little, for hundreds
of them share a processor with the server that they fill.
"""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import cast
from urllib.parse import urlencode

import httptools

Event = Callable[[bytes], object]
_MOST = 8 << 20  # bytes of an answer


class Unreachable(Exception):
    """There is no connection, or it broke before the answer was complete."""


@dataclass(frozen=True, slots=True)
class Place:
    """A server: `host` as it is named in requests, `address` and `port` where it is reached."""

    host: str
    port: int
    address: str = ""
    tls: ssl.SSLContext | None = None

    @property
    def origin(self) -> str:
        name = f"[{self.host}]" if ":" in self.host else self.host
        return f"{'https' if self.tls else 'http'}://{name}:{self.port}"


@dataclass(slots=True)
class Answer:
    """What came back; names of headers in small letters."""

    status: int = 0
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""

    @property
    def text(self) -> str:
        return self.body.decode("utf-8", "replace")


class Connection(asyncio.Protocol):
    """One connection: a request after another, the last of them perhaps a stream."""

    def __init__(self) -> None:
        self._transport: asyncio.Transport | None = None
        self._parser = httptools.HttpResponseParser(self)
        self._answer = Answer()
        self._pieces: list[bytes] = []
        self._size = 0
        self._squeezed = False
        self._future: asyncio.Future[Answer] | None = None
        self._heard: Event | None = None
        self.lost = asyncio.get_running_loop().create_future()
        self.received = 0  # bytes in all

    @property
    def free(self) -> bool:
        """Whether another request may be sent."""
        return not self.lost.done() and self._future is None and self._heard is None

    def ask(self, request: bytes, heard: Event | None = None) -> asyncio.Future[Answer]:
        """Send a request; with `heard`, every event of a stream goes there as it comes."""
        self._answer, self._pieces, self._size = Answer(), [], 0
        self._future = future = asyncio.get_running_loop().create_future()
        future.add_done_callback(_heard_of)  # who asked may have been cancelled meanwhile
        self._heard = heard
        if self._transport is None or self.lost.done():
            self._fail()
        else:
            self._transport.write(request)
        return future

    def close(self) -> None:
        if self._transport is not None:
            self._transport.abort()

    # --- called by the loop -----------------------------------------------------------------

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)  # uvloop's is none by name

    def data_received(self, data: bytes) -> None:
        self.received += len(data)
        try:
            self._parser.feed_data(data)
        except httptools.HttpParserError:
            self.close()

    def connection_lost(self, exc: Exception | None) -> None:
        if not self.lost.done():
            self.lost.set_result(None)
        self._fail()

    def _fail(self) -> None:
        if self._future is not None and not self._future.done():
            self._future.set_exception(Unreachable())
        self._future, self._heard = None, None

    # --- called by the parser ---------------------------------------------------------------

    def on_header(self, name: bytes, value: bytes) -> None:
        key = name.decode("latin-1").lower()
        before = self._answer.headers.get(key)
        text = value.decode("latin-1")
        self._answer.headers[key] = text if before is None else f"{before}\n{text}"

    def on_headers_complete(self) -> None:
        self._answer.status = self._parser.get_status_code()
        self._squeezed = self._answer.headers.get("content-encoding") == "gzip"
        if self._heard is not None and self._future is not None:
            if not self._future.done():
                self._future.set_result(self._answer)  # the events follow
            self._future = None

    def on_body(self, body: bytes) -> None:
        self._pieces.append(body)
        self._size += len(body)
        if self._size > _MOST:
            self.close()
        elif self._heard is not None and not self._squeezed and body.endswith(b"\n\n"):
            events = b"".join(self._pieces).split(b"\n\n")
            self._pieces, self._size = [], 0
            for event in events:
                if event and self._heard is not None:
                    self._heard(event)

    def on_chunk_complete(self) -> None:
        if self._squeezed and self._heard is not None:
            chunk, self._pieces, self._size = b"".join(self._pieces), [], 0
            self._heard(chunk)

    def on_message_complete(self) -> None:
        self._answer.body = b"".join(self._pieces)
        future, self._future = self._future, None
        if self._heard is not None:
            self._heard = None
            self.close()  # a stream that ended
        elif future is not None and not future.done():
            future.set_result(self._answer)
        if not self._parser.should_keep_alive():
            self.close()


def _heard_of(future: asyncio.Future[Answer]) -> None:
    if not future.cancelled():
        future.exception()


class Browser:
    """Somebody's browser at one server. Methods raise :class:`Unreachable`."""

    def __init__(self, place: Place, language: str = "") -> None:
        self.place = place
        self.cookies: dict[str, str] = {}
        self._asks: Connection | None = None
        self._follows: Connection | None = None
        name = place.origin.partition("//")[2]
        self._always = f"host: {name}\r\nuser-agent: longlunch-bots\r\n"
        if language:
            self._always += f"accept-language: {language}\r\n"

    async def get(self, path: str) -> Answer:
        return await self._ask(self._request("GET", path))

    async def post(
        self, path: str, form: Mapping[str, str], *, scripted: bool = True
    ) -> Answer:  # fmt: skip
        """Send a form, by default as the page's script does."""
        body = urlencode(form).encode()
        extra = f"origin: {self.place.origin}\r\n" + ("x-longlunch: 1\r\n" if scripted else "")
        return await self._ask(self._request("POST", path, body, extra))

    async def follow(
        self, path: str, heard: Event, *, squeezed: bool = False
    ) -> asyncio.Future[None]:
        """Open a stream; its events go to `heard`. The future is done when it has ended.

        A `squeezed` one comes as browsers have it sent: `heard` gets pieces of gzip as they were
        written, one an event.
        """
        self.let_go()
        self._follows = connection = await self._connected()
        extra = "accept: text/event-stream\r\n"
        if squeezed:
            extra += "accept-encoding: gzip, deflate\r\n"
        request = self._request("GET", path, extra=extra)
        answer = await connection.ask(request, heard)
        if answer.status != 200:
            connection.close()
        lost: asyncio.Future[None] = connection.lost
        return lost

    def let_go(self) -> None:
        """Close the stream, as a phone does that falls asleep."""
        if self._follows is not None:
            self._follows.close()
            self._follows = None

    def close(self) -> None:
        self.let_go()
        if self._asks is not None:
            self._asks.close()
            self._asks = None

    def _request(self, method: str, path: str, body: bytes = b"", extra: str = "") -> bytes:
        kept = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        head = f"{method} {path} HTTP/1.1\r\n{self._always}{extra}"
        if kept:
            head += f"cookie: {kept}\r\n"
        if method == "POST":
            head += "content-type: application/x-www-form-urlencoded\r\n"
            head += f"content-length: {len(body)}\r\n"
        return head.encode("latin-1") + b"\r\n" + body

    async def _connected(self) -> Connection:
        place, loop = self.place, asyncio.get_running_loop()
        try:
            _, connection = await loop.create_connection(
                Connection, place.address or place.host, place.port, ssl=place.tls,
                server_hostname=place.host if place.tls else None,
            )  # fmt: skip
        except OSError as problem:
            raise Unreachable from problem
        return connection

    async def _ask(self, request: bytes) -> Answer:
        kept = self._asks
        if kept is not None and kept.free:
            try:
                return self._taken(await kept.ask(request))
            except Unreachable:
                pass  # a kept connection may have been closed meanwhile: asked once more
        if kept is not None:
            kept.close()
        self._asks = connection = await self._connected()
        return self._taken(await connection.ask(request))

    def _taken(self, answer: Answer) -> Answer:
        for line in answer.headers.get("set-cookie", "").split("\n"):
            name, equals, rest = line.partition("=")
            if equals:
                self.cookies[name.strip()] = rest.split(";")[0]
        return answer
