"""Catalogues of translated texts: gettext PO files, one for every file of words.

The catalogue of `scenarios/common/phrases.yaml` in German is
`scenarios/locale/de/common/phrases.po`. `msgctxt` is the id of a text, `msgid` the text it
translates: where the file says something else today, the translation no longer holds and the
file's own text is shown.
"""

from __future__ import annotations

import contextlib
import gettext
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from game.scenario.language import LOCALE, PSEUDO, catalogues_in, chain
from game.scenario.pseudo import pseudo

if TYPE_CHECKING:
    import polib

Folder = Path | Mapping[str, str]
PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
# These follow a buyer's sex and always have a value, so a translation may use whichever it needs.
PRONOUNS = frozenset(
    word for low in ("they", "them", "their", "to_them") for word in (low, low.capitalize())
)
# How many forms a word has beside a number, and which one goes with n.
PLURALS: dict[str, str] = {
    **dict.fromkeys(("ja", "ko", "zh", "vi", "th", "id", "tr"), "nplurals=1; plural=0;"),
    **dict.fromkeys(("fr", "pt-BR"), "nplurals=2; plural=(n > 1);"),
    **dict.fromkeys(
        ("ru", "uk"),
        "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || "
        "n%100>=20) ? 1 : 2);",
    ),
    "pl": "nplurals=3; plural=(n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);",
    "cs": "nplurals=3; plural=(n==1) ? 0 : (n>=2 && n<=4) ? 1 : 2;",
    "ar": "nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : "
    "n%100>=11 ? 4 : 5);",
    "he": "nplurals=2; plural=(n != 1);",
}
_PLURAL = re.compile(r"nplurals\s*=\s*(\d+)\s*;\s*plural\s*=\s*([^;]+)")


@dataclass(frozen=True, slots=True)
class Entry:
    """One text of a catalogue; `forms` are its translations, several where it counts something."""

    id: str
    text: str
    many: str
    forms: tuple[str, ...]
    fuzzy: bool

    @property
    def done(self) -> bool:
        """Whether it may be shown: translated in every form, and not marked as doubtful."""
        return bool(self.forms) and all(self.forms) and not self.fuzzy


def names_in(text: str) -> frozenset[str]:
    """The placeholders that a text needs a value for; pronouns always have one."""
    return frozenset(PLACEHOLDER.findall(text)) - PRONOUNS


def entries_of(file: polib.POFile) -> Iterator[Entry]:
    """The entries of a PO file that are in use."""
    for one in file:
        if one.obsolete:
            continue
        forms = tuple(one.msgstr_plural[k] for k in sorted(one.msgstr_plural)) or (one.msgstr,)
        yield Entry(one.msgctxt or "", one.msgid, one.msgid_plural, forms, one.fuzzy)


def plural_of(header: str) -> tuple[int, Callable[[int], int]]:
    """How many forms, and which of them goes with a number. ValueError for a header not so."""
    found = _PLURAL.search(header)
    if found is None:
        raise ValueError(f"not a plural rule: {header[:80]}")
    count = int(found[1])
    pick: Callable[[int], int] = gettext.c2py(found[2].strip())
    return count, lambda n: min(max(pick(n), 0), count - 1)


def plural_header(tag: str) -> str:
    """The rule of a language; that of English where none is known."""
    return next(
        (PLURALS[part] for part in chain(tag) if part in PLURALS), "nplurals=2; plural=(n != 1);"
    )


class Forms(tuple[str, ...]):
    """The forms of a text that counts something."""

    pick: Callable[[int], int]

    def of(self, count: int) -> str:
        """The form that goes with a number."""
        return self[min(self.pick(count), len(self) - 1)]


def forms(texts: Sequence[str], pick: Callable[[int], int]) -> Forms:
    """Forms with the rule that chooses among them."""
    made = Forms(texts)
    made.pick = pick
    return made


def english(count: int) -> int:
    """One, or many."""
    return int(count != 1)


