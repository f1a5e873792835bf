"""What a page hears next: the parts that are newer than what it has.

A message has a line that says of what edition it is, with the list of all the page's parts in
their order where that has changed, and a line for every part that is newer: its name, its version
and its HTML. All are JSON. Nothing is remembered for a page but the versions it has.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from functools import lru_cache

from starlette.requests import Request
from starlette.responses import Response

from game.workshop.pages import Parts, name_of
from game.workshop.pieces import Piece
from game.workshop.service import Live

Layout = Callable[[], Sequence[str] | None]
_GONE = Piece(b'{"gone":true}')


class News:
    """`layout` gives the parts of the page, None once it is nobody's any more. `have` are the
    versions that the page has, by the names of its parts."""

    def __init__(self, live: Live, parts: Parts, layout: Layout, have: dict[str, int]) -> None:
        self.live, self.parts, self.layout = live, parts, layout
        self.watched: dict[str, list[str]] = {}  # what records change -> the parts shown of it
        self.over = False  # it has said the last thing it has to say
        self._edition = have.get("e", -1)
        self._at_first: dict[str, int] | None = have
        self._have: dict[str, int] = {}
        self._shown: list[str] = []
        self._sources: dict[str, tuple[str, ...]] = {}  # of the parts shown now
        self._stale: set[str] = set()  # parts that may be newer than what the page has
        self._untold = False  # the page must hear of its parts and their order

    def changed(self, what: str) -> None:
        """A record has changed something that is watched."""
        self._stale.update(self.watched.get(what, ()))

    def fresh(self) -> list[tuple[str, int]]:
        """The parts that are newer than what the page has, with their versions."""
        ids = self.layout()
        if ids is None:
            self.over = True
            return []
        if ids != self._shown:
            self._rearrange(list(ids))
        if self._edition != self.live.hub.edition:
            self._edition = self.live.hub.edition
            self._have.clear()
            self._stale.update(ids)
        found = []
        unkept = self.live.unkept
        for id in [id for id in ids if id in self._stale]:
            sources = self._sources[id]
            if unkept and not unkept.keys().isdisjoint(sources):
                continue  # it stays stale until that is on disk
            version = self.live.hub.newest(sources)
            if self._have.get(id, -1) != version:
                found.append((id, version))
            else:
                self._stale.discard(id)
        return found

    def told(self, fresh: Sequence[tuple[str, int]], pieces: Sequence[Piece]) -> list[Piece]:
        """What is to be said of these parts, as they were drawn; empty if the page has all."""
        if self.over:
            return [_GONE]
        if not fresh and not self._untold:
            return []
        order = ",".join(map(name_of, self._shown)) if self._untold else ""
        self._untold = False
        self._have.update(fresh)
        self._stale.difference_update(id for id, _ in fresh)
        return [_head(self._edition, order), *pieces]

    def _rearrange(self, ids: list[str]) -> None:
        """Note which parts there are now."""
        if self._at_first is not None:
            # A page says at first what it has: it was sent those in their order.
            had, self._at_first = self._at_first, None
            self._have = {id: had[name] for id in ids if (name := name_of(id)) in had}
            self._untold = had.keys() - {"e"} != set(map(name_of, ids))
        else:
            self._have = {id: self._have[id] for id in ids if id in self._have}
            self._untold = True
        self._shown = ids
        self._stale = set(ids)
        self._sources = {id: self.parts.sources(id) for id in ids}
        self.watched = {}
        for id, sources in self._sources.items():
            for source in sources:
                self.watched.setdefault(source, []).append(id)


@lru_cache(64)
def _head(edition: int, order: str) -> Piece:
    """The first line of a message."""
    told: dict[str, object] = {"e": edition}
    if order:
        told["order"] = order.split(",")
    return Piece(json.dumps(told, separators=(",", ":")).encode())


def polled(news: News) -> Response:
    """What a stream would send now, for browsers and networks without streams."""
    fresh = news.fresh()
    pieces = [news.parts.piece(id, version) for id, version in fresh]
    lines = [piece.line for piece in news.told(fresh, pieces)]
    return Response(b"\n".join(lines), media_type="text/plain")


def have_of(request: Request) -> dict[str, int]:
    """Which version of each part a page has: `room.12,table:s1.1.40`, and its edition as `e.0`."""
    found = {}
    for pair in request.query_params.get("have", "")[:2000].split(","):
        name, dot, version = pair.rpartition(".")
        if dot and version.isascii() and version.isdigit() and len(version) < 12:
            found[name] = int(version)
    return found
