"""Simulation: the numbers, their form, and what is said when the command line makes no sense."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import numpy as np
import pytest

from game.analysis import simulate as module
from game.analysis.settings import UsageError, with_settings
from game.analysis.simulate import MEASURES, Summary, seller_from, simulate, spread_of
from game.cli import parser
from game.core.chance import keys_of
from game.policies.run import play
from game.scenario.diagnostics import ScenarioError
from tests.analysis.expecting import BAKERY
from tests.at_hand import at_hand

ROOT = Path(__file__).resolve().parents[2]
SCHEMA = json.loads((ROOT / "docs/json/simulate.schema.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def summary() -> Summary:
    return simulate("seoul", "adaptive", 500, 11)


def test_json_follows_its_schema(summary: Summary) -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    jsonschema.validate(json.loads(json.dumps(summary.to_json())), SCHEMA)


@pytest.mark.long
def test_json_of_a_single_run_follows_the_schema_and_has_no_spread() -> None:
    one = simulate("osaka", "direct", 1, 3).to_json()
    jsonschema.validate(json.loads(json.dumps(one)), SCHEMA)
    assert one["measures"]["score"]["sd"] is None
    assert one["measures"]["score"]["p5"] == one["measures"]["score"]["mean"]


def test_five_endings_share_all_runs(summary: Summary) -> None:
    assert list(summary.endings) == ["agreement", "impasse", "walkaway", "deadline", "parted"]
    assert sum(summary.endings.values()) == pytest.approx(1, abs=1e-12)


@pytest.mark.long
def test_measures_agree_with_the_games_played_one_by_one() -> None:
    loaded = at_hand("seoul")
    rules = loaded.rules
    seller = seller_from(rules, "rapport")
    solo = [play(rules, seller, keys_of(40 + i, 1)).outcome for i in range(25)]
    together = simulate("seoul", "rapport", 25, 40)
    for name in MEASURES:
        values = np.array([getattr(o, name)[0] for o in solo])
        assert together.measures[name] == spread_of(values), name


def test_spread_of_known_numbers() -> None:
    spread = spread_of(np.array([4.0, 1.0, 2.0, 3.0, 5.0]))
    assert (spread.mean, spread.p50) == (3.0, 3.0)
    assert spread.sd == pytest.approx(2.5**0.5)
    assert spread.se == pytest.approx(0.5**0.5)
    assert spread.p5 == pytest.approx(1.2)
    assert spread.p95 == pytest.approx(4.8)


@pytest.mark.long
@pytest.mark.parametrize("size", [37, 100, 1000])
def test_slices_do_not_change_a_bit(monkeypatch: pytest.MonkeyPatch, size: int) -> None:
    whole = simulate("toronto-committee", "adaptive", 300, 5)
    monkeypatch.setattr(module, "SLICE", size)
    assert simulate("toronto-committee", "adaptive", 300, 5) == whole


@pytest.mark.long
def test_processes_do_not_change_a_bit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "SLICE", 200)
    heard: list[int] = []
    apart = simulate("seoul", "rapport", 500, 9, jobs=2, progress=heard.append)
    assert apart == simulate("seoul", "rapport", 500, 9, jobs=1)
    assert heard == [200, 200, 100]


def test_setting_a_mean_keeps_the_spread() -> None:
    loaded = at_hand("seoul")
    (buyer,) = loaded.scenario.buyers.values()
    (changed,) = with_settings(loaded, ["buyer.diffuseness=0.1"]).scenario.buyers.values()
    assert changed.diffuseness.mean == 0.1
    assert changed.diffuseness.sd == buyer.diffuseness.sd
    assert changed.model_copy(update={"diffuseness": buyer.diffuseness}) == buyer


@pytest.mark.long
def test_setting_one_buyer_of_a_committee_leaves_the_others() -> None:
    loaded = at_hand("toronto-committee")
    first, second = loaded.scenario.buyers
    changed = with_settings(loaded, [f"buyer.{first}.diffuseness=0.5"]).scenario.buyers
    assert changed[first].diffuseness.mean == 0.5
    assert changed[second] == loaded.scenario.buyers[second]
    both = with_settings(loaded, ["buyer.diffuseness=0.5"]).scenario.buyers
    assert {b.diffuseness.mean for b in both.values()} == {0.5}


def test_settings_reach_lists_and_absent_parts() -> None:
    loaded = at_hand("osaka")
    changed = with_settings(loaded, ["meetings.1.turns=5", "flight.turn=4", "toughness=0.1"])
    assert changed.scenario.meetings[0].turns == 5
    assert changed.scenario.flight is not None
    assert changed.scenario.flight.turn == 4
    assert changed.scenario.toughness == 0.1


@pytest.mark.long
def test_a_setting_changes_what_happens(summary: Summary) -> None:
    other = simulate("seoul", "adaptive", 500, 11, ["buyer.diffuseness=0.1"])
    assert other.digest != summary.digest
    assert other.measures["trust"] != summary.measures["trust"]


def test_no_setting_is_the_scenario_itself() -> None:
    loaded = at_hand("seoul")
    assert with_settings(loaded, []) is loaded


@pytest.mark.long
@pytest.mark.parametrize(
    ("setting", "field", "says"),
    [
        ("buyer.difuseness=0.3", "buyer.difuseness", "did you mean “diffuseness”?"),
        ("buyer.diffuseness=1.3", "", "0 to 1"),
        ("buyer.nobody.status=0.3", "buyer.nobody.status", "one of"),
        ("meetings.9.turns=3", "meetings.9.turns", "1"),
        ("meetings.0.turns=3", "meetings.0.turns", "1"),
        ("meetings.1.turns=soon", "", "whole number"),
        ("toughness=[1", "", "quotes"),
        ("diffuseness", "", "key=value"),
        ("=3", "", "key=value"),
        ("scenario=other", "scenario", "file itself"),
        ("trust_machine.start=wary", "trust_machine.start", "file itself"),
        ("buyer.diffuseness.mean.x=3", "buyer.diffuseness.mean.x", "key"),
        ("buyer.weights.prise=1", "", "issue"),
    ],
)
def test_a_setting_that_fits_nothing_is_refused(setting: str, field: str, says: str) -> None:
    with pytest.raises(UsageError) as caught:
        simulate("seoul", "rapport", 10, 1, [setting])
    assert caught.value.exit_status == 2
    first = caught.value.diagnostics[0]
    assert first.code == "U001"
    if field:
        assert first.field == field
    assert says in " ".join((first.message, first.expected, first.fix))


@pytest.mark.parametrize(
    ("policy", "fix"),
    [
        ("rapprt", "did you mean “rapport”?"),
        ("greet, smal_talk*2", "did you mean “small_talk”?"),
        ("small_talk:harvst", "did you mean “harvest”?"),
        ("greet when trst > 0.3", "did you mean “trust”?"),
        ("optmal", "did you mean “optimal”?"),
        ("rapport - dance", ""),
        ("greet;propose", ""),
        ("", ""),
    ],
)
def test_a_policy_that_makes_no_sense_is_refused(policy: str, fix: str) -> None:
    with pytest.raises(UsageError) as caught:
        simulate("seoul", policy, 10, 1)
    assert caught.value.exit_status == 2
    assert caught.value.diagnostics[0].code == "P001"
    assert fix in caught.value.diagnostics[0].fix


def test_a_step_that_a_seller_does_not_have_is_answered_with_those_he_has() -> None:
    with pytest.raises(UsageError, match="no step “greet” to leave out") as caught:
        simulate("seoul", "direct - greet", 10, 1)
    assert "set_agenda" in caught.value.diagnostics[0].expected


def test_the_seller_who_looks_ahead_plays_too_and_fewer_games(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(module, "RUNS_LOOKAHEAD", 2)
    args = parser().parse_args(["simulate", str(BAKERY), "--policy", "optimal", "--jobs", "1"])
    assert module.run(args) == 0
    assert "policy optimal: 2 runs from seed 1" in capsys.readouterr().out


def test_an_unknown_scenario_is_refused_with_a_suggestion() -> None:
    with pytest.raises(ScenarioError) as caught:
        simulate("seol", "rapport", 10, 1)
    assert caught.value.exit_status == 2
    assert "seoul" in caught.value.diagnostics[0].fix


@pytest.mark.parametrize(("runs", "jobs"), [(0, None), (-4, None), (10**9, None), (10, 0)])
def test_senseless_numbers_are_refused(runs: int, jobs: int | None) -> None:
    with pytest.raises(UsageError, match="U001"):
        simulate("seoul", "rapport", runs, 1, jobs=jobs)
