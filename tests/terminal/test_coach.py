"""The coach in text play: asked for or not at all, never taken for the buyer, counted."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from game.cli import main
from game.session.game import Game
from game.session.seating import HELP_LEVELS, Settings
from game.session.transcript import load_transcript
from game.session.words import ui
from game.terminal.play import Coach, TextPlay
from game.terminal.prompt import Prompt
from game.terminal.screen import Screen
from tests.session.tables import game as new_game


class Judge:
    """A coach who speaks after some of the moves, and remembers when he was asked."""

    def __init__(self, *words: str | None) -> None:
        self.words = list(words)
        self.asked: list[str] = []

    def __call__(self, game: Game) -> str | None:
        assert not game.ended
        self.asked.append(game.turns[-1].text)
        return self.words.pop(0) if self.words else None


def run(play: Game, lines: list[str], path: Path, coach: Coach | None) -> str:
    out = io.StringIO()
    screen = Screen(out, 80)
    prompt = Prompt(screen, io.StringIO("".join(line + "\n" for line in lines)))
    assert TextPlay(play, path, screen, prompt, coach).run() == 0
    return out.getvalue()


def paragraph(out: str, start: str) -> str:
    """A wrapped text, from its first words to the next empty line."""
    return " ".join(out[out.index(start) :].split("\n\n")[0].split())


def test_the_coach_speaks_after_a_move_and_apart_from_the_buyer(tmp_path: Path) -> None:
    play, path = new_game("seoul", 5, Settings(coach=True)), tmp_path / "x.json"
    judge = Judge(None, "coach_mistake", None)
    out = run(play, ["w", "greet", "ask_history"], path, judge)
    assert judge.asked == ["wait", "greet", "ask_history"]
    said = f"Coach: {ui('coach_mistake')}"
    assert paragraph(out, "Coach:") == said and out.count("Coach:") == 1
    assert f"“{ui('coach_mistake')}" not in out
    assert out.index("You: ") < out.index("Coach:") < out.index("Turn 2 of")
    entries = load_transcript(path).entries
    assert [(e.kind, e.data) for e in entries if e.kind == "hint"] == [
        ("hint", {"coach": "coach_mistake"})
    ]
    assert entries[-1].parent == entries[-2].id


def test_without_a_coach_in_the_settings_nobody_is_asked(tmp_path: Path) -> None:
    for level in HELP_LEVELS:
        play = new_game("seoul", 5, Settings(level))
        judge = Judge("coach_great", "coach_great")
        out = run(play, ["w", "greet"], tmp_path / f"{level}.json", judge)
        assert judge.asked == [] and "Coach" not in out and play.coached == 0


def test_a_coach_gives_hints_in_plain_play(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    play = new_game("seoul", 5, Settings(coach=True))
    out = run(play, ["w", "h", "?", "greet"], tmp_path / "x.json", None)
    assert play.hints == 1 and "h hint" in out and capsys.readouterr().err == ""
    assert " ".join(ui("coach_help").split()[:6]) in out
    alone = new_game("seoul", 5)
    out = run(alone, ["w", "h"], tmp_path / "y.json", None)
    assert alone.hints == 0 and "h hint" not in out
    assert "Hints belong to guided play." in capsys.readouterr().err


@pytest.mark.long
def test_hints_words_of_the_coach_and_undos_are_counted_at_the_end(tmp_path: Path) -> None:
    play = new_game("seoul", 5, Settings(coach=True))
    judge = Judge("coach_great", "coach_blunder", "coach_mistake")
    out = run(play, ["w", "h", "greet", "u", "h", *["w"] * 60], tmp_path / "x.json", judge)
    assert play.ended and (play.hints, play.coached, play.undone) == (2, 3, 1)
    for shown in ("Practice: 1 taken back.", "Hints taken: 2.", "Words of the coach: 3."):
        assert shown in out
    alone = run(new_game("seoul", 5), ["w"] * 60, tmp_path / "y.json", judge)
    assert "Six months later" in alone and "Words of the coach" not in alone


@pytest.mark.long
def test_a_game_gone_on_with_keeps_its_coach(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "x.lunch.json"
    words = ["play", "--text", "seoul", "--seed", "5", "--coach", "--save", str(path)]
    monkeypatch.setattr("sys.stdin", io.StringIO("w\nh\n"))
    assert main(words) == 0
    monkeypatch.setattr("sys.stdin", io.StringIO("h\n"))
    assert main(["play", "--resume", str(path)]) == 0
    read = load_transcript(path)
    assert read.settings == Settings(coach=True) and read.counts().hints == 2
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["seoul", "--coach", "--help-level", "exam"], "nobody coaches in an exam"),
        (["--coach", "--resume", "x.json"], "belong to a new game"),
    ],
)
def test_where_no_coach_may_sit(
    words: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["play", "--text", *words]) == 2
    shown = capsys.readouterr()
    assert shown.err.startswith("error[U001]") and said in shown.err and shown.out == ""
