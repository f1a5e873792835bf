"""The debrief over HTTP: who may read what and when, and that it comes back after a crash."""

from __future__ import annotations

import re
import time
import zipfile
from collections.abc import Iterator
from contextlib import ExitStack, closing
from io import BytesIO
from pathlib import Path

import httpx
import pytest

from tests.workshop.served import Served, acted, served

MOVES = ("prepare_history", "prepare_objectives", "greet")


class Room:
    """Two people who have played a few moves; `host` is the facilitator's browser."""

    def __init__(self, server: Served, stack: ExitStack) -> None:
        self.server = server
        self.host = stack.enter_context(closing(server.console()))
        self.host.timeout = httpx.Timeout(60.0)
        names = ("Annabel", "Borislav")
        self.phones = [stack.enter_context(closing(server.join(name))) for name in names]
        self.host.post("/console/do/start")
        for k, phone in enumerate(self.phones, 1):
            for ply, action in enumerate(MOVES):
                form = {"table": f"s{k}.1", "ply": ply, "action": action}
                assert acted(phone, "/act/move", **form).status_code == 200

    def debrief(self) -> None:
        assert acted(self.host, "/console/do/stage", to="debrief").status_code == 200


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    store = tmp_path_factory.mktemp("store") / "rooms.db"
    with served(store) as server, ExitStack() as stack:
        found = Room(server, stack)
        yield found


def until(host: httpx.Client, path: str, words: str, seconds: float = 60.0) -> str:
    """A page once it says something."""
    end = time.monotonic() + seconds
    while words not in (text := host.get(path).text):
        assert time.monotonic() < end, text[-2000:]
        time.sleep(0.3)
    return text


@pytest.mark.long
def test_nobody_takes_away_what_is_not_theirs(room: Room) -> None:
    nobody = httpx.Client(base_url=room.server.url)
    for path in (
        "/console/report", "/console/report/p1", "/console/review/s1.1",
        "/console/export/moves.csv", "/console/export/everything.zip",
    ):  # fmt: skip
        for browser in (room.phones[0], nobody):
            answer = browser.get(path)
            assert (answer.status_code, answer.headers["location"]) == (303, "/"), path
    nobody.close()
    for what in ("erase", "keep", "again"):
        assert acted(room.phones[0], f"/console/debrief/{what}", person="p2").status_code == 403


@pytest.mark.long
def test_tables_can_be_had_in_the_middle_of_a_game(room: Room) -> None:
    answer = room.host.get("/console/export/moves.csv")
    assert answer.headers["content-disposition"] == 'attachment; filename="moves.csv"'
    assert answer.text.count("greet") == 2
    with zipfile.ZipFile(BytesIO(room.host.get("/console/export/everything.zip").content)) as found:
        assert "reports/p1.html" not in found.namelist(), "a file is called as its person is"
    assert room.host.get("/console/export/passwords.csv").status_code == 404


@pytest.mark.long
def test_a_report_is_read_by_its_person_and_after_the_debrief(room: Room) -> None:
    annabel, borislav = room.phones
    assert annabel.get("/report").headers["location"] == "/play"
    assert annabel.get("/report/review/s1.1").headers["location"] == "/play"
    room.debrief()
    assert annabel.get("/report").status_code == 303, "not before it is handed out"
    assert acted(room.host, "/console/do/lend", on="yes").status_code == 200
    page = until(annabel, "/report", "Every move")
    assert "Annabel" in page and "Borislav" not in page
    assert "unsafe" not in annabel.get("/report").headers["content-security-policy"]
    assert borislav.get("/report/review/s1.1").headers["location"] == "/play"
    until(annabel, "/report/review/s1.1", "<!DOCTYPE html>")
    acted(room.host, "/console/do/lend", on="no")
    assert annabel.get("/report").status_code == 303


@pytest.mark.long
def test_slides_come_to_the_wall_and_open(room: Room) -> None:
    room.debrief()
    until(room.host, "/console", "Nowhere. All seats")
    acted(room.host, "/console/do/slide", slide=0, on="no")
    wall = room.host.get("/stage").text
    assert "Where do you think this room divided?" in wall
    assert "Nowhere" not in wall, "predict first"
    acted(room.host, "/console/do/slide", slide=0, on="yes")
    assert "Nowhere. All seats" in room.host.get("/stage").text


