"""Which sound belongs to what is told, as `scenarios/common/desktop_sound.yaml` has it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from game.desktop.words import say

THINGS = ("phone", "cup", "paper", "pen", "chair", "door")


@dataclass(frozen=True, slots=True)
class Cue:
    """A short sound; `told` if the very words say what is heard, so that it needs no others."""

    name: str
    told: bool = False


def cue(kind: str, verb: str, text: str) -> Cue | None:
    """The sound of a piece of the talk: of its words, of what was done in it, of its kind.

    `verb` is the move of your own lines, "" for others. Only what is noticed is searched for
    words: what somebody says may be about anything.
    """
    if kind in ("notice", "event"):
        name = heard_in(text)
        if name:
            return Cue(name, True)
    for id in (f"verb.{verb}" if kind in ("you", "done") else "", f"kind.{kind}"):
        try:
            return Cue(say(f"sound.cue.{id}"))
        except KeyError:
            continue
    return None


def heard_in(notice: str) -> str:
    """What makes a noise in a notice: the first thing that does; "" if it passes in silence."""
    if _pattern("silent").search(notice):
        return ""
    found = {name: _pattern(f"words.{name}").search(notice) for name in THINGS}
    places = {name: match.start() for name, match in found.items() if match is not None}
    return min(places, key=lambda name: places[name]) if places else ""


@cache
def _pattern(id: str) -> re.Pattern[str]:
    return re.compile(say(f"sound.cue.{id}"), re.IGNORECASE | re.VERBOSE)
