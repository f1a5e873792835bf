"""The review in the terminal: what it says and hides, how it is refined, and its command."""

from __future__ import annotations

import builtins
import io
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from game import cli
from game.review import profile_files as files
from game.review.model import Review
from game.review.profile import Profile
from game.review.words import label, score_sum
from game.session.game import Game
from game.session.transcript import load_transcript
from game.terminal import review as face
from game.terminal.prompt import Prompt
from game.terminal.screen import Screen
from tests.marks import spread
from tests.review import samples
from tests.session.tables import game as new_game

ROOT = Path(__file__).parents[2]
GOLDEN = ROOT / "tests" / "golden" / "seoul.lunch.json"
SCHEMA = json.loads((ROOT / "docs/json/review.schema.json").read_text(encoding="utf-8"))
HEADINGS = (
    "Review: ", "What each moment was worth", "moment", "Transcript", "Accuracy", "Your reads",
    "You as a seller", "Next for you",
)  # fmt: skip
COMMAND = "   longlunch play --text"  # a line to be copied is never wrapped


def made(name: str) -> Review:
    """A sample; what no scenario can name is as the engine names it."""
    return replace(samples.ALL[name](), parts=samples.seoul().parts)


def shown(
    found: Review, width: int = 80, everything: bool = False, face_up: bool = False
) -> str:  # fmt: skip
    out = io.StringIO()
    screen = Screen(out, width)
    face.show(found, Path("g.json"), everything, face_up, screen, Prompt(screen, io.StringIO()))
    return out.getvalue()


def section(text: str, heading: str) -> str:
    """What stands under a heading."""
    parts = re.split(r"^(\S.*?) ─+$", text, flags=re.M)
    return next(parts[k + 1] for k in range(1, len(parts), 2) if parts[k] == heading)


# --- the text -------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", samples.ALL)
@pytest.mark.parametrize("width", spread([80, 20, 59, 40], 2))
@pytest.mark.parametrize("everything", [False, True])
def test_every_review_fits_its_screen(name: str, width: int, everything: bool) -> None:
    text = shown(made(name), width, everything, face_up=everything)
    lines = [line for line in text.splitlines() if not line.startswith(COMMAND)]
    assert max(map(len, lines)) <= width
    assert not [line for line in lines if line != line.rstrip()]
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069]", text)
    assert ": None" not in text and (name == "hostile" or "{" not in text)


def test_the_parts_come_in_their_order() -> None:
    text = shown(samples.seoul())
    at = [re.search(rf"^.*{re.escape(heading)}.*─$", text, re.M) for heading in HEADINGS]
    assert all(at)
    assert [m.start() for m in at if m] == sorted(m.start() for m in at if m)


@pytest.mark.parametrize("name", samples.ALL)
def test_skill_and_luck_add_up_as_they_are_written(name: str) -> None:
    first = re.search(r"(\d+) of 100.*= skill (−?\d+), luck ([+−]?\d+)", shown(made(name)))
    assert first is not None
    score, skill, luck = (int(x.replace("−", "-")) for x in first.groups())
    assert score == skill + luck == round(made(name).score)


def test_every_move_has_its_line_with_sign_word_and_loss() -> None:
    review = samples.seoul()
    text = section(shown(review, 84), "Transcript")
    for move in review.moves:
        kind = move.marks[-1] if move.marks else move.label
        loss = "" if not move.loss else f"−{move.loss:.0f}" if move.loss >= 10 else f"−{move.loss}"
        turn = str(move.table_turn or "–")
        line = rf"^ +{turn} {re.escape(label(kind)['sign'])} +{re.escape(move.action_label)} +"
        line += rf".*{label(kind)['word']} *{re.escape(loss)}$"
        assert re.search(line, text, re.M), move


def test_signs_are_explained_where_words_do_not_fit() -> None:
    review = samples.seoul()
    text = section(shown(review, 40), "Transcript")
    for kind in {x for move in review.moves for x in (move.label, *move.marks)}:
        assert f"{label(kind)['sign']} {label(kind)['word']}" in text


