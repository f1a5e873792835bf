"""Running claims: those with wide margins hold at a tenth of the episodes; the command itself."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import jsonschema
import pytest

from game.analysis.claim_files import read_claims
from game.analysis.claim_models import Claim, ClaimFile
from game.analysis.claim_runs import QUICK, Suite, run_suite, size
from game.analysis.claims import Finding, jitter_weights, run_claims
from game.analysis.known import KnownRow, compare, key_of, read_known, written
from game.cli import main
from game.core.weights import Weights

ROOT = Path(__file__).resolve().parents[2]
SCHEMA = json.loads((ROOT / "docs/json/claims.schema.json").read_text(encoding="utf-8"))
KNOWN = ROOT / "tests/claims/known_failures.yaml"

# Claims whose effects lie many standard errors beyond their bounds in every scenario, at least one
# of each section; continuous integration runs all claims by the whole rule.
WIDE = (
    "T01 T09 T15 P06 P08 P13 P14 I05 I06 I08 I09 I13 I15 I16 S02 S04 S07 S08",
    "B01 B05 B07 B10 M03 M04 L01 A03 A07 A09 N01 N05 Q02 Q03 Q09",
)
TABLES = ("osaka", "seoul")  # a specific and a diffuse one


WAITING = Claim("Z99", "-", "C", "One day this will be seen", None, (), pending="needs a telescope")


@pytest.fixture(scope="module")
def file() -> ClaimFile:
    """The shipped claims, and one that waits."""
    shipped = read_claims()
    return replace(shipped, claims=(*shipped.claims, WAITING))


@pytest.mark.long
@pytest.mark.parametrize("claim", [name for row in WIDE for name in row.split()])
def test_a_claim_holds(file: ClaimFile, claim: str) -> None:
    found = run_claims(file, [claim], TABLES, share=QUICK)
    assert {one.scenario for one in found} == set(TABLES)
    for one in found:
        assert one.passed, one


def test_a_claim_that_is_turned_around_fails(tmp_path: Path) -> None:
    """The same experiment with its arms exchanged: what passes could have failed."""
    text = """\
claims:
  - id: T01
    source: "-"
    kind: C
    claim: Diffuse trust needs no time
    buyers: DI
    arms:
      A: [greet, small_talk, propose]
      B: [greet, small_talk*3, ask_history, praise_house, ask_indirect*2, propose]
    measure: trust_at_offer
