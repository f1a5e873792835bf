"""How much each verdict on an expectation hangs on the model's weights, one at a time.

Every weight is a guess, so each is turned up by a fifth, and down, with all else as it is. Few
games are enough: they are the first of those that the verdict stands on, played with the same
chance, so what counts is by how much the effect moves, and that is added to the effect of the full
run. All the sellers of a table play abreast in one batch, each under several turned weights.

Work is spent where it may matter. At first every weight is turned up, in few games. One whose
shift, `NEAR` times as large and with room for chance, would not turn any verdict either way is
done with; the others are turned up in more games, and where it still may, down as well.
docs/expectations.md says so, and a test holds it against turning everything both ways.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from game.analysis.bench import Bench
from game.analysis.claim_models import Arm, Claim, Test
from game.analysis.claims import PAIRED, Finding, paired, run_test
from game.analysis.expectations import bench_for, tables_of
from game.analysis.judging import Values, Verdict, mean_bound, moved
from game.analysis.trace import Trace, traced_games
from game.core.chance import keys_of
from game.core.rules import Rules
from game.core.weights import Weights
from game.policies.abreast import Abreast
from game.policies.shelf import LOOKAHEAD, seller_for
from game.scenario.compile import reweighted
from game.scenario.load import Loaded

UP, DOWN = 1.2, 0.8
RUNS, MORE_RUNS = 72, 256  # games of each seller under each weight: at first, and where it matters
NEAR = 2.0

Key = tuple[str, int, str]  # a finding: claim, number of the test, label


class Shift(NamedTuple):
    """By how much an effect moves, with its standard error (0 where it is not a mean)."""

    by: float
    se: float = 0.0


def weight_names() -> list[str]:
    """The weights that are turned: all but the switch that makes everybody middling."""
    return [f.name for f in fields(Weights) if f.name != "d_weight"]


def turned(weights: Weights, name: str, factor: float | NDArray[np.float64]) -> Weights:
    """One weight (both poles of a pair) times a factor, or one of each row's own, (n,)."""
    value: Any = getattr(weights, name)
    new: Any = tuple(v * factor for v in value) if isinstance(value, tuple) else value * factor
    return replace(weights, **{name: new})


@dataclass(frozen=True, slots=True)
class Turn:
    """One weight turned one way."""

    weight: str
    factor: float

    def __str__(self) -> str:
        return f"{self.weight} {'+' if self.factor > 1 else '−'}20 %"


_AS_IT_IS = Turn("fade", 1.0)


@dataclass(frozen=True, slots=True)
class Sensitivity:
    """What turning the weights does to one finding."""

    finding: Finding
    turns: int  # ways of turning one weight, both directions of each
    flips: tuple[tuple[Turn, float], ...]  # those that turn the verdict, with the effect they give
    largest: tuple[Turn, float] | None  # what moves the effect most, with the effect it gives

    @property
    def held(self) -> float:
        """Share of the turns under which the verdict stays."""
        return 1.0 - len(self.flips) / self.turns


# --- playing under other weights ------------------------------------------------------------------


@dataclass(slots=True)
class _Few(Bench):
    """A bench whose games were played beforehand, sellers abreast."""

    played: dict[str, Trace] = field(default_factory=dict)

    def trace(self, scenario: str, changes: Mapping[str, Any], arm: Arm, runs: int) -> Trace:
        return self.played[_seat(_key({**changes, **arm.changes}), arm)]


def _key(changes: Mapping[str, Any]) -> str:
    return repr(sorted(changes.items(), key=str))


def _seat(table: str, arm: Arm) -> str:
    return f"{table} {arm.policy!r}"


@dataclass(frozen=True, slots=True)
class _Table:
    """A table with the sellers who sit there."""

    key: str
    rules: Rules
    arms: tuple[Arm, ...]
    sellers: Abreast