class Catalogue:
    """The translations of one file of words into one language."""

    def __init__(self, entries: Mapping[str, Entry], pick: Callable[[int], int] = english) -> None:
        self.entries, self.pick = entries, pick

    def text(self, id: str, source: str) -> str | None:
        """The translation of a text, or None where there is none that holds today."""
        entry = self.entries.get(id)
        if entry is None or not entry.done or entry.many or entry.text != source:
            return None
        return entry.forms[0] if names_in(entry.forms[0]) == names_in(source) else None

    def counted(self, id: str, one: str, many: str) -> Forms | None:
        """The translated forms of a pair of one and many."""
        entry = self.entries.get(id)
        if entry is None or not entry.done or (entry.text, entry.many) != (one, many):
            return None
        allowed = names_in(one) | names_in(many)
        fits = all(names_in(form) <= allowed for form in entry.forms)
        return forms(entry.forms, self.pick) if fits else None


class PseudoCatalogue(Catalogue):
    """Everything in the pseudo-language."""

    def __init__(self) -> None:
        super().__init__({})

    def text(self, id: str, source: str) -> str | None:
        return pseudo(source)

    def counted(self, id: str, one: str, many: str) -> Forms | None:
        return forms((pseudo(one), pseudo(many)), english)


def catalogue_path(folder: Path, tag: str, domain: str) -> Path:
    """Where the catalogue of a file of words is kept, beside the scenarios in `folder`."""
    return folder / LOCALE / tag / f"{domain}.po"


def catalogues(folders: Sequence[Folder], tag: str, domain: str) -> tuple[Catalogue, ...]:
    """What to look a text up in, the nearest language first; empty where nothing is translated.

    A folder is one on disk, or texts by their names in it. A file that cannot be read counts as
    none: `longlunch strings status` says what is wrong in it.
    """
    if tag == PSEUDO:
        return (PseudoCatalogue(),)
    found = []
    for part in chain(tag):
        for folder in folders:
            read = _read(folder, part, domain)
            if read is not None:
                found.append(read)
                break
    return tuple(found)


def catalogue_texts(folder: Folder, domains: Sequence[str]) -> dict[str, str]:
    """The texts of a folder's catalogues of some files, by their names in it, in order."""
    found = {}
    for tag in tags_in(folder):
        for domain in domains:
            name = f"{LOCALE}/{tag}/{domain}.po"
            if isinstance(folder, Path):
                with contextlib.suppress(OSError, UnicodeDecodeError):
                    found[name] = (folder / name).read_text(encoding="utf-8")
            elif name in folder:
                found[name] = folder[name]
    return found


def tags_in(folder: Folder) -> list[str]:
    """The languages that a folder of scenarios has catalogues in, in order."""
    if isinstance(folder, Path):
        return catalogues_in(folder)
    parts = [name.split("/") for name in folder if name.startswith(f"{LOCALE}/")]
    return sorted({part[1] for part in parts if len(part) > 2})


def _read(folder: Folder, tag: str, domain: str) -> Catalogue | None:
    if not isinstance(folder, Path):
        text = folder.get(f"{LOCALE}/{tag}/{domain}.po")
        return None if text is None else _catalogue(text)
    path = catalogue_path(folder, tag, domain)
    try:
        status = path.stat()
    except OSError:
        return None
    return _parsed(path, status.st_mtime_ns, status.st_size)


@lru_cache(maxsize=128)
def _parsed(path: Path, changed: int, size: int) -> Catalogue | None:
    try:
        return _catalogue(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None


@lru_cache(maxsize=128)
def _catalogue(text: str) -> Catalogue | None:
    import polib  # who reads English does without

    try:
        file = polib.pofile(f"{text}\n")  # with a line's end no text is taken for a path
        pick = plural_of(file.metadata.get("Plural-Forms", "nplurals=2; plural=n != 1"))[1]
    except (OSError, ValueError):
        return None
    return Catalogue({entry.id: entry for entry in entries_of(file)}, pick)
