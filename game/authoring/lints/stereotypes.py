"""People, not passports: what would make a person out of a country, or a country out of a person.

A culture is at most where a buyer's position may start. About four fifths of the variance in such
values lies inside countries (Taras and others 2016), so a spread belongs to everybody, and no line
should give a nation as its reason. The words looked for are in ``common/check_words.yaml``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from game.authoring.lints.texts import Corpus, Text
from game.authoring.lints.words import COUNTRY, PERSON, check_words
from game.authoring.subject import Subject
from game.scenario.diagnostics import Diagnostic

_LEAST_SPREAD = 0.04
_NEAR = 5  # words from a vice to the name or nation that it is tied to
_DENIED = 4  # words before a vice in which it may be denied
_TITLES = frozenset(
    ("mr", "mrs", "ms", "miss", "dr", "director", "madame", "monsieur", "herr", "frau")
)


def no_spread(subject: Subject) -> Iterator[Diagnostic]:
    """L020: a culture is given and a diffuseness that hardly varies: the passport decides."""
    for name, buyer in subject.scenario.buyers.items():
        spread = buyer.diffuseness
        if buyer.culture is None or spread.sd >= _LEAST_SPREAD:
            continue
        path = (*subject.buyer_path(name), "diffuseness")
        culture = subject.place((*subject.buyer_path(name), "culture"))
        yield subject.complaint(
            "L020",
            f"{buyer.name} has a culture and "
            + ("the same diffuseness every time" if not spread.sd else "hardly any spread"),
            (*path, "sd") if spread.sd else path,
            expected=f"“sd” of at least {_LEAST_SPREAD:g}; 0.08 to 0.12 is a person",
            fix=f"write diffuseness: {{mean: {spread.mean:g}, sd: 0.1}}",
            related=[subject.related("the culture stands here", culture)],
        )


def nation_as_reason(subject: Subject) -> Iterator[Diagnostic]:
    """L021: a text that explains somebody by a country, a nation or “the people here”."""
    corpus = subject.corpus
    for start, end in _reasons(corpus):
        text, at = corpus.at(start)
        if text.path[:2] == ("teaching", "stereotype"):
            continue  # the answer to the question has to name what it denies
        words = corpus.joined[start:end]
        yield subject.complaint(
            "L021",
            f"“{_short(words)}” gives an origin as a reason",
            corpus.place(text, at, at + len(words)),
            field=text.field,
            expected="a reason that lies in this person, this trade or this day",
            fix="say what this one does, and why this one does it",
        )


def _reasons(corpus: Corpus) -> Iterator[tuple[int, int]]:
    """Offsets of everything that looks like a nation as a reason, each sentence once."""
    words = check_words()
    seen: set[tuple[int, int]] = set()
    for name in re.finditer(f"{PERSON}+|{COUNTRY}+", corpus.marked):
        bounds = _sentence(corpus, name.start())
        if bounds not in seen:
            seen.add(bounds)
            first, last = bounds
            if match := words.nation_reasons.search(corpus.marked[first:last]):
                yield first + match.start(), first + match.end()
    for part, patterns in words.other_reasons.items():
        if part in corpus.lowered:
            for pattern in patterns:
                for match in re.finditer(pattern, corpus.lowered):
                    bounds = _sentence(corpus, match.start())
                    if bounds not in seen:
                        seen.add(bounds)
                        yield match.span()


def _sentence(corpus: Corpus, at: int) -> tuple[int, int]:
    """The sentence around an offset, without the spaces before it."""
    start, end = corpus.sentence(at)
    while start < end and corpus.joined[start].isspace():
        start += 1
    return start, end


def vice_of_origin(subject: Subject) -> Iterator[Diagnostic]:
    """L022: a fault of character beside a nation, or beside a buyer's name in a description."""
    corpus, words = subject.corpus, check_words()
    vices = {word for word in corpus.words if words.is_vice(word.lower())}
    if not vices:
        return
    names = _names(subject)
    for match in re.finditer(
        r"\b(?:" + "|".join(map(re.escape, sorted(vices))) + r")\b", corpus.joined
    ):
        text, at = corpus.at(match.start())
        if text.path[:2] == ("teaching", "stereotype") or _denied(corpus, match.start()):
            continue
        low, high = _around(corpus, match.start(), match.end())
        tied = re.search(f"{PERSON}+|{COUNTRY}+", corpus.marked[low:high])
        if tied is None and names is not None and text.kind in ("description", "teaching"):
            tied = names.search(corpus.joined[low:high])
        if tied is not None:
            name = corpus.joined[low + tied.start() : low + tied.end()]
            yield _tied(subject, text, match.group(), at, name)


def _around(corpus: Corpus, start: int, end: int) -> tuple[int, int]:
    """Offsets of the words near a word, in its sentence."""
    first, last = corpus.sentence(start)
    before = list(re.finditer(r"\w+", corpus.joined[first:start]))[-_NEAR:]
    after = list(re.finditer(r"\w+", corpus.joined[end:last]))[:_NEAR]
    low = first + before[0].start() if before else start
    return low, end + after[-1].end() if after else end


def _denied(corpus: Corpus, at: int) -> bool:
    """Whether a word at an offset is said not to be so: a denial among the four words before."""
    start, _ = corpus.sentence(at)
    before = re.findall(r"[\w'’]+", corpus.lowered[start:at])[-_DENIED:]
    return any(word.replace("’", "'") in check_words().denials for word in before)


def _tied(subject: Subject, text: Text, vice: str, start: int, name: str) -> Diagnostic:
    return subject.complaint(
        "L022",
        f"“{vice}” is tied to “{name}”",
        subject.corpus.place(text, start, start + len(vice)),
        field=text.field,
        expected="what somebody does, and what for",
        fix="describe the act and its reason, or leave the word out",
    )


def _names(subject: Subject) -> re.Pattern[str] | None:
    words = {
        word.strip(".,")
        for buyer in subject.scenario.buyers.values()
        for word in buyer.name.split()
        if len(word.strip(".,")) > 2 and word.strip(".,").lower() not in _TITLES
    }
    if not words:
        return None
    return re.compile(r"\b(?:" + "|".join(map(re.escape, sorted(words))) + r")\b")


def _short(words: str) -> str:
    return words if len(words) <= 60 else words[:57] + "…"
