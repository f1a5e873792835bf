"""The calendar of an engagement: its meetings, the days between them, the flight that ends one."""

from __future__ import annotations

from collections.abc import Callable

from game.figures.calendar import Calendar, CalendarMeeting, When
from game.scenario.model import Scenario
from game.session.table import gap_words
from game.session.writing import capital

Say = Callable[..., str]
Counted = Callable[[str, int], str]


def dates_of(
    scenario: Scenario, now: int, rebooked: bool, say: Say, counted: Counted, desc: str = ""
) -> Calendar:
    """Meetings and further deals; `now` counts from 1, 0 before everything.

    `say` gives the face's own words for calendar, meeting, no_business and the kinds of deals,
    `counted` those for turns.
    """
    flight = scenario.flight
    found = []
    for number, model in enumerate(scenario.meetings, 1):
        flies = flight is not None and flight.meeting == number and not rebooked
        where, *rest = (model.place or say("meeting", value=number)).split(", ", 1)
        note = [*map(capital, rest), _turns(model.turns, counted)]
        if model.ground_rule == "no_business":
            note.append(say("no_business"))
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
                say(deal.kind), _turns(deal.turns, counted), _when(extra, now), deal.turns,
                gap_words(deal.gap_days), deal.gap_days,
            )
        )  # fmt: skip
    return Calendar(say("calendar"), desc, tuple(found))


def in_words(calendar: Calendar) -> str:
    """The same for who cannot see it."""
    return "; ".join(
        ", ".join(filter(None, (f"{one.gap} {one.label}".strip(), one.note, one.flight)))
        for one in calendar.meetings
    )


def _turns(count: int, counted: Counted) -> str:
    return counted("turns", count).replace(" ", "\u00a0")


def _when(number: int, now: int) -> When:
    return When.PAST if number < now else When.NOW if number == now else When.AHEAD
