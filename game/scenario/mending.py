"""Edits that mend a complaint without an author's choice; none where there is any doubt.

What is replaced is compared with the source first: a place marks only the first line of a value.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import Any, Literal, get_args, get_origin

from game.scenario.diagnostics import Edit
from game.scenario.scalars import read_scalar
from game.scenario.shapes import fields, inner
from game.scenario.tree import Item, Lines, Place

Edits = tuple[Edit, ...]

_PLAIN = re.compile(r"[A-Za-z][\w.:-]*[\w]|[A-Za-z]\Z")
_NUMBER = re.compile(r"-?(?:\d+\.?\d*|\.\d+)\Z")
_TRUTH = {"yes": "true", "on": "true", "true": "true", "no": "false", "off": "false",
          "false": "false"}  # fmt: skip


def swap(lines: Lines, place: Place, old: str, new: str) -> Edits:
    """``new`` in place of ``old``, which stands there plain or in quotes; none if it does not."""
    there = source(lines, place)
    if not new or new == old:
        return ()
    if there == old:
        text = new if _is_plain(new) else quoted(new)
    elif len(there) > 1 and there[0] in "'\"" and there[0] + old + there[0] == there:
        text = there[0] + new + there[0]
    else:
        return ()
    return (_over(place, text),)


def meant(lines: Lines, place: Place, word: str, choices: Iterable[str]) -> Edits:
    """The choice that was certainly meant, in place of a word that stands there by itself."""
    return swap(lines, place, word, surely(word, choices))


def meant_within(lines: Lines, place: Place, word: str, choices: Iterable[str]) -> Edits:
    """The same for a word inside a text, where nothing needs quotes."""
    new = surely(word, choices)
    return (_over(place, new),) if new and source(lines, place) == word else ()


def surely(word: str, choices: Iterable[str]) -> str:
    """The only choice that is one slip of the pen away, or two in a long word; else nothing.

    A suggestion may be wrong, an edit must not be: see :func:`game.scenario.diagnostics.suggest`.
    Of ``verb.argument`` the verb alone may be mistyped.
    """
    known = [str(choice) for choice in choices]
    slips = [(_slips(word, choice), choice) for choice in known if choice != word]
    least = min((count for count, _ in slips), default=_MANY)
    near = [choice for count, choice in slips if count == least]
    if least <= (2 if len(word) >= _LONG else 1):
        return near[0] if len(near) == 1 else ""
    head, dot, rest = word.partition(".")
    verb = surely(head, known) if dot else ""
    return f"{verb}.{rest}" if verb else ""


_MANY, _LONG = 9, 9


def _slips(word: str, other: str) -> int:
    """Letters added, left out, mistaken or swapped with a neighbour; hyphens are underlines."""
    a, b = word.lower().replace("-", "_"), other.lower().replace("-", "_")
    if abs(len(a) - len(b)) > 2:
        return _MANY
    before: list[int] = []
    row = list(range(len(b) + 1))
    for i, letter in enumerate(a, 1):
        earlier, before, row = before, row, [i]
        for j, mate in enumerate(b, 1):
            least = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != mate))
            if i > 1 and j > 1 and letter == b[j - 2] and a[i - 2] == mate:
                least = min(least, earlier[j - 2] + 1)
            row.append(least)
    return row[-1]


def source(lines: Lines, place: Place) -> str:
    """What the file says at a place."""
    return lines.line(place.file, place.line)[place.column - 1 : place.end_column - 1]


def quoted(text: str) -> str:
    """A text as YAML in double quotes."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _over(place: Place, text: str) -> Edit:
    return Edit(place.file, place.line, place.column, place.line, place.end_column, text)


def _is_plain(text: str) -> bool:
    value, trap = read_scalar(text)
    return _PLAIN.fullmatch(text) is not None and isinstance(value, str) and trap is None


# --- values of the wrong type ---------------------------------------------------------------------


def respelt(lines: Lines, item: Item, annotation: Any) -> Edits:
    """A value that is surprising, or of the wrong type, as its key wants it."""
    if isinstance(item.value, dict | list):
        return ()
    raw = source(lines, item.place)
    text = _as_wanted(item, raw, inner(annotation))
    return (_over(item.place, text),) if text and text != raw else ()


