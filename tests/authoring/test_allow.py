"""Comments that let a finding stand."""

from __future__ import annotations

from pathlib import Path

import pytest

from game.authoring.check import look
from tests.scenario.proofs import LINT

CLEAN = (LINT / "clean.yaml").read_text()
LONG = CLEAN.replace("minutes: 10", "minutes: 90").replace("  minutes: 20", "  minutes: 99")


def found(folder: Path, text: str, name: str = "table.yaml") -> list[tuple[str, int]]:
    path = folder / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text)
    return [(d.code, d.line) for d in look([str(folder / "table.yaml")]).diagnostics]


@pytest.mark.parametrize(
    ("comment", "left"),
    [
        ("minutes: 90", [("L018", 6)]),
        ("minutes: 90  # longlunch: allow L018 a long evening", []),
        ("# longlunch: allow L018 a long evening\nminutes: 90", []),
        ("# longlunch: allow L018 a long evening\n\n# and why\nminutes: 90", []),
        ("minutes: 90  #longlunch:allow L018 a long evening", []),
        ("# longlunch: allow L018\nminutes: 90", [("L018", 7), ("L023", 6)]),
        ("# longlunch: allow L999 a long evening\nminutes: 90", [("L018", 7), ("L023", 6)]),
        ("# longlunch: allow\nminutes: 90", [("L018", 7), ("L023", 6)]),
        ("# longlunch: allow L015 a long evening\nminutes: 90", [("L018", 7), ("L024", 6)]),
        ("minutes: 90\n# longlunch: allow L018 too late", [("L018", 6), ("L024", 7)]),
    ],
)
def test_what_a_comment_allows(comment: str, left: list[tuple[str, int]], tmp_path: Path) -> None:
    assert sorted(found(tmp_path, LONG.replace("minutes: 90", comment, 1))) == sorted(left)


def test_an_error_cannot_be_allowed(tmp_path: Path) -> None:
    text = CLEAN.replace(
        "selling:", "# longlunch: allow M001 we like it so\nselling: a mixer\nseling:"
    )
    assert [code for code, _ in found(tmp_path, text)] == ["L024", "M001"]


def test_a_comment_allows_one_finding_and_not_its_twin(tmp_path: Path) -> None:
    issue = "x: {options: [1, 2, 3, 4], you: [1, 1, 0, 0], buyer: [0, 0, 1, 1]}"
    twice = f"issues:\n  {issue}  # longlunch: allow L013 why"
    text = CLEAN.replace("issues:", twice)
    text = text.replace("{price_eur: 0.7,", "{x: 0.1, price_eur: 0.6,").replace(
        "{price_eur: 0.4,", "{x: 0, price_eur: 0.4,"
    )
    assert [code for code, _ in found(tmp_path, text)] == ["L013"]


def test_a_hash_in_a_text_is_no_comment(tmp_path: Path) -> None:
    text = LONG.replace("stake: one order", 'stake: "# longlunch: allow L018 why, one order')
    text = text.replace("in the next street", 'in the next street"')
    assert [code for code, _ in found(tmp_path, text)] == ["L018"]


def test_a_finding_in_a_voice_is_allowed_there(tmp_path: Path) -> None:
    line = "any_shut: {on: any, in: [closed], text: We are done.}"
    text = CLEAN.replace(
        "name: Ada Berg", "name: Ada Berg\n  voice: ada  # longlunch: allow L009 a test"
    )
    voice = f"voice: ada\nsays:\n  # longlunch: allow L007 kept for later\n  {line}\n"
    (tmp_path / "voices").mkdir()
    (tmp_path / "voices/ada.yaml").write_text(voice)
    assert found(tmp_path, text) == []


def test_the_same_file_read_twice_is_counted_once(tmp_path: Path) -> None:
    found(tmp_path, LONG.replace("minutes: 90", "minutes: 90  # longlunch: allow L018 long", 1))
    (tmp_path / "other.yaml").write_text("scenario: other\nextends: table\ntitle: Another\n")
    assert look([str(tmp_path)]).diagnostics == ()
