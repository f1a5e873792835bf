"""What a phone shows to its one owner: their vote, their reads, what they are asked."""

from __future__ import annotations

from dataclasses import dataclass

from game.session.game import READ_FROM, Game
from game.session.writing import listed, pronouns
from game.workshop.asked import Asked, asked
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
    suggested: tuple[tuple[str, str], ...]  # (name, label): what the team would do
    reads: tuple[Read, ...]
    table: str
    ply: int
    asked: Asked | None
    answer: str  # to what is asked, ""
    came_true: str  # what is true at this person's table, in words, once it is shown; else ""
    pair: tuple[str, str] | None  # the two buyers to write a sentence about
    sentence: tuple[str, ...]


def own(room: Room, person: Person) -> Own:
    """What is somebody's own on their page now."""
    table = room.table_of(room.seat_of(person.id))
    choice = ""
    if table is not None and table.shared:
        choice = room.ballot(table).choices.get(person.id, "")
    elif table is not None:
        choice = room.suggested(table).get(person.id, "")
    question = None if person.observes else asked(room)
    answers = room.questions[question.id].answers if question is not None else {}
    return Own(
        vote=choice,
        vote_label=_label(table, choice) if table is not None and choice else "",
        suggested=_suggested(room, table, person) if table is not None else (),
        reads=_reads(room, table, person) if table is not None else (),
        table=table.id if table is not None else "",
        ply=table.ply if table is not None else 0,
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


def _reads(room: Room, table: Table, person: Person) -> tuple[Read, ...]:
    """A read for everybody at the table; it can be marked as long as the meeting lasts."""
    game = table.game
    if room.stage != "playing" or person.observes or game.ended:
        return ()
    due = _due(game, table, person)
    found = []
    for buyer in game.present:
        marked = table.reads(buyer).get(person.id)
        if marked is None and not table.shared:
            marked = game.reads.get(buyer)  # of somebody at the same seat
        place, sure = marked if marked is not None else (None, None)
        name = game.scenario.buyers[buyer].name
        them = pronouns(game.scenario.buyers[buyer].pronoun)["them"]
        found.append(Read(buyer, name, them, place, sure, buyer in due and place is None))
    return tuple(found)


def _due(game: Game, table: Table, person: Person) -> list[str]:
    if not table.shared:
        return game.reads_due()
    if sum(bool(turn.number) for turn in game.turns) < READ_FROM:
        return []
    return [buyer for buyer in game.present if person.id not in table.reads(buyer)]


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
