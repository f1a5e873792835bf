"""Erasing: what was to be forgotten is nowhere in the file any more."""

from __future__ import annotations

import asyncio
import json
import re
import sqlite3
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from game.cli import main
from game.workshop import sessions, store
from game.workshop.alone import Alone
from game.workshop.debrief.routes import end_of_day
from game.workshop.forget import erase_due, forgotten
from game.workshop.opening import open_session
from game.workshop.options import Options
from game.workshop.room import acts, acts_play
from game.workshop.room.log import Record
from game.workshop.server import Workshop
from game.workshop.service import Live, Service
from game.workshop.store import Store, Traces
from game.workshop.words import say
from tests.workshop.test_service import source

NAME, OTHER = "Xanthippe Quillfeather", "Borislav"
DAY = 86400.0


def file_holds(folder: Path, text: str) -> bool:
    """Whether a text is anywhere in the files of the store: pages, free pages, write-ahead log."""
    needle = text.encode()
    return any(needle in path.read_bytes() for path in folder.glob("rooms.db*"))


async def played(service: Service, live: Live) -> None:
    """Two people, of whom one is to be forgotten, with answers of every kind."""
    await service.act(live, "", lambda room: acts.join(room, NAME, "n1"))
    await service.act(live, "", lambda room: acts.join(room, OTHER, "n2"))
    await service.act(live, "host", acts.start)
    buyer = next(iter(live.room.desks[0].scenario.buyers))
    for person, table in (("p1", "s1.1"), ("p2", "s2.1")):
        await service.act(
            live, person, lambda r, p=person, t=table: acts_play.read(r, p, t, buyer, 0.123, 0.77)
        )
        await service.act(
            live, person,
            lambda r, p=person, t=table: acts_play.move(r, p, t, 0, "prepare_history"),
        )  # fmt: skip
    parts = ("quinces were served", "a while", "longer")
    await service.act(live, "p1", lambda room: acts.sentence(room, "p1", parts))


def opened(folder: Path) -> tuple[Service, Live]:
    service = Service(Store(f"sqlite:///{folder}/rooms.db"), lambda: 1000.0)
    return service, service.open_new("Monday", [source()], [])


def test_a_person_is_forgotten_to_the_last_byte_while_the_server_runs(tmp_path: Path) -> None:
    service, live = opened(tmp_path)

    async def run() -> None:
        await played(service, live)
        assert file_holds(tmp_path, NAME)
        await service.act(live, "host", lambda r: acts.change_person(r, "p1", name="Quillfeather"))
        await service.act(live, "host", lambda r: acts.change_person(r, "p1", removed=True))
        await service.rewrite(live, lambda records: forgotten(records, "p1"))

    asyncio.run(run())
    for text in (NAME, "Quillfeather", "quinces"):
        assert not file_holds(tmp_path, text), text
    assert file_holds(tmp_path, OTHER)
    room = live.room
    assert room.people["p1"].name == "" and room.people["p1"].removed
    assert room.tables["s1.1"].ply == 1, "what the table did stays"
    assert not room.tables["s1.1"].reads(next(iter(room.desks[0].scenario.buyers)))
    assert room.tables["s2.1"].reads(next(iter(room.desks[0].scenario.buyers)))
    assert "p1" not in room.sentences
    again = Service(Store(f"sqlite:///{tmp_path}/rooms.db"), lambda: 2000.0)
    assert again.open(again.store.sessions()[0]).room.people["p1"].name == ""
    service.close()
    again.close()


@contextmanager
def read_by_another(folder: Path) -> Iterator[None]:
    """Another program looks at the file, as a backup does: its log cannot be emptied."""
    with closing(sqlite3.connect(folder / "rooms.db", isolation_level=None)) as other:
        other.execute("begin")
        other.execute("select * from longlunch_log").fetchall()
        yield
        other.execute("rollback")


