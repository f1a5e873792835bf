"""The words of the workshop's pages: `say("phone.paused")` is in workshop_phone.yaml."""

from __future__ import annotations

from functools import cache
from typing import Any

from game.scenario.common import load_common


@cache
def _part(part: str) -> dict[str, Any]:
    found: dict[str, Any] = load_common(f"workshop_{part}.yaml")[part]
    return found


def say(id: str, **values: object) -> str:
    """A text with its values put in. KeyError for an unknown id."""
    part, *keys = id.split(".")
    found: Any = _part(part)
    for key in keys:
        found = found[key]
    text = str(found)
    for name, value in values.items():
        text = text.replace("{" + name + "}", str(value))
    return text
