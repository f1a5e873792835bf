"""What is left in English where everything is shown in the pseudo-language."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

_WORD = re.compile(r"[^\W\d_]{2,}")
_FILLING = {"lo", "ng", "er"}  # what makes texts longer
_PLAIN = set("aeiouycnszAEIOUYCNSZ")  # these have accents in whatever is translated


def untranslated(text: str, known: Collection[str] = ()) -> list[str]:
    """Its words without an accent where the pseudo-language has one, but for those known.

    Brackets are of no use here: texts are wrapped, and stand beside one another.
    """
    words: Iterable[str] = _WORD.findall(text)
    plain = (w for w in words if w.lower() not in _FILLING and w not in known)
    return [word for word in plain if _PLAIN & set(word)]
