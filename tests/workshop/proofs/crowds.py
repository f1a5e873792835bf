"""Proofs with a crowd, sized by whoever runs them: seconds in the suite, minutes in the script."""

from __future__ import annotations

import asyncio
import random
import re
import resource
import socket
import time
from collections import Counter
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from game.workshop.bots.fill import found, percentile
from game.workshop.bots.http import Browser, Place
from game.workshop.bots.people import Counts, Person, people
from game.workshop.room.log import Record
from game.workshop.store import Store
from tests.workshop.served import Served, acted

_NOISE = 0.005  # seconds
LONG = "\U0001f600" * 390
Moved = tuple[str, int, str]  # table, ply, action


def place_of(server: Served) -> Place:
    return found(f"{server.url}/j/{server.code}", lan=False)[0]


def records(store: Path) -> list[Record]:
    """What is on disk."""
    opened = Store(f"sqlite:///{store}")
    try:
        return opened.read(opened.sessions()[0].id)
    finally:
        opened.close()


# --- killed while people play ---------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Killed:
    kills: int
    acknowledged: int
    missing: tuple[Moved, ...]
    twice: tuple[tuple[str, int], ...]
    not_shown: tuple[str, ...]  # tables whose page does not stand where the disk says
    retried: int


async def killed_while_playing(
    server: Served, number: int, kills: int, between: tuple[float, float], think: float,
    seed: int = 1,
) -> tuple[Killed, Served]:  # fmt: skip
    """People play while the server is killed at random times and started again.

    Returns what became of the moves that were acknowledged, and the server that runs last.
    """
    chance, counts = random.Random(seed), Counts()
    crowd = people(place_of(server), server.code, number, seed, think, ["random"], 0.0, counts)
    tasks = [asyncio.create_task(person.live()) for person in crowd]
    while counts.joined < number:
        await asyncio.sleep(0.05)
    with closing(server.console()) as host:
        await asyncio.to_thread(acted, host, "/console/do/start")
    for _ in range(kills):
        await asyncio.sleep(chance.uniform(*between))
        server.kill()
        server = await asyncio.to_thread(server.again)
    await asyncio.sleep(between[1])
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    # Requests that were under way may still arrive: a page stands between before and after.
    before = Counter(table for table, _, _ in moves_of(server.store))
    shown = [await stands_at(place_of(server), person) for person in crowd]
    moves = moves_of(server.store)
    after = Counter(table for table, _, _ in moves)
    told = Killed(
        kills, len(counts.kept), tuple(set(counts.kept) - set(moves)),
        tuple(place for place, n in Counter((t, p) for t, p, _ in moves).items() if n > 1),
        tuple(t for t, ply in shown if ply is not None and not before[t] <= ply <= after[t]),
        counts.retried,
    )  # fmt: skip
    return told, server


def moves_of(store: Path) -> list[Moved]:
    """The moves that are on disk."""
    kept = records(store)
    return [(r.data["table"], r.data["ply"], r.data["action"]) for r in kept if r.kind == "move"]


async def stands_at(place: Place, person: Person) -> tuple[str, int | None]:
    """The table and move that somebody's page stands at; None once the game is over."""
    browser = Browser(place)
    browser.cookies = person.browser.cookies
    html = (await browser.get("/play")).text
    browser.close()
    table = re.search(r'name="table" value="([^"]+)"', html)
    ply = re.search(r'name="ply" value="(\d+)"', html)
    return (table[1] if table else "", int(ply[1]) if ply else None)


