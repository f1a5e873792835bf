"""What the cross checks share: the scenario, its tree, and complaints at a path of it."""

from __future__ import annotations

from collections.abc import Iterable

from game.scenario.diagnostics import Diagnostic, Edit, Severity, listing, suggest_narrow
from game.scenario.mending import meant
from game.scenario.messages import dotted
from game.scenario.model import CommonMoves, Scenario
from game.scenario.tree import Item, Lines, Path, nearest


class Check:
    """A scenario under examination; ``scenario.buyers`` is filled, ``root`` is as written."""

    def __init__(
        self,
        scenario: Scenario,
        root: Item,
        lines: Lines,
        moves: CommonMoves,
        cultures: frozenset[str],
    ) -> None:
        self.scenario = scenario
        self.root = root
        self.lines = lines
        self.moves = moves
        self.cultures = cultures
        self.single = isinstance(root.value, dict) and "buyer" in root.value

    def complaint(
        self,
        code: str,
        message: str,
        path: Path,
        expected: str,
        fix: str,
        severity: Severity = "error",
        edits: tuple[Edit, ...] = (),
    ) -> Diagnostic:
        item = nearest(self.root, path)
        return self.lines.complaint(
            code,
            message,
            item.spot,
            field=dotted(path),
            expected=expected,
            fix=fix,
            severity=severity,
            edits=edits,
        )

    def unknown(
        self, code: str, message: str, path: Path, word: str, known: Iterable[str], otherwise: str
    ) -> Diagnostic:
        """A name that should be one of some others; points at the key where the name is one."""
        names = list(known)
        item = nearest(self.root, path)
        place = item.key if item.key is not None and path and str(path[-1]) == word else item.spot
        owner = nearest(self.root, path[:-1]).value
        others = owner if isinstance(owner, dict) else {}
        near = suggest_narrow(word, names)
        return self.lines.complaint(
            code,
            message,
            place,
            field=dotted(path),
            expected="one of " + listing(names) if names else otherwise,
            fix=f"did you mean “{near}”?" if near else otherwise,
            # a second key of that name would be a new mistake
            edits=meant(self.lines, place, word, (name for name in names if name not in others)),
        )

    def buyer_path(self, buyer: str) -> Path:
        return ("buyer",) if self.single else ("buyers", buyer)
