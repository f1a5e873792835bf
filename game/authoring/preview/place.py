"""Where in a scenario to begin: a game that gets there, played by one of the sellers.

Nothing is set by hand: to see a buyer who trusts you in the second meeting, somebody has to have
earned it. So games of several sellers are played until one stands where it was asked for.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from game.core.chance import keys_of
from game.core.rules import Rules
from game.core.state import State
from game.core.step import Record
from game.core.vocabulary import Phase
from game.policies.run import play
from game.policies.shelf import seller_for

_SELLERS = ("steady", "rapport", "direct", "novice", "always_closing", "random")
_GAMES = 400  # of each seller
_TABLE = (Phase.TABLE, Phase.AFTER)


@dataclass(frozen=True, slots=True)
class Place:
    """What is asked for; 0 and "" mean anything. `turn` is the next one to be played."""

    meeting: int = 0
    turn: int = 0
    state: str = ""

    @property
    def anywhere(self) -> bool:
        return not (self.meeting or self.turn or self.state)


@dataclass(frozen=True, slots=True)
class Way:
    """A game that stands at a place: its seed and the moves that led there."""

    seed: int
    moves: tuple[str, ...]


def way_to(rules: Rules, place: Place, seed: int) -> Way | None:
    """The first game, of the seeds from `seed` on, that stands at a place; None if none does.

    Raises ValueError for a state that the machine does not have.
    """
    if place.anywhere:
        return Way(seed, ())
    state = rules.machine.names.index(place.state) if place.state else -1
    for policy in _SELLERS:
        watched = _Watched(rules, place, state)
        play(rules, seller_for(rules, policy), keys_of(seed, _GAMES), watched.watch)
        if watched.found is not None:
            row, moves = watched.found
            return Way(seed + row, moves)
    return None


class _Watched:
    """Keeps every row's moves and notes the first row that comes to the place."""

    def __init__(self, rules: Rules, place: Place, state: int) -> None:
        self.rules, self.place, self.state = rules, place, state
        self.found: tuple[int, tuple[str, ...]] | None = None
        self._moves: dict[int, list[int]] = {}

    def watch(self, index: NDArray[np.intp], before: State, record: Record, after: State) -> None:
        if self.found is not None:
            return
        for row, action in zip(index.tolist(), record.action.tolist(), strict=True):
            self._moves.setdefault(row, []).append(action)
        here = np.isin(after.phase, _TABLE)
        if self.place.meeting:
            here &= after.meeting + 1 == self.place.meeting
        if self.place.turn:
            here &= after.turn + 1 == self.place.turn
        if self.state >= 0:
            here &= (after.trust_state == self.state).any(axis=0)
        rows = np.flatnonzero(here)
        if rows.size:
            row = int(index[rows[0]])
            self.found = row, tuple(self._text(a) for a in self._moves[row])

    def _text(self, action: int) -> str:
        from game.session.notation import format_action

        return format_action(self.rules, action)
