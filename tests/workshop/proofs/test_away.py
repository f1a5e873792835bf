"""Proof 3: whoever was away has the same seat; the host page on another device; two consoles."""

from __future__ import annotations

import asyncio
import re
from pathlib import Path

import httpx
import pytest

from game.workshop.bots.page import lines_of
from tests.workshop.proofs.house import House, acted


async def stands(phone: httpx.AsyncClient) -> tuple[str, ...]:
    """Name and table on somebody's page."""
    html = (await phone.get("/play")).text
    found = re.search(r'name="table" value="([^"]+)"', html)
    assert "Ana" in html and found is not None
    return (found[1],)


@pytest.mark.parametrize("seconds", [5, 300, 3 * 3600])
def test_a_phone_that_was_away_has_its_seat(tmp_path: Path, seconds: float) -> None:
    house = House(tmp_path)

    async def play() -> None:
        await house.join("Eve")
        phone, host = await house.join("Ana"), await house.console()
        await acted(host, "/console/do/start")
        before = await stands(phone)
        head, *had = lines_of((await phone.get("/poll/phone")).content)
        house.now += seconds
        assert await stands(phone) == before
        house.restart()
        phone = house.moved_to(phone)
        assert await stands(phone) == before
        # It missed nothing, so nothing is sent again.
        have = ",".join(f"{id}.{version}" for id, version, _ in had)
        assert len(had) > 4
        assert not (await phone.get(f"/poll/phone?have=e.{head['e']},{have}")).content
        assert len(house.live.room.people) == 2

    asyncio.run(play())


def test_the_host_page_is_closed_and_opened_on_another_device(tmp_path: Path) -> None:
    house = House(tmp_path)

    async def play() -> None:
        first = await house.console()
        shown = await first.post("/console/link", data={"role": "host"})
        (link,) = set(re.findall(r"/open/\w+", shown.text))
        await first.aclose()
        second = house.browser("10.0.0.2")
        assert (await second.get(link)).headers["location"] == "/console"
        assert (await second.get("/console")).status_code == 200
        assert (await house.browser("10.0.0.3").get(link)).status_code == 410, "it works once"
        house.restart()
        second = house.moved_to(second)
        assert (await acted(second, "/console/do/start", mode="round")).status_code == 200

    asyncio.run(play())


def test_two_consoles_that_press_next_advance_once(tmp_path: Path) -> None:
    house = House(tmp_path, together=True)

    async def play() -> None:
        await house.join("Ana")
        one, two = await house.console(), await house.console()
        await acted(one, "/console/do/start")
        gate = house.live.room.gate
        answers = await asyncio.gather(
            *(acted(host, "/console/do/advance", to=gate + 1) for host in (one, two, one, two))
        )
        assert {answer.status_code for answer in answers} == {200}
        assert house.live.room.gate == gate + 1

    asyncio.run(play())
    assert sum(key.startswith("advance:") for _, key in house.kept()) == 1
