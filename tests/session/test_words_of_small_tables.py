"""A table with nothing but what it must have is worded as well as any other."""

from __future__ import annotations

from pathlib import Path

from game.session.words import Words
from tests.at_hand import at_hand

BAKERY = Path(__file__).parents[1] / "scenarios" / "good" / "corner_bakery.yaml"


def test_small_talk_without_topics_is_about_something() -> None:
    loaded = at_hand(BAKERY)
    assert not loaded.scenario.topics
    rules = loaded.rules
    words = Words(loaded, rules)
    action = rules.actions.index("small_talk")
    assert words.move_label(action) == "Talk about this part of the country"
    assert words.move_values(action)["topic"] == "this part of the country"