# --- one who does not read ------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Deaf:
    """Times until the last healthy page has something, in seconds, in turns without and beside
    one that does not read; then that one alone."""

    without: tuple[float, ...]
    beside: tuple[float, ...]
    grown: float  # MB that the server grew by
    caught_up: bool

    @property
    def unchanged(self) -> bool:
        """Whether median and p99 beside it are what they are without."""
        return all(
            percentile(list(self.beside), p) <= 1.25 * percentile(list(self.without), p) + _NOISE
            for p in (50, 99)
        )

    def __str__(self) -> str:
        without, beside = (
            " and ".join(f"{1e3 * percentile(list(found), p):.0f}" for p in (50, 99))
            for found in (self.without, self.beside)
        )
        return (
            f"until the last healthy page has it, p50 and p99 of {len(self.beside)} words: "
            f"{without} ms without, {beside} ms beside; {self.grown:+.1f} MB; "
            f"it {'caught up' if self.caught_up else 'did not catch up'}"
        )


async def one_does_not_read(server: Served, healthy: int, rounds: int, block: int = 10) -> Deaf:
    """Healthy pages follow with and without one whose socket is never read, `block` words a turn;
    then it is left unread for `rounds` words, and read at last."""
    crowd = [Browser(place_of(server)) for _ in range(healthy)]
    heard: list[float] = []
    for k, browser in enumerate(crowd):
        form = {"code": server.code, "name": f"P{k}", "nonce": f"deaf{k}"}
        assert (await browser.post("/join", form, scripted=False)).status == 303
        await browser.follow("/live/phone", lambda _: heard.append(time.perf_counter()))
    host = Browser(place_of(server))
    with closing(server.console()) as console:
        host.cookies = dict(console.cookies)

    async def told(k: int) -> float:
        heard.clear()
        begun = time.perf_counter()
        assert (await host.post("/console/do/tell", {"text": f"{LONG}{k}"})).status == 200
        while len(heard) < healthy:
            await asyncio.sleep(0.002)
            assert time.perf_counter() < begun + 20, "a healthy page waits"
        found = max(heard) - begun
        await asyncio.sleep(0.03)
        return found

    await asyncio.sleep(0.5)
    for k in range(block):
        await told(-k)
    times: dict[bool, list[float]] = {False: [], True: []}
    while len(times[True]) < rounds:
        turn = len(times[True]) // block % 2 == 0
        for unread in (turn, not turn):
            sleeper = deaf(server, crowd[0].cookies) if unread else None
            await asyncio.sleep(0.2)
            times[unread] += [await told(len(times[unread])) for _ in range(block)]
            if sleeper is not None:
                sleeper.close()
    sleeper = deaf(server, crowd[0].cookies)
    await asyncio.sleep(0.2)
    memory = memory_mb(server.process.pid)
    for k in range(rounds):  # far more than sockets and the server would hold, if they held it
        await told(1_000_000 + k)
    grown = memory_mb(server.process.pid) - memory
    last = f"{LONG}{1_000_000 + rounds - 1}".encode()
    caught_up = await asyncio.to_thread(_reads, sleeper, last)
    for browser in (host, *crowd):
        browser.close()
    return Deaf(tuple(times[False]), tuple(times[True]), grown, caught_up)


def deaf(server: Served, cookies: dict[str, str]) -> socket.socket:
    """A page whose other end is not read."""
    raw = socket.socket()
    raw.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
    raw.connect(("127.0.0.1", server.port))
    cookie = "; ".join(f"{name}={value}" for name, value in cookies.items())
    head = f"GET /live/phone HTTP/1.1\r\nhost: 127.0.0.1:{server.port}\r\ncookie: {cookie}\r\n"
    raw.sendall(f"{head}\r\n".encode())
    return raw


def _reads(raw: socket.socket, wanted: bytes) -> bool:
    raw.settimeout(10)
    seen = b""
    with raw:
        try:
            while wanted not in seen:
                piece = raw.recv(65536)
                if not piece:
                    return False
                seen = (seen + piece)[-400_000:]
        except OSError:
            return False
    return True


def memory_mb(process: int) -> float:
    """Resident memory of a process."""
    pages = int(Path(f"/proc/{process}/statm").read_text().split()[1])
    return pages * resource.getpagesize() / 2**20
