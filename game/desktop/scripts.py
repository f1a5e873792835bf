"""Scripts that run from the right or have no spaces: order on a line, and where it may end."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import TypeVar

T = TypeVar("T")

_FROM_THE_RIGHT = {"R", "AL"}
# Characters that begin no line, and such as end none: the ordinary rules of Chinese and Japanese.
_NO_START = frozenset(
    "、。，．・：；？！゛゜´｀¨＾ヽヾゝゞ々ー‐）〕］｝〉》」』】〙〗〟’”»›,.:;?!)]}…‥・"
    "ぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶㇰㇱㇲㇳㇴㇵㇶㇷㇸㇹㇺㇻㇼㇽㇾㇿ％‰℃°〜～"
)
_NO_END = frozenset("（〔［｛〈《「『【〘〖〝‘“«‹([{$£¥￥€＄￡#＃№〒")
_UNSEEN = dict.fromkeys(
    map(ord, "\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
)


def unmarked(text: str) -> str:
    """The text without marks of direction, which have no shape."""
    return text.translate(_UNSEEN)


def from_the_right(text: str) -> bool:
    """Whether any letter belongs to a script that is written from right to left."""
    if text.isascii() or max(text) < "\u0590":
        return False
    return any(unicodedata.bidirectional(letter) in _FROM_THE_RIGHT for letter in text)


def begins_right(text: str) -> bool:
    """Whether a paragraph runs from the right: by its first letter that has a direction."""
    for letter in text:
        kind = unicodedata.bidirectional(letter)
        if kind in _FROM_THE_RIGHT:
            return True
        if kind == "L":
            return False
    return False


@lru_cache(maxsize=2000)
def levels(text: str, right: bool) -> tuple[int, ...]:
    """The embedding level of every letter of a line (Unicode's annex 9): odd runs from the right.

    `right` is the direction of the whole paragraph. The text has no marks of direction.
    """
    from bidi import algorithm

    store = algorithm.get_empty_storage()
    store["base_level"], store["base_dir"] = int(right), "R" if right else "L"
    algorithm.get_embedding_levels(text, store)
    algorithm.explicit_embed_and_overrides(store)
    algorithm.resolve_weak_types(store)
    algorithm.resolve_neutral_types(store, False)
    algorithm.resolve_implicit_levels(store, False)
    found = tuple(int(letter["level"]) for letter in store["chars"])
    return found if len(found) == len(text) else (int(right),) * len(text)


def in_order(pieces: Sequence[T], at: Sequence[int]) -> list[T]:
    """Pieces of a line from left to right, by the level of each (annex 9, rule L2)."""
    found = list(zip(at, pieces, strict=True))
    for level in range(max(at, default=0), 0, -1):
        start = 0
        while start < len(found):
            end = start
            while end < len(found) and found[end][0] >= level:
                end += 1
            if end > start:
                found[start:end] = reversed(found[start:end])
            start = max(end, start + 1)
    return [piece for _, piece in found]


def breakable(text: str) -> Iterator[str]:
    """A stretch without spaces, cut where scripts without spaces may break."""
    if text.isascii() or not any(_wide(letter) for letter in text):
        yield text
        return
    part = ""
    for letter in text:
        if part and _may_break(part[-1], letter):
            yield part
            part = ""
        part += letter
    if part:
        yield part


def _may_break(before: str, after: str) -> bool:
    if before in _NO_END or after in _NO_START:
        return False
    return _wide(before) or _wide(after)


def _wide(letter: str) -> bool:
    return unicodedata.east_asian_width(letter) in "WF"
