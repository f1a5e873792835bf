"""The profile: what is kept of games, nothing counted twice, and moments that come back."""

from __future__ import annotations

import json
import os
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from game.review import model
from game.review.profile import (
    FORMAT,
    Book,
    Lost,
    Profile,
    ReadRecord,
    digest_of,
    lost_of,
    played,
    record_of,
    summed_up,
)
from game.session.game import Game
from game.session.transcript import Transcript, load_transcript
from tests.review.profiles import (
    DAY,
    GAME,
    SCHEMA,
    TODAY,
    everything,
    filled,
    mode,
    moves_of,
    record,
)

# --- what is kept -------------------------------------------------------------------------------


def test_without_a_file_it_is_empty_and_nothing_is_written(folder: Path) -> None:
    profile = Profile.load(folder)
    assert profile.empty
    profile.save()
    assert not folder.exists()


def test_what_is_kept_is_read_back_and_is_as_published(folder: Path, game: Transcript) -> None:
    profile = filled(folder, game)
    assert Profile.load(folder).book == profile.book
    body = json.loads((folder / "profile.json").read_bytes())
    assert body["format"] == FORMAT
    jsonschema.validate(body, SCHEMA)


def test_only_its_owner_may_read_it(folder: Path, game: Transcript) -> None:
    old = os.umask(0)
    try:
        filled(folder, game)
    finally:
        os.umask(old)
    if os.name == "posix":
        assert mode(folder) == mode(folder / "moments") == 0o700
        for path in folder.rglob("*.json"):
            assert mode(path) == 0o600, path


def test_the_same_game_reviewed_again_counts_once(folder: Path) -> None:
    profile = Profile.load(folder)
    for score, head in ((40.0, "e9"), (50.0, "e12"), (60.0, "e9")):
        profile.add_review(record(head, score=score))
    profile.save()
    assert [(r.head, r.score) for r in Profile.load(folder).book.reviews] == [
        ("e9", 60.0), ("e12", 50.0),
    ]  # fmt: skip


def test_tries_in_the_same_file_do_not_make_it_another_game(game: Transcript) -> None:
    before, head = digest_of(played(game)), game.head
    again = Game.resume(load_transcript(GAME))
    again.undo()
    assert again.transcript.head != head
    assert digest_of(played(again.transcript, head)) == before
    assert digest_of(again.transcript) != before
    assert Game.resume(played(again.transcript, head)).transcript.head == head
    with pytest.raises(KeyError):
        played(game, "e9999")


def test_a_cut_transcript_gives_no_id_twice(game: Transcript) -> None:
    early = Game.at(game, moves_of(game)[5])
    early.undo()
    early.play("wait")
    at = early.transcript.head
    early.play("wait")
    cut = played(early.transcript, at)
    cut.append("read", cut.head, buyer="kang", d=0.5, confidence=0.5, turn=4)
    ids = [entry.id for entry in cut.entries]
    assert len(set(ids)) == len(ids)
    assert at in ids and ids[: len(game.entries)] == [entry.id for entry in game.entries]


