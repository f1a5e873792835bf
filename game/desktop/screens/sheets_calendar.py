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
from game.figures.calendar import Calendar, CalendarMeeting, When, calendar
from game.figures.theme import Theme
from game.scenario.model import Scenario
from game.session.table import gap_words
from game.session.words import ui
from game.session.writing import capital, sentence

_HIGH = 40.0  # px, the least height of the figure; its words make it higher


def dates(scenario: Scenario, now: int, rebooked: bool = False) -> Calendar:
    """Meetings and further deals; `now` counts from 1, 0 before everything."""
    flight = scenario.flight
    found = []
    for number, model in enumerate(scenario.meetings, 1):
        flies = flight is not None and flight.meeting == number and not rebooked
        where, *rest = (model.place or say("sheets.meeting", value=number)).split(", ", 1)
        note = [*map(capital, rest), _turns(model.turns)]
        if model.ground_rule == "no_business":
            note.append(say("sheets.no_business"))
        found.append(
            CalendarMeeting(
                label=capital(where),
                note=" · ".join(note),
                when=_when(number, now),
                turns=model.turns,
                gap=gap_words(model.gap_days) if model.gap_days and number > 1 else "",
                gap_days=model.gap_days if number > 1 else 0,
                flight=flight.label if flight is not None and flies else "",
                flight_turn=min(flight.turn, model.turns) if flight is not None and flies else None,
                movable=flight is None or flight.movable,
            )
        )
    for extra, deal in enumerate(scenario.deals, len(scenario.meetings) + 1):
        found.append(
            CalendarMeeting(
                say(f"sheets.{deal.kind}"), _turns(deal.turns), _when(extra, now), deal.turns,
                gap_words(deal.gap_days), deal.gap_days,
            )
        )  # fmt: skip
    return Calendar(say("sheets.calendar"), "", tuple(found))


def _turns(count: int) -> str:
    return counted("sheets.turns", count).replace(" ", "\u00a0")


def _when(number: int, now: int) -> When:
    return When.PAST if number < now else When.NOW if number == now else When.AHEAD


def calendar_figure(scenario: Scenario, now: int, rebooked: bool = False) -> Figure:
    """The calendar as a picture that is as wide as its place."""
    data = dates(scenario, now, rebooked)

    def make(theme: Theme, width: float, scale: float) -> str:
        return calendar(data, theme, width, _HIGH, scale)

    words = "; ".join(f"{one.gap} {one.label}, {one.note}".strip() for one in data.meetings)
    return Figure(make, name=words)


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
