"""Games at a pack's table: its move plays, its voice answers, and the saved game needs no pack."""

from __future__ import annotations

from pathlib import Path

import pytest

from game.analysis.settings import UsageError
from game.analysis.simulate import simulate
from game.cli import main
from game.review.review import review
from game.scenario.check import check
from game.scenario.load import load_scenario
from game.session.game import Game
from game.session.plays import missing, play_through
from game.session.seating import Settings
from game.session.transcript import load_transcript
from tests.packs import QUAYSIDE, zipped

MOVES = ("wait", "greet", "small_talk:boats", "walk_hull", "ask_history", "walk_hull")


def test_the_example_is_clean_in_both_forms(tmp_path: Path) -> None:
    assert check([QUAYSIDE]) == []
    assert check([zipped(tmp_path)]) == []


def test_a_new_move_is_played_and_answered_in_the_packs_words() -> None:
    game = Game(load_scenario(f"{QUAYSIDE}:winter-berth"), 5, Settings("guided"))
    for move in MOVES:
        game.play(move)
    walked = [turn for turn in game.turns if turn.text == "walk_hull"]
    assert len(walked) == 2
    assert walked[0].label == "Walk the hull with them"
    assert all(turn.own for turn in walked)
    assert {turn.said[0].id for turn in walked} <= {
        f"holm.say.hull_{key}" for key in ("sound", "names", "brush", "second")
    }
    assert "walk_hull" in {game.words.rules.actions[a] for a in game.legal()}


def test_a_new_move_weighs_what_the_pack_says() -> None:
    walked, waited = (Game(load_scenario(f"{QUAYSIDE}:winter-berth"), 5) for _ in range(2))
    for move in MOVES:
        walked.play(move)
        waited.play(move.replace("walk_hull", "wait"))
    trusts = [game.number("trust") for game in (walked, waited)]
    assert trusts[0] > trusts[1]


@pytest.mark.long
def test_a_saved_game_goes_on_and_is_reviewed_without_its_pack(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pack, saved = zipped(tmp_path), tmp_path / "game.lunch.json"
    game = Game(load_scenario(f"{pack}:winter-berth"), 5)
    for move in MOVES:
        game.play(move)
    game.transcript.save(saved)
    pack.unlink()
    again = Game.resume(load_transcript(saved))
    assert [t.said for t in again.turns] == [t.said for t in game.turns]
    assert again.rules.digest == game.rules.digest
    while not again.ended:
        again.play("walk_hull" if "walk_hull" in map(again.preview, again.legal()) else "wait")
    again.transcript.save(saved)
    assert main(["replay", str(saved)]) == 0
    assert "Walk the hull with them" in capsys.readouterr().out


@pytest.mark.parametrize("id", ["slipway", "winter-berth"])
def test_the_scripted_plays_of_a_pack_are_legal(id: str) -> None:
    loaded = load_scenario(f"{QUAYSIDE}:{id}")
    for play in loaded.scenario.plays.values():
        played = play_through(loaded, play)
        assert not missing(play.events, played.events) and play.events


def test_a_packs_seller_plays_and_a_shipped_one_still_does() -> None:
    own, shipped = (simulate(f"{QUAYSIDE}:slipway", p, 40, 1) for p in ("walker", "direct"))
    assert own.measures["score"].mean != shipped.measures["score"].mean
    with pytest.raises(UsageError):
        simulate("seoul", "walker", 40, 1)


@pytest.mark.long
def test_a_review_needs_no_pack_either(tmp_path: Path) -> None:
    pack = zipped(tmp_path)
    game = Game(load_scenario(f"{pack}:slipway"), 3)
    pack.unlink()
    while not game.ended:
        game.play(game.hand()[-1])
    *_, told = review(Game.resume(game.transcript))
    assert len(told.moves) == len(game.turns)
