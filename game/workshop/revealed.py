"""What a facilitator has revealed of a table, and nothing else: the one place that reads the truth
for a page. Without a layer in `room.revealed` nothing of it is computed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from markupsafe import Markup

from game.figures.continuum import Continuum, ContinuumPoint, PointKind, continuum
from game.figures.panels import Panel, Panels, panels
from game.figures.race import Race, Runner, race
from game.figures.spiral import FactDot, PrivateCircle, Spiral, spiral
from game.looks.path import rings_named
from game.review.sheet import VARIABLES
from game.session.game import Game
from game.session.table import path
from game.session.words import ui
from game.session.writing import listed
from game.workshop.room.state import Room
from game.workshop.room.tables import Table
from game.workshop.seen import state_name
from game.workshop.stage import alike, split_turn
from game.workshop.words import say

_SMALL = (306.0, 1.25)  # px a side, and the scale of the text, on a phone
_LARGE = (280.0, 2.0)  # the same on a stage, which shows it larger
_DIFFUSE = 0.5  # from here on what is half open lies inside the private circle
_HALF = 0.5
_LOW_TICKS = ((0.0, "0"), (0.25, "¼"), (_HALF, "½"))
# Width, height and scale of the text: of many tables, and of the one that a room plays.
_PATHS, _PATH = (300.0, 150.0, 1.7), (240.0, 150.0, 2.0)
_TICKS = ((0.0, "0"), (0.5, "½"), (1.0, "1"))
_NOTHING = Markup()
_MANY_READS = 4  # from here on their middle half is drawn
_MOST_THOUGHTS = 2  # that a wall has room for
_MOST_LINES = 12  # tables whose trust is drawn one by one


@dataclass(frozen=True, slots=True)
class Revealed:
    """What is shown of one table; what is not revealed is empty."""

    trust: tuple[tuple[str, int, str], ...] = ()  # (name, percent, state)
    thoughts: tuple[tuple[str, str], ...] = ()  # (name, words), of the last answer
    circles: Markup = _NOTHING
    position: Markup = _NOTHING

    @property
    def anything(self) -> bool:
        return bool(self.trust or self.thoughts or self.circles or self.position)


def revealed(room: Room, table: Table, large: bool = False) -> Revealed:
    """The revealed layers of a table, `large` for a stage."""
    layers, game = room.revealed, table.game
    size = _LARGE if large else _SMALL
    return Revealed(
        _trust(game) if "trust" in layers else (),
        _thoughts(game) if "thoughts" in layers else (),
        _circles(game, size) if "circles" in layers else _NOTHING,
        _position(game, [table], size) if "position" in layers else _NOTHING,
    )


def _people(game: Game) -> list[tuple[int, str]]:
    """(index, id) of everybody who was met in this meeting."""
    there = game.present or tuple(game.rules.buyers.names)
    return [(b, id) for b, id in enumerate(game.rules.buyers.names) if id in there]


def _trust(game: Game) -> tuple[tuple[str, int, str], ...]:
    truth = game.hidden()
    names = game.rules.machine.names
    return tuple(
        (
            game.scenario.buyers[id].name,
            round(100 * _share(truth["true_trust"][b][0])),
            state_name(names[int(truth["true_trust_state"][b][0])]),
        )
        for b, id in _people(game)
    )


def _thoughts(game: Game) -> tuple[tuple[str, str], ...]:
    line = game.line()
    thought = line[-1].thought if line else None
    if thought is None:
        return ()
    return ((game.scenario.buyers[thought.buyer].name, thought.text),)


def _circles(game: Game, size: tuple[float, float]) -> Markup:
    """The private circle; on a wall only what was told has its words beside it."""
    truth, (b, lead) = game.hidden(), _people(game)[0]
    d, trust = _share(truth["true_diffuseness"][b][0]), _share(truth["true_trust"][b][0])
    told = game.number("told")
    facts = tuple(
        FactDot(
            game.words.name(fact.about) if size is _SMALL or told >> i & 1 else "",
            fact.depth == "private" or (fact.depth == "semi" and d >= _DIFFUSE),
            bool(told >> i & 1),
        )
        for i, fact in enumerate(game.scenario.facts.values())
    )
    name = game.scenario.buyers[lead].name
    data = Spiral(
        say("stage.circles"), say("stage.circles_desc", name=name, trust=round(100 * trust)),
        tuple(path(game)), private=PrivateCircle(d, trust), facts=facts, ring_names=rings_named(),
    )  # fmt: skip
    side, scale = size
    return Markup(spiral(data, VARIABLES, side, side, scale))


def _position(game: Game, tables: Sequence[Table], size: tuple[float, float]) -> Markup:
    """Where the buyers stand, and the middle of what was believed at these tables; of many people
    the middle half too."""
    truth = game.hidden()
    points = [
        ContinuumPoint(
            PointKind.BUYER, game.scenario.buyers[id].name,
            round(_share(truth["true_diffuseness"][b][0]), 2),
        )
        for b, id in _people(game)
    ]  # fmt: skip
    for _, id in _people(game):
        reads = [_share(d) for table in tables for d, _ in table.reads(id).values()]
        if reads:
            name = game.scenario.buyers[id].name
            said = say("stage.read_of", name=name) if len(points) > 1 else say("stage.read")
            low, middle, high = (float(q) for q in np.quantile(reads, (0.25, 0.5, 0.75)))
            span = (low, high) if len(reads) >= _MANY_READS else (None, None)
            points.append(ContinuumPoint(PointKind.READ, said, middle, *span))
    said = listed(f"{one.label}: {round(100 * one.value)} %" for one in points)
    data = Continuum(
        say("stage.position"), said, ui("read_specific"), ui("read_diffuse"), tuple(points)
    )
    return Markup(continuum(data, VARIABLES, size[0], 60.0, size[1]))


@dataclass(frozen=True, slots=True)
class Thought:
    """What was thought at so many tables, of one move or of several."""

    label: str  # of the moves
    tables: int
    name: str
    text: str


@dataclass(frozen=True, slots=True)
class AllRevealed:
    """What a wall shows of many tables; what is not revealed is empty."""

    trust: Markup = _NOTHING
    thoughts: tuple[Thought, ...] = ()  # the commonest at the same turn
    circles: Markup = _NOTHING
    circles_at: str = ""  # the table that they are of
    position: Markup = _NOTHING  # one and the same buyer for all who play the same seed

    @property
    def anything(self) -> bool:
        return bool(self.trust or self.thoughts or self.circles or self.position)


def all_revealed(room: Room) -> AllRevealed:
    """The revealed layers of the tables that play the same, for a wall."""
    layers = room.revealed
    tables = [table for table in alike(room) if table.built]
    if not layers or not tables:
        return AllRevealed()
    middle = sorted(tables, key=lambda table: _path(table)[-1])[(len(tables) - 1) // 2]
    circles = "circles" in layers
    return AllRevealed(
        trust_paths(room),
        _thoughts_of(room) if "thoughts" in layers else (),
        _circles(middle.game, _LARGE) if circles else _NOTHING,
        room.seats[middle.seat].name if circles else "",
        _position(tables[0].game, tables, _LARGE) if "position" in layers else _NOTHING,
    )


def _thoughts_of(room: Room) -> tuple[Thought, ...]:
    """What most buyers thought at the turn at which the tables can be compared."""
    turn, tables = split_turn(room)
    known: dict[tuple[str, str], Counter[str]] = {}  # (who, what) -> moves that it was thought of
    for table in tables:
        thought = table.game.line()[turn].thought
        if thought is not None:
            name = table.game.scenario.buyers[thought.buyer].name
            moves = known.setdefault((name, thought.text), Counter())
            moves[table.game.turns[turn].label] += 1
    often = sorted(known.items(), key=lambda pair: (-pair[1].total(), pair[0]))
    return tuple(
        Thought(" / ".join(label for label, _ in moves.most_common()), moves.total(), name, text)
        for (name, text), moves in often[:_MOST_THOUGHTS]
    )


def trust_paths(room: Room) -> Markup:
    """Trust at each table over its moves, once it is revealed; of many tables the middle half."""
    if "trust" not in room.revealed:
        return _NOTHING
    named = [(seat.name, room.table_of(seat.id)) for seat in room.seats.values()]
    lines = [(name, _path(table)) for name, table in named if table is not None and table.built]
    long = max((len(line) for _, line in lines), default=0)
    if long < 2:
        return _NOTHING
    size = _PATHS if len(lines) > 1 else _PATH
    ends = listed(f"{name}: {round(100 * line[-1])} %" for name, line in lines)
    title = say("stage.trust_paths")
    if len(lines) <= _MOST_LINES:
        single = len(lines) == 1  # has no other to be told from
        runners = tuple(Runner("" if single else name, tuple(line)) for name, line in lines)
        high = max(max(line) for _, line in lines)
        ticks = _TICKS if high > _HALF else _LOW_TICKS
        return Markup(race(Race(title, ends, runners, ticks), VARIABLES, *size))
    many = np.array([[*line, *[np.nan] * (long - len(line))] for _, line in lines])
    low, mid, high = (np.nanquantile(many, q, axis=0).tolist() for q in (0.25, 0.5, 0.75))
    plot = Panel(say("stage.all_tables"), tuple(mid), tuple(low), tuple(high))
    return Markup(panels(Panels(title, ends, (plot,), _TICKS, "1", str(long)), VARIABLES, *size))


def _path(table: Table) -> list[float]:
    """The lead buyer's trust after every turn at the table; before the first as it begins."""
    truths = table.game.line()
    found = [_share(t.record.trust_after[0][0]) for t in truths if t.turn.number]
    return found or [_share(table.game.hidden()["true_trust"][0][0])]


def _share(value: float) -> float:
    return min(1.0, max(0.0, float(value)))
