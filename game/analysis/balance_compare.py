"""What an edit changed: two balances of the same seeds, compared game by game."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from game.analysis.balance import Balance
from game.analysis.contrast import Contrast, Values, paired
from game.analysis.findings import Finding, findings
from game.analysis.panel import PANEL, Cell
from game.analysis.simulate import MEASURES
from game.core.vocabulary import Ending

COMPARED = (*MEASURES, "agreement")
# Conclusions that are drawn for one of two versions alone, since they take long.
_ONE_SIDED = ("headroom", "moves_never", "moves_always", "moves_absent", "lines_unheard")


@dataclass(frozen=True, slots=True)
class Change:
    """What became of one measure of one seller with one band of buyers (None: as written).

    The contrast is after − before, its interval widened for all comparisons together; `size` is
    the difference as a share of what the measure can be.
    """

    seller: str
    band: float | None
    measure: str
    contrast: Contrast
    size: float


@dataclass(frozen=True, slots=True)
class Turned:
    """A conclusion that is another one, or one less, or one more."""

    id: str
    before: Finding | None
    after: Finding | None


@dataclass(frozen=True, slots=True)
class Compared:
    """Everything that differs beyond chance, the largest first."""

    same_rules: bool  # nothing that can change what happens is different
    comparisons: int
    changes: tuple[Change, ...]
    scores: tuple[Change, ...]  # of every seller as written, beyond chance or not
    turned: tuple[Turned, ...]


def compare(after: Balance, before: Balance) -> Compared:
    """Compare two balances of as many games of the same seeds."""
    if (after.runs, after.seed) != (before.runs, before.seed):
        raise ValueError("balances of other games cannot be compared")
    bands: list[float | None] = [None, *(band.d for band in after.bands)]
    among = len(PANEL) * len(bands) * len(COMPARED)
    every = [
        _change(after.cell(seller, d), before.cell(seller, d), measure, after, among)
        for d in bands
        for seller in PANEL
        for measure in COMPARED
    ]
    sure = [change for change in every if change.contrast.sure]
    sure.sort(key=lambda c: -c.size)
    return Compared(
        same_rules=after.digest == before.digest,
        comparisons=among,
        changes=tuple(sure),
        scores=tuple(c for c in every if c.band is None and c.measure == "score"),
        turned=tuple(_turned(findings(before), findings(after))),
    )


def _change(after: Cell, before: Cell, measure: str, found: Balance, among: int) -> Change:
    contrast = paired(_column(after, measure), _column(before, measure), among)
    whole = {
        "score": 100.0,
        "turns": float(max(found.calendar_turns, 1)),
        "facts": float(max(len(found.facts), 1)),
    }.get(measure, 1.0)
    size = abs(contrast.mean) / whole
    return Change(after.seller, after.band, measure, contrast, size)


def _column(cell: Cell, measure: str) -> Values:
    if measure != "agreement":
        return cell.columns[measure]
    signed: Values = (cell.columns["ending"] == Ending.AGREEMENT).astype(np.float64)
    return signed


def _turned(before: Sequence[Finding], after: Sequence[Finding]) -> list[Turned]:
    """Conclusions of another kind; the same one with other numbers is none."""
    old = {(f.id, _of(f)): f for f in before if f.id not in _ONE_SIDED}
    new = {(f.id, _of(f)): f for f in after if f.id not in _ONE_SIDED}
    keys = dict.fromkeys((*old, *new))
    return [
        Turned(key[0], old.get(key), new.get(key))
        for key in keys
        if (old.get(key) is None) != (new.get(key) is None)
    ]


def _of(finding: Finding) -> str:
    """What a conclusion is about, where there may be several of its kind."""
    return finding.values.get("more", "") if finding.id == "skill_flat" else ""
