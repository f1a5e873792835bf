"""Which kind of place the words of a scenario mean, apart from how it is drawn."""

from __future__ import annotations

import re

HEAD = 0.42  # of the height of a place: the middle of a head

KINDS = (
    "meeting_room",
    "restaurant",
    "tea_house",
    "office",
    "factory",
    "terminal",
    "quay_office",
    "yard_office",
    "clinic_office",
    "law_office",
    "glass_office",
    "depot",
    "shop",
)

# What a scenario's `setting` says, made more exact by the words of its place; first match counts.
_VARIANTS: dict[str, tuple[tuple[str, str], ...]] = {
    "office": (
        ("quay_office", r"quays?|harbou?r|port|docks?|wharf|pier|waalhaven|ships?|shipyard"),
        ("yard_office", r"rail|railway|rail yards?|freight"),
        ("clinic_office", r"clinics?|hospital|surgery|pharmacy"),
        ("law_office", r"lawyers?'?|law|counsel|notary|solicitors?|chambers|court"),
    ),
    "factory": (
        ("glass_office", r"glass (office|room|cabin)|office (over|above) the (lines?|hall|works)"),
        ("depot", r"depot|dispatch|garage|bays?|trucks?"),
    ),
    "meeting_room": (("law_office", r"lawyers?'?|notary|solicitors?|chambers"),),
}
# For places whose scenario does not say what they are.
_WORDS: tuple[tuple[str, str], ...] = (
    ("tea_house", r"tea|tea ?house|tea ?room"),
    ("shop", r"shop|bakery|store|brewery|market|stall|butcher'?s?|boutique|winery|cellar"),
    ("restaurant", r"restaurant|café|cafe|bistro|canteen|lunch|dinner|bar|inn|pub|chez|brasserie"),
    ("terminal", r"terminal|airport|gate|lounge|departures|ferry|station"),
    ("factory", r"factory|works|plant|mill|press|hall|(works|shop) floor|foundry|depot|dispatch"),
    ("meeting_room", r"conference|meeting room|board ?room"),
    ("office", r"office|desk|study|bureau|quay|harbou?r|port|clinic|hospital"),
    ("law_office", r"lawyers?'?|notary|solicitors?|chambers"),
)


def setting_kind(place: str, setting: str = "") -> str:
    """The kind of place that the words mean; `setting` is what the scenario says, if it does.

    A place without any known word is a meeting room.
    """
    kind = setting or _first(_WORDS, place) or "meeting_room"
    return _first(_VARIANTS.get(kind, ()), place) or (kind if kind in KINDS else "meeting_room")


def _first(table: tuple[tuple[str, str], ...], place: str) -> str:
    return next((kind for kind, words in table if re.search(rf"\b({words})\b", place, re.I)), "")
