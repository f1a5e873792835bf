"""What the stage and the console show of a room: counts, shares and what was revealed, as data."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from game.core.vocabulary import Phase
from game.session.endings import ending_title
from game.session.words import ui
from game.session.writing import listed
from game.workshop.pictures import Picture, picture_of
from game.workshop.room.state import Ballot, Room
from game.workshop.room.tables import Table
from game.workshop.seen import Seen
from game.workshop.words import say, say_counted

MOST_SEATS = 24  # that a wall shows one by one
_AHEAD = 6  # of the best scores, where it shows no others
_NAMED = 3  # seats that share one
_FAR = 3  # moves behind the others, after which a table is not waited for


@dataclass(frozen=True, slots=True)
class Share:
    """One option of a vote: its words, how many want it, what share of all that is in [0, 1].

    `number` counts from 1 and stays, in whatever order they stand: people call it out.
    """

    number: int
    action: str
    label: str
    preview: str
    votes: int
    share: float
    leads: bool


@dataclass(frozen=True, slots=True)
class Vote:
    """The vote on the next move. While it is open a stage shows no more than how many have voted.

    `options` are the hand of the whole room, at most seven, and what was played beside it.
    """

    table: str
    ply: int
    open: bool
    count: int
    of: int
    options: tuple[Share, ...]
    tie: bool


@dataclass(frozen=True, slots=True)
class Standing:
    """A seat in the race. `value` is what was agreed or stands on the table, in percent of the best
    for the seller, who sees it all the time; None for nothing.

    `state` is the buyer's, "" until trust is revealed.
    """

    seat: str
    name: str
    people: int
    table: str
    ply: int
    made: int  # moves made by people; the house may have played others
    waits: bool  # for the other tables, or for the facilitator
    turn: int
    phase: str
    ending: str
    score: int | None
    value: int | None
    state: str


def vote_on(room: Room, table: Table) -> Vote:
    """The vote as the facilitator sees it; a stage shows `options` only once it is closed."""
    ballot: Ballot = room.ballot(table)
    tally = ballot.tally()
    game = table.game
    names = [*dict.fromkeys([*(game.rules.actions[a] for a in table.options()), *tally])]
    most = max(tally.values(), default=0)
    leads = [name for name in names if tally.get(name, 0) == most and most]
    options = tuple(
        Share(
            number, name, game.label(index), game.preview(index), tally.get(name, 0),
            tally.get(name, 0) / max(1, ballot.count), name in leads,
        )
        for number, name in enumerate(names, 1)
        for index in (game.parse(name),)
    )  # fmt: skip
    return Vote(
        table.id, table.ply, ballot.open, ballot.count, len(room.members(table.seat)), options,
        len(leads) > 1,
    )  # fmt: skip


def standings(room: Room) -> list[Standing]:
    """Every seat at which somebody plays, in the order of the seats."""
    found = []
    revealed = "trust" in room.revealed
    for seat in room.seats.values():
        table = room.table_of(seat.id)
        if table is None or not room.members(seat.id):
            continue
        if table.ply and not table.built:  # after a restart, before `warm` has got to it
            found.append(
                Standing(
                    seat.id, seat.name, len(room.members(seat.id)), table.id, table.ply, table.made,
                    room.waits(table), table.made + 1, "table", "", None, None, "",
                )
            )  # fmt: skip
            continue
        game, value = table.game, value_of(table)
        found.append(
            Standing(
                seat.id, seat.name, len(room.members(seat.id)), table.id, table.ply, table.made,
                room.waits(table) and not game.ended,
                game.number("turn"), Phase(game.phase).name.lower(),
                ending_title(game) if game.ended else "",
                round(float(game.outcome().score[0])) if game.ended else None,
                round(100 * value) if value is not None else None,
                _state(table) if revealed else "",
            )
        )  # fmt: skip
    return found


@dataclass(frozen=True, slots=True)
class Crowd:
    """More seats than a wall shows: where they stand, and the best of those that are over."""

    many: int
    groups: tuple[tuple[str, int], ...]  # (where, how many), from the beginning to the end
    ahead: tuple[tuple[str, int], ...]  # (seats, the score that they share), the best first


def crowd(standings: list[Standing]) -> Crowd:
    """Where a crowd of seats stands."""
    groups: dict[tuple[bool, int, str], int] = {}
    for one in standings:
        turn = one.turn if one.phase == "table" and not one.ending else 0
        label = one.ending or (
            say("stage.turn", turn=turn) if turn else ui(f"phase_{one.phase}")
        )  # fmt: skip
        place = bool(one.ending), turn, label
        groups[place] = groups.get(place, 0) + 1
    over: dict[int, list[str]] = {}
    for one in standings:
        if one.score is not None:
            over.setdefault(one.score, []).append(one.name)
    return Crowd(
        len(standings),
        tuple((place[2], groups[place]) for place in sorted(groups)),
        tuple((_together(over[score]), score) for score in sorted(over, reverse=True)[:_AHEAD]),
    )


def _together(names: list[str]) -> str:
    """Those who share a place, of many the first and how many more."""
    more = len(names) - _NAMED
    first = listed(names[:_NAMED])
    return say_counted("stage.tied", more, names=first) if more > 0 else first


def _state(table: Table) -> str:
    """The lead buyer's true state of trust; only a facilitator's reveal may show it."""
    game = table.game
    line = game.line()
    state = int(line[-1].record.state_after[0][0]) if line else game.rules.machine.start
    return game.rules.machine.names[state]


async def warm(room: Room) -> bool:
    """Build the games of all tables, one by one with rests between them, so that a server that was
    started again answers meanwhile; whether there were any to build."""
    cold = [table for table in room.tables_now() if not table.built]
    for table in cold:
        begun = time.perf_counter()
        _ = table.game
        await asyncio.sleep(2 * (time.perf_counter() - begun))
    return bool(cold)


def value_of(table: Table) -> float | None:
    """What was agreed at a table, else what the seller offers, else what he is asked for: its worth
    to him in [0, 1]; None without any."""
    game = table.game
    signed = [turn.signed for turn in game.turns if turn.signed >= 0]
    offers = [*signed[-1:], game.number("mine"), game.number("theirs")]
    package = next((int(p) for p in offers if p >= 0), -1)
    return float(game.rules.bargain.seller[package]) if package >= 0 else None


def splits(room: Room) -> list[tuple[str, int]]:
    """What the tables did at the newest turn that all of them have behind them: (label, how many).

    Nobody who still has to decide sees what others chose. A table whose people have gone, that is
    over, or that is `_FAR` moves behind most others is not waited for.
    """
    turn, tables = split_turn(room)
    counts: dict[str, int] = {}
    for table in tables:
        label = table.game.turns[turn].label
        counts[label] = counts.get(label, 0) + 1
    return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))


def alike(room: Room) -> list[Table]:
    """The tables with people at the scenario that most of them play now."""
    seated = [t for t in (room.table_of(s) for s in room.seats if room.members(s)) if t is not None]
    places = Counter(t.place for t in seated)
    usual = max(places, key=lambda place: places[place], default=0)
    return [t for t in seated if t.place == usual]


@dataclass(frozen=True, slots=True)
class Across:
    """Whom a room meets, away from a table too; `begins` while most have not sat down yet."""

    seen: Seen
    picture: Picture
    begins: bool


def across(room: Room, tables: Sequence[Table], see: Callable[[Table], Seen]) -> Across | None:
    """Who sits opposite, for a wall: of several tables as all of them see it at the beginning, for
    later the faces differ."""
    if not tables:
        return None
    table = tables[0] if len(tables) == 1 else tables[0].before(0)
    found = see(table)
    place = room.desks.index(table.desk)
    picture = found.picture or picture_of(table.game, place, found.at, "")
    begin = sum(_begins(table) for table in tables)
    return Across(found, picture, 2 * begin > len(tables))


def _begins(table: Table) -> bool:
    """Whether people have not moved at a table, or are still preparing for it."""
    return not table.made or (table.built and table.game.phase is Phase.PREPARE)


def split_turn(room: Room) -> tuple[int, list[Table]]:
    """The move, from 0, at which tables can be compared now, and those that made it; -1 none."""
    tables = alike(room)
    plies = sorted(t.ply for t in tables)
    if not plies or not plies[-1] or not all(t.built for t in tables):
        return -1, []
    most = plies[len(plies) // 2]
    waited = [t.ply for t in tables if not t.game.ended and t.ply > most - _FAR]
    turn = min(waited, default=most) - 1
    while turn >= 0 and not any(room.decides(t, turn) for t in tables):
        turn -= 1  # the house played that one everywhere
    return turn, [t for t in tables if t.ply > turn] if turn >= 0 else []
