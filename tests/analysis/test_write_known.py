"""`longlunch claims --write-known` hears of a bad place before the work is done."""

from __future__ import annotations

from pathlib import Path

import pytest

from game.analysis import claim_report
from game.analysis.known import can_be_written
from game.cli import main


@pytest.fixture
def _nothing_is_run(monkeypatch: pytest.MonkeyPatch) -> None:
    def run(*_: object, **__: object) -> None:
        raise AssertionError("the claims were run")

    monkeypatch.setattr(claim_report, "run_suite", run)


@pytest.mark.usefixtures("_nothing_is_run")
@pytest.mark.parametrize("place", ["nowhere/known.yaml", "file.txt/known.yaml", "x" * 300])
def test_a_place_that_cannot_be_written_is_refused_at_once(
    place: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file.txt").write_text("", encoding="utf-8")
    path = tmp_path / place
    assert main(["claims", "--only", "T01", "--write-known", str(path)]) == 2
    shown = capsys.readouterr()
    assert "error[W001]" in shown.err
    assert path.name in shown.err.replace("\n", "")
    assert shown.out == ""


def test_looking_leaves_everything_as_it_was(tmp_path: Path) -> None:
    new, old = tmp_path / "new.yaml", tmp_path / "old.yaml"
    old.write_text("known: []\n", encoding="utf-8")
    can_be_written(new)
    can_be_written(old)
    assert not new.exists()
    assert old.read_text(encoding="utf-8") == "known: []\n"


def test_a_list_of_another_is_not_overwritten(tmp_path: Path) -> None:
    with pytest.raises(OSError, match=tmp_path.name):
        can_be_written(tmp_path)
