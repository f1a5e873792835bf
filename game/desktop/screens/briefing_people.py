"""The people one will meet, as small pictures in the place where one meets them."""

from __future__ import annotations

from game.desktop.screens.sitter import sitter
from game.figures.setting import setting, setting_kind, setting_layers
from game.scenario.model import Buyer, Meeting, Scenario


def place_picture(meeting: Meeting, width: float, height: float) -> str:
    """The place of a meeting with nobody in it, as SVG."""
    return setting(
        setting_kind(meeting.original("place"), meeting.setting), meeting.hour, width, height
    )


def first_meeting(scenario: Scenario, buyer: str) -> Meeting:
    """The first meeting at which somebody sits."""
    fitting = (m for m in scenario.meetings if not m.present or buyer in m.present)
    return next(fitting, scenario.meetings[0])


def person_picture(person: Buyer, meeting: Meeting, width: float, height: float) -> str:
    """Somebody in the place of a meeting, as SVG."""
    kind = setting_kind(meeting.original("place"), meeting.setting)
    layers = setting_layers(kind, meeting.hour, width, height)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}">'
        f"{layers.back}{sitter(person, width / 2, height)}{layers.front}</svg>"
    )
