"""The worth of a move: expected score when one fixed strong seller plays on after it.

Q(belief, action) by rollouts: possible buyers drawn from the belief, common random numbers for
all actions of a decision, and a policy that plays every rollout to its end (Tesauro & Galperin
1996; Bertsekas 2013). Work is spent in stages: every action gets a few rollouts, the better ones
get more, and a number always comes from the last stage that its action was in, so that what chose
an action is never what measures it. Stages are counted in rollouts, never in seconds. Scores are
summed as integers, so the result is the same on every machine.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from typing import cast

import numpy as np
from numpy.typing import NDArray

from game.core.arithmetic import Ints
from game.core.chance import Chance, Keys, mixed_keys
from game.core.legal import Flags
from game.core.rules import Rules
from game.core.state import State, rows
from game.core.step import step
from game.core.view import view_for
from game.policies.heed import Heed
from game.policies.run import play
from game.policies.scripted import Memory, Scripted

FIXED = 1024  # a score point in the integers that are summed
_ROWS = 16_384  # rows played at a time
_ROLLOUT = 0x60AD
_MOST_KEPT = 1500  # decisions whose rollouts a shelf keeps, some 20 kB each


@dataclass(frozen=True, slots=True)
class Stage:
    """`rollouts` for each of the `most` best actions of a decision (0: for all of them)."""

    rollouts: int
    most: int = 0


# The first answer, then what refines it. The last stage decides about losses.
REVIEW_STAGES = (Stage(8), Stage(24, 16), Stage(96, 6), Stage(384, 3))


@dataclass(frozen=True, slots=True)
class Worths:
    """What the actions of one decision are worth, in score points; all arrays (actions,).

    `gap` is the loss against the best action, measured with the same chance as `worth`;
    `gap_se` its standard error, 0 for the best itself.
    """

    actions: Ints
    worth: NDArray[np.float64]
    gap: NDArray[np.float64]
    gap_se: NDArray[np.float64]
    rollouts: Ints
    best: int  # index into `actions`
    par: int  # index of the action that the strong seller himself would play
    par_se: float  # standard error of that action's worth

    def at(self, action: int) -> int:
        """Index of an action; raises KeyError for one that was not weighed."""
        found = np.flatnonzero(self.actions == action)
        if not found.size:
            raise KeyError(action)
        return int(found[0])


class Shelf:
    """What was found out about decisions, kept for whoever comes to the same ones.

    A name stands for everything that a decision follows from: rules, seed and what was played
    before it. Rollouts of one action do not depend on what else was weighed, so games that part
    ways share all they had in common. The decisions used longest ago are forgotten first.
    """

    def __init__(self, most: int = _MOST_KEPT) -> None:
        self._most = most
        self._kept: OrderedDict[Hashable, dict[Hashable, object]] = OrderedDict()
        self.found = self.made = 0  # how often something was there, and how often it was not

    def get(self, name: Hashable, what: Hashable) -> object | None:
        """What is kept about a decision, None if nothing is."""
        about = self._kept.get(name)
        if about is None or what not in about:
            return None
        self.found += 1
        self._kept.move_to_end(name)
        return about[what]

    def put(self, name: Hashable, what: Hashable, value: object) -> None:
        """Keep something about a decision; it must not be changed afterwards."""
        self.made += 1
        self._kept.setdefault(name, {})[what] = value
        self._kept.move_to_end(name)
        while len(self._kept) > self._most:
            self._kept.popitem(last=False)


@dataclass(slots=True)
class Decisions:
    """D decisions to be weighed.

    `state` holds `sample` drawn positions for each, row k * sample + i; `memory` one column for
    each decision; `candidates` and `kept` (never dropped) name actions; `salts` (D,) their chance.
    `names`, of each decision or of none, are what a shelf knows them by.
    """

    state: State
    sample: int
    memory: Memory
    candidates: Sequence[Sequence[int]]
    kept: Sequence[Sequence[int]]
    salts: Keys
    names: Sequence[Hashable] = ()


@dataclass(slots=True)
class _Pool:
    """Actions of one decision in the running."""

    actions: list[int]
    scores: NDArray[np.int64]  # (actions, rollouts) of the last stage, fixed point

    def leaders(self) -> list[int]:
        """The actions, best first."""
        totals = self.scores.sum(axis=1).tolist()
        return [a for _, a in sorted(zip(totals, self.actions, strict=True), key=_best_first)]


_Measure = tuple[float, float, float, int]  # worth, gap and its standard error, rollouts


def _best_first(ranked: tuple[int, int]) -> tuple[int, int]:
    return -ranked[0], ranked[1]


class Weigher:
    """Weighs moves for one set of rules with one strong seller.

    With a `shelf`, decisions that have names are played on only where it does not know them.
    """

    def __init__(self, rules: Rules, script: Scripted, shelf: Shelf | None = None) -> None:
        self.rules, self.script, self.shelf = rules, script, shelf
        self._heed = Heed(script)

    def note(self, memory: Memory, action: Ints) -> None:
        """Tell the strong seller's memory (n columns) what was played, (n,)."""
        self._heed.note(memory, action)

    def pars(self, asked: Decisions) -> Ints:
        """What the strong seller would play at each decision, (D,)."""
        first = np.arange(len(asked.candidates)) * asked.sample
        state = rows(asked.state, first)
        memory = asked.memory.rows(np.arange(state.n))
        flags = Flags(self.rules, state)
        return self.script.act(view_for(self.rules, state), flags, memory, None)

    def play_on(self, after: State, memory: Memory, action: Ints) -> NDArray[np.int64]:
        """Final scores, (n,) in fixed point, when the strong seller goes on once `action` (n,)
        was played; `memory` is his before it, and is used up."""
        self._heed.note(memory, action)
        played = play(self.rules, self.script, after.key, start=after, memory=memory)
        score = played.outcome.score.astype(np.float64)
        return np.rint(score * FIXED).astype(np.int64)

    def weigh(self, asked: Decisions, stages: Sequence[Stage]) -> Iterator[list[Worths]]:
        """The decisions' tables after every stage; the last is the answer."""
        pars = self.pars(asked).tolist()
        done: list[dict[int, _Measure]] = [{} for _ in pars]
        order: list[list[int]] = []  # the actions of the first stage, which has all of them
        for pools in self._stages(asked, pars, stages):
            order = order or [pool.actions for pool in pools]
            yield [
                _measured(pool, *others)
                for pool, *others in zip(pools, pars, done, order, strict=True)
            ]

    def best(self, asked: Decisions, stages: Sequence[Stage]) -> list[int]:
        """The action of the highest worth at each decision, as the last table of `weigh` has it."""
        *_, pools = self._stages(asked, self.pars(asked).tolist(), stages)
        return [pool.leaders()[0] for pool in pools]

    def _stages(
        self, asked: Decisions, pars: Sequence[int], stages: Sequence[Stage]
    ) -> Iterator[list[_Pool]]:
        """Every decision's actions in the running, stage by stage."""
        kept = [{*keep, par} for keep, par in zip(asked.kept, pars, strict=True)]
        running = [
            sorted({*some, *keep}) for some, keep in zip(asked.candidates, kept, strict=True)
        ]
        pools: list[_Pool] = []
        for number, stage in enumerate(stages):
            if number and stage.most:
                running = [
                    sorted({*pool.leaders()[: stage.most], *keep})
                    for pool, keep in zip(pools, kept, strict=True)
                ]
            pools = self._played(asked, running, number, stage.rollouts)
            yield pools

    def _played(
        self, asked: Decisions, running: Sequence[Sequence[int]], number: int, rollouts: int
    ) -> list[_Pool]:
        """Play every running action `rollouts` times on."""
        pairs = [(k, action) for k, some in enumerate(running) for action in some]
        at_once = max(1, _ROWS // rollouts)
        scores = np.empty((len(pairs), rollouts), np.int64)
        new = self._unknown(asked, pairs, (number, rollouts), scores)
        for first in range(0, len(new), at_once):
            part = new[first : first + at_once]
            scores[part] = self._scores(asked, [pairs[i] for i in part], number, rollouts)
        if self.shelf is not None and asked.names:
            for i in new:
                k, action = pairs[i]
                self.shelf.put(asked.names[k], (number, rollouts, action), scores[i].copy())
        pools, start = [], 0
        for some in running:
            pools.append(_Pool(list(some), scores[start : start + len(some)]))
            start += len(some)
        return pools

    def _unknown(
        self, asked: Decisions, pairs: Sequence[tuple[int, int]], stage: tuple[int, int],
        scores: NDArray[np.int64],
    ) -> list[int]:  # fmt: skip
        """Fill in the scores that the shelf has; the numbers of the pairs that it has not."""
        if self.shelf is None or not asked.names:
            return list(range(len(pairs)))
        new = []
        for i, (k, action) in enumerate(pairs):
            known = self.shelf.get(asked.names[k], (*stage, action))
            if known is None:
                new.append(i)
            else:
                scores[i] = cast(NDArray[np.int64], known)
        return new

    def _scores(
        self, asked: Decisions, pairs: Sequence[tuple[int, int]], number: int, rollouts: int
    ) -> NDArray[np.int64]:
        which = np.array([k for k, _ in pairs])
        action = np.repeat(np.array([a for _, a in pairs], np.int32), rollouts)
        turn = np.arange(rollouts)
        drawn = turn % asked.sample
        at = (which[:, None] * asked.sample + drawn).reshape(-1)
        columns = np.repeat(which, rollouts)
        salt = (turn + (number << 20)).astype(np.uint32)
        keys = mixed_keys(asked.salts[columns], _ROLLOUT, np.tile(salt, len(pairs)))
        state = rows(asked.state, at).but(key=keys)
        memory = asked.memory.rows(columns)
        after, _ = step(
            self.rules, state, action, Chance.for_step(keys, state.ply, self.rules.n_buyers)
        )
        return self.play_on(after, memory, action).reshape(len(pairs), rollouts)


def _measured(pool: _Pool, par: int, done: dict[int, _Measure], order: Sequence[int]) -> Worths:
    """Numbers of this stage for the actions that were in it, earlier ones for the others."""
    many = pool.scores.shape[1]
    totals = pool.scores.sum(axis=1)
    best = int(np.argmax(totals))
    reference = pool.actions.index(par)
    top = float(totals[best]) / many / FIXED
    lost = pool.scores[best] - pool.scores
    numbers = zip(
        (totals / many / FIXED).tolist(),
        (lost.sum(axis=1) / many / FIXED).tolist(),
        _errors(lost).tolist(),
        strict=True,
    )
    for action, (worth, gap, se) in zip(pool.actions, numbers, strict=True):
        done[action] = worth, gap, se, many
    for action in set(order).difference(pool.actions):
        # measured against another best, with other chance: only its distance is carried over
        _, gap, se, count = done[action]
        done[action] = (max(0.0, top - gap), gap, se, count)
    table = [done[action] for action in order]
    return Worths(
        actions=np.array(order, np.int32),
        worth=np.array([row[0] for row in table]),
        gap=np.array([row[1] for row in table]),
        gap_se=np.array([row[2] for row in table]),
        rollouts=np.array([row[3] for row in table], np.int32),
        best=order.index(pool.actions[best]),
        par=order.index(par),
        par_se=float(_errors(pool.scores[reference : reference + 1])[0]),
    )


def _errors(values: NDArray[np.int64]) -> NDArray[np.float64]:
    """Standard errors of the means of fixed-point scores along the last axis, in points."""
    many = values.shape[-1]
    if many < 2:
        return np.zeros(values.shape[:-1])
    total = values.sum(axis=-1).astype(np.float64)
    squares = (values * values).sum(axis=-1)
    variance = np.maximum(0.0, (squares - total * total / many) / (many - 1))
    out: NDArray[np.float64] = np.sqrt(variance / many) / FIXED
    return out
