"""A disk that pauses while the profile is told, and while a game, or the program, is left."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from game.desktop.playing import Playing
from game.desktop.practice import Practice
from game.desktop.screens.home import HomeScreen
from game.desktop.screens.selftest import SelfTestScreen
from game.desktop.screens.sheets_menu import open_menu
from game.desktop.screens.table import TableScreen
from game.desktop.words import say
from game.review import profile_files as files
from game.review.profile import Profile
from game.scenario.diagnostics import LongLunchError
from game.session.transcript import load_transcript
from tests.desktop.homes import TODAY, left_in_the_middle, practised
from tests.desktop.slow_disk import Disk, Slow, kept, pausing, sit


@pytest.fixture
def disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Disk]:
    with pausing(monkeypatch, tmp_path) as made:
        yield made


# --- the profile ----------------------------------------------------------------------------------


def test_a_try_is_judged_once_the_profile_has_it(disk: Disk) -> None:
    profile = practised()
    practice = Practice(profile, profile.due(TODAY)[0], TODAY)
    pilot = Slow.at(practice.screen())
    disk.pause()
    pilot.key("1")
    pilot.wait(0.5)
    assert practice.verdict is None
    assert Profile.load(files.data_dir()).moment(practice.moment.id).tries == ()
    disk.go_on()
    pilot.written()
    assert practice.verdict is not None
    (made,) = Profile.load(files.data_dir()).moment(practice.moment.id).tries
    copy = load_transcript(practice.path)
    assert made.branch in [entry.id for entry in copy.entries], "the line was kept before the try"


def test_the_result_of_the_self_test_is_shown_with_what_became_of_it(disk: Disk) -> None:
    pilot = Slow.at(SelfTestScreen(TODAY))
    screen = pilot.app.screen
    pilot.key("return")
    disk.pause()
    for _ in screen.ids:  # type: ignore[attr-defined]
        pilot.key("2")
    pilot.wait(0.5)
    assert not pilot.sees(say("selftest.kept")) and not (files.data_dir() / files.FILE).exists()
    disk.go_on()
    pilot.written()
    assert pilot.sees(say("selftest.kept"))
    assert len(Profile.load(files.data_dir()).book.tests) == 1


# --- leaving --------------------------------------------------------------------------------------


def test_save_and_quit_leaves_once_it_is_saved(disk: Disk) -> None:
    pilot, screen = sit(("greet@kang",))
    pilot.app.start = lambda: HomeScreen(TODAY)
    screen.playing.path.unlink()
    disk.pause()
    open_menu(screen, screen.playing, lambda action: None)
    pilot.click("save and quit")
    pilot.wait(0.5)
    assert pilot.app.screen is screen
    disk.go_on()
    pilot.written()
    assert isinstance(pilot.app.screen, HomeScreen) and screen.playing.path.exists()


def test_going_on_waits_for_what_is_being_written_to_the_same_game(disk: Disk) -> None:
    path = left_in_the_middle("seoul")
    playing = Playing.resume(path)
    pilot = Slow.at(HomeScreen(TODAY))
    playing.writer = pilot.app.saving.writer
    disk.pause()
    playing.read(0.25, 0.5, "kang")  # as of a table that was left a moment ago
    pilot.click("continue")
    assert isinstance(pilot.app.screen, HomeScreen)
    disk.go_on()
    pilot.written()
    screen = pilot.app.screen
    assert isinstance(screen, TableScreen) and screen.game.reads == {"kang": (0.25, 0.5)}


def test_a_window_that_closes_waits_for_what_is_being_written(disk: Disk, tmp_path: Path) -> None:
    pilot, screen = sit(("greet@kang",))
    pilot.app.settings_file = tmp_path / "settings.json"
    disk.pause()
    pilot.key("1")
    threading.Timer(0.2, disk.go_on).start()
    pilot.app.shut()
    assert kept(screen) == [entry.id for entry in screen.game.transcript.entries]
    assert (tmp_path / "settings.json").exists()
    assert pilot.app.saving.writer.untold() is None


def test_what_fails_while_the_window_closes_is_known_afterwards(disk: Disk) -> None:
    pilot, _ = sit(("greet@kang",))
    disk.refuses = True
    disk.pause()
    pilot.key("1")
    threading.Timer(0.2, disk.go_on).start()
    pilot.app.shut()
    problem = pilot.app.saving.writer.untold()
    assert isinstance(problem, LongLunchError) and problem.diagnostics[0].code == "W001"
