"""Hostile and random texts: refused with a code, never a traceback."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.scenario.check import check
from game.scenario.codes import CODES
from game.scenario.diagnostics import ScenarioError, render, to_json
from game.scenario.guard import MAX_BYTES
from game.scenario.load import load_from_sources, load_scenario

N = 100_000
HOSTILE = {
    "brackets": ("Y009", "[" * N),
    "braces": ("Y013", "a: " + "{" * N),
    "dashes": ("Y009", "- " * N),
    "question_marks": ("Y013", "? " * N),
    "staircase": ("Y009", "".join(" " * i + "a:\n" for i in range(500))),
    "many": ("Y010", "a: [" + "[]," * 60_000 + "]"),
    "many_keys": ("Y010", "".join(f"k{i}: 1\n" for i in range(12_000))),
    "anchor": ("Y005", "a: &a [1, 2]\nb: *a\n"),
    "laughs": (
        "Y005",
        "a: &a [l, l]\n"
        + "".join(f"{y}: &{y} [*{x}, *{x}]\n" for x, y in zip("abcdef", "bcdefg", strict=True)),
    ),
    "merge": ("Y007", "a: {<<: {b: 1}}"),
    "merge_bomb": ("Y007", "a:\n" + "  <<: [{x: 1}, {x: 2}]\n" * 400),
    "tag": ("Y006", "a: !!python/object/apply:os.system [ls]"),
    "directive": ("Y006", "%YAML 1.1\n---\na: 1\n"),
    "documents": ("Y008", "a: 1\n" + "---\na: 1\n" * 1000),
    "large": ("Y003", "# " + "x" * MAX_BYTES),
    "quote": ("Y011", '"' + "a" * N),
    "nul": ("Y004", "a: \x00\n"),
    "blank": ("Y002", "\n" * N),
    "comment": ("Y002", "#" * N),
    "list": ("Y020", "- 1\n- 2\n"),
    "text": ("Y020", "a" * N),
    "complex_key": ("Y013", "{a: 1}: 2"),
    "long_number": ("M001", "a: " + "9" * 5_000),
    "backslashes": ("Y011", 'a: "' + "\\" * (N + 1)),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_text_is_refused_with_its_own_code(name: str) -> None:
    code, text = HOSTILE[name]
    with pytest.raises(ScenarioError) as refused:
        load_from_sources({"x.yaml": text}, "x.yaml")
    assert code in [d.code for d in refused.value.diagnostics]
    assert refused.value.exit_status == 1
    assert render(refused.value.diagnostics).startswith(("error[", "warning[", "hint["))


@pytest.mark.long
@pytest.mark.parametrize("name", HOSTILE)
def test_the_same_from_a_file(name: str, tmp_path: Path) -> None:
    code, text = HOSTILE[name]
    path = tmp_path / "x.yaml"
    path.write_text(text, encoding="utf-8")
    assert code in [d.code for d in check([path])]


def test_a_byte_order_mark_is_no_fault(tmp_path: Path) -> None:
    good = Path(__file__).parents[1] / "scenarios" / "good" / "corner_bakery.yaml"
    path = tmp_path / "bakery.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + good.read_bytes())
    assert load_scenario(path).scenario == load_scenario(good).scenario


def test_windows_line_ends_keep_their_positions(tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    path.write_bytes(b"scenario: x\r\ntitle: X\r\nstake: 4\r\n")
    found = next(d for d in check([path]) if d.code == "M003")
    assert (found.line, found.column) == (3, 8)


def refused_or_fine(text: str) -> None:
    try:
        load_from_sources({"x.yaml": text}, "x.yaml")
    except ScenarioError as refused:
        assert refused.diagnostics
        assert all(d.code in CODES and d.message for d in refused.diagnostics)
        assert render(refused.diagnostics)
        assert to_json(refused.diagnostics)["errors"] > 0


@given(st.text(max_size=200))
def test_any_text_is_refused_in_words(text: str) -> None:
    refused_or_fine(text)


@given(st.binary(max_size=200))
def test_any_bytes_are_refused_in_words(data: bytes) -> None:
    refused_or_fine(data.decode("utf-8", "surrogateescape"))


GOOD = (Path(__file__).parents[1] / "scenarios" / "good" / "corner_bakery.yaml").read_text("utf-8")


@pytest.mark.long
@given(st.integers(0, len(GOOD)), st.integers(0, 30), st.text(max_size=12))
def test_a_good_file_with_a_wound_is_refused_in_words(at: int, cut: int, patch: str) -> None:
    refused_or_fine(GOOD[:at] + patch + GOOD[at + cut :])


leaf = st.sampled_from(
    ["0.5", "7", "-1", "no", "012", "[]", "{}", "null", '""', "kang", "[1, 2]", "1e9", '"\\ud800"']
)


@pytest.mark.long
@given(st.integers(0, 60), leaf)
def test_any_value_in_any_place_is_refused_in_words(which: int, value: str) -> None:
    spots = list(re.finditer(r"(?<=: )[^{}\[\],\n]+", GOOD))
    spot = spots[which % len(spots)]
    refused_or_fine(GOOD[: spot.start()] + value + GOOD[spot.end() :])
