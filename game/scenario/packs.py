"""Packs: scenarios that belong together, with a manifest and what they share.

A pack is a folder or a zip of it; both become a :class:`Pack` in memory, and from there on nobody
can tell which it was. Nothing in a pack is code, and nothing of it is written anywhere.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from game import __version__
from game.scenario.diagnostics import Diagnostic, ScenarioError, did_you_mean, errors, listing
from game.scenario.guard import Refused, check_text, decode
from game.scenario.library import scenarios_dir, shipped
from game.scenario.pack_folder import folder_files
from game.scenario.pack_names import MANIFEST
from game.scenario.pack_zip import MAX_ZIP, zip_bytes, zip_files
from game.scenario.shelves import LAYER, FolderShelf, shown_path
from game.scenario.tree import Item, Lines, find, parse_tree
from game.scenario.tree import Path as TreePath

if TYPE_CHECKING:
    from game.scenario.model_pack import Manifest

SUFFIX = ".lunchpack.zip"


@dataclass(frozen=True)
class Pack:
    """A pack whose manifest is sound. `texts` maps the names of its files to what they say.

    `folder` is None for a zip. `diagnostics` are what was noticed, errors of single files included.
    """

    shown: str
    folder: Path | None
    manifest: Manifest
    texts: Mapping[str, str]
    diagnostics: tuple[Diagnostic, ...] = ()

    def shown_name(self, name: str) -> str:
        """A file of the pack as people know it."""
        return f"{self.shown}/{name}" if self.folder is None else shown_path(self.folder / name)

    @property
    def scenarios(self) -> tuple[str, ...]:
        """Ids in the order of the manifest, of those that are there."""
        listed = dict.fromkeys(self.manifest.scenarios)
        return tuple(id for id in listed if f"scenarios/{id}.yaml" in self.texts)

    @cached_property
    def zipped(self) -> bytes:
        """The pack as a zip: the same bytes on every machine, whatever ends its lines."""
        return zip_bytes({name: text.encode() for name, text in self.texts.items()})

    @property
    def sha256(self) -> str:
        """What a copy of the zip can be told by."""
        return hashlib.sha256(self.zipped).hexdigest()


class PackShelf:
    """The files of a pack under the names that a scenario knows, with the shipped ones behind."""

    def __init__(self, pack: Pack) -> None:
        self.pack = pack
        self.folder: Path | Mapping[str, str] | None = pack.folder or pack.texts
        self._shipped = FolderShelf(scenarios_dir())

    def read(self, name: str) -> tuple[str, str] | None:
        own = name.removeprefix(LAYER) if name.startswith(LAYER) else _own(name)
        if own in self.pack.texts:
            return self.pack.texts[own], self.pack.shown_name(own)
        return self._shipped.read(name)

    def siblings(self, folder: str) -> list[str]:
        inner = f"{folder or 'scenarios'}/"
        own = {Path(n).stem for n in self.pack.texts if n.startswith(inner)}
        return sorted(own | set(self._shipped.siblings(folder)))


def _own(name: str) -> str:
    """Where a pack keeps what a scenario asks for; the common files are never its own."""
    folder, _, _ = name.rpartition("/")
    return f"scenarios/{name}" if not folder else name if folder == "voices" else ""


# --- opening --------------------------------------------------------------------------------------


def open_pack(path: Path) -> Pack:
    """A pack from its folder or zip; raises :class:`ScenarioError` if anything in it is refused."""
    pack, found = diagnose_pack(path)
    return _sound(pack, found)


def open_pack_bytes(data: bytes, shown: str) -> Pack:
    """The same from the bytes of a zip."""
    return _sound(*_from_zip(data, shown))


def _sound(pack: Pack | None, found: list[Diagnostic]) -> Pack:
    if pack is None or errors(found):
        raise ScenarioError(found)
    return pack


def diagnose_pack(path: Path) -> tuple[Pack | None, list[Diagnostic]]:
    """What can be opened, and everything noticed; its scenarios are not looked into."""
    shown = shown_path(path)
    try:
        if path.is_dir():
            return opened(*folder_files(path), shown, path)
        with path.open("rb") as file:
            data = file.read(MAX_ZIP + 1)
    except ScenarioError as refused:
        return None, list(refused.diagnostics)
    except (OSError, ValueError) as problem:
        return None, [_unread(shown, problem)]
    return _from_zip(data, shown)


def _from_zip(data: bytes, shown: str) -> tuple[Pack | None, list[Diagnostic]]:
    try:
        return opened(*zip_files(data, shown), shown, None)
    except ScenarioError as refused:
        return None, list(refused.diagnostics)


def opened(
    files: Mapping[str, bytes], found: list[Diagnostic], shown: str, folder: Path | None
) -> tuple[Pack | None, list[Diagnostic]]:
    """A pack of these files, and everything noticed, `found` included."""

    def shown_name(name: str) -> str:
        return f"{shown}/{name}" if folder is None else shown_path(folder / name)

    if MANIFEST not in files:
        if not errors(found):
            found.append(_no_manifest(shown))
        return None, found
    texts: dict[str, str] = {}
    for name, data in files.items():
        try:
            texts[name] = decode(data, shown_name(name)).replace("\r\n", "\n")
            if not name.endswith(".yaml") and texts[name].strip():
                check_text(texts[name], shown_name(name))
        except ScenarioError as refused:
            found += refused.diagnostics
        except Refused as refused:
            found.append(refused.diagnostic)
    if MANIFEST not in texts:
        return None, found
    manifest, more = _manifest(texts, shown_name(MANIFEST))
    found += more
    if manifest is None:
        return None, found
    return Pack(shown, folder, manifest, texts, tuple(found)), found


# --- the manifest ---------------------------------------------------------------------------------


def _manifest(texts: Mapping[str, str], shown: str) -> tuple[Manifest | None, list[Diagnostic]]:
    lines = Lines()
    tree = parse_tree(texts[MANIFEST], shown, lines)
    found = list(tree.diagnostics)
    if tree.root is None:
        return None, found
    from game.scenario.messages import validate_model
    from game.scenario.model_pack import Manifest

    manifest, complaints = validate_model(Manifest, tree.root, lines)
    found += complaints
    if manifest is not None:
        found += _ManifestCheck(manifest, tree.root, lines, texts).run()
    return manifest, found


class _ManifestCheck:
    def __init__(
        self, manifest: Manifest, root: Item, lines: Lines, texts: Mapping[str, str]
    ) -> None:
        self.manifest = manifest
        self.root = root
        self.lines = lines
        self.texts = texts

    def complaint(self, code: str, message: str, path: TreePath, **more: str) -> Diagnostic:
        from game.scenario.messages import dotted

        place = (find(self.root, path) or self.root).place
        return self.lines.complaint(code, message, place, field=dotted(path), **more)

    def run(self) -> list[Diagnostic]:
        found = []
        if numbers(self.manifest.program) > numbers(__version__):
            found.append(
                self.complaint(
                    "K013",
                    f"the pack needs version {self.manifest.program} of the program, this is"
                    f" {__version__}",
                    ("program",),
                    expected=f"a pack for version {__version__} or older",
                    fix="install a newer version of the program",
                )
            )
        there = [n[10:-5] for n in self.texts if n.startswith("scenarios/")]
        for index, id in enumerate(self.manifest.scenarios):
            path: TreePath = ("scenarios", index)
            if id in self.manifest.scenarios[:index]:
                found.append(
                    self.complaint(
                        "K009",
                        f"“{id}” is listed twice",
                        path,
                        expected="each scenario once",
                        fix="remove one of the two",
                    )
                )
            elif id not in there:
                found.append(
                    self.complaint(
                        "K009",
                        f"there is no scenarios/{id}.yaml in the pack",
                        path,
                        expected="one of " + listing(there, 40) if there else "a scenario",
                        fix=did_you_mean(id, there, "add the file, or take it out of the list"),
                    )
                )
            elif id in shipped():
                found.append(
                    self.complaint(
                        "K012",
                        f"“{id}” is the id of a scenario that comes with the program",
                        path,
                        expected="an id of its own, since saved games and progress are kept by it",
                        fix="rename the scenario and its file",
                    )
                )
        return found


def numbers(version: str) -> tuple[int, ...]:
    """``1.10`` → (1, 10, 0), for comparing."""
    parts = [int(part) for part in re.findall(r"[0-9]+", version)[:3]]
    return (*parts, *(0,) * (3 - len(parts)))


def _no_manifest(shown: str) -> Diagnostic:
    return Diagnostic(
        "K001",
        f"{shown} has no {MANIFEST}",
        file=shown,
        expected=f"a pack: {MANIFEST} at its top, scenarios in scenarios/",
        fix=f"write {MANIFEST}, or name a single scenario file",
    )


def _unread(shown: str, problem: Exception) -> Diagnostic:
    missing = isinstance(problem, FileNotFoundError | NotADirectoryError)
    reason = getattr(problem, "strerror", None) or str(problem)
    return Diagnostic(
        "RD001" if missing else "RD003",
        f"{shown} does not exist" if missing else f"{shown} cannot be read: {reason.lower()}",
        file=shown,
        expected="the folder of a pack, or its zip",
        fix="check the spelling of the path, and the permissions",
    )
