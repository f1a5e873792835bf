"""The words that the lints of texts look for, from ``common/check_words.yaml``.

A big alternation of names is slow to compile and to match. So names are looked up among the words
that occur at all, what is found is overwritten by a sign as long as itself, and the patterns look
for the sign.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

from game.scenario.data import load_common

PERSON, COUNTRY = "ʘ", "ǂ"  # letters that no text of ours has; what stands for a name
_GERMAN_ENDINGS = ("", "in", "innen", "n", "s", "e", "er", "es", "en", "em")
_SAME_IN_PLURAL = ("s", "sh", "ch", "ese", "men")
_SIGNS = {"{people}": f"{PERSON}+", "{country}": f"{COUNTRY}+"}


@dataclass(frozen=True)
class CheckWords:
    """What is looked for. Texts are compared in lower case unless said otherwise."""

    nations: Mapping[str, str]  # every form of a name, as it is written, to its sign
    vices: frozenset[str]
    vice_beginnings: tuple[str, ...]
    denials: frozenset[str]
    everyday: frozenset[str]
    unfinished: frozenset[str]  # as they are written
    unfinished_parts: Mapping[str, str]  # part that is looked for first, to a pattern
    other_reasons: Mapping[str, tuple[str, ...]]
    _nation_reasons: tuple[str, ...]

    @cached_property
    def nation_reasons(self) -> re.Pattern[str]:
        """A nation as a reason, in one sentence in which names are signs."""
        return re.compile("|".join(self._nation_reasons))

    def is_vice(self, word: str) -> bool:
        """Whether a word in lower case is a fault of character."""
        return word in self.vices or word.startswith(self.vice_beginnings)


@lru_cache(maxsize=1)
def check_words() -> CheckWords:
    """The words, read when first asked for."""
    data = load_common("check_words.yaml")
    vices = [word.lower() for word in _both(data["vices"])]
    unfinished = data["unfinished"]
    return CheckWords(
        nations={
            **dict.fromkeys(_forms(data["people"]), PERSON),
            **dict.fromkeys(_both(data["countries"]), COUNTRY),
        },
        vices=frozenset(word for word in vices if not word.endswith("*")),
        vice_beginnings=tuple(word[:-1] for word in vices if word.endswith("*")),
        denials=frozenset(_both(data["denials"])),
        everyday=frozenset(_both(data["everyday"])),
        unfinished=frozenset(unfinished["words"].split()),
        unfinished_parts=unfinished["parts"],
        other_reasons={part: tuple(some) for part, some in data["other_reasons"].items()},
        _nation_reasons=tuple(
            _with_signs(pattern) for some in data["nation_reasons"].values() for pattern in some
        ),
    )


def _with_signs(pattern: str) -> str:
    for name, sign in _SIGNS.items():
        pattern = pattern.replace(name, sign)
    return pattern


def _both(words: dict[str, Any]) -> list[str]:
    return [word for some in words.values() for word in some.split()]


def _forms(people: dict[str, str]) -> Iterable[str]:
    for word in people["en"].split():
        yield word
        if not word.endswith(_SAME_IN_PLURAL):
            yield word + "s"
    for word in people["de"].split():
        stem = word.removesuffix("e")
        for ending in _GERMAN_ENDINGS:
            yield word + ending
            yield stem + ending
