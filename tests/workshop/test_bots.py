"""Simulated people: they come in by the code, play what their phones show, and leave in order."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import jsonschema
import pytest

from game.scenario.diagnostics import LongLunchError
from game.workshop import tokens
from game.workshop.bots.fill import found
from game.workshop.bots.page import Page, read
from game.workshop.bots.people import steps_of
from game.workshop.store import Store
from tests.workshop.served import Served, acted, served

SCHEMA = Path(__file__).resolve().parents[2] / "docs/json/bots.schema.json"
CODE = tokens.join_code("00" * 32)


def bots(server: Served, *arguments: str, code: str = "") -> subprocess.Popen[str]:
    where = f"{server.url}/j/{code or server.code}"
    command = [sys.executable, "-m", "game.cli", "bots", arguments[0], where, *arguments[1:]]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def joined(store: Path, people: int) -> None:
    """Wait until so many have come in, however busy the machine is."""
    kept = Store(f"sqlite:///{store}")
    for _ in range(400):
        records = kept.read(kept.sessions()[0].id)
        if sum(record.kind == "join" for record in records) == people:
            return
        time.sleep(0.1)
    raise AssertionError(f"{people} did not come")


def report(process: subprocess.Popen[str]) -> dict[str, object]:
    out, complaints = process.communicate(timeout=120)
    assert complaints == ""
    told: dict[str, object] = json.loads(out)
    jsonschema.validate(told, json.loads(SCHEMA.read_text("utf-8")))
    return told


@pytest.mark.long
def test_a_crowd_plays_its_games_and_every_move_is_on_disk(tmp_path: Path) -> None:
    with served(tmp_path / "rooms.db") as server, closing(server.console()) as host:
        crowd = bots(
            server, "6", "--think", "0.05", "--until", "played", "--poll", "0.4", "--json",
            "--seconds", "100",
        )  # fmt: skip
        joined(tmp_path / "rooms.db", 6)
        acted(host, "/console/do/start")
        told = report(crowd)
        assert crowd.returncode == 0
        assert (told["joined"], told["end"], told["refused"]) == (6, "played", {})
        assert told["moves"] >= 6 * 4  # type: ignore[operator]
    store = Store(f"sqlite:///{tmp_path / 'rooms.db'}")
    kept = store.read(store.sessions()[0].id)
    assert sum(record.kind == "move" for record in kept) == told["moves"]
    names = [record.data["name"] for record in kept if record.kind == "join"]
    assert len(set(names)) == 6


@pytest.mark.long
def test_a_wrong_code_ends_with_1_and_says_why(tmp_path: Path) -> None:
    with served(tmp_path / "rooms.db") as server:
        crowd = bots(server, "1", "--json", code=CODE)
        told = report(crowd)
        assert crowd.returncode == 1
        assert told["failed"] == ["That is not the code on the wall."]
        waiting = bots(server, "2", "--json")
        joined(tmp_path / "rooms.db", 2)
        waiting.send_signal(signal.SIGINT)
        assert report(waiting)["end"] == "interrupted"
        assert waiting.returncode == 130


def test_only_this_machine_is_filled_unless_it_is_said() -> None:
    assert found(f"http://127.0.0.1:81/j/{CODE}", lan=False)[0].port == 81
    for where in (f"http://192.168.7.7/j/{CODE}", f"https://10.0.0.9:8/j/{CODE}"):
        with pytest.raises(LongLunchError, match="U001"):
            found(where, lan=False)
        assert found(where, lan=True)[1] == CODE
    for where in (f"http://8.8.8.8/j/{CODE}", f"ftp://127.0.0.1/j/{CODE}", "O0O0O0", "http://[/j/"):
        with pytest.raises(LongLunchError, match="U001"):
            found(where, lan=True)


def test_a_page_is_read_as_a_person_reads_it() -> None:
    html = """<form action="/act/move"><input type="hidden" name="ply" value="3">
      <fieldset disabled><button name="action" value="x">X</button></fieldset>
      <button name="action" value="wait"><b>Wait</b> <i>a bit</i></button>
      <select name="s"><option value="1">a</option><option value="2">b</option></select></form>
      <button name="action" value="outside">no</button>"""
    (form,), text = read(html)
    assert [(b.value, b.label) for b in form.buttons] == [("wait", "Wait a bit")]
    assert (form.fields, form.choices) == ({"ply": "3"}, {"s": ["1", "2"]})
    assert "X Wait a bit" in text
    page = Page()
    page.event(b'data: {"e":2,"order":["room","me"]}\ndata: ["room",5,"hello"]')
    assert page.query == "?have=e.2,room.5"
    assert page.says("hello") and not page.forms()
    page.event(b'data: {"e":2}\ndata: ["room",6,"hello again"]')
    assert page.query == "?have=e.2,room.6" and page.order == ["room", "me"]
    page.event(b'data: {"e":2,"order":["me"]}')
    assert page.query == "?have=e.2"
    page.event(b'data: {"gone":true}')
    assert page.gone


def test_a_person_knows_no_more_than_a_page_shows() -> None:
    assert all(step.when is None for step in steps_of("rapport"))
    assert steps_of("random") == []
