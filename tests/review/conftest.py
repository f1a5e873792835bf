"""A finished game, and a folder where nothing lies yet."""

from __future__ import annotations

from pathlib import Path

import pytest

from game.session.transcript import Transcript, load_transcript
from tests.review.profiles import GAME


@pytest.fixture
def game() -> Transcript:
    return load_transcript(GAME)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "data"
