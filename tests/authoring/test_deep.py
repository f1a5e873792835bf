"""`check --deep`: findings at their lines, the same for any number of processes, a true report."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from game.analysis.measured import GAMES
from game.analysis.panel import PANEL
from game.authoring.check import look
from game.authoring.deep import Deep, PlayResult
from game.authoring.deep_json import deep_json
from game.authoring.deep_run import DeepRun
from game.authoring.deep_text import deep_text
from game.authoring.deep_words import exact, number, percent
from game.authoring.examination import examination, examined
from game.cli import main
from game.scenario.diagnostics import to_json
from game.scenario.library import scenarios_dir, shipped
from game.scenario.model import Play
from tests.authoring.deep_proofs import DEEP, OURS, page, played, refreshed
from tests.scenario.proofs import ROOT

LAMP, PROFIT = (f"tests/scenarios/deep/{name}.yaml" for name in ("workshop_lamp", "own_profit"))


def schema() -> dict[str, Any]:
    found: dict[str, Any] = json.loads((ROOT / "docs/json/check.schema.json").read_text("utf-8"))
    return found


def lamp() -> Deep:
    return played(LAMP)[1].deeps[0]


# --- without playing ------------------------------------------------------------------------------


def test_numbers_are_written_as_people_write_them() -> None:
    assert [number(x) for x in (0.064, -0.31, 1.4, 12.3, -0.001, 0)] == [
        ".06", "−.31", "1.4", "12", ".00", ".00",
    ]  # fmt: skip
    assert [exact(x) for x in (0.72, -0.2, 12.0, 0.125)] == [".72", "−.2", "12", ".125"]
    assert [percent(x) for x in (0, 0.001, 0.5, 0.999, 1)] == [
        "0 %", "less than 1 %", "50 %", "99 %", "100 %",
    ]  # fmt: skip


def test_without_deep_nothing_is_played_and_what_playing_shows_may_be_allowed(
    tmp_path: Path,
) -> None:
    text = (DEEP / "own_profit.yaml").read_text(encoding="utf-8")
    lamp_text = (DEEP / "workshop_lamp.yaml").read_text(encoding="utf-8")
    (tmp_path / "voices").mkdir()
    voice = (DEEP / "voices/marit.yaml").read_text(encoding="utf-8")
    (tmp_path / "voices/marit.yaml").write_text(voice, encoding="utf-8")
    (tmp_path / "workshop_lamp.yaml").write_text(lamp_text, encoding="utf-8")
    allowed = text.replace("score:", "# longlunch: allow D005 it is there to tempt\nscore:")
    (tmp_path / "own_profit.yaml").write_text(allowed, encoding="utf-8")
    codes = {d.code for d in look([str(tmp_path / "own_profit.yaml")]).diagnostics}
    assert not codes & {*OURS, "L023", "L024"}


@pytest.mark.parametrize("other", ["--fix", "--diff", "--watch"])
def test_deep_changes_nothing(other: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--deep", other, "seoul"]) == 2
    assert "error[U001]" in capsys.readouterr().err


def test_what_has_an_error_is_not_played(tmp_path: Path) -> None:
    bad = tmp_path / "bad.yaml"
    text = (ROOT / "tests/scenarios/good/corner_bakery.yaml").read_text(encoding="utf-8")
    bad.write_text(text.replace("A: rapport", "A: raport"), encoding="utf-8")
    run = DeepRun(jobs=1)
    found = examination(examined([str(bad)]), run).diagnostics
    assert [d.code for d in found if d.severity == "error"] == ["P001"]
    assert run.deeps == []


def test_a_play_that_went_another_way_says_why_in_a_sentence() -> None:
    play = Play(moves=["wait", "greet"], events=["signed"])
    assert PlayResult("p").why(play) == ""
    assert PlayResult("p", move=1, message="move 2, “greet”, …").why(play).startswith("move 2")
    assert PlayResult("p", event=0, instead=("asks_price",)).why(play) == (
        "“signed” does not happen; what did: asks_price"
    )


# --- played ---------------------------------------------------------------------------------------


@pytest.mark.long
@pytest.mark.parametrize("code", OURS)
def test_a_page_shows_the_message_as_it_is_today(code: str) -> None:
    text = page(code).read_text(encoding="utf-8")
    assert text == refreshed(code, text), "run python -m tests.authoring.deep_proofs"


@pytest.mark.long
def test_findings_stand_at_their_lines() -> None:
    found, _ = played(LAMP)
    lines = (ROOT / LAMP).read_text(encoding="utf-8").splitlines()
    told = {d.code: lines[d.line - 1] for d in found.diagnostics if d.file == LAMP}
    assert "Talk before the price pays" in told["D001"]
    assert "too_soon" in told["D002"] or "straight_in" in told["D002"]
    assert told["D003"].strip().startswith(("stool", "vice", "shade", "dimmer"))
    assert "At least it costs nothing" in told["D007"]
    [voice] = [d for d in found.diagnostics if d.code == "D004"]
    assert voice.file.endswith("voices/marit.yaml") and voice.line == 1


@pytest.mark.long
def test_the_numbers_do_not_hang_on_the_processes() -> None:
    [one] = played(LAMP)[1].deeps
    run = DeepRun(jobs=3)
    examination(examined([str(ROOT / LAMP)]), run)
    [three] = run.deeps
    assert three.measured == one.measured
    assert deep_text(three) == deep_text(one)


@pytest.mark.long
@pytest.mark.parametrize("file", [LAMP, PROFIT])
def test_the_object_is_as_its_schema_says(file: str) -> None:
    found, run = played(file)
    measured = {"seed": run.seed, "scenarios": [deep_json(deep) for deep in run.deeps]}
    whole = json.loads(json.dumps({**to_json(found.diagnostics), "measured": measured}))
    jsonschema.validate(whole, schema())
    [scenario] = whole["measured"]["scenarios"]
    assert scenario["playthroughs"] == GAMES * len(PANEL)
    assert scenario["reached"]["events"]["ended"] == scenario["playthroughs"]
    for each in scenario["words"]:
        shares = [each["own"], *(one["share"] for one in each["wanted"])]
        assert shares == sorted(shares)


@pytest.mark.long
def test_the_report_can_be_pasted() -> None:
    report = deep_text(lamp())
    assert "smallest change: buyer.diffuseness.mean" in report
    assert "✗ play straight_in: “state:partner” does not happen; what did: " in report
    block = report.partition("# for voices/marit.yaml\n")[2]
    lines = yaml.safe_load("\n".join(line[4:] for line in block.splitlines()))
    assert set(lines) <= {"says", "notices", "letters"}
    assert sum(len(part) for part in lines.values()) == 20
    voice = lamp().subject.voice("solberg")
    assert voice is not None and not set(lines["says"]) & set(voice[0].says)


@pytest.mark.long
def test_the_command_prints_report_and_findings(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--deep", "--jobs", "1", str(ROOT / PROFIT)]) == 0
    shown = capsys.readouterr()
    assert shown.out.startswith("own-profit: 2,000 playthroughs by 8 sellers\n")
    assert "warning[D006]" in shown.err


@pytest.mark.long
@pytest.mark.parametrize("name", sorted(shipped()))
def test_every_shipped_scenario_is_clean(name: str) -> None:
    run = DeepRun()
    found = examination(examined([name]), run).diagnostics
    assert [(d.code, d.file, d.line, d.message) for d in found if d.code in OURS] == []
    [deep] = run.deeps
    assert 3 <= len(deep.measured.expectations) <= 5
    assert all(one.passed for one in deep.measured.expectations)
    assert deep.plays and all(play.passed for play in deep.plays)


def test_every_shipped_expectation_says_what_it_means() -> None:
    for path in shipped().values():
        entries = yaml.safe_load(path.read_text(encoding="utf-8")).get("expect", [])
        assert 3 <= len(entries) <= 5, path
        assert all(entry["claim"] for entry in entries)
    assert scenarios_dir().is_dir()
