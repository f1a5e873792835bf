"""Diagnostics of many files at once: scenarios, voices, and folders of them."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from game.scenario.diagnostics import Diagnostic, ScenarioError, in_order
from game.scenario.guard import decode, read_bytes
from game.scenario.library import find_scenario, shipped
from game.scenario.load import Loader, diagnose
from game.scenario.messages import validate_model
from game.scenario.shelves import FolderShelf, shown_path
from game.scenario.tree import Item, Lines, parse_tree
from game.scenario.voice import VoiceModel, check_voice


def check(paths: Iterable[str | Path]) -> list[Diagnostic]:
    """All diagnostics of some scenarios, voices or folders of them, in order; never raises."""
    found: list[Diagnostic] = []
    for path in paths:
        for one in _files(path):
            try:
                found += _check_one(one)
            except ScenarioError as refused:
                found += refused.diagnostics
    return list(in_order(found))


def _files(path: str | Path) -> list[str | Path]:
    folder = Path(path)
    try:
        if str(path) and folder.is_dir() and str(path) not in shipped():
            # Claims are data of the analysis, with a reader of its own.
            inside = sorted(p for p in folder.rglob("*.yaml") if p.parent.name != "claims")
            return list(inside) or [folder]
    except (OSError, ValueError):
        pass  # the loader says what is wrong with such a path
    return [path]


def _check_one(name: str | Path) -> list[Diagnostic]:
    path = find_scenario(name)
    shown = shown_path(path)
    text = decode(read_bytes(path, shown), shown)
    lines = Lines()
    tree = parse_tree(text, shown, lines)
    keys = tree.root.value if tree.root is not None and isinstance(tree.root.value, dict) else {}
    if "voice" in keys and "scenario" not in keys and tree.root is not None:
        return _check_voice(path, tree.root, lines) + tree.diagnostics
    if path.parent.name in ("common", "claims") and "scenario" not in keys:
        return tree.diagnostics
    return diagnose(path)[1]


def _check_voice(path: Path, root: Item, lines: Lines) -> list[Diagnostic]:
    voice, found = validate_model(VoiceModel, root, lines)
    loader = Loader(FolderShelf(path.parent.parent), lines)
    moves, machine = loader.moves(), loader.machine(Item({}, root.file, root.event))
    if voice is not None and moves is not None and machine is not None:
        found += check_voice(
            voice, root, lines, moves, machine, "" if path.parent.name == "common" else path.stem
        )
    return found + loader.found
