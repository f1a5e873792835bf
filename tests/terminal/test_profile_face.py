"""The profile in the terminal: shown, printed as JSON, taken away, erased only when meant."""

from __future__ import annotations

import builtins
import io
import json
import os
import subprocess
import sys
import zipfile
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from game.cli import main
from game.review import profile_files as files
from game.review.profile import Assessment, Lost, Profile, ReadRecord
from game.scenario.data import load_common
from game.session.saves import saves_dir
from game.session.transcript import load_transcript
from game.terminal import profile as face
from game.terminal.screen import Screen
from tests.review.profiles import GAME, moves_of, record

ROOT = Path(__file__).parents[2]
SCHEMA = json.loads((ROOT / "docs/json/profile.schema.json").read_text(encoding="utf-8"))
TODAY = date(2026, 3, 2)
DAY = timedelta(1)


class Today(date):
    @classmethod
    def today(cls) -> Today:
        return cls(2026, 3, 9)


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(files, "data_dir", lambda: tmp_path / "data")
    monkeypatch.setattr(face, "date", Today)
    monkeypatch.setattr(sys, "stdin", io.StringIO(""))
    return tmp_path / "data"


def fill(folder: Path, reviews: int = 3) -> Profile:
    profile = Profile.load(folder)
    read = ReadRecord(buyer="kang", d=0.7, confidence=0.5, error=0.25, within=False)
    for n in range(reviews):
        profile.add_review(
            record(
                f"e{n + 1}", date=TODAY + n * DAY, score=50.0 + n, accuracy=60.0 + n, style=0.25,
                style_n=10, blind=n == 1, reads=(read,), accuracy_by_phase={"table": 61.0},
            )
        )  # fmt: skip
    game = load_transcript(GAME)
    one, two = moves_of(game)[:2]
    lost = [Lost(one, 4, "mistake", 12.4), Lost(two, 0, "blunder", 20.0)]
    profile.add_moments(game, lost, TODAY)
    profile.add_test(TODAY, "judgment", "a", {"right": 7})
    profile.save()
    return profile


def said(capsys: pytest.CaptureFixture[str]) -> str:
    shown = capsys.readouterr()
    assert shown.err == ""
    assert "{" not in shown.out and "\x1b" not in shown.out
    return " ".join(shown.out.split())


# --- shown --------------------------------------------------------------------------------------


def test_nothing_yet_is_said_kindly(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["profile"]) == 0
    assert said(capsys) == face.text("empty")
    assert not folder.exists()


def test_the_folder_is_the_one_beside_the_saves() -> None:
    assert files.data_dir() == saves_dir().parent
    assert saves_dir().name == files.SAVES


