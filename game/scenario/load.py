"""Scenario files to validated models, with every complaint at once.

:func:`load_scenario` reads from disk, :func:`load_from_sources` from texts that a transcript
embeds; both go the same way. :func:`check` only collects diagnostics.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel

from game.scenario.common import common_moves, common_voice, load_data
from game.scenario.diagnostics import (
    Diagnostic,
    ScenarioError,
    did_you_mean,
    errors,
    in_order,
    listing,
)
from game.scenario.guard import decode, read_bytes
from game.scenario.library import find_scenario, shipped
from game.scenario.machine import check_machine
from game.scenario.messages import validate_model
from game.scenario.model import Buyer, CommonMoves, Machine, Scenario
from game.scenario.shelves import FolderShelf, Shelf, TextShelf, shown_path
from game.scenario.tree import Item, Lines, Tree, find, merge, parse_tree
from game.scenario.validate import check_scenario
from game.scenario.voice import VoiceModel, check_voice, unheard

M = TypeVar("M", bound=BaseModel)

_NAME = re.compile(r"[a-z][a-z0-9_-]{0,60}\Z")
_MOST_ANCESTORS = 5
COMMON_VOICE = "common/voices.yaml"


@dataclass(frozen=True)
class Loaded:
    """A valid scenario with everything it refers to.

    ``scenario.buyers`` is always filled and ``scenario.buyer`` empty. ``machine`` is the common one
    with the scenario's changes. A buyer without ``voice:`` has None in ``voices``.
    ``sources`` maps the names of all files read, relative to the scenario's folder, to their texts;
    ``main`` is the scenario's own. ``diagnostics`` are warnings and hints.
    """

    scenario: Scenario
    machine: Machine
    moves: CommonMoves
    voices: dict[str, VoiceModel | None]
    sources: dict[str, str]
    main: str
    diagnostics: tuple[Diagnostic, ...] = ()

    @property
    def common_voice(self) -> VoiceModel | None:
        """What speaks where a buyer's own voice has no line; parsed when first asked for."""
        text = self.sources.get(COMMON_VOICE)
        if text is None:
            return None
        voice, found = common_voice(text, COMMON_VOICE)
        if voice is None:
            raise ScenarioError(found)
        return voice


def load_scenario(name: str | Path) -> Loaded:
    """Load a shipped id or a path; raises :class:`ScenarioError` with all diagnostics."""
    return _loaded(*_from_path(name))


def load_from_sources(sources: Mapping[str, str], main: str) -> Loaded:
    """The same from embedded texts: ``sources`` maps names to texts, ``main`` is the scenario's."""
    return _loaded(*_from_sources(sources, main))


def _loaded(loaded: Loaded | None, diagnostics: list[Diagnostic]) -> Loaded:
    if loaded is None or errors(diagnostics):
        raise ScenarioError(diagnostics)
    return replace(loaded, diagnostics=in_order(diagnostics))


def _from_path(name: str | Path) -> tuple[Loaded | None, list[Diagnostic]]:
    path = find_scenario(name)
    shown = shown_path(path)
    text = decode(read_bytes(path, shown), shown)
    return _Loader(FolderShelf(path.parent)).load(path.name, text, shown)


def _from_sources(sources: Mapping[str, str], main: str) -> tuple[Loaded | None, list[Diagnostic]]:
    if main not in sources:
        raise ScenarioError(
            [
                Diagnostic(
                    "RD001",
                    f"“{main[:80]}” is not among the embedded files",
                    file=main,
                    expected="one of " + listing(sources),
                    fix="name the scenario's own file",
                )
            ]
        )
    return _Loader(TextShelf(sources)).load(main, sources[main], main)


