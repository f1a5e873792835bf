"""`longlunch balance`, the numbers: what a panel of sellers makes of a scenario.

Whether skill pays, whether reading beats reciting, which recipe suits which buyer, what deals can
be had and are, which moves are worth it, what nobody ever gets to see. The same for a seed on every
machine, for any number of processes; :mod:`game.analysis.findings` draws the conclusions.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import pairwise
from operator import add

import numpy as np

from game.analysis.contrast import Contrast, Values, paired
from game.analysis.move_worth import WAIT, Weighed
from game.analysis.packages import Packages, packages_of
from game.analysis.panel import (
    BANDS,
    EXPERT,
    PANEL,
    READER,
    RECITERS,
    REFERENCE,
    SKILL,
    Cell,
    Played,
    Progress,
    play_panel,
)
from game.analysis.settings import usage, with_settings
from game.analysis.simulate import Spread, spread_of
from game.analysis.watching import Counted
from game.core.rules import MachineRules, Rules
from game.scenario.load import Loaded
from game.scenario.model import Machine
from game.session.voices import line_ids, voice_lines

RUNS, REFERENCE_RUNS = 2_000, 200
MOST_RUNS, MOST_REFERENCE = 100_000, 2_000
STYLES = ("direct", "rapport")  # the recipes of the two poles
_FEW = 20  # comparisons below which nothing is said of a move
_THIRDS = 3


@dataclass(frozen=True, slots=True)
class Person:
    """A buyer as the scenario draws him."""

    id: str
    name: str
    d: float
    sd: float


@dataclass(frozen=True, slots=True)
class Band:
    """What the panel makes of buyers of one diffuseness."""

    d: float
    cells: tuple[Cell, ...]
    best: str
    lead: Contrast  # of the best over the second
    recital: str  # the best of those who do the same with everybody
    reading: Contrast  # the reader over that recital


@dataclass(frozen=True, slots=True)
class Crossing:
    """Where the recipes of the two poles change places.

    `at` holds the diffusenesses, between the bands in proportion; `first` leads at the specific
    pole. A lead that is not beyond chance counts too, so a single crossing may lie in a flat place.
    """

    first: str
    at: tuple[float, ...]
    steps: tuple[Contrast, ...]  # by band: direct over rapport


@dataclass(frozen=True, slots=True)
class MoveWorth:
    """What a move was worth over waiting, in points, with 99 % intervals: on the whole for all
    moves together, in a cell for that cell alone.

    `cells` are by third of the bands and half of the game, early before late: (gain, low, high,
    comparisons), without numbers where there are few. `wherever` is +1 where it pays in every cell
    that has numbers, −1 where it pays in none and loses on the whole, else 0.
    """

    verb: str
    comparisons: int
    gain: float | None
    low: float | None
    high: float | None
    cells: tuple[tuple[float | None, float | None, float | None, int], ...]
    wherever: int


@dataclass(frozen=True, slots=True)
class VoiceHeard:
    """Which lines of a voice some games heard; ids."""

    voice: str
    lines: int
    unheard: tuple[str, ...]
    by_seller: Mapping[str, int]  # different lines heard


@dataclass(frozen=True, slots=True)
class Balance:
    """Everything that the panel says about one scenario. Scores are points, 0 to 100."""

    scenario: str
    title: str
    digest: str
    runs: int
    seed: int
    settings: tuple[str, ...]
    people: tuple[Person, ...]
    calendar_turns: int  # what the calendar offers at the table
    own: tuple[Cell, ...]  # as the scenario draws its buyers, in the order of the panel
    bands: tuple[Band, ...]
    skill: tuple[Contrast, ...]  # each step of :data:`game.analysis.panel.SKILL`
    recital: str  # the best single recital over all bands
    reading: Contrast  # the reader over it, bands averaged game by game
    own_recital: str  # the best recital with the scenario's own buyers
    own_reading: Contrast
    crossing: Crossing
    reference: Spread | None
    reference_games: int
    headroom: Contrast | None  # the reference over the expert, the same seeds
    packages: Packages
    moves: tuple[MoveWorth, ...]
    voices: tuple[VoiceHeard, ...]
    heard_games: int  # of each seller, in which the voices were listened to
    everywhere: Counted  # all sellers and bands together
    machine: Machine
    machine_rules: MachineRules
    verbs: tuple[str, ...]
    facts: tuple[str, ...]

    def cell(self, seller: str, band: float | None = None) -> Cell:
        """One seller's games; raises KeyError."""
        rows = self.own if band is None else next((b.cells for b in self.bands if b.d == band), ())
        for cell in rows:
            if cell.seller == seller:
                return cell
        raise KeyError(seller, band)

    def score(self, seller: str, band: float | None = None) -> float:
        """A mean score, in points."""
        return self.cell(seller, band).measures["score"].mean


