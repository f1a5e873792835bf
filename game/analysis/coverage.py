"""What many playthroughs reach: moves, facts, trust states, events, and lines that are heard.

Whole games are played, words and all, by the same code that words the game for a human: nothing
here guesses which line would be said. Row i is the solo game of `seed` + i, so the counts do not
depend on how the games are shared out; parts are put together with ``+``.

:func:`coverage` is for a few policies in this process, :func:`reach` for one policy and a slice of
its games, to be shared among processes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from game.analysis.hearing import Gap, Hearing
from game.core.chance import keys_of
from game.core.legal import legal_mask
from game.core.rules import Rules
from game.core.start import initial_state
from game.core.state import State
from game.core.step import Record
from game.core.vocabulary import Phase
from game.policies.run import play
from game.policies.shelf import Seller, seller_for
from game.scenario.load import Loaded
from game.session.happening import Happening, happenings, sat_down
from game.session.plays import events_of

T = TypeVar("T")

SEED = 40_000
_AT_ONCE = 250  # games played together; their words are chosen one by one


@dataclass(slots=True)
class Reach:
    """What some games reached. Counters hold numbers of games, unless they say times."""

    games: int = 0
    moves: Counter[str] = field(default_factory=Counter)  # played, without the addressee
    legal: Counter[str] = field(default_factory=Counter)  # could be played at some time
    events: Counter[str] = field(default_factory=Counter)  # in the words of plays: `told:budget`
    states: Counter[tuple[str, str]] = field(default_factory=Counter)  # (buyer, trust state)
    changes: Counter[tuple[str, str, str]] = field(default_factory=Counter)  # (buyer, from, to)
    lines: Counter[str] = field(default_factory=Counter)  # ids of texts of the buyers
    open: set[str] = field(default_factory=set)
    """Ids of lines whose occasion, trust state and manner came up, whether they were said or not"""
    own: Counter[str] = field(default_factory=Counter)  # times, by buyer: his own words and notices
    gaps: Counter[tuple[Gap, int]] = field(default_factory=Counter)
    """Times that a common line stood in, by what it stood in for and the how-manieth of that kind
    it was in its game (from 1)."""

    def __add__(self, other: Reach) -> Reach:
        both = ((f.name, getattr(self, f.name), getattr(other, f.name)) for f in fields(Reach))
        return Reach(**{n: a | b if isinstance(a, set) else a + b for n, a, b in both})


@dataclass(frozen=True, slots=True)
class Coverage:
    """What each policy's games reached."""

    scenario: str
    reached: Mapping[str, Reach]  # by policy, in the order given

    @property
    def total(self) -> Reach:
        """All policies together."""
        return summed(self.reached.values())


def summed(parts: Iterable[Reach]) -> Reach:
    """Parts put together."""
    out = Reach()
    for part in parts:
        out += part
    return out


def coverage(
    loaded: Loaded,
    policies: Sequence[str],
    runs: int,
    seed: int = SEED,
    rules: Rules | None = None,
    words: bool = True,
) -> Coverage:
    """What `runs` games of each policy reach: the solo games of `seed`, `seed` + 1, …

    About 2 ms a game; without `words` (no lines, no gaps) a fifth of that. `rules` stand in for
    those of the scenario. Raises PolicyError for a policy that is none.
    """
    rules = rules or loaded.rules
    return Coverage(
        rules.scenario,
        {p: reach(loaded, rules, seller_for(rules, p), seed, runs, words) for p in policies},
    )


def reach(
    loaded: Loaded,
    rules: Rules,
    seller: Seller,
    seed: int,
    runs: int,
    words: bool = True,
    hearing: Hearing | None = None,
) -> Reach:
    """What the games of `seed` … `seed` + `runs` - 1 reach with one seller.

    A `hearing` of these rules may be kept for several sellers, which then share `open`.
    """
    hearing = (hearing or Hearing(loaded, rules)) if words else None
    names = move_names(rules)
    parts = (
        _Games(rules, names, hearing, first, min(_AT_ONCE, seed + runs - first)).played(seller)
        for first in range(seed, seed + runs, _AT_ONCE)
    )
    return summed(parts)


