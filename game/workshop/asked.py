"""The prediction that is before the room, as pages show it.

While it is open nobody sees more than how many have answered; then how the answers fell, then what
is true, once that has been revealed.
"""

from __future__ import annotations

from dataclasses import dataclass

from game.workshop.debrief.find import led_to, turn_of
from game.workshop.room.predictions import Choice, choices
from game.workshop.room.state import Question, Room
from game.workshop.words import say

_MOVED_ON = 4  # moves; where everybody plays a table of their own nobody waits for the others


@dataclass(frozen=True, slots=True)
class Asked:
    """A question in words. `known`: what is true is marked among the choices."""

    id: str
    kind: str
    text: str
    open: bool
    count: int
    of: int
    choices: tuple[Choice, ...]
    known: bool
    word: str = ""  # what is said of those that are true
    before: tuple[str, ...] = ()  # what led to the moment that the room looks back on
    back: bool = False  # it looks back on one


def asked(room: Room) -> Asked | None:
    """The open question, or the one that was just closed: until the room has moved on."""
    question = room.question()
    if question is None or question.away or room.stage in ("lobby", "over"):
        return None
    table = room.tables.get(question.table)
    if question.table not in (one.id for one in room.tables_now()):
        return None  # it was about the game before
    back = question.slide is not None
    if not question.open and table is not None and not back:
        since = table.ply - question.ply
        if since > (0 if table.shared else _MOVED_ON):
            return None
    found = choices(room, question)
    right = sum(choice.right for choice in found)
    word = (
        "stage.true" if question.kind != "best" else f"debrief.{'level' if right > 1 else 'best'}"
    )
    voters = sum(not person.observes for person in room.here())
    return Asked(
        question.id, question.kind, _text(room, question), question.open, question.count,
        max(voters, question.count), found, right > 0, say(word),
        led_to(table, question.ply) if back and table is not None else (), back,
    )  # fmt: skip


def _text(room: Room, question: Question) -> str:
    table = room.tables.get(question.table)
    tables = [table] if table is not None else room.tables_now()[:1]
    names = [next(iter(one.desk.shown.buyers.values())).name for one in tables]
    turn = turn_of(table, question.ply) if table is not None and question.slide is not None else 0
    id = f"stage.ask_{question.asks}" + ("_away" if question.slide is not None and not turn else "")
    return say(id, name=names[0] if names else "…", turn=turn)