@dataclass
class _Loader:
    """One load: the files read, their lines and everything noticed."""

    shelf: Shelf
    lines: Lines = field(default_factory=Lines)
    sources: dict[str, str] = field(default_factory=dict)
    found: list[Diagnostic] = field(default_factory=list)

    def parse(self, name: str, text: str, shown: str) -> Item | None:
        self.sources[name] = text
        tree: Tree = parse_tree(text, shown, self.lines)
        self.found += tree.diagnostics
        return tree.root

    def validated(self, model: type[M], root: Item, base: tuple[str, ...] = ()) -> M | None:
        result, complaints = validate_model(model, root, self.lines, base)
        self.found += complaints
        return result

    def load(self, name: str, text: str, shown: str) -> tuple[Loaded | None, list[Diagnostic]]:
        root = self.parse(name, text, shown)
        if root is None:
            return None, self.found
        root = self.extended(root, [name])
        moves = self.moves()
        scenario = self.validated(Scenario, root)
        machine = self.machine(root)
        if scenario is None or moves is None or machine is None:
            return None, self.found
        scenario = self.with_buyers(scenario, root)
        self.found += check_scenario(scenario, root, self.lines, moves, self.cultures())
        voices = self.voices(scenario, root, moves, machine)
        self.common_voice()
        return Loaded(scenario, machine, moves, voices, self.sources, name), self.found

    # --- extends ----------------------------------------------------------------------------------

    def extended(self, root: Item, seen: list[str]) -> Item:
        """The tree laid on that of the scenario it extends, and so on upwards."""
        item = find(root, ("extends",))
        if item is None or not isinstance(item.value, str) or not _NAME.match(item.value):
            return root  # absent, or refused by the model
        parent = item.value
        for candidate in (f"{parent}.yaml", f"{parent.replace('-', '_')}.yaml"):
            if candidate in seen or len(seen) > _MOST_ANCESTORS:
                self.found.append(
                    self.lines.complaint(
                        "X020",
                        f"“{parent}” leads back here"
                        if candidate in seen
                        else f"more than {_MOST_ANCESTORS} scenarios build on each other",
                        item.place,
                        field="extends",
                        expected="a scenario that stands by itself in the end",
                        fix="extend another scenario, or none",
                    )
                )
                return root
            read = self.shelf.read(candidate)
            if read is not None:
                base = self.parse(candidate, *read)
                if base is None:
                    return root
                return merge(self.extended(base, [*seen, candidate]), root)
        known = self.shelf.siblings("")
        self.found.append(
            self.lines.complaint(
                "X019",
                f"there is no scenario “{parent}” to extend",
                item.place,
                field="extends",
                expected="the id of a scenario in the same folder",
                fix=did_you_mean(parent, known, f"put {parent}.yaml beside this file"),
            )
        )
        return root

    # --- common files -----------------------------------------------------------------------------

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

    def moves(self) -> CommonMoves | None:
        name = "common/moves.yaml"
        read = self.shelf.read(name)
        if read is None:
            self.common("moves.yaml")
            return None
        self.sources[name] = read[0]
        moves, complaints = common_moves(*read)
        self.found += complaints
        return moves

    def machine(self, root: Item) -> Machine | None:
        common = self.common("machine.yaml")
        if common is None:
            return None
        base = find(common, ("trust_machine",)) or Item({}, common.file, common.event)
        own = find(root, ("trust_machine",))
        whole = base if own is None or not isinstance(own.value, dict) else merge(base, own)
        machine = self.validated(Machine, whole, ("trust_machine",))
        if machine is not None:
            self.found += check_machine(machine, whole, self.lines, ("trust_machine",))
        return machine

    def cultures(self) -> list[str]:
        """Known culture keys; none if there is no such file."""
        read = self.shelf.read("common/cultures.yaml")
        if read is None:
            return []
        data = load_data(*read)
        cultures = data.get("cultures", data)
        return list(cultures) if isinstance(cultures, dict) else []

    # --- people -----------------------------------------------------------------------------------

    def with_buyers(self, scenario: Scenario, root: Item) -> Scenario:
        """``buyer:`` becomes the only entry of ``buyers:``, its id taken from the name."""
        if (scenario.buyer is None) == (not scenario.buyers):
            both = scenario.buyer is not None
            item = find(root, ("buyers" if both else "scenario",))
            place = root.place if item is None else (item.key or item.place)
            self.found.append(
                self.lines.complaint(
                    "X001",
                    "both “buyer” and “buyers” are given" if both else "nobody is there to buy",
                    place,
                    field="buyers" if both else "buyer",
                    expected="“buyer:” for one person, or “buyers:” for several",
                    fix="move the person into “buyers:”" if both else "add “buyer: {name: …}”",
                )
            )
        if scenario.buyer is None:
            return scenario
        buyers = scenario.buyers or {buyer_id(scenario.buyer): scenario.buyer}
        return scenario.model_copy(update={"buyer": None, "buyers": buyers})

    def voices(
        self, scenario: Scenario, root: Item, moves: CommonMoves, machine: Machine
    ) -> dict[str, VoiceModel | None]:
        voices: dict[str, VoiceModel | None] = {}
        checked: dict[str, tuple[VoiceModel | None, Item | None]] = {}
        for buyer, content in scenario.buyers.items():
            voices[buyer] = None
            if content.voice is None:
                continue
            if content.voice not in checked:
                path = ("buyer", "voice") if find(root, ("buyer",)) else ("buyers", buyer, "voice")
                item = find(root, path) or root
                checked[content.voice] = self.voice(content.voice, item, moves, machine)
            voice, tree = checked[content.voice]
            voices[buyer] = voice
            if voice is not None and tree is not None:
                for place, word in unheard(voice, scenario, buyer):
                    at = find(tree, place) or tree
                    self.found.append(
                        self.lines.complaint(
                            "V009",
                            f"“{word[:40]}” is nothing in {scenario.scenario}: never said there",
                            at.spot,
                            severity="hint",
                            field=".".join(str(p) for p in place),
                            expected="a topic, issue, block, demand or need of the scenario",
                            fix="leave it if the voice serves other scenarios too",
                        )
                    )
        return voices

    def common_voice(self) -> None:
        """Keep the text; only an embedded one is looked into now, the shipped one when needed."""
        read = self.shelf.read(COMMON_VOICE)
        if read is not None:
            self.sources[COMMON_VOICE] = read[0]
            if isinstance(self.shelf, TextShelf):
                self.found += common_voice(*read)[1]

    def voice(
        self, name: str, item: Item, moves: CommonMoves, machine: Machine
    ) -> tuple[VoiceModel | None, Item | None]:
        file = f"voices/{name}.yaml"
        read = self.shelf.read(file) if _NAME.match(name) else None
        if read is None:
            known = self.shelf.siblings("voices")
            self.found.append(
                self.lines.complaint(
                    "X021",
                    f"there is no voice “{name[:40]}”",
                    item.place,
                    field="voice",
                    expected="the name of a file in voices/, or no key at all for the common voice",
                    fix=did_you_mean(name, known, f"write voices/{name[:40]}.yaml"),
                )
            )
            return None, None
        tree = self.parse(file, *read)
        if tree is None:
            return None, None
        voice = self.validated(VoiceModel, tree)
        if voice is not None:
            self.found += check_voice(voice, tree, self.lines, moves, machine, name)
        return voice, tree


def buyer_id(buyer: Buyer) -> str:
    """An id from the last word of a name: ``Inês Duarte`` → ``duarte``; else ``buyer``."""
    last = (buyer.name.split() or [""])[-1]
    ascii_only = unicodedata.normalize("NFKD", last).encode("ascii", "ignore").decode()
    slug = re.sub(r"[^a-z0-9]+", "_", ascii_only.lower()).strip("_")[:40]
    return slug if re.match(r"[a-z]", slug) else "buyer"


# --- many files at once -------------------------------------------------------------------------


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
        if folder.is_dir() and str(path) not in shipped():
            inside = sorted(p for p in folder.rglob("*.yaml"))
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
    return _from_path(path)[1]


def _check_voice(path: Path, root: Item, lines: Lines) -> list[Diagnostic]:
    voice, found = validate_model(VoiceModel, root, lines)
    loader = _Loader(FolderShelf(path.parent.parent), lines)
    moves, machine = loader.moves(), loader.machine(Item({}, root.file, root.event))
    if voice is not None and moves is not None and machine is not None:
        found += check_voice(
            voice, root, lines, moves, machine, "" if path.parent.name == "common" else path.stem
        )
    return found + loader.found
