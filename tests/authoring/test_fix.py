"""`check --fix`: what is mended, what is left alone, and how files are written."""

from __future__ import annotations

import json
import os
import re
import shutil
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.authoring import fix
from game.authoring.check import look
from game.authoring.examination import Examination
from game.cli import main
from game.scenario.diagnostics import Diagnostic, Edit, errors
from game.scenario.mending import slug, surely
from tests.scenario.proofs import LINT, ROOT, bad_files, folder, found_in, lint_files

MESSY = (
    "\ufefftitel: Die Backstube  # stays\r\nscenario: backstube\r\nstake: 400\r\nminutes: 012\r\n"
    "buyer:\r\n  name: Ada Berg\r\n  diffusenes: 0.4\r\n  welcome: [oven, Ofen-Neu]\r\n"
    'topics:\r\n  oven: {label: the oven}\r\n  Ofen-Neu: {label: "der neue Ofen"}\r\nissues:\r\n'
    "  price_eur: {options: [900, 800], you: [1, 0], buyer: [0, 1]}\r\n"
    "  delivery: {options: [yes, no], you: [1, 0], buyer: [0, 1]}\r\n"
    "weights: {you: {price_eur: .7, delivrey: .3}, buyer: {price_eur: 1}}\r\n"
    "meetings: [{turns: 8, setting: restaurants}]\r\ncold_call: yes\r\n"
)
NEAT = (
    '\ufefftitle: Die Backstube  # stays\r\nscenario: backstube\r\nstake: "400"\r\nminutes: 12\r\n'
    "buyer:\r\n  name: Ada Berg\r\n  diffuseness: {mean: 0.4}\r\n  welcome: [oven, ofen_neu]\r\n"
    'topics:\r\n  oven: {label: the oven}\r\n  ofen_neu: {label: "der neue Ofen"}\r\nissues:\r\n'
    "  price_eur: {options: [900, 800], you: [1, 0], buyer: [0, 1]}\r\n"
    '  delivery: {options: ["yes", "no"], you: [1, 0], buyer: [0, 1]}\r\n'
    "weights: {you: {price_eur: .7, delivery: .3}, buyer: {price_eur: 1, delivery: 0}}\r\n"
    "meetings: [{turns: 8, setting: restaurant}]\r\ncold_call: true\r\n"
)


@pytest.fixture
def messy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "backstube.yaml"
    path.write_bytes(MESSY.encode())
    return path


def with_edits() -> list[Path]:
    return [p for p in (*bad_files(), *lint_files()) if any(d.edits for d in found_in(p))]


@pytest.mark.parametrize("path", with_edits(), ids=lambda p: p.stem)
def test_an_edit_mends_its_complaint_and_makes_no_other(path: Path, tmp_path: Path) -> None:
    home = shutil.copytree(path.parent, tmp_path / "case")
    with folder(home):
        mended = fix.mend(lambda: look([path.name]))
    assert {d.code for d in found_in(path) if d.edits} <= {d.code for d in mended.done}
    assert len(errors(mended.left.diagnostics)) <= len(errors(mended.found.diagnostics))
    said = {(d.code, d.message) for d in mended.left.diagnostics}
    assert not {(d.code, d.message) for d in mended.done} & said
    assert mended.after, "nothing would be written"


def test_what_is_mended_and_what_stays(messy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "backstube.yaml", "--fix"]) == 0
    assert messy.read_bytes().decode() == NEAT
    told = capsys.readouterr().err
    assert "mended[M001]: backstube.yaml:1:1: “titel” is not a key of the file" in told
    assert "mended 13 in one file" in told
    assert "warning[L015]" in told, "what is left is shown"


def test_a_dry_run_shows_the_same_and_changes_nothing(
    messy: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", "backstube.yaml", "--diff"]) == 1
    first = capsys.readouterr()
    assert main(["check", "backstube.yaml", "--fix", "--dry-run"]) == 1
    assert capsys.readouterr() == first
    assert messy.read_bytes().decode() == MESSY
    shown = first.out.replace("\r", "")
    assert shown.startswith("--- backstube.yaml\n+++ backstube.yaml\n@@ ")
    assert re.findall(r"^\+(?!\+\+)(.*)$", shown, re.MULTILINE) == [
        line
        for line, old in zip(
            NEAT.removeprefix("\ufeff").split("\r\n"),
            MESSY.removeprefix("\ufeff").split("\r\n"),
            strict=True,
        )
        if line != old
    ]
    assert "would mend[Y016]" in first.err


def test_json_says_what_was_mended(messy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "backstube.yaml", "--fix", "--json"]) == 0
    shown = json.loads(capsys.readouterr().out)
    jsonschema.validate(shown, json.loads((ROOT / "docs/json/check.schema.json").read_text()))
    assert len(shown["mended"]) == 13
    assert shown["errors"] == 0


def test_a_clean_file_is_not_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copy(LINT / "clean.yaml", tmp_path)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(fix, "replace_file", lambda *_: pytest.fail("nothing to write"))
    assert main(["check", "clean.yaml", "--fix"]) == 0


