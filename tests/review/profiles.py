"""Profiles for tests: a record, one with something of every kind, and what lies in a folder."""

from __future__ import annotations

import errno
import json
import stat
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from game.review.profile import Lost, Profile, ReadRecord, ReviewRecord
from game.scenario.diagnostics import ScenarioError
from game.session.transcript import Transcript

ROOT = Path(__file__).parents[2]
GAME = ROOT / "tests" / "golden" / "seoul.lunch.json"
SCHEMA = json.loads((ROOT / "docs/json/profile.schema.json").read_text(encoding="utf-8"))
TODAY = date(2026, 3, 2)
DAY = timedelta(1)


def record(head: str = "e9", **changes: Any) -> ReviewRecord:
    body = {
        "date": TODAY, "transcript": "sha256:" + "ab" * 32, "head": head, "scenario": "seoul",
        "buyers": ("kang",), "seed": 7, "help": "plain", "blind": False, "score": 61.0,
        "skill": 64.0, "luck": -3.0, "accuracy": 70.0,
    }  # fmt: skip
    return ReviewRecord.model_validate(body | changes)


def moves_of(game: Transcript) -> list[str]:
    return [entry.id for entry in game.path() if entry.kind == "action"]


def filled(folder: Path, game: Transcript) -> Profile:
    """A profile with something of every kind, saved."""
    profile = Profile.load(folder)
    read = ReadRecord(buyer="kang", d=0.7, confidence=0.5, error=0.12, within=True)
    profile.add_review(
        record(
            accuracy_by_phase={"table": 71.5}, style=0.4, style_n=9, reads=(read,),
            labels={"best": 4, "mistake": 1},
        )
    )  # fmt: skip
    entry = moves_of(game)[2]
    profile.add_moments(game, [Lost(entry, 3, "mistake", 9.5, "principle_price")], TODAY)
    profile.add_test(TODAY, "judgment", "a", {"right": 7, "of": 10})
    profile.save()
    return profile


def code_of(refused: pytest.ExceptionInfo[ScenarioError]) -> str:
    [found] = refused.value.diagnostics
    assert found.message and found.expected and found.fix
    return found.code


def everything(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def refuse(*_: object, **__: object) -> None:
    raise PermissionError(errno.EACCES, "Permission denied")


def full(*_: object, **__: object) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")
