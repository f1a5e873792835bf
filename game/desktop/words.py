"""The words of the desktop: one file of common texts for each part of it.

`say("home.title")` is the text `title` of `home:` in `scenarios/common/desktop_home.yaml`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from game.scenario import translated


def say(id: str, **values: object) -> str:
    """A text with its values put in. KeyError for an unknown id."""
    part, *keys = id.split(".")
    found: Any = _part(part)
    for key in keys:
        found = found[key]
    return _filled(str(found), values)


def counted(id: str, count: int, **values: object) -> str:
    """Of the texts `id_one` and `id_many` the one that goes with `count`, which is put in too."""
    part, *keys, last = id.split(".")
    found: Any = _part(part)
    for key in keys:
        found = found[key]
    return _filled(translated.counted(found, last, count), {"count": count, **values})


def _part(part: str) -> dict[str, Any]:
    found: dict[str, Any] = translated.common_words(f"desktop_{part}.yaml")[part]
    return found


def _filled(text: str, values: Mapping[str, object]) -> str:
    for name, value in values.items():
        text = text.replace("{" + name + "}", str(value))
    return text
