"""What is worth talking about in a room: where it split, what cost most, who found the door.

Everything here is counted from the room's records and the reviews of its tables; nothing is said
where there is nothing to say. Worth and loss are in points of the score (0-100).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean

from game.review.labels import MARKED
from game.review.model import Move, Review
from game.session.branches import MOVES
from game.session.game import Game
from game.session.notation import parse_action, parts_of
from game.workshop.debrief.reviews_worker import Weighed
from game.workshop.room.state import Ballot, Room
from game.workshop.room.tables import HOUSE, Table
from game.workshop.room.votes import Moment
from game.workshop.words import say

Known = Callable[[str], Weighed | None]  # the review of a table, if it is there
_AT_TABLE = 3  # seats at one place that make a split at the table tell more than a preparation


# --- where the room split -------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing that was done at the place where the room split; None where it was not weighed."""

    action: str
    label: str
    count: int  # seats, or votes
    seats: tuple[str, ...]
    loss: float | None


@dataclass(frozen=True, slots=True)
class Split:
    """The most divided choice of those who stood at the same place."""

    table: str  # one of the tables that stood there
    ply: int
    turn: int  # at the table, 0 away from it
    votes: bool  # of a room that voted; else of seats
    total: int
    choices: tuple[Choice, ...]  # the most frequent first
    played: str  # what the room's table did, "" where seats split
    best: str  # the best move there as an action, "" before it is weighed
    better: str  # the same in words


def pairs_apart(counts: Iterable[int]) -> int:
    """How many pairs of people chose differently."""
    found = list(counts)
    return (sum(found) ** 2 - sum(n * n for n in found)) // 2


def split_of(room: Room, known: Known) -> Split | None:
    """Where most pairs went different ways from one place; None if nobody did."""
    if room.plan.mode == "round":
        return _split_votes(room, known)
    places: dict[Place, list[Table]] = {}
    for table in room.tables_now():
        for place, by in zip(_places(table), table.movers, strict=True):
            if by != HOUSE:
                places.setdefault(place, []).append(table)
    lines = {table.id: line_of(table) for table in room.tables_now()}
    divided = []
    for place, tables in places.items():
        ply = place[0]
        counts = Counter(lines[table.id][ply][1] for table in tables)
        apart = pairs_apart(counts.values())
        if apart:
            at_table = lines[tables[0].id][ply][0] != "prepare" and len(tables) >= _AT_TABLE
            divided.append((at_table, apart, -ply, tables, counts))
    if not divided:
        return None
    *_, minus, tables, counts = max(divided, key=lambda one: one[:3])
    first, ply = tables[0], -minus
    losses = _losses(room, known, tables, ply)
    choices = []
    for action in counts:
        chose = [table for table in tables if lines[table.id][ply][1] == action]
        seats = tuple(room.seats[t.seat].name for t in chose)
        label = label_of(first.game, action)
        choices.append(Choice(action, label, len(seats), seats, losses.get(action)))
    best = _best_of(losses)
    return Split(
        first.id, ply, turn_of(first, ply), False, len(tables), _sorted(choices), "",
        best, label_of(first.game, best) if best else "",
    )  # fmt: skip


Place = tuple[int, int, tuple[str, ...], tuple[str, ...]]


def _places(table: Table) -> list[Place]:
    """What leads to each move of a table, so that equal places are equal.

    The move's number, the scenario, what was prepared, in whatever order, and what came then.
    """
    found: list[Place] = []
    prepared: tuple[str, ...] = ()
    path: tuple[str, ...] = ()
    line = iter(line_of(table))
    for entry in table.entries:
        if entry.kind == "event":
            path = (*path, f"event {entry.text}")
        elif entry.kind == "action":
            found.append((len(found), id(table.desk), prepared, path))
            kind, text = next(line)
            if kind == "prepare":
                prepared = tuple(sorted((*prepared, text)))
            else:
                path = (*path, text)
    return found


def line_of(table: Table) -> list[tuple[str, str]]:
    """Every move as it stands in the transcript: (`prepare` or `action`, notation)."""
    path = table.game.transcript.path()
    return [(e.kind, str(e.data["action"])) for e in path if e.kind in MOVES]


def _split_votes(room: Room, known: Known) -> Split | None:
    now = {table.id for table in room.tables_now()}
    ballots = [b for b in room.ballots.values() if b.table in now]
    divided = [b for b in ballots if pairs_apart(b.tally().values())]
    if not divided:
        return None

    def telling(ballot: Ballot) -> tuple[bool, int, int]:
        line = line_of(room.tables[ballot.table])
        prepared = ballot.ply < len(line) and line[ballot.ply][0] == "prepare"
        return not prepared, pairs_apart(ballot.tally().values()), -ballot.ply

    ballot = max(divided, key=telling)
    table = room.tables[ballot.table]
    losses = _losses(room, known, [table], ballot.ply)
    choices = [
        Choice(action, label_of(table.game, action), n, (), losses.get(action))
        for action, n in ballot.tally().items()
        if n
    ]
    played = line_of(table)[ballot.ply][1] if ballot.ply < table.ply else ""
    best = _best_of(losses)
    return Split(
        table.id, ballot.ply, turn_of(table, ballot.ply), True, ballot.count, _sorted(choices),
        played, best, label_of(table.game, best) if best else "",
    )  # fmt: skip


def _best_of(losses: Mapping[str, float]) -> str:
    return min(losses, key=lambda action: losses[action], default="")


def _sorted(choices: Iterable[Choice]) -> tuple[Choice, ...]:
    return tuple(sorted(choices, key=lambda c: (-c.count, c.label)))


