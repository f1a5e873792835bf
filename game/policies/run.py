"""Playing many engagements: the loop around `step`, in chunks, with ended rows put aside."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

from game.core.chance import Chance, Keys, keys_of, uniforms
from game.core.legal import Flags
from game.core.outcome import Outcome, outcome
from game.core.rules import Rules
from game.core.start import initial_state
from game.core.state import State, rows
from game.core.step import Record, step
from game.core.view import view_for
from game.core.vocabulary import Phase, Stream
from game.policies.seller import Seller, Watching

CHUNK = 10_000
MOST_STEPS = 400
Watch = Callable[[NDArray[np.intp], State, Record, State], None]


@dataclass(frozen=True, slots=True)
class Played:
    """Final states and outcomes of a batch, rows in seed order."""

    state: State
    outcome: Outcome

    def part(self, some: slice) -> Played:
        """Some of the rows."""
        outcome = Outcome(*(getattr(self.outcome, f.name)[some] for f in fields(Outcome)))
        return Played(rows(self.state, some), outcome)


def play(
    rules: Rules,
    seller: Seller,
    keys: Keys,
    watch: Watch | None = None,
    most_steps: int = MOST_STEPS,
    start: State | None = None,
    memory: Any = None,
) -> Played:
    """Play every row to its end. `watch(index, before, record, after)` sees each step.

    With `start` (and the seller's `memory` of how it came about) play goes on from there.

    Rows that have ended are put aside so that long games do not drag short ones along; each row is
    a function of its own key alone, so this changes nothing.
    """
    state = initial_state(rules, keys) if start is None else start
    memory = seller.start(state.n) if memory is None else memory
    index, now = np.arange(state.n), rules
    sees = seller.see if isinstance(seller, Watching) else None
    done: list[tuple[NDArray[np.intp], State]] = []
    for _ in range(most_steps):
        over = state.phase == Phase.ENDED
        ended = int(over.sum())
        if ended == state.n:
            break
        if ended > state.n // 4:
            done.append((index[over], rows(state, over)))
            stay = np.flatnonzero(~over)
            state, memory, index = rows(state, stay), memory.rows(stay), index[stay]
            now = now.rows(stay)
        view = view_for(now, state)
        flags = Flags(now, state)
        u = uniforms(state.key, Stream.POLICY, state.ply, 1)[0]
        action = seller.act(view, flags, memory, u)
        chance = Chance.for_step(state.key, state.ply, rules.n_buyers)
        after, record = step(now, state, action, chance)
        if watch is not None:
            watch(index, state, record, after)
        if sees is not None:
            sees(memory, action, record.seen, view_for(now, after))
        state = after
    else:
        raise RuntimeError(f"rows still playing after {most_steps} steps")
    done.append((index, state))
    final = _joined(done)
    return Played(final, outcome(rules, final))


def _joined(parts: list[tuple[NDArray[np.intp], State]]) -> State:
    if len(parts) == 1:
        return parts[0][1]
    order = np.argsort(np.concatenate([index for index, _ in parts]), kind="stable")
    merged: dict[str, Any] = {}
    for field in fields(State):
        together = np.concatenate([getattr(s, field.name) for _, s in parts], axis=-1)
        merged[field.name] = together.take(order, axis=-1)
    return State(**merged)


def play_seeds(rules: Rules, seller: Seller, seed: int, runs: int) -> Outcome:
    """Outcomes of the solo games of seed, seed + 1, …, in chunks that fit the cache."""
    parts = []
    chunk = seller.at_once if isinstance(seller, Watching) else CHUNK
    for first in range(0, runs, chunk):
        keys = keys_of(seed + first, min(chunk, runs - first))
        parts.append(play(rules, seller, keys).outcome)
    return Outcome(*(np.concatenate([getattr(p, f.name) for p in parts]) for f in fields(Outcome)))
