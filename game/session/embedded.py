"""The scenario that a transcript carries in itself."""

from __future__ import annotations

from game.scenario.diagnostics import ScenarioError, refused
from game.scenario.load import Loaded, load_from_sources
from game.session.transcript import Transcript


def playable(transcript: Transcript, shown: str = "") -> Loaded:
    """The scenario that a transcript holds; raises :class:`ScenarioError` (R003, R005)."""
    try:
        loaded = load_from_sources(transcript.sources, transcript.main)
    except ScenarioError as problem:
        first = problem.diagnostics[0]
        raise refused(
            "R005",
            f"its scenario is not valid any more: {first.message}",
            shown,
            "a scenario that this program can play",
            "play it with the program that saved it",
        ) from problem
    digest = loaded.rules.digest
    if digest != transcript.rules_digest:
        raise refused(
            "R003",
            "the rules have changed since it was played",
            shown,
            "the same compiled rules",
            "play the scenario anew",
        )
    return loaded


def unplayable(problem: Exception, shown: str) -> ScenarioError:
    """R004: an entry of a transcript that cannot be played."""
    why = f"an entry cannot be played: {problem}"
    return refused("R004", why, shown, "moves that were legal", "use an untouched copy")
