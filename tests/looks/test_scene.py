"""Scenes as one picture: all are in it, in order, and nothing depends on more than the scene."""

from __future__ import annotations

from dataclasses import replace
from xml.etree import ElementTree

import pytest

from game.looks.people import Looks
from game.looks.scene import Scene, middle, scene_of, scene_svg
from game.scenario.sources import tables
from game.session.game import Game
from game.session.table import stand
from tests.at_hand import at_hand


def played(name: str, turns: int) -> Game:
    (path, *_) = tables(name).values()
    game = Game(at_hand(path), 7)
    for _ in range(turns):
        game.play(game.legal()[0])
    return game


def scene(name: str, turns: int = 5) -> Scene:
    game = played(name, turns)
    return scene_of(game, stand(game), Looks(game))


@pytest.mark.parametrize("name", ["seoul", "toronto-committee"])
def test_a_scene_is_one_wellformed_picture_with_everybody_in_it(name: str) -> None:
    shown = scene(name)
    root = ElementTree.fromstring(scene_svg(shown, 400, 432))
    assert root.get("viewBox") == "0 0 400 432"
    people = [one for one in root if one.tag.endswith("}svg") and one.get("x")]
    assert len(people) == 2 * len(shown.sitters)  # body and hands of each


def test_a_picture_follows_from_its_scene_alone() -> None:
    one, other = scene("seoul"), scene("seoul")
    assert scene_svg(one, 400, 432) == scene_svg(other, 400, 432)
    later = replace(one, hour=one.hour + 3)
    assert scene_svg(one, 400, 432) != scene_svg(later, 400, 432)


def test_ids_stand_once_in_a_picture() -> None:
    root = ElementTree.fromstring(scene_svg(scene("toronto-committee"), 640, 400))
    ids = [one.get("id") for one in root.iter() if one.get("id")]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("name", ["seoul", "toronto-committee"])
def test_eyes_can_blink_by_a_style_and_are_open_without_it(name: str) -> None:
    shown = scene(name)
    root = ElementTree.fromstring(scene_svg(shown, 640, 400, ".shut{opacity:1}"))
    groups = [one for one in root.iter() if one.get("class")]
    classes = sorted(one.get("class", "") for one in groups)
    count = range(len(shown.sitters))
    assert classes == sorted(f"{lids} b{k}" for k in count for lids in ("open", "shut"))
    hidden = {one.get("class", "").split()[0]: one.get("opacity") for one in groups}
    assert hidden == {"open": None, "shut": "0"}
    parents = {child: parent for parent in root.iter() for child in parent}
    for one in [one for one in groups if one.get("class", "").startswith("shut")]:
        parents[one].remove(one)
    for one in [one for one in root if one.tag.endswith("}style")]:
        root.remove(one)
    still = ElementTree.fromstring(scene_svg(shown, 640, 400))
    drawn = [
        (one.tag, {**one.attrib, "class": ""}) for one in root.iter() if "class" not in one.attrib
    ]
    assert drawn == [(one.tag, {**one.attrib, "class": ""}) for one in still.iter()]


def test_places_across_a_table_are_even_and_inside() -> None:
    assert middle(0, 1, 1.0) == 0.5
    for count in (2, 3, 4):
        places = [middle(i, count, 0.6) for i in range(count)]
        assert places == sorted(places)
        assert places[0] > 0 and places[-1] < 1
        assert places[0] + places[-1] == pytest.approx(1.0)
