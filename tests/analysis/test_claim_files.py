"""Claim files: the shipped ones are complete, and a bad row is refused where it stands."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import pytest

from game.analysis.claim_files import claim_paths, read_claims
from game.analysis.claim_models import ClaimFile, misfit, smallest_that_counts
from game.analysis.measures import known_measure
from game.analysis.special import SPECIAL
from game.scenario.codes import CODES
from game.scenario.diagnostics import ScenarioError
from game.scenario.library import shipped
from game.scenario.model import Contrast

# The statements that the model is held to, section by section; numbers left out were dropped.
SECTIONS = (
    "T01 T02 T04 T05 T07 T08 T09 T10 T11 T13 T14 T15",
    "P01 P02 P04 P05 P06 P07 P08 P09 P11 P13 P14",
    "I01 I02 I03 I05 I06 I08 I09 I11 I12 I13 I15 I16 I17",
    "S01 S02 S03 S04 S05 S07 S08 S09",
    "R01 R03 R04",
    "B01 B03 B05 B06 B07 B08 B10 B11 B13 B14",
    "M02 M03 M04 M05 M07 M08 M09",
    "L01 L02 L04 L05 L07 L08 L09",
    "A01 A03 A04 A06 A07 A08 A09",
    "Q01 Q02 Q03 Q04 Q05 Q06 Q07 Q08 Q09 Q10",
    "N01 N02 N03 N04 N05 N06 N07 N08 N09",
)
IDS = [name for section in SECTIONS for name in section.split()]


@pytest.fixture(scope="module")
def file() -> ClaimFile:
    return read_claims()


def test_every_statement_is_there_once(file: ClaimFile) -> None:
    ids = [claim.id for claim in file.claims]
    assert sorted(ids) == sorted(IDS)
    assert len(set(ids)) == len(ids)


def test_every_claim_is_held_to_three_scenarios_or_more(file: ClaimFile) -> None:
    for claim in file.claims:
        held_to = file.scenarios_of(claim)
        assert len(set(held_to)) >= 3, claim.id
        assert set(held_to) <= set(shipped()), claim.id


def test_every_claim_says_where_it_comes_from_and_can_be_run_or_says_why_not(
    file: ClaimFile,
) -> None:
    for claim in file.claims:
        assert claim.source, claim.id
        assert claim.statement, claim.id
        assert bool(claim.tests) or bool(claim.pending), claim.id
        assert [test.number for test in claim.tests] == list(range(1, len(claim.tests) + 1))


def test_no_claim_waits_for_anything(file: ClaimFile) -> None:
    assert not [claim.id for claim in file.claims if claim.pending]


def test_what_a_test_does_not_say_it_takes_from_its_claim(file: ClaimFile) -> None:
    claims = {claim.id: claim for claim in file.claims}
    deal, ltv, *_ = claims["T13"].tests
    assert deal.arms == ltv.arms
    assert (deal.kind, deal.delta) == ("at_least", 0.03)
    assert (ltv.kind, ltv.delta) == ("at_least", 0.1)
    assert ltv.changes == {"deals": 5}


def test_arms_have_their_policies_written_out(file: ClaimFile) -> None:
    claims = {claim.id: claim for claim in file.claims}
    ((_, one), (_, two)) = claims["T10"].tests[0].arms
    assert one.policy == two.policy
    assert one.changes != two.changes
    assert "greet" in one.policy
    for claim in file.claims:
        for test in claim.tests:
            for _, arm in test.arms:
                assert arm.policy == "random" or not any(step.isupper() for step in arm.policy)


@pytest.mark.long
def test_a_files_own_lists_hold_in_that_file_alone() -> None:
    together = {claim.id: claim for claim in read_claims().claims}
    for path in claim_paths():
        alone = read_claims([path])
        assert alone.claims
        for claim in alone.claims:
            assert claim == together[claim.id]


def test_a_control_of_all_claims_sees_all_claims(file: ClaimFile) -> None:
    (path,) = [p for p in claim_paths() if p.stem == "n_controls"]
    alone = read_claims([path])
    assert len(alone.claims) == 9
    assert {claim.id for claim in alone.every} == {claim.id for claim in file.claims}


def test_every_contrast_is_known_to_its_reader() -> None:
    contrasts = get_args(Contrast)
    assert set(SPECIAL) < set(contrasts)
    for contrast in contrasts:
        assert (
            misfit(contrast, 99, 99, ["trust"])
            or misfit(contrast, 0, 0, ["trust"])
            or (contrast == "every_did")
        )


@pytest.mark.parametrize(
    ("measure", "delta"),
    [("deal", 0.03), ("stays", 0.03), ("turns_or:17", 0.5), ("facts", 0.25), ("trust", 0.02)],
)
def test_the_smallest_difference_that_counts(measure: str, delta: float) -> None:
    assert smallest_that_counts(measure) == delta


def test_measures() -> None:
    for good in ("trust", "turns_or:17", "first_price~settled_price", "mutual_information"):
        assert known_measure(good), good
    for bad in ("trst", "turns_or:", "turns_or:soon", "trust~trust~trust", ""):
        assert not known_measure(bad), bad


# --- what is refused ------------------------------------------------------------------------------

GOOD = """\
policies:
  OURS: [greet, small_talk*2]
