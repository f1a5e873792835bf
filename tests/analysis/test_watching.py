"""What is counted while games are played is what happened in them, however they are shared out."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

import numpy as np
import pytest

from game.analysis import watching
from game.analysis.trust_ways import uses, ways
from game.analysis.watching import Counted, counted, side_by_side, watched
from game.core.chance import keys_of
from game.core.rules import Rules
from game.core.state import State
from game.core.step import Record
from game.core.vocabulary import Phase
from game.policies.run import play
from game.policies.shelf import seller_for
from game.scenario.compile import with_diffuseness
from game.scenario.load import Loaded
from game.scenario.variants import variant
from tests.at_hand import at_hand


def compiled(name: str) -> tuple[Loaded, Rules]:
    loaded = at_hand(name)
    return loaded, loaded.rules


def same(one: Counted, other: Counted) -> bool:
    return all(
        np.array_equal(getattr(one, f.name), getattr(other, f.name)) for f in fields(Counted)
    )


def test_parts_add_up_to_the_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    _, rules = compiled("toronto-committee")
    seller = seller_for(rules, "novice")
    whole = counted(rules, seller, 5, 60)
    monkeypatch.setattr(watching, "CHUNK", 17)
    assert same(counted(rules, seller, 5, 60), whole)


def test_watching_changes_nothing() -> None:
    _, rules = compiled("seoul")
    seller = seller_for(rules, "adaptive")
    alone = play(rules, seller, keys_of(9, 40)).outcome
    assert np.array_equal(watched(rules, seller, 9, 40, True).played.outcome.score, alone.score)


@pytest.mark.parametrize("name", ["seoul", "toronto-committee"])
def test_tables_side_by_side_are_those_of_each_alone(name: str) -> None:
    loaded, rules = compiled(name)
    tables = [rules, *(with_diffuseness(rules, loaded.scenario, d) for d in (0.1, 0.8))]
    seller = seller_for(rules, "steady")
    together = side_by_side(tables, seller, 9, 40, True)
    assert [found.trust is None for found in together] == [False, True, True]
    for table, found in zip(tables, together, strict=True):
        alone = watched(table, seller, 9, 40, True)
        assert same(found.counted, alone.counted)
        assert np.array_equal(found.package, alone.package)
        assert np.array_equal(found.played.outcome.score, alone.played.outcome.score)
        if found.trust is not None and alone.trust is not None:
            assert np.array_equal(found.trust.mean, alone.trust.mean)
            assert np.array_equal(found.trust.high, alone.trust.high)


@pytest.mark.parametrize("policy", ["novice", "steady"])
def test_trust_is_followed_turn_by_turn(policy: str) -> None:
    """Against every game by itself."""
    _, rules = compiled("osaka")
    seller = seller_for(rules, policy)
    together = watched(rules, seller, 3, 6, True).trust
    assert together is not None
    paths: list[list[float]] = []
    for seed in range(3, 9):
        path: list[float] = []

        def watch(
            index: Any, before: State, record: Record, after: State, path: list[float] = path
        ) -> None:
            if not path:
                path.append(float(before.trust[0, 0]))
            if before.phase[0] in (Phase.TABLE, Phase.AFTER):
                path.append(float(after.trust[0, 0]))

        play(rules, seller, keys_of(seed, 1), watch)
        paths.append(path)
    longest = max(map(len, paths))
    held = np.array([path + [path[-1]] * (longest - len(path)) for path in paths])
    assert together.mean[0] == pytest.approx(held.mean(axis=0), abs=1e-6)
    assert together.low[0] == pytest.approx(np.percentile(held, 10, axis=0), abs=1e-6)
    assert together.high[0] == pytest.approx(np.percentile(held, 90, axis=0), abs=1e-6)
    talking = np.array([[k < len(path) for k in range(longest)] for path in paths])
    assert together.talking == pytest.approx(talking.mean(axis=0))


def test_facts_told_are_those_of_the_outcome() -> None:
    _, rules = compiled("seoul")
    found = watched(rules, seller_for(rules, "steady"), 1, 50)
    assert found.counted.facts.sum() == found.played.outcome.facts.sum()
    told = found.played.state.told
    assert found.counted.facts[0] == (told & 1).sum()


def test_ways_and_uses_are_shares_of_what_was_counted() -> None:
    loaded, rules = compiled("toronto-committee")
    both = {name: counted(rules, seller_for(rules, name), 2, 30) for name in ("direct", "rapport")}
    names = rules.machine.names
    for way in ways(loaded.machine, rules.machine, both):
        s, t = names.index(way.source), names.index(way.target)
        games = sum(int(c.changes[:, s, t].sum()) for c in both.values())
        assert way.share == pytest.approx(games / (2 * 30 * 2))
        if way.how != "through":
            assert way.when
    for use in uses(rules.machine, both):
        k = names.index(use.name)
        assert use.reached == pytest.approx(
            sum(int(c.reached[:, k].sum()) for c in both.values()) / (2 * 30 * 2)
        )


@pytest.mark.parametrize("name", ["seoul", "toronto-committee", "chicago"])
def test_a_band_is_the_scenario_with_another_diffuseness(name: str) -> None:
    loaded, rules = compiled(name)
    band = with_diffuseness(rules, loaded.scenario, 0.28)
    assert band.digest == variant(loaded, {"d": 0.28}).rules.digest
    assert band.digest != rules.digest
