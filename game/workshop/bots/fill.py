"""`longlunch bots`: fills a session with simulated people over real HTTP.

For a rehearsal, a demo, or to see whether a laptop holds a room. Only servers of this machine are
filled, unless it is said that another one of the network is meant.
"""

from __future__ import annotations

import asyncio
import contextlib
import ipaddress
import json
import signal
import socket
import ssl
import sys
import time
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from game.analysis.settings import usage
from game.workshop import tokens
from game.workshop.bots.http import Place
from game.workshop.bots.people import SELLERS, Counts, Person, PolicyError, people, steps_of
from game.workshop.words import say

MOST = 1000
PORT = 8765
_COME_IN = 10.0  # seconds over which people come in, at most
_LEAVE = 3.0  # seconds that they may take to leave


@dataclass(frozen=True, slots=True)
class Options:
    """What the command line says. `seconds` 0: until the session is over."""

    number: int
    where: str
    think: float = 3.0
    seed: int = 1
    policies: tuple[str, ...] = SELLERS
    polls: float = 0.0
    seconds: float = 0.0
    until: str = "over"  # or "played": they leave when their games are
    lan: bool = False
    as_json: bool = False


def run(options: Options) -> int:
    """Fill a session; the exit status: 0 done, 1 if somebody could not come in, 130 interrupted."""
    if not 1 <= options.number <= MOST:
        raise usage(f"{options.number} people cannot come in", f"1 to {MOST}", "name fewer")
    for policy in options.policies:
        try:
            steps_of(policy)
        except PolicyError as problem:
            raise usage(
                f"“{policy[:60]}” is no seller: {problem}", "a policy's name or its steps",
                "see scenarios/common/policies.yaml",
            ) from None  # fmt: skip
    place, code = found(options.where, options.lan)
    if not options.as_json:
        print(say("bots.begun", count=options.number, url=place.origin), flush=True)
    crowd = Crowd(options, place, code)
    status = in_fast_loop(crowd.stay())
    if options.as_json:
        print(json.dumps(crowd.report(), indent=2, ensure_ascii=False))
    else:
        crowd.tell()
    return status


def in_fast_loop(coroutine: Coroutine[Any, Any, int]) -> int:
    """Run in uvloop where there is one."""
    factory: Callable[[], asyncio.AbstractEventLoop] = asyncio.new_event_loop
    with contextlib.suppress(ImportError):
        from uvloop import new_event_loop

        factory = new_event_loop
    with asyncio.Runner(loop_factory=factory) as runner:
        return runner.run(coroutine)


# --- where ----------------------------------------------------------------------------------------


def found(where: str, lan: bool) -> tuple[Place, str]:
    """The server and the code of `CODE` or `http://ADDRESS:PORT/j/CODE`; raises UsageError."""
    if "//" not in where:
        return _reached("http", "127.0.0.1", PORT, lan), _code(where)
    try:
        parts = urlsplit(where)
        scheme, host = parts.scheme, parts.hostname or ""
        port = parts.port or {"http": 80, "https": 443}[scheme]
        path, _, code = parts.path.rpartition("/")
    except (KeyError, ValueError):
        scheme, host, port, path, code = "", "", 0, "", ""
    if not host or path != "/j":
        raise usage(
            f"nobody can join at “{where[:80]}”", "a code, or http://ADDRESS:PORT/j/CODE",
            "copy it from what `longlunch host` printed",
        )  # fmt: skip
    return _reached(scheme, host, port, lan), _code(code)


def _code(text: str) -> str:
    code = tokens.typed_code(text)
    if len(code) != tokens.CODE_LENGTH or not set(code) <= set(tokens.ALPHABET):
        raise usage(
            f"“{text[:40]}” is no code to join with", f"{tokens.CODE_LENGTH} characters",
            "copy it from the wall",
        )  # fmt: skip
    return code


