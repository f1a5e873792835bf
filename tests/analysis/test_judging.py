"""The statistics of claims on made-up episodes whose truth is known."""

from __future__ import annotations

import numpy as np
import pytest

from game.analysis.judging import (
    Values,
    bootstrap,
    correlation,
    crossing,
    difference,
    judge,
    mean_bound,
    monotone,
    odds_ratio,
    ratio_of_means,
    ratio_of_ratios,
    resampled,
)

NAN = float("nan")


def episodes(mean: float, sd: float = 1.0, n: int = 2_000, seed: int = 1) -> Values:
    """Episodes with exactly this mean and spread."""
    drawn = np.random.default_rng(seed).normal(size=n)
    return mean + sd * (drawn - drawn.mean()) / drawn.std(ddof=1)


SE = 1 / 2_000**0.5  # of a mean of `episodes`
DELTA = 0.1
JUST = 2.4 * SE  # a little more than a one-sided 99 % bound needs
SHORT = 2.2 * SE


@pytest.mark.parametrize(
    ("kind", "passes", "fails"),
    [
        ("greater", DELTA + JUST, DELTA + SHORT),
        ("above", DELTA + JUST, DELTA + SHORT),
        ("positive", JUST, SHORT),
        ("at_least", -DELTA + JUST, -DELTA + SHORT),
        ("less", -DELTA - JUST, -DELTA - SHORT),
        ("below", DELTA - JUST, DELTA - SHORT),
        ("at_most", DELTA - JUST, DELTA - SHORT),
        ("null", DELTA - 2.65 * SE, DELTA - 2.5 * SE),
        ("null", -DELTA + 2.65 * SE, -DELTA + 2.5 * SE),
        ("between", DELTA + JUST, DELTA + SHORT),
        ("between", 1 - DELTA - JUST, 1 - DELTA - SHORT),
    ],
)
def test_a_kind_passes_from_its_bound_on(kind: str, passes: float, fails: float) -> None:
    assert judge(kind, DELTA, episodes(passes)).passed
    assert not judge(kind, DELTA, episodes(fails)).passed


def test_the_interval_is_that_of_99_percent() -> None:
    verdict = judge("greater", DELTA, episodes(0.5))
    assert verdict.effect == pytest.approx(0.5)
    assert verdict.high - verdict.effect == pytest.approx(2.5758 * SE)
    assert verdict.effect - verdict.low == pytest.approx(2.5758 * SE)
    assert verdict.bound == DELTA


def test_an_unknown_kind_is_an_error() -> None:
    with pytest.raises(KeyError):
        judge("sideways", DELTA, episodes(0))


@pytest.mark.parametrize("kind", ["greater", "null", "below", "at_least", "between"])
def test_nothing_is_shown_by_no_episodes(kind: str) -> None:
    assert not judge(kind, DELTA, np.full(50, np.nan)).passed
    assert not judge(kind, 10.0, np.array([0.2])).passed


def test_episodes_that_do_not_count_are_left_out() -> None:
    mean, low, high, se = mean_bound(np.array([1.0, NAN, 3.0, NAN]))
    assert mean == 2
    assert low < 2 < high
    assert se == pytest.approx(1.0)


def test_pairs_take_out_what_both_arms_share() -> None:
    luck = episodes(0, sd=5)
    diff = difference(luck + episodes(0.2, 0.1, seed=2), luck)
    assert judge("greater", DELTA, diff).passed
    alone = difference(luck + 0.2, episodes(0, sd=5, seed=3))
    assert not judge("greater", DELTA, alone).passed


def test_arms_that_seldom_count_together_are_compared_by_their_means() -> None:
    a, b = episodes(0.5, 0.1), episodes(0.2, 0.1, seed=2)
    a[:1_000] = np.nan
    b[1_000:] = np.nan
    diff = difference(a, b)
    assert diff.mean() == pytest.approx(np.nanmean(a) - np.nanmean(b))
    assert judge("greater", DELTA, diff).passed
    assert np.isnan(difference(np.full(9, np.nan), np.ones(9))).all()


