"""All texts of a scenario and its voices in one string, so that a pattern is looked for once."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from game.authoring.lints.words import check_words
from game.authoring.subject import Subject
from game.scenario.tree import Item, Path, Place, find, within

# What is told about the people, what is taught, what the buyer says or thinks, what you say.
Kind = Literal["description", "teaching", "line", "own"]

_SIMPLE = ("title", "selling", "stake", "city")
_HOUSE = ("firm", "role", "want", "alternative", "boss", "bonus")
_PREPARED = ("objectives", "history", "referral", "rivals")


@dataclass(frozen=True)
class Text:
    """One text of a file: where it stands, and in which tree."""

    text: str
    path: Path
    root: Item
    kind: Kind

    @property
    def field(self) -> str:
        return ".".join(str(step) for step in self.path)


_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_LONGEST = 400  # characters of a sentence before and after what is found in it
_SENTENCE_END = re.compile(r"[.!?;…\0\n“”\"]")


class Corpus:
    """The texts of one scenario, joined by NUL characters; empty ones are left out.

    Offsets are the same in :attr:`joined`, :attr:`lowered` and :attr:`marked`.
    """

    def __init__(self, subject: Subject) -> None:
        self.subject = subject
        self.texts: list[Text] = [t for t in _all(subject) if t.text.strip()]
        self._starts: list[int] = []
        at = 0
        for one in self.texts:
            self._starts.append(at)
            at += len(one.text) + 1
        self.joined = "\0".join(one.text for one in self.texts)

    @cached_property
    def lowered(self) -> str:
        """In lower case, letter by letter."""
        lowered = self.joined.lower()
        if len(lowered) == len(self.joined):
            return lowered
        return "".join(c.lower() if len(c.lower()) == 1 else c for c in self.joined)

    @cached_property
    def words(self) -> frozenset[str]:
        """Every word that occurs, as it is written."""
        return frozenset(_WORD.findall(self.joined))

    @cached_property
    def marked(self) -> str:
        """In lower case, with signs in place of the names of nations."""
        nations = check_words().nations
        here = {word: nations[word] for word in self.words if word in nations}
        if not here:
            return self.lowered
        longest = sorted(here, key=len, reverse=True)
        names = re.compile(r"\b(?:" + "|".join(map(re.escape, longest)) + r")\b")
        parts, last = [], 0
        for match in names.finditer(self.joined):
            start, end = match.span()
            parts += [self.lowered[last:start], here[match.group()] * (end - start)]
            last = end
        return "".join([*parts, self.lowered[last:]])

    def sentence(self, at: int) -> tuple[int, int]:
        """Start and end of the sentence around an offset."""
        start, first = at, max(0, at - _LONGEST)
        while start > first and not _SENTENCE_END.match(self.joined, start - 1):
            start -= 1
        last = min(len(self.joined), at + _LONGEST)
        end = _SENTENCE_END.search(self.joined, at, last)
        return start, end.start() if end else last

    def at(self, offset: int) -> tuple[Text, int]:
        """The text at an offset, and where in it that is."""
        index = bisect_right(self._starts, offset) - 1
        return self.texts[index], offset - self._starts[index]

    def place(self, text: Text, start: int, end: int) -> Place:
        """Where a part of a text stands in its file, as exactly as can be told."""
        item = find(text.root, text.path)
        if item is None:
            return self.subject.place(text.path, text.root)
        return within(item, text.text, start, end, self.subject.lines)


def _all(subject: Subject) -> Iterator[Text]:
    yield from _described(subject)
    yield from _taught(subject)
    yield from _phrased(subject)
    seen: set[str] = set()
    for buyer in subject.scenario.buyers:
        voice = subject.voice(buyer)
        if voice is None or voice[1].file in seen:
            continue
        model, tree = voice
        seen.add(tree.file)
        for section in ("says", "notices", "thinks", "letters"):
            for key, line in getattr(model, section).items():
                yield Text(line.text, (section, key, "text"), tree, "line")
        for key in ("easing", "tightening"):
            yield Text(getattr(model.tells, key), ("tells", key), tree, "description")


def _described(subject: Subject) -> Iterator[Text]:
    scenario, root = subject.scenario, subject.root

    def texts(owner: object, names: Iterable[str], *path: str | int) -> Iterator[Text]:
        for name in names:
            yield Text(getattr(owner, name), (*path, name), root, "description")

    yield from texts(scenario, _SIMPLE)
    yield from texts(scenario.you, _HOUSE, "you")
    for index, note in enumerate(scenario.you.notes):
        yield from texts(note, ["text"], "you", "notes", index)
    for name, buyer in scenario.buyers.items():
        base = subject.buyer_path(name)
        yield from texts(buyer, ["role"], *base)
        for need, content in buyer.needs.items():
            yield from texts(content, ["label"], *base, "needs", need)
    for section in ("topics", "issues", "demands"):
        for name, part in getattr(scenario, section).items():
            yield from texts(part, ["label"], section, name)
    for name, block in scenario.blocks.items():
        yield Text(block, ("blocks", name), root, "description")
    for name, fact in scenario.facts.items():
        yield from texts(fact, ["text"], "facts", name)
        for pole in ("plain", "circling"):
            yield Text(getattr(fact.says, pole), ("facts", name, "says", pole), root, "line")
    for index, meeting in enumerate(scenario.meetings):
        yield from texts(meeting, ["place", "notice"], "meetings", index)
    if scenario.flight is not None:
        yield from texts(scenario.flight, ["label"], "flight")
    if scenario.referral is not None:
        yield from texts(scenario.referral, ["given_by"], "referral")
    yield from texts(scenario.rival, ["name"], "rival")
    yield from texts(scenario.preparation, _PREPARED, "preparation")
    for name, event in scenario.events.items():
        yield from texts(event, ["label", "notice"], "events", name)


def _taught(subject: Subject) -> Iterator[Text]:
    teaching = subject.scenario.teaching
    if teaching is None:
        return
    yield Text(teaching.aim, ("teaching", "aim"), subject.root, "teaching")
    yield Text(teaching.stereotype, ("teaching", "stereotype"), subject.root, "teaching")
    for key in ("splits", "questions"):
        for index, text in enumerate(getattr(teaching, key)):
            yield Text(text, ("teaching", key, index), subject.root, "teaching")


def _phrased(subject: Subject) -> Iterator[Text]:
    for key, phrase in subject.scenario.phrases.items():
        for part in ("label", "tempts"):
            if isinstance(phrase.get(part), str):
                yield Text(phrase[part], ("phrases", key, part), subject.root, "own")
        for name, variant in phrase.get("says", {}).items():
            path: Path = ("phrases", key, "says", name)
            if isinstance(variant, dict):
                yield Text(str(variant.get("text", "")), (*path, "text"), subject.root, "own")
            else:
                yield Text(str(variant), path, subject.root, "own")
