"""A cover says what loading the scenario says, without what building models takes."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from game.scenario import language
from game.scenario.cover import cover, cover_of
from game.scenario.diagnostics import ScenarioError
from game.scenario.glance import glance
from game.scenario.library import lessons, shipped
from game.scenario.sources import tables
from game.scenario.translated import in_language
from tests.packs import QUAYSIDE

PLACES = {**shipped(), **lessons()}
ODD = """\
scenario: odd
title: "A title
  in two lines"
buyer:
  name: Inês Duarte
  diffuseness: {mean: 0.5}
meetings:
  - place: |
      a quay
      at night
    hour: 22
"""


@pytest.mark.parametrize("tag", ["en", "de", language.PSEUDO])
@pytest.mark.parametrize("id", PLACES)
def test_a_cover_shows_what_loading_shows(id: str, tag: str) -> None:
    with language.speaking(tag):
        shown, told = cover(PLACES[id]), cover_of(in_language(glance(PLACES[id])))
    assert shown is not None
    for buyer, sitter in told.buyers.items():
        # what a portrait does not say has its default, which whoever draws it knows too
        assert set(shown.buyers[buyer].portrait) <= set(sitter.portrait)
    without = [
        {key: getattr(one, key) for key in one.__slots__ if key != "buyers"}
        for one in (shown, told)
    ]
    assert without[0] == without[1]
    people = [
        [(b, s.name, s.role, s.address, s.pronoun, s.voice, s.d) for b, s in one.buyers.items()]
        for one in (shown, told)
    ]
    assert people[0] == people[1]


@pytest.mark.parametrize("id", tables(QUAYSIDE))
def test_scenarios_of_a_pack_have_covers(id: str) -> None:
    source = tables(QUAYSIDE)[id]
    shown, told = cover(source), cover_of(in_language(glance(source)))
    assert shown is not None and (shown.title, shown.city) == (told.title, told.city)


def test_texts_of_several_lines_are_whole(tmp_path: Path) -> None:
    path = tmp_path / "odd.yaml"
    path.write_text(ODD, encoding="utf-8")
    shown = cover(path)
    assert shown is not None and shown.title == "A title in two lines"
    assert shown.place == "a quay\nat night\n" and list(shown.buyers) == ["duarte"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("title: ", "title: [1]\nstake: "),
        ("hour: 22", "hour: late"),
        ("buyer:", "buyers:"),
        ("meetings:", "meeting:"),
        ("scenario: odd", "extends: nobody"),
    ],
)
def test_what_is_not_sound_has_no_cover(tmp_path: Path, old: str, new: str) -> None:
    path = tmp_path / "odd.yaml"
    path.write_text(ODD.replace(old, new), encoding="utf-8")
    assert cover(path) is None


def test_no_file_is_told_as_everywhere(tmp_path: Path) -> None:
    with pytest.raises(ScenarioError):
        cover(tmp_path / "none.yaml")


def test_neither_models_nor_numbers_are_built_for_covers() -> None:
    code = (
        "import sys; from game.scenario.cover import cover; from game.scenario.library import *\n"
        "assert all(cover(path) for path in shipped().values())\n"
        "print([name for name in ('pydantic', 'numpy', 'polib') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
