"""Games watched by somebody who weighs: at every decision what could be believed of the buyers.

The belief, its particles and the strong script's memory are those of the review
(:mod:`game.review.positions`), kept here for many games at a time.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from game.core.arithmetic import Bools, Ints
from game.core.chance import Keys, mixed_keys
from game.core.legal import Flags
from game.core.rules import Rules
from game.core.state import State, rows
from game.core.step import Record
from game.core.view import view_for
from game.core.vocabulary import Phase
from game.policies.belief import Belief, prior
from game.policies.run import Played, play
from game.policies.scripted import Memory
from game.policies.shelf import Seller, strong_script
from game.policies.worth import Decisions, Weigher

PARTICLES = 256
_SALT = 0x5EA7


@dataclass(frozen=True, slots=True)
class Moment:
    """The decisions of one step in the games that are still going on; D of them."""

    game: NDArray[np.intp]  # (D,) which game each belongs to
    state: State  # the real one before the move, D rows
    after: State  # and after it
    action: Ints  # (D,) what was played
    belief: Belief  # D histories
    drawn: State  # `sample` possible ones for each, row k * sample + i
    memory: Memory  # the strong script's, D columns
    salts: Keys  # (D,) the chance that a game's moves are weighed with

    def asked(
        self,
        sample: int,
        candidates: Sequence[Sequence[int]],
        kept: Sequence[Sequence[int]],
        which: Sequence[int] | None = None,
        salt: int | None = None,
    ) -> Decisions:
        """Some of these decisions (all by default), to be weighed; `salt` gives other chance."""
        chosen = np.arange(self.game.size) if which is None else np.array(which, np.intp)
        at = (chosen[:, None] * sample + np.arange(sample)).reshape(-1)
        salts = self.salts[chosen]
        return Decisions(
            state=rows(self.drawn, at),
            sample=sample,
            memory=self.memory.rows(chosen),
            candidates=candidates,
            kept=kept,
            salts=salts if salt is None else mixed_keys(salts, salt),
        )


def watched(
    weigher: Weigher,
    seller: Seller,
    keys: Keys,
    sample: int,
    visit: Callable[[Moment], None],
    particles: int = PARTICLES,
) -> Played:
    """Let `seller` play the games of `keys`; `visit` hears every step, ended games left out."""
    rules = weigher.rules
    salts = mixed_keys(keys, _SALT)
    at = np.arange(keys.size)
    belief, memory = prior(rules, salts, particles), weigher.script.start(keys.size)

    def watch(index: NDArray[np.intp], before: State, record: Record, after: State) -> None:
        nonlocal at, belief, memory
        if index.size < at.size:
            stay = np.searchsorted(at, index)
            belief, memory, at = belief.only(stay), memory.rows(stay), index
        weigher.script.renew(memory, before.deal)
        live = np.flatnonzero(before.phase != Phase.ENDED)
        if live.size:
            now = belief.only(live)
            visit(
                Moment(
                    game=index[live],
                    state=rows(before, live),
                    after=rows(after, live),
                    action=record.action[live],
                    belief=now,
                    drawn=rows(now.state, now.drawn(sample).reshape(-1)),
                    memory=memory.rows(live),
                    salts=salts[index[live]],
                )
            )
        weigher.note(memory, record.action)
        belief = belief.after(rules, record.action, record.seen, view_for(rules, after))

    return play(rules, seller, keys, watch)


def weigher_for(rules: Rules) -> Weigher:
    return Weigher(rules, strong_script(rules))


def legal_actions(rules: Rules, state: State) -> list[list[int]]:
    """Legal base actions of every row, among them the package that the notes suggest."""
    flags = Flags(rules, state)
    legal: Bools = np.stack([flags.allows(a) for a in range(rules.base_actions)])
    return [np.flatnonzero(column).tolist() for column in legal.T]
