"""Proofs 1 and 2: what was acknowledged is there after a kill, once; a repeated move is one."""

from __future__ import annotations

import asyncio
import re
import socket
import sqlite3
import time
from contextlib import closing
from pathlib import Path

import pytest

from game.workshop.room.log import Record
from tests.workshop.proofs.crowds import killed_while_playing, records
from tests.workshop.proofs.house import House, acted
from tests.workshop.served import acted as pressed
from tests.workshop.served import served


@pytest.mark.long
def test_killed_at_random_every_acknowledged_move_is_kept_once_and_shown(tmp_path: Path) -> None:
    with served(tmp_path / "rooms.db") as server:
        told, last = asyncio.run(
            killed_while_playing(server, 12, kills=2, between=(0.6, 1.5), think=0.15)
        )
        last.kill()
    assert told.acknowledged > 12
    assert (told.missing, told.twice, told.not_shown) == ((), (), ())


@pytest.mark.long
def test_killed_between_the_commit_and_the_reply_a_retry_is_the_same_move(tmp_path: Path) -> None:
    assert len(killed_before_the_reply(tmp_path / "rooms.db")) == 1


def killed_before_the_reply(store: Path) -> list[Record]:
    """A move whose reply nobody read, and that is sent again after a restart; its rows."""
    with served(store) as server, closing(server.join("Ana")) as phone:
        with closing(server.console()) as host:
            pressed(host, "/console/do/start")
        action = re.search(r'name="action" value="([a-z_]+)"', phone.get("/play").text)
        assert action is not None
        body = f"table=s1.1&ply=0&action={action[1]}"
        cookie = "; ".join(f"{k}={v}" for k, v in phone.cookies.items())
        with socket.create_connection(("127.0.0.1", server.port)) as raw:
            raw.sendall(
                f"POST /act/move HTTP/1.1\r\nhost: 127.0.0.1:{server.port}\r\ncookie: {cookie}\r\n"
                f"x-longlunch: 1\r\ncontent-length: {len(body)}\r\n\r\n{body}".encode()
            )
            _until_kept(store)
            server.kill()  # whether or not the reply was on its way, nobody has read it
        again = server.again()
        try:
            form = {"table": "s1.1", "ply": 0, "action": action[1]}
            assert pressed(phone, "/act/move", **form).json() == {"kept": True}
            other = {**form, "action": "wait" if action[1] != "wait" else "greet"}
            assert pressed(phone, "/act/move", **other).status_code == 409
        finally:
            again.kill()
    kept = [r for r in records(store) if r.kind == "move"]
    assert {r.data["action"] for r in kept} == {action[1]}
    return kept


def _until_kept(store: Path) -> None:
    with closing(sqlite3.connect(f"file:{store}?mode=ro", uri=True)) as db:
        until = time.monotonic() + 20
        while not db.execute("select count(*) from longlunch_log where kind = 'move'").fetchone()[
            0
        ]:
            assert time.monotonic() < until


def test_a_hundred_copies_of_a_move_twenty_at_once_are_one_row_and_one_reply(
    tmp_path: Path,
) -> None:
    house = House(tmp_path)

    async def play() -> set[bytes]:
        phone, host = await house.join("Ana"), await house.console()
        await acted(host, "/console/do/start")
        table = house.live.room.tables["s1.1"]
        action = table.game.rules.actions[table.game.hand()[0]]
        few = asyncio.Semaphore(20)

        async def one() -> bytes:
            async with few:
                form = {"table": "s1.1", "ply": 0, "action": action}
                answer = await acted(phone, "/act/move", **form)
                return b"%d %s" % (answer.status_code, answer.content)

        return set(await asyncio.gather(*(one() for _ in range(100))))

    assert asyncio.run(play()) == {b'200 {"kept":true}'}
    assert [key for kind, key in house.kept() if kind == "move"] == ["move:s1.1:0"]
    house.service.close()
