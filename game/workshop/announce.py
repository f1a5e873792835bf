"""What a facilitator is told when the server starts: where to join, the code, the console."""

from __future__ import annotations

import json
import os
import sys
import threading
import webbrowser
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import segno

from game.workshop.places import Place
from game.workshop.service import Live
from game.workshop.words import say

_DISPLAYS = ("DISPLAY", "WAYLAND_DISPLAY")


@dataclass(slots=True)
class Announcement:
    """Everything that is to be told of a session that is served.

    `chosen` is the place among `places` that phones are told of.
    """

    live: Live
    again: bool
    phones: bool
    scheme: str
    port: int
    places: list[Place]
    near: str  # how this machine itself reaches it; "" as phones do
    console: str = ""  # links that work once, for this machine
    stage: str = ""
    chosen: int = 0

    def make_links(self, link: Callable[[str], str]) -> None:
        """New links to the console and the stage; `link` makes the path of one for a role."""
        base = f"{self.scheme}://{self.near}:{self.port}" if self.near else self.url
        self.console, self.stage = base + link("host"), base + link("stage")

    @property
    def url(self) -> str:
        return self.url_of(self.places[self.chosen])

    def url_of(self, place: Place) -> str:
        return f"{self.scheme}://{place.host}:{self.port}"

    def as_json(self) -> dict[str, Any]:
        """The object of ``--json``: docs/json/host.schema.json."""
        found = [
            {"url": self.url_of(p), "network": p.network, "likely": p.likely} for p in self.places
        ]
        return {
            "format": "longlunch.host/1", "session": self.live.kept.id,
            "title": self.live.room.title, "again": self.again, "phones": self.phones,
            "url": self.url, "join": f"{self.url}/j/{self.live.code}", "code": self.live.code,
            "addresses": found, "console": self.console, "stage": self.stage,
            "encrypted": self.scheme == "https",
        }  # fmt: skip


def announce(found: Announcement, as_json: bool) -> None:
    """Tell it on standard output."""
    if as_json:
        print(json.dumps(found.as_json(), ensure_ascii=False), flush=True)
        return
    room = found.live.room
    if found.again:
        print(say("host.again", title=room.title, people=len(room.here()), records=room.seq))
    if found.phones:
        tell_address(found)
    else:
        print(say("host.alone"))
    print(say("host.console", url=found.console))
    if found.phones:
        print(say("host.reach", url=f"{found.url}/reach"))
        print(say("host.plain_http") if found.scheme == "http" else say("host.tls"))
    print(say("host.stop"), flush=True)


def tell_address(found: Announcement) -> None:
    """The address that phones go to, with a code for their cameras, and the other addresses."""
    print(say("host.join", url=found.url, code=found.live.code))
    if sys.stdout.isatty():
        segno.make(f"{found.url}/j/{found.live.code}", error="m").terminal(compact=True)
    others = [(k, p) for k, p in enumerate(found.places, 1) if k != found.chosen + 1]
    if others:
        print(say("host.others") if sys.stdin is not None and sys.stdin.isatty() else
              say("host.others_piped"))  # fmt: skip
    for number, place in others:
        doubt = "" if place.likely else say("host.unlikely")
        print(f"  {number}  {found.url_of(place)}  {place.network}{doubt}")
    sys.stdout.flush()


def show_console(url: str) -> None:
    """Open the console in a browser, if this machine has a display to show one on."""
    seen = sys.platform in ("win32", "darwin") or any(os.environ.get(d) for d in _DISPLAYS)
    if seen:  # a browser that is slow to start holds up nobody
        threading.Thread(target=webbrowser.open, args=(url,), daemon=True).start()
