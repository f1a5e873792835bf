"""The sheets over a table: played by keys alone and by clicks alone, and read at every size."""

from __future__ import annotations

from pathlib import Path

import pytest

from game.core.vocabulary import Phase
from game.desktop import raster_worker
from game.desktop.input import Command
from game.desktop.layout import Column
from game.desktop.pilot import Pilot
from game.desktop.playing import Playing
from game.desktop.screen import Screen
from game.desktop.screens.sheets_actions import found_by, open_actions
from game.desktop.screens.sheets_calendar import dates, open_calendar
from game.desktop.screens.sheets_log import log_text, open_log
from game.desktop.screens.sheets_menu import open_menu
from game.desktop.screens.sheets_notes import open_notes
from game.desktop.screens.sheets_offer import open_offer
from game.desktop.screens.sheets_rewind import open_rewind
from game.desktop.settings import Settings as UiSettings
from game.desktop.widget import Widget
from game.desktop.widgets import Label, Toggle
from game.desktop.words import say
from game.figures.calendar import When
from game.session.game import Game
from game.session.seating import Settings
from game.session.table import by_ring, dialogue
from game.session.words import ui
from tests.at_hand import at_hand


@pytest.fixture(autouse=True)
def blank_pictures(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pictures take long to make, and what is in them is not looked at here."""

    def blank(svg: str, width: int, height: int, fonts: list[str]) -> tuple[int, int, bytes]:
        return width, height, bytes(4 * width * height)

    monkeypatch.setattr(raster_worker, "render", blank)


OPENERS = {
    "offer": open_offer, "log": open_log, "notes": open_notes, "actions": open_actions,
    "rewind": open_rewind, "calendar": open_calendar, "menu": open_menu,
}  # fmt: skip
LOOKS = [(1.0, "paper", (1280, 720)), (2.0, "dark", (1280, 720)), (1.5, "contrast", (1920, 1080))]


class Blank(Screen):
    def build(self) -> Widget:
        return Column(Label("a table"))


def playing(folder: Path, scenario: str = "seoul", help: str = "plain") -> Playing:
    """A game a few turns in, kept in a folder of the test."""
    level = next(x for x in ("guided", "plain", "exam") if x == help)
    game = Game(at_hand(scenario), 3, Settings(level))
    made = Playing(game, folder / "game.lunch.json")
    for action in ("prepare_history", "wait", "greet", "ask_history"):
        if scenario != "seoul":
            action = {"greet": "wait", "ask_history": "wait"}.get(action, action)
        made.game.play(action)
    made.save()
    return made


def over(settings: UiSettings | None = None, size: tuple[int, int] = (1280, 720)) -> Pilot:
    return Pilot.over(Blank(), size, settings)


@pytest.fixture
def answers() -> list[int | None]:
    return []


@pytest.mark.parametrize("name", OPENERS)
def test_a_sheet_fits_at_every_size_and_closes_with_one_answer(
    name: str, tmp_path: Path, answers: list[int | None]
) -> None:
    game = playing(tmp_path, help="guided")
    for scale, theme, size in LOOKS:
        pilot = over(UiSettings(text_scale=scale, theme=theme), size)
        OPENERS[name](pilot.app.screen, game, answers.append)
        assert pilot.overlaps() == []
        pilot.key("escape")
        assert len(pilot.app.screen.root.layers) == 1
    assert answers == [None] * len(LOOKS)


# --- the offer --------------------------------------------------------------------------------


def test_an_offer_is_composed_by_keys_alone(tmp_path: Path, answers: list[int | None]) -> None:
    game = playing(tmp_path)
    pilot = over()
    open_offer(pilot.app.screen, game, answers.append)
    pilot.key("2")  # the second of the shortlist
    second = game.game.shortlist()[1]
    assert pilot.find("What it is worth to you").state_text == str(
        round(100 * float(game.game.rules.bargain.seller[second]))
    )
    while pilot.focus != "price":
        pilot.key("tab")
    before = pilot.find("price").state_text
    pilot.key("right")
    assert pilot.find("price").state_text != before
    pilot.command(Command.OFFER)
    assert len(answers) == 1
    action = answers[0]
    assert action is not None and action >= game.game.rules.base_actions
    turn = game.play(action)
    assert pilot.app.screen.root.layers[-1].modal is False
    chosen = game.game.rules.bargain.options[turn.offer].tolist()
    wanted = game.game.rules.bargain.options[second].tolist()
    assert [a - b for a, b in zip(chosen, wanted, strict=True)] == [1, 0, 0, 0]


def test_an_offer_below_the_walk_away_warns_and_is_not_refused(
    tmp_path: Path, answers: list[int | None]
) -> None:
    game = playing(tmp_path)
    pilot = over()
    open_offer(pilot.app.screen, game, answers.append)
    assert not pilot.sees(say("sheets.below"))
    for issue in game.game.rules.issues:
        pilot.click(game.game.words.label(issue), 0.97)
    assert pilot.sees(say("sheets.below"))
    assert pilot.find("What it is worth to you").state_text == "0"
    pilot.click("put")
    assert answers == [game.game.rules.base_actions + len(game.game.rules.bargain.seller) - 1]


def test_where_nothing_can_be_offered_the_sheet_says_so(
    tmp_path: Path, answers: list[int | None]
) -> None:
    game = playing(tmp_path)
    game.game.play("part")  # on to the next meeting: nothing is offered in between
    assert game.game.phase is Phase.BETWEEN
    pilot = over()
    open_offer(pilot.app.screen, game, answers.append)
    assert pilot.sees(say("sheets.no_offer"))
    pilot.click("Close")
    assert answers == [None]


def test_say_it_first_hides_what_would_be_said(tmp_path: Path, answers: list[int | None]) -> None:
    game = playing(tmp_path)
    words = game.game.preview(game.game.rules.base_actions + game.game.shortlist()[0])
    for hidden in (False, True):
        pilot = over(UiSettings(say_it_first=hidden))
        open_offer(pilot.app.screen, game, answers.append)
        assert pilot.sees(words) is not hidden


# --- the log and the notebook -------------------------------------------------------------------


def test_the_log_has_every_word_and_can_be_copied(
    tmp_path: Path, answers: list[int | None]
) -> None:
    game = playing(tmp_path)
    pilot = over()
    open_log(pilot.app.screen, game, answers.append)
    lines = [line for line in dialogue(game.game) if line.text]
    assert len(lines) > 6
    shown = pilot.tree()
    assert all(line.text in shown for line in lines)
    pilot.key("ctrl+c")
    assert pilot.app.paste() == log_text(dialogue(game.game))
    assert all(line.text in pilot.app.paste() for line in lines)


def test_a_read_in_the_notebook_is_kept_once(tmp_path: Path, answers: list[int | None]) -> None:
    game = playing(tmp_path)
    pilot = over()
    open_notes(pilot.app.screen, game, answers.append)
    assert pilot.sees(game.game.scenario.preparation.history)
    slider = pilot.find("Kang Dae-jung")
    for share in (0.3, 0.8):
        pilot.point(slider.rect.left + share * slider.rect.width, slider.rect.top + 15,
                    "move", "down", "up")  # fmt: skip
    pilot.key("tab", "right", "right")
    assert game.game.reads == {}
    pilot.key("escape")
    ((place, confidence),) = game.game.reads.values()
    assert place == pytest.approx(0.8, abs=0.06)
    assert confidence == 0.5
    assert sum(e.kind == "read" for e in game.game.transcript.entries) == 1


# --- all actions --------------------------------------------------------------------------------


def test_every_legal_action_is_found_and_taken_by_keys(
    tmp_path: Path, answers: list[int | None]
) -> None:
    game = playing(tmp_path)
    pilot = over()
    open_actions(pilot.app.screen, game, answers.append)
    listed = [card for cards in by_ring(game.game).values() for card in cards]
    rows = [w for w in pilot.all() if w.role == "action"]
    assert [w.accessible_name for w in rows] == [card.label for card in listed]
    pilot.type("PERSimmon")
    fitting = [card for card in listed if found_by(card, "persimmon")]
    assert 0 < len(fitting) < 4
    assert len([w for w in pilot.all() if w.role == "action"]) == len(fitting)
    pilot.key("return", "return")
    assert answers == [fitting[0].action]


def test_an_action_is_looked_at_with_one_click_and_taken_with_two(
    tmp_path: Path, answers: list[int | None]
) -> None:
    game = playing(tmp_path)
    pilot = over()
    open_actions(pilot.app.screen, game, answers.append)
    card = by_ring(game.game)["company"][0]
    pilot.click(card.label)
    assert answers == []
    assert pilot.sees(card.tempts)
    assert pilot.sees(card.preview)
    pilot.click(card.label)
    assert answers == [card.action]


def test_an_offer_from_all_actions_is_composed(tmp_path: Path, answers: list[int | None]) -> None:
    game = playing(tmp_path)
    pilot = over()
    open_actions(pilot.app.screen, game, answers.append)
    propose = next(c for c in by_ring(game.game)["terms"] if c.verb == "propose")
    pilot.type(propose.label)
    pilot.click("do")
    assert answers == []
    pilot.click("put")
    assert len(answers) == 1 and (answers[0] or 0) >= game.game.rules.base_actions


def test_a_search_without_result_says_so(tmp_path: Path, answers: list[int | None]) -> None:
    pilot = over()
    open_actions(pilot.app.screen, playing(tmp_path), answers.append)
    pilot.type("qqq")
    assert pilot.sees(say("sheets.none_found"))
    assert not pilot.find("do").enabled
    pilot.key("return", "escape")
    assert answers == [None]


# --- going back, calendar, menu -------------------------------------------------------------------


def test_going_back_takes_the_moves_back_and_shows_the_moment(
    tmp_path: Path, answers: list[int | None], monkeypatch: pytest.MonkeyPatch
) -> None:
    game = playing(tmp_path)
    monkeypatch.setattr(Playing, "follow", lambda self, app: app.replace(Blank()))
    pilot = over()
    open_rewind(pilot.app.screen, game, answers.append)
    labels = [turn.label for turn in game.game.turns]
    assert len(labels) == 4
    pilot.click(labels[2])
    pilot.click(say("sheets.stay"))
    assert [turn.label for turn in game.game.turns] == labels
    pilot.click(labels[2])
    pilot.key("tab", "return")
    assert [turn.label for turn in game.game.turns] == labels[:2]
    assert game.game.undone == 2
    assert answers == []  # nothing was answered: the screen of that moment is there
    assert pilot.sees(say("sheets.went_back"))


def test_in_an_exam_nothing_is_taken_back(tmp_path: Path, answers: list[int | None]) -> None:
    game = playing(tmp_path, help="exam")
    pilot = over()
    open_rewind(pilot.app.screen, game, answers.append)
    assert pilot.sees(say("sheets.rewind_exam"))
    assert not any(w.can_focus for w in pilot.all() if w.role in ("button", "card")
                   and w.accessible_name in {turn.label for turn in game.game.turns})  # fmt: skip


def test_the_calendar_knows_past_present_and_flight() -> None:
    scenario = at_hand("seoul").scenario
    first, second = dates(scenario, 2).meetings
    assert (first.when, second.when) == (When.PAST, When.NOW)
    assert second.flight_turn == 6 and second.movable and second.gap_days == 1
    assert all(one.flight_turn is None for one in dates(scenario, 2, rebooked=True).meetings)
    assert [one.when for one in dates(at_hand("osaka").scenario, 1).meetings] == [
        When.NOW, When.AHEAD,
    ]  # fmt: skip


def test_the_menu_changes_size_and_sound_and_gives_hints(
    tmp_path: Path, answers: list[int | None]
) -> None:
    game = playing(tmp_path, help="guided")
    pilot = over()
    open_menu(pilot.app.screen, game, answers.append)
    pilot.click("hint")
    assert game.game.hints == 1
    pilot.click(say("sheets.mute"))
    assert pilot.app.settings.mute
    pilot.key("ctrl+m")
    assert not pilot.app.settings.mute
    switch = pilot.find(say("sheets.mute"))
    assert isinstance(switch, Toggle)
    assert not switch.on
    pilot.click(ui("settings_text_size"), 0.9)
    assert pilot.app.settings.text_scale == 2.0
    assert pilot.overlaps() == []
    pilot.click("go on")
    assert answers == [None]


def test_leaving_saves_and_restarting_begins_anew(
    tmp_path: Path, answers: list[int | None], monkeypatch: pytest.MonkeyPatch
) -> None:
    game = playing(tmp_path)
    begun: list[int] = []

    def begin(loaded: object, seed: int, settings: Settings, writer: object) -> Playing:
        begun.append(seed)
        return game

    monkeypatch.setattr(Playing, "begin", begin)
    monkeypatch.setattr(Playing, "follow", lambda self, app: app.replace(Blank()))
    pilot = over()
    pilot.app.start = Blank
    open_menu(pilot.app.screen, game, answers.append)
    pilot.click("restart")
    pilot.click(say("sheets.restart_now"))
    assert begun == [3]
    open_menu(pilot.app.screen, game, answers.append)
    game.path.unlink()
    pilot.click("save and quit")
    assert game.path.exists()
    assert answers == []


def test_what_cannot_be_saved_is_said_before_leaving(
    tmp_path: Path, answers: list[int | None]
) -> None:
    game = playing(tmp_path)
    (tmp_path / "file").write_text("")
    game.path = tmp_path / "file" / "game.lunch.json"
    pilot = over()
    open_menu(pilot.app.screen, game, answers.append)
    pilot.click("save and quit")
    assert pilot.sees(say("sheets.leave_anyway"))
    pilot.click(say("sheets.stay"))
    assert len(pilot.app.screen.root.layers) == 2
