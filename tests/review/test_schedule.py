"""A moment comes back after 1, 3 and 7 days until it is passed."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.review.schedule import (
    DAYS,
    DONE,
    PASS_WITHIN,
    Standing,
    after_try,
    begun,
    is_due,
    passes,
)

TODAY = date(2026, 3, 2)
DAY = timedelta(1)
GOOD, BAD = 0.0, 11.0


def test_passed_each_time_it_is_due_it_takes_1_3_and_7_days() -> None:
    now, days = begun(TODAY), []
    while now.passed is None:
        days.append((now.due - TODAY).days)
        now = after_try(now, now.due, GOOD)
    assert days == [1, 1 + 3, 1 + 3 + 7]
    assert (now.stage, now.passed) == (DONE, TODAY + 11 * DAY)
    assert not is_due(now, date.max)


@pytest.mark.parametrize("stage", range(DONE))
def test_a_failure_goes_back_to_one_day(stage: int) -> None:
    now = begun(TODAY)
    for _ in range(stage):
        now = after_try(now, now.due, GOOD)
    assert now.stage == stage
    for day in (now.due, now.due + 30 * DAY, now.due - DAY):
        assert after_try(now, day, BAD) == Standing(0, day + DAY)


def test_a_pass_before_its_day_is_practice() -> None:
    now = begun(TODAY)
    assert after_try(now, TODAY, GOOD) == now
    later = after_try(now, now.due, GOOD)
    assert after_try(later, now.due, GOOD) == later, "twice on one day counts once"


def test_late_is_as_good_as_in_time() -> None:
    now = after_try(begun(TODAY), TODAY + 40 * DAY, GOOD)
    assert now == Standing(1, TODAY + 43 * DAY)


@pytest.mark.parametrize(("loss", "good"), [(-1.0, True), (4.0, True), (4.001, False)])
def test_within_four_points_of_the_best(loss: float, good: bool) -> None:
    assert passes(loss) is good


def test_the_calendar_ends_without_a_fault() -> None:
    assert begun(date.max).due == date.max
    assert after_try(begun(date.max), date.max, GOOD).due == date.max


days = st.dates(date(2000, 1, 1), date(2100, 1, 1))
losses = st.floats(-5, 100)
Tries = list[tuple[int, float]]
tries = st.lists(st.tuples(st.integers(0, 12), losses), max_size=30)


@given(days, tries)
def test_whatever_is_tried_the_standing_makes_sense(start: date, made: Tries) -> None:
    now, day = begun(start), start
    for gap, loss in made:
        day += gap * DAY
        was, now = now, after_try(now, day, loss)
        assert 0 <= now.stage <= DONE
        assert (now.passed is not None) == (now.stage == DONE)
        assert now.stage <= was.stage + 1
        if was.passed is not None:
            assert now == was
        elif now.passed is None and now != was:
            assert now.due == day + timedelta(DAYS[now.stage])
        if now.stage > was.stage:
            assert loss <= PASS_WITHIN and is_due(was, day)


@given(days, tries)
def test_nothing_is_passed_in_less_than_eleven_days(start: date, made: Tries) -> None:
    now, day = begun(start), start
    for gap, loss in made:
        day += gap * DAY
        now = after_try(now, day, loss)
    if now.passed is not None:
        assert (now.passed - start).days >= sum(DAYS)


@given(days, tries)
def test_whoever_goes_on_well_gets_it_done_in_three_tries(start: date, made: Tries) -> None:
    now, day = begun(start), start
    for gap, loss in made:
        day += gap * DAY
        now = after_try(now, day, loss)
    left = DONE - now.stage
    for _ in range(left):
        assert is_due(now, now.due)
        now = after_try(now, now.due, GOOD)
    assert now.stage == DONE


@given(days, st.integers(0, 40), losses, losses)
def test_a_better_try_never_leaves_you_further_back(
    start: date, gap: int, one: float, other: float
) -> None:
    day = start + gap * DAY
    better, worse = (after_try(begun(start), day, loss) for loss in sorted((one, other)))
    assert better.stage >= worse.stage
