"""Texts of one file of words by their ids, in the language of whoever is shown them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from game.scenario import translated

_PLACEHOLDER = re.compile(r"\{(\w+)\}")


class Texts:
    """A part of a common file: `Texts("terminal.yaml", "terminal")("meet")`.

    Values are put in as they are: names of files and scenarios begin sentences too.
    """

    def __init__(self, file: str, *path: str) -> None:
        self.file, self.path = file, path

    def __call__(self, id: str, **values: object) -> str:
        """A text by its id, dots leading further in. Raises KeyError for an unknown id."""
        *keys, last = id.split(".")
        return put_in(str(self._within(keys)[last]), values)

    def counted(self, id: str, count: int, **values: object) -> str:
        """Of the texts `id_one` and `id_many` the one that goes with `count`, which is put in."""
        *keys, last = id.split(".")
        chosen = translated.counted(self._within(keys), last, count)
        return put_in(chosen, {"count": count, **values})

    def _within(self, keys: list[str]) -> dict[str, Any]:
        found: Any = translated.common_words(self.file)
        for key in (*self.path, *keys):
            found = found[key]
        inner: dict[str, Any] = found
        return inner


def put_in(text: str, values: Mapping[str, object]) -> str:
    """A text with its values in place of their names in braces; others stay as they are."""
    return _PLACEHOLDER.sub(lambda m: str(values[m[1]]) if m[1] in values else m[0], text)
