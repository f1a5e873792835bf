"""Scenario files to validated models, with every complaint at once.

:func:`load_scenario` reads from disk, :func:`load_from_sources` from texts that a transcript
embeds; both go the same way. :func:`check` only collects diagnostics.
"""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Protocol, TypeVar

from pydantic import BaseModel

from game.scenario.diagnostics import (
    Diagnostic,
    ScenarioError,
    did_you_mean,
    errors,
    in_order,
    listing,
)
from game.scenario.guard import decode, read_bytes
from game.scenario.library import find_scenario, scenarios_dir, shipped
from game.scenario.machine import check_machine
from game.scenario.messages import validate_model
from game.scenario.model import Buyer, CommonMoves, Machine, Scenario
from game.scenario.tree import Item, Lines, Tree, find, merge, parse_tree, plain
from game.scenario.validate import check_scenario
from game.scenario.voice import VoiceModel, check_voice, unheard

M = TypeVar("M", bound=BaseModel)

_NAME = re.compile(r"[a-z][a-z0-9_-]{0,60}\Z")
_MOST_ANCESTORS = 5


@dataclass(frozen=True)
class Loaded:
    """A valid scenario with everything it refers to.

    ``scenario.buyers`` is always filled and ``scenario.buyer`` empty. ``machine`` is the common one
    with the scenario's changes. ``common_voice`` speaks where a buyer's own voice (None
    without ``voice:``) has no line. ``sources`` maps the names of all files read, relative to the
    scenario's folder, to their texts; ``main`` is the scenario's own. ``diagnostics`` are warnings.
    """

    scenario: Scenario
    machine: Machine
    moves: CommonMoves
    voices: dict[str, VoiceModel | None]
    sources: dict[str, str]
    main: str
    common_voice: VoiceModel | None = None
    diagnostics: tuple[Diagnostic, ...] = ()


class Shelf(Protocol):
    """Where files come from: a folder, or texts in memory."""

    def read(self, name: str) -> tuple[str, str] | None:
        """The shown path and the text of a file, or None; raises :class:`ScenarioError`."""

    def siblings(self, folder: str) -> list[str]:
        """Stems of the YAML files in a folder, for suggestions."""


class FolderShelf:
    """A scenario's folder, with the shipped scenarios behind it."""

    def __init__(self, folder: Path) -> None:
        self.folders = [folder, scenarios_dir()]

    def read(self, name: str) -> tuple[str, str] | None:
        for folder in self.folders:
            path = folder / name
            if path.is_file():
                shown = shown_path(path)
                return shown, decode(read_bytes(path, shown), shown)
        return None

    def siblings(self, folder: str) -> list[str]:
        stems = {p.stem for base in self.folders for p in (base / folder).glob("*.yaml")}
        return sorted(stems)


class TextShelf:
    """Embedded texts, with the shipped common files behind them."""

    def __init__(self, sources: Mapping[str, str]) -> None:
        self.sources = sources

    def read(self, name: str) -> tuple[str, str] | None:
        if name in self.sources:
            return name, self.sources[name]
        if name.startswith("common/"):
            return FolderShelf(scenarios_dir()).read(name)
        return None

    def siblings(self, folder: str) -> list[str]:
        return sorted(Path(n).stem for n in self.sources if str(Path(n).parent) == (folder or "."))


def shown_path(path: Path) -> str:
    """A path as people know it: relative to the working folder if it lies inside."""
    text = str(path)
    if path.is_absolute():
        try:
            relative = os.path.relpath(text)
        except ValueError:
            return text
        return text if relative.startswith("..") else relative
    return text


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
    return _Loader(FolderShelf(path.parent)).load(path.name, shown, text)


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
    return _Loader(TextShelf(sources)).load(main, main, sources[main])


@dataclass
class _Loader:
    """One load: the files read, their lines and everything noticed."""

    shelf: Shelf
    lines: Lines = field(default_factory=Lines)
    sources: dict[str, str] = field(default_factory=dict)
    found: list[Diagnostic] = field(default_factory=list)

    def parse(self, name: str, shown: str, text: str) -> Item | None:
        self.sources[name] = text
        tree: Tree = parse_tree(text, shown, self.lines)
        self.found += tree.diagnostics
        return tree.root

    def validated(self, model: type[M], root: Item, base: tuple[str, ...] = ()) -> M | None:
        result, complaints = validate_model(model, root, self.lines, base)
        self.found += complaints
        return result

    def load(self, name: str, shown: str, text: str) -> tuple[Loaded | None, list[Diagnostic]]:
        root = self.parse(name, shown, text)
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
        common = self.common_voice(moves, machine)
        return Loaded(scenario, machine, moves, voices, self.sources, name, common), self.found

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
        root = self.common("moves.yaml")
        return None if root is None else self.validated(CommonMoves, root)

    def machine(self, root: Item) -> Machine | None:
        common = self.common("machine.yaml")
        if common is None:
            return None
        base = find(common, ("trust_machine",)) or Item({}, common.place)
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
        data = load_data(read[1], read[0])
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

    def common_voice(self, moves: CommonMoves, machine: Machine) -> VoiceModel | None:
        read = self.shelf.read("common/voices.yaml")
        tree = None if read is None else self.parse("common/voices.yaml", *read)
        voice = None if tree is None else self.validated(VoiceModel, tree)
        if voice is not None and tree is not None:
            self.found += check_voice(voice, tree, self.lines, moves, machine, "")
        return voice

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


# --- single files ---------------------------------------------------------------------------------


def load_data(text: str, file: str) -> dict[str, Any]:
    """The plain data of any guarded YAML text; raises :class:`ScenarioError` if it is refused."""
    tree = parse_tree(text, file, Lines())
    if tree.root is None or errors(tree.diagnostics):
        raise ScenarioError(tree.diagnostics)
    data: dict[str, Any] = plain(tree.root)
    return data


def load_common(name: str) -> dict[str, Any]:
    """The plain data of a shipped common file such as ``phrases.yaml``."""
    path = scenarios_dir() / "common" / name
    shown = shown_path(path)
    return load_data(decode(read_bytes(path, shown), shown), shown)


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
    moves, machine = loader.moves(), loader.machine(Item({}, root.place))
    if voice is not None and moves is not None and machine is not None:
        found += check_voice(voice, root, lines, moves, machine, path.stem)
    return found + loader.found