def balance(
    loaded: Loaded,
    runs: int = RUNS,
    seed: int = 1,
    reference_runs: int = REFERENCE_RUNS,
    settings: Sequence[str] = (),
    jobs: int | None = None,
    progress: Progress | None = None,
    bands: Sequence[float] = BANDS,
    scores_alone: bool = False,
) -> Balance:
    """Play the panel and sum it up; with `scores_alone` without what moves are worth, the voices
    and the reference. Raises :class:`game.analysis.settings.UsageError`."""
    refuse(runs, reference_runs, jobs)
    changed = with_settings(loaded, settings)
    rules = changed.rules
    games = 0 if scores_alone else min(reference_runs, runs)
    played = play_panel(changed, rules, runs, seed, games, jobs, progress, scores_alone, bands)
    return summed_up(changed, rules, played, runs, seed, settings)


def refuse(runs: int, reference_runs: int, jobs: int | None) -> None:
    """Numbers that make no sense; raises UsageError (U001)."""
    if not 2 <= runs <= MOST_RUNS:
        raise usage(
            f"{runs} runs a seller cannot be played", f"2 to {MOST_RUNS}",
            "choose a number in that range",
        )  # fmt: skip
    if not 0 <= reference_runs <= MOST_REFERENCE:
        raise usage(
            f"“{REFERENCE}” cannot play {reference_runs} games here", f"0 to {MOST_REFERENCE}",
            "choose a number in that range; 0 leaves the reference out",
        )  # fmt: skip
    if jobs is not None and jobs < 1:
        raise usage(f"{jobs} jobs cannot work", "1 or more", "leave it out for all processors")


def summed_up(
    loaded: Loaded, rules: Rules, played: Played, runs: int, seed: int, settings: Sequence[str]
) -> Balance:
    """What a panel that was played comes to."""
    cells = played.cells
    scenario = loaded.scenario
    bands = [d for seller, d in cells if seller == PANEL[0] and d is not None]

    def score(seller: str, band: float | None = None) -> Values:
        return cells[seller, band].columns["score"]

    def over_bands(seller: str) -> Values:
        """Each seed's mean score over the bands, (n,)."""
        out: Values = np.stack([score(seller, d).astype(np.float64) for d in bands]).mean(axis=0)
        return out

    recital = _best(RECITERS, over_bands)
    own_recital = _best(RECITERS, score)
    reference = played.reference
    return Balance(
        scenario=rules.scenario,
        title=scenario.title,
        digest=rules.digest,
        runs=runs,
        seed=seed,
        settings=tuple(settings),
        people=tuple(
            Person(id, p.name, p.diffuseness.mean, p.diffuseness.sd)
            for id, p in scenario.buyers.items()
        ),
        calendar_turns=int(rules.calendar.turns.sum()),
        own=tuple(cells[s, None] for s in PANEL),
        bands=tuple(_band(d, cells) for d in bands),
        skill=tuple(paired(score(more), score(less)) for less, more in pairwise(SKILL)),
        recital=recital,
        reading=paired(over_bands(READER), over_bands(recital)),
        own_recital=own_recital,
        own_reading=paired(score(READER), score(own_recital)),
        crossing=_crossing(bands, score),
        reference=None if reference is None else spread_of(reference),
        reference_games=0 if reference is None else reference.size,
        headroom=(
            None if reference is None else paired(reference, score(EXPERT)[: reference.size])
        ),
        packages=packages_of(rules, scenario, {s: cells[s, None].package for s in PANEL}),
        moves=_moves(rules, played.moves),
        voices=_voices(loaded, played),
        heard_games=played.heard_games,
        everywhere=reduce(add, (cell.counted for cell in cells.values())),
        machine=loaded.machine,
        machine_rules=rules.machine,
        verbs=rules.verbs,
        facts=rules.facts.ids,
    )


