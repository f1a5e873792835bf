"""The JSON Schemas: made of the models, refusing what the loader refuses and nothing else."""

from __future__ import annotations

import copy
import json
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from game.scenario import load
from game.scenario.diagnostics import errors
from game.scenario.library import scenarios_dir, shipped
from game.scenario.model import Scenario
from game.scenario.phrases import KEYS, TIMES
from game.scenario.schema import KINDS, Kind, schema_of, written
from game.scenario.tree import Lines, parse_tree, plain
from tests.scenario.proofs import BAD, ROOT, bad_files

DOCS = ROOT / "docs"
GOOD = ROOT / "tests" / "scenarios" / "good"
# What a schema can see: all of one file's keys and values, and these agreements. The Y are
# spellings that leave a value of the wrong type.
SEEN = {
    *("M001", "M002", "M003", "M004", "M005", "M006", "M007", "M008"),
    *("X001", "X003", "X014", "X015", "X018", "X030", "V004", "V005"),
    *("Y014", "Y015", "Y017", "Y019"),
}


@cache
def validator(kind: Kind) -> jsonschema.Draft202012Validator:
    return jsonschema.Draft202012Validator(schema_of(kind))


def data_of(path: Path) -> dict[str, Any] | None:
    """The data as the loader reads it; None where it stops before there is any."""
    tree = parse_tree(path.read_text(encoding="utf-8", errors="replace"), path.name, Lines())
    return None if tree.root is None else plain(tree.root)


def passes(path: Path) -> bool:
    data = data_of(path)
    assert data is not None
    kind: Kind = "scenario"
    if "scenario" not in data:
        kind = "pack" if path.name == "pack.yaml" else "voice"
    return bool(validator(kind).is_valid(data))


# --- what is committed ------------------------------------------------------------------------


@pytest.mark.parametrize("name", sorted(written()))
def test_the_committed_files_are_current(name: str) -> None:
    """After a change of the models: `python -m game.scenario.schema`."""
    assert (DOCS / name).read_text(encoding="utf-8") == written()[name]


@pytest.mark.parametrize("kind", KINDS)
def test_it_is_a_schema_of_its_draft(kind: Kind) -> None:
    schema = schema_of(kind)
    jsonschema.Draft202012Validator.check_schema(schema)
    assert schema["$schema"].endswith("/2020-12/schema") and schema["$id"].endswith(f":{kind}:1")


def keys_of(kind: Kind) -> dict[str, dict[str, Any]]:
    """Every key of a whole part, by ``Part.key``."""
    schema = schema_of(kind)
    parts = {**schema["$defs"], **({kind: schema} if "properties" in schema else {})}
    return {
        f"{part}.{key}": node
        for part, content in parts.items()
        if not part.endswith("Change")
        for key, node in content.get("properties", {}).items()
    }


@pytest.mark.parametrize("kind", KINDS)
def test_every_key_is_explained(kind: Kind) -> None:
    for name, node in keys_of(kind).items():
        assert len(node.get("description", "")) >= 8, name
        assert node["markdownDescription"].startswith(node["description"]), name
        choice = any(key in node for key in ("enum", "const")) or node.get("type") == "boolean"
        assert choice or node.get("examples"), f"{name} has no example"


@pytest.mark.parametrize("kind", KINDS)
def test_the_meanings_of_words_are_those_of_its_words(kind: Kind) -> None:
    """A word without a meaning beside words that have one was forgotten or misspelt."""
    for name, node in keys_of(kind).items():
        meanings = node.get("enumDescriptions", [])
        words = [word for word in node.get("enum", []) if word is not None]
        assert not meanings or [bool(m) for m in meanings[: len(words)]] == [True] * len(words), (
            name
        )


def test_examples_are_valid_themselves() -> None:
    for kind in KINDS:
        schema = schema_of(kind)
        for name, node in keys_of(kind).items():
            one = jsonschema.Draft202012Validator({**node, "$defs": schema["$defs"]})
            for example in node.get("examples", ()):
                assert [e.message for e in one.iter_errors(example)] == [], name


