"""An earlier version of a scenario, out of its git repository: read, never changed.

What a scenario extends and its voices come from the same revision; common files (moves, machine,
the common voice) are the program's own, since its code is what reads them.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from game.analysis.settings import UsageError
from game.scenario.diagnostics import Diagnostic
from game.scenario.guard import decode
from game.scenario.library import find_scenario, scenarios_dir
from game.scenario.shelves import LAYER, FolderShelf, shown_path
from game.scenario.sources import Source, is_pack, locate, pack_of

_SECONDS = 30
_COMMON = "common/"


@dataclass(frozen=True, slots=True)
class Revision:
    """A commit: how it was named, and its hash."""

    name: str
    commit: str

    @property
    def short(self) -> str:
        return self.commit[:9]


@dataclass(slots=True)
class RevisionShelf:
    """A scenario's folder as it was, with the program's own scenarios behind it."""

    at: Path
    revision: Revision
    folder: Path | Mapping[str, str] | None = None  # translations are not looked for
    taken: list[str] = field(default_factory=list)  # files of the revision that were read

    def read(self, name: str) -> tuple[str, str] | None:
        if name.startswith(LAYER):
            return None
        if not name.startswith(_COMMON):
            data = _blob(self.at, self.revision, name)
            if data is not None:
                shown = f"{self.revision.name[:60]}:{name}"
                self.taken.append(name)
                return decode(data, shown), shown
        return FolderShelf(scenarios_dir()).read(name)

    def siblings(self, folder: str) -> list[str]:
        place = f"./{folder}/" if folder else "./"
        listed = _git(self.at, "ls-tree", "--name-only", self.revision.commit, place)
        names = [] if listed is None else listed.decode("utf-8", "replace").splitlines()
        return sorted(PurePosixPath(name).stem for name in names if name.endswith(".yaml"))


def at_revision(scenario: str | Path, name: str) -> tuple[Source, RevisionShelf]:
    """A scenario's file as it was at a revision, and the shelf that its other files come from.

    Raises UsageError: G001 without a repository (or without git), G002 for an unknown revision,
    G003 if the file was not there; and what :func:`find_scenario` raises.
    """
    path = _file_of(scenario)
    folder = path.absolute().parent
    top = _git(folder, "rev-parse", "--show-toplevel")
    if top is None:
        raise _refused(
            "G001",
            f"“{name[:60]}” is no file, and {shown_path(path)} lies in no git repository",
            path,
            "a scenario file or a shipped id, or a revision of the scenario's repository",
            _complaint(folder) or "name the other version's file, or keep your scenarios under git",
        )
    commit = _commit(folder, name)
    if commit is None:
        raise _refused(
            "G002",
            f"there is no file and no revision “{name[:60]}”",
            path,
            "a scenario file or a shipped id, or a revision such as HEAD~1, a branch, a tag",
            "git log shows the revisions there are",
        )
    revision = Revision(name, commit)
    data = _blob(folder, revision, path.name)
    if data is None:
        raise _refused(
            "G003",
            f"{shown_path(path)} is not in the revision “{name[:60]}” ({revision.short})",
            path,
            "a revision in which the file has its present name and place",
            "git log --follow shows when it came, and what it was called",
        )
    shown = f"{name[:60]}:{shown_path(path)}"
    shelf = RevisionShelf(folder, revision)
    return Source(shelf, path.name, shown, decode(data, shown)), shelf


def _file_of(scenario: str | Path) -> Path:
    """The scenario's own file; a pack's scenario has none that could be looked up alone."""
    source = locate(scenario)
    path = Path(scenario) if is_pack(scenario) else None
    if source.pack is None and path is None:
        path = find_scenario(scenario)
        if pack_of(path) is None:
            return path
    raise _refused(
        "G003",
        "a pack's scenario cannot be looked up in a revision by itself",
        Path(str(scenario)),
        "a scenario file that belongs to no pack",
        "git worktree add OTHER REVISION, and compare with the scenario in there",
    )


def _refused(code: str, message: str, path: Path, expected: str, fix: str) -> UsageError:
    found = Diagnostic(code, message, file=shown_path(path), expected=expected, fix=fix)
    return UsageError([found])


# --- git ------------------------------------------------------------------------------------------


def _commit(folder: Path, name: str) -> str | None:
    """The hash of a revision; what looks like an option is none."""
    if not name or name.startswith("-"):
        return None
    found = _git(
        folder, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}"
    )
    return None if found is None else found.decode("ascii", "replace").strip()


def _blob(folder: Path, revision: Revision, name: str) -> bytes | None:
    """A file next to the scenario, as the revision has it; no filter or driver of the repository's
    is run over it."""
    return _git(folder, "cat-file", "blob", f"{revision.commit}:./{name}")


def _git(folder: Path, *arguments: str) -> bytes | None:
    """What git answers; None where it refuses, or there is none."""
    done = _asked(folder, *arguments)
    return done.stdout if done is not None and done.returncode == 0 else None


def _complaint(folder: Path) -> str:
    """What git says of a folder that it does not take for a repository's; "" for the usual."""
    done = _asked(folder, "rev-parse", "--show-toplevel")
    if done is None:
        return "install git, or name the other version's file"
    said = done.stderr.decode("utf-8", "replace").strip().splitlines()
    usual = not said or "not a git repository" in said[0]
    return "" if usual else f"git says: {said[0][:160]}"


def _asked(folder: Path, *arguments: str) -> subprocess.CompletedProcess[bytes] | None:
    """Run git; None where there is none, or it takes too long. It reads, and asks nobody."""
    quiet = {"GIT_OPTIONAL_LOCKS": "0", "GIT_TERMINAL_PROMPT": "0", "LC_ALL": "C"}
    try:
        return subprocess.run(
            ["git", "--no-pager", "-C", str(folder), *arguments],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_SECONDS,
            env={**os.environ, **quiet},
        )
    except (OSError, ValueError, subprocess.TimeoutExpired):
        return None
