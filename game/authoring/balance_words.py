"""The words of balance and machine, and how their numbers are written."""

from __future__ import annotations

import re
from typing import Any

from game.analysis.balance import Person
from game.analysis.findings import Finding, place
from game.scenario.translated import common_words

MINUS = "−"
_PLACEHOLDER = re.compile(r"\{(\w+)\}")  # sellers and moves are ids: no capitals at a beginning


def words() -> dict[str, Any]:
    """Every section of the file."""
    return common_words("balance_words.yaml")


def word(section: str, id: str, **values: object) -> str:
    """A text with its values put in. Raises KeyError for an id that no text has."""
    text: str = words()[section][id]
    return _PLACEHOLDER.sub(lambda match: str(values[match[1]]), text)


def said(finding: Finding) -> str:
    """A finding as a sentence."""
    return word("findings", finding.id, **finding.values)


def level(name: str) -> dict[str, str]:
    """`sign` and `word` of a level."""
    found: dict[str, str] = words()["levels"][name]
    return found


def short(measure: str) -> str:
    text: str = words()["measures"][measure]["short"]
    return text


def full(measure: str) -> str:
    """What a measure is, with its unit."""
    text: str = words()["measures"][measure]["full"]
    return text


def person(one: Person) -> str:
    """A buyer with his place on the continuum."""
    return word("ui", "person", name=one.name, mean=place(one.d), value=place(one.sd))


def signed(value: float) -> str:
    """Points won or lost, with a tenth: `+3.0`, `−0.4`, `0.0`."""
    size = f"{abs(value):.1f}"
    return size if size == "0.0" else f"{'+' if value > 0 else MINUS}{size}"


def hundredths(value: float) -> str:
    """A share or a utility in hundredths: `47`, `−3`."""
    number = round(100 * value)
    return f"{MINUS if number < 0 else ''}{abs(number)}"


def listed(names: list[str]) -> str:
    """Names as people list them: `a`, `a and b`, `a, b and c`."""
    return " and ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else "".join(names)
