"""Home: whom one has met, what can be played, what to practise; with nothing, much, or a wreck."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import pytest

from game.desktop.app import App
from game.desktop.input import Command
from game.desktop.pilot import Pilot
from game.desktop.practice import Practice
from game.desktop.screens import home_cards
from game.desktop.screens.briefing import BriefingScreen
from game.desktop.screens.diagnosis import DiagnosisScreen
from game.desktop.screens.help import HelpScreen
from game.desktop.screens.home import HomeScreen, first_screen
from game.desktop.screens.home_cards import ScenarioCard
from game.desktop.screens.home_line import LineOfPeople
from game.desktop.screens.home_panels import Bars
from game.desktop.screens.selftest import SelfTestScreen
from game.desktop.screens.settings_screen import SettingsScreen
from game.desktop.screens.table import TableScreen
from game.desktop.settings import Settings
from game.desktop.shelf import Person, Shelf
from game.desktop.widgets import Label, Sheet
from game.desktop.words import say
from game.review import profile_files as files
from game.review.profile import Profile
from game.scenario.cover import cover_of
from game.scenario.library import shipped
from game.scenario.shelves import FolderShelf
from game.scenario.sources import Source
from game.session.saves import saves_dir
from tests.desktop.homes import (
    DAY,
    TODAY,
    at_home,
    golden,
    left_in_the_middle,
    loaded,
    practised,
    reviewed,
)

SHIPPED = tuple(shipped())
PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 9"/>'
LOOK_INTO = home_cards.look_into
BAD = Path(__file__).parents[1] / "scenarios/bad/x016_two.yaml"


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    at_home(monkeypatch, tmp_path)
    # Eight pictures for every screen that is made would be most of the time.
    monkeypatch.setattr(home_cards, "look_into", lambda scenario: PICTURE)


def home(settings: Settings | None = None, today: date = TODAY) -> Pilot:
    return Pilot.over(HomeScreen(today), settings=settings)


def cards(pilot: Pilot) -> dict[str, ScenarioCard]:
    return {card.id: card for card in pilot.all() if isinstance(card, ScenarioCard)}


def line(pilot: Pilot) -> LineOfPeople:
    (found,) = (w for w in pilot.all() if isinstance(w, LineOfPeople))
    return found


def words(pilot: Pilot) -> str:
    return "\n".join(widget.accessible_name for widget in pilot.all())


# --- with nothing -------------------------------------------------------------------------------


def test_a_newcomer_meets_nobody_and_is_led_to_the_self_test() -> None:
    pilot = home()
    assert set(cards(pilot)) == set(SHIPPED)
    assert (line(pilot).people, line(pilot).you) == ([], None)
    assert pilot.sees("take the self-test")
    assert not pilot.sees("continue")
    shown = words(pilot)
    assert pilot.sees("take the lesson") and say("home.nothing_yet") not in shown
    names = [b.name for id in SHIPPED for b in loaded(id).scenario.buyers.values()]
    assert not [name for name in names if name.split()[-1] in shown]


def test_unplayed_cards_name_trade_stake_and_minutes_and_never_a_style() -> None:
    for id, card in cards(home()).items():
        said = "\n".join(widget.accessible_name for widget in card.walk())
        for wanted in ("trade", "stake"):
            assert say(f"home.{wanted}.{id}") in said
        assert say("home.minutes", count=loaded(id).scenario.minutes) in said
        assert not any(word in said.lower() for word in ("specific", "diffuse", "trust"))
        assert card.state_text in (say("home.new"), say("home.first"))


@pytest.mark.parametrize("id", SHIPPED)
def test_a_look_into_the_room_is_a_picture_without_words(id: str) -> None:
    drawn = LOOK_INTO(cover_of(loaded(id))).svg()
    ElementTree.fromstring(drawn)
    assert "<text" not in drawn


def test_the_shortest_table_is_named_to_begin_with() -> None:
    marked = [c for c in cards(home()).values() if c.state_text == say("home.first")]
    shortest = min(loaded(id).scenario.minutes for id in SHIPPED)
    assert [card.cover.minutes for card in marked] == [shortest]


def test_the_self_test_can_wait_and_that_is_remembered() -> None:
    settings = Settings()
    pilot = home(settings)
    pilot.click("not now")
    assert not pilot.sees("take the self-test")
    assert say("home.nothing_yet") in words(pilot)
    again = home(settings)
    assert not again.sees("take the self-test")
    again.click("self-test")
    assert isinstance(again.app.screen, SelfTestScreen)


@pytest.mark.parametrize("scale", [1.0, 1.25, 2.0])
def test_nothing_overlaps_with_nothing_and_with_much(scale: float) -> None:
    assert home(Settings(text_scale=scale)).overlaps() == []
    practised()
    left_in_the_middle()
    assert home(Settings(text_scale=scale)).overlaps() == []


def test_all_of_it_fits_into_the_smallest_window() -> None:
    practised()
    left_in_the_middle()
    pilot = home()
    assert pilot.find("continue").rect.top > 0
    assert max(card.rect.bottom for card in cards(pilot).values()) <= 720


# --- where it leads -----------------------------------------------------------------------------


@pytest.mark.long
def test_a_card_opens_its_briefing_by_keys_and_by_a_click() -> None:
    pilot = home()
    pilot.key("tab", "right", "return")
    first = pilot.app.screen
    assert isinstance(first, BriefingScreen)
    pilot.key("escape")
    assert isinstance(pilot.app.screen, HomeScreen)
    pilot.click("Seoul")
    assert isinstance(pilot.app.screen, BriefingScreen)
    assert pilot.app.screen.loaded.scenario.scenario == "seoul"


@pytest.mark.parametrize(
    ("button", "command", "screen"),
    [("Settings", Command.SETTINGS, SettingsScreen), ("Help", Command.HELP, HelpScreen)],
)
def test_settings_and_help_by_click_and_by_key(
    button: str, command: Command, screen: type[object]
) -> None:
    pilot = home()
    pilot.click(button)
    assert isinstance(pilot.app.screen, screen)
    pilot.key("escape")
    pilot.command(command)
    assert isinstance(pilot.app.screen, screen)


def test_every_button_can_be_reached_by_keys_alone() -> None:
    practised()
    left_in_the_middle()
    pilot = home()
    reached = set()
    for _ in range(30):
        pilot.key("tab")
        reached.add(pilot.focus)
    wanted = {"continue", "Settings", "Help", "Credits", "start practice", "take the self-test"}
    assert wanted <= reached
    assert {card.accessible_name for card in cards(pilot).values()} <= reached


# --- with much ----------------------------------------------------------------------------------


@pytest.mark.long
def test_the_newest_game_goes_on_where_it_was_left() -> None:
    left_in_the_middle("osaka", 4)
    path = left_in_the_middle("seoul", 6)
    pilot = home()
    assert say("home.continue", name="Seoul", turn="")[:16] in pilot.app.screen.go_on.text  # type: ignore[attr-defined]
    assert pilot.focus == "continue"
    pilot.key("return")
    screen = pilot.app.screen
    assert isinstance(screen, TableScreen)
    assert (screen.playing.path, len(screen.playing.game.turns)) == (path, 6)


def test_saved_games_are_read_beside_the_first_frame() -> None:
    left_in_the_middle()
    app = App((1280, 720), headless=True)
    screen = HomeScreen(TODAY)
    app.headless = False
    app.push(screen)  # as in a window: the games are read in a thread
    app.headless = True
    for _ in range(100):
        if screen.go_on.visible:
            break
        time.sleep(0.02)
        app.step(seconds=0.1)
    assert screen.go_on.visible
    assert screen.root.focused is screen.go_on


@pytest.mark.long
def test_a_card_with_a_game_under_way_asks_whether_to_go_on() -> None:
    left_in_the_middle("seoul", 6)
    pilot = home()
    assert cards(pilot)["seoul"].state_text.startswith("turn ")
    pilot.click("Seoul, ")
    assert pilot.sees(say("home.midway_title"))
    pilot.click(say("home.midway_new"))
    assert isinstance(pilot.app.screen, BriefingScreen)
    pilot.key("escape")
    pilot.click("Seoul, ")
    pilot.click(say("home.midway_continue"))
    assert isinstance(pilot.app.screen, TableScreen)


def test_people_appear_once_a_game_with_them_is_over() -> None:
    left_in_the_middle("paris", 6)
    golden("seoul").save(saves_dir() / "seoul-1.lunch.json")
    pilot = home()
    seoul = loaded("seoul").scenario.buyers["kang"]
    assert line(pilot).people == [Person("Kang", seoul.diffuseness.mean)]
    assert cards(pilot)["seoul"].state_text.startswith("best ")


def test_you_and_your_practice_stand_there_after_reviews() -> None:
    practised()
    pilot = home()
    assert line(pilot).you == (0.25, say("home.you_many", count=3))
    assert [person.name for person in line(pilot).people] == ["Ogawa", "Kang"]
    shown = words(pilot)
    assert say("home.with_specific") in shown
    assert {"75", "60"} <= set(shown.splitlines())
    (bars,) = (w for w in pilot.all() if isinstance(w, Bars))
    assert bars.state_text == "S 70, D 60, S 80"
    assert cards(pilot)["osaka"].state_text == say("home.best", value=53)


def test_blind_games_say_nothing_about_a_side() -> None:
    profile = practised()
    profile.add_review(reviewed(9, "seoul", 10.0, blind=True))
    profile.save()
    assert {"75", "60"} <= set(words(home()).splitlines())


# --- practice -----------------------------------------------------------------------------------


@pytest.mark.long
def test_what_is_due_can_be_tried_and_the_first_move_is_kept_at_once() -> None:
    practised()
    pilot = home()
    pilot.click("start practice")
    screen = pilot.app.screen
    assert isinstance(screen, TableScreen)
    practice = screen.playing
    assert isinstance(practice, Practice)
    before = practice.moment
    practice.play(practice.game.hand()[0])
    kept = Profile.load(files.data_dir()).moment(before.id)
    assert [made.date for made in kept.tries] == [TODAY]
    assert practice.verdict is not None
    asked = screen.open(Sheet("Your read so far", Label("Where does he stand?"), close_words="x"))
    pilot.wait(3.0)
    assert not pilot.sees(practice.verdict.title), "one thing after the other"
    asked.close()
    pilot.wait(3.0)
    assert pilot.sees(practice.verdict.title)
    assert pilot.overlaps() == []
    pilot.click(say("practice.play_on"))
    assert isinstance(pilot.app.screen, TableScreen)


@pytest.mark.long
def test_a_verdict_that_nobody_saw_waits_at_home() -> None:
    practised()
    pilot = home()
    pilot.click("start practice")
    playing = pilot.app.screen.playing  # type: ignore[attr-defined]
    playing.play(playing.game.hand()[0])
    pilot.app.pop()
    pilot.app.step()
    assert pilot.sees(playing.verdict.title)
    pilot.click("verdict read")
    assert not pilot.sees(playing.verdict.title)
    assert isinstance(pilot.app.screen, HomeScreen)


def test_a_first_move_that_was_taken_back_counts_all_the_same() -> None:
    profile = practised()
    practice = Practice(profile, profile.due(TODAY)[0], TODAY)
    practice.play(practice.game.hand()[0])
    practice.undo()
    practice.play(practice.game.hand()[1])
    assert practice.verdict is not None
    assert say("practice.taken_back") in practice.verdict.lines
    assert len(Profile.load(files.data_dir()).moment(practice.moment.id).tries) == 1


@pytest.mark.long
def test_a_moment_that_was_erased_meanwhile_stays_erased() -> None:
    profile = practised()
    practice = Practice(profile, profile.due(TODAY)[0], TODAY)
    files.erase(files.data_dir())
    practice.play(practice.game.hand()[0])
    assert not practice.path.exists()
    assert practice.problem is not None


def test_nothing_due_says_when_it_comes_back() -> None:
    practised(TODAY + 3 * DAY)
    pilot = home()
    assert not pilot.sees("start practice")
    assert pilot.sees(say("home.next_due", when="17 May"))


# --- with a wreck -------------------------------------------------------------------------------


def test_a_damaged_profile_is_told_of_and_can_be_put_aside() -> None:
    practised()
    left_in_the_middle()
    file = files.data_dir() / files.FILE
    wreck = file.read_text(encoding="utf-8")[:80]
    file.write_text(wreck, encoding="utf-8")
    pilot = home()
    assert pilot.overlaps() == []
    assert set(cards(pilot)) == set(SHIPPED)
    assert pilot.focus == "continue"
    assert file.read_text(encoding="utf-8") == wreck
    pilot.click("put aside")
    assert not file.exists()
    assert [p.read_text(encoding="utf-8") for p in file.parent.glob("profile.aside-*")] == [wreck]
    assert not pilot.sees("put aside")
    assert pilot.sees(say("home.nothing_yet"))


@pytest.mark.long
def test_games_that_cannot_be_read_are_passed_over() -> None:
    path = left_in_the_middle()
    (saves_dir() / "seoul-9.lunch.json").write_text("{", encoding="utf-8")
    (saves_dir() / "osaka-9.lunch.json").write_bytes(b"\xff\x00")
    pilot = home()
    pilot.key("return")
    assert pilot.app.screen.playing.path == path  # type: ignore[attr-defined]


def test_a_game_that_vanished_is_explained_and_ends_nothing() -> None:
    path = left_in_the_middle()
    pilot = home()
    path.unlink()
    pilot.click("continue")
    assert isinstance(pilot.app.screen, DiagnosisScreen)
    assert pilot.sees("RD001")
    pilot.key("escape")
    assert isinstance(pilot.app.screen, HomeScreen)
    assert not pilot.sees("continue")


# --- the first screen ---------------------------------------------------------------------------


def test_without_a_scenario_home_with_one_its_briefing() -> None:
    assert isinstance(first_screen(), HomeScreen)
    found = first_screen("osaka", seed=5, help_level="exam")
    assert isinstance(found, BriefingScreen)
    assert found.first_seed == 5


@pytest.mark.long
def test_what_is_said_of_a_new_game_holds_from_home_on() -> None:
    settings = Settings(seen={"lesson": True})
    pilot = Pilot.over(first_screen(seed=5, help_level="guided", coach=True), settings=settings)
    pilot.click("Osaka, Six minutes")
    found = pilot.app.screen
    assert isinstance(found, BriefingScreen)
    assert (found.first_seed, found.settings.help, found.settings.coach) == (5, "guided", True)


def test_with_a_saved_game_the_table_it_was_left_at() -> None:
    found = first_screen(resume=left_in_the_middle())
    assert isinstance(found, TableScreen)


def test_a_game_can_go_on_in_another_file(tmp_path: Path) -> None:
    path = left_in_the_middle()
    before, other = path.read_bytes(), tmp_path / "other.lunch.json"
    found = first_screen(resume=path, save=other)
    assert isinstance(found, TableScreen)
    found.playing.play(found.playing.game.hand()[0])
    assert path.read_bytes() == before
    assert other.exists()


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_a_scenario_with_an_error_shows_code_line_and_fix(scale: float) -> None:
    pilot = Pilot.over(first_screen(BAD), settings=Settings(text_scale=scale))
    assert pilot.overlaps() == []
    shown = words(pilot)
    for wanted in ("X016", "line 7", "price: true"):
        assert wanted in shown


def test_a_scenario_that_was_mended_goes_on_to_its_briefing(tmp_path: Path) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text(BAD.read_text(encoding="utf-8"), encoding="utf-8")
    pilot = Pilot.over(first_screen(file))
    pilot.click("retry")
    assert isinstance(pilot.app.screen, DiagnosisScreen)
    assert pilot.sees(say("home.wrong_still"))
    good = Path(__file__).parents[1] / "scenarios/good/corner_bakery.yaml"
    file.write_text(good.read_text(encoding="utf-8"), encoding="utf-8")
    pilot.click("retry")
    assert isinstance(pilot.app.screen, BriefingScreen)


def test_the_first_frame_waits_for_nothing_that_it_does_not_show(tmp_path: Path) -> None:
    code = """
