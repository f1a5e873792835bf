"""The words for what happens in a game, as plays wait for them."""

from __future__ import annotations

from game.core.rules import Rules
from game.core.vocabulary import Ending, Initiative, Renewal, Response


def known_events(rules: Rules) -> frozenset[str]:
    """Every event that can come of a game with these rules."""
    words = {"exposed", "evaded", "refused", "signed", "ended"}
    for kind in (Initiative, Response, Renewal, Ending):
        words |= {name.lower() for name in kind.__members__}
    words |= {f"told:{fact}" for fact in rules.facts.ids}
    words |= {f"demand:{demand}" for demand in rules.demands}
    words |= {f"hint:{need}" for needs in rules.needs_names for need in needs}
    words |= {f"meeting:{k + 1}" for k in range(len(rules.calendar.turns))}
    for state in rules.machine.names:
        words.add(f"state:{state}")
        words |= {f"state:{state}@{buyer}" for buyer in rules.buyers.names}
    return frozenset(words - {"none"})
