"""What a page's own measures have to keep: forms in one column, the first options on one screen."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.browser.browsing import LAPTOP, PHONE, console, join
from tests.workshop.served import Served, acted, served

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.long


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Served]:
    with served(tmp_path / "rooms.db", "osaka", "seoul") as found:
        yield found


def offered(page: Page) -> set[str]:
    """The fields of the plan that are to be seen."""
    fields = page.locator("#c-plan-form :is(select, input[type=number])")
    names = [(f.get_attribute("name"), f.is_visible()) for f in fields.all()]
    return {name for name, seen in names if name and seen}


def test_the_plan_offers_what_means_something_in_the_way_that_is_chosen(
    chrome: Browser, server: Served
) -> None:
    page = console(chrome.new_context(viewport=LAPTOP), server)
    always = {"place", "short", "phones", "help", "seconds", "seed"}
    apart = {"together", "teams", "leaderboard"}
    assert offered(page) == always | apart
    page.locator("#c-mode-round").check()
    assert offered(page) == always
    page.locator("#c-mode-pairs").check()
    page.locator("#c-short").select_option("5")
    assert offered(page) == always | apart | {"second", "style"}


def test_on_a_phone_the_plan_is_one_column(chrome: Browser, server: Served) -> None:
    page = console(chrome.new_context(viewport=PHONE), server)
    form, ways = page.locator("#c-plan-form"), page.locator("#c-plan-form .choices")
    (whole, one) = (found.bounding_box() for found in (form, ways))
    assert whole is not None and one is not None
    assert one["width"] == pytest.approx(whole["width"], abs=2)


def test_the_newest_words_and_an_option_stand_on_one_screen(
    chrome: Browser, server: Served
) -> None:
    phone = join(chrome.new_context(viewport=PHONE), server, "Ana")
    with closing(server.console()) as host:
        assert acted(host, "/console/do/start", mode="round", place=1).status_code == 200
        phone.locator("form[data-choose]").wait_for()
        for ply in range(4):
            hand = phone.locator(".deck .move input").first.get_attribute("value")
            action = hand if ply else "wait"  # it sits down
            acted(host, "/console/do/decide", table="s1.1", ply=ply, action=action)
            turn = phone.locator(f"form[data-choose] input[name=ply][value='{ply + 1}']")
            turn.wait_for(state="attached")
            said, option = phone.locator(".said").first, phone.locator(".deck .move").first
            bar = phone.locator(".doing").bounding_box()
            words, box = said.bounding_box(), option.bounding_box()
            assert words is not None and box is not None and bar is not None
            assert bar["y"] + bar["height"] <= PHONE["height"] + 1, "the button is whole"
            assert words["y"] < box["y"] < bar["y"], ply
    button, shade = phone.locator("[data-say]"), "e => getComputedStyle(e).backgroundColor"
    unready = button.evaluate(shade)
    phone.locator(".deck .move").first.click()
    assert button.evaluate(shade) != unready, "it looks ready once something is chosen"