claims:
  - id: T99
    source: "-"
    kind: D
    claim: A greeting is heard
    buyers: [SP, DI]
    with: {turns: 6}
    arms:
      A: [OURS, ask_indirect]
      B: {policy: [ask_indirect], with: {referral: in_hand}}
    measure: trust
"""


def test_the_good_file_is_read(tmp_path: Path) -> None:
    path = tmp_path / "good.yaml"
    path.write_text(GOOD, encoding="utf-8")
    (claim,) = read_claims([path]).claims
    ((_, one), _) = claim.tests[0].arms
    assert one.policy == ("greet", "small_talk*2", "ask_indirect")


BAD = [  # code, what is changed in the good file, into what, the line that is pointed at, the fix
    ("C001", "measure: trust", "measure: trst", 13, "trust"),
    ("C001", "measure: trust", "measure: [trust, turns_or:soon]", 13, "turns_or"),
    ("C002", "[SP, DI]", "[SP, DIE]", 8, "DI"),
    ("C003", "{turns: 6}", "{turn: 6}", 9, "turns"),
    ("C003", "{turns: 6}", "{turns: soon}", 9, "variants.py"),
    ("C003", "{referral: in_hand}", "{refferal: in_hand}", 12, "referral"),
    ("C003", "{turns: 6}", "{trust: 1.4}", 9, "variants.py"),
    ("C003", "{turns: 6}", "{weights: {shout: 1}}", 9, "variants.py"),
    ("C004", "measure: trust", "measure: trust\n    contrast: swing", 4, "docs/claims.md"),
    ("C004", "measure: trust", "measure: trust\n    contrast: correlation", 4, "docs/claims.md"),
    ("C004", "measure: trust", "measure: trust~deal", 4, "docs/claims.md"),
    ("C005", "id: T99", "id: t-99", 4, "section"),
    ("C006", "measure: trust", "measure: trust\n    scenarios: [seoul, osaka]", 14, "shared"),
    ("C006", "measure: trust", "measure: trust\n    scenarios: [seoul, osaka, pari]", 14, "paris"),
    ("P001", "[OURS, ask_indirect]", "[OURS, ask_inderect]", 11, "ask_indirect"),
    ("P001", "[OURS, ask_indirect]", "[OUR, ask_indirect]", 11, "OURS"),
    ("P001", "[OURS, ask_indirect]", "[greet when trst > 0.2]", 11, "trust"),
    ("P001", "[OURS, ask_indirect]", "RAPORT", 11, ""),
    ("P001", "[greet, small_talk*2]", "[greet, OURS]", 11, ""),
    ("M001", "measure: trust", "mesure: trust", 13, "measure"),
    ("M001", "policy: [ask_indirect],", "police: [ask_indirect],", 12, "policy"),
    ("M002", '    source: "-"\n', "", 4, "source"),
    ("M003", "measure: trust", "measure: 3", 13, "measure"),
    ("M004", "kind: D", "kind: E", 6, ""),
    ("M004", "measure: trust", "measure: trust\n    contrast: arm", 14, "arms"),
    ("M004", "measure: trust", "measure: trust\n    expect: {kind: grater}", 14, "greater"),
    ("Y012", "measure: trust", "measure: trust\n    measure: deal", 14, ""),
    ("Y005", "[OURS, ask_indirect]", "&ours [greet]", 11, ""),
]  # fmt: skip


@pytest.mark.parametrize(("code", "old", "new", "line", "fix"), BAD)
def test_a_bad_row_is_refused_where_it_stands(
    tmp_path: Path, code: str, old: str, new: str, line: int, fix: str
) -> None:
    path = tmp_path / "bad.yaml"
    assert old in GOOD
    path.write_text(GOOD.replace(old, new), encoding="utf-8")
    with pytest.raises(ScenarioError) as caught:
        read_claims([path])
    assert caught.value.exit_status == 1
    found = [d for d in caught.value.diagnostics if d.code == code]
    assert found, [(d.code, d.message) for d in caught.value.diagnostics]
    assert found[0].line == line
    assert found[0].expected
    assert fix in found[0].fix


def test_every_code_of_claims_is_proved() -> None:
    assert {code for code in CODES if code.startswith("C0")} <= {code for code, *_ in BAD}


def test_all_mistakes_of_all_files_come_at_once(tmp_path: Path) -> None:
    one, two = tmp_path / "one.yaml", tmp_path / "two.yaml"
    one.write_text(GOOD.replace("measure: trust", "measure: trst"), encoding="utf-8")
    two.write_text(GOOD, encoding="utf-8")
    with pytest.raises(ScenarioError) as caught:
        read_claims([one, two])
    codes = [(d.code, Path(d.file).name) for d in caught.value.diagnostics]
    assert codes == [("C001", "one.yaml"), ("C005", "two.yaml")]
    assert "one.yaml" in caught.value.diagnostics[1].fix


def test_a_file_that_is_not_there_ends_with_2(tmp_path: Path) -> None:
    with pytest.raises(ScenarioError) as caught:
        read_claims([tmp_path / "nowhere.yaml"])
    assert caught.value.exit_status == 2
