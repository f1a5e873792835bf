"""Text play: whole games through a pipe, keys, what a screen may show, how it ends."""

from __future__ import annotations

import ast
import io
import random
import re
from pathlib import Path

import pytest

import game.terminal
from game.scenario.diagnostics import ScenarioError
from game.session.game import Game
from game.session.seating import Settings
from game.session.transcript import load_transcript
from game.terminal.play import TextPlay
from game.terminal.prompt import Prompt
from game.terminal.screen import Screen
from tests.session.tables import SHIPPED
from tests.session.tables import game as new_game

_ESCAPE = "\x1b"


def run(
    play: Game, lines: list[str], path: Path, width: int = 80, resumed: bool = False
) -> tuple[int, str]:
    """Play piped lines; the exit status and what was printed."""
    out = io.StringIO()
    screen = Screen(out, width)
    source = io.StringIO("".join(line + "\n" for line in lines))
    status = TextPlay(play, path, screen, Prompt(screen, source)).run(resumed)
    return status, out.getvalue()


def numbers(seed: int, count: int = 200) -> list[str]:
    """Lines as a restless player would type them."""
    luck = random.Random(seed)
    words = ["1", "2", "3", "4", "5", "6", "7", "w", "9", "12", "o\n2", "accept", "r", "n"]
    return "\n".join(luck.choice(words) for _ in range(count)).split("\n")


@pytest.mark.long
@pytest.mark.parametrize("name", SHIPPED)
@pytest.mark.parametrize("width", [80, 50])
def test_whole_games_through_a_pipe(name: str, width: int, tmp_path: Path) -> None:
    play = new_game(name, 3)
    path = tmp_path / "x.lunch.json"
    status, out = run(play, numbers(width), path, width)
    assert status == 0 and play.ended
    assert "Six months later" in out and "What moved trust" in out
    assert max(map(len, out.splitlines()[:-1])) <= width  # the last one is a path
    assert _ESCAPE not in out and "{" not in out and ": None" not in out
    assert not [line for line in out.splitlines() if line != line.rstrip()]
    assert load_transcript(path) == play.transcript


def test_a_number_an_action_and_a_key_are_understood(tmp_path: Path) -> None:
    play = new_game("seoul", 5)
    lines = ["prepare_history", "w", "small_talk:press", "1", "m 8 3", "n", "c", "b", "i", "r", "?"]
    _, out = run(play, lines, tmp_path / "x.json")
    assert [t.text for t in play.turns][:3] == ["prepare_history", "wait", "small_talk:press"]
    assert len(play.turns) == 4
    assert play.reads == {"kang": (0.8, 1.0)}
    for shown in ("Notebook", "Calendar", "To be agreed", "How we talk", "Marked: 0.80, sure."):
        assert shown in out


def test_the_briefing_names_the_city_and_then_the_places(tmp_path: Path) -> None:
    _, out = run(new_game("seoul", 5), ["q"], tmp_path / "x.json")
    assert re.search(r"Where you meet +Seoul\n +a tea house behind Insa-dong", out)


