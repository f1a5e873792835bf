"""What a session comes to as plain tables: one row a move, a read, a result, a vote, an answer.

docs/workshop-exports.md says what every column means. Values are numbers, texts or None for what
is not known; nothing here depends on a language or a clock.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from game.core.vocabulary import Ending
from game.review.model import Move, Review
from game.review.questionnaire import AnswersError, score_judgment
from game.review.reads import half_width
from game.review.words import score_sum
from game.workshop.debrief.find import Known, line_of
from game.workshop.debrief.people import HALVES, truth_of
from game.workshop.room.log import Record
from game.workshop.room.predictions import holds
from game.workshop.room.state import Room
from game.workshop.room.tables import HOUSE, Table

Value = str | int | float | None
Row = tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table: its name, the names of its columns, its rows."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]


def sheets(room: Room, records: Sequence[Record], known: Known) -> list[Sheet]:
    """All tables of a session; what is not weighed yet is empty."""
    return [
        moves(room, records, known), reads(room, records), results(room, known),
        votes(room), predictions(room), tests(room), sentences(room),
    ]  # fmt: skip


def when(seconds: float) -> str:
    """A time as it is written into tables: 2026-03-09T14:05:07Z."""
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _name(room: Room, person: str) -> str:
    """Somebody as tables name them: by the id where the name is not for others, "" once erased."""
    who = room.people.get(person)
    return person if who is None else who.called or (who.name and person)


def _people(room: Room, seat: str) -> str:
    sat = [p.id for p in room.people.values() if p.seat == seat and not p.observes]
    return ", ".join(name for id in sat if (name := _name(room, id)))


# --- moves ----------------------------------------------------------------------------------------

_MOVES = (
    "time", "table", "seat", "scenario", "number", "kind", "meeting", "turn", "action", "label",
    "made_by", "person", "worth", "loss", "loss_low", "verdict", "marks", "best_action",
    "best_label", "accuracy",
)  # fmt: skip


def moves(room: Room, records: Sequence[Record], known: Known) -> Sheet:
    """Every move at every table, in the order of the tables."""
    times = {(r.data["table"], r.data["ply"]): r.at for r in records if r.kind == "move"}
    rows: list[Row] = []
    for table in room.tables.values():
        review = _review(known, table.id)
        weighed = review.moves if review is not None else ()
        turns, movers = table.game.turns, table.movers
        at_table = 0
        for ply, (kind, action) in enumerate(line_of(table)):
            turn, by = turns[ply], movers[ply]
            at_table += turn.number > 0
            at = times.get((table.id, ply))
            rows.append(
                (
                    None if at is None else when(at), table.id, room.seats[table.seat].name,
                    table.desk.scenario.scenario, ply + 1, kind, turn.meeting,
                    at_table if turn.number else None, action, turn.label,
                    "house" if by == HOUSE else "room" if by == "host" else "person",
                    _name(room, by) if by not in (HOUSE, "host") else "",
                    *_worth(weighed[ply] if ply < len(weighed) else None),
                )
            )  # fmt: skip
    return Sheet("moves", _MOVES, tuple(rows))


def _worth(move: Move | None) -> Row:
    if move is None:
        return (None,) * 8
    return (
        _round(move.worth), _round(move.loss), _round(move.loss_low), move.label,
        " ".join(move.marks), move.best.action, move.best.label, _round(move.accuracy),
    )  # fmt: skip


def _review(known: Known, table: str) -> Review | None:
    weighed = known(table)
    return None if weighed is None else weighed.review


def _round(value: float, places: int = 2) -> float:
    return round(value, places) + 0.0


# --- reads ----------------------------------------------------------------------------------------

_READS = (
    "time", "table", "seat", "scenario", "person", "buyer", "number", "place", "confidence",
    "truth", "error", "allowed", "within", "last",
)  # fmt: skip


def reads(room: Room, records: Sequence[Record]) -> Sheet:
    """Every read that was given, the changed ones too, in the order of their giving."""
    given = [r for r in records if r.kind == "read" and "d" in r.data]
    newest = {(r.data["table"], r.data["buyer"], r.actor): r.seq for r in given}
    truths: dict[str, dict[str, float]] = {}
    counts: dict[tuple[str, str, str], int] = {}
    rows: list[Row] = []
    for record in given:
        data = record.data
        table = room.tables[data["table"]]
        truth = truths.setdefault(table.id, truth_of(table))[data["buyer"]]
        who = data["table"], data["buyer"], record.actor
        counts[who] = counts.get(who, 0) + 1
        error = abs(data["d"] - truth)
        allowed = half_width(data["confidence"])
        rows.append(
            (
                when(record.at), table.id, room.seats[table.seat].name,
                table.desk.scenario.scenario, _name(room, record.actor), data["buyer"],
                counts[who], data["d"], data["confidence"], _round(truth, 3), _round(error, 3),
                _round(allowed, 3), int(error <= allowed), int(newest[who] == record.seq),
            )
        )  # fmt: skip
    return Sheet("reads", _READS, tuple(rows))


# --- results --------------------------------------------------------------------------------------

_RESULTS = (
    "table", "seat", "people", "scenario", "seed", "help", "moves", "ended", "ending", "deal",
    "score", "your_deal", "their_deal", "relationship", "par", "skill", "luck", "accuracy",
)  # fmt: skip


def results(room: Room, known: Known) -> Sheet:
    """Every table: how far it is and what it came to."""
    return Sheet("results", _RESULTS, tuple(_result(room, t, known) for t in room.tables.values()))


def _result(room: Room, table: Table, known: Known) -> Row:
    game = table.game
    signed = [turn.signed for turn in game.turns if turn.signed >= 0]
    row: Row = (
        table.id, room.seats[table.seat].name, _people(room, table.seat),
        table.desk.scenario.scenario, table.seed, table.help, table.ply, int(game.ended),
    )  # fmt: skip
    if game.ended:
        result = game.outcome()
        row += (
            Ending(int(result.ending[0])).name.lower(),
            game.words.package(signed[-1]) if signed else "",
            _round(float(result.score[0])), _round(100 * float(result.seller_utility[0])),
            _round(100 * float(result.buyer_utility[0])),
            _round(100 * float(result.relationship[0])),
        )  # fmt: skip
    else:
        deal = game.words.package(signed[-1]) if signed else ""
        row += ("", deal, None, None, None, None)
    review = _review(known, table.id)
    if review is None or not review.ended:
        return (*row, None, None, None, None)
    sums = score_sum(review)
    share = review.accuracy.game
    return (*row, sums.par, sums.skill, sums.luck, None if share is None else _round(share))


# --- votes, predictions, tests, sentences ---------------------------------------------------------

_VOTES = ("table", "number", "action", "person", "counted", "played")


def votes(room: Room) -> Sheet:
    """Every vote as it was when voting closed; counted hands have no person."""
    rows: list[Row] = []
    for ballot in room.ballots.values():
        table = room.tables[ballot.table]
        line = line_of(table)
        played = line[ballot.ply][1] if ballot.ply < len(line) else ""
        for person, action in ballot.choices.items():
            row = (ballot.table, ballot.ply + 1, action, _name(room, person), 1)
            rows.append((*row, int(action == played)))
        for action, count in ballot.counted.items():
            if count:
                row = (ballot.table, ballot.ply + 1, action, "", count)
                rows.append((*row, int(action == played)))
    return Sheet("votes", _VOTES, tuple(rows))


_PREDICTIONS = (
    "question", "kind", "table", "number", "answer", "person", "counted", "right",
)  # fmt: skip


def predictions(room: Room) -> Sheet:
    """Every answer to a prediction, and whether it came true; counted hands have no person."""
    rows: list[Row] = []
    for question in room.questions.values():
        told = question.id, question.kind, question.table, question.ply + 1
        for person, answer in question.answers.items():
            true = holds(room, question, answer, person) if person in room.people else None
            rows.append((*told, answer, _name(room, person), 1, _flag(true)))
        for answer, count in question.counted.items():
            if count:
                rows.append((*told, answer, "", count, _flag(holds(room, question, answer))))
    return Sheet("predictions", _PREDICTIONS, tuple(rows))


def _flag(true: bool | None) -> int | None:
    return None if true is None else int(true)


_TESTS = ("person", "half", "item", "topic", "answer", "points", "best", "most")


def tests(room: Room) -> Sheet:
    """Every answer to the judgment test with its points."""
    rows: list[Row] = []
    for (half, person), answers in room.tests.items():
        form = HALVES[HALVES.index(half)] if half in HALVES else "all"
        try:
            scored = score_judgment(answers, form)
        except AnswersError:
            continue  # it was taken with another edition of the test
        for item in scored.items:
            answer = (item.answer, item.points, item.best, item.most)
            rows.append((_name(room, person), half, item.id, item.topic, *answer))
    return Sheet("tests", _TESTS, tuple(rows))


_SENTENCES = ("person", "spoken_once", "with_first", "with_second")


def sentences(room: Room) -> Sheet:
    """The sentence that each person wrote about both buyers, in its three parts."""
    rows = tuple((_name(room, person), *parts) for person, parts in room.sentences.items())
    return Sheet("sentences", _SENTENCES, rows)
