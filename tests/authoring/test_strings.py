"""Words out to translators, translations in, and what is missing."""

from __future__ import annotations

import io
import json
import re
import shutil
from pathlib import Path

import jsonschema
import polib
import pytest

from game.cli import main
from game.scenario.diagnostics import errors
from tests.authoring.proofs import OURS, bad_files, found_in, page, refreshed
from tests.scenario.proofs import ROOT

BAKERY = ROOT / "tests/scenarios/good/corner_bakery.yaml"


@pytest.fixture
def bakery(tmp_path: Path) -> Path:
    """A scenario of somebody's own, in a folder of its own."""
    shutil.copy(BAKERY, tmp_path)
    return tmp_path / BAKERY.name


def fill(path: Path, put: dict[str, str]) -> None:
    file = polib.pofile(str(path))
    for entry in file:
        if entry.msgctxt in put:
            entry.msgstr = put[entry.msgctxt]
    file.save()


# --- what is wrong with a delivery ----------------------------------------------------------------


@pytest.mark.parametrize("path", bad_files(), ids=lambda p: p.stem)
def test_a_bad_catalogue_earns_its_code_and_no_other(path: Path) -> None:
    assert {d.code for d in found_in(path)} == {path.stem.split("_")[0].upper()}


@pytest.mark.parametrize("code", OURS)
def test_a_page_shows_the_message_as_it_is_today(code: str) -> None:
    assert page(code) == refreshed(code)


def test_a_bad_delivery_changes_nothing(bakery: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["strings", "export", str(bakery), "--lang", "de"]) == 0
    place = bakery.parent / "locale/de/corner_bakery.po"
    before = place.read_bytes()
    delivery = bakery.parent / "delivered.po"
    delivery.write_bytes(before)
    fill(delivery, {"title": "{Eck}bäckerei", "buyer.role": "Inhaberin"})
    command = ["strings", "import", str(delivery), "--folder", str(bakery.parent)]
    assert main(command) == 1
    assert "error[S004]" in capsys.readouterr().err
    assert place.read_bytes() == before


@pytest.mark.parametrize("name", ["../../outside", "common/../../x", "/etc/x", "a/b/c", ".."])
def test_a_delivery_names_no_place_outside(name: str, bakery: Path) -> None:
    text = (ROOT / "tests/authoring/bad/s003.po").read_text("utf-8")
    wrong = bakery.parent / "wrong.po"
    wrong.write_text(text.replace("corner_bakery", name), "utf-8")
    assert main(["strings", "import", str(wrong), "--folder", str(bakery.parent)]) == 1
    assert not list(bakery.parent.parent.glob("*.po"))


# --- there and back -------------------------------------------------------------------------------


