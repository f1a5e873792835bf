"""How a language writes what is put together: numbers, lists, quotations, days, pronouns.

Texts come from `common/language.yaml`. A function takes the language of the words it puts together,
or else the current one. Nothing here is a sentence; whole sentences stand in the files of words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from typing import Any

from game.scenario import language
from game.scenario.translated import common_words
from game.session.lines import filled

_LARGE = re.compile(r"1(\D*)234(\D*)567(\D)5\Z")
_FOUR = re.compile(r"1(\D*)234\Z")
_OPENING = "(（"  # what stands in brackets as a whole is done, and not said
_ENDS = ".!?…。！？؟"
_COMMAS = re.compile(r"[,，،]")


def _part(name: str, tag: str | None) -> dict[str, Any]:
    found: dict[str, Any] = common_words("language.yaml", tag)[name]
    return found


def _put(id: str, tag: str | None, **values: str) -> str:
    text: str = _part("writing", tag)[id]
    for name, value in values.items():
        text = text.replace("{" + name + "}", value)
    return text


# --- numbers ------------------------------------------------------------------------------------


@lru_cache(maxsize=64)
def _marks(tag: str) -> tuple[str, str, bool]:
    """The mark between thousands, the decimal mark, and whether four digits are divided."""
    samples = _part("writing", tag)
    large, four = _LARGE.match(samples["number"]), _FOUR.match(samples["four"])
    if large is None or four is None or large[1] != large[2]:
        return ",", ".", True
    return large[1], large[3], bool(four[1])


def numeral(value: float, places: int = 0, tag: str | None = None) -> str:
    """A number rounded to some decimal places: `204,000`, `0.38`; in German `204 000`, `0,38`."""
    return written(f"{value:,.{places}f}", tag)


def written(plain: str, tag: str | None = None) -> str:
    """A number as Python has it, such as `1,204.50` or `−0.38`, in the marks of a language."""
    between, decimal, four = _marks(language.current() if tag is None else tag)
    whole, point, rest = plain.partition(".")
    if not four and whole.count(",") == 1 and whole.index(",") + 4 == len(whole):
        head = whole.partition(",")[0].lstrip("+-−")
        whole = whole.replace(",", "" if len(head) == 1 else between)
    return whole.replace(",", between) + (decimal if point else "") + rest


# --- marks --------------------------------------------------------------------------------------


def quoted(text: str, tag: str | None = None) -> str:
    """Something said, in quotation marks."""
    return _put("quoted", tag, value=text)


def told(text: str) -> bool:
    """Whether a text tells what is done, instead of being said: it stands in brackets."""
    return text.startswith(tuple(_OPENING))


def uttered(text: str, tag: str | None = None) -> str:
    """What one says in quotation marks, and what one does, or nothing, as it is."""
    return text if told(text) or not text else quoted(text, tag)


def named(name: str, value: str, tag: str | None = None) -> str:
    """A heading, and what belongs to it: `Trust: 0.38`."""
    return _put("named", tag, name=name, value=value)


def labelled(name: str, value: str, tag: str | None = None) -> str:
    """A label with its amount: `warranty 24 months`."""
    return _put("labelled", tag, name=name, value=value)


def amount(value: str, unit: str, tag: str | None = None) -> str:
    """An amount with its unit: `41.00 EUR per unit`."""
    return _put("amount", tag, value=value, more=unit) if unit else value


def heading_of(whole: str, tag: str | None = None) -> str:
    """What was named by :func:`named`, without what belongs to it."""
    mark = _part("writing", tag)["named"].removeprefix("{name}").removesuffix("{value}")
    return whole.partition(mark)[0] if mark else whole


def listed(items: Iterable[str], tag: str | None = None) -> str:
    """Things one after another: `41.00 EUR, delivery: May`."""
    whole = ""
    for item in items:
        whole = _put("list", tag, one=whole, two=item) if whole else item
    return whole


def aside(text: str, more: str, tag: str | None = None) -> str:
    """Something, with a remark in brackets."""
    return _put("aside", tag, value=text, more=more)


def sentence(text: str, tag: str | None = None) -> str:
    """A text as a sentence of its own: with a capital, and with its full stop."""
    whole = capital(text)
    return whole if whole.endswith(tuple(_ENDS)) else _put("sentence", tag, value=whole)


def sentences(*parts: str, tag: str | None = None) -> str:
    """A heading and what is said of it: `Personal. The person, the meal.`; without empty parts."""
    whole = ""
    for part in filter(None, parts):
        whole = _put("sentences", tag, one=whole, two=part) if whole else part
    return whole


# --- words --------------------------------------------------------------------------------------


def capital(text: str) -> str:
    """A text as it begins a sentence."""
    return text[:1].upper() + text[1:]


def inside(text: str, tag: str | None = None) -> str:
    """A label inside a sentence: with a small letter, where the language has it so there.

    Abbreviations stay as they are.
    """
    keeps = not str(_part("writing", tag)["inside"])[:1].islower()
    if keeps or not text[:1].isupper() or text[1:2].isupper() or len(text) < 2:
        return text
    return text[0].lower() + text[1:]


def head_of(label: str) -> str:
    """A label without what follows its first comma."""
    return _COMMAS.split(label, maxsplit=1)[0]


def pronouns(pronoun: str, tag: str | None = None) -> dict[str, str]:
    """What `{they}`, `{Them}` and the others stand for, for `he`, `she` or `they`."""
    words: dict[str, str] = _part("pronouns", tag)[pronoun]
    return {**words, **{name.capitalize(): capital(word) for name, word in words.items()}}


def day(when: date, tag: str | None = None) -> str:
    """A day of this year or so: `14 May`."""
    return _dated("day", when, tag)


def full_date(when: date, tag: str | None = None) -> str:
    """A day with its year: `14 May 2027`."""
    return _dated("date", when, tag)


def _dated(id: str, when: date, tag: str | None) -> str:
    words = _part("dates", tag)
    values = {"day": str(when.day), "month": words["months"][str(when.month)]}
    return filled(words[id], {**values, "year": str(when.year)})


def foreign(tag: str) -> str:
    """The name of a language that is not the reader's, in his; "" for the one spoken now."""
    if tag in language.chain(language.current()):
        return ""
    named_: dict[str, str] = _part("languages", None)
    return next((named_[part] for part in language.chain(tag) if part in named_), tag)


def own_name(tag: str) -> str:
    """A language in its own words: `Deutsch`; its tag where it has no catalogue of its own."""
    name: str = _part("language", tag)["name"]
    untranslated = tag != language.SOURCE and name == _part("language", language.SOURCE)["name"]
    return tag if untranslated else name