class Turner:
    """Plays the expectations of a scenario with few games under turned weights."""

    def __init__(
        self, loaded: Loaded, claims: Sequence[Claim], seed: int, runs: int = RUNS
    ) -> None:
        self.loaded, self.runs = loaded, runs
        self.tests = [(claim, test) for claim in claims for test in claim.tests if _scripted(test)]
        self.bench = bench_for(loaded, claims, seed)
        self.tables = []
        name = loaded.scenario.scenario
        kept = [replace(claim, tests=_only_scripted(claim)) for claim in claims]
        for key, (changes, arms) in tables_of(self.bench, kept).items():
            rules, _ = self.bench.at_table(name, changes, arms[0])
            sellers = Abreast([seller_for(rules, arm.policy) for arm in arms])
            self.tables.append(_Table(key, rules, tuple(arms), sellers))

    def shifts(self, turns: Sequence[Turn]) -> dict[Turn, dict[Key, Shift]]:
        """By how much the effect of each finding moves under each of some turns."""
        base, *others = self._effects([_AS_IT_IS, *turns])
        return {
            turn: {key: shift(base[key], values) for key, values in found.items()}
            for turn, found in zip(turns, others, strict=True)
        }

    def effects(self) -> dict[Key, Values]:
        """For each finding a number an episode, or its effect alone, (1,), at the weights as they
        are."""
        [found] = self._effects([_AS_IT_IS])
        return found

    def _effects(self, turns: Sequence[Turn]) -> list[dict[Key, Values]]:
        """The same under each turn."""
        played: list[dict[str, Trace]] = [{} for _ in turns]
        for table in self.tables:
            whole = self._played(table, turns)
            for k, arm in enumerate(table.arms):
                for turn, own in enumerate(played):
                    first = (k * len(turns) + turn) * self.runs
                    own[_seat(table.key, arm)] = whole.part(first, self.runs)
        return [self._measured(own) for own in played]

    def _played(self, table: _Table, turns: Sequence[Turn]) -> Trace:
        """The games of a table under all turns side by side: by seller, then by turn."""
        whose = np.tile(np.repeat(np.arange(len(turns)), self.runs), len(table.arms))
        weights = table.rules.weights
        for k, turn in enumerate(turns):
            weights = turned(weights, turn.weight, np.where(whose == k, turn.factor, 1.0))
        rules = reweighted(table.rules, self.loaded.machine, weights)
        keys = np.resize(keys_of(self.bench.seed, self.runs), whose.size)
        return traced_games(rules, table.sellers, keys)

    def _measured(self, played: dict[str, Trace]) -> dict[Key, Values]:
        bench = _Few(self.bench.file, seed=self.bench.seed, played=played)
        name = self.loaded.scenario.scenario
        found: dict[Key, Values] = {}
        for claim, test in self.tests:
            if test.contrast in PAIRED and test.measure != "mutual_information":

                def values(band: str, arm: Arm, test: Test = test) -> Values:
                    return bench.values(test, name, band, arm, self.runs)

                for label, each in paired(test, values):
                    found[claim.id, test.number, label] = each
            else:
                for one in run_test(bench, claim, test, name):
                    found[claim.id, test.number, one.buyers] = np.array([one.effect])
        return found


def _scripted(test: Test) -> bool:
    return all(arm.policy != LOOKAHEAD for _, arm in test.arms)


def _only_scripted(claim: Claim) -> tuple[Test, ...]:
    return tuple(test for test in claim.tests if _scripted(test))


def shift(base: Values, values: Values) -> Shift:
    """By how much a mean moves; row by row where the rows are the same."""
    if base.size == values.size:
        change = (values - base)[~(np.isnan(base) | np.isnan(values))]
        if change.size > 1:
            return Shift(float(change.mean()), float(change.std(ddof=1) / np.sqrt(change.size)))
    (before, _, _, one), (after, _, _, other) = mean_bound(base), mean_bound(values)
    if np.isnan(one) or np.isnan(other):
        return Shift(float(values.mean() - base.mean()))
    return Shift(after - before, float(np.hypot(one, other)))


# --- what it says ---------------------------------------------------------------------------------


def key_of(finding: Finding) -> Key:
    return finding.claim, finding.test, finding.buyers


@dataclass(frozen=True, slots=True)
class Scale:
    """Findings, and how far each is from its other verdict."""

    findings: Mapping[Key, Finding]
    means: frozenset[Key]  # those that are means of a number an episode

    @staticmethod
    def of(claims: Sequence[Claim], findings: Sequence[Finding]) -> Scale:
        paired_tests = {(c.id, t.number) for c in claims for t in c.tests if t.contrast in PAIRED}
        known = {key_of(f): f for f in findings}
        return Scale(known, frozenset(key for key in known if key[:2] in paired_tests))

    def passes(self, key: Key, by: float) -> bool:
        """Whether the finding passes when its effect moves by `by`."""
        f = self.findings[key]
        verdict = Verdict(f.effect, f.low, f.high, f.bound, f.passed)
        return moved(f.rule, verdict, by, key in self.means)

    def turns(self, key: Key, by: float) -> bool:
        """Whether the verdict turns when the effect moves by `by`."""
        return self.passes(key, by) != self.passes(key, 0.0)

    def near(self, shifts: Mapping[Key, Shift], claim: str) -> bool:
        """Whether some verdict of a claim would turn if its effect moved `NEAR` times as far,
        either way, and as far again as chance in so few games may hide."""
        return any(
            self.turns(key, way * (NEAR * abs(shift.by) + 2 * shift.se))
            for key, shift in shifts.items()
            if key in self.findings and key[0] == claim
            for way in (1, -1)
        )

    def flips(self, key: Key, shift: Shift) -> bool:
        """Whether a shift turns the verdict, and would still if it were a standard error less."""
        sure = max(0.0, abs(shift.by) - shift.se)
        return self.turns(key, sure if shift.by > 0 else -sure)

    def sensitivities(self, shifts: Mapping[Turn, Mapping[Key, Shift]]) -> list[Sensitivity]:
        """What turning the weights comes to for each finding that could be played again."""
        out = []
        for key, f in self.findings.items():
            ways = [(turn, found[key]) for turn, found in shifts.items() if key in found]
            if not ways:
                continue
            flips = tuple((turn, f.effect + s.by) for turn, s in ways if self.flips(key, s))
            turn, most = max(ways, key=lambda way: abs(way[1].by))
            largest = (turn, f.effect + most.by) if most.by else None
            out.append(Sensitivity(f, 2 * len(weight_names()), flips, largest))
        return out
