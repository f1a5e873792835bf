"""Packs: folder and zip are the same, what is hostile is refused in words, sharing works."""

from __future__ import annotations

import io
import os
import zipfile
from pathlib import Path

import pytest

from game.scenario.check import check
from game.scenario.compile import compile_rules
from game.scenario.diagnostics import ScenarioError, errors, render
from game.scenario.domains import domains_of
from game.scenario.load import load_from_sources, load_scenario
from game.scenario.pack_names import belongs, fault_of
from game.scenario.packs import MANIFEST, open_pack, open_pack_bytes
from game.scenario.sources import is_pack, locate, tables
from game.scenario.translated import in_language
from tests.scenario.zips import ATTACKS, NAMES, SOUND, TWO, Maker


def laid(folder: Path, files: dict[str, bytes]) -> Path:
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return folder


def zipped(folder: Path, files: dict[str, bytes] = SOUND) -> Path:
    path = folder / "small.lunchpack.zip"
    path.write_bytes(Maker(files).done())
    return path


# --- what is refused ------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ATTACKS)
def test_a_hostile_zip_is_refused_with_its_own_code(name: str) -> None:
    code, made = ATTACKS[name]
    with pytest.raises(ScenarioError) as refused:
        open_pack_bytes(made(), "bad.zip")
    found = refused.value.diagnostics
    assert code in [d.code for d in found]
    assert refused.value.exit_status == 1
    assert render(found).isprintable() or "\n" in render(found)


@pytest.mark.parametrize("name", ATTACKS)
def test_the_same_by_its_path_and_nothing_is_written(name: str, tmp_path: Path) -> None:
    code, made = ATTACKS[name]
    path = tmp_path / "bad.lunchpack.zip"
    path.write_bytes(made())
    assert code in [d.code for d in check([path])]
    assert [p.name for p in tmp_path.iterdir()] == ["bad.lunchpack.zip"]


@pytest.mark.parametrize("name", sorted(NAMES.values()))
def test_a_name_that_leads_elsewhere_has_a_fault(name: str) -> None:
    assert fault_of(name)


@pytest.mark.parametrize(
    "name",
    [
        "pack.yaml",
        "scenarios/a-b2.yaml",
        "voices/kang_2.yaml",
        "locale/pt-BR/first.po",
        "locale/de/voices/kang.po",
        "LICENSE",
        "a.md",
    ],
)
def test_what_a_pack_is_made_of_has_a_name_for_every_system(name: str) -> None:
    assert belongs(name) and fault_of(name) == ""


@pytest.mark.parametrize("name", ["Pack.yaml", "setup.py", "a.yaml", "voices/a/b.yaml", "x.md.exe"])
def test_all_else_does_not_belong(name: str) -> None:
    assert not belongs(name)


def test_a_zip_may_have_entries_for_its_folders() -> None:
    made = Maker().add("scenarios/", b"", 0o40755).add("voices/", b"", 0o40755).done()
    assert open_pack_bytes(made, "x.zip").scenarios == ("first",)


def test_a_link_out_of_a_folder_is_refused_and_one_inside_is_not(tmp_path: Path) -> None:
    pack = laid(tmp_path / "pack", SOUND)
    secret = tmp_path / "secret.md"
    secret.write_text("nobody's business")
    (pack / "notes.md").symlink_to(secret)
    with pytest.raises(ScenarioError) as refused:
        open_pack(pack)
    assert [d.code for d in refused.value.diagnostics] == ["K005"]
    (pack / "notes.md").unlink()
    (pack / "README.md").write_text("Read me.\n")
    (pack / "notes.md").symlink_to("README.md")
    assert open_pack(pack).texts["notes.md"] == "Read me.\n"


def test_a_folder_that_is_a_link_a_loop_and_a_pipe_are_refused(tmp_path: Path) -> None:
    pack = laid(tmp_path / "pack", SOUND)
    elsewhere = laid(tmp_path / "elsewhere", {"x.yaml": b"voice: x\n"})
    (pack / "voices").symlink_to(elsewhere, target_is_directory=True)
    (pack / "loop.md").symlink_to("loop.md")
    os.mkfifo(pack / "pipe.txt")
    with pytest.raises(ScenarioError) as refused:
        open_pack(pack)
    assert [(d.code, Path(d.file).name) for d in refused.value.diagnostics] == [
        ("K005", "loop.md"),
        ("K005", "pipe.txt"),
        ("K005", "voices"),
    ]


def test_what_begins_with_a_full_stop_is_nobodys_business(tmp_path: Path) -> None:
    pack = laid(tmp_path, SOUND | {".git/config": b"x", ".DS_Store": b"\xff", "voices/.x": b""})
    assert set(open_pack(pack).texts) == set(SOUND)


