"""Proofs 5, 10 and 11: what is malformed, endless or hostile is refused, the rest is unharmed."""

from __future__ import annotations

import asyncio
import os
import shutil
import socket
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing
from multiprocessing import resource_tracker, spawn
from pathlib import Path

import httpx
import pytest

from game.workshop import upload
from game.workshop.guard import MOST_BODY, MOST_UPLOAD
from tests.workshop.proofs.crowds import Deaf, memory_mb, one_does_not_read
from tests.workshop.proofs.house import House, acted
from tests.workshop.served import Served, served

pytestmark = pytest.mark.long  # each needs a server of its own


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with served(tmp_path_factory.mktemp("store") / "rooms.db") as found:
        yield found


def answered(server: Served, sent: bytes, seconds: float = 3.0) -> bytes:
    """What comes back for some bytes, until the server has nothing more to say or closes."""
    with socket.create_connection(("127.0.0.1", server.port), seconds) as raw:
        got = b""
        try:
            raw.sendall(sent)
            raw.shutdown(socket.SHUT_WR)
            while piece := raw.recv(65536):
                got += piece
        except OSError:
            pass
        return got


def head(server: Served, first: str, *lines: str) -> bytes:
    return "\r\n".join([first, f"host: 127.0.0.1:{server.port}", *lines, "", ""]).encode()


BODY = b"a=" + b"x" * (2 * MOST_BODY)


@pytest.mark.parametrize(
    ("first", "lines", "body", "statuses"),
    [
        ("POST /join HTTP/1.1", [f"content-length: {MOST_BODY + 1}"], b"", (413,)),
        ("POST /console/upload HTTP/1.1", [f"content-length: {MOST_UPLOAD + 1}"], b"", (413,)),
        ("POST /join HTTP/1.1", ["content-length: -1"], b"", (400, 413)),
        ("POST /join HTTP/1.1", ["content-length: 1e3"], b"", (400, 413)),
        ("POST /join HTTP/1.1", ["content-length: 3", "content-length: 4"], b"a=bc", (400,)),
        ("POST /join HTTP/1.1", ["transfer-encoding: chunked"], b"zz\r\n", (400,)),
        (
            "POST /join HTTP/1.1", ["transfer-encoding: chunked"],
            b"%x\r\n%s\r\n0\r\n\r\n" % (len(BODY), BODY), (403,),
        ),
        ("POST /join HTTP/1.1", ["content-length: 6"], b"a=%FF&", (403,)),
        ("POST /join HTTP/1.1", ["content-length: 1000"], b"&" * 1000, (403,)),
        ("GET /" + "x" * 20000 + " HTTP/1.1", [], b"", (400, 414)),
        ("GET / HTTP/1.1", ["x: " + "y" * 20000], b"", (400, 431)),
        ("GET /files/../../../etc/passwd HTTP/1.1", [], b"", (404,)),
        ("GET /files/%2e%2e/%2e%2e/pyproject.toml HTTP/1.1", [], b"", (404,)),
        ("GET /font/..%2f..%2fx HTTP/1.1", [], b"", (404,)),
        ("GET /scene/%00 HTTP/1.1", [], b"", (404, 400, 403)),
        ("GET /live/phone?have=" + ",".join(["e.9"] * 900) + " HTTP/1.1", [], b"", (204,)),
        ("TRACE / HTTP/1.1", [], b"", (405, 400)),
        ("\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", [], b"", (400,)),
        ("GET / HTTP/9.9", [], b"", (400, 505)),
        ("", [], b"\x00" * 5000, (400,)),
    ],
)  # fmt: skip
def test_what_is_malformed_or_too_large_is_refused(
    server: Served, first: str, lines: list[str], body: bytes, statuses: tuple[int, ...]
) -> None:
    got = answered(server, head(server, first, *lines) + body)
    status = int(got.split(b" ", 2)[1]) if got.startswith(b"HTTP/1.1 ") else 0
    assert status in (*statuses, 0), got[:300]
    assert b"Traceback" not in got
    assert httpx.get(f"{server.url}/ping").status_code == 200


def test_a_hundred_half_requests_cost_the_others_nothing(server: Served) -> None:
    """Slow heads and slow bodies are left open while others are answered."""
    with ExitStack() as opened, closing(server.join("Ana")) as phone:
        for k in range(100):
            raw = opened.enter_context(socket.create_connection(("127.0.0.1", server.port), 5))
            slow = head(server, "POST /join HTTP/1.1", "content-length: 900")
            raw.sendall(slow[:40] if k % 2 else slow + b"code=")
        memory = memory_mb(server.process.pid)
        for _ in range(20):
            assert phone.get("/play", timeout=5).status_code == 200
        assert memory_mb(server.process.pid) - memory < 20


