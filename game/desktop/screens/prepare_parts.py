"""What can be said of the time between meetings, from what the player has seen."""

from __future__ import annotations

from game.desktop.screens.sheets_parts import points
from game.desktop.words import say
from game.scenario.model import Meeting
from game.session.game import Game
from game.session.notation import parts_of
from game.session.table import gap_words, notebook, stand
from game.session.words import ui
from game.session.writing import aside, named

_KEPT = "keep_promise"


def next_meeting(game: Game) -> Meeting:
    """The meeting that comes next; before the first one that is the first."""
    meetings = game.scenario.meetings
    held = any(turn.number for turn in game.turns)
    at = int(game.number("meeting")) - 1 + held
    return meetings[min(at, len(meetings) - 1)]


def next_gap(game: Game) -> str:
    """How long it is until the next meeting, in words; "" where no time passes."""
    scenario = game.scenario
    if game.number("deals") and scenario.deals:
        coming = min(game.number("deal"), len(scenario.deals)) - 1
        days = scenario.deals[coming].gap_days
    else:
        days = next_meeting(game).gap_days
    return gap_words(days) if days else ""


def short_lines(game: Game) -> list[str]:
    """The facts that were told, in the notebook's words."""
    return [note.text for note in notebook(game) if note.kind == "fact"]


def open_promises(game: Game) -> list[str]:
    """Words that were given since the last promise was kept."""
    given: list[str] = []
    for turn in game.turns:
        verb = parts_of(turn.text).verb
        if verb == _KEPT:
            given = []
        elif verb == "promise":
            given.append(turn.own or turn.label)
    return given


def offers_standing(game: Game) -> list[str]:
    """What lies on the table from both sides, with its worth to you."""
    now = stand(game)
    found = []
    for key, package in (("table_their_offer", now.theirs), ("table_your_offer", now.mine)):
        if package is not None:
            worth = say("sheets.worth", value=points(package.worth))
            found.append(aside(named(ui(key), package.text), worth))
    return found
