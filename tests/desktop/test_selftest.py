"""The self-test: twelve answers by keys or by clicks, a place on the continuum, kept once."""

from __future__ import annotations

from pathlib import Path

import pytest

from game.desktop.pilot import Pilot
from game.desktop.screens.home_line import LineOfPeople
from game.desktop.screens.selftest import SelfTestScreen
from game.desktop.settings import Settings
from game.desktop.words import say
from game.review import profile_files as files
from game.review.profile import Profile
from game.review.questionnaire import score_self
from game.review.questionnaire_files import shipped_self_test
from tests.desktop.homes import TODAY, at_home

ANSWERS = [1, 5, 2, 4, 3, 1, 2, 5, 4, 1, 2, 3]


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    at_home(monkeypatch, tmp_path)


def begun(settings: Settings | None = None) -> Pilot:
    pilot = Pilot.over(SelfTestScreen(TODAY), settings=settings)
    pilot.key("return")
    return pilot


def screen(pilot: Pilot) -> SelfTestScreen:
    found = pilot.app.screen
    assert isinstance(found, SelfTestScreen)
    return found


def test_by_number_keys_alone() -> None:
    pilot = begun()
    for answer in ANSWERS:
        pilot.key(str(answer))
    wanted = score_self(ANSWERS)
    assert screen(pilot).result == wanted
    test = shipped_self_test()
    assert pilot.sees(test.bands[wanted.band].name)
    assert pilot.sees(test.spreads[wanted.spread_band].reading)
    (line,) = (w for w in pilot.all() if isinstance(w, LineOfPeople))
    assert line.you is not None
    assert line.you[0] == wanted.d


def test_by_tab_and_confirm_and_by_clicks_it_comes_to_the_same() -> None:
    keys, clicks = begun(), Pilot.over(SelfTestScreen(TODAY))
    clicks.click("begin")
    for answer in ANSWERS:
        while keys.focus != f"answer {answer}":
            keys.key("tab")
        keys.key("return")
        clicks.click(f"answer {answer}")
    assert screen(keys).result == screen(clicks).result == score_self(ANSWERS)


def test_an_answer_can_be_changed() -> None:
    pilot = begun()
    pilot.key("5", "1")
    pilot.click("before")
    assert pilot.focus == "answer 1"
    pilot.key("escape")
    assert pilot.focus == "answer 5"
    pilot.key("2")
    assert screen(pilot).answers[:2] == [2, 1]


def test_the_result_is_kept_in_the_profile_and_can_be_taken_again() -> None:
    pilot = begun()
    for _ in range(2):
        pilot.key(*map(str, ANSWERS))
        assert pilot.sees(say("selftest.kept"))
        pilot.click("again")
    tests = Profile.load(files.data_dir()).book.tests
    wanted = round(score_self(ANSWERS).d, 4)
    assert [(t.test, t.date, t.result["d"]) for t in tests] == [("self", TODAY, wanted)] * 2


def test_a_profile_that_cannot_be_read_costs_only_the_keeping() -> None:
    folder = files.data_dir()
    folder.mkdir(parents=True)
    (folder / files.FILE).write_text('{"format": "longlunch.profile/1", "x', encoding="utf-8")
    pilot = begun()
    pilot.key(*map(str, ANSWERS))
    assert screen(pilot).result is not None
    assert pilot.sees("It could not be kept")


def test_leaving_in_the_middle_asks_first() -> None:
    pilot = begun()
    pilot.key("3")
    pilot.click("leave")
    pilot.click(say("selftest.leave_stay"))
    assert screen(pilot).answers[0] == 3
    pilot.click("leave")
    pilot.click(say("selftest.leave_go"))
    assert not pilot.app.running
    assert not (files.data_dir() / files.FILE).exists()


def test_one_answer_throughout_is_told_to_mean_nothing() -> None:
    pilot = begun()
    pilot.key(*["2"] * 12)
    assert pilot.sees(str(shipped_self_test().one_answer))


@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
def test_no_page_overlaps(scale: float) -> None:
    pilot = Pilot.over(SelfTestScreen(TODAY), settings=Settings(text_scale=scale))
    assert pilot.overlaps() == []
    pilot.key("return")
    for answer in ANSWERS:
        assert pilot.overlaps() == []
        pilot.key(str(answer))
    assert pilot.overlaps() == []
