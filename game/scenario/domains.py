"""Files of words and how far they are translated.

A *domain* is one file of words: `common/phrases`, `voices/ogawa`, `osaka`. Its catalogue in a
language lies beside it in `locale/`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import polib

from game.scenario.catalogue import Entry, catalogue_path, entries_of, names_in
from game.scenario.data import load_data
from game.scenario.guard import decode, read_bytes
from game.scenario.library import scenarios_dir
from game.scenario.load import Loaded
from game.scenario.pack_folder import is_pack_folder
from game.scenario.shelves import LAYER, shown_path
from game.scenario.word_places import WORDLESS, Words, words_in


@dataclass(frozen=True, slots=True)
class Domain:
    """A file of words below a folder of scenarios, or in that of a pack."""

    name: str
    folder: Path

    @property
    def path(self) -> Path:
        if is_pack_folder(self.folder):
            name = self.name.removeprefix(LAYER)
            inside = "" if name != self.name or "/" in name else "scenarios/"
            return self.folder / f"{inside}{name}.yaml"
        return self.folder / f"{self.name}.yaml"

    def catalogue(self, tag: str) -> Path:
        """Where its translation into a language is kept."""
        return catalogue_path(self.folder, tag, self.name)

    def words(self) -> list[Words]:
        """Its texts in order; raises :class:`ScenarioError` for a file that cannot be used."""
        shown = shown_path(self.path)
        return list(
            words_in(self.name, load_data(decode(read_bytes(self.path, shown), shown), shown))
        )


@dataclass(frozen=True, slots=True)
class State:
    """How far a domain is translated: ids of texts that are doubtful, and of those that lack."""

    domain: Domain
    total: int
    fuzzy: tuple[str, ...]
    missing: tuple[str, ...]

    @property
    def translated(self) -> int:
        return self.total - len(self.fuzzy) - len(self.missing)

    @property
    def complete(self) -> bool:
        return self.translated == self.total


def interface() -> list[Domain]:
    """Everything that any game shows, whatever its scenario."""
    folder = scenarios_dir()
    names = sorted(path.stem for path in (folder / "common").glob("*.yaml"))
    return [Domain(f"common/{name}", folder) for name in names if name not in WORDLESS]


def domains_of(loaded: Loaded) -> list[Domain]:
    """The files of a scenario's own words: itself, what it extends, the voices of its buyers.

    Those inside an archive are left out: nothing can be written beside them.
    """
    own = [loaded.folder] if isinstance(loaded.folder, Path) else []
    places = [*own, scenarios_dir()]
    found = []
    for name in loaded.sources:
        domain = name.removesuffix(".yaml")
        if name.startswith("common/") or domain.removeprefix(LAYER) in WORDLESS:
            continue
        there = (d for d in (Domain(domain, place) for place in places) if d.path.is_file())
        found += [one for one in [next(there, None)] if one is not None]
    return found


def entries_in(path: Path) -> list[Entry]:
    """The entries of a catalogue; none where there is none, or none that can be read."""
    try:
        return list(entries_of(polib.pofile(path.read_text(encoding="utf-8"))))
    except (OSError, ValueError):
        return []


def state(domain: Domain, tag: str) -> State:
    """How far a domain is translated into a language."""
    words = domain.words()
    known = {entry.id: entry for entry in entries_in(domain.catalogue(tag))}
    fuzzy, missing = [], []
    for one in words:
        entry = known.get(one.id)
        if entry is None or not any(entry.forms):
            missing.append(one.id)
        elif not holds(one, entry):
            fuzzy.append(one.id)
    return State(domain, len(words), tuple(fuzzy), tuple(missing))


def holds(words: Words, entry: Entry) -> bool:
    """Whether a translation may be shown for what the file says today."""
    if not entry.done or (entry.text, entry.many) != (words.text, words.many):
        return False
    allowed = names_in(words.text) | names_in(words.many)
    if words.many:
        return all(names_in(form) <= allowed for form in entry.forms)
    return names_in(entry.forms[0]) == allowed


def begun(domains: Iterable[Domain], tag: str) -> bool:
    """Whether any of these files has a catalogue in a language."""
    return any(domain.catalogue(tag).is_file() for domain in domains)
