"""The example pack, small and real: tests/scenarios/packs/quayside."""

from __future__ import annotations

from pathlib import Path

from game.scenario.packs import open_pack

QUAYSIDE = Path(__file__).parent / "scenarios" / "packs" / "quayside"


def zipped(folder: Path) -> Path:
    """The pack as a zip in a folder."""
    path = folder / "quayside.lunchpack.zip"
    path.write_bytes(open_pack(QUAYSIDE).zipped)
    return path
