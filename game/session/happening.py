"""What one step did to one row, as plain numbers that words are chosen from.

`seen` parts are the seller's; the trust states set the tone of voice, and what was felt (the
change of trust itself, not the sign that was noticed) picks the thoughts.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from game.core.arithmetic import Ints
from game.core.rules import Rules
from game.core.state import State
from game.core.step import Record
from game.core.view import view_for
from game.core.vocabulary import Answer, Initiative, Phase, Response


class Happening(NamedTuple):
    """One row of a step: codes of the vocabulary, -1 for "none" where an index."""

    key: int  # row key, the seed of the solo game
    ply: int
    action: int
    who: int
    present: tuple[int, ...]
    reactions: tuple[int, ...]  # a buyer
    manner: int
    answer: int
    fact: int
    hint: int
    response: int
    counter: int
    initiative: int
    demand: int
    offer: int
    mine: int  # own package on the table after the step
    asked_demand: int  # demand that was open before the step
    last_about: int
    exposed: bool
    signed: bool
    renewal: int
    event: int
    states_before: tuple[int, ...]
    states_after: tuple[int, ...]
    d: tuple[float, ...]  # truth: for thoughts and first words only
    phase_before: int
    phase_after: int
    meeting_before: int
    meeting_after: int
    deal: int
    turn: int
    ending: int
    guess: int  # ladder rank at which the seller believed to stand
    felt: tuple[int, ...]  # truth, a buyer: the Reaction that his change of trust amounts to


def happenings(rules: Rules, before: State, record: Record, after: State) -> list[Happening]:
    """One :class:`Happening` a row of a batch step."""
    seen, at_table = record.seen, present_at(rules)
    event = [-1] * before.n if record.event is None else record.event.tolist()
    columns = zip(
        before.key.tolist(),
        before.ply.tolist(),
        record.action.tolist(),
        record.who.tolist(),
        [at_table[min(meeting, len(at_table) - 1)] for meeting in before.meeting.tolist()],
        _by_row(seen.reaction),
        seen.manner.tolist(),
        seen.answer.tolist(),
        record.fact.tolist(),
        seen.hint.tolist(),
        seen.response.tolist(),
        seen.counter.tolist(),
        seen.initiative.tolist(),
        record.demand.tolist(),
        record.offer.tolist(),
        after.mine.tolist(),
        before.demand.tolist(),
        before.last_about.tolist(),
        seen.exposed.tolist(),
        record.signed.tolist(),
        seen.renewal.tolist(),
        event,
        _by_row(record.state_before),
        _by_row(record.state_after),
        _by_row(before.d),
        before.phase.tolist(),
        after.phase.tolist(),
        before.meeting.tolist(),
        after.meeting.tolist(),
        before.deal.tolist(),
        before.turn.tolist(),
        after.ending.tolist(),
        view_for(rules, before)["trust_state"].tolist(),
        _by_row(_felt(rules, record)),
        strict=True,
    )
    return list(map(Happening._make, columns))


def _by_row(values: NDArray[Any]) -> Iterator[tuple[Any, ...]]:
    """The buyers' numbers, (B, n), a row each."""
    return map(tuple, values.T.tolist())


def _felt(rules: Rules, record: Record) -> Ints:
    """The Reaction without the chance in how it shows, (B, n)."""
    w = rules.weights
    cuts = (-w.large_sign, -w.small_sign, w.small_sign, w.large_sign)
    felt: Ints = np.digitize(record.trust_after - record.trust_before, cuts)
    return felt


def sat_down(h: Happening) -> bool:
    """Whether the step ended with a new meeting."""
    fresh = h.phase_before != Phase.TABLE or h.meeting_after != h.meeting_before
    return h.phase_after == Phase.TABLE and fresh


def contrary(h: Happening) -> bool:
    """Whether the buyer said something that one may disagree with."""
    claims = (Initiative.NUMBERS, Initiative.MISSTATES, Initiative.STALLS)
    return (
        h.answer != Answer.NONE
        or h.response in (Response.COUNTERS, Response.REJECTS)
        or h.initiative in claims
    )


def present_at(rules: Rules) -> list[tuple[int, ...]]:
    """Buyers present, a meeting."""
    present = rules.calendar.present
    return [
        tuple(b for b in range(rules.n_buyers) if present[b, m]) for m in range(present.shape[1])
    ]
