"""The stage in a real browser: nothing is cut off or too small, the newest thing always stands."""

from __future__ import annotations

import re
import time
from contextlib import closing
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.at_hand import at_hand
from tests.browser.browsing import enter
from tests.browser.shots import Room
from tests.workshop.served import acted, served

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.long
_PATIENCE = 90  # s until every move was weighed: a busy machine is no fault
SIZES = ((1280, 720), (1920, 1080), (3840, 2160))
# What shows a layer, of one table and of many.
LAYERS = {
    "position": ".drawn", "trust": "progress.trust", "thoughts": ".thought", "circles": ".drawn",
}  # fmt: skip
RACE = LAYERS | {"trust": ".drawn"}
# Words that stand outside the window, words below 24 px (of 720 lines), and how high the page is.
FAULTS = """() => {
    const found = [], main = document.querySelector("main");
    const walk = document.createTreeWalker(main, NodeFilter.SHOW_TEXT);
    while (walk.nextNode()) {
        const holder = walk.currentNode.parentElement, words = walk.currentNode.data.trim();
        const box = holder.getBoundingClientRect(), svg = holder.closest("svg");
        if (!words || box.width < 3 || box.height < 3) continue;
        if (svg && holder.tagName !== "text") continue;
        const zoom = svg ? svg.getBoundingClientRect().width / svg.viewBox.baseVal.width : 1;
        const size = zoom * parseFloat(getComputedStyle(holder).fontSize) * 1280 / innerWidth;
        if (size < 23.99) found.push(`${size.toFixed(1)} px: ${words}`);
        if (box.bottom > innerHeight + 1 || box.right > innerWidth + 1) found.push(`cut: ${words}`);
    }
    if (document.documentElement.scrollHeight > innerHeight + 1) found.push("scrolls");
    return found;
}"""


class Wall:
    """The stage of a room on projectors of several sizes."""

    def __init__(self, chrome: Browser, room: Room) -> None:
        self.room = room
        self.pages: list[Page] = []
        for wide, high in SIZES:
            context = chrome.new_context(
                viewport={"width": wide, "height": high}, reduced_motion="reduce", locale="en"
            )
            enter(context, room.server.url, room.host)
            self.pages.append(context.new_page())

    def shows(self, *selectors: str) -> None:
        """It is whole at every size, and these can be seen on it."""
        for page in self.pages:
            page.goto(self.room.server.url + "/stage")
            page.evaluate("document.fonts.ready")
            page.wait_for_function(
                "!document.images.length || [...document.images].every(i => i.complete)"
            )
            assert page.evaluate(FAULTS) == [], page.viewport_size
            for selector in selectors:
                seen = page.locator(selector).locator("visible=true").count()
                assert seen, (selector, page.viewport_size)


def hand(room: Room) -> tuple[int, list[str]]:
    """The next move's number, and what may be chosen, from the console."""
    page = room.host.get("/console", timeout=60).text
    found = [unescape(a) for a in re.findall(r'data-key="decide-([^"]+)"', page)]
    number = re.search(r'name="ply" value="(\d+)"', page)
    return int(number[1]) if number else 0, found


@pytest.mark.parametrize("name", ["seoul", "toronto-committee"])
def test_a_short_round_stands_whole_on_the_wall_to_its_end(
    chrome: Browser, tmp_path: Path, name: str
) -> None:
    with served(tmp_path / "rooms.db", name) as server, closing(Room(server)) as room:
        room.do("plan", mode="round")
        room.fill(4)
        wall = Wall(chrome, room)
        wall.shows(".code", ".names")
        room.do("start", mode="round", short="3")
        wall.shows(".brief", ".options")
        for turn in range(3):
            ply, choices = hand(room)
            room.vote("s1.1", ply, choices[:4])
            room.do("ballot", table="s1.1", ply=ply, on="no")
            wall.shows(".now .said", ".options .figures")
            if turn == 1:
                buyer = next(iter(at_hand(name).scenario.buyers))
                for place, phone in zip((0.2, 0.5, 0.6, 0.9), room.phones, strict=True):
                    read = {"buyer": buyer, "d": place, "confidence": "0.5"}
                    acted(phone, "/act/read", table="s1.1", **read)
                _revealed(room, wall, ply)
            room.do("decide", table="s1.1", ply=ply, action=choices[0])
            wall.shows(".now .notice")
        wall.shows(".ending", ".letter")
        assert wall.pages[0].locator(".terms").count() or "Agreed" not in wall.pages[0].content()
        room.do("stage", to="debrief")
        _slides(room, wall)


def _revealed(room: Room, wall: Wall, ply: int) -> None:
    """Layer upon layer: the newest is the one that stays; and a prediction with its answer."""
    for layer, mark in LAYERS.items():
        room.do("reveal", layer=layer, on="yes")
        wall.shows(f".side > .card:first-child {mark}", ".options .figures")
    room.do("ask", kind="read", table="s1.1")
    for phone, answer in zip(room.phones, ("0.1", "0.3", "0.5", "0.9"), strict=True):
        acted(phone, "/act/answer", question="q1", answer=answer)
    room.do("close", question="q1")
    room.do("show", question="q1")
    wall.shows(".predicted .true", ".side > .card")
    room.do("away", question="q1")
    for layer in LAYERS:
        room.do("reveal", layer=layer, on="no")


def _slides(room: Room, wall: Wall) -> None:
    for _ in range(_PATIENCE):
        console = room.host.get("/console", timeout=60).text
        count = len(re.findall(r'id="d-slide-', console))
        if count and "Tables weighed:" not in console:
            break
        time.sleep(1)
    assert count
    for slide in range(count):
        for on in ("no", "yes"):
            room.do("slide", slide=slide, on=on)
            wall.shows(".slide h2")


def test_many_tables_show_whom_they_meet_and_every_layer(chrome: Browser, tmp_path: Path) -> None:
    with served(tmp_path / "rooms.db", "seoul") as server, closing(Room(server)) as room:
        room.fill(6)
        wall = Wall(chrome, room)
        room.do("start")
        wall.shows(".across .brief .want", ".seat")
        for number, phone in enumerate(room.phones, 1):
            for ply in range(6 + number % 2):
                page = phone.get("/play", timeout=60).text
                choices = [unescape(a) for a in re.findall(r'name="action" value="([^"]+)"', page)]
                action = choices[number % 3] if ply > 3 else choices[-2]
                acted(phone, "/act/move", table=f"s{number}.1", ply=ply, action=action)
            acted(
                phone,
                "/act/read",
                table=f"s{number}.1",
                buyer="kang",
                d=0.1 * number,
                confidence="0.5",
            )
        wall.shows(".seat", ".across .frame")
        for layer, mark in RACE.items():
            room.do("reveal", layer=layer, on="yes")
            wall.shows(f".side > .card:first-child {mark}", ".seat")
