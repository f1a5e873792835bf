"""The calendar: meetings, the days between them, the flight that ends one."""

from __future__ import annotations

from game.desktop.layout import Column
from game.desktop.playing import Playing
from game.desktop.screen import Screen
from game.desktop.screens.sheets_parts import Figure, OnDone, answering, points
from game.desktop.text import BODY, SMALL
from game.desktop.widget import Widget
from game.desktop.widgets import Label, Sheet
from game.desktop.words import counted, say
from game.figures.calendar import Calendar, calendar
from game.figures.theme import Theme
from game.looks.dates import dates_of, in_words
from game.scenario.model import Scenario
from game.session.words import ui
from game.session.writing import sentence

_HIGH = 40.0  # px, the least height of the figure; its words make it higher


def dates(scenario: Scenario, now: int, rebooked: bool = False) -> Calendar:
    """Meetings and further deals; `now` counts from 1, 0 before everything."""
    return dates_of(
        scenario, now, rebooked,
        lambda id, **values: say(f"sheets.{id}", **values),
        lambda id, count: counted(f"sheets.{id}", count),
    )  # fmt: skip


def calendar_figure(scenario: Scenario, now: int, rebooked: bool = False) -> Figure:
    """The calendar as a picture that is as wide as its place."""
    data = dates(scenario, now, rebooked)

    def make(theme: Theme, width: float, scale: float) -> str:
        return calendar(data, theme, width, _HIGH, scale)

    return Figure(make, name=in_words(data))


def flight_words(scenario: Scenario) -> str:
    """When you fly, and whether that can be moved; "" without a flight."""
    flight = scenario.flight
    if flight is None:
        return ""
    cost = say("sheets.points", value=points(flight.cost))
    moved = ui("flight_movable", cost=cost) if flight.movable else ui("flight_fixed")
    return say("sheets.flight", value=flight.label, moved=moved)


def open_calendar(screen: Screen, playing: Playing, on_done: OnDone) -> Sheet:
    """Where you are in the calendar; answers None when it is closed."""
    game = playing.game
    scenario, rebooked = game.scenario, bool(game.number("rebooked"))
    parts: list[Widget] = [calendar_figure(scenario, game.number("meeting"), rebooked)]
    flight = scenario.flight
    if flight is not None and rebooked:
        cost = say("sheets.points", value=points(flight.cost))
        parts.append(Label(ui("calendar_rebooked", cost=cost), BODY))
    elif flight is not None:
        parts.append(Label(flight_words(scenario), BODY))
        known = "flight_known" if game.number("flight_known") else "flight_unknown"
        parts.append(Label(sentence(ui(known)), SMALL))
    sheet = Sheet(
        say("sheets.calendar"), Column(*parts, gap=12), close_words=say("sheets.close"), wide=720
    )
    answering(sheet, on_done)
    screen.open(sheet)
    return sheet
