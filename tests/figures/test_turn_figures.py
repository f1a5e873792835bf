"""Worth graph and spiral: what they show of the turns."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from math import hypot, isclose, nan
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.figures.marks import LegendEntry, Mark, MarkKind, Sign
from game.figures.orbit import Orbit
from game.figures.spiral import FactDot, PrivateCircle, Spiral, spiral
from game.figures.strip import BAR, TrustRow
from game.figures.theme import PAPER
from game.figures.worth_graph import MeetingBreak, WorthGraph, ticks_for, worth_graph
from tests.figures.data import GRAPH, SPIRAL
from tests.figures.reading import SPACE, parsed, said, texts, words_stand_apart


def graph(values: tuple[float, ...], **more: object) -> WorthGraph:
    return WorthGraph("t", "d", values, **more)  # type: ignore[arg-type]


def filled(svg: str, tag: str, colour: str) -> list[ElementTree.Element]:
    return [n for n in parsed(svg).iter(SPACE + tag) if n.get("fill") == colour]


def stroked(svg: str, colour: str) -> list[list[tuple[float, float]]]:
    """The points of every path of this colour."""
    found = []
    for node in parsed(svg).iter(SPACE + "path"):
        if node.get("stroke") == colour:
            pairs = re.findall(r"(-?[\d.]+) (-?[\d.]+)", node.attrib["d"])
            found.append([(float(x), float(y)) for x, y in pairs])
    return found


# --- worth graph ----------------------------------------------------------------------------------


@given(st.lists(st.floats(0, 100), min_size=1, max_size=40), st.integers(2, 6))
def test_ticks_are_round_few_and_enclose_the_data(values: list[float], most: int) -> None:
    ticks = ticks_for(graph(tuple(values)), most)
    steps = {b - a for a, b in pairwise(ticks)}
    assert len(steps) == 1
    assert 2 <= len(ticks) <= most
    assert 0 <= ticks[0] <= min(values) <= max(values) <= ticks[-1] <= 100
    assert all(tick % 5 == 0 or tick % 2 == 0 for tick in ticks)


@pytest.mark.parametrize(
    ("values", "ticks"),
    [
        ((38.0, 69.0), [30, 40, 50, 60, 70]),
        ((50.0, 50.0), [44, 46, 48, 50, 52, 54, 56]),
        ((0.0, 100.0), [0, 20, 40, 60, 80, 100]),
        ((100.0,), [90, 92, 94, 96, 98, 100]),
    ],
)
def test_ticks_are_chosen_from_the_data(values: tuple[float, ...], ticks: list[int]) -> None:
    assert ticks_for(graph(values), 7) == ticks


def test_the_line_has_the_heights_of_the_values() -> None:
    values = (40.0, 60.0, 50.0)
    (line,) = (p for p in stroked(worth_graph(graph(values), PAPER, 400, 200), PAPER.specific))
    (x0, y0), (x1, y1), (x2, y2) = line
    assert isclose(x1 - x0, x2 - x1, abs_tol=0.02)
    assert y1 < y2 < y0
    assert isclose((y0 - y1) / 2, y2 - y1, abs_tol=0.02)


@pytest.mark.parametrize(
    ("turns", "numbers"),
    [
        (3, "1 2 3"),
        (15, " ".join(str(i) for i in range(1, 16))),
        (60, "1 5 10 15 20 25 30 35 40 45 50 55 60"),
        (80, "1 5 10 15 20 25 30 35 40 45 50 55 60 65 70 75 80"),
    ],
)
def test_turn_numbers_are_thinned_out(turns: int, numbers: str) -> None:
    svg = worth_graph(graph((50.0,) * turns), PAPER, 560, 200)
    low = max(box.top for _, box in texts(svg))
    shown = [text for text, box in sorted(texts(svg), key=lambda t: t[1].left) if box.top == low]
    assert " ".join(shown) == numbers


def test_every_meeting_shows_the_number_it_begins_with() -> None:
    labels = tuple(str(i % 20 + 1) for i in range(60))
    breaks = tuple(MeetingBreak(b, f"meeting {b}") for b in (0, 20, 40))
    svg = worth_graph(graph((50.0,) * 60, turn_labels=labels, breaks=breaks), PAPER, 560, 200)
    assert [text for text, _ in texts(svg)].count("1") == 3
    assert all(f"meeting {b}" in said(svg) for b in (0, 20, 40))


def test_bars_of_trust_are_as_high_as_trust() -> None:
    rows = (TrustRow("Kang", (0.0, 0.5, 1.0)), TrustRow("Park", (None, None, 0.25)))
    svg = worth_graph(graph((50.0, 50, 50), trust=rows), PAPER, 400, 200)
    heights = [float(n.attrib["height"]) for n in filled(svg, "rect", PAPER.trust)]
    assert heights == [1.0, BAR / 2, BAR, BAR / 4]
    assert "Kang" in said(svg)
    assert "Park" in said(svg)


def test_marks_differ_in_shape() -> None:
    shapes = set()
    for kind in MarkKind:
        svg = worth_graph(graph((50.0, 60.0), marks=(Mark(1, kind, "here"),)), PAPER, 400, 200)
        (group,) = (g for g in parsed(svg).iter(SPACE + "g") if g[0].text == "here")
        shapes.add(re.sub(r"#\w+", "", ElementTree.tostring(group, "unicode")))
    assert len(shapes) == len(MarkKind)


@pytest.mark.parametrize("turns", [1, 2, 3, 80, 200])
@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_short_long_and_level_games(turns: int, scale: float) -> None:
    marks = tuple(Mark(i, MarkKind.MISTAKE, f"note {i}") for i in range(0, turns, 7))
    data = graph((50.0,) * turns, marks=marks, trust=(TrustRow("Kang", (0.5,) * turns),))
    words_stand_apart(worth_graph(data, PAPER, 320, 200, scale))
    words_stand_apart(spiral(Spiral("t", "d", (2.0,) * turns, marks=marks), PAPER, 300, 300, scale))


@pytest.mark.parametrize(
    "change",
    [
        {"values": ()}, {"values": (nan,) * 15}, {"values": (101.0,) * 15}, {"low": (nan,) * 15},
        {"low": ()}, {"low": (99.0,) * 15}, {"high": (1.0,)}, {"result": nan},
        {"turn_labels": ("1",)}, {"marks": (Mark(15, MarkKind.GREAT),)},
        {"marks": (Mark(1, MarkKind.GREAT), Mark(1, MarkKind.MISSED))},
        {"breaks": (MeetingBreak(15, ""),)},
        {"breaks": (MeetingBreak(5, ""), MeetingBreak(2, ""))},
        {"trust": (TrustRow("a", (nan,) * 15),)}, {"trust": (TrustRow("a", (1.2,) * 15),)},
        {"trust": (TrustRow("a", ()),)},
    ],
    ids=str,
)  # fmt: skip
def test_a_graph_of_what_is_not_there_is_refused(change: dict[str, object]) -> None:
    (name,) = (field.rstrip("s") for field in change)
    with pytest.raises(ValueError, match=name):
        replace(GRAPH, **change)  # type: ignore[arg-type]


# --- circles and spiral ---------------------------------------------------------------------------


@given(st.lists(st.floats(0, 3), min_size=1, max_size=60))
def test_the_path_keeps_to_the_rings_of_its_turns(distances: list[float]) -> None:
    orbit = Orbit(0, 0, 100, len(distances))
    track = orbit.track(distances)
    reach = [hypot(x, y) for x, y in track]
    low, high = orbit.ring(min(distances)), orbit.ring(max(distances))
    assert all(low - 1e-6 <= r <= high + 1e-6 for r in reach)
    assert isclose(reach[-1], orbit.ring(distances[-1]), abs_tol=1e-6)
    assert [orbit.ring(d) for d in (0, 1, 2, 3)] == sorted(orbit.ring(d) for d in (0, 1, 2, 3))
    assert orbit.angle(1) > orbit.angle(0) or len(distances) == 1
    assert orbit.ring(0) > 0
    assert orbit.ring(3) < orbit.radius


def _private(diffuseness: float, trust: float) -> tuple[float, float]:
    """Radius of the private circle as drawn, of the outer radius, and the width of its gate, px."""
    data = Spiral("t", "d", (), private=PrivateCircle(diffuseness, trust))
    svg = spiral(data, PAPER, 300, 300)
    outer = max(float(n.attrib["r"]) for n in parsed(svg).iter(SPACE + "circle"))
    colour = PAPER.diffuse if diffuseness >= 0.5 else PAPER.specific
    radius = max(float(n.attrib["r"]) for n in filled(svg, "circle", colour))
    for node in parsed(svg).iter(SPACE + "path"):
        if "A" in node.attrib["d"]:  # from x y, the arc's two radii and three flags, to x y
            x0, _, *_, x1, _ = map(float, re.findall(r"-?[\d.]+", node.attrib["d"]))
            return radius / outer, x0 - x1
    return radius / outer, 0.0


@pytest.mark.parametrize("diffuseness", [0.0, 0.3, 0.5, 1.0])
def test_the_private_circle_grows_with_diffuseness(diffuseness: float) -> None:
    assert _private(diffuseness, 0.5)[0] == pytest.approx(0.2 + 0.6 * diffuseness, abs=1e-3)


def test_the_gate_opens_with_trust() -> None:
    gates = [_private(0.6, trust)[1] for trust in (0.0, 0.2, 0.5, 1.0)]
    assert gates[0] == 0
    assert gates == sorted(set(gates))


@given(st.floats(0, 1), st.lists(st.booleans(), max_size=9), st.integers(0, 12))
def test_facts_lie_inside_or_outside(d: float, inside: list[bool], turns: int) -> None:
    facts = tuple(FactDot("", is_in, told=is_in) for is_in in inside)
    data = Spiral("t", "d", (2.0,) * turns, private=PrivateCircle(d, 0.3), facts=facts)
    svg = spiral(data, PAPER, 400, 400)
    circles = list(parsed(svg).iter(SPACE + "circle"))
    outer = max(circles, key=lambda n: float(n.attrib["r"]))
    x, y, radius = (float(outer.attrib[a]) for a in ("cx", "cy", "r"))
    for is_in, colour in ((True, PAPER.good), (False, PAPER.muted)):
        dots = [n for n in circles if colour in (n.get("fill"), n.get("stroke"))]
        assert len(dots) == inside.count(is_in)
        for dot in dots:
            away = hypot(float(dot.attrib["cx"]) - x, float(dot.attrib["cy"]) - y) / radius
            assert (away < 0.2 + 0.6 * d) is is_in
            assert away < 1


@pytest.mark.long
@given(st.lists(st.booleans(), min_size=1, max_size=12), st.sampled_from([1.0, 1.5, 2.0]))
def test_no_label_of_a_fact_is_lost(inside: list[bool], scale: float) -> None:
    facts = tuple(FactDot(f"fact{i}", is_in, i % 2 == 0) for i, is_in in enumerate(inside))
    data = replace(SPIRAL, facts=facts, legend=())
    svg = spiral(data, PAPER, 260, 260, scale)
    words_stand_apart(svg)
    for fact in facts:
        assert fact.label in said(svg)


def test_what_is_hidden_is_not_drawn() -> None:
    """In plain help there is neither a private circle nor a preferred path."""
    data = Spiral("t", "d", (3.0, 2.0, 1.0), facts=(FactDot("told", True, True, 1),))
    svg = spiral(data, PAPER, 300, 300)
    for colour in (PAPER.diffuse, PAPER.specific, PAPER.comfort):
        assert colour not in svg


def test_a_legend_stands_under_the_picture() -> None:
    plain = spiral(replace(SPIRAL, legend=()), PAPER, 300, 300)
    entries = tuple(LegendEntry(sign, f"sign {sign}") for sign in (*Sign, *MarkKind))
    svg = spiral(replace(SPIRAL, legend=entries), PAPER, 300, 300)
    words_stand_apart(svg)
    lowest = max(box.bottom for text, box in texts(svg) if not text.startswith("sign"))
    tops = [box.top for text, box in texts(svg) if text.startswith("sign")]
    assert len(tops) == len(entries)
    assert min(tops) > lowest
    assert "sign" not in said(plain)


@pytest.mark.parametrize(
    "change",
    [
        {"radii": (nan,) * 15}, {"radii": (3.1,) * 15}, {"comfort": (1.0,)},
        {"comfort": (nan,) * 15}, {"private": PrivateCircle(nan, 0.5)},
        {"private": PrivateCircle(0.5, 1.01)}, {"facts": (FactDot("a", True, True, 15),)},
        {"marks": (Mark(-1, MarkKind.GREAT),)}, {"ring_names": ("terms",)},
    ],
    ids=str,
)  # fmt: skip
def test_a_spiral_of_what_is_not_there_is_refused(change: dict[str, object]) -> None:
    (name,) = change
    name = {"private": r"diffuseness|trust", "facts": "fact", "marks": "mark"}.get(name, name)
    with pytest.raises(ValueError, match=name):
        replace(SPIRAL, **change)  # type: ignore[arg-type]
