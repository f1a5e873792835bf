"""The plain data of common files: read, guarded and nothing more, so that no models are built."""

from __future__ import annotations

from typing import Any

from game.scenario.diagnostics import ScenarioError, errors
from game.scenario.guard import decode, read_bytes
from game.scenario.library import common_path
from game.scenario.shelves import shown_path
from game.scenario.tree import Lines, parse_tree, plain


def load_data(text: str, file: str) -> dict[str, Any]:
    """The plain data of any guarded YAML text; raises :class:`ScenarioError` if it is refused."""
    tree = parse_tree(text, file, Lines())
    if tree.root is None or errors(tree.diagnostics):
        raise ScenarioError(tree.diagnostics)
    data: dict[str, Any] = plain(tree.root)
    return data


def load_common(name: str) -> dict[str, Any]:
    """The plain data of a shipped common file such as ``phrases.yaml``."""
    path = common_path(name)
    shown = shown_path(path)
    return load_data(decode(read_bytes(path, shown), shown), shown)