def test_one_that_does_not_read_costs_nothing_and_catches_up(tmp_path: Path) -> None:
    with served(tmp_path / "rooms.db") as server:
        told: Deaf = asyncio.run(one_does_not_read(server, healthy=30, rounds=30))
    assert told.caught_up
    assert told.grown < 5


# --- scenarios brought along ----------------------------------------------------------------------

BOMBS = {
    "merge.yaml": "a: &a {x: 1}\n" + "\n".join(f"b{k}: &b{k} {{<<: [*a, *a]}}" for k in range(20)),
    "deep.yaml": "[" * 100_000,
    "long.yaml": "x: " + "y" * 290_000,
    "events.yaml": "- a\n" * 60_000,
    "binary.yaml": "\x00\x01\x02" * 1000,
    "tag.yaml": "!!python/object/apply:os.system ['touch /tmp/owned']",
    "nothing.yaml": "",
    "../../up.yaml": "scenario: up",
    "pack.zip": "PK\x03\x04 this is no zip",
    "page.html": "<script>alert(1)</script>",
}
PARTS = b"--b\r\n\r\n" * 40_000 + b"--b--"  # a form of so many that it takes seconds to read
OF_PARTS = {"content-type": "multipart/form-data; boundary=b"}


def test_a_reader_that_dies_at_once_is_waited_for_by_nobody(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither what was to be read nor what it would have left behind stays."""
    resource_tracker.ensure_running()  # with the real program
    monkeypatch.setattr(spawn, "_python_exe", os.fsencode(shutil.which("false") or ""))
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with pytest.raises(upload.Unusable):
        upload.read_apart(OF_PARTS["content-type"], b"x" * 290_000)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("patience", [0.0, 0.3])
def test_a_reader_that_takes_too_long_is_ended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, patience: float
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with pytest.raises(upload.Unusable):
        upload.read_apart(OF_PARTS["content-type"], PARTS, patience)
    assert not list(tmp_path.iterdir())


def test_hostile_scenarios_are_refused_while_people_play(tmp_path: Path) -> None:
    house = House(tmp_path)

    async def play() -> None:
        phone, host = await house.join("Ana"), await house.console()
        await acted(host, "/console/do/start")
        before, desks = house.live.room.seq, len(house.live.room.desks)
        for name in ("merge.yaml", "deep.yaml", "tag.yaml", "page.html"):
            text = BOMBS[name]
            files = {"file": (name, text.encode(), "application/x-yaml")}
            brought = asyncio.create_task(host.post("/console/upload", files=files))
            begun = time.monotonic()
            assert (await phone.get("/play")).status_code == 200
            assert time.monotonic() - begun < 2, "nobody waits for a file to be read"
            answer = await brought
            assert answer.status_code in (400, 413, 422), (name, answer.status_code)
            assert "Traceback" not in answer.text
        brought = asyncio.create_task(
            host.post("/console/upload", content=PARTS, headers=OF_PARTS, timeout=60)
        )
        longest = 0.0
        while not brought.done():
            begun = time.perf_counter()
            await asyncio.sleep(0.01)
            longest = max(longest, time.perf_counter() - begun)
        assert brought.result().status_code == 422
        assert longest < 1, "the loop stands still while a form is taken apart"
        assert (house.live.room.seq, len(house.live.room.desks)) == (before, desks)

    asyncio.run(play())


# --- the end --------------------------------------------------------------------------------------


def test_a_signal_ends_a_full_room_within_five_seconds(tmp_path: Path) -> None:
    with served(tmp_path / "rooms.db") as server, ExitStack() as opened:
        phone = opened.enter_context(closing(server.join("Ana")))
        cookie = "; ".join(f"{k}={v}" for k, v in phone.cookies.items())
        streams = []
        for _ in range(40):
            raw = opened.enter_context(socket.create_connection(("127.0.0.1", server.port), 10))
            raw.sendall(head(server, "GET /live/phone HTTP/1.1", f"cookie: {cookie}"))
            assert raw.recv(20).startswith(b"HTTP/1.1 200")
            streams.append(raw)
        begun = time.monotonic()
        assert server.stop() == 0
        assert time.monotonic() - begun < 5
        for raw in streams:
            while raw.recv(65536):
                pass  # a stream that was ended, not cut off
