"""The commands as processes: exit statuses, saves, kills, and nothing but text on a pipe."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from game.session.transcript import load_transcript
from tests.session.tables import SHIPPED, loaded

ROOT = Path(__file__).parents[2]
LINES = ["2", "1", "1", "2", "5", "3", "7", "1", "4", "6", "2", "w", "3", "1", "5"] * 4


@pytest.fixture
def env(tmp_path: Path) -> dict[str, str]:
    home = {"HOME": str(tmp_path), "XDG_DATA_HOME": str(tmp_path / "data")}
    return os.environ | home | {"PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"}


def command(*words: str) -> list[str]:
    return [sys.executable, "-m", "game.cli", *words]


def longlunch(
    env: dict[str, str], *words: str, lines: list[str] | None = None
) -> subprocess.CompletedProcess[str]:
    text = "".join(line + "\n" for line in lines or [])
    return subprocess.run(
        command(*words), input=text, capture_output=True, text=True, env=env, timeout=60
    )


def entries(path: Path) -> int:
    return len(load_transcript(path).entries) if path.exists() else -1


def started(env: dict[str, str], path: Path, lines: list[str]) -> subprocess.Popen[str]:
    """A game in progress: `lines` were played and saved, and it waits for more."""
    process = subprocess.Popen(
        command("play", "--text", "seoul", "--seed", "12", "--save", str(path)),
        stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        text=True, env=env,
    )  # fmt: skip
    assert process.stdin is not None
    process.stdin.write("".join(line + "\n" for line in lines))
    process.stdin.flush()
    until = time.monotonic() + 30
    while entries(path) < len(lines) and time.monotonic() < until:
        time.sleep(0.02)
    assert entries(path) == len(lines)
    return process


@pytest.mark.long
def test_a_killed_game_goes_on_as_if_nothing_had_happened(
    env: dict[str, str], tmp_path: Path
) -> None:
    whole, cut = tmp_path / "whole.lunch.json", tmp_path / "cut.lunch.json"
    full = longlunch(
        env, "play", "--text", "seoul", "--seed", "12", "--save", str(whole), lines=LINES
    )
    assert full.returncode == 0 and "Six months later" in full.stdout
    process = started(env, cut, LINES[:9])
    process.kill()
    process.communicate()
    assert process.returncode == -signal.SIGKILL
    rest = longlunch(env, "play", "--text", "--resume", str(cut), lines=LINES[9:])
    assert rest.returncode == 0
    assert load_transcript(cut) == load_transcript(whole)
    end = full.stdout.index("Six months later")
    ending = full.stdout[end:].split("Saved in")[0]
    assert ending in rest.stdout


@pytest.mark.long
def test_interrupting_saves_and_ends_with_130(env: dict[str, str], tmp_path: Path) -> None:
    path = tmp_path / "x.lunch.json"
    process = started(env, path, LINES[:4])
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=30)
    assert process.returncode == 130
    assert entries(path) == 4


@pytest.mark.long
def test_the_end_of_input_saves_in_the_users_folder(env: dict[str, str], tmp_path: Path) -> None:
    for _ in range(2):  # the same seed again replaces no earlier game
        done = longlunch(env, "play", "--text", "osaka", "--seed", "3", lines=["1", "zzz", "w"])
        assert done.returncode == 0 and "Saved. Go on any time with" in done.stdout
        assert "There is no move “zzz”" in done.stderr and "Traceback" not in done.stderr
    saves = sorted(p.name for p in (tmp_path / "data" / "longlunch" / "saves").iterdir())
    assert saves == ["osaka-3-2.lunch.json", "osaka-3.lunch.json"]


@pytest.mark.long
def test_replay_prints_the_same_talk(env: dict[str, str], tmp_path: Path) -> None:
    path = tmp_path / "x.lunch.json"
    played = longlunch(
        env, "play", "--text", "paris", "--seed", "4", "--save", str(path), lines=LINES
    )
    again = longlunch(env, "replay", str(path))
    assert again.returncode == 0
    spoken = [line for line in played.stdout.splitlines() if line.startswith("  “")]
    assert spoken and set(spoken) <= set(again.stdout.splitlines())


@pytest.mark.long
@pytest.mark.parametrize(
    ("words", "status", "code"),
    [
        (["play", "--text", "sejoul"], 2, "RD004"),
        (["play", "--text", "nowhere.yaml"], 2, "RD001"),
        (["play", "--resume", "nowhere.lunch.json"], 2, "RD001"),
        (["play", "--resume", "scenarios/seoul.yaml"], 1, "R001"),
        (["play", "--text", "seoul", "--save", "README.md"], 1, "R007"),
        (["play", "--resume", "x.json", "--seed", "3"], 2, "U001"),
        (["replay", "scenarios/seoul.yaml"], 1, "R001"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_block(
    words: list[str], status: int, code: str, env: dict[str, str]
) -> None:
    before = (ROOT / "README.md").read_bytes()
    done = subprocess.run(
        command(*words), stdin=subprocess.DEVNULL, capture_output=True, text=True, env=env, cwd=ROOT
    )
    assert (done.returncode, done.stdout) == (status, "")
    assert done.stderr.startswith(f"error[{code}]") and "= fix:" in done.stderr
    assert "Traceback" not in done.stderr
    assert (ROOT / "README.md").read_bytes() == before


@pytest.mark.long
def test_a_game_of_another_scenario_is_not_resumed(env: dict[str, str], tmp_path: Path) -> None:
    path = tmp_path / "x.lunch.json"
    longlunch(env, "play", "--text", "seoul", "--seed", "1", "--save", str(path), lines=["w"])
    done = longlunch(env, "play", "--text", "osaka", "--resume", str(path))
    assert done.returncode == 1 and "error[R006]" in done.stderr


@pytest.mark.long
@pytest.mark.parametrize(
    "words",
    [
        ["play", "--text", "seoul", "--d", "2"],
        ["play", "--text", "seoul", "--seed", "x"],
        ["play", "--text", "seoul", "--d", "0.5", "--blind"],
        ["play", "--text", "seoul", "--help-level", "expert"],
        ["plya"],
    ],
)
def test_usage_errors_end_with_2(words: list[str], env: dict[str, str]) -> None:
    done = longlunch(env, *words)
    assert done.returncode == 2 and "longlunch" in done.stderr and not done.stdout


@pytest.mark.long
def test_without_a_scenario_the_tables_are_listed_and_one_is_chosen(env: dict[str, str]) -> None:
    done = longlunch(env, "play", "--text", lines=["zzz", "seoul", "w", "greet"])
    assert done.returncode == 0
    for name in SHIPPED:
        scenario = loaded(name).scenario
        assert scenario.title in done.stdout
        assert f"{scenario.minutes} min" in done.stdout
    listing = done.stdout.split("The noodle press ──")[0].lower()
    for telling in ("diffuse", "specific", "korea", "kang"):
        assert telling not in listing
    assert "There is no such table" in done.stderr
    assert "Meeting 1 of 2" in done.stdout


@pytest.mark.long
def test_settings_are_stored_with_the_seed(env: dict[str, str], tmp_path: Path) -> None:
    path = tmp_path / "x.lunch.json"
    words = ["play", "--text", "seoul", "--seed", "9", "--d", "0.25", "--help-level", "exam"]
    longlunch(env, *words, "--save", str(path), lines=["w"])
    body = json.loads(path.read_text(encoding="utf-8"))
    assert body["seed"] == 9
    assert body["settings"] == {"help": "exam", "d": 0.25, "blind": False}
    assert body["layers"] == ["base"]
    blind = longlunch(env, "play", "--text", "seoul", "--blind", lines=[])
    assert "Blind: this buyer may stand anywhere" in blind.stdout and "Seed " in blind.stdout
