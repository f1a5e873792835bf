"""The page of a balance: whole in itself, readable by everybody, of one mind with its figures."""

from __future__ import annotations

import re
from base64 import b64encode
from dataclasses import replace
from hashlib import sha256
from itertools import pairwise
from pathlib import Path

import pytest

from game.analysis.balance import Balance
from game.analysis.findings import findings, percent, points
from game.analysis.panel import PANEL
from game.authoring.balance_page import page
from game.authoring.balance_words import said, words
from game.cli import main
from tests.pages import Node, read, rows

HOSTILE = "<script>alert(1)</script>&\u202e"


@pytest.fixture(scope="module")
def root(committee: Balance) -> Node:
    return read(page(committee))


def test_nothing_is_loaded_and_nothing_runs(committee: Balance, root: Node) -> None:
    text = page(committee)
    assert "<script" not in text
    for node in root.all():
        for name, value in node.attrs.items():
            assert not name.startswith("on"), (node.tag, name)
            assert name not in ("src", "srcset", "style", "action", "xlink:href"), node.tag
            assert "url(" not in value
            if name == "href":
                assert value.startswith("#")
    sheet = root.one("style").text
    assert "url(" not in sheet and "@import" not in sheet
    assert set(re.findall(r"https?://[^\"' ]+", text)) <= {"http://www.w3.org/2000/svg"}
    (policy,) = (
        node.attrs["content"]
        for node in root.all("meta")
        if node.attrs.get("http-equiv") == "Content-Security-Policy"
    )
    assert "default-src 'none'" in policy
    assert f"'sha256-{b64encode(sha256(sheet.encode()).digest()).decode()}'" in policy
    assert "script-src" not in policy


def test_structure_for_those_who_do_not_see_it(root: Node) -> None:
    assert root.one("html").attrs["lang"] == "en"
    headings = [int(n.tag[1]) for n in root.all() if re.fullmatch("h[1-6]", n.tag)]
    assert headings[0] == 1
    assert headings.count(1) == 1
    assert all(b <= a + 1 for a, b in pairwise(headings)), headings
    ids = [n.attrs["id"] for n in root.all() if "id" in n.attrs]
    assert len(ids) == len(set(ids))
    for node in root.all():
        if node.tag == "a":
            assert node.attrs["href"][1:] in ids
        if node.tag == "section":
            assert node.attrs["aria-labelledby"] in ids
        if node.tag == "table":
            assert node.one("caption").said
            assert all("scope" in th.attrs for th in node.all("th"))
        if node.tag == "svg":
            assert node.attrs["role"] == "img"
            assert next(c for c in node.inside if isinstance(c, Node)).tag == "title"
        if "scroll" in node.css:  # what is wider than the screen is reached by keys
            assert node.attrs["tabindex"] == "0"
            assert node.attrs["aria-label"]


def test_every_figure_has_its_numbers_in_a_table(root: Node) -> None:
    for section in root.all("section"):
        if list(section.all("figure")):
            assert list(section.all("table")), section.attrs["aria-labelledby"]


def test_rows_are_as_wide_as_their_heads(root: Node) -> None:
    for table in root.all("table"):
        (head,) = rows(table, "thead")
        assert {len(row) for row in rows(table)} == {len(head)}, table.one("caption").said


def test_the_conclusions_are_those_of_the_terminal(committee: Balance, root: Node) -> None:
    assert len(list(root.one("ul", "findings").all("li"))) == len(findings(committee))
    text = root.one("ul", "findings").said
    for finding in findings(committee):
        assert " ".join(said(finding).split()) in text


def test_tables_say_what_the_figures_show(committee: Balance, root: Node) -> None:
    scores = {row[0]: row[1] for row in rows(next(root.section("sellers").all("table")))}
    assert scores == {cell.seller: points(cell.measures["score"].mean) for cell in committee.own}
    signed = {row[0]: row[1] for row in rows(next(root.section("endings").all("table")))}
    assert signed == {c.seller: percent(c.endings["agreement"]) for c in committee.own}
    bands = rows(next(root.section("bands").all("table")))
    assert [row[0] for row in bands[: len(PANEL)]] == list(PANEL)
    for k, band in enumerate(committee.bands):
        column = {row[0]: row[k + 1] for row in bands[: len(PANEL)]}
        assert [s for s, text in column.items() if text.startswith("●")] == [band.best]
    endings = next(root.section("endings").all("svg"))
    for seller, text in signed.items():
        assert f"{seller}: signed {text}" in endings.one("desc").said


def test_trust_of_every_buyer_is_followed(committee: Balance, root: Node) -> None:
    heads = [
        s.one("h2").said for s in root.all("section") if s.attrs["aria-labelledby"][:5] == "trust"
    ]
    assert heads == [f"Trust, turn by turn: {p.name}" for p in committee.people]


def test_the_same_balance_is_the_same_page(committee: Balance) -> None:
    assert page(committee) == page(committee)


def test_colours_follow_the_reader_unless_they_are_fixed(committee: Balance, root: Node) -> None:
    assert "data-look" not in root.one("html").attrs
    assert read(page(committee, "dark")).one("html").attrs["data-look"] == "dark"
    text = page(committee)
    used = set(re.findall(r"var\(--([\w-]+)\)", text))
    assert used <= set(re.findall(r"--([\w-]+):", root.one("style").text))


def test_names_of_an_author_cannot_break_the_page(committee: Balance) -> None:
    people = tuple(replace(p, name=HOSTILE) for p in committee.people)
    found = read(page(replace(committee, title=HOSTILE, people=people)))
    assert not list(found.all("script"))
    assert "\u202e" not in found.text
    assert "<script>alert(1)</script>&" in found.one("h1").said


def test_a_page_without_moves_or_reference(committee: Balance) -> None:
    bare = replace(committee, moves=(), reference=None, headroom=None, voices=())
    found = read(page(bare))
    assert words()["page"]["moves_none"] in found.section("moves").said
    assert "optimal" not in found.section("sellers").said


# --- writing it -----------------------------------------------------------------------------------

FEW = ("--runs", "2", "--optimal", "0")


@pytest.mark.long
def test_the_command_writes_it_and_writes_it_again(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "page.html"
    for _ in range(2):
        assert main(["balance", "toronto", *FEW, "--html", str(out)]) == 0
        assert capsys.readouterr().out.endswith(f"{out}\n")
        assert read(out.read_text("utf-8")).one("h1").said


def test_a_page_replaces_nothing_else(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    mine = tmp_path / "mine.yaml"
    mine.write_text("scenario: mine\n")
    assert main(["balance", "toronto", *FEW, "--html", str(mine)]) == 2
    assert "error[U001]" in capsys.readouterr().err
    assert mine.read_text() == "scenario: mine\n"


def test_a_folder_that_is_not_there_is_heard_of_before_the_work(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["balance", "toronto", *FEW, "--html", str(tmp_path / "no" / "page.html")]) == 2
    shown = capsys.readouterr()
    assert "error[W001]" in shown.err
    assert shown.out == ""
