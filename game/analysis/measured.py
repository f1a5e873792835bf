"""Everything that `check --deep` measures of one scenario, with the work shared among processes.

The work is cut into pieces whose results do not depend on who does them, so the numbers are the
same for any number of processes. Three rounds: verdicts, and weights turned in few games; what
these ask for (weights that come near to turning a verdict, dials of failed expectations); and the
nudges that were found, played in full.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from game.analysis import coverage, dominance
from game.analysis.claim_models import Claim
from game.analysis.claims import Finding
from game.analysis.coverage import Reach, reach
from game.analysis.dominance import Decisions, weighed
from game.analysis.expectations import bench_for, judged
from game.analysis.hearing import Hearing
from game.analysis.nudges import SEARCHED, Nudge, Nudger, dials
from game.analysis.panel import PANEL
from game.analysis.sensitivity import (
    DOWN,
    MORE_RUNS,
    UP,
    Key,
    Scale,
    Sensitivity,
    Shift,
    Turn,
    Turner,
    weight_names,
)
from game.analysis.workers import processors, shared
from game.policies.shelf import seller_for
from game.scenario.load import Loaded

SEED = 90_000
GAMES = 250  # whole games of each seller that are listened to
WEIGHED = ("random", "novice", "direct", "rapport", "adaptive", "steady")
WEIGHED_GAMES = 4  # games of each of these, some of whose decisions are weighed
_SLICE = 125  # games that one piece of work listens to, half of them
_WEIGHED_TOGETHER = 3  # sellers whose decisions are weighed side by side
_TOGETHER = 6  # dials that one piece of work turns
_ABREAST = 24  # weights that are turned side by side

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Expectation:
    """What one entry of `expect:` came to."""

    claim: Claim
    findings: tuple[Finding, ...]
    sensitivities: tuple[Sensitivity, ...]  # one for each finding that could be played again
    nudge: Nudge | None  # the smallest change that makes it pass, where it fails

    @property
    def passed(self) -> bool:
        return all(found.passed for found in self.findings)


@dataclass(frozen=True, slots=True)
class Measured:
    """What a scenario shows when it is played."""

    expectations: tuple[Expectation, ...]
    reach: Reach  # of all sellers of the panel together
    decisions: Decisions

    @property
    def games(self) -> int:
        return self.reach.games


def measure(
    loaded: Loaded,
    claims: Sequence[Claim],
    seed: int = SEED,
    jobs: int | None = None,
    progress: Progress | None = None,
) -> Measured:
    """Measure a scenario; `claims` are its expectations, as they were read.

    `progress` hears how many pieces of work are done, and of how many. Raises ScenarioError.
    """
    heard = progress or (lambda done, of: None)
    with _workers(loaded, claims, seed, jobs or processors()) as work:
        return _measured(loaded, claims, work, heard)


_Piece = tuple[Any, ...]
_Work = Callable[[Sequence[_Piece]], Iterator[Any]]


def _measured(loaded: Loaded, claims: Sequence[Claim], work: _Work, heard: Progress) -> Measured:
    early, late = (
        [("reach", policy, first, games) for policy in PANEL]
        for first, games in ((0, _SLICE), (_SLICE, GAMES - _SLICE))
    )
    done, asked = 0, len(early) + len(late)  # these are sure to be asked

    def ask(pieces: Sequence[_Piece], sure: bool = False) -> Iterator[tuple[_Piece, Any]]:
        """The pieces and their results, in order; the work begins at once."""
        nonlocal asked
        asked += 0 if sure else len(pieces)
        return told(pieces, work(pieces))

    def told(pieces: Sequence[_Piece], results: Iterator[Any]) -> Iterator[tuple[_Piece, Any]]:
        nonlocal done
        for piece, result in zip(pieces, results, strict=True):
            done += 1
            heard(done, asked)
            yield piece, result

    # Whoever has nothing left to do in a round goes on with what no round waits for.
    judging = ask([("judge", k) for k in range(len(claims))])
    turning = ask([("turn", *some) for some in _cut(weight_names() if claims else [], _ABREAST)])
    weighing = ask([("weigh", *some) for some in _cut(WEIGHED, _WEIGHED_TOGETHER)])
    findings: list[list[Finding]] = [result for _, result in judging]
    shifts: dict[Turn, dict[Key, Shift]] = {}
    for _, some in turning:
        shifts |= some

    scale = Scale.of(claims, [found for own in findings for found in own])
    failed = [k for k, own in enumerate(findings) if not all(found.passed for found in own)]
    near = [
        (k, [turn.weight for turn, found in shifts.items() if scale.near(found, claim.id)])
        for k, claim in enumerate(claims)
    ]
    again = ask(
        [("turn_more", k, scale, *some) for k, names in near for some in _cut(names, _ABREAST)]
    )
    dialled = _cut(range(len(dials(loaded.scenario))), _TOGETHER)
    dialling = ask([("dial", k, tuple(findings[k]), *some) for k in failed for some in dialled])
    reached = [ask(early, sure=True)]
    for _, some in again:
        for turn, found in some.items():
            shifts[turn] = {**shifts.get(turn, {}), **found}
    tried: dict[int, list[tuple[float, int, int]]] = {k: [] for k in failed}
    for piece, some in dialling:
        tried[piece[1]] += some

    searching = ask(
        [
            ("nudge", k, tuple(findings[k]), dial, steps)
            for k in failed
            for _, dial, steps in sorted(tried[k], key=_nearest)[:SEARCHED]
        ]
    )
    reached.append(ask(late, sure=True))
    nudges: dict[int, list[Nudge]] = {k: [] for k in failed}
    for piece, nudge in searching:
        if nudge is not None:
            nudges[piece[1]].append(nudge)

    sensitive = scale.sensitivities(shifts)
    return Measured(
        expectations=tuple(
            Expectation(
                claim=claim,
                findings=tuple(own),
                sensitivities=tuple(s for s in sensitive if s.finding.claim == claim.id),
                nudge=min(nudges.get(k, ()), key=lambda n: n.share, default=None),
            )
            for k, (claim, own) in enumerate(zip(claims, findings, strict=True))
        ),
        reach=coverage.summed(found for part in reached for _, found in part),
        decisions=dominance.summed(found for _, found in weighing),
    )


def _nearest(tried: tuple[float, int, int]) -> tuple[float, int, int]:
    share, dial, steps = tried
    return share, dial, abs(steps)


def _cut(some: Sequence[Any], many: int) -> list[Sequence[Any]]:
    return [some[first : first + many] for first in range(0, len(some), many)]


# --- the work, in this process or in several ------------------------------------------------------


class _Worker:
    """Does pieces of work on one scenario; what several need is made once."""

    def __init__(self, loaded: Loaded, claims: Sequence[Claim], seed: int) -> None:
        self.loaded, self.claims, self.seed = loaded, claims, seed
        self.rules = loaded.rules
        self.bench = bench_for(loaded, claims, seed)
        self._turner: Turner | None = None  # of all expectations together
        self._turners: dict[int, Turner] = {}  # of single ones
        self._hearing: Hearing | None = None
        self._nudgers: dict[int, Nudger] = {}

    def __call__(self, piece: _Piece) -> Any:
        what, *given = piece
        return getattr(self, what)(*given)

    def judge(self, claim: int) -> list[Finding]:
        return judged(self.bench, self.claims[claim])

    def reach(self, policy: str, first: int, games: int) -> Reach:
        seller = seller_for(self.rules, policy)
        if self._hearing is None:
            self._hearing = Hearing(self.loaded, self.rules)
        start = self.seed + first
        return reach(self.loaded, self.rules, seller, start, games, hearing=self._hearing)

    def weigh(self, *policies: str) -> Decisions:
        return weighed(self.rules, policies, self.seed, WEIGHED_GAMES)

    def turn(self, *names: str) -> dict[Turn, dict[Key, Shift]]:
        """Weights turned up with few games."""
        if self._turner is None:
            self._turner = Turner(self.loaded, self.claims, self.seed)
        return self._turner.shifts([Turn(name, UP) for name in names])

    def turn_more(self, claim: int, scale: Scale, *names: str) -> dict[Turn, dict[Key, Shift]]:
        """Weights turned up with more games, for one expectation, and down where it may matter."""
        if claim not in self._turners:
            only = [self.claims[claim]]
            self._turners[claim] = Turner(self.loaded, only, self.seed, MORE_RUNS)
        turner = self._turners[claim]
        up = turner.shifts([Turn(name, UP) for name in names])
        near = [t for t, found in up.items() if scale.near(found, self.claims[claim].id)]
        if not near:
            return up
        return up | turner.shifts([Turn(turn.weight, DOWN) for turn in near])

    def dial(
        self, claim: int, findings: Sequence[Finding], *some: int
    ) -> list[tuple[float, int, int]]:
        nudger = self._nudger(claim, findings)
        every = dials(self.loaded.scenario)
        return [(share, k, steps) for k in some for share, steps in nudger.tried(every[k])]

    def nudge(self, claim: int, findings: Sequence[Finding], dial: int, guess: int) -> Nudge | None:
        nudger, chosen = self._nudger(claim, findings), dials(self.loaded.scenario)[dial]
        steps = nudger.halved(chosen, guess)
        return nudger.confirmed(chosen, steps) if steps else None

    def _nudger(self, claim: int, findings: Sequence[Finding]) -> Nudger:
        if claim not in self._nudgers:
            made = Nudger(self.loaded, self.claims[claim], findings, self.seed)
            self._nudgers[claim] = made
        return self._nudgers[claim]


_worker: _Worker


def _prepare(loaded: Loaded, claims: Sequence[Claim], seed: int) -> None:
    global _worker
    _worker = _Worker(loaded, claims, seed)


def _work(piece: _Piece) -> Any:
    return _worker(piece)


@contextmanager
def _workers(loaded: Loaded, claims: Sequence[Claim], seed: int, jobs: int) -> Iterator[_Work]:
    """A function that does pieces of work, in order."""
    if jobs <= 1:
        worker = _Worker(loaded, claims, seed)
        yield lambda pieces: (worker(piece) for piece in pieces)
        return
    with shared(jobs, _prepare, loaded, claims, seed) as work:
        yield lambda pieces: work(_work, pieces)