def test_what_is_committed_is_told_as_done_though_the_file_cannot_be_cleaned(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "_FOR_READERS", 20)
    service, live = opened(tmp_path)
    console = Workshop(service, live).console

    async def run() -> None:
        await service.act(live, "", lambda room: acts.join(room, NAME, "n1"))
        with read_by_another(tmp_path):
            with pytest.raises(Traces, match="another program"):
                await service.rewrite(live, lambda records: forgotten(records, "p1"))
            assert live.room.people["p1"].name == ""
            assert live.records == service.store.read(live.kept.id), "memory is what the disk is"
            assert file_holds(tmp_path, NAME)
            assert say("console.traces")[:40] in console.page()
        service._scrub_again = 0.0
        await service.ring(live)
        assert not file_holds(tmp_path, NAME), "it is tried again by itself"
        assert say("console.traces")[:40] not in console.page()
        with read_by_another(tmp_path), pytest.raises(Traces):
            await service.erase(live)
        assert live.erased and not live.room.people and not service.store.sessions()

    asyncio.run(run())
    service.close()


def test_traces_that_a_crash_left_are_cleaned_by_the_next_server(tmp_path: Path) -> None:
    service, live = opened(tmp_path)

    async def join() -> None:
        await service.act(live, "", lambda room: acts.join(room, NAME, "n1"))

    async def ring(again: Service) -> None:
        await again.ring(again.open(again.store.sessions()[0]))

    asyncio.run(join())
    service.store.rewrite(live.kept.id, forgotten(live.records, "p1"))  # and the power goes
    assert file_holds(tmp_path, NAME) and service.store.traces
    again = Service(Store(f"sqlite:///{tmp_path}/rooms.db"), lambda: 1000.0)
    asyncio.run(ring(again))
    assert not file_holds(tmp_path, NAME) and not again.store.traces
    service.close()
    again.close()


def test_the_loop_goes_on_while_records_are_replaced_and_nothing_is_lost(tmp_path: Path) -> None:
    """Pages are answered, moves wait, and each of them stands in the log once, after a restart."""
    service, live = opened(tmp_path)
    slow, real = threading.Event(), service.store.rewrite

    def rewrite(session: str, records: Sequence[Record]) -> None:
        assert threading.current_thread().name == "writer"
        assert slow.wait(10)
        real(session, records)

    service.store.rewrite = rewrite  # type: ignore[method-assign]

    async def run() -> None:
        await service.act(live, "", lambda room: acts.join(room, NAME, "n1"))
        before = [
            asyncio.create_task(
                service.act(live, "", lambda r, k=k: acts.join(r, f"B{k}", f"b{k}"))
            )
            for k in range(20)
        ]
        await asyncio.sleep(0)
        erasing = asyncio.create_task(service.rewrite(live, lambda kept: forgotten(kept, "p1")))
        await asyncio.gather(*before)
        after = [
            asyncio.create_task(
                service.act(live, "", lambda r, k=k: acts.join(r, f"A{k}", f"a{k}"))
            )
            for k in range(20)
        ]
        await asyncio.sleep(0.05)  # the loop goes on
        assert not erasing.done() and not any(task.done() for task in after)
        slow.set()
        await asyncio.gather(erasing, *after)

    asyncio.run(asyncio.wait_for(run(), 20))
    kept = service.store.read(live.kept.id)
    assert kept == live.records and len({r.key for r in kept if r.kind == "join"}) == 41
    assert not file_holds(tmp_path, NAME)
    assert sorted(p.name for p in live.room.people.values())[0] == ""
    service.close()


