"""The pseudo-language: English that looks translated, made on the fly.

Letters get accents, a text grows by two fifths, and brackets stand around it. What is shown without
brackets was never translatable; what loses its closing bracket was cut.
"""

from __future__ import annotations

import re

OPEN, CLOSE = "[", "]"
_LONGER = 0.4
_ACCENTED = str.maketrans(
    "AEIOUYCNSZaeiouycnsz",
    "ÅÉÎÖÛÝÇÑŠŽåéîöûýçñšž",
)
_KEPT = re.compile(r"(\{[^{}]*\})")


def pseudo(text: str) -> str:
    """The text in the pseudo-language; placeholders stay, and so does what has no letters."""
    if not any(ch.isalpha() for ch in _KEPT.sub("", text)):
        return text
    parts = _KEPT.split(text)
    shown = "".join(p if p.startswith("{") else p.translate(_ACCENTED) for p in parts)
    more = round(len(text) * _LONGER)
    words = (" " + "lo ng er " * (more // 9 + 1))[:more].rstrip() if more > 1 else ""
    return f"{OPEN}{shown}{words}{CLOSE}"
