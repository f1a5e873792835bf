"""What random figures are made of: labels of every kind, shares, legends."""

from __future__ import annotations

from hypothesis import strategies as st

from game.figures.marks import LegendEntry, MarkKind, Sign

_SHORT = st.text("abcdeiklmnorstuW MÄé1.–…<&", max_size=16)
LABELS = st.one_of(_SHORT, st.text(max_size=12), st.text("Wm ", min_size=30, max_size=60))
SHARES = st.floats(0, 1)


@st.composite
def legends(draw: st.DrawFn) -> tuple[LegendEntry, ...]:
    signs = st.one_of(st.sampled_from(Sign), st.sampled_from(MarkKind))
    return tuple(draw(st.lists(st.builds(LegendEntry, signs, LABELS), max_size=5)))
