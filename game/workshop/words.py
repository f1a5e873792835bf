"""The words of the workshop's pages: `say("phone.talk")` is in workshop_phone.yaml."""

from __future__ import annotations

from typing import Any

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
