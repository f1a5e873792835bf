"""What commands print with --json: one object, as its published schema says, nothing besides."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from game.cli import main
from game.workshop.store import Kept, Store
from tests.packs import QUAYSIDE

ROOT = Path(__file__).resolve().parents[1]
BAD = ROOT / "tests/scenarios/bad"


def printed(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, dict[str, Any]]:
    """Exit status and object of a command, checked against its schema."""
    status = main([*arguments, "--json"])
    shown = capsys.readouterr()
    found: dict[str, Any] = json.loads(shown.out)
    schema = json.loads((ROOT / f"docs/json/{arguments[0]}.schema.json").read_text("utf-8"))
    jsonschema.validate(found, schema)
    assert shown.err == ""
    return status, found


@pytest.mark.long
def test_check_of_good_files(capsys: pytest.CaptureFixture[str]) -> None:
    status, found = printed(capsys, "check", "seoul", str(ROOT / "scenarios/osaka.yaml"))
    assert status == 0
    assert found["ok"]
    assert found["errors"] == 0


def test_check_of_every_bad_file(capsys: pytest.CaptureFixture[str]) -> None:
    files = sorted(BAD.glob("*.yaml"))
    status, found = printed(capsys, "check", *map(str, files))
    assert status == 1
    assert not found["ok"]
    counted = [d["severity"] for d in found["diagnostics"]]
    for severity in ("error", "warning", "hint"):
        assert found[severity + "s"] == counted.count(severity)
    assert found["errors"] > 0
    assert len(counted) >= len(files)


def test_check_of_what_cannot_be_read(capsys: pytest.CaptureFixture[str]) -> None:
    status, found = printed(capsys, "check", "no-such-scenario")
    assert status == 2
    assert [d["code"] for d in found["diagnostics"]] == ["RD004"]


def test_simulate(capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ("simulate", "seoul", "--policy", "direct", "--runs", "60", "--seed", "5")
    status, found = printed(capsys, *arguments, "--set", "buyer.diffuseness=0.2")
    assert status == 0
    assert found["settings"] == ["buyer.diffuseness=0.2"]
    again = printed(capsys, *arguments, "--set", "buyer.diffuseness=0.2")
    assert again == (status, found), "the same command gives the same numbers"


@pytest.mark.long
def test_simulate_in_words(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["simulate", "seoul", "--policy", "direct", "--runs", "60"]) == 0
    shown = capsys.readouterr()
    for word in ("agreement", "walkaway", "score", "relationship", "p95"):
        assert word in shown.out
    assert shown.err == ""


@pytest.mark.long
def test_balance(capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ("balance", "seoul", "--runs", "4", "--optimal", "0", "--seed", "5")
    status, found = printed(capsys, *arguments, "--set", "toughness=0.1")
    assert status == 0
    assert found["settings"] == ["toughness=0.1"]
    assert len(found["bands"]) == 9
    assert found["reference"] is None


def test_machine(capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ("machine", "toronto-committee", "--runs", "6", "--policy", "direct", "novice")
    status, found = printed(capsys, *arguments, "--buyer", "kurian")
    assert status == 0
    assert (found["buyer"], found["policies"]) == ("kurian", ["direct", "novice"])
    assert printed(capsys, *arguments, "--buyer", "kurian") == (status, found)


def test_a_refused_simulation_says_so_once_and_ends_with_2(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["simulate", "seoul", "--policy", "direct", "--set", "toughnes=0.1", "--json"]) == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err.count("error[U001]") == 1
    assert "did you mean “toughness”?" in shown.err


def test_pack(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = tmp_path / "q.zip"
    status, found = printed(capsys, "pack", str(QUAYSIDE), "--output", str(path))
    assert status == 0 and found["ok"]
    assert found["sha256"] == hashlib.sha256(path.read_bytes()).hexdigest()
    assert found["bytes"] == path.stat().st_size
    assert "moves.yaml" in [file["name"] for file in found["files"]]
    status, found = printed(capsys, "pack", str(BAD / "packs/k016"), "--output", str(path))
    assert status == 1 and not found["ok"] and found["file"] is None
    assert [d["code"] for d in found["check"]["diagnostics"] if d["severity"] == "error"] == [
        "K016"
    ]


def test_sessions(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    store = Store(f"sqlite:///{tmp_path}/rooms.db")
    store.create(Kept("ab12", "Monday", 1_000_000_000.0, 1_000_000_100.0, "00" * 32), [], [])
    store.close()
    status, found = printed(capsys, "sessions", "--store", f"sqlite:///{tmp_path}/rooms.db")
    assert status == 0
    (one,) = found["sessions"]
    assert (one["id"], one["title"], one["due"]) == ("ab12", "Monday", True)
    assert (one["created"], one["keep_until"]) == ("2001-09-09T01:46:40Z", "2001-09-09")
