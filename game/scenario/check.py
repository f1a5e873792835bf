"""Diagnostics of many files at once: scenarios, voices, and folders of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from game.scenario.diagnostics import Diagnostic, ScenarioError, errors, in_order, printable
from game.scenario.guard import decode, read_bytes
from game.scenario.library import find_scenario, shipped
from game.scenario.load import Loaded, Loader, told_once
from game.scenario.messages import validate_model
from game.scenario.shelves import FolderShelf, Shelf, shown_path
from game.scenario.tree import Item, Lines, parse_tree
from game.scenario.voice import VoiceModel, check_voice


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
    """All diagnostics of some scenarios, voices or folders of them, in order; never raises."""
    found = [d for path in paths for one in files(path) for d in examine(one).found]
    return list(in_order(found))


def files(path: str | Path) -> list[str | Path]:
    """A path or id itself, or the YAML files below a folder that are scenarios or voices."""
    folder = Path(path)
    try:
        if str(path) and folder.is_dir() and str(path) not in shipped():
            # Claims are data of the analysis, with a reader of its own.
            inside = sorted(p for p in folder.rglob("*.yaml") if p.parent.name != "claims")
            return list(inside) or [folder]
    except (OSError, ValueError):
        pass  # the loader says what is wrong with such a path
    return [path]


def examine(name: str | Path) -> Examined:
    """Look at one scenario, voice or common file; what cannot be read is among the found."""
    try:
        path = find_scenario(name)
        shown = shown_path(path)
        text = decode(read_bytes(path, shown), shown)
        return _examined(path, shown, text)
    except ScenarioError as refused:
        return Examined(refused.diagnostics[0].file or str(name), refused.diagnostics)


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


def _examined(path: Path, shown: str, text: str) -> Examined:
    lines = Lines()
    tree = parse_tree(text, shown, lines)
    root = tree.root
    keys = root.value if root is not None and isinstance(root.value, dict) else {}
    if "voice" in keys and "scenario" not in keys and root is not None:
        found = (*_voice(path, root, lines), *tree.diagnostics)
        return Examined(shown, found, lines, root=root)
    if path.parent.name in ("common", "claims") and "scenario" not in keys:
        return Examined(shown, tuple(tree.diagnostics), lines, root=root)
    # A transcript embeds the name; bytes that are no text cannot be written there.
    return examine_text(FolderShelf(path.parent), printable(path.name), text, shown)


def _voice(path: Path, root: Item, lines: Lines) -> Iterator[Diagnostic]:
    voice, found = validate_model(VoiceModel, root, lines)
    yield from found
    loader = Loader(FolderShelf(path.parent.parent), lines)
    moves, machine = loader.moves(), loader.machine(Item({}, root.file, root.event))
    if voice is not None and moves is not None and machine is not None:
        name = "" if path.parent.name == "common" else path.stem
        yield from check_voice(voice, root, lines, moves, machine, name)
    yield from loader.found
