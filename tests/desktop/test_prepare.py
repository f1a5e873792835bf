"""Before and between meetings: time is spent by keys or clicks, and what remained is shown."""

from __future__ import annotations

from pathlib import Path

import pytest

from game.core.vocabulary import Phase
from game.desktop import raster_worker
from game.desktop.pilot import Pilot
from game.desktop.playing import Playing
from game.desktop.screen import Screen
from game.desktop.screens.prepare import PrepareScreen
from game.desktop.screens.prepare_parts import open_promises
from game.desktop.settings import Settings as UiSettings
from game.desktop.widget import Widget
from game.desktop.widgets import Label
from game.desktop.words import say
from game.session.game import Game
from game.session.seating import Settings
from tests.at_hand import at_hand


@pytest.fixture(autouse=True)
def blank_pictures(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pictures take long to make, and what is in them is not looked at here."""

    def blank(svg: str, width: int, height: int, fonts: list[str]) -> tuple[int, int, bytes]:
        return width, height, bytes(4 * width * height)

    monkeypatch.setattr(raster_worker, "render", blank)


class Elsewhere(Screen):
    def build(self) -> Widget:
        return Label("elsewhere")


@pytest.fixture(autouse=True)
def follows(monkeypatch: pytest.MonkeyPatch) -> None:
    """Another page away from the table is shown; every other screen is a blank one."""

    def follow(self: Playing, app: object) -> None:
        away = self.kind == "prepare"
        app.replace(PrepareScreen(self) if away else Elsewhere())  # type: ignore[attr-defined]

    monkeypatch.setattr(Playing, "follow", follow)


def playing(folder: Path, *actions: str, scenario: str = "seoul") -> Playing:
    game = Game(at_hand(scenario), 3, Settings("plain"))
    made = Playing(game, folder / "game.lunch.json")
    for action in actions:
        made.game.play(action)
    made.save()
    return made


def over(made: Playing, settings: UiSettings | None = None) -> Pilot:
    return Pilot.over(PrepareScreen(made), settings=settings)


@pytest.mark.long
def test_preparing_by_keys_alone_leads_to_the_table(tmp_path: Path) -> None:
    made = playing(tmp_path)
    pilot = over(made)
    texts = made.game.scenario.preparation
    assert pilot.sees(say("prepare.slots_many", count=2))
    pilot.key("1")
    assert pilot.sees(texts.objectives)
    pilot.key("return")
    assert pilot.sees(say("prepare.slots_one"))
    assert pilot.sees(texts.objectives)  # stays in view where the card was
    pilot.key("return")  # the first card that is left has the focus
    assert pilot.sees(texts.history)
    pilot.key("escape")
    assert pilot.sees("elsewhere")
    assert made.game.phase is Phase.TABLE
    assert [turn.text for turn in made.game.turns] == ["prepare_objectives", "prepare_history"]


def test_preparing_by_clicks_alone(tmp_path: Path) -> None:
    made = playing(tmp_path)
    pilot = over(made)
    label = made.game.words.move_label(made.game.rules.actions.index("prepare_rivals"))
    pilot.click(label)
    pilot.click("go on")
    pilot.click("sit down")
    assert [turn.text for turn in made.game.turns] == ["prepare_rivals", "wait"]
    assert pilot.sees("elsewhere")


def test_every_preparation_says_what_it_gives(tmp_path: Path) -> None:
    pilot = over(playing(tmp_path))
    for name in ("objectives", "history", "referral", "rivals"):
        assert pilot.sees(say(f"prepare.gives_{name}"))


def test_what_was_done_is_kept_at_once(tmp_path: Path) -> None:
    made = playing(tmp_path)
    over(made).key("2")
    assert len(Playing.resume(made.path).game.turns) == 1


def test_between_meetings_it_shows_what_remained(tmp_path: Path) -> None:
    made = playing(tmp_path, "wait", "promise", "part")
    assert made.game.phase is Phase.BETWEEN
    pilot = over(made)
    assert pilot.sees("The next day")
    (given,) = open_promises(made.game)
    assert given in made.game.turns[1].own
    assert pilot.sees(given)
    assert pilot.sees(made.game.scenario.meetings[1].place[1:])
    pilot.key("2")
    pilot.key("return")
    assert made.game.turns[-1].text == "visit"
    assert made.kind == "table"
    assert pilot.sees("elsewhere")


def test_the_time_may_pass_unused(tmp_path: Path) -> None:
    made = playing(tmp_path, "wait", "part")
    pilot = over(made)
    pilot.key("w")
    assert made.game.turns[-1].text == "wait"
    assert pilot.sees("elsewhere")


@pytest.mark.parametrize("actions", [(), ("prepare_history",), ("wait", "promise", "part")])
def test_it_fits_with_large_text(tmp_path: Path, actions: tuple[str, ...]) -> None:
    made = playing(tmp_path, *actions)
    for scale in (1.0, 1.5, 2.0):
        pilot = over(made, UiSettings(text_scale=scale, theme="dark"))
        assert pilot.overlaps() == []
        if scale > 1.4:
            pilot.click(say("prepare.where_next"))
            assert pilot.overlaps() == []


def test_say_it_first_hides_the_wording(tmp_path: Path) -> None:
    made = playing(tmp_path, "wait", "part")
    words = made.game.preview(made.game.rules.actions.index("visit"))
    assert words
    assert over(made).sees(words)
    assert not over(made, UiSettings(say_it_first=True)).sees(words)


def test_log_notes_and_menu_open_and_escape_opens_the_menu(tmp_path: Path) -> None:
    pilot = over(playing(tmp_path))
    for key in ("l", "n", "r", "f10", "escape"):
        pilot.key(key)
        assert len(pilot.app.screen.root.layers) == 2
        pilot.key("escape")
        assert len(pilot.app.screen.root.layers) == 1
