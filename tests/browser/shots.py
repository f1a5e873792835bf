"""Pictures of the workshop's pages in their sizes: `python -m tests.browser.shots DIR [WORD…]`.

Words choose, as in `round "phone|stage" 390 dark`: sessions, states, pages, sizes, looks,
languages.
"""

from __future__ import annotations

import re
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from html import unescape
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING

import httpx

from tests.browser.browsing import browser, enter
from tests.workshop.served import Served, acted, served

if TYPE_CHECKING:
    from playwright.sync_api import Browser

SIZES = {
    "320": (320, 640), "big": (390, 844), "390": (390, 844), "laptop": (1280, 720),
    "projector": (1920, 1080), "4k": (3840, 2160),
}  # fmt: skip
LOOKS = ("light", "dark")
LANGUAGES = ("en", "de")
LONG = "Maximiliane-Konstanze von und zu Hohenfels"
_NAMES = ("Ana", "Ben", LONG, "Dilek", "Émile", "فاطمة")


class Room:
    """A session at some moment, with the cookies that its pages need."""

    def __init__(self, server: Served) -> None:
        self.server = server
        self.host = server.console()
        self.phones: list[httpx.Client] = []

    def close(self) -> None:
        for client in (self.host, *self.phones):
            client.close()

    def do(self, what: str, **form: object) -> None:
        answer = acted(self.host, f"/console/do/{what}", **form)
        assert answer.status_code == 200, (what, answer.text)

    def fill(self, count: int) -> None:
        for name in _NAMES[:count]:
            self.phones.append(self.server.join(name))

    def move(self, phone: int, table: str, ply: int, action: str) -> None:
        acted(self.phones[phone], "/act/move", table=table, ply=ply, action=action)

    def vote(self, table: str, ply: int, actions: list[str]) -> None:
        for phone, action in zip(self.phones, actions, strict=False):
            acted(phone, "/act/vote", table=table, ply=ply, action=action)

    def hand(self) -> list[str]:
        """The actions on a phone's page."""
        page = self.phones[0].get("/play", timeout=60).text
        return [unescape(a) for a in re.findall(r'name="action" value="([^"]+)"', page)]


def _round(server: Served) -> Iterator[tuple[str, Room]]:
    room = Room(server)
    yield "join", room
    room.do("plan", mode="round")
    room.fill(6)
    yield "lobby", room
    room.do("start")
    room.do("stage", to="playing")
    for ply in range(20):
        hand = room.hand()
        pick = next((a for a in hand if a.startswith(("greet", "small_talk", "praise"))), hand[0])
        if ply == 5:
            pick = next((a for a in hand if a.startswith("quote")), hand[0])
        room.do("decide", table="s1.1", ply=ply, action=pick)
        if ply >= 6:
            break
    hand = room.hand()
    ply += 1
    yield "playing", room
    room.vote("s1.1", ply, [hand[0], hand[1], hand[0], hand[2], hand[0], hand[1]])
    yield "voting", room
    room.do("ballot", table="s1.1", ply=ply, on="no")
    yield "voted", room
    room.do("ask", kind="read", table="s1.1")
    yield "asked", room
    for phone, answer in zip(room.phones, ("0.7", "0.9", "0.9", "0.3"), strict=False):
        acted(phone, "/act/answer", question="q1", answer=answer)
    room.do("close", question="q1")
    yield "answered", room
    for layer in ("trust", "thoughts", "position", "circles"):
        room.do("reveal", layer=layer, on="yes")
    yield "revealed", room
    room.do("pause", on="yes")
    yield "paused", room
    room.do("pause", on="no")
    room.do("test", half="before", on="yes")
    yield "test", room
    room.do("test", half="before", on="no")
    room.do("stage", to="debrief")
    yield "debrief", room


def _parallel(server: Served) -> Iterator[tuple[str, Room]]:
    room = Room(server)
    room.fill(6)
    room.do("plan", leaderboard="yes")
    room.do("start")
    for phone in range(len(room.phones)):
        for ply in range(3 + phone % 3):
            for action in (("greet", "praise_house", "set_agenda")[(ply + phone) % 3], "wait"):
                room.move(phone, f"s{phone + 1}.1", ply, action)
    yield "race", room
    room.do("reveal", layer="trust", on="yes")
    yield "race-trust", room
    for ply in range(3, 40):
        room.move(0, "s1.1", ply, "part")
    yield "ended", room


_SESSIONS = {
    "round": ("seoul", _round), "several": ("toronto-committee", _round),
    "parallel": ("osaka", _parallel),
}  # fmt: skip
_KINDS = {"phone": "/play", "stage": "/stage", "console": "/console"}
Wanted = Callable[[str], bool]


def wanted(words: Sequence[str]) -> Wanted:
    """Whether a name such as `round-voted.stage.laptop.dark.de` is asked for.

    Every word must be in it; a word may be several with bars between them, of which one must.
    """
    return lambda name: all(
        any(part in name.replace("-", ".").split(".") for part in word.split("|")) for word in words
    )


def shoot(folder: Path, words: Sequence[str]) -> int:
    """Render every wanted state; how many pictures there are."""
    folder.mkdir(parents=True, exist_ok=True)
    chosen = [name for name in _SESSIONS if name in words] or list(_SESSIONS)
    count = 0
    with browser() as chrome:
        for session in chosen:
            scenario, states = _SESSIONS[session]
            with (
                tempfile.TemporaryDirectory() as store,
                served(Path(store) / "rooms.db", scenario) as server,
            ):
                for state, room in states(server):
                    count += _state(chrome, room, folder, f"{session}-{state}", wanted(words))
    return count


def _state(chrome: Browser, room: Room, folder: Path, state: str, asked: Wanted) -> int:
    pages = {"join": ""} if state.endswith("-join") else _KINDS
    count = 0
    for kind, size, look, language in product(pages, SIZES, LOOKS, LANGUAGES):
        name = f"{state}.{kind}.{size}.{look}.{language}"
        if asked(name):
            _shot(chrome, room, folder / f"{name}.png", pages[kind], size, look, language)
            count += 1
    return count


def _shot(
    chrome: Browser, room: Room, file: Path, path: str, size: str, look: str, language: str
) -> None:
    wide, high = SIZES[size]
    context = chrome.new_context(
        viewport={"width": wide, "height": high}, color_scheme=look, locale=language,  # type: ignore[arg-type]
        reduced_motion="reduce", bypass_csp=size == "big",
    )  # fmt: skip
    if path:
        client = room.phones[2] if path == "/play" else room.host
        enter(context, room.server.url, client)
    page = context.new_page()
    page.goto(room.server.url + path)
    page.wait_for_load_state("load")
    if size == "big":  # 200 % text
        page.add_style_tag(content="html { font-size: 200% !important }")
    page.wait_for_timeout(250)
    page.evaluate("document.fonts.ready")
    page.screenshot(path=file)
    if path != "/stage":
        page.screenshot(path=file.with_suffix(".whole.png"), full_page=True)
    context.close()


if __name__ == "__main__":
    print(shoot(Path(sys.argv[1]), sys.argv[2:]), "pictures")
