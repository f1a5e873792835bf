"""The common files with what a pack lays over them: moves, trust machine, phrases.

In the end stands the scenario's own word, below it the pack's, below that the program's. What was
read is kept under the names of :class:`Shelf`, so that a transcript holds all of it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeVar

from pydantic import BaseModel

from game.scenario.common import common_cultures, common_moves, moves_with
from game.scenario.diagnostics import Diagnostic
from game.scenario.machine import check_machine
from game.scenario.messages import validate_model
from game.scenario.model import CommonMoves, Machine, Scenario
from game.scenario.model_pack import PackMachine, PackPhrases
from game.scenario.shelves import LAYER, Shelf
from game.scenario.tree import Item, Lines, Tree, find, merge, parse_tree

M = TypeVar("M", bound=BaseModel)


@dataclass
class Layers:
    """One load: the files read, their lines and everything noticed."""

    shelf: Shelf
    lines: Lines = field(default_factory=Lines)
    sources: dict[str, str] = field(default_factory=dict)
    found: list[Diagnostic] = field(default_factory=list)
    trees: dict[str, Item] = field(default_factory=dict)  # of the files read, by name
    added: tuple[str, ...] = ()  # verbs that the pack adds

    def parse(self, name: str, text: str, shown: str) -> Item | None:
        self.sources[name] = text
        tree: Tree = parse_tree(text, shown, self.lines)
        self.found += tree.diagnostics
        if tree.root is not None:
            self.trees[name] = tree.root
        return tree.root

    def validated(self, model: type[M], root: Item, base: tuple[str, ...] = ()) -> M | None:
        result, complaints = validate_model(model, root, self.lines, base)
        self.found += complaints
        return result

    def common(self, file: str) -> Item | None:
        name = f"common/{file}"
        read = self.shelf.read(name)
        if read is None:
            self.found.append(
                Diagnostic(
                    "RD001",
                    f"the common file {file} is missing",
                    file=name,
                    expected="the files that come with the program",
                    fix="install the program again",
                )
            )
            return None
        return self.parse(name, *read)

    def layer(self, file: str, model: type[BaseModel], key: str) -> Item | None:
        """What the pack lays over the `key` of a common file, if there is a pack and it does."""
        name = f"{LAYER}{file}"
        read = self.shelf.read(name)
        root = None if read is None else self.parse(name, *read)
        if root is None or self.validated(model, root) is None:
            return None
        return find(root, (key,))

    def moves(self) -> CommonMoves | None:
        """The moves, a pack's laid over the shipped ones."""
        name = "common/moves.yaml"
        read = self.shelf.read(name)
        if read is None:
            self.common("moves.yaml")
            return None
        self.sources[name] = read[0]
        own = self.shelf.read(f"{LAYER}moves.yaml")
        if own is None:
            moves, complaints = common_moves(*read)
        else:
            self.sources[f"{LAYER}moves.yaml"] = own[0]
            moves, self.added, complaints = moves_with(*read, *own)
        self.found += complaints
        return moves

    def machine(self, root: Item) -> Machine | None:
        """The trust machine of a scenario; `root` is the scenario's tree."""
        common = self.common("machine.yaml")
        if common is None:
            return None
        whole = find(common, ("trust_machine",)) or Item({}, common.file, common.event)
        layers = (
            self.layer("machine.yaml", PackMachine, "trust_machine"),
            find(root, ("trust_machine",)),
        )
        for over in layers:
            if over is not None and isinstance(over.value, dict):
                whole = merge(whole, over)
        machine = self.validated(Machine, whole, ("trust_machine",))
        if machine is not None:
            self.found += check_machine(machine, whole, self.lines, ("trust_machine",))
        return machine

    def phrased(self, root: Item) -> Item:
        """A scenario's tree with the pack's phrases beneath its own."""
        base = self.layer("phrases.yaml", PackPhrases, "moves")
        if base is None or not isinstance(root.value, dict):
            return root
        own = find(root, ("phrases",))
        if own is not None and not isinstance(own.value, dict):
            return root  # refused by the model
        phrases = base if own is None else merge(base, own)
        return Item(root.value | {"phrases": phrases}, root.file, root.event, root.key_event)

    def cultures(self, scenario: Scenario) -> frozenset[str]:
        """Known culture keys; none if nobody needs them or there is no such file."""
        if all(buyer.culture is None for buyer in scenario.buyers.values()):
            return frozenset()
        read = self.shelf.read("common/cultures.yaml")
        return frozenset() if read is None else common_cultures(*read)
