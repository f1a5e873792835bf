"""PO files as they are exchanged with translators: written from the words of today, and read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

import polib

from game.authoring.writing import unwritable, write_over
from game.scenario.catalogue import Entry, plural_header, plural_of
from game.scenario.domains import Domain
from game.scenario.word_places import Words

_WIDTH = 100
DOMAIN = "X-Domain"


def made(domain: Domain, tag: str, known: Iterable[Entry], rule: str = "") -> polib.POFile:
    """The catalogue of a domain as it should be today, with the translations there are.

    A translation whose text has changed is kept and marked doubtful; one whose text has only got
    another id goes with it; what nothing asks for any more is left out.
    """
    rule = rule or plural_header(tag)
    count = plural_of(rule)[0]
    file = polib.POFile(wrapwidth=_WIDTH)
    file.metadata = {
        "Language": tag,
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": rule,
        DOMAIN: domain.name,
    }
    words = domain.words()
    by_id = {entry.id: entry for entry in known}
    current = {one.id for one in words}
    strays = {(e.text, e.many): e for e in by_id.values() if e.id not in current}
    for one in words:
        old = by_id.get(one.id) or strays.get((one.text, one.many))
        file.append(_entry(one, old, count))
    return file


def _entry(words: Words, old: Entry | None, count: int) -> polib.POEntry:
    entry = polib.POEntry(
        msgctxt=words.id, msgid=words.text, msgid_plural=words.many, comment=words.occasion
    )
    forms = () if old is None else old.forms
    if words.many:
        entry.msgstr_plural = {n: forms[n] if n < len(forms) else "" for n in range(count)}
    else:
        entry.msgstr = forms[0] if forms else ""
    if old is not None and any(forms):
        changed = (old.text, old.many) != (words.text, words.many)
        if old.fuzzy or changed:
            entry.flags = ["fuzzy"]
        if changed:
            entry.previous_msgid = old.text
    return entry


def overlaid(known: Iterable[Entry], new: Mapping[str, Entry]) -> list[Entry]:
    """Translations with newer ones in place of theirs; an empty one replaces nothing."""
    found = {entry.id: entry for entry in known}
    found.update({id: entry for id, entry in new.items() if any(entry.forms)})
    return list(found.values())


def write(file: polib.POFile, path: Path) -> None:
    """Replace a file in one step; raises :class:`LongLunchError` (W001)."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        raise unwritable(path, problem) from None
    write_over(path, _text(file))


def _text(file: polib.POFile) -> str:
    return str(file).removeprefix("#\n").rstrip("\n") + "\n"
