"""Where a scenario's files come from: a folder on disk, or texts that a transcript embeds.

Those of a pack are :class:`game.scenario.packs.PackShelf`.
"""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Mapping
from pathlib import Path
from typing import Protocol

from game.scenario.guard import decode, read_bytes
from game.scenario.language import LOCALE
from game.scenario.library import scenarios_dir

NAME = re.compile(r"[a-z][a-z0-9_-]{0,60}\Z")  # of a scenario or voice that another file names
LAYER = "pack/"  # in front of the names of what a pack lays over the common files


class Shelf(Protocol):
    """Files by name, relative to the scenario's folder, with forward slashes.

    ``common/moves.yaml`` comes with the program; ``pack/moves.yaml`` is what a pack lays over it.
    ``folder`` is where the catalogues of translations lie too: on disk, or texts by name.
    """

    folder: Path | Mapping[str, str] | None

    def read(self, name: str) -> tuple[str, str] | None:
        """The text and the shown path of a file, or None; raises :class:`ScenarioError`."""

    def siblings(self, folder: str) -> list[str]:
        """Stems of the YAML files in a folder, for suggestions."""


class FolderShelf:
    """A scenario's folder, with the shipped scenarios behind it."""

    def __init__(self, folder: Path) -> None:
        self.folder: Path | Mapping[str, str] | None = folder
        self.folders = [folder, scenarios_dir()]

    def read(self, name: str) -> tuple[str, str] | None:
        if name.startswith(LAYER):
            return None  # a scenario that belongs to no pack
        for folder in self.folders:
            path = folder / name
            if path.is_file():
                shown = shown_path(path)
                return decode(read_bytes(path, shown), shown), shown
        return None

    def siblings(self, folder: str) -> list[str]:
        stems = {p.stem for base in self.folders for p in (base / folder).glob("*.yaml")}
        return sorted(stems)


class TextShelf:
    """Embedded texts, with the shipped common files behind them."""

    def __init__(self, sources: Mapping[str, str]) -> None:
        translated = any(name.startswith(f"{LOCALE}/") for name in sources)
        self.folder: Path | Mapping[str, str] | None = sources if translated else None
        self.sources = sources

    def read(self, name: str) -> tuple[str, str] | None:
        if name in self.sources:
            return self.sources[name], name
        if name.startswith("common/"):
            return FolderShelf(scenarios_dir()).read(name)
        return None

    def siblings(self, folder: str) -> list[str]:
        return sorted(Path(n).stem for n in self.sources if str(Path(n).parent) == (folder or "."))


def parents_files(name: object) -> tuple[str, ...]:
    """How the file of a scenario that another extends may be called; none for what is no name."""
    if not isinstance(name, str) or not NAME.match(name):
        return ()
    return f"{name}.yaml", f"{name.replace('-', '_')}.yaml"


def slug_of(name: str) -> str:
    """An id from the last word of a person's name: ``Inês Duarte`` → ``duarte``; else ``buyer``."""
    last = (name.split() or [""])[-1]
    ascii_only = unicodedata.normalize("NFKD", last).encode("ascii", "ignore").decode()
    slug = re.sub(r"[^a-z0-9]+", "_", ascii_only.lower()).strip("_")[:40]
    return slug if re.match(r"[a-z]", slug) else "buyer"


def shown_path(path: Path) -> str:
    """A path as people know it: relative to the working folder if it lies inside."""
    text = str(path)
    if path.is_absolute():
        try:
            relative = os.path.relpath(text)
        except ValueError:
            return text
        return text if relative.startswith("..") else relative
    return text
