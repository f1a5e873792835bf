"""The profile erased and exported: nothing left behind, nothing replaced."""

from __future__ import annotations

import os
import zipfile
from pathlib import Path

import pytest

from game.review import profile_files as files
from game.review.profile import Profile
from game.scenario.diagnostics import ScenarioError
from game.session.transcript import Transcript
from tests.review.profiles import (
    DAY,
    TODAY,
    code_of,
    everything,
    filled,
    full,
    mode,
    record,
    refuse,
)

# --- erased -------------------------------------------------------------------------------------


def littered(folder: Path, game: Transcript) -> Profile:
    """Everything that a folder can hold of ours, and something that is not ours."""
    profile = filled(folder, game)
    (folder / "profile.aside-1.json").write_text("old")
    (folder / ".profile.json.x1y2").write_text("half")
    (folder / "moments" / ".ab.lunch.json.q7").write_text("half")
    (folder / "saves").mkdir()
    game.save(folder / "saves" / "seoul-7.lunch.json")
    (folder / "saves" / ".seoul-8.lunch.json.z9").write_text("half")
    return profile


def test_erased_leaves_nothing(folder: Path, game: Transcript) -> None:
    profile = littered(folder, game)
    would = files.held(folder, saves=True)
    gone = profile.erase(saves=True)
    assert gone == would
    assert gone == files.Erased(profiles=1, aside=1, moments=1, saves=1, leftovers=3)
    assert not folder.exists()
    assert profile.empty
    profile.save()
    assert not folder.exists(), "what was not saved is gone too"
    assert files.erase(folder).nothing


def test_erased_spares_the_saves_and_what_is_not_ours(folder: Path, game: Transcript) -> None:
    littered(folder, game)
    for name in ("options.json", "saves/notes.txt", "moments/mine.txt"):
        (folder / name).write_text("mine")
    assert files.erase(folder).saves == 0
    kept = {"options.json", "saves/notes.txt", "moments/mine.txt", "saves/seoul-7.lunch.json"}
    assert everything(folder) - {"saves/.seoul-8.lunch.json.z9"} == kept
    assert files.erase(folder, saves=True).saves == 1
    assert everything(folder) == kept - {"saves/seoul-7.lunch.json"}


def test_erasing_removes_links_and_not_what_they_lead_to(
    folder: Path, game: Transcript, tmp_path: Path
) -> None:
    (folder / "saves").mkdir(parents=True)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    game.save(elsewhere / "x.lunch.json")
    (folder / "profile.json").symlink_to(elsewhere / "x.lunch.json")
    (folder / "moments").symlink_to(elsewhere)
    (folder / "saves" / "s.lunch.json").symlink_to(elsewhere / "nowhere")
    gone = files.erase(folder, saves=True)
    assert {path.name for path in gone.links} == {"profile.json", "moments", "s.lunch.json"}
    assert everything(elsewhere) == {"x.lunch.json"}
    assert not folder.exists()


def test_what_is_damaged_can_be_erased(folder: Path) -> None:
    folder.mkdir()
    (folder / "profile.json").write_bytes(b"\xff")
    assert files.erase(folder).profiles == 1
    assert not folder.exists()


def test_what_cannot_be_removed_is_named_and_the_rest_is_gone(
    folder: Path, game: Transcript, monkeypatch: pytest.MonkeyPatch
) -> None:
    littered(folder, game)
    real = Path.unlink

    def unlink(self: Path, missing_ok: bool = False) -> None:
        if self.name == "profile.json":
            refuse()
        real(self, missing_ok)

    monkeypatch.setattr(Path, "unlink", unlink)
    with pytest.raises(ScenarioError) as refused:
        files.erase(folder, saves=True)
    assert code_of(refused) == "W001"
    assert refused.value.diagnostics[0].file == str(folder / "profile.json")
    assert everything(folder) == {"profile.json"}


def test_what_was_erased_does_not_come_back(folder: Path, game: Transcript) -> None:
    filled(folder, game)
    other = Profile.load(folder)
    other.add_review(record("e77"))
    other.tried(other.book.moments[0].id, TODAY + DAY, 0.0)
    Profile.load(folder).erase()
    other.save()
    book = Profile.load(folder).book
    assert [r.head for r in book.reviews] == ["e77"]
    assert (book.moments, book.tests) == ((), ())


# --- exported -----------------------------------------------------------------------------------


def test_an_export_holds_everything_as_it_is(
    folder: Path, game: Transcript, tmp_path: Path
) -> None:
    littered(folder, game)
    out = tmp_path / "mine.zip"
    names = Profile.load(folder).export(out)
    whole = {name for name in everything(folder) if not Path(name).name.startswith(".")}
    assert set(names) == whole and len(names) == 4
    with zipfile.ZipFile(out) as archive:
        assert set(archive.namelist()) == whole | {"README.txt"}
        for name in whole:
            assert archive.read(name) == (folder / name).read_bytes()
        assert b"profile.json" in archive.read("README.txt")
    if os.name == "posix":
        assert mode(out) == 0o600
    files.export(folder, tmp_path / "again.zip")
    assert (tmp_path / "again.zip").read_bytes() == out.read_bytes()


def test_an_export_of_what_is_damaged_and_of_nothing(folder: Path, tmp_path: Path) -> None:
    assert files.export(folder, tmp_path / "nothing.zip") == []
    folder.mkdir()
    (folder / "profile.json").write_bytes(b"\xff\x00")
    assert files.export(folder, tmp_path / "mine.zip") == ["profile.json"]
    with zipfile.ZipFile(tmp_path / "mine.zip") as archive:
        assert archive.read("profile.json") == b"\xff\x00"


def test_an_export_replaces_nothing_and_leaves_nothing_half(
    folder: Path, game: Transcript, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled(folder, game)
    (tmp_path / "there.yaml").write_text("mine")
    with pytest.raises(ScenarioError) as refused:
        files.export(folder, tmp_path / "there.yaml")
    assert code_of(refused) == "PR005"
    assert (tmp_path / "there.yaml").read_text() == "mine"
    with pytest.raises(ScenarioError) as refused:
        files.export(folder, tmp_path / "nowhere" / "mine.zip")
    assert code_of(refused) == "W001"
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(ScenarioError) as refused:
        files.export(folder, tmp_path / "mine.zip")
    assert code_of(refused) == "W001"
    assert {p.name for p in tmp_path.iterdir()} == {"data", "there.yaml"}
