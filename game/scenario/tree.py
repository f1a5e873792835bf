"""YAML text to a tree that remembers where every key and every value stands.

The tree is made in one pass over guarded events; equal keys are refused and surprising spellings
noted in the same pass. Trees of two files can be merged, each part keeping its own file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import yaml
from yaml.events import (
    CollectionEndEvent,
    Event,
    MappingStartEvent,
    ScalarEvent,
    SequenceStartEvent,
)

from game.scenario.diagnostics import Diagnostic, Related
from game.scenario.guard import Refused, check_text, extent, guarded_events, split_lines
from game.scenario.scalars import Scalar, Trap, read_scalar


class Place(NamedTuple):
    """Where something stands, from 1; ``end_column`` is exclusive and on the same line."""

    file: str
    line: int
    column: int
    end_column: int


@dataclass(slots=True)
class Item:
    """A value with its place, and the place of its key if it has one."""

    value: dict[str, Item] | list[Item] | Scalar
    place: Place
    key: Place | None = None
    trap: Trap | None = None

    @property
    def spot(self) -> Place:
        """Where to point: at a short value itself, else at its key."""
        if isinstance(self.value, dict) and self.key is not None:
            return self.key
        return self.place


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

    def add(self, file: str, text: str) -> None:
        self._lines[file] = split_lines(text)

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
    return Item(merged, over.place, over.key)


# --- building -------------------------------------------------------------------------------------


def parse_tree(text: str, file: str, lines: Lines) -> Tree:
    """Parse one text; never raises for what is in it. The root, if any, is a mapping."""
    lines.add(file, text)
    tree = Tree(file, None)
    try:
        check_text(text, file)
        builder = _Builder(file, lines, tree.diagnostics)
        for event in guarded_events(text, file):
            builder.take(event)
        root = builder.root
    except Refused as refused:
        tree.diagnostics.append(refused.diagnostic)
        return tree
    except yaml.YAMLError as problem:
        tree.diagnostics.append(explain_syntax(problem, file, lines))
        return tree
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


@dataclass(slots=True)
class _Frame:
    item: Item
    key: str | None = None
    key_place: Place | None = None
    repeated: bool = False


class _Builder:
    def __init__(self, file: str, lines: Lines, diagnostics: list[Diagnostic]) -> None:
        self.file = file
        self.lines = lines
        self.diagnostics = diagnostics
        self.stack: list[_Frame] = []
        self.root: Item | None = None

    def place(self, event: Event) -> Place:
        return Place(self.file, *extent(event))

    def take(self, event: Event) -> None:
        if isinstance(event, ScalarEvent):
            frame = self.stack[-1] if self.stack else None
            if frame is not None and frame.key is None and isinstance(frame.item.value, dict):
                self.take_key(frame, event)
                return
            if event.implicit[0]:
                value, trap = read_scalar(event.value)
                self.put(Item(value, self.place(event), None, trap))
            else:
                self.put(Item(event.value, self.place(event)))
        elif isinstance(event, MappingStartEvent | SequenceStartEvent):
            empty: dict[str, Item] | list[Item] = {} if isinstance(event, MappingStartEvent) else []
            frame = self.stack[-1] if self.stack else None
            if frame is not None and frame.key is None and isinstance(frame.item.value, dict):
                raise Refused(self.bad_key(self.place(event), "a key is a list or mapping itself"))
            item = Item(empty, self.place(event))
            self.put(item)
            self.stack.append(_Frame(item))
        elif isinstance(event, CollectionEndEvent):
            item = self.stack.pop().item
            line, _, end_column = extent(event)
            # A block collection ends where the next line begins; only one-line brackets are marked.
            if line == item.place.line and end_column > item.place.column:
                item.place = item.place._replace(end_column=end_column)

    def take_key(self, frame: _Frame, event: ScalarEvent) -> None:
        place = self.place(event)
        if not event.value or "\n" in event.value:
            raise Refused(self.bad_key(place, "a key is empty or runs over several lines"))
        frame.key, frame.key_place, frame.repeated = event.value, place, False
        siblings = frame.item.value
        assert isinstance(siblings, dict)
        earlier = siblings.get(event.value)
        if earlier is not None:
            frame.repeated = True
            first = earlier.key or earlier.place
            self.diagnostics.append(
                self.lines.complaint(
                    "Y012",
                    f"the key “{event.value[:60]}” is given twice",
                    place,
                    field=event.value,
                    expected="each key once in its mapping",
                    fix="remove one of the two, or give it another name",
                    related=(Related("first given here", first.file, first.line, first.column),),
                )
            )

    def bad_key(self, place: Place, message: str) -> Diagnostic:
        return self.lines.complaint(
            "Y013",
            message,
            place,
            expected="a word before the colon",
            fix="write “name: value”; text with brackets or “? ” goes in quotes",
        )

    def put(self, item: Item) -> None:
        if not self.stack:
            self.root = item
            return
        frame = self.stack[-1]
        if isinstance(frame.item.value, list):
            frame.item.value.append(item)
        elif isinstance(frame.item.value, dict):
            assert frame.key is not None
            item.key = frame.key_place
            if not frame.repeated:
                frame.item.value[frame.key] = item
            frame.key = None


# --- broken YAML in words -------------------------------------------------------------------------

_SYNTAX: tuple[tuple[str, str, str], ...] = (
    (
        "mapping values are not allowed",
        "a second colon on this line",
        "put text that contains “: ” in quotes, or check the indentation",
    ),
    (
        "cannot start any token",
        "a character that cannot begin a value",
        "indent with spaces, never tabs; put text that begins with @ ` or % in quotes",
    ),
    ("end of stream", "a quotation mark is never closed", "close it, or double a ' inside '…'"),
    (
        "',' or ']'",
        "a list in [ ] is not continued or closed",
        "separate items by commas, close it with ]; quote text with commas or colons",
    ),
    (
        "',' or '}'",
        "a mapping in { } is not continued or closed",
        "separate items by commas, close it with }; quote text with commas or colons",
    ),
    (
        "expected ':'",
        "a line without a colon",
        "write “key: value”, or indent it under the text above",
    ),
    (
        "'-' indicator",
        "a line that does not belong to the list above",
        "begin list items with “- ” in the same column",
    ),
    (
        "expected key",
        "a line that does not fit the ones around it",
        "give keys of one mapping the same indentation",
    ),
    (
        "block end",
        "a line that does not fit the ones around it",
        "give keys of one mapping the same indentation",
    ),
    (
        "document start",
        "something follows after the end of the data",
        "put the whole value in quotes, or indent the line",
    ),
    (
        "escape",
        "a backslash that means nothing here",
        "use single quotes around text with backslashes",
    ),
    (
        "undefined alias",
        "“*” repeats a part that does not exist",
        "put text that begins with * in quotes",
    ),
    (
        "alphabetic or numeric",
        "“&” or “*” begins a value",
        "put text that begins with & or * in quotes",
    ),
    ("indentation", "the indentation of a text block is unclear", "indent all its lines alike"),
)


def explain_syntax(problem: yaml.YAMLError, file: str, lines: Lines) -> Diagnostic:
    """What a parser says, in the words of somebody who writes the file."""
    text = " ".join(str(getattr(problem, name, "") or "") for name in ("problem", "context"))
    raw = str(getattr(problem, "problem", "") or "the text cannot be read as YAML")
    message, fix = re.sub(r"\s+", " ", raw), "check brackets, quotes and indentation around here"
    for pattern, words, remedy in _SYNTAX:
        if pattern in text:
            message, fix = words, remedy
            break
    mark = getattr(problem, "problem_mark", None) or getattr(problem, "context_mark", None)
    opening = getattr(problem, "context_mark", None)
    if "end of stream" in text and opening is not None:
        mark = opening
    line = (mark.line if mark is not None else 0) + 1
    column = (mark.column if mark is not None else 0) + 1
    related: tuple[Related, ...] = ()
    if opening is not None and mark is not None and opening.line != mark.line:
        related = (
            Related("it belongs to what begins here", file, opening.line + 1, opening.column + 1),
        )
    return lines.complaint(
        "Y011",
        message,
        Place(file, line, column, column + 1),
        expected="well-formed YAML",
        fix=fix,
        related=related,
    )
