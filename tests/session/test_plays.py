"""Scripted playthroughs: every shipped scenario has some, and their events come in order.

The transcripts in tests/golden are games that anybody can play on with. If the rules were meant
to change: python -m tests.session.regenerate
"""

from __future__ import annotations

import json
from functools import cache

import pytest

from game.core.vocabulary import Ending
from game.scenario.compile import compile_rules
from game.scenario.library import shipped
from game.scenario.model import Play
from game.session.event_words import known_events
from game.session.game import Game
from game.session.plays import (
    Played,
    PlayError,
    events_of,
    missing,
    play_through,
)
from game.session.transcript import load_transcript
from tests.session.regenerate import GOLDEN, TABLE, game_of, kept
from tests.session.tables import SHIPPED, game, loaded

PLAYS = [(name, key) for name in SHIPPED for key in loaded(name).scenario.plays]
KEPT = json.loads(TABLE.read_text(encoding="utf-8"))


@cache
def played(name: str, key: str) -> Played:
    return play_through(loaded(name), loaded(name).scenario.plays[key])


@pytest.mark.parametrize("name", SHIPPED)
def test_every_shipped_scenario_has_a_play_that_ends(name: str) -> None:
    plays = loaded(name).scenario.plays
    assert plays, f"{name} has no play"
    first = next(iter(plays))
    assert played(name, first).ended
    assert len(plays[first].moves) >= 6
    assert len(plays[first].events) >= 4


@pytest.mark.parametrize(("name", "key"), PLAYS)
def test_the_events_of_a_play_come_in_order(name: str, key: str) -> None:
    happened = played(name, key).events
    assert missing(loaded(name).scenario.plays[key].events, happened) == "", happened


@pytest.mark.parametrize(("name", "key"), PLAYS)
def test_a_play_expects_only_events_that_there_are(name: str, key: str) -> None:
    scenario = loaded(name).scenario
    rules = compile_rules(scenario, loaded(name).machine, loaded(name).moves)
    known = known_events(rules)
    assert set(scenario.plays[key].events) <= known
    assert set(played(name, key).events) <= known


def test_plays_and_what_came_of_them_are_those_of_the_golden_file() -> None:
    assert list(KEPT) == list(shipped())
    for name in SHIPPED:
        assert list(KEPT[name]) == list(loaded(name).scenario.plays)
    assert {
        name: {key: kept(played(name, key)) for key in loaded(name).scenario.plays}
        for name in SHIPPED
    } == KEPT


def events_at(play: Game) -> tuple[str, ...]:
    """The events of a game that is over."""
    ending = int(Ending.NONE)
    found: list[str] = []
    for truth in play.truths():
        found += events_of(play.rules, truth.happening, ending)
        ending = truth.happening.ending
    return tuple(found)


@pytest.mark.long
@pytest.mark.parametrize("name", SHIPPED)
def test_a_golden_transcript_is_the_first_play(name: str) -> None:
    key, play = next(iter(loaded(name).scenario.plays.items()))
    transcript = load_transcript(GOLDEN / f"{name}.lunch.json")
    assert (transcript.scenario, transcript.seed) == (name, play.seed)
    again = Game.resume(transcript)
    assert events_at(again) == played(name, key).events
    fresh = game_of(loaded(name), play)
    assert [turn.text for turn in again.turns] == [turn.text for turn in fresh.turns]
    assert events_at(fresh) == events_at(again)
    for name_of, value in KEPT[name][key]["outcome"].items():
        assert round(getattr(again.outcome(), name_of)[0].item(), 4) == value


def test_no_golden_transcript_belongs_to_nobody() -> None:
    found = {path.name.removesuffix(".lunch.json") for path in GOLDEN.glob("*.lunch.json")}
    assert found == set(SHIPPED)


@pytest.mark.parametrize(
    ("expected", "lost"),
    [
        ([], ""),
        (["told:a", "agreement"], ""),
        (["counters", "counters"], "counters"),
        (["agreement", "told:a"], "told:a"),
        (["state:wary"], ""),
        (["state:wary@b"], ""),
        (["state:wary@c"], "state:wary@c"),
        (["demand", "signed"], ""),
        (["demand:lamp"], "demand:lamp"),
        (["told"], "told"),
    ],
)
def test_expected_events_come_in_order_with_anything_between(
    expected: list[str], lost: str
) -> None:
    happened = ["told:a", "state:wary@b", "counters", "demand:ship", "signed", "agreement"]
    assert missing(expected, happened) == lost


def test_a_move_that_cannot_be_made_is_named() -> None:
    with pytest.raises(PlayError, match="move 2, “concede”, cannot be made then"):
        play_through(loaded("osaka"), Play(moves=["wait", "concede"]))
    with pytest.raises(PlayError, match="“greet”, cannot be made while you still prepare") as first:
        play_through(loaded("osaka"), Play(moves=["greet"]))
    assert first.value.preparing and {"prepare_objectives", "wait"} <= set(first.value.could)
    with pytest.raises(PlayError, match="move 1, “sing”"):
        play_through(loaded("osaka"), Play(moves=["sing"]))


def test_another_seed_is_another_play() -> None:
    moves = ["wait", *["wait"] * 8]
    events = {play_through(loaded("osaka"), Play(moves=moves, seed=s)).events for s in range(6)}
    assert len(events) > 1


def test_a_play_is_the_solo_game_of_its_seed() -> None:
    play = Play(moves=["wait", "greet", "ask_direct:delivery", "part"], seed=3)
    over = game("osaka", 3)
    for move in play.moves:
        over.play(move)
    assert events_at(over) == play_through(loaded("osaka"), play).events
