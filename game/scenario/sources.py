"""From what people call a scenario to its files: an id, a path, a pack, or a pack's scenario.

seoul                          a shipped scenario
tables/mine.yaml               a file
harbour.lunchpack.zip          a pack of one scenario, as a zip or as a folder
harbour.lunchpack.zip:ferry    one scenario of a pack
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from game.scenario.diagnostics import (
    Diagnostic,
    ScenarioError,
    did_you_mean,
    listing,
    printable,
)
from game.scenario.guard import decode, read_bytes
from game.scenario.library import find_scenario, shipped
from game.scenario.pack_folder import is_pack_folder
from game.scenario.packs import Pack, PackShelf, open_pack
from game.scenario.shelves import FolderShelf, Shelf, shown_path

_IN_A_PACK = re.compile(r"(?P<pack>.+):(?P<id>[A-Za-z][A-Za-z0-9_-]*)", re.DOTALL)
_ZIP = ".zip"


@dataclass(frozen=True)
class Source:
    """Where a scenario is: the files it may read, and its own file among them.

    `main` is the name of its file on the shelf, `shown` what people call it, `text` what it says.
    """

    shelf: Shelf
    main: str
    shown: str
    text: str
    pack: Pack | None = None

    @property
    def id(self) -> str:
        """What the file is called; in a pack also the scenario's id."""
        return self.main.removesuffix(".yaml")


def locate(name: str | Path | Source) -> Source:
    """The files of one scenario; raises :class:`ScenarioError` (RD001–RD005, Y001, Y003, K…)."""
    if isinstance(name, Source):
        return name
    place, id = _divided(name)
    if place is None:
        return _file(find_scenario(name))
    pack = open_pack(place)
    if id:
        return _one_of(pack, id)
    if len(pack.scenarios) > 1:
        raise ScenarioError([_several(pack)])
    return scenario_of(pack, pack.scenarios[0])


def tables(name: str | Path | None = None) -> dict[str, Source]:
    """Scenarios by id: all that come with the program, those of a pack, or the one named.

    Raises :class:`ScenarioError` as :func:`locate` does.
    """
    if name is None:
        return {id: _file(path) for id, path in shipped().items()}
    place, id = _divided(name)
    if place is None or id:
        source = locate(name)
        return {source.id: source}
    pack = open_pack(place)
    return {id: scenario_of(pack, id) for id in pack.scenarios}


def pack_of(path: Path) -> Path | None:
    """The folder of the pack that a file lies in, if it lies in one."""
    try:
        folder = path.absolute().parent
    except (OSError, ValueError):
        return None
    for candidate in (folder, folder.parent):
        if is_pack_folder(candidate):
            return candidate
    return None


def is_pack(name: str | Path) -> bool:
    """Whether a name is that of a pack, as a whole."""
    place, id = _divided(name)
    return place is not None and not id


def scenario_of(pack: Pack, id: str) -> Source:
    """One scenario of a pack by the name of its file; KeyError if it has none."""
    name = f"scenarios/{id}.yaml"
    return Source(PackShelf(pack), f"{id}.yaml", pack.shown_name(name), pack.texts[name], pack)


def _divided(name: str | Path) -> tuple[Path | None, str]:
    """The pack that a name speaks of, and which of its scenarios; (None, "") if of none."""
    text = str(name)
    if text in shipped():
        return None, ""
    if _looks_like_pack(text):
        return Path(text), ""
    match = _IN_A_PACK.fullmatch(text)
    if match is not None and _looks_like_pack(match["pack"]):
        return Path(match["pack"]), match["id"]
    return None, ""


def _looks_like_pack(text: str) -> bool:
    return text.lower().endswith(_ZIP) or (text != "" and is_pack_folder(Path(text)))


def _file(path: Path) -> Source:
    """A scenario by its path; inside a pack's folder it has what the pack shares."""
    shown = shown_path(path)
    text = decode(read_bytes(path, shown), shown)
    folder = pack_of(path)
    if folder is not None and path.absolute().parent == folder / "scenarios":
        pack = open_pack(folder)
        if f"scenarios/{path.name}" in pack.texts:
            return scenario_of(pack, path.stem)
    # A transcript embeds the name; bytes that are no text cannot be written there.
    return Source(FolderShelf(path.parent), printable(path.name), shown, text)


def _one_of(pack: Pack, id: str) -> Source:
    if id in pack.scenarios:
        return scenario_of(pack, id)
    raise ScenarioError(
        [
            Diagnostic(
                "RD004",
                f"there is no scenario “{id[:80]}” in {pack.shown}",
                file=pack.shown,
                expected="one of " + listing(pack.scenarios, 40),
                fix=did_you_mean(id, pack.scenarios, "name one of these"),
            )
        ]
    )


def _several(pack: Pack) -> Diagnostic:
    return Diagnostic(
        "RD005",
        f"{pack.shown} has {len(pack.scenarios)} scenarios",
        file=pack.shown,
        expected="one of " + listing(pack.scenarios, 40),
        fix=f"name one: {pack.shown}:{pack.scenarios[0]}",
    )