def test_details_belong_to_the_moments_unless_all_are_asked_for() -> None:
    review = samples.seoul()
    key = {moment.move for moment in review.moments}
    few, every = (section(shown(review, 84, all_), "Transcript") for all_ in (False, True))
    for move in review.moves:
        if move.own:
            start = move.own[:30]
            assert start in every
            assert (start in few) == (move.index in key)
    assert "Kang Dae-jung thought: “So that is what this visit is." in few
    assert "Trust 0.38 → 0.24" in few and "Better: Ask indirectly about the board +17" in few
    assert "Also possible" not in few and "Also possible" in every
    assert "Your choice −17, chance" in every
    assert review.letter.splitlines()[0] in shown(review, 84, True)
    assert review.letter.splitlines()[0] not in shown(review, 84)


def test_moments_bring_their_principle_and_its_source() -> None:
    text = shown(samples.seoul())
    assert "Trust is the price of admission" in text
    assert "Source: Trompenaars & Hampden-Turner 1997" in text


def test_the_sum_of_the_accuracy_is_shown_and_is_one() -> None:
    text = section(shown(samples.seoul(), 84, True), "Accuracy")
    rows = re.findall(r"^ +(?:\d+|–) +[\d.]+ +([\d.]+) +([\d.]+) +([\d.]+)$", text, re.M)
    assert len(rows) == len(samples.seoul().accuracy.terms)
    sums = re.search(r"([\d.]+) ÷ ([\d.]+) = ([\d.]+), in whole points (\d+)", text)
    assert sums is not None
    assert sum(float(p) for _, _, p in rows) == pytest.approx(float(sums[1]), abs=0.01)
    assert sum(float(w) for _, w, _ in rows) == pytest.approx(float(sums[2]), abs=0.001)
    assert float(sums[1]) / float(sums[2]) == pytest.approx(float(sums[3]), abs=0.06)
    assert f"{sums[4]} of 100" in text
    assert "÷" not in section(shown(samples.seoul(), 84), "Accuracy")


@pytest.mark.parametrize(("width", "strips"), [(84, 1), (40, 2)])
def test_the_strip_has_a_bar_for_every_move_however_narrow(width: int, strips: int) -> None:
    text = section(shown(samples.sixty(), width), "What each moment was worth")
    rows = re.findall(r"^ *trust (.*)$", text, re.M)
    assert len(rows) == strips and sum(map(len, rows)) == 61  # sixty moves and the end
    marks = "".join(row.ljust(33) for row in re.findall(r"^moment ?([ \d]*)$", text, re.M))
    assert [c for c in marks if c != " "] == ["1", "2", "3"]


def test_the_strip_rises_and_falls_with_the_worth() -> None:
    review = samples.seoul()
    text = section(shown(review, 80), "What each moment was worth")
    rows = re.findall(r"^ +\d+ ([ ▁-█]*)$", text, re.M)
    heights = []
    for k in range(len(review.moves) + 1):
        cells = [row.ljust(80)[3 * k] for row in rows]
        heights.append(sum(" ▁▂▃▄▅▆▇█".index(cell) for cell in cells))
    worths = [move.before for move in review.moves] + [review.score]
    assert heights.index(max(heights)) == worths.index(max(worths))
    for one, two, a, b in zip(heights, heights[1:], worths, worths[1:], strict=False):
        assert abs(a - b) < 2 or (one < two) == (a < b)


def test_each_buyer_has_a_row_of_trust() -> None:
    text = section(shown(samples.two_buyers()), "What each moment was worth")
    assert re.search(r"^ +Maya [▁-█ ]+$", text, re.M) and re.search(r"^ +Tom [▁-█ ]+$", text, re.M)


def test_reads_stand_beside_the_truth_and_the_ideal_observer() -> None:
    text = section(shown(samples.seoul()), "Your reads")
    assert re.search(r"Specific ─+x─+o─+●─+ Diffuse", text)
    assert "You 0.55 (fairly sure), the ideal observer 0.74, the truth 0.86." in text
    assert "Further off than you were sure." in text


