"""The panel: eight sellers and nine bands of buyers, every pair played with the same seeds.

The sellers need no rollouts, so that a whole panel takes seconds. They span skill (`random`,
`novice`, … `steady`) and style (`always_closing` presses, `direct` goes to the point, `checklist`
takes everything in turn, `rapport` begins with the person); `adaptive` has the recipes of the last
ones and picks among them by what he reads. Left out are `caring`, a milder `rapport`, and
`always_rapport`, who never comes to the deal and tells nothing that `random` does not.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from game.analysis.coverage import reach
from game.analysis.move_worth import Weighed, weighed_moves
from game.analysis.simulate import MEASURES, Spread, spread_of
from game.analysis.watching import Counted, TrustPath, Watched, side_by_side
from game.analysis.workers import processors, shared
from game.core.rules import Rules
from game.core.vocabulary import Ending
from game.policies.optimal import Optimal
from game.policies.run import play_seeds
from game.policies.shelf import seller_for, strong_script
from game.policies.worth import Stage
from game.scenario.compile import with_diffuseness
from game.scenario.load import Loaded

PANEL = (
    "random", "novice", "always_closing", "direct", "checklist", "rapport", "adaptive", "steady",
)  # fmt: skip
SKILL = ("random", "novice", "steady")  # from none to an expert's
RECITERS = ("novice", "always_closing", "direct", "checklist", "rapport")  # the same to everybody
READER = "adaptive"
EXPERT = "steady"
REFERENCE = "optimal"
BANDS = (0.05, 0.16, 0.28, 0.39, 0.5, 0.61, 0.72, 0.84, 0.95)

# Below this many games the starting of processes is not earned back.
_PARALLEL_FROM = 20_000
# Games of a scripted seller played side by side: fewer take two or three times as long each.
_ROWS = 20_000
# Games of the reference played at a time: more take less each, fewer are shared more evenly.
_FEWEST, _MOST = 25, 100
# Less than half of the rollouts that `optimal` has elsewhere, spent on more of the better moves: in
# 100 games at each of three tables it was within two points of it, and not below by one.
_STAGES, _PARTICLES = (Stage(2), Stage(8, 10), Stage(24, 3)), 128
_WEIGHED_GAMES = 25  # of each seller and band, in each of which one decision is weighed
_HEARD_GAMES = 60  # of each seller, whose words are listened to
# What the parts of the work cost, in games of a scripted seller: for the progress alone.
_REFERENCE_COST, _WEIGHING_COST, _HEARING_COST = 4_000, 10_000, 90

Values = NDArray[Any]
Progress = Callable[[float], None]


@dataclass(frozen=True, slots=True)
class Cell:
    """One seller's games with one band of buyers (None: as the scenario draws them)."""

    seller: str
    band: float | None
    columns: Mapping[str, Values]  # (n,) each: `ending` and every measure of a simulation
    package: NDArray[np.int16]  # (n,) first package signed, -1 none
    counted: Counted
    trust: TrustPath | None  # of the scenario's own buyers only
    endings: Mapping[str, float]
    measures: Mapping[str, Spread]


@dataclass(frozen=True, slots=True)
class Played:
    """The whole panel: cells by (seller, band), what moves were worth by band, the reference."""

    cells: Mapping[tuple[str, float | None], Cell]
    moves: tuple[Weighed, ...]  # by band
    lines: Mapping[str, Counter[str]]  # by seller: games in which a line was heard, by its id
    heard_games: int  # of each seller
    reference: NDArray[np.float32] | None  # (games,) scores, of the same seeds as the cells


# A part of the work: a seller's games with some bands, the moves of a band, a seller's words, some
# games of the reference.
_Part = tuple[str, Any, Any]


