"""The words of the workshop's pages: `say("phone.talk")` is in workshop_phone.yaml."""

from __future__ import annotations

from typing import Any

from game.review.words import cost
from game.scenario import translated


def say(id: str, **values: object) -> str:
    """A text with its values put in, in the current language. KeyError for an unknown id."""
    part, *keys = id.split(".")
    found: Any = translated.common_words(f"workshop_{part}.yaml")[part]
    for key in keys:
        found = found[key]
    text = str(found)
    for name, value in values.items():
        text = text.replace("{" + name + "}", str(value))
    return text


def say_counted(id: str, count: int, **values: object) -> str:
    """Of the texts `id_one` and `id_many` the one that goes with a number, as `{count}` in it."""
    part, *keys = id.split(".")
    found: Any = translated.common_words(f"workshop_{part}.yaml")[part]
    for key in keys[:-1]:
        found = found[key]
    text = translated.counted(found, keys[-1], count)
    for name, value in {"count": count, **values}.items():
        text = text.replace("{" + name + "}", str(value))
    return text


def costs(loss: float) -> str:
    """What a move costs, in points against the best, in words."""
    if cost(loss) == "0":
        return say("debrief.costs_nothing")
    return say("debrief.costs", points=cost(loss))