"""
    path = tmp_path / "turned.yaml"
    path.write_text(text, encoding="utf-8")
    found = run_claims(read_claims([path]), scenarios=TABLES, share=QUICK)
    assert len(found) == 2
    assert not any(one.passed for one in found)


# --- the suite ------------------------------------------------------------------------------------

FEW = ("T02", "P13", "Z99")


@pytest.fixture(scope="module")
def suite(file: ClaimFile) -> Suite:
    return run_suite(file, FEW, ("seoul",), share=QUICK, draws=2, jobs=1)


@pytest.mark.long
def test_the_number_of_processes_changes_nothing(file: ClaimFile, suite: Suite) -> None:
    heard: list[int] = []
    apart = run_suite(file, FEW, ("seoul",), share=QUICK, draws=2, jobs=2, progress=heard.append)
    assert apart == suite
    assert sum(heard) == size(file, FEW, ("seoul",), 2) == 6


def test_a_suite_in_one_piece_is_the_claims_one_by_one(file: ClaimFile, suite: Suite) -> None:
    one_by_one = run_claims(file, FEW, ("seoul",), share=QUICK)
    assert list(suite.findings) == one_by_one


def test_verdicts_of_claims(suite: Suite) -> None:
    assert {claim.id: suite.verdict(claim) for claim in suite.claims} == {
        "T02": "pass", "P13": "pass", "Z99": "pending",
    }  # fmt: skip
    assert {name: s.draws for name, s in suite.survival.items()} == {"T02": 2, "P13": 2}


def test_each_draw_turns_every_weight_by_a_fifth_at_most() -> None:
    first, again, second = jitter_weights(0), jitter_weights(0), jitter_weights(1)
    assert first == again
    assert first != second
    for name in ("fade", "heal", "demand_rates"):
        usual, drawn = getattr(Weights(), name), getattr(first, name)
        pairs = zip(usual, drawn, strict=True) if isinstance(usual, tuple) else [(usual, drawn)]
        for old, new in pairs:
            assert 0.8 * old <= new <= 1.2 * old


@pytest.mark.long
def test_draws_take_a_claims_scenarios_in_turn(file: ClaimFile) -> None:
    found = run_suite(file, ("Q02",), share=QUICK, draws=5, jobs=1)
    assert len(found.tables) == 4
    assert found.survival["Q02"].draws == 5


# --- known failures -------------------------------------------------------------------------------


def a_suite(*findings: Finding, tables: tuple[tuple[str, str], ...]) -> Suite:
    return Suite((), tables, findings, {}, 1.0, 0)


def a_finding(claim: str, scenario: str, passed: bool, test: int = 1) -> Finding:
    return Finding(claim, test, scenario, "trust", "DI", 0.01, 0, 0.02, 0.02, "greater", passed)


def a_row(found: Finding, reason: str = "it is so") -> KnownRow:
    claim, test, scenario, measure, buyers = key_of(found)
    return KnownRow(
        claim=claim, test=test, scenario=scenario, measure=measure, buyers=buyers, reason=reason
    )


FAILS, HOLDS = a_finding("T01", "seoul", False), a_finding("T02", "seoul", True)
RAN = (("T01", "seoul"), ("T02", "seoul"))


def test_failures_that_are_listed_are_no_news() -> None:
    assert not compare(a_suite(FAILS, HOLDS, tables=RAN), [a_row(FAILS)], whole=True)


def test_a_failure_that_is_not_listed_is_news() -> None:
    found = compare(a_suite(FAILS, HOLDS, tables=RAN), [], whole=True)
    assert found
    assert found.unlisted == (FAILS,)


def test_a_listed_test_that_passes_is_news() -> None:
    found = compare(a_suite(FAILS, HOLDS, tables=RAN), [a_row(FAILS), a_row(HOLDS)], whole=True)
    assert found
    assert found.mended == (a_row(HOLDS),)


def test_tests_of_one_claim_are_told_apart() -> None:
    other = a_finding("T01", "seoul", False, test=2)
    found = compare(a_suite(FAILS, other, tables=RAN), [a_row(FAILS)], whole=True)
    assert found.unlisted == (other,)


def test_what_was_not_run_is_left_alone_unless_all_of_it_was() -> None:
    elsewhere = a_row(a_finding("T09", "osaka", False))
    few = a_suite(HOLDS, tables=RAN)
    assert not compare(few, [elsewhere], whole=False)
    assert compare(few, [elsewhere], whole=True).mended == (elsewhere,)


def test_a_row_needs_a_reason() -> None:
    bare = a_row(FAILS, reason=" ")
    assert compare(a_suite(FAILS, tables=RAN), [bare], whole=True).unexplained == (bare,)


def test_a_written_list_is_read_again_and_keeps_its_reasons(tmp_path: Path) -> None:
    other = a_finding("T01", "seoul", False, test=2)
    path = tmp_path / "known.yaml"
    path.write_text(
        written(a_suite(FAILS, HOLDS, other, tables=RAN), [a_row(FAILS, "“quoted”: a: b")], True),
        encoding="utf-8",
    )
    assert read_known(path) == [a_row(FAILS, "“quoted”: a: b"), a_row(other, "")]
    path.write_text(written(a_suite(HOLDS, tables=RAN), [], True), encoding="utf-8")
    assert read_known(path) == []


def test_writing_part_of_the_list_keeps_the_rest(tmp_path: Path) -> None:
    elsewhere = a_row(a_finding("T09", "osaka", False))
    path = tmp_path / "known.yaml"
    suite = a_suite(FAILS, tables=RAN)
    path.write_text(written(suite, [elsewhere], whole=False), encoding="utf-8")
    assert read_known(path) == [elsewhere, a_row(FAILS, "")]
    path.write_text(written(suite, [elsewhere], whole=True), encoding="utf-8")
    assert read_known(path) == [a_row(FAILS, "")]


def test_every_known_failure_is_explained_and_about_something(file: ClaimFile) -> None:
    known = read_known(KNOWN)
    claims = {claim.id: claim for claim in file.claims}
    assert len({row.key for row in known}) == len(known)
    for row in known:
        assert len(row.reason.split()) >= 8, row
        assert row.scenario in file.scenarios_of(claims[row.claim]), row
        assert row.test <= len(claims[row.claim].tests), row


# --- the command ----------------------------------------------------------------------------------

T02 = ["claims", "--only", "T02", "--scenario", "seoul", "--jobs", "1"]


def test_json_follows_its_schema(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "two.yaml"
    path.write_text(
        """\
