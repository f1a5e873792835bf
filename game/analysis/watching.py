"""What a batch of games went through, counted while it is played: trust, states, moves, packages.

Counts of games are whole numbers and add up over batches, so they do not depend on how the
games are shared out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from functools import reduce
from operator import add
from typing import Any

import numpy as np
from numpy.typing import NDArray

from game.analysis.readability import joined
from game.core.chance import keys_of
from game.core.rules import Col, Rules
from game.core.start import initial_state
from game.core.state import State
from game.core.step import Record
from game.core.vocabulary import Phase
from game.policies.run import CHUNK, Played, play
from game.policies.seller import Watching
from game.policies.shelf import Seller

Counts = NDArray[np.int64]
Floats64 = NDArray[np.float64]
_FIXED = 1 << 20  # sums of trust are taken in whole numbers: the same on every processor


@dataclass(frozen=True, slots=True)
class Counted:
    """Numbers of games, unless it says otherwise; B buyers, S trust states, V verbs, F facts."""

    games: int
    verbs: Counts  # (V,) in which a move was played
    facts: Counts  # (F,) in which a fact was told
    changes: Counts  # (B, S, S) in which a buyer went from one state to another
    times: Counts  # (B, S, S) how often, over all games
    turns: Counts  # (B, S) turns at the table that began in a state
    reached: Counts  # (B, S) that were in a state at some time
    first: Counts  # (B, S) that began in a state

    def __add__(self, other: Counted) -> Counted:
        return Counted(*(getattr(self, f.name) + getattr(other, f.name) for f in fields(Counted)))


@dataclass(frozen=True, slots=True)
class TrustPath:
    """Trust turn by turn, (B, T + 1) each: before the first turn at the table, then after each.

    Games that are over count with the trust they ended with; `talking` (T + 1,) is the share of
    games that played the turn.
    """

    mean: Floats64
    low: Floats64  # a tenth of the games lie below
    high: Floats64  # and a tenth above
    talking: Floats64


@dataclass(frozen=True, slots=True)
class Watched:
    """Games of one seller at one table that were played and watched."""

    played: Played
    counted: Counted
    package: NDArray[np.int16]  # (n,) first package signed, -1 none
    trust: TrustPath | None


def watched(
    rules: Rules, seller: Seller, seed: int, runs: int, with_trust: bool = False
) -> Watched:
    """Play the solo games of `seed`, `seed` + 1, … in one batch and count."""
    [found] = side_by_side([rules], seller, seed, runs, with_trust)
    return found


def side_by_side(
    tables: Sequence[Rules], seller: Seller, seed: int, runs: int, with_trust: bool = False
) -> list[Watched]:
    """The same at tables that differ in nothing but how their buyers are drawn, all in one batch.

    With trust: that of the first table.
    """
    rules, keys = tables[0], keys_of(seed, runs)
    start = joined([initial_state(table, keys) for table in tables])
    watcher = _Watcher(rules, start, runs, with_trust)
    played = play(rules, seller, start.key, watcher, start=start)
    return [
        watcher.watched(k, played.part(slice(k * runs, (k + 1) * runs))) for k in range(len(tables))
    ]


def counted(rules: Rules, seller: Seller, seed: int, runs: int) -> Counted:
    """The counts alone, of any number of games."""
    many = seller.at_once if isinstance(seller, Watching) else CHUNK
    parts = (
        watched(rules, seller, seed + i, min(many, runs - i)).counted for i in range(0, runs, many)
    )
    return reduce(add, parts)


class _Watcher:
    """Sees every step of a batch, with as many games at each table; trust at the first.

    See :data:`game.policies.run.Watch`.
    """

    def __init__(self, rules: Rules, start: State, games: int, with_trust: bool) -> None:
        n, buyers, states = start.n, rules.n_buyers, len(rules.machine.names)
        self.rules, self.games, self.tables, self.states = rules, games, n // games, states
        self.package = np.full(n, -1, np.int16)
        self.verbs = np.zeros((len(rules.verbs), n), np.bool_)
        self.changed = np.zeros((buyers, states * states, n), np.bool_)
        self.times = np.zeros((self.tables, buyers, states * states), np.int64)
        self.turns = np.zeros((self.tables, buyers, states), np.int64)
        self.in_state = np.zeros((buyers, states, n), np.bool_)
        for b in range(buyers):
            self.in_state[b, start.trust_state[b], np.arange(n)] = True
        self.began = self.in_state.copy()
        self.trust: list[NDArray[np.float32]] = [start.trust[:, :games]] if with_trust else []

    def __call__(
        self, index: NDArray[np.intp], before: State, record: Record, after: State
    ) -> None:
        live = np.flatnonzero(before.phase != Phase.ENDED)
        if live.size < index.size:
            index = index[live]
        action = record.action.take(live)
        self.verbs[self.rules.columns[Col.VERB].take(action), index] = True
        self._package(index, record.signed.take(live), record.offer.take(live))
        table = before.phase.take(live) == Phase.TABLE
        for b in range(self.rules.n_buyers):
            was, now = record.state_before[b].take(live), record.state_after[b].take(live)
            self._change(b, index, was, now)
            here = self.rules.calendar.present[b].take(before.meeting.take(live), mode="clip")
            sat = np.flatnonzero(table & here)
            self.turns[:, b] += self._by_table(index.take(sat), was.take(sat), self.states)
        if self.trust:
            first = np.searchsorted(index, self.games)
            self._trust(index[:first], live[:first], before, after)

    def _by_table(self, index: NDArray[np.intp], codes: Any, kinds: int) -> Counts:
        """How often each of so many codes comes in these rows, (tables, kinds)."""
        at = index // self.games * kinds + codes
        return np.bincount(at, minlength=self.tables * kinds).reshape(self.tables, kinds)

    def _package(self, index: NDArray[np.intp], signed: Any, offer: Any) -> None:
        if signed.any():
            rows = index[signed]
            first = self.package[rows] < 0
            self.package[rows[first]] = offer[signed][first]

    def _change(self, b: int, index: NDArray[np.intp], was: Any, now: Any) -> None:
        moved = np.flatnonzero(was != now)
        if not moved.size:
            return
        code = was.take(moved).astype(np.intp) * self.states + now.take(moved)
        rows = index[moved]
        self.changed[b, code, rows] = True
        self.in_state[b, now.take(moved), rows] = True
        self.times[:, b] += self._by_table(rows, code, self.states * self.states)

    def _trust(
        self, index: NDArray[np.intp], live: NDArray[np.intp], before: State, after: State
    ) -> None:
        """Put down the trust after each turn that was played, under its number."""
        clock = after.clock.take(live)
        spent = np.flatnonzero(clock > before.clock.take(live))
        for turn in np.unique(clock.take(spent)).tolist():
            if turn == len(self.trust):
                self.trust.append(np.full_like(self.trust[0], np.nan))
            some = spent[clock.take(spent) == turn]
            self.trust[turn][:, index.take(some)] = after.trust[:, live.take(some)]

    def watched(self, table: int, played: Played) -> Watched:
        """What became of the games at one table."""
        some = slice(table * self.games, (table + 1) * self.games)
        trust = self._trust_path() if table == 0 and self.trust else None
        return Watched(played, self._counted(table, some, played), self.package[some], trust)

    def _counted(self, table: int, some: slice, played: Played) -> Counted:
        rules, shape = self.rules, (self.rules.n_buyers, self.states, self.states)
        bits = np.arange(len(rules.facts.ids))[:, None]
        return Counted(
            games=self.games,
            verbs=self.verbs[:, some].sum(axis=1),
            facts=((played.state.told.astype(np.int64)[None] >> bits) & 1).sum(axis=1),
            changes=self.changed[:, :, some].sum(axis=2).reshape(shape),
            times=self.times[table].reshape(shape),
            turns=self.turns[table],
            reached=self.in_state[:, :, some].sum(axis=2),
            first=self.began[:, :, some].sum(axis=2),
        )

    def _trust_path(self) -> TrustPath:
        trust = np.stack(self.trust, axis=1)  # (B, T + 1, n)
        talking = ~np.isnan(trust[0])
        for t in range(1, trust.shape[1]):
            trust[:, t] = np.where(talking[t], trust[:, t], trust[:, t - 1])
        whole = np.rint(trust.astype(np.float64) * _FIXED).astype(np.int64)
        ordered = np.sort(trust, axis=2).astype(np.float64)
        return TrustPath(
            mean=whole.sum(axis=2) / (_FIXED * self.games),
            low=_percentile(ordered, 0.1),
            high=_percentile(ordered, 0.9),
            talking=talking.sum(axis=1) / self.games,
        )


def _percentile(ordered: Floats64, share: float) -> Floats64:
    """Between the two nearest of values ordered along the last axis, in proportion."""
    at = share * (ordered.shape[-1] - 1)
    low = int(at)
    high = min(low + 1, ordered.shape[-1] - 1)
    out: Floats64 = ordered[..., low] + (at - low) * (ordered[..., high] - ordered[..., low])
    return out
