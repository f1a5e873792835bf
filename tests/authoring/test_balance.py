"""`longlunch balance` as an author meets it: text that fits, JSON by its schema, clear refusals."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path

import jsonschema
import pytest
from rich.console import Console

from game.analysis.balance import Balance
from game.analysis.findings import findings
from game.analysis.panel import PANEL
from game.authoring.balance import to_json
from game.authoring.balance_text import console_for, show
from game.authoring.balance_words import listed, said, signed, words
from game.cli import main

ROOT = Path(__file__).resolve().parents[2]
SCHEMA = json.loads((ROOT / "docs/json/balance.schema.json").read_text(encoding="utf-8"))


def printed(found: Balance, width: int) -> list[str]:
    out = io.StringIO()
    console = console_for(out)
    console.width = width
    show(found, console)
    return out.getvalue().splitlines()


def test_what_is_piped_has_eighty_columns() -> None:
    assert console_for(io.StringIO()).width == 80


@pytest.mark.parametrize("width", [80, 60, 40, 24])
def test_no_line_is_wider_than_the_screen_nor_ends_in_blanks(
    committee: Balance, width: int
) -> None:
    for line in printed(committee, width):
        assert len(line) <= width, line
        assert line == line.rstrip()


def test_conclusions_come_first_and_every_seller_is_there(committee: Balance) -> None:
    text = "\n".join(printed(committee, 80))
    flowing = " ".join(text.split())
    first = flowing.index(said(findings(committee)[0]).replace(" %", "%"))
    assert first < flowing.index(words()["terminal"]["own"])
    for seller in (*PANEL, "optimal"):
        assert seller in text
    for person in committee.people:
        assert person.name in flowing
    for sign in ("✓", "●", "○"):
        assert sign in text


def test_levels_are_told_without_colour(committee: Balance) -> None:
    """Each level has a sign of its own."""
    signs = {level["sign"] for level in words()["levels"].values()}
    assert len(signs) == len(words()["levels"])
    out = io.StringIO()
    show(committee, Console(file=out, width=80, no_color=True, force_terminal=True))
    assert any(f" {sign} " in out.getvalue() for sign in signs)


def test_json_follows_its_schema(committee: Balance) -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    found = json.loads(json.dumps(to_json(committee)))
    jsonschema.validate(found, SCHEMA)
    assert found["own"].keys() == set(PANEL)
    assert [band["d"] for band in found["by_band"]] == found["bands"] == [0.2, 0.8]
    assert {f["id"] for f in found["findings"]} <= words()["findings"].keys()


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("nowhere.yaml",), "RD001"),
        (("seoul", "--runs", "1"), "U001"),
        (("seoul", "--optimal", "-3"), "U001"),
        (("seoul", "--jobs", "0"), "U001"),
        (("seoul", "--set", "toughnes=1"), "U001"),
    ],
)
def test_what_cannot_be_done_is_said_at_once(
    capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], code: str
) -> None:
    assert main(["balance", *arguments]) == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    assert f"error[{code}]" in shown.err


def test_numbers_in_words() -> None:
    assert [signed(x) for x in (3.04, -0.44, 0.01)] == ["+3.0", "−0.4", "0.0"]
    assert [listed(list(x)) for x in ("", "a", "ab", "abc")] == ["", "a", "a and b", "a, b and c"]


@pytest.mark.long
def test_every_text_is_used_and_every_conclusion_has_one() -> None:
    """What nobody is shown would still have to be translated."""
    places = [*(ROOT / "game").rglob("*.py"), ROOT / "assets/balance/page.html"]
    sources = "".join(path.read_text(encoding="utf-8") for path in places)
    for section in ("findings", "terminal", "page", "compare", "machine", "ui"):
        for id in words()[section]:
            assert re.search(rf"[\"']{id}[\"']", sources), f"{section}.{id}"
    assert words()["sellers"].keys() == {*PANEL, "optimal"}
