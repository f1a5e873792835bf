"""Settings hold at once and are kept; a key that means something else is refused."""

from __future__ import annotations

import json
import queue
import re
import sys
import time
import tomllib
import zipfile
from collections.abc import Callable
from pathlib import Path

import pygame
import pytest

from game.desktop import speech
from game.desktop.app import App
from game.desktop.input import KEPT, Command, Key
from game.desktop.pilot import Pilot
from game.desktop.screens.help import FONTS, LIBRARIES, PAGES, HelpScreen
from game.desktop.screens.settings_keys import GROUPS, command_words
from game.desktop.screens.settings_screen import PAGES as SETTINGS_PAGES
from game.desktop.screens.settings_screen import SettingsScreen
from game.desktop.settings import CHANNELS, Settings, decoded, load_settings
from game.desktop.speech import Speech
from game.desktop.widgets import Button
from game.desktop.words import say
from game.review import profile_files as files
from tests.desktop.deck import Deck
from tests.desktop.homes import at_home, left_in_the_middle, practised

ROOT = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    at_home(monkeypatch, tmp_path)


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    return tmp_path / "settings.json"


def settings_at(kept: Path, page: str = "looks") -> Pilot:
    app = App((1280, 720), headless=True, settings_file=kept)
    app.push(SettingsScreen(page))
    app.step()
    return Pilot(app)


def saved(kept: Path) -> Settings:
    found, refused = load_settings(kept)
    assert refused == []
    return found


# --- looks, reading, sound ----------------------------------------------------------------------


def test_the_theme_changes_at_once_and_is_kept(kept: Path) -> None:
    pilot = settings_at(kept)
    before = pilot.app.surface.get_at((4, 4))
    pilot.click(say("settings.theme"), 0.5)
    assert pilot.app.ui.palette.name == "dark"
    assert pilot.app.surface.get_at((4, 4)) != before
    pilot.click(say("settings.theme"), 0.9)
    assert saved(kept).theme == "contrast"


def test_the_text_grows_by_keys_and_nothing_overlaps(kept: Path) -> None:
    pilot = settings_at(kept)
    while pilot.focus != say("settings.text_size"):
        pilot.key("tab")
    for scale in (1.25, 1.5, 1.75, 2.0):
        while pilot.focus != say("settings.text_size"):  # built anew where columns become one
            pilot.key("tab")
        pilot.key("right")
        assert pilot.app.ui.text.text_scale == scale
        assert pilot.overlaps() == []
    assert saved(kept).text_scale == 2.0


@pytest.mark.parametrize(
    ("page", "name", "field"),
    [
        ("looks", "reduced motion", "reduced_motion"),
        ("looks", "say it first", "say_it_first"),
        ("sound", say("settings.mute"), "mute"),
        ("sound", say("settings.sound_words"), "sound_words"),
    ],
)
def test_switches(kept: Path, page: str, name: str, field: str) -> None:
    pilot = settings_at(kept, page)
    pilot.click(name)
    assert getattr(saved(kept), field) is True
    pilot.key("return")
    assert getattr(saved(kept), field) is False


def test_the_speed_of_words_is_shown_on_a_sample(kept: Path) -> None:
    pilot = settings_at(kept)
    pilot.click(say("settings.typewriter"), 0.1)
    assert saved(kept).typewriter == "slow"
    slowly = pilot.until_still()
    pilot.click(say("settings.typewriter"), 0.6)
    assert 0.0 < pilot.until_still() < slowly


def test_volumes_are_apart(kept: Path) -> None:
    pilot = settings_at(kept, "sound")
    for number, channel in enumerate(CHANNELS):
        pilot.click(say(f"sound.volume.{channel}"), 0.15 + 0.2 * number)
    volumes = saved(kept).volumes
    assert sorted(CHANNELS, key=lambda channel: volumes[channel]) == list(CHANNELS)
    assert len(set(volumes.values())) == len(CHANNELS)


