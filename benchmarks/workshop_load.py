"""The load on a workshop's server, in a process of its own: prints what it saw as JSON.

`python -m benchmarks.workshop_load KIND URL CODE COOKIE [SECONDS]`, with a facilitator's cookie as
NAME=VALUE.
"""

from __future__ import annotations

import asyncio
import gc
import json
import random
import sys
import time
import zlib
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any

from game.scenario.load import load_scenario
from game.session.game import Game
from game.session.kit import kit_of
from game.session.seating import Settings
from game.workshop.bots.fill import found, in_fast_loop, percentile
from game.workshop.bots.http import Browser, Place, Unreachable
from game.workshop.bots.page import lines_of

SCENARIO = "osaka"
_GAMES = 5  # of 200 people, one after another
_WORDS, _PLAYED = 100, 300  # words told, moves played, to five hundred phones


def lines(number: int, longest: int = 60) -> list[list[str]]:
    """Legal games of the table with the server's seed, each another one."""
    kit = kit_of(load_scenario(SCENARIO), 1, Settings("plain"))
    found = []
    for seed in range(number):
        chance, game = random.Random(seed), Game.of(kit)
        line: list[str] = []
        while not game.ended and len(line) < longest:
            action = game.rules.actions[chance.choice(game.hand())]
            game.play(action)
            line.append(action)
        found.append(line)
    return found


class Seat:
    """A phone that knows what it will play."""

    def __init__(self, place: Place, line: list[str]) -> None:
        self.browser, self.line = Browser(place), line
        self.ply = 0
        self.table = ""
        self.seconds: list[float] = []
        self.heard: list[float] = []  # when events came
        self.kept: list[bytes] | None = None  # what came down a squeezed stream, to be looked at

    async def join(self, code: str, name: str) -> None:
        form = {"code": code, "name": name, "nonce": f"load{name}"}
        answer = await self.browser.post("/join", form, scripted=False)
        assert answer.status == 303, answer.status

    def hear(self, event: bytes) -> None:
        if event.startswith(b"data: {"):
            self.heard.append(time.perf_counter())

    def hear_squeezed(self, chunk: bytes) -> None:
        """As browsers have it sent; it is unpacked when all is over, for a phone would do it. One
        process that kept it for all phones would spend its time asking for memory."""
        if self.kept is not None:
            self.kept.append(chunk)
        if b"event: here" not in chunk:
            self.heard.append(time.perf_counter())

    @property
    def read(self) -> str:
        """All that came, unpacked."""
        assert self.kept is not None
        return zlib.decompressobj(31).decompress(b"".join(self.kept)).decode()

    async def move(self) -> None:
        form = {"table": self.table, "ply": str(self.ply), "action": self.line[self.ply]}
        begun = time.perf_counter()
        answer = await self.browser.post("/act/move", form)
        self.seconds.append(time.perf_counter() - begun)
        assert answer.status == 200, (answer.status, answer.text)
        self.ply += 1

    @property
    def more(self) -> bool:
        return self.ply < len(self.line)


