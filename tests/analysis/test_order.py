"""Sellers come in the right order in every shipped scenario, at 99 % with 2,000 runs."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pytest

from game.analysis.judging import Values, judge
from game.core.chance import keys_of
from game.core.rules import Rules
from game.policies.run import play
from game.policies.shelf import seller_for, shipped_policies
from game.scenario.library import shipped
from tests.at_hand import at_hand
from tests.marks import tables

RUNS, SEED = 2_000, 90_000
RECITED = ("always_closing", "always_rapport", "checklist")  # they look at nothing but the clock

Scores = Mapping[str, Values]


def better(first: Values, second: Values) -> bool:
    """The first scores more than the second: the 99 % bound of the paired difference is above 0."""
    return judge("positive", 0, first - second).passed


def table(scenario: str) -> tuple[Rules, Scores]:
    loaded = at_hand(scenario)
    rules = loaded.rules
    keys = keys_of(SEED, RUNS)
    scores = {
        name: play(rules, seller_for(rules, name), keys).outcome.score.astype(np.float64)
        for name in ("random", *shipped_policies())
    }
    return rules, scores


@pytest.fixture(scope="module", params=tables())
def scored(request: pytest.FixtureRequest) -> tuple[Rules, Scores]:
    return table(request.param)


def right_style(rules: Rules) -> str:
    """The plain style that suits the buyers' mean d; empty where they sit on both sides."""
    diffuse = rules.buyers.d_mean > 0.5
    if diffuse.any() != diffuse.all():
        return ""
    return "rapport" if diffuse.all() else "direct"


@pytest.mark.long
def test_the_matched_style_beats_the_other(scored: tuple[Rules, Scores]) -> None:
    rules, scores = scored
    right = right_style(rules)
    if right:
        wrong = {"rapport": "direct", "direct": "rapport"}[right]
        assert better(scores[right], scores[wrong])
    else:  # a mixed table: whoever looks at the person beats both
        assert better(scores["adaptive"], scores["direct"])
        assert better(scores["adaptive"], scores["rapport"])


def test_skill_shows(scored: tuple[Rules, Scores]) -> None:
    _, scores = scored
    assert better(scores["novice"], scores["random"])
    assert better(scores["adaptive"], scores["novice"])


@pytest.mark.parametrize("recited", RECITED)
def test_reciting_is_never_best(scored: tuple[Rules, Scores], recited: str) -> None:
    _, scores = scored
    best = max((name for name in scores if name != recited), key=lambda name: scores[name].mean())
    gap = scores[best] - scores[recited]
    assert better(scores[best], scores[recited]), (best, gap.mean(), gap.std() / RUNS**0.5)


@pytest.mark.long
def test_both_styles_are_right_somewhere_and_one_table_is_mixed() -> None:
    right = {}
    for scenario in shipped():
        loaded = at_hand(scenario)
        right[scenario] = right_style(loaded.rules)
    assert set(right.values()) == {"direct", "rapport", ""}
    assert [scenario for scenario, style in right.items() if not style] == ["toronto-committee"]
