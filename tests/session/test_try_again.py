"""Trying again: every line is kept, the original is never altered, chance is as it was asked."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import pytest

from game.scenario.diagnostics import ScenarioError
from game.session.branches import Line
from game.session.game import Game
from game.session.moments import GameError
from game.session.notation import ActionError
from game.session.seating import HELP_LEVELS, Settings
from game.session.transcript import load_transcript, read_transcript
from game.session.tries import comparison, go_on, move_named, moves_there_are, original
from tests.marks import spread, tables
from tests.session.regenerate import GOLDEN
from tests.session.tables import SHIPPED, finished, game, wander
from tests.session.test_game import same_state
from tests.session.test_transcript import code_of, signed


def to_the_end(play: Game, seed: int) -> Game:
    for _ in wander(play, random.Random(seed)):
        pass
    return play


def moves_of(play: Game) -> list[str]:
    return [e.id for e in play.transcript.entries if e.kind in ("prepare", "action")]


@pytest.mark.parametrize("name", tables())
def test_the_same_moves_with_the_same_luck_are_the_same_game(name: str) -> None:
    over = finished(name, 5)
    again = Game.at(over.transcript, over.transcript.head)
    turns = over.turns
    tried = turns[len(turns) // 2]
    again.try_again(tried.entry)
    assert [t.text for t in again.turns] == [t.text for t in turns[: turns.index(tried)]]
    for turn in turns[turns.index(tried) :]:
        now = again.play(turn.text)
        assert (now.own, now.notices, now.said, now.boss) == (
            turn.own, turn.notices, turn.said, turn.boss,
        )  # fmt: skip
    assert again.ended and same_state(again, over)


def test_fresh_luck_is_another_luck_after_the_same_beginning() -> None:
    different = 0
    for seed in range(12):
        play = game("seoul", seed)
        for move in ("wait", "greet", "ask_history", "wait"):
            play.play(move)
        first = play.turns
        play.try_again(first[2].entry, fresh=True)
        assert play.turns == first[:2]
        different += play.play("ask_history").notices != first[2].notices
        play.try_again(first[2].entry, fresh=True)
        keys = list(play.transcript.branches.values())
        assert len({*keys, play.seed}) == 3
    assert different >= 3


@pytest.mark.long
def test_lines_say_where_they_leave_and_what_they_try() -> None:
    play = game("seoul", 5)
    assert play.transcript.lines() == [Line("")]
    for move in ("wait", "greet", "ask_history"):  # e1 e2 e3
        play.play(move)
    play.undo()  # e4
    assert play.transcript.lines() == [Line("e4"), Line("e3", "e2", undone=True)]
    play.play("wait")  # e5
    play.try_again("e2")  # e6
    play.try_again("e2", fresh=True)  # e7
    play.play("small_talk:press")  # e8
    play.play("wait")  # e9
    play.try_again("e9")  # e10
    play.play("greet")  # e11
    play.undo()  # e12
    play.play("wait")  # e13
    lines = play.transcript.lines()
    assert lines == [
        Line("e5"),
        Line("e3", "e2", undone=True),
        Line("e9", "e1", "e2", fresh=True),
        Line("e11", "e10", "e9", undone=True),
        Line("e13", "e8", "e9"),
    ]
    assert [line.original for line in lines] == [True, False, False, False, False]
    assert (play.transcript.original, play.transcript.trying) == ("e5", "e10")
    played = [[t.text for t in Game.at(play.transcript, line.head).turns] for line in lines]
    assert played == [
        ["wait", "greet", "wait"],
        ["wait", "greet", "ask_history"],
        ["wait", "small_talk:press", "wait"],
        ["wait", "small_talk:press", "greet"],
        ["wait", "small_talk:press", "wait"],
    ]


def test_a_try_of_a_try_has_its_luck_and_leaves_where_it_left() -> None:
    play = game("seoul", 5)
    for move in ("wait", "greet", "wait"):
        play.play(move)
    play.try_again("e2", fresh=True)  # e4
    play.play("ask_history")  # e5
    play.try_again("e5")  # e6
    assert play.transcript.entries[-1].parent == "e1"
    assert play.transcript.branches["e6"] == play.transcript.branches["e4"]


def test_an_event_that_was_to_come_still_comes() -> None:
    play = game("seoul", 3)
    play.play("wait")
    play.event("line_two_stops")
    turn = play.play("wait")
    play.play("greet")
    play.try_again(turn.entry)
    assert play.play("greet").event == turn.event != ""


def test_undo_in_a_try_stays_in_it() -> None:
    play = game("seoul", 5)
    for move in ("wait", "greet", "ask_history"):
        play.play(move)
    play.undo()
    play.play("wait")
    head = play.transcript.head
    play.try_again("e2")
    assert play.undone == 0
    with pytest.raises(GameError, match="nothing to take back"):
        play.undo()
    first = play.play("ask_history")
    play.undo()
    assert [t.text for t in play.turns] == ["wait"]
    assert play.play("ask_history").notices == first.notices  # the first return: the same luck
    assert play.undone == 1
    assert play.transcript.original == head
    assert Game.at(play.transcript, head).undone == 1


def test_an_exam_is_tried_again_only_after_its_end_and_stays_as_it_was() -> None:
    exam = game("osaka", 2, Settings("exam"))
    exam.play("wait")
    with pytest.raises(GameError, match="exam"):
        exam.try_again("e1")
    assert [e.kind for e in exam.transcript.entries] == ["prepare"]
    to_the_end(exam, 2)
    result, turns = float(exam.outcome().score[0]), exam.turns
    exam.try_again(turns[3].entry)
    exam.play("wait")
    with pytest.raises(GameError, match="nothing is taken back"):
        exam.undo()
    with pytest.raises(GameError, match="Hints"):
        exam.hint()
    exam.try_again(turns[2].entry, fresh=True)  # another one, before this one is over
    first = original(exam)
    assert first.turns == turns and float(first.outcome().score[0]) == result
    assert first.settings == Settings("exam") and (first.undone, first.hints) == (0, 0)


@pytest.mark.parametrize("entry", ["", "e99", "e2", "hello"])
def test_only_moves_are_tried_again(entry: str) -> None:
    play = game("seoul", 5)
    play.play("wait")
    play.read(0.4, 0.5)  # e2
    before = play.transcript.as_json()
    with pytest.raises(GameError, match="no move"):
        play.try_again(entry)
    assert play.transcript.as_json() == before


def test_a_game_at_an_entry_is_a_copy() -> None:
    over = finished("rotterdam", 3)
    before = over.transcript.as_json()
    middle = over.turns[4].entry
    there = Game.at(over.transcript, middle)
    assert there.turns == over.turns[:5]
    there.play(there.legal()[0])
    there.try_again(middle)
    assert over.transcript.as_json() == before
    with pytest.raises(KeyError):
        Game.at(over.transcript, "e999")


@pytest.mark.long
@pytest.mark.parametrize("name", spread(SHIPPED))
def test_whatever_is_tried_is_read_back_and_the_original_stays(name: str, tmp_path: Path) -> None:
    """Random play, then random tries with undos, reads and returns to other lines between."""
    luck = random.Random(name)
    play = finished(name, 7)
    turns, score = play.turns, float(play.outcome().score[0])
    head = play.transcript.head
    path = tmp_path / "x.lunch.json"
    for _ in range(4):
        play.try_again(luck.choice(moves_of(play)), luck.random() < 0.5)
        for _ in range(luck.randrange(12)):
            if play.ended:
                break
            kind = luck.random()
            try:
                if kind < 0.15:
                    play.undo()
                elif kind < 0.25:
                    play.read(luck.random(), 0.5)
                else:
                    play.play(luck.choice(play.legal()))
            except GameError as problem:
                assert "nothing to take back" in str(problem)
        play.transcript.save(path)
        read = load_transcript(path)
        assert read == play.transcript and read.lines() == play.transcript.lines()
        again = Game.resume(read)
        assert same_state(again, play) and again.turns == play.turns
        assert (again.undone, again.hints) == (play.undone, play.hints)
        play = again
    lines = play.transcript.lines()
    assert [line.head for line in lines if line.original] == [head]
    assert {line.head for line in lines} <= {e.id for e in play.transcript.entries}
    for line in lines:
        there = Game.at(play.transcript, line.head)
        shared = {e.id for e in there.transcript.path()}
        assert line.parent_branch in {"", *shared}
        if line.original:
            assert there.turns == turns and float(there.outcome().score[0]) == score
        elif line.tried:
            before = Game.at(play.transcript, line.tried).turns[:-1]
            begun = there.transcript.path(there.transcript.trying)
            prefix = [t for t in there.turns if t.entry in {e.id for e in begun}]
            assert [t.text for t in prefix] == [t.text for t in before]


def tried_file() -> dict[str, Any]:
    play = game("seoul", 5)
    for move in ("wait", "greet", "ask_history"):
        play.play(move)
    play.try_again("e3")  # e4
    play.play("wait")  # e5
    play.try_again("e2", fresh=True)  # e6
    play.play("wait")  # e7
    body: dict[str, Any] = json.loads(json.dumps(play.transcript.as_json()))
    assert read_transcript(signed(body)) == play.transcript
    return body


@pytest.mark.parametrize(
    ("number", "change"),
    [
        (4, {"try": "e9"}),
        (4, {"try": "e5"}),  # of what comes after it
        (4, {"try": "e2"}),  # of another moment
        (4, {"try": 3}),
        (4, {"try": ["e3"]}),
        (4, {"try": None}),
        (4, {"fresh": 1}),
        (4, {"fresh": None}),
        (4, {"parent": "e3"}),
        (4, {"kind": "read"}),
        (5, {"fresh": True}),
        (5, {"try": "e3"}),
        (5, {"coach": "coach_great"}),
        (5, {"kind": "hint"}),
        (5, {"kind": "hint", "coach": 3}),
        (5, {"kind": "hint", "hint": "pace", "coach": "coach_great"}),
    ],
)
def test_a_try_that_cannot_be_is_damage(number: int, change: dict[str, object]) -> None:
    body = tried_file()
    body["entries"][number - 1] |= change
    with pytest.raises(ScenarioError) as refused:
        read_transcript(signed(body))
    assert code_of(refused) == "R002"
    assert f"entry e{number}" in refused.value.diagnostics[0].message


@pytest.mark.parametrize("branches", [{"e6": 7}, {"e4": 5}, {"e4": 6, "e6": 7}])
def test_a_try_without_its_chance_is_damage(branches: dict[str, int]) -> None:
    body = tried_file()
    with pytest.raises(ScenarioError, match="branch e") as refused:
        read_transcript(signed(body | {"branches": branches}))
    assert code_of(refused) == "R002"


@pytest.mark.parametrize("settings", [{"coach": 1}, {"coach": "yes"}, {"coach": True}])
def test_settings_that_cannot_be_are_damage(settings: dict[str, object]) -> None:
    body = tried_file()
    body["settings"] |= {"help": "exam"} | settings
    with pytest.raises(ScenarioError, match="coach is") as refused:
        read_transcript(signed(body))
    assert code_of(refused) == "R002"


@pytest.mark.parametrize("name", SHIPPED)
def test_older_files_are_read_and_written_as_before(name: str) -> None:
    path = GOLDEN / f"{name}.lunch.json"
    raw = path.read_text(encoding="utf-8")
    assert '"coach"' not in raw and '"try"' not in raw
    transcript = load_transcript(path)
    assert transcript.settings.coach is False
    assert transcript.lines() == [Line(transcript.head)]
    assert transcript.as_json() == json.loads(raw)


# --- which move, and what came of it --------------------------------------------------------------


def test_moves_are_named_by_turn_by_meeting_and_by_entry() -> None:
    play = game("seoul", 12)
    for move in ("prepare_history", "wait", "greet", "part", "wait", "greet", "wait"):
        play.play(move)
    assert [(t.meeting, t.number) for t in play.turns if t.number] == [
        (1, 1), (1, 2), (2, 1), (2, 2),
    ]  # fmt: skip
    names = {"1": "e3", "03": "e6", "2.2": "e7", "1.02": "e4", "e1": "e1", "e5": "e5"}
    assert {name: move_named(play, name) for name in names} == names
    for name in ("0", "5", "0.1", "1.3", "3.01", "-1", "e8", "", "²", "x", "9" * 30):
        with pytest.raises(GameError, match="no turn or move"):
            move_named(play, name)
    assert moves_there_are(play) == "a turn from 1 to 4, or an entry: e1, e2, e3, e4, e5, e6, e7"
    play.try_again("e3")
    play.play("ask_history")  # e9: turns are still those of the original
    assert move_named(play, "1") == "e3" and move_named(play, "e9") == "e9"
    assert "played" in moves_there_are(game("seoul"))


def test_a_try_is_compared_with_the_original() -> None:
    play = finished("seoul", 4)
    assert comparison(play) is None
    score = float(play.outcome().score[0])
    third = play.turns[4]
    play.try_again(third.entry, fresh=True)
    waiting = comparison(play)
    assert waiting is not None and waiting.instead is None and waiting.score is None
    assert (waiting.tried.text, waiting.fresh, waiting.original) == (third.text, True, score)
    turn = play.play("wait")
    to_the_end(play, 9)
    found = comparison(play)
    assert found is not None and found.instead == turn
    assert found.number == [t.entry for t in play.turns if t.number].index(turn.entry) + 1
    assert found.score == float(play.outcome().score[0])
    stands = go_on(play.transcript)  # the try is over: the first line is gone on with
    assert stands.transcript.head == play.transcript.original and stands.ended


def test_while_the_original_is_open_a_try_has_nothing_to_be_measured_by() -> None:
    play = game("osaka", 4)
    play.play("wait")
    play.play("greet")
    play.try_again("e2")
    to_the_end(play, 4)
    found = comparison(play)
    assert found is not None and found.original is None and found.score is not None
    stands = go_on(play.transcript)
    assert not stands.ended and [t.text for t in stands.turns] == ["wait", "greet"]


# --- the coach ------------------------------------------------------------------------------------


def test_a_coach_gives_hints_in_plain_play_and_his_words_are_counted_apart() -> None:
    play = game("seoul", 5, Settings(coach=True))
    play.play("wait")
    assert play.hint()
    play.play("greet")
    said = play.coach("coach_great")
    assert said and (play.hints, play.coached, play.undone) == (1, 1, 0)
    with pytest.raises(KeyError):
        play.coach("no_such_word")
    assert play.transcript.entries[-1].data == {"coach": "coach_great"}
    play.undo()
    play.play("wait")
    assert (play.hints, play.coached, play.undone) == (1, 1, 1)
    again = Game.resume(read_transcript(signed(play.transcript.as_json())))
    assert again.settings.coach and (again.hints, again.coached) == (1, 1)
    again.try_again("e3")
    assert (again.hints, again.coached, again.undone) == (0, 0, 0)


def test_words_of_the_coach_change_no_hint() -> None:
    one, two = (game("seoul", 5, Settings("guided", coach=True)) for _ in range(2))
    for play in (one, two):
        play.play("wait")
        play.play("greet")
    two.coach("coach_great")
    assert [one.hint() for _ in range(4)] == [two.hint() for _ in range(4)]


def test_nobody_coaches_in_an_exam_or_unasked() -> None:
    with pytest.raises(ValueError, match="exam"):
        Settings("exam", coach=True)
    for level in HELP_LEVELS:
        play = game("seoul", 5, Settings(level))
        with pytest.raises(GameError, match="Nobody coaches"):
            play.coach("coach_great")
        assert play.coached == 0 and not play.transcript.entries


def test_a_wrong_move_in_a_try_changes_nothing() -> None:
    play = finished("seoul", 5)
    play.try_again(play.turns[3].entry)
    entries = len(play.transcript.entries)
    with pytest.raises(ActionError):
        play.play("gret")
    assert len(play.transcript.entries) == entries
