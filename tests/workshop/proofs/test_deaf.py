"""Proof 4 at its heart: nothing is queued for a page that does not read."""

from __future__ import annotations

import asyncio
from collections.abc import MutableMapping
from pathlib import Path
from typing import Any

from game.workshop.pages import phone_parts
from game.workshop.stream import Stream
from tests.workshop.proofs.house import House, acted

_WORDS = 100


def test_a_page_that_does_not_read_is_owed_one_message_and_gets_the_newest(tmp_path: Path) -> None:
    house = House(tmp_path)
    sent: list[bytes] = []
    reads = asyncio.Event()

    async def send(message: MutableMapping[str, Any]) -> None:
        if message.get("body", b"").startswith(b"data: "):
            sent.append(message["body"])
            await reads.wait()  # as a socket does whose other end is not read

    async def receive() -> MutableMapping[str, Any]:
        await asyncio.Event().wait()
        raise AssertionError

    async def follow() -> None:
        await house.join("Ana")
        host, live = await house.console(), house.live
        stream = Stream(live, house.workshop.parts, lambda: phone_parts(live, "p1"), {})
        task = asyncio.create_task(stream({"type": "http"}, receive, send))
        for k in range(_WORDS):
            await acted(host, "/console/do/tell", text=f"Word number {k}.")
        assert len(sent) == 1
        reads.set()
        while f"number {_WORDS - 1}." not in sent[-1].decode():
            await asyncio.sleep(0.01)
        assert len(sent) == 2, "ninety-nine changes are one message"
        task.cancel()

    asyncio.run(asyncio.wait_for(follow(), 30))