def test_phrases_are_described_as_they_are_checked() -> None:
    defs = schema_of("scenario")["$defs"]
    assert set(defs["Phrase"]["properties"]) == set(KEYS)
    assert set(defs["Variant"]["properties"]["when"]["enum"]) == set(TIMES)


# --- files --------------------------------------------------------------------------------------

TABLES = [*sorted(shipped().values()), *sorted((scenarios_dir() / "lessons").glob("*.yaml"))]


@pytest.mark.parametrize("path", TABLES, ids=lambda p: p.stem)
def test_every_shipped_scenario_names_it_and_passes(path: Path) -> None:
    first = path.read_text(encoding="utf-8").split("\n", 1)[0]
    named = first.removeprefix("# yaml-language-server: $schema=")
    assert (path.parent / named).resolve() == DOCS / "scenario.schema.json"
    assert passes(path)


@pytest.mark.parametrize(
    "path",
    [*sorted(scenarios_dir().rglob("voices/*.yaml")), *sorted(GOOD.rglob("*.yaml"))],
    ids=lambda p: p.stem,
)
def test_every_voice_and_every_good_file_passes(path: Path) -> None:
    assert passes(path)


@pytest.mark.parametrize("path", sorted(BAD.glob("packs/*/pack.yaml")), ids=lambda p: p.parent.name)
def test_the_manifest_of_a_bad_pack_fails_where_it_is_wrong_itself(path: Path) -> None:
    code = path.parent.name.split("_")[0].upper()
    assert passes(path) is not (code == "M003")


@pytest.mark.parametrize(
    "path",
    [
        path
        for path in [*bad_files(), *sorted((BAD / "voices").glob("*.yaml"))]
        if path.suffix == ".yaml" and data_of(path) is not None
    ],
    ids=lambda p: p.stem,
)
def test_a_bad_file_fails_just_where_a_schema_can_see_it(path: Path) -> None:
    wrong = path.stem.split("_")[0].upper() in SEEN and "allowed" not in path.stem
    assert passes(path) is not wrong


# --- any data -------------------------------------------------------------------------------------

EVERYTHING: dict[str, Any] = {
    "scenario": "everything", "title": "Everything", "selling": "rope", "lang": "en",
    "you": {"firm": "Ropes", "reservation": 0.25, "notes": [{"turn": 2, "text": "Well?"}]},
    "buyers": {
        "berg": {
            "name": "Ada Berg", "pronoun": "she", "portrait": {"age": 40, "glasses": True},
            "diffuseness": {"mean": 0.4, "sd": 0.1}, "say": True, "welcome": ["boats"],
            "needs": {"soon": {"chance": 1, "weights": {"price_eur": 0.5, "delivery": 0.5}}},
        }
    },
    "topics": {"boats": {"label": "boats", "radius": 3}},
    "issues": {
        "price_eur": {"options": [900, 850.5, 800], "you": [1, 0.5, 0], "buyer": [0, 0.6, 1]},
        "delivery": {"options": ["June", "May"], "you": [1, 0], "buyer": [0, 1], "label": "when"},
    },
    "weights": {"you": {"price_eur": 0.7, "delivery": 0.3},
                "buyer": {"price_eur": 0.4, "delivery": 0.6}},
    "score": {"you": 40, "them": 20, "relationship": 40},
    "facts": {"dock": {"depth": "private", "about": "delivery", "text": "A dock.", "worth": 0.05,
                       "says": {"plain": "A dock."}}},
    "demands": {"splice": {"label": "the splicing", "cost": 0.05}},
    "blocks": {"length": "the length"},
    "meetings": [{"place": "the quay", "setting": "office", "turns": 9, "present": ["berg"]},
                 {"gap_days": 3, "hour": 9.5}],
    "flight": {"meeting": 2, "turn": 6, "movable": True},
    "referral": {"given_by": "a pilot", "strength": 0.5},
    "preparation": {"slots": 2, "history": "Old."},
    "deals": [{"kind": "cross_sale", "subject": "service"}, {"gap_days": 90}],
    "rival": {"name": "Hemp", "strength": 0.2}, "cold_call": False, "toughness": 0.1,
    "events": {"late": {"kind": "delivery_failure", "size": 0.2, "turn": 4},
               "earlier": {"kind": "flight_moved", "turns_earlier": 3, "meeting": 2}},
    "trust_machine": {"states": {"trusted": {"enter": "trust > 0.5", "tells": ["public"]}}},
    "phrases": {"greet": {"says": {"hello": "Good day.", "you": {"text": "You!", "when": "easy"}}}},
    "expect": [{"arms": {"A": "rapport", "B": "direct"}, "expect": {"kind": "at_least"}}],
    "plays": {"short": {"moves": ["greet", "part"], "seed": 3, "events": ["parted"]}},
    "teaching": {"aim": "Listen.", "minutes": 10, "questions": ["What did she want?"]},
}  # fmt: skip
VALUES: list[Any] = [
    None, True, False, 0, 1, -1, 2, 7, 99, 4000, 0.5, -0.25, 1.5, "", " ", "word", "A b", "no: go",
    "boats", "renewal", "good_news", "private", [], ["word"], [1, 1], {}, {"word": 1},
    {"mean": 0.4}, {"text": "You!"}, "x" * 70,
]  # fmt: skip


