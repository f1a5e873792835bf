"""Hints: the general ones that a player asks for, and what a buyer's own words pointed to."""

from __future__ import annotations

from collections.abc import Sequence

from game.core.rules import Rules
from game.core.view import View
from game.scenario.model import Scenario
from game.session.happening import Happening
from game.session.lines import mixed

# Hints that need turns to look back on.
_OF_TURNS = (
    *("look_first", "one_ring", "pace", "leave", "not_asked", "last_change", "first_sight"),
    *("who_talks", "the_room", "unused"),
)
# Those that only what has just happened calls up come again after this many others.
_APART = 8


def hint_name(
    view: View,
    verbs: Sequence[str],
    names: Sequence[str],
    seed: int,
    ply: int,
    given: Sequence[str],
) -> str:
    """What is open now first, then any that fits of those of `names` that were given least.

    `verbs` are those of this meeting so far, `given` the hints before. None comes twice running.
    """
    of_state = {
        "last_question": bool(view["asked"][0]),
        "open_door": bool(view["door"][0]),
        "your_walkaway": bool(view["offer_standing"][0]),
        "same_again": bool(verbs) and verbs.count(verbs[-1]) > 1,
    }
    for name, now in of_state.items():
        if now and name not in given[-_APART:]:
            return name
    apart = {*of_state, *given[-1:], *(() if verbs else _OF_TURNS)}
    open_ = [name for name in names if name not in apart]
    least = min(given.count(name) for name in open_)
    fresh = [name for name in open_ if given.count(name) == least]
    return fresh[mixed(seed, ply, len(given)) % len(fresh)]


def need_hinted(scenario: Scenario, rules: Rules, h: Happening, words: str) -> tuple[str, str]:
    """The words that pointed to a need, and the need's label; ("", "") without such words."""
    if not words:
        return "", ""
    buyer = scenario.buyers[rules.buyers.names[h.who]]
    need = buyer.needs.get(rules.needs_names[h.who][h.hint])
    return words, need.label if need is not None else ""
