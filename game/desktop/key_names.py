"""Keys, buttons of a mouse and of a gamepad as people write them."""

from __future__ import annotations

import re

from game.desktop.words import say

# What a pad calls itself, and whose labels its buttons have; all others are labelled A, B, X, Y.
_FAMILIES = (("playstation", re.compile(r"\bps[2345]\b|dual ?(?:shock|sense)|playstation", re.I)),)
_MODIFIERS = ("ctrl", "alt", "shift")


def family_of(pad: str) -> str:
    """Whose labels a gamepad has, by its name; `pad` where it has the usual ones."""
    return next((family for family, names in _FAMILIES if names.search(pad)), "pad")


def button(name: str, family: str = "pad") -> str:
    """A button of a gamepad as it is labelled, `a` without the word pad before it."""
    return _word(f"{family}.{name}") or _word(f"pad.{name}") or name.upper()


def shown_key(key: str, family: str = "pad") -> str:
    """A key as people write it: `Ctrl+Z`, `Esc`, `L`, `Pad A`, `Mouse, right`."""
    device, _, name = key.partition(" ")
    if device == "pad":
        return say("keys.on_pad", value=button(name, family))
    if device == "mouse":
        return _word(f"mouse.{name}") or say("keys.other_mouse", value=name)
    before, last = [], key
    while (modifier := last.partition("+")[0]) in _MODIFIERS:
        before.append(say(f"keys.key.{modifier}"))
        last = last.removeprefix(f"{modifier}+")
    if last.startswith("keypad "):
        shown = say("keys.keypad", value=last.removeprefix("keypad "))
    else:
        shown = _word(f"key.{last}") or last[:1].upper() + last[1:]
    return "+".join([*before, shown])


def _word(id: str) -> str:
    try:
        return say(f"keys.{id.replace(' ', '_')}")
    except KeyError:
        return ""
