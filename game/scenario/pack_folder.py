"""Packs as folders: what lies in them, read without following a link out of them."""

from __future__ import annotations

import stat
from collections.abc import Iterator
from pathlib import Path

from game.scenario.diagnostics import Diagnostic, ScenarioError, errors, printable
from game.scenario.guard import read_bytes
from game.scenario.pack_names import MANIFEST, belongs, fault_of, folder_belongs
from game.scenario.pack_zip import (
    MAX_MEMBERS,
    MAX_TOTAL,
    linked,
    same_name,
    stranger,
    too_large,
)
from game.scenario.shelves import shown_path


def is_pack_folder(folder: Path) -> bool:
    """Whether a folder holds a manifest."""
    try:
        return (folder / MANIFEST).is_file()
    except (OSError, ValueError):
        return False


def folder_files(root: Path) -> tuple[dict[str, bytes], list[Diagnostic]]:
    """The files of a pack's folder by name, and what is wrong with them.

    Names that begin with a full stop are passed over; what no pack knows is left out with a
    warning. Raises :class:`ScenarioError` (RD001–RD003) if the folder cannot be read.
    """
    files: dict[str, bytes] = {}
    found: list[Diagnostic] = []
    seen: dict[str, str] = {}
    try:
        home = root.resolve(strict=True)
        for name, path in _listed(root, home):
            shown = shown_path(path)
            if not belongs(name) and not folder_belongs(name):
                found.append(stranger(printable(shown), "warning"))
                continue
            wrong = _fault(name, path, home, shown)
            if name.lower() in seen:
                wrong = same_name(name, seen[name.lower()], shown)
            seen.setdefault(name.lower(), name)
            if wrong is None and len(files) == MAX_MEMBERS:
                found.append(too_large(f"it has more than {MAX_MEMBERS} files", shown_path(root)))
                break
            if wrong is not None:
                found.append(wrong)
                continue
            try:
                files[name] = read_bytes(path, shown)
            except ScenarioError as refused:
                found += refused.diagnostics
    except (OSError, ValueError) as problem:
        raise ScenarioError([_unreadable(shown_path(root), problem)]) from None
    total = sum(map(len, files.values()))
    if total > MAX_TOTAL and not errors(found):
        found.append(too_large(f"its files have {total:,} bytes together", shown_path(root)))
    return files, found


def _listed(folder: Path, home: Path, inside: str = "") -> Iterator[tuple[str, Path]]:
    """Name in the pack, and path, of everything that lies in a pack's folder and its folders."""
    for path in sorted(folder.iterdir()):
        name = f"{inside}{path.name}"
        if path.name.startswith(".") or path.name.endswith(".schema.json"):  # for editors
            continue
        if path.is_dir() and folder_belongs(name) and path.resolve().is_relative_to(home):
            yield from _listed(path, home, f"{name}/")
        else:
            yield name, path


def _fault(name: str, path: Path, home: Path, shown: str) -> Diagnostic | None:
    """What keeps a file out of its pack: its name, where it leads, or that it is no file."""
    fault = fault_of(name)
    if fault:
        return Diagnostic(
            "K004",
            f"the name “{name}” {fault}",
            file=shown,
            expected="a plain name inside the pack",
            fix="give the file another name",
        )
    try:
        target = path.resolve(strict=True)
    except (OSError, RuntimeError):
        return linked(shown, "is a link that leads nowhere")
    if not target.is_relative_to(home):
        return linked(shown, "is a link that leads out of the pack")
    if not stat.S_ISREG(target.stat().st_mode):
        return linked(shown, "is no ordinary file")
    return None


def _unreadable(shown: str, problem: Exception) -> Diagnostic:
    missing = isinstance(problem, FileNotFoundError)
    reason = getattr(problem, "strerror", None) or str(problem)
    return Diagnostic(
        "RD001" if missing else "RD003",
        f"{shown} does not exist" if missing else f"{shown} cannot be read: {reason.lower()}",
        file=shown,
        expected="the folder of a pack",
        fix="check the path and its permissions",
    )
