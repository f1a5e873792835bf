"""Proof 7, and the codes: whoever is not who they say, or not from here, changes nothing."""

from __future__ import annotations

import asyncio
import re
import secrets
from pathlib import Path

import httpx
import pytest

from game.workshop import tokens
from game.workshop.guard import one_client
from tests.workshop.proofs.house import House, acted


def test_a_code_is_six_letters_that_look_like_no_others_and_tokens_have_128_bits() -> None:
    assert not set("0O1IL5S8BUV") & set(tokens.ALPHABET)
    secret = tokens.new_secret()
    codes = {tokens.join_code(tokens.new_secret()) for _ in range(200)}
    assert len(codes) > 195 and {len(code) for code in codes} == {6}
    assert tokens.typed_code(" ab-c 4 d7") == "ABC4D7"
    who, _, code = tokens.token(secret, "p1").partition(".")
    assert (who, len(bytes.fromhex(code)) * 8) == ("p1", 128)
    assert len(bytes.fromhex(tokens.new_nonce())) * 8 == 128


def test_wrong_codes_slow_one_page_down_and_nobody_else(tmp_path: Path) -> None:
    house = House(tmp_path)
    now = [0.0]
    for throttle in (house.workshop.throttle, house.workshop.crowd):
        throttle.clock = lambda: now[0]

    async def play() -> None:
        guesser = house.browser("10.0.0.9")
        form = {"code": "AAAAAA", "name": "X", "nonce": "a" * 32}
        tries = [(await guesser.post("/join", data=form)).status_code for _ in range(10)]
        assert tries == [403] * 8 + [429] * 2
        right = {**form, "code": house.live.code}
        assert (await guesser.post("/join", data=right)).status_code == 429, "nor by chance"
        await house.join("Ana", "10.0.0.9")  # the same router
        await house.join("Ben", "10.0.0.8")
        statuses = []
        for k in range(80):
            answer = await guesser.post("/join", data={**form, "nonce": f"{k}"})
            statuses.append(answer.status_code)
        assert statuses.count(403) == 60 - 8, "an address has an end too"
        await house.join("Cleo", "10.0.0.8")
        now[0] = 61.0
        assert (await guesser.post("/join", data=right)).status_code == 303

    asyncio.run(play())
    assert one_client("2001:db8::1") == one_client("2001:db8::ffff") != one_client("2001:db9::1")


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"host": "evil.example"}, 421),
        ({"host": "127.0.0.1.evil.example"}, 421),
        ({"host": ""}, 421),
        ({"host": "[::1"}, 421),
        ({"origin": "http://evil.example"}, 403),
        ({"origin": "null"}, 403),
        ({"origin": "http://127.0.0.1:9"}, 403),
        ({"origin": "http://laptop:8765"}, 403),
        ({"sec-fetch-site": "cross-site"}, 403),
        ({"sec-fetch-site": "same-site"}, 403),
    ],
)
def test_what_comes_from_another_place_is_refused(
    tmp_path: Path, headers: dict[str, str], status: int
) -> None:
    house = House(tmp_path)

    async def play() -> None:
        host = await house.console()
        before = house.live.room.seq
        for path in ("POST /act/move", "POST /console/do/start", "GET /live/phone"):
            method, _, where = path.partition(" ")
            answer = await host.request(method, where, headers=headers)
            assert answer.status_code == status, path
        assert house.live.room.seq == before

    asyncio.run(play())


async def refused(answer: httpx.Response) -> bool:
    return answer.status_code in (401, 403, 404, 409, 410) or (
        answer.status_code == 303 and answer.headers["location"] == "/"
    )


def test_nobody_and_guessed_tokens_change_nothing(tmp_path: Path) -> None:
    house = House(tmp_path)

    async def play() -> None:
        phone, host = await house.join("Ana"), await house.console()
        await acted(host, "/console/do/start")
        name, true = next(iter(phone.cookies.items()))
        host_name, host_true = next(iter(host.cookies.items()))
        other = tokens.token(tokens.new_secret(), "p1")
        guesses = [
            "", "p1", "p1.", f"p1.{'0' * 32}", true[:-1], true + "0", true.replace("p1", "p2"),
            true.upper(), other, host_true, "host." + true.partition(".")[2], "é.00",
            *(f"p1.{secrets.token_hex(16)}" for _ in range(100)),
        ]  # fmt: skip
        before = house.live.room.seq
        form = {"table": "s1.1", "ply": 0, "action": "wait"}
        for guess in guesses:
            stranger = house.browser("10.0.0.66")
            cookie = {"cookie": f"{name}={guess}; {host_name}={guess}".encode()}
            if guess != host_true:
                answer = await stranger.post(
                    "/console/do/pause", data={"on": "yes"}, headers=cookie
                )
                assert await refused(answer), guess
                assert "console" not in (await stranger.get("/console", headers=cookie)).text
            assert await refused(await stranger.post("/act/move", data=form, headers=cookie)), guess
            assert (await stranger.get("/poll/phone", headers=cookie)).json() == {"gone": True}
        for path in (
            "/console/upload",
            "/console/erase",
            "/console/link",
            "/console/debrief/slide",
        ):
            assert await refused(await house.browser().post(path, data={"role": "host"})), path
        for path in ("/console/report", "/console/export/moves.csv", "/poll/console"):
            answer = await house.browser().get(path)
            assert await refused(answer) or answer.json() == {"gone": True}, path
        assert house.live.room.seq == before

    asyncio.run(play())