def _move(weighed: Weighed | None, ply: int) -> Move | None:
    if weighed is None or weighed.review is None or ply >= len(weighed.review.moves):
        return None
    return weighed.review.moves[ply]


def label_of(game: Game, action: str) -> str:
    """A move in words, in the language of whoever looks."""
    return game.words.move_label(parse_action(game.rules, action))


def turn_of(table: Table, ply: int) -> int:
    """The turn at the table that move `ply` was, counted over all meetings; 0 away from it."""
    turns = table.game.turns
    if ply >= len(turns) or not turns[ply].number:
        return 0
    return sum(turn.number > 0 for turn in turns[: ply + 1])


def led_to(table: Table, ply: int) -> tuple[str, ...]:
    """What was noticed and said before a move: the last lines, in their order."""
    if not ply:
        return ()
    turn = table.game.turns[ply - 1]
    lines = [*(x.text for x in turn.notices), *(quoted(x.text) for x in turn.said)]
    if turn.opening is not None:
        lines += [turn.opening.notice, *(quoted(x.text) for x in turn.opening.said)]
    return tuple(line for line in lines if line)[-3:]


def quoted(text: str) -> str:
    """Somebody's words within others."""
    return say("debrief.quoted", text=text)


def losses_at(room: Room, known: Known, moment: Moment, actions: Iterable[str]) -> dict[str, float]:
    """What each of these moves costs against the best one there, by the reviews of all tables that
    stood at the same place; {} if one is not weighed."""
    found = _weighed(known, _alike(room, moment.table, moment.ply), moment.ply)
    wanted = list(actions)
    return {a: found[a] for a in wanted} if all(a in found for a in wanted) else {}


def _losses(room: Room, known: Known, tables: Sequence[Table], ply: int) -> dict[str, float]:
    """What moves cost at a place. What the room has been shown of it stands; the reviews say it of
    whatever else was to be had there."""
    ids = {table.id for table in tables}
    found = _weighed(known, tables, ply)
    for question in room.questions.values():
        if question.shown and question.table in ids and question.ply == ply:
            found |= question.losses
    return found


def _weighed(known: Known, tables: Sequence[Table], ply: int) -> dict[str, float]:
    losses: dict[str, list[float]] = {}
    for table in tables:
        move = _move(known(table.id), ply)
        for option in move.options if move is not None else ():
            losses.setdefault(option.action, []).append(option.loss)
    return {action: fmean(some) for action, some in losses.items()}


def _alike(room: Room, id: str, ply: int) -> list[Table]:
    """The tables that stood where this one did before a move, itself among them."""
    table = room.tables[id]
    places = _places(table)
    if table.shared or ply >= len(places):
        return [table]
    return [
        other for other in room.tables_now()
        if other is table or (other.ply > ply and _places(other)[ply] == places[ply])
    ]  # fmt: skip


# --- what cost most -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Costly:
    """A move that cost the seats who made it; `loss` is the mean of what each seat lost by it."""

    action: str
    label: str
    seats: tuple[str, ...]
    of: int  # seats that were weighed
    total: float
    loss: float
    turns: tuple[int, ...]
    better: str  # what would most often have been best
    cause: str
    principle: str
    moment: Moment  # where it cost most

    @property
    def common(self) -> bool:
        return len(self.seats) > 1


def costly_of(room: Room, known: Known) -> Costly | None:
    """The move that cost the room most, of those that more than one seat made, where there are.

    None if no move cost anybody enough to be marked.
    """
    found: dict[tuple[int, str], list[tuple[Table, Move]]] = {}
    weighed: dict[int, set[str]] = {}
    for table in room.tables_now():
        review = review_of(known(table.id))
        if review is None:
            continue
        weighed.setdefault(id(table.desk), set()).add(table.seat)
        for move, by in zip(review.moves, table.movers, strict=False):
            if move.label in MARKED and by != HOUSE:
                found.setdefault((id(table.desk), _kind(move.action)), []).append((table, move))
    if not found:
        return None

    def weight(made: list[tuple[Table, Move]]) -> tuple[bool, float]:
        return len({t.seat for t, _ in made}) > 1, sum(m.loss for _, m in made)

    made = max(found.values(), key=weight)
    action = _most(move.action for _, move in made)
    table, example = max(made, key=lambda pair: pair[1].loss)
    seats = tuple(dict.fromkeys(room.seats[t.seat].name for t, _ in made))
    total = sum(move.loss for _, move in made)
    causes = [move.causes[0].text for _, move in made if move.causes]
    review = review_of(known(table.id))
    texts = {p.id: p.text for p in review.principles} if review is not None else {}
    better = _most(move.best.action for _, move in made)
    of = len(weighed[id(table.desk)])
    return Costly(
        action, label_of(table.game, action), seats, of, total, total / len(seats),
        tuple(sorted({m.table_turn for _, m in made if m.table_turn})),
        label_of(table.game, better), _most(causes), texts.get(example.principle, ""),
        Moment(table.id, example.index - 1, (example.action,)),
    )  # fmt: skip


def review_of(weighed: Weighed | None) -> Review | None:
    """A table's review, if it is there."""
    return None if weighed is None else weighed.review


def _kind(action: str) -> str:
    """Offers are one kind of move, whatever is in them; so is a move to whomever it is made."""
    parts = parts_of(action)
    figures = parts.argument[:1].isdigit() or parts.verb == "propose"
    return parts.verb if figures else action.partition("@")[0]


def _most(texts: Iterable[str]) -> str:
    """The most frequent one, the first of several; "" of none."""
    counts = Counter(texts)
    return max(counts, key=lambda text: counts[text]) if counts else ""
