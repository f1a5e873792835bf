"""Scenario files to validated models, with every complaint at once.

:func:`load_scenario` reads from disk, :func:`load_from_sources` from texts that a transcript
embeds; both go the same way.
"""

from __future__ import annotations

import pathlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from game.scenario.common import common_voice
from game.scenario.diagnostics import (
    Diagnostic,
    ScenarioError,
    did_you_mean,
    errors,
    in_order,
    listing,
)
from game.scenario.layers import Layers
from game.scenario.mending import meant
from game.scenario.messages import dotted, usable
from game.scenario.model import Buyer, CommonMoves, Machine, Scenario
from game.scenario.model_pack import PackPolicies
from game.scenario.model_voice import VoiceModel
from game.scenario.moves import wordless
from game.scenario.packs import PackShelf
from game.scenario.shelves import LAYER, NAME, TextShelf, parents_files, slug_of
from game.scenario.sources import Source, locate
from game.scenario.translated import common_voice_in
from game.scenario.tree import Item, Path, find, merge, parse_tree, without
from game.scenario.validate import check_scenario
from game.scenario.voice import check_voice, unheard

if TYPE_CHECKING:
    from game.core.rules import Rules

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
    folder: pathlib.Path | Mapping[str, str] | None = None  # its files; None for embedded texts
    translated: str = ""  # the language of its words where that is not the file's own
    option_words: Mapping[tuple[str, str], str] = field(default_factory=dict)  # issue, option
    original: Loaded | None = None  # as it was before it was translated

    @property
    def language(self) -> str:
        """The language in which its words are."""
        return self.translated or self.scenario.lang

    @property
    def common_voice(self) -> VoiceModel | None:
        """What speaks where a buyer's own voice has no line; parsed when first asked for."""
        text = self.sources.get(COMMON_VOICE)
        if text is None:
            return None
        return common_voice_in(text, COMMON_VOICE, self.language)

    @cached_property
    def rules(self) -> Rules:
        """The scenario compiled; once, however many games are played of it."""
        from game.scenario.compile import compile_rules  # what is only checked does without

        return compile_rules(self.scenario, self.machine, self.moves)


def load_scenario(name: str | pathlib.Path | Source) -> Loaded:
    """Load what :func:`locate` finds; raises :class:`ScenarioError` with all diagnostics."""
    return _loaded(*diagnose(name))


def load_from_sources(sources: Mapping[str, str], main: str) -> Loaded:
    """The same from embedded texts: ``sources`` maps names to texts, ``main`` is the scenario's.

    What was loaded last is kept: games of one evening and of one room carry the same texts.
    """
    return _from_texts(tuple(sorted(sources.items())), main)


@lru_cache(maxsize=4)
def _from_texts(texts: tuple[tuple[str, str], ...], main: str) -> Loaded:
    return _loaded(*_from_sources(dict(texts), main))


def _loaded(loaded: Loaded | None, diagnostics: list[Diagnostic]) -> Loaded:
    if loaded is None or errors(diagnostics):
        raise ScenarioError(diagnostics)
    return replace(loaded, diagnostics=in_order(diagnostics))


def told_once(diagnostics: list[Diagnostic]) -> list[Diagnostic]:
    """Without warnings of a surprising spelling where an error says what is wrong there."""
    wrong = {d.position[:3] for d in errors(diagnostics)}
    return [
        d
        for d in diagnostics
        if d.severity == "error" or not d.code.startswith("Y01") or d.position[:3] not in wrong
    ]


def diagnose(name: str | pathlib.Path | Source) -> tuple[Loaded | None, list[Diagnostic]]:
    """What can be loaded, and everything noticed; raises only if the file cannot be read."""
    source = locate(name)
    loaded, found = Loader(source.shelf).load(source.main, source.text, source.shown)
    return loaded, told_once(found)


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
    loaded, found = Loader(TextShelf(sources)).load(main, sources[main], main)
    return loaded, told_once(found)


@dataclass
class Loader(Layers):
    """One load of a scenario."""

    root: Item | None = None  # the scenario's own tree, laid on those it extends

    def load(self, name: str, text: str, shown: str) -> tuple[Loaded | None, list[Diagnostic]]:
        root = self.parse(name, text, shown)
        if root is None:
            return None, self.found
        self.root = root = self.phrased(self.extended(root, [name]))
        moves = self.moves()
        machine = self.machine(root)
        # The machine is validated where it is whole: an author may remove a state with a null.
        rest = without(root, "trust_machine")
        scenario = self.validated(Scenario, rest)
        sound = scenario is not None
        scenario = scenario or usable(Scenario, rest)
        if scenario is None or moves is None:
            return None, self.found
        scenario = self.with_buyers(scenario, root)
        self.found += check_scenario(scenario, root, self.lines, moves, self.cultures(scenario))
        self.found += self.of_the_pack(scenario, root, name)
        voices = self.voices(scenario, root, moves, machine) if machine is not None else {}
        self.common_voice()
        self.layer("policies.yaml", PackPolicies, "policies")
        if not sound or machine is None:
            return None, self.found
        if find(root, ("trust_machine",)) is not None:
            scenario = scenario.model_copy(update={"trust_machine": machine})
        folder = self.shelf.folder
        return Loaded(
            scenario, machine, moves, voices, self.sources, name, folder=folder
        ), self.found

    def of_the_pack(self, scenario: Scenario, root: Item, name: str) -> list[Diagnostic]:
        """What a pack asks of its scenarios: words for its moves, and the id of the file."""
        found: list[Diagnostic] = []
        if self.added:
            moves = parse_tree(*(self.shelf.read(f"{LAYER}moves.yaml") or ("", "")), self.lines)
            found += wordless(scenario, self.added, moves.root or root, self.lines)
        if isinstance(self.shelf, PackShelf) and f"{scenario.scenario}.yaml" != name:
            found.append(
                self.lines.complaint(
                    "K011",
                    f"the scenario calls itself “{scenario.scenario}”",
                    (find(root, ("scenario",)) or root).place,
                    field="scenario",
                    expected=f"“{name.removesuffix('.yaml')}”, as the file is called",
                    fix="give file and scenario the same name",
                )
            )
        return found

    # --- extends ----------------------------------------------------------------------------------

    def extended(self, root: Item, seen: list[str]) -> Item:
        """The tree laid on that of the scenario it extends, and so on upwards."""
        item = find(root, ("extends",))
        if item is None or not isinstance(item.value, str) or not NAME.match(item.value):
            return root  # absent, or refused by the model
        parent = item.value
        for candidate in parents_files(parent):
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
                edits=meant(self.lines, item.place, parent, known),
            )
        )
        return root

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
                for occasion, paths in unheard(voice, scenario, buyer).items():
                    self.found.append(self.silent(tree, paths, occasion, scenario.scenario))
        return voices

    def silent(self, tree: Item, paths: list[Path], occasion: str, scenario: str) -> Diagnostic:
        place = (find(tree, paths[0]) or tree).spot
        count = f"{len(paths)} lines are" if len(paths) > 1 else "this line is"
        return self.lines.complaint(
            "V009",
            f"{count} never said in {scenario}: it has no “{occasion[:60]}”",
            place,
            severity="hint",
            field=dotted(paths[0]),
            expected="a topic, issue, block, demand, need or meeting of the scenario",
            fix="leave it if the voice serves other scenarios too",
        )

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
        read = self.shelf.read(file) if NAME.match(name) else None
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
                    edits=meant(self.lines, item.place, name, known),
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
    """The id of an only buyer, from the name."""
    return slug_of(buyer.name)
