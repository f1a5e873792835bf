"""Pictures of every screen: the table of them, the command, and what it finds."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import platformdirs
import pygame
import pytest

from game.cli import main
from game.desktop import shots
from game.desktop.layout import Column
from game.desktop.pilot import Pilot
from game.desktop.screen import Screen
from game.desktop.shots_states import SHOTS
from game.desktop.shots_studio import Studio, data_at
from game.desktop.widget import Widget
from game.desktop.widgets import Button, Label
from game.scenario.diagnostics import LongLunchError

ROOT = Path(__file__).resolve().parents[2]
SCHEMA = json.loads((ROOT / "docs/json/shots.schema.json").read_text("utf-8"))
LOOKS = len(shots.TEXT) * len(shots.SIZES) * len(shots.THEMES)


def taken(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, dict[str, Any]]:
    """Exit status and object of the command, checked against its schema."""
    status = main(["shots", *arguments, "--json"])
    shown = capsys.readouterr()
    found: dict[str, Any] = json.loads(shown.out)
    jsonschema.validate(found, SCHEMA)
    assert shown.err == ""
    return status, found


@pytest.mark.long
def test_a_state_is_taken_in_every_theme_text_and_window(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status, found = taken(capsys, str(tmp_path), "--only", "help-play")
    assert (status, found["ok"]) == (0, True)
    assert len(found["shots"]) == LOOKS
    assert sorted(s["file"] for s in found["shots"]) == sorted(p.name for p in tmp_path.iterdir())
    for shot in found["shots"]:
        picture = pygame.image.load(tmp_path / shot["file"])
        assert picture.get_size() == (shot["width"], shot["height"])
        wide, high = picture.get_size()
        seen = {tuple(picture.get_at((x, y))) for x in range(0, wide, 5) for y in range(0, high, 9)}
        assert len(seen) > 10, "a picture is no empty page"
    assert len({(tmp_path / s["file"]).read_bytes() for s in found["shots"]}) == LOOKS


@pytest.mark.long
def test_the_same_command_writes_the_same_pictures(tmp_path: Path) -> None:
    names = ["table-late.paper-100-720", "help-keys.dark-200-720"]
    for folder in ("one", "two"):
        assert [s.faults for s in shots.take(tmp_path / folder, names)] == [(), ()]
    for name in names:
        one, two = (tmp_path / folder / f"{name}.png" for folder in ("one", "two"))
        assert one.read_bytes() == two.read_bytes()


@pytest.mark.long
def test_nothing_of_the_player_is_read_or_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine = tmp_path / "mine"
    monkeypatch.setattr(platformdirs, "user_data_dir", lambda *args, **options: str(mine))
    names = ["prepare.paper-100-720", "settings-data.paper-100-720"]
    assert len(list(shots.take(tmp_path / "shots", names))) == 2
    assert not mine.exists()
    assert platformdirs.user_data_dir("longlunch") == str(mine), "put back afterwards"


@pytest.mark.parametrize(
    ("patterns", "states", "pictures"),
    [
        ([], len(SHOTS), len(SHOTS) * LOOKS),
        (["table-first"], 1, LOOKS),
        (["settings-*"], 7, 7 * LOOKS),
        (["help-*.dark-*"], 5, 5 * LOOKS // 3),
        (["home-full.paper-100-720", "home-full.paper-*"], 1, LOOKS // 3),
    ],
)
def test_patterns_choose(patterns: list[str], states: int, pictures: int) -> None:
    found = shots.wanted(patterns)
    assert (len(found), sum(map(len, found.values()))) == (states, pictures)


def test_a_name_that_fits_nothing_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["shots", str(tmp_path / "new"), "--only", "table-frist"]) == 2
    shown = capsys.readouterr()
    assert shown.err.startswith("error[U001]: there is no picture “table-frist”")
    assert "did you mean “table-first”?" in shown.err
    assert not (tmp_path / "new").exists()


def test_a_folder_that_cannot_be_made_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("in the way")
    assert main(["shots", str(tmp_path / "file"), "--only", "help-play"]) == 2
    assert "error[W001]" in capsys.readouterr().err


class Crowded(Screen):
    """A label in a place that is too low for it."""

    def build(self) -> Widget:
        return Column(Label("as high as a line is", height=4.0), Button("below"))


class Failing(Screen):
    def build(self) -> Widget:
        raise RuntimeError("the cup fell")


def cannot(studio: Studio) -> Pilot:
    raise LookupError("nobody is there")


@pytest.mark.parametrize(
    ("make", "fault", "written"),
    [
        (lambda studio: studio.show(Crowded()), "needs more height than it has", True),
        (lambda studio: studio.show(Failing()), "RuntimeError: the cup fell", True),
        (cannot, "LookupError: nobody is there", False),
    ],
)
def test_what_does_not_fit_is_listed_and_ends_with_1(
    make: Any, fault: str, written: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    monkeypatch.setitem(SHOTS, "odd", (make, False))
    name = "odd.paper-100-720"
    status, found = taken(capsys, str(tmp_path), "--only", name)
    assert (status, found["ok"]) == (1, False)
    (shot,) = found["shots"]
    assert any(fault in one for one in shot["faults"])
    assert shot["file"] == (f"{name}.png" if written else "")
    assert main(["shots", str(tmp_path), "--only", name, "help-play.paper-100-720"]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert any(line.startswith("odd.paper-100-720: ") and fault in line for line in lines)


@pytest.mark.long
def test_games_end_as_they_are_asked_to(tmp_path: Path) -> None:
    from game.core.vocabulary import Ending

    with data_at(tmp_path):
        for ending in (Ending.AGREEMENT, Ending.WALKAWAY, Ending.DEADLINE):
            game = Studio(tmp_path).ended("osaka", ending).game
            assert int(game.outcome().ending[0]) == ending


def test_the_long_words_make_a_scenario_that_can_be_played() -> None:
    assert main(["check", str(ROOT / "assets/shots/long-words.yaml")]) == 0


def test_scripted_plays_stop_with_their_game(tmp_path: Path) -> None:
    with data_at(tmp_path):
        assert Studio(tmp_path).scripted("toronto").game.ended


def test_unknown_states_are_no_silent_success(tmp_path: Path) -> None:
    with pytest.raises(LongLunchError):
        list(shots.take(tmp_path, ["table-first", "nothing"]))


@pytest.mark.long
@pytest.mark.parametrize("state", SHOTS)
def test_every_word_has_room(state: str, tmp_path: Path) -> None:
    names = [f"{state}.paper-100-720", f"{state}.contrast-200-1080"]
    assert {s.state + str(s.text): s.faults for s in shots.take(tmp_path, names)} == {
        f"{state}100": (), f"{state}200": (),
    }  # fmt: skip
