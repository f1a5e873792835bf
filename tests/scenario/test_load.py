"""Loading: what a scenario inherits, what it refers to, and where complaints point."""

from __future__ import annotations

from pathlib import Path

import pytest

from game.scenario.diagnostics import ScenarioError
from game.scenario.library import find_scenario, shipped
from game.scenario.load import Loaded, buyer_id, load_from_sources, load_scenario
from game.scenario.model import Buyer, Spread

GOOD = Path(__file__).parents[1] / "scenarios" / "good" / "corner_bakery.yaml"
BASE = """\
scenario: base
title: The base
stake: two shops
buyer: {name: Ada Berg, diffuseness: {mean: 0.4, sd: 0.1}}
issues:
  price_eur: {options: [900, 800], you: [1, 0], buyer: [0, 1]}
  delivery: {options: [June, May], you: [1, 0], buyer: [0, 1]}
weights: {you: {price_eur: .7, delivery: .3}, buyer: {price_eur: .4, delivery: .6}}
topics: {harvest: {label: the harvest}}
meetings: [{turns: 8}, {turns: 6}]
"""


def load(child: str, base: str = BASE, **more: str) -> Loaded:
    sources = {"child.yaml": child, "base.yaml": base}
    return load_from_sources(sources | {f"{k}.yaml": v for k, v in more.items()}, "child.yaml")


def complaints(child: str, base: str = BASE, **more: str) -> list[tuple[str, str, int, int]]:
    with pytest.raises(ScenarioError) as refused:
        load(child, base, **more)
    return [(d.code, d.file, d.line, d.column) for d in refused.value.diagnostics]


def test_the_bakery() -> None:
    loaded = load_scenario(GOOD)
    assert list(loaded.scenario.buyers) == ["duarte"]
    assert loaded.scenario.buyer is None
    assert loaded.voices == {"duarte": None}
    assert loaded.machine.states["stranger"].rank == 0
    assert "greet" in loaded.moves.moves
    assert loaded.main == "corner_bakery.yaml"
    assert set(loaded.sources) >= {"corner_bakery.yaml", "common/moves.yaml", "common/machine.yaml"}


def test_only_a_file_of_a_like_name_is_offered_for_one_that_is_missing(tmp_path: Path) -> None:
    (tmp_path / "before.yaml").touch()
    for missing, fix in (("nothere", "check the spelling"), ("befor", "did you mean “before.yaml")):
        with pytest.raises(ScenarioError) as refused:
            load_scenario(tmp_path / f"{missing}.yaml")
        assert refused.value.diagnostics[0].fix.startswith(fix)


def test_embedded_sources_load_to_the_same() -> None:
    loaded = load_scenario(GOOD)
    again = load_from_sources(loaded.sources, loaded.main)
    assert (again.scenario, again.machine, again.moves) == (
        loaded.scenario, loaded.machine, loaded.moves,
    )  # fmt: skip
    assert again.sources == loaded.sources


@pytest.mark.long
@pytest.mark.parametrize("name", sorted(shipped()))
def test_shipped_scenarios_load_from_their_own_sources(name: str) -> None:
    loaded = load_scenario(name)
    assert loaded.scenario.scenario == name
    again = load_from_sources(loaded.sources, loaded.main)
    assert (again.scenario, again.voices) == (loaded.scenario, loaded.voices)


def test_the_common_voice_is_read_when_asked_for() -> None:
    voice = load_scenario(GOOD).common_voice
    assert voice is not None
    assert voice.says


def test_a_broken_embedded_common_voice_is_refused_at_once() -> None:
    with pytest.raises(ScenarioError) as refused:
        load_from_sources({"x.yaml": BASE, "common/voices.yaml": "voice: [1]"}, "x.yaml")
    assert [(d.code, d.file) for d in refused.value.diagnostics] == [("M003", "common/voices.yaml")]


# --- extends --------------------------------------------------------------------------------------


def test_mappings_merge_lists_replace_and_null_removes() -> None:
    loaded = load(
        "scenario: child\nextends: base\nbuyer: {diffuseness: {mean: 0.9}}\n"
        "meetings: [{turns: 3}]\nstake: null\ntopics: {rain: {label: the rain}}\n"
    )
    scenario = loaded.scenario
    assert scenario.scenario == "child"
    assert scenario.title == "The base"
    assert scenario.stake == ""
    assert scenario.buyers["berg"].diffuseness == Spread(mean=0.9, sd=0.1)
    assert [meeting.turns for meeting in scenario.meetings] == [3]
    assert list(scenario.topics) == ["harvest", "rain"]
    assert set(loaded.sources) >= {"child.yaml", "base.yaml"}


