"""The panel and what it comes to: the games are the games that are played, and sums are right."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest

from game.analysis.balance import Balance, balance
from game.analysis.balance_json import numbers
from game.analysis.contrast import paired, sure_within
from game.analysis.findings import Finding, findings, percent, points
from game.analysis.panel import BANDS, PANEL, RECITERS, play_panel
from game.analysis.settings import UsageError
from game.analysis.simulate import MEASURES, simulate
from game.scenario.load import Loaded
from tests.at_hand import at_hand

RUNS = 16
FEW = (0.05, 0.5, 0.95)


@pytest.fixture(scope="module")
def seoul() -> Balance:
    return balance(at_hand("seoul"), RUNS, 5, reference_runs=0, jobs=1, bands=FEW)


@pytest.fixture(scope="module")
def committee() -> Loaded:
    return at_hand("toronto-committee")


def told(found: Balance) -> dict[str, Finding]:
    return {f.id: f for f in findings(found)}


# --- the panel ------------------------------------------------------------------------------------


def test_eight_sellers_and_nine_bands() -> None:
    assert len(set(PANEL)) == 8
    assert len(set(BANDS)) == 9
    assert sorted(BANDS) == list(BANDS)
    assert set(RECITERS) < set(PANEL)


@pytest.mark.long
@pytest.mark.parametrize(("seller", "band"), [("steady", None), ("random", None), ("rapport", 0.5)])
def test_a_cell_is_what_simulate_says(seoul: Balance, seller: str, band: float | None) -> None:
    settings = () if band is None else (f"buyer.diffuseness={band}",)
    alone = simulate("seoul", seller, RUNS, 5, settings)
    cell = seoul.cell(seller, band)
    assert dict(cell.endings) == dict(alone.endings)
    for name in MEASURES:
        assert cell.measures[name] == alone.measures[name], name


@pytest.mark.long
def test_the_reference_looks_ahead_and_plays_the_same_games(committee: Loaded) -> None:
    found = balance(committee, 8, 5, reference_runs=4, jobs=1, bands=FEW)
    assert found.reference is not None
    assert found.headroom is not None
    assert found.headroom.b == pytest.approx(
        found.cell("steady").columns["score"][:4].astype(np.float64).mean()
    )
    assert told(found)["headroom"].values["score"] == points(found.reference.mean)


@pytest.mark.long
def test_processes_do_not_change_a_bit(committee: Loaded) -> None:
    apart, alone = (
        numbers(balance(committee, 6, 9, reference_runs=2, jobs=jobs, bands=FEW)) for jobs in (2, 1)
    )  # fmt: skip
    assert json.dumps(apart) == json.dumps(alone)


def test_progress_rises_to_the_whole(committee: Loaded) -> None:
    rules = committee.rules
    heard: list[float] = []
    play_panel(committee, rules, 2, 1, 0, 1, heard.append, scores_alone=True, bands=FEW[:1])
    assert heard == sorted(heard)
    assert heard[-1] == pytest.approx(1)
    assert len(heard) == len(PANEL)


@pytest.mark.long
def test_everybody_at_the_table_is_moved_into_the_band(committee: Loaded) -> None:
    found = balance(committee, 4, 1, reference_runs=0, jobs=1, bands=(0.5,))
    alone = simulate(
        "toronto-committee", "direct", 4, 1, ("buyer.diffuseness=0.5",)
    )  # fmt: skip
    assert found.cell("direct", 0.5).measures["score"] == alone.measures["score"]


@pytest.mark.parametrize(
    ("runs", "reference", "jobs"), [(1, 0, None), (10**7, 0, None), (50, -1, None), (50, 0, 0)]
)
def test_numbers_that_make_no_sense_are_refused(
    committee: Loaded, runs: int, reference: int, jobs: int | None
) -> None:
    with pytest.raises(UsageError) as refused:
        balance(committee, runs, 1, reference, jobs=jobs)
    assert [d.code for d in refused.value.diagnostics] == ["U001"]


# --- what it comes to -----------------------------------------------------------------------------


def test_the_best_of_a_band_is_the_best(seoul: Balance) -> None:
    for band in seoul.bands:
        scores = {c.seller: c.measures["score"].mean for c in band.cells}
        assert scores[band.best] == max(scores.values())
        assert scores[band.recital] == max(scores[s] for s in RECITERS)
        assert band.lead.mean >= 0
        assert band.reading.mean == pytest.approx(scores["adaptive"] - scores[band.recital])


def test_reading_is_averaged_over_the_bands(seoul: Balance) -> None:
    over = [
        seoul.score("adaptive", d) - seoul.score(seoul.recital, d) for d in FEW
    ]  # fmt: skip
    assert seoul.reading.mean == pytest.approx(np.mean(over))
    assert seoul.reading.low < seoul.reading.mean < seoul.reading.high


def test_the_crossing_lies_between_the_bands_that_it_parts(seoul: Balance) -> None:
    crossing = seoul.crossing
    assert crossing.first == "direct"
    (at,) = crossing.at
    for d, step in zip(FEW, crossing.steps, strict=True):
        assert (step.mean > 0) == (d < at)
        assert step.mean == pytest.approx(seoul.score("direct", d) - seoul.score("rapport", d))


def test_trust_starts_as_it_does_in_every_game_and_ends_with_the_game(seoul: Balance) -> None:
    starts = {cell.trust.mean[0, 0] for cell in seoul.own if cell.trust is not None}
    assert len(starts) == 1, "the same people, whoever sells"
    for cell in seoul.own:
        path = cell.trust
        assert path is not None
        assert (path.low <= path.high).all()
        assert path.talking[0] == 1
        assert (np.diff(path.talking) <= 0).all()
        assert path.mean[0, -1] == pytest.approx(cell.measures["trust"].mean, abs=2e-3)
    assert all(cell.trust is None for band in seoul.bands for cell in band.cells)


def test_coverage_counts_games(seoul: Balance) -> None:
    every = seoul.everywhere
    assert every.games == RUNS * len(PANEL) * (1 + len(FEW))
    assert (every.changes <= every.times).all()
    assert every.changes.max() <= every.games
    assert every.reached.max() <= every.games
    assert every.turns.sum() > every.games
    steady = seoul.cell("steady").counted
    played = dict(zip(seoul.verbs, steady.verbs.tolist(), strict=True))
    assert played["ask_indirect"] == RUNS
    assert played["bluff"] == 0
    told = steady.facts.sum() / RUNS
    assert told == pytest.approx(seoul.cell("steady").measures["facts"].mean)


def test_signed_packages_are_those_of_games_with_a_deal(seoul: Balance) -> None:
    for cell in seoul.own:
        signed = (cell.package >= 0).mean()
        assert signed == pytest.approx(cell.endings["agreement"])
    shares = {s.seller: s.signed for s in seoul.packages.settlements}
    assert shares == {c.seller: pytest.approx(c.endings["agreement"]) for c in seoul.own}


def test_the_voice_is_listened_to(seoul: Balance) -> None:
    (kang,) = seoul.voices
    assert kang.voice == "kang"
    assert 0 < len(kang.unheard) < kang.lines
    most = max(kang.by_seller.values())
    assert most <= kang.lines - len(kang.unheard) <= sum(kang.by_seller.values())


# --- conclusions ----------------------------------------------------------------------------------


def test_a_table_that_teaches_is_called_one(seoul: Balance) -> None:
    found = told(seoul)
    for id in ("skill_pays", "telling", "reading_pays", "styles_cross", "pressing_fails"):
        assert found[id].level == "good", id
    assert found["skill_pays"].values["c"] == points(seoul.score("steady"))
    assert "bluff" in found["moves_never"].values["names"]


def test_a_table_without_skill_is_called_one(seoul: Balance) -> None:
    column = seoul.cell("novice").columns["score"]
    nothing = paired(column, column)
    found = told(replace(seoul, skill=(seoul.skill[0], nothing)))
    assert "skill_pays" not in found
    assert found["skill_flat"].level == "look"
    assert found["skill_flat"].values["more"] == "steady"
    assert found["lucky"].values["share"] == "50 %"


def test_reading_that_brings_nothing_is_said_to_bring_nothing(seoul: Balance) -> None:
    turned = replace(seoul.reading, mean=-2.0, low=-3.0, high=-1.0)
    assert told(replace(seoul, reading=turned))["reading_idle"].level == "look"


def test_pressing_that_pays_is_worth_a_look(seoul: Balance) -> None:
    first = replace(seoul.bands[0], recital="always_closing")
    found = told(replace(seoul, bands=(first, *seoul.bands[1:])))
    assert found["pressing_pays"].level == "look"
    assert found["pressing_pays"].values["count"] == "1"


def test_a_fact_that_nobody_hears_is_named(seoul: Balance) -> None:
    counted = replace(seoul.everywhere, facts=seoul.everywhere.facts * 0)
    found = told(replace(seoul, everywhere=counted))
    assert found["facts_untold"].level == "look"
    assert seoul.facts[0] in found["facts_untold"].values["names"]


def test_one_style_for_everybody_is_worth_a_look(seoul: Balance) -> None:
    crossing = replace(seoul.crossing, at=(), first="rapport")
    found = told(replace(seoul, crossing=crossing))
    assert found["styles_one"].values == {"name": "rapport", "other": "direct"}


# --- statistics -----------------------------------------------------------------------------------


def test_a_paired_difference_of_known_numbers() -> None:
    found = paired(np.array([3.0, 5.0, 4.0, 6.0]), np.array([1.0, 4.0, 4.0, 3.0]))
    assert found.mean == 1.5
    assert found.ahead == 0.875
    reach = 2.5758 * np.std([2, 1, 0, 3], ddof=1) / 2
    assert found.high - found.mean == pytest.approx(reach, rel=1e-4)
    assert not found.sure


def test_columns_that_differ_by_the_same_are_sure() -> None:
    found = paired(np.array([2.0, 3.0]), np.array([1.0, 2.0]))
    assert (found.low, found.high, found.sure, found.better) == (1.0, 1.0, True, True)


def test_many_comparisons_are_held_to_more() -> None:
    assert sure_within(1) == pytest.approx(2.5758, abs=1e-4)
    assert sure_within(10) > sure_within(1)


@pytest.mark.parametrize(
    ("share", "text"),
    [(0, "0 %"), (0.001, "< 1 %"), (0.374, "37 %"), (0.999, "> 99 %"), (1, "100 %")],
)
def test_shares_as_they_are_read(share: float, text: str) -> None:
    assert percent(share) == text


def test_points_have_a_true_minus() -> None:
    assert [points(x) for x in (-0.4, -1.6, 46.5001)] == ["0", "−2", "47"]