def test_the_command_forgets_somebody_by_name(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    service, live = opened(tmp_path)
    asyncio.run(played(service, live))
    service.close()
    store = f"sqlite:///{tmp_path}/rooms.db"
    act = ["sessions", "--store", store, "erase", live.kept.id[:6]]
    assert main([*act, "--person", "nobody", "--yes"]) == 2
    assert "H005" in capsys.readouterr().err
    assert file_holds(tmp_path, NAME)
    assert main([*act, "--person", NAME.lower(), "--yes"]) == 0
    assert not file_holds(tmp_path, NAME)
    assert file_holds(tmp_path, OTHER)
    assert main(act) == 2, "nobody is there to be asked, so nothing is erased"
    assert file_holds(tmp_path, OTHER)
    assert main([*act, "--yes"]) == 0
    for text in (OTHER, "Monday", "prepare_history", live.kept.id):
        assert not file_holds(tmp_path, text), text


def test_nothing_is_erased_under_a_server_that_runs(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    service, live = opened(tmp_path)
    service.close()
    erase = [
        "sessions",
        "--store",
        f"sqlite:///{tmp_path}/rooms.db",
        "erase",
        live.kept.id,
        "--yes",
    ]
    with Alone(live.kept.id):
        assert main(erase) == 2
    assert "H004" in capsys.readouterr().err
    assert main(erase) == 0


def test_sessions_past_their_day_go_and_no_others(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    store = Store(f"sqlite:///{tmp_path}/rooms.db")
    service = Service(store, lambda: 1000.0)
    gone = service.open_new("Old", [source()], [], keep_until=2000.0)
    stays = service.open_new("New", [source()], [], keep_until=9e9)
    assert sessions.show(store, 3000.0, as_json=True) == 0
    listed = {one["title"]: one for one in json.loads(capsys.readouterr().out)["sessions"]}
    assert (listed["Old"]["due"], listed["New"]["due"]) == (True, False)
    assert sessions.erase_due(store, 3000.0) == 0
    assert [kept.id for kept in store.sessions()] == [stays.kept.id]
    assert gone.kept.id != stays.kept.id
    with Alone(stays.kept.id):
        assert erase_due(store, 9.5e9)[0] == [], "not under a server that runs"
    assert [kept.id for kept in store.sessions()] == [stays.kept.id]
    assert [kept.title for kept in erase_due(store, 9.5e9)[0]] == ["New"]
    service.close()


@pytest.mark.long
def test_a_session_is_begun_and_gone_on_with_until_a_day(tmp_path: Path) -> None:
    service = Service(Store(f"sqlite:///{tmp_path}/rooms.db"), time.time)
    first = open_session(service, Options(scenarios=("osaka",), keep_until=5e9))
    assert service.store.sessions()[0].keep_until == 5e9
    first.alone.release()
    again = open_session(service, Options(scenarios=("osaka",)))
    assert again.live.kept.keep_until == 5e9, "it stays as it was"
    again.alone.release()
    other = open_session(service, Options(scenarios=("osaka",), keep_until=6e9))
    assert (other.again, other.live.kept.keep_until) == (True, 6e9)
    assert service.store.sessions()[0].keep_until == 6e9
    other.alone.release()
    service.close()


def test_a_day_to_keep_until_is_a_day_to_come() -> None:
    now = end_of_day("2026-03-09", 0.0 + 1_700_000_000)
    assert now is not None
    assert now % DAY == 0
    assert end_of_day("", 0.0) is None
    for wrong in ("2026-02-30", "tomorrow", "1999-01-01", "3026-01-01"):
        with pytest.raises(ValueError):
            end_of_day(wrong, now)


@pytest.mark.long
def test_the_command_lists_keeps_and_takes_away(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    service, live = opened(tmp_path)
    asyncio.run(played(service, live))
    service.close()
    command = ["sessions", "--store", f"sqlite:///{tmp_path}/rooms.db"]
    id = live.kept.id
    assert main([*command, "keep", id, "yesterday"]) == 2
    assert "H006" in capsys.readouterr().err
    assert main([*command, "keep", id, "2035-01-31"]) == 0
    assert main(command) == 0
    shown = capsys.readouterr().out
    assert re.search(rf"{id}.*Monday.*people: 2, tables: 2; kept until 2035-01-31", shown)
    path = tmp_path / "all.zip"
    assert main([*command, "export", id, str(path), "--no-worth"]) == 0
    assert path.read_bytes().startswith(b"PK")
    assert main([*command, "export", id, str(tmp_path / "no" / "all.zip"), "--no-worth"]) == 2
    assert main([*command, "export", "zz", str(path)]) == 2
    assert main([*command, "erase"]) == 2
    assert main([*command, "erase", id, "--due"]) == 2