# --- folder and zip -------------------------------------------------------------------------------


def test_the_same_files_make_the_same_zip(tmp_path: Path) -> None:
    files = SOUND | {"README.md": b"One.\nTwo.\n", "voices/a.yaml": b"voice: a\n"}
    one = laid(tmp_path / "one", files)
    other = laid(tmp_path / "other", dict(reversed(files.items())))
    (other / "README.md").write_bytes(b"\xef\xbb\xbfOne.\r\nTwo.\r\n")
    for path in other.rglob("*"):
        os.utime(path, (1, 1))
        path.chmod(0o755)
    made = open_pack(one).zipped
    assert open_pack(other).zipped == made
    assert open_pack_bytes(made, "x.zip").zipped == made
    assert open_pack_bytes(Maker(files).done(), "x.zip").zipped == made


def test_a_zip_is_known_byte_by_byte(tmp_path: Path) -> None:
    pack = open_pack(laid(tmp_path, SOUND))
    assert pack.sha256.startswith("162e920f7ac8")  # on every machine
    with zipfile.ZipFile(io.BytesIO(pack.zipped)) as archive:
        assert [(i.filename, i.date_time, i.compress_type) for i in archive.infolist()] == [
            ("pack.yaml", (1980, 1, 1, 0, 0, 0), zipfile.ZIP_STORED),
            ("scenarios/first.yaml", (1980, 1, 1, 0, 0, 0), zipfile.ZIP_STORED),
        ]


@pytest.mark.long
@pytest.mark.parametrize("form", ["folder", "zip", "file in the folder"])
def test_a_scenario_of_a_pack_is_the_same_however_it_is_reached(form: str, tmp_path: Path) -> None:
    folder = laid(tmp_path / "small", SHARING)
    name = {
        "folder": str(folder),
        "zip": str(zipped(tmp_path, SHARING)),
        "file in the folder": str(folder / "scenarios" / "first.yaml"),
    }[form]
    loaded = load_scenario(name)
    assert loaded.diagnostics == ()
    assert "show_round" in loaded.moves.moves
    assert loaded.moves.moves["greet"].diffuse == [0.0, 0.2, 0.04]
    assert loaded.machine.states["acquainted"].patience == 0.07
    assert loaded.scenario.phrases["show_round"]["label"] == "Ask to be shown round"
    assert set(loaded.sources) >= {"first.yaml", "pack/moves.yaml", "pack/machine.yaml"}
    again = load_from_sources(loaded.sources, loaded.main)
    assert again.scenario == loaded.scenario and again.moves == loaded.moves
    digests = [compile_rules(x.scenario, x.machine, x.moves).digest for x in (loaded, again)]
    plain = load_scenario("toronto")
    assert digests[0] == digests[1]
    assert digests[0] != compile_rules(loaded.scenario, loaded.machine, plain.moves).digest


SHARING = SOUND | {
    "moves.yaml": b"""moves:
  greet: {diffuse: [0.0, 0.2, 0.04]}
  show_round:
    radius: 2
    family: show_round
    ring: company
    group: people
    specific: [0.02, 0.01, 0.0]
    diffuse: [0.05, 0.12, 0.04]
""",
    "machine.yaml": b"trust_machine: {states: {acquainted: {patience: 0.07}}}\n",
    "phrases.yaml": b"""moves:
  show_round:
    label: "Ask to be shown round"
    says: {round_one: "Would you show me the place?", round_two: "May we walk through it once?"}
""",
}


@pytest.mark.long
def test_a_scenario_has_the_last_word_over_its_pack(tmp_path: Path) -> None:
    own = b"trust_machine: {states: {acquainted: {patience: 0.01}}}\n"
    own += b"phrases: {show_round: {label: Look round}}\n"
    files = SHARING | {"scenarios/first.yaml": SOUND["scenarios/first.yaml"] + own}
    loaded = load_scenario(laid(tmp_path, files) / "scenarios" / "first.yaml")
    assert loaded.machine.states["acquainted"].patience == 0.01
    assert loaded.scenario.phrases["show_round"]["label"] == "Look round"
    assert loaded.scenario.phrases["show_round"]["says"]["round_one"].startswith("Would")


def test_a_scenario_outside_a_pack_sees_no_pack(tmp_path: Path) -> None:
    laid(tmp_path, {"alone.yaml": b"scenario: alone\ntitle: A\nextends: toronto\n"})
    laid(tmp_path / "pack", {"moves.yaml": SHARING["moves.yaml"]})
    assert "show_round" not in load_scenario(tmp_path / "alone.yaml").moves.moves


