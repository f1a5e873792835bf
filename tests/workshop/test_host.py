"""`longlunch host`: what it says, where it listens, what it goes on with, how it ends."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import httpx
import jsonschema
import pytest

from game.cli import main
from game.scenario import language
from game.workshop import announce, places
from game.workshop.alone import Alone
from game.workshop.early import early
from game.workshop.opening import open_session
from game.workshop.options import Options
from game.workshop.places import Place
from game.workshop.room import acts
from game.workshop.room.log import Draft
from game.workshop.room.plan import SHORT
from game.workshop.service import Service
from game.workshop.store import Store
from game.workshop.trouble import HostError
from tests.workshop.rooms import source

ROOT = Path(__file__).resolve().parents[2]
SCHEMA = json.loads((ROOT / "docs/json/host.schema.json").read_text(encoding="utf-8"))


class Hosted:
    """The command with its announcement as an object; `order` writes to its standard input."""

    def __init__(self, store: Path, *arguments: str) -> None:
        words = [sys.executable, "-m", "game.cli", "host", *arguments]
        self.process = subprocess.Popen(
            [*words, "--json", "--attended", "--store", f"sqlite:///{store}"], text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, env={**os.environ, "DISPLAY": ""},
        )  # fmt: skip
        self.told = self.hears()

    def hears(self) -> dict[str, Any]:
        assert self.process.stdout is not None
        found: dict[str, Any] = json.loads(self.process.stdout.readline())
        jsonschema.validate(found, SCHEMA)
        return found

    def order(self, line: str) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(f"{line}\n")
        self.process.stdin.flush()

    def leaves(self) -> int:
        """The program that started it has gone; the server's exit status."""
        assert self.process.stdin is not None
        self.process.stdin.close()
        return self.process.wait(15)


@contextlib.contextmanager
def hosted(store: Path, *arguments: str) -> Iterator[Hosted]:
    server = Hosted(store, *arguments)
    try:
        yield server
    finally:
        if server.process.poll() is None:
            server.process.kill()
            server.process.wait()
        for pipe in (server.process.stdin, server.process.stdout):
            if pipe is not None:
                pipe.close()


# --- what is told -------------------------------------------------------------------------------


@pytest.mark.long
def test_a_program_hears_everything_and_ends_the_server_by_leaving(tmp_path: Path) -> None:
    with hosted(tmp_path / "w.sqlite3", "osaka", "--mode", "round", "--seed", "7") as server:
        told = server.told
        assert not told["again"] and told["phones"] and not told["encrypted"]
        port = told["console"].split("/")[2].split(":")[1]
        assert httpx.get(f"http://127.0.0.1:{port}/ping").json()["longlunch"] is True
        console = httpx.get(told["console"])
        assert console.headers["location"] == "/console"
        assert httpx.get(told["stage"]).headers["location"] == "/stage"
        assert httpx.get(told["console"]).status_code == 410, "it works once"
        began = time.monotonic()
        assert server.leaves() == 0
        assert time.monotonic() - began < 5


@pytest.mark.long
def test_another_address_is_chosen_while_it_runs(tmp_path: Path) -> None:
    with hosted(
        tmp_path / "w.sqlite3", "osaka", "--bind", "127.0.0.1", "--address", "meet.example"
    ) as server:
        first = server.told
        assert first["url"].startswith("http://meet.example:")
        assert [one["url"].split(":")[1] for one in first["addresses"]] == [
            "//meet.example", "//127.0.0.1",
        ]  # fmt: skip
        port = first["url"].rpartition(":")[2]
        with httpx.Client(base_url=f"http://127.0.0.1:{port}") as stage:
            stage.get(first["stage"].replace("meet.example", "127.0.0.1"))
            assert f"meet.example:{port}" in stage.get("/stage").text
            server.order("9")  # there is no such address: nothing happens
            server.order("2")
            second = server.hears()
            assert second["url"] == f"http://127.0.0.1:{port}"
            assert second["code"] == first["code"]
            shown = stage.get("/stage").text
            assert f"127.0.0.1:{port}" in shown and "meet.example" not in shown
        named = httpx.get(f"http://127.0.0.1:{port}/ping", headers={"host": "meet.example"})
        assert named.status_code == 200, "the server answers to the name phones were told"


@pytest.mark.long
def test_people_read_where_to_go(tmp_path: Path) -> None:
    words = [sys.executable, "-m", "game.cli", "host", "osaka", "--no-window"]
    store = f"sqlite:///{tmp_path / 'w.sqlite3'}"
    for tag, join, ended in (("en", "Join at", "Ended."), ("de", "Beitreten", "Beendet.")):
        with subprocess.Popen(
            [*words, "--store", store, "--lang", tag], text=True, stdout=subprocess.PIPE
        ) as process:
            assert process.stdout is not None
            lines = []
            for line in process.stdout:
                lines.append(line)
                if "Ctrl-C" in line or "Strg-C" in line:
                    process.send_signal(signal.SIGINT)
            assert process.wait(15) == 130
        said = "".join(lines)
        assert join in said and "http" in said and "/open/" in said and "/reach" in said
        assert lines[-1].startswith(ended)
    assert "noch nicht beendet" in said, "the second one goes on with the first"


