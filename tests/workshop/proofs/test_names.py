"""Proof 8: names that mean harm are harmless wherever they are shown."""

from __future__ import annotations

import asyncio
import csv
import io
import zipfile
from html.parser import HTMLParser
from pathlib import Path

import pytest

from tests.workshop.proofs.house import House, acted

NAMES = (
    "<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "'; DROP TABLE x; --",
    "\u202egnp.exe", "\u2066a\u2069\u200fb", "=cmd|' /C calc'!A0", "+1+1", "-2", "@SUM(A1)",
    "{{ 7*7 }}{% raw %}", "a\r\nset-cookie: x=y", "\tTab", "\ufeff=1", "</title><b>", "&lt;i&gt;",
    "x" * 500, "é" * 60, "data-part=room", "${7*7}", "\U0001f468\u200d\U0001f469",
)  # fmt: skip
STEERING = set("\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff\r\x00")


class Tags(HTMLParser):
    """Every element of a page, and what would run."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.runs: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append(tag)
        for name, value in attrs:
            if name.startswith("on") or (value or "").strip().lower().startswith("javascript:"):
                self.runs.append(f"{tag} {name}")
        if tag == "script" and not dict(attrs).get("src"):
            self.runs.append("script")


async def pages(house: House, host: object, phone: object) -> dict[str, str]:
    """Everything on which names stand."""
    found = {}
    for path in ("/console", "/stage", "/console/report", "/console/report/p1"):
        found[path] = (await host.get(path)).text  # type: ignore[attr-defined]
    found["/play"] = (await phone.get("/play")).text  # type: ignore[attr-defined]
    return found


@pytest.mark.parametrize("stage", ["lobby", pytest.param("playing", marks=pytest.mark.long)])
def test_names_run_nowhere_and_turn_nothing_around(tmp_path: Path, stage: str) -> None:
    house = on_pages(tmp_path, NAMES, stage)
    assert "49" not in "".join(p.name for p in house.live.room.here())


def on_pages(folder: Path, names: tuple[str, ...], stage: str) -> House:
    """Show people of these names on every page, which is to look as with tame ones."""
    for place in ("wild", "tame"):
        (folder / place).mkdir()
    house, tame = House(folder / "wild"), House(folder / "tame")

    async def shown(there: House, called: tuple[str, ...]) -> dict[str, str]:
        phones = [await there.join(name) for name in called]
        host = await there.console()
        if stage != "lobby":
            await acted(host, "/console/do/start")
        if stage == "debrief":
            await acted(host, "/console/do/stage", to="debrief")
        return await pages(there, host, phones[0])

    wild = asyncio.run(shown(house, names))
    calm = asyncio.run(shown(tame, tuple(f"Ann{k}" for k in range(len(names)))))
    for path, html in wild.items():
        tags = Tags(html)
        assert not tags.runs, path
        assert tags.found == Tags(calm[path]).found, f"{path}: the same elements as with tame names"
        assert not STEERING & set(html), path
    assert max(len(p.name) for p in house.live.room.here()) <= 40
    tame.service.close()
    return house


def test_names_are_no_formulas_in_what_is_taken_away(tmp_path: Path) -> None:
    assert any("cmd" in cell for cell in in_files(tmp_path, NAMES))


def in_files(folder: Path, names: tuple[str, ...]) -> list[str]:
    """Take away the tables of people of these names, in which nothing is to be a formula; every
    cell of the results."""
    house = House(folder)

    async def taken() -> tuple[bytes, bytes]:
        for name in names:
            await house.join(name)
        host = await house.console()
        await acted(host, "/console/do/start")
        listed = [
            (await host.get(f"/console/export/{file}")) for file in ("results.csv", "tables.xlsx")
        ]
        assert [answer.status_code for answer in listed] == [200, 200]
        return listed[0].content, listed[1].content

    results, workbook = asyncio.run(taken())
    cells = [c for row in csv.reader(io.StringIO(results.decode("utf-8-sig"))) for c in row]
    for cell in cells:
        number = cell.replace(".", "", 1).lstrip("-").isdigit()
        assert number or not cell.startswith(("=", "+", "-", "@", "\t", "\r")), cell
    with zipfile.ZipFile(io.BytesIO(workbook)) as book:
        for name in book.namelist():
            if name.startswith("xl/worksheets/"):
                assert b"<f>" not in book.read(name) and b"hyperlink" not in book.read(name)
    house.service.close()
    return cells
