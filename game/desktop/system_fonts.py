"""Fonts of the computer, for scripts that ours have no letters of.

They are looked for when such a letter is shown for the first time. Where the computer has none
either, a box is shown, as everywhere.
"""

from __future__ import annotations

import unicodedata
from functools import cache
from pathlib import Path

import pygame

from game.scenario import language

# Families by script, in the spelling of pygame, the better ones first: free ones, then those of
# Windows and macOS. Of Chinese characters the reader's language decides.
_SANS = {
    "ja": "notosanscjkjp notosansjp yugothicui yugothic meiryo hiraginosans "
    "hiraginokakugothicpron ipagothic takaogothic vlgothic msgothic",
    "zh-hans": "notosanscjksc notosanssc sourcehansanssc microsoftyahei pingfangsc wenquanyizenhei "
    "wenquanyimicrohei simhei",
    "zh-hant": "notosanscjktc notosanstc microsoftjhenghei pingfangtc heititc",
    "ko": "notosanscjkkr notosanskr malgungothic applesdgothicneo nanumgothic",
    "hebrew": "notosanshebrew segoeui arialhebrew arial davidclm dejavusans",
    "arabic": "notosansarabic notonaskharabic segoeui geezapro arial tahoma dejavusans",
    "thai": "notosansthai leelawadeeui thonburi tahoma",
    "devanagari": "notosansdevanagari nirmalaui kohinoordevanagari mangal",
}
_SERIF = {
    "ja": "notoserifcjkjp notoserifjp yumincho hiraginominchopron ipamincho msmincho",
    "zh-hans": "notoserifcjksc notoserifsc songtisc simsun",
    "zh-hant": "notoserifcjktc notoseriftc songtitc pmingliu mingliu",
    "ko": "notoserifcjkkr notoserifkr applemyungjo batang nanummyeongjo",
    "hebrew": "notoserifhebrew frankruehlclm timesnewroman",
    "arabic": "notonaskharabic timesnewroman",
}
_HAN = ("ja", "zh-hans", "zh-hant", "ko")
_NAMED = {
    "HEBREW": "hebrew", "ARABIC": "arabic", "THAI": "thai", "DEVANAGARI": "devanagari",
    "HIRAGANA": "ja", "KATAKANA": "ja", "KATAKANA-HIRAGANA": "ja", "HANGUL": "ko",
    "BOPOMOFO": "zh-hant",
}  # fmt: skip
SCRIPTS = {"hebrew": "Hebr", "arabic": "Arab", "thai": "Thai", "devanagari": "Deva"}  # ISO 15924


def script_of(letter: str) -> str:
    """The script of a letter as far as it needs fonts or shaping of its own; "" for others."""
    name = unicodedata.name(letter, "")
    named = _NAMED.get(name.partition(" ")[0])
    if named is not None:
        return named
    return "han" if unicodedata.east_asian_width(letter) in "WF" else ""


@cache
def faces(script: str, serif: bool, bold: bool, tag: str) -> tuple[Path, ...]:
    """Files of fonts that the computer has for a script, the fittest first.

    `tag` is the reader's language, for Chinese characters, which every country draws its own way.
    """
    found: list[Path] = []
    for one in _order(tag) if script == "han" else (script,):
        for families in (_SERIF, _SANS) if serif else (_SANS, _SERIF):
            for family in families.get(one, "").split():
                path = pygame.font.match_font(family, bold=bold) or pygame.font.match_font(family)
                if path:
                    found.append(Path(path))
    return tuple(dict.fromkeys(found))


def _order(tag: str) -> tuple[str, ...]:
    first = {"zh": "zh-hans", "zh-TW": "zh-hant", "zh-HK": "zh-hant", "zh-Hant": "zh-hant"}
    own = next((first.get(t, t) for t in language.chain(tag) if first.get(t, t) in _HAN), "ja")
    return (own, *(one for one in _HAN if one != own))


def files_for(text: str) -> list[str]:
    """Files that a picture with this text needs beside our own."""
    if text.isascii():
        return []
    scripts = dict.fromkeys(script_of(letter) for letter in set(text) if letter > "\u0590")
    tag = language.current()
    found = (
        path for script in scripts if script for bold in (False, True)
        for path in faces(script, False, bold, tag)[:1]
    )  # fmt: skip
    return [str(path) for path in dict.fromkeys(found)]
