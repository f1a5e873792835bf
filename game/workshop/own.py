"""What a phone shows to its one owner: their vote, their reads, what they are asked."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, replace

from game.session.game import READ_FROM, Game
from game.session.writing import listed, pronouns
from game.workshop.asked import Asked
from game.workshop.room.predictions import known, truths
from game.workshop.room.state import Person, Room
from game.workshop.room.tables import Table
from game.workshop.words import say


@dataclass(frozen=True, slots=True)
class Read:
    """Where somebody places a buyer; `place` is None until they have."""

    buyer: str
    name: str
    them: str
    place: float | None
    sure: float | None
    due: bool  # it is asked for now


@dataclass(frozen=True, slots=True)
class Own:
    """Everything on a phone that is nobody else's."""

    vote: str  # notation of the vote, "" for none
    vote_label: str
    closed: bool  # the vote is: it can be changed no more
    suggested: tuple[tuple[str, str], ...]  # (name, label): what the team would do
    reads: tuple[Read, ...]
    ply: int  # of the move that the vote is for; 0 without one
    asked: Asked | None
    answer: str  # to what is asked, ""
    came_true: str  # what is true at this person's table, in words, once it is shown; else ""
    pair: tuple[str, str] | None  # the two buyers to write a sentence about
    sentence: tuple[str, ...]


def alone(room: Room, person: Person, table: Table | None) -> Hashable:
    """What makes somebody's part of a page another one than that of others at the same table; made
    for every move and every page, and therefore of nothing but what stands in the room."""
    question = room.question()
    answer = question.answers.get(person.id) if question is not None else None
    marks: tuple[object, ...] = ()
    choice: object = None
    if table is not None:
        place = table.id, table.ply
        marks = table.marks(person.id)
        ballot = room.ballots.get(place)
        choice = ballot.choices.get(person.id) if ballot is not None else None
        if place in room.hints:
            choice = person.id, tuple(room.hints[place].items())
    return person.observes, person.seat, choice, marks, answer, room.sentences.get(person.id)


def own(room: Room, person: Person, question: Asked | None, reads: tuple[Read, ...]) -> Own:
    """What is somebody's own on their page now; `question` is what the room is asked, `reads` are
    those of somebody at the table who has marked none.
    """
    table = room.table_of(room.seat_of(person.id))
    choice = ""
    if table is not None and table.shared:
        choice = room.ballot(table).choices.get(person.id, "")
    elif table is not None:
        choice = room.suggested(table).get(person.id, "")
    if person.observes:
        question = None
    answers = room.questions[question.id].answers if question is not None else {}
    return Own(
        vote=choice,
        vote_label=_label(table, choice) if table is not None and choice else "",
        closed=table is not None and table.shared and not room.ballot(table).open,
        suggested=_suggested(room, table, person) if table is not None else (),
        reads=_marked(table, person, reads) if table is not None else (),
        ply=table.ply if table is not None and choice else 0,
        asked=question,
        answer=answers.get(person.id, ""),
        came_true=_true(room, question, table) if question is not None else "",
        pair=_pair(room, person),
        sentence=room.sentences.get(person.id, ()),
    )


def _true(room: Room, question: Asked, table: Table | None) -> str:
    asked_for = room.questions[question.id]
    if question.open or not known(room, asked_for):
        return ""
    true = truths(room, asked_for, None if table is None or table.shared else table)
    return listed(one.label for one in question.choices if one.value in true)


def _label(table: Table, choice: str) -> str:
    game = table.game
    return game.label(game.parse(choice))


def _suggested(room: Room, table: Table, person: Person) -> tuple[tuple[str, str], ...]:
    """What others of a team would do next."""
    return tuple(
        (_shown(room.people[id]), _label(table, action))
        for id, action in room.suggested(table).items()
        if id != person.id
    )


def _shown(person: Person) -> str:
    """The name that others may read."""
    return person.called or say("stage.somebody")


def unmarked(room: Room, table: Table) -> tuple[Read, ...]:
    """The reads of somebody who has marked none: to be marked as long as the meeting lasts."""
    game = table.game
    if room.stage != "playing" or game.ended:
        return ()
    due = _due(game, table)
    buyers = [(id, game.scenario.buyers[id]) for id in game.present]
    return tuple(
        Read(id, buyer.name, pronouns(buyer.pronoun)["them"], None, None, id in due)
        for id, buyer in buyers
    )


def _due(game: Game, table: Table) -> Sequence[str]:
    if not table.shared:
        return game.reads_due()
    return game.present if sum(bool(turn.number) for turn in game.turns) >= READ_FROM else ()


def _marked(table: Table, person: Person, reads: tuple[Read, ...]) -> tuple[Read, ...]:
    """The reads with where somebody, or one at the same seat, has placed the buyers."""
    if person.observes:
        return ()
    found = []
    for read in reads:
        marks = table.reads(read.buyer)
        mark = marks.get(person.id)
        if mark is None and not table.shared:
            mark = table.game.reads.get(read.buyer)
        found.append(
            read if mark is None else replace(read, place=mark[0], sure=mark[1], due=False)
        )
    return tuple(found)


def _pair(room: Room, person: Person) -> tuple[str, str] | None:
    """The names of both buyers, once both games are over, or once the talk has begun."""
    seat = room.seats.get(person.seat)
    if room.plan.mode != "pairs" or seat is None or person.observes:
        return None
    tables = [room.tables[id] for id in seat.tables[seat.since :]]
    if len(tables) < 2 or not (room.stage == "debrief" or room.asks_sentence(person.id)):
        return None
    one, two = (next(iter(table.game.scenario.buyers.values())).name for table in tables[:2])
    return one, two