@pytest.mark.parametrize("asked", ["?promise", "? promise", "promise ?", "? 1"])
def test_an_action_is_told_at_length_without_being_made(
    asked: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    play = new_game("seoul", 5)
    _, out = run(play, ["w", asked], tmp_path / "x.json")
    assert len(play.turns) == 1 and capsys.readouterr().err == ""
    told = play.words.tempts(play.parse("promise"))
    assert (told in " ".join(out.split())) == ("promise" in asked)


def test_nonsense_is_answered_on_stderr_and_the_next_line_counts(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    play = new_game("seoul", 5)
    status, out = run(play, ["w", "gret", "99", "accept", "h", "", "greet"], tmp_path / "x.json")
    said = capsys.readouterr().err.splitlines()
    assert "Did you mean “greet”?" in said[0]
    assert re.match(r"There is no number 99 here; the list, shown by r, goes to \d+\.", said[1])
    assert said[2:] == ["“accept” cannot be done now.", "Hints belong to guided play."]
    assert status == 0 and [t.text for t in play.turns] == ["wait", "greet"]
    assert "Traceback" not in out


def test_a_package_is_put_together(tmp_path: Path) -> None:
    play = new_game("seoul", 5)
    whole = "price_eur=41;months=48;delivery=May;service=by telephone"
    lines = ["w", "o", "c", "1", "1", "2", "9", "3", "o", whole, "o", "1", "o", ""]
    run(play, lines, tmp_path / "x.json")
    texts = [t.text for t in play.turns if t.text.startswith("propose")]
    assert texts[0].endswith("months=48;delivery=April;service=an_engineer_on_site")
    assert texts[1] == "propose:" + whole.replace(" ", "_")
    assert len(texts) == 3


@pytest.mark.long
def test_undo_marks_the_game_as_practice(tmp_path: Path) -> None:
    play = new_game("seoul", 5)
    _, out = run(play, ["w", "greet", "u", *["w"] * 60], tmp_path / "x.json")
    assert play.ended and play.undone == 1
    assert "Taken back" in out and "Practice: 1 taken back." in out


def test_an_exam_takes_nothing_back(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    play = new_game("seoul", 5, Settings("exam"))
    _, out = run(play, ["w", "greet", "u"], tmp_path / "x.json")
    assert "In an exam nothing is taken back." in capsys.readouterr().err
    assert "u undo" not in out and len(play.turns) == 2


@pytest.mark.long
def test_trust_is_shown_in_guided_play_only(tmp_path: Path) -> None:
    for level, shown in (("guided", True), ("plain", False), ("exam", False)):
        play = new_game("toronto-committee", 5, Settings(level))  # type: ignore[arg-type]
        _, out = run(play, ["w", "greet@kurian", "w"], tmp_path / f"{level}.json")
        assert ("Sheeba trust" in out and "Murray trust" in out and "░" in out) is shown
        assert ("Your path" in out) is shown


@pytest.mark.long
def test_the_end_of_input_saves_and_a_resumed_game_goes_on(tmp_path: Path) -> None:
    lines = numbers(8)
    path = tmp_path / "x.json"
    whole = new_game("rotterdam", 8)
    _, out = run(whole, lines, tmp_path / "whole.json")
    part = new_game("rotterdam", 8)
    status, first = run(part, lines[:9], path)
    assert status == 0 and not part.ended and f"\nlonglunch play --text --resume {path}\n" in first
    again = Game.resume(load_transcript(path))
    status, second = run(again, lines[9:], path, resumed=True)
    assert status == 0 and "Going on where you stopped." in second
    assert again.transcript.entries == whole.transcript.entries
    assert (
        second[second.index("Six months") :].split("Saved")[0]
        == (out[out.index("Six months") :].split("Saved")[0])
    )


def test_interruption_saves_and_says_130(tmp_path: Path) -> None:
    class Impatient(io.StringIO):
        def readline(self, size: int | None = -1, /) -> str:
            line = super().readline()
            if not line:
                raise KeyboardInterrupt
            return line

    play, path = new_game("seoul", 1), tmp_path / "x.json"
    screen = Screen(io.StringIO(), 80)
    prompt = Prompt(screen, Impatient("w\ngreet\n"))
    assert TextPlay(play, path, screen, prompt).run() == 130
    assert [e.data["action"] for e in load_transcript(path).entries] == ["wait", "greet"]


def test_a_folder_that_cannot_be_written_does_not_stop_the_game(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    play = new_game("seoul", 1)
    (tmp_path / "file").write_text("")
    with pytest.raises(ScenarioError, match="W001") as left:
        run(play, ["w", "greet"], tmp_path / "file" / "x.json")
    assert left.value.exit_status == 2 and len(play.turns) == 2
    assert capsys.readouterr().err.count("The game could not be saved") == 1


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


def test_no_color_is_obeyed_and_colour_is_never_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.delenv("NO_COLOR", raising=False)
    coloured = Terminal()
    Screen(coloured, 80).text("worth 82 to you", "gold")
    assert "\x1b[33m" in coloured.getvalue()
    monkeypatch.setenv("NO_COLOR", "1")
    plain = Terminal()
    Screen(plain, 80).text("worth 82 to you", "gold")
    assert "\x1b[33m" not in plain.getvalue()
    for shown in (coloured, plain):
        assert re.sub(r"\x1b\[[0-9;]*m", "", shown.getvalue()) == "worth 82 to you\n"


def test_words_in_brackets_and_markup_are_shown_as_they_are() -> None:
    out = io.StringIO()
    screen = Screen(out, 80)
    screen.said("", "He said [bold]no[/bold] :smile: [x]")
    screen.item("1", "[red]offer[/red]")
    screen.action("1", "[b]", "[/b]")
    assert "[bold]no[/bold] :smile: [x]" in out.getvalue()
    assert "[red]offer[/red]" in out.getvalue() and "[/b]" in out.getvalue()


def test_the_terminal_sees_games_through_their_view() -> None:
    """Only the ending asks for what lay behind; nobody reaches for the state."""
    behind = {"truths", "final_view", "outcome", "letter", "trust_changes", "happening", "record"}
    for path in Path(game.terminal.__file__).parent.glob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        names = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
        names |= {a.name for n in ast.walk(tree) if isinstance(n, ast.ImportFrom) for a in n.names}
        modules = {n.module for n in ast.walk(tree) if isinstance(n, ast.ImportFrom)}
        private = {n for n in names if n in ("_state", "_truths", "_heard", "_key")}
        assert not private, path.name
        assert not {m for m in modules if m and m.startswith("game.core.state")}, path.name
        # in a review `outcome` is a part of its page
        if path.name not in ("ending.py", "review_parts.py", "review.py"):
            assert not names & behind, path.name