def test_each_kind_of_sound_can_be_heard_and_the_room_ends_by_itself(kept: Path) -> None:
    deck = Deck()
    app = App((1280, 720), headless=True, settings_file=kept, output=lambda: deck)
    app.push(SettingsScreen("sound"))
    app.step()
    pilot = Pilot(app)
    tracks = {"voice": "voice", "effects": "effects", "room": "room b", "interface": "interface"}
    for channel in CHANNELS:
        deck.played.clear()
        pilot.click(say("settings.hear_of", value=say(f"sound.volume.{channel}")))
        assert len(deck.names(tracks[channel])) >= 1
    pilot.wait(5.0)
    app.hearing.sound.advance(2.0)
    assert "room b" in deck.stopped
    pilot.click(say("settings.mute"))
    assert not pilot.find(say("settings.hear_of", value=say("sound.volume.voice"))).enabled


def test_a_missing_device_is_one_quiet_line(kept: Path) -> None:
    def missing() -> Deck:
        raise pygame.error("no audio device")

    app = App((1280, 720), headless=True, settings_file=kept, output=missing)
    app.push(SettingsScreen("sound"))
    pilot = Pilot(app)
    app.step()
    assert not pilot.sees(say("sound.no_device"))
    pilot.key("tab")
    assert pilot.sees(say("sound.no_device")), "known from the first sound on"
    assert pilot.overlaps() == []
    app.replace(SettingsScreen("sound"))
    app.step()
    assert pilot.sees(say("sound.no_device"))


def test_settings_of_earlier_versions_still_hold(kept: Path) -> None:
    old = {"voice": 0.1, "effects": 0.2, "room": 0.3}
    kept.write_text(json.dumps({"volumes": old, "system_speech": True, "mute": True}))
    found, refused = load_settings(kept)
    assert refused == []
    assert found.volumes == old | {"interface": 0.2}
    assert found.system_speech == "talk"
    assert decoded({"system_speech": False})[0].system_speech == "off"
    assert decoded({"system_speech": "shouting"}) == (Settings(), ["system_speech"])


# --- keys ---------------------------------------------------------------------------------------


def key_of(command: Command) -> str:
    return say("settings.keys_of", value=command_words(command))


def pad_of(command: Command) -> str:
    return say("settings.pad_of", value=command_words(command))


def test_a_key_is_given_and_works_at_once(kept: Path) -> None:
    pilot = settings_at(kept, "keys")
    pilot.click(key_of(Command.LOG))
    pilot.key("j")
    assert pilot.app.ui.keys.command("j") is Command.LOG
    assert pilot.app.ui.keys.command("l") is None
    assert pilot.app.ui.keys.command("pad back") is Command.LOG  # the other device keeps its own
    assert saved(kept).keys == {"log": ["j", "pad back"]}


def test_a_button_of_a_gamepad_and_one_of_a_mouse_are_given(kept: Path) -> None:
    pilot = settings_at(kept, "keys")
    pilot.click(pad_of(Command.OFFER))
    pilot.key("k")
    pilot.key("pad guide")
    assert pilot.app.ui.keys.keys(Command.OFFER) == ("pad guide", "o")
    assert pilot.app.ui.keys.command("k") is None, "a key is no button"
    pilot.click(key_of(Command.WAIT))
    pilot.send(Key("mouse 7", None, "mouse"))
    assert pilot.app.ui.keys.keys(Command.WAIT) == ("mouse 7", "w", "pad lt")
    button = pilot.find(key_of(Command.WAIT))
    assert isinstance(button, Button)
    assert button.text == "Mouse, forward, W"


@pytest.mark.parametrize("answer", ["exchange", "leave_key"])
def test_a_key_that_means_something_else_is_named_and_can_be_exchanged(
    kept: Path, answer: str
) -> None:
    pilot = settings_at(kept, "keys")
    pilot.click(key_of(Command.LOG))
    pilot.key("n")
    words = {"other": command_words(Command.NOTES), "command": command_words(Command.LOG)}
    assert pilot.sees(say("settings.taken", value="N", **words))
    assert pilot.app.ui.keys.overrides() == {}
    assert pilot.overlaps() == []
    pilot.click(say(f"settings.{answer}"))
    table = pilot.app.ui.keys
    if answer == "exchange":
        assert (table.command("n"), table.command("l")) == (Command.LOG, Command.NOTES)
        assert saved(kept).keys == {"log": ["n", "pad back"], "notes": ["l", "pad x"]}
    else:
        assert table.overrides() == {}
    pilot.key("j")
    assert table.command("j") is None, "it waits no more"


