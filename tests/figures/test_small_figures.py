"""Continuum, bars, waterfall and calendar: what they show."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from math import nan

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.figures.bars import Outcome, OutcomeBar, Share, outcome_bars
from game.figures.calendar import Calendar, CalendarMeeting, When, calendar
from game.figures.continuum import Continuum, ContinuumPoint, PointKind, continuum
from game.figures.theme import PAPER
from game.figures.waterfall import Gain, Waterfall, waterfall
from tests.figures.data import CALENDAR, CONTINUUM, OUTCOME, WATERFALL
from tests.figures.reading import SPACE, parsed, said, texts, words_stand_apart

# --- continuum ------------------------------------------------------------------------------------


def dots(svg: str) -> dict[str, tuple[float, float, bool]]:
    """x, y and whether it is hollow, of every named dot."""
    found = {}
    for group in parsed(svg).iter(SPACE + "g"):
        dot = group.findall(SPACE + "circle")[-1]
        place = float(dot.attrib["cx"]), float(dot.attrib["cy"])
        found[group[0].text or ""] = (*place, dot.get("stroke") is not None)
    return found


def test_dots_stand_in_proportion_and_a_read_is_hollow() -> None:
    found = dots(continuum(CONTINUUM, PAPER, 400, 80))
    x = {name: place[0] for name, place in found.items()}
    step = (x["Kang"] - x["you"]) / 0.5
    assert x["your read of him"] == pytest.approx(x["you"] + 0.35 * step, abs=0.05)
    assert [name for name, place in found.items() if place[2]] == ["your read of him"]


def test_dots_at_one_place_do_not_hide_each_other() -> None:
    crowd = tuple(ContinuumPoint(PointKind.BUYER, f"buyer {i}", 0.5) for i in range(5))
    svg = continuum(Continuum("t", "d", "left", "right", crowd), PAPER, 300, 60, 2.0)
    words_stand_apart(svg)
    heights = sorted(place[1] for place in dots(svg).values())
    assert len(heights) == 5
    assert all(b - a >= 13 for a, b in pairwise(heights))


@given(st.lists(st.floats(0, 1), max_size=8), st.sampled_from([1.0, 1.5, 2.0]))
def test_everybody_is_named(values: list[float], scale: float) -> None:
    people = tuple(ContinuumPoint(PointKind.BUYER, f"B{i}", v) for i, v in enumerate(values))
    svg = continuum(Continuum("t", "d", "Specific", "Diffuse", people), PAPER, 240, 60, scale)
    words_stand_apart(svg)
    shown = {text for text, _ in texts(svg)}
    assert shown == {"Specific", "Diffuse", *(p.label for p in people)}


@pytest.mark.parametrize(
    ("value", "low", "high"),
    [(nan, None, None), (1.1, None, None), (0.5, 0.6, 0.9), (0.5, None, 0.9), (0.5, 0.2, nan)],
)
def test_points_off_the_line_are_refused(
    value: float, low: float | None, high: float | None
) -> None:
    point = ContinuumPoint(PointKind.READ, "read", value, low, high)
    with pytest.raises(ValueError, match=r"value|low|high"):
        replace(CONTINUUM, points=(point,))


# --- bars and waterfall ---------------------------------------------------------------------------


def widths(svg: str, colour: str) -> list[float]:
    return [
        float(n.attrib["width"])
        for n in parsed(svg).iter(SPACE + "rect")
        if n.get("fill") == colour
    ]


@pytest.mark.parametrize("width", [220, 300, 700])
@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_bars_are_as_long_as_their_share(width: float, scale: float) -> None:
    svg = outcome_bars(OUTCOME, PAPER, width, 90, scale)
    whole = widths(svg, PAPER.track)[0]
    assert whole > 0.3 * width
    for bar, colour in zip(OUTCOME.bars, (PAPER.specific, PAPER.gold, PAPER.good), strict=True):
        assert widths(svg, colour) == [pytest.approx(bar.value * whole, abs=0.02)]
        assert bar.label in said(svg)
        assert bar.text in said(svg)


def test_nothing_is_no_bar_and_an_outcome_may_be_empty() -> None:
    nothing = replace(OUTCOME, bars=(OutcomeBar(Share.YOURS, "Your deal", 0.0, "0"),))
    assert widths(outcome_bars(nothing, PAPER, 300, 60), PAPER.specific) == []
    assert texts(outcome_bars(Outcome("t", "d", ()), PAPER, 300, 60)) == []


def test_the_waterfall_ends_at_the_sum() -> None:
    assert WATERFALL.sums == (45, 51, 41)
    svg = waterfall(WATERFALL, PAPER, 500, 120)
    (start,), (end,) = widths(svg, PAPER.muted), widths(svg, PAPER.specific)
    assert end / start == pytest.approx(41 / 45, abs=1e-3)
    assert widths(svg, PAPER.track)[0] == pytest.approx(start / 0.45, abs=0.05)


def test_a_loss_is_hollow_and_a_gain_is_full() -> None:
    svg = waterfall(WATERFALL, PAPER, 500, 120)
    arrows = [n for n in parsed(svg).iter(SPACE + "path") if n.get("stroke-dasharray") != "1 3"]
    assert [n.get("fill") for n in arrows] == [PAPER.good, PAPER.card]
    assert arrows[1].get("stroke-dasharray") is not None


@given(st.lists(st.floats(-100, 100), max_size=6), st.floats(0, 100))
def test_sums_beyond_the_scale_stay_in_the_figure(points: list[float], start: float) -> None:
    gains = tuple(Gain("g", p, "x") for p in points)
    svg = waterfall(Waterfall("t", "d", "s", start, "s", gains, "r", "r"), PAPER, 400, 100)
    for rect in parsed(svg).iter(SPACE + "rect"):
        left, wide = float(rect.attrib["x"]), float(rect.attrib["width"])
        assert -0.01 <= left <= left + wide <= 400.01


@pytest.mark.parametrize("value", [nan, -0.1, 1.5])
def test_shares_that_are_none_are_refused(value: float) -> None:
    with pytest.raises(ValueError, match="value"):
        Outcome("t", "d", (OutcomeBar(Share.YOURS, "a", value),))
    with pytest.raises(ValueError, match="start"):
        replace(WATERFALL, start=value * 1000)
    with pytest.raises(ValueError, match="points"):
        replace(WATERFALL, gains=(Gain("a", value * 2000, "a"),))


# --- calendar -------------------------------------------------------------------------------------


def boxes(svg: str) -> list[tuple[float, float]]:
    return [(float(n.attrib["x"]), float(n.attrib["y"])) for n in parsed(svg).iter(SPACE + "rect")]


def test_a_calendar_runs_across_where_it_has_room_and_down_elsewhere() -> None:
    across, down = calendar(CALENDAR, PAPER, 700, 120), calendar(CALENDAR, PAPER, 240, 120, 2.0)
    assert len({y for _, y in boxes(across)}) == 1
    assert len({x for x, _ in boxes(down)}) == 1
    for svg in (across, down):
        words_stand_apart(svg)
        for meeting in CALENDAR.meetings:
            for text in (meeting.label, meeting.note, meeting.gap, meeting.flight):
                assert text in said(svg)


def test_long_words_of_a_meeting_are_told_whole_where_boxes_stand_under_one_another() -> None:
    note = "Four doors along the corridor, above the machine hall, a Tuesday in the second week"
    meeting = CalendarMeeting("Her office", note, When.NOW, 10)
    svg = calendar(Calendar("t", "d", (meeting, CALENDAR.meetings[1])), PAPER, 250, 40, 1.25)
    assert note in said(svg) and "…" not in said(svg)
    words_stand_apart(svg)


def test_a_movable_flight_is_dashed_and_a_final_one_is_not() -> None:
    def dashes(movable: bool) -> int:
        meeting = CalendarMeeting("m", "", When.NOW, 10, "", 0, "18:40", 5, movable)
        svg = calendar(Calendar("t", "d", (meeting,)), PAPER, 300, 100)
        return sum(1 for n in parsed(svg).iter(SPACE + "path") if n.get("stroke-dasharray"))

    assert dashes(True) == dashes(False) + 1


@pytest.mark.parametrize("turn", [1, 7, 14])
def test_the_flight_stands_at_its_turn(turn: int) -> None:
    meeting = CalendarMeeting("m", "", When.NOW, 14, "", 0, "home", turn)
    svg = calendar(Calendar("t", "d", (meeting,)), PAPER, 300, 100)
    (place,) = (box for text, box in texts(svg) if text == "home")
    (rect,) = parsed(svg).iter(SPACE + "rect")
    left, wide = float(rect.attrib["x"]), float(rect.attrib["width"])
    middle = left + 8 + (wide - 16) * turn / 14
    assert place.left - 10 <= middle <= place.right + 10


@pytest.mark.parametrize(
    "change",
    [{"turns": 0}, {"gap_days": nan}, {"gap_days": -1.0}, {"flight_turn": 0}, {"flight_turn": 10}],
    ids=str,
)
def test_a_meeting_that_cannot_be_is_refused(change: dict[str, object]) -> None:
    meeting = replace(CALENDAR.meetings[0], **change)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match=r"turn|gap"):
        Calendar("t", "d", (meeting,))
    with pytest.raises(ValueError, match="meetings"):
        Calendar("t", "d", ())
