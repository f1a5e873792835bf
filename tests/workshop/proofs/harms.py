"""What is done to a server while people play: files, floods, pages that do not read."""

from __future__ import annotations

import asyncio
import contextlib
import random
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx

from game.workshop.guard import MOST_BODY
from tests.workshop.proofs.test_harm import BOMBS, OF_PARTS, PARTS, head
from tests.workshop.served import Served

_DRIPS = 300  # connections that send a letter now and then
_EVERY = 0.02  # seconds between two floods


class Uploads:
    """Hostile scenarios, one after another, by somebody who has the console."""

    def __init__(self, host: httpx.Client) -> None:
        self.host = host
        self.statuses: Counter[int] = Counter()

    @asynccontextmanager
    async def __call__(self) -> AsyncIterator[None]:
        goes = asyncio.create_task(self._on())
        yield
        goes.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await goes

    async def _on(self) -> None:
        while True:
            # A file that was sent is waited for: none reaches into the next game.
            await asyncio.shield(asyncio.to_thread(self._send))

    def _send(self) -> None:
        names = list(BOMBS)
        name = names[self.statuses.total() % len(names)]
        file: dict[str, Any] = {"files": {"file": (name, BOMBS[name].encode(), "text/yaml")}}
        if self.statuses.total() % 3 == 2:
            file = {"content": PARTS, "headers": OF_PARTS}
        try:
            answer = self.host.post("/console/upload", timeout=60, **file)
            self.statuses[answer.status_code] += 1
        except httpx.TransportError:
            self.statuses[0] += 1


class Floods:
    """Strangers who drip letters, send heads and bodies without an end, and nonsense."""

    def __init__(self, server: Served, seed: int = 1) -> None:
        self.server, self.chance = server, random.Random(seed)
        self.sent: Counter[str] = Counter()
        self.answers: Counter[int] = Counter()

    @asynccontextmanager
    async def __call__(self) -> AsyncIterator[None]:
        tasks = [asyncio.create_task(self._drip(k)) for k in range(_DRIPS)]
        tasks.append(asyncio.create_task(self._flood()))
        yield
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _drip(self, k: int) -> None:
        """One connection after another that is never done with its head, or with its body."""
        slow = head(self.server, "POST /join HTTP/1.1", "content-length: 900")
        while True:
            await asyncio.sleep(3 * self.chance.random())
            with contextlib.suppress(OSError):
                _, writer = await asyncio.open_connection("127.0.0.1", self.server.port)
                self.sent["slow"] += 1
                try:
                    writer.write(slow[:40] if k % 2 else slow + b"code=")
                    for _ in range(60):
                        writer.write(b"x")
                        await writer.drain()
                        await asyncio.sleep(1.0)
                finally:
                    writer.transport.abort()

    async def _flood(self) -> None:
        while True:
            kind = self.chance.choice(list(_FLOODS))
            self.sent[kind] += 1
            with contextlib.suppress(OSError, TimeoutError):
                async with asyncio.timeout(5):
                    self.answers[await self._answered(_FLOODS[kind])] += 1
            await asyncio.sleep(_EVERY)

    async def _answered(self, flood: tuple[str, tuple[str, ...], bytes]) -> int:
        """The status of what comes back; 0 for a connection that was cut off."""
        first, lines, body = flood
        reader, writer = await asyncio.open_connection("127.0.0.1", self.server.port)
        try:
            writer.write(head(self.server, first, *lines) + body)
            await writer.drain()
            line = await reader.readline()
            return int(line.split()[1]) if line.startswith(b"HTTP/") else 0
        finally:
            writer.transport.abort()


_FLOODS: dict[str, tuple[str, tuple[str, ...], bytes]] = {
    "headers": ("GET / HTTP/1.1", tuple(f"x-{k}: {'y' * 90}" for k in range(400)), b""),
    "line": ("GET /" + "x" * 60_000 + " HTTP/1.1", (), b""),
    "large": ("POST /join HTTP/1.1", (f"content-length: {10 << 20}",), b"a" * 60_000),
    "chunks": (
        "POST /join HTTP/1.1", ("transfer-encoding: chunked",),
        b"%x\r\n%s\r\n" % (4 * MOST_BODY, b"a" * 4 * MOST_BODY),
    ),
    "lengths": ("POST /join HTTP/1.1", ("content-length: 3", "content-length: 4"), b"a=bc"),
    "nonsense": ("\x16\x03\x01\x02\x00\x01\x00", (), b"\x00" * 2000),
    "method": ("TRACE / HTTP/1.1", (), b""),
}  # fmt: skip