def test_what_goes_out_and_comes_back_is_shown(
    bakery: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = bakery.parent / "out"
    assert main(["strings", "export", str(bakery), "--lang", "de", "--output", str(out)]) == 0
    fill(
        out / "corner_bakery.po", {"title": "Die Eckbäckerei", "issues.delivery.options.May": "Mai"}
    )
    told = ["strings", "import", str(out / "corner_bakery.po"), "--folder", str(bakery.parent)]
    assert main(told) == 0
    assert "2 of " in capsys.readouterr().out
    from game.scenario.load import load_scenario
    from game.scenario.translated import in_language

    shown = in_language(load_scenario(bakery), "de")
    assert shown.scenario.title == "Die Eckbäckerei"
    assert shown.option_words["delivery", "May"] == "Mai"
    assert shown.scenario.issues["delivery"].options == ["June", "May", "April"]


def test_exporting_twice_writes_the_same(bakery: Path) -> None:
    place = bakery.parent / "locale/de/corner_bakery.po"
    assert main(["strings", "export", str(bakery), "--lang", "de"]) == 0
    fill(place, {"title": "Die Eckbäckerei"})
    assert main(["strings", "import", str(place)]) == 0
    before = place.read_bytes()
    assert main(["strings", "export", str(bakery), "--lang", "de"]) == 0
    assert place.read_bytes() == before


def test_a_changed_original_makes_its_translation_doubtful(
    bakery: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from game.scenario.load import load_scenario
    from game.scenario.translated import in_language

    place = bakery.parent / "locale/de/corner_bakery.po"
    assert main(["strings", "export", str(bakery), "--lang", "de"]) == 0
    fill(place, {"title": "Die Eckbäckerei"})
    text = bakery.read_text("utf-8").replace("The corner bakery", "The bakery")
    bakery.write_text(text, "utf-8")
    assert in_language(load_scenario(bakery), "de").scenario.title == "The bakery"
    capsys.readouterr()
    status = ["strings", "status", str(bakery), "--lang", "de", "--json"]
    assert main(status) == 0
    assert json.loads(capsys.readouterr().out)["languages"][0]["domains"][0]["fuzzy"] == ["title"]
    assert main(["strings", "export", str(bakery), "--lang", "de"]) == 0
    (entry,) = (e for e in polib.pofile(str(place)) if e.msgctxt == "title")
    assert (entry.fuzzy, entry.msgstr, entry.msgid) == (True, "Die Eckbäckerei", "The bakery")


def test_a_text_that_got_another_id_keeps_its_translation(bakery: Path) -> None:
    place = bakery.parent / "locale/de/corner_bakery.po"
    assert main(["strings", "export", str(bakery), "--lang", "de"]) == 0
    fill(place, {"facts.old_mixer": "Der alte Kneter ist zweimal ausgefallen."})
    bakery.write_text(bakery.read_text("utf-8").replace("old_mixer", "mixer"), "utf-8")
    assert main(["strings", "export", str(bakery), "--lang", "de"]) == 0
    (entry,) = (e for e in polib.pofile(str(place)) if e.msgctxt == "facts.mixer")
    assert (entry.msgstr, entry.fuzzy) == ("Der alte Kneter ist zweimal ausgefallen.", False)


# --- status ---------------------------------------------------------------------------------------


def test_status_counts_what_is_missing(bakery: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["strings", "export", str(bakery), "--lang", "de"]) == 0
    capsys.readouterr()
    command = ["strings", "status", str(bakery), "--lang", "de"]
    assert main([*command, "--complete"]) == 1
    assert re.search(r"corner_bakery +0 of (\d+) +\1 missing", capsys.readouterr().out)
    fill(
        bakery.parent / "locale/de/corner_bakery.po",
        {
            e.msgctxt: e.msgid
            for e in polib.pofile(str(bakery.parent / "locale/de/corner_bakery.po"))
        },
    )
    assert main([*command, "--complete"]) == 0


@pytest.mark.long
def test_status_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["strings", "status", "--lang", "de", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    schema = json.loads((ROOT / "docs/json/strings.schema.json").read_text("utf-8"))
    jsonschema.validate(found, schema)
    domains = {one["domain"]: one for one in found["languages"][0]["domains"]}
    assert domains["common/desktop_settings"]["missing"] == []
    assert "common/moves" not in domains


@pytest.mark.parametrize("tag", ["en", "qps", "xx", "German", "de_DE", "../x"])
def test_only_languages_can_be_translated_into(
    tag: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["strings", "export", "interface", "--lang", tag]) == 2
    assert "error[U001]" in capsys.readouterr().err


def test_a_translation_is_played_in_a_language_that_the_interface_lacks(
    bakery: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    play = ["play", "--text", "--lang", "nl", "--seed", "3", str(bakery)]
    assert main(play) == 2, "nobody has translated it yet"
    assert main(["strings", "export", str(bakery), "--lang", "nl"]) == 0
    fill(bakery.parent / "locale/nl/corner_bakery.po", {"title": "De bakkerij op de hoek"})
    saved = bakery.parent / "x.lunch.json"
    capsys.readouterr()
    monkeypatch.setattr("sys.stdin", io.StringIO("w\nq\n"))
    assert main([*play, "--save", str(saved)]) == 0
    shown = capsys.readouterr().out
    assert "De bakkerij op de hoek" in shown and "You sell" in shown
    assert main(["replay", "--lang", "nl", str(saved)]) == 0
    assert "De bakkerij op de hoek" in capsys.readouterr().out


def test_a_language_that_nobody_translated_into_is_refused(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["test", "self", "--lang", "xx"]) == 2
    assert "there are no words in the language “xx”" in capsys.readouterr().err


# --- what is shipped ------------------------------------------------------------------------------


def shipped_catalogues() -> list[Path]:
    return sorted((ROOT / "scenarios/locale").rglob("*.po"))


@pytest.mark.parametrize("path", shipped_catalogues(), ids=lambda p: "-".join(p.parts[-3:]))
def test_a_shipped_catalogue_passes_its_own_import(path: Path) -> None:
    from game.authoring.strings import delivered

    found, domain = delivered(path, None)
    assert domain is not None
    assert errors(found.found) == []


@pytest.mark.long
def test_german_is_complete_for_the_interface_and_one_scenario(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["strings", "status", "--lang", "de", "--complete"]) == 0, capsys.readouterr().out
    shown = capsys.readouterr().out
    assert "common/phrases" in shown and "osaka" in shown and "voices/ogawa" in shown
