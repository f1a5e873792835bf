"""The briefing: complete, spoiler-free, and ready to begin by keys or by clicks."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from game.desktop import raster_worker
from game.desktop.pilot import Pilot
from game.desktop.playing import Playing
from game.desktop.screens.briefing import BriefingScreen
from game.desktop.settings import Settings as UiSettings
from game.desktop.words import say
from game.scenario.library import shipped
from game.session.transcript import load_transcript
from tests.at_hand import at_hand


@pytest.fixture(autouse=True)
def blank_pictures(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pictures take long to make, and what is in them is not looked at here."""

    def blank(svg: str, width: int, height: int, fonts: list[str]) -> tuple[int, int, bytes]:
        return width, height, bytes(4 * width * height)

    monkeypatch.setattr(raster_worker, "render", blank)


BEGUN: list[Playing] = []


@pytest.fixture(autouse=True)
def stays(monkeypatch: pytest.MonkeyPatch) -> None:
    """What begins is noted; no further screen is shown."""
    BEGUN.clear()
    monkeypatch.setattr(Playing, "follow", lambda self, app: BEGUN.append(self))


def over(scenario: str = "seoul", settings: UiSettings | None = None, **options: Any) -> Pilot:
    return Pilot.over(BriefingScreen(at_hand(scenario), **options), settings=settings)


@pytest.mark.parametrize("scenario", shipped())
def test_it_tells_everything_that_one_may_know(scenario: str) -> None:
    pilot = over(scenario, seed=1)
    model = at_hand(scenario).scenario
    shown = pilot.tree().casefold()
    for person in model.buyers.values():
        assert person.name.casefold() in shown
        assert person.role.casefold() in shown
    for text in (model.title, model.selling, model.stake, model.you.want, model.you.alternative):
        assert text.casefold() in shown
    assert say("briefing.walkaway", value=round(100 * model.you.reservation)).casefold() in shown
    for meeting in model.meetings:
        assert meeting.place.split(", ")[0].casefold() in shown
    for fact in model.facts.values():
        assert fact.text.casefold() not in shown
    assert pilot.overlaps() == []


@pytest.mark.parametrize("scenario", ["seoul", "toronto-committee"])
def test_it_fits_with_large_text(scenario: str) -> None:
    pilot = over(scenario, UiSettings(text_scale=2.0, theme="dark"), seed=1)
    for tab in ("meet", "play", "matter"):
        pilot.click(say(f"briefing.{tab}"))
        assert pilot.overlaps() == []


def test_enter_begins_with_what_is_shown(tmp_path: Path) -> None:
    path = tmp_path / "one.lunch.json"
    pilot = over(seed=12, save=path, d=0.4)
    assert pilot.focus == "begin"
    pilot.key("return")
    (playing,) = BEGUN
    assert playing.game.seed == 12
    assert playing.game.settings.help == "plain"
    assert playing.game.settings.d == 0.4
    assert load_transcript(path).seed == 12


def test_everything_is_chosen_by_keys_alone(tmp_path: Path) -> None:
    pilot = over(seed=12, save=tmp_path / "one.lunch.json")

    def go(name: str) -> None:
        for _ in range(40):
            if pilot.focus == name:
                return
            pilot.key("tab")
        raise LookupError(name)

    go("help")
    pilot.key("left")
    go("blind")
    pilot.key("return")
    go("coach")
    pilot.key("space")
    go("seed")
    pilot.key("ctrl+a")
    pilot.type("77")
    go("begin")
    pilot.key("return")
    (playing,) = BEGUN
    settings = playing.game.settings
    assert (settings.help, settings.blind, settings.coach) == ("guided", True, True)
    assert playing.game.seed == 77


def test_an_exam_has_no_coach(tmp_path: Path) -> None:
    pilot = over(seed=12, coach=True, save=tmp_path / "one.lunch.json")
    assert pilot.find("coach").state_text == "on"
    pilot.click("help", 0.9)
    assert pilot.find("coach").state_text == "off"
    assert not pilot.find("coach").enabled
    pilot.click("begin")
    assert BEGUN[0].game.settings.help == "exam"


def test_a_seed_must_be_a_number_and_another_can_be_drawn(tmp_path: Path) -> None:
    pilot = over(seed=12, save=tmp_path / "one.lunch.json")
    pilot.click("seed")
    pilot.key("ctrl+a")
    pilot.type("12x")
    assert pilot.sees(say("briefing.seed_bad"))
    assert not pilot.find("begin").enabled
    pilot.click("another seed")
    assert not pilot.sees(say("briefing.seed_bad"))
    pilot.click("begin")
    assert str(BEGUN[0].game.seed) == pilot.find("seed").state_text


def test_a_game_that_is_there_is_not_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "one.lunch.json"
    path.write_text("something else")
    over(seed=12, save=path).click("begin")
    assert path.read_text() == "something else"
    assert BEGUN[0].path != path and BEGUN[0].path.exists()


def test_escape_goes_back() -> None:
    pilot = over(seed=1)
    pilot.app.push(BriefingScreen(at_hand("osaka"), seed=2))
    assert pilot.sees("Osaka")
    pilot.key("escape")
    assert pilot.app.depth == 1
