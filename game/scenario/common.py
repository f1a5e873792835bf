"""Common files that every scenario shares: read once a process while unchanged."""

from __future__ import annotations

from functools import lru_cache

from game.scenario.data import load_data
from game.scenario.diagnostics import Diagnostic
from game.scenario.messages import validate_model
from game.scenario.model import CommonMoves
from game.scenario.model_voice import VoiceModel
from game.scenario.moves import check_moves, laid_over
from game.scenario.tree import Lines, parse_tree


@lru_cache(maxsize=8)
def common_moves(text: str, shown: str) -> tuple[CommonMoves | None, tuple[Diagnostic, ...]]:
    """The moves and everything noticed in their file."""
    lines = Lines()
    tree = parse_tree(text, shown, lines)
    if tree.root is None:
        return None, tuple(tree.diagnostics)
    moves, found = validate_model(CommonMoves, tree.root, lines)
    if moves is not None:
        found += check_moves(moves, tree.root, lines)
    return moves, (*tree.diagnostics, *found)


@lru_cache(maxsize=8)
def moves_with(
    text: str, shown: str, own_text: str, own_shown: str
) -> tuple[CommonMoves | None, tuple[str, ...], tuple[Diagnostic, ...]]:
    """The moves with a pack's laid over them, the verbs that are new, and everything noticed."""
    lines = Lines()
    base, over = parse_tree(text, shown, lines), parse_tree(own_text, own_shown, lines)
    noticed = (*base.diagnostics, *over.diagnostics)
    if base.root is None or over.root is None:
        return None, (), noticed
    moves, added, found = laid_over(base.root, over.root, lines)
    return moves, added, (*noticed, *found)


@lru_cache(maxsize=8)
def common_voice(text: str, shown: str) -> tuple[VoiceModel | None, tuple[Diagnostic, ...]]:
    """The voice of those who have none of their own, and everything noticed in its file."""
    lines = Lines()
    tree = parse_tree(text, shown, lines)
    if tree.root is None:
        return None, tuple(tree.diagnostics)
    voice, found = validate_model(VoiceModel, tree.root, lines)
    return voice, (*tree.diagnostics, *found)


@lru_cache(maxsize=8)
def common_cultures(text: str, shown: str) -> frozenset[str]:
    """The country codes of the cultures file; none if it has another form."""
    cultures = load_data(text, shown).get("cultures")
    return frozenset(cultures if isinstance(cultures, dict) else ())
