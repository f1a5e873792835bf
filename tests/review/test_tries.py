"""What a try was worth: the number that a review of that line gives, and whose moment it was."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from game.policies.worth import REVIEW_STAGES, Stage
from game.review.profile import Lost, Profile
from game.review.review import review
from game.review.tries import TryResult, first_move, moment_tried, try_loss
from game.session.game import Game
from game.session.seating import Settings
from game.session.transcript import Transcript, load_transcript
from tests.review.playing import at_turn, played
from tests.session.tables import finished

ROOT = Path(__file__).parents[2]
SEOUL = ROOT / "tests/golden/seoul.lunch.json"
QUICK = (Stage(8), Stage(32, 8))
TODAY = date(2026, 3, 2)


def seoul() -> Transcript:
    return load_transcript(SEOUL)


def moves_of(transcript: Transcript) -> list[str]:
    return [entry.id for entry in transcript.path() if entry.kind == "action"]


def trying(transcript: Transcript, entry: str, *actions: str, fresh: bool = False) -> Game:
    game = Game.resume(transcript)
    game.try_again(entry, fresh)
    for action in actions:
        game.play(action)
    return game


def as_reviewed(game: Game, entry: str, stages: tuple[Stage, ...]) -> tuple[float, float, str]:
    """Loss, lower bound and strongest move, as the review of the line gives them."""
    *_, found = review(game, stages=stages)
    move = next(move for move in found.moves if move.entry == entry)
    return move.loss, move.loss_low, move.best.action


# --- the loss -----------------------------------------------------------------------------------


@pytest.mark.long
@pytest.mark.parametrize("fresh", [False, True])
def test_it_is_the_loss_that_the_reviews_last_answer_gives(fresh: bool) -> None:
    game = trying(seoul(), moves_of(seoul())[4], "quote:41", "wait", fresh=fresh)
    first = first_move(game)
    assert first is not None and first.text == "quote:41" and first is game.turns[-2]
    found = try_loss(game)
    assert (found.loss, found.low, found.best) == as_reviewed(game, first.entry, REVIEW_STAGES)
    assert (found.entry, found.action, found.label) == (first.entry, first.text, first.label)
    assert 0 <= found.low <= found.loss


@pytest.mark.long
@pytest.mark.parametrize("scenario", ["toronto-committee", "paris"])
def test_it_agrees_at_every_kind_of_moment(scenario: str) -> None:
    """Before the meeting, at the table, and whatever else the game came to."""
    game = finished(scenario, 4)
    by_phase: dict[str, str] = {}
    *_, whole = review(game, stages=(Stage(2),))
    for move in whole.moves:
        by_phase.setdefault(move.phase, move.entry)
    assert len(by_phase) > 1
    for entry in by_phase.values():
        tried = trying(game.transcript.at(game.transcript.head), entry)
        tried.play(tried.legal()[-1])
        first = first_move(tried)
        assert first is not None
        found = try_loss(tried, QUICK)
        assert (found.loss, found.low, found.best) == as_reviewed(tried, first.entry, QUICK)


@pytest.mark.long
def test_what_follows_the_first_move_changes_nothing() -> None:
    at = moves_of(seoul())[3]
    short = trying(seoul(), at, "wait")
    long = trying(seoul(), at, "wait", "greet", "wait")
    assert try_loss(short, QUICK) == try_loss(long, QUICK)
    assert try_loss(trying(seoul(), at, "greet"), QUICK) != try_loss(short, QUICK)


@pytest.mark.long
def test_the_same_move_tried_again_loses_the_same() -> None:
    game = Game.resume(seoul())
    third = game.turns[2]
    *_, found = review(game, stages=QUICK)
    move = next(move for move in found.moves if move.entry == third.entry)
    again = try_loss(trying(seoul(), third.entry, third.text), QUICK)
    assert (again.loss, again.low) == (move.loss, move.loss_low)


@pytest.mark.long
def test_an_exam_is_weighed_like_any_other_game() -> None:
    exam = finished("osaka", 3, Settings("exam"))
    tried = trying(exam.transcript, moves_of(exam.transcript)[1], "wait")
    plain = finished("osaka", 3)
    other = trying(plain.transcript, moves_of(plain.transcript)[1], "wait")
    assert replace(try_loss(tried, QUICK), entry="") == replace(try_loss(other, QUICK), entry="")


@pytest.mark.long
def test_without_a_first_move_there_is_nothing_to_weigh() -> None:
    for game in (Game.resume(seoul()), trying(seoul(), moves_of(seoul())[0])):
        assert first_move(game) is None
        with pytest.raises(ValueError, match="nothing has been tried yet"):
            try_loss(game, QUICK)


@pytest.mark.long
def test_a_first_move_that_was_taken_back_is_no_longer_the_first() -> None:
    game = trying(seoul(), moves_of(seoul())[4], "wait")
    game.undo()
    assert first_move(game) is None
    game.play("greet")
    first = first_move(game)
    assert first is not None and first.text == "greet"
    assert try_loss(game, QUICK).action == "greet"


@pytest.mark.long
def test_what_a_designer_approves_passes_and_costs_nothing() -> None:
    game, entry = played("toronto-second", 1, planted=at_turn(1, 2, "quote:118"))
    tried = trying(game.transcript, entry, "quote:118")
    before = try_loss(tried, QUICK)
    assert before.loss > 4 and before.counted == round(before.loss, 2) and not before.passed
    teaching = tried.scenario.teaching
    assert teaching is not None
    allowed = teaching.model_copy(update={"approves": ["quote:118 when turn = 2"]})
    tried.scenario = tried.scenario.model_copy(update={"teaching": allowed})
    after = try_loss(tried, QUICK)
    assert (after.loss, after.approved) == (before.loss, True)
    assert after.counted == 0 and after.passed


@pytest.mark.parametrize(("loss", "passed"), [(0.0, True), (4.0, True), (4.01, False), (30, False)])
def test_a_try_passes_within_four_points(loss: float, passed: bool) -> None:
    found = TryResult("e9", "wait", "Wait", loss, 0.0, False, "greet", "Greet")
    assert found.passed is passed and found.counted == loss


# --- the moment ---------------------------------------------------------------------------------


def kept(transcript: Transcript, *entries: str, folder: Path = Path("/nowhere")) -> Profile:
    profile = Profile(folder)
    lost = [Lost(entry, 3, "mistake", 9.5) for entry in entries]
    profile.add_moments(transcript, lost, TODAY)
    return profile


@pytest.mark.long
def test_the_moment_of_a_try_is_found_by_its_game_and_entry() -> None:
    one, two, *_ = moves_of(seoul())
    profile = kept(seoul(), one, two)
    for entry, moment in zip((one, two), profile.book.moments, strict=True):
        assert moment_tried(profile.book, trying(seoul(), entry)) == moment
        assert moment_tried(profile.book, trying(seoul(), entry, "wait", fresh=True)) == moment


def test_later_tries_in_the_file_do_not_hide_it() -> None:
    entry = moves_of(seoul())[2]
    profile = kept(seoul(), entry)
    game = trying(seoul(), entry, "wait", "wait")
    for fresh in (True, False):
        game.try_again(entry, fresh)
        game.play("wait")
    assert moment_tried(profile.book, game) == profile.book.moments[0]


@pytest.mark.long
def test_neither_the_original_nor_another_move_nor_another_game_is_a_try_of_it() -> None:
    entry, other, *_ = moves_of(seoul())
    profile = kept(seoul(), entry)
    assert moment_tried(profile.book, Game.resume(seoul())) is None
    assert moment_tried(profile.book, trying(seoul(), other, "wait")) is None
    assert moment_tried(Profile(Path("/nowhere")).book, trying(seoul(), entry)) is None
    same_ids = finished("seoul", 12).transcript
    assert entry in moves_of(same_ids)
    assert moment_tried(profile.book, trying(same_ids, entry)) is None


@pytest.mark.long
def test_a_game_that_was_reviewed_in_the_middle_of_its_file_is_known() -> None:
    """What was reviewed is the game up to its head; the file went on."""
    whole = seoul()
    entry, head = moves_of(whole)[1], moves_of(whole)[5]
    profile = Profile(Path("/nowhere"))
    profile.add_moments(whole, [Lost(entry, 2, "mistake", 9.5)], TODAY, head)
    assert moment_tried(profile.book, trying(whole, entry)) == profile.book.moments[0]
