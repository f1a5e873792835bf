"""What a page hears next: the parts that are newer than what it has.

A message has a line that says of what edition it is, with the list of all the page's parts in
their order where that has changed, and a line for every part that is newer: its name, its version
and its HTML. All are JSON. Nothing is remembered for a page but the versions it has.

Most pages at a table have had the same and hear the same: that is looked up once for all of them,
and each adds what is only its own.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from functools import lru_cache

from starlette.requests import Request
from starlette.responses import Response

from game.scenario import language
from game.workshop.layout import Layout, name_of
from game.workshop.pages import Parts
from game.workshop.pieces import Piece, together
from game.workshop.service import Live

Versions = tuple[int, ...]  # of parts in the order of their layout, -1 for none
LayoutNow = Callable[[], Layout | None]
_GONE = Piece(b'{"gone":true}')
_MOST = 2000  # answers that are remembered of one moment


class Shared:
    """What pages with one layout hear of the parts that are nobody's own."""

    def __init__(self, live: Live, parts: Parts) -> None:
        self.live, self.parts = live, parts
        self._moment: tuple[int, ...] = ()  # what all that is remembered is true of
        self._found: dict[tuple[Layout, Versions, str], tuple[Versions, Piece | None]] = {}

    def after(self, layout: Layout, has: Versions) -> tuple[Versions, Piece | None] | None:
        """What a page with these versions has next, and what it is told to have it, None for
        nothing. None if something of it was not drawn yet; one such part is drawn instead."""
        live = self.live
        moment = live.edition, live.hub.edition, live.room.seq, live.kept_to
        if moment != self._moment or len(self._found) > _MOST:
            self._moment = moment
            self._found.clear()
        at = layout, has, language.current()
        found = self._found.get(at)
        if found is None:
            found = self._look(layout.shared, has)
            if found is not None:
                self._found[at] = found
        return found

    def _look(self, ids: Sequence[str], has: Versions) -> tuple[Versions, Piece | None] | None:
        versions, pieces = list(has), []
        for k, id in enumerate(ids):
            version = newest(self.live, self.parts.sources(id))
            if version not in (None, has[k]):
                piece = self.parts.at_hand(id, version)
                if piece is None:
                    self.parts.piece(id, version)
                    return None
                pieces.append(piece)
                versions[k] = version
        return tuple(versions), together(pieces) if pieces else None


def newest(live: Live, sources: Sequence[str]) -> int | None:
    """The version of what follows these; None while a change of one is not on disk."""
    if live.unkept and not live.unkept.keys().isdisjoint(sources):
        return None
    return live.hub.newest(sources)


class News:
    """`layout` gives the parts of the page, None once it is nobody's any more. `have` are the
    versions that the page has, by the names of its parts; `person` is whose it is."""

    def __init__(
        self, shared: Shared, layout: LayoutNow, have: dict[str, int], person: str = ""
    ) -> None:
        self.live, self.watched = shared.live, frozenset[str]()  # what records change of it
        self.over = False  # it has said the last thing it has to say
        self._shared, self._layout, self._person = shared, layout, person
        self._edition = have.get("e", -1)
        self._at_first: dict[str, int] | None = have
        self._shown: Layout | None = None
        self._has: Versions = ()  # of the shared parts
        self._mine: dict[str, tuple[tuple[str, ...], int]] = {}  # own part -> (sources, version)
        self._untold = False  # the page must hear of its parts and their order
        self._next: tuple[Versions, Piece | None] = (), None
        self._fresh: list[tuple[str, int, Piece]] = []

    def ready(self) -> bool:
        """Find what is new; where a part of it was not drawn yet, draw that and say no."""
        layout = self._layout()
        if layout is None:
            self.over = True
            return True
        if layout is not self._shown:
            self._rearrange(layout)
        if self._edition != self.live.hub.edition:
            self._edition = self.live.hub.edition
            self._has = (-1,) * len(self._has)
            self._mine = {id: (sources, -1) for id, (sources, _) in self._mine.items()}
        found = self._shared.after(layout, self._has)
        if found is None:
            return False
        self._next, self._fresh = found, []
        for id, (sources, had) in self._mine.items():
            version = newest(self.live, sources)
            if version is not None and version != had:
                self._fresh.append((id, version, self._shared.parts.piece(id, version)))
        return True

    def told(self) -> tuple[Piece, ...]:
        """What is to be said of what was found; empty if the page has all."""
        if self.over:
            return (_GONE,)
        self._has, piece = self._next
        if piece is None and not self._fresh and not self._untold:
            return ()
        order = self._shown.names if self._untold and self._shown is not None else ()
        self._untold = False
        said = [_head(self._edition, order)]
        if piece is not None:
            said.append(piece)
        for id, version, own in self._fresh:
            self._mine[id] = self._mine[id][0], version
            said.append(own)
        return tuple(said)

    def _rearrange(self, layout: Layout) -> None:
        """Note which parts there are now."""
        parts, person = self._shared.parts, self._person
        if self._at_first is not None:
            # A page says at first what it has: it was sent those in their order.
            had, self._at_first = self._at_first, None
            self._untold = had.keys() - {"e"} != set(layout.names)
        else:
            had = dict(zip(self._shown.shared if self._shown else (), self._has, strict=True))
            had |= {name_of(id): version for id, (_, version) in self._mine.items()}
            self._untold = True
        self._shown = layout
        self._has = tuple(had.get(name, -1) for name in layout.shared)
        own = {f"{name}:{person}": had.get(name, -1) for name in layout.own}
        self._mine = {id: (parts.sources(id), version) for id, version in own.items()}
        self.watched = frozenset(
            source for id in layout.ids(person) for source in parts.sources(id)
        )


@lru_cache(64)
def _head(edition: int, order: Sequence[str]) -> Piece:
    """The first line of a message."""
    told: dict[str, object] = {"e": edition}
    if order:
        told["order"] = order
    return Piece(json.dumps(told, separators=(",", ":")).encode())


def polled(news: News) -> Response:
    """What a stream would send now, for browsers and networks without streams."""
    while not news.ready():
        pass
    return Response(b"\n".join([piece.line for piece in news.told()]), media_type="text/plain")


def have_of(request: Request) -> dict[str, int]:
    """Which version of each part a page has: `room.12,table:s1.1.40`, and its edition as `e.0`."""
    found = {}
    for pair in request.query_params.get("have", "")[:2000].split(","):
        name, dot, version = pair.rpartition(".")
        if dot and version.isascii() and version.isdigit() and len(version) < 12:
            found[name] = int(version)
    return found
