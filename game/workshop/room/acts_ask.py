"""Predictions and what is revealed after them.

As in :mod:`game.workshop.room.acts`, functions look at a room and draft records.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from game.workshop.room.acts import shut
from game.workshop.room.decisions import MOST_PEOPLE, Refused, known, table_named
from game.workshop.room.log import Draft
from game.workshop.room.predictions import band, hand_at, labels, layer_of
from game.workshop.room.state import LAYERS, Question, Room
from game.workshop.room.votes import Moment

QUESTIONS = ("read", "state", "best", "sign")
_MOST_OPTIONS = 10  # as many as a phone shows without a search


def ask(room: Room, kind: str, table: str = "", number: int = 0) -> list[Draft]:
    """Ask the room to predict something before it is shown.

    `number` counts the questions from 1, so that two consoles ask once. Where everybody plays a
    table of their own, it is about each one's own, and which move is best can only be asked of a
    moment they look back on: :func:`ask_back`.
    """
    if kind not in QUESTIONS:
        raise Refused("no_question", 400)
    if number and number <= len(room.questions):
        return []
    if not room.tables:
        raise Refused("not_playing")
    shared = room.round_table()
    if shared is None and kind == "best":
        raise Refused("no_best", 409)
    about = shared or (table_named(room, table) if table else room.tables_now()[0])
    if kind == "best" and about.game.ended:
        raise Refused("not_playing")
    return _asked(room, kind, about.id, about.ply)


def ask_back(room: Room, moment: Moment, slide: int, number: int = 0) -> list[Draft]:
    """In the debrief, on a slide: which move was worth most at a moment of the room's own.

    Everybody chooses from the same hand, whichever table they sat at and whatever they did there.
    """
    if number and number <= len(room.questions):
        return []
    table = table_named(room, moment.table)
    if room.stage != "debrief" or table not in room.tables_now():
        raise Refused("no_best", 409)
    if slide != room.slide or slide in room.shown or not 0 <= moment.ply < table.ply:
        raise Refused("stale")
    hand = hand_at(table, moment.ply)
    others = [action for action in moment.made if action not in hand]
    options = [*hand, *others][:_MOST_OPTIONS]
    if len(options) < 2:
        raise Refused("no_best", 409)
    return _asked(
        room, "best", table.id, moment.ply, {"slide": slide, "options": sorted(options)}
    )  # fmt: skip


def _asked(
    room: Room, kind: str, table: str, ply: int, more: Mapping[str, object] = MappingProxyType({})
) -> list[Draft]:  # fmt: skip
    id = f"q{len(room.questions) + 1}"
    data = {"question": id, "kind": kind, "ply": ply, "open": True, "table": table, **more}
    return [*_close_last(room), Draft("ask", data)]


def _close_last(room: Room) -> list[Draft]:
    last = room.question()
    return [shut(room, last.id)] if last is not None and last.open else []


def _question(room: Room, id: str) -> Question:
    if id not in room.questions:
        raise Refused("no_question", 404)
    return room.questions[id]


def close_question(room: Room, id: str) -> list[Draft]:
    """No more answers."""
    return [shut(room, id)] if _question(room, id).open else []


def put_away(room: Room, id: str) -> list[Draft]:
    """Take a prediction that is closed off the wall and the phones."""
    question = _question(room, id)
    if question.open:
        raise Refused("stale")
    return [] if question.away else [_said(question, False, {"away": True})]


def answer(room: Room, person: str, id: str, text: str) -> list[Draft]:
    """Somebody's prediction; it may be changed until the question closes."""
    who, question = known(room, person), _question(room, id)
    if who.removed or who.observes:
        raise Refused("not_yours", 403)
    if room.paused:
        raise Refused("paused", 423)
    if not question.open:
        raise Refused("question_closed")
    allowed = band(text) if question.kind == "read" else text in labels(room, question)
    if not allowed:
        raise Refused("no_answer", 400)
    if question.answers.get(person) == text:
        return []
    return [Draft("answer", {"question": id, "answer": text[:80]})]


def count_answers(room: Room, id: str, counted: Mapping[str, int]) -> list[Draft]:
    """Hands for each answer, counted by the facilitator."""
    question = _question(room, id)
    if any(not 0 <= n <= MOST_PEOPLE for n in counted.values()):
        raise Refused("no_count", 400)
    if set(counted) - set(labels(room, question)):
        raise Refused("no_answer", 400)
    if question.counted == {**question.counted, **counted}:
        return []
    return [_said(question, question.open, {"counted": dict(counted)})]


def show_answer(room: Room, id: str, losses: Mapping[str, float] | None = None) -> list[Draft]:
    """Close a prediction and show what is true; `losses`: what the moves cost, weighed before."""
    question = _question(room, id)
    layer = layer_of(question)
    if layer:
        return reveal(room, layer, True)
    if question.shown:
        return []
    more: dict[str, object] = {"shown": True}
    if losses:
        more["losses"] = {action: round(loss, 2) for action, loss in losses.items()}
        more["truth"] = min(losses, key=lambda action: losses[action])
    return [_said(question, False, more)]


def _said(question: Question, still: bool, more: Mapping[str, object]) -> Draft:
    data = {
        "question": question.id, "kind": question.kind, "table": question.table,
        "ply": question.ply, "open": still,
    }  # fmt: skip
    return Draft("ask", {**data, **more})


def reveal(room: Room, layer: str, on: bool) -> list[Draft]:
    """Show a layer of what was hidden, or cover it again; a prediction that is open closes."""
    if layer not in LAYERS:
        raise Refused("no_layer", 400)
    if (layer in room.revealed) is on:
        return []
    return [*(_close_last(room) if on else []), Draft("reveal", {"layer": layer, "on": on})]
