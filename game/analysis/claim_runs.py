"""Running many claims at once: on all processors, and under other weights.

What a claim comes to in a scenario depends on nothing else, so the numbers are the same however
the work is cut up.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from game.analysis.bench import Bench
from game.analysis.claim_models import Claim, ClaimFile
from game.analysis.claims import Finding, jitter_weights, run_claim, strong, surveyed, tables
from game.analysis.workers import processors, shared
from game.core.weights import Weights

QUICK = 0.1  # share of the episodes of the test rule
UNDER_WEIGHTS = 0.5  # the same, for each draw of the weights
_BLOCK = 6  # claims a piece of work: neighbours often play the same games

Progress = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Survival:
    """In how many draws of the weights a claim passed."""

    passed: int
    draws: int


@dataclass(frozen=True, slots=True)
class Suite:
    """What the chosen claims came to."""

    claims: tuple[Claim, ...]
    tables: tuple[tuple[str, str], ...]  # (claim, scenario) that were run
    findings: tuple[Finding, ...]
    survival: Mapping[str, Survival]
    share: float
    draws: int

    def verdict(self, claim: Claim) -> str:
        """`pass` where every test passes in every scenario, `fail`, `pending` or `not run`."""
        if claim.pending:
            return "pending"
        own = [found.passed for found in self.findings if found.claim == claim.id]
        return ("pass" if all(own) else "fail") if own else "not run"


@dataclass(frozen=True, slots=True)
class _Piece:
    """Claims (their places in the file) with scenarios, to be run with one draw of the weights."""

    draw: int  # -1: the weights as they are
    at: tuple[tuple[int, str], ...]


def run_suite(
    file: ClaimFile,
    only: Sequence[str] = (),
    scenarios: Sequence[str] = (),
    share: float = 1.0,
    draws: int = 0,
    jobs: int | None = None,
    progress: Progress | None = None,
) -> Suite:
    """Run the chosen claims, then again under `draws` draws of the weights.

    Each draw meets one of a claim's scenarios, in turn, with `UNDER_WEIGHTS` of its episodes;
    claims that need the strong seller take too long to be drawn. `progress` hears how many
    (claim, scenario) were done. Raises ScenarioError for an unknown scenario.
    """
    chosen = list(tables(file, only, scenarios))
    place = {id(claim): i for i, claim in enumerate(file.claims)}
    pieces = list(_pieces(file, -1, [(place[id(claim)], scenario) for claim, scenario in chosen]))
    turns: dict[int, list[str]] = {}
    for claim, scenario in chosen:
        if not strong(claim):
            turns.setdefault(place[id(claim)], []).append(scenario)
    for draw in range(draws):
        at = [(i, held_to[draw % len(held_to)]) for i, held_to in turns.items()]
        pieces += _pieces(file, draw, at)
    heard = progress or (lambda done: None)
    found: dict[tuple[int, int, str], list[Finding]] = {}
    with _workers(file, share, min(jobs or processors(), len(pieces))) as work:
        for piece, results in zip(pieces, work(pieces), strict=True):
            for (i, scenario), findings in zip(piece.at, results, strict=True):
                found[piece.draw, i, scenario] = findings
            heard(len(piece.at))
    survival = {}
    for i in turns:
        passed = [
            all(one.passed for one in findings)
            for (draw, claim_at, _), findings in found.items()
            if draw >= 0 and claim_at == i
        ]
        survival[file.claims[i].id] = Survival(sum(passed), len(passed))
    in_order = [found[-1, place[id(claim)], scenario] for claim, scenario in chosen]
    return Suite(
        claims=tuple(c for c in file.claims if not only or c.id in only),
        tables=tuple((claim.id, scenario) for claim, scenario in chosen),
        findings=tuple(one for findings in in_order for one in findings),
        survival=survival if draws else {},
        share=share,
        draws=draws,
    )


def size(file: ClaimFile, only: Sequence[str], scenarios: Sequence[str], draws: int) -> int:
    """How many (claim, scenario) :func:`run_suite` will run in all."""
    chosen = list(tables(file, only, scenarios))
    return len(chosen) + draws * len({claim.id for claim, _ in chosen if not strong(claim)})


def _pieces(file: ClaimFile, draw: int, at: Sequence[tuple[int, str]]) -> Iterator[_Piece]:
    """Pieces of work of one draw: first what takes long, then scenario by scenario."""
    # all that reads the same surveys, so that no process repeats another's
    reads = tuple(one for one in at if surveyed(file.claims[one[0]]))
    if reads:
        yield _Piece(draw, reads)
    by_scenario: dict[str, list[tuple[int, str]]] = {}
    for one in at:
        if strong(file.claims[one[0]]):
            if one not in reads:
                yield _Piece(draw, (one,))
        else:
            by_scenario.setdefault(one[1], []).append(one)
    for claims in by_scenario.values():
        for start in range(0, len(claims), _BLOCK):
            yield _Piece(draw, tuple(claims[start : start + _BLOCK]))


# --- the work, in this process or in several ------------------------------------------------------


class _Worker:
    """Does pieces of work; keeps the bench of the draw it is at."""

    def __init__(self, file: ClaimFile, share: float) -> None:
        self.file = file
        self.share = share
        self.draw = -1
        self.bench = Bench(file, Weights(), share)

    def __call__(self, piece: _Piece) -> list[list[Finding]]:
        if piece.draw != self.draw:
            self.draw = piece.draw
            share = self.share * UNDER_WEIGHTS if piece.draw >= 0 else self.share
            weights = jitter_weights(piece.draw) if piece.draw >= 0 else Weights()
            self.bench = Bench(self.file, weights, share)
        return [run_claim(self.bench, self.file.claims[i], scenario) for i, scenario in piece.at]


_worker: _Worker


def _prepare(file: ClaimFile, share: float) -> None:
    global _worker
    _worker = _Worker(file, share)


def _work(piece: _Piece) -> list[list[Finding]]:
    return _worker(piece)


_Work = Callable[[Sequence[_Piece]], Iterator[list[list[Finding]]]]


@contextmanager
def _workers(file: ClaimFile, share: float, jobs: int) -> Iterator[_Work]:
    """A function that does pieces of work, in order."""
    if jobs <= 1:
        worker = _Worker(file, share)
        yield lambda pieces: (worker(piece) for piece in pieces)
        return
    with shared(jobs, _prepare, file, share) as work:
        yield lambda pieces: work(_work, pieces)
