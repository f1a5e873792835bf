"""Diagnostics of many files at once: scenarios, voices, packs, and folders of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from game.scenario.diagnostics import Diagnostic, ScenarioError, errors, in_order
from game.scenario.library import find_scenario, shipped
from game.scenario.load import Loaded, Loader, told_once
from game.scenario.messages import validate_model
from game.scenario.model_voice import VoiceModel
from game.scenario.pack_names import LAYERS, MANIFEST
from game.scenario.packs import Pack, PackShelf, diagnose_pack, open_pack
from game.scenario.shelves import FolderShelf, Shelf
from game.scenario.sources import Source, is_pack, locate, pack_of, scenario_of
from game.scenario.tree import Item, Lines, Tree, parse_tree
from game.scenario.voice import check_voice

_SCENARIO = re.compile(r"^scenario[ \t]*:", re.MULTILINE)  # other spellings are parsed to be seen


@dataclass(frozen=True)
class Examined:
    """One file that was looked at: what was noticed and, of a scenario, what it was made of.

    ``file`` is the shown path. ``loaded`` is there for a scenario without errors; ``root`` is its
    tree laid on those it extends, ``trees`` those of all files read, by their names on the shelf.
    """

    file: str
    found: tuple[Diagnostic, ...]
    lines: Lines = field(default_factory=Lines)
    loaded: Loaded | None = None
    root: Item | None = None
    trees: dict[str, Item] = field(default_factory=dict)


def check(paths: Iterable[str | Path]) -> list[Diagnostic]:
    """All diagnostics of scenarios, voices, packs or folders of them, in order; never raises."""
    found = [d for path in paths for one in files(path) for d in examine(one).found]
    return list(in_order(found))


def files(path: str | Path) -> list[str | Path | Examined]:
    """A path or id itself, or what is below a folder: scenarios, voices, and packs as a whole.

    What belongs to a pack as a whole is looked at already, its manifest first.
    """
    folder = Path(path)
    try:
        if is_pack(path):
            return [*examined_pack(folder)]
        if folder.name in (MANIFEST, *LAYERS) and pack_of(folder) == folder.absolute().parent:
            return [*examined_pack(folder.parent)]
        if str(path) and folder.is_dir() and str(path) not in shipped():
            return _below(folder) or [folder]
    except (OSError, ValueError):
        pass  # the loader says what is wrong with such a path
    return [path]


def _below(folder: Path) -> list[str | Path | Examined]:
    packs = sorted(p.parent for p in folder.rglob(MANIFEST))
    # Claims are data of the analysis, with a reader of its own.
    inside = (p for p in folder.rglob("*.yaml") if p.parent.name != "claims")
    own = sorted(p for p in inside if not any(p.is_relative_to(pack) for pack in packs))
    return [*own, *(one for pack in packs for one in examined_pack(pack))]


def examine(name: str | Path | Examined) -> Examined:
    """Look at one scenario, voice or common file; what cannot be read is among the found."""
    if isinstance(name, Examined):
        return name
    try:
        source = locate(name)
        if source.pack is not None:
            return examine_text(source.shelf, source.main, source.text, source.shown)
        return _examined(find_scenario(name), source)
    except ScenarioError as refused:
        return Examined(refused.diagnostics[0].file or str(name), refused.diagnostics)


def examined_pack(path: Path) -> list[Examined]:
    """Look at a pack: the manifest with all that is wrong with the whole, its scenarios, the rest.

    A voice is looked at with the scenarios that use it, or else by itself.
    """
    pack, found = diagnose_pack(path)
    if pack is None:
        return [Examined(found[0].file, in_order(found))]
    return examined_in(pack, found)


def examined_in(pack: Pack, found: list[Diagnostic]) -> list[Examined]:
    """The same of a pack that is open; `found` was noticed when it was opened."""
    shelf = PackShelf(pack)
    scenarios = []
    for id in pack.scenarios:
        source = scenario_of(pack, id)
        scenarios.append(examine_text(shelf, source.main, source.text, source.shown))
    used = {name for one in scenarios for name in one.trees}
    voices = [
        _examined_voice(shelf, Path(name), parse_tree(pack.texts[name], shown, lines), lines)
        for name in pack.texts
        if name.startswith("voices/") and name not in used
        for shown, lines in [(pack.shown_name(name), Lines())]
    ]
    if all(one.loaded for one in scenarios) and not errors(found):
        found += _idle(pack, used)
    return [Examined(pack.shown_name(MANIFEST), in_order(found)), *scenarios, *voices]


def _idle(pack: Pack, used: set[str]) -> Iterator[Diagnostic]:
    """Files that no scenario of a pack has any use for."""
    for name in pack.texts:
        folder, _, file = name.rpartition("/")
        if folder == "voices" and name not in used:
            what, fix = "nobody in the pack has this voice", "name it as a buyer's voice"
        elif folder == "scenarios" and file not in used:
            what, fix = "the manifest does not list this scenario", "add it to “scenarios:”"
        else:
            continue
        yield Diagnostic(
            "K010",
            what,
            file=pack.shown_name(name),
            expected="files that something in the pack has a use for",
            fix=f"{fix}, or remove the file",
            severity="warning",
        )


def examine_text(shelf: Shelf, name: str, text: str, shown: str) -> Examined:
    """Look at a scenario that lies on any shelf; ``shown`` is how messages call it."""
    loader = Loader(shelf)
    try:
        loaded, found = loader.load(name, text, shown)
    except ScenarioError as refused:  # a second file, such as a voice, cannot be read
        loaded, found = None, [*loader.found, *refused.diagnostics]
    found = told_once(found)
    if errors(found):
        loaded = None
    return Examined(shown, tuple(found), loader.lines, loaded, loader.root, loader.trees)


def _examined(path: Path, source: Source) -> Examined:
    if _SCENARIO.search(source.text):
        return examine_text(source.shelf, source.main, source.text, source.shown)
    lines = Lines()
    tree = parse_tree(source.text, source.shown, lines)
    root = tree.root
    keys = root.value if root is not None and isinstance(root.value, dict) else {}
    if "voice" in keys and "scenario" not in keys:
        folder = pack_of(path)
        shelf = PackShelf(open_pack(folder)) if folder else FolderShelf(path.parent.parent)
        return _examined_voice(shelf, path, tree, lines)
    if path.parent.name in ("common", "claims") and "scenario" not in keys:
        return Examined(source.shown, tuple(tree.diagnostics), lines, root=root)
    return examine_text(source.shelf, source.main, source.text, source.shown)


def _examined_voice(shelf: Shelf, path: Path, tree: Tree, lines: Lines) -> Examined:
    """A voice by itself, which may be that of any buyer; it has the name of its file."""
    root = tree.root
    if root is None:
        return Examined(tree.file, tuple(tree.diagnostics), lines)
    voice, found = validate_model(VoiceModel, root, lines)
    loader = Loader(shelf, lines)
    moves, machine = loader.moves(), loader.machine(Item({}, root.file, root.event))
    if voice is not None and moves is not None and machine is not None:
        name = "" if path.parent.name == "common" else path.stem
        found += check_voice(voice, root, lines, moves, machine, name)
    return Examined(tree.file, (*found, *loader.found, *tree.diagnostics), lines, root=root)
