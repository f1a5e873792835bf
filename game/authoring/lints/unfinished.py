"""Texts that were left unfinished: notes to oneself, templates, placeholders that stay."""

from __future__ import annotations

import re
from collections.abc import Iterator

from game.authoring.lints.texts import Text
from game.authoring.lints.words import check_words
from game.authoring.subject import Subject
from game.scenario.diagnostics import Diagnostic, did_you_mean, listing
from game.scenario.voice import PLACEHOLDERS, placeholder_meant

_NOTHING = re.compile(r"[\s.…\-–—_?!xX*]*\Z")
_BRACES = re.compile(r"\{[^{}\0\n]{1,60}\}")


def unfinished(subject: Subject) -> Iterator[Diagnostic]:
    """L008: words that stand in for words, in any text that somebody will read or hear."""
    corpus = subject.corpus
    for text in corpus.texts:
        if _NOTHING.match(text.text):
            yield _left(
                subject, text, 0, len(text.text), f"“{text.text.strip()[:20]}” says nothing"
            )
    for match in _matches(subject):
        text, start = corpus.at(match.start())
        words = corpus.joined[match.start() : match.end()]
        message = f"“{words[:40]}” was left here while writing"
        yield _left(subject, text, start, start + len(words), message)
    for match in _BRACES.finditer(corpus.joined):
        text, start = corpus.at(match.start())
        yield from _braces(subject, text, match.group(), start)


def _matches(subject: Subject) -> Iterator[re.Match[str]]:
    corpus, words = subject.corpus, check_words()
    for word in sorted(words.unfinished & corpus.words):
        yield from re.finditer(rf"\b{word}\b", corpus.joined)
    for part, pattern in words.unfinished_parts.items():
        if part in corpus.lowered:
            yield from re.finditer(pattern, corpus.lowered)


def _left(subject: Subject, text: Text, start: int, end: int, message: str) -> Diagnostic:
    return subject.complaint(
        "L008",
        message,
        subject.corpus.place(text, start, end),
        field=text.field,
        expected="the words themselves",
        fix="write them, or remove the key",
    )


def _braces(subject: Subject, text: Text, word: str, start: int) -> Iterator[Diagnostic]:
    inner = word[1:-1]
    filled = text.kind in ("line", "own")
    if filled and (inner in PLACEHOLDERS or text.path[0] != "facts"):
        return  # voices and phrases have their own complaints about unknown ones
    place = subject.corpus.place(text, start, start + len(word))
    yield subject.complaint(
        "L008",
        f"“{word[:40]}” stays as it is: "
        + ("it is not a placeholder" if filled else "nothing is filled in here"),
        place,
        field=text.field,
        expected="one of " + listing(sorted(PLACEHOLDERS), 30) if filled else "plain words",
        fix=did_you_mean(inner, PLACEHOLDERS if filled else (), "write the word itself"),
        edits=placeholder_meant(subject.lines, place, inner) if filled else (),
    )