# --- names ----------------------------------------------------------------------------------------


def test_a_pack_of_one_needs_no_id_and_one_of_two_does(tmp_path: Path) -> None:
    one, two = zipped(tmp_path), laid(tmp_path / "two", TWO)
    assert locate(one).main == "first.yaml"
    assert locate(f"{one}:first").main == "first.yaml"
    assert locate(f"{two}:second").main == "second.yaml"
    assert list(tables(two)) == ["first", "second"]
    assert list(tables(f"{two}:second")) == ["second"]
    for name, code in ((str(two), "RD005"), (f"{two}:secnd", "RD004"), (f"{one}x:a", "RD001")):
        with pytest.raises(ScenarioError) as refused:
            locate(name)
        assert [d.code for d in refused.value.diagnostics] == [code]
        assert refused.value.exit_status == 2


def test_what_a_name_means(tmp_path: Path) -> None:
    one = zipped(tmp_path)
    assert is_pack(one) and not is_pack(f"{one}:first") and not is_pack("seoul")
    assert not is_pack("") and not is_pack("a\x00b") and not is_pack(tmp_path)
    assert locate("seoul").id == "seoul" and locate("seoul").pack is None
    assert list(tables("osaka")) == ["osaka"] and len(tables()) > 5


def test_a_missing_pack_and_a_folder_without_manifest(tmp_path: Path) -> None:
    for name, code in (("nowhere.zip", "RD001"), (str(tmp_path / "x.zip:a"), "RD001")):
        with pytest.raises(ScenarioError) as refused:
            locate(name)
        assert [d.code for d in refused.value.diagnostics] == [code]
    with pytest.raises(ScenarioError) as refused:
        open_pack(tmp_path)
    assert [d.code for d in refused.value.diagnostics] == ["K001"]


# --- check ----------------------------------------------------------------------------------------


def test_a_sound_pack_passes_without_a_word(tmp_path: Path) -> None:
    assert check([zipped(tmp_path, SHARING)]) == []
    assert check([laid(tmp_path / "folder", SHARING)]) == []


def test_a_folder_of_packs_is_checked_pack_by_pack(tmp_path: Path) -> None:
    laid(tmp_path / "a", SHARING)
    laid(tmp_path / "b", SOUND | {"scenarios/first.yaml": b"scenario: first\ntitle: 3\n"})
    assert {Path(d.file).parts[-3] for d in errors(check([tmp_path]))} == {"b"}


@pytest.mark.parametrize("name", [MANIFEST, "moves.yaml"])
def test_a_shared_file_stands_for_its_pack(name: str, tmp_path: Path) -> None:
    laid(tmp_path, SOUND | {"moves.yaml": b"moves: {greet: {ring: terms}}\n"})
    found = check([tmp_path / name])
    assert [d.code for d in found] == ["K015"]


def test_a_voice_in_a_pack_knows_the_packs_moves(tmp_path: Path) -> None:
    voice = b'voice: guide\nsays: {guide_round: {on: show_round, text: "Mind the step."}}\n'
    folder = laid(tmp_path, SHARING | {"voices/guide.yaml": voice})
    assert check([folder / "voices" / "guide.yaml"]) == []


def test_a_pack_brings_its_translations(tmp_path: Path) -> None:
    head = b'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
    label = (
        b'msgctxt "moves.show_round.label"\nmsgid "Ask to be shown round"\nmsgstr "Zeigen lassen"\n'
    )
    title = b'msgctxt "title"\nmsgid "First"\nmsgstr "Erstes"\n'
    files = SHARING | {
        "locale/de/first.po": head + title,
        "locale/de/pack/phrases.po": head + label,
    }
    for pack in (laid(tmp_path / "folder", files), zipped(tmp_path, files)):
        told = in_language(load_scenario(pack), "de").scenario
        assert told.title == "Erstes"
        assert told.phrases["show_round"]["label"] == "Zeigen lassen"
    inside, outside = (
        {domain.name for domain in domains_of(load_scenario(tmp_path / name))}
        for name in ("folder", "small.lunchpack.zip")
    )
    assert inside - outside == {"first", "pack/phrases"}


def test_a_catalogue_is_text_and_no_path(tmp_path: Path) -> None:
    other = tmp_path / "other.po"
    other.write_text('msgctxt "title"\nmsgid "First"\nmsgstr "From elsewhere"\n')
    files = SOUND | {"locale/de/first.po": str(other).encode()}
    assert in_language(load_scenario(zipped(tmp_path, files)), "de").scenario.title == "First"
