"""An evening in fast motion: phones that come, sleep, return and go, and what the server keeps."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from game.workshop.bots.http import Browser, Unreachable
from tests.workshop.proofs.crowds import memory_mb, place_of
from tests.workshop.served import Served, acted

_AT_ONCE = 50  # phones that wake in the same moment


@dataclass(frozen=True, slots=True)
class Held:
    """What the server holds once all phones sleep: descriptors, MB, threads."""

    returns: int
    files: int
    memory: float
    threads: int


def held(server: Served, returns: int) -> Held:
    process = Path(f"/proc/{server.process.pid}")
    return Held(
        returns, len(list((process / "fd").iterdir())), memory_mb(server.process.pid),
        len(list((process / "task").iterdir())),
    )  # fmt: skip


class Phone:
    """A phone that sleeps most of the time; what it has is in its page."""

    def __init__(self, server: Served, number: int) -> None:
        self.browser = Browser(place_of(server))
        self.number, self.failed, self.streams = number, 0, 0

    async def join(self, code: str) -> None:
        form = {"code": code, "name": f"P{self.number}", "nonce": f"evening{self.number}"}
        answer = await self.browser.post("/join", form, scripted=False)
        assert answer.status == 303, answer.status
        self.browser.close()

    async def wakes(self, chance: random.Random) -> None:
        """As a phone does that is taken up again: its page or a poll, then a stream, then sleep."""
        heard = asyncio.Event()
        try:
            look = chance.choice(("/play", "/poll/phone", "/", ""))
            if look:
                assert (await self.browser.get(look)).status in (200, 303)
            await self.browser.follow("/live/phone", lambda _: heard.set())
            await asyncio.wait_for(heard.wait(), 20)
        except (Unreachable, TimeoutError):
            self.failed += 1
        else:
            self.streams += 1
        finally:
            self.browser.close()  # without a word, as phones do

    async def stays(self) -> None:
        """Awake until it is closed."""
        await self.browser.follow("/live/phone", lambda _: None)


async def evening(
    server: Served, phones: int, returns: int, steps: int, seed: int = 1
) -> list[Held]:
    """What is held after each part of the evening, the first once everybody has been there."""
    chance = random.Random(seed)
    crowd = [Phone(server, k) for k in range(phones)]
    for some in _groups(crowd):
        await asyncio.gather(*(phone.join(server.code) for phone in some))
    found: list[Held] = []
    with closing(server.console()) as host:
        await asyncio.to_thread(acted, host, "/console/do/start")
        done = 0
        await _all_wake(crowd, chance)
        for step in range(steps):
            while done < returns * (step + 1) / steps:
                some = chance.sample(crowd, min(_AT_ONCE, phones))
                await asyncio.gather(*(phone.wakes(chance) for phone in some))
                done += len(some)
                if done % (4 * _AT_ONCE) == 0:
                    text = f"Word {done}."
                    await asyncio.to_thread(acted, host, "/console/do/tell", text=text)
            await asyncio.sleep(1.0)
            found.append(held(server, done))
        assert sum(phone.streams for phone in crowd) == len(crowd) + done, "one did not come back"
        awake = crowd[:_AT_ONCE]
        await asyncio.gather(*(phone.stays() for phone in awake))
        seen = held(server, done).files
        assert seen >= found[-1].files + len(awake), "an open stream is not seen: nor would a leak"
        for phone in awake:
            phone.browser.close()
    return found


async def _all_wake(crowd: list[Phone], chance: random.Random) -> None:
    for some in _groups(crowd):
        await asyncio.gather(*(phone.wakes(chance) for phone in some))


def _groups(crowd: list[Phone]) -> Iterator[list[Phone]]:
    for k in range(0, len(crowd), _AT_ONCE):
        yield crowd[k : k + _AT_ONCE]