class Load:
    def __init__(self, place: Place, code: str, cookie: str, seconds: float) -> None:
        self.place, self.code, self.seconds = place, code, seconds
        self.host = Browser(place)
        name, _, value = cookie.partition("=")
        self.host.cookies[name] = value

    async def does(self, what: str, **form: str) -> None:
        answer = await self.host.post(f"/console/do/{what}", form)
        assert answer.status == 200, (what, answer.status, answer.text[:200])

    async def seated(self, number: int, games: int = 20) -> list[Seat]:
        """People who have joined, the first at the first table."""
        known = lines(games)
        seats = [Seat(self.place, known[k % games]) for k in range(number)]
        for k in range(0, number, 20):
            group = list(enumerate(seats))[k : k + 20]
            for n, seat in group:
                seat.table = f"s{n + 1}.1"
            for n, seat in group:
                await seat.join(self.code, f"P{n}")
        return seats

    async def moves(self) -> dict[str, Any]:
        """As many as there can be: every phone moves again once it is answered."""
        seats = await self.seated(200)
        await self.does("start")
        until = time.perf_counter() + self.seconds

        async def play(seat: Seat) -> None:
            while seat.more and time.perf_counter() < until:
                await seat.move()

        begun = time.perf_counter()
        await asyncio.gather(*map(play, seats))
        taken = time.perf_counter() - begun
        seconds = [s for seat in seats for s in seat.seconds]
        return {"moves": len(seconds), "per_second": len(seconds) / taken, **_times(seconds)}

    async def thinking(self) -> dict[str, Any]:
        """200 people who follow their pages and think for three seconds; a stage and a console."""
        seats = await self.seated(200)
        await self.does("start")
        screens = []
        for page in ("console", "stage"):
            screen = Browser(self.place)
            screen.cookies = self.host.cookies
            await screen.follow(f"/live/{page}", lambda event: None)
            screens.append(screen)
        until = time.perf_counter() + self.seconds

        async def play(seat: Seat, chance: random.Random) -> None:
            await seat.browser.follow("/live/phone", seat.hear)
            await asyncio.sleep(3 * chance.random())
            while seat.more and time.perf_counter() < until:
                await seat.move()
                await asyncio.sleep(3 * chance.uniform(0.5, 1.5))

        await asyncio.gather(*(play(seat, random.Random(k)) for k, seat in enumerate(seats)))
        seconds = [s for seat in seats for s in seat.seconds]
        return {
            "moves": len(seconds),
            "events": sum(len(s.heard) for s in seats),
            **_times(seconds),
        }

    async def games(self) -> dict[str, Any]:
        """A long afternoon: 200 people whose pages are followed play one game after another."""
        seats = await self.seated(200)
        for seat in seats:
            await seat.browser.follow("/live/phone", seat.hear)
        lines, moves = [seat.line for seat in seats], 0
        for game in range(1, _GAMES + 1):
            if game == 1:
                await self.does("start")
            else:
                await self.does("another", number=str(game), place="0")
            for k, seat in enumerate(seats):
                seat.line, seat.ply = lines[(k + 7 * game) % len(lines)], 0
                seat.table = f"s{k + 1}.{game}"
            while at_it := [seat for seat in seats if seat.more]:
                await asyncio.gather(*(seat.move() for seat in at_it))
                moves += len(at_it)
        return {"moves": moves}

    async def fan_out(self) -> dict[str, Any]:
        """What the facilitator does until the last of 500 phones has it, at one table."""
        await self.does("plan", mode="round")
        seats = await self.seated(500, 1)
        await self.does("start")
        read = seats[::25]
        for seat in read:
            seat.kept = []
        for seat in seats:
            await seat.browser.follow("/live/phone", seat.hear_squeezed, squeezed=True)
        out: dict[str, Any] = {}
        await self._quiet(seats)
        told = [
            await self._last(seats, partial(self.does, "tell", text=f"Word {k}."))
            for k in range(_WORDS)
        ]
        played: list[float] = []
        for game, line in enumerate(lines(60), start=1):
            if len(played) >= _PLAYED:
                break
            if game > 1:
                await self.does("another", number=str(game), place="0")
                await asyncio.sleep(0.5)
            for ply, action in enumerate(line):
                form = {"table": f"s1.{game}", "ply": str(ply), "action": action}
                played.append(await self._last(seats, partial(self.does, "decide", **form)))
        for text in (seat.read for seat in read):
            assert all(f"Word {k}." in text for k in range(_WORDS))
            assert text.count('data: ["scene:') > len(played)
        for name, seconds in (("told", told), ("played", played)):
            out |= {f"{name}_{key}": value for key, value in _times(seconds).items()}
        return out

    async def _quiet(self, seats: list[Seat]) -> None:
        while not all(seat.heard for seat in seats):
            await asyncio.sleep(0.05)
        await asyncio.sleep(0.5)

    async def _last(self, seats: list[Seat], act: Callable[[], Awaitable[None]]) -> float:
        for seat in seats:
            seat.heard.clear()
        begun = time.perf_counter()
        await act()
        while not all(seat.heard for seat in seats):
            assert time.perf_counter() < begun + 10
            await asyncio.sleep(0.001)
        found = max(seat.heard[0] for seat in seats) - begun
        await asyncio.sleep(0.1)
        return found

    async def joins(self) -> dict[str, Any]:
        """1,000 people with the code typed in press at once."""
        seats = [Seat(self.place, []) for _ in range(1000)]

        async def one(seat: Seat, k: int) -> float:
            begun = time.perf_counter()
            await seat.join(self.code, f"P{k}")
            return time.perf_counter() - begun

        begun = time.perf_counter()
        seconds = await asyncio.gather(*(one(seat, k) for k, seat in enumerate(seats)))
        return {"all": time.perf_counter() - begun, **_times(list(seconds))}

    async def recovery(self) -> dict[str, Any]:
        """200 pages with games under way; says so, and waits until all are followed again."""
        seats = await self.seated(200)
        await self.does("start")
        for _ in range(5):
            await asyncio.gather(*(seat.move() for seat in seats))
        back: list[float] = []

        async def follow(seat: Seat, chance: random.Random, ready: asyncio.Future[None]) -> None:
            """As live.js does: after a stream that broke, another one within 0.7 s."""
            have: dict[str, int] = {}
            signs = 0

            def hear(event: bytes) -> None:
                nonlocal signs
                signs += 1
                if event.startswith(b"data: {"):
                    head, *parts = lines_of(event)
                    have.update({id: version for id, version, _ in parts}, e=head["e"])
                if signs > 1 and not ready.done():
                    ready.set_result(None)

            lost = await seat.browser.follow("/live/phone", hear)
            await lost
            while True:
                await asyncio.sleep(0.2 + 0.5 * chance.random())
                query = ",".join(f"{id}.{v}" for id, v in have.items())
                try:
                    lost = await seat.browser.follow(f"/live/phone?have={query}", hear)
                except Unreachable:
                    continue
                back.append(time.time())
                await lost
                back.pop()

        ready = [asyncio.get_running_loop().create_future() for _ in seats]
        tasks = [
            asyncio.create_task(follow(seat, random.Random(k), ready[k]))
            for k, seat in enumerate(seats)
        ]
        await asyncio.gather(*ready)
        print("ready", flush=True)
        until = time.time() + 30
        while len(back) < len(seats) and time.time() < until:
            await asyncio.sleep(0.02)
        for task in tasks:
            task.cancel()
        await asyncio.sleep(0.2)
        assert len(back) >= len(seats), len(back)
        return {"first": min(back), "last": max(back)}


def _times(seconds: list[float]) -> dict[str, float]:
    return {f"p{p}": percentile(seconds, p) for p in (50, 99, 100)}


def main(arguments: list[str]) -> int:
    kind, url, code, cookie, *rest = arguments
    place, _ = found(f"{url}/j/{code}", lan=False)
    load = Load(place, code, cookie, float(rest[0]) if rest else 0.0)
    gc.disable()  # phones have no collector in common that makes them wait

    async def run() -> int:
        told = await {
            "moves": load.moves, "thinking": load.thinking, "fan_out": load.fan_out,
            "joins": load.joins, "games": load.games, "recovery": load.recovery,
        }[kind]()  # fmt: skip
        print(json.dumps(told), flush=True)
        return 0

    return in_fast_loop(run())


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
