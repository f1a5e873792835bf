"""What holds for every figure, on an example of each kind and on random ones."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from game.figures.svg import size_of
from game.figures.theme import DARK, PAPER, Theme
from tests.figures.data import EXAMPLES, RANDOM, Draw
from tests.figures.reading import SPACE, parsed, said, words_stand_apart

FIGURES = pytest.mark.parametrize("name", EXAMPLES)
SCALES = (1.0, 1.4, 2.0)
HOSTILE = "<script>\x00&amp;\"'\u202e\ud800\ufffe]]>\n</text>"


@FIGURES
@pytest.mark.parametrize("theme", [PAPER, DARK], ids=["paper", "dark"])
@pytest.mark.parametrize("scale", SCALES)
def test_an_example_is_sound_and_its_words_stand_apart(
    name: str, theme: Theme, scale: float
) -> None:
    draw, data = EXAMPLES[name]
    for width, height in ((220, 60), (300, 300), (560, 200), (1200, 400)):
        svg = draw(data, theme, width, height, scale)
        words_stand_apart(svg)
        assert size_of(svg)[0] == width
        assert size_of(svg)[1] >= height


@FIGURES
def test_title_and_description_are_told(name: str) -> None:
    draw, data = EXAMPLES[name]
    root = parsed(draw(replace(data, title="A & B", desc="so <it> went"), PAPER, 400, 200))
    assert (root[0].tag, root[0].text) == (SPACE + "title", "A & B")
    assert (root[1].tag, root[1].text) == (SPACE + "desc", "so <it> went")
    with pytest.raises(ValueError, match="title"):
        draw(replace(data, title=" "), PAPER, 400, 200)


@pytest.mark.long
@FIGURES
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data(), width=st.floats(200, 1200), height=st.floats(40, 600))
def test_random_words_stand_apart(
    name: str, data: st.DataObject, width: float, height: float
) -> None:
    draw, figures = RANDOM[name]
    figure = data.draw(figures)
    for scale in (1.0, data.draw(st.floats(1, 2)), 2.0):
        words_stand_apart(draw(figure, PAPER, width, height, scale))


@FIGURES
def test_the_same_figure_has_the_same_bytes(name: str) -> None:
    draw, data = EXAMPLES[name]
    assert draw(data, PAPER, 400, 200, 1.3) == draw(data, PAPER, 400, 200, 1.3)
    assert draw(data, PAPER, 400, 200) != draw(data, DARK, 400, 200)


@pytest.mark.long
def test_another_process_writes_the_same_bytes() -> None:
    """Strings hash differently there, which must not show."""
    code = (
        "import hashlib; from tests.figures.data import EXAMPLES;"
        "from game.figures.theme import PAPER;"
        "svg = ''.join(draw(data, PAPER, 400, 200) for draw, data in EXAMPLES.values());"
        "print(hashlib.sha256(svg.encode()).hexdigest())"
    )
    found = {
        subprocess.run(
            [sys.executable, "-c", code], env={"PYTHONHASHSEED": seed, "PYTHONPATH": "."},
            capture_output=True, text=True, check=True,
        ).stdout
        for seed in ("1", "2")
    }  # fmt: skip
    assert len(found) == 1


def _with_labels(data: Any, label: str) -> Any:
    """The same figure with every label in it replaced."""
    if isinstance(data, tuple):
        return tuple(_with_labels(part, label) for part in data)
    if not hasattr(data, "__dataclass_fields__"):
        return label if type(data) is str else data
    return replace(
        data, **{f: _with_labels(getattr(data, f), label) for f in data.__dataclass_fields__}
    )


@FIGURES
@pytest.mark.parametrize("scale", SCALES)
def test_hostile_labels_are_shown_as_they_are(name: str, scale: float) -> None:
    draw, data = EXAMPLES[name]
    svg = draw(_with_labels(data, HOSTILE), PAPER, 600, 300, scale)
    words_stand_apart(svg)
    svg.encode("utf-8")
    assert "<script" not in svg
    assert "<script>&amp;\"']]> </text>" in {n.text for n in parsed(svg).iter(SPACE + "title")}
    assert "<script>" in said(svg)


@FIGURES
@pytest.mark.parametrize(
    ("width", "height", "scale"),
    [(199, 100, 1), (float("nan"), 100, 1), (300, 0, 1), (300, 100, 0.9), (300, 100, 2.1)],
)
def test_a_size_that_cannot_be_drawn_is_refused(
    name: str, width: float, height: float, scale: float
) -> None:
    draw: Draw
    draw, data = EXAMPLES[name]
    with pytest.raises(ValueError, match=r"width|height|scale"):
        draw(data, PAPER, width, height, scale)
