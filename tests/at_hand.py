"""Scenarios that tests play: each is loaded once in a process, for nothing of it ever changes."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from game.scenario.load import Loaded, load_scenario


@cache
def at_hand(name: str | Path) -> Loaded:
    """A shipped scenario by its id, or one of the repository by its path."""
    return load_scenario(name)