import sys
from game.desktop.app import App
from game.desktop.main import first_screen
from game.desktop.shelf import Shelf
Shelf.read_beside = lambda shelf: None  # a thread, which brings in everything else
app = App((1280, 720))
app.begin(first_screen)
heavy = "pydantic", "numpy", "polib", "rich", "jinja2", "bidi", "httpx", "sqlalchemy", "resvg_py"
heavy += "multiprocessing", "game.session.game", "game.figures.portrait", "game.desktop.synth"
app._screens[-1].root.draw(app.canvas)
print(type(app.screen).__name__, [name for name in heavy if name in sys.modules])
app.shut()
"""
    driver = {
        "SDL_VIDEODRIVER": "dummy",
        "SDL_AUDIODRIVER": "dummy",
        "XDG_DATA_HOME": str(tmp_path),
    }
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True,
        env={**os.environ, **driver},
    )  # fmt: skip
    assert done.stdout.splitlines()[-1] == "HomeScreen []"


def test_a_table_that_cannot_be_played_is_told_once_it_was_looked_into(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    text = BAD.read_text(encoding="utf-8")
    bad = Source(FolderShelf(BAD.parent), BAD.name, str(BAD), text)
    with monkeypatch.context() as patch:
        patch.setattr(Shelf, "check", lambda shelf: None)
        pilot = Pilot.over(HomeScreen(TODAY, tables={"two": bad}))
    assert list(cards(pilot)) == ["two"] and not pilot.sees(say("home.broken"))
    screen = pilot.app.screen
    assert isinstance(screen, HomeScreen)
    screen.shelf.check()  # as the thread does
    screen._look()
    assert not cards(pilot) and pilot.sees(say("home.broken"))