def test_removed_is_removed_until_taken_back(tmp_path: Path) -> None:
    house = House(tmp_path)

    async def play() -> None:
        phone, host = await house.join("Ana"), await house.console()
        await acted(host, "/console/do/start")
        form = {"table": "s1.1", "ply": 0, "action": "wait"}
        await acted(host, "/console/do/person", person="p1", removed="yes")
        assert (await acted(phone, "/act/move", **form)).status_code == 401
        assert (await phone.get("/play")).headers["location"] == "/"
        assert (await phone.get("/poll/phone")).json() == {"gone": True}
        house.restart()
        phone, host = house.moved_to(phone), house.moved_to(host)
        assert (await acted(phone, "/act/move", **form)).status_code == 401
        await acted(host, "/console/do/person", person="p1", removed="no")
        assert (await phone.get("/play")).status_code == 200

    asyncio.run(play())


def test_another_seats_table_cannot_be_played_read_or_seen(tmp_path: Path) -> None:
    house = House(tmp_path)

    async def play() -> None:
        await house.join("Ana")
        eve, host = await house.join("Eve"), await house.console()
        await acted(host, "/console/do/start")
        before = house.live.room.seq
        at = {"table": "s1.1", "ply": 0}
        buyer = next(iter(house.live.room.desks[0].scenario.buyers))
        for path, form in (
            ("/act/move", {**at, "action": "wait"}),
            ("/act/vote", {**at, "action": "wait"}),
            ("/act/read", {"table": "s1.1", "buyer": buyer, "d": "0.5", "confidence": "1"}),
        ):
            answer = await acted(eve, path, **form)
            assert answer.status_code in (403, 404, 409), (path, answer.text)
        assert (await eve.get("/all?table=s1.1")).headers["location"] == "/"
        assert "s1.1" not in (await eve.get("/poll/phone?have=table:s1.1.0")).text
        for made_up in ("s9.1", "", "../s1.1", "s1.1\x00"):
            answer = await acted(eve, "/act/move", table=made_up, ply=0, action="wait")
            assert answer.status_code in (400, 403, 404), made_up
        assert house.live.room.seq == before

    asyncio.run(play())


def test_moves_that_cannot_be_made_leave_no_trace(tmp_path: Path) -> None:
    """Nothing that a phone may send makes the room be read anew."""
    house = House(tmp_path)

    async def play() -> None:
        phone, host = await house.join("Ana"), await house.console()
        await acted(host, "/console/do/start")
        before, room = house.live.room.seq, house.live.room
        actions = (
            "", "nothing", "greet@nobody", "propose:", "propose:price=1", "propose:=;=;", "wait:x",
            "accept", "part@", "small_talk:" + "x" * 390, "é", "greet\n", "\x00", "{{7*7}}", "-1",
        )  # fmt: skip
        for action in actions:
            answer = await acted(phone, "/act/move", table="s1.1", ply=0, action=action)
            assert answer.status_code in (400, 409), (action, answer.status_code)
        for ply in ("-1", "1e3", "٣", "", "99999999999", "0x0"):
            answer = await acted(phone, "/act/move", table="s1.1", ply=ply, action="wait")
            assert answer.status_code in (400, 409), ply
        for d in ("nan", "inf", "-0.1", "1.1", "x", ""):
            buyer = next(iter(room.desks[0].scenario.buyers))
            form = {"table": "s1.1", "buyer": buyer, "d": d, "confidence": "0.5"}
            assert (await acted(phone, "/act/read", **form)).status_code == 400, d
        assert house.live.room is room, "it was not read anew"
        assert room.seq == before

    asyncio.run(play())


def test_cookies_are_for_this_server_and_no_script(tmp_path: Path) -> None:
    house = House(tmp_path)

    async def play() -> None:
        browser = house.browser()
        form = {"code": house.live.code, "name": "Ana", "nonce": "n1"}
        joined = await browser.post("/join", data=form)
        opened = await house.browser().get(house.workshop.console.link("host"))
        for answer in (joined, opened):
            cookie = answer.headers["set-cookie"].lower()
            assert "httponly" in cookie and "samesite=strict" in cookie
        for path in ("/", "/play", "/files/page.css"):
            policy = (await browser.get(path)).headers["content-security-policy"]
            assert "unsafe" not in policy and "default-src 'none'" in policy
            html = (await browser.get(path)).text
            assert not re.search(r"<script(?![^>]*src=)|\son\w+=|javascript:", html)

    asyncio.run(play())
