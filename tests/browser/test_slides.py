"""The debrief in a browser: an opened slide fills the wall, a report fits a phone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.browser.browsing import LAPTOP, PHONE, enter
from tests.browser.shots import Room
from tests.workshop.served import served

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.long
_SIZES = """[...document.querySelectorAll('.slide *')].filter(
    e => e.offsetParent && !e.closest('svg')
    && [...e.childNodes].some(c => c.nodeType == 3 && c.data.trim()))
    .map(e => parseFloat(getComputedStyle(e).fontSize))"""
_CUT = """[document.documentElement, ...document.querySelectorAll('.scroll, td, th')]
    .filter(e => e.scrollWidth > e.clientWidth + 1).map(e => e.outerHTML.slice(0, 80))"""


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    """Three people who did the same, and are in the debrief."""
    with served(tmp_path / "rooms.db", "osaka") as server:
        room = Room(server)
        room.fill(3)
        room.do("start")
        for phone in range(3):
            for ply, action in enumerate(("prepare_history", "prepare_objectives", "greet")):
                room.move(phone, f"s{phone + 1}.1", ply, action)
        room.do("stage", to="debrief")
        yield room
        room.close()


def test_an_opened_slide_is_set_as_large_as_it_has_room_for(room: Room, chrome: Browser) -> None:
    for width, height in ((1280, 720), (1920, 1080)):
        context = chrome.new_context(viewport={"width": width, "height": height})
        enter(context, room.server.url, room.host)
        wall = context.new_page()
        for slide, on in ((0, "no"), (0, "yes")):
            room.do("slide", slide=slide, on=on)
            wall.goto(room.server.url + "/stage")
            wall.locator(".slide h2").wait_for()
            wall.wait_for_timeout(300)
            sizes = wall.evaluate(_SIZES)
            assert min(sizes) >= 24 * width / 1280 - 0.1, (width, on, sizes)
            assert max(sizes) >= 60 * width / 1280, "a short slide has large words"
            overflow = "document.documentElement.scrollHeight - innerHeight"
            assert wall.evaluate(overflow) <= 1, "a wall does not scroll"
        context.close()


@pytest.mark.parametrize("path", ["/console/report", "/console/report/p1"])
def test_no_column_of_a_report_leaves_a_phone(room: Room, chrome: Browser, path: str) -> None:
    for size in (PHONE, LAPTOP):
        context = chrome.new_context(viewport={"width": size["width"], "height": size["height"]})
        enter(context, room.server.url, room.host)
        page = context.new_page()
        page.goto(room.server.url + path)
        assert page.evaluate(_CUT) == []
        faces = "document.fonts.ready.then(f => [...f].filter(x => x.status == 'loaded').length)"
        assert page.evaluate(faces) >= 2, "it is set in the fonts of the other pages"
        context.close()
