"""Words that run from the right, and words without spaces: order, lines and fonts."""

from __future__ import annotations

from pathlib import Path

import pygame
import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.desktop.app import App
from game.desktop.fonts import Fonts, turned
from game.desktop.pilot import Pilot
from game.desktop.playing import Playing
from game.desktop.screens.briefing import BriefingScreen
from game.desktop.scripts import begins_right, breakable, from_the_right, in_order, levels, unmarked
from game.desktop.system_fonts import faces, script_of
from game.desktop.text import BODY, LABEL, Paragraph, Run, TextEngine
from game.session.seating import Settings
from tests.at_hand import at_hand
from tests.desktop.homes import at_home

pygame.font.init()
ENGINE = TextEngine(Fonts())
HEBREW, ARABIC = "שלום עולם", "أهلاً وسهلاً"
GOOD = Path(__file__).parents[1] / "scenarios" / "good"


def seen(paragraph: Paragraph) -> list[list[str]]:
    """The stretches of every line from left to right."""
    return [[part.text for part in line.fragments] for line in paragraph.lines]


def kept(paragraph: Paragraph) -> str:
    """All letters in the order in which they are read."""
    parts = [part for line in paragraph.lines for part in line.fragments]
    return "".join(part.text for part in sorted(parts, key=lambda part: part.start))


# --- from the right -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "right", "begins"),
    [
        ("Hello, 12", False, False), ("中文", False, False), (HEBREW, True, True),
        (f"He said: {HEBREW}", True, False), (f"12 {ARABIC} EUR", True, True), ("", False, False),
    ],
)  # fmt: skip
def test_the_first_letter_with_a_direction_gives_that_of_the_paragraph(
    text: str, right: bool, begins: bool
) -> None:
    assert from_the_right(text) is right
    assert begins_right(text) is begins


def test_numbers_and_names_keep_their_own_direction() -> None:
    text = "אב 123 ab"
    assert levels(text, True) == (1, 1, 1, 2, 2, 2, 1, 2, 2)
    assert levels("ab אב cd", False) == (0, 0, 0, 1, 1, 0, 0, 0)


def test_the_order_on_a_line() -> None:
    assert in_order("abc", (0, 0, 0)) == list("abc")
    assert in_order("abc", (1, 1, 1)) == list("cba")
    assert in_order("abcd", (1, 2, 2, 1)) == list("dbca")
    assert in_order("", ()) == []


@given(st.lists(st.integers(0, 4), max_size=12))
def test_every_piece_is_there_once(at: list[int]) -> None:
    assert sorted(in_order(range(len(at)), at)) == list(range(len(at)))


def test_a_price_in_a_line_from_the_right() -> None:
    line = ENGINE.layout("המחיר 9,200 EUR").lines[0]
    words = [part.text.strip() for part in line.fragments]
    assert words.index("EUR") < words.index("9,200") < words.index("המחיר")
    assert [part.x for part in line.fragments] == sorted(part.x for part in line.fragments)
    hebrew = [part.right for part in line.fragments if "המחיר" in part.text]
    assert hebrew == [True] and not line.fragments[0].right


def test_lines_from_the_right_end_at_the_right() -> None:
    paragraph = ENGINE.layout(f"{ARABIC}. " * 12, 300)
    assert len(paragraph.lines) > 2
    for line in paragraph.lines:
        assert line.lead + line.width == pytest.approx(300, abs=0.1)
    assert all(line.lead == 0 for line in ENGINE.layout("Hello there. " * 12, 300).lines)


@given(st.text("ab שלםאبج12(). ", max_size=40), st.integers(40, 400))
def test_no_letter_is_lost_whatever_its_direction(text: str, width: int) -> None:
    read = kept(ENGINE.layout(text, width))
    assert read.replace(" ", "") == text.replace(" ", "")


def test_letters_that_join_are_shaped_and_never_spaced_out() -> None:
    apart = sum(ENGINE.measure(letter, BODY) for letter in "سلام")
    joined = ENGINE.layout("سلام", style=BODY)
    assert joined.width < 0.95 * apart
    spaced = ENGINE.layout("سلام", style=LABEL)
    assert spaced.width == ENGINE.layout([Run("سلام", LABEL.but(tracking=0.0))]).width


def test_words_appear_from_the_right() -> None:
    part = ENGINE.layout(ARABIC).lines[0].fragments[-1]
    assert part.right and part.start == 0
    assert 0 < ENGINE.prefix_width(part, 2) < part.width


def test_marks_of_direction_have_no_shape() -> None:
    assert unmarked("a\u2067b\u2069\u200fc") == "abc"
    assert kept(ENGINE.layout(f"\u2067{HEBREW}\u2069")) == HEBREW


def test_a_face_is_turned_with_its_script() -> None:
    assert turned("sans", ARABIC) != turned("sans", HEBREW) != "sans"


# --- without spaces -------------------------------------------------------------------------------


def test_lines_of_japanese_begin_and_end_as_they_should() -> None:
    text = "「急がなくて結構です」と、彼は言った。値段は（税別で）一八〇万円です。" * 3
    for width in range(40, 400, 7):
        rows = ["".join(row) for row in seen(ENGINE.layout(text, width))]
        assert "".join(rows) == text
        for row in rows:
            assert row[0] not in "、。」）" and row[-1] not in "「（"


def test_a_stretch_is_cut_between_wide_letters_alone() -> None:
    assert list(breakable("hello")) == ["hello"]
    assert "".join(breakable("東京ABC工場")) == "東京ABC工場"
    assert list(breakable("東京ABC")) == ["東", "京", "ABC"]


# --- fonts ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("letter", "script"),
    [
        ("a", ""), ("→", ""), ("é", ""), ("の", "ja"), ("東", "han"), ("한", "ko"), ("ش", "arabic"),
        ("ש", "hebrew"),
    ],
)  # fmt: skip
def test_scripts_that_need_fonts_of_their_own(letter: str, script: str) -> None:
    assert script_of(letter) == script


def test_without_a_font_a_box_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pygame.font, "match_font", lambda *_, **__: None)
    faces.cache_clear()
    try:
        bare = TextEngine(Fonts())
        assert bare.fonts.face_for("sans", "東") == "sans"
        assert kept(bare.layout("東京 שלום")) == "東京 שלום"
    finally:
        faces.cache_clear()


@pytest.mark.parametrize("name", ["kyoto_sweets", "amman_clinic"])
def test_a_table_in_another_script_is_played_and_fits(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    at_home(monkeypatch, tmp_path)
    app = App((1280, 720), headless=True)
    loaded = at_hand(GOOD / f"{name}.yaml")
    app.push(BriefingScreen(loaded, 3))
    app.step()
    assert Pilot(app).overlaps() == []
    playing = Playing.begin(loaded, 3, Settings("guided"))
    wait = playing.game.rules.actions.index("wait")
    while playing.kind == "prepare":
        playing.play(wait)
    for _ in range(2):
        playing.play(playing.game.hand()[0])
    app.replace(playing.screen())
    app.step(seconds=60)
    assert Pilot(app).overlaps() == []
    said = [shown.text for turn in playing.game.turns for shown in turn.said]
    assert any(not text.isascii() for text in said)