def _reached(scheme: str, host: str, port: int, lan: bool) -> Place:
    try:
        address = str(socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][4][0])
    except (OSError, UnicodeError):
        raise usage(f"there is no “{host[:60]}”", "a server's address", "copy it") from None
    at = ipaddress.ip_address(address.partition("%")[0])
    if not at.is_loopback and not (lan and (at.is_private or at.is_link_local)):
        raise usage(
            f"{host[:60]} is another machine", "a server of this one",
            "add --lan if it is yours and on this network" if not lan else "start them over there",
        )  # fmt: skip
    return Place(host, port, address, _unchecked() if scheme == "https" else None)


def _unchecked() -> ssl.SSLContext:
    """A workshop's certificate is often its own; nothing secret is sent to it."""
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context


# --- the crowd ------------------------------------------------------------------------------------


class Crowd:
    """Everybody who was sent, and what became of them."""

    def __init__(self, options: Options, place: Place, code: str) -> None:
        self.options, self.place, self.code = options, place, code
        self.counts = Counts()
        self.people: list[Person] = []
        self.failed: list[str] = []
        self._end = ""

    async def stay(self) -> int:
        """Until the session is over, the time is up, or somebody presses Ctrl-C."""
        options = self.options
        self.people = people(
            self.place, self.code, options.number, options.seed, options.think, options.policies,
            options.polls, self.counts,
        )  # fmt: skip
        stop = asyncio.Event()
        for sig in (signal.SIGINT, signal.SIGTERM):
            with contextlib.suppress(NotImplementedError, ValueError):  # Windows; a thread
                asyncio.get_running_loop().add_signal_handler(sig, self._stop, stop)
        pause = min(0.05, _COME_IN / options.number)
        tasks = [asyncio.create_task(self._one(p, k * pause)) for k, p in enumerate(self.people)]
        watch = asyncio.create_task(self._until(stop))
        await asyncio.wait(
            {watch, asyncio.ensure_future(asyncio.wait(tasks))}, return_when="FIRST_COMPLETED"
        )
        for task in (watch, *tasks):
            task.cancel()
        await asyncio.wait(tasks, timeout=_LEAVE)
        return 130 if self._end == "interrupted" else 1 if self.failed else 0

    def _stop(self, stop: asyncio.Event) -> None:
        self._end = "interrupted"
        stop.set()

    async def _one(self, person: Person, pause: float) -> None:
        await asyncio.sleep(pause)
        try:
            await person.live()
        except ConnectionRefusedError as refused:
            self.failed.append(str(refused))

    async def _until(self, stop: asyncio.Event) -> None:
        """Ends when it is time to leave."""
        begun = time.monotonic()
        while not stop.is_set():
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), 0.25)
            if self.options.seconds and time.monotonic() - begun > self.options.seconds:
                self._end = "time"
                return
            here = [p for p in self.people if not p.over]
            if self.options.until == "played" and all(p.played for p in here):
                self._end = "played"
                return

    def report(self) -> dict[str, Any]:
        """What happened, for a program: `longlunch.bots/1`."""
        counts = self.counts
        return {
            "format": "longlunch.bots/1",
            "people": self.options.number,
            "joined": counts.joined,
            "failed": self.failed,
            "moves": counts.moves,
            "votes": counts.votes,
            "others": counts.others,
            "refused": dict(counts.refused),
            "retried": counts.retried,
            "connections_lost": counts.lost,
            "end": self._end or "over",
        }

    def tell(self) -> None:
        """What happened, in words; how long answers took."""
        counts = self.counts
        print(say("bots.in", count=counts.joined, total=self.options.number))
        for why in dict.fromkeys(self.failed):
            print(f"  {why}", file=sys.stderr)
        print(
            say(
                "bots.done", moves=counts.moves, votes=counts.votes, others=counts.others,
                refused=counts.refused.total(), retried=counts.retried, lost=counts.lost,
            )
        )  # fmt: skip
        for why, number in counts.refused.most_common(5):
            print(f"  {number} × {why}")
        if counts.seconds:
            p50, p99 = (1e3 * percentile(counts.seconds, p) for p in (50, 99))
            print(say("bots.times", p50=round(p50), p99=round(p99)))


def percentile(values: list[float], p: float) -> float:
    """The value that p percent do not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * p / 100))]
