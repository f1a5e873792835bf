"""Names that a facilitator has hidden, removed or replaced: looked for in every byte others get."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.workshop.hosted import Browser, Hosted, play

ANA, HIDDEN, REMOVED, FORMER = "Annabel", "Zwiebelkuchen", "Quillfeather", "Grimbart"
RENAMED = "Ottokar"
SECRET = HIDDEN, REMOVED, FORMER
FILES = ("everything.zip", "tables.xlsx", "moves.csv", "reads.csv", "results.csv", "votes.csv",
         "tests.csv", "sentences.csv")  # fmt: skip
WAYS = [
    ("round", {}, ("osaka",)),
    ("parallel", {"teams": 4}, ("osaka",)),
    ("parallel", {}, ("osaka",)),
    ("pairs", {}, ("toronto", "toronto-second")),
]


def unpacked(name: str, data: bytes) -> Iterator[tuple[str, bytes]]:
    """Every file in what was taken away, those inside workbooks and archives too."""
    yield name, name.encode() + b"\n" + data
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for inner in archive.namelist():
                yield from unpacked(f"{name}/{inner}", archive.read(inner))


async def busy(hosted: Hosted, host: Browser, phones: dict[str, Browser], mode: str) -> None:
    """Everybody does everything that leaves a trace of them."""
    await host.does("test", half="before", on="yes")
    for phone in phones.values():
        answers = {f"item{k}": 1 for k in range(8)}
        await phone.does("test", half="before", items=8, **answers)
    await host.does("test", half="before", on="no")
    await host.does("start")
    for _ in range(2):
        for name, phone in phones.items():
            room = hosted.live.room
            person = next(p for p in room.people.values() if p.name == name)
            table = room.table_of(person.seat)
            assert table is not None
            form = {"table": table.id, "ply": table.ply, "action": hosted.hand(table.id)[0]}
            await phone.does("vote" if mode == "round" else "move", **form)
            buyer = next(iter(table.game.present), next(iter(table.desk.scenario.buyers)))
            await phone.does("read", table=table.id, buyer=buyer, d=0.25, confidence=0.5)
        if mode == "round":
            form = {"table": "s1.1", "ply": hosted.live.room.tables["s1.1"].ply}
            await host.does("decide", action=hosted.hand()[0], **form)
    for phone in phones.values():
        await phone.does("sentence", part0="when", part1="one", part2="two")


async def others(hosted: Hosted, ana: Browser, host: Browser) -> list[tuple[str, bytes]]:
    """Everything that reaches anybody but the facilitator's console and the person's own phone."""
    found = []
    for path in ("/play", "/poll/phone", "/report"):
        found.append((path, (await ana.client.get(path)).content))
    stage = hosted.client("127.0.0.1")
    await stage.get(hosted.workshop.console.link("stage"))
    for number in range(-1, 9):
        if number >= 0:
            await host.does("slide", slide=number, on="yes")
        for path in ("/stage", "/poll/stage"):
            found.append((f"{path} {number}", (await stage.get(path)).content))
    paths = [f"/console/export/{name}" for name in FILES]
    tables = [f"/console/export/{id}.lunch.json" for id in hosted.live.room.tables]
    reports = [f"/console/report/{id}" for id in hosted.live.room.people]
    for path in (*paths, *tables, "/console/report", *reports):
        answer = await host.client.get(path)
        assert answer.status_code == 200, path
        found += unpacked(path, answer.content)
    return found


@pytest.mark.long
@pytest.mark.parametrize(("mode", "plan", "scenarios"), WAYS)
def test_no_byte_for_others_has_a_name_that_is_not_for_them(
    tmp_path: Path, mode: str, plan: dict[str, int], scenarios: tuple[str, ...]
) -> None:
    async def script(hosted: Hosted) -> None:
        host = await hosted.console()
        phones = {name: await hosted.phone(name) for name in (ANA, HIDDEN, REMOVED, FORMER)}
        await busy(hosted, host, phones, mode)
        await host.does("person", person="p2", hidden="yes")
        await host.does("person", person="p3", removed="yes")
        await host.does("person", person="p4", name=RENAMED)
        await host.does("stage", to="debrief")
        await host.does("lend", on="yes")
        found = await others(hosted, phones[ANA], host)
        for name in SECRET:
            assert [where for where, data in found if name.encode() in data] == [], name
        assert any(RENAMED.encode() in data for _, data in found)
        assert any(ANA.encode() in data for _, data in found)
        assert any(b"p2" in data for where, data in found if where.endswith("tests.csv"))
        own = await phones[HIDDEN].page("/report")
        assert HIDDEN in own, "whose name it is reads it"
        assert all(name not in own for name in (ANA, REMOVED, FORMER, RENAMED))
        assert (await phones[REMOVED].client.get("/report")).status_code == 303

    play(tmp_path, script, *scenarios, mode=mode, **plan)


@pytest.mark.long
def test_nobody_reads_a_report_while_anything_is_hidden(tmp_path: Path) -> None:
    """While a game is played there is none, whatever was handed out before."""

    async def script(hosted: Hosted) -> None:
        host, ana = await hosted.console(), await hosted.phone(ANA)
        await host.does("start")
        await ana.does("move", table="s1.1", ply=0, action=hosted.hand()[0])
        for to, on, status in (
            ("", "no", 303), ("", "yes", 303), ("debrief", "no", 303), ("", "yes", 200),
            ("playing", "yes", 303),
        ):  # fmt: skip
            if to:
                await host.does("stage", to=to)
            await host.does("lend", on=on)
            answer = await ana.client.get("/report")
            assert answer.status_code == status, (to, on)
            assert (status == 200) or not answer.content
            review = await ana.client.get("/report/review/s1.1")
            assert (review.status_code == 303) is (status == 303)

    play(tmp_path, script)
