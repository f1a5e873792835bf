"""What is done at a table: moves, reads, votes, predictions, and what is shown of the truth.

As in :mod:`game.workshop.acts`, functions look at a room and draft records.
"""

from __future__ import annotations

from collections.abc import Mapping

from game.session.moments import GameError
from game.session.notation import ActionError
from game.workshop.acts import MOST_PEOPLE, Refused, done_before, known
from game.workshop.log import Draft
from game.workshop.room import LAYERS, Room
from game.workshop.tables import Table

QUESTIONS = ("read", "state", "best", "sign")


# --- at a table -----------------------------------------------------------------------------------


def _playing(room: Room) -> None:
    if room.stage != "playing":
        raise Refused("not_playing")
    if room.paused:
        raise Refused("paused", 423)


def _table(room: Room, table: str) -> Table:
    if table not in room.tables:
        raise Refused("no_table", 404)
    return room.tables[table]


def _legal(table: Table, action: str) -> str:
    """The action as it is written down; Refused if it cannot be done now."""
    try:
        table.game.parse(action)
    except (GameError, ActionError, ValueError, KeyError, IndexError):
        raise Refused("illegal") from None
    return action


def _may_move(room: Room, table: Table) -> None:
    if room.plan.together and table.ply >= room.gate:
        raise Refused("wait_for_others", 423)


def move(room: Room, person: str, table: str, ply: int, action: str) -> list[Draft]:
    """Somebody at a seat makes the table's next move.

    The move's place in the game is its key: the same one sent again changes nothing, another one
    for the same place is refused.
    """
    key = f"move:{table}:{ply}"
    before = done_before(room, key)
    if before is not None:
        if before.actor == person and before.data["action"] == action:
            return []
        raise Refused("moved_already")
    _playing(room)
    found = _table(room, table)
    who = known(room, person)
    if room.plan.mode == "round":
        raise Refused("by_vote", 403)
    if who.removed or who.observes or who.seat != found.seat:
        raise Refused("not_yours", 403)
    if ply != found.ply:
        raise Refused("stale")
    _may_move(room, found)
    return [Draft("move", {"table": table, "ply": ply, "action": _legal(found, action)}, key)]


def read(
    room: Room, person: str, table: str, buyer: str, d: float, confidence: float
) -> list[Draft]:
    """Where somebody believes a buyer to stand, both in [0, 1]."""
    if room.stage != "playing":
        raise Refused("not_playing")
    found = _table(room, table)
    who = known(room, person)
    if who.removed or who.seat != found.seat:
        raise Refused("not_yours", 403)
    if buyer not in found.desk.scenario.buyers or not (0 <= d <= 1 and 0 <= confidence <= 1):
        raise Refused("no_read", 400)
    if found.reads(buyer).get(person) == (d, confidence):
        return []
    data = {"table": table, "buyer": buyer, "d": round(d, 3), "confidence": round(confidence, 3)}
    return [Draft("read", data)]


# --- votes ----------------------------------------------------------------------------------------


def vote(room: Room, person: str, table: str, ply: int, action: str) -> list[Draft]:
    """A vote for the next move; it may be changed until the voting closes."""
    _playing(room)
    found, who = _table(room, table), known(room, person)
    if who.removed or who.observes or who.seat != found.seat:
        raise Refused("not_yours", 403)
    if room.plan.mode != "round":
        raise Refused("no_vote", 403)
    if ply != found.ply:
        raise Refused("stale")
    ballot = room.ballots.get((table, ply))
    if ballot is not None and not ballot.open:
        raise Refused("vote_closed")
    if ballot is not None and ballot.choices.get(person) == action:
        return []
    return [Draft("vote", {"table": table, "ply": ply, "action": _legal(found, action)})]


def count(room: Room, table: str, ply: int, counted: Mapping[str, int]) -> list[Draft]:
    """Hands, cards or lines of a chat, counted by the facilitator."""
    found = _table(room, table)
    if ply != found.ply:
        raise Refused("stale")
    if any(not 0 <= n <= MOST_PEOPLE for n in counted.values()):
        raise Refused("no_count", 400)
    clean = {_legal(found, action): n for action, n in counted.items()}
    ballot = room.ballots.get((table, ply))
    still = ballot is None or ballot.open
    return [Draft("ballot", {"table": table, "ply": ply, "open": still, "counted": clean})]


def balloting(room: Room, table: str, ply: int, on: bool) -> list[Draft]:
    """Open or close the voting on the next move."""
    found = _table(room, table)
    if ply != found.ply or found.game.ended:
        raise Refused("stale")
    ballot = room.ballots.get((table, ply))
    if ballot is not None and ballot.open is on:
        return []
    return [Draft("ballot", {"table": table, "ply": ply, "open": on})]


def decide(room: Room, table: str, ply: int, action: str) -> list[Draft]:
    """The facilitator has the room's choice played: closes the vote, opens the next one."""
    key = f"move:{table}:{ply}"
    if done_before(room, key) is not None:
        return []
    _playing(room)
    found = _table(room, table)
    if ply != found.ply:
        raise Refused("stale")
    drafts = []
    ballot = room.ballots.get((table, ply))
    if ballot is not None and ballot.open:
        drafts.append(Draft("ballot", {"table": table, "ply": ply, "open": False}))
    moved = {"table": table, "ply": ply, "action": _legal(found, action)}
    return [*drafts, Draft("move", moved, key)]


def leading(room: Room, table: str, ply: int) -> list[str]:
    """The actions with the most votes: one, or several in a tie; none without a vote."""
    ballot = room.ballots.get((table, ply))
    tally = ballot.tally() if ballot is not None else {}
    most = max(tally.values(), default=0)
    return [action for action, n in tally.items() if n == most and n > 0]


# --- predictions ----------------------------------------------------------------------------------


def ask(room: Room, kind: str, table: str) -> list[Draft]:
    """Ask the room to predict something before it is shown."""
    if kind not in QUESTIONS:
        raise Refused("no_question", 400)
    found = _table(room, table)
    last = room.question()
    drafts = []
    if last is not None and last.open:
        drafts.append(_shut(last.id, last.kind, last.table, last.ply))
    id = f"q{len(room.questions) + 1}"
    data = {"question": id, "kind": kind, "table": table, "ply": found.ply, "open": True}
    return [*drafts, Draft("ask", data)]


def _shut(id: str, kind: str, table: str, ply: int) -> Draft:
    return Draft("ask", {"question": id, "kind": kind, "table": table, "ply": ply, "open": False})


def close_question(room: Room, id: str) -> list[Draft]:
    """No more answers."""
    question = room.questions.get(id)
    if question is None:
        raise Refused("no_question", 404)
    return [_shut(id, question.kind, question.table, question.ply)] if question.open else []


def answer(room: Room, person: str, id: str, text: str) -> list[Draft]:
    """Somebody's prediction; it may be changed until the question closes."""
    question, who = room.questions.get(id), known(room, person)
    if question is None or who.removed:
        raise Refused("no_question", 404)
    if not question.open:
        raise Refused("question_closed")
    if question.answers.get(person) == text:
        return []
    return [Draft("answer", {"question": id, "answer": text[:80]})]


def reveal(room: Room, layer: str, on: bool) -> list[Draft]:
    """Show a layer of what was hidden, or cover it again."""
    if layer not in LAYERS:
        raise Refused("no_layer", 400)
    question = room.question()
    drafts = []
    if on and question is not None and question.open:
        drafts.append(_shut(question.id, question.kind, question.table, question.ply))
    if (layer in room.revealed) is not on:
        drafts.append(Draft("reveal", {"layer": layer, "on": on}))
    return drafts
