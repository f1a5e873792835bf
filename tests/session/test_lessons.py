"""The table of the first lesson: a scenario like any other, but no card and in no statistics."""

from __future__ import annotations

from datetime import date
from itertools import chain
from pathlib import Path

import platformdirs
import pytest

from game.core.vocabulary import Ending
from game.review.keeping import keep
from game.review.review import review
from game.scenario.check import check
from game.scenario.library import lessons, shipped
from game.scenario.load import Loaded
from game.session.game import Game
from game.session.plays import play_through
from game.session.repeats import repeats, texts_of, voice_files
from tests.at_hand import at_hand

REACTIONS = {"closes", "cools", "still", "warms", "opens"}


@pytest.fixture(scope="module", params=list(lessons()))
def lesson(request: pytest.FixtureRequest) -> Loaded:
    return at_hand(lessons()[request.param])


def test_a_lesson_is_no_table_of_the_list() -> None:
    assert lessons() and not set(lessons()) & set(shipped())
    assert all(path.parent.name == "lessons" for path in lessons().values())


def test_nothing_is_wrong_with_it(lesson: Loaded) -> None:
    assert check([lessons()[lesson.scenario.scenario]]) == []
    assert lesson.main == f"{lesson.scenario.scenario}.yaml"


def test_it_goes_as_its_plays_say(lesson: Loaded) -> None:
    for play in lesson.scenario.plays.values():
        assert play_through(lesson, play).ended


def test_every_ending_has_its_letter_and_every_reaction_its_signs(lesson: Loaded) -> None:
    for voice in lesson.voices.values():
        assert voice is not None
        letters = {(one.on, one.trust) for one in voice.letters.values()}
        endings = [ending.name.lower() for ending in Ending if ending is not Ending.NONE]
        assert letters == {(e, t) for e in endings for t in ("low", "mid", "high")}
        assert {notice.on for notice in voice.notices.values()} == REACTIONS
        tells = {notice.tell for notice in voice.notices.values()}
        assert tells == {None, "easing", "tightening"}


@pytest.mark.long
def test_nobody_else_says_its_words() -> None:
    own = [text for path in lessons().values() for text in texts_of(path)]
    own += [text for path in lessons().values() for text in chain.from_iterable(
        texts_of(voice) for voice in sorted((path.parent / "voices").glob("*.yaml")))]  # fmt: skip
    others = [text for path in shipped().values() for text in texts_of(path)]
    others += [text for path in voice_files() for text in texts_of(path)]
    mine = {text.file for text in own}
    assert [r for r in repeats([*own, *others]) if mine & {r.one.file, r.other.file}] == []


def test_its_review_is_there_and_the_profile_is_told_nothing(
    lesson: Loaded, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(platformdirs, "user_data_dir", lambda *args, **more: str(tmp_path))
    play = lesson.scenario.plays["as_suggested"]
    game = Game(lesson, play.seed)
    for move in play.moves:
        game.play(move)
    found = next(review(game))
    assert len(found.moves) == len(play.moves)
    kept = keep(found, game, date(2026, 3, 9))
    assert kept.lesson and kept.problem is None and not kept.moments
    assert list(tmp_path.rglob("*")) == []
