"""What is done at a table: moves, what a team suggests, reads, and the votes of a room.

As in :mod:`game.workshop.room.acts`, functions look at a room and draft records.
"""

from __future__ import annotations

from collections.abc import Mapping

from game.session.moments import GameError
from game.session.notation import ActionError
from game.workshop.room import house
from game.workshop.room.acts import next_timer
from game.workshop.room.acts_ask import (
    QUESTIONS,
    answer,
    ask,
    ask_back,
    close_question,
    count_answers,
    put_away,
    reveal,
    show_answer,
)
from game.workshop.room.decisions import MOST_PEOPLE, Refused, done_before, known, table_named
from game.workshop.room.log import Draft
from game.workshop.room.state import Room
from game.workshop.room.tables import Table

# --- at a table -----------------------------------------------------------------------------------


def _playing(room: Room) -> None:
    if room.stage != "playing":
        raise Refused("not_playing")
    if room.paused:
        raise Refused("paused", 423)


def _legal(table: Table, action: str) -> str:
    """The action as it is written down; Refused if it cannot be done now."""
    try:
        table.game.parse(action)
    except (GameError, ActionError, ValueError, KeyError, IndexError):
        raise Refused("illegal") from None
    return action


def move(
    room: Room, person: str, table: str, ply: int, action: str, at_once: bool = False
) -> list[Draft]:
    """Somebody at a seat makes the table's next move, or suggests it to their team.

    The move's place in the game is its key: the same one sent again changes nothing, another one
    for the same place is refused. In a team the first press is shown to the others as a suggestion;
    the move is made when one more of them presses the same, or whoever suggested it says `at_once`.
    """
    key = f"move:{table}:{ply}"
    before = done_before(room, key)
    if before is not None:
        suggested = room.hints.get((table, ply), {}).get(person)
        if action == before.data["action"] and (before.actor == person or suggested == action):
            return []
        raise Refused("moved_already")
    _playing(room)
    found = table_named(room, table)
    who = known(room, person)
    if room.plan.mode == "round":
        raise Refused("by_vote", 403)
    if who.removed or who.observes or who.seat != found.seat:
        raise Refused("not_yours", 403)
    if ply != found.ply:
        raise Refused("stale")
    if room.waits(found):
        raise Refused("time_up" if room.shut else "wait_for_others", 423)
    _legal(found, action)
    mine = room.suggested(found).get(person) == action
    seconded = any(a == action for p, a in room.suggested(found).items() if p != person)
    if len(room.members(found.seat)) > 1 and not seconded and not (at_once and mine):
        suggestion = {"table": table, "ply": ply, "action": action}
        return [] if mine else [Draft("suggest", suggestion)]
    return _made(room, found, action)


def _made(room: Room, table: Table, action: str) -> list[Draft]:
    """The move, and what the house plays until the room's next one in the short form."""
    data = {"table": table.id, "ply": table.ply, "action": action}
    drafts = [Draft("move", data, f"move:{table.id}:{table.ply}")]
    if room.plan.short and table.place in room.turns:
        ours = room.turns[table.place].__contains__
        actions = house.played_on(table, (action,), room.plan.style, ours)
        drafts += house.moves(table.id, table.ply + 1, actions)
    return drafts


def read(
    room: Room, person: str, table: str, buyer: str, d: float, confidence: float
) -> list[Draft]:
    """Where somebody believes a buyer to stand, both in [0, 1]."""
    _playing(room)
    found = table_named(room, table)
    who = known(room, person)
    if who.removed or who.observes or who.seat != found.seat:
        raise Refused("not_yours", 403)
    if found.game.ended:
        raise Refused("read_over")  # it would be one made with hindsight
    if found is not room.table_of(found.seat):
        raise Refused("stale")
    if buyer not in found.desk.scenario.buyers or not (0 <= d <= 1 and 0 <= confidence <= 1):
        raise Refused("no_read", 400)
    data = {"table": table, "buyer": buyer, "d": round(d, 3), "confidence": round(confidence, 3)}
    if found.reads(buyer).get(person) == (data["d"], data["confidence"]):
        return []
    return [Draft("read", data)]


# --- votes ----------------------------------------------------------------------------------------


def vote(room: Room, person: str, table: str, ply: int, action: str) -> list[Draft]:
    """A vote for the next move; it may be changed until the voting closes."""
    _playing(room)
    found, who = table_named(room, table), known(room, person)
    if who.removed or who.observes or who.seat != found.seat:
        raise Refused("not_yours", 403)
    if room.plan.mode != "round":
        raise Refused("no_vote", 403)
    if ply != found.ply or found.game.ended:
        raise Refused("stale")
    ballot = room.ballots.get((table, ply))
    if ballot is not None and not ballot.open:
        raise Refused("vote_closed")
    if _legal(found, action) not in [found.game.rules.actions[a] for a in found.options()]:
        raise Refused("not_in_hand", 400)
    if ballot is not None and ballot.choices.get(person) == action:
        return []
    return [Draft("vote", {"table": table, "ply": ply, "action": action})]


def count(
    room: Room, table: str, ply: int, counted: Mapping[str, int], close: bool = False
) -> list[Draft]:
    """Hands, cards or lines of a chat, counted by the facilitator, who may close the vote with
    them."""
    _playing(room)
    found = table_named(room, table)
    if ply != found.ply or found.game.ended:
        raise Refused("stale")
    if any(not 0 <= n <= MOST_PEOPLE for n in counted.values()):
        raise Refused("no_count", 400)
    clean = {_legal(found, action): n for action, n in counted.items()}
    ballot = room.ballots.get((table, ply))
    open_ = ballot is None or ballot.open
    still = open_ and not close
    if ballot is not None and ballot.counted == {**ballot.counted, **clean} and still is open_:
        return []
    return [Draft("ballot", {"table": table, "ply": ply, "open": still, "counted": clean})]


def balloting(room: Room, table: str, ply: int, on: bool) -> list[Draft]:
    """Open or close the voting on the next move."""
    found = table_named(room, table)
    if ply != found.ply or found.game.ended:
        raise Refused("stale")
    ballot = room.ballots.get((table, ply))
    if (ballot is None or ballot.open) is on:
        return []
    return [Draft("ballot", {"table": table, "ply": ply, "open": on})]


def decide(room: Room, table: str, ply: int, action: str, now: float = 0.0) -> list[Draft]:
    """The facilitator has the room's choice played: closes the vote, opens the next one.

    Any legal action may be played, so that a tie, a time-out and a word from the floor find an end.
    """
    key = f"move:{table}:{ply}"
    if done_before(room, key) is not None:
        return []
    _playing(room)
    found = table_named(room, table)
    if room.plan.mode != "round":
        raise Refused("no_vote", 403)
    if ply != found.ply:
        raise Refused("stale")
    _legal(found, action)
    drafts = []
    if room.ballot(found).open:
        drafts.append(Draft("ballot", {"table": table, "ply": ply, "open": False}))
    return [*drafts, *_made(room, found, action), *next_timer(room, now)]


def leading(room: Room, table: str, ply: int) -> list[str]:
    """The actions with the most votes: one, or several in a tie; none without a vote."""
    ballot = room.ballots.get((table, ply))
    tally = ballot.tally() if ballot is not None else {}
    most = max(tally.values(), default=0)
    return [action for action, n in tally.items() if n == most and n > 0]


__all__ = [
    "QUESTIONS", "answer", "ask", "ask_back", "balloting", "close_question", "count",
    "count_answers", "decide", "leading", "move", "put_away", "read",
    "reveal", "show_answer", "vote",
]  # fmt: skip