def play_panel(
    loaded: Loaded,
    rules: Rules,
    runs: int,
    seed: int,
    reference_runs: int,
    jobs: int | None = None,
    progress: Progress | None = None,
    scores_alone: bool = False,
    bands: Sequence[float] = BANDS,
) -> Played:
    """Play the panel: `runs` games a cell, from `seed` on; row i is the game of `seed` + i.

    `rules` are those of the scenario. With `scores_alone` no moves are weighed and no words heard.
    `progress` hears which share of the work is done. The result does not depend on `jobs`, the
    number of processes.
    """
    tables = (None, *bands)
    many = max(1, _ROWS // runs)
    cells: list[_Part] = [
        ("cells", s, tables[k : k + many]) for k in range(0, len(tables), many) for s in PANEL
    ]
    heard_games = 0 if scores_alone else min(runs, _HEARD_GAMES)
    small: list[_Part] = []
    if not scores_alone:
        small += [("moves", band, min(runs, _WEIGHED_GAMES)) for band in bands]
        small += [("lines", s, heard_games) for s in PANEL]
    if jobs is None:
        work = len(tables) * len(PANEL) * runs + reference_runs * _REFERENCE_COST
        jobs = processors() if work > _PARALLEL_FROM else 1
    each = min(_MOST, max(_FEWEST, -(-reference_runs // jobs)))
    reference: list[_Part] = [
        ("reference", seed + i, min(each, reference_runs - i))
        for i in range(0, reference_runs, each)
    ]
    parts = [*reference, *cells, *small]  # small ones last, so that all processes end together
    given = (loaded, rules, runs, seed)
    costs = [_cost(part, runs) for part in parts]
    heard = progress or (lambda share: None)
    found: list[Any] = []

    def done(result: Any) -> None:
        found.append(result)
        heard(sum(costs[: len(found)]) / sum(costs))

    if jobs == 1:
        worker = _Worker(*given)
        for part in parts:
            done(worker.work(part))
    else:
        with shared(min(jobs, len(parts)), _prepare, *given) as share:
            for result in share(_work, parts):
                done(result)
    return _together(parts, found, heard_games)


def _cost(part: _Part, runs: int) -> int:
    kind, _, detail = part
    if kind == "cells":
        return runs * len(detail)
    if kind == "moves":
        return _WEIGHING_COST
    return int(detail) * (_HEARING_COST if kind == "lines" else _REFERENCE_COST)


def _together(parts: Sequence[_Part], found: Sequence[Any], heard_games: int) -> Played:
    def of(kind: str) -> list[tuple[_Part, Any]]:
        return [pair for pair in zip(parts, found, strict=True) if pair[0][0] == kind]

    scores = [result for _, result in of("reference")]
    return Played(
        cells={(cell.seller, cell.band): cell for _, some in of("cells") for cell in some},
        moves=tuple(result for _, result in of("moves")),
        lines={part[1]: result for part, result in of("lines")},
        heard_games=heard_games,
        reference=np.concatenate(scores) if scores else None,
    )


class _Worker:
    """Does parts of the work; the rules of a band are made once."""

    def __init__(self, loaded: Loaded, rules: Rules, runs: int, seed: int) -> None:
        self.loaded, self.rules, self.runs, self.seed = loaded, rules, runs, seed
        self._bands: dict[float | None, Rules] = {None: rules}

    def band(self, d: float | None) -> Rules:
        if d not in self._bands:
            assert d is not None
            self._bands[d] = with_diffuseness(self.rules, self.loaded.scenario, d)
        return self._bands[d]

    def work(self, part: _Part) -> Any:
        kind, what, detail = part
        if kind == "cells":
            return self.cells(what, detail)
        if kind == "moves":
            return weighed_moves(self.band(what), PANEL, self.seed, detail)
        if kind == "lines":
            seller = seller_for(self.rules, what)
            return reach(self.loaded, self.rules, seller, self.seed, detail).lines
        looking = Optimal(self.rules, strong_script(self.rules), _STAGES, _PARTICLES)
        return play_seeds(self.rules, looking, what, detail).score

    def cells(self, seller: str, bands: Sequence[float | None]) -> list[Cell]:
        tables = [self.band(band) for band in bands]
        playing = seller_for(self.rules, seller)
        found = side_by_side(tables, playing, self.seed, self.runs, bands[0] is None)
        return [self._cell(seller, band, one) for band, one in zip(bands, found, strict=True)]

    def _cell(self, seller: str, band: float | None, found: Watched) -> Cell:
        outcome = found.played.outcome
        columns = {name: getattr(outcome, name) for name in ("ending", *MEASURES)}
        counts = np.bincount(columns["ending"], minlength=len(Ending)).tolist()
        return Cell(
            seller=seller,
            band=band,
            columns=columns,
            package=found.package,
            counted=found.counted,
            trust=found.trust,
            endings={e.name.lower(): counts[e] / self.runs for e in Ending if e is not Ending.NONE},
            measures={name: spread_of(columns[name]) for name in MEASURES},
        )


_worker: _Worker


def _prepare(loaded: Loaded, rules: Rules, runs: int, seed: int) -> None:
    global _worker
    _worker = _Worker(loaded, rules, runs, seed)


def _work(part: _Part) -> Any:
    return _worker.work(part)