def test_no_way_leads_out_of_reach(kept: Path) -> None:
    pilot = settings_at(kept, "keys")
    table = pilot.app.ui.keys
    for command in KEPT:
        pilot.click(key_of(command))
        pilot.key("backspace")
        pilot.click(key_of(command))
        pilot.key("x")
        pilot.click(pad_of(command))
        pilot.key("backspace")
        assert pilot.sees(say("settings.needed", value=command_words(command)))
    assert table.overrides() == {}
    pilot.click(pad_of(Command.HINT))
    pilot.key("pad a")
    pilot.click(say("settings.exchange"))
    assert table.command("pad a") is Command.CONFIRM
    pilot.click(key_of(Command.HIDE))
    pilot.key("backspace")
    assert table.keys(Command.HIDE) == ()


@pytest.mark.parametrize("way", ["escape", "pointer"])
def test_waiting_for_a_key_can_be_given_up(kept: Path, way: str) -> None:
    pilot = settings_at(kept, "keys")
    pilot.click(key_of(Command.WAIT))
    button = pilot.find(key_of(Command.WAIT))
    assert isinstance(button, Button)
    assert button.text == say("settings.press_keys")
    if way == "escape":
        pilot.key("left shift", "escape")
    else:
        pilot.click_beside()
    assert button.text == "W"
    assert isinstance(pilot.app.screen, SettingsScreen)
    assert pilot.app.ui.keys.overrides() == {}


def test_all_keys_can_be_as_they_were(kept: Path) -> None:
    pilot = settings_at(kept, "keys")
    pilot.click(key_of(Command.HINT))
    pilot.key("k")
    pilot.click(key_of(Command.BACK))
    pilot.key("f9")
    pilot.click(key_of(Command.BACK))
    pilot.key("escape")
    assert pilot.app.ui.keys.command("k") is Command.HINT
    assert pilot.app.ui.keys.keys(Command.BACK) == ("escape", "mouse 6", "pad b")
    pilot.click("reset keys")
    assert pilot.app.ui.keys.overrides() == {}
    assert saved(kept).keys == {}


def test_every_command_is_there_once() -> None:
    listed = [command for commands in GROUPS.values() for command in commands]
    assert sorted(listed) == sorted(Command)
    assert len({command_words(command) for command in Command}) == len(Command)


# --- your data ----------------------------------------------------------------------------------


def test_everything_can_be_taken_along_and_an_earlier_export_stays(
    kept: Path, tmp_path: Path
) -> None:
    practised()
    left_in_the_middle()
    pilot = settings_at(kept, "data")
    pilot.click("export")
    pilot.click("export")
    found = sorted(tmp_path.rglob("long-lunch-profile*.zip"))
    assert len(found) == 2
    names = zipfile.ZipFile(found[0]).namelist()
    assert any(name.endswith("profile.json") for name in names)
    assert any("saves/" in name for name in names)


def test_erasing_asks_first_and_leaves_games_unless_they_are_meant(kept: Path) -> None:
    practised()
    game = left_in_the_middle()
    profile = files.data_dir() / files.FILE
    pilot = settings_at(kept, "data")
    pilot.click("erase")
    pilot.click(say("settings.erase_no"))
    assert profile.exists()
    pilot.click("erase")
    assert pilot.overlaps() == []
    pilot.click(say("settings.erase_yes"))
    assert not profile.exists()
    assert game.exists()
    pilot.click("erase saves")
    pilot.click(say("settings.erase_yes"))
    assert not game.exists()
    pilot.click("erase saves")
    assert pilot.sees(say("settings.erase_nothing"))


# --- the voice of the system --------------------------------------------------------------------


READS = (sys.executable, "-S", "-c", "import sys; sys.stdin.read()")


def test_a_voice_is_offered_only_where_there_is_one(kept: Path) -> None:
    pilot = settings_at(kept)
    assert pilot.sees(say("settings.no_speech"))
    app = App((1280, 720), headless=True, settings_file=kept, speech=Speech(READS))
    app.push(SettingsScreen())
    app.step()
    pilot = Pilot(app)
    pilot.click(say("settings.system_speech"), 0.9)
    assert saved(kept).system_speech == "all"
    assert app.hearing.reading, "a sample of it"
    pilot.click("back")
    assert not app.hearing.reading