def test_files_of_the_program_are_left_alone(
    messy: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(fix, "PACKAGE", messy.parent.resolve())
    assert main(["check", "backstube.yaml", "--fix"]) == 2
    assert "backstube.yaml is left as it is: it comes with the program" in capsys.readouterr().err
    assert messy.read_bytes().decode() == MESSY


def test_a_file_that_changes_meanwhile_is_left_alone(
    messy: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    real = fix.mend

    def slow(look: fix.Look) -> fix.Mended:
        mended = real(look)
        messy.write_bytes(MESSY.replace("400", "500").encode())
        return mended

    monkeypatch.setattr(fix, "mend", slow)
    assert main(["check", "backstube.yaml", "--fix"]) == 2
    assert "changed meanwhile" in capsys.readouterr().err
    assert messy.read_bytes().decode() == MESSY.replace("400", "500")


def test_a_file_that_cannot_be_written_is_whole(
    messy: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    assert main(["check", "backstube.yaml", "--fix"]) == 2
    assert "no space left on device" in capsys.readouterr().err
    assert messy.read_bytes().decode() == MESSY
    assert [p.name for p in messy.parent.iterdir()] == ["backstube.yaml"]


def test_links_and_permissions_stay(messy: Path) -> None:
    messy.chmod(0o640)
    link = messy.parent / "link.yaml"
    link.symlink_to(messy)
    assert main(["check", "link.yaml", "--fix"]) == 0
    assert link.is_symlink()
    assert messy.read_bytes().decode() == NEAT
    assert messy.stat().st_mode & 0o777 == 0o640


def test_an_edit_that_makes_it_worse_is_not_taken(messy: Path) -> None:
    """Beside a wrong edit the others are still applied."""
    wrong = Edit("backstube.yaml", 2, 1, 2, 9, "title")  # a key that is there already

    def look_with_a_wrong_edit() -> Examination:
        report = look(["backstube.yaml"])
        bad = Diagnostic("L008", "wrong", "backstube.yaml", 2, 1, 9, edits=(wrong,))
        there = "scenario:" in "".join(report.files[0].lines.of("backstube.yaml"))
        found = (*report.diagnostics, bad) if there else report.diagnostics
        return Examination(report.files, report.subjects, found)

    mended = fix.mend(look_with_a_wrong_edit)
    assert [d.code for d in mended.done].count("L008") == 0
    assert mended.after[messy.absolute()].decode() == NEAT


def test_edits_of_one_complaint_are_taken_together_or_not_at_all() -> None:
    def at(line: int, column: int, end: int) -> Edit:
        return Edit("f", line, column, line, end, "x")

    first = Diagnostic("M001", "a", "f", 1, 1, edits=(at(1, 1, 4), at(3, 1, 4)))
    second = Diagnostic("M001", "b", "f", 2, 1, edits=(at(2, 1, 4), at(3, 3, 5)))
    third = Diagnostic("M001", "c", "f", 4, 1, edits=(at(4, 1, 4),))
    assert fix.apart([first, second, third]) == [first, third]


@given(
    st.lists(st.text("aä王 \t", max_size=6), min_size=1, max_size=6),
    st.sampled_from(["\n", "\r\n", "\r"]),
    st.booleans(),
    st.data(),
)
def test_edits_meet_their_places(
    lines: list[str], end: str, mark: bool, data: st.DataObject
) -> None:
    text = end.join(lines)
    number = data.draw(st.integers(0, len(lines) - 1))
    start = data.draw(st.integers(0, len(lines[number])))
    stop = data.draw(st.integers(start, len(lines[number])))
    edit = Edit("f", number + 1, start + 1, number + 1, stop + 1, "NEU")
    wanted = list(lines)
    wanted[number] = lines[number][:start] + "NEU" + lines[number][stop:]
    before = (b"\xef\xbb\xbf" if mark else b"") + text.encode()
    after = fix.applied(before, [edit])
    assert after == (b"\xef\xbb\xbf" if mark else b"") + end.join(wanted).encode()


# --- when there is no doubt -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("word", "choices", "meant"),
    [
        ("delivrey", ["delivery", "price"], "delivery"),
        ("small-talk", ["small_talk"], "small_talk"),
        ("smaltalk.harvest", ["small_talk", "greet"], ""),
        ("smal_talk.harvest", ["small_talk", "greet"], "small_talk.harvest"),
        ("agreed", ["agreement", "parted"], ""),
        ("amount", ["about"], ""),
        ("cat", ["bat", "hat"], ""),
        ("diffusness", ["diffuseness"], "diffuseness"),
    ],
)
def test_only_a_slip_of_the_pen_is_mended(word: str, choices: list[str], meant: str) -> None:
    assert surely(word, choices) == meant


def test_ids_in_plain_letters() -> None:
    assert [slug("Ofen-Neu"), slug("3. Laden"), slug("Großer Kunde"), slug("日本")] == [
        "ofen_neu", "laden", "grosser_kunde", "",
    ]  # fmt: skip


def test_a_surprising_word_is_quoted_only_where_the_word_is_wanted(tmp_path: Path) -> None:
    text = (ROOT / "tests/scenarios/good/corner_bakery.yaml").read_text("utf-8")
    assert "\ntopics:" not in text and "\nlang:" not in text
    file = tmp_path / "corner_bakery.yaml"
    file.write_text(text + "topics: {hill: {label: the hill, radius: yes}}\n", "utf-8")
    (found,) = errors(look([str(file)]).diagnostics)
    assert (found.code, found.edits) == ("M004", ())
    file.write_text(text + "lang: no\n", "utf-8")
    (found,) = errors(look([str(file)]).diagnostics)
    assert (found.code, [edit.text for edit in found.edits]) == ("Y014", ['"no"'])
