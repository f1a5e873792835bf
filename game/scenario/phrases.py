"""Cross checks of a scenario's own words for the seller's moves."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from game.scenario.checking import Check
from game.scenario.diagnostics import Diagnostic, did_you_mean, listing
from game.scenario.mending import meant
from game.scenario.tree import Path, find
from game.scenario.voice import PLACEHOLDERS, no_placeholder, placeholders

TIMES = ("early", "late", "formal", "easy")
KEYS = ("label", "tempts", "says")
_ID = re.compile(r"[a-z][a-z0-9_]{0,59}\Z")


class PhraseCheck(Check):
    """``phrases:``, a ``verb`` or ``verb.argument`` to a label, a reason and variants."""

    def phrases(self) -> Iterator[Diagnostic]:
        seen: dict[str, Path] = {}
        for key, phrase in self.scenario.phrases.items():
            path: Path = ("phrases", key)
            verb = key.partition(".")[0]
            if verb not in self.moves.moves:
                yield self.unknown(
                    "X027",
                    f"“{verb[:40]}” is not a verb of the moves",
                    path,
                    key,
                    self.moves.moves,
                    "name a verb, or verb.argument",
                )
            if not isinstance(phrase, dict):
                yield self.misshapen(path, "a phrase is a mapping", "says: {some_id: the words}")
                continue
            for name in phrase:
                if name not in KEYS:
                    yield self.misshapen(
                        (*path, name),
                        f"“{str(name)[:40]}” is no part of a phrase",
                        "one of " + listing(KEYS),
                        str(name),
                        KEYS,
                    )
            for name in ("label", "tempts"):
                if name in phrase:
                    yield from self.text(phrase[name], (*path, name))
            yield from self.variants(phrase.get("says", {}), (*path, "says"), seen)

    def variants(self, says: Any, path: Path, seen: dict[str, Path]) -> Iterator[Diagnostic]:
        if not isinstance(says, dict):
            yield self.misshapen(path, "variants are a mapping", "says: {some_id: the words}")
            return
        for name, variant in says.items():
            here = (*path, name)
            if not _ID.match(name):
                yield self.misshapen(
                    here,
                    f"“{name[:40]}” is not a well-formed id",
                    "lower-case letters, digits and “_”, beginning with a letter",
                )
            if name in seen:
                yield self.same_id(name, here, seen[name])
            seen.setdefault(name, here)
            if not isinstance(variant, dict):
                yield from self.text(variant, here)
                continue
            for part in variant:
                if part not in ("text", "when"):
                    yield self.misshapen(
                        (*here, part),
                        f"“{str(part)[:40]}” is no part of a variant",
                        "text, and perhaps when",
                        str(part),
                        ("text", "when"),
                    )
            yield from self.text(variant.get("text"), (*here, "text"))
            if "when" in variant and variant["when"] not in TIMES:
                yield self.misshapen(
                    (*here, "when"),
                    f"“{str(variant['when'])[:40]}” is no time for a variant",
                    "one of " + listing(TIMES),
                    str(variant["when"]),
                    TIMES,
                )

    def text(self, text: Any, path: Path) -> Iterator[Diagnostic]:
        if not isinstance(text, str) or not text.strip():
            yield self.misshapen(path, "here belongs a text", "words, in quotes if need be")
            return
        item = find(self.root, path)
        if item is None:
            return
        for match in placeholders(text):
            if match.group(1) not in PLACEHOLDERS:
                yield no_placeholder("X030", self.lines, item, path, text, match)

    def misshapen(
        self, path: Path, message: str, expected: str, word: str = "", known: Sequence[str] = ()
    ) -> Diagnostic:
        item = find(self.root, path)
        key = item.key if item is not None and path[-1] == word else None
        place = key or (item or self.root).spot
        return self.lines.complaint(
            "X030",
            message,
            place,
            field=".".join(str(step) for step in path),
            expected=expected,
            fix=did_you_mean(word, known, "compare with a phrase of a shipped scenario"),
            edits=meant(self.lines, place, word, known),
        )

    def same_id(self, name: str, path: Path, first: Path) -> Diagnostic:
        here, earlier = find(self.root, path), find(self.root, first)
        place = (here.key if here else None) or self.root.place
        note = (earlier.key if earlier else None) or self.root.place
        return self.lines.complaint(
            "X030",
            f"the id “{name[:40]}” is used twice",
            place,
            field=".".join(str(step) for step in path),
            expected="an id of its own for every text",
            fix="rename one of the two",
            related=(self.lines.related("first used here", note),),
        )
