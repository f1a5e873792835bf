"""YAML text to a tree that remembers where every key and every value stands.

The tree is made in one pass over guarded events; equal keys are refused and surprising spellings
noted in the same pass. Trees of two files can be merged, each part keeping its own file.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, NamedTuple

import yaml
from yaml.events import (
    CollectionEndEvent,
    CollectionStartEvent,
    Event,
    MappingStartEvent,
    ScalarEvent,
)

from game.scenario.diagnostics import Diagnostic, Related
from game.scenario.guard import Refused, check_text, extent, guarded_events, split_lines
from game.scenario.scalars import Scalar, Trap, read_scalar
from game.scenario.syntax import Fault, explain


class Place(NamedTuple):
    """Where something stands, from 1; ``end_column`` is exclusive and on the same line."""

    file: str
    line: int
    column: int
    end_column: int


class Item:
    """A value with its place, and the place of its key if it has one.

    Places are worked out from the parser's events when somebody asks, which few items ever are.
    """

    __slots__ = ("end_event", "event", "file", "key_event", "trap", "value")

    def __init__(
        self,
        value: dict[str, Item] | list[Item] | Scalar,
        file: str,
        event: Event,
        key_event: Event | None = None,
        trap: Trap | None = None,
    ) -> None:
        self.value = value
        self.file = file
        self.event = event
        self.end_event = event
        self.key_event = key_event
        self.trap = trap

    @property
    def place(self) -> Place:
        """Where the value stands; only its first line is marked."""
        return Place(self.file, *extent(self.event, self.end_event))

    @property
    def key(self) -> Place | None:
        if self.key_event is None:
            return None
        return Place(self.file, *extent(self.key_event, self.key_event))

    @property
    def spot(self) -> Place:
        """Where to point: at a short value itself, else at its key."""
        key = self.key
        return key if key is not None and isinstance(self.value, dict) else self.place


Path = tuple[str | int, ...]


@dataclass
class Tree:
    """One parsed file: the root mapping (None if it could not be read) and what was noticed."""

    file: str
    root: Item | None
    diagnostics: list[Diagnostic] = field(default_factory=list)


class Lines:
    """The lines of every file that was read, for showing the source beneath a complaint."""

    def __init__(self) -> None:
        self._lines: dict[str, list[str]] = {}
        self.surprising = False  # whether any spelling read so far was a trap

    def add(self, file: str, text: str) -> None:
        self._lines[file] = split_lines(text)

    def files(self) -> list[str]:
        """The shown paths of all files that were read."""
        return list(self._lines)

    def of(self, file: str) -> list[str]:
        """All lines of a file, without their ends."""
        return self._lines.get(file, [])

    def line(self, file: str, number: int) -> str:
        lines = self._lines.get(file, [])
        return lines[number - 1] if 0 < number <= len(lines) else ""

    def complaint(
        self,
        code: str,
        message: str,
        place: Place,
        **more: Any,
    ) -> Diagnostic:
        """A diagnostic at a place, with its source line filled in."""
        return Diagnostic(
            code,
            message,
            place.file,
            place.line,
            place.column,
            place.end_column,
            source_line=self.line(place.file, place.line),
            **more,
        )

    def related(self, message: str, place: Place) -> Related:
        """A second place that explains a complaint, with its source line."""
        source = self.line(place.file, place.line)
        return Related(message, place.file, place.line, place.column, place.end_column, source)


def plain(item: Item) -> Any:
    """The data of a tree, without its places."""
    value = item.value
    if isinstance(value, dict):
        return {key: plain(child) for key, child in value.items()}
    if isinstance(value, list):
        return [plain(child) for child in value]
    return value


def find(root: Item, path: Sequence[str | int]) -> Item | None:
    """The item at a path of keys and list indices."""
    here = root
    for step in path:
        value = here.value
        if isinstance(value, dict) and str(step) in value:
            here = value[str(step)]
        elif isinstance(value, list) and isinstance(step, int) and step < len(value):
            here = value[step]
        else:
            return None
    return here


def nearest(root: Item, path: Sequence[str | int]) -> Item:
    """The item at the longest part of the path that exists."""
    for length in range(len(path), 0, -1):
        item = find(root, path[:length])
        if item is not None:
            return item
    return root


def traps(item: Item, path: Path = ()) -> Iterator[tuple[Path, Item]]:
    """Every surprising spelling below an item, with its path."""
    if item.trap is not None:
        yield path, item
    if isinstance(item.value, dict):
        for key, child in item.value.items():
            yield from traps(child, (*path, key))
    elif isinstance(item.value, list):
        for index, child in enumerate(item.value):
            yield from traps(child, (*path, index))


def merge(base: Item, over: Item) -> Item:
    """``over`` laid on ``base``: mappings by key, an explicit null removes, all else replaces."""
    if not isinstance(base.value, dict) or not isinstance(over.value, dict):
        return over
    merged = dict(base.value)
    for key, child in over.value.items():
        if child.value is None:
            merged.pop(key, None)
        elif key in merged:
            merged[key] = merge(merged[key], child)
        else:
            merged[key] = child
    return Item(merged, over.file, over.event, over.key_event)


def without(item: Item, *path: str) -> Item:
    """The same tree without what stands at a path of keys; shared where nothing changes."""
    if not isinstance(item.value, dict) or path[0] not in item.value:
        return item
    value = dict(item.value)
    if len(path) == 1:
        del value[path[0]]
    else:
        value[path[0]] = without(value[path[0]], *path[1:])
    return Item(value, item.file, item.event, item.key_event)


def within(item: Item, text: str, start: int, end: int, lines: Lines) -> Place:
    """The place of a part of a one-line value; the whole value if that cannot be told."""
    place = item.place
    source = lines.line(place.file, place.line)
    shown = source[place.column - 1 : place.end_column - 1]
    if shown == text:
        shift = 0
    elif shown[1:-1] == text:
        shift = 1
    else:
        return place
    column = place.column + shift + start
    return Place(place.file, place.line, column, place.column + shift + max(end, start + 1))


# --- building -------------------------------------------------------------------------------------


def parse_tree(text: str, file: str, lines: Lines) -> Tree:
    """Parse one text; never raises for what is in it. The root, if any, is a mapping."""
    lines.add(file, text)
    tree = Tree(file, None)
    try:
        check_text(text, file)
        root, found, surprising = _built(text, file)
    except Refused as refused:
        tree.diagnostics.append(refused.diagnostic)
        return tree
    except yaml.YAMLError as problem:
        tree.diagnostics.append(_broken(explain(problem), file, lines))
        return tree
    tree.diagnostics += found
    lines.surprising = lines.surprising or surprising
    if root is not None and isinstance(root.value, dict):
        tree.root = root
        return tree
    place = root.place if root is not None else Place(file, 1, 1, 2)
    tree.diagnostics.append(
        lines.complaint(
            "Y020",
            "the file holds no keys",
            place,
            expected="lines of the form “key: value”",
            fix="begin with a line such as “scenario: my-id”",
        )
    )
    return tree


def _broken(fault: Fault, file: str, lines: Lines) -> Diagnostic:
    related: tuple[Related, ...] = ()
    if fault.opening is not None:
        line, column = fault.opening
        opening = Place(file, line, column, column + 1)
        related = (lines.related("it belongs to what begins here", opening),)
    return lines.complaint(
        "Y011",
        fault.message,
        Place(file, fault.line, fault.column, fault.column + 1),
        expected="well-formed YAML",
        fix=fault.fix,
        related=related,
    )


@lru_cache(maxsize=16)  # of the files of a scenario that is written, all but one stay as they were
def _built(text: str, file: str) -> tuple[Item | None, tuple[Diagnostic, ...], bool]:
    """The root of a text, what was noticed, and whether any spelling is a trap. Nobody changes a
    tree, so it may be had again."""
    lines, found = Lines(), list[Diagnostic]()
    lines.add(file, text)
    root = _build(text, file, lines, found)
    return root, tuple(found), lines.surprising


def _build(text: str, file: str, lines: Lines, diagnostics: list[Diagnostic]) -> Item | None:
    """The root of a text. One loop over events, since this is most of the time of a load."""
    root: Item | None = None
    open_items: list[Item] = []
    mapping: dict[str, Item] | None = None
    sequence: list[Item] | None = None
    key: ScalarEvent | None = None
    for event in guarded_events(text, file):
        if isinstance(event, ScalarEvent):
            if mapping is not None and key is None:
                key = _checked_key(event, file, lines)
                continue
            value, trap = read_scalar(event.value) if event.implicit[0] else (event.value, None)
            if trap is not None:
                lines.surprising = True
            item = Item(value, file, event, key, trap)
        elif isinstance(event, CollectionStartEvent):
            if mapping is not None and key is None:
                place = Place(file, *extent(event, event))
                raise Refused(_bad_key(place, lines, "a key is a list or mapping itself"))
            item = Item({} if isinstance(event, MappingStartEvent) else [], file, event, key)
            open_items.append(item)
        elif isinstance(event, CollectionEndEvent):
            closed = open_items.pop()
            start, end = event.start_mark, event.end_mark
            if start is not None and end is not None and end.column > start.column:
                closed.end_event = event  # a bracket; a block just ends where the next line begins
            outer = open_items[-1].value if open_items else None
            mapping = outer if isinstance(outer, dict) else None
            sequence = outer if isinstance(outer, list) else None
            continue
        else:
            continue
        if mapping is not None:
            assert key is not None
            first = mapping.setdefault(key.value, item)
            if first is not item:
                diagnostics.append(_given_twice(item, first, key.value, lines))
            key = None
        elif sequence is not None:
            sequence.append(item)
        else:
            root = item
        if not isinstance(event, ScalarEvent):
            mapping = item.value if isinstance(item.value, dict) else None
            sequence = item.value if isinstance(item.value, list) else None
    return root


def _checked_key(event: ScalarEvent, file: str, lines: Lines) -> ScalarEvent:
    if not event.value or "\n" in event.value:
        place = Place(file, *extent(event, event))
        raise Refused(_bad_key(place, lines, "a key is empty or runs over several lines"))
    return event


def _bad_key(place: Place, lines: Lines, message: str) -> Diagnostic:
    return lines.complaint(
        "Y013",
        message,
        place,
        expected="a word before the colon",
        fix="write “name: value”; text with brackets or “? ” goes in quotes",
    )


def _given_twice(item: Item, first: Item, name: str, lines: Lines) -> Diagnostic:
    earlier = first.key or first.place
    return lines.complaint(
        "Y012",
        f"the key “{name[:60]}” is given twice",
        item.key or item.place,
        field=name,
        expected="each key once in its mapping",
        fix="remove one of the two, or give it another name",
        related=(lines.related("first given here", earlier),),
    )
