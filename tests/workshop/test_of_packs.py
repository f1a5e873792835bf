"""A session at the tables of a pack: all of them, kept with everything that the pack shares."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from game.scenario.load import load_from_sources
from game.workshop.opening import open_session
from game.workshop.options import Options
from game.workshop.service import Service
from game.workshop.store import Store
from tests.packs import QUAYSIDE, zipped


def test_a_packs_tables_are_hosted_in_their_order(tmp_path: Path) -> None:
    pack = zipped(tmp_path)
    service = Service(Store(f"sqlite:///{tmp_path / 'room.sqlite3'}"), time.time)
    with (opened := open_session(service, Options(scenarios=(str(pack),)))).alone:
        pack.unlink()
        kept = service.store.scenarios(opened.live.kept.id)
    assert [one.main for one in kept] == ["slipway.yaml", "winter-berth.yaml"]
    for one in kept:
        loaded = load_from_sources(one.sources, one.main)
        assert "walk_hull" in loaded.moves.moves


@pytest.mark.long
def test_one_table_of_a_pack_is_hosted_alone(tmp_path: Path) -> None:
    service = Service(Store(f"sqlite:///{tmp_path / 'room.sqlite3'}"), time.time)
    options = Options(scenarios=(f"{QUAYSIDE}:winter-berth", "osaka"))
    with (opened := open_session(service, options)).alone:
        kept = service.store.scenarios(opened.live.kept.id)
    assert [one.main for one in kept] == ["winter-berth.yaml", "osaka.yaml"]
