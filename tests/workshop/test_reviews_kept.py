"""Reviews are kept: a restart shows the debrief at once; what is of another game is made anew."""

from __future__ import annotations

import asyncio
import time
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import httpx
import pytest

from game.workshop import sessions
from game.workshop.debrief import reviews_kept
from game.workshop.debrief.page import deck_of
from game.workshop.debrief.reviews_kept import Unread, digest_of, packed
from game.workshop.debrief.reviews_worker import Job, Weigh, Weighed
from game.workshop.forget import forgotten
from game.workshop.room import acts, acts_play
from game.workshop.service import Live, Service
from game.workshop.store import KeptReview, Store, StoreError
from tests.workshop.served import acted, served
from tests.workshop.test_forget import file_holds
from tests.workshop.test_service import source

TABLES = "s1.1", "s2.1"
REVIEW = '"review":{"scenario":"osaka"'  # as it stands in the file
_WEIGHING = "Tables weighed: 0"


def begun(folder: Path) -> tuple[Service, Live]:
    return opened(folder, new=True)


def opened(folder: Path, new: bool = False) -> tuple[Service, Live]:
    service = Service(Store(f"sqlite:///{folder}/rooms.db"), lambda: 1000.0)
    if new:
        return service, service.open_new("Monday", [source()], [])
    return service, service.open(service.store.sessions()[0])


async def talked_about(service: Service, live: Live) -> None:
    """Two people prepare in different ways, believe something, and the debrief begins."""
    for name in ("Ana", "Bo"):
        await service.act(live, "", lambda room, n=name: acts.join(room, n, n))
    await service.act(live, "host", acts.start)
    buyer = next(iter(live.room.desks[0].scenario.buyers))
    for person, table, action in (
        ("p1", "s1.1", "prepare_history"), ("p2", "s2.1", "prepare_objectives"),
    ):  # fmt: skip
        await service.act(
            live, person, lambda r, p=person, t=table: acts_play.read(r, p, t, buyer, 0.123, 0.77)
        )
        await service.act(
            live, person, lambda r, p=person, t=table, a=action: acts_play.move(r, p, t, 0, a)
        )
    await service.act(live, "host", lambda room: acts.stage(room, "debrief"))


async def weighed(service: Service, live: Live, *tables: str) -> None:
    """As the process would: every table is handed out, answered and kept."""
    weigh, reviews = Weigh(), live.reviews
    for table in tables or TABLES:
        job = reviews._asked(live.room, table, "en")
        reviews._job = job
        reviews._take(weigh(job))
    await reviews._keep(service)


@pytest.mark.long
def test_after_a_restart_the_debrief_is_as_it_was_without_weighing_anything(
    tmp_path: Path,
) -> None:
    service, live = begun(tmp_path)

    async def run() -> None:
        await talked_about(service, live)
        assert live.reviews.progress() == (0, 2)
        await weighed(service, live)

    asyncio.run(run())
    before = deck_of(live)
    assert any("·" in row.value for row in before[0].rows), "worth is told"
    reports = {t: live.reviews.of(t) for t in TABLES}
    service.close()
    service, live = opened(tmp_path)
    assert live.reviews.progress() == (2, 2)
    assert live.reviews._next() is None, "nothing is left to weigh"
    assert deck_of(live) == before
    for table in TABLES:
        found, kept = live.reviews.of(table), reports[table]
        assert found is not None and kept is not None
        assert replace(found, stamp=kept.stamp) == kept
    service.close()


@pytest.mark.long
def test_a_review_of_another_game_scenario_or_program_is_made_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    service, live = begun(tmp_path)

    async def run() -> None:
        await talked_about(service, live)
        await weighed(service, live)
        await service.act(live, "host", lambda room: acts.stage(room, "playing"))
        await service.act(
            live, "p1", lambda r: acts_play.move(r, "p1", "s1.1", 1, "prepare_objectives")
        )

    asyncio.run(run())
    service.close()
    service, live = opened(tmp_path)
    assert live.reviews.of("s1.1") is None, "it has moved on"
    assert live.reviews.of("s2.1") is not None
    table = live.room.tables["s2.1"]
    kept = digest_of(table)
    source_of = table.desk.source
    changed = {**source_of.sources, source_of.main: source_of.sources[source_of.main] + "\n# x\n"}
    table.desk.source = replace(source_of, sources=changed)
    del table.desk.__dict__["digest"]
    assert digest_of(table) != kept, "the scenario is another"
    service.close()
    reviews_kept._program.cache_clear()
    monkeypatch.setattr(reviews_kept, "RULES_VERSION", 2)
    try:
        service, live = opened(tmp_path)
        assert live.reviews.progress() == (0, 2), "another program would weigh it otherwise"
        service.close()
    finally:
        reviews_kept._program.cache_clear()


