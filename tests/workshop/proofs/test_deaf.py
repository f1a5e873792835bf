"""A client that does not read: it queues nothing, and catches up with the newest."""

from __future__ import annotations

import asyncio
import zlib
from collections.abc import MutableMapping
from pathlib import Path
from typing import Any

import pytest
from starlette.requests import Request

from game.workshop.news import News
from game.workshop.pieces import Piece, squeezed
from game.workshop.stream import Stream
from tests.workshop.proofs.house import Heard, House, acted

_WORDS = 100


class Deaf(Heard):
    """A connection whose other end does not read, until it does."""

    def __init__(self, accepts: str) -> None:
        super().__init__(accepts)
        self.reads = asyncio.Event()

    @property
    def full(self) -> bool:  # type: ignore[override]
        return len(self.sent) > 1 and not self.reads.is_set()  # two writes are on their way

    async def emptied(self) -> None:
        await self.reads.wait()


@pytest.mark.parametrize("accepts", ["", "gzip, deflate"])
def test_nothing_is_queued_for_who_does_not_read(tmp_path: Path, accepts: str) -> None:
    house = House(tmp_path)

    async def send(_: MutableMapping[str, Any]) -> None:
        pass

    async def receive() -> MutableMapping[str, Any]:
        await asyncio.Event().wait()
        raise AssertionError

    async def follow() -> None:
        await house.join("Ana")
        host, pipe = await house.console(), Deaf(accepts)
        phone = house.workshop.parts.of_phone
        news = News(house.workshop.shared, lambda: phone("p1"), {}, "p1")
        stream = Stream(Request(pipe.scope), house.workshop.feeder, news)
        task = asyncio.create_task(stream(pipe.scope, receive, send))
        for k in range(_WORDS):
            await acted(host, "/console/do/tell", text=f"Word number {k}.")
        begun = len(pipe.sent)
        assert pipe.full and begun <= 3
        pipe.reads.set()
        while f"number {_WORDS - 1}." not in read(pipe.sent, bool(accepts)):
            await asyncio.sleep(0.01)
        assert len(pipe.sent) == begun + 1, "ninety-nine changes are one message"
        task.cancel()

    asyncio.run(asyncio.wait_for(follow(), 30))


def read(sent: list[bytes], packed: bool) -> str:
    """What a browser makes of all the bytes it was sent."""
    whole = b"".join(sent)
    return (zlib.decompressobj(31).decompress(whole) if packed else whole).decode()


@pytest.mark.parametrize("size", [0, 1, 149, 150, 4000, 70_000])
def test_pieces_that_were_squeezed_apart_are_one_stream(size: int) -> None:
    texts = [bytes(k % 251 for k in range(size)), "“Wörter” ".encode() * (size // 10), b"\n"]
    pieces = [Piece(text) for text in texts]
    stream = b"".join([squeezed(b"retry: 800\n\n"), *[piece.squeezed for piece in pieces]])
    unpacked = zlib.decompressobj(-15).decompress(stream)
    assert unpacked == b"retry: 800\n\n" + b"".join(piece.event for piece in pieces)
