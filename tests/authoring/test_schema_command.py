"""`longlunch schema` at the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from game.cli import main
from game.scenario.schema import schema_text


def test_it_prints_the_scenario_schema(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["schema"]) == 0
    assert capsys.readouterr().out == schema_text("scenario")


def test_it_writes_over_an_older_one_and_leaves_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "voice.schema.json"
    path.write_text("{}", encoding="utf-8")
    assert main(["schema", "voice", "--output", str(path)]) == 0
    assert json.loads(path.read_text(encoding="utf-8"))["$id"].endswith("voice:1")
    assert [p.name for p in tmp_path.iterdir()] == [path.name]


def test_a_folder_that_is_not_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["schema", "--output", str(tmp_path / "nowhere" / "x.json")]) == 2
    assert "error[W001]" in capsys.readouterr().err


def test_an_unknown_kind_is_told_with_the_known_ones(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["schema", "scenarios"]) == 2
    assert "did you mean “scenario”?" in capsys.readouterr().err
