"""Where in a text that is being written somebody's voice is heard."""

from __future__ import annotations

import re

from game.desktop.synth_voices import PLACES, VOWELS, Syllable

_SENTENCE = re.compile(r"[^.!?…]+([.!?…]*)")
_OPEN = frozenset("aeiouy")


def syllables(text: str, every: int) -> dict[int, Syllable]:
    """Syllables by the index of their letter, at least `every` letters apart.

    They begin with words and vowels; the last one of each sentence is its end. The same letter
    sounds alike, so that a word does when it comes again.
    """
    found: dict[int, Syllable] = {}
    for sentence in _SENTENCE.finditer(text):
        places: list[int] = []
        for i in range(sentence.start(), sentence.end()):
            if _begins(text, i) and (not places or i - places[-1] >= every):
                places.append(i)
        question = "?" in sentence[1]
        for number, i in enumerate(places):
            last = number == len(places) - 1
            place = round((PLACES - 1) * number / max(1, len(places) - 1))
            end = ("?" if question else ".") if last else ""
            found[i] = Syllable(place, ord(text[i].lower()) % VOWELS, end)
    return found


def _begins(text: str, i: int) -> bool:
    if not text[i].isalnum():
        return False
    if i == 0 or not text[i - 1].isalnum():
        return True
    letter, before = text[i].lower(), text[i - 1].lower()
    # Letters of other scripts are syllables or as good as that.
    return (letter in _OPEN and before not in _OPEN) or not letter.isascii()
