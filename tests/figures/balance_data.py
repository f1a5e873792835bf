"""Figures of a balance to try: one of each kind as it might be, and random ones."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from game.figures.machine_graph import GraphState, MachineGraph, Way, machine_graph
from game.figures.marks import LegendEntry, Sign
from game.figures.panels import Panel, Panels, panels
from game.figures.pareto import SHAPES, Deal, Pareto, Price, pareto
from game.figures.stacks import Fill, Layer, Stack, Stacks, stacks
from game.figures.whiskers import Whisker, Whiskers, whiskers
from tests.figures.random_words import LABELS, SHARES, legends

PANELS = Panels(
    "Scores by diffuseness",
    "direct falls, rapport rises.",
    (
        Panel("direct", (68.0, 61, 45, 30, 26), dots=(0, 1), note="28"),
        Panel("rapport", (28.0, 38, 47, 60, 72), dots=(4,), note="68"),
        Panel("steady", (77.0, 77, 79, 83, 87), (70.0, 70, 72, 75, 80), (80.0, 82, 84, 90, 95)),
    ),
    ((0.0, "0"), (50.0, "50"), (100.0, "100")),
    "specific",
    "diffuse",
    others=True,
    legend=(LegendEntry(Sign.FAINT, "the others"), LegendEntry(Sign.DOT, "best here")),
)
STACKS = Stacks(
    "How it ends",
    "The expert signs.",
    tuple(Layer(fill.value, fill) for fill in Fill),
    (
        Stack("novice", (0.8, 0.05, 0.1, 0.05, 0.0), ("80 %", "5 %", "10 %", "5 %", "0 %")),
        Stack("always_closing", (0.0, 0.0, 0.0, 0.0, 1.0), ("0 %", "0 %", "0 %", "0 %", "100 %")),
    ),
)
WHISKERS = Whiskers(
    "Moves against waiting",
    "",
    (
        Whisker("share_information", 3.0, 2.4, 3.7, "+3.0"),
        Whisker("accept", 2.3, -1.0, 5.0, "+2.3"),
        Whisker("bluff", -12.0, -14.0, -10.0, "−12.0"),
    ),
    "worse than waiting",
    "better",
)
PARETO = Pareto(
    "Packages and deals",
    "Half of them suit both.",
    "your utility",
    "their utility",
    ((0.2, 0.6), (0.3, 0.7), (0.5, 0.5), (0.8, 0.1), (0.1, 0.9)),
    ((0.1, 0.9), (0.5, 0.7), (0.9, 0.2)),
    0.25,
    0.32,
    0.1,
    (Deal("novice", 0.42, 0.62), Deal("rapport", 0.66, 0.5, 3), Deal("adaptive", 0.66, 0.5, 4)),
    (Price("39.5 EUR", 0.5, 0.7),),
    (LegendEntry(Sign.FRONTIER, "the frontier"), LegendEntry(Sign.ZONE, "suits both")),
)
MACHINE = MachineGraph(
    "The trust machine",
    "Most climb to trusted.",
    (
        GraphState("stranger", ("tells public",), "40 %", ladder=True, start=True),
        GraphState("acquainted", ("tells public, semi", "in when trust > 0.28"), "30 %", True),
        GraphState("trusted", ("in when trust > 0.45 and deals >= 1",), "20 %", True),
        GraphState("wary", ("in when damage > 0.2",)),
        GraphState("closed", ("ends the meeting",), ends=True),
    ),
    (
        Way(0, 1, 0.9, "90 %"), Way(1, 2, 0.4, "40 %"), Way(0, 2, 0.0, "0"), Way(1, 0, 0.1, "10 %"),
        Way(0, 3, 0.2, "20 %"), Way(1, 3, 0.1, "10 %"), Way(3, 1, 0.05, "5 %"),
        Way(3, 4, 0.0, "0"), Way(0, 4, 0.01, "1 %"),
    ),
)  # fmt: skip

EXAMPLES: dict[str, tuple[Any, Any]] = {
    "panels": (panels, PANELS),
    "stacks": (stacks, STACKS),
    "whiskers": (whiskers, WHISKERS),
    "pareto": (pareto, PARETO),
    "machine_graph": (machine_graph, MACHINE),
}


@st.composite
def _panels(draw: st.DrawFn) -> Panels:
    count = draw(st.integers(1, 30))
    values = st.lists(SHARES, min_size=count, max_size=count).map(tuple)

    def panel() -> Panel:
        middle = draw(values)
        banded = draw(st.booleans())
        return Panel(
            draw(LABELS),
            middle,
            middle if banded else (),
            tuple(min(1.0, v + 0.2) for v in middle) if banded else (),
            tuple(draw(st.sets(st.integers(0, count - 1), max_size=3))),
            draw(LABELS),
        )

    return Panels(
        "t",
        "d",
        tuple(panel() for _ in range(draw(st.integers(1, 8)))),
        ((0.0, draw(LABELS)), (0.1, draw(LABELS)), (1.0, draw(LABELS))),
        draw(LABELS),
        draw(LABELS),
        draw(st.booleans()),
        draw(legends()),
    )


@st.composite
def _stacks(draw: st.DrawFn) -> Stacks:
    def stack() -> Stack:
        parts = draw(st.lists(st.integers(0, 20), min_size=5, max_size=5).filter(any))
        shares = tuple(p / sum(parts) for p in parts)
        return Stack(draw(LABELS), shares, tuple(draw(LABELS) for _ in parts))

    return Stacks(
        "t",
        "d",
        tuple(Layer(draw(LABELS), fill) for fill in Fill),
        tuple(stack() for _ in range(draw(st.integers(0, 9)))),
    )


@st.composite
def _whiskers(draw: st.DrawFn) -> Whiskers:
    ends = st.lists(st.floats(-1000, 1000), min_size=3, max_size=3).map(sorted)
    rows = [
        Whisker(draw(LABELS), middle, low, high, draw(LABELS))
        for low, middle, high in draw(st.lists(ends, max_size=12))
    ]
    return Whiskers("t", "d", tuple(rows), draw(LABELS), draw(LABELS))


@st.composite
def _pareto(draw: st.DrawFn) -> Pareto:
    points = st.tuples(SHARES, SHARES)
    deals = [
        Deal(draw(LABELS), *place, draw(st.integers(0, SHAPES - 1)))
        for place in draw(st.lists(points, max_size=8))
    ]  # fmt: skip
    prices = [Price(draw(LABELS), *place) for place in draw(st.lists(points, max_size=6))]
    return Pareto(
        "t", "d", draw(LABELS), draw(LABELS), tuple(draw(st.lists(points, max_size=20))),
        tuple(draw(st.lists(points, max_size=6))), draw(SHARES), draw(SHARES), draw(SHARES),
        tuple(deals), tuple(prices), draw(legends()),
    )  # fmt: skip


@st.composite
def _machine(draw: st.DrawFn) -> MachineGraph:
    count = draw(st.integers(1, 9))
    states = tuple(
        GraphState(
            draw(LABELS), tuple(draw(st.lists(LABELS, max_size=4))), draw(LABELS),
            draw(st.booleans()), draw(st.booleans()), i == 0,
        )
        for i in range(count)
    )  # fmt: skip
    pairs = [(a, b) for a in range(count) for b in range(count) if a != b]
    chosen = draw(st.lists(st.sampled_from(pairs), max_size=40, unique=True)) if pairs else []
    texts = st.sampled_from(("0", "< 1 %", "7 %", "100 %"))
    return MachineGraph(
        "t", "d", states, tuple(Way(a, b, draw(SHARES), draw(texts)) for a, b in chosen)
    )


RANDOM: dict[str, tuple[Any, Any]] = {
    "panels": (panels, _panels()),
    "stacks": (stacks, _stacks()),
    "whiskers": (whiskers, _whiskers()),
    "pareto": (pareto, _pareto()),
    "machine_graph": (machine_graph, _machine()),
}
