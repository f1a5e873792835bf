"""A race of lines: everybody is named once, names stand apart, and ends are where they belong."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from game.figures.race import Race, Runner, race
from game.figures.theme import PAPER
from tests.figures.reading import SPACE, parsed, texts, words_stand_apart

TICKS = ((0.0, "0"), (0.5, "½"), (1.0, "1"))
lines = st.lists(
    st.lists(st.floats(0, 1), min_size=1, max_size=9), min_size=1, max_size=12
)  # fmt: skip


@settings(max_examples=25)
@given(lines, st.sampled_from([1.0, 1.5, 2.0]))
def test_every_name_is_there_once_and_apart_from_the_others(
    found: list[list[float]], scale: float
) -> None:
    runners = tuple(Runner(f"Table {k}", tuple(values)) for k, values in enumerate(found))
    svg = race(Race("Trust", "", runners, TICKS), PAPER, 300, 190, scale)
    shown = [text for text, _ in texts(svg) if text.startswith("Table")]
    assert sorted(shown) == sorted(runner.label for runner in runners)
    words_stand_apart(svg)


def test_a_line_ends_at_its_own_step_and_height() -> None:
    runners = (Runner("Oak", (0.0, 0.5, 1.0)), Runner("Elm", (0.0, 0.5)))
    dots = list(
        parsed(race(Race("Trust", "", runners, TICKS), PAPER, 300, 190)).iter(SPACE + "circle")
    )
    oak, elm = ((float(dot.attrib["cx"]), float(dot.attrib["cy"])) for dot in dots)
    assert elm[0] < oak[0]
    assert elm[1] > oak[1]


def test_what_cannot_be_drawn_is_refused() -> None:
    with pytest.raises(ValueError, match="values"):
        Race("Trust", "", (Runner("Oak", (1.5,)),), TICKS)
    with pytest.raises(ValueError, match="runners"):
        Race("Trust", "", (), TICKS)