# --- where it listens ---------------------------------------------------------------------------


@pytest.mark.long
def test_without_phones_nothing_listens_beyond_this_machine(tmp_path: Path) -> None:
    store = tmp_path / "w.sqlite3"
    with hosted(store, "osaka", "--no-phones") as server:
        assert [one["url"].split(":")[1] for one in server.told["addresses"]] == ["//127.0.0.1"]
        assert not server.told["phones"]
        port = int(server.told["url"].rpartition(":")[2])
        for place in places.places(""):
            if place.address != "127.0.0.1":
                with socket.socket() as probe:
                    assert probe.connect_ex((place.address, port)) != 0
    with hosted(store) as server:
        assert server.told["again"] and not server.told["phones"], "it goes on as it was begun"


def test_a_port_in_use_is_passed_over_unless_it_was_named() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        taken = other.getsockname()[1]
        with pytest.raises(HostError, match="H002: the server cannot listen there") as refused:
            places.listening("127.0.0.1", taken)
        assert refused.value.exit_status == 2
    with socket.socket() as first:
        first.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        with contextlib.suppress(OSError):  # somebody else has it: all the better
            first.bind(("127.0.0.1", places.PORT))
            first.listen()
        with contextlib.closing(places.listening("127.0.0.1", None)) as bound:
            assert bound.getsockname()[1] != places.PORT


def test_an_address_of_another_machine_is_refused_at_once() -> None:
    with pytest.raises(HostError, match="H002"):
        places.listening("192.0.2.77", None)


@pytest.mark.parametrize(
    ("found", "outward", "first", "unlikely"),
    [
        ([("10.8.0.2", "tun0"), ("192.168.1.5", "wlan0")], "10.8.0.2", "192.168.1.5", 1),
        ([("172.17.0.1", "docker0"), ("10.0.0.7", "eth0")], "10.0.0.7", "10.0.0.7", 1),
        ([("192.168.1.5", "en0"), ("10.0.0.7", "en5")], "10.0.0.7", "10.0.0.7", 0),
        ([("169.254.3.4", "Ethernet"), ("192.168.1.5", "Wi-Fi")], "", "192.168.1.5", 0),
        ([("100.101.2.3", "utun4"), ("172.20.10.2", "en0")], "172.20.10.2", "172.20.10.2", 1),
        ([("172.24.0.1", "vEthernet (WSL)"), ("10.1.1.1", "Wi-Fi")], "10.1.1.1", "10.1.1.1", 1),
        ([("fd00::2", "eth0"), ("192.168.1.5", "eth0")], "fd00::2", "192.168.1.5", 0),
    ],
)
def test_the_network_that_phones_are_in_comes_first(
    found: list[tuple[str, str]], outward: str, first: str, unlikely: int
) -> None:
    ranked = places._ranked(found, outward)
    assert ranked[0].address == first
    assert sorted(p.address for p in ranked) == sorted(a for a, _ in found), "none is left out"
    assert sum(not p.likely for p in ranked) == unlikely


def test_an_address_stands_in_a_link_as_links_want_it() -> None:
    assert Place("fd00::2", "eth0").host == "[fd00::2]"
    assert places.places("10.0.0.7") == [Place("10.0.0.7", "")]


# --- which session ------------------------------------------------------------------------------


@pytest.fixture
def service(tmp_path: Path) -> Iterator[Service]:
    made = Service(Store(f"sqlite:///{tmp_path / 'w.sqlite3'}"), time.time)
    yield made
    made.close()


def opened(service: Service, *scenarios: str, **options: Any) -> tuple[str, str, bool]:
    """(session, title, whether it goes on)."""
    found = open_session(service, Options(scenarios=scenarios, **options))
    found.alone.release()
    return found.live.kept.id, found.live.kept.title, found.again


def test_the_last_unfinished_session_goes_on(service: Service) -> None:
    first, _, again = opened(service, "osaka", title="Morning")
    assert not again
    assert opened(service) == (first, "Morning", True), "nothing is named: whatever it was"
    assert opened(service, "osaka")[::2] == (first, True)
    other, _, again = opened(service, "seoul")
    assert not again and other != first, "another scenario is another session"
    assert opened(service)[0] == other, "the last one"
    assert opened(service, "osaka")[0] == first
    assert opened(service, "osaka", new=True)[2] is False
    assert opened(service, "osaka", title="Evening")[2] is False


