"""The people one will meet, as small pictures in the place where one meets them."""

from __future__ import annotations

from game.figures.setting_kinds import setting_kind
from game.looks.drawings import Person, Place, Visit
from game.scenario.model import Buyer, Meeting, Scenario


def place_of(meeting: Meeting, width: float, height: float, seed: int = 0) -> Place:
    """The place of a meeting at its hour."""
    kind = setting_kind(meeting.original("place"), meeting.setting)
    return Place(kind, meeting.hour, width, height, seed)


def first_meeting(scenario: Scenario, buyer: str) -> Meeting:
    """The first meeting at which somebody sits."""
    fitting = (m for m in scenario.meetings if not m.present or buyer in m.present)
    return next(fitting, scenario.meetings[0])


def visit_to(buyer: Buyer, meeting: Meeting, width: float, height: float) -> Visit:
    """Somebody in the place of a meeting, the same person as at the table."""
    who = buyer.voice or buyer.name  # a voice is named after its person
    person = Person(who, tuple(buyer.portrait.model_dump().items()), buyer.pronoun)
    return Visit(place_of(meeting, width, height), ((person, 0.5),))