def places(data: Any, at: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The path of everything in some data."""
    inside = data.items() if isinstance(data, dict) else enumerate(data)
    found = []
    for step, value in inside:
        found.append((*at, step))
        if isinstance(value, dict | list):
            found += places(value, (*at, step))
    return found


PLACES = places(EVERYTHING)


@st.composite
def changed(draw: st.DrawFn) -> dict[str, Any]:
    """Everything, with a few things removed, replaced, renamed or added."""
    data = copy.deepcopy(EVERYTHING)
    for _ in range(draw(st.integers(0, 3))):
        *above, last = draw(st.sampled_from(PLACES))
        owner: Any = data
        for step in above:
            there = step in owner if isinstance(owner, dict) else (
                isinstance(owner, list) and isinstance(step, int) and step < len(owner)
            )  # fmt: skip
            owner = owner[step] if there else None
            if not isinstance(owner, dict | list):
                break
        if isinstance(owner, dict):
            what = draw(st.sampled_from(("remove", "replace", "add", "rename")))
            old = owner.pop(last, None) if what in ("remove", "rename") else None
            if what == "replace":
                owner[last] = draw(st.sampled_from(VALUES))
            elif what != "remove":
                name = draw(st.sampled_from(("word", "Word", "two words", "a" * 41, "kind", "_x")))
                owner[name] = old if what == "rename" else draw(st.sampled_from(VALUES))
        elif isinstance(owner, list):
            owner.append(draw(st.sampled_from(VALUES)))
    return data


def refusals(data: dict[str, Any]) -> list[str]:
    """The codes of all errors that the loader finds."""
    sources = {"everything.yaml": json.dumps(data, ensure_ascii=False)}
    return [d.code for d in errors(load._from_sources(sources, "everything.yaml")[1])]


def test_everything_is_valid() -> None:
    assert refusals(EVERYTHING) == []
    assert set(EVERYTHING) | {"buyer", "extends", "stake", "minutes", "city", "currency",
                              "languages"} >= set(Scenario.model_fields)  # fmt: skip


ALWAYS_SEEN = SEEN - {"X015", "X030", "Y014", "Y015", "Y017", "Y019"}


@pytest.mark.long
@settings(max_examples=120, deadline=None)
@given(changed())
def test_it_refuses_what_the_loader_refuses_and_nothing_else(data: dict[str, Any]) -> None:
    """Two options that read alike, and placeholders in a phrase, only the loader sees."""
    codes = refusals(data)
    found = [e.message for e in validator("scenario").iter_errors(data)]
    if found:
        assert codes, found
    else:
        assert not set(codes) & ALWAYS_SEEN
