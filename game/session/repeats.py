"""Texts that occur twice, or nearly: what one person says, another should not.

``python -m game.session.repeats`` lists the pairs, the closest first.
"""

from __future__ import annotations

import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

from game.scenario.data import load_data
from game.scenario.guard import decode, read_bytes
from game.scenario.library import scenarios_dir, shipped
from game.scenario.shelves import shown_path

FEWEST_WORDS = 4  # shorter texts, such as “Go on.”, belong to everybody
NEAR = 0.5  # share of common word runs from which two texts are near repeats
_RUN = 3  # words
_WORD = re.compile(r"\{\w+\}|\w+(?:['’]\w+)*")
_NOT_SPOKEN = ("plays", "expect", "trust_machine")  # notation, not words


@dataclass(frozen=True, slots=True)
class Text:
    """A text and where it stands: the file's name and the dotted path in it."""

    file: str
    path: str
    text: str

    @property
    def words(self) -> tuple[str, ...]:
        return tuple(word.casefold() for word in _WORD.findall(self.text))


@dataclass(frozen=True, slots=True)
class Repeat:
    """Two texts of different files; `share` of their word runs is common, 1 for the same words."""

    one: Text
    other: Text
    share: float


def texts_of(path: Path) -> list[Text]:
    """Every text of a file that people read, of `FEWEST_WORDS` words or more."""
    shown = shown_path(path)
    data = load_data(decode(read_bytes(path, shown), shown), shown)
    spoken = {key: value for key, value in data.items() if key not in _NOT_SPOKEN}
    found = (Text(path.stem, where, text) for where, text in _leaves(spoken, ""))
    return [text for text in found if len(text.words) >= FEWEST_WORDS]


def _leaves(value: Any, where: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield where, value
    elif isinstance(value, dict):
        for key, child in value.items():
            yield from _leaves(child, f"{where}.{key}" if where else str(key))
    elif isinstance(value, list):
        for index, child in enumerate(value):
            yield from _leaves(child, f"{where}[{index}]")


def voice_files() -> list[Path]:
    """Everybody's voice, and the one of those who have none of their own."""
    return [
        *sorted((scenarios_dir() / "voices").glob("*.yaml")),
        scenarios_dir() / "common/voices.yaml",
    ]


def repeats(texts: Iterable[Text], near: float = NEAR) -> list[Repeat]:
    """Pairs of texts from different files that share at least `near` of their word runs."""
    every = list(texts)
    runs = [_runs(text.words) for text in every]
    holders: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for i, own in enumerate(runs):
        for one in own:
            holders[one].append(i)
    common: dict[tuple[int, int], int] = defaultdict(int)
    for who in holders.values():
        for pair in combinations(who, 2):
            if every[pair[0]].file != every[pair[1]].file:
                common[pair] += 1
    found = []
    for (i, k), count in common.items():
        same = every[i].words == every[k].words
        share = 1.0 if same else min(0.99, count / (len(runs[i]) + len(runs[k]) - count))
        if share >= near:
            found.append(Repeat(every[i], every[k], share))
    return sorted(found, key=lambda r: (-r.share, r.one.file, r.one.path, r.other.file))


def _runs(words: Sequence[str]) -> set[tuple[str, ...]]:
    return {tuple(words[i : i + _RUN]) for i in range(len(words) - _RUN + 1)}


def main() -> int:
    """Print near repeats across voices and scenarios; 1 if two voices share a text word by word."""
    voices = [text for path in voice_files() for text in texts_of(path)]
    scenes = [text for path in shipped().values() for text in texts_of(path)]
    found = repeats([*voices, *scenes])
    for repeat in found:
        print(f"{repeat.share:.2f}  {repeat.one.file} {repeat.one.path}: {repeat.one.text}")
        print(f"      {repeat.other.file} {repeat.other.path}: {repeat.other.text}")
    same = repeats(voices, 1.0)
    print(f"{len(voices) + len(scenes)} texts, {len(found)} near repeats, {len(same)} the same")
    return 1 if same else 0


if __name__ == "__main__":
    sys.exit(main())
