"""The prediction that is before the room, as pages show it.

While it is open nobody sees more than how many have answered; then how the answers fell, then what
is true, once that has been revealed.
"""

from __future__ import annotations

from dataclasses import dataclass

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


def asked(room: Room) -> Asked | None:
    """The open question, or the one that was just closed: until the room has moved on."""
    question = room.question()
    if question is None or room.stage in ("lobby", "over"):
        return None
    table = room.tables.get(question.table)
    if question.table not in (one.id for one in room.tables_now()):
        return None  # it was about the game before
    if not question.open and table is not None:
        since = table.ply - question.ply
        if since > (0 if table.shared else _MOVED_ON):
            return None
    found = choices(room, question)
    voters = sum(not person.observes for person in room.here())
    return Asked(
        question.id, question.kind, _text(room, question), question.open, question.count,
        max(voters, question.count), found, any(choice.right for choice in found),
    )  # fmt: skip


def _text(room: Room, question: Question) -> str:
    table = room.tables.get(question.table)
    tables = [table] if table is not None else room.tables_now()[:1]
    names = [next(iter(one.desk.shown.buyers.values())).name for one in tables]
    return say(f"stage.ask_{question.kind}", name=names[0] if names else "…")
