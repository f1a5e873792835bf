"""A scenario's cover: what a list of scenarios shows of it, read without building the models.

That takes a tenth of the time. What is wrong with a scenario is told by a glance at the whole of
it, for which there is time once the list is seen.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from game.scenario import language
from game.scenario.catalogue import Catalogue, catalogues
from game.scenario.diagnostics import LongLunchError, errors
from game.scenario.library import scenarios_dir
from game.scenario.shelves import Shelf, parents_files, slug_of
from game.scenario.sources import Source, locate
from game.scenario.translated import putting
from game.scenario.tree import Item, Lines, merge, parse_tree, plain

if TYPE_CHECKING:
    from game.scenario.load import Loaded
    from game.scenario.model import Buyer

_MOST_ANCESTORS = 5
_KEY = re.compile(r"([a-z_]+):(\s|\Z)")
_SHOWN = frozenset((
    "scenario", "title", "extends", "selling", "stake", "minutes", "city", "lang", "buyer",
    "buyers", "meetings",
))  # fmt: skip
Portrait = tuple[tuple[str, str | int | bool], ...]  # the keys of `portrait:`
Words = Mapping[tuple[str, ...], str]  # texts in another language, by their place


class _NotPlain(Exception):
    """Something is not as it is in a sound file."""


@dataclass(frozen=True, slots=True)
class Sitter:
    """Somebody at the table; `d` in [0, 1] is where they stand by themselves."""

    name: str
    role: str
    address: str
    pronoun: str
    voice: str
    portrait: Portrait
    d: float


@dataclass(frozen=True, slots=True)
class Cover:
    """What is shown of a scenario before it is opened. `place` is in the file's own words."""

    scenario: str
    title: str
    selling: str
    stake: str
    city: str
    minutes: int
    language: str  # of these words
    place: str  # of the first meeting
    setting: str
    hour: float
    present: tuple[str, ...]  # at the first meeting; empty: all
    buyers: Mapping[str, Sitter]


def cover(name: str | Path | Source) -> Cover | None:
    """The cover of what :func:`locate` finds in the current language, None if it is not sound.

    A cover does not mean that the scenario is. Raises :class:`ScenarioError` as `locate` does.
    """
    source = locate(name)
    try:
        root, names = _whole(source.shelf, source.main, source.text, source.shown)
        return _read(plain(root), source, names)
    except (_NotPlain, LongLunchError):
        return None


def cover_of(loaded: Loaded) -> Cover:
    """The cover of a scenario that is loaded, in its words."""
    scenario = loaded.scenario
    first = scenario.meetings[0]
    return Cover(
        scenario.scenario, scenario.title, scenario.selling, scenario.stake, scenario.city,
        scenario.minutes, loaded.language, first.original("place"), first.setting, first.hour,
        tuple(first.present), {id: _sitter_of(buyer) for id, buyer in scenario.buyers.items()},
    )  # fmt: skip


def _sitter_of(buyer: Buyer) -> Sitter:
    return Sitter(
        buyer.name, buyer.role, buyer.address, buyer.pronoun, buyer.voice or "",
        tuple(buyer.portrait.model_dump().items()), buyer.diffuseness.mean,
    )  # fmt: skip


# --- from the file's data -----------------------------------------------------------------------


def _whole(
    shelf: Shelf, name: str, text: str, shown: str, above: int = 0
) -> tuple[Item, list[str]]:
    """The tree of a file laid on those it extends, and the names of all of them."""
    tree = parse_tree(_shown_part(text), shown, Lines())
    if tree.root is None or errors(tree.diagnostics) or above > _MOST_ANCESTORS:
        raise _NotPlain
    parent = tree.root.value.get("extends") if isinstance(tree.root.value, dict) else None
    if parent is None:
        return tree.root, [name]
    for candidate in parents_files(parent.value):
        read = shelf.read(candidate)
        if read is not None:
            base, names = _whole(shelf, candidate, *read, above + 1)
            return merge(base, tree.root), [name, *names]
    raise _NotPlain


def _shown_part(text: str) -> str:
    """The keys of a file that a cover shows; all of it where keys do not begin lines."""
    kept: list[str] = []
    wanted = True
    for line in text.splitlines(keepends=True):
        if line[0] not in " #\r\n\t":
            key = _KEY.match(line)
            if key is None:
                return text
            wanted = key[1] in _SHOWN
        if wanted:
            kept.append(line)
    return "".join(kept)


def _read(data: dict[str, Any], source: Source, names: list[str]) -> Cover:
    buyers = _part(data, "buyers")
    if "buyer" in data:
        only = _part(data, "buyer")
        buyers = {slug_of(_text(only, "name")): only}
    meetings = data.get("meetings")
    if not buyers or not isinstance(meetings, list) or not meetings:
        raise _NotPlain
    own = _text(data, "lang") or language.SOURCE
    tag, found = _catalogues(source, names, own)
    put = putting(found, single=len(buyers) == 1)

    def told(where: Mapping[str, Any], key: str, *path: str) -> str:
        text = _text(where, key)
        return put((*path, key), text) if text and found else text

    sitters = {}
    for id, one in buyers.items():
        if not isinstance(one, dict):
            raise _NotPlain
        words = [told(one, key, "buyers", str(id)) for key in ("name", "role", "address")]
        pronoun, voice = _text(one, "pronoun") or "they", _text(one, "voice")
        portrait = tuple(_part(one, "portrait").items())
        d = _number(_part(one, "diffuseness"), "mean", None)
        sitters[str(id)] = Sitter(words[0], words[1], words[2], pronoun, voice, portrait, d)
    first = _part(dict(enumerate(meetings)), 0)
    present = first.get("present", [])
    if not isinstance(present, list):
        raise _NotPlain
    title, selling, stake, city = (told(data, k) for k in ("title", "selling", "stake", "city"))
    return Cover(
        _text(data, "scenario"), title, selling, stake, city, int(_number(data, "minutes", 12)),
        tag, _text(first, "place"), _text(first, "setting") or "meeting_room",
        _number(first, "hour", 10.0), tuple(map(str, present)), sitters,
    )  # fmt: skip


def _catalogues(source: Source, names: list[str], own: str) -> tuple[str, list[Catalogue]]:
    """The language that the words are shown in, and what has them in it."""
    tag = language.current()
    folder = source.shelf.folder
    folders = (*(() if folder is None else (folder,)), scenarios_dir())
    stems = [name.removesuffix(".yaml") for name in names]
    if tag == own or own in language.chain(tag) or not catalogues(folders, tag, stems[0]):
        return own, []
    return tag, [one for stem in stems for one in catalogues(folders, tag, stem)]


def _text(data: Mapping[str, Any], key: str) -> str:
    value = data.get(key, "")
    if not isinstance(value, str):
        raise _NotPlain
    return value


def _number(data: Mapping[str, Any], key: str, otherwise: float | None) -> float:
    value = data.get(key, otherwise)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise _NotPlain
    return value


def _part(data: Mapping[Any, Any], key: str | int) -> dict[str, Any]:
    value = data.get(key, {})
    if not isinstance(value, dict):
        raise _NotPlain
    return value