def could_be_meant(item: Item, annotation: Any) -> bool:
    """Whether a surprising spelling may be the matter: among fixed words it has to be one."""
    wanted = inner(annotation)
    return get_origin(wanted) is not Literal or _written(item) in get_args(wanted)


def _as_wanted(item: Item, raw: str, wanted: Any) -> str:
    plain = item.trap is None and isinstance(item.value, int | float)
    word = raw.strip("'\"")
    if wanted is str or (get_origin(wanted) is Literal and raw in get_args(wanted)):
        # the mark of a value goes to its end only on one line
        return quoted(raw) if (plain or item.trap) and raw == _written(item) else ""
    if wanted is bool:
        return _TRUTH.get(word.lower(), "")
    if wanted in (int, float):
        return _number(word, whole=wanted is int)
    if get_origin(wanted) is list:
        return f"[{raw}]" if raw and item.value is not None and raw == _written(item) else ""
    if item.trap is not None:  # anything may stand here: an option
        if item.trap.code in ("Y014", "Y015", "Y018"):
            return quoted(raw)
        return _number(word, whole=False)
    if plain and isinstance(wanted, type) and set(_required(wanted)) == {"mean"}:
        return f"{{mean: {raw}}}"
    return ""


def _written(item: Item) -> str:
    """A plain scalar as the parser saw it; of a quoted one nothing is compared."""
    return str(getattr(item.event, "value", ""))


def _required(model: Any) -> list[str]:
    try:
        return [name for name, info in fields(model).items() if info.is_required()]
    except AttributeError:
        return []


def _number(word: str, whole: bool) -> str:
    """A number in its ordinary spelling, or an empty text if this is none."""
    digits = word.replace("_", "")
    try:
        if re.fullmatch(r"[-+]?0[xXbBoO][0-9a-fA-F]+", digits):
            value: float = int(digits, 0)
        else:
            value = float(digits)
    except ValueError:
        return ""
    text = f"{value:.12g}"
    if not _NUMBER.match(text) or (whole and value != int(value)):
        return ""
    return text


# --- ids and keys ---------------------------------------------------------------------------------


def slug(text: str, joint: str = "_") -> str:
    """An id of plain lower-case letters, digits and joints; empty if nothing is left."""
    plain = (
        unicodedata.normalize("NFKD", text.replace("ß", "ss"))
        .encode("ascii", "ignore")
        .decode()
        .lower()
    )
    return re.sub(r"[^a-z0-9]+", joint, plain).strip(joint).lstrip("0123456789" + joint)


def added(lines: Lines, mapping: Item, key: str, text: str) -> Edits:
    """A key put in at the end of a mapping; none where its end cannot be told."""
    if not isinstance(mapping.value, dict) or not mapping.value:
        return ()
    last = list(mapping.value.values())[-1]
    if isinstance(last.value, dict | list) or last.file != mapping.file or last.key is None:
        return ()
    place = last.place
    line = lines.line(place.file, place.line)
    rest = line[place.end_column - 1 :].strip()
    if mapping.end_event is not mapping.event:  # closed by a bracket
        closed = rest.startswith("}")
        inside = _inserted(place.file, place.line, place.end_column, f", {key}: {text}")
        return (inside,) if closed else ()
    if rest:
        return ()  # a comment, or a value of several lines
    new = "\n" + " " * (last.key.column - 1) + f"{key}: {text}"
    return (_inserted(place.file, place.line, len(line) + 1, new),)


def first_key(root: Item, key: str, text: str) -> Edits:
    """A key put in above the first key of a file."""
    first = next(iter(root.value.values()), None) if isinstance(root.value, dict) else None
    if first is None or first.key is None or root.end_event is not root.event:
        return ()
    place = first.key
    indent = " " * (place.column - 1)
    return (_inserted(place.file, place.line, place.column, f"{key}: {text}\n{indent}"),)


def _inserted(file: str, line: int, column: int, text: str) -> Edit:
    return Edit(file, line, column, line, column, text)
