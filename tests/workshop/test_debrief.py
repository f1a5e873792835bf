"""The debrief finds what a room was made to hold, and says so where there is nothing."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest

from game.review.doors import Door
from game.review.model import Option
from game.review.questionnaire_files import items_of, shipped_judgment_test
from game.session.hand import HAND
from game.workshop.debrief.doors import door_of, readiness_of
from game.workshop.debrief.find import (
    Known,
    costly_of,
    pairs_apart,
    split_of,
)
from game.workshop.debrief.people import (
    by_hands,
    calibrations,
    class_gain,
    interval,
    student,
)
from game.workshop.debrief.reviews_worker import Weighed
from game.workshop.debrief.slides import Slide
from game.workshop.debrief.tell import slides
from tests.workshop.made import Made

PREPARED = ("prepare_objectives", "prepare_history")
FOUR = {"Oak": ["Ana"], "Pine": ["Bo"], "Elm": ["Cy"], "Ash": ["Di"]}


def nothing(_: str) -> Weighed | None:
    return None


def four_tables() -> Made:
    """Three quote at once and one shares a meal, after preparing the same in another order."""
    made = Made("seoul")
    made.seats(FOUR)
    for k in range(1, 5):
        made.play(f"s{k}.1", *(PREPARED if k % 2 else PREPARED[::-1]), "greet")
    for k in (1, 2, 4):
        made.play(f"s{k}.1", "quote:41")
    made.play("s3.1", "share_meal")
    return made


@pytest.fixture(scope="module")
def quoted() -> tuple[Made, Known]:
    made = four_tables()
    return made, made.weighed().get


def slide(made: Made, known: Known, kind: str) -> Slide:
    return next(s for s in slides(made.room, known) if s.kind == kind)


# --- where the room split -------------------------------------------------------------------------


def test_pairs_who_chose_differently() -> None:
    assert pairs_apart([3, 1]) == 3
    assert pairs_apart([2, 2]) == 4
    assert pairs_apart([5]) == 0


@pytest.mark.long
def test_the_split_is_at_the_table_where_three_quoted_and_one_did_not(
    quoted: tuple[Made, Known],
) -> None:
    made, known = quoted
    found = split_of(made.room, known)
    assert found is not None
    assert (found.turn, found.total) == (2, 4)
    assert [(c.action, c.seats) for c in found.choices] == [
        ("quote:41", ("Oak", "Pine", "Ash")),
        ("share_meal", ("Elm",)),
    ]
    dear, cheap = found.choices
    assert dear.loss is not None and cheap.loss is not None
    assert dear.loss > cheap.loss + 5
    shown = slide(made, known, "split")
    assert [row.label for row in shown.rows] == sorted(row.label for row in shown.rows)
    assert [row.best for row in shown.rows] == ["", "as good as the best"]
    assert shown.before, "what he said before is shown again"


def test_before_anything_is_weighed_the_split_is_told_without_worth() -> None:
    made = four_tables()
    shown = slide(made, nothing, "split")
    assert [row.value for row in shown.rows] == ["3 seats", "one seat"]
    assert not any(row.best for row in shown.rows)


def test_where_nobody_split_it_says_so() -> None:
    made = Made("seoul")
    made.seats({"Oak": ["Ana"], "Pine": ["Bo"]})
    for table in ("s1.1", "s2.1"):
        made.play(table, *PREPARED, "greet")
    assert split_of(made.room, nothing) is None
    assert slide(made, nothing, "split").found == (
        "Nowhere. All seats that stood at the same place did the same there.",
    )
    alone = Made("seoul")
    alone.seats({"Oak": ["Ana"]})
    alone.play("s1.1", "prepare_history")
    assert "One table alone" in slide(alone, nothing, "split").found[0]


def test_a_room_that_votes_split_where_its_votes_did() -> None:
    made = Made("osaka", mode="round")
    made.seats({"Oak": ["Ana", "Bo", "Cy"]})
    game = made.room.tables["s1.1"].game
    one, other, *_ = (game.rules.actions[a] for a in game.hand())
    for person, action in (("p1", one), ("p2", other), ("p3", other)):
        made.did("vote", person, table="s1.1", ply=0, action=action)
    made.did("ballot", table="s1.1", ply=0, open=False)
    made.play("s1.1", one)
    found = split_of(made.room, nothing)
    assert found is not None
    assert found.votes
    assert [(c.action, c.count) for c in found.choices] == [(other, 2), (one, 1)]
    assert found.played == one
    assert any("What was played" in line for line in slide(made, nothing, "split").found)


def test_counted_hands_are_votes() -> None:
    made = Made("osaka", mode="round")
    made.seats({"Oak": []})
    game = made.room.tables["s1.1"].game
    one, other, *_ = (game.rules.actions[a] for a in game.hand())
    counted = {one: 12, other: 9}
    made.did("ballot", table="s1.1", ply=0, open=False, counted=counted)
    found = split_of(made.room, nothing)
    assert found is not None
    assert (found.total, [c.count for c in found.choices]) == (21, [12, 9])


# --- what cost most -------------------------------------------------------------------------------


@pytest.mark.long
def test_the_costly_common_move_is_the_price_that_came_too_soon(
    quoted: tuple[Made, Known],
) -> None:
    made, known = quoted
    found = costly_of(made.room, known)
    assert found is not None
    assert (found.action, found.seats, found.of) == ("quote:41", ("Oak", "Pine", "Ash"), 4)
    assert found.common
    assert found.turns == (2,)
    weighed = known("s1.1")
    assert weighed is not None and weighed.review is not None
    assert found.loss == pytest.approx(weighed.review.moves[3].loss)
    assert found.cause


@pytest.mark.long
def test_a_dear_move_of_one_seat_gives_way_to_a_common_one(quoted: tuple[Made, Known]) -> None:
    made, known = quoted

    def dearer(table: str) -> Weighed | None:
        weighed = known(table)
        if table != "s3.1" or weighed is None or weighed.review is None:
            return weighed
        moves = list(weighed.review.moves)
        moves[-1] = replace(moves[-1], label="blunder", loss=90.0)
        return replace(weighed, review=replace(weighed.review, moves=tuple(moves)))

    found = costly_of(made.room, dearer)
    assert found is not None and found.action == "quote:41"

    def only(table: str) -> Weighed | None:
        return dearer(table) if table == "s3.1" else None

    single = costly_of(made.room, only)
    assert single is not None
    assert (single.action, single.common, single.loss) == ("share_meal", False, 90.0)
    assert "No move cost more than one seat" in slide(made, only, "costly").found[0]


# --- the door -------------------------------------------------------------------------------------


def with_doors(known: Known, doors: dict[str, Door]) -> Known:
    def found(table: str) -> Weighed | None:
        weighed = known(table)
        own = (doors[table],) if table in doors else ()
        return None if weighed is None else replace(weighed, doors=own)

    return found


@pytest.mark.long
def test_the_one_seat_that_found_the_door(quoted: tuple[Made, Known]) -> None:
    made, known = quoted
    doors = {f"s{k}.1": Door(4, "invites", False, True, False) for k in (1, 2, 4)}
    doors["s3.1"] = Door(4, "invites", True, True, True)
    found = door_of(made.room, with_doors(known, doors))
    assert found is not None
    assert [(f.seat, f.turn) for f in found.finders] == [("Elm", 2)]
    assert found.passed == ("Oak", "Pine", "Ash")
    shown = slide(made, with_doors(known, doors), "door")
    assert shown.title == "A door stood open", "who found it is asked, not told"
    assert shown.found[0].startswith("Elm, turn 2: “Share a meal”")


@pytest.mark.long
def test_who_answers_his_personal_question_finds_a_door_that_the_others_pass() -> None:
    made = Made("seoul", seed=54)
    made.seats({"Oak": ["Ana"], "Pine": ["Bo"], "Elm": ["Cy"]})
    met = ("prepare_history", "prepare_referral", "use_referral", "greet")
    for table, then in (("s1.1", "small_talk:press"), ("s2.1", "tell_own"),
                        ("s3.1", "small_talk:press")):  # fmt: skip
        made.play(table, *met, then)
    found = door_of(made.room, made.weighed().get)
    assert found is not None
    assert (found.kind, found.passed) == ("personal", ("Oak", "Elm"))
    assert [(f.seat, f.turn, f.label) for f in found.finders] == [
        ("Pine", 3, "Tell something of your own"),
    ]  # fmt: skip


@pytest.mark.long
def test_a_door_that_nobody_or_everybody_found_is_called_that(
    quoted: tuple[Made, Known],
) -> None:
    made, known = quoted
    shut = {f"s{k}.1": Door(4, "personal", False, True, False) for k in range(1, 5)}
    assert (
        "Nobody went through. 4 seats passed by"
        in slide(made, with_doors(known, shut), "door").found[0]
    )
    through = {f"s{k}.1": Door(4, "personal", True, True, True) for k in range(1, 5)}
    assert slide(made, with_doors(known, through), "door").found[-1] == (
        "Everybody for whom it stood open found it."
    )
    assert door_of(made.room, with_doors(known, {})) is None


# --- reads ----------------------------------------------------------------------------------------


def test_reads_are_held_against_the_truth() -> None:
    made = four_tables()
    truth = 0.93
    for person, table, d, sure in (("p1", "s1.1", 0.2, 0.9), ("p2", "s2.1", 0.93, 0.9),
                                   ("p3", "s3.1", 0.5, 0.0)):  # fmt: skip
        made.did("read", person, table=table, buyer="kang", d=d, confidence=sure)
    made.did("read", "p3", table="s3.1", buyer="kang", d=0.6, confidence=0.0)  # changed her mind
    (one,) = calibrations(made.room, nothing)
    assert one.truth == pytest.approx(truth, abs=0.005)
    assert [read.d for read in one.reads] == [0.2, 0.93, 0.6]
    assert one.middle == 0.6
    assert one.within == 2, "sure and right, unsure and half right; sure and wrong is outside"
    assert len(one.sure) == 2
    shown = slide(made, nothing, "reads")
    assert "2 of the 3 reads came as close" in " ".join(shown.found)


# --- two buyers -----------------------------------------------------------------------------------


def test_a_buyer_who_was_never_ready_at_half_the_tables_has_no_turn(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    made = four_tables()
    comfort = {"s1.1": (3.0, 0.5), "s2.1": (3.0, 2.0)}

    def known(table: str) -> Any:
        moves = [
            SimpleNamespace(table_turn=k, comfort=c) for k, c in enumerate(comfort[table], 1)
        ]  # fmt: skip
        return SimpleNamespace(review=SimpleNamespace(moves=moves)) if table in comfort else None

    monkeypatch.setattr(made.room, "tables_now", lambda: [made.room.tables[t] for t in comfort])
    assert readiness_of(made.room, known, 0).turn is None
    comfort["s2.1"] = (1.0, 0.5)
    ready = readiness_of(made.room, known, 0)
    assert (ready.turn, ready.seats) == (2, 2)


@pytest.mark.long
def test_the_sentences_about_both_buyers_stand_on_the_wall() -> None:
    made = Made("toronto", "toronto-second", mode="pairs")
    made.seats({"Oak": ["Ana"]})
    made.did("sentence", "p1", parts=["she trusted us", "a minute", "half the morning"])
    shown = slide(made, nothing, "pair")
    assert "once she trusted us; with" in shown.quotes[0]
    assert "half the morning" in shown.quotes[0]


# --- the judgment test ----------------------------------------------------------------------------


def answers(half: str, best: bool) -> tuple[int, ...]:
    test = shipped_judgment_test()
    keys = [test.items[id].key for id in items_of(test, "before" if half == "before" else "after")]
    return tuple(key.index(max(key) if best else min(key)) + 1 for key in keys)


def test_a_class_that_went_from_worst_to_best_gained_everything() -> None:
    made = Made("osaka")
    made.seats({"Oak": ["Ana"], "Pine": ["Bo"], "Elm": ["Cy"], "Ash": ["Di"]})
    for person in ("p1", "p2", "p3"):
        made.did("test", person, half="before", answers=answers("before", best=False))
        made.did("test", person, half="after", answers=answers("after", best=True))
    made.did("test", "p4", half="before", answers=answers("before", best=True))
    found = class_gain(made.room)
    assert found is not None
    assert (found.before, found.after, found.both) == (4, 3, 3)
    assert (found.mean_before, found.mean_after, found.gain) == (0, 24, 24)
    assert (found.low, found.high) == (24, 24)
    assert "more than chance" in slide(made, nothing, "gain").found[-1]


def test_of_two_people_no_mean_is_told() -> None:
    made = Made("osaka")
    made.seats({"Oak": ["Ana"], "Pine": ["Bo"]})
    for person, best in (("p1", True), ("p2", False)):
        made.did("test", person, half="before", answers=answers("before", best=False))
        made.did("test", person, half="after", answers=answers("after", best=best))
    shown = slide(made, nothing, "gain")
    assert "Too few" in shown.found[-1]
    assert not shown.rows
    assert not any("24" in line or "12" in line for line in shown.found)


def test_counted_hands_give_means_and_no_interval() -> None:
    made = Made("seoul", mode="round")
    made.seats({"Oak": []})
    test = shipped_judgment_test()
    for half, best in (("before", False), ("after", True)):
        for item, id in enumerate(items_of(test, "before" if half == "before" else "after")):
            key = test.items[id].key
            at = key.index(max(key) if best else min(key))
            counted = [5 if k == at else 0 for k in range(len(key))]
            made.did("test", half=half, item=item, counted=counted)
    assert by_hands(made.room) == (0, 24, 24)
    assert slide(made, nothing, "gain").found[0].startswith("By counted hands: from 0.0 to 24.0")


def test_the_interval_is_students() -> None:
    low, high = interval([1.0, 2.0, 3.0, 4.0])
    assert low is not None and high is not None
    assert (low + high) / 2 == pytest.approx(2.5)
    assert high - low == pytest.approx(2 * 3.182 * 1.2909944 / 2, rel=1e-4)
    assert interval([1.0, 2.0]) == (None, None)
    assert student(30) == pytest.approx(2.0423, abs=2e-4)
    assert student(120) == pytest.approx(1.9799, abs=2e-4)


# --- the whole ------------------------------------------------------------------------------------


def test_a_debrief_without_phones_people_or_moves_still_opens() -> None:
    made = Made("seoul", mode="round")
    made.seats({"Oak": []})
    kinds = [s.kind for s in slides(made.room, nothing)]
    assert kinds[0] == "split"
    assert "stereotype" in kinds
    assert "gain" not in kinds and "reads" not in kinds


@pytest.mark.long
def test_an_option_has_the_worth_that_the_review_gives_it(quoted: tuple[Made, Known]) -> None:
    _, known = quoted
    for k in range(1, 5):
        weighed = known(f"s{k}.1")
        assert weighed is not None and weighed.review is not None
        for move in weighed.review.moves:
            assert isinstance(move.options[0], Option)
            assert move.action in {option.action for option in move.options}
            assert len(move.options) <= 4 + HAND, "what nobody took or had in hand is left out"
