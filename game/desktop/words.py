"""The words of the desktop: one file of common texts for each part of it.

`say("home.title")` is the text `title` of `home:` in `scenarios/common/desktop_home.yaml`.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from game.scenario.common import load_common


@cache
def _part(part: str) -> dict[str, Any]:
    found: dict[str, Any] = load_common(f"desktop_{part}.yaml")[part]
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