def steps(*means: float) -> list[Values]:
    return [episodes(mean, 0.2, seed=i) for i, mean in enumerate(means)]


def test_a_rise_may_pause_and_may_not_turn_back() -> None:
    assert monotone("rises", DELTA, steps(0.1, 0.3, 0.28, 0.5)).passed  # within delta / 2
    assert not monotone("rises", DELTA, steps(0.1, 0.5, 0.4, 0.6)).passed
    assert not monotone("rises", DELTA, steps(0.1, 0.12, 0.15, 0.19)).passed  # too little in all
    assert not monotone("rises", DELTA, steps(0.6, 0.3, 0.1)).passed


def test_a_fall_is_a_rise_upside_down() -> None:
    assert monotone("falls", DELTA, steps(0.6, 0.3, 0.1)).passed
    assert not monotone("falls", DELTA, steps(0.1, 0.3, 0.6)).passed


def test_a_ratio_is_held_to_its_bootstrap_bound() -> None:
    top, bottom = episodes(0.6, 0.2), episodes(0.2, 0.1, seed=2)
    found = bootstrap(2.5, [top, bottom], ratio_of_means)
    assert found.effect == pytest.approx(3)
    assert found.low < 3 < found.high
    assert found.passed
    assert not bootstrap(3.0, [top, bottom], ratio_of_means).passed
    assert bootstrap(2.5, [top, bottom], ratio_of_means) == found, "the same draws each time"


def test_a_ratio_of_ratios() -> None:
    four = steps(0.8, 0.2, 0.3, 0.3)
    assert ratio_of_ratios(*four) == pytest.approx(4)
    assert bootstrap(3, four, ratio_of_ratios).passed
    assert not bootstrap(5, four, ratio_of_ratios).passed


def test_odds_of_missing() -> None:
    often, seldom = np.repeat([1.0, 0.0], [900, 100]), np.repeat([1.0, 0.0], [600, 400])
    assert odds_ratio(often, seldom) == pytest.approx(6, rel=0.02)
    assert odds_ratio(often, often) == pytest.approx(1)
    assert np.isfinite(odds_ratio(np.ones(50), seldom)), "half a case keeps it finite"


def test_a_correlation_is_held_to_its_fisher_bound() -> None:
    x, noise = episodes(0), episodes(0, seed=2)
    close = np.stack([x, 0.5 * x + noise])
    found = correlation(0.3, close)
    assert found.effect == pytest.approx(np.corrcoef(close)[0, 1])
    assert found.low < found.effect < found.high
    assert found.passed
    assert not correlation(0.1, np.stack([x, noise])).passed
    assert not correlation(-1.0, np.stack([x, np.ones_like(x)])).passed, "no spread, no correlation"
    assert not correlation(-1.0, close[:, :20]).passed, "too few episodes"


def test_values_with_their_own_resamplings() -> None:
    a = np.concatenate([[0.5], episodes(0.5, 0.02, 200)])
    b = np.concatenate([[0.2], episodes(0.2, 0.02, 200, seed=2)])
    assert resampled(0.15, a, b).effect == pytest.approx(0.3)
    assert resampled(0.15, a, b).passed
    assert not resampled(0.3, a, b).passed


def test_one_crossing_in_small_steps() -> None:
    rising, falling = steps(0.2, 0.3, 0.45, 0.6), steps(0.6, 0.5, 0.35, 0.2)
    assert crossing(rising, falling).passed
    assert not crossing(rising, steps(0.7, 0.7, 0.7, 0.7)).passed, "no change of leader"
    assert not crossing(rising, steps(0.1, 0.4, 0.3, 0.7)).passed, "three of them"
    leap = crossing(steps(0.1, 0.2, 0.5, 0.6), falling)
    assert not leap.passed
    assert leap.effect == pytest.approx(0.3)