def test_what_was_done_and_what_is_due(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    fill(folder)
    assert main(["profile"]) == 0
    shown = said(capsys)
    for words in (
        "3 games", "51 of 100", "61 of 100", "0.25 on a scale from 0 specific to 1 diffuse",
        "from 30 moves",
        "off by 0.25", "0 of 100 as near", "1 taken", "2026-03-03 seoul 51 61 0.25 plain, blind",
        "To try again today", "seoul, turn 4: it cost 12 points; not tried yet",
        "seoul, away from the table: it cost 20 points", "0 of 2", str(folder.name),
    ):  # fmt: skip
        assert words in shown, words


def test_a_long_history_is_cut_to_the_latest(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    fill(folder, reviews=14)
    assert main(["profile"]) == 0
    shown = said(capsys)
    assert "The latest 12 of 14 games" in shown
    assert "2026-03-02 seoul" not in shown and "2026-03-15 seoul" in shown


def test_few_columns_show_all_the_same(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    fill(folder)
    monkeypatch.setattr(face, "Screen", lambda: Screen(width=40))
    assert main(["profile"]) == 0
    assert "2026-03-03 seoul: score 51, accuracy 61" in said(capsys)


def test_what_is_not_due_has_its_day_and_what_is_passed_is_said(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    profile = fill(folder)
    ids = [moment.id for moment in profile.book.moments]
    for id in ids:
        profile.tried(id, date(2026, 3, 8), 0.0)
    profile.save()
    assert main(["profile"]) == 0
    assert "The next moment comes back on 2026-03-11." in said(capsys)
    for id in ids:
        profile.tried(id, date(2026, 3, 11), 0.0)
        profile.tried(id, date(2026, 3, 18), 0.0)
    profile.save()
    assert main(["profile"]) == 0
    shown = said(capsys)
    assert face.text("due_all_passed") in shown and "2 of 2" in shown


def test_moments_or_tests_alone(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    profile = Profile.load(folder)
    for form in ("a", "b"):
        profile.add_test(TODAY, "self", form, {"d": 0.5})
    profile.save()
    assert isinstance(profile.book.tests[0], Assessment)
    assert main(["profile"]) == 0
    assert "2 taken" in said(capsys)


@pytest.mark.parametrize("filled", [False, True])
def test_json_is_one_object_as_published(
    filled: bool, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    if filled:
        fill(folder)
    assert main(["profile", "--json"]) == 0
    shown = capsys.readouterr()
    found: dict[str, Any] = json.loads(shown.out)
    jsonschema.validate(found, SCHEMA)
    assert found["today"] == "2026-03-09"
    assert len(found["due"]) == 2 * filled
    assert main(["profile", "--json"]) == 0
    assert capsys.readouterr().out == shown.out
    if filled:
        body = json.loads((folder / "profile.json").read_bytes())
        assert {name: found[name] for name in body} == body


def test_a_damaged_profile_is_refused_and_can_be_set_aside(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder.mkdir()
    (folder / "profile.json").write_text('{"format": "longlunch.profile/1"')
    for more in ([], ["--json"]):
        assert main(["profile", *more]) == 1
        shown = capsys.readouterr()
        assert shown.out == "" and shown.err.startswith("error[PR002]: ")
        assert "longlunch profile set-aside" in shown.err
    assert main(["profile", "set-aside"]) == 0
    assert "profile.aside-1.json" in said(capsys)
    assert main(["profile"]) == 0
    assert said(capsys) == face.text("empty")
    assert main(["profile", "set-aside"]) == 0
    assert said(capsys) == face.text("aside_nothing")


# --- taken away, and erased ---------------------------------------------------------------------


def test_export_by_command(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    fill(folder)
    out = tmp_path / "mine.zip"
    assert main(["profile", "export", str(out)]) == 0
    assert "2 files are in it" in said(capsys)
    with zipfile.ZipFile(out) as archive:
        assert "profile.json" in archive.namelist()
    assert main(["profile", "export", str(out)]) == 1
    assert capsys.readouterr().err.startswith("error[PR005]: ")
    assert main(["profile", "export", str(tmp_path / "no" / "mine.zip")]) == 2
    assert capsys.readouterr().err.startswith("error[W001]: ")


def test_an_export_of_nothing_says_so(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["profile", "export", str(tmp_path / "mine.zip")]) == 0
    assert face.text("exported_nothing") in said(capsys)


def test_a_pipe_erases_nothing_without_yes(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    fill(folder)
    monkeypatch.setattr(sys, "stdin", io.StringIO("y\n"))
    assert main(["profile", "erase"]) == 2
    shown = capsys.readouterr()
    assert shown.out == "" and shown.err.startswith("error[U001]: ") and "--yes" in shown.err
    assert (folder / "profile.json").exists()


def test_erased_by_yes_says_what_went(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    fill(folder)
    (folder / "saves").mkdir()
    (folder / "saves" / "seoul-7.lunch.json").write_bytes(GAME.read_bytes())
    assert main(["profile", "erase", "--yes"]) == 0
    shown = said(capsys)
    assert "your profile" in shown and "moments to try again: 1" in shown
    assert face.text("erased_saves_stay") in shown
    assert main(["profile", "erase", "--saves", "--yes"]) == 0
    assert "saved games: 1" in said(capsys)
    assert not folder.exists()
    assert main(["profile", "erase", "--yes"]) == 0
    assert said(capsys) == face.text("erase_nothing")


@pytest.mark.parametrize("answer", ["y", "YES", "n", "", "what", None])
def test_a_person_is_asked_first(
    answer: str | None,
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    fill(folder)
    asked = []

    def reply(*_: str) -> str:
        asked.append(capsys.readouterr().out)
        if answer is None:
            raise EOFError
        return answer

    monkeypatch.setattr(sys, "stdin", Terminal())
    monkeypatch.setattr(builtins, "input", reply)
    assert main(["profile", "erase"]) == 0
    [before] = asked
    assert "your profile" in before and "Remove all this?" in before
    meant = (answer or "").lower() in ("y", "yes")
    assert (face.text("erase_kept") in capsys.readouterr().out) is not meant
    assert folder.exists() is not meant


def test_an_interrupted_question_erases_nothing(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(folder)

    def interrupted(*_: str) -> str:
        raise KeyboardInterrupt

    monkeypatch.setattr(sys, "stdin", Terminal())
    monkeypatch.setattr(builtins, "input", interrupted)
    assert main(["profile", "erase"]) == 130
    assert (folder / "profile.json").exists()


def test_a_link_that_was_erased_is_told_of(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder.mkdir()
    (tmp_path / "other").write_text("x")
    (folder / "profile.json").symlink_to(tmp_path / "other")
    assert main(["profile"]) == 1
    assert capsys.readouterr().err.startswith("error[PR004]: ")
    assert main(["profile", "erase", "--yes"]) == 0
    assert "what it led to was left alone" in said(capsys)
    assert (tmp_path / "other").read_text() == "x"


@pytest.mark.parametrize("words", [["--json", "erase"], ["erase", "--ye"], ["exprt"], ["export"]])
def test_a_command_line_that_makes_no_sense(
    words: list[str], folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    fill(folder)
    assert main(["profile", *words]) == 2
    shown = capsys.readouterr()
    assert shown.out == "" and shown.err.startswith("error[U001]: ")
    assert (folder / "profile.json").exists()


@pytest.mark.long
def test_as_a_process_it_keeps_to_the_users_folder(tmp_path: Path) -> None:
    home = {"HOME": str(tmp_path), "XDG_DATA_HOME": str(tmp_path / "data")}
    done = subprocess.run(
        [sys.executable, "-m", "game.cli", "profile"], cwd=tmp_path, capture_output=True,
        text=True, timeout=60, env=os.environ | home | {"PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    assert list(tmp_path.iterdir()) == []


# --- words --------------------------------------------------------------------------------------


def test_every_text_of_the_profile_is_used() -> None:
    source = Path(face.__file__).read_text(encoding="utf-8")
    source += Path(files.__file__).read_text(encoding="utf-8")
    pairs = ("exported", "reviews", "tests", "style_mean", "due_tries")
    made = {f"{name}_{n}" for name in pairs for n in ("one", "many")}
    made |= {f"column_{name}" for name in ("date", "table", "score", "accuracy", "style", "help")}
    made |= {f"erase_{name}" for name in ("aside", "moments", "saves", "leftovers")}
    for id, text in load_common("profile_words.yaml")["profile"].items():
        assert id in made or f'"{id}"' in source, id
        assert isinstance(text, str) and text.strip()
