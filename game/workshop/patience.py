"""Connections that hold out: a request must arrive whole within seconds, and be of modest size.

uvicorn waits for ever for the end of a request's head. A browser sends it in one piece; who sends
it letter by letter, or sends no end of headers, is cut off and costs nobody else anything.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

ARRIVES = 10.0  # seconds for the head of a request
MOST_HEAD = 16 << 10  # bytes of a request's line and headers
MOST_FROM_ONE = 400  # connections from one address: a school behind one router is 200 phones
_ONE_READ = 256 << 10  # bytes that may come at once, a form behind its head


class Pipe:
    """Writes a chunked answer that has begun straight to its connection.

    What goes to hundreds of pages at once would else pass through a dozen calls for each of them.
    """

    def __init__(self, protocol: HttpToolsProtocol) -> None:
        self._protocol = protocol

    @property
    def full(self) -> bool:
        """Whether the other end is behind: what is written now would be kept in memory."""
        return self._protocol.flow.write_paused

    async def emptied(self) -> None:
        """Wait until it is not full any more."""
        await self._protocol.flow.drain()

    def write(self, body: bytes) -> None:
        """One chunk, not empty; nothing once the connection has gone."""
        transport = self._protocol.transport
        if not transport.is_closing():
            transport.write(b"%x\r\n%b\r\n" % (len(body), body))


class PatientProtocol(HttpToolsProtocol):
    """uvicorn's protocol with an end to its patience, and a :class:`Pipe` in the scope."""

    _open: Counter[str] = Counter()  # connections an address

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._waiting: asyncio.TimerHandle | None = None
        self._head = self._arrived = 0  # bytes of this head; of this head with what followed
        self._from = ""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._from = self.client[0] if self.client else ""
        self._open[self._from] += 1
        if self._open[self._from] > MOST_FROM_ONE and not self._from.startswith("127."):
            transport.abort()
            return
        self._wait()

    def connection_lost(self, exc: Exception | None) -> None:
        self._rest()
        self._open[self._from] -= 1
        if self._open[self._from] <= 0:
            del self._open[self._from]
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        if self._waiting is None and (self.cycle is None or self.cycle.response_complete):
            self._wait()
        if self._waiting is not None:
            self._arrived += len(data)
            if self._arrived > MOST_HEAD + _ONE_READ:  # a header that never ends
                self.transport.abort()
                return
        super().data_received(data)

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self.scope["extensions"] = {"longlunch.pipe": Pipe(self)}  # type: ignore[dict-item]

    def on_url(self, url: bytes) -> None:
        self._count(url)
        super().on_url(url)

    def on_header(self, name: bytes, value: bytes) -> None:
        self._count(name + value)
        super().on_header(name, value)

    def _count(self, part: bytes) -> None:
        self._head += len(part)
        if self._head > MOST_HEAD:
            raise ValueError("a head of this size")  # the parser makes it a 400

    def on_headers_complete(self) -> None:
        self._rest()
        super().on_headers_complete()

    def _wait(self) -> None:
        self._head = self._arrived = 0
        self._waiting = self.loop.call_later(ARRIVES, self._lost_patience)

    def _rest(self) -> None:
        if self._waiting is not None:
            self._waiting.cancel()
            self._waiting = None

    def _lost_patience(self) -> None:
        self._waiting = None
        if not self.transport.is_closing():
            self.transport.abort()
