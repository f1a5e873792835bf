"""Answers to moves with and without something harmful beside, in turns.

A p99 is made of a few slow answers, and on a machine that does other things two of them differ by
more than any harm does. So everybody plays the same game again and again, every other time beside
the harm, and the p99s of neighbouring games are compared: what the machine does otherwise meets
both. The median of the differences is told beside the spread of the games without.
"""

from __future__ import annotations

import asyncio
import gc
import random
import statistics
from collections.abc import Callable, Iterator
from contextlib import AbstractAsyncContextManager, closing, contextmanager, nullcontext
from dataclasses import dataclass

import httpx

from benchmarks.workshop_load import Seat, lines
from game.workshop.bots.fill import percentile
from game.workshop.bots.http import Browser
from tests.workshop.proofs.crowds import place_of
from tests.workshop.served import Served

_KNOWN = 20  # games that are told apart
_SETTLES = 2.0  # seconds for pages to be drawn at the start of a game, before anybody moves
_SHARE, _LEAST = 0.25, 0.010  # by which a p99 may rise: a share of it, and seconds in any case

Harm = Callable[[], AbstractAsyncContextManager[object]]


@dataclass(frozen=True, slots=True)
class Paired:
    """The p99 of every game in seconds, neighbours at the same place."""

    without: tuple[float, ...]
    beside: tuple[float, ...]
    moves: int

    @property
    def difference(self) -> float:
        """By how much the p99 is greater beside the harm: the median over neighbours."""
        return statistics.median(b - a for a, b in zip(self.without, self.beside, strict=True))

    @property
    def bound(self) -> float:
        """What the difference may be, in seconds."""
        return max(_LEAST, _SHARE * statistics.median(self.without))

    @property
    def unchanged(self) -> bool:
        return self.difference <= self.bound

    def __str__(self) -> str:
        return (
            f"p99 of {self.moves} moves in {len(self.without)} pairs of games: "
            f"{_told(self.without)} without, {_told(self.beside)} beside; median difference "
            f"{1e3 * self.difference:+.1f} ms, bound {1e3 * self.bound:.0f} ms"
        )


def _told(seconds: tuple[float, ...]) -> str:
    low, middle, high = (1e3 * percentile(list(seconds), p) for p in (25, 50, 75))
    return f"{middle:.0f} ms ({low:.0f} to {high:.0f})"


async def paired(
    server: Served, people: int, pairs: int, think: float, harm: Harm, seed: int = 1,
    console: httpx.Client | None = None,
) -> Paired:  # fmt: skip
    """So many people play two games a pair, one of them beside the harm; the order alternates.

    Without `console` the server's link to one is used up.
    """
    host = Browser(place_of(server))
    with nullcontext(console) if console is not None else closing(server.console()) as client:
        host.cookies = dict(client.cookies)
    seats = [Seat(place_of(server), line) for line in _lines(people)]
    for k, seat in enumerate(seats):
        await seat.join(server.code, f"P{k}")
        await seat.browser.follow("/live/phone", seat.hear)
    found: dict[bool, list[float]] = {False: [], True: []}
    moves = 0
    for number, harmed in enumerate(alternating(pairs), 1):
        await _sit_down(host, seats, number)
        with _uncollected():
            async with harm() if harmed else nullcontext():
                seconds = await _game(seats, think, seed + (number - 1) // 2)
        moves += len(seconds)
        found[harmed].append(percentile(seconds, 99))
    for seat in seats:
        seat.browser.close()
    host.close()
    return Paired(tuple(found[False]), tuple(found[True]), moves)


@contextmanager
def _uncollected() -> Iterator[None]:
    """Whoever does harm leaves rubbish in the process that takes the time, and its collector would
    hold up everybody who plays there."""
    gc.collect()
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _lines(people: int) -> list[list[str]]:
    known = lines(_KNOWN)
    return [known[k % _KNOWN] for k in range(people)]


async def _sit_down(host: Browser, seats: list[Seat], number: int) -> None:
    what = ("start", {}) if number == 1 else ("another", {"number": str(number), "place": "0"})
    answer = await host.post(f"/console/do/{what[0]}", what[1])
    assert answer.status == 200, answer.text[:200]
    for k, seat in enumerate(seats, 1):
        seat.table, seat.ply = f"s{k}.{number}", 0
        seat.seconds.clear()
    await asyncio.sleep(_SETTLES)


async def _game(seats: list[Seat], think: float, seed: int) -> list[float]:
    async def play(seat: Seat, chance: random.Random) -> None:
        await asyncio.sleep(think * chance.random())
        while seat.more:
            await seat.move()
            await asyncio.sleep(think * chance.uniform(0.5, 1.5))

    await asyncio.gather(
        *(play(seat, random.Random(seed * 1000 + k)) for k, seat in enumerate(seats))
    )
    return [s for seat in seats for s in seat.seconds]


def alternating(pairs: int) -> list[bool]:
    """Turns with (True) and without, the first of a pair being now the one, now the other."""
    return [turn for pair in range(pairs) for turn in (pair % 2 == 1, pair % 2 == 0)]
