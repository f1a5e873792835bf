"""Predictions and what is revealed after them.

As in :mod:`game.workshop.room.acts`, functions look at a room and draft records.
"""

from __future__ import annotations

from collections.abc import Mapping

from game.workshop.room.acts import shut
from game.workshop.room.decisions import MOST_PEOPLE, Refused, known, table_named
from game.workshop.room.log import Draft
from game.workshop.room.predictions import band, labels, layer_of
from game.workshop.room.state import LAYERS, Question, Room

QUESTIONS = ("read", "state", "best", "sign")


def ask(room: Room, kind: str, table: str = "", number: int = 0) -> list[Draft]:
    """Ask the room to predict something before it is shown.

    `number` counts the questions from 1, so that two consoles ask once. Where everybody plays a
    table of their own, it is about each one's own, and which move is best cannot be asked.
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
    drafts = _close_last(room)
    data = {
        "question": f"q{len(room.questions) + 1}", "kind": kind, "ply": about.ply, "open": True,
        "table": about.id,
    }  # fmt: skip
    return [*drafts, Draft("ask", data)]


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


def show_answer(room: Room, id: str, truth: str = "") -> list[Draft]:
    """Close a prediction and show what is true; `truth` is the best move, weighed before."""
    question = _question(room, id)
    layer = layer_of(question)
    if layer:
        return reveal(room, layer, True)
    if question.shown:
        return []
    return [_said(question, False, {"shown": True} | ({"truth": truth} if truth else {}))]


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
