"""Which sound belongs to what is told and to a place.

It stands in `scenarios/common/sounds.yaml`: by the kind of what is told, by what is done, and by
the words of what is noticed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from game.scenario.data import load_common

THINGS = ("phone", "cup", "paper", "pen", "chair", "door")


@dataclass(frozen=True, slots=True)
class Cue:
    """A short sound; `told` if the very words say what is heard, so that it needs no others."""

    name: str
    told: bool = False


def cue(kind: str, verb: str, text: str) -> Cue | None:
    """The sound of a piece of the talk, if it has one.

    `verb` is the move of your own lines, "" for others; `text` are the English words. Only what
    is noticed is searched for words: what somebody says may be about anything.
    """
    if kind in ("notice", "event"):
        name = heard_in(text)
        return Cue(name, True) if name else None
    own = kind in ("you", "done")
    name = sounds("verb").get(verb, "") if own else sounds("kind").get(kind, "")
    return Cue(name) if name else None


def heard_in(notice: str) -> str:
    """What makes a noise in a notice by its English words: the first thing that does, or ""."""
    if _place("silent", notice) is not None:
        return ""
    places = {name: _place(name, notice) for name in THINGS}
    heard = {name: place for name, place in places.items() if place is not None}
    return min(heard, key=lambda name: heard[name]) if heard else ""


def room_of(setting: str, words: str = "") -> str:
    """The loop that belongs to a kind of place; its English words may say that it rains outside."""
    room = sounds("room").get(setting, "room")
    return "rain" if room == "room" and _place("rain", words) is not None else room


@cache
def sounds(part: str) -> dict[str, str]:
    """Names of sounds by what they belong to: `kind`, `verb` or `room`; or patterns, `words`."""
    found: dict[str, str] = load_common("sounds.yaml")["sounds"][part]
    return found


def _place(name: str, text: str) -> int | None:
    match = _pattern(name).search(text)
    return None if match is None else match.start()


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(sounds("words")[name], re.IGNORECASE | re.VERBOSE)
