"""Which sound belongs to what is told and to a place.

What is done and what kind of thing is told sound as `scenarios/common/sounds.yaml` has it; what is
noticed sounds as its words say, in whatever language they are.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from game.desktop.words import say
from game.scenario.common import load_common

THINGS = ("phone", "cup", "paper", "pen", "chair", "door")


@dataclass(frozen=True, slots=True)
class Cue:
    """A short sound; `told` if the very words say what is heard, so that it needs no others."""

    name: str
    told: bool = False


def cue(kind: str, verb: str, text: str) -> Cue | None:
    """The sound of a piece of the talk, if it has one.

    `verb` is the move of your own lines, "" for others. Only what is noticed is searched for
    words: what somebody says may be about anything.
    """
    if kind in ("notice", "event"):
        name = heard_in(text)
        return Cue(name, True) if name else None
    own = kind in ("you", "done")
    name = sounds("verb").get(verb, "") if own else sounds("kind").get(kind, "")
    return Cue(name) if name else None


def heard_in(notice: str) -> str:
    """What makes a noise in a notice: the first thing that does; "" if it passes in silence."""
    if _found("silent", notice) is not None:
        return ""
    places = {name: _found(f"words.{name}", notice) for name in THINGS}
    heard = {name: place for name, place in places.items() if place is not None}
    return min(heard, key=lambda name: heard[name]) if heard else ""


def room_of(setting: str, words: str = "") -> str:
    """The loop that belongs to a kind of place; `words` of it may say that it rains outside."""
    room = sounds("room").get(setting, "room")
    return "rain" if room == "room" and _found("rain", words) is not None else room


@cache
def sounds(part: str) -> dict[str, str]:
    """Names of sounds by what they belong to: `kind`, `verb` or `room`."""
    found: dict[str, str] = load_common("sounds.yaml")["sounds"][part]
    return found


def _found(id: str, text: str) -> int | None:
    match = _compiled(say(f"sound.cue.{id}")).search(text)
    return None if match is None else match.start()


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE | re.VERBOSE)