def test_open_cards_have_a_column_of_their_own() -> None:
    review = samples.seoul()
    moves = tuple(replace(m, face_up=3.0 if m.index == 4 else None) for m in review.moves)
    text = section(shown(replace(review, moves=moves), face_up=True), "Transcript")
    assert re.search(r"Talk about the persimmon harvest .* −3\.0$", text, re.M)
    assert "hindsight" in text and "hindsight" not in shown(review)


def test_an_open_game_keeps_what_is_hidden() -> None:
    review = replace(samples.seoul(), ended=False, ending="none", ending_title="Still open")
    text = shown(review, 84, everything=True)
    assert "The game is not over" in text and "expected so far = skill" in text
    for hidden in (review.letter.splitlines()[0], "thought: “", "stood at", "0.86", "Off by"):
        assert hidden not in text
    assert review.buyers[0].need not in section(text, "You as a seller")


def test_a_scenario_cannot_steer_the_screen() -> None:
    found = replace(made("seoul"), title="\x1b[31mred", deal="a\u202eb", letter="\x07")
    text = shown(found, everything=True)
    assert "\x1b" not in text and "\u202e" not in text and "\x07" not in text and "red" in text


# --- refined as one looks on --------------------------------------------------------------------


class Terminal(io.StringIO):
    """A stream that takes itself for a terminal."""

    def isatty(self) -> bool:
        return True


class Engine:
    """Yields a sample in four stages, and knows what it was asked and whether it was stopped."""

    def __init__(self, breaks: bool = False) -> None:
        self.breaks, self.closed = breaks, False
        self.asked: dict[str, bool] = {}

    def __call__(self, game: Game, *, first_play: bool, face_up: bool) -> Iterator[Review]:
        self.asked = {"first_play": first_play, "face_up": face_up}
        return self._stages(game)

    def _stages(self, game: Game) -> Iterator[Review]:
        try:
            for stage in range(1, 5):
                if self.breaks and stage == 2:
                    raise KeyboardInterrupt
                yield replace(
                    samples.seoul(), stage=stage, head=game.transcript.head, ended=game.ended
                )
        finally:
            self.closed = True


