"""The pages of hosting: the choice, the wait, the address with its code, what went wrong."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from game.desktop.hosting import Address, Told
from game.desktop.layout import Column, Flow, Grid, Row, Spacer, px, share
from game.desktop.shelf import cover_at
from game.desktop.text import BODY, HEADING, HERO, LABEL, SMALL, TITLE
from game.desktop.widget import Widget
from game.desktop.widgets import (
    Button,
    Card,
    Label,
    ScrollArea,
    Segmented,
    SvgPicture,
)
from game.desktop.words import say
from game.scenario.diagnostics import LongLunchError
from game.scenario.library import shipped
from game.scenario.sources import Source

if TYPE_CHECKING:
    from game.desktop.screens.host import HostScreen

Page = tuple[list[Widget], Widget | None]  # what is shown, and what has the focus first
_QR = 340.0  # px
_READ = 620.0  # px of a line of words


@dataclass(frozen=True, slots=True)
class TableOffer:
    """A table that can be hosted. `name` is what the command line calls it."""

    id: str
    name: str
    words: str


def of_shelf(tables: Mapping[str, Source]) -> list[TableOffer]:
    """The tables of a pack, or the shipped ones; what cannot be played is left out."""
    places: Mapping[str, Path | Source] = tables or shipped()
    found = []
    for id, place in places.items():
        known = cover_at(place)
        if not isinstance(known, LongLunchError):
            name = id if isinstance(place, Path) else place.shown
            words = " · ".join(part for part in (known.city, known.title) if part)
            found.append(TableOffer(id, name, words))
    return found


def _head(screen: HostScreen, way_back: str = "host.back") -> Widget:
    back = Button(say(way_back), screen.leave, kind="pill", name="leave")
    return Row(Label(say("host.title"), TITLE, grow=1), back, gap=10, cross="centre")


# --- before ---------------------------------------------------------------------------------------


def choosing(screen: HostScreen) -> Page:
    """Which table, which way, phones or none."""
    pairs = screen.mode == "pairs"
    buttons = [_table(screen, offer) for offer in screen.offers]
    tables = Column(
        Label(say("host.pair" if pairs else "host.table"), LABEL),
        Grid(*buttons, tracks=1 if screen.ui.narrow else 2, gap=12),
        gap=10,
    )
    modes = [(mode, say(f"host.mode_{mode}")) for mode in ("round", "parallel", "pairs")]
    phones = [("yes", say("host.with_phones")), ("no", say("host.no_phones"))]
    begin = Button(
        say("host.begin"), screen.begin, kind="filled", name="begin", enabled=screen.ready
    )
    ways = Card(
        Label(say("host.way"), LABEL),
        Segmented(modes, screen.mode, screen.play_as, name=say("host.way")),
        Label(say(f"host.hint_{screen.mode}"), SMALL),
        Label(say("host.phones"), LABEL),
        Segmented(
            phones, "yes" if screen.phones else "no", screen.with_phones, name=say("host.phones")
        ),
        Flow(begin, main="end"),
        gap=10,
    )
    if not screen.ready:
        ways.add(Label(say("host.choose_two"), SMALL))
    intro = Label(say("host.intro"), BODY.but(colour="muted"), max_width=2 * _READ)
    body: Widget = Column(tables, ways, gap=18)
    if not screen.ui.narrow:
        body = Grid(tables, ways, tracks=[share(), px(460)], gap=24)
    chosen = [b for b, o in zip(buttons, screen.offers, strict=True) if o.id in screen.chosen]
    page = ScrollArea(Column(intro, body, gap=16, padding=(4, 4, 8, 12)), grow=1)
    return [_head(screen), page], chosen[0] if chosen else begin


def _table(screen: HostScreen, offer: TableOffer) -> Button:
    kind = "filled" if offer.id in screen.chosen else "plain"
    return Button(offer.words, lambda: screen.choose(offer), kind=kind)


# --- the wait, and what went wrong ----------------------------------------------------------------


def starting(screen: HostScreen) -> Page:
    head = _head(screen)
    return [
        head,
        Spacer(),
        Label(say("host.starting"), HEADING, align_text="centre"),
        Spacer(),
    ], None


def refused(screen: HostScreen, why: str) -> Page:
    """Why there is no room, and the way to try again."""
    again = Button(say("host.again"), screen.begin, kind="filled", name="again")
    card = Card(
        Label(say("host.failed"), HEADING), Label(why, BODY),
        Flow(again, Button(say("host.back"), screen.forget, name="to the choice")),
        border="error", max_width=_READ, align="centre", gap=12,
    )  # fmt: skip
    return [_head(screen), Spacer(), card, Spacer()], again


# --- while it is served ---------------------------------------------------------------------------


def serving(screen: HostScreen, told: Told) -> Page:
    """The address, the code and the picture for cameras; the console, the stage, the end."""
    console = Button(
        say("host.console"), lambda: screen.browse("console"), kind="filled", name="console"
    )
    stage = Button(say("host.stage"), lambda: screen.browse("stage"), name="stage")
    doors = Column(
        _door(console, say("host.console_means")), _door(stage, say("host.stage_means")), gap=10
    )
    said: list[Widget] = [Label(told.title, HERO.but(size=40))]
    if told.again:
        said.append(
            Flow(
                Label(say("host.going_on", title=told.title), SMALL),
                Button(say("host.new"), screen.begin_another, kind="quiet", name="another"),
                cross="centre",
            )
        )
    if told.phones:
        said += _joining(told)
    else:
        said.append(Label(say("host.alone"), BODY, max_width=_READ))
    left = Column(*said, doors, gap=18)
    if told.phones and len(told.addresses) > 1:
        left.add(_networks(screen, told.addresses, told.url))
    body: Widget = left
    if told.phones:
        scan = Column(_picture(told.join), Label(say("host.scan"), SMALL, align_text="centre"))
        body = Grid(left, scan, tracks=[share(), px(_QR)], gap=40)
        if screen.ui.narrow:
            body = Column(left, scan, gap=20)
    page: list[Widget] = [_head(screen, "host.end")]
    page.append(ScrollArea(Column(body, padding=(4, 12, 8, 12)), grow=1))
    if told.phones and told.url.startswith("http:"):
        page.append(Label(say("host.plain_http"), SMALL))
    return page, console


def _joining(told: Told) -> Sequence[Widget]:
    large = HERO.but(face="sans-bold", size=64)
    return (
        Column(
            Label(say("host.join"), LABEL), Label(told.url, HERO.but(face="sans-semi", size=36)),
            gap=2,
        ),
        Column(
            Label(say("host.code"), LABEL), Label(f"{told.code[:3]} {told.code[3:]}", large), gap=0
        ),
    )  # fmt: skip


def _door(button: Button, means: str) -> Widget:
    return Row(button, Label(means, SMALL, grow=1), gap=14, cross="centre")


def _networks(screen: HostScreen, addresses: Sequence[Address], url: str) -> Widget:
    """The machine's addresses, the chosen one marked."""
    buttons = []
    for number, one in enumerate(addresses, 1):
        shown = one.url.partition("://")[2]
        network = one.network if one.likely else say("host.unlikely", name=one.network)
        words = f"{shown}  ({network})" if one.network else shown
        buttons.append(_network(screen, words, str(number), one.url == url))
    return Column(Label(say("host.networks"), SMALL), Flow(*buttons), gap=6)


def _network(screen: HostScreen, words: str, number: str, chosen: bool) -> Button:
    kind = "filled" if chosen else "plain"
    return Button(words, lambda: screen.take_network(number), kind=kind, style=SMALL)


def _picture(join: str) -> Widget:
    """Black on white in every theme, with the quiet edge that cameras look for."""
    return SvgPicture(_drawn(join), fade=False, placeholder=False, height=_QR, name=join)


@cache
def _drawn(join: str) -> str:
    import segno  # only who hosts needs it

    made = segno.make(join, error="m")
    svg = str(made.svg_inline(border=4, dark="#000000", light="#FFFFFF", omitsize=True))
    return svg.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)
