"""Predict first, then reveal: what may be answered, what was, and what is true.

A question is about one table; where everybody plays their own, each prediction is about one's own.
What is true may be shown only once a facilitator has revealed what it tells.
"""

from __future__ import annotations

from dataclasses import dataclass

from game.core.vocabulary import Ending
from game.review.labels import BEST
from game.session.notation import parse_action
from game.session.words import ui
from game.workshop.room.state import Question, Room
from game.workshop.room.tables import Table
from game.workshop.room.votes import tallied
from game.workshop.words import costs, say

BANDS = ("0.1", "0.3", "0.5", "0.7", "0.9")  # of a read, each by its middle
_LAYER = {"read": "position", "state": "trust"}  # what reveals the answer to a question
_STATES = ("stranger", "acquainted", "trusted", "partner", "wary", "fair_game")


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer: how it is written down, how it reads, who gave it; `right` once that is shown."""

    value: str
    label: str
    count: int
    share: float  # of all answers, in [0, 1]
    right: bool
    costs: str = ""  # what a move costs against the best, once that is shown


def layer_of(question: Question) -> str:
    """The layer whose reveal answers a question, "" where another thing does."""
    return _LAYER.get(question.kind, "")


def known(room: Room, question: Question) -> bool:
    """Whether the room may see what is true: the layer lies open, or the answer was shown."""
    return question.shown or layer_of(question) in room.revealed or question.kind == "sign"


def labels(room: Room, question: Question) -> dict[str, str]:
    """What may be answered, and how it reads."""
    table = room.tables.get(question.table)
    if table is None:
        return {}
    if question.kind == "read":
        return {band: say(f"console.band_{k}") for k, band in enumerate(BANDS)}
    if question.kind == "state":
        names = table.game.rules.machine.names
        return {name: ui(f"state_{name}") for name in _STATES if name in names}
    if question.kind == "sign":
        return {"yes": say("console.sign_yes"), "no": say("console.sign_no")}
    tag = table.desk.language
    if tag not in question.named:
        question.named[tag] = _moves(table, question)
    return question.named[tag]


def _moves(table: Table, question: Question) -> dict[str, str]:
    """Moves that could be chosen at a table, whatever was played since. Their order tells nothing:
    that of the hand, or where the room looks back, that of their words."""
    if not question.options:
        game = _then(table, question.ply).game
        return {action: game.label(game.parse(action)) for action in hand_at(table, question.ply)}
    words, rules = table.game.words, table.game.rules
    named = {a: words.move_label(parse_action(rules, a)) for a in question.options}
    return dict(sorted(named.items(), key=lambda pair: pair[1].casefold()))


def hand_at(table: Table, ply: int) -> list[str]:
    """What could be chosen at a table before a move, without looking further."""
    then = _then(table, ply)
    return [then.game.rules.actions[a] for a in then.options()]


def _then(table: Table, ply: int) -> Table:
    return table if table.ply == ply else table.before(ply)


def band(text: str) -> str:
    """The band that a read, a number in [0, 1], falls into; "" for none."""
    try:
        value = float(text)
    except ValueError:
        return ""
    return BANDS[min(4, int(5 * value))] if 0 <= value <= 1 else ""


def choices(room: Room, question: Question) -> tuple[Choice, ...]:
    """The answers with their counts; nothing is marked right before it is to be shown."""
    named = labels(room, question)
    given = question.answers.values()
    tally = tallied(map(band, given) if question.kind == "read" else given, question.counted)
    shown = known(room, question)
    right = truths(room, question) if shown else ()
    losses = question.losses if shown else {}
    total = max(1, sum(tally.values()))
    return tuple(
        Choice(
            value, label, tally.get(value, 0), tally.get(value, 0) / total, value in right,
            costs(losses[value]) if value in losses else "",
        )
        for value, label in named.items()
    )  # fmt: skip


def truths(room: Room, question: Question, table: Table | None = None) -> tuple[str, ...]:
    """What is true at a table, the question's own if None; () while nobody can know it.

    Of moves, all that are about as good as the best. This is hidden from players: it may be shown
    only once it is :func:`known`.
    """
    if question.kind == "best" and question.losses:
        equal = min(question.losses.values()) + BEST
        return tuple(action for action, loss in question.losses.items() if loss < equal)
    found = truth(room, question, table)
    return (found,) if found else ()


def truth(room: Room, question: Question, table: Table | None = None) -> str:
    """The one thing that is true at a table; "" while nobody can know it."""
    found = table or room.tables.get(question.table)
    if found is None:
        return ""
    if question.kind == "best":
        return question.truth
    if question.kind == "read":
        return band(str(float(found.game.hidden()["true_diffuseness"][0][0])))
    if question.kind == "sign":
        if not found.game.ended:
            return ""
        ending = int(found.game.outcome().ending[0])
        return "yes" if ending == Ending.AGREEMENT else "no"
    rules = found.game.rules
    line = found.game.line()[: question.ply]
    at = int(line[-1].record.state_after[0][0]) if line else rules.machine.start
    return rules.machine.names[at]


def right(room: Room, question: Question, person: str) -> bool | None:
    """Whether somebody's prediction has come true, as the room may know it; None: not yet, or
    none."""
    given = question.answers.get(person)
    if given is None or not known(room, question):
        return None
    return holds(room, question, given, person)


def holds(room: Room, question: Question, answer: str, person: str = "") -> bool | None:
    """Whether an answer is true, by the table of whoever gave it; None while nobody can know.

    Hidden from players as :func:`truths` is.
    """
    own = room.table_of(room.seat_of(person)) if person and room.round_table() is None else None
    true = truths(room, question, own)
    return None if not true else (band(answer) if question.kind == "read" else answer) in true
