"""What a delivered translation must be: readable, of known texts, with what must stay in them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import polib

from game.authoring.po_files import DOMAIN
from game.scenario.catalogue import Entry, entries_of, names_in, plural_of
from game.scenario.diagnostics import Diagnostic, Severity, did_you_mean, listing
from game.scenario.domains import Domain
from game.scenario.language import is_language
from game.scenario.word_places import Words

LONGER = 1.8  # times as long as the original is worth a second look
_SLACK = 16  # letters that a short text may grow by in any case
_TAG = re.compile(r"</?[A-Za-z][^<>]*>|&#?\w+;")
_ISOLATES, _POP = "\u2066\u2067\u2068", "\u2069"
_TURNING = "\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e"


@dataclass
class Delivery:
    """A PO file as it came in: what it is about, its entries, and what is wrong with it."""

    path: Path
    shown: str
    domain: str = ""
    tag: str = ""
    rule: str = ""
    entries: dict[str, Entry] = field(default_factory=dict)
    found: list[Diagnostic] = field(default_factory=list)
    _lines: dict[str, int] = field(default_factory=dict)
    _text: list[str] = field(default_factory=list)

    def complain(
        self, code: str, message: str, id: str, expected: str, fix: str,
        severity: Severity = "error",
    ) -> None:  # fmt: skip
        line = self._lines.get(id, 0)
        source = self._text[line - 1] if 0 < line <= len(self._text) else ""
        self.found.append(
            Diagnostic(
                code, message, file=self.shown, line=line, column=1 if line else 0,
                end_column=len(source) + 1 if line else 0, field=id, expected=expected, fix=fix,
                severity=severity, source_line=source,
            )
        )  # fmt: skip


def read(path: Path, shown: str, text: str) -> Delivery:
    """A delivery, with what its form alone shows to be wrong (S001, S002, S006)."""
    delivery = Delivery(path, shown, _text=text.splitlines())
    try:
        file = polib.pofile(text)
    except (OSError, ValueError) as problem:
        delivery.complain(
            "S001", f"this is no PO file: {str(problem)[:120]}", "", "a gettext catalogue",
            "take the file that `longlunch strings export` wrote, and fill in its msgstr lines",
        )  # fmt: skip
        return delivery
    header = file.metadata
    delivery.domain, delivery.tag = header.get(DOMAIN, ""), header.get("Language", "")
    delivery.rule = header.get("Plural-Forms", "")
    if not delivery.domain or not is_language(delivery.tag):
        delivery.complain(
            "S002", "its header does not say what it translates, and into what", "",
            f"the lines “Language: de” and “{DOMAIN}: …” in the header",
            "keep the header that was exported",
        )  # fmt: skip
    try:
        plural_of(delivery.rule)
    except ValueError:
        delivery.complain(
            "S006", "its header has no plural rule", "",
            "a line such as “Plural-Forms: nplurals=2; plural=(n != 1);”",
            "keep the header that was exported",
        )  # fmt: skip
        delivery.rule = ""
    for one in file:
        id = one.msgctxt or ""
        if not one.obsolete and id in delivery.entries:
            delivery._lines[id] = one.linenum or 0
            delivery.complain(
                "S009",
                f"“{id[:80]}” stands here twice",
                id,
                "every text once",
                "remove one of them",
            )
        delivery._lines.setdefault(id, one.linenum or 0)
        if not one.obsolete:
            delivery.entries.update({entry.id: entry for entry in entries_of_one(one)})
    return delivery


def entries_of_one(one: polib.POEntry) -> Iterator[Entry]:
    """The entry of one PO entry."""
    file = polib.POFile()
    file.append(one)
    yield from entries_of(file)


def check(delivery: Delivery, domain: Domain) -> None:
    """Everything wrong with its translations, added to what was found."""
    words = {one.id: one for one in domain.words()}
    count = plural_of(delivery.rule)[0] if delivery.rule else 0
    for id, entry in delivery.entries.items():
        one = words.get(id)
        if one is None:
            delivery.complain(
                "S003", f"there is no text “{id[:80]}” in {domain.name}.yaml", id,
                "the id of a text", did_you_mean(id, words, "leave this entry out"),
            )  # fmt: skip
            continue
        if not any(entry.forms):
            continue
        if (entry.text, entry.many) != (one.text, one.many):
            delivery.complain(
                "S010", f"“{id[:80]}” says something else today", id, f"“{one.text[:200]}”",
                "export again, compare, and remove the mark “fuzzy”", "warning",
            )  # fmt: skip
        _forms(delivery, one, entry, count)
        for form in entry.forms:
            _placeholders(delivery, one, entry, form)
            _marks(delivery, one, form)
            _characters(delivery, id, form)
            _length(delivery, one, form)


def _forms(delivery: Delivery, words: Words, entry: Entry, count: int) -> None:
    if not words.many:
        return
    filled = sum(map(bool, entry.forms))
    if count and (filled != count or len(entry.forms) != count):
        delivery.complain(
            "S006", f"“{words.id}” has {filled} of {count} forms", words.id,
            f"msgstr[0] to msgstr[{count - 1}], each with its text", "fill in every form",
        )  # fmt: skip


def _placeholders(delivery: Delivery, words: Words, entry: Entry, form: str) -> None:
    if not form:
        return
    needed, may = names_in(words.text), names_in(words.text) | names_in(words.many)
    if words.many:  # a form for one may leave the number out
        needed = names_in(words.many) - {"count", "value"}
    has = names_in(form)
    lacking, strange = sorted(needed - has), sorted(has - may)
    if not lacking and not strange:
        return
    what = [f"lacks {{{name}}}" for name in lacking] + [f"has {{{name}}}" for name in strange]
    delivery.complain(
        "S004", f"“{words.id}” {' and '.join(what)}", words.id,
        listing(f"{{{name}}}" for name in sorted(may)) if may else "no word in braces",
        "use the placeholders of the original, spelt as they are there",
    )  # fmt: skip


def _marks(delivery: Delivery, words: Words, form: str) -> None:
    original = f"{words.text} {words.many}"
    strange = [tag for tag in _TAG.findall(form) if tag not in original]
    if strange:
        delivery.complain(
            "S005", f"“{words.id}” has marks that the original has not: {strange[0][:40]}",
            words.id, "plain text", "write the letters themselves",
        )  # fmt: skip
    if words.text.startswith("(") != form.startswith("(") and form:
        delivery.complain(
            "S005", f"“{words.id}”: what stands in brackets is shown as done, not as said",
            words.id, "brackets around the whole, as in the original", "put them as they are there",
        )  # fmt: skip
    if form != form.strip() and words.text == words.text.strip():
        delivery.complain(
            "S005", f"“{words.id}” begins or ends with empty space", words.id,
            "no space around the text", "remove it",
        )  # fmt: skip


def _characters(delivery: Delivery, id: str, form: str) -> None:
    depth, broken = 0, False
    for letter in form:
        if letter in _ISOLATES:
            depth += 1
        elif letter == _POP:
            depth -= 1
            broken = broken or depth < 0
    bad = next((c for c in form if c in _TURNING or _controls(c)), "")
    if broken or depth:
        bad = _POP
    if bad:
        delivery.complain(
            "S007", f"“{id[:80]}” has the invisible character U+{ord(bad):04X}", id,
            "visible letters; directional isolates only in pairs (U+2066 to U+2068, U+2069)",
            "remove it",
        )  # fmt: skip


def _controls(letter: str) -> bool:
    return letter not in "\n\t" and unicodedata.category(letter) in ("Cc", "Cs", "Co", "Cn")


def _length(delivery: Delivery, words: Words, form: str) -> None:
    original = max(len(words.text), len(words.many))
    if len(form) > original * LONGER and len(form) > original + _SLACK:
        delivery.complain(
            "S008", f"“{words.id}” is {len(form) / original:.1f} times as long as the original",
            words.id, f"at most about {round(original * LONGER)} letters",
            "shorten it, or look at the place where it is shown", "warning",
        )  # fmt: skip
