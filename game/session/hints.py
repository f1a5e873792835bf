"""Hints: the general ones that a player asks for, and what a buyer's own words pointed to."""

from __future__ import annotations

from collections.abc import Sequence

from game.core.rules import Rules
from game.core.view import View
from game.scenario.model import Scenario
from game.session.happening import Happening
from game.session.lines import mixed

# Hints that only what has just happened calls up, and those that need turns to look back on.
_OF_STATE = ("last_question", "open_door", "your_walkaway", "same_again")
_OF_TURNS = ("look_first", "one_ring", "pace", "leave")


def hint_name(
    view: View, verbs: Sequence[str], names: Sequence[str], seed: int, ply: int, taken: int
) -> str:
    """What is open now first, then any of `names` that fits.

    `verbs` are those of this meeting so far, `taken` counts the hints before.
    """
    if view["asked"][0]:
        return "last_question"
    if view["door"][0]:
        return "open_door"
    if view["offer_standing"][0]:
        return "your_walkaway"
    if verbs and verbs.count(verbs[-1]) > 1:
        return "same_again"
    apart = {*_OF_STATE, *(() if verbs else _OF_TURNS)}
    open_ = [name for name in names if name not in apart]
    return open_[mixed(seed, ply, taken) % len(open_)]


def need_hinted(scenario: Scenario, rules: Rules, h: Happening, words: str) -> tuple[str, str]:
    """The words that pointed to a need, and the need's label; ("", "") without such words."""
    if not words:
        return "", ""
    buyer = scenario.buyers[rules.buyers.names[h.who]]
    need = buyer.needs.get(rules.needs_names[h.who][h.hint])
    return words, need.label if need is not None else ""
