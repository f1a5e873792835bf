"""A scenario without its voices: enough for a list of scenarios, at a fifth of the time.

What is wrong with a voice shows when the scenario is loaded to be played.
"""

from __future__ import annotations

import pathlib

from game.scenario.diagnostics import ScenarioError, errors
from game.scenario.load import Loaded, Loader
from game.scenario.model import CommonMoves, Machine, Scenario
from game.scenario.model_voice import VoiceModel
from game.scenario.sources import Source, locate
from game.scenario.tree import Item


class _Glance(Loader):
    def voices(
        self, scenario: Scenario, root: Item, moves: CommonMoves, machine: Machine
    ) -> dict[str, VoiceModel | None]:
        return dict.fromkeys(scenario.buyers)


def glance(name: str | pathlib.Path | Source) -> Loaded:
    """What :func:`locate` finds, without its voices and what is wrong with them.

    Raises :class:`ScenarioError` with all other diagnostics.
    """
    source = locate(name)
    loaded, found = _Glance(source.shelf).load(source.main, source.text, source.shown)
    if loaded is None or errors(found):
        raise ScenarioError(found)
    return loaded
