"""`longlunch pack`: checks first, then one file, the same on every machine; replaces only packs."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

import pytest

from game.cli import main
from game.scenario.packs import open_pack
from tests.packs import QUAYSIDE


def test_a_folder_becomes_a_file_that_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["pack", str(QUAYSIDE)]) == 0
    path = Path("quayside.lunchpack.zip")
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    assert digest == open_pack(QUAYSIDE).sha256
    out = capsys.readouterr().out
    assert "Two doors on the quay (quayside 1.0)" in out
    assert digest in out and "voices/holm.yaml" in out
    assert open_pack(path).texts == open_pack(QUAYSIDE).texts


def test_packing_again_replaces_the_pack_and_a_zip_can_be_packed(tmp_path: Path) -> None:
    path = tmp_path / "q.zip"
    assert main(["pack", str(QUAYSIDE), "--output", str(path)]) == 0
    first = path.read_bytes()
    assert main(["pack", str(path), "--output", str(path)]) == 0
    assert path.read_bytes() == first
    assert [p.name for p in tmp_path.iterdir()] == ["q.zip"]


def test_nothing_but_a_pack_is_replaced(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    other = tmp_path / "diary.zip"
    other.write_text("Dear diary")
    assert main(["pack", str(QUAYSIDE), "--output", str(other)]) == 2
    assert "W002" in capsys.readouterr().err
    assert other.read_text() == "Dear diary"
    assert main(["pack", str(QUAYSIDE), "--output", str(tmp_path)]) == 2
    assert main(["pack", str(QUAYSIDE), "--output", str(tmp_path / "no" / "x.zip")]) == 2
    assert "W001" in capsys.readouterr().err


def test_a_pack_with_an_error_is_not_made(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "pack"
    shutil.copytree(QUAYSIDE, folder)
    (folder / "policies.yaml").write_text("policies: {walker: [greet, walk_hul*2]}\n")
    out = tmp_path / "q.zip"
    assert main(["pack", str(folder), "--output", str(out)]) == 1
    err = capsys.readouterr().err
    assert "error[P001]" in err and "policies.yaml:1:28" in err and "walk_hull" in err
    assert not out.exists()


def test_warnings_are_told_and_the_file_is_made(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "pack"
    shutil.copytree(QUAYSIDE, folder)
    (folder / "map.png").write_bytes(b"\x89PNG")
    out = tmp_path / "q.zip"
    assert main(["pack", str(folder), "--output", str(out)]) == 0
    assert "warning[K008]" in capsys.readouterr().err
    assert "map.png" not in open_pack(out).texts


@pytest.mark.parametrize("what", ["nowhere", "tests"])
def test_what_is_no_pack_is_refused(what: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["pack", what]) == (2 if what == "nowhere" else 1)
    assert capsys.readouterr().err.startswith("error[" + ("RD001" if what == "nowhere" else "K001"))
