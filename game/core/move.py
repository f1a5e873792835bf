"""The seller's move of one step: what the action table says of it, where it is made, to whom."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from game.core.arithmetic import ONE, Bools, Floats, Ints, any_of, constant, either
from game.core.rules import EFFECT, EFFECTS, Asks, Col, Offers, Rules
from game.core.state import State
from game.core.vocabulary import Phase

TABLE, AFTER = constant(Phase.TABLE, np.int8), constant(Phase.AFTER, np.int8)
OUTSIDE = constant(2)  # the least radius of moves outside the problem
_NOBODY, _AWAY = constant(0, np.int8), constant(-1, np.int8)
_MODES = Offers.SIGN + 1


class Move(NamedTuple):
    """A step's moves, one row each; `table` is the negotiation and what follows a signature."""

    action: Ints  # (n,) row of the rules' tables
    cols: Ints  # (COLUMNS, n)
    radius: Floats  # (n,)
    open: Bools  # (n,) made in phase `table`
    after: Bools | None  # (n,) made in phase `after`; None: nowhere in the batch
    table: Bools  # (n,) made in either
    business: Bools  # (n,) business may be talked about in this meeting
    outside: Bools  # (n,) made at a table, and outside the problem
    who: Ints  # (n,) the addressee
    his: Bools  # (B, n) the same, by person
    present: Bools  # (B, n) who sits at this table (everybody, in prepare and between)
    reach: Floats  # (B, n) 1 for the addressee, the witness's share for others here, 0 elsewhere
    at: Ints  # (n,) place of the addressee's row in a flat (B, n) array
    family_at: Ints  # (n,) place of the move's family in a flat (families, n) array
    traits: int  # what the moves of the batch do and have between them, a bit each

    def own(self, values: NDArray[Any]) -> Any:
        """The addressee's row of a (B, n) array, as (n,)."""
        if len(values) == 1:
            return values[0]
        return values.reshape(-1).take(self.at, mode="wrap")


class Addressee(NamedTuple):
    """What of his own the addressee's answer depends on, all (n,)."""

    d: Floats
    trust: Floats
    trust_state: Ints
    push: Floats  # what he felt of it, in radius units


def does(effect: str) -> int:
    """The trait of moves with this effect."""
    return 1 << EFFECT[effect]


def offers(mode: int) -> int:
    """The trait of moves that offer in this way (`Offers`)."""
    return 1 << (len(EFFECTS) + mode)


# What else a move has; whatever no move of a batch has is passed over.
EFFECT_TRAITS = sum(does(effect) for effect in EFFECTS if effect)
OFFER_TRAITS = sum(offers(mode) for mode in range(1, _MODES))
ASKS, TOPIC, PREPARED, SLIGHT, HURRIES = (offers(_MODES) << i for i in range(5))


def _traits(rules: Rules) -> Ints:
    """(A + P,): the traits of every action."""
    cols = rules.columns
    has: Ints = np.int64(1) << cols[Col.EFFECT].astype(np.int64)
    for mode in range(1, _MODES):
        has = has | np.where(cols[Col.OFFERS] == mode, offers(mode), 0)
    has = has | np.where(cols[Col.ASKS] != Asks.NOTHING, ASKS, 0)
    has = has | np.where(cols[Col.TOPIC] >= 0, TOPIC, 0)
    has = has | np.where(cols[Col.PREPARED] != 0, PREPARED, 0)
    has = has | np.where((rules.slight != 0).any(axis=0), SLIGHT, 0)
    has = has | np.where(rules.hurries != 0, HURRIES, 0)
    return has


def place_of(row: Ints, rows: int) -> Ints:
    """Place of each column's `row` (n,) in a flat array of shape (rows, n)."""
    columns = np.arange(row.shape[0])
    return columns if rows == 1 else row * np.intp(row.shape[0]) + columns


class _Seats(NamedTuple):
    """Tables by meeting, the last for those away from the table."""

    people: Ints  # (B, 1)
    business: NDArray[np.bool_]  # (M,) business may be talked about
    present: NDArray[np.bool_]  # (B, M + 1)


def _seats(rules: Rules) -> _Seats:
    buyers = rules.n_buyers
    people = np.arange(buyers, dtype=np.int8)[:, None]
    everybody = np.ones((buyers, 1), np.bool_)
    present = np.concatenate((rules.calendar.present, everybody), axis=1)
    return _Seats(people, ~rules.calendar.banned, present)


def move_of(rules: Rules, state: State, action: Ints) -> Move:
    """Look the batch's moves up."""
    action = action.astype(np.intp)
    cols = rules.columns.take(action, axis=1)
    made_open = state.phase == TABLE
    made_after = state.phase == AFTER
    table, after = made_open, None
    if any_of(made_after):
        table, after = made_open | made_after, made_after
    seats = rules.once(_seats)
    n = state.n
    radius = rules.radius.take(action, mode="wrap")
    if rules.n_buyers == 1:
        present = ~np.zeros((1, n), np.bool_)
        who: Ints = np.zeros(n, np.int8)
        at = who
        his, reach = present, present.astype(np.float32)
    else:
        seat = either(table, state.meeting, _AWAY)
        who = _addressee(rules, state, cols[Col.ADDRESSEE], seat)
        his = who == seats.people
        present = seats.present.take(seat, axis=1, mode="wrap")
        reach = either(his, ONE, rules.numbers.witness) * present
        at = place_of(who, rules.n_buyers)
    return Move(
        action=action,
        cols=cols,
        radius=radius,
        open=made_open,
        after=after,
        table=table,
        business=seats.business.take(state.meeting, mode="clip"),
        outside=table & (radius >= OUTSIDE),
        who=who,
        his=his,
        present=present,
        reach=reach,
        at=at,
        family_at=place_of(cols[Col.FAMILY], rules.families),
        traits=int(np.bitwise_or.reduce(rules.once(_traits).take(action, mode="wrap"))),
    )


def _addressee(rules: Rules, state: State, named: Ints, seat: Ints) -> Ints:
    """The buyer who answers, (n,): the one named, else the one whose question is open, else the
    first present, with a say if any has."""
    who = rules.calendar.speaker.take(seat, mode="wrap")
    if any_of(state.asked):
        who = either(state.asked > _NOBODY, state.asked_by, who)
    return either(named >= _NOBODY, named, who).astype(np.int8)
