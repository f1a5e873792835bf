"""A scenario without its voices: enough for a list of scenarios, at a fifth of the time.

What is wrong with a voice shows when the scenario is loaded to be played.
"""

from __future__ import annotations

import pathlib

from game.scenario.diagnostics import ScenarioError, errors
from game.scenario.guard import decode, read_bytes
from game.scenario.library import find_scenario
from game.scenario.load import Loader
from game.scenario.model import CommonMoves, Machine, Scenario
from game.scenario.shelves import FolderShelf, shown_path
from game.scenario.tree import Item
from game.scenario.voice import VoiceModel


class _Glance(Loader):
    def voices(
        self, scenario: Scenario, root: Item, moves: CommonMoves, machine: Machine
    ) -> dict[str, VoiceModel | None]:
        return dict.fromkeys(scenario.buyers)


def glance(name: str | pathlib.Path) -> Scenario:
    """A shipped id or a path; raises :class:`ScenarioError` with all diagnostics but of voices."""
    path = find_scenario(name)
    shown = shown_path(path)
    text = decode(read_bytes(path, shown), shown)
    loaded, found = _Glance(FolderShelf(path.parent)).load(path.name, text, shown)
    if loaded is None or errors(found):
        raise ScenarioError(found)
    return loaded.scenario
