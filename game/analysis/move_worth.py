"""What a move is worth against waiting: the same position, the same luck, the same strong seller
afterwards.

Positions are decisions taken at random from the games of many sellers, good and bad, so that a move
for a bad moment gets its moment. In each, every move that is legal there is played once and the
strong seller (`steady`) goes on; so is `wait`. The difference of the two scores is what the move
was worth. A move that is worth less than doing nothing wherever one looks is one that no player can
ever be right to choose.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from game.analysis.readability import joined
from game.core.chance import Chance, Keys, keys_of, mixed_keys, uniforms
from game.core.legal import Flags
from game.core.rules import Col, Rules
from game.core.start import initial_state
from game.core.state import State, rows
from game.core.step import step
from game.core.view import view_for
from game.core.vocabulary import Phase, Stream
from game.policies.abreast import Abreast
from game.policies.heed import Heed
from game.policies.run import MOST_STEPS, play
from game.policies.scripted import Memory, Scripted
from game.policies.shelf import Seller, seller_for, strong_script
from game.policies.worth import FIXED

WAIT = "wait"
_SALT = 0x0DEC
_AT_ONCE = 20_000  # games played on side by side
_MEMORY = ("left", "said", "deal")
_ALL = slice(None)


@dataclass(frozen=True, slots=True)
class Weighed:
    """Every comparison made in one band; all arrays have an entry for each.

    `gain` is in points of the score. `early` says whether the decision lay in the first half of
    its game.
    """

    verb: NDArray[np.int16]
    gain: NDArray[np.float64]
    early: NDArray[np.bool_]
    positions: int


@dataclass(slots=True)
class _Decisions:
    """Positions with what the strong seller remembers there."""

    state: State
    memory: Memory
    early: NDArray[np.bool_]


def weighed_moves(rules: Rules, sellers: Sequence[str], seed: int, games: int) -> Weighed:
    """Weigh the moves at one decision of each of the first `games` games of every seller."""
    script = strong_script(rules)
    heed = Heed(script)
    abreast = Abreast([seller_for(rules, s) for s in sellers])
    keys = np.tile(keys_of(seed, games), len(sellers))
    taken = _decisions(rules, abreast, script, heed, keys)
    verb, gain, early = _weighed(rules, script, heed, taken)
    return Weighed(verb.astype(np.int16), gain, early, taken.state.n)


def _decisions(
    rules: Rules, seller: Seller, script: Scripted, heed: Heed, keys: Keys
) -> _Decisions:
    """One decision of each game, any as likely as another."""
    games = keys.size
    state, memory, strong = initial_state(rules, keys), seller.start(games), script.start(games)
    passed: list[tuple[State, Memory]] = []
    while len(passed) < MOST_STEPS and (state.phase != Phase.ENDED).any():
        script.renew(strong, state.deal)
        passed.append((state, strong.rows(_ALL)))
        u = uniforms(state.key, Stream.POLICY, state.ply, 1)[0]
        action = seller.act(view_for(rules, state), Flags(rules, state), memory, u)
        heed.note(strong, action)
        state, _ = step(rules, state, action, _chance(rules, state))
    length = state.ply
    drawn = uniforms(mixed_keys(keys, _SALT), Stream.POLICY, np.zeros(games, np.int16), 1)[0]
    at = np.minimum((drawn * length).astype(np.int16), length - 1)
    parts = []
    for k, (there, known) in enumerate(passed):
        here = np.flatnonzero(at == k)
        if here.size:
            early = 2 * k < length.take(here)
            parts.append(_Decisions(rows(there, here), known.rows(here), early))
    return _joined(parts)


def _joined(parts: Sequence[_Decisions]) -> _Decisions:
    """Decisions put side by side."""
    memories = [part.memory for part in parts]
    return _Decisions(
        state=joined([part.state for part in parts]),
        memory=Memory(*(np.concatenate([getattr(m, f) for m in memories], -1) for f in _MEMORY)),
        early=np.concatenate([part.early for part in parts]),
    )


def _weighed(
    rules: Rules, script: Scripted, heed: Heed, taken: _Decisions
) -> tuple[NDArray[Any], NDArray[Any], NDArray[Any]]:
    """Verbs, gains over waiting in points, and whether it was early, one for each comparison."""
    at, action = _candidates(rules, taken.state)
    score = np.empty(at.size, np.int64)
    for first in range(0, at.size, _AT_ONCE):
        part = slice(first, first + _AT_ONCE)
        state, memory = rows(taken.state, at[part]), taken.memory.rows(at[part])
        after, _ = step(rules, state, action[part], _chance(rules, state))
        heed.note(memory, action[part])
        played = play(rules, script, after.key, start=after, memory=memory)
        score[part] = np.rint(played.outcome.score.astype(np.float64) * FIXED)
    idle = np.zeros(taken.state.n, np.int64)
    waits = action == rules.actions.index(WAIT)
    idle[at[waits]] = score[waits]
    gain = (score - idle[at]) / FIXED
    others = ~waits
    verb = rules.columns[Col.VERB].take(action)
    return verb[others], gain[others], taken.early.take(at[others])


def _candidates(rules: Rules, state: State) -> tuple[NDArray[np.intp], NDArray[np.int32]]:
    """For every position each verb that is legal in it, with one of its actions by lot."""
    flags = Flags(rules, state)
    legal = np.stack([flags.allows(a) for a in range(rules.base_actions)])
    verbs = rules.columns[Col.VERB, : rules.base_actions]
    lot = uniforms(
        mixed_keys(state.key, _SALT), Stream.POLICY, state.ply, len(rules.verbs)
    )  # fmt: skip
    places, actions = [], []
    for v in range(len(rules.verbs)):
        own = np.flatnonzero(verbs == v)
        if not own.size:
            continue
        allowed = legal[own]
        count = allowed.sum(axis=0)
        some = np.flatnonzero(count)
        wanted = (lot[v] * count).astype(np.int64) + 1
        chosen = (np.cumsum(allowed, axis=0) >= wanted).argmax(axis=0)
        places.append(some)
        actions.append(own.take(chosen.take(some)))
    return np.concatenate(places), np.concatenate(actions).astype(np.int32)


def _chance(rules: Rules, state: State) -> Chance:
    return Chance.for_step(state.key, state.ply, rules.n_buyers)
