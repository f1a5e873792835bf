"""What the stage and the console show of a room: counts, shares and what was revealed, as data."""

from __future__ import annotations

from dataclasses import dataclass

from game.core.vocabulary import Phase
from game.session.endings import ending_title
from game.session.table import stand
from game.workshop.room import Ballot, Room
from game.workshop.tables import Table


@dataclass(frozen=True, slots=True)
class Share:
    """One option of a vote: its words, how many want it, what share of all that is in [0, 1]."""

    action: str
    label: str
    preview: str
    votes: int
    share: float
    leads: bool


@dataclass(frozen=True, slots=True)
class Vote:
    """The vote on the next move. While it is open nobody sees more than how many have voted."""

    table: str
    ply: int
    open: bool
    count: int
    of: int
    options: tuple[Share, ...]
    tie: bool


@dataclass(frozen=True, slots=True)
class Standing:
    """A seat in the race. `value` is what stands on the table for it in percent, None for nothing;

    `state` is the buyer's, "" until trust is revealed.
    """

    seat: str
    name: str
    people: int
    table: str
    ply: int
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
    legal = {game.rules.actions[a] for a in game.legal()}
    options = tuple(
        Share(
            name, game.label(index), game.preview(index), tally.get(name, 0),
            tally.get(name, 0) / max(1, ballot.count), name in leads,
        )
        for name in names
        if name in legal or name in tally
        for index in (game.parse(name),)
    )  # fmt: skip
    voters = sum(not p.observes for p in room.here())
    return Vote(
        table.id, table.ply, ballot.open, ballot.count, voters, options, len(leads) > 1
    )  # fmt: skip


def standings(room: Room) -> list[Standing]:
    """Every seat that plays, in the order of the seats."""
    found = []
    revealed = "trust" in room.revealed
    for seat in room.seats.values():
        table = room.table_of(seat.id)
        if table is None:
            continue
        game = table.game
        offered = None if game.ended else stand(game).theirs
        found.append(
            Standing(
                seat.id, seat.name, len(room.members(seat.id)), table.id, table.ply,
                game.number("turn"), Phase(game.phase).name.lower(),
                ending_title(game) if game.ended else "",
                round(float(game.outcome().score[0])) if game.ended else None,
                round(100 * offered.worth) if offered is not None else None,
                _state(table) if revealed else "",
            )
        )  # fmt: skip
    return found


def _state(table: Table) -> str:
    """The lead buyer's true state of trust; only a facilitator's reveal may show it."""
    game = table.game
    line = game.line()
    state = int(line[-1].record.state_after[0][0]) if line else game.rules.machine.start
    return game.rules.machine.names[state]


def splits(room: Room) -> list[tuple[str, int]]:
    """What the tables did at the turn that most of them have done last: (label, how many)."""
    tables = [t for t in room.tables.values() if t.ply]
    if not tables:
        return []
    turn = sorted(t.ply for t in tables)[len(tables) // 2] - 1
    counts: dict[str, int] = {}
    for table in tables:
        if table.ply > turn:
            label = table.game.turns[turn].label
            counts[label] = counts.get(label, 0) + 1
    return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
