"""Trying again in text play: from a file, to the end, kept beside the first line."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from game.cli import main
from game.session.game import Game
from game.session.seating import Settings
from game.session.transcript import load_transcript
from tests.session.tables import finished, game

pytestmark = pytest.mark.long

Call = Callable[..., tuple[int, str, str]]
_SCORES = re.compile(
    r"^The first line +(\d+\.\d|still open)\nThis line +(\d+\.\d)(?:  \(([+-]\d+\.\d)\))?$", re.M
)


@pytest.fixture
def over(tmp_path: Path) -> Path:
    path = tmp_path / "x.lunch.json"
    finished("seoul", 12).transcript.save(path)
    return path


@pytest.fixture
def call(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Call:
    """Runs a command with piped lines: its status, what it printed, what it complained of."""

    def calling(*words: str | Path, lines: str = "") -> tuple[int, str, str]:
        text = "".join(f"{line}\n" for line in lines.split())
        monkeypatch.setattr("sys.stdin", io.StringIO(text))
        status = main([str(word) for word in words])
        shown = capsys.readouterr()
        return status, shown.out, shown.err

    return calling


@pytest.mark.parametrize("fresh", [False, True])
def test_a_try_is_played_to_its_end_kept_and_compared(over: Path, fresh: bool, call: Call) -> None:
    before = load_transcript(over)
    words = ["play", "--resume", over, "--try", "3", *(["--fresh"] if fresh else [])]
    status, out, err = call(*words, lines="ask_history " + "w " * 40)
    assert (status, err) == (0, "")
    assert "Back just before turn 3. The first time you did this:" in out
    after = load_transcript(over)
    assert after.entries[: len(before.entries)] == before.entries
    first, tried = after.lines()
    assert (first.head, tried.fresh) == (before.head, fresh)
    assert after.original == before.head and after.settings == before.settings
    scores = _SCORES.search(out)
    assert scores is not None and "Tried again" in out and "kept beside the first" in out
    for head, shown in ((first.head, scores[1]), (tried.head, scores[2])):
        assert f"{float(Game.at(after, head).outcome().score[0]):.1f}" == shown
    assert float(scores[3]) == pytest.approx(float(scores[2]) - float(scores[1]))
    assert ("fresh luck" in out) is fresh and ("luck of the first time" in out) is not fresh
    assert out.rstrip().endswith(f"Saved in {over}")


def test_a_try_left_in_the_middle_is_gone_on_with(over: Path, call: Call) -> None:
    status, out, _ = call("play", "--resume", over, "--try", "1.04", lines="w")
    assert status == 0 and f"play --text --resume {over}" in out and "Tried again" not in out
    assert load_transcript(over).trying
    status, out, _ = call("play", "--resume", over, lines="w " * 40)
    assert status == 0 and "Going on where you stopped." in out and _SCORES.search(out)
    status, out, _ = call("play", "--resume", over)  # and now it is the first line's turn again
    assert status == 0 and "Any turn can be played another way" in " ".join(out.split())
    assert "Tried again" not in out


def test_replay_shows_the_original_line(over: Path, call: Call) -> None:
    _, first, _ = call("replay", over)
    call("play", "--resume", over, "--try", "2", lines="w " * 40)
    assert call("replay", over) == (0, first, "")


def test_preparation_and_tries_of_tries_are_named_by_their_entry(over: Path, call: Call) -> None:
    status, out, _ = call("play", "--resume", over, "--try", "e1", lines="w " * 40)
    assert status == 0 and "Back just before this: " in out and "The first time: " in out
    (tried,) = [e for e in load_transcript(over).entries if e.tries]
    following = f"e{int(tried.id[1:]) + 2}"
    status, out, _ = call("play", "--resume", over, "--try", following, lines="1 " * 40)
    assert status == 0 and _SCORES.search(out)
    assert [line.tried for line in load_transcript(over).lines()] == ["", "e1", following]


def test_an_unfinished_game_can_be_tried_again_and_gone_on_with(tmp_path: Path, call: Call) -> None:
    path, play = tmp_path / "x.lunch.json", game("seoul", 3)
    for move in ("wait", "greet", "wait"):
        play.play(move)
    play.transcript.save(path)
    _, out, _ = call("play", "--resume", path, "--try", "1", lines="w " * 40)
    scores = _SCORES.search(out)
    assert scores is not None and scores[1] == "still open" and scores[3] is None
    _, out, _ = call("play", "--resume", path, lines="greet")
    assert [t.text for t in Game.resume(load_transcript(path)).turns] == [
        "wait", "greet", "wait", "greet",
    ]  # fmt: skip


def test_an_exam_is_tried_again_after_its_end_only(tmp_path: Path, call: Call) -> None:
    path, exam = tmp_path / "x.lunch.json", game("osaka", 3, Settings("exam"))
    exam.play("wait")
    exam.transcript.save(path)
    before = path.read_bytes()
    status, out, err = call("play", "--resume", path, "--try", "e1")
    assert (status, out) == (2, "") and "error[U001]: an exam that is not over" in err
    assert path.read_bytes() == before
    finished("osaka", 3, Settings("exam")).transcript.save(path)
    status, out, err = call("play", "--resume", path, "--try", "2", lines="u " + "w " * 40)
    assert status == 0 and _SCORES.search(out) and "nothing is taken back" in err


@pytest.mark.parametrize("turn", ["0", "99", "e999", "9.01", "greet", ""])
def test_a_turn_that_is_not_there_is_said_with_those_that_are(
    turn: str, over: Path, call: Call
) -> None:
    before = over.read_bytes()
    status, out, err = call("play", "--resume", over, "--try", turn)
    assert (status, out) == (2, "") and err.startswith("error[U001]: There is no turn or move")
    assert re.search(r"expected: a turn from 1 to \d+, or an entry: e1, e2, ", err)
    assert over.read_bytes() == before


@pytest.mark.parametrize("words", [["--try", "3"], ["--resume", "x.json", "--fresh"]])
def test_a_try_needs_a_game_and_a_turn(words: list[str], call: Call) -> None:
    status, out, err = call("play", *words)
    assert (status, out) == (2, "") and "error[U001]: a try needs a saved game" in err