@pytest.mark.long
def test_what_is_kept_broken_is_passed_over(tmp_path: Path) -> None:
    service, live = begun(tmp_path)

    async def run() -> None:
        await talked_about(service, live)
        await weighed(service, live, "s1.1")

    asyncio.run(run())
    (kept,) = service.store.reviews(live.kept.id)
    for text in ("", "[]", "{", '{"table": "s1.1"}', kept.text.replace('"moves":[', '"moves":[7,')):
        service.store.keep_reviews(live.kept.id, [replace(kept, text=text)])
        service.close()
        service, live = opened(tmp_path)
        assert live.reviews.of("s1.1") is None, text[:40]
        assert live.reviews.progress() == (0, 2), "it is weighed anew"
    service.close()


def test_a_review_that_could_not_be_made_is_not_kept(tmp_path: Path) -> None:
    service, live = begun(tmp_path)

    async def run() -> None:
        await talked_about(service, live)
        job = live.reviews._asked(live.room, "s1.1", "en")
        live.reviews._job = job
        live.reviews._take(Weighed("s1.1", job.stamp, "en", None, problem="no reason"))
        await live.reviews._keep(service)

    asyncio.run(run())
    assert service.store.reviews(live.kept.id) == []
    assert Unread(packed(Weighed("s1.1", (0, 1), "en", None)), (0, 1)).unpacked() is None
    service.close()


@pytest.mark.long
def test_whoever_is_forgotten_is_in_no_kept_review_either(tmp_path: Path) -> None:
    """A review holds what its table believed of the buyer, and how sure it was."""
    service, live = begun(tmp_path)

    async def run() -> None:
        await talked_about(service, live)
        await weighed(service, live)
        assert file_holds(tmp_path, REVIEW)
        late = live.reviews._asked(live.room, "s1.1", "en")
        await service.rewrite(live, lambda records: forgotten(records, "p1"))
        assert service.store.reviews(live.kept.id) == []
        live.reviews._job = late  # it was being weighed meanwhile
        live.reviews._take(Weigh()(late))
        await live.reviews._keep(service)

    asyncio.run(run())
    assert service.store.reviews(live.kept.id) == []
    service.close()
    assert not file_holds(tmp_path, REVIEW)


@pytest.mark.long
def test_reviews_go_with_their_session(tmp_path: Path) -> None:
    service, live = begun(tmp_path)
    other = service.open_new("Tuesday", [source()], [])

    async def run() -> None:
        await talked_about(service, live)
        await weighed(service, live)

    asyncio.run(run())
    id = live.kept.id
    assert len(service.store.reviews(id)) == 2
    assert file_holds(tmp_path, REVIEW)
    service.store.keep_reviews(other.kept.id, [KeptReview("s1.1", "en", "0" * 64, "others")])
    service.store.erase(id)
    assert service.store.reviews(id) == []
    assert len(service.store.reviews(other.kept.id)) == 1
    with pytest.raises(StoreError):
        service.store.keep_reviews(id, [KeptReview("s1.1", "en", "0" * 64, "late")])
    service.close()
    assert not file_holds(tmp_path, REVIEW)


@pytest.mark.long
def test_an_export_uses_what_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    service, live = begun(tmp_path)

    async def run() -> None:
        await talked_about(service, live)
        await weighed(service, live, "s1.1")

    asyncio.run(run())
    asked: list[str] = []
    weigh = Weigh.__call__

    def counted(self: Weigh, job: Job) -> Weighed:
        asked.append(job.table)
        return weigh(self, job)

    monkeypatch.setattr(Weigh, "__call__", counted)
    assert sessions.export(service.store, live.kept.id, tmp_path / "all.zip") == 0
    assert asked == ["s2.1"]
    capsys.readouterr()
    service.close()


@pytest.mark.long
def test_a_server_that_was_killed_shows_the_worth_on_its_first_page(tmp_path: Path) -> None:
    with served(tmp_path / "rooms.db") as server:
        with closing(server.join("Ana")) as ana, closing(server.console()) as host:
            assert acted(host, "/console/do/start").status_code == 200
            form = {"table": "s1.1", "ply": 0, "action": "prepare_history"}
            assert acted(ana, "/act/move", **form).status_code == 200
            assert acted(host, "/console/do/stage", to="debrief").status_code == 200
            cookies = host.cookies
        store = Store(f"sqlite:///{tmp_path}/rooms.db")
        (kept,) = store.sessions()
        end = time.monotonic() + 60
        while not store.reviews(kept.id):
            assert time.monotonic() < end
            time.sleep(0.1)
        store.close()
        server.kill()
        again = server.again()
        try:
            page = httpx.get(f"{again.url}/console", cookies=cookies).text
            assert "What cost this room most" in page and _WEIGHING not in page
        finally:
            again.kill()
