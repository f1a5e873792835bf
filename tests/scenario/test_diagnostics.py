"""How complaints look, for people and for programs."""

from __future__ import annotations

import pytest

from game.scenario.diagnostics import (
    Diagnostic,
    LongLunchError,
    Related,
    exit_status,
    render,
    render_one,
    suggest,
    to_json,
)

ONE = Diagnostic(
    "X003",
    "“you” gives 2 worths for 3 options",
    "bakery.yaml",
    14,
    9,
    15,
    field="issues.delivery.you",
    expected="3 numbers",
    fix="add the missing worths",
    related=(Related("options", "bakery.yaml", 13, 3),),
    source_line="   you: [1, 0]",
)


def test_a_block_as_compilers_write_it() -> None:
    assert render_one(ONE).splitlines() == [
        "error[X003]: “you” gives 2 worths for 3 options",
        "  --> bakery.yaml:14:9",
        "   |",
        "14 |    you: [1, 0]",
        "   |         ^^^^^^",
        "   = expected: 3 numbers",
        "   = fix: add the missing worths",
        "   = note: options (bakery.yaml:13:3)",
        "   = more: docs/diagnostics/X003.md",
    ]


def marks(source: str, column: int, end: int) -> tuple[str, str]:
    block = render_one(Diagnostic("X003", "m", "f", 1, column, end, source_line=source))
    lines = block.splitlines()
    return lines[3].removeprefix("1 | "), lines[4].removeprefix("  | ")


def test_wide_characters_keep_the_marks_in_place() -> None:
    assert marks("a: 王王 b", 7, 8) == ("a: 王王 b", " " * 8 + "^")
    assert marks("王: x", 1, 2) == ("王: x", "^^")


def test_a_long_line_is_cut_around_the_marks() -> None:
    shown, under = marks("x" * 500 + "HERE" + "y" * 500, 501, 505)
    assert len(shown) <= 100
    assert shown[under.index("^") : under.index("^") + 4] == "HERE"
    assert under.count("^") == 4


@pytest.mark.parametrize("column", [5, 80, 150])
def test_marks_end_where_a_long_line_is_cut(column: int) -> None:
    line = "  - {claim: " + "a long word and many more " * 8 + "}"
    shown = render_one(Diagnostic("D001", "m", "f", 38, column, len(line) + 1, source_line=line))
    [text, under] = shown.splitlines()[3:5]
    assert len(text.rstrip("…")) == len(under)


def test_control_characters_never_reach_the_terminal() -> None:
    assert "\x1b" not in render_one(Diagnostic("Y004", "m", "f", 1, 1, 2, source_line="\x1b[2J x"))


def test_order_repeats_and_the_count() -> None:
    later = Diagnostic("X002", "late", "bakery.yaml", 20, 1, 2, severity="warning")
    text = render([later, ONE, ONE])
    assert text.index("X003") < text.index("X002")
    assert text.rstrip().endswith("1 error, 1 warning")
    assert text.count("error[X003]") == 1
    assert render([]) == ""


def test_exit_status() -> None:
    warning = Diagnostic("X024", "w", severity="warning")
    missing = Diagnostic("RD001", "gone")
    assert [exit_status(d) for d in ([], [warning], [ONE, warning], [ONE, missing])] == [0, 0, 1, 2]
    assert LongLunchError([missing]).exit_status == 2
    assert "X003" in str(LongLunchError([ONE]))


def test_the_form_for_programs() -> None:
    data = to_json([ONE])
    assert data["format"] == "longlunch.check/1"
    assert (data["ok"], data["errors"], data["warnings"]) == (False, 1, 0)
    [entry] = data["diagnostics"]
    assert (entry["code"], entry["line"], entry["column"]) == ("X003", 14, 9)
    assert entry["related"] == [
        {"message": "options", "file": "bakery.yaml", "line": 13, "column": 3, "end_column": 0}
    ]
    assert entry["edits"] == []


def test_suggestions() -> None:
    assert suggest("delivry", ["price", "delivery"]) == "delivery"
    assert suggest("Small-Talk", ["small_talk", "greet"]) == "small_talk"
    assert suggest("agreed", ["parted", "agreement"]) == "agreement"
    assert suggest("zzz", ["price", "delivery"]) == ""
