"""Home with a pack's tables, and a game at one of them to its end."""

from __future__ import annotations

from pathlib import Path

import pytest

from game.desktop.input import Command
from game.desktop.pilot import Pilot
from game.desktop.screens.briefing import BriefingScreen
from game.desktop.screens.diagnosis import DiagnosisScreen
from game.desktop.screens.home import HomeScreen, first_screen
from game.desktop.screens.home_cards import ScenarioCard
from game.desktop.screens.table import TableScreen
from game.desktop.screens.table_sheets import AskRead
from game.desktop.settings import Settings
from game.desktop.words import say
from tests.desktop.homes import at_home
from tests.packs import QUAYSIDE, zipped


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    at_home(monkeypatch, tmp_path)


def test_a_pack_shows_its_cards_in_its_order_under_its_name(tmp_path: Path) -> None:
    pilot = Pilot.over(first_screen(str(zipped(tmp_path))))
    assert isinstance(pilot.app.screen, HomeScreen)
    cards = [w.id for w in pilot.all() if isinstance(w, ScenarioCard)]
    assert cards == ["slipway", "winter-berth"]
    assert pilot.sees("Two doors on the quay") and not pilot.sees(say("home.tables"))


def test_one_table_of_a_pack_is_begun_at_once() -> None:
    pilot = Pilot.over(first_screen(f"{QUAYSIDE}:slipway"))
    assert isinstance(pilot.app.screen, BriefingScreen)
    assert pilot.sees("The morning at the slipway")


def test_a_pack_that_cannot_be_used_is_explained(tmp_path: Path) -> None:
    (tmp_path / "bad.zip").write_bytes(b"no zip")
    pilot = Pilot.over(first_screen(str(tmp_path / "bad.zip")))
    assert isinstance(pilot.app.screen, DiagnosisScreen)


@pytest.mark.long
def test_a_game_from_a_packs_card_to_its_end(tmp_path: Path) -> None:
    pack = zipped(tmp_path)
    pilot = Pilot.over(first_screen(str(pack), seed=5), settings=Settings(typewriter="instant"))
    pilot.click("The winter berth")
    pack.unlink()  # what is open needs its file no more
    pilot.click("begin")
    pilot.click("sit down")
    screen = pilot.app.screen
    assert isinstance(screen, TableScreen)
    walked = 0
    for _ in range(40):
        if screen.gone:
            break
        while isinstance(screen.root.top, AskRead):
            pilot.command(Command.BACK)
        name = "Walk the hull with them"
        walking = next((c.name for c in screen.hand.children if name in c.accessible_name), "")
        walked += bool(walking)
        pilot.click(walking) if walking else pilot.key("w")
        while isinstance(screen.root.top, AskRead):
            pilot.command(Command.BACK)
    assert screen.game.ended and walked
    pilot.click(say("table.go_on"))
    assert pilot.app.screen is not screen
