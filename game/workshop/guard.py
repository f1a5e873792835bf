"""What every request must pass before anything looks at it: size, host, origin, headers.

Written against ASGI directly, so that streams pass through it without being gathered.
"""

from __future__ import annotations

import ipaddress
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from typing import Any
from urllib.parse import urlsplit

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

MOST_BODY = 16 << 10  # bytes of a form
MOST_UPLOAD = 300 << 10  # bytes of a scenario
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; font-src 'self'; form-action 'self'; frame-ancestors 'none'; "
    "base-uri 'none'"
)
HEADERS = (
    (b"content-security-policy", _POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"same-origin"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), microphone=(), geolocation=()"),
)


class Guard:
    """Refuses what no page of ours sends. `names` are host names that the server answers to.

    An address in digits is always good: a page of another site that turns its own name towards
    this machine comes with that name.
    """

    def __init__(self, app: App, names: Iterable[str]) -> None:
        self.app = app
        self.names = {name.casefold() for name in names} | {"localhost"}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self.app(scope, receive, send)
            return
        headers = dict(reversed(scope["headers"]))
        refused = self._refused(scope, headers)
        if refused:
            await plain(send, refused, _SHORT[refused])
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                own = {name for name, _ in message["headers"]}
                extra = [pair for pair in HEADERS if pair[0] not in own]
                message["headers"] = [*message["headers"], *extra]
            await send(message)

        await self.app(scope, receive, with_headers)

    def _refused(self, scope: Scope, headers: dict[bytes, bytes]) -> int:
        """A status, or 0 for a request that may pass."""
        host = headers.get(b"host", b"").decode("latin-1")
        if not self._ours(host):
            return 421
        if scope["method"] not in ("GET", "HEAD", "POST"):
            return 405
        if scope["method"] == "POST" or scope["path"].startswith("/live"):
            origin = headers.get(b"origin")
            if origin is not None and not _from(origin.decode("latin-1"), host):
                return 403
            if headers.get(b"sec-fetch-site", b"same-origin") not in (b"same-origin", b"none"):
                return 403
        length = headers.get(b"content-length", b"0")
        most = MOST_UPLOAD if scope["path"].endswith("/upload") else MOST_BODY
        if not length.isdigit() or int(length) > most:
            return 413
        return 0

    def _ours(self, host: str) -> bool:
        try:
            name = urlsplit(f"//{host}").hostname or ""
        except ValueError:
            return False
        if name.casefold() in self.names:
            return True
        try:
            ipaddress.ip_address(name)
        except ValueError:
            return False
        return True


def _from(origin: str, host: str) -> bool:
    """Whether a page of this host sent it; what is no address at all came from none."""
    try:
        return urlsplit(origin).netloc == host
    except ValueError:
        return False


_SHORT = {
    403: b"This request did not come from a page of this server.\n",
    405: b"Only pages and forms are answered here.\n",
    413: b"That is more than this server takes.\n",
    421: b"This server is reached by its address, not by that name.\n",
}


async def plain(send: Send, status: int, body: bytes) -> None:
    """Answer with a line of text."""
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"connection", b"close")]
    await send({"type": "http.response.start", "status": status, "headers": [*headers, *HEADERS]})
    await send({"type": "http.response.body", "body": body})


def one_client(address: str) -> str:
    """What counts as one client: an address, or the network of one where it may take any other."""
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if isinstance(found, ipaddress.IPv6Address) and not found.is_link_local:
        return str(ipaddress.IPv6Network((int(found) >> 64 << 64, 64)))
    return str(found)


class Throttle:
    """Counts failures of a client: after `most` in `seconds` it waits, and nobody else does."""

    def __init__(
        self, most: int, seconds: float, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self.most, self.seconds, self.clock = most, seconds, clock
        self._failures: OrderedDict[str, list[float]] = OrderedDict()

    def failed(self, client: str) -> None:
        """Remember a failure of this client."""
        self._failures.setdefault(client, []).append(self.clock())
        self._failures.move_to_end(client)
        while len(self._failures) > 2000:  # the oldest are forgotten: memory stays bounded
            self._failures.popitem(last=False)

    def waits(self, client: str) -> float:
        """Seconds that this client must still wait; 0 if it may try."""
        since = self.clock() - self.seconds
        recent = [t for t in self._failures.get(client, ()) if t > since]
        if recent:
            self._failures[client] = recent
        else:
            self._failures.pop(client, None)
        return recent[-self.most] - since if len(recent) >= self.most else 0.0
