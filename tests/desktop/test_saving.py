"""A disk that pauses: frames go on, nothing is shown before it is kept, all comes in its order."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from game.desktop.input import Command, Key, Pointer
from game.desktop.pilot import Pilot
from game.desktop.playing import Playing
from game.desktop.screens.briefing import BriefingScreen
from game.desktop.screens.prepare import PrepareScreen
from game.desktop.screens.table import TableScreen
from game.desktop.settings import load_settings
from game.desktop.words import say
from game.session.moments import Turn
from game.session.saves import saves_dir
from game.session.seating import Settings
from game.session.transcript import load_transcript
from tests.desktop.slow_disk import Disk, Slow, kept, pausing, said, sit
from tests.session.tables import loaded


@pytest.fixture
def disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Disk]:
    with pausing(monkeypatch, tmp_path) as made:
        yield made


def answered(turn: Turn, screen: TableScreen) -> bool:
    """Whether anything that came of a turn can be read."""
    texts = [one.text for one in (*turn.said, *turn.notices)]
    seen = [*said(screen), *(w.accessible_name for w in screen.side.walk())]
    return any(text in words for text in texts for words in seen)


def full(pilot: Pilot) -> bool:
    return pilot.sees(say("table.unsaved_title"))


# --- a move ---------------------------------------------------------------------------------------


def test_frames_go_on_and_no_answer_is_shown_before_it_is_kept(disk: Disk) -> None:
    pilot, screen = sit(("greet@kang",))
    before, shown, tree, drawn = kept(screen), said(screen), pilot.tree(), pilot.app.redraws
    disk.pause()
    pilot.key("1")
    pilot.wait(6.0)  # he blinks meanwhile
    assert pilot.app.redraws > drawn, "frames go on"
    own = screen.game.turns[-1].own
    assert said(screen) == [*shown, own] and kept(screen) == before
    pilot.app.resize(1600, 900)
    pilot.app.resize(1280, 720)
    new = set(pilot.tree().splitlines()) - set(tree.splitlines())
    trace = screen.ledger.children[0].accessible_name
    mine = (own[:30], trace, say("table.skip"), say("app.slow_disk"), "(disabled)")
    assert [line for line in new if not any(part in line for part in mine)] == []
    disk.go_on()
    pilot.written()
    assert len(kept(screen)) == len(before) + 1
    answered = said(screen)[len(shown) + 1 :]
    assert [one.text for one in screen.game.turns[-1].said] == answered


def test_only_a_long_wait_is_explained(disk: Disk) -> None:
    pilot, _ = sit()
    for seconds, told in ((1.4, False), (1.6, True)):
        disk.pause()
        pilot.key("1")
        pilot.wait(seconds)
        assert pilot.sees(say("app.slow_disk")) is told
        disk.go_on()
        pilot.written()
    pilot.wait(3.0)
    assert not pilot.sees(say("app.slow_disk"))


def test_a_key_is_heard_when_it_is_pressed_and_once(
    disk: Disk, monkeypatch: pytest.MonkeyPatch
) -> None:
    pilot, _ = sit(("greet@kang",))
    heard: list[str] = []
    monkeypatch.setattr(pilot.app.hearing.sound, "play", heard.append)
    disk.pause()
    pilot.key("1")
    assert heard.count("confirm") == 1
    disk.go_on()
    pilot.written()
    assert heard.count("confirm") == 1


def test_a_page_is_heard_when_it_comes(disk: Disk, monkeypatch: pytest.MonkeyPatch) -> None:
    pilot = Slow.at(BriefingScreen(loaded("seoul"), seed=5))
    heard: list[str] = []
    monkeypatch.setattr(pilot.app.hearing.sound, "play", heard.append)
    disk.pause()
    pilot.click("begin")
    assert heard == []
    disk.go_on()
    pilot.written()
    assert heard == ["page"]


def test_at_every_frame_all_that_is_shown_is_kept(
    disk: Disk, monkeypatch: pytest.MonkeyPatch
) -> None:
    pilot, screen = sit(typewriter="fast")
    sync = disk.fsync
    monkeypatch.setattr(os, "fsync", lambda file: (time.sleep(0.02), sync(file)))
    seen = 0
    for _ in range(400):
        if len(screen.root.layers) > 1:
            pilot.key("escape")
        elif not screen.teller.telling and not screen.gone:
            pilot.key("1")
        pilot.wait(0.1)
        shown = [turn.entry for turn in screen.game.turns if answered(turn, screen)]
        if len(shown) > seen:
            seen = len(shown)
            assert set(shown) <= set(kept(screen))
        time.sleep(0.001)
        if seen == 5:
            return
    raise AssertionError("nothing is ever shown")


def test_what_is_done_meanwhile_comes_after_in_its_order(disk: Disk) -> None:
    pilot, screen = sit()
    turns = len(screen.game.turns)
    disk.pause()
    pilot.key("1", "2")
    pilot.send(*(Key("1", Command("1"), repeat=True) for _ in range(9)))  # held down
    pilot.send(*(Pointer("move", 600.0 + x, 300.0) for x in range(90)))
    pilot.key("l")
    assert len(screen.game.turns) == turns + 1, "one move at a time"
    assert len(screen.root.layers) == 1
    disk.go_on()
    pilot.written()
    assert len(screen.game.turns) == turns + 2
    assert kept(screen)[-1] == screen.game.turns[-1].entry
    assert len(screen.root.layers) == 2 and pilot.sees(screen.game.turns[-1].own)


def test_a_failed_save_is_told_when_it_has_failed_and_once(disk: Disk) -> None:
    pilot, screen = sit(("greet@kang",))
    before = kept(screen)
    disk.pause()
    disk.refuses = True
    pilot.key("1")
    assert not full(pilot)
    disk.go_on()
    pilot.written()
    assert full(pilot) and pilot.sees("No space left")
    assert kept(screen) == before, "the file is as it was"
    pilot.click(say("table.unsaved_again"))
    pilot.written()
    assert full(pilot)
    pilot.click(say("table.unsaved_go_on"))
    pilot.key("2")
    pilot.written()
    assert not full(pilot), "told once"
    disk.refuses = False
    pilot.key("f5")
    pilot.written()
    assert pilot.sees(say("table.saved"))
    assert kept(screen) == [entry.id for entry in screen.game.transcript.entries]


def test_a_fault_in_saving_is_shown_and_not_lost(
    disk: Disk, monkeypatch: pytest.MonkeyPatch
) -> None:
    pilot, screen = sit(("greet@kang",))

    def broken(*_: object) -> None:
        raise RuntimeError("a mistake of ours")

    with monkeypatch.context() as patch:
        patch.setattr(type(screen.game.transcript), "save", broken)
        pilot.key("1")
        pilot.written()
    assert type(pilot.app.screen).__name__ == "FailureScreen"
    pilot.written()
    assert not pilot.app.saving.holding


# --- what else a game keeps -----------------------------------------------------------------------


def test_what_was_taken_back_is_shown_once_that_is_kept(disk: Disk) -> None:
    pilot, screen = sit(("greet@kang", "wait"))
    own = screen.game.turns[-1].own
    disk.pause()
    pilot.command(Command.REWIND)
    pilot.click(screen.game.turns[-1].label)
    pilot.click(say("sheets.go_back"))
    pilot.wait(0.5)
    assert pilot.app.screen is screen and own in said(screen)
    disk.go_on()
    pilot.written()
    again = pilot.app.screen
    assert isinstance(again, TableScreen) and again is not screen and own not in said(again)
    assert load_transcript(screen.playing.path).head == screen.game.transcript.head


def test_two_moves_taken_back_are_written_at_once(disk: Disk) -> None:
    pilot, screen = sit(("greet@kang", "quote:41", "hold", "wait"))
    disk.pause()
    pilot.app.save_settings()
    screen.playing.save()  # has begun, and pauses
    while not disk.syncs:
        time.sleep(0.001)
    begun = disk.syncs
    for _ in range(3):
        screen.playing.undo()
    disk.go_on()
    pilot.written()
    assert disk.syncs - begun <= 4, "two files, each with its folder"
    assert load_transcript(screen.playing.path).head == screen.game.transcript.head


def test_a_hint_is_said_once_it_counts(disk: Disk) -> None:
    pilot, screen = sit(("greet@kang",), Settings("guided"))
    disk.pause()
    pilot.command(Command.HINT)
    assert screen.game.hints == 1
    aside = pilot.tree()
    assert load_transcript(screen.playing.path).counts().hints == 0
    disk.go_on()
    pilot.written()
    assert pilot.tree() != aside
    assert load_transcript(screen.playing.path).counts().hints == 1


def test_a_read_is_kept_without_anybody_waiting(disk: Disk) -> None:
    pilot, screen = sit(("greet@kang",))
    disk.pause()
    screen.reads.mark("kang", 0.7, 3)
    pilot.wait(1.0)
    assert screen.game.reads["kang"] == (0.7, 1.0)
    assert not pilot.app.saving.holding, "a mark that rests keeps nobody from anything"
    pilot.app.pop()  # and whoever leaves now
    disk.go_on()
    pilot.app.saving.writer.wait()
    assert Playing.resume(screen.playing.path).game.reads["kang"] == (0.7, 1.0)


def test_preparing_shows_what_was_found_once_it_is_kept(disk: Disk) -> None:
    playing = Playing.begin(loaded("seoul"), 1, Settings())
    pilot = Slow.at(PrepareScreen(playing))
    screen = pilot.app.screen
    disk.pause()
    pilot.key("1")
    pilot.wait(0.5)
    assert len(screen.root.layers) == 1 and kept(screen) == []
    disk.go_on()
    pilot.written()
    assert len(screen.root.layers) == 2 and len(kept(screen)) == 1


def test_a_game_begins_when_it_has_its_file(disk: Disk) -> None:
    pilot = Slow.at(BriefingScreen(loaded("seoul"), seed=5))
    disk.pause()
    pilot.click("begin")
    pilot.wait(0.5)
    assert isinstance(pilot.app.screen, BriefingScreen)
    assert list(saves_dir().glob("*.lunch.json")) == []
    disk.go_on()
    pilot.written()
    assert isinstance(pilot.app.screen, PrepareScreen)
    assert kept(pilot.app.screen) == []


def test_settings_are_written_beside_the_frames_and_only_the_last_of_them(
    disk: Disk, tmp_path: Path
) -> None:
    file = tmp_path / "settings.json"
    pilot, _ = sit(("greet@kang",))
    pilot.app.settings_file = file
    before = disk.syncs
    disk.pause()
    pilot.command(*[Command.MUTE] * 5, Command.LARGER)
    pilot.wait(0.3)
    assert not pilot.app.saving.holding and not file.exists()
    disk.go_on()
    pilot.written()
    assert load_settings(file)[0] == pilot.app.settings
    assert disk.syncs - before == 2, "the first, and the last"