def move_names(rules: Rules) -> list[str]:
    """The name of every base action without its addressee; `propose` stands for all packages."""
    return [action.partition("@")[0] for action in rules.actions]


class _Games:
    """Some games played side by side, and what was met in each."""

    def __init__(
        self, rules: Rules, names: list[str], hearing: Hearing | None, seed: int, n: int
    ) -> None:
        self.rules, self.names, self.hearing = rules, names, hearing
        self.seed, self.n = seed, n
        self.played_: NDArray[np.bool_] = np.zeros((rules.base_actions, n), np.bool_)
        self.legal: NDArray[np.bool_] = np.zeros((rules.base_actions, n), np.bool_)
        self.propose = rules.actions.index("propose")
        # what each game met, once each
        self.events: list[set[str]] = [set() for _ in range(n)]
        self.states: list[set[tuple[str, str]]] = [set() for _ in range(n)]
        self.changes: list[set[tuple[str, str, str]]] = [set() for _ in range(n)]
        self.ending = [0] * n
        self.people = [hearing.game(seed + i) for i in range(n)] if hearing else []

    def played(self, seller: Seller) -> Reach:
        rules = self.rules
        keys = keys_of(self.seed, self.n)
        start = initial_state(rules, keys)
        self._begin(start)
        final = play(rules, seller, keys, self._watch, start=start).outcome
        for i, game in enumerate(self.people):
            game.ends(int(final.ending[i]), float(final.trust[i]))
        found = Reach(
            games=self.n,
            moves=_games_with(self.names, self.played_),
            legal=_games_with(self.names, self.legal),
            events=_counted(self.events),
            states=_counted(self.states),
            changes=_counted(self.changes),
        )
        if self.hearing is not None:
            found.open = set(self.hearing.open)
        for game in self.people:
            found.lines.update(game.lines)
            found.own += game.own
            found.gaps += game.gaps
        return found

    def _begin(self, start: State) -> None:
        names, buyers = self.rules.machine.names, self.rules.buyers.names
        for b, states in enumerate(start.trust_state.tolist()):
            for i, state in enumerate(states):
                self.states[i].add((buyers[b], names[state]))
        for i, game in enumerate(self.people):
            if start.phase[i] == Phase.TABLE:
                game.sits_down(start, i)

    def _watch(self, index: NDArray[np.intp], before: State, record: Record, after: State) -> None:
        live = before.phase != Phase.ENDED
        at = index[live]
        self.legal[:, at] |= legal_mask(self.rules, before)[: self.rules.base_actions, live]
        action = np.where(record.action < self.rules.base_actions, record.action, self.propose)[
            live
        ]
        self.played_[action, at] = True
        for k, h in enumerate(happenings(self.rules, before, record, after)):
            if h.phase_before != Phase.ENDED:
                self._met(int(index[k]), h)
                if self.people:
                    game = self.people[index[k]]
                    game.hears(h)
                    if sat_down(h):
                        game.sits_down(after, k)

    def _met(self, i: int, h: Happening) -> None:
        names, buyers = self.rules.machine.names, self.rules.buyers.names
        self.events[i].update(events_of(self.rules, h, self.ending[i]))
        self.ending[i] = h.ending
        for b, (was, now) in enumerate(zip(h.states_before, h.states_after, strict=True)):
            if was != now:
                self.states[i].add((buyers[b], names[now]))
                self.changes[i].add((buyers[b], names[was], names[now]))


def _counted(sets: Iterable[set[T]]) -> Counter[T]:
    out: Counter[T] = Counter()
    for some in sets:
        out.update(some)
    return out


def _games_with(names: Sequence[str], met: NDArray[np.bool_]) -> Counter[str]:
    """Games in which any action of a name was met; `met` is (actions, n)."""
    some: dict[str, NDArray[np.bool_]] = {}
    for name, row in zip(names, met, strict=True):
        some[name] = some[name] | row if name in some else row
    return Counter({name: int(row.sum()) for name, row in some.items() if row.any()})