def _best(sellers: Sequence[str], score: Callable[[str], Values]) -> str:
    """Who scores most on the average; of equals the first."""
    return max(sellers, key=lambda s: float(np.cumsum(score(s).astype(np.float64))[-1]))


def _band(d: float, cells: Mapping[tuple[str, float | None], Cell]) -> Band:
    def score(seller: str) -> Values:
        return cells[seller, d].columns["score"]

    best = _best(PANEL, score)
    second = _best([s for s in PANEL if s != best], score)
    recital = _best(RECITERS, score)
    return Band(
        d=d,
        cells=tuple(cells[s, d] for s in PANEL),
        best=best,
        lead=paired(score(best), score(second)),
        recital=recital,
        reading=paired(score(READER), score(recital)),
    )


def _crossing(bands: Sequence[float], score: Callable[[str, float], Values]) -> Crossing:
    steps = tuple(paired(score(STYLES[0], d), score(STYLES[1], d)) for d in bands)
    at = []
    for (d, here), (following, there) in pairwise(zip(bands, steps, strict=True)):
        if (here.mean > 0) != (there.mean > 0):
            share = here.mean / (here.mean - there.mean)
            at.append(round(d + share * (following - d), 3))
    return Crossing(STYLES[0] if steps[0].mean > 0 else STYLES[1], tuple(at), steps)


# --- moves ----------------------------------------------------------------------------------------


def _moves(rules: Rules, weighed: Sequence[Weighed]) -> tuple[MoveWorth, ...]:
    """Every verb but waiting, by what it is worth."""
    if not weighed:
        return ()
    verb = np.concatenate([w.verb for w in weighed])
    gain = np.concatenate([w.gain for w in weighed])
    early = np.concatenate([w.early for w in weighed])
    third = np.repeat(
        np.arange(len(weighed)) * _THIRDS // len(weighed), [w.verb.size for w in weighed]
    )
    order = np.argsort(verb, kind="stable")
    cell = (2 * third + ~early)[order]
    verb, gain = verb[order], gain[order]
    edges = np.searchsorted(verb, np.arange(len(rules.verbs) + 1))
    found = [
        _move(name, gain[a:b], cell[a:b], len(rules.verbs))
        for name, (a, b) in zip(rules.verbs, pairwise(edges.tolist()), strict=True)
        if name != WAIT
    ]
    return tuple(found)


def _move(verb: str, gain: Values, cell: Values, among: int) -> MoveWorth:
    whole = _interval(gain, among)
    cells = tuple(_interval(gain[cell == k]) for k in range(2 * _THIRDS))
    known = [(low, high) for _, low, high, _ in cells if low is not None and high is not None]
    wherever = 0
    if known and all(low > 0 for low, _ in known):
        wherever = 1
    elif whole[2] is not None and whole[2] < 0 and not any(low > 0 for low, _ in known):
        wherever = -1
    return MoveWorth(verb, gain.size, *whole[:3], cells=cells, wherever=wherever)


def _interval(gain: Values, among: int = 1) -> tuple[float | None, float | None, float | None, int]:
    """Mean and 99 % interval of gains over waiting, one of `among`; nothing said of a few."""
    if gain.size < _FEW:
        return None, None, None, gain.size
    found = paired(gain, np.zeros_like(gain), among)
    return round(found.mean, 4), round(found.low, 4), round(found.high, 4), gain.size


# --- words ----------------------------------------------------------------------------------------


def _voices(loaded: Loaded, played: Played) -> tuple[VoiceHeard, ...]:
    """Each voice of the scenario once; the common one serves everybody and is left out."""
    voices = {voice.voice: voice for voice in loaded.voices.values() if voice is not None}
    found = []
    for name, voice in voices.items() if played.heard_games else ():
        ids = line_ids(voice_lines(voice))
        heard = {seller: ids & lines.keys() for seller, lines in played.lines.items()}
        every = frozenset[str]().union(*heard.values())
        counts = {seller: len(some) for seller, some in heard.items()}
        found.append(VoiceHeard(name, len(ids), tuple(sorted(ids - every)), counts))
    return tuple(found)
