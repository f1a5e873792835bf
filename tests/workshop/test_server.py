"""The server from outside: coming in, what is refused, how it ends."""

from __future__ import annotations

import re
import socket
import time
from collections.abc import Iterator
from contextlib import closing
from html import unescape
from pathlib import Path

import httpx
import pytest

from tests.workshop.served import Served, acted, served


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with served(tmp_path_factory.mktemp("store") / "rooms.db") as found:
        yield found


@pytest.mark.long
def test_somebody_joins_by_the_code_and_is_known_from_then_on(server: Served) -> None:
    with closing(server.join("Ana")) as phone:
        assert "Ana" in phone.get("/play").text
        assert phone.get("/").headers["location"] == "/play"


@pytest.mark.long
def test_a_game_by_plain_forms_from_the_lobby_to_its_end(tmp_path: Path) -> None:
    with (
        served(tmp_path / "rooms.db") as server,
        closing(server.console()) as host,
        closing(server.join("Ana")) as phone,
    ):
        assert httpx.get(server.url + server.console_link).status_code == 410
        assert host.post("/console/do/start").headers["location"] == "/console"
        for ply in range(40):
            page = phone.get("/play").text
            actions = re.findall(r'name="action" value="([^"]+)"', page)
            if not actions:
                break
            form = {"table": "s1.1", "ply": str(ply), "action": unescape(actions[0])}
            assert phone.post("/act/move", data=form).status_code == 303
        assert ply > 3
        assert phone.post("/act/move", data=form).status_code == 303  # the same again is no fault
        form["action"] = "greet"
        assert phone.post("/act/move", data=form).status_code == 409


def test_nobody_else_steers(server: Served) -> None:
    with closing(server.join("Eve")) as phone:
        assert phone.get("/console").headers["location"] == "/"
        assert acted(phone, "/console/do/start").status_code == 403
        assert acted(phone, "/console/do/pause", on="yes").json() == {"gone": True}


def test_a_wrong_code_lets_nobody_in(server: Served) -> None:
    answer = httpx.post(f"{server.url}/join", data={"code": "AAAAAA", "name": "X", "nonce": "1"})
    assert answer.status_code == 403
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"host": "evil.example"}, 421),
        ({"origin": "http://evil.example"}, 403),
        ({"origin": "http://["}, 403),
        ({"sec-fetch-site": "cross-site"}, 403),
        ({"content-length": "9999999"}, 413),
    ],
)
def test_what_no_page_of_ours_sends_is_refused(
    server: Served, headers: dict[str, str], status: int
) -> None:
    with socket.create_connection(("127.0.0.1", server.port), 5) as raw:
        sent = {"host": f"127.0.0.1:{server.port}", "content-length": "0"} | headers
        lines = "".join(f"{name}: {value}\r\n" for name, value in sent.items())
        raw.sendall(f"POST /join HTTP/1.1\r\n{lines}\r\n".encode())
        assert raw.recv(2000).startswith(f"HTTP/1.1 {status} ".encode())


@pytest.mark.long
def test_a_query_that_makes_no_sense_is_passed_over(server: Served) -> None:
    many = "&".join(f"a{k}=1" for k in range(60))
    assert httpx.get(f"{server.url}/?{many}").status_code == 200
    with closing(server.join("Zoe")) as phone:
        assert phone.get("/poll/phone?have=room.²").status_code == 200


def test_every_page_says_what_it_may_load(server: Served) -> None:
    headers = httpx.get(server.url).headers
    assert "script-src 'self'" in headers["content-security-policy"]
    assert "unsafe" not in headers["content-security-policy"]


def test_a_flood_of_headers_ends_with_its_own_connection(server: Served) -> None:
    with socket.create_connection(("127.0.0.1", server.port), 5) as raw:
        raw.sendall(b"GET / HTTP/1.1\r\n" + b"".join(b"x-%d: y\r\n" % i for i in range(4000)))
        assert raw.recv(2000).startswith(b"HTTP/1.1 400 ")
    assert httpx.get(server.url).status_code == 200


@pytest.mark.long
def test_who_sends_letter_by_letter_is_cut_off(server: Served) -> None:
    with socket.create_connection(("127.0.0.1", server.port), 30) as raw:
        begun = time.monotonic()
        raw.sendall(b"GET / HTTP/1.1\r\n")
        with pytest.raises(OSError):
            while time.monotonic() - begun < 25:
                raw.sendall(b"x")
                time.sleep(0.5)
        assert httpx.get(server.url).status_code == 200


@pytest.mark.long
def test_it_ends_in_good_order_with_streams_open(tmp_path: Path) -> None:
    with served(tmp_path / "rooms.db") as server, closing(server.join("Ana")) as phone:
        with phone.stream("GET", "/live/phone") as stream:
            lines = stream.iter_lines()
            while not next(lines).startswith("data:"):
                pass
            begun = time.monotonic()
            assert server.stop() == 0
            assert list(lines) is not None  # it was ended, not cut off
        assert time.monotonic() - begun < 5


@pytest.mark.long
def test_killed_and_started_again_the_same_session_goes_on(tmp_path: Path) -> None:
    with served(tmp_path / "rooms.db") as server, closing(server.join("Ana")) as phone:
        server.kill()
        again = server.again()
        try:
            assert again.code == server.code
            assert "Ana" in phone.get("/play").text
        finally:
            again.kill()
