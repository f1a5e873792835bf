"""When a moment comes back: after 1, 3 and 7 days, until it is passed. Pure; dates are passed in.

Spacing is the point: a moment that goes well three times in one evening is remembered for one
evening. So a pass counts only on or after the day it is due, and a failure counts at once. The
reasons stand in docs/profile.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

DAYS = (1, 3, 7)
DONE = len(DAYS)
PASS_WITHIN = 4.0  # points of score between the try and the best move known


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a moment stands. `stage` counts the intervals passed, 0 to 3.

    `due` is the day from which the next try counts, and `passed` the day on which the last
    interval was passed (None before); then `due` keeps its last value and means nothing.
    """

    stage: int
    due: date
    passed: date | None = None


def begun(today: date) -> Standing:
    """A moment that is new today."""
    return Standing(0, _days_after(today, DAYS[0]))


def passes(loss: float) -> bool:
    """Whether a try is good enough; `loss` in points of score below the best, less is better."""
    return loss <= PASS_WITHIN


def after_try(now: Standing, day: date, loss: float) -> Standing:
    """Where a moment stands after a try on a day.

    A failure goes back to the first interval. A pass goes on to the next one if the moment was
    due; before its day it is practice and changes nothing. What is done stays done.
    """
    if now.passed is not None:
        return now
    if not passes(loss):
        return begun(day)
    if day < now.due:
        return now
    if now.stage + 1 == DONE:
        return Standing(DONE, now.due, day)
    return Standing(now.stage + 1, _days_after(day, DAYS[now.stage + 1]))


def is_due(now: Standing, today: date) -> bool:
    """Whether a try today would count as passed."""
    return now.passed is None and now.due <= today


def _days_after(day: date, days: int) -> date:
    """The calendar ends somewhere, even for a clock that is set wrong."""
    return day + timedelta(days) if (date.max - day).days >= days else date.max
