"""A session over its service: what is acknowledged is on disk, once, and there after a restart."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from game.workshop.room import acts, acts_play
from game.workshop.room.acts import Refused
from game.workshop.room.log import Draft
from game.workshop.server import Workshop
from game.workshop.service import Live, Lost, Service
from game.workshop.store import Source, Store
from game.workshop.writer import Order
from tests.at_hand import at_hand


def source(name: str = "osaka") -> Source:
    loaded = at_hand(name)
    return Source(loaded.main, dict(loaded.sources))


def opened(tmp_path: Path, drafts: list[Draft] | None = None) -> tuple[Service, Live]:
    service = Service(Store(f"sqlite:///{tmp_path}/rooms.db"), lambda: 1000.0)
    return service, service.open_new("Monday", [source()], drafts or [])


def test_a_move_is_on_disk_when_it_is_acknowledged_and_only_once(tmp_path: Path) -> None:
    service, live = opened(tmp_path)

    async def play() -> str:
        await service.act(live, "", lambda room: acts.join(room, "Ana", "n1"))
        await service.act(live, "", lambda room: acts.join(room, "Ana", "n1"))
        await service.act(live, "host", acts.start)
        table = live.room.tables["s1.1"]
        action = table.game.rules.actions[table.game.hand()[0]]

        def decide(room: acts.Room) -> list[Draft]:
            return acts_play.move(room, "p1", "s1.1", 0, action)

        seqs = await asyncio.gather(*(service.act(live, "p1", decide) for _ in range(100)))
        assert set(seqs) == {live.room.seq}
        with pytest.raises(Refused, match="moved_already"):
            await service.act(
                live, "p1", lambda room: acts_play.move(room, "p1", "s1.1", 0, "wait")
            )
        return action

    action = asyncio.run(play())
    store = Store(f"sqlite:///{tmp_path}/rooms.db")
    kept = store.read(live.kept.id)
    assert [r.kind for r in kept] == ["seat", "join", "start", "move"]
    assert kept[-1].data == {"table": "s1.1", "ply": 0, "action": action}

    again = Service(store, lambda: 2000.0)
    room = again.open(again.store.sessions()[0]).room
    assert room.tables["s1.1"].ply == 1
    assert room.people["p1"].name == "Ana"
    assert room.touched == live.room.touched
    service.close()
    again.close()


def test_the_writer_survives_what_no_disk_says_and_everybody_hears_of_it(tmp_path: Path) -> None:
    service, live = opened(tmp_path)

    async def run() -> None:
        with pytest.raises(Lost):
            await service.act(live, "", lambda _: [Draft("reviewed", {"done": object()})])
        await service.act(live, "", lambda room: acts.join(room, "Ana", "n1"))

    asyncio.run(asyncio.wait_for(run(), 10))
    service.close()


def test_a_part_that_is_still_being_written_is_not_published_before_it_is_kept(
    tmp_path: Path,
) -> None:
    service, live = opened(tmp_path)
    debrief = Workshop(service, live).debrief

    async def run() -> None:
        joining = asyncio.create_task(
            service.act(live, "", lambda room: acts.join(room, "Ana", "n1"))
        )
        await asyncio.sleep(0)  # decided, and not on disk yet
        assert live.unkept and live.pending
        before = live.hub.versions
        await debrief._keep({"day": ""})
        if live.pending:
            assert live.hub.versions == before
        assert live.hub.edition == 1
        await joining
        assert dict(live.hub.versions) == live.room.touched

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(service._writer, "put", lambda orders: held.append(list(orders)))
        held: list[list[Order]] = []

        async def slowly() -> None:
            running = asyncio.create_task(run())
            while not live.hub.edition:
                await asyncio.sleep(0.005)
            for orders in held:
                service._written([(order, None) for order in orders])
            await running

        asyncio.run(slowly())
    service.close()
