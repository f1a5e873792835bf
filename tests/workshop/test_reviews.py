"""The process that weighs a room's moves: it works beside the room, and its faults are seen."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable

import pytest

from game.workshop.debrief.page import problems_of
from game.workshop.debrief.reviews import Reviews, Work
from game.workshop.debrief.reviews_worker import Job, Weigh, Weighed
from game.workshop.service import Live
from game.workshop.store import Kept
from tests.workshop.made import Made
from tests.workshop.workers import dies, sleeps


def session(work: Work | None = None) -> tuple[Made, Live]:
    """Two seats that have moved once each, in the debrief."""
    made = Made("osaka")
    made.seats({"Oak": ["Ana"], "Pine": ["Bo"]})
    for table in ("s1.1", "s2.1"):
        made.play(table, "prepare_history")
    made.did("stage", stage="debrief")
    live = Live(Kept("r1", "Monday", 1000.0, None, "00" * 32), made.room)
    if work is not None:
        live.reviews = Reviews(live, work)
    return made, live


def ticks_until(reviews: Reviews, done: Callable[[], bool], seconds: float = 60.0) -> None:
    end = time.monotonic() + seconds
    while not done():
        reviews.tick()
        assert time.monotonic() < end
        time.sleep(0.02)


def test_the_process_starts_while_people_come_in_so_that_it_costs_no_move_anything() -> None:
    made = Made("osaka")
    live = Live(Kept("r1", "Monday", 1000.0, None, "00" * 32), made.room)
    live.reviews = reviews = Reviews(live, sleeps)
    try:
        reviews.tick()
        assert reviews.pid is None, "nobody is there yet"
        made.did("join", person="p1", name="Ana", seat="")
        reviews.tick()
        begun = reviews.pid
        assert begun is not None
        made.seats({"Oak": ["Bo"]})
        made.play("s1.1", "prepare_history")
        made.did("stage", stage="debrief")
        reviews.tick()
        assert reviews.pid == begun and reviews._job is not None, "it is the one that works"
    finally:
        reviews.close()


def test_a_review_that_was_begun_before_somebody_was_forgotten_is_dropped() -> None:
    made, live = session()
    reviews = live.reviews
    transcript = made.room.tables["s1.1"].game.transcript
    reviews._job = Job("s1.1", (live.edition, 1), transcript, "en")
    live.edition += 1
    reviews.forget()
    reviews._take(Weighed("s1.1", (0, 1), "en", None, problem="of what is erased"))
    assert not reviews.problems and reviews.of("s1.1") is None


@pytest.mark.long
def test_tables_are_weighed_beside_the_room_by_a_process_that_minds_nobody() -> None:
    made, live = session()
    reviews = live.reviews
    try:
        assert reviews.progress() == (0, 2)
        ticks_until(reviews, lambda: reviews.progress() == (2, 2))
        if sys.platform != "win32":
            assert reviews.pid is not None
            ticks_until(reviews, lambda: os.getpriority(os.PRIO_PROCESS, reviews.pid or 0) == 19)
        found = reviews.of("s2.1")
        assert found is not None and found.review is not None
        transcript = made.room.tables["s2.1"].game.transcript
        here = Weigh()(Job("s2.1", (0, 1), transcript, "en"))
        assert found.review == here.review
        made.play("s1.1", "prepare_objectives")
        assert reviews.progress() == (1, 2), "it has moved on"
        ticks_until(reviews, lambda: reviews.progress() == (2, 2))
        begun = time.monotonic()
    finally:
        reviews.close()
    assert time.monotonic() - begun < 3
    assert not problems_of(live, reviews)


@pytest.mark.long
def test_a_crash_is_told_and_tried_again_and_then_left_to_the_facilitator() -> None:
    _, live = session(dies)
    reviews = live.reviews
    try:
        ticks_until(reviews, lambda: reviews.crashes == 1)
        assert reviews.status == 7
        (told,) = problems_of(live, reviews)
        assert "broke off once (exit status 7)" in told
        ticks_until(reviews, lambda: reviews.gave_up)
        assert reviews.problems == {"s1.1": "exit status 7"}, "it broke down there twice"
        told = " ".join(problems_of(live, reviews))
        assert "not started again by itself" in told and "Oak cannot be weighed" in told
        for _ in range(20):
            reviews.tick()
        assert reviews.pid is None
        reviews.try_again()
        assert not problems_of(live, reviews)
        ticks_until(reviews, lambda: reviews.crashes == 1)
    finally:
        reviews.close()


@pytest.mark.long
def test_a_process_that_does_not_listen_is_ended_all_the_same() -> None:
    _, live = session(sleeps)
    reviews = live.reviews
    ticks_until(reviews, lambda: reviews.pid is not None)
    pid = reviews.pid
    begun = time.monotonic()
    reviews.close()
    assert time.monotonic() - begun < 3
    if sys.platform != "win32" and pid is not None:
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)


@pytest.mark.long
def test_a_game_that_cannot_be_weighed_is_named_and_the_next_one_is_weighed() -> None:
    made, _ = session()
    weigh = Weigh()
    transcript = made.room.tables["s1.1"].game.transcript
    broken = transcript.at(transcript.head)
    broken.rules_digest = "another"
    found = weigh(Job("s1.1", (0, 1), broken, "en"))
    assert found.review is None and "rules have changed" in found.problem
    assert weigh(Job("s2.1", (0, 1), transcript, "en")).problem == ""


def test_a_table_still_playing_is_weighed_in_advance_only_after_some_moves() -> None:
    made, live = session()
    made.did("stage", stage="playing")
    assert live.reviews._next() is None
    made.play("s1.1", "prepare_objectives", "greet", "tell_own", "tell_own")
    job = live.reviews._next()
    assert job is not None and job.table == "s1.1"