claims:
  - id: T98
    source: "-"
    kind: C
    claim: A greeting warms
    buyers: DI
    measure: trust
    arms: {A: [greet, ask_history], B: NEUTRAL}
  - {id: T99, source: "-", kind: C, claim: One day this will be seen, pending: needs a telescope}
""",
        encoding="utf-8",
    )
    arguments = ["claims", str(path), *T02[3:], "--quick", "--weights", "1", "--json"]
    assert main(arguments) == 0
    shown = capsys.readouterr()
    found = json.loads(shown.out)
    jsonschema.validate(found, SCHEMA)
    assert shown.err == ""
    assert found["share"] == QUICK
    assert [c["verdict"] for c in found["claims"]] == ["pass", "pending"]
    assert found["summary"]["tests_failed"] == 0


@pytest.mark.long
def test_a_table_for_people(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*T02, "--quick", "--weights", "1"]) == 0
    shown = capsys.readouterr().out
    for word in ("T02", "seoul", "SP vs DI", "99 % interval", "> 0.02", "pass", "draws passed"):
        assert word in shown
    assert "1 claim: 1 pass; 2 tests: 2 pass, 0 fail" in shown
    assert "a narrow one is not judged" in shown


@pytest.mark.long
def test_failing_claims_end_with_1_unless_they_are_known(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    claim = tmp_path / "claim.yaml"
    claim.write_text(
        """\
claims:
  - id: T99
    source: "-"
    kind: C
    claim: Nothing changes nothing
    buyers: DI
    arms: {A: NEUTRAL, B: NEUTRAL}
    measure: trust
""",
        encoding="utf-8",
    )
    run = ["claims", str(claim), "--scenario", "seoul", "--jobs", "1"]
    assert main(run) == 1
    known = tmp_path / "known.yaml"
    assert main([*run, "--write-known", str(known)]) == 0
    assert main([*run, "--check-known", str(known)]) == 1
    assert "Listed without a reason" in capsys.readouterr().out
    known.write_text(known.read_text().replace('reason: ""', "reason: both arms are the same"))
    assert main([*run, "--check-known", str(known)]) == 0
    assert "those that are listed" in capsys.readouterr().out
    known.write_text("known: []\n")
    assert main([*run, "--check-known", str(known), "--json"]) == 1
    found = json.loads(capsys.readouterr().out)
    jsonschema.validate(found, SCHEMA)
    assert found["known"]["unlisted"][0]["claim"] == "T99"


@pytest.mark.parametrize(
    ("arguments", "code", "fix"),
    [
        (["--only", "T1"], "U001", "T"),
        (["--scenario", "seol"], "RD004", "seoul"),
        (["--weights", "-1"], "U001", "range"),
        (["--jobs", "0"], "U001", "processors"),
        (["--quick", "--check-known", str(KNOWN)], "U001", "--quick"),
        (["--write-known", "a.yaml", "--check-known", "b.yaml"], "U001", "one of them"),
        (["--check-known", "nowhere.yaml"], "RD001", ""),
        (["nowhere.yaml"], "RD001", ""),
    ],
)
def test_a_command_that_makes_no_sense_is_refused(
    capsys: pytest.CaptureFixture[str], arguments: list[str], code: str, fix: str
) -> None:
    assert main(["claims", *arguments]) == 2
    shown = capsys.readouterr()
    assert f"error[{code}]" in shown.err
    assert fix in shown.err
    assert shown.out == ""


def test_a_bad_list_of_known_failures_ends_with_1(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "known.yaml"
    path.write_text("known:\n  - {claim: T01, scenario: seoul}\n", encoding="utf-8")
    assert main(["claims", "--check-known", str(path)]) == 1
    assert "error[M002]" in capsys.readouterr().err
