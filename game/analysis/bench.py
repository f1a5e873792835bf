"""The bench of the claims: plays what an experiment asks for, and remembers it."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar, cast

import numpy as np

from game.analysis.claim_models import Arm, ClaimFile, Test
from game.analysis.judging import Values
from game.analysis.measures import measure, resampled_information
from game.analysis.trace import Trace, traced
from game.core.rules import Rules
from game.core.weights import Weights
from game.policies.shelf import Seller, seller_for
from game.scenario.load import Loaded, load_scenario
from game.scenario.variants import variant

T = TypeVar("T")

SEED = 90_000
_MOST_KEPT = 24  # traces of 2,000 episodes take a few megabytes each


def _make_room(kept: dict[str, Any]) -> None:
    if len(kept) >= _MOST_KEPT:
        kept.pop(next(iter(kept)))


@dataclass(slots=True)
class Bench:
    """Plays and remembers: the same (scenario, changes, policy) is never played twice."""

    file: ClaimFile
    weights: Weights = field(default_factory=Weights)
    share: float = 1.0  # share of the episodes of the full test rule
    seed: int = SEED  # of the first episode
    _loaded: dict[str, Loaded] = field(default_factory=dict)
    _rules: dict[str, Rules] = field(default_factory=dict)
    _traces: dict[str, Trace] = field(default_factory=dict)
    _found: dict[Hashable, Any] = field(default_factory=dict)

    def at_hand(self, loaded: Loaded) -> None:
        """Use this scenario where its id is named, and not the shipped one of that id."""
        self._loaded[loaded.scenario.scenario] = loaded

    def trace(self, scenario: str, changes: Mapping[str, Any], arm: Arm, runs: int) -> Trace:
        key = repr((scenario, sorted(changes.items(), key=str), arm, runs))
        if key not in self._traces:
            _make_room(self._traces)
            self._traces[key] = traced(*self.at_table(scenario, changes, arm), self.seed, runs)
        return self._traces[key]

    def at_table(self, scenario: str, changes: Mapping[str, Any], arm: Arm) -> tuple[Rules, Seller]:
        """The rules of a changed scenario, and the seller of an arm that may bring changes too."""
        together = {**self.file.changes, **changes, **arm.changes}
        key = repr((scenario, sorted(together.items(), key=str)))
        if key not in self._rules:
            _make_room(self._rules)
            if scenario not in self._loaded:
                self._loaded[scenario] = load_scenario(scenario)
            kept = {k: v for k, v in together.items() if v != "as_it_is"}
            self._rules[key] = variant(self._loaded[scenario], kept, self.weights).rules
        rules = self._rules[key]
        return rules, seller_for(rules, arm.policy)

    def once(self, key: Hashable, make: Callable[[], T]) -> T:
        """What `make` finds, worked out the first time that `key` is asked for."""
        if key not in self._found:
            self._found[key] = make()
        return cast(T, self._found[key])

    def values(self, test: Test, scenario: str, band: str, arm: Arm, runs: int) -> Values:
        """The test's measure of one arm with one band of buyers: (n,), or (2, n) for `a~b`."""
        changes = {**dict(self.file.bands.get(band, {})), **test.changes}
        trace = self.trace(scenario, changes, arm, runs)
        if test.measure == "mutual_information":
            return resampled_information(trace, 200)
        if "~" in test.measure:
            first, second = test.measure.split("~")
            return np.stack([measure(trace, first), measure(trace, second)])
        return measure(trace, test.measure)