def test_a_single_buyer_gives_way_to_several() -> None:
    child = (
        "scenario: child\nextends: base\nbuyer: null\n"
        "buyers: {ada: {name: Ada Berg, diffuseness: {mean: 0.4}}}\n"
    )
    assert list(load(child).scenario.buyers) == ["ada"]


def test_complaints_point_into_the_file_they_are_about() -> None:
    base = BASE.replace("sd: 0.1", "sd: 7")
    child = "scenario: child\nextends: base\ntoughness: 9\n"
    assert complaints(child, base) == [("M005", "base.yaml", 4, 54), ("M005", "child.yaml", 3, 12)]


def test_a_chain_of_scenarios_and_a_circle_of_them() -> None:
    assert load(
        "scenario: child\nextends: middle\n", middle="scenario: middle\nextends: base\nminutes: 7\n"
    ).scenario.minutes == 7  # fmt: skip
    found = complaints(
        "scenario: child\nextends: middle\n", middle="scenario: middle\nextends: child\n"
    )
    assert ("X020", "middle.yaml", 2, 10) in found


def test_a_path_is_no_id_to_extend() -> None:
    assert [c[0] for c in complaints("scenario: child\nextends: ../base\n" + BASE[15:])] == ["M006"]


# --- the machine ----------------------------------------------------------------------------------


def test_a_threshold_is_bent_and_a_state_added() -> None:
    extra = (
        "trust_machine:\n  states:\n    acquainted: {enter: trust > 0.25}\n"
        "    amused: {enter: facts > 3, leave: damage > 0.1, to: wary, from: [acquainted]}\n"
    )
    loaded = load(BASE.replace("scenario: base", "scenario: child") + extra)
    assert loaded.machine.states["acquainted"].enter == "trust > 0.25"
    assert loaded.machine.states["acquainted"].leave == "trust < 0.2"
    assert loaded.machine.states["amused"].from_ == ["acquainted"]
    assert loaded.scenario.trust_machine == loaded.machine


@pytest.mark.parametrize(
    ("condition", "column"),
    [("trust >> 1", 32), ("'trust >> 1'", 33), ('"trust >> 1"', 33), ("trst > 1", 25)],
)
def test_a_condition_is_marked_inside_its_text(condition: str, column: int) -> None:
    extra = "trust_machine:\n  states:\n    acquainted: {enter: " + condition + "}\n"
    [(_, _, line, at)] = complaints(BASE + extra)
    assert (line, at) == (13, column)


def test_a_guard_that_unfolds_without_end_is_refused() -> None:
    many = " and ".join(["(trust > 1 or turn > 2)"] * 12)
    extra = f"trust_machine: {{states: {{wary: {{enter: {many}}}}}}}\n"
    assert [c[0] for c in complaints(BASE + extra)] == ["T004"]


def test_a_guard_compares_with_numbers_only() -> None:
    extra = "trust_machine: {states: {wary: {enter: trust > patience}}}\n"
    assert [c[0] for c in complaints(BASE + extra)] == ["T006"]


# --- everything at once ---------------------------------------------------------------------------


def test_everything_is_said_at_once_and_in_order() -> None:
    text = (
        BASE.replace("stake:", "steak:")
        .replace("you: [1, 0], buyer: [0, 1]}\nweights", "you: [1], buyer: [0, 1]}\nweights")
        .replace("turns: 6", "turns: 6, present: [nobody]")
        + "toughness: hard\ntrust_machine: {start: strange}\n"
    )
    with pytest.raises(ScenarioError) as refused:
        load(text)
    found = [d.code for d in refused.value.diagnostics]
    assert found == ["M001", "X003", "X002", "M003", "T001"]
    positions = [(d.line, d.column) for d in refused.value.diagnostics]
    assert positions == sorted(positions)


def test_a_surprising_spelling_is_told_once() -> None:
    text = BASE.replace("options: [June, May]", "options: [yes, May]")
    assert [c[0] for c in complaints(text)] == ["X015"]


# --- names ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Inês Duarte", "duarte"),
        ("Kang Min-jun", "min_jun"),
        ("Ødegård", "degard"),
        ("王", "buyer"),
        ("", "buyer"),
        ("R2 2nd", "buyer"),
    ],
)
def test_the_id_of_a_single_buyer(name: str, slug: str) -> None:
    assert buyer_id(Buyer(name=name, diffuseness=Spread(mean=0.5))) == slug


def test_ids_and_paths() -> None:
    known = shipped()
    name = next(iter(known))
    assert find_scenario(name) == known[name]
    assert find_scenario("somewhere/x.yaml") == Path("somewhere/x.yaml")
    for unknown in ("no-such-scenario", "", "a" * 5000, "nul\0"):
        with pytest.raises(ScenarioError) as refused:
            find_scenario(unknown)
        assert refused.value.exit_status == 2
