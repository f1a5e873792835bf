"""Erased, but the file could not be cleaned: told as that, and never as a failure."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from game.cli import main
from game.scenario.diagnostics import LongLunchError
from game.workshop import run
from game.workshop.forget import erase_due
from game.workshop.options import Options
from game.workshop.service import Service
from game.workshop.store import Store, StoreError, Traces
from game.workshop.words import say
from tests.workshop.hosted import Hosted, play
from tests.workshop.rooms import source

TRACES = "traces may be left"


@pytest.fixture
def dirty(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """No file can be written anew; how often that was tried."""
    tried: list[str] = []

    def full(store: Store) -> None:
        tried.append(store.place)
        raise Traces(OSError("database or disk is full"), store.place)

    monkeypatch.setattr(Store, "scrub", full)
    yield tried


def due(folder: Path) -> str:
    """A store with a session that is past its day, and one that is kept; its address."""
    url = f"sqlite:///{folder}/rooms.db"
    service = Service(Store(url), lambda: 1000.0)
    service.open_new("Old", [source("osaka")], [], keep_until=2000.0)
    service.open_new("New", [source("osaka")], [])
    service.close()
    return url


def titles(url: str) -> list[str]:
    store = Store(url)
    try:
        return [kept.title for kept in store.sessions()]
    finally:
        store.close()


def test_the_page_after_the_end_says_that_traces_may_be_left(
    tmp_path: Path, dirty: list[str]
) -> None:
    async def script(hosted: Hosted) -> None:
        host, ana = await hosted.console(), await hosted.phone("Ana")
        answer = await host.client.post("/console/erase", data={"sure": "yes"})
        assert answer.status_code == 200
        assert say("console.traces") in answer.text and say("console.erased") in answer.text
        assert hosted.service.store.sessions() == [] and not hosted.live.room.people
        assert (await ana.client.get("/play")).status_code == 303

    play(tmp_path, script)
    assert len(dirty) == 1


def test_somebody_is_forgotten_though_traces_may_be_left(tmp_path: Path, dirty: list[str]) -> None:
    async def script(hosted: Hosted) -> None:
        host, _ = await hosted.console(), await hosted.phone("Quillfeather")
        form = {"person": "p1"}
        answer = await host.client.post(
            "/console/debrief/erase", data=form, headers={"x-longlunch": "1"}
        )
        assert answer.status_code == 500, "503 would be tried again by the page"
        assert answer.json() == {"wrong": say("console.traces")}
        assert hosted.live.room.people["p1"].name == ""
        kept = hosted.service.store.read(hosted.live.kept.id)
        assert not any("Quillfeather" in str(record.data) for record in kept)
        assert "Quillfeather" not in await host.page()

    play(tmp_path, script)
    assert dirty


def test_a_session_that_is_due_goes_and_is_told_with_its_traces(
    tmp_path: Path, dirty: list[str]
) -> None:
    store = Store(due(tmp_path))
    gone, told = erase_due(store, 3000.0)
    store.close()
    assert [kept.title for kept in gone] == ["Old"]
    assert [type(problem) for problem in told] == [Traces]
    assert titles(store.place) == ["New"]


def test_the_command_says_what_went_and_ends_with_a_word_about_traces(
    tmp_path: Path, dirty: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    url = due(tmp_path)
    assert main(["sessions", "--store", url, "erase", "--due"]) == 2
    said = capsys.readouterr()
    assert "Old" in said.out and TRACES in said.err and "H001" in said.err
    assert titles(url) == ["New"]


def test_a_server_starts_though_what_was_due_left_traces(
    tmp_path: Path,
    dirty: list[str],
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    served: list[str] = []

    def serve(serving: run._Serving) -> int:
        served.append(serving.live.kept.title)
        return 0

    monkeypatch.setattr(run._Serving, "run", serve)
    url = due(tmp_path)
    options = Options(scenarios=("osaka",), store=url, window=False, bind="127.0.0.1", port=0)
    assert run.host(options) == 0
    said = capsys.readouterr().err
    assert "Old" in said and TRACES in said and "Traceback" not in said
    assert len(served) == 1 and "Old" not in titles(url)


def test_a_disk_that_erases_nothing_is_no_trace_but_a_failure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = Store(due(tmp_path))

    def readonly(*_: object) -> None:
        raise StoreError("erased", OSError("attempt to write a readonly database"))

    monkeypatch.setattr(store, "erase", readonly)
    with pytest.raises(LongLunchError) as told:
        erase_due(store, 3000.0)
    assert not isinstance(told.value, Traces)
    store.close()
    assert "Old" in titles(store.place)
