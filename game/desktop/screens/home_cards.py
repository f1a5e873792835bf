"""Scenarios as cards: a look into the room, where it is, what is sold, what is at stake."""

from __future__ import annotations

import re
from collections.abc import Callable
from zlib import crc32

from game.desktop.layout import Grid, Row, Spacer, Track, share
from game.desktop.shelf import Shelf
from game.desktop.text import HEADING, SMALL, TextStyle
from game.desktop.widget import Widget
from game.desktop.widgets import Card, Label, SvgPicture
from game.desktop.words import say
from game.figures.setting_kinds import setting_kind
from game.looks.drawings import Person, Place, Visit
from game.scenario.cover import Cover, Sitter
from game.scenario.diagnostics import LongLunchError
from game.session.writing import foreign, listed

_TITLE = TextStyle("serif", 15, leading=1.25)
_TRADE = SMALL.but(size=12.5, leading=1.32)
_STATE = SMALL.but(face="sans-bold", size=12.5, colour="ink", leading=1.32)
_WIDE, _HIGH = 320.0, 180.0  # px of the drawing; a card shows its middle
_PICTURE = 80.0  # px, height on a card
_NARROWEST = 204.0  # px of a card at 100 %
_MOST_COLUMNS = 6
_FIRST_CLAUSE = re.compile(r"[,:;.]\s")


class CardGrid(Grid):
    """As many columns as there is room for, all equally wide."""

    def _rows(self, room: float) -> tuple[list[float], list[list[Widget]], list[float]]:
        least = _NARROWEST * (1 + self.root.ui.text.text_scale) / 2
        count = max(1, min(_MOST_COLUMNS, int((room + self.gap) / (least + self.gap))))
        self.tracks: list[Track] = [share()] * count
        return super()._rows(room)


class ScenarioCard(Card):
    """One scenario. `mark` puts what was done with it so far into words."""

    def __init__(self, id: str, cover: Cover, on_press: Callable[[], object]) -> None:
        self.id, self.cover = id, cover
        length = say("home.minutes", count=cover.minutes)
        strange = foreign(cover.language)
        if strange:
            length = listed((length, say("home.in_language", value=strange)))
        self.state = Label("", _STATE)
        foot = Row(
            Label(length, _TRADE, shrink=False),
            Spacer(min_width=0),
            self.state,
            gap=6,
            cross="end",
        )
        place = place_of(cover)
        super().__init__(
            SvgPicture(look_into(cover), height=_PICTURE, cover=True, radius=9),
            Label(place, HEADING.but(size=15.5)),
            Label(cover.title, _TITLE),
            Label(trade(id, cover), _TRADE),
            Spacer(),
            foot,
            on_press=on_press,
            gap=1,
            padding=(7, 7, 7, 9),
            name=say("home.card", name=place, title=cover.title),
        )

    @property
    def state_text(self) -> str:
        return self.state.text

    def mark(self, shelf: Shelf, first: bool = False) -> None:
        """Say how it stands: under way, best score, or new. `first`: it is one to begin with."""
        save, best = shelf.unfinished(self.id), shelf.best(self.id)
        if save is not None:
            at = say("home.at_turn", turn=save.turn) if save.turn else say("home.under_way")
            self.state.text = at
        elif best is not None:
            self.state.text = say("home.best", value=f"{best:.0f}")
        else:
            self.state.text = say("home.first" if first else "home.new")


def broken_card(id: str, problem: LongLunchError, on_press: Callable[[], object]) -> Card:
    """A scenario that cannot be played; pressing it says why."""
    return Card(
        Label(id, HEADING.but(size=15.5)),
        Label(problem.diagnostics[0].message, _TRADE, most=5),
        Spacer(),
        Label(say("home.broken"), _STATE.but(colour="error")),
        on_press=on_press,
        gap=4,
        border="error",
        padding=12,
        name=say("home.card", name=id, title=say("home.broken")),
    )


def place_of(cover: Cover) -> str:
    """Where it is; its title where no city is named."""
    return cover.city or cover.title


def trade(id: str, cover: Cover) -> str:
    """What is sold and what is at stake, in a line or two; never how the buyer is."""
    said = []
    for part, own in (("trade", cover.selling), ("stake", cover.stake)):
        try:
            said.append(say(f"home.{part}.{id}"))
        except KeyError:
            said.append(_FIRST_CLAUSE.split(own.strip(), 1)[0].rstrip("."))
    return " · ".join(words for words in said if words)


def look_into(cover: Cover) -> Visit:
    """The first meeting's place at its hour, and whoever sits there."""
    kind = setting_kind(cover.place, cover.setting)
    place = Place(kind, cover.hour, _WIDE, _HIGH, crc32(cover.scenario.encode()))
    ids = [id for id in cover.present if id in cover.buyers] or list(cover.buyers)
    people = [_person(cover.buyers[id]) for id in ids[:2]]
    places = (0.5,) if len(people) == 1 else (0.34, 0.66)
    return Visit(place, tuple(zip(people, places, strict=True)))


def _person(sitter: Sitter) -> Person:
    """For a picture: the same person as at the table."""
    return Person(sitter.voice or sitter.name, sitter.portrait, sitter.pronoun)