@pytest.fixture
def engine(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Engine:
    """The sample in the place of the engine, and a home of one's own."""
    found = Engine()
    monkeypatch.setattr(face, "_engine", lambda: found)
    monkeypatch.setattr(files, "data_dir", lambda: tmp_path / "data")
    return found


def terminal(monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """Standard output and input on a terminal of 80 by 24."""
    out = Terminal()
    for name, value in {"COLUMNS": "80", "LINES": "24", "TERM": "xterm-256color"}.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(sys, "stdout", out)
    monkeypatch.setattr(sys, "stdin", Terminal())
    return out


def plainly(text: str) -> str:
    return re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", text)


@pytest.mark.long
def test_on_a_terminal_the_first_answer_comes_at_once(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = terminal(monkeypatch)
    answers = iter([""] * 40)
    monkeypatch.setattr(builtins, "input", lambda *_: next(answers))
    assert cli.main(["review", str(GOLDEN)]) == 0
    text = plainly(out.getvalue())
    steps = [text.index(f"step {k} of 4") for k in (1, 2, 3, 4)]
    assert steps == sorted(steps)
    assert text.index("Three moments ──") > steps[-1] and text.count("Three moments ──") == 1
    assert "Next for you" in text
    pages = re.split(
        r"Enter for more, q to stop:", text[text.index("Review: The noodle press ──") :]
    )
    assert len(pages) == 40 - len(list(answers)) + 1 > 4
    assert max(page.count("\n") for page in pages) <= 24
    assert engine.closed


def test_a_reader_may_stop(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    out = terminal(monkeypatch)
    monkeypatch.setattr(builtins, "input", lambda *_: "q")
    assert cli.main(["review", str(GOLDEN), "--no-save"]) == 0
    assert "Next for you" not in out.getvalue()


def test_a_pipe_gets_the_answer_alone(engine: Engine, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["review", str(GOLDEN)]) == 0
    done = capsys.readouterr()
    assert "\x1b" not in done.out and "of 4. " not in done.out and done.err == ""
    assert done.out.count("Three moments ──") == 1


@pytest.mark.long
def test_interrupting_ends_with_130_and_stops_the_engine(
    engine: Engine, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    out = terminal(monkeypatch)
    engine.breaks = True
    assert cli.main(["review", str(GOLDEN)]) == 130
    assert "Traceback" not in out.getvalue() + capsys.readouterr().err
    hidden, back = (out.getvalue().rfind(f"\x1b[?25{x}") for x in "lh")
    assert back > hidden >= 0, "the cursor is there again"
    assert engine.closed


def test_what_was_asked_for_reaches_the_engine(
    engine: Engine, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["review", str(GOLDEN), "--face-up", "--no-save"]) == 0
    assert engine.asked == {"first_play": True, "face_up": True}
    assert " open" in capsys.readouterr().out


# --- the object and the page ----------------------------------------------------------------------


@pytest.mark.parametrize("name", ["seoul", "left_after_one", "not_begun"])
def test_samples_are_as_the_schema_says(name: str) -> None:
    jsonschema.validate(samples.ALL[name]().as_json(), SCHEMA)


@pytest.mark.long
def test_the_schema_refuses_what_is_not_of_it() -> None:
    found = samples.seoul().as_json()
    moves: list[dict[str, Any]] = found["moves"]
    bad: list[dict[str, Any]] = [
        found | {"more": 1},
        {k: v for k, v in found.items() if k != "par"},
        found | {"moves": [*moves[1:], moves[0] | {"label": "fine"}]},
        found | {"moves": [moves[0] | {"hidden": 1}]},
    ]
    for one in bad:
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(one, SCHEMA)


def printed(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, Any]:
    assert cli.main(["review", *arguments, "--json"]) == 0
    done = capsys.readouterr()
    assert done.err == ""
    found: dict[str, Any] = json.loads(done.out)
    jsonschema.validate(found, SCHEMA)
    return found


@pytest.mark.long
def test_real_reviews_are_as_the_schema_says(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    over = printed(capsys, str(ROOT / "tests/golden/toronto.lunch.json"), "--face-up")
    assert over["ended"] and over["stage"] == over["stages"] and over["letter"]
    assert all(move["face_up"] is not None for move in over["moves"])
    game = new_game("osaka", 5)
    for _ in range(4):
        game.play(game.hand()[0])
    game.transcript.save(tmp_path / "open.json")
    still = printed(capsys, str(tmp_path / "open.json"))
    assert not still["ended"] and len(still["moves"]) == 4
    assert still["letter"] == "" and not still["buyers"] and not still["parts"]
    for move in still["moves"]:
        assert move["thought"] is None and not move["trust"] and not move["causes"]


@pytest.mark.long
def test_json_leaves_the_profile_alone(
    engine: Engine, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert printed(capsys, str(GOLDEN))["stage"] == 4
    assert not (tmp_path / "data").exists()


def test_the_page_is_written_and_said_where(
    engine: Engine, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    page, score = tmp_path / "out.html", score_sum(samples.seoul()).score
    for _ in range(2):  # a page may replace a page
        assert cli.main(["review", str(GOLDEN), "--html", str(page)]) == 0
        out = capsys.readouterr().out
        assert f"The page is in {page}" in out and f"{score} of 100" in out
        assert page.read_text(encoding="utf-8").lower().startswith("<!doctype html")
    assert [p.name for p in tmp_path.iterdir() if p.name != "data"] == ["out.html"]


@pytest.mark.parametrize("existing", ["x", GOLDEN.read_text(encoding="utf-8")])
def test_a_page_replaces_nothing_but_pages(
    existing: str, engine: Engine, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    file = tmp_path / "mine"
    file.write_text(existing, encoding="utf-8")
    game = str(file if existing != "x" else GOLDEN)
    assert cli.main(["review", game, "--html", str(file)]) == 2
    assert capsys.readouterr().err.startswith("error[U001]")
    assert file.read_text(encoding="utf-8") == existing


@pytest.mark.long
def test_a_page_that_cannot_be_written(
    engine: Engine, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert cli.main(["review", str(GOLDEN), "--html", str(tmp_path / "no" / "out.html")]) == 2
    done = capsys.readouterr()
    assert done.err.startswith("error[W001]: the page could not be written") and done.out == ""


# --- what cannot be reviewed ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "status", "code"),
    [(None, 2, "RD001"), ("x", 1, "R001"), ('{"format": "longlunch.transcript/1', 1, "R002")],
)
def test_what_cannot_be_read_has_its_code(
    content: str | None, status: int, code: str, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path = tmp_path / "g.json"
    if content is not None:
        path.write_text(content)
    for more in ([], ["--json"]):
        assert cli.main(["review", str(path), *more]) == status
        done = capsys.readouterr()
        assert done.out == "" and done.err.startswith(f"error[{code}]")


def test_a_game_without_a_move_has_nothing_to_review(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    new_game("seoul", 1).transcript.save(tmp_path / "g.json")
    assert cli.main(["review", str(tmp_path / "g.json")]) == 1
    assert capsys.readouterr().err.startswith("error[R008]: there is no move in this game yet")


@pytest.mark.long
def test_the_command_as_a_process(tmp_path: Path) -> None:
    home = {"HOME": str(tmp_path), "XDG_DATA_HOME": str(tmp_path / "data"), "COLUMNS": "40"}
    done = subprocess.run(
        [sys.executable, "-m", "game.cli", "review", str(GOLDEN), "--no-save"],
        stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=120,
        env=os.environ | home | {"PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    assert "\x1b" not in done.stdout and "Next for you" in done.stdout
    assert not (tmp_path / "data").exists()


# --- the profile ----------------------------------------------------------------------------------


def test_the_profile_hears_of_an_ended_game_once(
    engine: Engine, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    for _ in range(2):
        assert cli.main(["review", str(GOLDEN)]) == 0
        assert "Kept in your profile" in capsys.readouterr().out
        assert engine.asked["first_play"]
    book = Profile.load(tmp_path / "data").book
    assert len(book.reviews) == 1 and len(book.moments) >= 1


@pytest.mark.long
def test_a_second_game_of_a_scenario_is_no_first_play(
    engine: Engine, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert cli.main(["review", str(GOLDEN)]) == 0
    game = new_game("seoul", 77)
    game.play(game.hand()[0])
    game.transcript.save(tmp_path / "g.json")
    assert cli.main(["review", str(tmp_path / "g.json")]) == 0
    assert not engine.asked["first_play"]


@pytest.mark.long
def test_reviewing_again_keeps_the_day(
    engine: Engine, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert cli.main(["review", str(GOLDEN)]) == 0
    path = tmp_path / "data" / files.FILE
    body = json.loads(path.read_text(encoding="utf-8"))
    body["reviews"][0]["date"] = "2020-02-29"
    path.write_text(json.dumps(body), encoding="utf-8")
    assert cli.main(["review", str(GOLDEN)]) == 0
    (record,) = Profile.load(tmp_path / "data").book.reviews
    assert record.date.isoformat() == "2020-02-29"


def test_a_profile_that_cannot_be_kept_is_one_line(
    engine: Engine, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / files.FILE).write_text("mine")
    assert cli.main(["review", str(GOLDEN)]) == 0
    done = capsys.readouterr()
    assert "Next for you" in done.out and "could not be changed (PR001" in done.out
    assert done.err == ""
    assert (tmp_path / "data" / files.FILE).read_text() == "mine"


def test_no_profile_without_leave(
    engine: Engine, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert cli.main(["review", str(GOLDEN), "--no-save"]) == 0
    assert "profile" not in capsys.readouterr().out
    assert not (tmp_path / "data").exists()


@pytest.mark.long
def test_a_try_is_left_out_of_it(
    engine: Engine, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    whole = load_transcript(GOLDEN)
    game = Game.resume(whole, "g")
    game.try_again(next(e.id for e in whole.entries if e.kind == "action"))
    game.play(game.hand()[0])
    game.transcript.save(tmp_path / "g.json")
    assert cli.main(["review", str(tmp_path / "g.json")]) == 0
    (record,) = Profile.load(tmp_path / "data").book.reviews
    assert record.head == whole.original
