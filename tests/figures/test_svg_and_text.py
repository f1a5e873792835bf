"""The writer of SVG, the measuring of words, boxes and places, and the colours."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.figures.place import Box, Lanes, Placer, around
from game.figures.svg import element, number, polyline, size_of
from game.figures.text import Block, clean, ellipsis, measure, wrap
from game.figures.theme import DARK, PAPER, Theme, contrast
from tests.figures.data import LABELS

THEMES = pytest.mark.parametrize("theme", [PAPER, DARK], ids=["paper", "dark"])


@pytest.mark.parametrize(
    ("value", "written"),
    [(0, "0"), (-0.001, "0"), (1.005, "1"), (2.5, "2.5"), (100, "100"), (-3.14159, "-3.14")],
)
def test_numbers_have_two_decimals_at_most(value: float, written: str) -> None:
    assert number(value) == written


@pytest.mark.parametrize("value", [float("nan"), float("inf"), float("-inf")])
def test_what_is_no_number_is_refused(value: float) -> None:
    with pytest.raises(ValueError, match="drawn"):
        number(value)


def test_elements_are_escaped() -> None:
    written = element("text", "a &lt; b", font_family="\"A\" & 'B'", x=1.0, fill=None)
    assert written == "<text font-family='\"A\" &amp; \\'B\\'' x=\"1\">a &lt; b</text>".replace(
        "'\"A\" &amp; \\'B\\''", "\"&quot;A&quot; &amp; 'B'\""
    )
    assert element("path", d=polyline([(0, 0), (1.5, 2)])) == '<path d="M0 0L1.5 2"/>'


def test_only_a_figure_has_a_size() -> None:
    with pytest.raises(ValueError, match="figure"):
        size_of("<svg></svg>")


def test_cleaning_keeps_one_line_that_xml_may_hold() -> None:
    assert clean(" a\tb\nc\x00\x1f\u202e\u2066\ud800 ") == "a bc"[:1] + " b c"
    assert clean("Émile Müller 김 — “ja”") == "Émile Müller 김 — “ja”"


def test_wider_letters_measure_wider() -> None:
    widths = [measure(c, 10) for c in ("i", "e", "H", "W")]
    assert widths == sorted(widths)
    assert len(set(widths)) == 4
    assert measure("ab", 10, bold=True) > measure("ab", 10) == measure("a", 10) + measure("b", 10)
    assert measure("é", 10) == measure("e", 10) == measure("e\u0301", 10)
    assert measure("김", 10) == 10


@given(LABELS, st.floats(0, 200), st.floats(8, 30), st.booleans())
def test_cut_text_fits(text: str, width: float, size: float, bold: bool) -> None:
    cut = ellipsis(text, width, size, bold)
    assert measure(cut, size, bold) <= width or not clean(text)
    assert cut == clean(text) or cut == "" or cut.endswith("…")
    assert (cut == clean(text)) == (measure(clean(text), size, bold) <= width)


@given(LABELS, st.floats(20, 300), st.integers(1, 4))
def test_wrapped_text_fits_and_is_whole_or_cut(text: str, width: float, most: int) -> None:
    block = wrap(text, width, 12, most=most)
    assert len(block.lines) <= most
    assert block.width <= width
    if not block.says(text):
        assert len(block.lines) == 0 or any("…" in line for line in block.lines)


def test_wrapping_breaks_between_words() -> None:
    block = wrap("one two three four", measure("one two", 10) + 1, 10, most=3)
    assert block.lines == ("one two", "three", "four")
    assert block.says("one two three four")
    assert not wrap("one two three four", 30, 10, most=2).says("one two three four")


def test_boxes_touch_without_overlapping() -> None:
    box = Box(0, 0, 10, 10)
    assert not box.overlaps(Box(10, 0, 20, 10))
    assert box.overlaps(Box(10, 0, 20, 10), gap=1)
    assert box.overlaps(around(11, 5, 2))
    assert box.within(Box(0, 0, 10, 10))
    assert not box.within(Box(1, 0, 10, 10))
    assert box.nearest(20, 5) == (10, 5)


def test_a_label_prefers_its_side_and_avoids_lines() -> None:
    block = Block(("label",), 10)
    frame = Box(0, 0, 400, 400)
    left = Placer(frame).beside(200, 200, 5, block, away=(-1, 0))
    assert left is not None
    assert left.right < 200
    crossed = Placer(frame)
    crossed.lines = [(206 + i, 200) for i in range(60)]
    aside = crossed.beside(200, 200, 5, block, away=(1, 0))
    assert aside is not None
    assert not aside.held(crossed.lines)


def test_a_full_frame_has_no_place() -> None:
    placer = Placer(Box(0, 0, 100, 100))
    block = Block(("label",), 10)
    found = 0
    while placer.beside(50, 50, 5, block) is not None:
        found += 1
    assert 2 < found < 30


def test_lanes_grow_outwards_and_keep_the_way_of_strokes() -> None:
    lanes = Lanes(gap=2)
    lanes.add(lanes.row_for(50, 40, 60), 50, 40, 60, 12)
    assert lanes.row_for(55, 45, 65) == 1, "its place is taken"
    assert lanes.row_for(90, 80, 100) == 0
    lanes.add(1, 75, 65, 85, 14)
    assert lanes.row_for(90, 70, 110) == 2, "the stroke at 75 passes row 0"
    assert lanes.row_for(90, 80, 110) == 0
    assert (lanes.offset(1), lanes.height) == (12, 26)


@THEMES
def test_text_is_legible_and_shapes_are_seen(theme: Theme) -> None:
    for ground in (theme.card,):
        for text in (theme.ink, theme.muted, theme.error):
            assert contrast(text, ground) >= 4.5
        for shape in (theme.specific, theme.diffuse, theme.error, theme.good, theme.trust):
            assert contrast(shape, ground) >= 3.0
    assert contrast(theme.ink, theme.comfort) >= 4.5, "the path runs over it"
    assert contrast(theme.ink, theme.paper) >= 4.5


def test_contrast_is_that_of_the_standard() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
    assert contrast(PAPER.ink, PAPER.ink) == 1
    shades = [contrast(f"#{v:02x}{v:02x}{v:02x}", "#000000") for v in range(0, 256, 15)]
    assert all(a < b for a, b in pairwise(shades))
