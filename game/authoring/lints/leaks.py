"""Replies that give away what the buyer may not tell yet.

A fact is known by its numbers and by words that nobody else uses: not the common voice, not what
is public about the scenario, not the buyer himself in many other lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from game.authoring.lints.reach import told_in
from game.authoring.lints.words import check_words
from game.authoring.subject import Subject
from game.scenario.diagnostics import Diagnostic, listing
from game.scenario.load import COMMON_VOICE
from game.scenario.model import Fact
from game.scenario.model_voice import Notice, Say, VoiceModel
from game.scenario.tree import Item
from game.session.voices import tone_names

_TOKEN = re.compile(r"[^\W\d_]{4,}|\d[\d.,\u2009\u202f]*\d|\d")
_OFTEN = 3  # lines of a voice in which a word may stand and still be one's own
_ENOUGH = 3  # weight of what is shared: a number counts twice


def _weight(token: str) -> int:
    return 2 if token[0].isdigit() else 1


def gives_away(subject: Subject) -> Iterator[Diagnostic]:
    """L010: a line that can be heard before its fact may be told, and has the fact's own words."""
    hidden = {k: f for k, f in subject.scenario.facts.items() if f.depth != "public"}
    if not hidden:
        return
    public = _public(subject)
    marks = {key: _marks(fact, public) for key, fact in hidden.items()}
    for buyer in subject.scenario.buyers:
        voice = subject.voice(buyer)
        if voice is None:
            continue
        listener = _Listener(subject, buyer, *voice)
        for key, fact in hidden.items():
            if fact.buyer in (None, buyer):
                yield from listener.leaks(key, fact, listener.telling(marks[key]))


def _public(subject: Subject) -> str:
    """What tells nobody anything, in lower case: the common voice's words, and what is public."""
    facts = subject.scenario.facts
    texts = [
        text.text
        for text in subject.corpus.texts
        if (text.kind in ("description", "own") and text.path[0] != "facts")
        or (text.path[0] == "facts" and facts[str(text.path[1])].depth == "public")
    ]
    return "\n".join([subject.loaded.sources.get(COMMON_VOICE, ""), *texts]).lower()


def _marks(fact: Fact, public: str) -> frozenset[str]:
    """What a fact is known by."""
    return frozenset(
        mark
        for mark in tokens(fact.text)
        if mark not in check_words().everyday
        and not (mark.isdigit() and len(mark) < 2)
        and not _occurs(mark, public)
    )


def _occurs(mark: str, text: str) -> bool:
    """Whether a word or number stands in a text in lower case, as a word of its own."""
    for spelling in _spellings(mark):
        at = text.find(spelling)
        while at >= 0:
            after = text[at + len(spelling) : at + len(spelling) + 2]
            before = text[at - 1 : at] if at else ""
            if not before.isalnum() and not after.removeprefix("s")[:1].isalnum():
                return True
            at = text.find(spelling, at + 1)
    return False


def _spellings(mark: str) -> tuple[str, ...]:
    """How a mark may be written: a number also with separators."""
    if mark.isdigit() and len(mark) > 3:
        return (mark, *(f"{int(mark):,}".replace(",", sign) for sign in (",", ".", " ", "’")))
    return (mark,)


def tokens(text: str) -> frozenset[str]:
    """The longer words of a text in their plain form, and its numbers without separators."""
    return frozenset(map(_stem, _TOKEN.findall(text)))


def _stem(token: str) -> str:
    if token[0].isdigit():
        return re.sub(r"[^\d]", "", token)
    word = token.lower()
    return word[:-1] if word.endswith("s") and not word.endswith("ss") and len(word) > 4 else word


class _Listener:
    """Whoever listens to one buyer, from the first turn on."""

    def __init__(self, subject: Subject, buyer: str, voice: VoiceModel, tree: Item) -> None:
        self.subject, self.buyer, self.tree = subject, buyer, tree
        self.lines: list[tuple[str, str, Say | Notice, str]] = [
            *(("says", key, line, line.text.lower()) for key, line in voice.says.items()),
            *(("notices", key, line, line.text.lower()) for key, line in voice.notices.items()),
        ]

    def telling(self, marks: frozenset[str]) -> frozenset[str]:
        """Those of some words that this voice does not use so often that they tell nothing."""
        return frozenset(
            mark for mark in marks if sum(mark in text for *_, text in self.lines) <= _OFTEN
        )

    def leaks(self, key: str, fact: Fact, marks: frozenset[str]) -> Iterator[Diagnostic]:
        """The lines that share enough with a fact and can be heard too early."""
        subject = self.subject
        early = self._too_early(fact.depth)
        spellings = [spelling for mark in marks for spelling in _spellings(mark)]
        for section, name, line, text in self.lines if early and marks else ():
            if not any(spelling in text for spelling in spellings):
                continue
            shared = marks & tokens(text)
            if len(shared) < 2 or sum(map(_weight, shared)) < _ENOUGH:
                continue
            states = [s for s, tones in early.items() if not line.in_ or tones & set(line.in_)]
            if states:
                yield subject.complaint(
                    "L010",
                    f"this may be heard in {listing(states, 3)} and gives away “{key}”, which is "
                    f"{fact.depth}",
                    subject.place((section, name, "text"), self.tree),
                    field=f"{section}.{name}.text",
                    expected=f"a line without {_quoted(shared)}, or “in:” states that tell it",
                    fix="say less, or let it be heard only where the fact may be told",
                    related=[subject.related("the fact", subject.place(("facts", key, "text")))],
                )

    def _too_early(self, depth: str) -> dict[str, frozenset[str]]:
        """States within reach that do not tell this depth, with the tones they speak in."""
        machine = self.subject.machine
        tones = dict(zip(machine.states, tone_names(machine), strict=True))
        reached = self.subject.possible.reached[self.buyer].states
        return {
            name: tones[name]
            for name, state in machine.states.items()
            if name in reached and not state.ends and not told_in(state, depth)
        }


def _quoted(words: Iterable[str]) -> str:
    return ", ".join(f"“{word}”" for word in sorted(words))