def test_a_text_is_handed_over_on_standard_input(tmp_path: Path) -> None:
    out = tmp_path / "said"
    code = f"import sys; open({str(out)!r}, 'wb').write(sys.stdin.buffer.read())"
    voice = Speech([sys.executable, "-S", "-c", code])
    assert voice.available
    assert voice.say("So. — “Né?”")
    for _ in range(200):
        if out.exists() and out.stat().st_size:
            break
        time.sleep(0.02)
    voice.hush()
    assert out.read_text(encoding="utf-8") == "So. — “Né?”"


def wait_for(calls: queue.SimpleQueue[Callable[[], object]]) -> None:
    """Do what another thread wants done, as the window does."""
    calls.get(timeout=20)()


def test_a_voice_that_is_not_there_is_no_failure() -> None:
    assert not Speech([]).say("hello")
    calls: queue.SimpleQueue[Callable[[], object]] = queue.SimpleQueue()
    done: list[int] = []
    voice = Speech(["/nowhere/at/all"], calls.put)
    voice.say("hello", lambda: done.append(1))
    wait_for(calls)
    assert done == [1], "nobody waits for it"
    assert not voice.available


def test_the_end_of_a_text_is_told_unless_it_was_cut_off() -> None:
    calls: queue.SimpleQueue[Callable[[], object]] = queue.SimpleQueue()
    done: list[str] = []
    voice = Speech(READS, calls.put)
    voice.say("one", lambda: done.append("one"))
    wait_for(calls)
    assert done == ["one"]
    waits = (sys.executable, "-S", "-c", "import time; time.sleep(60)")
    voice = Speech(waits, calls.put)
    voice.say("two", lambda: done.append("two"))
    voice.say("three", lambda: done.append("three"))
    voice.hush()
    for _ in range(2):
        wait_for(calls)
    assert done == ["one"]


def test_a_voice_that_has_got_stuck_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(speech, "_GRACE", 0.3)
    monkeypatch.setattr(speech, "_SLOWEST", 0.0)
    calls: queue.SimpleQueue[Callable[[], object]] = queue.SimpleQueue()
    done: list[int] = []
    voice = Speech((sys.executable, "-S", "-c", "import time; time.sleep(60)"), calls.put)
    voice.say("hello", lambda: done.append(1))
    wait_for(calls)
    assert done == [1]


@pytest.mark.parametrize(
    ("system", "known", "found"),
    [
        ("linux", "espeak", ("espeak", "--stdin")),
        ("darwin", "say", ("say",)),
        ("linux", "", ()),
        ("plan9", "say", ()),
    ],
)
def test_the_program_of_each_system(system: str, known: str, found: tuple[str, ...]) -> None:
    assert speech.program(system, lambda name: name if name == known else None) == found


# --- help and credits ---------------------------------------------------------------------------


@pytest.mark.parametrize("page", [*SETTINGS_PAGES, *PAGES])
@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_no_page_overlaps(page: str, scale: float) -> None:
    screen = SettingsScreen(page) if page in SETTINGS_PAGES else HelpScreen(page)
    assert Pilot.over(screen, settings=Settings(text_scale=scale)).overlaps() == []


def test_credits_name_every_library_and_font_with_its_licence() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    names = {re.split("[>;]", name)[0] for name in project["dependencies"]}
    assert names == {*LIBRARIES, *FONTS}
    shown = [w.accessible_name for w in Pilot.over(HelpScreen("credits")).all()]
    for package in names:
        assert say(f"help.named.{package}") in shown
        assert say(f"help.licence.{package}") in shown


def test_help_shows_the_keys_as_they_are_now() -> None:
    pilot = Pilot.over(HelpScreen("keys"))
    pilot.click("change keys")
    assert isinstance(pilot.app.screen, SettingsScreen)
    pilot.click(key_of(Command.MENU))
    pilot.key("ctrl+k")
    pilot.key("escape")
    assert isinstance(pilot.app.screen, HelpScreen)
    assert pilot.sees("Ctrl+K")
