"""Figures to try: one of each kind as it might be in a review, and random ones."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from hypothesis import strategies as st

from game.figures.bars import Outcome, OutcomeBar, Share, outcome_bars
from game.figures.calendar import Calendar, CalendarMeeting, When, calendar
from game.figures.continuum import Continuum, ContinuumPoint, PointKind, continuum
from game.figures.marks import LegendEntry, Mark, MarkKind, Sign
from game.figures.spiral import FactDot, PrivateCircle, Spiral, spiral
from game.figures.strip import TrustRow
from game.figures.waterfall import Gain, Waterfall, waterfall
from game.figures.worth_graph import MeetingBreak, WorthGraph, worth_graph
from tests.figures import balance_data
from tests.figures.random_words import LABELS, SHARES, legends

WORTH = (52.0, 54, 61, 66, 67, 69, 52, 50, 49, 51, 47, 39, 38, 41, 41)
LEGEND = (LegendEntry(Sign.PATH, "your path"), LegendEntry(MarkKind.BLUNDER, "a blunder"))
MARKS = (
    Mark(2, MarkKind.GREAT, "asked about the press"),
    Mark(5, MarkKind.MISTAKE, "price too soon"),
    Mark(10, MarkKind.MISSED, "open door"),
)

GRAPH = WorthGraph(
    "What each moment was worth",
    "It fell after turn six.",
    WORTH,
    low=tuple(v - 5 for v in WORTH),
    high=tuple(v + 5 for v in WORTH),
    result=41,
    marks=MARKS,
    breaks=(MeetingBreak(8, "two months later"),),
    trust=(TrustRow("Kang", tuple(v / 100 for v in WORTH)), TrustRow("Park", (None,) * 15)),
    legend=LEGEND,
)
SPIRAL = Spiral(
    "Circles and spiral",
    "You went to the terms in turn six.",
    (3, 3, 3, 2.5, 3, 0, 1, 2, 1, 2, 2, 2.5, 2, 2, 2),
    comfort=(3, 2.8, 2.6, 2.5, 2.4, 2.2, 2, 2, 1.8, 1.7, 1.6, 1.4, 1.2, 1, 0.8),
    private=PrivateCircle(0.7, 0.4),
    facts=(
        FactDot("rival bid", True, False),
        FactDot("family firm", True, True, 3),
        FactDot("export plan", False, True, 8),
    ),
    marks=MARKS,
    ring_names=("terms", "problem", "company", "personal"),
    legend=LEGEND,
)
CONTINUUM = Continuum(
    "The continuum",
    "You stand left of Kang.",
    "Specific",
    "Diffuse",
    (
        ContinuumPoint(PointKind.YOU, "you", 0.3),
        ContinuumPoint(PointKind.BUYER, "Kang", 0.8),
        ContinuumPoint(PointKind.READ, "your read of him", 0.65, 0.5, 0.8),
    ),
)
OUTCOME = Outcome(
    "Outcome",
    "",
    (
        OutcomeBar(Share.YOURS, "Your deal", 0.33, "33"),
        OutcomeBar(Share.THEIRS, "Their deal", 0.72, "72"),
        OutcomeBar(Share.RELATIONSHIP, "Relationship", 0.41, "41"),
    ),
)
WATERFALL = Waterfall(
    "Skill and luck", "", "Par", 45, "45", (Gain("Skill", 6, "+6"), Gain("Luck", -10, "−10")),
    "Your score", "41 of 100",
)  # fmt: skip
CALENDAR = Calendar(
    "Calendar",
    "",
    (
        CalendarMeeting("First meeting", "Lobby", When.PAST, 9),
        CalendarMeeting("Tea house", "14 turns", When.NOW, 14, "3 days", 3, "Friday 18:40", 11),
        CalendarMeeting("A year later", "The factory", When.AHEAD, 8, "12 months", 365),
    ),
)

Draw = Callable[..., str]
EXAMPLES: dict[str, tuple[Draw, Any]] = {
    "worth_graph": (worth_graph, GRAPH),
    "spiral": (spiral, SPIRAL),
    "continuum": (continuum, CONTINUUM),
    "outcome_bars": (outcome_bars, OUTCOME),
    "waterfall": (waterfall, WATERFALL),
    "calendar": (calendar, CALENDAR),
    **balance_data.EXAMPLES,
}


@st.composite
def marks(draw: st.DrawFn, turns: int) -> tuple[Mark, ...]:
    places = draw(st.lists(st.integers(0, turns - 1), max_size=8, unique=True)) if turns else []
    return tuple(Mark(i, draw(st.sampled_from(MarkKind)), draw(LABELS)) for i in places)


@st.composite
def graphs(draw: st.DrawFn) -> WorthGraph:
    turns = draw(st.one_of(st.integers(1, 20), st.integers(20, 90)))
    values = tuple(draw(st.lists(st.floats(0, 100), min_size=turns, max_size=turns)))
    banded = draw(st.booleans())
    numbered = draw(st.booleans())
    breaks = sorted(draw(st.sets(st.integers(0, turns - 1), max_size=4)))
    trusts = st.lists(st.none() | SHARES, min_size=turns, max_size=turns).map(tuple)
    return WorthGraph(
        "t",
        "d",
        values,
        low=tuple(max(0.0, v - 6) for v in values) if banded else (),
        high=tuple(min(100.0, v + 9) for v in values) if banded else (),
        result=draw(st.none() | st.floats(0, 100)),
        marks=draw(marks(turns)),
        breaks=tuple(MeetingBreak(b, draw(LABELS)) for b in breaks),
        trust=tuple(draw(st.lists(st.builds(TrustRow, LABELS, trusts), max_size=3))),
        turn_labels=tuple(str(i % 17 + 1) for i in range(turns)) if numbered else (),
        legend=draw(legends()),
    )


@st.composite
def spirals(draw: st.DrawFn) -> Spiral:
    turns = draw(st.one_of(st.integers(0, 20), st.integers(20, 90)))
    rings = st.lists(st.floats(0, 3), min_size=turns, max_size=turns).map(tuple)
    told_in = st.none() | st.integers(0, turns - 1) if turns else st.none()
    facts = st.builds(FactDot, LABELS, st.booleans(), st.booleans(), told_in)
    return Spiral(
        "t",
        "d",
        draw(rings),
        comfort=draw(st.just(()) | rings),
        private=draw(st.none() | st.builds(PrivateCircle, SHARES, SHARES)),
        facts=tuple(draw(st.lists(facts, max_size=10))),
        marks=draw(marks(turns)),
        ring_names=draw(st.just(()) | st.tuples(LABELS, LABELS, LABELS, LABELS)),
        legend=draw(legends()),
    )


@st.composite
def points(draw: st.DrawFn) -> ContinuumPoint:
    low, value, high = sorted(draw(st.tuples(SHARES, SHARES, SHARES)))
    whisker = (low, high) if draw(st.booleans()) else (None, None)
    return ContinuumPoint(draw(st.sampled_from(PointKind)), draw(LABELS), value, *whisker)


CONTINUA = st.builds(
    Continuum, st.just("t"), st.just("d"), LABELS, LABELS, st.lists(points(), max_size=8).map(tuple)
)
OUTCOMES = st.builds(
    Outcome,
    st.just("t"),
    st.just("d"),
    st.lists(st.builds(OutcomeBar, st.sampled_from(Share), LABELS, SHARES, LABELS), max_size=4).map(
        tuple
    ),
)
WATERFALLS = st.builds(
    Waterfall,
    st.just("t"),
    st.just("d"),
    LABELS,
    st.floats(0, 100),
    LABELS,
    st.lists(st.builds(Gain, LABELS, st.floats(-100, 100), LABELS), max_size=4).map(tuple),
    LABELS,
    LABELS,
)


@st.composite
def meetings(draw: st.DrawFn) -> CalendarMeeting:
    turns = draw(st.integers(1, 60))
    return CalendarMeeting(
        draw(LABELS), draw(LABELS), draw(st.sampled_from(When)), turns, draw(LABELS),
        draw(st.floats(0, 3650)), draw(LABELS), draw(st.none() | st.integers(1, turns)),
        draw(st.booleans()),
    )  # fmt: skip


CALENDARS = st.builds(
    Calendar, st.just("t"), st.just("d"), st.lists(meetings(), min_size=1, max_size=5).map(tuple)
)
RANDOM: dict[str, tuple[Draw, st.SearchStrategy[Any]]] = {
    "worth_graph": (worth_graph, graphs()),
    "spiral": (spiral, spirals()),
    "continuum": (continuum, CONTINUA),
    "outcome_bars": (outcome_bars, OUTCOMES),
    "waterfall": (waterfall, WATERFALLS),
    "calendar": (calendar, CALENDARS),
    **balance_data.RANDOM,
}
