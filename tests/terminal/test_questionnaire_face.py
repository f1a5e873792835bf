"""Tests for people in the terminal: asked through a pipe and by a person, scored, as JSON."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from game.cli import main
from game.review.questionnaire_files import items_of, shipped_judgment_test, shipped_self_test
from tests.terminal.test_prompt import COLUMNS, ROWS, Person

ROOT = Path(__file__).parents[2]
SCHEMA = json.loads((ROOT / "docs/json/test.schema.json").read_text("utf-8"))
ANSWERS = "2,1,4,1,3,3,4,2"


class Ran:
    """One run of the command with piped lines."""

    def __init__(self, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
        self.capsys, self.monkeypatch = capsys, monkeypatch

    def __call__(self, *words: str, lines: str = "") -> tuple[int, str, str]:
        self.monkeypatch.setattr("sys.stdin", io.StringIO(lines))
        status = main(["test", *words])
        shown = self.capsys.readouterr()
        return status, shown.out, shown.err

    def json(self, *words: str, lines: str = "") -> dict[str, Any]:
        status, out, err = self(*words, "--json", lines=lines)
        assert (status, err) == (0, "")
        found: dict[str, Any] = json.loads(out)
        jsonschema.validate(found, SCHEMA)
        return found


@pytest.fixture
def ran(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Ran:
    return Ran(capsys, monkeypatch)


def typed(answers: str) -> str:
    return answers.replace(",", "\n") + "\n"


@pytest.mark.parametrize(
    ("name", "count", "says"),
    [("self", 12, "Where you put yourself"), ("judgment", 16, "What your answers earned"),
     ("before", 8, "first half"), ("after", 8, "second half")],
)  # fmt: skip
def test_a_piped_test_is_asked_and_scored(ran: Ran, name: str, count: int, says: str) -> None:
    status, out, err = ran(name, lines="2\n" * count)
    assert (status, err) == (0, "")
    assert out.index(f"{count} of {count}") < out.index(says)
    assert max(map(len, out.splitlines())) <= 80
    assert "{" not in out and "None" not in out and "\x1b" not in out


def test_without_a_name_it_is_the_self_test(ran: Ran) -> None:
    assert ran(lines="3\n" * 12) == ran("self", lines="3\n" * 12)


@pytest.mark.parametrize(
    ("lines", "missing"), [("", "8 of 8"), ("1\n2\n3\n", "5 of 8"), ("1\nq\n4\n", "7 of 8")]
)
def test_at_the_end_of_input_nothing_is_scored(ran: Ran, lines: str, missing: str) -> None:
    status, out, _ = ran("before", lines=lines)
    assert status == 0
    assert f"{missing} answers are missing, so nothing is scored" in out
    assert "Blind choice" not in out and "earned" not in out


def test_one_missing_answer(ran: Ran) -> None:
    assert "One answer is missing" in ran("before", lines="1\n" * 7)[1]


def test_back_asks_again_and_enter_keeps(ran: Ran) -> None:
    """b goes back as often as there are questions behind; an empty line keeps what was said."""
    plain = ran.json("before", lines=typed(ANSWERS))
    corrected = ran.json("before", lines="2\n3\n4\nb\nb\n1\n\n1\n3\n3\n4\n2\n")
    assert corrected["answers"] == plain["answers"] == [int(a) for a in ANSWERS.split(",")]


def test_back_at_the_first_question_and_what_is_no_answer(ran: Ran) -> None:
    status, out, err = ran("before", lines="b\n9\nx\n\n" + typed(ANSWERS))
    assert status == 0 and "points" in out
    assert err.splitlines()[0] == "This is the first one."
    for wrong in ("9", "x", ""):
        assert f"“{wrong}” is no answer here: type a number from 1 to 4, b or q." in err


# --- scoring without asking -----------------------------------------------------------------------


def test_given_answers_are_scored_and_nothing_is_asked(ran: Ran) -> None:
    status, out, _ = ran("before", "--answers", ANSWERS)
    assert status == 0 and "b back" not in out
    typed_in = ran("before", lines=typed(ANSWERS))[1]
    assert typed_in.endswith(out)


def test_before_keeps_the_reasons_and_says_how_to_go_on(ran: Ran) -> None:
    _, out, _ = ran("before", "--answers", ANSWERS)
    assert f"longlunch test after --before {ANSWERS}" in out
    assert "Most points" not in out
    _, out, _ = ran("after", "--answers", ANSWERS, "--before", ANSWERS)
    assert "Before and after" in out and "Most points" in out
    for item in shipped_judgment_test().items.values():
        assert item.title in out


def test_reasons_name_the_choice_the_best_and_the_source(ran: Ran) -> None:
    _, out, _ = ran("judgment", "--answers", ",".join("1" * 16))
    text = " ".join(out.split())
    item = shipped_judgment_test().items["two_pumps"]
    assert item.why is not None
    assert "Tell her first how sorry everybody was" in text
    assert "Put both failure reports before her" in text
    assert item.sources[0] in text
    assert text.count("Most points") == sum(
        next(iter(i.options.values())).points < 3 for i in shipped_judgment_test().items.values()
    )


def test_one_answer_throughout_is_not_read_as_a_place(ran: Ran) -> None:
    _, out, _ = ran("self", "--answers", ",".join("4" * 12))
    assert "one and the same answer throughout" in " ".join(out.split())
    assert "In between" not in out


@pytest.mark.parametrize("width", [40, 50, 80])
@pytest.mark.parametrize("name", ["self", "after"])
def test_results_fit_narrow_screens(name: str, width: int, ran: Ran) -> None:
    from game.terminal import questionnaire
    from game.terminal.screen import Screen

    ran.monkeypatch.setattr(questionnaire, "Screen", lambda: Screen(width=width))
    words = [name, "--answers", "2,1,4,1,3,3,4,2" + (",1,5,2,4" if name == "self" else "")]
    status, out, _ = ran(*words)
    assert status == 0
    assert max(map(len, out.splitlines())) <= width


# --- JSON -----------------------------------------------------------------------------------------


def test_json_of_a_self_test(ran: Ran) -> None:
    found = ran.json("self", "--answers", ",".join("1" * 12))
    assert found["questions"] == items_of(shipped_self_test())
    assert (found["self"]["d"], found["self"]["one_answer"]) == (0.5, True)
    assert found["judgment"] is found["gain"] is None


def test_json_of_both_halves(ran: Ran) -> None:
    found = ran.json("after", "--answers", ANSWERS, "--before", ANSWERS)
    assert (found["form"], found["missing"]) == ("after", 0)
    assert sum(t["after"] for t in found["gain"]["topics"]) == found["judgment"]["points"]
    assert ran.json("judgment", "--form", "after", "--answers", ANSWERS)["gain"] is None


def test_json_of_an_unfinished_test_scores_nothing(ran: Ran) -> None:
    found = ran.json("before", lines="1\n4\n")
    assert found["answers"] == [1, 4, *[None] * 6]
    assert (found["missing"], found["judgment"]) == (6, None)


# --- what is refused ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("jugdment",), "U001", "did you mean “judgment”?"),
        (("before", "--form", "after"), "U001", "judgment --form after"),
        (("judgment", "--before", ANSWERS), "U001", "second half"),
        (("self", "--before", ANSWERS), "U001", "second half"),
        (("self", "--answers", "1,2"), "Q008", "2 answers were given"),
        (("after", "--answers", ANSWERS, "--before", "1,2"), "Q008", "2 answers were given"),
        (("before", "--answers", "1,b"), "Q008", "is not a number"),
        (("nowhere.yaml",), "RD001", "does not exist"),
    ],
)
def test_what_makes_no_sense_is_said_once(
    ran: Ran, words: tuple[str, ...], code: str, said: str
) -> None:
    status, out, err = ran(*words, lines="1\n" * 20)
    assert (status, out) == (2, "")
    assert err.count(f"error[{code}]") == 1 and said in err
    assert "Traceback" not in err


def test_a_self_test_asked_for_in_halves(ran: Ran) -> None:
    status, out, err = ran("self", "--form", "before")
    assert (status, out) == (1, "")
    assert "error[Q001]" in err


def test_a_file_of_ones_own(ran: Ran, tmp_path: Path) -> None:
    path = tmp_path / "our own.yaml"
    shipped = (ROOT / "scenarios/common/judgment_test.yaml").read_text(encoding="utf-8")
    path.write_text(shipped.replace("test: judgment", "test: ours"), encoding="utf-8")
    status, out, err = ran(str(path), "--form", "before", "--answers", ANSWERS)
    assert (status, err) == (0, "")
    assert f"test '{path}' --form after --before {ANSWERS}" in out
    found = ran.json(str(path), "--answers", f"{ANSWERS},{ANSWERS}")
    assert found["test"] == "ours"


def test_a_lopsided_file_is_warned_of_and_asked_all_the_same(ran: Ran) -> None:
    bad = ROOT / "tests/review/bad/q007.yaml"
    status, out, err = ran(str(bad), "--answers", "1,2,3,4")
    assert status == 0 and "Where you put yourself" in out
    assert err.count("warning[Q007]") == 1
    status, out, err = ran(str(ROOT / "tests/review/bad/q005.yaml"), "--answers", "1")
    assert (status, out) == (1, "")
    assert "error[Q005]" in err


# --- a person -------------------------------------------------------------------------------------


@pytest.mark.long
def test_a_person_answers_goes_back_and_reads_the_result(tmp_path: Path) -> None:
    person = Person(tmp_path, "test", "self")
    ask = "1 to 5, b back, q quit:"
    page = person.until(ask)
    assert "1 of 12" in page
    for count in range(2, 13):
        page = person.answers(str(count % 5 + 1), ask)
        assert f"{count} of 12" in page
        assert page.count("\n") < ROWS and max(map(len, page.splitlines())) <= COLUMNS
    person.answers("2", "Enter for the result, b back:")
    assert "A lost parcel" in person.answers("b", "Enter keeps 2, b back, q quit:")
    person.answers("", "Enter for the result, b back:")
    page = person.answers("", "Enter for your answers one by one, q to stop:")
    assert "Where you put yourself" in page and "Answer by answer" not in page
    assert page.count("\n") < ROWS
    assert person.presses(b"\n") == 0


@pytest.mark.long
def test_every_question_fits_a_small_screen(tmp_path: Path) -> None:
    person = Person(tmp_path, "test", "judgment")
    person.until("q quit:")
    for count in range(2, 17):
        page = person.answers("4", "q quit:")
        assert f"{count} of 16" in page
        assert page.count("\n") < ROWS
    person.answers("4", "b back:")
    page = person.answers("", "Enter for the reasons, q to stop:")
    assert page.count("\n") <= ROWS + 1  # with the empty lines above it, which may scroll by
    page = person.answers("", "Enter for the next, q to stop:")
    assert "You chose" in page and page.count("\n") < ROWS
    assert person.presses(b"q\n") == 0


@pytest.mark.long
def test_leaving_is_possible_at_any_time(tmp_path: Path) -> None:
    person = Person(tmp_path, "test", "before")
    person.until("q quit:")
    person.answers("1", "q quit:")
    assert person.presses(b"q\n") == 0
    person = Person(tmp_path, "test", "before")
    person.until("q quit:")
    assert person.presses(b"\x03") == 130


def test_the_scale_of_the_shipped_test_is_on_one_line(ran: Ran) -> None:
    line = "   ".join(f"{n} {step}" for n, step in enumerate(shipped_self_test().scale, 1))
    assert ran("self", lines="1\n" * 12)[1].splitlines().count(line) == 12