def test_a_session_is_called_as_its_scenario_is_in_the_facilitators_language(
    service: Service,
) -> None:
    assert opened(service, "osaka")[1] == "Six minutes"
    with language.speaking("de"):
        assert opened(service, "osaka", new=True)[1] == "Sechs Minuten"


def test_a_folder_and_a_pack_bring_their_tables(service: Service, tmp_path: Path) -> None:
    from tests.packs import QUAYSIDE

    found = open_session(service, Options(scenarios=(str(QUAYSIDE),)))
    found.alone.release()
    assert len(found.live.room.desks) > 1


def test_a_session_has_one_server(service: Service) -> None:
    found = open_session(service, Options(scenarios=("osaka",)))
    with found.alone:
        with pytest.raises(HostError, match="H004: this session is being served"):
            open_session(service, Options())
        other = open_session(service, Options(new=True))
        assert not other.again
        other.alone.release()
    Alone(found.live.kept.id).release()


def test_two_buyers_are_compared_over_two_scenarios(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["host", "osaka", "--mode", "pairs", "--store", "sqlite://"]) == 2
    assert "two buyers to compare need two scenarios" in capsys.readouterr().err


# --- certificates -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--tls-cert", "nowhere.pem"], "nowhere.pem"),
        (["--tls-cert", "text.pem"], "there is no key in it"),
        (["--tls-key", "text.pem"], "a key alone is no certificate"),
        (["--tls-cert", "text.pem", "--tls-key", "text.pem"], "cannot be served with: "),
        (["--tls-cert", "."], "cannot be served with: "),
    ],
)
def test_a_certificate_is_tried_before_anything_is_served(
    arguments: list[str], says: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    monkeypatch.chdir(tmp_path)
    Path("text.pem").write_text("a shopping list\n")
    assert main(["host", "osaka", *arguments]) == 2
    shown = capsys.readouterr().err
    assert shown.startswith("error[H003]") and says in shown
    assert not list(tmp_path.glob("*.sqlite3"))


# --- words that make no sense -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--port", "99999"], "a port lies between 0 and 65535"),
        (["--address", "http://x/"], "is not a name or an address alone"),
        (["--mode", "chess"], "parallel"),
        (["--seed", "-1"], "a seed lies between"),
    ],
)
def test_what_makes_no_sense_is_said(
    arguments: list[str], says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["host", *arguments]) == 2
    assert says in capsys.readouterr().err


def test_no_browser_is_opened_without_a_display(monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr(announce.webbrowser, "open", opened.append)
    monkeypatch.setattr(announce.sys, "platform", "linux")
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    announce.show_console("http://127.0.0.1/")
    monkeypatch.setenv("DISPLAY", ":9")
    announce.show_console("http://127.0.0.1/open/x")
    for _ in range(100):
        if opened:
            break
        time.sleep(0.02)
    assert opened == ["http://127.0.0.1/open/x"]


@pytest.mark.parametrize(
    ("plan", "options", "listens"),
    [
        ({}, {}, True),
        ({"phones": False}, {}, False),
        ({}, {"phones": False}, False),
        ({}, {"new": True}, False),
        (None, {}, False),
    ],
)
def test_who_comes_back_is_let_into_the_queue_before_the_rest_is_there(
    tmp_path: Path, plan: dict[str, object] | None, options: dict[str, object], listens: bool
) -> None:
    url = f"sqlite:///{tmp_path}/rooms.db"
    if plan is not None:
        service = Service(Store(url), time.time)
        service.open_new("Monday", [source("osaka")], [Draft("plan", plan)])
        service.close()
    door = early(Options(store=url, bind="127.0.0.1", port=0, **options))  # type: ignore[arg-type]
    assert (door is not None) is listens
    if door is not None:
        with closing(door), closing(socket.create_connection(door.getsockname()[:2], 2)) as phone:
            assert phone.getpeername() == door.getsockname()


def test_a_way_that_needs_no_phones_is_the_one_without_them(service: Service) -> None:
    found = open_session(service, Options(scenarios=("osaka",), phones=False))
    with found.alone:
        assert found.live.room.plan.mode == "round"
        assert acts.start(found.live.room), "it begins with nobody seated"
    pair = open_session(service, Options(scenarios=("osaka", "seoul"), mode="pairs"))
    with pair.alone:
        assert pair.live.room.plan.short == SHORT


def test_without_phones_another_way_is_refused_by_the_command(
    capsys: pytest.CaptureFixture[str],
) -> None:
    for mode in ("parallel", "pairs"):
        arguments = ["osaka", "seoul", "--no-phones", "--mode", mode, "--store", "sqlite://"]
        assert main(["host", *arguments]) == 2
        assert "without phones the room plays round the table" in capsys.readouterr().err
