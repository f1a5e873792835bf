"""The tree of a transcript: its entries, the lines through it, and what was taken in each.

An `undo` entry takes a move back; with ``{"try": entry id, "fresh": bool}`` in its data it begins a
*try*, another way from just before that entry's move. What follows an entry of that kind belongs to
the try, up to the next one; what follows none belongs to the original, which no try alters.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

MOVES = ("prepare", "action")
_PLAYED = (*MOVES, "event")


@dataclass(frozen=True, slots=True)
class Entry:
    """One node of the tree. `data` holds what its kind needs; `parent` is "" at the root."""

    id: str
    parent: str
    kind: str
    data: Mapping[str, Any]

    @property
    def tries(self) -> bool:
        """Whether a try begins here."""
        return self.kind == "undo" and "try" in self.data

    def as_json(self) -> dict[str, Any]:
        return {"id": self.id, "parent": self.parent or None, "kind": self.kind, **self.data}


@dataclass(frozen=True, slots=True)
class Line:
    """One way through the tree, from the start to `head`; all fields but the flags are entry ids.

    `parent_branch` is the last entry that it shares with the line it left, "" at the start.
    """

    head: str
    parent_branch: str = ""
    tried: str = ""  # the entry whose move is tried another way, "" where nothing is
    fresh: bool = False  # a try with chance of its own
    undone: bool = False  # left again by taking a move back

    @property
    def original(self) -> bool:
        """Whether this is the line that counts: what was played when nothing was tried yet."""
        return not self.tried and not self.undone


@dataclass(frozen=True, slots=True)
class Counts:
    """What was taken in the original or in one try, in lines since left as well."""

    undone: int = 0  # moves taken back
    hints: int = 0
    coached: int = 0  # words of the coach


def path_to(entries: Iterable[Entry], head: str) -> list[Entry]:
    """Entries from the root to `head`, none for "". Raises KeyError for an unknown one."""
    known = {entry.id: entry for entry in entries}
    found = []
    while head:
        found.append(known[head])
        head = known[head].parent
    return found[::-1]


def moment_before(entries: Iterable[Entry], move: Entry, in_try: bool = False) -> str:
    """The entry that a return to before `move` starts from, "" for the root.

    Earlier returns are passed over, unless the move is to stay in its own try.
    """
    known = {entry.id: entry for entry in entries}
    at = move.parent
    while at and known[at].kind == "undo" and not (in_try and known[at].tries):
        at = known[at].parent
    return at


def tries_of(entries: Iterable[Entry]) -> dict[str, str]:
    """The try that each entry belongs to, as the entry that begins it; "" for the original."""
    found = {"": ""}
    for entry in entries:
        found[entry.id] = entry.id if entry.tries else found[entry.parent]
    return found


def heads_of(entries: Iterable[Entry]) -> dict[str, str]:
    """Where the original ("") and each try stand: the newest entry of each."""
    return {"": ""} | {of: id for id, of in tries_of(entries).items()}


def lines_of(entries: Sequence[Entry], standing: str) -> list[Line]:
    """The original first, then every other line in the order in which they were begun.

    A return after which nothing was played is no line, unless the game is `standing` there.
    """
    known = {entry.id: entry for entry in entries}
    of, heads = tries_of(entries), heads_of(entries)
    inner = {entry.parent for entry in entries}
    found = [Line(heads[""])]
    for leaf in entries:
        if leaf.id in inner or leaf.id == heads[""]:
            continue
        path = path_to(entries, leaf.id)
        begun = of[leaf.id]
        back = max((k for k, entry in enumerate(path) if entry.kind == "undo"), default=-1)
        played = any(entry.kind in _PLAYED for entry in path[back + 1 :])
        if not played and leaf.id != standing:
            continue
        undone = leaf.id != heads[begun]
        if undone:
            kept = {entry.id for entry in path_to(entries, heads[begun])}
            fork = next((e.id for e in reversed(path) if e.id in kept), "")
        else:
            fork = known[begun].parent
        data = known[begun].data if begun else {}
        found.append(Line(leaf.id, fork, data.get("try", ""), data.get("fresh", False), undone))
    return found


def counts_of(entries: Sequence[Entry], head: str) -> Counts:
    """What was taken in the try, or the original, that `head` belongs to."""
    of = tries_of(entries)
    here = [entry for entry in entries if of[entry.id] == of[head]]
    asked = [entry for entry in here if entry.kind == "hint"]
    coached = sum("coach" in entry.data for entry in asked)
    undone = sum(entry.kind == "undo" and not entry.tries for entry in here)
    return Counts(undone, len(asked) - coached, coached)


def fault_of(entries: Sequence[Entry]) -> str:
    """The first entry whose tries, hints or words of a coach no game can have; "" if none."""
    moves: dict[str, Entry] = {}
    for entry in entries:
        data = entry.data
        if entry.kind in MOVES:
            moves[entry.id] = entry
        if entry.tries:
            move = moves.get(data["try"]) if isinstance(data["try"], str) else None
            if move is None or entry.parent != moment_before(entries, move):
                return f"{entry.id[:20]} tries no move that is there"
        elif "try" in data:
            return f"{entry.id[:20]} cannot be a try"
        if ("fresh" in data) != entry.tries or not isinstance(data.get("fresh", False), bool):
            return f"{entry.id[:20]} does not say what chance it has"
        words = [data[name] for name in ("hint", "coach") if name in data]
        if len(words) != (entry.kind == "hint") or not all(isinstance(w, str) and w for w in words):
            return f"{entry.id[:20]} is no hint"
    return ""
