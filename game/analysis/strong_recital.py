"""Reciting: one sequence of moves for everybody, searched for, against sellers who look.

A recited sequence names a move for each step of the engagement and is played whatever happens;
where the move is not legal the seller waits. The search is a coordinate ascent with common random
numbers: step by step, every move is tried in its place with the rest of the sequence as it is. It
begins from the best of the games that looking sellers have played. Both sides are judged by the
seller's own utility, and it is what they play for.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from game.analysis.judging import Values
from game.core.arithmetic import Bools, Ints
from game.core.chance import Chance, Keys, keys_of
from game.core.legal import Flags
from game.core.outcome import outcome
from game.core.rules import Rules
from game.core.start import initial_state
from game.core.state import State, rows
from game.core.step import Record, step
from game.core.vocabulary import Phase
from game.policies.run import play
from game.policies.shelf import Seller

TUNING_SEED = 170_000
EPISODES = 48  # that a sequence is tuned on
_GAMES = 24  # of each looking seller, to begin from
_LONGEST = 40  # steps
_SWEEPS = 3
_ASIDE = 8  # share of a batch, 1 in …, that may have ended before it is put aside


def for_own_utility(rules: Rules) -> Rules:
    """The same rules, scored by nothing but the seller's deal."""
    own: Rules = replace(rules, score=(1.0, 0.0, 0.0))
    return own


def searched(rules: Rules, looking: Sequence[Seller], episodes: int) -> Ints:
    """The best sequence of actions found, one a step."""
    keys = keys_of(TUNING_SEED, episodes)
    starts = np.concatenate([_games_of(rules, seller) for seller in looking])
    every = initial_state(rules, np.tile(keys, starts.shape[0]))
    own = _to_the_end(rules, every, np.repeat(starts, keys.size, axis=0).T, 0)
    worth = own.reshape(starts.shape[0], keys.size).sum(axis=1)
    sequence: Ints = starts[int(np.argmax(np.round(worth, 6)))].copy()
    for _ in range(_SWEEPS):
        if not _swept(rules, sequence, keys):
            break
    return sequence


def recited(rules: Rules, sequence: Ints, keys: Keys) -> Values:
    """The seller's utility in each game in which the sequence is recited, (n,)."""
    return _to_the_end(rules, initial_state(rules, keys), _for_all(sequence, keys.size), 0)


def _for_all(sequence: Ints, rows: int) -> Ints:
    """The sequence in every row, (steps, rows)."""
    return np.broadcast_to(sequence[:, None], (sequence.size, rows))


def _games_of(rules: Rules, seller: Seller) -> Ints:
    """What the seller played in some games, (games, steps), waiting where a game was over."""
    played = np.full((_GAMES, _LONGEST), rules.actions.index("wait"), np.int32)

    def watch(index: NDArray[np.intp], before: State, record: Record, after: State) -> None:
        live = before.phase != Phase.ENDED
        at = before.ply[live]
        fits = at < _LONGEST
        played[index[live][fits], at[fits]] = record.action[live][fits]

    play(rules, seller, keys_of(TUNING_SEED + 100_000, _GAMES), watch)
    return played


def _swept(rules: Rules, sequence: Ints, keys: Keys) -> bool:
    """Put the best move in each place in turn; whether anything was changed."""
    state = initial_state(rules, keys)
    changed = False
    for at in range(sequence.size):
        over = state.phase == Phase.ENDED
        if over.all():
            break
        live = rows(state, np.flatnonzero(~over))
        flags = Flags(rules, live)
        legal = np.stack([flags.allows(a) for a in range(rules.base_actions)])
        own = int(sequence[at])
        tried = [own, *(a for a in np.flatnonzero(legal.any(axis=1)).tolist() if a != own)]
        many = np.tile(np.arange(live.n), len(tried))
        action = _or_wait(rules, legal[tried].reshape(-1), np.repeat(tried, live.n))
        after = _stepped(rules, rows(live, many), action)
        own_utility = _to_the_end(rules, after, _for_all(sequence, after.n), at + 1)
        worth = own_utility.reshape(len(tried), live.n)
        best = tried[int(np.argmax(np.round(worth.sum(axis=1), 6)))]
        changed |= best != own
        sequence[at] = best
        state = _stepped(rules, state, _next(rules, state, np.full(state.n, best)))
    return changed


def _to_the_end(rules: Rules, state: State, plan: Ints, at: int) -> Values:
    """Own utility, (n,), when each row recites its column of `plan`, (steps, n), from `at` on."""
    out = np.empty(state.n)
    index = np.arange(state.n)
    waiting = np.full(state.n, rules.actions.index("wait"))
    while True:
        over = state.phase == Phase.ENDED
        ended = int(over.sum())
        if ended == state.n or ended > state.n // _ASIDE:
            out[index[over]] = outcome(rules, rows(state, np.flatnonzero(over))).seller_utility
            if ended == state.n:
                return out
            stay = np.flatnonzero(~over)
            state, index = rows(state, stay), index[stay]
        wanted = plan[at] if at < plan.shape[0] else waiting
        state = _stepped(rules, state, _next(rules, state, wanted[index]))
        at += 1


def _next(rules: Rules, state: State, wanted: NDArray[np.int_]) -> Ints:
    """What each row wants to play, (n,), where it is legal."""
    flags = Flags(rules, state)
    legal = np.zeros(state.n, np.bool_)
    for action in np.unique(wanted).tolist():
        legal |= (wanted == action) & flags.allows(action)
    return _or_wait(rules, legal, wanted)


def _or_wait(rules: Rules, legal: Bools, action: NDArray[np.int_]) -> Ints:
    wait = rules.actions.index("wait")
    return np.where(legal, action, wait).astype(np.int32)


def _stepped(rules: Rules, state: State, action: Ints) -> State:
    chance = Chance.for_step(state.key, state.ply, rules.n_buyers)
    return step(rules, state, action, chance)[0]