@pytest.mark.long
def test_killed_in_the_debrief_it_comes_back_with_slide_and_worth(tmp_path: Path) -> None:
    with served(tmp_path / "rooms.db") as server, ExitStack() as stack:
        room = Room(server, stack)
        room.debrief()
        acted(room.host, "/console/do/slide", slide=1, on="yes")
        before = until(room.host, "/stage", "2 of")
        server.kill()
        again = server.again()
        try:
            assert re.search(r"2 of \d+", room.host.get("/stage").text)
            moves = until(room.host, "/console/export/moves.csv", ",best,")
            assert moves.count("greet") == 2
            assert "2 of" in before
            begun = time.monotonic()
            assert again.stop() == 0
            assert time.monotonic() - begun < 5
        finally:
            if again.process.poll() is None:
                again.kill()


@pytest.mark.long
def test_the_judgment_test_goes_out_to_the_phones_and_comes_in_once(room: Room) -> None:
    phone = room.phones[1]
    full = {"half": "before", "items": 8, **{f"item{k}": 1 for k in range(8)}}
    assert acted(phone, "/act/test", **full).status_code == 409, "not handed out yet"
    acted(room.host, "/console/do/test", half="before", on="yes")
    assert phone.get("/play").text.count('type="radio"') >= 32
    assert acted(phone, "/act/test", **(full | {"item3": 9})).status_code == 400
    assert acted(phone, "/act/test", **(full | {"items": 7})).status_code == 400
    assert acted(phone, "/act/test", **full).status_code == 200
    assert "Your answers are in" in phone.get("/play").text
    assert acted(phone, "/act/test", **(full | {"item0": 2})).status_code == 200  # as the first
    found = room.host.get("/console/export/tests.csv").text.splitlines()
    assert len(found) == 9 and found[1].startswith("Borislav,before,")
    acted(room.host, "/console/do/test", half="before", on="no")


@pytest.mark.long
def test_somebody_is_erased_from_the_console(room: Room) -> None:
    assert acted(room.host, "/console/debrief/keep", day="2044-05-06").status_code == 200
    assert "2044-05-06" in room.host.get("/console").text
    assert acted(room.host, "/console/debrief/keep", day="1999-05-06").status_code == 400
    assert acted(room.host, "/console/debrief/erase", person="p9").status_code == 404
    assert acted(room.host, "/console/debrief/erase", person="p2").status_code == 200
    assert "Borislav" not in room.host.get("/console").text
    assert "Borislav" not in room.host.get("/console/export/moves.csv").text
    assert room.phones[1].get("/play").headers["location"] == "/"
    for path in room.server.store.parent.glob("rooms.db*"):
        assert b"Borislav" not in path.read_bytes()


@pytest.mark.long
def test_reports_show_no_hidden_name_and_close_with_the_next_game(tmp_path: Path) -> None:
    with served(tmp_path / "rooms.db") as server, ExitStack() as stack:
        room = Room(server, stack)
        phone = room.phones[0]
        room.debrief()
        acted(room.host, "/console/do/lend", on="yes")
        assert phone.get("/report").status_code == 200
        assert 'href="/report"' in phone.get("/play").text
        acted(room.host, "/console/do/person", person="p2", hidden="yes", observes="yes")
        other = room.phones[1].get("/report/review/s2.1")
        assert other.headers.get("location") == "/play", "onlookers have no table of their own"
        acted(room.host, "/console/do/person", person="p1", hidden="yes")
        report = room.host.get("/console/report").text
        assert "Annabel" not in report and "somebody" in report
        answer = acted(room.host, "/console/do/another", number=2, place=0, places=0)
        assert answer.status_code == 200, answer.text
        assert phone.get("/report").headers["location"] == "/play"
        assert phone.get("/report/review/s1.1").headers["location"] == "/play"
        assert 'href="/report"' not in phone.get("/play").text
