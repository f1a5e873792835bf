"""Packs on the command line: chosen from, named in part, opened by their path alone."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest

from game.cli import main
from game.session.transcript import load_transcript
from tests.packs import QUAYSIDE, zipped


def play(monkeypatch: pytest.MonkeyPatch, typed: str, *arguments: str) -> int:
    monkeypatch.setattr(sys, "stdin", io.StringIO(typed))
    return main([*arguments])


@pytest.mark.parametrize(("answer", "id"), [("1", "slipway"), ("winter-berth", "winter-berth")])
def test_a_table_is_chosen_from_a_pack(
    answer: str,
    id: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    pack, saved = str(zipped(tmp_path)), tmp_path / "x.lunch.json"
    typed = f"{answer}\nwait\nwait\ngreet\nwalk_hull\n"
    assert play(monkeypatch, typed, "play", "--text", pack, "--save", str(saved)) == 0
    out = capsys.readouterr().out
    assert "Two doors on the quay" in out and "The morning at the slipway (slipway), 8 min" in out
    assert "seoul" not in out
    kept = load_transcript(saved)
    assert kept.scenario == id and "pack/moves.yaml" in kept.sources
    assert [e.data.get("action") for e in kept.entries][-1] == "walk_hull"


def test_a_path_alone_is_played_as_systems_open_a_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert play(monkeypatch, "\n", str(zipped(tmp_path)), "--text") == 0
    assert "Two doors on the quay" in capsys.readouterr().out


def test_leaving_the_list_is_no_fault(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert play(monkeypatch, "", "play", "--text", str(QUAYSIDE)) == 0


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (["simulate", "{}", "--policy", "direct"], "RD005", "{}:slipway"),
        (["simulate", "{}:slipwy", "--policy", "direct"], "RD004", "did you mean “slipway”?"),
        (["play", "--text", "{}:nowhere"], "RD004", "slipway, winter-berth"),
        (["simulate", "{}:slipway", "--policy", "walkr"], "P001", "did you mean “walker”?"),
    ],
)
def test_what_is_not_in_a_pack_is_said_in_one_block(
    arguments: list[str], code: str, says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([word.format(QUAYSIDE) for word in arguments]) == 2
    err = capsys.readouterr().err
    assert err.startswith(f"error[{code}]: ") and err.count("error[") == 1
    assert says.format(QUAYSIDE.relative_to(Path.cwd())) in err


def test_a_packs_seller_is_simulated(capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["simulate", f"{QUAYSIDE}:slipway", "--policy", "walker", "--runs", "30"]
    assert main(arguments) == 0
    assert "walker" in capsys.readouterr().out
