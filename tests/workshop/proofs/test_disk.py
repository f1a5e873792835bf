"""Proof 6: a disk that is full or cannot be written to is told of, and nothing is acknowledged."""

from __future__ import annotations

import asyncio
import os
import re
import resource
import sys
import time
from collections.abc import Awaitable, Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
from sqlalchemy.exc import OperationalError

from game.workshop.room.log import Record
from game.workshop.store import Store, StoreError
from game.workshop.words import say
from tests.workshop.proofs.crowds import records
from tests.workshop.proofs.house import House, acted
from tests.workshop.served import Served, served
from tests.workshop.served import acted as pressed

ALARM = say("console.alarm")[:30]


class Failing(Store):
    """A store whose disk fails while it is told to, perhaps after it kept what it was given."""

    fails = False
    after = False

    def append(self, records: Sequence[tuple[str, Record]]) -> None:
        if self.after and self.fails:
            super().append(records)
        self.probe()
        super().append(records)

    def probe(self) -> None:
        if self.fails:
            raise StoreError("written", OperationalError("", {}, OSError("no space left")))


def first_action(house: House) -> str:
    table = house.live.room.tables["s1.1"]
    return str(table.game.rules.actions[table.game.hand()[0]])


@dataclass
class Stand:
    """A session whose disk can fail: somebody who sends their first move, and the facilitator."""

    store: Failing
    house: House
    phone: httpx.AsyncClient
    host: httpx.AsyncClient
    action: str

    async def move(self) -> httpx.Response:
        form = {"table": "s1.1", "ply": 0, "action": self.action}
        return await acted(self.phone, "/act/move", **form)

    async def alarmed(self) -> bool:
        return ALARM in (await self.host.get("/console")).text

    async def disk_is_tried(self) -> None:
        self.house.live.again = 0.0
        await self.house.service.ring(self.house.live)


def moves_kept(folder: Path, script: Callable[[Stand], Awaitable[None]]) -> int:
    """How many moves are on disk once a script has been through."""
    store = Failing(f"sqlite:///{folder}/rooms.db")
    house = House(folder, store=store)

    async def play() -> None:
        phone, host = await house.join("Ana"), await house.console()
        await acted(host, "/console/do/start")
        await script(Stand(store, house, phone, host, first_action(house)))

    asyncio.run(play())
    house.service.close()
    return sum(kind == "move" for kind, _ in house.kept())


def test_what_was_not_kept_is_not_acknowledged_and_the_console_says_so(tmp_path: Path) -> None:
    async def script(stand: Stand) -> None:
        stand.store.fails = True
        answers = await asyncio.gather(*(stand.move() for _ in range(5)))
        assert {answer.status_code for answer in answers} == {503}
        assert stand.house.live.room.tables["s1.1"].ply == 0
        assert await stand.alarmed()
        assert (await stand.move()).status_code == 503

        stand.store.fails = False
        await stand.disk_is_tried()
        assert not stand.house.live.alarm, "it ends by itself once there is room"
        assert not await stand.alarmed()
        assert (await stand.move()).json() == {"kept": True}

    assert moves_kept(tmp_path, script) == 1


def test_a_page_drawn_during_the_alarm_is_drawn_anew_after_it(tmp_path: Path) -> None:
    async def script(stand: Stand) -> None:
        assert not await stand.alarmed()
        stand.store.fails = True
        assert (await stand.move()).status_code == 503
        assert await stand.alarmed()
        stand.house.live.again = 0.0
        assert (await stand.move()).status_code == 503
        assert await stand.alarmed(), "it is rendered in the last edition"
        stand.store.fails = False
        await stand.disk_is_tried()  # no record: the same edition, the same versions
        assert not await stand.alarmed()

    assert moves_kept(tmp_path, script) == 0


def test_a_disk_that_kept_what_it_said_it_lost_makes_no_second_row(tmp_path: Path) -> None:
    async def script(stand: Stand) -> None:
        stand.store.fails = stand.store.after = True
        assert (await stand.move()).status_code == 503
        stand.store.fails = False
        assert (await stand.move()).json() == {"kept": True}

    assert moves_kept(tmp_path, script) == 1


@pytest.mark.long
@pytest.mark.skipif(sys.platform != "linux", reason="limits of another process are Linux's")
def test_a_real_full_disk(tmp_path: Path) -> None:
    with (
        served(tmp_path / "rooms.db") as server,
        closing(server.console()) as host,
        closing(server.join("Ana")) as phone,
    ):
        pressed(host, "/console/do/start")
        action = re.search(r'name="action" value="([a-z_]+)"', phone.get("/play").text)
        assert action is not None
        form = {"table": "s1.1", "ply": 0, "action": action[1]}
        full(server)
        assert pressed(phone, "/act/move", **form).status_code == 503
        assert not [r for r in records(server.store) if r.kind == "move"]
        assert ALARM in host.get("/console").text
        resource.prlimit(server.process.pid, resource.RLIMIT_FSIZE, (-1, -1))
        assert kept_at_last(phone, form)
        assert ALARM not in host.get("/console").text
    assert sum(r.kind == "move" for r in records(tmp_path / "rooms.db")) == 1


def full(server: Served) -> None:
    """No file of the server may grow from now on: what a full disk is to a program."""
    largest = max(p.stat().st_size for p in server.store.parent.glob("rooms.db*"))
    resource.prlimit(server.process.pid, resource.RLIMIT_FSIZE, (min(largest, 4096), -1))


def kept_at_last(phone: httpx.Client, form: dict[str, object]) -> bool:
    until = time.monotonic() + 20
    while time.monotonic() < until:
        if pressed(phone, "/act/move", **form).status_code == 200:
            return True
        time.sleep(0.3)
    return False


@pytest.mark.skipif(os.name != "posix", reason="a folder that nobody may write to")
def test_a_store_that_cannot_be_opened_says_so(tmp_path: Path) -> None:
    (tmp_path / "rooms.db").mkdir()
    with pytest.raises(StoreError, match="H001"):
        Store(f"sqlite:///{tmp_path}/rooms.db")
