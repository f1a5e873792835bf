"""Places: every kind at every hour, light in small steps, words that find their place."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
import yaml

from game.figures.setting import (
    HEAD,
    KINDS,
    TABLE_EDGE,
    setting,
    setting_kind,
    setting_layers,
)
from game.figures.setting_light import light_at, mix, rgb
from game.figures.svg import size_of
from game.figures.theme import contrast
from tests.figures.reading import SPACE
from tests.marks import spread

SCENARIOS = Path(__file__).resolve().parents[2] / "scenarios"
TAGS = {"svg", "g", "title", "defs", "clipPath", "linearGradient", "radialGradient", "stop", "rect",
        "path", "ellipse"}  # fmt: skip
NUMBER = r"-?\d+(?:\.\d+)?"
EACH = pytest.mark.parametrize("kind", KINDS)

Shape = tuple[str, tuple[float, ...], tuple[tuple[float, float, float], ...]]


def shapes(svg: str) -> list[Shape]:
    """Every shape in drawing order: what it is, its numbers, its colours; gradients put in."""
    root = ElementTree.fromstring(svg)
    named = {node.attrib["id"]: node for node in root.iter() if "id" in node.attrib}
    found: list[Shape] = []

    def take(node: ElementTree.Element) -> None:
        if node.tag == SPACE + "defs":
            return
        numbers: list[float] = []
        colours: list[tuple[float, float, float]] = []

        def read(element: ElementTree.Element) -> None:
            given = {"fill-opacity": "1", "stroke-opacity": "1", "stop-opacity": "1"}
            for name, value in sorted({**given, **element.attrib}.items()):
                if re.fullmatch(r"#[0-9A-Fa-f]{6}", value):
                    colours.append(rgb(value))
                elif value.startswith("url("):
                    gradient = named[value[5:-1]]
                    for inner in gradient.iter():
                        if inner is not gradient:
                            read(inner)
                elif name not in ("id", "xmlns", "role", "viewBox"):
                    numbers.extend(float(n) for n in re.findall(NUMBER, value))

        read(node)
        found.append((node.tag, tuple(numbers), tuple(colours)))
        for child in node:
            take(child)

    take(root)
    return found


@EACH
@pytest.mark.parametrize("size", [(368, 400), (1280, 720), (186, 97)], ids=str)
def test_a_place_is_plain_svg_of_the_size_asked_for(kind: str, size: tuple[int, int]) -> None:
    layers = setting_layers(kind, 18.5, *size, title="A place")
    for svg in (layers.back, layers.front, setting(kind, 18.5, *size)):
        assert size_of(svg) == size
        assert not re.search(r"style|filter|href|script|nan|inf\b|<text|<image", svg)
        ids = re.findall(r' id="([^"]+)"', svg)
        assert len(ids) == len(set(ids))
        assert set(re.findall(r"url\(#([^)]+)\)", svg)) <= set(ids)
        for node in ElementTree.fromstring(svg).iter():
            assert node.tag.removeprefix(SPACE) in TAGS, node.tag
    assert ElementTree.fromstring(layers.back).findtext(SPACE + "title") == "A place"
    assert len(layers.back) + len(layers.front) < 120_000, "it is rasterised while somebody plays"


@EACH
def test_the_same_place_has_the_same_bytes_and_another_seed_another(kind: str) -> None:
    assert setting(kind, 9.0, 368, 400, 3) == setting(kind, 9.0, 368, 400, 3)
    bare = [re.sub(r"[bf][0-9a-f]{10}", "", setting(kind, 9.0, 368, 400, s)) for s in (3, 4)]
    assert bare[0] != bare[1]


def test_ids_differ_between_places_on_one_page() -> None:
    seen: set[str] = set()
    for kind in KINDS:
        for hour in (9.0, 9.5):
            ids = set(re.findall(r' id="([^"]+)"', setting(kind, hour, 368, 400)))
            assert not ids & seen
            seen |= ids


@pytest.mark.parametrize("kind", spread(KINDS, 3))
def test_light_changes_in_small_steps_and_things_stay(kind: str) -> None:
    """Ten minutes later everything is still there, no colour has jumped, the sun alone moves."""
    hours = (6.0, 6.9, 8.4, 10.0, 12.7, 15.4, 16.9, 18.2, 19.2, 20.2)
    for hour in hours:
        before = shapes(setting(kind, hour, 640, 400))
        after = shapes(setting(kind, hour + 1 / 6, 640, 400))
        assert [s[0] for s in before] == [s[0] for s in after]
        for (tag, numbers, colours), (_, numbers2, colours2) in zip(before, after, strict=True):
            assert len(numbers) == len(numbers2), tag
            assert len(colours) == len(colours2), tag
            for one, two in zip(numbers, numbers2, strict=True):
                assert abs(one - two) < 26, f"{kind} at {hour}: {tag} {one} {two}"
            for colour, other in zip(colours, colours2, strict=True):
                assert max(abs(a - b) for a, b in zip(colour, other, strict=True)) < 0.17


@EACH
def test_the_day_shows(kind: str) -> None:
    """Noon is brighter than night, everywhere: by the sum of all colours drawn."""

    def brightness(hour: float) -> float:
        colours = [c for _, _, found in shapes(setting(kind, hour, 640, 400)) for c in found]
        return sum(sum(c) for c in colours) / len(colours)

    assert brightness(12.5) > brightness(18.5) > brightness(21.5)


def test_hours_outside_the_day_look_like_its_ends() -> None:
    assert light_at(2.0) == light_at(5.0)
    assert light_at(24.0) == light_at(22.0)


def test_lamps_burn_when_it_is_dark_and_the_sun_is_low_twice() -> None:
    assert light_at(12).lamp == 0
    assert light_at(21).lamp == 1
    assert 0 < light_at(17.5).lamp < light_at(18.5).lamp < 1
    assert light_at(8).side < 0 < light_at(18).side
    assert light_at(8).slant > 0 > light_at(18).slant
    assert abs(light_at(18).slant) > abs(light_at(14).slant)
    assert light_at(21).direct == 0 < light_at(12.8).direct < light_at(17.5).direct


@pytest.mark.parametrize("hour", [6, 8, 10, 12, 14, 16, 18, 19, 20, 21, 22])
def test_lamplight_keeps_the_air_clear(hour: int) -> None:
    """What lies over the portrait is a breath: ink and paper stay far apart through it."""
    colour, opacity = light_at(hour).wash
    assert opacity <= 0.12
    assert contrast(mix("#23304A", colour, opacity), mix("#FFFBF2", colour, opacity)) > 8


def test_a_head_is_above_the_table() -> None:
    assert HEAD + 0.25 < TABLE_EDGE < 0.9


@pytest.mark.parametrize(
    ("kind", "hour", "width", "height"),
    [("palace", 9, 368, 400), ("office", 25, 368, 400), ("office", -1, 368, 400),
     ("office", float("nan"), 368, 400), ("office", 9, 0, 400), ("office", 9, 368, float("inf"))],
)  # fmt: skip
def test_what_cannot_be_drawn_is_refused(
    kind: str, hour: float, width: float, height: float
) -> None:
    with pytest.raises(ValueError, match=r"kind|hour|width|height"):
        setting(kind, hour, width, height)


@pytest.mark.parametrize(
    ("place", "given", "kind"),
    [
        ("the partners' office above the Waalhaven", "office", "quay_office"),
        ("the glass office over the lines, Hanbit's works in Ansan", "factory", "glass_office"),
        ("A standing desk behind glass, twelve metres from press 4", "factory", "factory"),
        ("the dispatch office in the Pershing Road depot", "factory", "depot"),
        ("purchasing, a room with one window on the rail yards", "office", "yard_office"),
        ("her office, along the corridor above the Pape clinic", "office", "clinic_office"),
        ("the room between the two offices, above the clinic", "meeting_room", "meeting_room"),
        ("the quay", "restaurant", "restaurant"),
        ("her shop before dawn", "", "shop"),
        ("the brewery, behind the counter", "", "shop"),
        ("the canteen", "", "restaurant"),
        ("Gate 14, forty minutes before departure", "", "terminal"),
        ("the lawyers' room", "", "law_office"),
        ("the harbour office", "", "quay_office"),
        ("a room on the fourth floor", "", "meeting_room"),
        ("", "", "meeting_room"),
        ("on the moon", "crater", "meeting_room"),
    ],
)
def test_words_find_their_place(place: str, given: str, kind: str) -> None:
    assert setting_kind(place, given) == kind


@pytest.mark.parametrize("path", sorted(SCENARIOS.glob("*.yaml")), ids=lambda p: p.stem)
def test_every_meeting_of_a_shipped_scenario_has_its_place(path: Path) -> None:
    meetings: list[dict[str, Any]] = yaml.safe_load(path.read_text(encoding="utf-8"))["meetings"]
    for meeting in meetings:
        kind = setting_kind(meeting["place"], meeting["setting"])
        assert kind in KINDS
        assert "<svg" in setting(kind, meeting["hour"], 368, 400)
        if kind != meeting["setting"]:
            assert kind not in ("meeting_room", "restaurant", "tea_house", "office", "terminal")