@pytest.mark.parametrize(
    "changes",
    [
        {"score": 101.0}, {"score": float("nan")}, {"luck": float("inf")}, {"accuracy": -1.0},
        {"style": 1.2}, {"hints": -1}, {"seed": 1 << 32}, {"help": "none"}, {"head": ""},
        {"transcript": "ab" * 32}, {"scenario": "Good morning, and how are you?"},
        {"buyers": ("x" * 65,)}, {"labels": {"a line of words": 1}}, {"words": "hello"},
        {"reads": [{"buyer": "kang", "d": 0.5, "confidence": 0.5, "error": 0.1}]},
    ],
)  # fmt: skip
def test_a_record_is_ids_and_numbers_that_make_sense(changes: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        record(**changes)


def test_sums_over_everything() -> None:
    def read(error: float | None, within: bool | None) -> ReadRecord:
        return ReadRecord(buyer="kang", d=0.5, confidence=1, error=error, within=within)

    reviews = (
        record("e1", score=50.0, accuracy=60.0, style=0.2, style_n=30, date=date(2026, 4, 1),
               accuracy_by_phase={"table": 60.0, "prepare": 90.0}, reads=(read(0.3, False),)),
        record("e2", score=70.0, accuracy=80.0, style=0.8, style_n=10,
               accuracy_by_phase={"table": 80.0}, reads=(read(0.1, True), read(None, None))),
        record("e3", score=30.0, accuracy=None),
    )  # fmt: skip
    sums = summed_up(Book(reviews=reviews))
    assert sums.reviews == 3
    assert (sums.score, sums.accuracy) == (50.0, 70.0)
    assert sums.accuracy_by_phase == {"prepare": 90.0, "table": 70.0}
    assert sums.style == pytest.approx((0.2 * 30 + 0.8 * 10) / 40)
    assert sums.style_n == 40
    assert sums.reads == 2
    assert sums.read_error == pytest.approx(0.2)
    assert sums.read_within == 0.5
    assert [(m.month, m.reviews, m.score, m.accuracy) for m in sums.months] == [
        ("2026-03", 2, 50.0, 80.0), ("2026-04", 1, 50.0, 60.0),
    ]  # fmt: skip


@given(st.lists(st.tuples(st.floats(0, 1), st.integers(0, 40)), max_size=8))
def test_the_style_lies_among_the_styles(styles: list[tuple[float, int]]) -> None:
    reviews = tuple(record(f"e{i}", style=d, style_n=n) for i, (d, n) in enumerate(styles, 1))
    style = summed_up(Book(reviews=reviews)).style
    shown = [d for d, n in styles if n]
    assert (style is None) == (not shown)
    if style is not None:
        assert min(shown) - 1e-9 <= style <= max(shown) + 1e-9


# --- moments ------------------------------------------------------------------------------------


def test_a_moment_outlives_the_saved_game(folder: Path, game: Transcript, tmp_path: Path) -> None:
    save = tmp_path / "mine.lunch.json"
    game.save(save)
    filled(folder, load_transcript(save))
    save.unlink()
    profile = Profile.load(folder)
    [moment] = profile.book.moments
    kept = profile.transcript_of(moment)
    assert digest_of(kept) == moment.transcript
    assert Game.at(kept, moment.entry).turns[-1].entry == moment.entry
    assert everything(folder) >= {f"moments/{moment.transcript[7:]}.lunch.json"}


@pytest.mark.long
def test_a_moment_comes_back_and_is_passed(folder: Path, game: Transcript) -> None:
    filled(folder, game)
    id = Profile.load(folder).book.moments[0].id
    assert Profile.load(folder).due(TODAY) == []
    for day, loss, stage in (
        (1, 3.0, 1),
        (2, 0.0, 1),
        (4, 9.0, 0),
        (5, 4.0, 1),
        (8, 1, 2),
        (15, 0, 3),
    ):
        profile = Profile.load(folder)
        due = [m.id for m in profile.due(TODAY + day * DAY)]
        assert due == ([] if day == 2 else [id])
        assert profile.tried(id, TODAY + day * DAY, loss, "e40").stage == stage
        profile.save()
    profile = Profile.load(folder)
    [moment] = profile.book.moments
    assert moment.passed == TODAY + 15 * DAY
    assert [t.loss for t in moment.tries] == [3, 0, 9, 4, 1, 0]
    assert profile.due(date.max) == []
    assert profile.summary().moments_passed == 1


def test_the_longest_due_comes_first_then_the_dearest(folder: Path, game: Transcript) -> None:
    profile = Profile.load(folder)
    one, two, three = moves_of(game)[:3]
    profile.add_moments(game, [Lost(one, 1, "mistake", 6.0), Lost(two, 2, "blunder", 20.0)], TODAY)
    profile.add_moments(game, [Lost(three, 3, "blunder", 30.0)], TODAY + DAY)
    assert [m.entry for m in profile.due(TODAY + 9 * DAY)] == [two, one, three]


@pytest.mark.long
def test_a_later_review_of_a_moment_leaves_its_days(folder: Path, game: Transcript) -> None:
    profile = filled(folder, game)
    [moment] = profile.book.moments
    profile.tried(moment.id, TODAY + DAY, 0.0)
    [again] = profile.add_moments(game, [Lost(moment.entry, 3, "blunder", 14.0)], TODAY + 2 * DAY)
    assert (again.label, again.loss) == ("blunder", 14.0)
    assert (again.stage, again.due, len(again.tries)) == (1, TODAY + 4 * DAY, 1)


@pytest.mark.long
def test_what_is_not_there_cannot_be_kept_or_tried(folder: Path, game: Transcript) -> None:
    profile = Profile.load(folder)
    with pytest.raises(KeyError):
        profile.add_moments(game, [Lost(moves_of(game)[0], 1, "mistake", 5.0),
                                   Lost("e9999", 1, "mistake", 5.0)], TODAY)  # fmt: skip
    with pytest.raises(KeyError):
        profile.tried("nothing", TODAY, 0.0)
    assert profile.empty


# --- from a review ------------------------------------------------------------------------------


def reviewed(game: Transcript) -> model.Review:
    """A review of a game, its numbers made up, with one dear move and one cheap one."""
    option = model.Option("wait", "Wait", 50.0, 0.0, 8)

    def move(index: int, entry: str, loss: float, label: str) -> model.Move:
        return model.Move(
            index=index, entry=entry, phase="table", meeting=1, turn=index, table_turn=index,
            action="wait", action_label="Wait", radius=2.0, own="", event="", notices=(), said=(),
            thought=None, told="", before=50.0, before_low=48.0, before_high=52.0, worth=50 - loss,
            loss=loss, loss_low=0.0, stake=3.0, accuracy=80.0, skill=-loss, luck=0.0, label=label,
            marks=(), best=option, options=(option,), trust=(), causes=(),
            principle="principle_price" if loss else "", comfort=2.0, face_up=None,
        )  # fmt: skip

    one, two, three = moves_of(game)[:3]
    moves = (move(1, one, 12.5, "mistake"), move(2, two, 3.0, "good"), move(3, three, 0, "best"))
    moment = [model.Moment(n, "mistake", "A title", "A text", 12.5, "") for n in (1, 2, 1)]
    reads = tuple(
        model.Read("kang", "Kang", 3, 0.7, 0.5, 0.8, 0.1, 0.75, 0.05, True, scored)
        for scored in (True, False)
    )
    return model.Review(
        scenario=game.scenario, title="Seoul", transcript=digest_of(game), head=game.head,
        seed=game.seed, help="plain", blind=False, ended=True, hints=1, coached=2, undone=3,
        stage=1, stages=1, ending="agreement", ending_title="", deal="", score=100.0000001,
        par=55.0, skill=60.123, luck=1.0, parts=(),
        accuracy=model.Accuracy(81.239, {"table": 81.239}, ()), moves=moves, moments=tuple(moment),
        reads=reads, style=model.Style(0.31, 8, "between"),
        buyers=(model.Buyer("kang", "Kang", 0.8, "n", "w", "s"),), facts=(), principles=(), next=(),
        letter="",
    )  # fmt: skip


def test_what_is_kept_of_a_review(game: Transcript) -> None:
    kept = record_of(reviewed(game), game, TODAY)
    assert kept.key == (digest_of(played(game)), game.head)
    assert (kept.score, kept.skill, kept.accuracy) == (100.0, 60.12, 81.24)
    assert (kept.hints, kept.undos, kept.coach_words) == (1, 3, 2)
    assert kept.labels == {"best": 1, "good": 1, "mistake": 1}
    assert [(r.error, r.within) for r in kept.reads] == [(0.1, True), (None, None)]
    assert "A text" not in kept.model_dump_json()


def test_what_of_a_review_is_to_be_tried_again(folder: Path, game: Transcript) -> None:
    [lost] = lost_of(reviewed(game))
    assert (lost.entry, lost.loss, lost.label) == (moves_of(game)[0], 12.5, "mistake")
    [moment] = Profile.load(folder).add_moments(game, [lost], TODAY)
    assert moment.principle == "principle_price" and moment.due == TODAY + DAY
